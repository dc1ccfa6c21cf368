package readiness

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"muster/internal/errs"
	"muster/internal/learning"
)

func names(people []*Member) []string {
	var names []string
	for _, p := range people {
		names = append(names, p.Name)
	}
	return names
}

func TestSort(t *testing.T) {
	t.Parallel()
	open, begun := strong(), blank()
	open.Modules[1].Complete, open.Modules[1].Share = false, 2.0/3
	begun.Modules[0].Share, begun.LastActive = 1.0/3, ago(3)
	s := snapshotOf(strong(), open, begun, blank())
	for text, want := range map[string]string{
		"": "3210", "help": "3210", "-help": "0123", "name": "0123", "-name": "3210",
		"progress": "3210", "-progress": "0123", "overdue": "0123", "-overdue": "2301", "last_active": "3201", "-last_active": "0123",
	} {
		by, err := ParseSort(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(strings.Join(names(s.People(Filter{}, by)), ""), "Person ", ""); got != want {
			t.Errorf("by %q they are %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"x", "-", "--name", "NAME"} {
		if by, err := ParseSort(text); text != "-" && errs.KindOf(err) != errs.Invalid {
			t.Errorf("ParseSort(%q) = %v, %v, want Invalid", text, by, err)
		}
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	lapsing := strong()
	lapsing.Outcomes[0].Memory = remembered(5)
	lapsing.Worries = []learning.Worry{{Question: "first.a.gate", Choice: "a"}}
	s := snapshotOf(strong(), lapsing, blank())
	s.Members[2].Name = "Élodie Ångström"
	tests := map[string]struct {
		filter Filter
		want   []string
	}{
		"all":                        {Filter{}, []string{"Person 0", "Person 1", "Élodie Ångström"}},
		"part of a name":             {Filter{Text: "ÉLODIE å"}, []string{"Élodie Ångström"}},
		"part of a username":         {Filter{Text: "p1"}, []string{"Person 1"}},
		"nobody's name":              {Filter{Text: "zzz"}, nil},
		"standing":                   {Filter{Standing: WillLapse}, []string{"Person 1"}},
		"standing and name":          {Filter{Standing: WillLapse, Text: "p0"}, nil},
		"module not held":            {Filter{Module: "first"}, []string{"Person 1", "Élodie Ångström"}},
		"module held now":            {Filter{Module: "first", State: HeldNow}, []string{"Person 0", "Person 1"}},
		"module of no curriculum":    {Filter{Module: "gone"}, nil},
		"outcome not held":           {Filter{Outcome: "first.a.o1"}, []string{"Person 1", "Élodie Ångström"}},
		"outcome of no curriculum":   {Filter{Outcome: "gone", State: NotHeld}, nil},
		"no outcome can be complete": {Filter{Outcome: "first.a.o1", State: Complete}, nil},
		"any harmful choice":         {Filter{Question: "first.a.gate"}, []string{"Person 1"}},
		"another choice":             {Filter{Question: "first.a.gate", Choice: "b"}, nil},
		"choice and standing":        {Filter{Question: "first.a.gate", Standing: Ready}, nil},
		"need":                       {Filter{Need: NeedLapsing}, []string{"Person 1"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, names(s.People(test.filter, Sort{Key: ByName}))); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPages: the pages put together are the list.
func TestPages(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Int(), 0, 30).Draw(t, "all")
		limit := rapid.IntRange(1, 12).Draw(t, "limit")
		var got []int
		for cursor, pages := "", 0; ; pages++ {
			page, next, err := Page(all, cursor, limit)
			if err != nil || len(page) > limit || pages > len(all) {
				t.Fatalf("page %d at %q = %v, %v", pages, cursor, page, err)
			}
			got = append(got, page...)
			if cursor = next; cursor == "" {
				break
			}
		}
		if !slices.Equal(got, all) {
			t.Fatalf("the pages hold %v, want %v", got, all)
		}
	})
	for _, cursor := range []string{"x", "-1", "1.5"} {
		if _, _, err := Page([]int{1}, cursor, 1); errs.KindOf(err) != errs.Invalid {
			t.Errorf("Page at %q = %v, want Invalid", cursor, err)
		}
	}
	if page, next, err := Page([]int{1}, "999", 1); len(page) > 0 || next != "" || err != nil {
		t.Errorf("Page behind the end = %v, %q, %v", page, next, err)
	}
}

func TestFileName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"7th Engineers": "7th-engineers", "../..\\x\"\r\n": "x", "اللواء": "cohort", "": "cohort", "A–B": "a-b"} {
		if got := fileName(name); got != want {
			t.Errorf("fileName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	s := snapshotOf(strong(), blank())
	table := s.Table(s.People(Filter{}, Sort{Key: ByName}))
	wantColumns := []string{
		"name", "username", "email", "standing", "progress", "overdue", "last_active", "reasons",
		"first.share", "first.complete", "first.mastery_on_day", "second.share", "second.complete", "second.mastery_on_day",
	}
	if diff := cmp.Diff(wantColumns, table.Columns); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	want := []any{"Person 1", "p1", "", "not_started", 0.0, 1, blank().LastActive, "module_open first 1; module_open second 1; exam_open final 1", 0.0, false, nil, 0.0, false, nil}
	if diff := cmp.Diff(want, table.Rows[1]); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
}
