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
	Overrides Overrides // nil = nobody has another policy
	Rulings   Rulings   // nil = every question is scored as it was written
	Now       func() time.Time
	NewID     func() string // UUIDv7
	NewSeed   func() int64  // unpredictable
}

// Exposure knows what a trainee has been shown before.
type Exposure interface {
	// SeenQuestions counts in how many papers of the trainee each question was.
	SeenQuestions(ctx context.Context, trainee identity.UserID) (map[question.ID]int, error)
}

// Overrides knows for whom a quiz has another policy.
type Overrides interface {
	// QuizOverrides reads what holds for a trainee, by quiz.
	QuizOverrides(ctx context.Context, trainee identity.UserID) (map[curriculum.QuizSlug]curriculum.Override, error)
}

// overrides reads what holds for a trainee, by quiz.
func (s *Service) overrides(ctx context.Context, trainee identity.UserID) (map[curriculum.QuizSlug]curriculum.Override, error) {
	if s.Overrides == nil {
		return nil, nil
	}
	return s.Overrides.QuizOverrides(ctx, trainee)
}

// quizFor finds a quiz with the policy that holds for a trainee. NotFound. An
// attempt refers to it, so that another policy than the published one is kept
// as a version too.
func (s *Service) quizFor(ctx context.Context, trainee identity.UserID, slug curriculum.QuizSlug) (curriculum.Quiz, error) {
	quiz, ok := s.Catalogue.Quiz(slug)
	if !ok {
		return curriculum.Quiz{}, errs.Missing("quiz")
	}
	overrides, err := s.overrides(ctx, trainee)
	if err != nil {
		return curriculum.Quiz{}, err
	}
	override, ok := overrides[slug]
	if !ok {
		return quiz, nil
	}
	quiz = quiz.Under(override)
	return quiz, s.Bank.PublishQuizzes(ctx, []curriculum.Quiz{quiz})
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
	Questions map[question.ID]question.Question // as they are scored now
	Void      map[question.ID]bool              // those that a ruling took out
	Voided    []question.ID                     // they, in the order of their rulings
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
	scored, void, err := s.scored(ctx, versions)
	if err != nil {
		return nil, err
	}
	paper := &Paper{Quiz: quiz, Items: a.Paper, Questions: make(map[question.ID]question.Question, len(a.Paper)), Void: make(map[question.ID]bool)}
	for _, item := range a.Paper {
		paper.Questions[item.Question] = scored[item.Version]
	}
	for _, version := range void {
		for _, item := range a.Paper {
			if item.Version == version {
				paper.Void[item.Question] = true
				paper.Voided = append(paper.Voided, item.Question)
			}
		}
	}
	return paper, nil
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
