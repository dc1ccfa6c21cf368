package cohort_test

import (
	"testing"

	"muster/internal/cohort"
	"muster/internal/identity"
)

func module(slug string) cohort.Assignment { return cohort.Assignment{Kind: "module", Slug: slug} }

func TestExtend(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t, "anna", "boris")
	good := cohort.Extending{Things: []cohort.Assignment{module("first")}, DueOn: "2027-05-01", Reason: " On leave "}
	for field, spoil := range map[string]func(*cohort.Extending){
		"things": func(e *cohort.Extending) {
			e.Things = []cohort.Assignment{module("first"), {Kind: "exam", Slug: "final"}}
		},
		"due_on": func(e *cohort.Extending) { e.DueOn = "2027-01-01" }, "reason": func(e *cohort.Extending) { e.Reason = " " },
	} {
		bad := good
		spoil(&bad)
		_, err := c.Extend(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, bad)
		wantField(t, "Extend", err, field)
	}
	_, err := c.Extend(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, cohort.Extending{DueOn: "2027-05-01", Reason: "leave"})
	wantField(t, "Extend nothing", err, "things")
	effect, err := c.Extend(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, good)
	must(t, err)
	same(t, "effect", cohort.Effect{People: 1}, effect)
	for trainee, want := range map[identity.UserID]string{"anna": "2027-05-01", "boris": "2027-03-01"} {
		memberships, err := c.Memberships(t.Context(), identity.Actor{ID: trainee})
		must(t, err)
		if due := memberships[0].Due(); due[0].Slug != "first" || due[0].DueOn != want || memberships[0].Assignments[0].DueOn != "2027-03-01" {
			t.Errorf("%s: due is %+v, want %s", trainee, due, want)
		}
	}
	said := `{"cohort":"` + string(bravo.ID) + `","due_on":"2027-05-01","module":"first"}`
	same(t, "audit", []string{"kofi enrolment.extend anna " + said}, c.deeds(t, 1))
}

// spared writes an effect down: how many people, and who was spared of what and why.
func spared(e cohort.Effect) []any {
	told := []any{e.People}
	for _, s := range e.Spared {
		told = append(told, string(s.ID)+" "+s.Thing.Slug+" "+string(s.Why)+" "+s.DueOn)
	}
	return told
}

// TestExtendSeveral: many things at once, and what somebody has finished or has
// more time for stays as it is.
func TestExtendSeveral(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t, "anna", "boris", "cleo")
	both := []cohort.Assignment{module("first"), module("second")}
	extend := func(e cohort.Extending, users ...identity.UserID) []any {
		t.Helper()
		e.Reason = "leave"
		effect, err := c.Extend(t.Context(), kofi, bravo.ID, users, e)
		must(t, err)
		return spared(effect)
	}
	same(t, "one of two", []any{1}, extend(cohort.Extending{Things: both[:1], DueOn: "2027-05-01"}, "anna"))
	done := func(user identity.UserID, _ cohort.Assignment) bool { return user == "boris" }
	same(t, "both for three", []any{2, "anna first later 2027-05-01", "boris first finished ", "boris second finished "},
		extend(cohort.Extending{Things: both, DueOn: "2027-04-10", Done: done}, "anna", "boris", "cleo"))
	same(t, "nothing to do", []any{0, "cleo first later 2027-04-10"}, extend(cohort.Extending{Things: both[:1], DueOn: "2027-04-10"}, "cleo"))
	same(t, "a correction", []any{1}, extend(cohort.Extending{Things: both[:1], DueOn: "2027-04-01", Earlier: true}, "anna"))
	given, err := c.Store.Extensions(t.Context(), bravo.ID)
	must(t, err)
	held := map[string]string{}
	for _, e := range given {
		held[string(e.User)+" "+e.Slug] = e.DueOn
	}
	same(t, "extensions", map[string]string{"anna first": "2027-04-01", "anna second": "2027-04-10", "cleo first": "2027-04-10", "cleo second": "2027-04-10"}, held)
}

func TestAssignRefreshers(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t, "anna", "boris")
	good := cohort.Refresher{Module: "first", Lesson: "basics", DueOn: "2027-05-01"}
	for field, spoil := range map[string]func(*cohort.Refresher){
		"lesson": func(r *cohort.Refresher) { r.Lesson = "none" }, "due_on": func(r *cohort.Refresher) { r.DueOn = "soon" },
	} {
		bad := good
		spoil(&bad)
		_, err := c.AssignRefreshers(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, bad, nil)
		wantField(t, "AssignRefreshers", err, field)
	}
	effect, err := c.AssignRefreshers(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, good, nil)
	must(t, err)
	same(t, "effect", cohort.Effect{People: 1}, effect)
	memberships, err := c.Memberships(t.Context(), identity.Actor{ID: "anna"})
	must(t, err)
	if got := memberships[0].Refreshers; len(got) != 1 || got[0].Lesson != "basics" || got[0].By != "kofi" || !got[0].At.Equal(today) {
		t.Errorf("the refreshers are %+v", got)
	}
	said := `{"cohort":"` + string(bravo.ID) + `","due_on":"2027-05-01","lesson":"basics","module":"first"}`
	same(t, "audit", []string{"kofi enrolment.refresher anna " + said}, c.deeds(t, 1))
}

// TestAssignRefreshersTwice: the same is asked of somebody once, until it is done.
func TestAssignRefreshersTwice(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t, "anna", "boris")
	assign := func(slug, due string, done func(cohort.Refresher) bool) []any {
		t.Helper()
		lesson := cohort.Refresher{Module: "first", Lesson: "basics", DueOn: due}
		if slug == "second" {
			lesson.Module = "second"
		}
		effect, err := c.AssignRefreshers(t.Context(), kofi, bravo.ID, []identity.UserID{"anna", "boris"}, lesson, done)
		must(t, err)
		return spared(effect)
	}
	same(t, "at first", []any{2}, assign("first", "2027-05-01", nil))
	same(t, "again", []any{0, "anna  asked 2027-05-01", "boris  asked 2027-05-01"}, assign("first", "2027-06-01", nil))
	same(t, "another lesson", []any{2}, assign("second", "2027-06-01", nil))
	byAnna := func(r cohort.Refresher) bool { return r.User == "anna" }
	same(t, "when one has done it", []any{1, "boris  asked 2027-05-01"}, assign("first", "2027-06-01", byAnna))
}
