package moodlexml

import (
	"regexp"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

// anything is the answer that stands for all others.
const anything = "*"

// short reads accepted answers, which fill a gap.
func (d *draft) short() bool {
	q := &d.item.Question
	q.Kind = question.Cloze
	var b question.Blank
	for _, a := range d.e.Children("answer") {
		d.accept(&b, weighed{d.plain(a), d.weight(a), d.text(a.Child("feedback")), a})
	}
	if len(b.Accepted) == 0 {
		return d.fail(d.e, "No answer counts as right.")
	}
	if d.e.Child("usecase").Plain() == "1" {
		d.note(d.e, "Capital letters make no difference here.")
	}
	q.Blanks = []question.Blank{b}
	d.gap()
	return true
}

// accept adds one answer to a gap: an accepted one, a foreseen mistake, or what is
// said to all others.
func (d *draft) accept(b *question.Blank, g weighed) {
	text := strings.TrimSpace(strings.ReplaceAll(g.text, `\*`, anything))
	switch {
	case text == "":
		d.warn(g.at, "An answer has no text; it is left out.")
	case g.text == anything && g.percent <= 0:
		b.Feedback = g.feedback
	case g.text == anything:
		d.warn(g.at, "That every answer counts as right cannot be kept.")
	case g.percent >= full:
		if g.feedback != "" {
			d.warn(g.at, "The feedback for a right answer is left out: “%s”.", interchange.Quote(g.feedback))
		}
		for _, known := range b.Accepted {
			if strings.EqualFold(known, text) {
				return // case makes no difference here
			}
		}
		if strings.Contains(strings.ReplaceAll(g.text, `\*`, ""), anything) {
			d.warn(g.at, "The * in “%s” does not stand for any letters here.", interchange.Quote(text))
		}
		b.Accepted = append(b.Accepted, text)
	default:
		if g.percent != 0 {
			d.warn(g.at, "“%s” is worth nothing here, not %g%%.", interchange.Quote(text), g.percent)
		}
		b.Mistakes = append(b.Mistakes, question.Mistake{Text: text, Feedback: g.feedback})
	}
}

var gaps = regexp.MustCompile(`(?:\\?_){3,}`)

// gap makes exactly one gap of the stem: where it has a line to write on, else at
// its end.
func (d *draft) gap() {
	q := &d.item.Question
	found := gaps.FindAllStringIndex(q.Stem, -1)
	switch {
	case q.Stem == "":
	case strings.Count(q.Stem, interchange.Blank) == 1:
	case len(found) == 1:
		q.Stem = q.Stem[:found[0][0]] + interchange.Blank + q.Stem[found[0][1]:]
	case len(found) == 0:
		q.Stem += " " + interchange.Blank
	default:
		q.Stem = gaps.ReplaceAllString(q.Stem, "…") + " " + interchange.Blank
		d.warn(d.e, "There are several gaps and one set of answers; the answer is asked for at the end.")
	}
}

// numeric reads numbers with their tolerances and units.
func (d *draft) numeric() bool {
	var given []measured
	for _, a := range d.e.Children("answer") {
		g := measured{weighed: weighed{d.plain(a), d.weight(a), d.text(a.Child("feedback")), a}}
		if tolerance := a.Child("tolerance").Plain(); tolerance != "" {
			var ok bool
			if g.tolerance, ok = number(tolerance); !ok || g.tolerance < 0 {
				d.warn(a, "“%s” is not a tolerance.", interchange.Quote(tolerance))
				g.tolerance = 0
			}
		}
		given = append(given, g)
	}
	if !d.numbers(given) {
		return false
	}
	d.unit()
	return true
}

// measured is a number as an answer.
type measured struct {
	weighed
	tolerance float64
}

// numbers settles which number is right and which mistakes are foreseen.
func (d *draft) numbers(given []measured) bool {
	q := &d.item.Question
	q.Kind = question.Numeric
	for _, g := range given {
		value, ok := number(g.text)
		switch {
		case g.text == anything:
			d.warn(g.at, "What is said to all other answers is left out: “%s”.", interchange.Quote(g.feedback))
		case !ok:
			return d.fail(g.at, "“%s” is not a number.", interchange.Quote(g.text))
		case g.percent < full || q.Answer != nil:
			if g.percent > 0 {
				d.warn(g.at, "“%s” is worth nothing here, not %g%%: one number is right.", interchange.Quote(g.text), g.percent)
			}
			if g.tolerance > 0 {
				d.warn(g.at, "The tolerance of a wrong number is left out.")
			}
			q.Mistakes = append(q.Mistakes, question.Mistake{Value: &value, Feedback: g.feedback})
		default:
			if g.feedback != "" {
				d.warn(g.at, "The feedback for a right answer is left out: “%s”.", interchange.Quote(g.feedback))
			}
			q.Answer = &question.Quantity{Value: value, Tolerance: g.tolerance}
		}
	}
	if q.Answer == nil {
		return d.fail(d.e, "No number counts as right.")
	}
	return true
}

// unit reads the unit in which the answer is; others are not kept.
func (d *draft) unit() {
	for _, u := range d.e.Child("units").Children("unit") {
		name := u.Child("unit_name").Plain()
		multiplier, ok := number(u.Child("multiplier").Plain())
		switch {
		case name == "":
		case ok && multiplier == 1 && d.item.Question.Answer.Unit == "":
			d.item.Question.Answer.Unit = name
		default:
			d.warn(u, "The unit “%s” is left out: there is one unit.", interchange.Quote(name))
		}
	}
}

var numbered = regexp.MustCompile(`\[\[([0-9]{1,4})\]\]`)

// words reads a text with gaps into which words are put. Here they are written:
// the words that stand to choose but are wrong are the mistakes to foresee.
func (d *draft) words() bool {
	q := &d.item.Question
	q.Kind = question.Cloze
	boxes := d.e.Children("dragbox", "selectoption")
	text := d.e.Child("questiontext")
	if text == nil {
		return d.fail(d.e, "The question asks nothing.")
	}
	source := gaps.ReplaceAllString(d.source(text), "…")
	texts := make([]string, len(boxes))
	for i, box := range boxes {
		texts[i] = d.plain(box)
	}
	if n := len(numbered.FindAllString(source, -1)); n*len(boxes) > interchange.MaxParts*20 {
		return d.fail(d.e, "The text has too many gaps and words: %d and %d.", n, len(boxes))
	}
	lost := false
	source = numbered.ReplaceAllStringFunc(source, func(mark string) string {
		n, _ := number(strings.Trim(mark, "[]"))
		if n < 1 || int(n) > len(boxes) {
			lost = true
			return mark
		}
		q.Blanks = append(q.Blanks, among(boxes, texts, int(n)-1))
		return interchange.Blank
	})
	if lost || len(q.Blanks) == 0 {
		return d.fail(d.e, "A gap has no word that belongs there.")
	}
	q.Stem = d.converted(text, source, formatOf(text))
	d.warn(d.e, "The words are written into the gaps here, not chosen.")
	return d.fits(len(q.Blanks))
}

// among makes a gap of the words of one group.
func among(boxes []*element.Element, texts []string, right int) question.Blank {
	b := question.Blank{Accepted: []string{texts[right]}}
	group := boxes[right].Child("group").Plain()
	for i, text := range texts {
		if i != right && text != "" && text != texts[right] && boxes[i].Child("group").Plain() == group {
			b.Mistakes = append(b.Mistakes, question.Mistake{Text: text})
		}
	}
	return b
}

// fits says whether the stem has as many gaps as there are answers for.
func (d *draft) fits(n int) bool {
	if got := strings.Count(d.item.Question.Stem, interchange.Blank); got != n && !d.refused {
		return d.fail(d.e, "The text has %d gaps, and answers for %d.", got, n)
	}
	return true
}
