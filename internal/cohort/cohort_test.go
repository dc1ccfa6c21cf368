package cohort_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/store"
)

const address = "203.0.113.7"

var (
	today = time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)
	admin = identity.Actor{ID: "ines", Role: identity.Admin}
	kofi  = identity.Actor{ID: "kofi", Role: identity.Coordinator}
	lena  = identity.Actor{ID: "lena", Role: identity.Coordinator}
	marta = identity.Actor{ID: "marta", Role: identity.Trainer}
)

// camp is the service on a SQLite file of its own, with a clock that stands
// still and a staff of an admin, two coordinators and a trainer.
type camp struct {
	*cohort.Service
	store *store.Store
	mu    sync.Mutex
	ids   int
}

func newCamp(t *testing.T) *camp {
	t.Helper()
	kept, err := store.Open(t.Context(), store.Config{URL: filepath.Join(t.TempDir(), "muster.db")})
	must(t, err)
	t.Cleanup(func() { must(t, kept.Close(context.Background())) })
	hasher := identity.NewHasher()
	c := &camp{store: kept}
	now := func() time.Time { return today }
	people := &identity.Service{Store: kept, Hasher: hasher, Now: now, NewID: c.newID, Secret: make([]byte, 32)}
	c.Service = &cohort.Service{Store: kept, Identity: people, Catalogue: syllabus(), Now: now, NewID: c.newID}
	for _, actor := range []identity.Actor{admin, kofi, lena, marta} {
		c.account(t, string(actor.ID), actor.Role)
	}
	return c
}

// syllabus has two modules with a lesson each, a check and an exam.
func syllabus() *curriculum.Catalogue {
	c := &curriculum.Catalogue{Exams: []curriculum.Quiz{{Slug: "final", Purpose: curriculum.PurposeExam}}}
	for _, slug := range []curriculum.ModuleSlug{"first", "second"} {
		c.Modules = append(c.Modules, curriculum.Module{
			Slug: slug, Lessons: []curriculum.Lesson{{Module: slug, Slug: "basics"}},
			Quizzes: []curriculum.Quiz{{Slug: curriculum.QuizSlug(slug + ".check"), Module: slug, Purpose: curriculum.PurposeCheck}},
		})
	}
	return c.Indexed()
}

func (c *camp) newID() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ids++
	return fmt.Sprintf("id-%d", c.ids)
}

// account makes somebody without the 30 ms of a password.
func (c *camp) account(t *testing.T, id string, role identity.Role) {
	t.Helper()
	u := identity.User{ID: identity.UserID(id), Username: id, Name: strings.ToUpper(id), Role: role, Locale: "en", CreatedAt: today}
	must(t, c.store.CreateUser(t.Context(), u, identity.CreateEntry(u, audit.System)))
}

// bravo makes a cohort of Kofi's with people who are enrolled.
func (c *camp) bravo(t *testing.T, people ...identity.UserID) cohort.Cohort {
	t.Helper()
	made, err := c.Create(t.Context(), kofi, cohort.Plan{Name: "Bravo", DeploysOn: "2027-06-01", Assignments: []cohort.Assignment{
		{Kind: cohort.KindModule, Slug: "second", DueOn: "2027-04-01"}, {Kind: cohort.KindModule, Slug: "first", DueOn: "2027-03-01"},
	}})
	must(t, err)
	var users []identity.User
	for _, id := range people {
		users = append(users, identity.User{ID: id, Username: string(id), Name: strings.ToUpper(string(id)), Role: identity.Trainee, Locale: "en", CreatedAt: today})
	}
	if len(users) > 0 {
		must(t, c.store.CreateMembers(t.Context(), made.ID, users, nil))
	}
	return made
}

// deeds gives the newest audit entries as lines.
func (c *camp) deeds(t *testing.T, newest int) []string {
	t.Helper()
	entries, err := c.store.AuditEntries(t.Context(), 0, 100_000)
	must(t, err)
	var lines []string
	for _, e := range entries[max(0, len(entries)-newest):] {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", e.Actor, e.Action, e.Object, e.Detail)))
	}
	return lines
}

func registration(username string) identity.Registration {
	return identity.Registration{Username: username, Password: "three slow yellow lorries", Name: "A. Person"}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, doing string, err error, want string) {
	t.Helper()
	if errs.CodeOf(err) != want || want == "" && err != nil {
		t.Errorf("%s = %v, want code %q", doing, err, want)
	}
}

