package question

import (
	"math"
	"slices"
	"strconv"
)

// Result is what a response is worth.
type Result struct {
	Fraction        float64 // 0..1
	Correct         bool    // wholly right
	CriticalFailure bool    // fails the attempt whatever the total
	Parts           []Part
	Awaiting        bool // worth 0 until a person has marked it
}

// Part is the judgement on one option, item or gap of the question.
type Part struct {
	ID            string // option, left or item id; the index of a blank or criterion; "value"
	Chosen        bool   // the response says something here
	Right         bool   // of an option: it belongs to the key; of all else: it is as the key says
	Feedback      string // inline Markdown; "" where there is nothing to tell
	Misconception string // what the choice shows, "" when right
	Points        int    // of an essay that was marked: what it got for the criterion
}

// Score judges a response to q. It is total: a response that does not fit the
// question, or none at all, is worth 0. A critical question that is left open
// or not wholly right is a critical failure; on a judgement question a harmful
// option is, and so is no choice. An essay that says anything awaits its mark, see
// ScoreEssay.
func Score(q Question, raw []byte) Result {
	response, err := ParseResponse(q, raw)
	if err != nil {
		return Result{CriticalFailure: q.Critical}
	}
	result := scorers[q.Kind](q, response)
	result.Correct = result.Fraction == 1
	if q.Critical {
		result.CriticalFailure = !result.Correct
		if q.Kind == Judgement {
			result.CriticalFailure = harmful(q, response.Choice)
		}
	}
	return result
}

var scorers = map[Kind]func(Question, Response) Result{
	Single: scoreSingle, Multiple: scoreMultiple, TrueFalse: scoreTrueFalse, Match: scoreMatch,
	Order: scoreOrder, Numeric: scoreNumeric, Cloze: scoreCloze, Judgement: scoreJudgement,
	Essay: awaitMark,
}

func harmful(q Question, choice OptionID) bool {
	for _, o := range q.Options {
		if o.ID == choice {
			return o.Grade == 0
		}
	}
	return true
}

// Next gives the decision or ending that a response to a decision of a scenario
// leads to, "" where the response chooses nothing.
func Next(q Question, raw []byte) ID {
	response, err := ParseResponse(q, raw)
	if err != nil {
		return ""
	}
	for _, o := range q.Options {
		if o.ID == response.Choice {
			return o.Next
		}
	}
	return ""
}

// scoreSingle: 1 or 0.
func scoreSingle(q Question, r Response) Result {
	result := Result{Parts: optionParts(q, []OptionID{r.Choice})}
	for _, o := range q.Options {
		if o.ID == r.Choice && o.Correct {
			result.Fraction = 1
		}
	}
	return result
}

// scoreMultiple: (right picks − wrong picks) / right options, floor 0.
func scoreMultiple(q Question, r Response) Result {
	right, balance := 0, 0
	for _, o := range q.Options {
		picked := slices.Contains(r.Choices, o.ID)
		switch {
		case o.Correct && picked:
			balance++
		case picked:
			balance--
		}
		if o.Correct {
			right++
		}
	}
	return Result{Fraction: share(max(balance, 0), right), Parts: optionParts(q, r.Choices)}
}

// scoreJudgement: the grade of the option, 3/2/1/0 → 1, ⅔, ⅓, 0.
func scoreJudgement(q Question, r Response) Result {
	result := Result{Parts: optionParts(q, []OptionID{r.Choice})}
	for _, o := range q.Options {
		if o.ID == r.Choice {
			result.Fraction = share(o.Grade, 3)
		}
	}
	return result
}

// scoreTrueFalse: half for the value, half for the reason; whole for the value
// where the question gives no reasons.
func scoreTrueFalse(q Question, r Response) Result {
	value := Part{ID: "value", Chosen: r.Truth != nil}
	value.Right = r.Truth != nil && q.Truth != nil && *r.Truth == *q.Truth
	switch {
	case value.Right:
		value.Feedback = q.RightFeedback
	case q.Wrong != nil:
		value.Feedback, value.Misconception = q.Wrong.Feedback, q.Wrong.Misconception
	}
	points, whole := 0, 1
	if value.Right {
		points++
	}
	parts := []Part{value}
	if len(q.Options) > 0 {
		whole++
		for _, o := range q.Options {
			if o.Correct && o.ID == r.Reason {
				points++
			}
		}
		parts = append(parts, optionParts(q, []OptionID{r.Reason})...)
	}
	return Result{Fraction: share(points, whole), Parts: parts}
}

