package readiness

import (
	"math"

	"muster/internal/curriculum"
	"muster/internal/learning"
)

// MinPairs is the fewest people for whom a gain is told: below it the interval
// says nothing and a mean would show individuals.
const MinPairs = 5

// Gain is what people know more after a module than before it: scores 0..1 of
// the first pretest and of the first check, of those who have both. Low and High
// bound the mean difference with 95 % confidence (paired t interval).
type Gain struct {
	Module    curriculum.ModuleSlug // "" = all modules
	Pairs     int
	Before    float64
	After     float64
	Mean      float64 // After - Before
	Low, High float64
}

// Told says whether there are enough pairs for the figures to mean something.
func (g Gain) Told() bool { return g.Pairs >= MinPairs }

// pair is the scores, 0..1, of the first pretest and the first check of a module.
type pair struct {
	module        curriculum.ModuleSlug
	before, after float64
}

// pairsOf gives somebody's pair of a module, of each where it is "".
func pairsOf(s *learning.Summary, module curriculum.ModuleSlug) []pair {
	var pairs []pair
	for _, m := range s.Modules {
		if m.Pretest != nil && m.FirstCheck != nil && (module == "" || m.Module == module) {
			pairs = append(pairs, pair{m.Module, *m.Pretest, *m.FirstCheck})
		}
	}
	return pairs
}

func meanPair(pairs []pair) pair {
	var sum pair
	for _, p := range pairs {
		sum.before += p.before
		sum.after += p.after
	}
	n := float64(len(pairs))
	return pair{before: sum.before / n, after: sum.after / n}
}

// gainOf gives the gain over pairs of scores.
func gainOf(module curriculum.ModuleSlug, pairs []pair) Gain {
	g := Gain{Module: module, Pairs: len(pairs)}
	if !g.Told() {
		return g
	}
	n := float64(len(pairs))
	for _, p := range pairs {
		g.Before += p.before / n
		g.After += p.after / n
	}
	g.Mean = g.After - g.Before
	squares := 0.0
	for _, p := range pairs {
		d := p.after - p.before - g.Mean
		squares += d * d
	}
	margin := studentT975(len(pairs)-1) * math.Sqrt(squares/(n-1)/n)
	g.Low, g.High = g.Mean-margin, g.Mean+margin
	return g
}

// studentT975 gives the 97.5 % quantile of Student's t with df degrees of
// freedom, df ≥ 4, to within 0.1 %: Cornish and Fisher's expansion about the
// normal quantile (Abramowitz and Stegun 1964, 26.7.5).
func studentT975(df int) float64 {
	const z = 1.959963984540054
	v := float64(df)
	z2 := z * z
	g1 := z * (z2 + 1) / 4
	g2 := z * (z2*(5*z2+16) + 3) / 96
	g3 := z * (z2*(z2*(3*z2+19)+17) - 15) / 384
	g4 := z * (z2*(z2*(z2*(79*z2+776)+1482)-1920) - 945) / 92160
	return z + g1/v + g2/(v*v) + g3/(v*v*v) + g4/(v*v*v*v)
}
