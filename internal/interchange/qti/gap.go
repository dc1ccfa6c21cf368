package qti

import (
	"slices"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

// gaps reads a text with fields in it. One number or one choice alone is a
// question of that kind; else all are written into gaps.
func (d *draft) gaps(asks []*element.Element) bool {
	q := &d.item.Question
	base := d.answer(asks[0]).base
	if len(asks) == 1 && (base == "float" || base == "integer") {
		return d.numeric(asks[0])
	}
	ungapped(d.body)
	if len(asks) == 1 && asks[0].Name == "inlineChoiceInteraction" {
		return d.inlineChoice(asks[0])
	}
	q.Kind = question.Cloze
	for n, ask := range asks {
		b, ok := d.gap(ask)
		if !ok {
			return d.fail(ask, "No answer counts as right in gap %d.", n+1)
		}
		q.Blanks = append(q.Blanks, b)
		d.body.Replace(ask, element.Run(interchange.Blank))
	}
	return d.fits(len(asks))
}

// fits reads the stem and says whether it has as many gaps as there are answers for.
func (d *draft) fits(n int) bool {
	d.item.Question.Stem = d.text(d.body)
	if got := strings.Count(d.item.Question.Stem, interchange.Blank); got != n && !d.refused {
		return d.fail(d.body, "The text has %d gaps, and answers for %d.", got, n)
	}
	return true
}

// gap reads what belongs into one gap. It is false where nothing does.
func (d *draft) gap(ask *element.Element) (question.Blank, bool) {
	answer, name := d.answer(ask), ask.Value("responseIdentifier")
	var b question.Blank
	if ask.Name == "inlineChoiceInteraction" {
		d.warn(ask, "The word is written into the gap here, not chosen.")
		for _, e := range ask.Children("inlineChoice") {
			text := e.Plain()
			switch {
			case text == "":
			case slices.Contains(answer.correct, e.Value("identifier")) || len(answer.correct) == 0 && answer.worth(e.Value("identifier")) > 0:
				b.Accepted = append(b.Accepted, text)
			default:
				b.Mistakes = append(b.Mistakes, question.Mistake{Text: text, Feedback: d.told.chosen(d, name, e.Value("identifier"))})
			}
		}
		return b, len(b.Accepted) > 0
	}
	if answer.base != "string" && answer.base != "" {
		d.warn(ask, "The gap asks for a number; here it is compared as text, without a tolerance.")
	}
	accept := func(text string) {
		if text != "" && !slices.ContainsFunc(b.Accepted, func(a string) bool { return strings.EqualFold(a, text) }) {
			b.Accepted = append(b.Accepted, text)
		}
	}
	for _, text := range answer.correct {
		accept(text)
	}
	best := answer.best()
	for _, m := range answer.mapped {
		if m.value > 0 {
			accept(m.key)
			if !alike(m.value, best) {
				d.warn(ask, "“%s” counts as wholly right here.", interchange.Quote(m.key))
			}
		} else if m.key != "" {
			b.Mistakes = append(b.Mistakes, question.Mistake{Text: m.key, Feedback: d.told.when(d, asIs+name+" "+m.key)})
		}
	}
	b.Feedback = d.told.when(d, asNone+name)
	if wrong := d.told.when(d, asWrong+name); b.Feedback == "" {
		b.Feedback = wrong
	}
	return b, len(b.Accepted) > 0
}

// inlineChoice reads a gap with words to choose from.
func (d *draft) inlineChoice(ask *element.Element) bool {
	q := &d.item.Question
	q.Kind = question.Single
	answer, name := d.answer(ask), ask.Value("responseIdentifier")
	var ids []string
	for _, e := range ask.Children("inlineChoice") {
		id := e.Value("identifier")
		if text, feedback := d.option(e); text != "" {
			if other := d.told.chosen(d, name, id); feedback == "" {
				feedback = other
			}
			ids = append(ids, id)
			q.Options = append(q.Options, question.Option{Text: text, Feedback: feedback, Correct: slices.Contains(answer.correct, id)})
		}
	}
	d.body.Replace(ask, element.Run(interchange.Blank))
	q.Stem = d.text(d.body)
	if len(ids) < 2 {
		return d.fail(ask, "There are fewer than two words to choose from.")
	}
	d.weighed(ask, answer, ids)
	return true
}

// gapMatch reads a text with gaps into which words are put.
func (d *draft) gapMatch(ask *element.Element) bool {
	q := &d.item.Question
	q.Kind = question.Cloze
	answer := d.answer(ask)
	ungapped(d.body)
	words := map[string]string{}
	var ids []string
	for _, e := range ask.Children("gapText") {
		id := e.Value("identifier")
		words[id], ids = e.Plain(), append(ids, id)
		ask.Replace(e)
	}
	gaps := ask.All(element.Named("gap"))
	if len(gaps)*len(ids) > interchange.MaxParts*20 {
		return d.fail(ask, "The text has too many gaps and words: %d and %d.", len(gaps), len(ids))
	}
	for _, gap := range gaps {
		var b question.Blank
		for _, id := range ids {
			key := id + " " + gap.Value("identifier")
			switch {
			case words[id] == "":
			case slices.Contains(answer.correct, key) || len(answer.correct) == 0 && answer.worth(key) > 0:
				b.Accepted = append(b.Accepted, words[id])
			default:
				b.Mistakes = append(b.Mistakes, question.Mistake{Text: words[id]})
			}
		}
		if len(b.Accepted) == 0 {
			return d.fail(gap, "A gap has no word that belongs there.")
		}
		q.Blanks = append(q.Blanks, b)
		ask.Replace(gap, element.Run(interchange.Blank))
	}
	ask.Name = "div"
	if prompt := ask.Child("prompt"); prompt != nil {
		prompt.Name = "p"
	}
	d.warn(ask, "The words are written into the gaps here, not chosen.")
	if len(gaps) == 0 {
		return d.fail(ask, "The text has no gap.")
	}
	return d.fits(len(gaps))
}

// unitClass is the class of the span with the unit of a number.
const unitClass = "unit"

// numeric reads a number with its tolerance.
func (d *draft) numeric(ask *element.Element) bool {
	q := &d.item.Question
	q.Kind = question.Numeric
	answer, name := d.answer(ask), ask.Value("responseIdentifier")
	values := slices.Clone(answer.correct)
	for _, m := range answer.mapped {
		if m.value > 0 && !slices.Contains(values, m.key) {
			values = append(values, m.key)
		}
	}
	if len(values) == 0 {
		return d.fail(ask, "No number counts as right.")
	}
	value, ok := number(values[0])
	if !ok {
		return d.fail(ask, "“%s” is not a number.", interchange.Quote(values[0]))
	}
	if len(values) > 1 {
		d.warn(ask, "One number is right here; %d others are left out.", len(values)-1)
	}
	q.Answer = &question.Quantity{Value: value, Tolerance: d.tolerance(value)}
	for _, m := range answer.mapped {
		if v, ok := number(m.key); ok && m.value <= 0 {
			q.Mistakes = append(q.Mistakes, question.Mistake{Value: &v, Feedback: d.told.when(d, asIs+name+" "+m.key)})
		}
	}
	for _, unit := range d.body.All(func(e *element.Element) bool { return e.Name == "span" && e.Value("class") == unitClass }) {
		if q.Answer.Unit == "" {
			q.Answer.Unit = unit.Plain()
			d.body.Replace(unit)
		}
	}
	d.body.Replace(ask, element.Run(interchange.Blank))
	q.Stem = strings.TrimSpace(strings.TrimSuffix(d.text(d.body), interchange.Blank))
	return true
}

// tolerance reads how far a number may be from the right one.
func (d *draft) tolerance(value float64) float64 {
	for _, e := range d.root.Child("responseProcessing").All(element.Named("equal", "equalRounded")) {
		if e.Child("correct") == nil {
			continue
		}
		bounds := strings.Fields(e.Value("tolerance"))
		mode := e.Value("toleranceMode")
		switch {
		case e.Name == "equalRounded":
			d.warn(e, "That the number is rounded before it is compared is not kept: there is no tolerance.")
			return 0
		case len(bounds) == 0 || mode == "exact" || mode == "":
			return 0
		case len(bounds) == 2 && bounds[0] != bounds[1]:
			d.warn(e, "The tolerance is the same above and below here.")
		}
		wide, ok := number(bounds[0])
		if !ok || wide < 0 {
			d.warn(e, "“%s” is not a tolerance.", interchange.Quote(bounds[0]))
			return 0
		}
		if mode == "relative" {
			wide *= max(value, -value) / 100
		}
		return wide
	}
	return 0
}
