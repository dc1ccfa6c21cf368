package psychometrics

import (
	"encoding/json"
	"math"
	"testing"
)

// TestWilson: the examples of Newcombe (1998, Statistics in Medicine 17, table I).
func TestWilson(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		successes, n int
		low, high    float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {20, 20, 0.8389, 1}} {
		got := Wilson(test.successes, test.n)
		near(t, "low", got.Low, &test.low, 5e-5)
		near(t, "high", got.High, &test.high, 5e-5)
	}
	if got := Wilson(0, 0); got.Low.Defined() || got.High.Defined() {
		t.Errorf("an interval of nothing: %v", got)
	}
}

// TestMantelHaenszel: admission to Berkeley by department (Bickel, Hammel and
// O'Connell 1975), as R's mantelhaen.test gives it.
func TestMantelHaenszel(t *testing.T) {
	t.Parallel()
	got := MantelHaenszel([]Stratum{
		{512, 313, 89, 19}, {353, 207, 17, 8}, {120, 205, 202, 391}, {138, 279, 131, 244}, {53, 138, 94, 299}, {22, 351, 24, 317},
	})
	for what, pair := range map[string][2]float64{
		"odds ratio": {float64(got.OddsRatio), 0.9046968}, "low": {float64(got.Odds.Low), 0.7719074},
		"high": {float64(got.Odds.High), 1.0603298}, "chi squared": {float64(got.ChiSquared), 1.4269},
	} {
		if math.Abs(pair[0]-pair[1]) > 5e-5 {
			t.Errorf("%s = %.7f, want %.7f", what, pair[0], pair[1])
		}
	}
	if got.Class != "A" {
		t.Errorf("class %q, want A", got.Class)
	}
	if none := MantelHaenszel([]Stratum{{5, 0, 5, 0}}); none.OddsRatio.Defined() || none.Class != "" {
		t.Errorf("of an item that nobody gets wrong: %+v", none)
	}
}

func TestDifferencesFindsTheUnfairItem(t *testing.T) {
	t.Parallel()
	r := simulated(2000, ladder(20), 1, 1, nil)
	focal := func(a int) bool { return a%2 == 0 }
	c := &r.Columns[10]
	for k, a := range c.Attempts {
		if focal(int(a)) && k%4 == 0 {
			c.Marks[k] = 0 // a translation that misleads half of them
		}
	}
	for i, d := range Differences(r, func(a int) (bool, bool) { return !focal(a), focal(a) }) {
		if (d.Class == "C") != (i == 10) {
			t.Errorf("item %d: %+v", i, d)
		}
	}
}

