// Package learning is how far a trainee has come: lessons read and practised,
// modules finished, outcomes shown, and the one next thing to do.
//
// All but how far a lesson was read follows from graded attempts and can be
// built again from them. It must not know HTTP or SQL.
package learning

import (
	"context"
	"time"

	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// LessonState is how far a trainee has read a lesson.
type LessonState struct {
	Module    curriculum.ModuleSlug
	Lesson    curriculum.LessonSlug
	ReadShare float64   // 0..1, the farthest point seen
	Read      bool      // to the end
	ReadAt    time.Time // when the end was first reached, given by the store; zero while Read is false
	UpdatedAt time.Time
}

// OutcomeResult is what a trainee has shown of an outcome over all graded attempts.
type OutcomeResult struct {
	Outcome  curriculum.OutcomeID
	Answered int // questions on the outcome that were answered
	Right    int // of these wholly right
}

// Store keeps what learning adds.
type Store interface {
	// SaveLessonState keeps the farther of what is there and what is given, and gives it.
	SaveLessonState(ctx context.Context, user identity.UserID, s LessonState) (LessonState, error)
	// LessonStates reads all of a trainee's.
	LessonStates(ctx context.Context, user identity.UserID) ([]LessonState, error)
	// ReplaceOutcomeResults keeps what one attempt shows, in place of what it showed before.
	ReplaceOutcomeResults(ctx context.Context, user identity.UserID, attempt assessment.AttemptID, results []OutcomeResult) error
	// OutcomeResults sums a trainee's results over all attempts, by outcome.
	OutcomeResults(ctx context.Context, user identity.UserID) ([]OutcomeResult, error)
}

// Attempts is what learning reads of assessment.
type Attempts interface {
	Attempt(ctx context.Context, id assessment.AttemptID) (assessment.Attempt, error)
	Attempts(ctx context.Context, trainee identity.UserID) ([]assessment.GradedAttempt, error)
	Grades(ctx context.Context, id assessment.AttemptID) ([]assessment.Grade, error)
	Events(ctx context.Context, id assessment.AttemptID) ([]assessment.Event, error)
	// Activity sums the events of all of a trainee's attempts.
	Activity(ctx context.Context, trainee identity.UserID) (Activity, error)
	// SeenQuestions counts in how many papers of a trainee each question was.
	SeenQuestions(ctx context.Context, trainee identity.UserID) (map[question.ID]int, error)
}

// Starter starts attempts on a paper that learning has chosen, see
// assessment.Service.StartOn.
type Starter interface {
	StartOn(ctx context.Context, actor identity.Actor, quiz curriculum.QuizSlug, chosen []question.ID) (id assessment.AttemptID, created bool, err error)
}

// Activity is what the logs of a trainee say of when they worked.
type Activity struct {
	LateSyncs int       // events that were made in time and arrived late
	Last      time.Time // the newest event that was the trainee's own doing, zero = none
}

// Memberships is what learning reads of cohorts.
type Memberships interface {
	Memberships(ctx context.Context, user identity.UserID) ([]cohort.Membership, error)
}

// Certificates is what learning reads of them.
type Certificates interface {
	// Again gives the exams that a trainee has to pass again, because the
	// certificate that they earned was revoked or has expired.
	Again(ctx context.Context, trainee identity.UserID) ([]curriculum.QuizSlug, error)
}

// Service tells people how far they are.
type Service struct {
	Store        Store
	Kept         SummaryStore
	Attempts     Attempts
	Cohorts      Memberships
	Certificates Certificates
	Starter      Starter
	Showing      Showing // nil = all is shown at once
	Catalogue    *curriculum.Catalogue
	Now          func() time.Time

	known knownSummaries
}

// SaveLesson keeps how far the actor has read a lesson; it never goes back.
func (s *Service) SaveLesson(ctx context.Context, actor identity.Actor, state LessonState) (LessonState, error) {
	if _, ok := s.Catalogue.Lesson(state.Module, state.Lesson); !ok {
		return LessonState{}, errs.Missing("lesson")
	}
	if !(state.ReadShare >= 0 && state.ReadShare <= 1) {
		return LessonState{}, errs.InvalidField("read_share", "The share must be between 0 and 1.")
	}
	if state.Read {
		state.ReadShare = 1
	}
	state.UpdatedAt = s.Now()
	kept, err := s.Store.SaveLessonState(ctx, actor.ID, state)
	if err != nil {
		return LessonState{}, err
	}
	_, err = s.Summarise(ctx, actor.ID)
	return kept, err
}

// Follow brings what is derived up to a grade; the job after each one.
// Running it again changes nothing.
func (s *Service) Follow(ctx context.Context, id assessment.AttemptID) error {
	attempt, err := s.Attempts.Attempt(ctx, id)
	if err != nil {
		return err
	}
	if err := s.followResults(ctx, attempt); err != nil {
		return err
	}
	_, err = s.Summarise(ctx, attempt.Trainee)
	return err
}

// followResults keeps what the last grade shows. A grade that comes meanwhile is
// not undone by the one before it.
func (s *Service) followResults(ctx context.Context, attempt assessment.Attempt) error {
	for followed := 0; ; {
		grades, err := s.Attempts.Grades(ctx, attempt.ID)
		if err != nil || len(grades) == followed {
			return err
		}
		followed = len(grades)
		results := s.outcomeResults(grades[followed-1])
		if err := s.Store.ReplaceOutcomeResults(ctx, attempt.Trainee, attempt.ID, results); err != nil {
			return err
		}
	}
}

func (s *Service) outcomeResults(g assessment.Grade) []OutcomeResult {
	at := make(map[curriculum.OutcomeID]int)
	var results []OutcomeResult
	for _, item := range g.Items {
		q, ok := s.Catalogue.Question(item.Question)
		if !ok || !item.Answered || item.Awaiting {
			continue
		}
		for _, name := range q.Outcomes {
			id := curriculum.OutcomeID(name)
			if _, ok := at[id]; !ok {
				at[id] = len(results)
				results = append(results, OutcomeResult{Outcome: id})
			}
			results[at[id]].Answered++
			if item.Correct {
				results[at[id]].Right++
			}
		}
	}
	return results
}
