package drafting

import "strings"

// finite are verbs that no noun phrase of ours holds.
var finite = set(`is are was were has have had can could may might must will would should shall do does did be been not
	say says said make makes made give gives gave take takes took need needs want wants go goes come comes help helps`)

// subject says whether a phrase from the head of a sentence can be its whole
// subject: a noun phrase without verb, pronoun or comma.
func subject(phrase string) bool {
	ws := words(phrase)
	if len(ws) == 0 || len(ws) > 10 || strings.ContainsAny(phrase, ",;:()“”\"") || len(content(phrase)) == 0 {
		return false
	}
	first := strings.ToLower(ws[0])
	if pointers[first] || prepositions[first] || subordinators[first] || len(ws) > 1 && shapeOf(first) == ingForm {
		return false
	}
	for _, w := range ws {
		if w = strings.ToLower(w); finite[w] || pronouns[w] && w != "in" && w != "to" && w != "at" || w == "which" || w == "whose" {
			return false
		}
	}
	return !prepositions[strings.ToLower(ws[len(ws)-1])]
}

var (
	prepositions  = set("in on at by for from with under over during after before between among through to of as into since within across without against about like")
	subordinators = set("when if while because although though as since unless until whether once where who what how why")
)

// clause says whether a text has a verb that we know and does not open with an
// -ing form.
func clause(text string) bool {
	ws := words(text)
	if len(ws) == 0 || shapeOf(text) == ingForm {
		return false
	}
	for _, w := range ws[1:] {
		if finite[strings.ToLower(w)] || isVerb(w) || strings.HasSuffix(w, "ed") {
			return true
		}
	}
	return false
}

// headNoun is the noun that a phrase is about: the word before its first
// preposition.
func headNoun(phrase string) string {
	ws := words(phrase)
	for i, w := range ws {
		if i > 0 && prepositions[strings.ToLower(w)] {
			if i > 1 && strings.HasSuffix(ws[i-1], "ed") { // "challenges faced by"
				return ws[i-2]
			}
			return ws[i-1]
		}
	}
	if len(ws) == 0 {
		return ""
	}
	return ws[len(ws)-1]
}

// plural guesses whether a noun is one.
func plural(noun string) bool {
	n := strings.ToLower(noun)
	return strings.HasSuffix(n, "s") && !strings.HasSuffix(n, "ss") && !strings.HasSuffix(n, "us") && !strings.HasSuffix(n, "is") ||
		n == "people" || n == "children" || n == "women" || n == "men" || n == "personnel" || n == "police"
}

// the puts the article before a phrase that lacks one.
func the(phrase string) string {
	if w := firstWord(phrase); articles[w] || small[w] || isCapital(phrase) && !isAcronym(words(phrase)[0]) {
		return phrase
	}
	return "the " + phrase
}

// bare takes the article off a phrase.
func bare(phrase string) string {
	for _, a := range []string{"The ", "the ", "A ", "a ", "An ", "an "} {
		if rest := strings.TrimPrefix(phrase, a); rest != phrase {
			return rest
		}
	}
	return phrase
}

// commonPuff is the share of praise among the words that mean something.
func commonPuff(text string) float64 {
	n, all := 0, 0
	for _, w := range words(text) {
		w = strings.ToLower(w)
		if small[w] {
			continue
		}
		all++
		if puff[w] {
			n++
		}
	}
	if all == 0 {
		return 1
	}
	return float64(n) / float64(all)
}
