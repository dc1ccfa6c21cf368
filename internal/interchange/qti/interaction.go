package qti

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

// number reads a finite number.
func number(text string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return 0, false
	}
	return v, true
}

// alike says whether two shares are the same but for rounding.
func alike(a, b float64) bool { return math.Abs(a-b) < 0.0005 }

// askers read the interactions that a question can be.
var askers = map[string]func(*draft, *element.Element) bool{
	"choiceInteraction": (*draft).choice, "orderInteraction": (*draft).order, "matchInteraction": (*draft).match,
	"associateInteraction": (*draft).associate, "gapMatchInteraction": (*draft).gapMatch,
	essayName: (*draft).essay,
}

// asked reads the interactions of the item.
func (d *draft) asked(asks []*element.Element) bool {
	inline := 0
	for _, ask := range asks {
		if answer := d.answer(ask); len(ask.Kids)+len(answer.correct)+len(answer.mapped)+len(asks) > 10*interchange.MaxParts {
			return d.fail(ask, "The item has more parts than can be read.")
		}
		switch ask.Name {
		case "textEntryInteraction", "inlineChoiceInteraction":
			inline++
		default:
			if askers[ask.Name] == nil {
				return d.fail(ask, "<%s> cannot be kept.", interchange.Quote(ask.Name))
			}
		}
	}
	switch {
	case len(asks) == 0:
		d.item.Question.Stem = d.text(d.body)
		d.warn(d.body, "This is a text without a question; it is left out.")
		return false
	case inline == len(asks):
		return d.gaps(asks)
	case len(asks) > 1:
		return d.fail(asks[1], "The item asks several things, which a question here cannot.")
	}
	return askers[asks[0].Name](d, asks[0])
}

// choice reads options of which one or several are right.
func (d *draft) choice(ask *element.Element) bool {
	q := &d.item.Question
	answer, name := d.answer(ask), ask.Value("responseIdentifier")
	var ids []string
	for _, e := range ask.Children("simpleChoice") {
		id := e.Value("identifier")
		text, feedback := d.option(e)
		if text == "" {
			d.warn(e, "An option has no text; it is left out.")
			continue
		}
		if other := d.told.chosen(d, name, id); feedback == "" {
			feedback = other
		}
		ids = append(ids, id)
		q.Options = append(q.Options, question.Option{Text: text, Feedback: feedback, Correct: slices.Contains(answer.correct, id)})
	}
	q.Stem = d.stem(ask)
	if len(q.Options) < 2 {
		return d.fail(ask, "There are fewer than two options to choose from.")
	}
	if d.truth(answer, name, ids) {
		return true
	}
	q.Kind = question.Single
	if answer.cardinality == "multiple" && ask.Value("maxChoices") != "1" {
		q.Kind = question.Multiple
	}
	d.weighed(ask, answer, ids)
	return true
}

// truth makes a statement of the options true and false.
func (d *draft) truth(answer response, name string, ids []string) bool {
	q := &d.item.Question
	yes := slices.IndexFunc(ids, func(id string) bool { return strings.EqualFold(id, "true") })
	no := slices.IndexFunc(ids, func(id string) bool { return strings.EqualFold(id, "false") })
	if len(ids) != 2 || yes < 0 || no < 0 || q.Options[yes].Correct == q.Options[no].Correct || answer.cardinality == "multiple" {
		return false
	}
	right, wrong := q.Options[yes], q.Options[no]
	truth := right.Correct
	if !truth {
		right, wrong = wrong, right
	}
	q.Kind, q.Truth, q.Options = question.TrueFalse, &truth, nil
	q.RightFeedback = right.Feedback
	if said := d.told.when(d, asRight+name); q.RightFeedback == "" {
		q.RightFeedback = said
	}
	said := d.told.when(d, asWrong+name)
	if wrong.Feedback == "" {
		wrong.Feedback = said
	}
	if wrong.Feedback != "" {
		q.Wrong = &question.Mistake{Feedback: wrong.Feedback}
	}
	return true
}

// weighed settles the key by what the options are worth, where the item says so.
func (d *draft) weighed(ask *element.Element, answer response, ids []string) {
	q := &d.item.Question
	worth := make([]float64, len(ids))
	right := 0
	for i, id := range ids {
		worth[i] = answer.worth(id)
	}
	best := slices.Max(worth)
	for i := range q.Options {
		o := &q.Options[i]
		if len(answer.correct) == 0 {
			o.Correct = worth[i] > 0 && (q.Kind == question.Multiple || worth[i] == best)
		}
		if o.Correct {
			right++
		}
	}
	switch {
	case right == 0:
		d.warn(ask, "No option is right.")
		return
	case right > 1 && q.Kind == question.Single:
		d.warn(ask, "%d options are right, of which one is to be chosen. Decide which, or let several be chosen.", right)
	}
	if len(answer.mapped) == 0 || q.Kind == question.Single && d.judged(worth) {
		return
	}
	for i, o := range q.Options {
		usual := 0.0
		switch {
		case o.Correct:
			usual = best
		case q.Kind == question.Multiple:
			usual = -best
		}
		if !alike(worth[i], usual) {
			d.warn(ask, "What the options are worth is not kept: a right pick is worth the same as any other.")
			return
		}
	}
}

