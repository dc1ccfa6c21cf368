package drafting

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"muster/internal/question"
)

// membershipDrafts asks what a list does not name, and what it names.
func (m *material) membershipDrafts() []candidate {
	var all []candidate
	for i, l := range m.lists {
		if l.alone < 0.6 {
			continue // it lends its items to others
		}
		if !m.tells(l) {
			continue
		}
		strangers := m.strangers(i, l)
		if c, ok := m.notNamed(l, strangers); ok {
			all = append(all, c)
		}
		if c, ok := m.named(l, strangers); ok && (len(l.items) >= 4 || len(l.places) > 1 || c.parts.Distractors > 0.6 && classOf(strangers[0]) == classOf(l.items[0]) && classOf(l.items[0]) != people) {
			all = append(all, c)
		}
	}
	return append(append(all, m.completionDrafts()...), m.headDrafts()...)
}

// tells says whether what a list leaves out can be known: in prose a list of
// people, of tools or of good deeds leaves out much that fits as well.
func (m *material) tells(l list) bool {
	if l.run {
		return true
	}
	for _, item := range l.items {
		if c := classOf(item); c == people || c == tools || isName(item) {
			return false
		}
	}
	if commonPuff(l.about) > 0.25 {
		return false
	}
	switch who, _, _ := strings.Cut(l.about, gap); {
	case effect.MatchString(who), strings.HasSuffix(l.question, "as a way in which this is done?"), strings.Contains(who, " by "):
		return false
	case l.form == nounForm:
		return m.special(who) || who == ""
	default:
		return m.special(who)
	}
}

// effect tells what something leads to: who knows to what else?
var effect = regexp.MustCompile(`\b(?:hinder|impede|affect|enhance|improve|undermine|allow|foster)s?(?: for)? $`)

// shares says whether another list names a thing that this one names.
func (l list) shares(o list) bool {
	return l.all.shared(o.all) > 0 && slices.ContainsFunc(l.cut, func(a bag) bool {
		return slices.ContainsFunc(o.cut, func(b bag) bool { return a.within(b) || b.within(a) })
	})
}

// strangers are items of other lists of the document that could stand in this
// one but do not: of the same shape, about the same length, with no word of
// their own in common with the list, and not said in its section.
func (m *material) strangers(i int, l list) []string {
	here := m.sectionBag(l.section)
	mean := 0
	for _, item := range l.items {
		mean += len(item)
	}
	mean /= len(l.items)
	class := classOf(l.items[0])
	type ranked struct {
		text string
		rank float64
	}
	var pool []ranked
	others := slices.Clone(m.lists)
	if l.run {
		others = append(others, m.loose...)
	}
	for j, o := range others {
		if j == i || m.close(l, o) || o.form != l.form || l.roots.alike(o.roots) > 0.5 || l.shares(o) {
			continue
		}
		for k, item := range o.items {
			fresh := len(o.bags[k]) - o.bags[k].shared(here)
			if fresh == 0 || o.cut[k].shared(l.roots) > 0 || !l.takes(item) || !l.bears(item, class) {
				continue
			}
			rank := closeness(strings.Repeat("x", mean), strings.Repeat("x", len(item))) + float64(fresh)/float64(len(o.bags[k]))
			if classOf(item) == class {
				rank += 0.6
			}
			if o.bad == l.bad {
				rank += 0.5
			}
			rank += float64(number(l.text+item)%100) / 250 // so that not one item stands in every list
			pool = append(pool, ranked{item, rank})
		}
	}
	slices.SortStableFunc(pool, func(a, b ranked) int { return cmp.Compare(b.rank, a.rank) })
	var texts []string
	for _, p := range pool[:min(12, len(pool))] {
		texts = append(texts, p.text)
	}
	if len(texts) < 2 && l.form == nounForm && class != trouble && mean < 26 {
		texts = append(texts, m.termStrangers(l, here, l.roots)...)
	}
	return texts
}

