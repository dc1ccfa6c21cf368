package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
	"muster/internal/regrade"
)

// regradeCases are those of rulings and what follows from them.
func regradeCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"the last ruling on a version holds":        testRulings,
		"a regrade is worked on by one at a time":   testLeases,
		"who drew a version is found and counted":   testDrew,
		"what a ruling changed is read from grades": testAffected,
		"a wrong key is mended, whatever happens":   testMending,
	}
}

func (f *fixture) ruling(t *testing.T, id string, version question.Version, action assessment.RulingAction, minutes int) regrade.Regrade {
	t.Helper()
	r := regrade.Regrade{State: regrade.Running, Total: 3, Ruling: assessment.Ruling{
		ID: assessment.RulingID(id), Question: "patrol.basics.q1", Version: version, Action: action, Reason: "the key was wrong", By: trainee,
		At: started.Add(time.Duration(minutes) * time.Minute),
	}}
	if action == assessment.Rekey {
		r.Replacement = paper(t)[1].Version
	}
	return r
}

func testRulings(t *testing.T, f *fixture) {
	items := paper(t)
	versions := []question.Version{items[0].Version, items[1].Version}
	held := func() map[question.Version]assessment.Ruling {
		got, err := f.HeldRulings(t.Context(), versions)
		must(t, err)
		return got
	}
	if got := held(); len(got) != 0 {
		t.Fatalf("before any ruling %+v holds", got)
	}
	rekey := f.ruling(t, "r1", versions[0], assessment.Rekey, 1)
	must(t, f.Rule(t.Context(), rekey, entry("question.rule", "q1")))
	if diff := cmp.Diff(map[question.Version]assessment.Ruling{versions[0]: rekey.Ruling}, held()); diff != "" {
		t.Errorf("held (-want +got):\n%s", diff)
	}
	void := f.ruling(t, "r2", versions[0], assessment.Void, 2)
	err := f.Rule(t.Context(), void, entry("question.rule", "q1"))
	wantKind(t, "a ruling while another is carried out", err, errs.Conflict)
	if got := held(); got[versions[0]].ID != "r1" {
		t.Errorf("a refused ruling holds: %+v", got)
	}
	finish := func(r *regrade.Regrade) {
		leased, _, err := f.LeaseRegrade(t.Context(), started.Add(time.Hour), started.Add(2*time.Hour))
		must(t, err)
		r.State, r.EndedAt, r.Leased = regrade.Done, started.Add(time.Hour), leased.Leased
		must(t, f.KeepRegrade(t.Context(), *r, started, started))
	}
	finish(&rekey)
	must(t, f.Rule(t.Context(), void, entry("question.rule", "q1")))
	if got := held(); got[versions[0]].ID != "r2" {
		t.Errorf("%+v holds, want r2", got)
	}
	finish(&void)
	must(t, f.Rule(t.Context(), f.ruling(t, "r3", versions[0], assessment.Restore, 3), entry("question.rule", "q1")))
	if got := held(); len(got) != 0 {
		t.Errorf("after it was restored %+v holds", got)
	}
	list, err := f.Regrades(t.Context(), "", 2)
	must(t, err)
	rest, err := f.Regrades(t.Context(), "r2", 5)
	must(t, err)
	if len(list) != 2 || list[0].ID != "r3" || len(rest) != 1 || rest[0].ID != "r1" || !rest[0].EndedAt.Equal(rekey.EndedAt) || rest[0].Replacement == "" {
		t.Errorf("the list is %+v, then %+v", list, rest)
	}
	_, err = f.Regrade(t.Context(), "r9")
	wantKind(t, "a regrade that is not there", err, errs.NotFound)
}

func testLeases(t *testing.T, f *fixture) {
	at := func(minutes int) time.Time { return started.Add(time.Duration(minutes) * time.Minute) }
	lease := func(minutes int) (regrade.Regrade, bool) {
		r, found, err := f.LeaseRegrade(t.Context(), at(minutes), at(minutes+2))
		must(t, err)
		return r, found
	}
	if _, found := lease(0); found {
		t.Fatal("there is something to work on before any ruling")
	}
	must(t, f.Rule(t.Context(), f.ruling(t, "r1", paper(t)[0].Version, assessment.Void, 1), entry("question.rule", "q1")))
	r, found := lease(1)
	if !found || r.ID != "r1" || r.State != regrade.Running || r.Total != 3 || r.Action != assessment.Void {
		t.Fatalf("taken on: %+v, %t", r, found)
	}
	if _, found := lease(2); found {
		t.Error("two work on it")
	}
	late := r
	r.Seen, r.Through = 2, "a2"
	must(t, f.KeepRegrade(t.Context(), r, at(2), at(4)))
	if _, found := lease(3); found {
		t.Error("two work on it after its progress was kept")
	}
	again, found := lease(5)
	if !found || again.Seen != 2 || again.Through != "a2" || !again.Leased.Equal(at(7)) {
		t.Errorf("after a crash it goes on at %+v, %t", again, found)
	}
	late.Seen, late.State = 1, regrade.Done
	for _, lost := range []time.Time{late.Leased, at(4)} { // what it was read with, what it was kept with
		late.Leased = lost
		err := f.KeepRegrade(t.Context(), late, at(6), at(8), entry("question.ruled", "q1"))
		if errs.CodeOf(err) != regrade.LeaseLost {
			t.Errorf("keeping the progress of a lease that was lost = %v", err)
		}
	}
	if kept, err := f.Regrade(t.Context(), "r1"); err != nil || kept.Seen != 2 || kept.State != regrade.Running {
		t.Errorf("who lost the lease wrote %+v, %v", kept, err)
	}
	again.State = regrade.Settling
	must(t, f.KeepRegrade(t.Context(), again, at(9), at(5)))
	if _, found := lease(8); found {
		t.Error("it is worked on before it is due")
	}
	last, found := lease(9)
	if !found || last.State != regrade.Settling {
		t.Errorf("when it is due: %+v, %t", last, found)
	}
	last.State, last.EndedAt = regrade.Done, at(9)
	must(t, f.KeepRegrade(t.Context(), last, at(9), at(9), entry("question.ruled", "q1")))
	if _, found := lease(20); found {
		t.Error("what is done is worked on")
	}
}

