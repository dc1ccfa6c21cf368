package readiness

import (
	"time"

	"muster/internal/retention"
)

// The example that explains the forecast: what somebody showed of an outcome,
// and on which day they were asked again.
const (
	ExampleEvidence = 0.95
	ExampleReview   = 10 // day
	exampleDays     = 90
)

// Faded is how much of an outcome is held a number of days after it was shown,
// 0..1: without and with the second review.
type Faded struct {
	Day         int
	Once, Twice float64
}

// Example is the forgetting curve of the example, day by day.
func Example() []Faded {
	const day = 24 * time.Hour
	w, start := retention.Default, time.Time{}
	once := w.First(retention.Good, start)
	twice := w.Next(once, retention.Good, start.Add(ExampleReview*day))
	curve := make([]Faded, exampleDays+1)
	for i := range curve {
		at := start.Add(time.Duration(i) * day)
		held := ExampleEvidence * w.Retrievability(once, at)
		curve[i] = Faded{Day: i, Once: held, Twice: held}
		if i >= ExampleReview {
			curve[i].Twice = ExampleEvidence * w.Retrievability(twice, at)
		}
	}
	return curve
}
