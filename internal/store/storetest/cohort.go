package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
)

// cohort keeps a cohort, with what it must finish.
func (f *fixture) cohort(t *testing.T, id cohort.ID, assigned ...cohort.Assignment) cohort.Cohort {
	t.Helper()
	c := cohort.Cohort{ID: id, Name: "Bravo " + string(id), JoinCode: "AAAA-" + string(id), CreatedAt: started}
	must(t, f.CreateCohort(t.Context(), c, assigned, "", entry("cohort.create", string(id))))
	return c
}

// join makes people who are enrolled in a cohort.
func (f *fixture) join(t *testing.T, c cohort.ID, ids ...identity.UserID) {
	t.Helper()
	users, entries := make([]identity.User, len(ids)), make([]audit.Entry, len(ids))
	for i, id := range ids {
		users[i] = identity.User{ID: id, Username: string(id), Name: "A. " + string(id), Role: identity.Trainee, Locale: "en", CreatedAt: started}
		entries[i] = entry("cohort.join", string(id))
	}
	must(t, f.CreateMembers(t.Context(), c, users, entries))
}

func assigned(kind cohort.Kind, slug, on string) cohort.Assignment {
	return cohort.Assignment{Kind: kind, Slug: slug, DueOn: on}
}

func testCohorts(t *testing.T, f *fixture) {
	bravo := cohort.Cohort{ID: "c1", Name: "Bravo “王”", JoinCode: "AAAA-2222", DeploysOn: "2027-06-01", CreatedAt: started}
	plain := cohort.Cohort{ID: "c2", Name: "Plain", JoinCode: "BBBB-2222", CreatedAt: started}
	must(t, f.CreateCohort(t.Context(), bravo, []cohort.Assignment{assigned("module", "m", "2027-03-01")}, trainee, entry("cohort.create", "c1")))
	must(t, f.CreateCohort(t.Context(), plain, nil, "", entry("cohort.create", "c2")))
	for _, want := range []cohort.Cohort{bravo, plain} {
		got, err := f.CohortByCode(t.Context(), want.JoinCode)
		must(t, err)
		same, err := f.Cohort(t.Context(), want.ID)
		must(t, err)
		if diff := cmp.Diff(want, got) + cmp.Diff(want, same); diff != "" {
			t.Errorf("CohortByCode or Cohort differs (-want +got):\n%s", diff)
		}
	}
	_, err := f.CohortByCode(t.Context(), "CCCC-2222")
	wantKind(t, "CohortByCode of no cohort", err, errs.NotFound)
	_, err = f.Cohort(t.Context(), "none")
	wantKind(t, "Cohort that is not there", err, errs.NotFound)
	double := cohort.Cohort{ID: "c3", Name: "Double", JoinCode: bravo.JoinCode, CreatedAt: started}
	wantKind(t, "CreateCohort with a taken code", f.CreateCohort(t.Context(), double, nil, "", entry("cohort.create", "c3")), errs.Conflict)
	twice := []cohort.Assignment{assigned("module", "m", "2027-03-01"), assigned("module", "m", "2027-04-01")}
	half := cohort.Cohort{ID: "c4", Name: "Half", JoinCode: "DDDD-2222", CreatedAt: started}
	if err := f.CreateCohort(t.Context(), half, twice, "", entry("cohort.create", "c4")); err == nil {
		t.Error("CreateCohort with a module twice = nil, want an error")
	}
	_, err = f.CohortByCode(t.Context(), half.JoinCode)
	wantKind(t, "CohortByCode of half a cohort", err, errs.NotFound)
	f.wantCounts(t, 1, 3)
}