func testDrew(t *testing.T, f *fixture) {
	f.user(t, "second")
	for id, who := range map[string]identity.UserID{"a1": trainee, "a2": "second"} {
		f.start(t, who, id)
		must(t, f.Append(t.Context(), assessment.AttemptID(id), func(s *assessment.State) (assessment.Change, error) { return submit(s), nil }))
	}
	f.start(t, trainee, "a3")
	version := paper(t)[0].Version
	ended, open, err := f.CountDrew(t.Context(), version)
	must(t, err)
	first, err := f.Drew(t.Context(), version, "", 1)
	must(t, err)
	rest, err := f.Drew(t.Context(), version, "a1", 5)
	must(t, err)
	none, err := f.Drew(t.Context(), "ffff", "", 5)
	must(t, err)
	if ended != 2 || open != 1 || len(first) != 1 || first[0] != "a1" || len(rest) != 1 || rest[0] != "a2" || len(none) != 0 {
		t.Errorf("%d ended, %d open; %v, %v, %v", ended, open, first, rest, none)
	}
}

func testAffected(t *testing.T, f *fixture) {
	a := f.start(t, trainee, "a1")
	must(t, f.Rule(t.Context(), f.ruling(t, "r1", paper(t)[0].Version, assessment.Void, 1), entry("question.rule", "q1")))
	must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) { return submit(s), nil }))
	must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) {
		g := *submit(s).Grade
		g.Points, g.Passed, g.Ruling = 2, true, "r1"
		return assessment.Change{Grade: &g}, nil
	}))
	got, err := f.Regrade(t.Context(), "r1")
	must(t, err)
	if want := (regrade.Counts{Changed: 1, Higher: 1, Gained: 1}); got.Counts != want {
		t.Errorf("counts %+v, want %+v", got.Counts, want)
	}
	affected := func(in ...cohort.ID) {
		t.Helper()
		got, err := f.AffectedBy(t.Context(), "r1")
		must(t, err)
		var want []regrade.Affected
		for i, c := range in {
			a := regrade.Affected{Trainee: trainee, Name: "A. Person", Cohort: c, Current: c != "" && i+1 < len(in), Quiz: f.quiz.Slug, ScoreBefore: 2.0 / 3, Score: 1, PassedAfter: true}
			want = append(want, a)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("affected (-want +got):\n%s", diff)
		}
	}
	affected("")
	grades, err := f.Grades(t.Context(), a.ID)
	must(t, err)
	if grades[0].Ruling != "" || grades[1].Ruling != "r1" {
		t.Errorf("grades by %q and %q", grades[0].Ruling, grades[1].Ruling)
	}
	for i, id := range []cohort.ID{"c1", "c2", "c3"} {
		c := cohort.Cohort{ID: id, Name: string(id), JoinCode: "AAAA-" + string(id), CreatedAt: started}
		must(t, f.CreateCohort(t.Context(), c, nil, "", entry("cohort.create", string(id))))
		must(t, f.Enrol(t.Context(), id, cohort.Newcomers{Known: []identity.UserID{trainee}, At: started.Add(time.Duration(i) * time.Hour)}, nil))
	}
	left := cohort.EnrolmentChange{Users: []identity.UserID{trainee}, Action: cohort.Remove}
	must(t, f.ChangeEnrolments(t.Context(), "c3", left, started.Add(4*time.Hour), nil))
	affected("c2", "c1", "c3") // where they are before where they were, the newest first
	m := cohort.Message{ID: "m1", Cohort: "c1", Sender: trainee, Subject: "s", Body: "b", SentAt: started}
	must(t, f.SendOnce(t.Context(), m, []identity.UserID{trainee}, entry("cohort.message", "m1")))
	wantKind(t, "the same message again", f.SendOnce(t.Context(), m, []identity.UserID{trainee}, entry("cohort.message", "m1")), errs.Conflict)
	inbox, err := f.Inbox(t.Context(), trainee, 5)
	must(t, err)
	if len(inbox.Messages) != 1 {
		t.Errorf("%d messages, want one", len(inbox.Messages))
	}
}
