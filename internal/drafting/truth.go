package drafting

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"muster/internal/question"
)

// change is a way to make a true sentence false.
type change struct {
	at       span   // bytes of the sentence
	to       string // what stands there in the false statement
	was      string
	other    string // a third reading, for the reasons
	what     string // for Why
	weight   float64
	semantic string // misconception
}

// truthDrafts makes statements that are true or false: a term changed for its
// sibling in the glossary or for another that the document defines, a "not" taken
// out, a word changed on which the sense turns.
func (m *material) truthDrafts() []candidate {
	var all []candidate
	for _, s := range m.sentences {
		if s.doubt || s.alone < 0.6 || len(s.stems) < 4 || len(words(s.plain)) > 28 || commonPuff(s.plain) > 0.2 || address.MatchString(s.plain) || strings.Contains(s.plain, ":") || praise.MatchString(s.plain) {
			continue
		}
		for _, find := range []func(sentence) (change, bool){m.definedChange, m.siblingChange, negationChange, m.cueChange} {
			if ch, ok := find(s); ok {
				all = append(all, m.truthDraft(s, ch))
				break
			}
		}
	}
	return all
}

// ofSort tells a sentence that only says of what sort a thing is: that is true of
// its siblings too.
var ofSort = regexp.MustCompile(`^ (?:is|are) (?:an?|one of|among)(?: [\w-]+){1,7}\.?$`)

// siblingChange swaps the term that a sentence is about for its sibling.
func (m *material) siblingChange(s sentence) (change, bool) {
	for _, f := range s.spoken {
		term := s.plain[f.start:f.end]
		e := m.lexicon.entries[f.entry]
		if f.start > 4 || e.qualified || isAcronym(term) && strings.Contains(strings.ToLower(s.plain), strings.ToLower(e.name)) || m.tooCommon(term) || !leads(s.plain, f) || ofSort.MatchString(s.plain[f.end:]) || plural(term) != plural(e.name) {
			continue
		}
		var others []string
		kin, related := m.lexicon.siblings(e)
		if related == 0 {
			continue
		}
		for _, o := range kin {
			if near := bagOf(o.name); len(others) < 2 && !near.within(bagOf(e.name)) && !bagOf(e.name).within(near) && near.shared(s.stems) < len(near) &&
				plural(o.name) == plural(e.name) && countable(o) == countable(e) && len(strings.Fields(o.name)) <= 4 {
				others = append(others, m.glossaryCase(o.name))
			}
		}
		if len(others) < 2 {
			continue
		}
		to, other := others[0], others[1]
		if f.start == 0 {
			to = upperFirst(to)
		}
		return change{at: f.span, to: to, was: term, other: other, what: fmt.Sprintf("the term “%s” is changed for “%s”", term, to), weight: 0.85,
			semantic: fmt.Sprintf("Takes %s for %s.", others[0], term)}, true
	}
	return change{}, false
}

// definedChange swaps the term that a sentence defines for another that the
// document defines.
func (m *material) definedChange(s sentence) (change, bool) {
	i := slices.IndexFunc(m.defined, func(d define) bool { return d.place == s.place })
	if i < 0 || !strings.HasPrefix(s.plain, upperFirst(m.defined[i].term)) || gives(m.defined[i].term, m.defined[i].meaning) {
		return change{}, false
	}
	d := m.defined[i]
	if d.known && !m.tooCommon(bare(d.term)) {
		return change{}, false // the glossary has siblings of it
	}
	var others []string
	for _, o := range append(slices.Clone(m.defined), m.meanings(i, d)...) {
		if o.place != d.place && !slices.Contains(others, o.term) && be(o.term) == be(d.term) && articles[firstWord(o.term)] == articles[firstWord(d.term)] && len(others) < 2 &&
			bagOf(o.term).shared(bagOf(d.term)) == 0 && bagOf(o.term).shared(bagOf(d.meaning)) == 0 {
			others = append(others, o.term)
		}
	}
	if len(others) < 2 {
		return change{}, false
	}
	to := upperFirst(others[0])
	return change{at: span{0, len(d.term)}, to: to, was: upperFirst(d.term), other: upperFirst(others[1]), weight: 0.85,
		what: fmt.Sprintf("the term “%s” is changed for “%s”", d.term, to), semantic: fmt.Sprintf("Takes %s for %s.", others[0], d.term)}, true
}

