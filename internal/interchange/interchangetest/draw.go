package interchangetest

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"muster/internal/interchange"
	"muster/internal/question"
)

// Text draws a text of one line with the signs that formats use, distinct by its
// number.
func Text(t *rapid.T, number int) string {
	signs := rapid.StringMatching(`[ab ~=#{}:\\%*_<>&;"',.\[\]()@|+/$'’éß→字-]{0,12}`).Draw(t, "text")
	return strings.TrimSpace(fmt.Sprintf("%s t%d", signs, number))
}

// Item draws a whole question of one of the kinds, with all that it may have.
func Item(kinds ...question.Kind) *rapid.Generator[interchange.Item] {
	return rapid.Custom(func(t *rapid.T) interchange.Item {
		d := &drawn{T: t}
		q := question.Question{
			Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Pool: question.Practice, Bloom: "apply", Difficulty: 2,
			Critical: rapid.Bool().Draw(t, "critical"), Title: d.maybe(), Stem: d.text(), Explanation: d.maybe(),
			Outcomes: []string{"ground.basics.o1"}, Citations: []string{"handbook#one"}, References: []string{"charter"}, Corrections: []string{"E-1"},
			AsOf: rapid.SampledFrom([]string{"", "2026-01-01"}).Draw(t, "as of"),
		}
		d.parts(&q)
		return interchange.Item{
			Question: q, Tags: rapid.SampledFrom([][]string{nil, {"one"}, {"two words", "b]c"}}).Draw(t, "tags"),
			Category: rapid.SampledFrom([][]string{nil, {"a"}, {"a", "b/c"}}).Draw(t, "category"),
			ID:       rapid.SampledFrom([]string{"", "q-1"}).Draw(t, "id"),
		}
	})
}

// drawn draws the parts of one question.
type drawn struct {
	*rapid.T
	number int
}

func (d *drawn) text() string {
	d.number++
	return Text(d.T, d.number)
}

func (d *drawn) maybe() string {
	if rapid.Bool().Draw(d.T, "there") {
		return d.text()
	}
	return ""
}

func (d *drawn) count(least, most int) int { return rapid.IntRange(least, most).Draw(d.T, "count") }

func (d *drawn) options(n int, rate func(i int, o *question.Option)) []question.Option {
	list := make([]question.Option, n)
	for i := range list {
		list[i] = question.Option{Text: d.text(), Feedback: d.maybe(), Misconception: d.maybe()}
		rate(i, &list[i])
	}
	return list
}

func (d *drawn) choices(n int) []question.Choice {
	list := make([]question.Choice, n)
	for i := range list {
		list[i].Text = d.text()
	}
	return list
}

func (d *drawn) mistake() question.Mistake {
	return question.Mistake{Misconception: d.maybe(), Feedback: d.maybe()}
}

// parts draws what belongs to the kind.
func (d *drawn) parts(q *question.Question) {
	switch q.Kind {
	case question.Single:
		right := d.count(0, 2)
		q.Options = d.options(3, func(i int, o *question.Option) { o.Correct = i == right })
	case question.Multiple:
		right := d.count(1, 3)
		q.Options = d.options(4, func(i int, o *question.Option) { o.Correct = i < right })
	case question.Judgement:
		q.Options = d.options(4, func(i int, o *question.Option) { o.Grade = []int{2, 3, 0, 1}[i] })
	case question.TrueFalse:
		truth := rapid.Bool().Draw(d.T, "truth")
		wrong := d.mistake()
		q.Truth, q.Wrong, q.RightFeedback = &truth, &wrong, d.maybe()
		q.Options = d.options(rapid.SampledFrom([]int{0, 3}).Draw(d.T, "reasons"), func(i int, o *question.Option) { o.Correct = i == 1 })
	case question.Match:
		for range d.count(2, 4) {
			q.Pairs = append(q.Pairs, question.Pair{Left: d.text(), Right: d.text(), Misconception: d.maybe(), Feedback: d.maybe()})
		}
		q.Extra = d.choices(d.count(0, 2))
	case question.Order:
		q.Sequence = d.choices(d.count(2, 5))
		q.Mistakes = []question.Mistake{d.mistake()}
	case question.Numeric:
		d.numeric(q)
	case question.Cloze:
		d.cloze(q)
	case question.Essay:
		d.essay(q)
	}
}

func (d *drawn) essay(q *question.Question) {
	for range d.count(0, 3) {
		q.Rubric = append(q.Rubric, question.Criterion{Text: d.text(), Points: d.count(1, question.MaxPoints), Guide: d.long()})
	}
	q.Model, q.MaxWords = d.long(), rapid.SampledFrom([]int{0, 1, 250, question.MaxWords}).Draw(d.T, "words")
}

// long draws a text of up to three paragraphs, or none.
func (d *drawn) long() string {
	var paragraphs []string
	for range d.count(0, 3) {
		paragraphs = append(paragraphs, d.text())
	}
	return strings.Join(paragraphs, "\n\n")
}

func (d *drawn) numeric(q *question.Question) {
	q.Answer = &question.Quantity{
		Value: rapid.Float64Range(-1e6, 1e6).Draw(d.T, "value"), Tolerance: rapid.SampledFrom([]float64{0, 0.5, 3}).Draw(d.T, "tolerance"),
		Unit: rapid.SampledFrom([]string{"", "km/h", "°C"}).Draw(d.T, "unit"),
	}
	for i := range d.count(0, 2) {
		value := q.Answer.Value + float64(10*(i+1))
		m := d.mistake()
		m.Value = &value
		q.Mistakes = append(q.Mistakes, m)
	}
}

func (d *drawn) cloze(q *question.Question) {
	whole := func(text string) string { return strings.ReplaceAll(text, "__", "_ _") }
	q.Stem = whole(q.Stem)
	for range d.count(1, 3) {
		b := question.Blank{Accepted: []string{d.text(), d.text()}, Misconception: d.maybe(), Feedback: d.maybe()}
		for range d.count(0, 2) {
			m := d.mistake()
			m.Text = d.text()
			b.Mistakes = append(b.Mistakes, m)
		}
		q.Blanks = append(q.Blanks, b)
		q.Stem += " " + interchange.Blank + " " + whole(d.text())
	}
}