// testCohortLists: the next to deploy first, by coordinator, archived or not.
func testCohortLists(t *testing.T, f *fixture) {
	f.user(t, "kofi")
	late, soon, never := f.cohort(t, "c1"), f.cohort(t, "c2"), f.cohort(t, "c3")
	f.join(t, "c1", "a", "b", "c")
	must(t, f.ChangeEnrolments(t.Context(), "c1", cohort.EnrolmentChange{Users: []identity.UserID{"b"}, Action: cohort.Remove}, started, nil))
	for on, c := range map[string]*cohort.Cohort{"2027-06-01": &late, "2027-05-01": &soon} {
		c.DeploysOn = on
		must(t, f.ChangeCohort(t.Context(), c.ID, func(now *cohort.Cohort) (audit.Entry, error) {
			now.DeploysOn = on
			return entry("cohort.change", string(c.ID)), nil
		}))
	}
	must(t, f.AddCoordinator(t.Context(), "c3", "kofi", entry("cohort.add_coordinator", "c3")))
	list := func(coordinator identity.UserID, archived bool, want ...cohort.Listed) {
		t.Helper()
		got, err := f.Cohorts(t.Context(), coordinator, archived)
		must(t, err)
		if diff := cmp.Diff(append([]cohort.Listed{}, want...), got); diff != "" {
			t.Errorf("Cohorts of %q, archived %t (-want +got):\n%s", coordinator, archived, diff)
		}
	}
	list("", false, cohort.Listed{Cohort: soon}, cohort.Listed{Cohort: late, People: 2}, cohort.Listed{Cohort: never})
	list("kofi", false, cohort.Listed{Cohort: never})
	list("", true)
	at := started.Add(time.Hour)
	never.ArchivedAt = &at
	must(t, f.ChangeCohort(t.Context(), "c3", func(now *cohort.Cohort) (audit.Entry, error) {
		now.ArchivedAt = &at
		return entry("cohort.archive", "c3"), nil
	}))
	list("kofi", false)
	list("kofi", true, cohort.Listed{Cohort: never})
}

func testCohortChanges(t *testing.T, f *fixture) {
	c, other := f.cohort(t, "c1", assigned("exam", "m", "2027-03-01")), f.cohort(t, "c2")
	change := func(id cohort.ID, to func(*cohort.Cohort), err error) error {
		return f.ChangeCohort(t.Context(), id, func(now *cohort.Cohort) (audit.Entry, error) {
			to(now)
			return entry("cohort.change", string(id)), err
		})
	}
	must(t, change("c1", func(now *cohort.Cohort) { now.Name, now.DeploysOn = "Other", "2027-09-01" }, nil))
	must(t, change("c1", func(now *cohort.Cohort) { now.DeploysOn = "" }, nil))
	wantKind(t, "a taken code", change("c1", func(now *cohort.Cohort) { now.JoinCode = other.JoinCode }, nil), errs.Conflict)
	wantKind(t, "a change of no cohort", change("none", func(*cohort.Cohort) {}, nil), errs.NotFound)
	if err := change("c1", func(now *cohort.Cohort) { now.Name = "refused" }, errRefused); err == nil {
		t.Error("a refused change = nil, want the decision's own error")
	}
	set := []cohort.Assignment{assigned("module", "n", "2027-05-01"), assigned("module", "m", "2027-04-01"), assigned("exam", "m", "2027-04-01")}
	must(t, f.SetAssignments(t.Context(), "c1", set, entry("cohort.assign", "c1")))
	wantKind(t, "assignments of no cohort", f.SetAssignments(t.Context(), "none", nil, entry("cohort.assign", "none")), errs.NotFound)
	if err := f.SetAssignments(t.Context(), "c1", append(set, set[0]), entry("cohort.assign", "c1")); err == nil {
		t.Error("SetAssignments with a module twice = nil, want an error")
	}
	must(t, f.AddCoordinator(t.Context(), "c1", trainee, entry("cohort.add_coordinator", "c1")))
	f.join(t, "c1", "anna")
	c.Name = "Other"
	want := cohort.Detail{Listed: cohort.Listed{Cohort: c, People: 1}, Assignments: []cohort.Assignment{
		{Cohort: "c1", Kind: "module", Slug: "m", DueOn: "2027-04-01"}, {Cohort: "c1", Kind: "exam", Slug: "m", DueOn: "2027-04-01"},
		{Cohort: "c1", Kind: "module", Slug: "n", DueOn: "2027-05-01"},
	}}
	got, err := f.Detail(t.Context(), "c1")
	must(t, err)
	if len(got.Coordinators) != 1 || got.Coordinators[0].ID != trainee {
		t.Errorf("coordinators = %+v, want the one that was added", got.Coordinators)
	}
	got.Coordinators = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Detail differs (-want +got):\n%s", diff)
	}
	_, err = f.Detail(t.Context(), "none")
	wantKind(t, "Detail of no cohort", err, errs.NotFound)
	f.wantCounts(t, 2, 8)
}

