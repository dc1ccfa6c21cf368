// Package psychometrics makes statistics of tests and of their items from the
// marks that attempts brought: classical ones as Moodle's quiz report gives
// them, those of tests with a pass mark, and the Rasch model.
//
// It is pure: numbers in, numbers out. It must not know questions, people,
// storage or what anybody concludes from a figure. Shares and correlations are
// 0..1 and -1..1, never percentages; variances and covariances divide by n-1
// unless a comment says otherwise.
package psychometrics

import (
	"encoding/json"
	"math"
)

// Value is a statistic. It is NaN where it is not defined, which JSON writes as
// null: no spread, too few attempts, no such thing for this kind of item.
type Value float64

// Undefined is the value of a statistic that does not exist.
func Undefined() Value { return Value(math.NaN()) }

// Defined says whether there is a figure.
func (v Value) Defined() bool { return !math.IsNaN(float64(v)) && !math.IsInf(float64(v), 0) }

// MarshalJSON writes the number, or null where there is none.
func (v Value) MarshalJSON() ([]byte, error) {
	if !v.Defined() {
		return []byte("null"), nil
	}
	return json.Marshal(float64(v))
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (v *Value) UnmarshalJSON(raw []byte) error {
	if string(raw) == "null" {
		*v = Undefined()
		return nil
	}
	return json.Unmarshal(raw, (*float64)(v))
}

// MaxOptions is how many options of an item can be told apart.
const MaxOptions = 32

// Column is one item with what every attempt that had it brought. The three
// lists are parallel.
type Column struct {
	Max      float64   // the mark of a wholly right response, > 0
	Guess    Value     // share of Max that blind guessing brings on average
	Options  int       // options that a response can pick, 0 = none are told apart
	Key      uint32    // bit o is set where option o belongs to the key
	Attempts []int32   // which attempts had the item on their paper, ascending
	Marks    []float64 // what each brought, 0..Max
	Picks    []uint32  // bit o is set where option o was picked; nil = not known
}

// whole says whether a mark is all that the item brings, but for what sums of
// parts lose in binary.
func (c Column) whole(mark float64) bool { return mark >= c.Max*(1-atCut) }

// Responses are the marks of a test, item by item. An item that was not on the
// paper of an attempt is missing there, not wrong: papers may be drawn.
type Responses struct {
	Attempts int // how many attempts there are
	Columns  []Column
}

// Full makes responses of marks, one row an attempt and one column an item; NaN
// is an item that was not on the paper.
func Full(marks [][]float64, maxima []float64) Responses {
	r := Responses{Attempts: len(marks), Columns: make([]Column, len(maxima))}
	for i, highest := range maxima {
		c := Column{Max: highest, Guess: Undefined()}
		for a := range marks {
			if x := marks[a][i]; !math.IsNaN(x) {
				c.Attempts, c.Marks = append(c.Attempts, int32(a)), append(c.Marks, x)
			}
		}
		r.Columns[i] = c
	}
	return r
}

// Select gives the responses of some attempts only, numbered anew in their order.
func (r Responses) Select(keep func(attempt int) bool) Responses {
	number, n := make([]int32, r.Attempts), int32(0)
	for a := range number {
		number[a] = -1
		if keep(a) {
			number[a] = n
			n++
		}
	}
	selected := Responses{Attempts: int(n), Columns: make([]Column, len(r.Columns))}
	for i, c := range r.Columns {
		selected.Columns[i] = c.selected(number)
	}
	return selected
}

func (c Column) selected(number []int32) Column {
	kept := c
	kept.Attempts, kept.Marks, kept.Picks = nil, nil, nil
	for k, a := range c.Attempts {
		if number[a] < 0 {
			continue
		}
		kept.Attempts, kept.Marks = append(kept.Attempts, number[a]), append(kept.Marks, c.Marks[k])
		if c.Picks != nil {
			kept.Picks = append(kept.Picks, c.Picks[k])
		}
	}
	return kept
}

// totals are the scores of attempts, with what they were made of.
type totals struct {
	raw   []float64 // sum of marks
	max   []float64 // sum of the highest marks on the paper
	items []float64 // how many items the paper has
	most  float64   // the highest mark of the largest paper
}

func (r Responses) totals() totals {
	t := totals{raw: make([]float64, r.Attempts), max: make([]float64, r.Attempts), items: make([]float64, r.Attempts)}
	for _, c := range r.Columns {
		for k, a := range c.Attempts {
			t.raw[a] += c.Marks[k]
			t.max[a] += c.Max
			t.items[a]++
		}
	}
	for _, m := range t.max {
		t.most = max(t.most, m)
	}
	return t
}

// scores brings the totals to one scale where papers are not of one size.
func (t totals) scores() []float64 {
	scores := make([]float64, len(t.raw))
	for a, raw := range t.raw {
		scores[a] = scaled(raw, t.max[a], t.most)
	}
	return scores
}

// rest gives the scores without the item of a column, of the attempts that had
// it, on one scale.
func (t totals) rest(c Column) []float64 {
	rest := make([]float64, len(c.Attempts))
	for k, a := range c.Attempts {
		rest[k] = scaled(t.raw[a]-c.Marks[k], t.max[a]-c.Max, t.most-c.Max)
	}
	return rest
}

// scaled takes a mark out of highest to one out of most. Where they are the same
// nothing is rounded.
func scaled(mark, highest, most float64) float64 {
	if highest == most || highest <= 0 {
		return mark
	}
	return mark * (most / highest)
}