// countable guesses from the definition whether a term takes an article.
func countable(e entry) bool {
	d := strings.ToLower(e.definition)
	return (strings.HasPrefix(d, "a ") || strings.HasPrefix(d, "an ")) && !strings.HasPrefix(d, "a few ")
}

type rewrite struct {
	from  *regexp.Regexp
	to    string
	other string
}

// negations are cues with what is left when the "not" is taken out.
var negations = []rewrite{
	{regexp.MustCompile(`\b(is|are|was|were|must) not\b`), "$1", ""},
	{regexp.MustCompile(`\bcannot\b`), "can", "need not"},
	{regexp.MustCompile(`\bdo not have to\b`), "have to", "may"},
	{regexp.MustCompile(`\bdoes not have to\b`), "has to", "may"},
	{regexp.MustCompile(`\bneed not\b`), "must", "can only"},
	{regexp.MustCompile(`\b(?:do|does) not ([a-z]+)\b`), "$1", ""},
	{regexp.MustCompile(`\bno longer\b`), "still", ""},
	{regexp.MustCompile(`\bnever\b`), "sometimes", "always"},
}

// truism tells what nobody would deny.
var truism = regexp.MustCompile(`^(?:While|Although|Though) |\b(?:overlooked|underestimated|overstated|ignored|denied|enough)\b`)

// negationChange takes a "not" out of a sentence.
func negationChange(s sentence) (change, bool) {
	for _, n := range negations {
		all := n.from.FindAllStringSubmatchIndex(s.plain, -1)
		if len(all) != 1 || strings.Contains(s.plain, "not only") || strings.Contains(s.plain, "not just") || truism.MatchString(s.plain) || strings.Count(s.plain, " not ") > 1 {
			continue
		}
		at := all[0]
		was := s.plain[at[0]:at[1]]
		to := string(n.from.ExpandString(nil, n.to, s.plain, at))
		if strings.HasPrefix(was, "does not") && n.other == "" {
			to = third(to)
		}
		return change{at: span{at[0], at[1]}, to: to, was: was, other: n.other, what: fmt.Sprintf("“%s” is changed for “%s”", was, to), weight: 0.75,
			semantic: "Takes what the passage rules out for what it says."}, true
	}
	return change{}, false
}

// third puts a verb into the third person.
func third(verb string) string {
	switch {
	case verb == "have":
		return "has"
	case verb == "be":
		return "is"
	case strings.HasSuffix(verb, "o"), strings.HasSuffix(verb, "ch"), strings.HasSuffix(verb, "sh"), strings.HasSuffix(verb, "ss"), strings.HasSuffix(verb, "x"):
		return verb + "es"
	case strings.HasSuffix(verb, "y") && len(verb) > 2 && !strings.ContainsAny(verb[len(verb)-2:len(verb)-1], "aeiou"):
		return verb[:len(verb)-1] + "ies"
	}
	return verb + "s"
}

// cues are words whose change turns a rule round.
var cues = []rewrite{
	{regexp.MustCompile(`\bmust\b`), "may", "should"},
	{regexp.MustCompile(`\bbefore\b`), "after", "during"},
	{regexp.MustCompile(`\bafter\b`), "before", "during"},
	{regexp.MustCompile(`\balways\b`), "sometimes", "never"},
	{regexp.MustCompile(`\bunarmed\b`), "armed", "civilian"},
	{regexp.MustCompile(`\bthe Security Council\b`), "the General Assembly", "the Secretary-General"},
	{regexp.MustCompile(`\bthe General Assembly\b`), "the Security Council", "the Secretary-General"},
	{regexp.MustCompile(`\bThe Security Council\b`), "The General Assembly", "The Secretary-General"},
	{regexp.MustCompile(`\bThe General Assembly\b`), "The Security Council", "The Secretary-General"},
	{regexp.MustCompile(`\bthe host State\b`), "the mission", "a regional body"},
	{regexp.MustCompile(`\bThe host State\b`), "The mission", "A regional body"},
}

