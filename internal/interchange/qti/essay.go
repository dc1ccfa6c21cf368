package qti

import (
	"regexp"
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

const (
	essayName  = "extendedTextInteraction"
	wordsClass = "max-words-" // begins the class that says how many words are asked for
	letters    = 6            // of a word, with the space after it
)

var wordsIn = regexp.MustCompile(`(?:^|\s)` + wordsClass + `([0-9]{1,9})(?:\s|$)`)

// essay reads a question that a person marks.
func (d *draft) essay(ask *element.Element) bool {
	q := &d.item.Question
	q.Kind, q.Stem = question.Essay, d.stem(ask)
	d.field(ask)
	var foreign []string
	for _, block := range d.scorers {
		if !d.ours(block) {
			foreign = append(foreign, d.text(block))
		}
	}
	if text := strings.TrimSpace(strings.Join(foreign, "\n")); len(q.Rubric) > 0 && text != "" {
		d.warn(ask, "More that scorers are told is left out: “%s”.", interchange.Quote(text))
	} else if len(q.Rubric) == 0 {
		d.findings.Markers(ask.Line, &d.item, text, d.worth())
	}
	d.sample(ask)
	d.findings.Essay(&d.item)
	return true
}

// field reads how long the text may be, and finds what is said of its field that
// it is not here.
func (d *draft) field(ask *element.Element) {
	if found := wordsIn.FindStringSubmatch(ask.Value("class")); found != nil {
		d.item.Question.MaxWords, _ = strconv.Atoi(found[1])
	} else if length := ask.Value("expectedLength"); length != "" {
		d.note(ask, "About %s characters are expected there; say how many words, if it matters.", interchange.Quote(length))
	}
	if height := ask.Value("expectedLines"); height != "" {
		d.note(ask, "The field has %s lines there; here it grows.", interchange.Quote(height))
	}
	if ask.Value("format") == "xhtml" {
		d.note(ask, "The answer is plain text here, without marks such as bold.")
	}
	if mask := ask.Value("patternMask"); mask != "" {
		d.warn(ask, "The form that the answer must have is left out: “%s”.", interchange.Quote(mask))
	}
	if begins := ask.Value("placeholderText"); begins != "" {
		d.warn(ask, "What stands in the empty field is left out: “%s”.", interchange.Quote(begins))
	}
	answer := d.answer(ask)
	if answer.cardinality != "" && answer.cardinality != "single" {
		d.warn(ask, "Several texts are asked for there; here it is one.")
	}
	if answer.base == "integer" || answer.base == "float" {
		d.warn(ask, "A number is asked for there; here it is a text.")
	}
}

// sample takes the right response for a model answer.
func (d *draft) sample(ask *element.Element) {
	q, answer := &d.item.Question, d.answer(ask)
	text := strings.Join(answer.correct, paragraphEnd)
	switch {
	case text == "":
	case q.Model == "":
		q.Model = interchange.FromPlain(text)
		d.note(ask, "The right response of the item is the model answer here.")
	default:
		d.warn(ask, "The right response of the item is left out: “%s”.", interchange.Quote(text))
	}
	if len(answer.mapped) > 0 {
		d.warn(ask, "What certain responses are worth is left out: a person marks the answer.")
	}
}

// worth is what the item gives at most, 1 where it does not say.
func (d *draft) worth() float64 {
	for _, e := range d.root.Children("outcomeDeclaration") {
		switch e.Value("identifier") {
		case scorable:
			if most, ok := number(e.Value("normalMaximum")); ok {
				return most
			}
		case "MAXSCORE":
			if most, ok := number(e.Child("defaultValue", "value").Plain()); ok {
				return most
			}
		}
	}
	return 1
}

// marked finds rules for scoring, which an essay here has none of.
func (d *draft) marked(rules *element.Element) {
	scores := rules.All(func(e *element.Element) bool {
		return e.Name != "responseCondition" && e.Value("identifier") == scorable || strings.HasPrefix(e.Name, "lookup")
	})
	if len(scores) > 0 || rules.Value("template")+rules.Value("templateLocation") != "" {
		d.warn(rules, "The item has rules for scoring; here a person marks the answer.")
	}
}

// essay writes a field for a text, and for scorers the rubric and the model answer.
func (c *composed) essay(q question.Question) {
	c.points = max(question.RubricPoints(q), 1)
	c.ask = element.New(essayName, "responseIdentifier", name1, "format", "plain")
	c.ask.Stacked(element.New("prompt").With(flow(q.Stem)...))
	if q.MaxWords > 0 {
		c.ask.Set("class", wordsClass+strconv.Itoa(q.MaxWords))
		c.ask.Set("expectedLength", strconv.Itoa(letters*q.MaxWords))
	}
	c.declare(name1, "single", "string", nil, nil)
	c.stem = blocksOf(q)
}

// scoring declares what a response is worth.
func (c *composed) scoring(v version) *element.Element {
	e := outcome(scorable, "single", "float")
	if c.points > 0 {
		e.Set("normalMaximum", strconv.Itoa(c.points))
		if v.kebab {
			e.Set("externalScored", "human")
		}
	}
	return e
}
