// Package retention is how memory fades: FSRS-6, a model of how long a person
// keeps what they have shown, and when to ask again.
//
// A memory has a stability S, the days after which it is recalled with a
// probability of 90 %, and a difficulty D. Each review moves both on. The
// formulas are those of FSRS-6 as published by the Open Spaced Repetition
// project (github.com/open-spaced-repetition: the wiki of fsrs4anki, "The
// Algorithm"; py-fsrs; go-fsrs v4); w0 … w20 are the weights. The package is
// pure: it must not know what is remembered, by whom, or where it is kept.
package retention

import (
	"math"
	"time"
)

// Rating is how a review went.
type Rating int

// The ratings, as in FSRS.
const (
	Again Rating = iota + 1 // not recalled
	Hard
	Good
	Easy
)

// Bounds of a memory.
const (
	minStability  = 0.001 // days
	maxStability  = 36500.0
	minDifficulty = 1.0
	maxDifficulty = 10.0
)

// The shares of the points, 0..1, from which a review is rated.
const (
	HardFrom = 0.6
	GoodFrom = 0.85
)

// RatingOf rates a review by the share of the points that its answers earned,
// 0..1: Again below HardFrom, Hard below GoodFrom, Good from there. Easy is never given,
// because it speaks of effort, which a score does not show.
func RatingOf(share float64) Rating {
	switch {
	case share < HardFrom:
		return Again
	case share < GoodFrom:
		return Hard
	}
	return Good
}

// Memory is what is kept of one thing that was learnt.
type Memory struct {
	Stability  float64   // days after which it is recalled with probability 0.9
	Difficulty float64   // 1 (easy) .. 10
	ReviewedAt time.Time // the last review
}

// Weights are the 21 parameters of FSRS-6.
type Weights [21]float64

// Default are the published weights of FSRS-6, fitted to the reviews of many
// thousand learners (py-fsrs, DEFAULT_PARAMETERS; go-fsrs, weights.go).
var Default = Weights{
	0.212, 1.2931, 2.3065, 8.2956, // first stability by rating
	6.4133, 0.8334, 3.0194, 0.001, // difficulty
	1.8722, 0.1666, 0.796, // stability after recall
	1.4835, 0.0614, 0.2629, 1.6483, // stability after forgetting
	0.6014, 1.8729, // hard, easy
	0.5425, 0.0912, 0.0658, // reviews of the same day
	0.1542, // the curve
}

// First is the memory after the first review: S = w[rating-1], and
// D = w4 - e^(w5·(rating-1)) + 1.
func (w Weights) First(r Rating, at time.Time) Memory {
	return Memory{
		Stability:  clampStability(w[r-1]),
		Difficulty: clampDifficulty(w.firstDifficulty(r)),
		ReviewedAt: at,
	}
}

// Next is the memory after a further review. A review less than a day after
// the one before follows the formula for the same day; later ones that of
// recall, or of forgetting where the rating is Again. The weights were fitted
// to whole days, so whole days are what counts here. The new stability follows
// from the difficulty before the review.
func (w Weights) Next(m Memory, r Rating, at time.Time) Memory {
	days := math.Floor(elapsed(m, at))
	next := Memory{Difficulty: w.nextDifficulty(m.Difficulty, r), ReviewedAt: at}
	switch {
	case days < 1:
		next.Stability = w.sameDay(m.Stability, r)
	case r == Again:
		next.Stability = w.forgotten(m, w.curve(days, m.Stability))
	default:
		next.Stability = w.recalled(m, r, w.curve(days, m.Stability))
	}
	next.Stability = clampStability(next.Stability)
	return next
}

// Retrievability is the probability, 0..1, that the memory can be recalled at a
// moment: (1 + factor·t/S)^-w20, with factor = 0.9^(-1/w20) - 1, so that it is
// 0.9 after S days. Before the last review, and at it, it is 1. Time runs on
// within a day here: a forecast has no steps.
func (w Weights) Retrievability(m Memory, at time.Time) float64 {
	return w.curve(elapsed(m, at), m.Stability)
}

// Interval is after how many days a memory of this stability has faded to the
// target, which is above 0 and at most 1: S/factor·(target^(-1/w20) - 1).
func (w Weights) Interval(stability, target float64) float64 {
	return clampStability(stability) / w.factor() * (math.Pow(target, -1/w[20]) - 1)
}

func (w Weights) curve(days, stability float64) float64 {
	return math.Pow(1+w.factor()*days/clampStability(stability), -w[20])
}

func (w Weights) factor() float64 { return math.Pow(0.9, -1/w[20]) - 1 }

// elapsed gives the days since the last review, never below 0.
func elapsed(m Memory, at time.Time) float64 {
	return max(0, at.Sub(m.ReviewedAt).Hours()/24)
}

// firstDifficulty is not clamped: nextDifficulty reverts to that of Easy,
// wherever it lies.
func (w Weights) firstDifficulty(r Rating) float64 {
	return w[4] - math.Exp(w[5]*float64(r-1)) + 1
}

// nextDifficulty moves by -w6·(rating-3), damped the more the harder it is
// already (·(10-D)/9), and then reverts by the share w7 to the first
// difficulty of Easy.
func (w Weights) nextDifficulty(d float64, r Rating) float64 {
	damped := d - w[6]*float64(r-3)*(maxDifficulty-d)/9
	return clampDifficulty(w[7]*w.firstDifficulty(Easy) + (1-w[7])*damped)
}

// sameDay is the stability after another review on the same day:
// S·e^(w17·(rating-3+w18))·S^-w19. It shrinks only where nothing was recalled
// (as in go-fsrs and fsrs-rs; py-fsrs lets Hard shrink it too).
func (w Weights) sameDay(s float64, r Rating) float64 {
	s = clampStability(s)
	growth := math.Exp(w[17]*(float64(r-3)+w[18])) * math.Pow(s, -w[19])
	if r != Again {
		growth = max(growth, 1)
	}
	return s * growth
}

// recalled is the stability after a review that recalled it:
// S·(1 + e^w8·(11-D)·S^-w9·(e^(w10·(1-R)) - 1)·[w15 if Hard]·[w16 if Easy]).
func (w Weights) recalled(m Memory, r Rating, retrievability float64) float64 {
	growth := math.Exp(w[8]) * (11 - m.Difficulty) * math.Pow(m.Stability, -w[9]) * math.Expm1(w[10]*(1-retrievability))
	switch r {
	case Hard:
		growth *= w[15]
	case Easy:
		growth *= w[16]
	}
	return m.Stability * (1 + growth)
}

// forgotten is the stability after a review that did not recall it:
// w11·D^-w12·((S+1)^w13 - 1)·e^(w14·(1-R)), at most S/e^(w17·w18).
func (w Weights) forgotten(m Memory, retrievability float64) float64 {
	left := w[11] * math.Pow(m.Difficulty, -w[12]) * (math.Pow(m.Stability+1, w[13]) - 1) * math.Exp(w[14]*(1-retrievability))
	return min(left, m.Stability/math.Exp(w[17]*w[18]))
}

func clampStability(s float64) float64 { return min(max(s, minStability), maxStability) }

func clampDifficulty(d float64) float64 { return min(max(d, minDifficulty), maxDifficulty) }
