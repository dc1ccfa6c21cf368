package question

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// HasKey says whether q has all that Key, KeyLines and Score need, as every
// question does that Validate finds whole.
func HasKey(q Question) bool {
	switch q.Kind {
	case Single, Multiple, Judgement:
		return len(bestOptions(q)) > 0
	case TrueFalse:
		return q.Truth != nil
	case Match:
		return len(q.Pairs) > 0
	case Order:
		return len(q.Sequence) > 0
	case Numeric:
		return q.Answer != nil
	case Cloze:
		return len(q.Blanks) > 0 && !slices.ContainsFunc(q.Blanks, func(b Blank) bool { return len(b.Accepted) == 0 })
	case Essay:
		return RubricPoints(q) > 0
	}
	return false
}

// Key gives a response to q that is wholly right, as JSON; of an essay the model
// answer, which no program can judge.
func Key(q Question) json.RawMessage {
	fields := map[string]any{}
	switch q.Kind {
	case Single, Judgement:
		fields["choice"] = bestOptions(q)[0].ID
	case Multiple:
		ids := []OptionID{}
		for _, o := range bestOptions(q) {
			ids = append(ids, o.ID)
		}
		fields["choices"] = ids
	case TrueFalse:
		fields["value"] = q.Truth
		if best := bestOptions(q); len(best) > 0 {
			fields["reason"] = best[0].ID
		}
	case Match:
		pairs := map[OptionID]OptionID{}
		for _, p := range q.Pairs {
			pairs[p.LeftID] = p.RightID
		}
		fields["pairs"] = pairs
	case Order:
		fields["order"] = choiceIDs(q.Sequence)
	case Numeric:
		fields["value"] = q.Answer.Value
	case Cloze:
		blanks := []string{}
		for _, b := range q.Blanks {
			blanks = append(blanks, b.Accepted[0])
		}
		fields["blanks"] = blanks
	case Essay:
		fields["text"] = q.Model
	}
	raw, err := json.Marshal(fields)
	if err != nil { // maps of strings, bools and finite numbers always encode
		panic(err)
	}
	return raw
}

// KeyLines gives the key in words, one line a part, as inline Markdown.
func KeyLines(q Question) []string {
	var lines []string
	switch q.Kind {
	case TrueFalse:
		lines = append(lines, map[bool]string{true: "True", false: "False"}[q.Truth != nil && *q.Truth])
		fallthrough
	case Single, Multiple, Judgement:
		for _, o := range bestOptions(q) {
			lines = append(lines, o.Text)
		}
	case Match:
		for _, p := range q.Pairs {
			lines = append(lines, p.Left+" → "+p.Right)
		}
	case Order:
		for i, item := range q.Sequence {
			lines = append(lines, fmt.Sprintf("%d. %s", i+1, item.Text))
		}
	case Numeric:
		value := strconv.FormatFloat(q.Answer.Value, 'f', -1, 64)
		lines = append(lines, strings.TrimSpace(value+" "+q.Answer.Unit))
	case Cloze:
		for _, b := range q.Blanks {
			lines = append(lines, strings.Join(b.Accepted, " / "))
		}
	case Essay:
		for paragraph := range strings.Lines(q.Model) {
			if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
				lines = append(lines, paragraph)
			}
		}
	}
	return lines
}

// bestOptions gives the options that belong to the key.
func bestOptions(q Question) []Option {
	var best []Option
	for _, o := range q.Options {
		if o.Correct || (q.Kind == Judgement && o.Grade == 3) {
			best = append(best, o)
		}
	}
	return best
}
