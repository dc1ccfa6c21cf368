package drafting

import (
	"regexp"
	"strings"
)

var (
	adjectiveEnd = regexp.MustCompile(`(?:ic|ical|ial|nal|ual|cal|ous|ive|ful|less|able|ible|military|local|joint|sound|global|civil|coordinated|targeted|integrated|related)$`)
	nounEnd      = set("logistics public proposal arrival official officials police initiative representative alternative perspective individual criminal signal journal animal withdrawal traffic clinic epidemic approval")
	afterNoun    = regexp.MustCompile(` (?:used|provided|required|needed|necessary|faced|posed|exploited|conducive|perceived|aimed|affected|resulting|that|which|who|while|through|within|across) .*$`)
	adverbEnd    = regexp.MustCompile(` (?:often|also|all|usually|both|effectively|directly|fully)$`)
	purpose      = regexp.MustCompile(` (?:to|for|in|at|from|during) .*$`)
	ingNouns     = set("ongoing training drinking cooking peacekeeping peacebuilding peacemaking funding meeting building planning policing morning evening warning housing briefing vetting fighting killing money-laundering longstanding governing existing conflicting evolving emerging lasting fluctuating ongoing growing")
)

// tidy cuts what trails behind the last item of an enumeration: "financial
// resources used by terrorists" are financial resources.
func tidy(items []string) []string {
	n := len(items) - 1
	if n < 2 {
		return items
	}
	longest := 0
	for _, item := range items[:n] {
		longest = max(longest, len(words(item)))
	}
	last := items[n]
	for _, cut := range []*regexp.Regexp{afterNoun, purpose} {
		if len(words(last)) > longest+1 {
			if short := cut.ReplaceAllString(last, ""); len(content(short)) > 0 && !halves[strings.ToLower(short)] {
				last = short
			}
		}
	}
	items[n] = last
	for i := range items {
		items[i] = adverbEnd.ReplaceAllString(items[i], "")
	}
	return items
}

// halves are nouns that say nothing without what they are of or to.
var halves = set("access lack respect commitment contribution right obstacle threat support need")

// nominal says whether all items are noun phrases, or all begin with an -ing
// form: no verb, no lone adjective whose noun stands elsewhere.
func nominal(items []string) bool {
	if len(items) == 0 {
		return false
	}
	shape := shapeOf(items[0])
	for _, item := range items {
		ws := words(item)
		if len(content(item)) == 0 || shapeOf(item) != shape {
			return false
		}
		for i, w := range ws {
			lower := strings.ToLower(w)
			if finite[lower] || lower == "that" || lower == "which" || lower == "elsewhere" || lower == "also" || i > 0 && isVerb(w) && !nounVerbs[lower] || i == 0 && verbal(lower) {
				return false
			}
		}
		if last := strings.ToLower(ws[len(ws)-1]); shape == nounForm && adjectiveEnd.MatchString(last) && !nounEnd[last] {
			return false
		}
	}
	return true
}

// nounVerbs are verbs that are nouns as often.
var nounVerbs = set("support supports demand demands influence watch face limit limits use uses name names offer offers count counts cover address respect exercise treat advise")

// verbal says whether a word that opens an item is likely a verb.
func verbal(w string) bool {
	return isVerb(w) && !nounVerbs[w] || strings.HasSuffix(w, "ize") || strings.HasSuffix(w, "ise") && w != "expertise" && w != "exercise" && w != "enterprise" ||
		moreVerbs[w]
}

var moreVerbs = set("preempt set carry demonstrate build rebuild ensure reinforce create aid fill begin recognise share identify detect prioritize integrate adjust train align adapt advise boost bolster build contribute disrupt empower stop end send bar spoil put")
