package drafting

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// set makes a set of the words of a text.
func set(words string) map[string]bool {
	s := map[string]bool{}
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}

// small words carry no meaning of their own.
var small = set(`a an the and or but nor of in on at by for to from with without as into onto upon over under between
	among against about through during before after above below within across is are was were be been being am has have
	had do does did can could may might must shall should will would not no it its they them their this that these those
	he she his her him we us our you your i me my who whom whose which what when where why how if then than so such also
	there here all any both each every few more most other some own same too very just only up out off down again once
	one while because until although though often`)

// puff is praise that says nothing to be asked about.
var puff = set(`vital crucial essential significant significantly pivotal important importance integral central key
	effective effectively effectiveness overall enhance enhances enhancing foster fosters fostering lasting sustainable
	comprehensive robust holistic critical instrumental fundamental paramount ultimately underscore underscores
	underscoring underscored exemplify exemplifies exemplified highlighted highlight highlights highlighting role roles impact success successful greatly`)

// isWordRune says whether r can stand within a word.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// wordSpans gives the words of a text as byte spans; a hyphen or an apostrophe
// within a word belongs to it.
func wordSpans(text string) []span {
	var spans []span
	start := -1
	for i, r := range text {
		if isWordRune(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start < 0 || (strings.ContainsRune("-‑'’", r) && wordFollows(text[i+utf8.RuneLen(r):])) {
			continue
		}
		spans = append(spans, span{start, i})
		start = -1
	}
	if start >= 0 {
		spans = append(spans, span{start, len(text)})
	}
	return spans
}

func wordFollows(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return isWordRune(r)
}

// words gives the words of a text as they are written.
func words(text string) []string {
	spans := wordSpans(text)
	ws := make([]string, len(spans))
	for i, s := range spans {
		ws[i] = text[s.start:s.end]
	}
	return ws
}

// stem brings a word to the form in which words are compared: small letters, no
// plural, no -ing or -ed.
func stem(word string) string {
	w := strings.ToLower(word)
	w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 6 && strings.HasSuffix(w, "ing"):
		w = w[:len(w)-3]
	case len(w) > 5 && strings.HasSuffix(w, "ed"):
		w = w[:len(w)-2]
	case len(w) > 4 && (strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes")):
		return w[:len(w)-2]
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	}
	if len(w) > 4 {
		w = strings.TrimSuffix(w, "e")
	}
	return strings.ReplaceAll(w, "z", "s")
}

// singular brings a word to small letters without its plural.
func singular(word string) string {
	w := strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s"))
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		w = w[:len(w)-3] + "y"
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	}
	return strings.ReplaceAll(strings.ReplaceAll(w, "‑", "-"), "z", "s")
}

// content gives the stems of the words that mean something, in order.
func content(text string) []string {
	var stems []string
	for _, w := range words(text) {
		if !small[strings.ToLower(w)] {
			stems = append(stems, stem(w))
		}
	}
	return stems
}

// bag is a set of stems.
type bag map[string]bool

func bagOf(text string) bag {
	b := bag{}
	for _, s := range content(text) {
		b[s] = true
	}
	return b
}

// shared counts the stems of b that other has.
func (b bag) shared(other bag) int {
	n := 0
	for s := range b {
		if other[s] {
			n++
		}
	}
	return n
}

// alike is the Jaccard similarity of two bags, 0..1.
func (b bag) alike(other bag) float64 {
	n := b.shared(other)
	if union := len(b) + len(other) - n; union > 0 {
		return float64(n) / float64(union)
	}
	return 0
}

// roots cuts the stems to five letters, so that restored meets restoration.
func (b bag) roots() bag {
	cut := bag{}
	for s := range b {
		cut[s[:min(5, len(s))]] = true
	}
	return cut
}

// within says whether all of b is in other.
func (b bag) within(other bag) bool { return len(b) > 0 && b.shared(other) == len(b) }

// upperFirst and lowerFirst change the first letter only.
func upperFirst(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}

func lowerFirst(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(r)) + text[n:]
}

// firstWord gives the first word in small letters.
func firstWord(text string) string {
	for i, r := range text {
		if !isWordRune(r) && !strings.ContainsRune("-'’", r) {
			return strings.ToLower(text[:i])
		}
	}
	return strings.ToLower(text)
}

// isAcronym says whether a word is written in capitals, such as UNMISS or A4P.
func isAcronym(word string) bool {
	capitals := 0
	for _, r := range word {
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals >= 2
}

func isCapital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}
