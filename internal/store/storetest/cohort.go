package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
)

func testCohorts(t *testing.T, f *fixture) {
	bravo := cohort.Cohort{ID: "c1", Name: "Bravo “王”", JoinCode: "AAAA-2222", DeploysOn: "2027-06-01", CreatedAt: started}
	plain := cohort.Cohort{ID: "c2", Name: "Plain", JoinCode: "BBBB-2222", CreatedAt: started}
	must(t, f.CreateCohort(t.Context(), bravo, []cohort.Assignment{{Module: "m", DueOn: "2027-03-01"}}, entry("cohort.create", "c1")))
	must(t, f.CreateCohort(t.Context(), plain, nil, entry("cohort.create", "c2")))
	for _, want := range []cohort.Cohort{bravo, plain} {
		got, err := f.CohortByCode(t.Context(), want.JoinCode)
		must(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("CohortByCode differs (-want +got):\n%s", diff)
		}
	}
	_, err := f.CohortByCode(t.Context(), "CCCC-2222")
	wantKind(t, "CohortByCode of no cohort", err, errs.NotFound)
	double := cohort.Cohort{ID: "c3", Name: "Double", JoinCode: bravo.JoinCode, CreatedAt: started}
	wantKind(t, "CreateCohort with a taken code", f.CreateCohort(t.Context(), double, nil, entry("cohort.create", "c3")), errs.Conflict)
	twice := []cohort.Assignment{{Module: "m", DueOn: "2027-03-01"}, {Module: "m", DueOn: "2027-04-01"}}
	half := cohort.Cohort{ID: "c4", Name: "Half", JoinCode: "DDDD-2222", CreatedAt: started}
	if err := f.CreateCohort(t.Context(), half, twice, entry("cohort.create", "c4")); err == nil {
		t.Error("CreateCohort with a module twice = nil, want an error")
	}
	_, err = f.CohortByCode(t.Context(), half.JoinCode)
	wantKind(t, "CohortByCode of half a cohort", err, errs.NotFound)
	f.wantCounts(t, 1, 3)
}

func testMembers(t *testing.T, f *fixture) {
	c := cohort.Cohort{ID: "c1", Name: "Bravo", JoinCode: "AAAA-2222", CreatedAt: started}
	assigned := []cohort.Assignment{{Module: "b", DueOn: "2027-04-01"}, {Module: "z", DueOn: "2027-03-01"}, {Module: "a", DueOn: "2027-04-01"}}
	must(t, f.CreateCohort(t.Context(), c, assigned, entry("cohort.create", "c1")))
	join := func(to cohort.ID, id identity.UserID, username string) error {
		u := identity.User{ID: id, Username: username, Name: "A. Person", Role: identity.Trainee, Locale: "en", PasswordHash: "-", CreatedAt: started.Add(time.Hour)}
		return f.CreateMember(t.Context(), to, u, []audit.Entry{entry("user.create", string(id)), entry("cohort.join", string(to))})
	}
	must(t, join("c1", "anna", "anna"))
	if err := join("c1", "double", "ANNA"); errs.CodeOf(err) != "username_taken" {
		t.Errorf("CreateMember under a taken name = %v, want username_taken", err)
	}
	if err := join("none", "boris", "boris"); err == nil {
		t.Error("CreateMember of no cohort = nil, want an error")
	}
	f.wantCounts(t, 2, 4)
	got, err := f.Memberships(t.Context(), "anna")
	must(t, err)
	want := []cohort.Membership{{Cohort: c, Assignments: []cohort.Assignment{
		{Cohort: "c1", Module: "z", DueOn: "2027-03-01"}, {Cohort: "c1", Module: "a", DueOn: "2027-04-01"}, {Cohort: "c1", Module: "b", DueOn: "2027-04-01"},
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