// testCoordinators: each is there once; two who remove each other at once do
// not both succeed.
func testCoordinators(t *testing.T, f *fixture) {
	f.user(t, "kofi")
	f.user(t, "lena")
	f.cohort(t, "c1")
	for range 2 { // again changes nothing
		must(t, f.AddCoordinator(t.Context(), "c1", "kofi", entry("cohort.add_coordinator", "kofi")))
	}
	must(t, f.AddCoordinator(t.Context(), "c1", "lena", entry("cohort.add_coordinator", "lena")))
	for user, want := range map[identity.UserID]bool{"kofi": true, trainee: false} {
		if got, err := f.IsCoordinator(t.Context(), "c1", user); got != want || err != nil {
			t.Errorf("IsCoordinator(%s) = %t, %v, want %t", user, got, err, want)
		}
	}
	remove := func(user identity.UserID) error {
		return f.RemoveCoordinator(context.Background(), "c1", user, started, func(left, _ int) (audit.Entry, error) {
			if left == 0 {
				return audit.Entry{}, errs.New(errs.Conflict, "last_coordinator", "The last one.")
			}
			return entry("cohort.remove_coordinator", string(user)), nil
		})
	}
	wantKind(t, "removing who is none", remove(trainee), errs.NotFound)
	var wg sync.WaitGroup
	failed := make(chan error, 2)
	for _, user := range []identity.UserID{"kofi", "lena"} {
		wg.Go(func() { failed <- remove(user) })
	}
	wg.Wait()
	close(failed)
	refused := 0
	for err := range failed {
		if errs.CodeOf(err) == "last_coordinator" {
			refused++
		} else {
			must(t, err)
		}
	}
	if refused != 1 {
		t.Errorf("%d of two who remove each other at once are refused, want one", refused)
	}
	f.wantCounts(t, 3, 7)
}

