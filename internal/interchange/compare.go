package interchange

import (
	"reflect"
	"slices"
	"strings"

	"muster/internal/question"
)

// Carried compares an item with what is read again from what was written of it,
// so that no writer can lose something in silence. ok says whether it is the same
// question with the same key; lost names, in words, what else is gone or changed.
func Carried(item, back Item) (lost []string, ok bool) {
	q, b := item.Question, back.Question
	if q.Kind != b.Kind || q.Stem != b.Stem || !same(keyOf(q), keyOf(b)) {
		return nil, false
	}
	check := func(name string, same bool) {
		if !same {
			lost = append(lost, name)
		}
	}
	check("the title", q.Title == b.Title)
	check("the explanation", q.Explanation == b.Explanation)
	check("the pool, level, difficulty or red line", q.Pool == b.Pool && q.Bloom == b.Bloom && q.Difficulty == b.Difficulty && q.Critical == b.Critical)
	check("the outcomes", same(q.Outcomes, b.Outcomes))
	check("the sources", same([][]string{q.Citations, q.References, q.Corrections, {q.AsOf}}, [][]string{b.Citations, b.References, b.Corrections, {b.AsOf}}))
	check("the anchors", same(q.Anchors, b.Anchors))
	check("the reasons", q.Kind != question.TrueFalse || same(textsOf(q.Options), textsOf(b.Options)))
	check("the unit", unitOf(q) == unitOf(b))
	check("the rubric", same(q.Rubric, b.Rubric))
	check("the model answer", q.Model == b.Model)
	check("how many words it asks for", q.MaxWords == b.MaxWords)
	check("feedback", same(remarks(q, feedback), remarks(b, feedback)))
	check("misconceptions", same(remarks(q, misconception), remarks(b, misconception)))
	check("foreseen mistakes", same(mistakesOf(q), mistakesOf(b)))
	check("the tags", same(item.Tags, back.Tags))
	check("the category", same(item.Category, back.Category))
	check("pictures", len(item.Media) == len(back.Media))
	check("what pictures show, in words", len(item.Media) != len(back.Media) || same(altsOf(item.Media), altsOf(back.Media)))
	return lost, true
}

// Carried says whether an item that was written may stay in the file, and finds
// what of it is lost. back is what is read again of what was written of it.
func (f *Findings) Carried(format string, item Item, back []Item) bool {
	if len(back) != 1 {
		f.Errorf(0, item.Called(), "The question cannot be written in %s.", format)
		return false
	}
	lost, ok := Carried(item, back[0])
	if !ok {
		f.Errorf(0, item.Called(), "The question cannot be written in %s so that it stays the same.", format)
		return false
	}
	if len(lost) > 0 {
		f.Warnf(0, item.Called(), "Left out, as there is no place for it in %s: %s.", format, strings.Join(lost, ", "))
	}
	return true
}

// same compares two values; a nil slice is as good as an empty one.
func same(a, b any) bool {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	if x.Kind() == reflect.Slice && y.Kind() == reflect.Slice {
		if x.Len() != y.Len() {
			return false
		}
		for i := range x.Len() {
			if !same(x.Index(i).Interface(), y.Index(i).Interface()) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(a, b)
}

// part is a text of a question with what it is worth.
type part struct {
	text    string
	correct bool
	grade   int
}

// keyOf lists all that decides what a response is worth. The reasons of a
// true_false, the unit of a number and the rubric of an essay are not among it:
// without them it is still the same question.
func keyOf(q question.Question) any {
	var answer question.Quantity
	if q.Answer != nil {
		answer = question.Quantity{Value: q.Answer.Value, Tolerance: q.Answer.Tolerance}
	}
	truth := q.Truth != nil && *q.Truth
	var parts []part
	if q.Kind != question.TrueFalse {
		for _, o := range q.Options {
			parts = append(parts, part{o.Text, o.Correct, o.Grade})
		}
	}
	var texts []string
	for _, p := range q.Pairs {
		texts = append(texts, p.Left, p.Right)
	}
	for _, list := range [][]question.Choice{q.Extra, q.Sequence} {
		texts = append(texts, "")
		for _, c := range list {
			texts = append(texts, c.Text)
		}
	}
	var blanks [][]string
	for _, b := range q.Blanks {
		blanks = append(blanks, b.Accepted)
	}
	return []any{parts, truth, texts, answer, blanks}
}

func textsOf(options []question.Option) []part {
	var list []part
	for _, o := range options {
		list = append(list, part{text: o.Text, correct: o.Correct})
	}
	return list
}

func altsOf(pictures []Media) []string {
	var list []string
	for _, m := range pictures {
		list = append(list, m.Alt)
	}
	return list
}

func unitOf(q question.Question) string {
	if q.Answer == nil {
		return ""
	}
	return q.Answer.Unit
}

// remark is what somebody is told, and what their choice shows.
type remark struct{ feedback, misconception string }

func feedback(r remark) string      { return r.feedback }
func misconception(r remark) string { return r.misconception }

// remarks lists one side of all remarks of q, in their order, up to the last that
// says something.
func remarks(q question.Question, side func(remark) string) []string {
	list := []string{side(remark{q.RightFeedback, ""})}
	if q.Wrong != nil {
		list = append(list, side(remark{q.Wrong.Feedback, q.Wrong.Misconception}))
	} else {
		list = append(list, "")
	}
	for _, o := range q.Options {
		list = append(list, side(remark{o.Feedback, o.Misconception}))
	}
	for _, p := range q.Pairs {
		list = append(list, side(remark{p.Feedback, p.Misconception}))
	}
	for _, b := range q.Blanks {
		list = append(list, side(remark{b.Feedback, b.Misconception}))
	}
	for _, m := range mistakes(q) {
		list = append(list, side(remark{m.Feedback, m.Misconception}))
	}
	for len(list) > 0 && list[len(list)-1] == "" {
		list = list[:len(list)-1]
	}
	return list
}

func mistakes(q question.Question) []question.Mistake {
	list := slices.Clone(q.Mistakes)
	for _, b := range q.Blanks {
		list = append(list, b.Mistakes...)
	}
	return list
}

// mistakesOf lists the wrong responses that q foresees.
func mistakesOf(q question.Question) []any {
	var list []any
	for _, m := range mistakes(q) {
		value := any(m.Text)
		if m.Value != nil {
			value = *m.Value
		}
		list = append(list, value)
	}
	return list
}
