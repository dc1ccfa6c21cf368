package assessment

import (
	"context"
	"time"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// Service is everything a person or a job can do with attempts.
type Service struct {
	Store     Store
	Bank      Bank
	Catalogue *curriculum.Catalogue // what quizzes are offered now
	Exposure  Exposure
	Now       func() time.Time
	NewID     func() string // UUIDv7
	NewSeed   func() int64  // unpredictable
}

// Exposure knows what a trainee has been shown before.
type Exposure interface {
	// SeenQuestions counts in how many papers of the trainee each question was.
	SeenQuestions(ctx context.Context, trainee identity.UserID) (map[question.ID]int, error)
}

func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Millisecond) }

// own reads an attempt of the actor's. Another person's is not found.
func (s *Service) own(ctx context.Context, actor identity.Actor, id AttemptID) (Attempt, error) {
	attempt, err := s.Store.Attempt(ctx, id)
	if err != nil {
		return Attempt{}, err
	}
	if attempt.Trainee != actor.ID {
		return Attempt{}, errs.Missing("attempt")
	}
	return attempt, nil
}

// Paper is a drawn paper with the stored versions that it refers to.
type Paper struct {
	Quiz      curriculum.Quiz
	Items     []PaperItem
	Questions map[question.ID]question.Question
}

func (s *Service) paper(ctx context.Context, a Attempt) (*Paper, error) {
	quiz, err := s.Bank.QuizVersion(ctx, a.QuizVersion)
	if err != nil {
		return nil, err
	}
	versions := make([]question.Version, len(a.Paper))
	for i, item := range a.Paper {
		versions[i] = item.Version
	}
	stored, err := s.Bank.QuestionVersions(ctx, versions)
	if err != nil {
		return nil, err
	}
	questions := make(map[question.ID]question.Question, len(a.Paper))
	for _, item := range a.Paper {
		questions[item.Question] = stored[item.Version]
	}
	return &Paper{Quiz: quiz, Items: a.Paper, Questions: questions}, nil
}

// Publish keeps the catalogue's questions and quizzes as versions, so that an
// attempt always refers to a stored one. The same content again changes nothing.
func (s *Service) Publish(ctx context.Context) error {
	all := append(s.Catalogue.Questions(), s.Catalogue.Decisions()...)
	if err := s.Bank.PublishQuestions(ctx, all); err != nil {
		return err
	}
	return s.Bank.PublishQuizzes(ctx, append(s.Catalogue.Quizzes(), curriculum.ReviewQuiz()))
}
