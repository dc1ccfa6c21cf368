package itemanalysis

import (
	"context"
	"slices"

	"muster/internal/blueprint"
	"muster/internal/question"
)

// Records says how questions were answered the first time, over all quizzes that
// had them; those that nobody had are left out. It is what forecasts of quizzes
// rest on.
func (s *Service) Records(ctx context.Context, ids []question.ID) (map[question.ID]blueprint.Record, error) {
	summaries, err := s.summaries(ctx)
	if err != nil {
		return nil, err
	}
	sums := make(map[question.ID]blueprint.Record)
	timed := make(map[question.ID]float64) // answers whose time is known
	for _, summary := range summaries {
		for _, fact := range summary.Facts {
			if fact.Answers == 0 || !slices.Contains(ids, fact.Question) {
				continue
			}
			r, n := sums[fact.Question], float64(fact.Answers)
			r.Answers += fact.Answers
			r.Facility += n * float64(fact.Facility)
			if fact.Seconds.Defined() {
				r.Seconds += n * float64(fact.Seconds)
				timed[fact.Question] += n
			}
			sums[fact.Question] = r
		}
	}
	for id, r := range sums {
		r.Facility /= float64(r.Answers)
		r.Seconds /= max(timed[id], 1)
		sums[id] = r
	}
	return sums, nil
}
