package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/identity"
)

// testNewcomers: people with and without an account, and the dates they are given.
func testNewcomers(t *testing.T, f *fixture) {
	f.cohort(t, "c1", assigned("module", "m", "2027-01-01"))
	f.cohort(t, "c2")
	f.join(t, "c1", "known")
	new1 := identity.User{ID: "new", Username: "new", Name: "New", Role: identity.Trainee, Locale: "en", CreatedAt: started}
	e := cohort.Extension{Cohort: "c1", User: "new", Kind: "module", Slug: "m", DueOn: "2027-04-01", Reason: "Came after the date.", By: trainee, At: started}
	nobody := e
	nobody.User = "nobody"
	in := cohort.Newcomers{New: []identity.User{new1}, Known: []identity.UserID{"known"}, At: started.Add(time.Hour), Extensions: []cohort.Extension{e, nobody}}
	if err := f.Enrol(t.Context(), "c1", in, nil); err == nil {
		t.Error("Enrol with a date for nobody = nil, want an error")
	}
	gone := cohort.EnrolmentChange{Users: []identity.UserID{"known"}, Action: cohort.Remove}
	must(t, f.ChangeEnrolments(t.Context(), "c1", gone, started, nil))
	in.Extensions = in.Extensions[:1]
	must(t, f.Enrol(t.Context(), "c1", in, []audit.Entry{entry("cohort.import", "c1")}))
	members, err := f.Members(t.Context(), "c1")
	must(t, err)
	if len(members) != 2 || !members[0].EnrolledAt.Equal(in.At) || members[1].ID != "new" {
		t.Errorf("after an import, %+v are there", members)
	}
	got, err := f.Extensions(t.Context(), "c1")
	must(t, err)
	if diff := cmp.Diff([]cohort.Extension{e}, got); diff != "" {
		t.Errorf("Extensions differ (-want +got):\n%s", diff)
	}
	gone.Action = cohort.Restore
	must(t, f.ChangeEnrolments(t.Context(), "c1", gone, started, nil)) // who is there stays as they are
}

// testAccounts: whose are in the hands of others stay out of reach.
func testAccounts(t *testing.T, f *fixture) {
	for _, c := range []cohort.ID{"mine", "mine2", "theirs"} {
		f.cohort(t, c)
	}
	f.user(t, "me")
	for _, c := range []cohort.ID{"mine", "mine2"} {
		must(t, f.AddCoordinator(t.Context(), c, "me", entry("cohort.add_coordinator", string(c))))
	}
	f.user(t, "loose")
	f.join(t, "mine", "here", "gone", "passed.on", "gone.elsewhere", "both")
	f.join(t, "theirs", "foreign")
	act := func(in cohort.ID, action cohort.EnrolmentAction, to cohort.ID, users ...identity.UserID) {
		t.Helper()
		must(t, f.ChangeEnrolments(t.Context(), in, cohort.EnrolmentChange{Users: users, Action: action, To: to}, started, nil))
	}
	act("mine", cohort.Remove, "", "gone")
	act("mine", cohort.Move, "theirs", "passed.on", "both")
	must(t, f.Enrol(t.Context(), "mine", cohort.Newcomers{Known: []identity.UserID{"both"}, At: started}, nil))
	act("mine", cohort.Move, "mine2", "gone.elsewhere")
	must(t, f.ChangeEmail(t.Context(), "gone", "Gone@example.org", entry("user.email", "gone")))
	everybody := []string{"here", "gone.elsewhere", "passed.on", "both", "foreign", "loose", "me", "nobody"}
	tests := map[identity.UserID]string{
		"me":   "both here, gone, gone.elsewhere, here here",
		"":     "both here, foreign, gone, gone.elsewhere, here here, loose, me, passed.on",
		"none": "",
	}
	for by, want := range tests {
		accounts, err := f.Accounts(t.Context(), cohort.AccountQuery{Into: "mine", Coordinator: by, Usernames: everybody, Emails: []string{"gone@example.org"}})
		must(t, err)
		var found []string
		for _, a := range accounts {
			line := a.Username
			if a.Here {
				line += " here"
			}
			found = append(found, line)
		}
		slices.Sort(found)
		if got := strings.Join(found, ", "); got != want {
			t.Errorf("Accounts for %q = %s, want %s", by, got, want)
		}
	}
}
