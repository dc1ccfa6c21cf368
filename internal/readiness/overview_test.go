package readiness

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"muster/internal/learning"
)

// TestCountsOpen: every count of an overview is the length of the list that its
// filter gives.
func TestCountsOpen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anySnapshot(t)
		o := s.Overview()
		opens := func(count int, f Filter) {
			t.Helper()
			if people := s.People(f, Sort{Key: ByName}); len(people) != count {
				t.Fatalf("%d are counted, %+v gives %d", count, f, len(people))
			}
		}
		opens(o.People, Filter{})
		sum := 0
		for _, standing := range Standings {
			opens(o.Standings[standing], Filter{Standing: standing})
			sum += o.Standings[standing]
		}
		if sum != o.People {
			t.Fatalf("%d of %d people have a standing", sum, o.People)
		}
		opens(o.Overdue, Filter{Need: NeedOverdue})
		for _, n := range o.Needs {
			opens(n.People, Filter{Need: n.Code, Module: n.Module, Outcome: n.Outcome})
		}
		for _, m := range o.Modules {
			opens(m.Begun, Filter{Module: m.Module, State: Begun})
			opens(m.Complete, Filter{Module: m.Module, State: Complete})
			opens(m.Holding, Filter{Module: m.Module, State: Held})
			opens(o.People-m.Holding, Filter{Module: m.Module})
		}
		for _, out := range o.Outcomes {
			opens(out.Answered, Filter{Outcome: out.Outcome, State: Begun})
			opens(out.HeldNow, Filter{Outcome: out.Outcome, State: HeldNow})
			opens(out.HeldOn, Filter{Outcome: out.Outcome, State: Held})
			opens(o.People-out.HeldOn, Filter{Module: out.Module, Outcome: out.Outcome, State: NotHeld})
		}
		for _, g := range o.Gains {
			opens(g.Pairs, Filter{Module: g.Module, State: Measured})
		}
		for _, w := range o.Weeks {
			opens(w.Late, Filter{LateOn: w.Date})
		}
		for _, w := range o.Worries {
			opens(w.People, Filter{Question: w.Question, Choice: w.Choice})
		}
	})
}

// TestSuspended: who is suspended is in no figure, and can be found.
func TestSuspended(t *testing.T) {
	t.Parallel()
	s := snapshotOf(strong(), blank())
	s.Suspended, s.Members = s.Members[1:], s.Members[:1]
	o := s.Overview()
	if o.People != 1 || o.Suspended != 1 || o.Standings[NotStarted] != 0 || o.Standings[Ready] != 1 {
		t.Errorf("%+v, want one ready and one suspended", o)
	}
	if got := names(s.People(Filter{Suspended: true}, Sort{Key: ByName})); !cmp.Equal(got, []string{"Person 1"}) {
		t.Errorf("suspended are %v", got)
	}
}

func TestNeeds(t *testing.T) {
	t.Parallel()
	tests := map[NeedCode]struct {
		change func(*learning.Summary)
		want   Need
	}{
		NeedJoinedLate:  {func(s *learning.Summary) { s.Modules[0].Complete = false }, Need{Since: "2027-01-13"}},
		NeedCritical:    {func(s *learning.Summary) { s.Critical = []learning.CriticalFailure{failure("final")} }, Need{Module: "first", Outcome: "first.a.o1", Lesson: "a"}},
		NeedOutcome:     {func(s *learning.Summary) { s.Outcomes[2].Failures = FailuresInRow }, Need{Module: "second", Outcome: "second.a.o1", Lesson: "a"}},
		NeedStuck:       {func(s *learning.Summary) { s.Modules[0].CheckPassed, s.Modules[0].CheckAttempts = false, StuckAttempts }, Need{Module: "first", Lesson: "a"}},
		NeedOverdue:     {func(s *learning.Summary) { s.Modules[0].Complete = false }, Need{Since: "2027-01-13"}},
		NeedNeverActive: {func(s *learning.Summary) { s.LastActive = learning.Summary{}.LastActive }, Need{}},
		NeedInactive:    {func(s *learning.Summary) { s.LastActive, s.Exams[0].Passed = ago(15), false }, Need{}},
		NeedLapsing:     {func(s *learning.Summary) { s.Outcomes[3].Memory = remembered(5) }, Need{}},
		NeedLateSync:    {func(s *learning.Summary) { s.LateSyncs = 1 }, Need{}},
	}
	if len(tests) != len(Needs) {
		t.Errorf("%d needs are tried of %d", len(tests), len(Needs))
	}
	for code, test := range tests {
		t.Run(string(code), func(t *testing.T) {
			t.Parallel()
			s := strong()
			test.change(&s)
			test.want.Code, test.want.People = code, 1
			joined := time.Time{}
			if code == NeedJoinedLate {
				joined = now
			}
			if diff := cmp.Diff([]Need{test.want}, snapshotSince(joined, s).Overview().Needs); diff != "" {
				t.Errorf("needs (-want +got):\n%s", diff)
			}
		})
	}
	if needs := snapshotOf(strong()).Overview().Needs; len(needs) > 0 {
		t.Errorf("who is ready needs %v", needs)
	}
}

func TestNeedsInOrder(t *testing.T) {
	t.Parallel()
	stuck := func(module int) learning.Summary {
		s := strong()
		s.Modules[module].CheckPassed, s.Modules[module].CheckAttempts, s.LateSyncs = false, StuckAttempts, 1
		return s
	}
	want := []Need{
		{Code: NeedStuck, Module: "second", Lesson: "a", People: 2}, {Code: NeedStuck, Module: "first", Lesson: "a", People: 1}, {Code: NeedLateSync, People: 3},
	}
	if diff := cmp.Diff(want, snapshotOf(stuck(1), stuck(0), stuck(1)).Overview().Needs); diff != "" {
		t.Errorf("needs (-want +got):\n%s", diff)
	}
}

func TestWeeks(t *testing.T) {
	t.Parallel()
	third := 1.0 / 3
	none, two, all := 0.0, 2*third, 1.0
	want := []Week{ // the modules were done seven days ago, the exam yesterday
		{Date: "2026-12-31", Done: &none, Planned: 0},
		{Date: "2027-01-07", Done: &two, Planned: 0},
		{Date: "2027-01-14", Done: &all, Planned: two},
		{Date: "2027-01-21", Planned: two},
		{Date: "2027-01-28", Planned: two},
		{Date: "2027-02-04", Planned: 1},
	}
	if diff := cmp.Diff(want, snapshotOf(strong()).Overview().Weeks); diff != "" {
		t.Errorf("weeks (-want +got):\n%s", diff)
	}
	if weeks := snapshotOf().Overview().Weeks; weeks != nil {
		t.Errorf("without people there are the weeks %v", weeks)
	}
	s := strong()
	s.Modules[0].Done[2] = ago(9000)
	far := snapshotOf(s)
	far.Members[0].Tasks = []Task{{Module: "first", DueOn: "9999-12-31"}}
	if n := len(far.Overview().Weeks); n != 2*mostWeeks+1 {
		t.Errorf("%d weeks are told of thousands, want %d", n, 2*mostWeeks+1)
	}
}
