package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/readiness"
	"muster/internal/report"
)

func reportCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"a report is asked for once":              testSubscriptions,
		"a report is made once, the newest kept":  testReports,
		"a report is mailed once":                 testUnmailed,
		"a report is claimed before it is mailed": testClaimReport,
	}
}

func wish(c cohort.ID, user identity.UserID) readiness.Subscription {
	return readiness.Subscription{Cohort: c, User: user, Format: report.PDF, Weekday: 1, Since: started}
}

// reader makes a coordinator of a cohort, who has an address.
func (f *fixture) reader(t *testing.T, c cohort.ID, id identity.UserID) {
	t.Helper()
	u := identity.User{ID: id, Username: string(id), Name: "王", Role: identity.Coordinator, Locale: "en", Email: string(id) + "@example.org", CreatedAt: started}
	must(t, f.CreateUser(t.Context(), u, entry("user.create", string(id))))
	must(t, f.AddCoordinator(t.Context(), c, id, entry("cohort.add_coordinator", string(c))))
}

func testSubscriptions(t *testing.T, f *fixture) {
	f.cohort(t, "c1")
	f.cohort(t, "old")
	f.reader(t, "c1", "kofi")
	first := wish("c1", "kofi")
	want := func(s readiness.Subscription) {
		t.Helper()
		got, err := f.Subscription(t.Context(), "c1", "kofi")
		must(t, err)
		if diff := cmp.Diff(s, got); diff != "" {
			t.Errorf("Subscription (-want +got):\n%s", diff)
		}
	}
	must(t, f.Subscribe(t.Context(), first))
	want(first)
	later := first
	later.Format, later.Since = report.CSV, started.Add(time.Hour)
	must(t, f.Subscribe(t.Context(), later))
	want(readiness.Subscription{Cohort: "c1", User: "kofi", Format: report.CSV, Weekday: 1, Since: started})
	later.Weekday = 7
	must(t, f.Subscribe(t.Context(), later))
	want(later)
	must(t, f.Subscribe(t.Context(), wish("old", "kofi")))
	must(t, f.ChangeCohort(t.Context(), "old", func(c *cohort.Cohort) (audit.Entry, error) {
		c.ArchivedAt = &started
		return entry("cohort.archive", "old"), nil
	}))
	got, err := f.Subscribers(t.Context())
	must(t, err)
	if diff := cmp.Diff([]readiness.Subscriber{{Subscription: later, Role: identity.Coordinator}}, got); diff != "" {
		t.Errorf("Subscribers (-want +got):\n%s", diff)
	}
	must(t, f.Unsubscribe(t.Context(), "c1", "kofi"))
	must(t, f.Unsubscribe(t.Context(), "c1", "kofi"))
	if _, err := f.Subscription(t.Context(), "c1", "kofi"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("Subscription after its end = %v, want NotFound", err)
	}
}

// made keeps a report of a subscription, of the newest three, and gives it.
func (f *fixture) made(t *testing.T, s readiness.Subscription, id string, at time.Time, want bool) readiness.ReportFile {
	t.Helper()
	file := readiness.ReportFile{
		ID: readiness.FileID(id), Cohort: s.Cohort, MadeFor: s.User, MadeAt: at, Format: s.Format, Size: 4,
		Export: readiness.Export{Name: id + ".pdf", File: []byte{0, 0xff, '\n', 0}},
	}
	kept, err := f.KeepReport(t.Context(), s, file, 3, entry("cohort.export", string(s.Cohort)))
	must(t, err)
	if kept != want {
		t.Errorf("KeepReport %s = %t, want %t", id, kept, want)
	}
	return file
}

