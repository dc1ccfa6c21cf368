package psychometrics

import "math"

// Interval is a range that holds the true share with a confidence of 95 %.
type Interval struct {
	Low  Value `json:"low"`
	High Value `json:"high"`
}

// z95 is the 97.5th percentile of the normal distribution.
const z95 = 1.959963984540054

// Wilson is the score interval of a share of successes (Wilson 1927; Newcombe
// 1998, method 3): it stays within 0..1 and is honest for small n. It is
// undefined where n is 0.
func Wilson(successes, n int) Interval {
	if n == 0 {
		return Interval{Undefined(), Undefined()}
	}
	p, count := float64(successes)/float64(n), float64(n)
	z2 := z95 * z95
	centre := (p + z2/(2*count)) / (1 + z2/count)
	half := z95 * math.Sqrt(p*(1-p)/count+z2/(4*count*count)) / (1 + z2/count)
	interval := Interval{Value(max(0, centre-half)), Value(min(1, centre+half))}
	if successes == 0 {
		interval.Low = 0
	}
	if successes == n {
		interval.High = 1
	}
	return interval
}

// PPDI is how much easier an item became by teaching: facility after minus
// facility before (Cox and Vargas 1966), -1..1.
func PPDI(before, after Value) Value { return after - before }

// NormalisedGain is the share of what could be gained that was (Hake 1998):
// (after-before)/(1-before) for mean scores of 0..1; undefined where there was
// nothing to gain.
func NormalisedGain(before, after Value) Value {
	if before >= 1 {
		return Undefined()
	}
	return (after - before) / (1 - before)
}

// LivingstonK2 is the reliability of a score's distance from the cut (Livingston
// 1972): (αV+(M-C)²)/(V+(M-C)²), of alpha, the mean, the standard deviation and
// the cut in the same unit. It is at least alpha, and alpha where the mean is the cut.
func LivingstonK2(alpha, mean, sd, cut Value) Value {
	distance, v := (mean-cut)*(mean-cut), sd*sd
	return ratio(float64(alpha*v+distance), float64(v+distance))
}

// LordSEM is the standard error, in items, of the score of somebody who has
// right of n items right (Lord 1955): √(x(n-x)/(n-1)); undefined for n < 2.
func LordSEM(right, n float64) Value {
	if n < 2 {
		return Undefined()
	}
	return Value(math.Sqrt(right * (n - right) / (n - 1)))
}
