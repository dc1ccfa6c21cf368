package gift

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/question"
)

// full is the weight of a right answer, in per cent.
const full = 100.0

// alike says whether two weights are the same but for rounding.
func alike(a, b float64) bool { return math.Abs(a-b) < 0.05 }

var weighing = regexp.MustCompile(`^%\s*(-?[0-9]{1,3}(?:\.[0-9]*)?)%`)

// weight reads the %weight% that an answer may begin with.
func weight(s span, usual float64) (rest span, percent float64) {
	found := weighing.FindStringSubmatch(s.text)
	if found == nil {
		return s, usual
	}
	percent, _ = strconv.ParseFloat(found[1], 64)
	_, rest = s.cut(0, len(found[0]))
	return rest.trimmed(), percent
}

// choice reads options: one is right where one begins with =, else several are.
func (d *draft) choice(s span) bool {
	q := &d.item.Question
	q.Kind = question.Multiple
	var weights []float64
	for _, part := range given(s.split("=~")) {
		sign := part.text[0]
		var percent float64
		switch sign {
		case '=':
			q.Kind, percent = question.Single, full
			_, part = part.cut(0, 1)
		case '~':
			_, part = part.cut(0, 1)
			part, percent = weight(part.trimmed(), 0)
		default:
			d.warn(part.at, "“%s” stands before the first = or ~; it is left out.", interchange.Quote(part.text))
			continue
		}
		text, feedback := d.told(part)
		o := question.Option{Text: d.text(text), Correct: percent > 0, Feedback: feedback}
		if o.Text == "" {
			d.warn(part.at, "An option has no text; it is left out.")
			continue
		}
		q.Options, weights = append(q.Options, o), append(weights, percent)
	}
	if len(q.Options) < 2 {
		return d.fail(s.at, "There is only one option to choose.")
	}
	if q.Kind == question.Single {
		d.single(s.at, weights)
	} else {
		d.multiple(s.at, weights)
	}
	return true
}

// single settles which option is the right one. Options that are worth a third or
// two are those of a judgement.
func (d *draft) single(at int, weights []float64) {
	q := &d.item.Question
	var partly, odd, right int
	for i, w := range weights {
		q.Options[i].Correct = w == full
		switch {
		case w == full:
			right++
		case alike(w, full/3), alike(w, 2*full/3):
			partly++
		case w != 0:
			odd++
		}
	}
	if partly > 0 && odd == 0 {
		q.Kind = question.Judgement
		for i, w := range weights {
			q.Options[i].Correct, q.Options[i].Grade = false, int(math.Round(3*w/full))
		}
		return
	}
	if right > 1 {
		d.warn(at, "%d options are right, of which one is to be chosen. Decide which, or let several be chosen.", right)
	}
	if odd+partly > 0 {
		d.warn(at, "The weights of wrong options are not kept: they are worth nothing.")
	}
}

// multiple looks whether the weights are those by which Muster scores: a right
// pick adds its share, a wrong one takes as much away.
func (d *draft) multiple(at int, weights []float64) {
	right := 0
	for _, w := range weights {
		if w > 0 {
			right++
		}
	}
	if right == 0 {
		d.warn(at, "No option is right.")
		return
	}
	share := full / float64(right)
	for _, w := range weights {
		if !alike(math.Abs(w), share) {
			d.warn(at, "The weights are not kept: each right pick is worth the same, and a wrong one takes as much away.")
			return
		}
	}
}

// short reads accepted answers, which fill a gap.
func (d *draft) short(s span) bool {
	q := &d.item.Question
	q.Kind = question.Cloze
	blank := question.Blank{}
	for _, part := range given(s.split("=")) {
		if part.text[0] == '=' {
			_, part = part.cut(0, 1)
		}
		part, percent := weight(part.trimmed(), full)
		answer, feedback := d.told(part)
		d.accept(&blank, answer, percent, feedback)
	}
	if len(blank.Accepted) == 0 {
		return d.fail(s.at, "No answer counts as right.")
	}
	q.Blanks = []question.Blank{blank}
	d.gap()
	return true
}

// anything is the answer that stands for all others.
const anything = "*"

