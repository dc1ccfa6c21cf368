package question

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestScoreOfAnEssay: the program judges none, and says which await a person.
func TestScoreOfAnEssay(t *testing.T) {
	t.Parallel()
	q := examples()[Essay]
	for text, awaiting := range map[string]bool{"At noon.": true, "": false, " \n\t": false, strings.Repeat("x", MaxText): true, strings.Repeat("x", MaxText+1): false} {
		raw, err := json.Marshal(map[string]string{"text": text})
		if err != nil {
			t.Fatal(err)
		}
		if got := Score(q, raw); got.Fraction != 0 || got.Correct || got.Awaiting != awaiting {
			t.Errorf("Score of %d characters = %+v, want it to await a mark: %t", len(text), got, awaiting)
		}
	}
	for _, raw := range []string{`{}`, `{"text":7}`, `{"choice":"a"}`, ``} {
		if got := Score(q, []byte(raw)); got.Awaiting {
			t.Errorf("Score of %q awaits a mark", raw)
		}
	}
}

func TestScoreEssay(t *testing.T) {
	t.Parallel()
	q := examples()[Essay]
	for _, test := range []struct {
		points []int
		want   float64
	}{{[]int{0, 0}, 0}, {[]int{1, 0}, 1.0 / 3}, {[]int{2, 0}, 2.0 / 3}, {[]int{2, 1}, 1}} {
		got, err := ScoreEssay(q, test.points)
		if err != nil || got.Fraction != test.want || got.Correct != (test.want == 1) || got.Awaiting || len(got.Parts) != 2 || got.Parts[0].Points != test.points[0] {
			t.Errorf("ScoreEssay(%v) = %+v, %v, want %g", test.points, got, err, test.want)
		}
	}
	for _, points := range [][]int{nil, {1}, {1, 1, 1}, {3, 0}, {-1, 0}} {
		if _, err := ScoreEssay(q, points); err == nil {
			t.Errorf("ScoreEssay(%v) is accepted", points)
		}
	}
}
