package readiness

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
	"muster/internal/learning"
	"muster/internal/question"
)

// TestStandings changes one thing of somebody who is ready, or of somebody who
// has done nothing.
func TestStandings(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		from     func() learning.Summary
		change   func(*learning.Summary)
		tasks    []Task // nil = allTasks
		held     []Certificate
		standing Standing
		reasons  []Reason
	}{
		"ready": {from: strong, standing: Ready},
		"nothing done": {from: blank, standing: NotStarted, reasons: []Reason{
			{Code: ModuleOpen, Module: "first", DueOn: "2027-01-13", Overdue: true},
			{Code: ModuleOpen, Module: "second", DueOn: "2027-01-14"},
			{Code: ExamOpen, Exam: "final", DueOn: "2027-02-01"},
		}},
		"nothing asked": {from: strong, tasks: []Task{}, standing: NotStarted},
		"what is gone is not asked": {
			from: strong, tasks: []Task{{Module: "first"}, {Module: "gone"}, {Exam: "gone"}}, standing: Ready,
		},
		"one practice graded": {
			from: blank, tasks: []Task{{Module: "first"}}, standing: Behind, reasons: []Reason{{Code: ModuleOpen, Module: "first"}},
			change: func(s *learning.Summary) {
				s.Outcomes = []learning.OutcomeSummary{{Outcome: "first.a.o1", Answers: 1, Memory: remembered(1)}}
			},
		},
		"only something else graded": {
			from: blank, tasks: []Task{{Module: "second"}}, standing: NotStarted, reasons: []Reason{{Code: ModuleOpen, Module: "second"}},
			change: func(s *learning.Summary) {
				s.Outcomes = []learning.OutcomeSummary{{Outcome: "first.a.o1", Answers: 1, Memory: remembered(1)}}
			},
		},
		"a lesson read": {
			from: blank, tasks: []Task{{Module: "first"}}, standing: Behind, reasons: []Reason{{Code: ModuleOpen, Module: "first"}},
			change: func(s *learning.Summary) { s.Modules[0].Share = 1.0 / 3 },
		},
		"a module open": {
			from: strong, standing: Behind, reasons: []Reason{{Code: ModuleOpen, Module: "second", DueOn: "2027-01-14"}},
			change: func(s *learning.Summary) { s.Modules[1].Complete = false },
		},
		"an exam open": {
			from: strong, standing: Behind, reasons: []Reason{{Code: ExamOpen, Exam: "final", DueOn: "2027-02-01"}},
			change: func(s *learning.Summary) { s.Exams[0].Passed = false },
		},
		"a critical failure at a check": {
			from: strong, standing: Behind, reasons: []Reason{{Code: CriticalStands, Module: "first", Question: "first.a.x1", Outcome: "first.a.o1"}},
			change: func(s *learning.Summary) { s.Critical = []learning.CriticalFailure{failure("first.check")} },
		},
		"a critical failure at an exam": {
			from: strong, standing: Behind, reasons: []Reason{{Code: CriticalStands, Exam: "final", Question: "first.a.x1", Outcome: "first.a.o1"}},
			change: func(s *learning.Summary) { s.Critical = []learning.CriticalFailure{failure("final")} },
		},
		"a critical failure at what is not asked": {
			from: strong, tasks: []Task{{Module: "second"}}, standing: Ready,
			change: func(s *learning.Summary) { s.Critical = []learning.CriticalFailure{failure("first.check")} },
		},
		"too little evidence": {
			from: strong, standing: Behind, reasons: []Reason{{Code: TooLittleEvidence, Module: "first", Outcome: "first.a.o1"}},
			change: func(s *learning.Summary) { s.Outcomes[0].Answers = MinAnswers - 1 },
		},
		"weak now": {
			from: strong, standing: Behind, reasons: []Reason{{Code: OutcomeWeak, Module: "first", Outcome: "first.a.o2"}},
			change: func(s *learning.Summary) { s.Outcomes[1].Evidence = Target - 0.01 },
		},
		"a certificate that was revoked": {
			from: strong, held: []Certificate{{Exam: "final", ValidUntil: now.AddDate(2, 0, 0), Revoked: true}}, standing: Behind,
			reasons: []Reason{{Code: CredentialRevoked, Exam: "final"}},
		},
		"a certificate that ends before the day": {
			from: strong, held: []Certificate{{Exam: "final", ValidUntil: now.AddDate(0, 0, 5)}}, standing: WillLapse,
			reasons: []Reason{{Code: CredentialExpires, Exam: "final", DueOn: now.AddDate(0, 0, 5).Format("2006-01-02")}},
		},
		"a certificate that has ended": {
			from: strong, held: []Certificate{{Exam: "final", ValidUntil: now}}, standing: Behind,
			reasons: []Reason{{Code: CredentialExpires, Exam: "final", DueOn: now.Format("2006-01-02")}},
		},
		"a certificate that is not asked for, and one that holds": {
			from: strong, held: []Certificate{{Exam: "other", Revoked: true}, {Exam: "final", ValidUntil: now.AddDate(2, 0, 0)}}, standing: Ready,
		},
		"fades before the day": {
			from: strong, standing: WillLapse, reasons: []Reason{{Code: OutcomeLapses, Module: "second", Outcome: "second.a.o2"}},
			change: func(s *learning.Summary) { s.Outcomes[3].Memory = remembered(5) },
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			summary := test.from()
			if test.change != nil {
				test.change(&summary)
			}
			tasks := test.tasks
			if tasks == nil {
				tasks = allTasks
			}
			a := NewAssessor(course(), "2027-04-14", now)
			p := a.Assess(&summary, test.held, tasks)
			if p.Standing != test.standing {
				t.Errorf("standing = %s, want %s", p.Standing, test.standing)
			}
			if diff := cmp.Diff(test.reasons, a.Reasons(p, tasks)); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
		})
	}
}