// close says whether two lists are too near in the document: what stands two
// sections on is often said of the same thing.
func (m *material) close(l, o list) bool {
	d := max(l.section-o.section, o.section-l.section)
	return d == 0 || d <= 2 && !l.run && len(m.doc.Sections) > 8
}

// bears says whether an item can mislead in a list without being one of its own:
// people, tools, opponents and praise fit anywhere or nowhere.
func (l list) bears(item string, class int) bool {
	c := classOf(item)
	switch {
	case c == people, c == tools, opponents.MatchString(item), commonPuff(item) > 0.3:
		return false
	case len(content(item)) < 2 && len(content(l.items[0])) > 1:
		return false
	}
	return l.run || (c == trouble) == (class == trouble)
}

// takes says whether an item has the shape of those of the list: a noun phrase
// among noun phrases, a name among names, an abbreviation among abbreviations.
func (l list) takes(item string) bool {
	own := l.items[0]
	switch {
	case strings.ContainsAny(item, ":;()“”"), address.MatchString(item), imperatives[firstWord(item)]:
		return false
	case l.form != toForm && !nominal([]string{item}), shapeOf(item) != shapeOf(own), isAcronym(firstOf(item)) != isAcronym(firstOf(own)):
		return false
	case isName(item) != isName(own), isName(item) && (len(words(item)) > 1) != (len(words(own)) > 1):
		return false
	}
	return true
}

// termStrangers are glossary terms that could stand in a list of short items.
func (m *material) termStrangers(l list, here, own bag) []string {
	var texts []string
	from := int(number(l.text) % uint32(max(1, len(m.lexicon.entries))))
	for i := range m.lexicon.entries {
		name := m.glossaryCase(m.lexicon.entries[(from+i)%len(m.lexicon.entries)].name)
		b := bagOf(name)
		if len(b) == 0 || b.shared(here) > 0 || b.roots().shared(own) > 0 || shapeOf(name) != nounForm || isName(name) || isAcronym(name) || !m.lends(l, name) {
			continue
		}
		if texts = append(texts, name); len(texts) == 4 {
			break
		}
	}
	return texts
}

// lends says whether a term may be lent to a list: to one of single words where
// it has the ending and the number of one of them; in a short document, which has
// few lists of its own, where it has as many words.
func (m *material) lends(l list, name string) bool {
	own, one := l.items[0], len(words(name)) == 1
	if len(m.sentences) < 20 {
		return !isName(own) && plural(name) == plural(own) && one == (len(words(own)) == 1) && len(words(name)) <= 3
	}
	end := ending(name)
	return one && len(end) > 2 && slices.ContainsFunc(l.items, func(item string) bool {
		return len(words(item)) == 1 && !isName(item) && ending(item) == end && plural(item) == plural(name)
	})
}

// isName says whether an item is written as a name, with a capital that is not
// that of an abbreviation.
func isName(item string) bool {
	ws := words(bare(item))
	return len(ws) > 0 && isCapital(ws[0]) && !isAcronym(ws[0])
}

// opponents are people with whom a mission does not work.
var opponents = regexp.MustCompile(`(?i)\b(?:armed|hostile|terrorist|criminal|rebel|extremist|militia|factions|networks|spoilers|combatants|aggressors)\b`)

