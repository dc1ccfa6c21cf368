package drafting

import "strings"

// afterAny reads an enumeration that ends a sentence behind any preposition or
// verb that we know: "… collaborates with a, b and c".
func (m *material) afterAny(l *list, text string) bool {
	items := enumerate2(text)
	if len(items) < 3 {
		return false
	}
	first := items[0]
	from := boundary(first)
	if from < 0 {
		return false
	}
	items[0] = first[from:]
	shape := shapeOf(items[0])
	for _, item := range items {
		n, w := len(words(item)), firstWord(item)
		if n == 0 || n > 7 || prepositions[w] || pronouns[w] || consequence[w] || shapeOf(item) != shape || verbal(w) || len(content(item)) == 0 {
			return false
		}
	}
	lead := first[:from]
	if len(words(lead)) < 3 || shapeOf(lead) == ingForm || strings.Contains(lead, ",") && !commaOpener(lead) {
		return false
	}
	return m.gapped(l, items, lead+gap+".")
}

// subjects reads an enumeration that opens a sentence: "a, b and c pose a threat".
func (m *material) subjects(l *list, text string) bool {
	at := strings.Index(text, ", ")
	and := strings.Index(text, " and ")
	if at < 0 || and < at {
		return false
	}
	tail := text[and+5:]
	spans := wordSpans(tail)
	for i, s := range spans {
		w := tail[s.start:s.end]
		if i == 0 || i > 5 || !finite[w] && !isVerb(w) {
			continue
		}
		items := strings.Split(strings.TrimSuffix(text[:and], ","), ", ")
		items = append(items, strings.TrimSpace(tail[:s.start]))
		items[0] = m.inner(items[0])
		for _, item := range items {
			if n := len(words(item)); n == 0 || n > 6 || !subject(upperFirst(item)) && shapeOf(item) != ingForm || prepositions[firstWord(item)] || isVerb(firstWord(item)) {
				return false
			}
		}
		one := strings.HasSuffix(w, "s") && w != "does" // a verb of one thing: the list is not its subject
		return !one && len(items) >= 3 && len(content(tail[s.start:])) >= 3 && m.gapped(l, items, gap+" "+tail[s.start:]+".")
	}
	return false
}

// predicates reads "X does a, does b and does c": each item is a verb with what
// belongs to it.
func (m *material) predicates(l *list, text string) bool {
	items := enumerate2(text)
	if len(items) < 3 {
		return false
	}
	for _, item := range items[1:] {
		if !verbal(firstWord(item)) || len(words(item)) > 10 {
			return false
		}
	}
	first := items[0]
	for i, s := range wordSpans(first) {
		if w := first[s.start:s.end]; i > 0 && i < 8 && verbal(strings.ToLower(w)) && subject(first[:s.start]) {
			items[0], l.form = first[s.start:], toForm
			return m.gapped(l, items, first[:s.start]+gap+".")
		}
	}
	return false
}

func (m *material) gapped(l *list, items []string, sentence string) bool {
	seen := map[string]bool{}
	if len(content(sentence)) < 3 {
		return false // nothing tells what belongs there
	}
	for _, item := range items {
		if w := firstWord(item); seen[strings.ToLower(item)] || strings.Contains(item, ": ") || prepositions[w] || w == "then" || w == "only" {
			return false
		}
		seen[strings.ToLower(item)] = true
	}
	l.items, l.about = items, sentence
	l.question = "Which of these does {not} belong in the gap? “" + sentence + "”"
	return true
}

// enumerate2 is enumerate without the limit on the first item, which still has
// the lead of the sentence before it.
func enumerate2(text string) []string {
	at := strings.Index(text, ", ")
	for commaOpener(text[:max(at, 0)]+", ") && at > 0 {
		next := strings.Index(text[at+2:], ", ")
		if next < 0 {
			return nil
		}
		at += 2 + next
	}
	if at < 0 {
		return nil
	}
	from := strings.LastIndex(text[:at], " ") + 1
	items := enumerate(text[from:])
	if items == nil {
		return nil
	}
	items[0] = text[:at]
	return items
}

// commaOpener says whether a comma only closes an opening phrase: "By doing so, ".
func commaOpener(lead string) bool {
	w := firstWord(lead)
	return strings.Count(lead, ", ") == 1 && prepositions[w] && len(words(lead)) < 16
}

// boundary finds where the first item of an enumeration begins: behind the last
// preposition or verb.
func boundary(first string) int {
	spans := wordSpans(first)
	for i := len(spans) - 2; i >= 0 && i >= len(spans)-7; i-- {
		w := strings.ToLower(first[spans[i].start:spans[i].end])
		if prepositions[w] && w != "of" || isVerb(w) {
			if w == "to" {
				return -1
			}
			return spans[i+1].start
		}
		if w == "of" && i > 0 {
			before := strings.ToLower(first[spans[i-1].start:spans[i-1].end])
			if ofHeads[before] {
				return spans[i+1].start
			}
		}
		if finite[w] || w == "that" || w == "which" {
			return -1
		}
	}
	return -1
}

// ofHeads are nouns behind whose "of" an enumeration may begin.
var ofHeads = set("movement kinds forms sharing principles services means flow lack use range provision protection promotion support")

// isVerb knows the verbs that enumerations follow or hold.
func isVerb(word string) bool { return verbs[strings.ToLower(word)] }

var verbs = verbForms(`include involve encompass comprise cover require provide support protect promote face address combine integrate conduct
	monitor receive employ contain demand hinder pose treat watch advise facilitate assist establish deploy enhance foster improve reduce strengthen
	maintain create collect affect influence threaten offer deliver oversee observe verify inspect investigate stress serve grapple count join
	expect allow enable prevent deter undermine complicate impede restrict limit possess exercise enjoy govern recall welcome bind carry respect ensure collaborate engage adapt utilize mitigate contribute operate necessitate exemplify
	demonstrate underscore highlight illustrate discourage diminish complement inform shape`)

func verbForms(bases string) map[string]bool {
	forms := map[string]bool{}
	for w := range set(bases) {
		forms[w], forms[third(w)] = true, true
	}
	for _, noun := range []string{"support", "demand", "limit", "offers", "supports", "demands", "limits", "watch", "counts", "influence"} {
		if noun == "supports" || noun == "demands" {
			continue
		}
		delete(forms, noun)
	}
	forms["support"], forms["demand"] = true, true
	return forms
}
