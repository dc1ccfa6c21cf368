package moodlexml

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

// full is the weight of a right answer, in per cent.
const full = 100.0

// alike says whether two weights are the same but for rounding.
func alike(a, b float64) bool { return math.Abs(a-b) < 0.05 }

// weight reads what an answer is worth, in per cent.
func (d *draft) weight(answer *element.Element) float64 {
	percent, ok := number(answer.Value("fraction"))
	if !ok {
		d.warn(answer, "“%s” is not a weight; the answer is worth nothing.", interchange.Quote(answer.Value("fraction")))
	}
	return percent
}

// number reads a finite number.
func number(text string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return 0, false
	}
	return v, true
}

// choice reads options of which one or several are right.
func (d *draft) choice() bool {
	var given []weighed
	for _, a := range d.e.Children("answer") {
		given = append(given, weighed{d.text(a), d.weight(a), d.text(a.Child("feedback")), a})
	}
	single := d.e.Child("single").Plain()
	return d.options(given, single == "true" || single == "1")
}

// weighed is an answer with what it is worth.
type weighed struct {
	text     string
	percent  float64
	feedback string
	at       *element.Element
}

// options settles which of the answers are right.
func (d *draft) options(given []weighed, single bool) bool {
	q := &d.item.Question
	var weights []float64
	for _, g := range given {
		if g.text == "" {
			d.warn(g.at, "An option has no text; it is left out.")
			continue
		}
		weights = append(weights, g.percent)
		q.Options = append(q.Options, question.Option{Text: g.text, Correct: g.percent > 0, Feedback: g.feedback})
	}
	if len(q.Options) < 2 {
		return d.fail(d.e, "There are fewer than two options to choose from.")
	}
	if slices.Max(weights) <= 0 {
		d.warn(d.e, "No option is right.")
	}
	if q.Kind = question.Multiple; single {
		q.Kind = question.Single
		d.single(weights)
	} else {
		d.multiple(weights)
	}
	return true
}

// single settles which option is the right one. Options that are worth a third or
// two are those of a judgement.
func (d *draft) single(weights []float64) {
	q := &d.item.Question
	best := slices.Max(weights)
	var partly, odd, right int
	for i, w := range weights {
		q.Options[i].Correct = w > 0 && w == best
		switch {
		case q.Options[i].Correct:
			right++
		case alike(w, full/3), alike(w, 2*full/3):
			partly++
		case w != 0:
			odd++
		}
	}
	if partly > 0 && odd == 0 && best == full {
		q.Kind = question.Judgement
		for i, w := range weights {
			q.Options[i].Correct, q.Options[i].Grade = false, int(math.Round(3*w/full))
		}
		return
	}
	if right > 1 {
		d.warn(d.e, "%d options are right, of which one is to be chosen. Decide which, or let several be chosen.", right)
	}
	if odd+partly > 0 || best > 0 && best != full {
		d.warn(d.e, "The weights are not kept: the best option counts, the others are worth nothing.")
	}
}

// multiple looks whether the weights are those by which Muster scores: a right
// pick adds its share, a wrong one takes as much away.
func (d *draft) multiple(weights []float64) {
	right := 0
	for _, w := range weights {
		if w > 0 {
			right++
		}
	}
	share := full / float64(max(right, 1))
	if slices.ContainsFunc(weights, func(w float64) bool { return !alike(math.Abs(w), share) }) && right > 0 {
		d.warn(d.e, "The weights are not kept: each right pick is worth the same, and a wrong one takes as much away.")
	}
}

func (d *draft) trueFalse() bool {
	q := &d.item.Question
	q.Kind = question.TrueFalse
	for _, a := range d.e.Children("answer") {
		value, feedback := strings.ToLower(d.plain(a)) == "true", d.text(a.Child("feedback"))
		if d.weight(a) > 0 {
			q.Truth, q.RightFeedback = &value, feedback
		} else if feedback != "" {
			q.Wrong = &question.Mistake{Feedback: feedback}
		}
	}
	if q.Truth == nil {
		return d.fail(d.e, "Neither true nor false is right.")
	}
	return true
}

func (d *draft) match() bool {
	q := &d.item.Question
	q.Kind = question.Match
	for _, s := range d.e.Children("subquestion") {
		left, answer := d.text(s), s.Child("answer")
		right := ""
		if answer != nil && formatOf(s) == formatMarkdown {
			right = d.source(answer)
		} else if answer != nil {
			right = interchange.FromPlain(d.plain(answer))
		}
		switch {
		case right == "" && left != "":
			return d.fail(s, "Nothing belongs to “%s”.", interchange.Quote(left))
		case right == "":
		case left == "":
			q.Extra = append(q.Extra, question.Choice{Text: right})
		default:
			q.Pairs = append(q.Pairs, question.Pair{Left: left, Right: right})
		}
	}
	if len(q.Pairs) == 0 {
		return d.fail(d.e, "There is no pair to match.")
	}
	return true
}

// order reads items whose weights are their places.
func (d *draft) order() bool {
	q := &d.item.Question
	q.Kind = question.Order
	answers := d.e.Children("answer")
	slices.SortStableFunc(answers, func(a, b *element.Element) int {
		x, _ := number(a.Value("fraction"))
		y, _ := number(b.Value("fraction"))
		return cmp.Compare(x, y)
	})
	for _, a := range answers {
		text := d.text(a)
		if text == "" {
			d.warn(a, "An item has no text; it is left out.")
			continue
		}
		if feedback := d.text(a.Child("feedback")); feedback != "" {
			d.warn(a, "The feedback for an item is left out: “%s”.", interchange.Quote(feedback))
		}
		q.Sequence = append(q.Sequence, question.Choice{Text: text})
	}
	if len(q.Sequence) < 2 {
		return d.fail(d.e, "There are fewer than two items to put in order.")
	}
	if wrong := d.general(d.e.Child("incorrectfeedback")); wrong != "" {
		q.Mistakes = []question.Mistake{{Feedback: wrong}}
	}
	if some := d.e.Child("selecttype"); some != nil && !slices.Contains([]string{"", "0", "ALL"}, some.Plain()) {
		d.warn(some, "All items are asked, not some of them drawn.")
	}
	return true
}
