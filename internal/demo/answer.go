package demo

import (
	"cmp"
	"encoding/json"
	"slices"

	"muster/internal/question"
)

// mistake gives a response to q that is wrong, as people get it wrong: the
// option that most misleads, two things mixed up, a mistake that is foreseen.
// Of what has several parts some stay right.
func mistake(q question.Question) json.RawMessage {
	switch q.Kind {
	case question.Single:
		return choice(wrongOptions(q)[0])
	case question.Judgement:
		return choice(graded(q)[0])
	case question.Multiple:
		right := question.Question{Kind: q.Kind, Options: slices.DeleteFunc(slices.Clone(q.Options), func(o question.Option) bool { return !o.Correct })}
		ids := []question.OptionID{wrongOptions(q)[0].ID}
		for _, o := range right.Options[1:] {
			ids = append(ids, o.ID)
		}
		return encode(map[string]any{"choices": ids})
	case question.TrueFalse:
		response := map[string]any{"value": !*q.Truth}
		if len(q.Options) > 0 {
			response["reason"] = wrongOptions(q)[0].ID
		}
		return encode(response)
	case question.Match:
		return mixedUp(q)
	case question.Order:
		order := sequence(q)
		slices.Reverse(order)
		return encode(map[string]any{"order": order})
	case question.Numeric:
		return encode(map[string]any{"value": wrongNumber(q)})
	}
	blanks := accepted(q)
	blanks[0] = "?"
	if m := q.Blanks[0].Mistakes; len(m) > 0 {
		blanks[0] = m[0].Text
	}
	return encode(map[string]any{"blanks": blanks})
}

// slip gives a response to q that is nearly right, or right where there is
// nothing in between.
func slip(q question.Question) json.RawMessage {
	switch options := graded(q); {
	case q.Kind == question.Judgement:
		if second := options[max(len(options)-2, 0)]; second.Grade == 2 {
			return choice(second)
		}
	case q.Critical: // wholly right, or failed
	case q.Kind == question.Order && len(q.Sequence) > 3:
		order := sequence(q)
		order[1], order[2] = order[2], order[1]
		return encode(map[string]any{"order": order})
	case q.Kind == question.Match && len(q.Pairs) > 4:
		return mixedUp(q)
	}
	return question.Key(q)
}

// mixedUp matches all but two pairs, whose right sides are exchanged.
func mixedUp(q question.Question) json.RawMessage {
	pairs := make(map[question.OptionID]question.OptionID, len(q.Pairs))
	for _, p := range q.Pairs {
		pairs[p.LeftID] = p.RightID
	}
	first := q.Pairs[0]
	other := slices.IndexFunc(q.Pairs, func(p question.Pair) bool { return p.RightID != first.RightID })
	if other >= 0 {
		pairs[first.LeftID], pairs[q.Pairs[other].LeftID] = q.Pairs[other].RightID, first.RightID
	}
	return encode(map[string]any{"pairs": pairs})
}

func wrongOptions(q question.Question) []question.Option {
	return slices.DeleteFunc(slices.Clone(q.Options), func(o question.Option) bool { return o.Correct })
}

// graded gives the options of a judgement, the worst first.
func graded(q question.Question) []question.Option {
	options := slices.Clone(q.Options)
	slices.SortStableFunc(options, func(a, b question.Option) int { return cmp.Compare(a.Grade, b.Grade) })
	return options
}

func sequence(q question.Question) []question.OptionID {
	ids := make([]question.OptionID, len(q.Sequence))
	for i, c := range q.Sequence {
		ids[i] = c.ID
	}
	return ids
}

func wrongNumber(q question.Question) float64 {
	for _, m := range q.Mistakes {
		if m.Value != nil {
			return *m.Value
		}
	}
	return q.Answer.Value + 2*q.Answer.Tolerance + 1
}

func accepted(q question.Question) []string {
	texts := make([]string, len(q.Blanks))
	for i, b := range q.Blanks {
		texts[i] = b.Accepted[0]
	}
	return texts
}

func choice(o question.Option) json.RawMessage { return encode(map[string]any{"choice": o.ID}) }

func encode(response map[string]any) json.RawMessage {
	raw, err := json.Marshal(response)
	if err != nil { // texts and finite numbers always encode
		panic(err)
	}
	return raw
}
