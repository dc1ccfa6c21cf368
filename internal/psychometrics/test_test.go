package psychometrics

import (
	"math"
	"math/rand/v2"
	"testing"
)

// random makes what simulations need.
type random struct{ *rand.Rand }

func newRandom(seed uint64) random { return random{rand.New(rand.NewPCG(seed, seed))} }

// beta draws from a beta distribution of whole numbers, as an order statistic.
func (r random) beta(a, b int) float64 {
	x, y := 0.0, 0.0
	for range a {
		x -= math.Log(1 - r.Float64())
	}
	for range b {
		y -= math.Log(1 - r.Float64())
	}
	return x / (x + y)
}

func (r random) binomial(n int, p float64) (successes int) {
	for range n {
		if r.Float64() < p {
			successes++
		}
	}
	return successes
}

// TestClassicalOfTheLSAT compares with ltm's descript(LSAT): alpha, and each
// item's correlation with the rest of the score.
func TestClassicalOfTheLSAT(t *testing.T) {
	t.Parallel()
	r := lsat(t)
	test := Describe(r, 0.6)
	near(t, "alpha", test.Alpha, number(0.2950), 5e-5)
	near(t, "KR-20", test.KR20, number(0.2950), 5e-5)
	facilities, correlations := []float64{0.924, 0.709, 0.553, 0.763, 0.870}, []float64{0.1128, 0.1532, 0.1728, 0.1444, 0.1216}
	for i, item := range Items(r, 0.6) {
		near(t, "facility", item.Facility, &facilities[i], 1e-12)
		near(t, "item-rest correlation", item.Discrimination, &correlations[i], 1.5e-4)
	}
	if test.KR21 >= test.KR20 {
		t.Errorf("KR-21 is %v, not below KR-20, %v, although items differ", test.KR21, test.KR20)
	}
}

// TestDrawnPapers: what is said of a test whose papers are drawn is about what a
// test of one such paper would say; a paper of other size is brought to scale.
func TestDrawnPapers(t *testing.T) {
	t.Parallel()
	same := make([]float64, 40) // all equally hard, so that no paper is lucky
	whole := Describe(simulated(20000, same[:20], 1, 1, nil), 0.6)
	random, r := newRandom(3), simulated(20000, same, 1, 1, nil)
	for i := range r.Columns {
		r.Columns[i].Attempts, r.Columns[i].Marks = nil, nil
	}
	for a := range r.Attempts {
		theta := random.NormFloat64()
		for _, i := range random.Perm(40)[:20] {
			mark := 0.0
			if random.Float64() < logistic(theta) {
				mark = 1
			}
			c := &r.Columns[i]
			c.Attempts, c.Marks = append(c.Attempts, int32(a)), append(c.Marks, mark)
		}
	}
	drawn := Describe(r, 0.6)
	if drawn.Items != 20 || drawn.Max != 20 || math.Abs(float64(drawn.Alpha-whole.Alpha)) > 0.01 {
		t.Errorf("drawn: %v items of %v, alpha %.3f; fixed: alpha %.3f", drawn.Items, drawn.Max, drawn.Alpha, whole.Alpha)
	}
}

func TestPapersOfOtherSize(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	got := Describe(Full([][]float64{{1, 1, 0, 0}, {1, 0, nan, nan}, {nan, nan, 1, 1}}, []float64{1, 1, 1, 1}), 0.5)
	if got.Max != 4 || got.Mean != Value((2.0+2+4)/3) || got.Passed != 3 {
		t.Errorf("max %v, mean %v, passed %d; want 4, 8/3, 3", got.Max, got.Mean, got.Passed)
	}
}

func TestSmallTests(t *testing.T) {
	t.Parallel()
	none := Describe(Full(nil, []float64{1}), 0.5)
	if none.Mean.Defined() || none.SD.Defined() || none.Alpha.Defined() || none.Median.Defined() || none.Consistency.Defined() {
		t.Errorf("of no attempts: %+v", none)
	}
	one := Describe(Full([][]float64{{1, 0}}, []float64{1, 1}), 0.5)
	if one.Mean != 1 || one.SD.Defined() || one.Alpha.Defined() {
		t.Errorf("of one attempt: %+v", one)
	}
	alike := Describe(Full([][]float64{{1, 0}, {1, 0}, {1, 0}}, []float64{1, 1}), 0.5)
	if alike.SD != 0 || alike.Alpha.Defined() || alike.Skewness.Defined() {
		t.Errorf("of three who are alike: %+v", alike)
	}
	items := Items(Full([][]float64{{1, 0}}, []float64{1, 1}), 0.5)
	if items[0].Facility != 1 || items[0].SD.Defined() || items[0].Discrimination.Defined() || items[0].BIndex.Defined() {
		t.Errorf("items of one attempt: %+v", items[0])
	}
	Items(Full(nil, []float64{1, 1}), 0.5) // does not panic
}

func TestCurves(t *testing.T) {
	t.Parallel()
	r := simulated(1000, ladder(21), 1.5, 1, nil)
	c := &r.Columns[10]
	c.Options = 2
	for _, mark := range c.Marks {
		c.Picks = append(c.Picks, 1<<int(1-mark))
	}
	got := Items(r, 0.6)[10].Curves
	people := 0
	for g, n := range got.Responses {
		people += n
		if n < 100 || n > 300 {
			t.Errorf("group %d has %d people", g, n)
		}
		if g > 0 && got.Facility[g] <= got.Facility[g-1] {
			t.Errorf("group %d: facility %v, the weaker group %v", g, got.Facility[g], got.Facility[g-1])
		}
		if got.Options[0][g] != got.Facility[g] || math.Abs(float64(got.Options[0][g]+got.Options[1][g]-1)) > 1e-12 {
			t.Errorf("group %d: options %v and %v, facility %v", g, got.Options[0][g], got.Options[1][g], got.Facility[g])
		}
	}
	if people != 1000 {
		t.Errorf("%d people are in the groups", people)
	}
}

func TestSelect(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	r := Full([][]float64{{1, 0}, {0, nan}, {1, 1}}, []float64{1, 1})
	r.Columns[0].Picks = []uint32{1, 2, 4}
	got := r.Select(func(a int) bool { return a > 0 })
	if got.Attempts != 2 || len(got.Columns[0].Marks) != 2 || got.Columns[0].Picks[0] != 2 || got.Columns[1].Attempts[0] != 1 || len(got.Columns[1].Marks) != 1 {
		t.Errorf("selected %+v", got)
	}
}