// classes of items, so that a list of people is offered people and a list of
// troubles troubles.
var classes = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\b(?:lack|insufficient|inadequate|limited|constraints?|violence|threats?|fragmentation|weak|resistance|instability|shortages?|risks?|rivalr\w+|limitations?|restrictions?|mistrust|warfare|terrorism|crimes?)\b`),
	regexp.MustCompile(`(?i)\b(?:officials?|leaders?|partners?|authorities|agencies|organi[sz]ations?|personnel|troops|stakeholders|states?|nations?|forces?|community|communities|society|police|entities|groups|networks|factions|elements|peacekeepers|staff|governments?|armies|offices|judiciary|institutions|enforcement)$`),
	regexp.MustCompile(`(?i)\b(?:drones?|satellite|imagery|analytics|systems?|technolog\w+|communications?|data|cyber\w*|surveillance|vehicles|equipment)\b`),
}

// people is the class of officials, groups and bodies, tools that of equipment:
// what one list of them leaves out may well belong there too.
const (
	trouble = 0
	people  = 1
	tools   = 2
)

func classOf(item string) int {
	for i, c := range classes {
		if c.MatchString(item) {
			return i
		}
	}
	return len(classes)
}

// sectionBag has the words of a section.
func (m *material) sectionBag(section int) bag {
	b := bag{}
	for _, p := range m.doc.Sections[section].Passages {
		for _, s := range content(p.Text) {
			b[s] = true
		}
	}
	return b
}

// notNamed asks for the one that the list does not name.
func (m *material) notNamed(l list, strangers []string) (candidate, bool) {
	if len(strangers) == 0 {
		return candidate{}, false
	}
	key := upperFirst(strangers[0])
	var pool []wrong
	for _, item := range l.items {
		pool = append(pool, wrong{upperFirst(item), "Overlooks that this is on the list.", fmt.Sprintf("This is on the list: “%s”", l.text)})
	}
	others, quality := pick(key, pool, 3)
	if others == nil {
		return candidate{}, false
	}
	stem := strings.ReplaceAll(l.question, "{not}", "NOT")
	q := single(stem, key, "Right: the passage does not name this here.", others, m.explain(l.places[0], l.text))
	return candidate{
		rule: Membership, places: l.places, q: q, fact: l.text,
		parts: Parts{Alone: l.alone, Term: m.listWeight(l), Distractors: quality, Length: lengthFit(stem)},
		why:   fmt.Sprintf("The passage names %d things side by side; the key comes from another list of the document.", len(l.items)),
	}, true
}

// named asks for all that the list names.
func (m *material) named(l list, strangers []string) (candidate, bool) {
	var pool []wrong
	for _, s := range strangers {
		pool = append(pool, wrong{upperFirst(s), "Adds to the list what belongs elsewhere.", fmt.Sprintf("The list does not have this: “%s”", l.text)})
	}
	others, quality := pick(l.items[0], pool, 2)
	if others == nil {
		return candidate{}, false
	}
	var keys []question.Option
	for _, item := range l.items[:min(4, len(l.items))] {
		keys = append(keys, question.Option{Text: upperFirst(item), Feedback: "Right: it is on the list."})
	}
	if len(keys)+len(others) > 6 || clash(keys, others) {
		return candidate{}, false
	}
	stem := strings.NewReplacer(
		"Which of these is {not} one of them?", "Which of these are among them?",
		"Which of these does {not} belong", "Which of these belong", "Which of these is {not}", "Which of these are", "as something that", "as things that", "as a way in", "as ways in",
	).Replace(l.question) + " Choose all that apply."
	q := question.Question{
		Kind: question.Multiple, Bloom: "remember", Difficulty: 2, Stem: stem, Options: options(keys, others), Explanation: m.explain(l.places[0], l.text),
	}
	return candidate{
		rule: Membership, places: l.places, q: q, fact: l.text,
		parts: Parts{Alone: l.alone, Term: m.listWeight(l), Distractors: quality * 0.9, Length: lengthFit(stem)},
		why:   fmt.Sprintf("The passage names %d things side by side; the wrong options come from other lists of the document.", len(l.items)),
	}, true
}

func clash(keys []question.Option, others []wrong) bool {
	seen := map[string]bool{}
	for _, k := range keys {
		seen[question.Fold(k.Text)] = true
	}
	return slices.ContainsFunc(others, func(w wrong) bool { return seen[question.Fold(w.text)] })
}

// listWeight is higher for lists whose items are short and weighty.
func (m *material) listWeight(l list) float64 {
	w := 0.0
	for _, item := range l.items {
		w += 1 - commonPuff(item)
	}
	w /= float64(len(l.items))
	return w * max(0.3, 1-commonPuff(l.question))
}
