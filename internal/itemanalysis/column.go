package itemanalysis

import (
	"muster/internal/psychometrics"
	"muster/internal/question"
)

// scoring names how a question scores: versions with the same scoring are one
// item, whatever was changed in their words.
func scoring(q question.Question) (question.Version, error) {
	bare := question.Question{ID: q.ID, Kind: q.Kind, Truth: q.Truth}
	for _, o := range q.Options {
		bare.Options = append(bare.Options, question.Option{ID: o.ID, Correct: o.Correct, Grade: o.Grade})
	}
	for _, p := range q.Pairs {
		bare.Pairs = append(bare.Pairs, question.Pair{LeftID: p.LeftID, RightID: p.RightID})
	}
	for _, e := range q.Extra {
		bare.Extra = append(bare.Extra, question.Choice{ID: e.ID})
	}
	for _, s := range q.Sequence {
		bare.Sequence = append(bare.Sequence, question.Choice{ID: s.ID})
	}
	if q.Answer != nil {
		bare.Answer = &question.Quantity{Value: q.Answer.Value, Tolerance: q.Answer.Tolerance}
	}
	for _, b := range q.Blanks {
		bare.Blanks = append(bare.Blanks, question.Blank{Accepted: b.Accepted})
	}
	_, version, err := question.Encode(bare)
	return version, err
}

// The options of a statement come before those of its reason.
const (
	optionTrue  = "true"
	optionFalse = "false"
)

// choice is an option that can be told apart.
type choice struct {
	id   string
	text string
	key  bool
}

// choices lists what a response to q can pick, nil where it is not picked from a
// list.
func choices(q question.Question) []choice {
	var list []choice
	switch q.Kind {
	case question.TrueFalse:
		truth := q.Truth != nil && *q.Truth
		list = append(list, choice{optionTrue, "True", truth}, choice{optionFalse, "False", !truth})
	case question.Single, question.Multiple, question.Judgement:
	default:
		return nil
	}
	for _, o := range q.Options {
		key := o.Correct || q.Kind == question.Judgement && o.Grade == 3
		list = append(list, choice{string(o.ID), o.Text, key})
	}
	return list[:min(len(list), psychometrics.MaxOptions)]
}

// picks gives the options that a response picks, as bits in the order of choices.
func picks(q question.Question, list []choice, raw []byte) uint32 {
	if len(list) == 0 || raw == nil {
		return 0
	}
	r, err := question.ParseResponse(q, raw)
	if err != nil {
		return 0
	}
	chosen := map[string]bool{string(r.Choice): true, string(r.Reason): true}
	if r.Truth != nil {
		chosen[optionFalse], chosen[optionTrue] = !*r.Truth, *r.Truth
	}
	for _, id := range r.Choices {
		chosen[string(id)] = true
	}
	bits := uint32(0)
	for o, c := range list {
		if chosen[c.id] {
			bits |= 1 << o
		}
	}
	return bits
}

// guess is what blind guessing brings on average, 0..1; undefined where that
// depends on how many options are picked.
func guess(q question.Question) psychometrics.Value {
	n := float64(len(q.Options))
	switch q.Kind {
	case question.Single:
		return psychometrics.Value(1 / max(n, 1))
	case question.Judgement:
		sum := 0.0
		for _, o := range q.Options {
			sum += float64(o.Grade) / 3
		}
		return psychometrics.Value(sum / max(n, 1))
	case question.TrueFalse:
		if n == 0 {
			return 0.5
		}
		return psychometrics.Value(0.25 + 0.5/n)
	case question.Match:
		rights := map[question.OptionID]bool{}
		for _, p := range q.Pairs {
			rights[p.RightID] = true
		}
		return psychometrics.Value(1 / float64(max(len(rights)+len(q.Extra), 1)))
	case question.Order:
		return 0.5
	case question.Multiple:
		return psychometrics.Undefined()
	}
	return 0
}
