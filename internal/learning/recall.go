package learning

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
	"muster/internal/retention"
)

// The size of a spaced review: about five minutes, and none that is not worth
// opening.
const (
	fewestCards    = 4
	MostCards      = 8
	minutesPerCard = 0.6
	recallTarget   = 0.9 // an outcome is due once it would be recalled with less
)

// Recall is what a trainee should be asked again now.
type Recall struct {
	Due     []curriculum.OutcomeID // nearest to being forgotten first
	Cards   []question.ID          // the paper, empty while too little is due
	NextDue time.Time              // when the next outcome falls due; zero where Cards are not empty, or none ever will
}

// Minutes is about how long the cards take.
func (r Recall) Minutes() int { return int(math.Ceil(float64(len(r.Cards)) * minutesPerCard)) }

// Recall says what the actor should be asked again now.
func (s *Service) Recall(ctx context.Context, actor identity.Actor) (Recall, error) {
	attempts, _, err := s.shown(ctx, actor.ID)
	if err != nil {
		return Recall{}, err
	}
	summary, err := s.summaryOf(ctx, actor.ID, attempts)
	if err != nil {
		return Recall{}, err
	}
	seen, err := s.Attempts.SeenQuestions(ctx, actor.ID)
	if err != nil {
		return Recall{}, err
	}
	due, next := dueOutcomes(summary.Outcomes, s.Now())
	recall := Recall{Due: due, Cards: s.cards(due, seen)}
	if len(recall.Cards) < fewestCards {
		recall.Cards, recall.NextDue = nil, next
	}
	return recall, nil
}

// Due gives the outcomes that are to be asked again at a time, nearest to being
// forgotten first.
func Due(outcomes []OutcomeSummary, now time.Time) []curriculum.OutcomeID {
	due, _ := dueOutcomes(outcomes, now)
	return due
}

// dueOutcomes gives the outcomes that have faded below the target, the most
// faded first, and when the next of the others will.
func dueOutcomes(outcomes []OutcomeSummary, now time.Time) (due []curriculum.OutcomeID, next time.Time) {
	faded := make(map[curriculum.OutcomeID]float64)
	for _, o := range outcomes {
		if r := retention.Default.Retrievability(o.Memory, now); r < recallTarget {
			due = append(due, o.Outcome)
			faded[o.Outcome] = r
			continue
		}
		days := retention.Default.Interval(o.Memory.Stability, recallTarget)
		at := o.Memory.ReviewedAt.Add(time.Duration(days * float64(24*time.Hour)))
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	slices.SortStableFunc(due, func(a, b curriculum.OutcomeID) int { return cmp.Compare(faded[a], faded[b]) })
	return due, next
}

// cards takes the practice question seen least of each outcome in turn, then
// a second of each, until there are enough.
func (s *Service) cards(due []curriculum.OutcomeID, seen map[question.ID]int) []question.ID {
	practice := s.Catalogue.PracticeOf()
	var cards []question.ID
	for more := true; more; {
		more = false
		for _, outcome := range due {
			left := slices.DeleteFunc(slices.Clone(practice[outcome]), func(id question.ID) bool { return slices.Contains(cards, id) })
			if len(left) == 0 {
				continue
			}
			if len(cards) == MostCards {
				return cards
			}
			cards = append(cards, slices.MinFunc(left, func(a, b question.ID) int { return cmp.Compare(seen[a], seen[b]) }))
			more = true
		}
	}
	return cards
}

// StartRecall starts a spaced review of what is due, or gives the open one
// (created false). It answers Conflict with code nothing_due where too little
// is due.
func (s *Service) StartRecall(ctx context.Context, actor identity.Actor) (id assessment.AttemptID, created bool, err error) {
	attempts, err := s.Attempts.Attempts(ctx, actor.ID)
	if err != nil {
		return "", false, err
	}
	if open := assessment.Tallies(attempts)[curriculum.ReviewSlug].Open; open != "" {
		return open, false, nil
	}
	recall, err := s.Recall(ctx, actor)
	if err != nil {
		return "", false, err
	}
	if len(recall.Cards) == 0 {
		return "", false, nothingDue(recall.NextDue)
	}
	return s.Starter.StartOn(ctx, actor, curriculum.ReviewSlug, recall.Cards)
}

func nothingDue(next time.Time) error {
	if next.IsZero() {
		return errs.New(errs.Conflict, "nothing_due", "There is nothing to review yet. Practise a lesson first.")
	}
	return errs.New(errs.Conflict, "nothing_due", "There is nothing to review yet. The next review is due on %s.", next.Format("2 January 2006"))
}
