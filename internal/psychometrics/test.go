package psychometrics

import (
	"math"
	"slices"
)

// Test is the statistics of a whole test. Mean, Median, SD and StandardError are
// in marks, out of Max.
type Test struct {
	Attempts      int     `json:"attempts"`
	Items         float64 `json:"items"` // on a paper, on average
	Max           float64 `json:"max"`   // the highest mark of a paper
	Mean          Value   `json:"mean"`
	Median        Value   `json:"median"`
	SD            Value   `json:"sd"`             // two attempts or more
	Skewness      Value   `json:"skewness"`       // k3/k2^1.5; three or more
	Kurtosis      Value   `json:"kurtosis"`       // excess, k4/k2²; four or more
	Alpha         Value   `json:"alpha"`          // internal consistency, ≤ 1, may be negative; Moodle's CIC
	KR20          Value   `json:"kr20"`           // Alpha where every mark is all or nothing
	KR21          Value   `json:"kr21"`           // as if all items were equally hard
	ErrorRatio    Value   `json:"error_ratio"`    // √(1-Alpha), may exceed 1
	StandardError Value   `json:"standard_error"` // ErrorRatio times SD
	Cut           float64 `json:"cut"`            // share of the score that passes
	Passed        int     `json:"passed"`         // attempts at the cut or above
	LivingstonK2  Value   `json:"livingston_k2"`  // see LivingstonK2
	LordSEM       Value   `json:"lord_sem"`       // see LordSEM, in marks, at the cut
	Consistency   Value   `json:"consistency"`    // see Decide
	Accuracy      Value   `json:"accuracy"`       // see Decide
	Kappa         Value   `json:"kappa"`          // see Decide
}

// atCut forgives what sums of thirds lose in binary.
const atCut = 1e-9

// Describe makes the statistics of a test whose pass mark is a share of the
// score. With complete papers the formulas are those of Moodle's quiz report
// (mod/quiz/report/statistics), which FEATURES 4.1 states.
func Describe(r Responses, cut float64) Test {
	t := r.totals()
	scores := t.scores()
	test := Test{
		Attempts: r.Attempts, Max: t.most, Cut: cut, Mean: Undefined(), Items: 0,
		SD: Value(math.Sqrt(variance(scores))), Skewness: skewness(scores), Kurtosis: kurtosis(scores),
	}
	if r.Attempts > 0 {
		test.Mean, test.Items = Value(mean(scores)), mean(t.items)
	}
	for _, score := range scores {
		if passes(score, t.most, cut) {
			test.Passed++
		}
	}
	slices.Sort(scores)
	test.Median = medianOf(scores)
	test.reliability(r, t)
	test.decisions()
	return test
}

func passes(score, most, cut float64) bool { return score+atCut*most >= cut*most }

// reliability is Cronbach's alpha (Cronbach 1951) with what follows from it.
//
// Where papers are drawn, the covariance of items is found from the marks as
// deviations from each item's mean, so that the luck of an easy paper is no part
// of what people know; the variance that it is compared with is that of the
// scores as they are, in which that luck is error. Of complete papers this is
// alpha itself.
func (test *Test) reliability(r Responses, t totals) {
	test.Alpha, test.KR20, test.KR21 = Undefined(), Undefined(), Undefined()
	test.ErrorRatio, test.StandardError = Undefined(), Undefined()
	scores := t.scores()
	total, p := variance(scores), test.Items
	if r.Attempts < 3 || p <= 1 || !spread(total, scores) {
		return
	}
	within, deviations, binary := r.deviations(t)
	test.Alpha = Value(p / (p - 1) * (variance(deviations) - within) / total)
	test.ErrorRatio = errorRatio(test.Alpha)
	test.StandardError = test.ErrorRatio * test.SD
	if binary {
		test.KR20 = test.Alpha
		test.KR21 = kr21(p, float64(test.Mean)*p/t.most, total*(p/t.most)*(p/t.most), r.Attempts)
	}
}

// errorRatio is the share of the spread of scores that is error.
func errorRatio(alpha Value) Value { return Value(math.Sqrt(1 - float64(alpha))) }

// kr21 is formula 21 of Kuder and Richardson (1937) for a mean number right and
// a variance of n-1; the formula's own variance divides by n.
func kr21(k, m, v float64, n int) Value {
	population := v * float64(n-1) / float64(n)
	return Value(k / (k - 1) * (1 - m*(k-m)/(k*population)))
}

// deviations gives each score as the sum of its marks' deviations from their
// items' means, the sum of the items' variances that a paper has on average, and
// whether every mark is all or nothing.
func (r Responses) deviations(t totals) (within float64, deviations []float64, binary bool) {
	deviations, binary = make([]float64, r.Attempts), true
	for _, c := range r.Columns {
		if len(c.Marks) == 0 {
			continue
		}
		m := mean(c.Marks)
		for k, a := range c.Attempts {
			deviations[a] += scaled(c.Marks[k]-m, t.max[a], t.most)
			binary = binary && (c.Marks[k] == 0 || c.whole(c.Marks[k]))
		}
		if len(c.Marks) > 1 {
			within += variance(c.Marks) * float64(len(c.Marks)) / float64(r.Attempts)
		}
	}
	return within, deviations, binary
}