// wantField fails the test where err is not Invalid about a field.
func wantField(t testing.TB, doing string, err error, field string) {
	t.Helper()
	var refusal *errs.Error
	if !errors.As(err, &refusal) || refusal.Kind != errs.Invalid || refusal.Fields[field] == "" {
		t.Errorf("%s = %v, want Invalid about %s", doing, err, field)
	}
}

func same(t testing.TB, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestCreate(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	module := func(slug, on string) cohort.Assignment {
		return cohort.Assignment{Kind: cohort.KindModule, Slug: slug, DueOn: on}
	}
	tests := map[string]struct {
		plan  cohort.Plan
		field string // refused for it, "" = made
	}{
		"with all":                 {cohort.Plan{Name: "Bravo company", DeploysOn: "2027-06-01", Assignments: []cohort.Assignment{module("first", "2027-03-01"), {Kind: "exam", Slug: "final", DueOn: "2027-04-01"}}}, ""},
		"with a name alone":        {cohort.Plan{Name: "  Bravo  "}, ""},
		"without a name":           {cohort.Plan{Name: " \t"}, "name"},
		"with a long name":         {cohort.Plan{Name: strings.Repeat("é", 120)}, ""},
		"with one too long":        {cohort.Plan{Name: strings.Repeat("é", 121)}, "name"},
		"with two lines":           {cohort.Plan{Name: "Bravo\ncompany"}, "name"},
		"with a direction mark":    {cohort.Plan{Name: "Bravo\u202ecompany"}, "name"},
		"with a date that is none": {cohort.Plan{Name: "Bravo", DeploysOn: "2027-02-30"}, "deploys_on"},
		"with no due date":         {cohort.Plan{Name: "Bravo", Assignments: []cohort.Assignment{module("first", "2027-03-01"), module("second", "")}}, "assignments[1].due_on"},
		"with a bad due date":      {cohort.Plan{Name: "Bravo", Assignments: []cohort.Assignment{module("first", "soon")}}, "assignments[0].due_on"},
		"with a module twice":      {cohort.Plan{Name: "Bravo", Assignments: []cohort.Assignment{module("first", "2027-03-01"), module("first", "2027-03-01")}}, "assignments[1].slug"},
		"with no such module":      {cohort.Plan{Name: "Bravo", Assignments: []cohort.Assignment{module("third", "2027-03-01")}}, "assignments[0].slug"},
		"with a check as an exam":  {cohort.Plan{Name: "Bravo", Assignments: []cohort.Assignment{{Kind: "exam", Slug: "first.check", DueOn: "2027-03-01"}}}, "assignments[0].slug"},
		"with another kind":        {cohort.Plan{Name: "Bravo", Assignments: []cohort.Assignment{{Kind: "lesson", Slug: "first", DueOn: "2027-03-01"}}}, "assignments[0].slug"},
	}
	for name, test := range tests {
		got, err := c.Create(t.Context(), kofi, test.plan)
		if test.field != "" {
			wantField(t, "Create "+name, err, test.field)
			continue
		}
		must(t, err)
		kept, err := c.Detail(t.Context(), kofi, got.ID)
		must(t, err)
		same(t, "Create "+name+" and what is kept", got, kept.Cohort)
		if got.Name != strings.TrimSpace(test.plan.Name) || len(kept.Assignments) != len(test.plan.Assignments) || len(kept.Coordinators) != 1 {
			t.Errorf("Create %s = %+v, want it with its assignments, coordinated by who made it", name, kept)
		}
		same(t, "audit of Create "+name, []string{"kofi cohort.create " + string(got.ID)}, c.deeds(t, 1))
	}
	for _, actor := range []identity.Actor{marta, {ID: "anna", Role: identity.Trainee}} {
		_, err := c.Create(t.Context(), actor, cohort.Plan{Name: "Bravo"})
		wantCode(t, "Create as "+string(actor.Role), err, "forbidden")
		_, err = c.Cohorts(t.Context(), actor, false)
		wantCode(t, "Cohorts as "+string(actor.Role), err, "forbidden")
	}
}

// everyDeed is everything that can be done with a cohort, as an actor.
func (c *camp) everyDeed(ctx context.Context, actor identity.Actor, id cohort.ID, other cohort.ID) map[string]error {
	name, users := "Other", []identity.UserID{"anna"}
	deeds := map[string]error{}
	do := func(what string, err error) { deeds[what] = err }
	_, err := c.Cohort(ctx, actor, id)
	do("Cohort", err)
	_, err = c.Detail(ctx, actor, id)
	do("Detail", err)
	_, err = c.Members(ctx, actor, id)
	do("Members", err)
	_, err = c.Change(ctx, actor, id, cohort.Patch{Name: &name})
	do("change", err)
	_, err = c.Assign(ctx, actor, id, []cohort.Assignment{{Kind: "module", Slug: "first", DueOn: "2027-03-01"}})
	do("assign", err)
	_, err = c.RenewJoinCode(ctx, actor, id)
	do("renew the code", err)
	_, err = c.AddCoordinator(ctx, actor, id, "ines")
	do("add a coordinator", err)
	_, err = c.RemoveCoordinator(ctx, actor, id, "ines")
	do("remove a coordinator", err)
	_, err = c.Import(ctx, actor, id, cohort.Import{Format: cohort.CSV, File: []byte("name\nBoris Banda\n"), DryRun: true})
	do("import", err)
	_, err = c.IssueSignInCodes(ctx, actor, id, users)
	do("issue codes", err)
	_, err = c.Extend(ctx, actor, id, users, cohort.Extending{Things: []cohort.Assignment{{Kind: "module", Slug: "first"}}, DueOn: "2027-09-01", Reason: "leave"})
	do("extend", err)
	_, err = c.AssignRefreshers(ctx, actor, id, users, cohort.Refresher{Module: "first", Lesson: "basics", DueOn: "2027-09-01"}, nil)
	do("refresh", err)
	_, err = c.Send(ctx, actor, id, users, cohort.Message{Subject: "Hello", Body: "Hello."})
	do("send", err)
	_, err = c.ChangeEnrolments(ctx, actor, id, cohort.EnrolmentChange{Users: users, Action: cohort.Suspend})
	do("enrolments", err)
	if other != "" {
		_, err = c.ChangeEnrolments(ctx, kofi, other, cohort.EnrolmentChange{Users: []identity.UserID{"boris"}, Action: cohort.Move, To: id})
		do("move into it", err)
	}
	return deeds
}

// reads are the deeds that change nothing.
var reads = map[string]bool{"Cohort": true, "Detail": true, "Members": true}

// TestOthersCohorts: what somebody does not look after is not there for them.
func TestOthersCohorts(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t, "anna")
	for _, actor := range []identity.Actor{lena, marta, {ID: "anna", Role: identity.Trainee}} {
		for what, err := range c.everyDeed(t.Context(), actor, bravo.ID, "") {
			wantCode(t, what+" as "+string(actor.ID), err, "not_found")
		}
	}
	for _, actor := range []identity.Actor{kofi, admin} {
		for what, err := range c.everyDeed(t.Context(), actor, bravo.ID, "") {
			wantCode(t, what+" as "+string(actor.ID), err, "")
		}
		for what, err := range c.everyDeed(t.Context(), actor, "none", "") {
			wantCode(t, what+" of no cohort as "+string(actor.ID), err, "not_found")
		}
	}
	for actor, want := range map[identity.Actor]int{kofi: 1, lena: 0, admin: 1} {
		got, err := c.Cohorts(t.Context(), actor, false)
		must(t, err)
		if len(got) != want {
			t.Errorf("%s looks after %+v, want %d", actor.ID, got, want)
		}
	}
}

