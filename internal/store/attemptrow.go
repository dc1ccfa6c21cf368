package store

import (
	"encoding/json"
	"fmt"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// attemptRow is an attempt as it is kept.
type attemptRow struct {
	ID          string
	TraineeID   string
	Quiz        string
	QuizVersion string
	Number      int
	Seed        int64
	Paper       string // JSON
	StartedAt   int64
	Deadline    *int64
	Status      string
	EndedAt     *int64
}

// TableName names the table.
func (attemptRow) TableName() string { return "attempts" }

func rowOfAttempt(a assessment.Attempt) (attemptRow, error) {
	paper, err := json.Marshal(a.Paper)
	if err != nil {
		return attemptRow{}, fmt.Errorf("encode the paper of attempt %s: %w", a.ID, err)
	}
	return attemptRow{
		ID: string(a.ID), TraineeID: string(a.Trainee), Quiz: string(a.Quiz), QuizVersion: a.QuizVersion,
		Number: a.Number, Seed: a.Seed, Paper: string(paper), StartedAt: micros(a.StartedAt),
		Deadline: maybeMicros(a.Deadline), Status: string(a.Status), EndedAt: maybeMicros(a.EndedAt),
	}, nil
}

func (r attemptRow) attempt() (assessment.Attempt, error) {
	a := assessment.Attempt{
		ID: assessment.AttemptID(r.ID), Trainee: identity.UserID(r.TraineeID), Quiz: curriculum.QuizSlug(r.Quiz),
		QuizVersion: r.QuizVersion, Number: r.Number, Seed: r.Seed, StartedAt: instant(r.StartedAt),
		Deadline: maybeInstant(r.Deadline), Status: assessment.Status(r.Status), EndedAt: maybeInstant(r.EndedAt),
	}
	if err := json.Unmarshal([]byte(r.Paper), &a.Paper); err != nil {
		return assessment.Attempt{}, fmt.Errorf("decode the paper of attempt %s: %w", r.ID, err)
	}
	return a, nil
}

// gradeRow is a grade as it is kept.
type gradeRow struct {
	AttemptID        string
	Number           int
	Points           float64
	MaxPoints        float64
	Passed           bool
	CriticalFailures string // JSON
	Items            string // JSON
	Reason           string
	RulingID         *string
	At               int64
}

// TableName names the table.
func (gradeRow) TableName() string { return "grades" }

func rowOfGrade(g assessment.Grade) (gradeRow, error) {
	critical, err := json.Marshal(g.CriticalFailures)
	if err != nil {
		return gradeRow{}, fmt.Errorf("encode grade %d of attempt %s: %w", g.Number, g.Attempt, err)
	}
	items, err := json.Marshal(g.Items)
	if err != nil {
		return gradeRow{}, fmt.Errorf("encode grade %d of attempt %s: %w", g.Number, g.Attempt, err)
	}
	return gradeRow{
		AttemptID: string(g.Attempt), Number: g.Number, Points: g.Points, MaxPoints: g.MaxPoints, Passed: g.Passed,
		CriticalFailures: string(critical), Items: string(items), Reason: g.Reason, RulingID: maybeText(string(g.Ruling)), At: micros(g.At),
	}, nil
}

func (r gradeRow) grade() (assessment.Grade, error) {
	g := assessment.Grade{
		Attempt: assessment.AttemptID(r.AttemptID), Number: r.Number, Points: r.Points, MaxPoints: r.MaxPoints,
		Passed: r.Passed, Reason: r.Reason, Ruling: assessment.RulingID(textOf(r.RulingID)), At: instant(r.At),
	}
	var critical []question.ID
	if err := json.Unmarshal([]byte(r.CriticalFailures), &critical); err != nil {
		return g, fmt.Errorf("decode grade %d of attempt %s: %w", r.Number, r.AttemptID, err)
	}
	g.CriticalFailures = critical
	if err := json.Unmarshal([]byte(r.Items), &g.Items); err != nil {
		return g, fmt.Errorf("decode grade %d of attempt %s: %w", r.Number, r.AttemptID, err)
	}
	return g, nil
}
