package drafting

import (
	"regexp"
	"strings"
)

// oxford ends an enumeration within a sentence: ", and c".
var oxford = regexp.MustCompile(`, (?:and|or) `)

// anywhere reads an enumeration from within a sentence: "By sharing a, b, and c,
// states can …". The gap takes the whole of it.
func (m *material) anywhere(l *list, text string) bool {
	for _, at := range oxford.FindAllStringIndex(text, -1) {
		before := strings.Split(text[:at[0]], ", ")
		n := len(before)
		if n < 2 {
			continue
		}
		last := lastItem(text[at[1]:])
		items := []string{last}
		k := n - 1
		for ; k > 0 && len(words(before[k])) <= 5 && nominal([]string{before[k]}); k-- {
			items = append([]string{before[k]}, items...)
		}
		from := boundary(before[k])
		if from < 0 || last == "" {
			continue
		}
		first := before[k][from:]
		items = append([]string{first}, items...)
		lead := strings.Join(before[:k+1], ", ")
		lead = lead[:len(lead)-len(first)]
		rest := text[at[1]+len(last):]
		if len(items) < 3 || strings.HasPrefix(rest, " (") || strings.HasSuffix(firstWord(strings.TrimSpace(rest)), "ly") || len(content(last)) == 0 || len(words(first)) > 5 || !nominal(items) || len(words(lead+rest)) < 5 || headed(items) {
			continue
		}
		return m.gapped(l, items, lead+gap+rest+".")
	}
	return false
}

// lastItem is what belongs to the last item of an enumeration: up to a comma, a
// verb or a preposition other than "of".
func lastItem(tail string) string {
	spans := wordSpans(tail)
	end := 0
	for i, s := range spans {
		w := strings.ToLower(tail[s.start:s.end])
		if i > 0 && (strings.ContainsAny(tail[end:s.start], ",;:()") || finite[w] || isVerb(w) && !nounVerbs[w] || prepositions[w] && w != "of" ||
			subordinators[w] || pronouns[w] || w == "which" || w == "that" || w == "and" || w == "or" || w == "only" || w == "also" || w == "often" || strings.HasSuffix(w, "ly")) {
			break
		}
		end = s.end
		if i > 6 {
			return ""
		}
	}
	return tail[:end]
}

// headed says whether items are adjectives of one noun at the end: "military,
// police, and civilian components".
func headed(items []string) bool {
	last := items[len(items)-1]
	if len(words(last)) < 2 {
		return false
	}
	for _, item := range items[:len(items)-1] {
		ws := words(item)
		if w := strings.ToLower(ws[len(ws)-1]); len(ws) == 1 && (adjectiveEnd.MatchString(w) || w == "police" || strings.HasSuffix(w, "ed")) && !nounEnd[w] {
			return true
		}
	}
	return false
}

var (
	ingPhrase = regexp.MustCompile(`(?:, | and | by | through | includes? | involves? )([a-z]+ing [a-z][a-z' -]{5,48})[,.]`)
	// opponentPhrase names people with whom a mission does not work.
	opponentPhrase = regexp.MustCompile(`\b(?:multiple )?(?:armed|hostile|terrorist|criminal|rebel|extremist) (?:groups|networks|organi[sz]ations|factions|elements)\b`)
	toPhrase       = regexp.MustCompile(`(?:\bto|\bcan|\bhelp) ([a-z]+ [a-z][a-z' -]{5,48})[,.]`)
)

// loose gathers phrases of a form from all sentences, by section: strangers for
// lists of deeds, of which a document has few.
func (m *material) readLoose() {
	for _, s := range m.sentences {
		for _, x := range ingPhrase.FindAllStringSubmatch(s.plain, -1) {
			if p := strings.TrimSpace(x[1]); shapeOf(p) == ingForm && plainPhrase(p) && !consequence[firstWord(p)] {
				m.loose = append(m.loose, list{section: s.section, items: []string{p}, form: ingForm, text: s.plain}.weighed())
			}
		}
		for _, p := range opponentPhrase.FindAllString(s.plain, -1) {
			m.loose = append(m.loose, list{section: s.section, items: []string{p}, text: s.plain}.weighed())
		}
		for _, x := range toPhrase.FindAllStringSubmatch(s.plain, -1) {
			if p := strings.TrimSpace(x[1]); verbal(firstWord(p)) && plainPhrase(p) {
				m.loose = append(m.loose, list{section: s.section, items: []string{p}, form: toForm, text: s.plain}.weighed())
			}
		}
	}
}

// plainPhrase says whether a phrase is a verb with its object and no more.
func plainPhrase(p string) bool {
	ws := words(p)
	for _, w := range ws[1:] {
		if lower := strings.ToLower(w); finite[lower] || lower == "that" || lower == "which" || lower == "and" || lower == "their" || lower == "its" || lower == "these" {
			return false
		}
	}
	return len(ws) >= 2 && len(ws) <= 7 && !adjectiveEnd.MatchString(ws[len(ws)-1]) && len(content(p)) >= 2 && !prepositions[strings.ToLower(ws[1])]
}
