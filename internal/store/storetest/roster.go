package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/identity"
)

func rosterCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"names stand in one order on every database": testNameOrder,
		"a roster tells who can be reached":          testRoster,

		"newcomers come with their dates, or not at all": testNewcomers,
		"accounts are found by who may take them in":     testAccounts,
	}
}

// testNameOrder: databases have orders of their own, readers have one.
func testNameOrder(t *testing.T, f *fixture) {
	want := []string{"amina diallo", "Amina Diallo", "Ångström, Åsa", "Banda", "de la Cruz", "Emil", "Émile", "İnci", "Øst", "Zoe", "Zoë", "Анна", "李"}
	f.cohort(t, "c1")
	users := make([]identity.User, len(want))
	for i, name := range want { // the order in which they join is another
		id := fmt.Sprintf("u%02d", 7*i%len(want))
		users[i] = identity.User{ID: identity.UserID(id), Username: id, Name: name, Role: identity.Coordinator, Locale: "en", CreatedAt: started}
	}
	must(t, f.CreateMembers(t.Context(), "c1", users, nil))
	for i, u := range users {
		must(t, f.AddCoordinator(t.Context(), "c1", u.ID, entry("cohort.add_coordinator", "c1")))
		id := cohort.ID(fmt.Sprint("named-", i))
		named := cohort.Cohort{ID: id, Name: u.Name, JoinCode: string(id), DeploysOn: "2027-06-01", CreatedAt: started}
		must(t, f.CreateCohort(t.Context(), named, nil, "", entry("cohort.create", string(id))))
	}
	same := func(what string, n int, name func(int) string) {
		t.Helper()
		got := make([]string, n)
		for i := range got {
			got[i] = name(i)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	members, err := f.Members(t.Context(), "c1")
	must(t, err)
	same("Members", len(members), func(i int) string { return members[i].Name })
	roster, err := f.Roster(t.Context(), "c1", false, started)
	must(t, err)
	same("Roster", len(roster), func(i int) string { return roster[i].Name })
	detail, err := f.Detail(t.Context(), "c1")
	must(t, err)
	same("coordinators", len(detail.Coordinators), func(i int) string { return detail.Coordinators[i].Name })
	cohorts, err := f.Cohorts(t.Context(), "", false)
	must(t, err)
	same("Cohorts", len(want), func(i int) string { return cohorts[i].Name })
}

// testRoster: who has come, who has a way to, and who has left.
func testRoster(t *testing.T, f *fixture) {
	f.cohort(t, "c1")
	f.cohort(t, "c2")
	f.join(t, "c1", "a", "b", "c", "d")
	f.session(t, "s1", "a", "t1")
	must(t, f.ChangeEmail(t.Context(), "b", "b@example.org", entry("user.email", "b")))
	code := func(user identity.UserID, until time.Time) {
		t.Helper()
		c := identity.Code{Hash: "code of " + string(user), User: user, CreatedAt: started, ExpiresAt: until}
		must(t, f.KeepCodes(t.Context(), []identity.Code{c}, nil))
	}
	code("b", started.Add(2*time.Hour))
	code("c", started.Add(time.Hour)) // over by then
	code("d", started.Add(2*time.Hour))
	must(t, f.RedeemCode(t.Context(), "d", "code of d", "hash", entry("user.redeem_code", "d")))
	at := started.Add(time.Hour)
	act := func(action cohort.EnrolmentAction, to cohort.ID, users ...identity.UserID) {
		t.Helper()
		must(t, f.ChangeEnrolments(t.Context(), "c1", cohort.EnrolmentChange{Users: users, Action: action, To: to}, at, []audit.Entry{entry("enrolment", "x")}))
	}
	act(cohort.Suspend, "", "c")
	person := func(id identity.UserID) cohort.Enrolment {
		return cohort.Enrolment{Member: cohort.Member{ID: id, Username: string(id), Name: "A. " + string(id), Role: identity.Trainee, EnrolledAt: started}}
	}
	want := func(what string, left bool, people ...cohort.Enrolment) {
		t.Helper()
		got, err := f.Roster(t.Context(), "c1", left, at)
		must(t, err)
		if diff := cmp.Diff(append([]cohort.Enrolment{}, people...), got); diff != "" {
			t.Errorf("%s: Roster, left %t (-want +got):\n%s", what, left, diff)
		}
	}
	a, b, c, d := person("a"), person("b"), person("c"), person("d")
	a.SignedIn, a.LastSeen, b.Email, b.HasCode, c.SuspendedAt = true, started, "b@example.org", true, &at
	want("at first", false, a, b, c, d)
	want("at first", true)
	act(cohort.Remove, "", "b", "c")
	act(cohort.Move, "c2", "d")
	b.HasCode, b.LeftAt, c.LeftAt, d.LeftAt = false, &at, &at, &at
	want("some left", false, a)
	want("some left", true, b, c, d)
}
