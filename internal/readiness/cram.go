package readiness

import (
	"strconv"
	"time"

	"muster/internal/curriculum"
	"muster/internal/learning"
	"muster/internal/retention"
)

// CramDays is for how long Cram tells what is held.
const CramDays = 60

// Pace is how often somebody takes a review, and what that keeps.
type Pace struct {
	Every int // days from one review to the next, 0 = none is taken
	Held  int // outcomes that are held after CramDays
}

// Cram tells what is held of outcomes that were all learnt in one day, each
// practised and checked well, with a review a day, one a week and none. The
// reviews are those that learning gives, and every answer is good: people
// forget more than that, not less.
func Cram(outcomes int) []Pace {
	paces := []Pace{{Every: 1}, {Every: 7}, {}}
	for i := range paces {
		paces[i].Held = crammed(outcomes, paces[i].Every)
	}
	return paces
}

func crammed(outcomes, every int) (held int) {
	const day = 24 * time.Hour
	w, start := retention.Default, time.Time{}.Add(day)
	known, at := make([]learning.OutcomeSummary, outcomes), make(map[curriculum.OutcomeID]int, outcomes)
	for i := range known {
		practised := w.First(retention.Good, start)
		id := curriculum.OutcomeID(strconv.Itoa(i))
		known[i] = learning.OutcomeSummary{Outcome: id, Evidence: ExampleEvidence, Memory: w.Next(practised, retention.Good, start.Add(time.Hour))}
		at[id] = i
	}
	for n := every; every > 0 && n < CramDays; n += every {
		now := start.Add(time.Duration(n) * day)
		due := learning.Due(known, now)
		for _, id := range due[:min(len(due), learning.MostCards)] {
			o := &known[at[id]]
			o.Memory = w.Next(o.Memory, retention.Good, now)
		}
	}
	for _, o := range known {
		held += one(Mastery(o, start.Add(CramDays*day)) >= Target)
	}
	return held
}