func testReports(t *testing.T, f *fixture) {
	f.cohort(t, "c1")
	f.reader(t, "c1", "kofi")
	f.reader(t, "c1", "lena")
	for _, user := range []identity.UserID{"kofi", "lena"} {
		must(t, f.Subscribe(t.Context(), wish("c1", user)))
	}
	f.made(t, wish("c1", "lena"), "lenas", started.Add(time.Hour), true)
	s := wish("c1", "kofi")
	f.made(t, s, "r0", started.Add(time.Hour), true)
	f.made(t, s, "twice", started.Add(2*time.Hour), false)
	var want []readiness.ReportFile
	for i := 1; i < 5; i++ {
		s.Since = started.Add(time.Duration(i) * time.Hour)
		want = append([]readiness.ReportFile{f.made(t, s, fmt.Sprint("r", i), s.Since.Add(time.Hour), true)}, want...)
	}
	one, err := f.ReportFile(t.Context(), "c1", "kofi", "r4")
	must(t, err)
	if diff := cmp.Diff(want[0], one); diff != "" {
		t.Errorf("ReportFile (-want +got):\n%s", diff)
	}
	for i := range want {
		want[i].File = nil
	}
	got, err := f.ReportFiles(t.Context(), "c1", "kofi")
	must(t, err)
	if diff := cmp.Diff(want[:3], got); diff != "" {
		t.Errorf("ReportFiles (-want +got):\n%s", diff)
	}
	for _, user := range []identity.UserID{"kofi", "lena"} {
		if _, err := f.ReportFile(t.Context(), "c1", user, "r0"); errs.KindOf(err) != errs.NotFound {
			t.Errorf("ReportFile of %s that is gone or another's = %v, want NotFound", user, err)
		}
	}
	if lenas, err := f.ReportFiles(t.Context(), "c1", "lena"); err != nil || len(lenas) != 1 {
		t.Errorf("Lena's files = %v, %v, want hers", lenas, err)
	}
}

// testUnmailed: of who has an address and still looks after the cohort.
func testUnmailed(t *testing.T, f *fixture) {
	f.cohort(t, "c1")
	for _, user := range []identity.UserID{"kofi", "lena", "gone"} {
		f.reader(t, "c1", user)
		must(t, f.Subscribe(t.Context(), wish("c1", user)))
		f.made(t, wish("c1", user), string(user), started.Add(time.Hour), true)
	}
	must(t, f.ChangeEmail(t.Context(), "lena", "", entry("user.email", "lena")))
	must(t, f.RemoveCoordinator(t.Context(), "c1", "gone", started, func(int, int) (audit.Entry, error) {
		return entry("cohort.remove_coordinator", "c1"), nil
	}))
	want := func(made time.Time, ids ...readiness.FileID) {
		t.Helper()
		got, err := f.UnmailedReports(t.Context(), made)
		must(t, err)
		var found []readiness.FileID
		for _, one := range got {
			found = append(found, one.ID)
			if one.Email != string(one.MadeFor)+"@example.org" || one.Name != "王" || one.CohortName == "" || !one.MadeAt.Equal(started.Add(time.Hour)) || one.Cohort != "c1" {
				t.Errorf("unmailed = %+v", one)
			}
		}
		if diff := cmp.Diff(ids, found); diff != "" {
			t.Errorf("UnmailedReports (-want +got):\n%s", diff)
		}
	}
	want(started, "kofi")
	want(started.Add(time.Hour))
	must(t, f.ChangeEmail(t.Context(), "lena", "lena@example.org", entry("user.email", "lena")))
	want(started, "kofi", "lena")
	must(t, f.MarkReport(t.Context(), "kofi", readiness.MailSent))
	must(t, f.MarkReport(t.Context(), "lena", readiness.MailRefused))
	want(started)
	if err := f.MarkReport(t.Context(), "none", readiness.MailSent); errs.KindOf(err) != errs.NotFound {
		t.Errorf("MarkReport of none = %v, want NotFound", err)
	}
	if err := f.ChangeEmail(t.Context(), "nobody", "", entry("user.email", "nobody")); errs.KindOf(err) != errs.NotFound {
		t.Errorf("ChangeEmail of nobody = %v, want NotFound", err)
	}
}

// testClaimReport: of several at once one claims it, and after a crash another.
func testClaimReport(t *testing.T, f *fixture) {
	f.cohort(t, "c1")
	f.reader(t, "c1", "kofi")
	must(t, f.Subscribe(t.Context(), wish("c1", "kofi")))
	f.made(t, wish("c1", "kofi"), "r1", started.Add(time.Hour), true)
	claim := func(file readiness.FileID, at time.Time) bool {
		t.Helper()
		ours, err := f.ClaimReport(context.Background(), file, at, at.Add(-10*time.Minute))
		if err != nil {
			t.Error(err)
		}
		return ours
	}
	wantClaims(t, func() bool { return claim("r1", started) })
	if claim("r1", started.Add(9*time.Minute)) {
		t.Error("ClaimReport of one that is claimed = true, want false")
	}
	if !claim("r1", started.Add(10*time.Minute)) {
		t.Error("ClaimReport after a crash = false, want true")
	}
	must(t, f.MarkReport(t.Context(), "r1", readiness.MailSent))
	if claim("r1", started.Add(time.Hour)) || claim("none", started) {
		t.Error("ClaimReport of one that was sent, or of none = true, want false")
	}
}