// temporal tells before and after in time from before somebody.
var temporal = regexp.MustCompile(`^(?:before|after) (?:[a-z]+ing\b|deployment|he\b|she\b|the (?:attack|war|vote|end|start|mission|talks|arrest|trial|fighting))`)

// cueChange changes one word on which the sense turns.
func (m *material) cueChange(s sentence) (change, bool) {
	for _, c := range cues {
		all := c.from.FindAllStringIndex(s.plain, -1)
		if len(all) != 1 || strings.Contains(s.plain, "not only") || strings.Contains(s.plain, "only the ") {
			continue
		}
		was := s.plain[all[0][0]:all[0][1]]
		if (was == "before" || was == "after") && !temporal.MatchString(s.plain[all[0][0]:]) || (was == "must" || was == "only") && !m.namesThing(s) {
			continue
		}
		return change{at: span{all[0][0], all[0][1]}, to: c.to, was: was, other: c.other, what: fmt.Sprintf("“%s” is changed for “%s”", was, c.to), weight: 0.6,
			semantic: fmt.Sprintf("Reads “%s” as “%s”.", was, c.to)}, true
	}
	return change{}, false
}

// withArticle gives what stands before a changed word, with the article that the
// new word needs.
func withArticle(before, word string) string {
	for _, a := range []string{"A ", "a ", "An ", "an "} {
		if before == a || strings.HasSuffix(before, " "+a) {
			head := strings.TrimSuffix(before, a) + a[:1]
			if strings.ContainsAny(strings.ToLower(word[:1]), "aeio") {
				return head + "n "
			}
			return head + " "
		}
	}
	return before
}

const asItStands = "The statement is right as it stands"

// truthDraft states the sentence, changed or not, and asks for the reason.
func (m *material) truthDraft(s sentence, ch change) candidate {
	changed := withArticle(s.plain[:ch.at.start], ch.to) + ch.to + s.plain[ch.at.end:]
	truth := number(s.plain)%2 == 0
	instead := func(phrase string) string { return fmt.Sprintf("It should say “%s”", phrase) }
	other := "It is right for some missions only"
	if ch.other != "" {
		other = instead(ch.other)
	}
	quote := fmt.Sprintf("The passage says: “%s”", s.plain)
	yes, no := instead(ch.to), asItStands
	stem, key := changed, question.Option{Text: instead(ch.was), Feedback: "Right. " + quote}
	if truth {
		stem, key = s.plain, question.Option{Text: asItStands, Feedback: "Right. " + quote}
		no = yes
	}
	others := []wrong{{no, ch.semantic, "No. " + quote}, {other, "Looks for the fault in the right place, but finds the wrong word.", "No. " + quote}}
	q := question.Question{
		Kind: question.TrueFalse, Bloom: "understand", Difficulty: 2, Stem: stem, Truth: &truth,
		Wrong: &question.Mistake{Misconception: ch.semantic, Feedback: quote}, RightFeedback: "Right. " + quote,
		Options: options([]question.Option{key}, others), Explanation: m.explain(s.place, s.plain),
	}
	return candidate{
		rule: TrueFalse, places: []place{s.place}, q: q, fact: s.plain,
		parts: Parts{Alone: s.alone, Term: ch.weight * max(0.2, 1-2*commonPuff(s.plain)), Distractors: ch.weight, Length: lengthFit(s.plain)},
		why:   fmt.Sprintf("The sentence states a fact; in the false form %s.", ch.what),
	}
}
