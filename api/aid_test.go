package api

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/identity"
	"muster/internal/learning"
)

// TestAid: what was done about a need stands at the need, at the person and at
// the cohort, and is not done twice until it is done.
func TestAid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, member := w.token(w.bravo()), w.token(identity.User{ID: oneMember})
	at, users := base+"/cohorts/"+oneCohort, Chosen{Users: []string{oneMember}}
	failing := learning.Summary{User: oneMember, Through: w.clock(), LastActive: w.clock(), Modules: []learning.ModuleSummary{{Module: "ground", Steps: 3, Lessons: 1, Share: 0.5}}}
	failing.Outcomes = []learning.OutcomeSummary{{Outcome: "ground.basics.o1", Answers: 3, Failures: 2}}
	w.keep(failing)
	need := func() *CohortNeed {
		t.Helper()
		needs := decode[Readiness](w.call(http.MethodGet, at+"/readiness", token, nil).want(http.StatusOK)).Needs
		if len(needs) != 1 || needs[0].Code != "failing_outcome" || needs[0].Lesson != "basics" || needs[0].Remedy != "refresher" {
			t.Fatalf("the needs are %+v", needs)
		}
		return &needs[0]
	}
	listed := func() *CohortNeed {
		return decode[CohortList](w.call(http.MethodGet, base+"/cohorts", token, nil).want(http.StatusOK)).Items[0].Need
	}
	if n := need(); n.Open != 1 || n.Refreshers != nil || listed() == nil {
		t.Errorf("before anything is done the need is %+v, of the cohort %+v", n, listed())
	}
	ask := RefresherRequest{Chosen: users, Module: "ground", Lesson: "basics", DueOn: "2027-02-01"}
	refresh := func() Effect {
		t.Helper()
		return decode[Effect](w.call(http.MethodPost, at+"/refreshers", token, ask).want(http.StatusOK))
	}
	if got := refresh(); got.People != 1 {
		t.Errorf("asked are %+v", got)
	}
	name := decode[PersonDetail](w.call(http.MethodGet, at+"/people/"+oneMember, token, nil).want(http.StatusOK)).Person.Name
	ask.DueOn = "2027-03-01"
	if diff := cmp.Diff(Effect{Spared: []Spared{{User: oneMember, Name: name, Why: "asked", DueOn: "2027-02-01"}}}, refresh()); diff != "" {
		t.Errorf("asked again (-want +got):\n%s", diff)
	}
	w.call(http.MethodPost, at+"/messages", token, MessageRequest{Chosen: users, Subject: "Tomorrow", Body: "Boots.", About: need().Key}).want(http.StatusOK)
	now := stamp(w.clock())
	if n := need(); n.Open != 0 || !cmp.Equal(n.Refreshers, &Aided{People: 1, At: now, DueOn: "2027-02-01"}) || !cmp.Equal(n.Messages, &Aided{People: 1, At: now}) {
		t.Errorf("the need is %+v", n)
	}
	if n := listed(); n != nil {
		t.Errorf("the cohort still needs %+v", n)
	}
	more := ExtensionRequest{Chosen: users, Things: []AssignedThing{{Kind: "module", Slug: "ground"}}, DueOn: "2027-04-01", Reason: "On leave."}
	w.call(http.MethodPost, at+"/extensions", token, more).want(http.StatusOK)
	more.DueOn = "2027-03-01"
	got := decode[Effect](w.call(http.MethodPost, at+"/extensions", token, more).want(http.StatusOK))
	if diff := cmp.Diff(Effect{Spared: []Spared{{User: oneMember, Name: name, Why: "later", Title: "Ground", DueOn: "2027-04-01"}}}, got); diff != "" {
		t.Errorf("less time (-want +got):\n%s", diff)
	}
	aid := decode[PersonList](w.call(http.MethodGet, at+"/people", token, nil).want(http.StatusOK)).Items[0].Aid
	if len(aid.Refreshers) != 1 || aid.Refreshers[0].LessonTitle != "Basics" || len(aid.Extensions) != 1 || aid.Extensions[0].DueOn != "2027-04-01" || !slices.Contains(aid.Written, WrittenAbout{About: need().Key, At: now}) {
		t.Errorf("what stands for the person is %+v", aid)
	}
	w.later(time.Minute)
	w.pass(member, "ground.basics.practice")
	w.follow(oneMember)
	if got := refresh(); got.People != 1 {
		t.Errorf("after it was done it is asked of %+v", got)
	}
}

// TestRules: the numbers of the method are those that are worked with.
func TestRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := decode[Rules](w.call(http.MethodGet, base+"/readiness/rules", w.person("amina", identity.Trainee), nil).want(http.StatusOK))
	curve := r.Example.Curve
	r.Example.Curve = nil
	want := Rules{
		Target: 0.7, MinAnswers: 3, OlderWeight: 0.7, HardFrom: 0.6, GoodFrom: 0.85, FailuresInRow: 2, StuckAttempts: 3, InactiveDays: 14, WrittenDays: 14, MinPairs: 5,
		Example: Example{Evidence: 0.95, ReviewOn: 10}, Cram: Cram{Outcomes: 1, Cards: 8, Days: 60, Paces: []Pace{{Every: 1, Held: 1}, {Every: 7, Held: 1}, {}}},
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	if len(curve) != 91 || curve[0].Once != 0.95 || curve[10].Twice != 0.95 || curve[30].Once >= r.Target || curve[60].Twice <= r.Target {
		t.Errorf("the curve is %+v", curve)
	}
}

// TestPeopleOfALesson: who would not hold it, the weakest first, with how much.
func TestPeopleOfALesson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.crowd(40)
	page := decode[PersonList](w.call(http.MethodGet, base+"/cohorts/"+charlie+"/people?module=ground&lesson=basics&sort=mastery", token, nil).want(http.StatusOK))
	last := 0.0
	for _, p := range page.Items {
		if p.Mastery == nil || *p.Mastery < last {
			t.Fatalf("%+v stands after one with %v", p, last)
		}
		last = *p.Mastery
	}
	of := func(state string) int {
		t.Helper()
		return decode[PersonList](w.call(http.MethodGet, base+"/cohorts/"+charlie+"/people?module=ground&lesson=basics&state="+state, token, nil).want(http.StatusOK)).Total
	}
	if held := of("held"); page.Total+held != 40 || held == 0 || last == 0 {
		t.Errorf("%d would not hold it, the best at %v, and %d would", page.Total, last, held)
	}
	r := decode[Readiness](w.call(http.MethodGet, base+"/cohorts/"+charlie+"/readiness", token, nil).want(http.StatusOK))
	if o := r.Outcomes[0]; of("begun") != o.Answered || of("held_now") != o.HeldNow {
		t.Errorf("%d have begun the lesson and %d hold it now; of its outcome that is told as %+v", of("begun"), of("held_now"), o)
	}
}
