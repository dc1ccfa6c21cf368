package cohort_test

import (
	"testing"

	"muster/internal/cohort"
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