func TestGainAndLoss(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		got  Value
		want *float64
	}{
		"PPDI":                                     {PPDI(0.35, 0.8), number(0.45)},
		"half of what could be gained":             {NormalisedGain(0.4, 0.7), number(0.5)},
		"nothing to gain":                          {NormalisedGain(1, 1), nil},
		"K² at the mean is alpha":                  {LivingstonK2(0.6, 20, 4, 20), number(0.6)},
		"K² far from the mean":                     {LivingstonK2(0.6, 20, 4, 28), number((0.6*16 + 64) / 80)},
		"Lord's SEM in the middle of 100":          {LordSEM(50, 100), number(math.Sqrt(2500.0 / 99))},
		"Lord's SEM at the top":                    {LordSEM(10, 10), number(0)},
		"Lord's SEM of one item":                   {LordSEM(1, 1), nil},
		"correlation without spread":               {Correlation([]float64{1, 1, 1}, []float64{1, 2, 3}), nil},
		"correlation of a line":                    {Correlation([]float64{1, 2, 3}, []float64{9, 7, 5}), number(-1)},
		"a third of a constant has no spread":      {Correlation([]float64{1. / 3, 1. / 3, 1. / 3}, []float64{1, 2, 3}), nil},
		"I½(2,3)":                                  {Value(incompleteBeta(2, 3, 0.5)), number(0.6875)},
		"a binomial tail, P(X ≥ 3) of 10 at 0.3":   {Value(incompleteBeta(3, 8, 0.3)), number(0.6172172136)},
		"its other half":                           {Value(incompleteBeta(8, 3, 0.7)), number(1 - 0.6172172136)},
		"KR-21 of 20 items, mean 12, variance 16":  {kr21(20, 12, 16*100./99, 100), number(20. / 19 * (1 - 12.*8/(20*16)))},
		"skewness of what is even":                 {skewness([]float64{1, 2, 3, 4}), number(0)},
		"skewness of two":                          {skewness([]float64{1, 2}), nil},
		"kurtosis of three":                        {kurtosis([]float64{1, 2, 4}), nil},
		"kurtosis as spreadsheets have it (KURT)":  {kurtosis([]float64{3, 4, 5, 2, 3, 4, 5, 6, 4, 7}), number(-0.151799637208416)},
		"skewness as spreadsheets have it (SKEW)":  {skewness([]float64{3, 4, 5, 2, 3, 4, 5, 6, 4, 7}), number(0.359543071406797)},
		"the median of four is between the middle": {medianOf([]float64{1, 2, 3, 9}), number(2.5)},
	}
	for name, test := range tests {
		near(t, name, test.got, test.want, 1e-9)
	}
}

func number(x float64) *float64 { return &x }

// TestErrorRatio: what Moodle's own test expects of its first quiz.
func TestErrorRatio(t *testing.T) {
	t.Parallel()
	got := errorRatio(-0.872230935542)
	near(t, "error ratio", got, number(1.368294900795), 1e-9)
	near(t, "standard error", got*0.8117265554, number(1.1106813066), 1e-9)
}

// TestDecideAgreesWithSimulation: two sittings of the same people, drawn as the
// model says.
func TestDecideAgreesWithSimulation(t *testing.T) {
	t.Parallel()
	const n, a, b, cut = 20, 6.0, 3.0, 0.7
	r := n / (n + a + b) // reliability of a beta-binomial
	m := a / (a + b)
	trueVariance := a * b / ((a + b) * (a + b) * (a + b + 1))
	got := Decide(Value(r), Value(m), Value(math.Sqrt(trueVariance/r)), cut)
	random := newRandom(7)
	const people = 400_000
	alike, right := 0, 0
	for range people {
		p := random.beta(6, 3)
		first, second := random.binomial(n, p) >= 14, random.binomial(n, p) >= 14
		if first == second {
			alike++
		}
		if first == (p >= cut) {
			right++
		}
	}
	near(t, "consistency", got.Consistency, number(float64(alike)/people), 3e-3)
	near(t, "accuracy", got.Accuracy, number(float64(right)/people), 3e-3)
	if got.Kappa <= 0 || got.Kappa >= got.Consistency {
		t.Errorf("kappa %v of consistency %v", got.Kappa, got.Consistency)
	}
	if none := Decide(-0.2, 0.5, 0.2, 0.7); none.Consistency.Defined() {
		t.Errorf("a test that measures nothing is consistent: %+v", none)
	}
	if all := Decide(0.3, 0.99, 0.01, 0.5); all.Kappa.Defined() || all.Consistency > 1 || all.Consistency < 0.999 {
		t.Errorf("where everybody passes there is nothing beyond chance: %+v", all)
	}
}

func TestValueInJSON(t *testing.T) {
	t.Parallel()
	raw, err := json.Marshal([]Value{0.25, Undefined(), Value(math.Inf(1))})
	if err != nil || string(raw) != "[0.25,null,null]" {
		t.Fatalf("%s, %v", raw, err)
	}
	var back []Value
	if err := json.Unmarshal(raw, &back); err != nil || back[0] != 0.25 || back[1].Defined() {
		t.Errorf("read %v, %v", back, err)
	}
}
