package curriculum

import "muster/internal/question"

// ReviewSlug names the quiz of spaced review. Its paper is chosen for each
// trainee, so it has no rules and is not among those that are offered.
const ReviewSlug QuizSlug = "review"

// ReviewQuiz is the policy of spaced review: as often as wanted, without a time
// limit, and nothing to pass.
func ReviewQuiz() Quiz {
	return Quiz{Slug: ReviewSlug, Title: "Review", Purpose: PurposeReview, Release: ReleaseSubmitted}
}

// Outcomes gives all outcomes in the order of the curriculum.
func (c *Catalogue) Outcomes() []Outcome {
	var all []Outcome
	for _, m := range c.Modules {
		for _, l := range m.Lessons {
			all = append(all, l.Outcomes...)
		}
	}
	return all
}

// PracticeOf gives the practice questions on each outcome that the program can
// judge, in the order of the curriculum.
func (c *Catalogue) PracticeOf() map[OutcomeID][]question.ID {
	of := make(map[OutcomeID][]question.ID)
	for _, q := range c.Questions() {
		if q.Pool != question.Practice || q.Kind.Marked() {
			continue
		}
		for _, outcome := range q.Outcomes {
			of[OutcomeID(outcome)] = append(of[OutcomeID(outcome)], q.ID)
		}
	}
	return of
}