// TestArchive: an archived cohort can be read and nothing else, nobody joins
// it, and it asks nothing; out of the archive all is as before.
func TestArchive(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo, other := c.bravo(t, "anna"), c.bravo(t, "boris")
	yes, no, name := true, false, "Alpha"
	got, err := c.Change(t.Context(), kofi, bravo.ID, cohort.Patch{Archived: &yes})
	must(t, err)
	if got.ArchivedAt == nil || !got.ArchivedAt.Equal(today) {
		t.Errorf("archived at %v, want now", got.ArchivedAt)
	}
	for what, err := range c.everyDeed(t.Context(), admin, bravo.ID, other.ID) {
		if !reads[what] {
			wantCode(t, what+" in the archive", err, "archived")
		} else {
			wantCode(t, what+" in the archive", err, "")
		}
	}
	_, err = c.Change(t.Context(), kofi, bravo.ID, cohort.Patch{Archived: &yes})
	wantCode(t, "archiving twice", err, "archived")
	_, err = c.Join(t.Context(), bravo.JoinCode, registration("newcomer"), address)
	wantCode(t, "joining", err, "wrong_code")
	asks := func() int {
		memberships, err := c.Memberships(t.Context(), identity.Actor{ID: "anna"})
		must(t, err)
		return len(memberships)
	}
	if asks() != 0 {
		t.Error("an archived cohort asks something")
	}
	for archived, want := range map[bool]int{true: 1, false: 1} {
		list, err := c.Cohorts(t.Context(), kofi, archived)
		must(t, err)
		if len(list) != want {
			t.Errorf("archived %t: %+v, want %d", archived, list, want)
		}
	}
	got, err = c.Change(t.Context(), kofi, bravo.ID, cohort.Patch{Name: &name, Archived: &no})
	must(t, err)
	if got.ArchivedAt != nil || got.Name != "Alpha" || asks() != 1 {
		t.Errorf("out of the archive: %+v", got)
	}
	want := []string{"kofi cohort.archive " + string(bravo.ID), "kofi cohort.unarchive " + string(bravo.ID) + ` {"name":"Alpha"}`}
	same(t, "audit", want, c.deeds(t, 2))
}

