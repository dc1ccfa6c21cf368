package drafting

import (
	"regexp"
	"strings"
)

// connectives open a sentence and can be left out of it.
var connectives = regexp.MustCompile(`^(?:Furthermore|Additionally|Moreover|Overall|Finally|Lastly|Consequently|Therefore|Thus|Hence|` +
	`However|Nevertheless|Ultimately|In essence|In addition|In conclusion|In fact|In short|For example|For instance|As a result|` +
	`Also|Similarly|Likewise|Notably|Importantly|Historically|Generally|Essentially|Collectively|First|Second|Third|So|But|And|Yet),? `)

// pointers begin sentences that lean on what was said before.
var pointers = set(`it this these they that those such he she his her its their them another others both here there
	neither either then nor instead otherwise only one two three many some most few several all none each not even`)

// meta tells talk about the text itself, and reports of what others have written.
var meta = regexp.MustCompile(`(?i)\b(?:(?:one|another|an|the|this|these|our|both|same|first|second|third|some|other|five|two|three|four|` +
	`later|older|training|every|each)(?: other| first| second| third| same| five| two)?(?: of (?:our|these|the|those))?(?: five)? (?:articles?|sources?|lessons?|texts?|` +
	`course|modules?|figure|table|example|passage|author|case stud(?:y|ies))\b)|\bthe [\w-]+ (?:article|source|lesson)\b|\b(?:see also|as (?:noted|shown|described|mentioned)|discussed|the following|on the other hand|` +
	`the former|the latter|listed below|above\b|below:|heads up|disclosure|AI)\b`)

// address tells sentences that speak to the reader or of the writer.
var address = regexp.MustCompile(`(?i)\b(?:you|your|yours|yourself|we|our|ours|us|I|my|me|let's)\b`)

// imperatives are verbs that open an instruction more often than a statement.
var imperatives = set(`ask use give keep write tell do don't look take make say report check note put send call go stay avoid
	agree let bring listen speak learn know record think watch find show pass plan hold move stop never start try work wait treat
	remember respect protect explain describe prepare greet follow choose split compare collect define build leave offer read see sort
	count mark walk turn set add change adapt observe be get help sum verify ensure imagine suppose consider quote step warn expect apply
	share thank allow begin draw name test train visit link trust accept refuse repeat return drop act always please skip`)

var spaces = regexp.MustCompile(`\s+`)

// standAlone gives a sentence in the form in which it can be quoted alone, and
// how far it can then be understood: 1 is wholly, 0 not at all. before are the
// sentences of its passage that come first.
func (m *material) standAlone(section int, text string, before []sentence) (string, float64) {
	plain := strings.Replace(spaces.ReplaceAllString(strings.TrimSpace(text), " "), ", on the other hand,", "", 1)
	if rest := connectives.ReplaceAllString(plain, ""); rest != plain {
		plain = upperFirst(rest)
	}
	ws := words(plain)
	if len(ws) < 4 || elsewhere(ws) || !isCapital(plain) || !strings.HasSuffix(plain, ".") || meta.MatchString(plain) || imperatives[strings.ToLower(ws[0])] ||
		strings.ContainsAny(plain, "…?!|") {
		return plain, 0
	}
	alone := 1.0
	if address.MatchString(plain) {
		alone = 0.3
	}
	if strings.ContainsAny(plain, "“”\"") {
		alone *= 0.6
	}
	if named, ok := theMission(plain, before); ok {
		plain, alone = named, alone*0.95
	} else if len(before) < len(m.sentences) {
		if named, ok := theMission(plain, m.section(section)); ok {
			plain, alone = named, alone*0.9
		}
	}
	if named, ok := m.pronoun(plain, before); ok {
		plain, alone = named, alone*0.85
	} else if resolved, ok := resolve(plain, before); ok {
		plain, alone = resolved, alone*0.9
	} else if pointers[strings.ToLower(ws[0])] {
		return plain, 0
	}
	return plain, alone * m.innerPointers(plain)
}

// elsewhere says whether a sentence begins with talk of another of something.
func elsewhere(ws []string) bool {
	for _, w := range ws[:3] {
		if w = strings.ToLower(w); w == "another" || w == "other" || w == "others" {
			return true
		}
	}
	return false
}

// demonstrative opens a sentence with a noun that the sentence before has named.
var demonstrative = regexp.MustCompile(`^(?:These|This|Such|Those|Its|Their) ([a-z][\w-]+)\b`)

// resolve puts the full name of the thing in place of "these missions", where a
// sentence before has it with its modifiers, or the heading.
func resolve(plain string, before []sentence) (string, bool) {
	at := demonstrative.FindStringSubmatchIndex(plain)
	if at == nil || strings.HasPrefix(plain, "Its") || strings.HasPrefix(plain, "Their") {
		return plain, false
	}
	noun := plain[at[2]:at[3]]
	for i := len(before) - 1; i >= 0; i-- {
		if name, ok := modified(before[i].plain, noun); ok {
			return upperFirst(name) + plain[at[3]:], true
		}
	}
	return plain, false
}

// opens is the subject of a sentence and the verb behind it.
var opens = regexp.MustCompile(`^([A-Z][^,;:()]{2,60}?) (?:is|are|was|were|has|have|can|may|must|do|does|often|typically|also|include|includes|involve|involves|play|plays|serve|serves|help|helps|refers|refer|means) `)

