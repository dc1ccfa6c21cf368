package drafting

import (
	"slices"
	"strings"
)

// entry is a glossary term with its names.
type entry struct {
	at         int      // place in the glossary
	name       string   // without what stands in brackets
	names      []string // all names, the long one first
	definition string   // first sentence, without its stop and its "In X:" label
	see        []string
	qualified  bool // it has a meaning of its own in one field only: "Support (HRDDP)"
}

// lexicon finds the terms of a glossary.
type lexicon struct {
	entries []entry
	byStem  map[string][]int // first stem of a name → entries
	byName  map[string]int
}

func newLexicon(glossary []Term) lexicon {
	l := lexicon{byStem: map[string][]int{}, byName: map[string]int{}}
	for _, t := range glossary {
		e := entry{at: len(l.entries), definition: gist(t.Definition), see: t.See}
		e.name, e.names = namesOf(t.Name)
		e.qualified = strings.Contains(t.Name, "(") && len(e.names) == 1
		if e.name == "" {
			continue
		}
		for _, n := range e.names {
			if stems := stemsOf(n); len(stems) > 0 && !slices.Contains(l.byStem[stems[0]], e.at) {
				l.byStem[stems[0]] = append(l.byStem[stems[0]], e.at)
			}
			l.byName[strings.ToLower(n)] = e.at
		}
		l.byName[strings.ToLower(t.Name)] = e.at
		l.entries = append(l.entries, e)
	}
	return l
}

// namesOf takes "Rules of engagement (ROE)" apart. What stands in brackets is a
// name only where it is an abbreviation.
func namesOf(name string) (string, []string) {
	long, rest, found := strings.Cut(name, "(")
	long = strings.TrimSpace(long)
	names := []string{long}
	if short := strings.TrimSuffix(strings.TrimSpace(rest), ")"); found && isAcronym(short) && !strings.Contains(short, " ") &&
		spells(long, short) {
		names = append(names, short)
	}
	return long, names
}

// gist is the first sentence of a definition as a phrase.
func gist(definition string) string {
	text := []rune(definition)
	spans := sentences(text)
	if len(spans) == 0 {
		return ""
	}
	first := strings.TrimRight(string(text[spans[0].start:spans[0].end]), ". ")
	if label, rest, found := strings.Cut(first, ": "); found && len(words(label)) <= 8 &&
		(strings.HasPrefix(label, "In ") || strings.HasPrefix(label, "Under ")) {
		first = rest
	}
	return first
}

// stemsOf gives the words of a name without their plural.
func stemsOf(text string) []string {
	ws := words(text)
	for i, w := range ws {
		ws[i] = singular(w)
	}
	return ws
}

// found is a term within a text: a byte span.
type found struct {
	entry int
	span
}

// find gives the terms of a text, the longest where they overlap.
func (l lexicon) find(text string) []found {
	var hits []found
	spans := wordSpans(text)
	stems := make([]string, len(spans))
	for i, s := range spans {
		stems[i] = singular(text[s.start:s.end])
	}
	for i := 0; i < len(spans); i++ {
		best, length := -1, 0
		for _, e := range l.byStem[stems[i]] {
			for _, name := range l.entries[e].names {
				if n := prefixed(stems[i:], stemsOf(name)); n > length && fits(text, spans[i:i+n], name) {
					best, length = e, n
				}
			}
		}
		if best >= 0 {
			hits = append(hits, found{best, span{spans[i].start, spans[i+length-1].end}})
			i += length - 1
		}
	}
	return hits
}

// fits keeps a capitalised short name from being found in a common word, and a
// name from reaching over punctuation that it does not have.
func fits(text string, spans []span, name string) bool {
	written := text[spans[0].start:spans[len(spans)-1].end]
	if isAcronym(name) && !strings.Contains(name, " ") {
		return strings.TrimSuffix(written, "s") == name
	}
	return strings.ContainsAny(name, ",;:") || !strings.ContainsAny(written, ",;:.")
}

func prefixed(stems, name []string) int {
	if len(name) == 0 || len(name) > len(stems) || !slices.Equal(stems[:len(name)], name) {
		return 0
	}
	return len(name)
}

// lookup finds the entry with a name.
func (l lexicon) lookup(name string) (entry, bool) {
	hits := l.find(name)
	if len(hits) != 1 || hits[0].start != 0 || hits[0].end != len(name) {
		return entry{}, false
	}
	return l.entries[hits[0].entry], true
}

// siblings gives related entries, the nearest first: those that the entry names,
// those that name it, those that share a word with it, those that its relatives
// name. related says how many are of the first three sorts.
func (l lexicon) siblings(of entry) (all []entry, related int) {
	var near []entry
	taken := map[int]bool{of.at: true}
	add := func(i int) {
		if i >= 0 && i < len(l.entries) && !taken[i] {
			taken[i] = true
			near = append(near, l.entries[i])
		}
	}
	for _, name := range of.see {
		if i, ok := l.byName[strings.ToLower(name)]; ok {
			add(i)
		}
	}
	own := bagOf(of.name)
	for i, e := range l.entries {
		if slices.ContainsFunc(e.see, func(n string) bool { at, ok := l.byName[strings.ToLower(n)]; return ok && at == of.at }) {
			add(i)
		}
	}
	for i, e := range l.entries {
		if own.shared(bagOf(e.name)) > 0 {
			add(i)
		}
	}
	related = len(near)
	for _, e := range near[:related] {
		for _, name := range e.see {
			if i, ok := l.byName[strings.ToLower(name)]; ok {
				add(i)
			}
		}
	}
	for d := 1; d <= 3; d++ {
		add(of.at - d)
		add(of.at + d)
	}
	return near, related
}

// akin gives entries for a term that the glossary does not have: those that
// share a word with it or with what it means, the most first.
func (l lexicon) akin(term, meaning string) []entry {
	own, said := bagOf(term), bagOf(meaning)
	type ranked struct {
		e entry
		n int
	}
	var near []ranked
	for _, e := range l.entries {
		b := bagOf(e.name)
		if n := 3*own.shared(b) + 3*kin(term, e.name) + said.shared(bagOf(e.definition)); n > 0 && !b.within(own) && !own.within(b) {
			near = append(near, ranked{e, n})
		}
	}
	slices.SortStableFunc(near, func(a, b ranked) int { return b.n - a.n })
	var entries []entry
	for _, r := range near[:min(8, len(near))] {
		entries = append(entries, r.e)
	}
	return entries
}

// kin is 1 for words of one root, such as peacekeeping and peacemaking.
func kin(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if len(a) > 5 && len(b) > 5 && a[:5] == b[:5] {
		return 1
	}
	return 0
}
