package learning

import (
	"slices"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/retention"
)

// Ageing is the weight of a review beside that of the next newer one.
const Ageing = 0.7

// review is all answers to an outcome in one graded attempt.
type review struct {
	answers int
	points  float64 // one an answer, at most
	at      time.Time
}

func (r review) share() float64 { return r.points / float64(r.answers) }

// ended gives the attempts that are graded, in the order in which they ended.
func ended(attempts []assessment.GradedAttempt) []assessment.GradedAttempt {
	graded := slices.DeleteFunc(slices.Clone(attempts), func(a assessment.GradedAttempt) bool { return a.Grade == nil || a.Status == assessment.Open })
	slices.SortStableFunc(graded, func(a, b assessment.GradedAttempt) int { return a.EndedAt.Compare(b.EndedAt) })
	return graded
}

// outcomes sums what graded attempts, in order, show of each outcome.
func (s *Service) outcomes(graded []assessment.GradedAttempt) []OutcomeSummary {
	sums := make(map[curriculum.OutcomeID]*outcomeSum)
	for _, a := range graded {
		if quiz, _ := s.Catalogue.Quiz(a.Quiz); quiz.Purpose == curriculum.PurposePretest {
			continue
		}
		for id, r := range s.reviews(a) {
			if sums[id] == nil {
				sums[id] = &outcomeSum{}
			}
			sums[id].add(r)
		}
	}
	shown := make([]OutcomeSummary, 0, len(sums))
	for _, outcome := range s.Catalogue.Outcomes() {
		if sum := sums[outcome.ID]; sum != nil {
			sum.Outcome, sum.Evidence = outcome.ID, sum.points/sum.weight
			shown = append(shown, sum.OutcomeSummary)
		}
	}
	return shown
}

// reviews takes a graded attempt apart by the outcomes that the catalogue holds.
func (s *Service) reviews(a assessment.GradedAttempt) map[curriculum.OutcomeID]review {
	reviews := make(map[curriculum.OutcomeID]review)
	for _, item := range a.Grade.Items {
		q, ok := s.Catalogue.Question(item.Question)
		if !ok || !item.Answered || item.Awaiting {
			continue
		}
		for _, name := range q.Outcomes {
			id := curriculum.OutcomeID(name)
			if _, ok := s.Catalogue.OutcomeByID(id); ok {
				r := reviews[id]
				reviews[id] = review{answers: r.answers + 1, points: r.points + item.Fraction, at: a.EndedAt}
			}
		}
	}
	return reviews
}

// outcomeSum adds reviews up, oldest first.
type outcomeSum struct {
	OutcomeSummary
	points, weight float64 // of the evidence
}

func (o *outcomeSum) add(r review) {
	rating := retention.RatingOf(r.share())
	if o.Answers == 0 {
		o.Memory = retention.Default.First(rating, r.at)
	} else {
		o.Memory = retention.Default.Next(o.Memory, rating, r.at)
	}
	o.Answers += r.answers
	o.points, o.weight = r.share()+Ageing*o.points, 1+Ageing*o.weight
	if rating == retention.Again {
		o.Failures++
	} else {
		o.Failures = 0
	}
}
