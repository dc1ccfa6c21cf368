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
	Used     int      // attempts started
	Best     *float64 // 0..1, nil while none is graded to the end
	Passed   bool
	Awaiting int       // answers that a person has still to mark
	Unshown  int       // attempts that have ended and whose result is not shown
	Open     AttemptID // "" = none
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
		if a.Grade == nil && a.Status != Open {
			t.Unshown++
		}
		if a.Grade != nil {
			if score := a.Grade.Score(); a.Grade.Awaiting() == 0 && (t.Best == nil || score > *t.Best) {
				t.Best = &score
			}
			t.Passed = t.Passed || a.Grade.Passed
			t.Awaiting += a.Grade.Awaiting()
		}
		quizzes[a.Quiz] = t
	}
	return quizzes
}

// Offers gives every quiz with the actor's state, as far as it is shown to them;
// one that its trainer has closed only where they took it.
func (s *Service) Offers(ctx context.Context, actor identity.Actor) ([]Offer, error) {
	attempts, err := s.Store.Attempts(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	overrides, err := s.overrides(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	shown, err := s.Shown(ctx, attempts)
	if err != nil {
		return nil, err
	}
	tallies := Tallies(shown)
	for slug, all := range Tallies(attempts) { // that answers wait is no secret
		t := tallies[slug]
		t.Awaiting = all.Awaiting
		tallies[slug] = t
	}
	offers := []Offer{}
	for _, quiz := range append(s.Catalogue.Quizzes(), s.Catalogue.Closed()...) {
		if err := s.offered(quiz.Slug); err != nil && tallies[quiz.Slug].Used == 0 {
			continue
		}
		offers = append(offers, s.offer(quiz.Under(overrides[quiz.Slug]), tallies[quiz.Slug], attempts))
	}
	return offers, nil
}

func (s *Service) offer(quiz curriculum.Quiz, tally Tally, attempts []GradedAttempt) Offer {
	var before []Attempt
	for _, a := range attempts {
		if a.Quiz == quiz.Slug {
			before = append(before, a.Attempt)
		}
	}
	o := Offer{Quiz: quiz, Tally: tally, NotBefore: NotBefore(quiz, before)}
	if o.Open == "" {
		if o.Refused = s.offered(quiz.Slug); o.Refused == nil {
			o.Refused = Allowed(quiz, before, s.now())
		}
	}
	return o
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
