package psychometrics

import (
	"math"
	"slices"
)

// Item is the statistics of one item of a test.
type Item struct {
	Responses       int      `json:"responses"`        // attempts that had it on their paper
	Right           int      `json:"right"`            // those that brought the whole mark
	RightInterval   Interval `json:"right_interval"`   // of the share that is Right: Wilson, 95 %
	Facility        Value    `json:"facility"`         // mean mark over Max, 0..1
	SD              Value    `json:"sd"`               // of the marks over Max; two responses or more
	Guess           Value    `json:"guess"`            // what blind guessing brings, 0..1
	IntendedWeight  Value    `json:"intended_weight"`  // share of the paper's mark, 0..1
	EffectiveWeight Value    `json:"effective_weight"` // share of the spread of scores; undefined where the covariance with the score is negative
	Discrimination  Value    `json:"discrimination"`   // Pearson's r of the mark with the rest of the score, -1..1
	Efficiency      Value    `json:"efficiency"`       // covariance with the rest over the highest that these marks allow, ≤ 1
	BIndex          Value    `json:"b_index"`          // share that is Right of those who pass minus of those who do not (Brennan 1972), -1..1
	OptionRest      []Value  `json:"option_rest"`      // of each option: r of its being picked with the rest of the score
	Curves          Curves   `json:"curves"`
}

// Items makes the statistics of every item of a test; cut is the share of the
// score that passes.
func Items(r Responses, cut float64) []Item {
	t := r.totals()
	items := make([]Item, len(r.Columns))
	weights := make([]float64, len(items)) // √ of the covariances with the score, NaN where negative
	intended, effective := 0.0, 0.0
	scores := t.scores()
	for i, c := range r.Columns {
		items[i] = describe(c, t, scores, cut)
		drawn := float64(len(c.Marks)) / float64(max(r.Attempts, 1))
		items[i].IntendedWeight = Value(c.Max * drawn)
		intended += c.Max * drawn
		if weights[i] = math.Sqrt(covariance(c.Marks, pick(scores, c.Attempts))) * drawn; weights[i] > 0 {
			effective += weights[i]
		}
	}
	for i := range items {
		items[i].IntendedWeight = ratio(float64(items[i].IntendedWeight), intended)
		items[i].EffectiveWeight = ratio(weights[i], effective)
	}
	return items
}

func describe(c Column, t totals, scores []float64, cut float64) Item {
	item := Item{
		Responses: len(c.Marks), Facility: Undefined(), Guess: c.Guess, SD: Undefined(),
		Discrimination: Undefined(), Efficiency: Undefined(), BIndex: Undefined(),
	}
	for _, mark := range c.Marks {
		if c.whole(mark) {
			item.Right++
		}
	}
	item.RightInterval = Wilson(item.Right, item.Responses)
	if item.Responses == 0 || c.Max <= 0 {
		return item
	}
	item.Facility = Value(mean(c.Marks) / c.Max)
	item.BIndex = bIndex(c, t, scores, cut)
	if item.Responses < 2 {
		return item
	}
	item.SD = Value(math.Sqrt(variance(c.Marks)) / c.Max)
	rest := t.rest(c)
	item.Discrimination = Correlation(c.Marks, rest)
	item.OptionRest = optionRest(c, rest)
	sorted := slices.Clone(rest)
	slices.Sort(sorted)
	item.Efficiency = efficiency(c.Marks, rest, sorted)
	item.Curves = curves(c, rest, sorted)
	return item
}

// efficiency is the covariance of marks and rest scores over the one they would
// have if the best marks were with the highest scores.
func efficiency(marks, rest, sorted []float64) Value {
	best := slices.Clone(marks)
	slices.Sort(best)
	highest := covariance(best, sorted)
	if !spread(variance(marks), marks) || highest <= 0 {
		return Undefined()
	}
	return Value(covariance(marks, rest) / highest)
}

// bIndex compares those whose score passes with the others; undefined where
// there are none of either.
func bIndex(c Column, t totals, scores []float64, cut float64) Value {
	var sum, n [2]float64 // failed, passed
	for k, a := range c.Attempts {
		group := 0
		if passes(scores[a], t.most, cut) {
			group = 1
		}
		if c.whole(c.Marks[k]) {
			sum[group]++
		}
		n[group]++
	}
	if n[0] == 0 || n[1] == 0 {
		return Undefined()
	}
	return Value(sum[1]/n[1] - sum[0]/n[0])
}

// optionRest correlates the picking of each option with the rest of the score.
func optionRest(c Column, rest []float64) []Value {
	if c.Picks == nil {
		return nil
	}
	values, picked := make([]Value, c.Options), make([]float64, len(c.Picks))
	for o := range values {
		for k, picks := range c.Picks {
			picked[k] = float64(picks >> o & 1)
		}
		values[o] = Correlation(picked, rest)
	}
	return values
}

func pick(values []float64, at []int32) []float64 {
	picked := make([]float64, len(at))
	for k, a := range at {
		picked[k] = values[a]
	}
	return picked
}
