package qti

import (
	"fmt"
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

// composed is an item that is being written, with the names of 2.1.
type composed struct {
	declared []*element.Element
	stem     []*element.Element // blocks before the interaction
	ask      *element.Element   // nil where the stem holds the fields
	score    *element.Element   // what the response is worth; nil = 1 where it is right, else 0
	right    *element.Element   // when it is right; nil = where it matches the key
	inline   bool               // options bear feedback
	points   int                // that a person gives for the response; 0 = the program scores it
	told     []said
}

// said is feedback with the rule that shows it.
type said struct {
	when *element.Element
	text string
}

// name1 is the response of an item that has one.
const name1 = "RESPONSE"

// itemOf writes one item; false for a kind that QTI does not know.
func (v version) itemOf(n int, item interchange.Item) (*element.Element, bool) {
	q := item.Question
	c := &composed{}
	if !c.compose(q) {
		return nil, false
	}
	title := q.Title
	if title == "" {
		title = interchange.TitleOf(q.Stem)
	}
	root := element.New(itemName, "xmlns", v.namespace, "identifier", fmt.Sprintf("%s%04d", titleless, n), "title", title,
		"adaptive", "false", "timeDependent", "false").Stacked(c.declared...)
	if item.ID != "" {
		root.Set("label", item.ID)
	}
	root.With(c.scoring(v))
	rules, feedback := c.feedback(q.Explanation)
	if rules != nil {
		root.With(outcome(feedbackOutcome, "multiple", "identifier"))
	}
	body := element.New("itemBody").Stacked(c.stem...)
	if v.kebab {
		wrapRubrics(body)
	}
	for i, m := range item.Media {
		body.With(element.New("p").With(element.New("img", "src", address("../"+pictureName(n, i, m.Name)), "alt", m.Alt)))
	}
	root.With(body.With(c.ask), c.processing(v, rules))
	for _, f := range feedback {
		if v.kebab {
			f.Kids = []*element.Element{element.New("contentBody").With(element.New("p").With(f.Kids...))}
		}
		root.With(f)
	}
	return root, true
}

func outcome(name, cardinality, base string) *element.Element {
	return element.New("outcomeDeclaration", "identifier", name, "cardinality", cardinality, "baseType", base)
}

func paragraph(markdown string) *element.Element { return element.New("p").With(flow(markdown)...) }

// declare writes the declaration of a response.
func (c *composed) declare(name, cardinality, base string, correct []string, mapped []entry, limits ...string) {
	e := element.New("responseDeclaration", "identifier", name, "cardinality", cardinality, "baseType", base).Stacked()
	if len(correct) > 0 {
		key := element.New("correctResponse").Stacked()
		for _, value := range correct {
			key.With(element.New("value").With(element.Run(value)))
		}
		e.With(key)
	}
	if len(mapped) > 0 {
		mapping := element.New("mapping", append([]string{"defaultValue", "0"}, limits...)...).Stacked()
		for _, m := range mapped {
			entry := element.New("mapEntry", "mapKey", m.key, "mappedValue", shortest(m.value))
			if base == "string" {
				entry.Set("caseSensitive", "false")
			}
			mapping.With(entry)
		}
		e.With(mapping)
	}
	c.declared = append(c.declared, e)
}

// compose writes what belongs to the kind of a question.
func (c *composed) compose(q question.Question) bool {
	switch q.Kind {
	case question.Single, question.Multiple, question.Judgement:
		c.choice(q)
	case question.TrueFalse:
		c.truth(q)
	case question.Match:
		c.match(q)
	case question.Order:
		c.order(q)
	case question.Numeric:
		if q.Answer == nil {
			return false
		}
		c.numeric(q)
	case question.Cloze:
		return c.cloze(q)
	case question.Essay:
		c.essay(q)
	default:
		return false
	}
	return true
}

// prompted makes an interaction with the stem as its prompt.
func (c *composed) prompted(name string, q question.Question, attributes ...string) {
	c.ask = element.New(name, append([]string{"responseIdentifier", name1, "shuffle", "true"}, attributes...)...)
	c.ask.Stacked(element.New("prompt").With(flow(q.Stem)...))
}

// option writes an option, with feedback that is shown when it is chosen.
func (c *composed) option(id, text, feedback string) {
	e := element.New("simpleChoice", "identifier", id).With(flow(text)...)
	if feedback != "" {
		c.inline = true
		e.With(element.New("feedbackInline", "outcomeIdentifier", feedbackOutcome, "identifier", id, "showHide", "show").With(flow(feedback)...))
	}
	c.ask.With(e)
}

func (c *composed) choice(q question.Question) {
	right := 0.0
	for _, o := range q.Options {
		if o.Correct {
			right++
		}
	}
	cardinality, most := "single", "1"
	if q.Kind == question.Multiple {
		cardinality, most = "multiple", "0"
	}
	c.prompted("choiceInteraction", q, "maxChoices", most)
	var correct []string
	var mapped []entry
	for i, o := range q.Options {
		id := "choice_" + strconv.Itoa(i+1)
		c.option(id, o.Text, o.Feedback)
		share := 0.0
		switch {
		case q.Kind == question.Judgement:
			share = float64(o.Grade) / 3
		case o.Correct:
			share = 1 / right
		case right > 0:
			share = -1 / right
		}
		if o.Correct || o.Grade == 3 {
			correct = append(correct, id)
		}
		mapped = append(mapped, entry{id, share})
	}
	switch q.Kind {
	case question.Single:
		mapped = nil
	case question.Multiple:
		c.score = worth(name1)
		c.declare(name1, cardinality, "identifier", correct, mapped, "lowerBound", "0", "upperBound", "1")
		return
	default:
		c.score = worth(name1)
	}
	c.declare(name1, cardinality, "identifier", correct, mapped)
}

func (c *composed) truth(q question.Question) {
	truth, wrong := q.Truth != nil && *q.Truth, ""
	if q.Wrong != nil {
		wrong = q.Wrong.Feedback
	}
	c.prompted("choiceInteraction", q, "maxChoices", "1")
	c.ask.Set("shuffle", "false")
	for _, is := range []bool{true, false} {
		text, feedback := "False", wrong
		if is {
			text = "True"
		}
		if is == truth {
			feedback = q.RightFeedback
		}
		c.option(strconv.FormatBool(is), text, feedback)
	}
	c.declare(name1, "single", "identifier", []string{strconv.FormatBool(truth)}, nil)
}

func (c *composed) order(q question.Question) {
	c.prompted("orderInteraction", q)
	var correct []string
	for i, item := range q.Sequence {
		id := "item_" + strconv.Itoa(i+1)
		c.option(id, item.Text, "")
		correct = append(correct, id)
	}
	if len(q.Mistakes) > 0 {
		c.told = append(c.told, said{no(matches(name1)), q.Mistakes[0].Feedback})
	}
	c.declare(name1, "ordered", "identifier", correct, nil)
}

func (c *composed) match(q question.Question) {
	c.prompted("matchInteraction", q, "maxAssociations", strconv.Itoa(len(q.Pairs)))
	lefts, rights := element.New("simpleMatchSet").Stacked(), element.New("simpleMatchSet").Stacked()
	ids := map[string]string{}
	right := func(text string) string {
		if ids[text] == "" {
			ids[text] = "right_" + strconv.Itoa(len(ids)+1)
			rights.With(element.New("simpleAssociableChoice", "identifier", ids[text], "matchMax", "0").With(flow(text)...))
		}
		return ids[text]
	}
	var correct []string
	var mapped []entry
	for i, p := range q.Pairs {
		left := "left_" + strconv.Itoa(i+1)
		lefts.With(element.New("simpleAssociableChoice", "identifier", left, "matchMax", "1").With(flow(p.Left)...))
		key := left + " " + right(p.Right)
		correct = append(correct, key)
		mapped = append(mapped, entry{key, 1 / float64(len(q.Pairs))})
		c.told = append(c.told, said{no(element.New("member").With(value("directedPair", key), variable(name1))), p.Feedback})
	}
	for _, e := range q.Extra {
		right(e.Text)
	}
	c.ask.With(lefts, rights)
	c.score = worth(name1)
	c.declare(name1, "multiple", "directedPair", correct, mapped)
}

func (c *composed) numeric(q question.Question) {
	right := shortest(q.Answer.Value)
	var mapped []entry
	for _, m := range q.Mistakes {
		if m.Value != nil {
			key := shortest(*m.Value)
			mapped = append(mapped, entry{key: key})
			c.told = append(c.told, said{element.New("equal", "toleranceMode", "exact").With(variable(name1), value("float", key)), m.Feedback})
		}
	}
	c.declare(name1, "single", "float", []string{right}, mapped)
	c.right = element.New("equal", "toleranceMode", "exact").With(variable(name1), element.New("correct", "identifier", name1))
	if wide := shortest(q.Answer.Tolerance); q.Answer.Tolerance > 0 {
		c.right.Set("toleranceMode", "absolute")
		c.right.Set("tolerance", wide+" "+wide)
	}
	field := element.New("p").With(element.New("textEntryInteraction", "responseIdentifier", name1))
	if q.Answer.Unit != "" {
		field.With(element.Run(" "), element.New("span", "class", unitClass).With(element.Run(q.Answer.Unit)))
	}
	c.stem = []*element.Element{paragraph(q.Stem), field}
}

// cloze writes fields into the stem. It is false where they are not as many as
// the gaps.
func (c *composed) cloze(q question.Question) bool {
	block := paragraph(q.Stem)
	c.stem = []*element.Element{block}
	c.score = element.New("sum").Stacked()
	n := 0
	gapped(block, func() *element.Element {
		n++
		return element.New("textEntryInteraction", "responseIdentifier", name1+"_"+strconv.Itoa(n))
	})
	for i, b := range q.Blanks {
		name := name1 + "_" + strconv.Itoa(i+1)
		var mapped []entry
		for _, text := range b.Accepted {
			mapped = append(mapped, entry{text, 1 / float64(len(q.Blanks))})
		}
		for _, m := range b.Mistakes {
			mapped = append(mapped, entry{key: m.Text})
			is := element.New("stringMatch", "caseSensitive", "false").With(variable(name), value("string", m.Text))
			c.told = append(c.told, said{is, m.Feedback})
		}
		none := element.New("equal", "toleranceMode", "exact").With(worth(name), value("float", "0"))
		c.told = append(c.told, said{none, b.Feedback})
		c.declare(name, "single", "string", b.Accepted[:min(1, len(b.Accepted))], mapped)
		c.score.With(worth(name))
	}
	return n == len(q.Blanks)
}

// gapped puts fields into the places of the gaps.
func gapped(e *element.Element, field func() *element.Element) {
	var kids []*element.Element
	for _, kid := range e.Kids {
		gapped(kid, field)
		if kid.Name != "" {
			kids = append(kids, kid)
			continue
		}
		for i, text := range strings.Split(kid.Text, interchange.Blank) {
			if i > 0 {
				kids = append(kids, field())
			}
			if text != "" {
				kids = append(kids, element.Run(text))
			}
		}
	}
	e.Kids = kids
}