// judged makes a judgement of options of which some are worth a third or two.
func (d *draft) judged(worth []float64) bool {
	q := &d.item.Question
	partly := false
	for i, w := range worth {
		third := alike(w, 1.0/3) || alike(w, 2.0/3)
		if !third && w != 0 && w != 1 || q.Options[i].Correct != (w == 1) {
			return false
		}
		partly = partly || third
	}
	if !partly {
		return false
	}
	q.Kind = question.Judgement
	for i, w := range worth {
		q.Options[i].Correct, q.Options[i].Grade = false, int(math.Round(3*w))
	}
	return true
}

// order reads items to put in order.
func (d *draft) order(ask *element.Element) bool {
	q := &d.item.Question
	q.Kind = question.Order
	answer, name := d.answer(ask), ask.Value("responseIdentifier")
	texts := map[string]string{}
	choices := ask.Children("simpleChoice")
	for _, e := range choices {
		text, feedback := d.option(e)
		if feedback != "" {
			d.warn(e, "The feedback for an item is left out: “%s”.", interchange.Quote(feedback))
		}
		texts[e.Value("identifier")] = text
	}
	q.Stem = d.stem(ask)
	for _, id := range answer.correct {
		if text := texts[id]; text != "" {
			q.Sequence = append(q.Sequence, question.Choice{Text: text})
			delete(texts, id)
		}
	}
	switch {
	case len(q.Sequence) < 2:
		return d.fail(ask, "The item does not say in which order its parts belong.")
	case len(texts) > 0:
		d.warn(ask, "%d parts have no place in the right order; they are left out.", len(texts))
	}
	if wrong := d.told.when(d, asWrong+name); wrong != "" {
		q.Mistakes = []question.Mistake{{Feedback: wrong}}
	}
	return true
}

// match reads two lists.
func (d *draft) match(ask *element.Element) bool {
	sets := ask.Children("simpleMatchSet")
	if len(sets) != 2 {
		return d.fail(ask, "There are not two lists to match.")
	}
	return d.pairs(ask, sets[0].Children("simpleAssociableChoice"), sets[1].Children("simpleAssociableChoice"))
}

// associate reads one list in which pairs belong together: the first of each is
// the left-hand one.
func (d *draft) associate(ask *element.Element) bool {
	var firsts []string
	for _, value := range d.answer(ask).correct {
		if both := strings.Fields(value); len(both) == 2 {
			firsts = append(firsts, both[0])
		}
	}
	var lefts, rights []*element.Element
	for _, e := range ask.Children("simpleAssociableChoice") {
		if slices.Contains(firsts, e.Value("identifier")) {
			lefts = append(lefts, e)
		} else {
			rights = append(rights, e)
		}
	}
	d.warn(ask, "The pairs are found in one list there; here there are two.")
	return d.pairs(ask, lefts, rights)
}

// pairs reads what belongs together.
func (d *draft) pairs(ask *element.Element, lefts, rights []*element.Element) bool {
	q := &d.item.Question
	q.Kind = question.Match
	answer, name := d.answer(ask), ask.Value("responseIdentifier")
	keys := answer.correct
	for _, m := range answer.mapped {
		if len(answer.correct) == 0 && m.value > 0 {
			keys = append(keys, m.key)
		}
	}
	texts, spare := map[string]string{}, []string{}
	for _, e := range rights {
		texts[e.Value("identifier")], _ = d.option(e)
		spare = append(spare, e.Value("identifier"))
	}
	uneven := false
	for _, e := range lefts {
		id := e.Value("identifier")
		text, _ := d.option(e)
		var found []string
		for _, key := range keys {
			if both := strings.Fields(key); len(both) == 2 && both[0] == id && texts[both[1]] != "" {
				found = append(found, both[1])
			}
		}
		switch {
		case text == "":
			d.warn(e, "A part has no text; it is left out.")
			continue
		case len(found) != 1:
			return d.fail(e, "“%s” belongs to %d others; here it must be one.", interchange.Quote(text), len(found))
		}
		if key := id + " " + found[0]; len(answer.mapped) > 0 && !alike(answer.worth(key), answer.best()) {
			uneven = true
		}
		spare = slices.DeleteFunc(spare, func(s string) bool { return s == found[0] })
		q.Pairs = append(q.Pairs, question.Pair{Left: text, Right: texts[found[0]], Feedback: d.told.when(d, asLacks+name+" "+id+" "+found[0])})
	}
	if uneven {
		d.warn(ask, "Each pair is worth the same here.")
	}
	for _, id := range spare {
		if texts[id] != "" {
			q.Extra = append(q.Extra, question.Choice{Text: texts[id]})
		}
	}
	if q.Stem = d.stem(ask); len(q.Pairs) == 0 {
		return d.fail(ask, "There is no pair to match.")
	}
	return true
}
