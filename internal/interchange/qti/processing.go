package qti

import (
	"strconv"

	"muster/internal/interchange/element"
)

// feedbackOutcome holds the identifiers of the feedback that is shown.
const feedbackOutcome = "FEEDBACK"

// feedback writes the rules that show feedback, and the feedback; no rules where
// there is none.
func (c *composed) feedback(explanation string) (rules, texts []*element.Element) {
	show := func(id, text string) *element.Element {
		e := element.New("modalFeedback", "outcomeIdentifier", feedbackOutcome, "identifier", id, "showHide", "show")
		texts = append(texts, e.With(flow(text)...))
		return value("identifier", id)
	}
	set := func(more *element.Element) *element.Element {
		return element.New("setOutcomeValue", "identifier", feedbackOutcome).With(element.New("multiple").With(variable(feedbackOutcome), more))
	}
	if c.inline {
		rules = append(rules, set(variable(name1)))
	}
	for i, s := range c.told {
		if s.text != "" {
			branch := element.New("responseIf").With(s.when, set(show("FEEDBACK_"+strconv.Itoa(i+1), s.text)))
			rules = append(rules, element.New("responseCondition").With(branch))
		}
	}
	if explanation != "" {
		rules = append(rules, set(show(always, explanation)))
	}
	return rules, texts
}

// processing writes the rules for scoring and for feedback; a template where one
// says it all.
func (c *composed) processing(v version, rules []*element.Element) *element.Element {
	e := element.New("responseProcessing")
	if c.points > 0 {
		if len(rules) == 0 {
			return nil
		}
		return e.Stacked(rules...)
	}
	if len(rules) == 0 && c.right == nil && (c.score == nil || c.score.Name == "mapResponse") {
		template := "match_correct"
		if c.score != nil {
			template = "map_response"
		}
		if v.kebab {
			template += ".xml"
		}
		e.Set("template", v.templates+template)
		return e
	}
	give := func(worth *element.Element) *element.Element {
		return element.New("setOutcomeValue", "identifier", scorable).With(worth)
	}
	if c.score != nil {
		return e.Stacked(give(c.score)).With(rules...)
	}
	right := c.right
	if right == nil {
		right = matches(name1)
	}
	yes := element.New("responseIf").With(right, give(value("float", "1")))
	no := element.New("responseElse").With(give(value("float", "0")))
	return e.Stacked(element.New("responseCondition").Stacked(yes, no)).With(rules...)
}

func variable(name string) *element.Element { return element.New("variable", "identifier", name) }

func value(base, text string) *element.Element {
	return element.New("baseValue", "baseType", base).With(element.Run(text))
}

func matches(name string) *element.Element {
	return element.New("match").With(variable(name), element.New("correct", "identifier", name))
}

func worth(name string) *element.Element { return element.New("mapResponse", "identifier", name) }

func no(when *element.Element) *element.Element { return element.New("not").With(when) }
