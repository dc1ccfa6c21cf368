package readiness

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/learning"
)

// TestStandingAid: what is done, over or of no curriculum does not stand.
func TestStandingAid(t *testing.T) {
	t.Parallel()
	s := strong()
	s.Modules[1].LessonsPassed = map[curriculum.LessonSlug]time.Time{"a": ago(2)}
	s.Modules[0].Complete, s.Exams[0].Passed = false, false
	snapshot := snapshotOf(s)
	asked := func(module, lesson string, days int) cohort.Refresher {
		return cohort.Refresher{Module: curriculum.ModuleSlug(module), Lesson: curriculum.LessonSlug(lesson), At: ago(days)}
	}
	given := Aid{
		Refreshers: []cohort.Refresher{asked("second", "a", 3), asked("second", "a", 1), asked("gone", "a", 1), asked("first", "a", 1)},
		Extensions: []cohort.Extension{
			{Kind: "module", Slug: "first", DueOn: "2027-01-14"}, {Kind: "module", Slug: "first", DueOn: "2027-01-13"},
			{Kind: "module", Slug: "second", DueOn: "2027-09-01"}, {Kind: "exam", Slug: "final", DueOn: "2027-09-01"},
		},
		Written: []cohort.Written{{At: ago(1)}},
	}
	want := Aid{
		Refreshers: []cohort.Refresher{asked("second", "a", 1), asked("first", "a", 1)},
		Extensions: []cohort.Extension{given.Extensions[0], given.Extensions[3]}, Written: given.Written,
	}
	if diff := cmp.Diff(want, snapshot.standingAid(&snapshot.Members[0].Person, given)); diff != "" {
		t.Errorf("what stands (-want +got):\n%s", diff)
	}
}

// TestNeedTold: a need says for how many something stands, and what.
func TestNeedTold(t *testing.T) {
	t.Parallel()
	failing := strong()
	failing.Outcomes[2].Failures = FailuresInRow
	s := snapshotOf(failing, failing, failing)
	lesson := func(days int, due string) []cohort.Refresher {
		return []cohort.Refresher{{Module: "second", Lesson: "a", At: ago(days), DueOn: due}}
	}
	s.Members[0].Aid = Aid{Refreshers: lesson(3, "2027-01-20")}
	s.Members[1].Aid = Aid{Refreshers: lesson(1, "2027-01-18"), Written: []cohort.Written{{About: "", At: ago(1)}, {About: "failing_outcome/second/second.a.o1", At: ago(2)}}}
	s.Members[2].Aid = Aid{Written: []cohort.Written{{About: "failing_outcome/first/first.a.o1", At: ago(1)}}, Refreshers: []cohort.Refresher{{Module: "first", Lesson: "a", At: ago(1)}}}
	want := Need{
		Code: NeedOutcome, Module: "second", Outcome: "second.a.o1", People: 3, Lesson: "a",
		Refreshed: Done{People: 2, At: ago(1), DueOn: "2027-01-20"}, Written: Done{People: 1, At: ago(2)},
	}
	needs := s.needs(s.Members)
	if diff := cmp.Diff([]Need{want}, needs); diff != "" {
		t.Fatalf("needs (-want +got):\n%s", diff)
	}
	if n := needs[0]; n.Remedy() != Refresh || n.Open() != 1 {
		t.Errorf("%s helps %d, want a refresher for one", n.Remedy(), n.Open())
	}
	if n := (Need{Code: NeedOverdue, People: 3, Written: Done{People: 3}}); n.Remedy() != Extend || n.Open() != 3 {
		t.Errorf("%s helps %d, want more time for three", n.Remedy(), n.Open())
	}
	if n := (Need{Code: NeedInactive, People: 3, Written: Done{People: 2}}); n.Remedy() != Write || n.Open() != 1 || n.Limit() != 14 {
		t.Errorf("%s helps %d, want a message for one", n.Remedy(), n.Open())
	}
}

// TestRedLines: each outcome in which a critical failure stands is a need of its own.
func TestRedLines(t *testing.T) {
	t.Parallel()
	s := strong()
	other := failure("first.check")
	other.Outcomes = []curriculum.OutcomeID{"first.a.o2"}
	s.Critical = []learning.CriticalFailure{failure("final"), failure("first.check"), other, failure("gone")}
	var outcomes []curriculum.OutcomeID
	for _, n := range snapshotOf(s).Overview().Needs {
		if n.Code == NeedCritical {
			outcomes = append(outcomes, n.Outcome)
		}
	}
	if diff := cmp.Diff([]curriculum.OutcomeID{"first.a.o1", "first.a.o2"}, outcomes); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

// TestLessonFor: for who is stuck, the lesson of the module that they hold least.
func TestLessonFor(t *testing.T) {
	t.Parallel()
	c := course()
	c.Modules[0].Lessons = append(c.Modules[0].Lessons, curriculum.Lesson{Module: "first", Slug: "b", Outcomes: []curriculum.Outcome{{ID: "first.b.o1"}}})
	a := NewAssessor(c.Indexed(), "", now)
	s := strong()
	person := &Member{Person: a.Assess(&s, nil, allTasks)}
	if got := a.lessonFor(Need{Code: NeedStuck, Module: "first"}, []*Member{person}); got != "b" {
		t.Errorf("lesson is %q, want the one that was never answered", got)
	}
}

func TestUrgency(t *testing.T) {
	t.Parallel()
	critical, late := &Need{Code: NeedCritical}, &Need{Code: NeedLateSync}
	glance := func(day string, n *Need) Glance {
		return Glance{Listed: cohort.Listed{Cohort: cohort.Cohort{DeploysOn: day}}, Need: n}
	}
	ordered := []Glance{
		glance("2027-02-01", critical), glance("2027-02-01", late), glance("2027-03-01", critical), glance("2027-01-13", critical), glance("", late),
		glance("2027-01-15", nil), glance("2027-01-13", nil),
	}
	for i := range ordered[1:] {
		if ordered[i].urgency("2027-01-14").compare(ordered[i+1].urgency("2027-01-14")) >= 0 {
			t.Errorf("%d is not more urgent than %d", i, i+1)
		}
	}
}
