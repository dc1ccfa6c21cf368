package assessment

import (
	"context"
	"math"

	"muster/internal/errs"
)

// Verification is what a look through a whole log found.
type Verification struct {
	Receipt Receipt
	Break   *Break // of a chain, nil when all hold
	Regrade bool   // the grade that is kept does not follow from the log
}

// Problem gives what is wrong as an error, nil when all is right.
func (v Verification) Problem() error {
	switch {
	case v.Break != nil:
		return errs.New(errs.Conflict, "chain_broken", "The log was altered at event %d: %s.", v.Break.ServerSeq, v.Break.Reason)
	case v.Regrade:
		return errs.New(errs.Conflict, "grade_differs", "The grade that is kept does not follow from the log.")
	}
	return nil
}

// Verify checks the chains of an attempt's log, and builds its grade again
// from the log alone.
func (s *Service) Verify(ctx context.Context, id AttemptID) (Verification, error) {
	attempt, err := s.Store.Attempt(ctx, id)
	if err != nil {
		return Verification{}, err
	}
	events, err := s.Store.Events(ctx, id)
	if err != nil {
		return Verification{}, err
	}
	grades, err := s.Store.Grades(ctx, id)
	if err != nil {
		return Verification{}, err
	}
	state := Fold(attempt, events, len(grades))
	found := Verification{Receipt: state.Receipt(), Break: Verify(events)}
	if len(grades) == 0 {
		found.Regrade = attempt.Status != Open
		return found, nil
	}
	paper, err := s.paper(ctx, attempt)
	if err != nil {
		return Verification{}, err
	}
	kept, again := grades[len(grades)-1], Judge(state, paper)
	found.Regrade = kept.Passed != again.Passed || math.Abs(kept.Points-again.Points) > 1e-9
	return found, nil
}