// pronoun puts the subject of the sentence just before in place of "They" or
// "It" at the head, where the number fits and the subject is a term of the
// glossary or an abbreviation: what else "it" is cannot be known by rule.
func (m *material) pronoun(plain string, before []sentence) (string, bool) {
	head, rest, _ := strings.Cut(plain, " ")
	if (head != "They" && head != "It") || len(before) == 0 {
		return plain, false
	}
	last := before[len(before)-1]
	parts := opens.FindStringSubmatch(last.plain)
	if parts == nil || last.alone == 0 || !subject(parts[1]) || strings.Contains(parts[1], " and ") || plural(headNoun(parts[1])) != (head == "They") ||
		subjectless.MatchString(rest) {
		return plain, false
	}
	some := head == "They" && last.first && len(words(parts[1])) <= 3 && len(words(parts[1])) > 1
	if _, known := m.lexicon.lookup(bare(parts[1])); !known && !isAcronym(bare(parts[1])) && !some {
		return plain, false
	}
	return parts[1] + " " + rest, true
}

// subjectless follows an "it" that stands for nothing: "it is said that".
var subjectless = regexp.MustCompile(`^(?:is|was|may be|can be|seems|takes|does not mean|helps to)\b.*\b(?:that|to|when|if|for)\b`)

// modified finds a noun with the words that go before it: "UN peacekeeping
// missions" for "missions". The number must be the same.
func modified(text, noun string) (string, bool) {
	spans := wordSpans(text)
	for i, s := range spans {
		if !strings.EqualFold(text[s.start:s.end], noun) {
			continue
		}
		from := i
		for from > 0 && i-from < 3 && modifies(text, spans[from-1], spans[from]) {
			from--
		}
		if from < i {
			if from > 1 && strings.EqualFold(text[spans[from-2].start:spans[from].start], "rule of ") {
				from -= 2
			}
			if before := strings.TrimRight(text[:spans[from].start], " "); strings.HasSuffix(before, " and") || strings.HasSuffix(before, " or") {
				return "", false // one of two
			}
			return text[spans[from].start:s.end], true
		}
	}
	return "", false
}

func modifies(text string, s, next span) bool {
	w := strings.ToLower(text[s.start:s.end])
	return text[s.end:next.start] == " " && !small[w] && !puff[w] && !pointers[w] && !strings.HasSuffix(w, "ly") && (!strings.HasSuffix(w, "ed") || isCapital(text[s.start:s.end])) && !verbal(w) &&
		(!strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "keeping") || strings.HasSuffix(w, "building")) &&
		(!strings.HasSuffix(w, "s") || isCapital(text[s.start:s.end]))
}

// leaning are words within a sentence that may point out of it.
var leaning = regexp.MustCompile(`(?i)\b(?:these|this|that|those|such|it|they|them|he|she|their|its|his|her|here|there|so)\b`)

// innerPointers lowers the worth of a sentence for words that may point out of
// it: much for "these efforts", little for a "their" after its noun.
func (m *material) innerPointers(plain string) float64 {
	worth := 1.0
	if partial.MatchString(firstEver.ReplaceAllString(plain, "")) || openerThenPronoun.MatchString(plain) || m.unknownSubject(plain) {
		worth = 0.55
	}
	for n, at := range leaning.FindAllStringIndex(plain, -1) {
		w := strings.ToLower(plain[at[0]:at[1]])
		switch {
		case w == "these" || w == "this" || w == "those" || w == "here":
			worth *= 0.5
		case w == "so" && strings.HasSuffix(plain[:at[0]], "do "):
			worth *= 0.5
		case w == "such" && strings.HasPrefix(plain[at[1]:], " as "), w == "that", w == "so", w == "there":
		case at[0] < 12 && n == 0:
			worth *= 0.5
		default:
			worth *= 0.9
		}
	}
	return worth
}

// partial points to a part of something that was said before.
var partial = regexp.MustCompile(`\b[Tt]he (?:two|three|four|five|first|second|third|same|others?|rest|list|line|picture|answer)\b`)

// firstEver is a first that names of what: "The first UN operation".
var firstEver = regexp.MustCompile(`^The first (?:[a-z]+ )?[A-Z]\w+`)

// openerThenPronoun is "By doing so, they".
var openerThenPronoun = regexp.MustCompile(`^[^,]+, (?:they|it|he|she|this|these) `)

var definite = regexp.MustCompile(`^The ([a-z]+) (?:is|are|was|were|has|had|have|can|may|must|should|will|does|did|do|of (?:19|20)|[a-z]+s|[a-z]+ed)\b`)

// unknownSubject says whether a sentence opens with "The policy is": which one
// was said before.
func (m *material) unknownSubject(plain string) bool {
	parts := definite.FindStringSubmatch(plain)
	if parts == nil || general[parts[1]] {
		return false
	}
	_, known := m.lexicon.lookup(parts[1])
	return !known
}

// general are things of which every mission has one.
var general = set("mission host mandate police military law state civilian peace commander")

var refutation = regexp.MustCompile(`^(?:That|This|It|Neither|Both)\b.*\b(?:not|wrong|too|false|never|untrue|loose|mistaken)\b|^(?:In fact|Not so|Wrong)\b`)

// refutes says whether a sentence takes back the one before it.
func refutes(text string) bool { return len(words(text)) <= 12 && refutation.MatchString(text) }
