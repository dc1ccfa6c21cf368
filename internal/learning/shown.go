package learning

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// Showing knows what a trainee may see of their grades, see
// assessment.Service.Shown.
type Showing interface {
	// Shown leaves out of a trainee's attempts the grades that they are not shown yet.
	Shown(ctx context.Context, attempts []assessment.GradedAttempt) ([]assessment.GradedAttempt, error)
}

// OwnSummary gives the summary of a user as they may see it themselves: without
// grades that they are not shown yet, which anybody could work out from it. Those
// who look after them see what there is, see Summaries.
func (s *Service) OwnSummary(ctx context.Context, user identity.UserID) (*Summary, error) {
	attempts, hidden, err := s.shown(ctx, user)
	if err != nil {
		return nil, err
	}
	if !hidden {
		summaries, err := s.Summaries(ctx, []identity.UserID{user})
		if err != nil {
			return nil, err
		}
		return summaries[0], nil
	}
	summary, err := s.summaryOf(ctx, user, attempts)
	return &summary, err
}

// shown reads a user's attempts with the grades that they may see, and says
// whether there are others.
func (s *Service) shown(ctx context.Context, user identity.UserID) (attempts []assessment.GradedAttempt, hidden bool, err error) {
	all, err := s.Attempts.Attempts(ctx, user)
	if err != nil || s.Showing == nil {
		return all, false, err
	}
	if attempts, err = s.Showing.Shown(ctx, all); err != nil {
		return nil, false, err
	}
	return attempts, len(ended(attempts)) < len(ended(all)), nil
}

// resultsOf sums the results of graded attempts, by outcome.
func (s *Service) resultsOf(attempts []assessment.GradedAttempt) []OutcomeResult {
	sums := make(map[curriculum.OutcomeID]OutcomeResult)
	for _, a := range ended(attempts) {
		for _, r := range s.outcomeResults(*a.Grade) {
			sum := sums[r.Outcome]
			sums[r.Outcome] = OutcomeResult{Outcome: r.Outcome, Answered: sum.Answered + r.Answered, Right: sum.Right + r.Right}
		}
	}
	return slices.SortedFunc(maps.Values(sums), func(a, b OutcomeResult) int { return cmp.Compare(a.Outcome, b.Outcome) })
}
