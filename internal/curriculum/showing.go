package curriculum

import (
	"cmp"
	"slices"
)

// Showing is when each part of a result is shown. A part is not shown before
// those above it.
type Showing struct {
	Score       FeedbackPoint // points, and whether they are enough; at the end of the attempt or later
	Correctness FeedbackPoint // which answers were right, and which crossed a red line
	Feedback    FeedbackPoint // what is said to the answer that was given
	Key         FeedbackPoint // the right answers, what explains them and where it stands
}

// Shown says when each part of the quiz's results is shown. What the quiz leaves
// out is shown with the key, but the score at the end of an attempt.
func (q Quiz) Shown() Showing {
	return Showing{
		Score:       cmp.Or(q.Score, ReleaseSubmitted),
		Correctness: cmp.Or(q.Correctness, q.Release),
		Feedback:    cmp.Or(q.Feedback, q.Release),
		Key:         q.Release,
	}
}

// FeedbackPoints are the points at which something may be shown, in their order.
var FeedbackPoints = []FeedbackPoint{ReleaseImmediate, ReleaseSubmitted, ReleaseFinished, ReleaseClosed, ReleaseNever}

// Ordered says whether no part is to be shown before one above it. There is no
// score before the end, so that it may come after what is shown at once.
func (s Showing) Ordered() bool {
	rank := func(p FeedbackPoint) int { return slices.Index(FeedbackPoints, p) }
	correctness := max(rank(s.Correctness), rank(ReleaseSubmitted))
	return rank(s.Score) <= correctness && rank(s.Correctness) <= rank(s.Feedback) && rank(s.Feedback) <= rank(s.Key)
}

// Points lists the points of the parts, from the score to the key.
func (s Showing) Points() []FeedbackPoint {
	return []FeedbackPoint{s.Score, s.Correctness, s.Feedback, s.Key}
}