func TestChange(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t)
	text := func(s string) *string { return &s }
	for name, test := range map[string]struct {
		patch cohort.Patch
		field string
	}{
		"no name": {cohort.Patch{Name: text(" ")}, "name"}, "no date": {cohort.Patch{DeploysOn: text("2027-13-01")}, "deploys_on"},
	} {
		_, err := c.Change(t.Context(), kofi, bravo.ID, test.patch)
		wantField(t, "Change to "+name, err, test.field)
	}
	_, err := c.Change(t.Context(), kofi, bravo.ID, cohort.Patch{})
	wantCode(t, "a change of nothing", err, "invalid")
	got, err := c.Change(t.Context(), kofi, bravo.ID, cohort.Patch{Name: text(" Alpha "), DeploysOn: text("")})
	must(t, err)
	if got.Name != "Alpha" || got.DeploysOn != "" || got.JoinCode != bravo.JoinCode {
		t.Errorf("changed to %+v", got)
	}
	got, err = c.RenewJoinCode(t.Context(), kofi, bravo.ID)
	must(t, err)
	if got.JoinCode == bravo.JoinCode {
		t.Error("the join code is the old one")
	}
	_, err = c.Join(t.Context(), bravo.JoinCode, registration("newcomer"), address)
	wantCode(t, "the old code", err, "wrong_code")
}

func TestCoordinators(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t)
	for _, test := range [][2]string{{"marta", "not_found"}, {"nobody", "not_found"}, {" LENA", ""}, {"lena", ""}} {
		_, err := c.AddCoordinator(t.Context(), kofi, bravo.ID, test[0])
		wantCode(t, "adding "+test[0], err, test[1])
	}
	_, err := c.RemoveCoordinator(t.Context(), lena, bravo.ID, "marta")
	wantCode(t, "removing who is none", err, "not_found")
	boris, err := c.Join(t.Context(), bravo.JoinCode, registration("boris"), address)
	must(t, err)
	_, err = c.IssueSignInCodes(t.Context(), kofi, bravo.ID, []identity.UserID{boris.ID})
	must(t, err)
	got, err := c.RemoveCoordinator(t.Context(), lena, bravo.ID, "kofi")
	must(t, err)
	if len(got.Coordinators) != 1 || got.Coordinators[0].Username != "lena" {
		t.Errorf("left are %+v, want Lena", got.Coordinators)
	}
	_, err = c.Detail(t.Context(), kofi, bravo.ID)
	wantCode(t, "reading what one no longer looks after", err, "not_found")
	_, err = c.RemoveCoordinator(t.Context(), lena, bravo.ID, "lena")
	wantCode(t, "removing the last", err, "last_coordinator")
	_, err = c.RemoveCoordinator(t.Context(), admin, bravo.ID, "lena")
	must(t, err)
	id, them := string(bravo.ID), string(boris.ID)
	want := []string{
		"kofi cohort.add_coordinator " + id + ` {"user":"lena"}`, them + " user.create " + them + " trainee", them + " cohort.join " + id, "kofi user.code " + them,
		"lena cohort.remove_coordinator " + id + ` {"codes_ended":"1","user":"kofi"}`,
		"ines cohort.remove_coordinator " + id + ` {"codes_ended":"0","user":"lena"}`,
	}
	same(t, "audit", want, c.deeds(t, 6))
}
