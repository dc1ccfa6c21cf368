package moodlexml

import (
	"strconv"

	"muster/internal/interchange/element"
	"muster/internal/question"
)

// partsOf writes what belongs to the kind of a question, and names it as Moodle
// does; "" for a kind that it does not know.
func partsOf(q question.Question) (string, []*element.Element) {
	switch q.Kind {
	case question.Single, question.Judgement, question.Multiple:
		return "multichoice", optionsOf(q)
	case question.TrueFalse:
		return "truefalse", truthOf(q)
	case question.Match:
		return "matching", pairsOf(q)
	case question.Order:
		return "ordering", itemsOf(q)
	case question.Numeric:
		if q.Answer != nil {
			return "numerical", numbersOf(q)
		}
	case question.Cloze:
		if len(q.Blanks) == 1 {
			return "shortanswer", acceptedOf(q.Blanks[0])
		}
		return "cloze", nil
	case question.Essay:
		return "essay", markingOf(q)
	}
	return "", nil
}

// answer writes an answer with its weight in per cent.
func answer(percent float64, text, format, feedback string) *element.Element {
	e := texted("answer", text, "fraction", strconv.FormatFloat(percent, 'g', 7, 64), "format", format)
	e.Stacked(marked("feedback", feedback))
	return e
}

func optionsOf(q question.Question) []*element.Element {
	right := 0
	for _, o := range q.Options {
		if o.Correct {
			right++
		}
	}
	list := []*element.Element{
		valued("single", strconv.FormatBool(q.Kind != question.Multiple)), valued("shuffleanswers", "true"), valued("answernumbering", "abc"),
	}
	for _, o := range q.Options {
		percent := 0.0
		switch {
		case q.Kind == question.Judgement:
			percent = full * float64(o.Grade) / 3
		case q.Kind == question.Single && o.Correct:
			percent = full
		case q.Kind == question.Multiple && o.Correct:
			percent = full / float64(right)
		case q.Kind == question.Multiple && right > 0:
			percent = -full / float64(right)
		}
		list = append(list, answer(percent, o.Text, formatMarkdown, o.Feedback))
	}
	return list
}

func truthOf(q question.Question) []*element.Element {
	truth, wrong := q.Truth != nil && *q.Truth, ""
	if q.Wrong != nil {
		wrong = q.Wrong.Feedback
	}
	return []*element.Element{
		answer(full, strconv.FormatBool(truth), formatMoodle, q.RightFeedback),
		answer(0, strconv.FormatBool(!truth), formatMoodle, wrong),
	}
}

func pairsOf(q question.Question) []*element.Element {
	list := []*element.Element{valued("shuffleanswers", "true")}
	pair := func(left, right string) {
		list = append(list, marked("subquestion", left).Stacked(texted("answer", right)))
	}
	for _, p := range q.Pairs {
		pair(p.Left, p.Right)
	}
	for _, c := range q.Extra {
		pair("", c.Text)
	}
	return list
}

func itemsOf(q question.Question) []*element.Element {
	list := []*element.Element{
		valued("layouttype", "VERTICAL"), valued("selecttype", "ALL"), valued("selectcount", "0"), valued("gradingtype", "ABSOLUTE_POSITION"),
		valued("showgrading", "SHOW"), valued("numberingstyle", "none"), valued("shownumcorrect", "1"),
	}
	if len(q.Mistakes) > 0 {
		list = append(list, marked("incorrectfeedback", q.Mistakes[0].Feedback))
	}
	for i, c := range q.Sequence {
		list = append(list, answer(float64(i+1), c.Text, formatMarkdown, ""))
	}
	return list
}

func numbersOf(q question.Question) []*element.Element {
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	list := []*element.Element{answer(full, number(q.Answer.Value), formatMoodle, "").Stacked(valued("tolerance", number(q.Answer.Tolerance)))}
	for _, m := range q.Mistakes {
		if m.Value != nil {
			list = append(list, answer(0, number(*m.Value), formatMoodle, m.Feedback).Stacked(valued("tolerance", "0")))
		}
	}
	if q.Answer.Unit != "" {
		unit := element.New("unit").With(valued("multiplier", "1"), valued("unit_name", q.Answer.Unit))
		list = append(list, element.New("units").Stacked(unit))
	}
	return append(list, valued("unitgradingtype", "0"), valued("unitpenalty", "0.1"), valued("showunits", "0"), valued("unitsleft", "0"))
}

func acceptedOf(b question.Blank) []*element.Element {
	list := []*element.Element{valued("usecase", "0")}
	for _, a := range b.Accepted {
		list = append(list, answer(full, starred(a), formatMoodle, ""))
	}
	for _, m := range b.Mistakes {
		list = append(list, answer(0, starred(m.Text), formatMoodle, m.Feedback))
	}
	if b.Feedback != "" {
		list = append(list, answer(0, anything, formatMoodle, b.Feedback))
	}
	return list
}