func testMembers(t *testing.T, f *fixture) {
	c := f.cohort(t, "c1", assigned("module", "b", "2027-04-01"), assigned("exam", "z", "2027-03-01"), assigned("module", "a", "2027-04-01"))
	f.join(t, "c1", "anna")
	join := func(to cohort.ID, ids ...identity.UserID) error {
		var users []identity.User
		for _, id := range ids {
			users = append(users, identity.User{ID: id, Username: string(id), Name: "A", Role: identity.Trainee, Locale: "en", CreatedAt: started})
		}
		return f.CreateMembers(t.Context(), to, users, []audit.Entry{entry("user.create", "x"), entry("cohort.join", string(to))})
	}
	if err := join("c1", "boris", "ANNA"); errs.CodeOf(err) != "username_taken" {
		t.Errorf("CreateMembers with a taken name = %v, want username_taken", err)
	}
	if err := join("none", "boris"); err == nil {
		t.Error("CreateMembers of no cohort = nil, want an error")
	}
	f.wantCounts(t, 2, 3)
	got, err := f.Memberships(t.Context(), "anna")
	must(t, err)
	want := []cohort.Membership{{Cohort: c, Extensions: []cohort.Extension{}, Refreshers: []cohort.Refresher{}, Assignments: []cohort.Assignment{
		{Cohort: "c1", Kind: "exam", Slug: "z", DueOn: "2027-03-01"}, {Cohort: "c1", Kind: "module", Slug: "a", DueOn: "2027-04-01"},
		{Cohort: "c1", Kind: "module", Slug: "b", DueOn: "2027-04-01"},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Memberships differ (-want +got):\n%s", diff)
	}
	none, err := f.Memberships(t.Context(), trainee)
	must(t, err)
	if len(none) != 0 {
		t.Errorf("memberships of who is in no cohort = %+v", none)
	}
}

// testManyMembers: more than one statement can hold, in one piece.
func testManyMembers(t *testing.T, f *fixture) {
	f.cohort(t, "c1")
	const people = 1203
	ids, names := make([]identity.UserID, people), []string{"nobody"}
	for i := range ids {
		ids[i] = identity.UserID(fmt.Sprintf("person-%04d", i))
		names = append(names, string(ids[i]))
	}
	f.join(t, "c1", ids...)
	members, err := f.Members(t.Context(), "c1")
	must(t, err)
	taken, err := f.TakenUsernames(t.Context(), names)
	must(t, err)
	if len(members) != people || members[people-1].ID != ids[people-1] || len(taken) != people || taken["nobody"] {
		t.Errorf("%d members of %d, %d usernames are taken", len(members), people, len(taken))
	}
	checked, err := f.VerifyAudit(t.Context())
	must(t, err)
	if checked != people+2 {
		t.Errorf("%d audit entries hold, want %d", checked, people+2)
	}
}

// testEnrolments: who is suspended, gone or moved, and what is asked of them.
func testEnrolments(t *testing.T, f *fixture) {
	f.cohort(t, "c1")
	f.cohort(t, "c2")
	f.join(t, "c1", "a", "b")
	f.session(t, "s1", "b", "token")
	at := started.Add(time.Hour)
	act := func(in cohort.ID, action cohort.EnrolmentAction, to cohort.ID, users ...identity.UserID) {
		t.Helper()
		must(t, f.ChangeEnrolments(t.Context(), in, cohort.EnrolmentChange{Users: users, Action: action, To: to}, at, []audit.Entry{entry("enrolment", "x")}))
	}
	want := func(state string, c cohort.ID, members ...cohort.Member) {
		t.Helper()
		got, err := f.Members(t.Context(), c)
		must(t, err)
		if diff := cmp.Diff(append([]cohort.Member{}, members...), got); diff != "" {
			t.Errorf("%s: Members of %s (-want +got):\n%s", state, c, diff)
		}
		for _, m := range members {
			active, err := f.Memberships(t.Context(), m.ID)
			must(t, err)
			if len(active) == 1 != (m.SuspendedAt == nil) {
				t.Errorf("%s: %s has the memberships %+v", state, m.ID, active)
			}
		}
	}
	a := cohort.Member{ID: "a", Username: "a", Name: "A. a", Role: identity.Trainee, EnrolledAt: started}
	b := cohort.Member{ID: "b", Username: "b", Name: "A. b", Role: identity.Trainee, EnrolledAt: started, SignedIn: true}
	suspended, moved := b, a
	suspended.SuspendedAt, moved.EnrolledAt = &at, at
	want("at first", "c1", a, b)
	act("c1", cohort.Suspend, "", "b")
	want("suspended", "c1", a, suspended)
	act("c1", cohort.Resume, "", "b")
	want("resumed", "c1", a, b)
	act("c1", cohort.Move, "c2", "a")
	want("moved", "c1", b)
	want("moved", "c2", moved)
	act("c2", cohort.Move, "c1", "a")
	want("moved back", "c1", moved, b)
	want("moved back", "c2")
	act("c1", cohort.Suspend, "", "a")
	act("c1", cohort.Remove, "", "a", "b")
	want("removed", "c1")
}

// testExtensions: the newest holds, and only for whom it was given.
func testExtensions(t *testing.T, f *fixture) {
	f.cohort(t, "c1", assigned("module", "m", "2027-03-01"), assigned("module", "n", "2027-03-01"))
	f.join(t, "c1", "a", "b")
	extension := func(user identity.UserID, on string, later time.Duration) cohort.Extension {
		return cohort.Extension{Cohort: "c1", User: user, Kind: "module", Slug: "m", DueOn: on, Reason: "leave “王”", By: trainee, At: started.Add(later)}
	}
	first := []cohort.Extension{extension("a", "2027-04-01", 0), extension("b", "2027-04-01", 0)}
	must(t, f.Extend(t.Context(), first, []audit.Entry{entry("enrolment.extend", "a"), entry("enrolment.extend", "b")}))
	second := extension("a", "2027-05-01", time.Hour)
	must(t, f.Extend(t.Context(), []cohort.Extension{second}, []audit.Entry{entry("enrolment.extend", "a")}))
	got, err := f.Extensions(t.Context(), "c1")
	must(t, err)
	if diff := cmp.Diff([]cohort.Extension{first[1], second}, got); diff != "" {
		t.Errorf("Extensions differ (-want +got):\n%s", diff)
	}
	memberships, err := f.Memberships(t.Context(), "a")
	must(t, err)
	want := []cohort.Assignment{{Cohort: "c1", Kind: "module", Slug: "m", DueOn: "2027-05-01"}, {Cohort: "c1", Kind: "module", Slug: "n", DueOn: "2027-03-01"}}
	if diff := cmp.Diff(want, memberships[0].Due()); diff != "" {
		t.Errorf("Due differs (-want +got):\n%s", diff)
	}
	f.wantCounts(t, 3, 7)
}

func testRefreshers(t *testing.T, f *fixture) {
	f.cohort(t, "c1")
	f.cohort(t, "c2")
	f.join(t, "c1", "a", "b")
	refresher := func(id string, c cohort.ID, user identity.UserID) cohort.Refresher {
		return cohort.Refresher{ID: id, Cohort: c, User: user, Module: "m", Lesson: "l", DueOn: "2027-04-01", By: trainee, At: started}
	}
	one, two, other := refresher("r1", "c1", "a"), refresher("r2", "c1", "b"), refresher("r3", "c2", "a")
	assign := func(c cohort.ID, wantAsked int, given ...cohort.Refresher) error {
		return f.AssignRefreshers(t.Context(), c, func(asked []cohort.Refresher) ([]cohort.Refresher, []audit.Entry) {
			if len(asked) != wantAsked {
				t.Errorf("in %s %d are asked already, want %d", c, len(asked), wantAsked)
			}
			return given, []audit.Entry{entry("enrolment.refresher", "a")}
		})
	}
	must(t, assign("c1", 0, two, one))
	must(t, assign("c2", 0, other))
	must(t, assign("c1", 2)) // nothing to ask leaves no trail
	wantKind(t, "AssignRefreshers in no cohort", assign("none", 0, one), errs.NotFound)
	got, err := f.Refreshers(t.Context(), "c1")
	must(t, err)
	one.ByName, two.ByName = "A. Person", "A. Person" // the trainee's name, as every fixture's
	if diff := cmp.Diff([]cohort.Refresher{one, two}, got); diff != "" {
		t.Errorf("Refreshers differ (-want +got):\n%s", diff)
	}
	memberships, err := f.Memberships(t.Context(), "a")
	must(t, err)
	if diff := cmp.Diff([]cohort.Refresher{one}, memberships[0].Refreshers); diff != "" {
		t.Errorf("refreshers of one trainee (-want +got):\n%s", diff)
	}
	if err := assign("c1", 2, refresher("r4", "c1", "a"), refresher("r5", "c1", "nobody")); err == nil {
		t.Error("a refresher of nobody = nil, want an error")
	}
	f.wantCounts(t, 3, 7)
}
