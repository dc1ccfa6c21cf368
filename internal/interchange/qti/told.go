package qti

import (
	"slices"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
)

// Feedback in QTI is shown when an outcome holds its identifier, which rules put
// there. A rule is known by what it asks, in these words:
//
//	right R    the response is wholly right        is R v    it is the value v
//	wrong R    it is not                           lacks R v it does not hold v
//	none R     it is worth nothing
const (
	asRight = "right "
	asWrong = "wrong "
	asIs    = "is "
	asLacks = "lacks "
	asNone  = "none "
)

// told is the feedback of an item.
type told struct {
	by   map[string][]string         // identifiers, by the rule that shows them
	text map[string]*element.Element // by identifier
	used map[string]bool
}

// remarks reads the feedback and the rules that show it.
func (d *draft) remarks() told {
	t := told{by: map[string][]string{}, text: map[string]*element.Element{}, used: map[string]bool{}}
	for _, m := range d.root.Children("modalFeedback") {
		if id := m.Value("identifier"); m.Value("showHide") != "hide" && t.text[id] == nil {
			t.text[id] = m
		} else {
			d.warn(m, "Feedback is left out: “%s”.", interchange.Quote(m.Plain()))
		}
	}
	for _, c := range d.root.Child("responseProcessing").All(element.Named("responseCondition")) {
		rule := ""
		for _, branch := range c.Children("responseIf", "responseElseIf", "responseElse") {
			if branch.Name != "responseElse" {
				rule = ruleOf(branch)
			} else if of, ok := strings.CutPrefix(rule, asRight); ok {
				rule = asWrong + of
			} else {
				continue
			}
			for _, set := range branch.Children("setOutcomeValue") {
				for _, v := range set.All(element.Named("baseValue")) {
					if id := v.Plain(); t.text[id] != nil {
						t.by[rule] = append(t.by[rule], id)
					}
				}
			}
		}
	}
	return t
}

// ruleOf says in words what a branch asks; "" for what is not known.
func ruleOf(branch *element.Element) string {
	asks := branch.Children()
	if len(asks) == 0 {
		return ""
	}
	ask, not := asks[0], false
	if ask.Name == "not" && len(ask.Children()) == 1 {
		ask, not = ask.Children()[0], true
	}
	names, mapped, values := ask.Child("variable").Value("identifier"), ask.Child("mapResponse").Value("identifier"), ask.Child("baseValue").Plain()
	switch {
	case ask.Name == "match" && ask.Child("correct") != nil && not:
		return asWrong + names
	case ask.Name == "member" && not:
		return asLacks + names + " " + values
	case not:
		return ""
	case ask.Child("correct") != nil:
		return asRight + names
	case ask.Name == "equal" && mapped != "" && values == "0":
		return asNone + mapped
	case slices.Contains([]string{"match", "equal", "stringMatch", "member"}, ask.Name):
		return asIs + names + " " + values
	}
	return ""
}

// when gives the feedback that a rule shows.
func (t *told) when(d *draft, rule string) string {
	var said []string
	for _, id := range t.by[rule] {
		t.used[id] = true
		if text := d.text(t.text[id]); text != "" && !slices.Contains(said, text) {
			said = append(said, text)
		}
	}
	return strings.Join(said, "\n")
}

// chosen gives the feedback for an option, which may bear its identifier.
func (t *told) chosen(d *draft, response, id string) string {
	said := t.when(d, asIs+response+" "+id)
	if e := t.text[id]; said == "" && e != nil {
		t.used[id] = true
		said = d.text(e)
	}
	return said
}

// always is the identifier of the feedback that is shown in any case.
const always = "EXPLANATION"

// explanation gives the feedback that is shown in any case.
func (t *told) explanation(d *draft) string {
	for _, e := range d.root.Children("modalFeedback") {
		id := e.Value("identifier")
		if !t.used[id] && t.text[id] == e && slices.Contains([]string{always, "SOLUTION", "GENERAL"}, strings.ToUpper(id)) {
			t.used[id] = true
			return d.text(e)
		}
	}
	return ""
}

// rest finds the feedback that has no place.
func (t *told) rest(d *draft) {
	for _, e := range d.root.Children("modalFeedback") {
		if id := e.Value("identifier"); t.text[id] == e && !t.used[id] {
			d.warn(e, "Feedback is left out: “%s”.", interchange.Quote(e.Plain()))
		}
	}
}

// operators are those in whose rules the key and the shares are all there is.
var operators = []string{
	"responseCondition", "responseIf", "responseElseIf", "responseElse", "setOutcomeValue", "match", "variable", "correct", "baseValue", "mapResponse",
	"sum", "multiple", "not", "member", "equal", "stringMatch", "isNull", "and",
}

// scored finds rules for scoring that are not those of Muster.
func (d *draft) scored() {
	rules := d.root.Child("responseProcessing")
	if d.item.Question.Kind.Marked() {
		d.marked(rules)
		return
	}
	template := strings.TrimSuffix(rules.Value("template")+rules.Value("templateLocation"), ".xml")
	own := rules.All(func(e *element.Element) bool { return !slices.Contains(operators, e.Name) })
	if len(own) > 0 || template != "" && !strings.HasSuffix(template, "match_correct") && !strings.HasSuffix(template, "map_response") {
		d.warn(rules, "The item has its own rules for scoring; here the key alone counts.")
	}
}
