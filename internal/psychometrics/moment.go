package psychometrics

import "math"

// mean is the arithmetic mean, NaN of nothing.
func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// variance divides by n-1; NaN of fewer than two.
func variance(x []float64) float64 { return covariance(x, x) }

// covariance divides by n-1; NaN of fewer than two.
func covariance(x, y []float64) float64 {
	if len(x) < 2 {
		return math.NaN()
	}
	mx, my, sum := mean(x), mean(y), 0.0
	for i := range x {
		sum += (x[i] - mx) * (y[i] - my)
	}
	return sum / float64(len(x)-1)
}

// Correlation is Pearson's r of two lists of the same length, -1..1. It is
// undefined where either has no spread.
func Correlation(x, y []float64) Value {
	vx, vy := variance(x), variance(y)
	if !spread(vx, x) || !spread(vy, y) {
		return Undefined()
	}
	return Value(covariance(x, y) / math.Sqrt(vx*vy))
}

// spread says whether a variance is more than what rounding leaves of a constant.
func spread(v float64, x []float64) bool {
	const rounding = 1e-24
	if math.IsNaN(v) {
		return false
	}
	m := mean(x)
	return v > rounding*max(1, m*m)
}

// moments are the second to fourth central moments, dividing by n.
func moments(x []float64) (m2, m3, m4 float64) {
	m, n := mean(x), float64(len(x))
	for _, v := range x {
		d := v - m
		m2 += d * d / n
		m3 += d * d * d / n
		m4 += d * d * d * d / n
	}
	return m2, m3, m4
}

// skewness is k3/k2^1.5 of the k-statistics (Fisher 1928; Moodle), undefined of
// fewer than three or without spread.
func skewness(x []float64) Value {
	s := float64(len(x))
	m2, m3, _ := moments(x)
	if s < 3 || !spread(m2, x) {
		return Undefined()
	}
	k2, k3 := s*m2/(s-1), s*s*m3/((s-1)*(s-2))
	return Value(k3 / math.Pow(k2, 1.5))
}

// kurtosis is the excess k4/k2² of the k-statistics, undefined of fewer than
// four or without spread.
func kurtosis(x []float64) Value {
	s := float64(len(x))
	m2, _, m4 := moments(x)
	if s < 4 || !spread(m2, x) {
		return Undefined()
	}
	k2 := s * m2 / (s - 1)
	k4 := s * s * ((s+1)*m4 - 3*(s-1)*m2*m2) / ((s - 1) * (s - 2) * (s - 3))
	return Value(k4 / (k2 * k2))
}

// medianOf gives the middle of sorted values, the mean of the middle two of an
// even number.
func medianOf(sorted []float64) Value {
	n := len(sorted)
	switch {
	case n == 0:
		return Undefined()
	case n%2 == 1:
		return Value(sorted[n/2])
	}
	return Value((sorted[n/2-1] + sorted[n/2]) / 2)
}

// ratio is a/b, undefined where b is 0.
func ratio(a, b float64) Value {
	if b == 0 {
		return Undefined()
	}
	return Value(a / b)
}