// scoreMatch: the share of right pairs.
func scoreMatch(q Question, r Response) Result {
	var result Result
	right := 0
	for _, p := range q.Pairs {
		chosen := r.Pairs[p.LeftID]
		part := Part{ID: string(p.LeftID), Chosen: chosen != "", Right: chosen == p.RightID}
		if part.Right {
			right++
		} else {
			part.Feedback, part.Misconception = p.Feedback, p.Misconception
		}
		result.Parts = append(result.Parts, part)
	}
	result.Fraction = share(right, len(q.Pairs))
	return result
}

// scoreOrder: the share of item pairs that stand in the right order; a pair
// with an item that was not placed is wrong.
func scoreOrder(q Question, r Response) Result {
	place := make(map[OptionID]int, len(r.Order))
	for i, id := range r.Order {
		place[id] = i + 1
	}
	right, pairs := 0, 0
	var result Result
	for i, item := range q.Sequence {
		at := place[item.ID]
		result.Parts = append(result.Parts, Part{ID: string(item.ID), Chosen: at != 0, Right: at == i+1})
		for _, later := range q.Sequence[i+1:] {
			pairs++
			if at != 0 && at < place[later.ID] {
				right++
			}
		}
	}
	result.Fraction = share(right, pairs)
	if result.Fraction < 1 && len(q.Mistakes) > 0 {
		m := q.Mistakes[0]
		result.Parts = append(result.Parts, Part{ID: "value", Chosen: len(r.Order) > 0, Feedback: m.Feedback, Misconception: m.Misconception})
	}
	return result
}

// scoreNumeric: 1 within the tolerance, else 0.
func scoreNumeric(q Question, r Response) Result {
	part := Part{ID: "value", Chosen: r.Number != nil}
	if r.Number == nil || q.Answer == nil {
		return Result{Parts: []Part{part}}
	}
	if math.Abs(*r.Number-q.Answer.Value) <= q.Answer.Tolerance {
		part.Right = true
		return Result{Fraction: 1, Parts: []Part{part}}
	}
	for _, m := range q.Mistakes {
		if m.Value != nil && *m.Value == *r.Number {
			part.Feedback, part.Misconception = m.Feedback, m.Misconception
		}
	}
	return Result{Parts: []Part{part}}
}

// scoreCloze: the share of blanks whose folded text is an accepted one.
func scoreCloze(q Question, r Response) Result {
	var result Result
	right := 0
	for i, blank := range q.Blanks {
		text := ""
		if i < len(r.Blanks) {
			text = r.Blanks[i]
		}
		part := scoreBlank(blank, text)
		part.ID = strconv.Itoa(i)
		if part.Right {
			right++
		}
		result.Parts = append(result.Parts, part)
	}
	result.Fraction = share(right, len(q.Blanks))
	return result
}

func scoreBlank(blank Blank, text string) Part {
	folded := Fold(text)
	part := Part{Chosen: folded != "", Feedback: blank.Feedback, Misconception: blank.Misconception}
	for _, accepted := range blank.Accepted {
		if folded != "" && Fold(accepted) == folded {
			return Part{Chosen: true, Right: true}
		}
	}
	for _, m := range blank.Mistakes {
		if folded != "" && Fold(m.Text) == folded {
			part.Feedback, part.Misconception = m.Feedback, m.Misconception
		}
	}
	return part
}

// optionParts tells of every option whether it was chosen and whether that was
// right; the misconception only of a wrong choice.
func optionParts(q Question, chosen []OptionID) []Part {
	parts := make([]Part, len(q.Options))
	for i, o := range q.Options {
		key := o.Correct
		if q.Kind == Judgement {
			key = o.Grade == 3
		}
		parts[i] = Part{ID: string(o.ID), Chosen: slices.Contains(chosen, o.ID), Right: key, Feedback: o.Feedback}
		if parts[i].Chosen && !key {
			parts[i].Misconception = o.Misconception
		}
	}
	return parts
}

// share is part/whole in 0..1, 0 for an empty whole.
func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
