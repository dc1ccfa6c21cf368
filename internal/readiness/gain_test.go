package readiness

import (
	"math"
	"testing"
)

// TestGain is Student's own example of a paired t interval: hours of sleep
// gained with two drugs (The probable error of a mean, Biometrika 6, 1908; the
// figures are those of R's t.test on its data set sleep).
func TestGain(t *testing.T) {
	t.Parallel()
	before := []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	after := []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	var pairs []pair
	for i := range before {
		pairs = append(pairs, pair{before: before[i], after: after[i]})
	}
	g := gainOf("", pairs)
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"before", g.Before, 0.75}, {"after", g.After, 2.33}, {"mean", g.Mean, 1.58}, {"low", g.Low, 0.7001142}, {"high", g.High, 2.4598858},
	} {
		if math.Abs(c.got-c.want) > 0.001*math.Abs(c.want) {
			t.Errorf("%s = %g, want %g", c.name, c.got, c.want)
		}
	}
	if g.Pairs != 10 || !g.Told() {
		t.Errorf("%d pairs, told %v, want 10 that are told", g.Pairs, g.Told())
	}
	if few := gainOf("first", pairs[:MinPairs-1]); few != (Gain{Module: "first", Pairs: MinPairs - 1}) {
		t.Errorf("of few pairs %+v is told, want only how many", few)
	}
}

// TestStudentT975 holds the quantile against the usual table.
func TestStudentT975(t *testing.T) {
	t.Parallel()
	for df, want := range map[int]float64{
		4: 2.776445, 5: 2.570582, 6: 2.446912, 7: 2.364624, 8: 2.306004, 9: 2.262157, 10: 2.228139, 15: 2.131450, 20: 2.085963,
		30: 2.042272, 60: 2.000298, 120: 1.979930, 5000: 1.960439,
	} {
		if got := studentT975(df); math.Abs(got-want) > 0.001*want {
			t.Errorf("t(0.975, %d) = %.6f, want %.6f", df, got, want)
		}
	}
}
