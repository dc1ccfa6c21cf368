package psychometrics

import (
	"math"
	"math/rand/v2"
	"testing"
)

// lsat6 are the responses of 1,000 people to section 6 of the Law School
// Admission Test (Bock and Lieberman 1970): pattern and how often.
var lsat6 = map[string]int{
	"00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
	"01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15,
	"10000": 10, "10001": 29, "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80,
	"11000": 16, "11001": 56, "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}

func lsat(t *testing.T) Responses {
	t.Helper()
	var marks [][]float64
	for pattern, n := range lsat6 {
		row := make([]float64, len(pattern))
		for i, c := range pattern {
			row[i] = float64(c - '0')
		}
		for range n {
			marks = append(marks, row)
		}
	}
	if len(marks) != 1000 {
		t.Fatalf("there are %d people, not 1000", len(marks))
	}
	return Full(marks, []float64{1, 1, 1, 1, 1})
}

// TestRaschOfTheLSAT compares with what the R package ltm publishes for these
// data (Rizopoulos 2006, J. Stat. Softw. 17(5), section 4.1), and with irtQ for
// a spread of 1 (log-likelihood -2473.054).
func TestRaschOfTheLSAT(t *testing.T) {
	t.Parallel()
	const discrimination = 0.7551 // of ltm, whose ability has a spread of 1
	published := []float64{-3.6153, -1.3224, -0.3176, -1.7301, -2.7802}
	got := FitRasch(lsat(t))
	if !got.Converged || math.Abs(got.Spread-discrimination) > 2e-4 {
		t.Errorf("spread %.5f after %d iterations, settled %t, want %v", got.Spread, got.Iterations, got.Converged, discrimination)
	}
	if math.Abs(got.LogLik+2466.938) > 1e-3 {
		t.Errorf("log-likelihood %.4f, want -2466.938", got.LogLik)
	}
	for i, item := range got.Items {
		if b := float64(item.Difficulty); math.Abs(b/got.Spread-published[i]) > 1e-3 {
			t.Errorf("item %d: difficulty %.4f of a spread of 1, want %.4f", i+1, b/got.Spread, published[i])
		}
	}
}

func TestRaschOfAGivenSpread(t *testing.T) {
	t.Parallel()
	want := []struct{ b, se float64 }{{-2.8720, 0.1287}, {-1.0630, 0.0821}, {-0.2576, 0.0766}, {-1.3881, 0.0865}, {-2.2188, 0.1048}}
	f := newFit(lsat(t))
	f.run(1)
	f.expect()
	if math.Abs(f.logLik+2473.054) > 1e-3 {
		t.Errorf("log-likelihood %.4f, want -2473.054", f.logLik)
	}
	for i, se := range f.standardErrors(true) {
		if math.Abs(f.b[i]-want[i].b) > 2e-4 || math.Abs(se-want[i].se) > 5e-4 {
			t.Errorf("item %d: %.4f ± %.4f, want %.4f ± %.4f", i+1, f.b[i], se, want[i].b, want[i].se)
		}
	}
}

// simulated are people of a normal ability before items of known difficulty;
// share of the items is on each paper. An item of odd has nothing to do with
// ability.
func simulated(people int, difficulties []float64, spread, share float64, odd map[int]bool) Responses {
	random := rand.New(rand.NewPCG(4, uint64(people)))
	marks, maxima := make([][]float64, people), make([]float64, len(difficulties))
	for a := range marks {
		theta := random.NormFloat64() * spread
		marks[a] = make([]float64, len(difficulties))
		for i, b := range difficulties {
			maxima[i] = 1
			p := logistic(theta - b)
			if odd[i] {
				p = 0.5
			}
			switch {
			case random.Float64() >= share:
				marks[a][i] = math.NaN()
			case random.Float64() < p:
				marks[a][i] = 1
			}
		}
	}
	return Full(marks, maxima)
}

func ladder(n int) []float64 {
	difficulties := make([]float64, n)
	for i := range difficulties {
		difficulties[i] = -2 + 4*float64(i)/float64(n-1)
	}
	return difficulties
}

func TestRaschFindsWhatWasSimulated(t *testing.T) {
	t.Parallel()
	for name, share := range map[string]float64{"everybody has all items": 1, "papers are drawn": 0.4} {
		truth := ladder(30)
		got := FitRasch(simulated(3000, truth, 1.2, share, nil))
		if !got.Converged || math.Abs(got.Spread-1.2) > 0.06 {
			t.Errorf("%s: spread %.3f, settled %t, want 1.2", name, got.Spread, got.Converged)
		}
		z := 0.0
		for i, item := range got.Items {
			off := (float64(item.Difficulty) - truth[i]) / float64(item.StandardError)
			z += off * off / float64(len(truth))
			if math.Abs(off) > 4 || math.Abs(float64(item.Infit)-1) > 0.06 || math.Abs(float64(item.Outfit)-1) > 0.25 {
				t.Errorf("%s: item %d: %.3f ± %.3f, infit %.3f, outfit %.3f, want %.3f", name, i, item.Difficulty, item.StandardError, item.Infit, item.Outfit, truth[i])
			}
		}
		if z > 2.5 || z < 0.3 {
			t.Errorf("%s: the errors are %.2f times what the standard errors say", name, math.Sqrt(z))
		}
	}
}

// TestChanceDoesNotFit: an item that has nothing to do with ability surprises.
func TestChanceDoesNotFit(t *testing.T) {
	t.Parallel()
	got := FitRasch(simulated(2000, ladder(30), 1.2, 1, map[int]bool{15: true}))
	for i, item := range got.Items {
		if odd := item.Infit > 1.1 && item.Outfit > 1.15; odd != (i == 15) {
			t.Errorf("item %d: infit %.3f, outfit %.3f", i, item.Infit, item.Outfit)
		}
	}
}

func TestRaschWithoutEnd(t *testing.T) {
	t.Parallel()
	got := FitRasch(Full([][]float64{{1, 1, 0}, {1, 0, 1}, {1, 1, 1}, {1, 0, 0}}, []float64{1, 1, 1}))
	if item := got.Items[0]; item.Difficulty.Defined() || item.Infit.Defined() {
		t.Errorf("an item that everybody got right has a difficulty: %+v", item)
	}
	if item := got.Items[1]; !item.Difficulty.Defined() || !item.StandardError.Defined() {
		t.Errorf("an item of four people has none: %+v", item)
	}
	for name, r := range map[string]Responses{"no attempts": Full(nil, []float64{1, 1}), "one item": Full([][]float64{{1}, {0}}, []float64{1}), "nothing": {}} {
		if FitRasch(r) != nil {
			t.Errorf("%s: a model was fitted", name)
		}
	}
}

func TestInformation(t *testing.T) {
	t.Parallel()
	if got := Information(1.5, 1.5); got != 0.25 {
		t.Errorf("information at the difficulty itself = %v, want 0.25", got)
	}
	got := FitRasch(lsat(t))
	middle, sum := len(got.Thetas)/2, 0.0
	for _, item := range got.Items {
		sum += Information(float64(item.Difficulty), 0)
	}
	if got.Thetas[middle] != 0 || math.Abs(got.Information[middle]-sum) > 1e-12 {
		t.Errorf("the paper's information at %v is %v, want the sum of the items', %v", got.Thetas[middle], got.Information[middle], sum)
	}
}
