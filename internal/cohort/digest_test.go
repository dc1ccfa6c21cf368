package cohort

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
)

var noon = time.Date(2027, 1, 14, 12, 0, 0, 0, time.UTC)

// TestDigestOf: each thing is told once, and again when it has come nearer.
func TestDigestOf(t *testing.T) {
	t.Parallel()
	module := func(slug, on string) Assignment { return Assignment{Kind: KindModule, Slug: slug, DueOn: on} }
	in := func(id ID, assignments ...Assignment) Membership {
		return Membership{Cohort: Cohort{ID: id}, Assignments: assignments}
	}
	asked := func(on string) Membership {
		return Membership{Cohort: Cohort{ID: "c"}, Refreshers: []Refresher{{ID: "r", DueOn: on}}}
	}
	message := func(id MessageID, c ID, readAt *time.Time) Received {
		return Received{Message: Message{ID: id, Cohort: c}, ReadAt: readAt}
	}
	longer := in("c", module("m", "2027-01-10"))
	longer.Extensions = []Extension{{Kind: KindModule, Slug: "m", DueOn: "2027-01-15"}}
	tests := map[string]struct {
		open     []Membership
		received []Received
		told     string
		want     string
	}{
		"nothing": {},
		"messages, the oldest first": {open: []Membership{in("c")}, received: []Received{message("2", "c", nil), message("1", "c", nil)},
			want: "message/1 message/2"},
		"a message that was read":           {open: []Membership{in("c")}, received: []Received{message("1", "c", &noon)}},
		"a message that was mailed":         {open: []Membership{in("c")}, received: []Received{message("1", "c", nil)}, told: "message/1"},
		"a message of a cohort they left":   {open: []Membership{in("d")}, received: []Received{message("1", "c", nil)}},
		"a message of an archived cohort":   {received: []Received{message("1", "c", nil)}},
		"due in four days":                  {open: []Membership{in("c", module("m", "2027-01-18"))}},
		"due in three days":                 {open: []Membership{in("c", module("m", "2027-01-17"))}, want: "module/m/2027-01-17/soon"},
		"due today":                         {open: []Membership{in("c", module("m", "2027-01-14"))}, want: "module/m/2027-01-14/soon"},
		"due soon, which was mailed":        {open: []Membership{in("c", module("m", "2027-01-17"))}, told: "module/m/2027-01-17/soon"},
		"late, though it was told as soon":  {open: []Membership{in("c", module("m", "2027-01-13"))}, told: "module/m/2027-01-13/soon", want: "module/m/2027-01-13/late"},
		"late, which was mailed":            {open: []Membership{in("c", module("m", "2027-01-13"))}, told: "module/m/2027-01-13/late"},
		"another date":                      {open: []Membership{longer}, told: "module/m/2027-01-10/late", want: "module/m/2027-01-15/soon"},
		"of two cohorts the earlier date":   {open: []Membership{in("c", module("m", "2027-01-16")), in("d", module("m", "2027-01-15"))}, want: "module/m/2027-01-15/soon"},
		"a refresher that is due far ahead": {open: []Membership{asked("2027-05-01")}, want: "refresher/r/2027-05-01/ahead"},
		"a refresher that was mailed":       {open: []Membership{asked("2027-05-01")}, told: "refresher/r/2027-05-01/ahead"},
		"a refresher that is due now":       {open: []Membership{asked("2027-01-16")}, told: "refresher/r/2027-01-16/ahead", want: "refresher/r/2027-01-16/soon"},
	}
	for name, test := range tests {
		told := make(map[Notice]bool)
		for _, n := range strings.Fields(test.told) {
			told[Notice(n)] = true
		}
		d := digestOf(test.open, test.received, told, noon)
		var got []string
		for _, n := range d.Notices {
			got = append(got, string(n))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if n := len(d.Messages) + len(d.Refreshers) + len(d.Assignments); n != len(got) {
			t.Errorf("%s: %d things are told under %d names", name, n, len(got))
		}
	}
}

func TestDated(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]string{
		"2027-01-23": "23 Jan 2027 (in 9 days)", "2027-01-15": "15 Jan 2027 (tomorrow)", "2027-01-14": "14 Jan 2027 (today)",
		"2027-01-13": "13 Jan 2027 (yesterday)", "2027-01-04": "4 Jan 2027 (10 days ago)", "soon": "soon",
	} {
		if got := dated(date, noon); got != want {
			t.Errorf("dated(%q) = %q, want %q", date, got, want)
		}
	}
}

// TestWordsOfADigest: what somebody typed stays in its line, and a long list is
// cut short.
func TestWordsOfADigest(t *testing.T) {
	t.Parallel()
	s := &Digests{Catalogue: (&curriculum.Catalogue{}).Indexed(), Site: "https://m.example"}
	d := Digest{Assignments: []Assignment{{Kind: KindExam, Slug: "gone", DueOn: "2027-01-13"}}, Refreshers: []Refresher{{Lesson: "gone", DueOn: "2027-05-01"}}}
	for range 12 {
		m := Received{SenderName: "Kofi\r\nBcc: x@m.example"}
		m.Subject = "Late:\n\n- pay here"
		d.Messages = append(d.Messages, m)
	}
	if got, want := d.subject(), "Muster: 12 new messages, 1 refresher, 1 due date"; got != want {
		t.Errorf("subject = %q, want %q", got, want)
	}
	want := "Hello Amina,\n\nNew messages for you:\n" + strings.Repeat("- Kofi Bcc: x@m.example: Late: - pay here\n", 10) + "- and 2 more\n" + `
Lessons to practise again:
- gone, due 1 May 2027 (in 107 days)

Late:
- gone, was due 13 Jan 2027 (yesterday)

Read and go on here: https://m.example

You get this at most once a day, and only when there is something new.
`
	if diff := cmp.Diff(want, s.text(Addressee{Name: "Amina\n"}, d, noon)); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}
