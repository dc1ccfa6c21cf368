package assessment

import (
	"context"
	"time"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Offer is a quiz with what a trainee has done of it and may do now.
type Offer struct {
	Quiz curriculum.Quiz
	Tally
	Refused   error     // why another attempt cannot be started now, nil when it can
	NotBefore time.Time // zero = no wait
}

// Tally sums a trainee's attempts at one quiz.
type Tally struct {
	Used   int      // attempts started
	Best   *float64 // 0..1, nil while none is graded
	Passed bool
	Open   AttemptID // "" = none
}

// Tallies sums attempts by quiz.
func Tallies(attempts []GradedAttempt) map[curriculum.QuizSlug]Tally {
	quizzes := make(map[curriculum.QuizSlug]Tally)
	for _, a := range attempts {
		t := quizzes[a.Quiz]
		t.Used++
		if a.Status == Open {
			t.Open = a.ID
		}
		if a.Grade != nil {
			score := a.Grade.Score()
			if t.Best == nil || score > *t.Best {
				t.Best = &score
			}
			t.Passed = t.Passed || a.Grade.Passed
		}
		quizzes[a.Quiz] = t
	}
	return quizzes
}

// Offers gives every quiz with the actor's state.
func (s *Service) Offers(ctx context.Context, actor identity.Actor) ([]Offer, error) {
	attempts, err := s.Store.Attempts(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	tallies := Tallies(attempts)
	offers := []Offer{}
	for _, quiz := range s.Catalogue.Quizzes() {
		var before []Attempt
		for _, a := range attempts {
			if a.Quiz == quiz.Slug {
				before = append(before, a.Attempt)
			}
		}
		offer := Offer{Quiz: quiz, Tally: tallies[quiz.Slug], NotBefore: NotBefore(quiz, before)}
		if offer.Open == "" {
			offer.Refused = Allowed(quiz, before, s.now())
		}
		offers = append(offers, offer)
	}
	return offers, nil
}

// Offer gives one quiz with the actor's state. NotFound.
func (s *Service) Offer(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug) (Offer, error) {
	offers, err := s.Offers(ctx, actor)
	if err != nil {
		return Offer{}, err
	}
	for _, offer := range offers {
		if offer.Quiz.Slug == slug {
			return offer, nil
		}
	}
	return Offer{}, errs.Missing("quiz")
}
