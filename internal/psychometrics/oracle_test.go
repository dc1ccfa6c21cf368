package psychometrics

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// oracle is testdata/item-statistics.json: simulated responses and what an
// independent program made of them, in percent where Moodle has percent.
type oracle struct {
	Items []struct {
		ID  string  `json:"id"`
		Max float64 `json:"max"`
		Key *string `json:"key"`
	} `json:"items"`
	Attempts [][]struct {
		Choice *string `json:"choice"`
		Mark   float64 `json:"mark"`
	} `json:"attempts"`
	Expected struct {
		Items map[string]struct {
			Facility        *float64            `json:"facility"`
			SD              *float64            `json:"sd"`
			Discrimination  *float64            `json:"discrimination_index"`
			Efficiency      *float64            `json:"discriminative_efficiency"`
			BIndex          *float64            `json:"b_index"`
			OptionRest      map[string]*float64 `json:"option_rest_correlation"`
			Wilson          [2]float64          `json:"wilson95_of_full_marks"`
			EffectiveWeight *float64            `json:"effective_weight"`
		} `json:"items"`
		Test map[string]float64 `json:"test"`
	} `json:"expected"`
}

func readOracle(t *testing.T) (oracle, Responses) {
	t.Helper()
	raw, err := os.ReadFile("testdata/item-statistics.json")
	if err != nil {
		t.Fatal(err)
	}
	var o oracle
	if err := json.Unmarshal(raw, &o); err != nil {
		t.Fatal(err)
	}
	r := Responses{Attempts: len(o.Attempts)}
	for i, item := range o.Items {
		c := Column{Max: item.Max, Guess: Undefined()}
		if item.Key != nil {
			c.Options = 4
		}
		for a, attempt := range o.Attempts {
			c.Attempts, c.Marks = append(c.Attempts, int32(a)), append(c.Marks, attempt[i].Mark)
			if choice := attempt[i].Choice; choice != nil {
				c.Picks = append(c.Picks, 1<<((*choice)[0]-'a'))
			}
		}
		r.Columns = append(r.Columns, c)
	}
	return o, r
}

// near reports a figure that is not within tolerance of the one expected, which
// is nil where there is none.
func near(t *testing.T, what string, got Value, want *float64, tolerance float64) {
	t.Helper()
	switch {
	case want == nil && got.Defined():
		t.Errorf("%s = %v, want none", what, got)
	case want != nil && !(math.Abs(float64(got)-*want) <= tolerance):
		t.Errorf("%s = %.12g, want %.12g", what, float64(got), *want)
	}
}

func TestOracleOfTheTest(t *testing.T) {
	t.Parallel()
	o, r := readOracle(t)
	got := Describe(r, 0.8)
	want := o.Expected.Test
	for name, figure := range map[string]Value{
		"attempts": Value(got.Attempts), "max": Value(got.Max), "mean": got.Mean, "median": got.Median, "sd": got.SD,
		"skewness": got.Skewness, "kurtosis": got.Kurtosis, "cic": 100 * got.Alpha, "error_ratio": 100 * got.ErrorRatio,
		"standard_error": got.StandardError, "livingston_k2_at_80_percent": got.LivingstonK2,
	} {
		expected := want[name]
		near(t, name, figure, &expected, 1e-9)
	}
	if got.KR20.Defined() || got.KR21.Defined() {
		t.Error("KR-20 and KR-21 are given for marks that are not all or nothing")
	}
}

func TestOracleOfItems(t *testing.T) {
	t.Parallel()
	o, r := readOracle(t)
	for i, got := range Items(r, 0.8) {
		id := o.Items[i].ID
		want := o.Expected.Items[id]
		near(t, id+" facility", 100*got.Facility, want.Facility, 1e-9)
		near(t, id+" sd", 100*got.SD, want.SD, 1e-9)
		near(t, id+" discrimination", 100*got.Discrimination, want.Discrimination, 1e-9)
		near(t, id+" efficiency", 100*got.Efficiency, want.Efficiency, 1e-9)
		near(t, id+" B-index", got.BIndex, want.BIndex, 1e-9)
		near(t, id+" effective weight", 100*got.EffectiveWeight, want.EffectiveWeight, 1e-9)
		near(t, id+" Wilson low", got.RightInterval.Low, &want.Wilson[0], 1e-9)
		near(t, id+" Wilson high", got.RightInterval.High, &want.Wilson[1], 1e-9)
		for option, correlation := range want.OptionRest {
			near(t, id+" option "+option, got.OptionRest[option[0]-'a'], correlation, 1e-9)
		}
	}
}
