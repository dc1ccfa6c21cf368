package question

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
)

// Response is what a trainee answered; only the fields of the question's kind
// are set, and any of them may be missing while the answer is incomplete.
type Response struct {
	Choice  OptionID              `json:"choice,omitempty"`  // single, judgement
	Choices []OptionID            `json:"choices,omitempty"` // multiple
	Truth   *bool                 `json:"-"`                 // true_false: "value"
	Number  *float64              `json:"-"`                 // numeric: "value"
	Reason  OptionID              `json:"reason,omitempty"`  // true_false
	Pairs   map[OptionID]OptionID `json:"pairs,omitempty"`   // match: left → right
	Order   []OptionID            `json:"order,omitempty"`   // order
	Blanks  []string              `json:"blanks,omitempty"`  // cloze
	Text    string                `json:"text,omitempty"`    // essay: plain text
}

// The longest texts of a response, in bytes.
const (
	MaxBlank = 200    // of a blank
	MaxText  = 12_000 // of an essay
)

// fields of a response by kind; anything else is refused.
var responseFields = map[Kind][]string{
	Single: {"choice"}, Judgement: {"choice"}, Multiple: {"choices"}, TrueFalse: {"value", "reason"},
	Match: {"pairs"}, Order: {"order"}, Numeric: {"value", "unit"}, Cloze: {"blanks"}, Essay: {"text"},
}

// ParseResponse reads a response to q. The error says in plain words what does
// not fit: a field of another kind, an option that the question does not have,
// an option twice.
func ParseResponse(q Question, raw []byte) (Response, error) {
	fields, err := decodeFields(raw)
	if err != nil {
		return Response{}, err
	}
	for name := range fields {
		if !slices.Contains(responseFields[q.Kind], name) {
			return Response{}, fmt.Errorf("a response to a %s question has no field %q", q.Kind, name)
		}
	}
	r, err := decodeKind(q.Kind, fields)
	if err != nil {
		return Response{}, err
	}
	return r, r.fits(q)
}

func decodeFields(raw []byte) (map[string]json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	var fields map[string]json.RawMessage
	if err := decoder.Decode(&fields); err != nil || fields == nil {
		return nil, fmt.Errorf("a response is a JSON object")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("a response is one JSON object")
	}
	return fields, nil
}

func decodeKind(kind Kind, fields map[string]json.RawMessage) (Response, error) {
	var r Response
	targets := map[string]any{
		"choice": &r.Choice, "choices": &r.Choices, "reason": &r.Reason,
		"pairs": &r.Pairs, "order": &r.Order, "blanks": &r.Blanks, "text": &r.Text,
	}
	var unit string
	switch kind {
	case TrueFalse:
		targets["value"] = &r.Truth
	case Numeric:
		targets["value"], targets["unit"] = &r.Number, &unit
	}
	for name, raw := range fields {
		if err := json.Unmarshal(raw, targets[name]); err != nil {
			return Response{}, fmt.Errorf("the field %q of a %s response has another form", name, kind)
		}
	}
	return r, nil
}

// fits checks that a response names only what the question offers.
func (r Response) fits(q Question) error {
	switch q.Kind {
	case Single, Judgement:
		return known(optionIDs(q), r.Choice)
	case Multiple:
		return known(optionIDs(q), r.Choices...)
	case TrueFalse:
		return known(optionIDs(q), r.Reason)
	case Order:
		return known(choiceIDs(q.Sequence), r.Order...)
	case Match:
		return r.fitsPairs(q)
	case Numeric:
		if r.Number != nil && (math.IsNaN(*r.Number) || math.IsInf(*r.Number, 0)) {
			return fmt.Errorf("the number is not finite")
		}
	case Cloze:
		return r.fitsBlanks(q)
	case Essay:
		if len(r.Text) > MaxText {
			return fmt.Errorf("the text is longer than %d bytes", MaxText)
		}
	}
	return nil
}

func (r Response) fitsPairs(q Question) error {
	lefts, rights := pairIDs(q)
	for left, right := range r.Pairs {
		if left == "" || !slices.Contains(lefts, left) || (right != "" && !slices.Contains(rights, right)) {
			return fmt.Errorf("the question does not offer the pair %q, %q", left, right)
		}
	}
	return nil
}

func (r Response) fitsBlanks(q Question) error {
	if len(r.Blanks) > len(q.Blanks) {
		return fmt.Errorf("the question has %d blanks, not %d", len(q.Blanks), len(r.Blanks))
	}
	for _, text := range r.Blanks {
		if len(text) > MaxBlank {
			return fmt.Errorf("the text of a blank is longer than %d bytes", MaxBlank)
		}
	}
	return nil
}

// known checks ids against those that are offered; "" stands for no choice yet.
func known(offered []OptionID, ids ...OptionID) error {
	for i, id := range ids {
		if id == "" && len(ids) == 1 {
			continue
		}
		if !slices.Contains(offered, id) {
			return fmt.Errorf("the question does not offer %q", id)
		}
		if slices.Contains(ids[:i], id) {
			return fmt.Errorf("%q is chosen twice", id)
		}
	}
	return nil
}

func optionIDs(q Question) []OptionID {
	ids := make([]OptionID, len(q.Options))
	for i, o := range q.Options {
		ids[i] = o.ID
	}
	return ids
}

func choiceIDs(choices []Choice) []OptionID {
	ids := make([]OptionID, len(choices))
	for i, c := range choices {
		ids[i] = c.ID
	}
	return ids
}

// pairIDs gives the lefts in order and every distinct right, extras last.
func pairIDs(q Question) (lefts, rights []OptionID) {
	for _, p := range q.Pairs {
		lefts = append(lefts, p.LeftID)
		if !slices.Contains(rights, p.RightID) {
			rights = append(rights, p.RightID)
		}
	}
	return lefts, append(rights, choiceIDs(q.Extra)...)
}