func failure(quiz curriculum.QuizSlug) learning.CriticalFailure {
	return learning.CriticalFailure{Quiz: quiz, Module: "first", Question: question.ID("first.a.x1"), Outcomes: []curriculum.OutcomeID{"first.a.o1"}}
}

func TestAssessedFigures(t *testing.T) {
	t.Parallel()
	s := strong()
	s.Modules[1].Share, s.Modules[1].Complete, s.Exams[0].Passed = 1.0/3, false, false
	s.Outcomes = s.Outcomes[:1]
	p := NewAssessor(course(), "", now).Assess(&s, nil, allTasks)
	if p.Progress != 4.0/7 || p.Overdue != 0 {
		t.Errorf("progress %g, overdue %d, want 4 of 7 steps and none", p.Progress, p.Overdue)
	}
	first, second := p.Modules[0], p.Modules[1]
	if first.OnDay == nil || math.Abs(*first.OnDay-p.Outcomes[0].OnDay/2) > 1e-12 || second.OnDay != nil {
		t.Errorf("mastery = %v, %v: want the mean of the first, where one outcome has no answer, and none of the second", first.OnDay, second.OnDay)
	}
	if first.Held != 1 || first.HeldNow != 1 || first.Outcomes != 2 {
		t.Errorf("first = %+v, want one of two outcomes held", first)
	}
	want := []ReasonCount{
		{Code: TooLittleEvidence, Module: "first", Count: 1}, {Code: ModuleOpen, Module: "second", DueOn: "2027-01-14", Count: 1},
		{Code: ExamOpen, Exam: "final", DueOn: "2027-02-01", Count: 1},
	}
	if diff := cmp.Diff(want, p.Reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	if p.Area("first") != AreaWeak || p.Area("second") != AreaOpen {
		t.Errorf("areas %s, %s, want weak, open", p.Area("first"), p.Area("second"))
	}
}

func TestAreas(t *testing.T) {
	t.Parallel()
	s := strong()
	s.Outcomes[0].Memory = remembered(5)
	p := NewAssessor(course(), "2027-04-14", now).Assess(&s, nil, allTasks)
	if p.Area("first") != AreaLapses || p.Area("second") != AreaReady {
		t.Errorf("areas %s, %s, want lapses, ready", p.Area("first"), p.Area("second"))
	}
}

// TestDay: a date that is over or not known means now.
func TestDay(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]string{"": "2027-01-14", "2027-01-14": "2027-01-14", "2026-12-01": "2027-01-14", "2027-03-01": "2027-03-01"} {
		if got := NewAssessor(course(), date, now).Day.Format("2006-01-02"); got != want {
			t.Errorf("deploys on %q: the day is %s, want %s", date, got, want)
		}
	}
}

// TestDueAt: at that moment mastery is the target.
func TestDueAt(t *testing.T) {
	t.Parallel()
	o := learning.OutcomeSummary{Evidence: 0.9, Memory: remembered(30)}
	if at := DueAt(o); math.Abs(Mastery(o, at)-Target) > 1e-9 {
		t.Errorf("mastery at %s = %g, want %g", at, Mastery(o, at), Target)
	}
	o.Evidence = 0.5
	if at := DueAt(o); !at.Equal(o.Memory.ReviewedAt) {
		t.Errorf("what was never held is due at %s, want since it was reviewed", at)
	}
}
