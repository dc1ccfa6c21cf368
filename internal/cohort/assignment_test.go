package cohort_test

import (
	"testing"

	"muster/internal/cohort"
	"muster/internal/identity"
)

func TestAssign(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t)
	got, err := c.Assign(t.Context(), kofi, bravo.ID, []cohort.Assignment{{Kind: "exam", Slug: "final", DueOn: "2027-05-01"}})
	must(t, err)
	same(t, "assignments", []cohort.Assignment{{Cohort: bravo.ID, Kind: "exam", Slug: "final", DueOn: "2027-05-01"}}, got.Assignments)
	same(t, "audit", []string{"kofi cohort.assign " + string(bravo.ID) + ` {"exam final":"2027-05-01"}`}, c.deeds(t, 1))
	_, err = c.Assign(t.Context(), kofi, bravo.ID, []cohort.Assignment{{Kind: "exam", Slug: "final", DueOn: ""}})
	wantField(t, "Assign without a date", err, "assignments[0].due_on")
	got, err = c.Assign(t.Context(), kofi, bravo.ID, nil)
	must(t, err)
	if len(got.Assignments) != 0 {
		t.Errorf("nothing is assigned but %+v", got.Assignments)
	}
}

func TestExtend(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	bravo := c.bravo(t, "anna", "boris")
	good := cohort.Extension{Kind: "module", Slug: "first", DueOn: "2027-05-01", Reason: " On leave "}
	for field, spoil := range map[string]func(*cohort.Extension){
		"slug": func(e *cohort.Extension) { e.Kind, e.Slug = "exam", "final" }, "due_on": func(e *cohort.Extension) { e.DueOn = "" },
		"reason": func(e *cohort.Extension) { e.Reason = " " },
	} {
		bad := good
		spoil(&bad)
		_, err := c.Extend(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, bad)
		wantField(t, "Extend", err, field)
	}
	people, err := c.Extend(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, good)
	must(t, err)
	for trainee, want := range map[identity.UserID]string{"anna": "2027-05-01", "boris": "2027-03-01"} {
		memberships, err := c.Memberships(t.Context(), identity.Actor{ID: trainee})
		must(t, err)
		if due := memberships[0].Due(); people != 1 || due[0].Slug != "first" || due[0].DueOn != want || memberships[0].Assignments[0].DueOn != "2027-03-01" {
			t.Errorf("%s: due is %+v, want %s", trainee, due, want)
		}
	}
	said := `{"cohort":"` + string(bravo.ID) + `","due_on":"2027-05-01","module":"first"}`
	same(t, "audit", []string{"kofi enrolment.extend anna " + said}, c.deeds(t, 1))
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
		_, err := c.AssignRefreshers(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, bad)
		wantField(t, "AssignRefreshers", err, field)
	}
	people, err := c.AssignRefreshers(t.Context(), kofi, bravo.ID, []identity.UserID{"anna"}, good)
	must(t, err)
	memberships, err := c.Memberships(t.Context(), identity.Actor{ID: "anna"})
	must(t, err)
	if got := memberships[0].Refreshers; people != 1 || len(got) != 1 || got[0].Lesson != "basics" || got[0].By != "kofi" || !got[0].At.Equal(today) {
		t.Errorf("%d people got the refreshers %+v", people, got)
	}
	said := `{"cohort":"` + string(bravo.ID) + `","due_on":"2027-05-01","lesson":"basics","module":"first"}`
	same(t, "audit", []string{"kofi enrolment.refresher anna " + said}, c.deeds(t, 1))
}