// accept adds one answer to a gap: an accepted one, a foreseen mistake, or what is
// said to all others.
func (d *draft) accept(b *question.Blank, answer span, percent float64, feedback string) {
	raw := strings.TrimSpace(unescape(answer.text))
	text := strings.ReplaceAll(raw, `\*`, anything)
	switch {
	case text == "":
		d.warn(answer.at, "An answer has no text; it is left out.")
	case raw == anything && percent <= 0:
		b.Feedback = feedback
	case raw == anything:
		d.warn(answer.at, "That every answer counts as right cannot be kept.")
	case percent >= full:
		d.praise(answer.at, feedback)
		for _, known := range b.Accepted {
			if strings.EqualFold(known, text) {
				return // case makes no difference here
			}
		}
		if strings.Contains(strings.ReplaceAll(raw, `\*`, ""), anything) {
			d.warn(answer.at, "The * in “%s” does not stand for any letters here.", interchange.Quote(text))
		}
		b.Accepted = append(b.Accepted, text)
	default:
		if percent != 0 {
			d.warn(answer.at, "“%s” is worth nothing here, not %g%%.", interchange.Quote(text), percent)
		}
		b.Mistakes = append(b.Mistakes, question.Mistake{Text: text, Feedback: feedback})
	}
}

// praise keeps what is said to who is right as the explanation.
func (d *draft) praise(at int, feedback string) {
	q := &d.item.Question
	if feedback == "" || strings.Contains(q.Explanation, feedback) {
		return
	}
	q.Explanation = strings.TrimSpace(q.Explanation + "\n" + feedback)
	d.warn(at, "The feedback for a right answer is kept as explanation, which everybody sees afterwards.")
}

var gaps = regexp.MustCompile(`(?:\\?_){3,}`)

// gap makes exactly one gap of the stem: where the answers stood, else where it
// has a line to write on, else at its end.
func (d *draft) gap() {
	q := &d.item.Question
	found := gaps.FindAllStringIndex(q.Stem, -1)
	switch {
	case len(found) == 1:
		q.Stem = q.Stem[:found[0][0]] + interchange.Blank + q.Stem[found[0][1]:]
	case len(found) == 0:
		q.Stem += " " + interchange.Blank
	default:
		q.Stem = gaps.ReplaceAllString(q.Stem, "…") + " " + interchange.Blank
		d.warn(0, "There are several gaps and one set of answers; the answer is asked for at the end.")
	}
}

// numeric reads numbers with their tolerances.
func (d *draft) numeric(s span) bool {
	q := &d.item.Question
	q.Kind = question.Numeric
	if i := index(s.text, "~"); i >= 0 {
		var others span
		s, others = s.cut(i, 0)
		d.warn(others.at, "What is said to all other answers is left out: “%s”.", interchange.Quote(unescape(others.text)))
	}
	for _, part := range given(s.split("=")) {
		if part.text[0] == '=' {
			_, part = part.cut(0, 1)
		}
		part, percent := weight(part.trimmed(), full)
		if !d.number(part, percent) {
			return false
		}
	}
	if q.Answer == nil {
		return d.fail(s.at, "No number counts as right.")
	}
	return true
}

// number adds one number: the answer, or a foreseen mistake.
func (d *draft) number(s span, percent float64) bool {
	q := &d.item.Question
	answer, feedback := d.told(s)
	if answer.text == anything {
		d.warn(s.at, "What is said to all other answers is left out: “%s”.", interchange.Quote(feedback))
		return true
	}
	value, tolerance, ok := quantity(answer.text)
	switch {
	case !ok:
		return d.fail(answer.at, "“%s” is not a number, nor a number and a tolerance.", interchange.Quote(answer.text))
	case percent < full || q.Answer != nil:
		if percent > 0 {
			d.warn(answer.at, "“%s” is worth nothing here, not %g%%: one number is right.", interchange.Quote(answer.text), percent)
		}
		if tolerance > 0 {
			d.warn(answer.at, "The tolerance of a wrong number is left out.")
		}
		q.Mistakes = append(q.Mistakes, question.Mistake{Value: &value, Feedback: feedback})
	default:
		d.praise(answer.at, feedback)
		q.Answer = &question.Quantity{Value: value, Tolerance: tolerance}
	}
	return true
}

// quantity reads value, value:tolerance or least..most.
func quantity(text string) (value, tolerance float64, ok bool) {
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		if err != nil || math.IsInf(v, 0) {
			return math.NaN()
		}
		return v
	}
	if least, most, is := strings.Cut(text, ".."); is {
		a, b := number(least), number(most)
		value, tolerance = a/2+b/2, b/2-a/2
	} else {
		v, t, is := strings.Cut(text, ":")
		value = number(v)
		if is {
			tolerance = number(t)
		}
	}
	return value, tolerance, !math.IsNaN(value) && tolerance >= 0
}
