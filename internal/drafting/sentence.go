package drafting

import (
	"strings"
	"unicode"
)

// span is a part of a passage, in runes, end exclusive.
type span struct{ start, end int }

// abbreviations end in a full stop that ends no sentence. Those marked true do
// so only before a number ("No. 5", "Art. 33").
var abbreviations = map[string]bool{
	"no": true, "nos": true, "art": true, "arts": true, "para": true, "paras": true, "p": true, "pp": true,
	"ch": true, "fig": true, "vol": true, "res": true, "sec": true, "approx": false, "e.g": false, "i.e": false,
	"cf": false, "vs": false, "mr": false, "mrs": false, "ms": false, "dr": false, "prof": false, "st": false,
	"gen": false, "col": false, "maj": false, "capt": false, "lt": false, "sgt": false, "cpl": false, "hon": false,
	"al": false, "ed": false, "eds": false, "viz": false, "ca": false, "jan": false, "feb": false, "apr": false,
	"aug": false, "sept": false, "oct": false, "nov": false, "dec": false,
}

// openers begin a sentence often enough to end one that stops with "U.N.".
var openers = set("the it this these they a an in on under he she its their when if but for at as by such there both")

// sentences splits a passage, in the manner of UAX 29: a stop, its closing
// quotes, space, then what can begin a sentence. Abbreviations, initials and
// decimal points end none.
func sentences(text []rune) []span {
	var spans []span
	start := skipSpace(text, 0)
	for i := start; i < len(text); i++ {
		if !isStop(text[i]) {
			continue
		}
		end := i + 1
		for end < len(text) && (isStop(text[end]) || isCloser(text[end])) {
			end++
		}
		next := skipSpace(text, end)
		if next == len(text) || (next > end && canBegin(text[next]) && !abbreviated(text, i, next)) {
			spans = append(spans, span{start, end})
			start = next
		}
		i = end - 1
	}
	if start < len(text) {
		end := len(text)
		for end > start && unicode.IsSpace(text[end-1]) {
			end--
		}
		spans = append(spans, span{start, end})
	}
	return spans
}

func skipSpace(text []rune, i int) int {
	for i < len(text) && unicode.IsSpace(text[i]) {
		i++
	}
	return i
}

func isStop(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' }

func isCloser(r rune) bool { return strings.ContainsRune(`"')]”’»`, r) }

func canBegin(r rune) bool {
	return unicode.IsUpper(r) || unicode.IsTitle(r) || unicode.IsDigit(r) || strings.ContainsRune(`"'([“‘«`, r) ||
		unicode.Is(unicode.Lo, r)
}

// abbreviated says whether the stop at text[i] belongs to an abbreviation, given
// what begins at next.
func abbreviated(text []rune, i, next int) bool {
	if text[i] != '.' {
		return false
	}
	from := i
	for from > 0 && !unicode.IsSpace(text[from-1]) && !strings.ContainsRune("(“\"", text[from-1]) {
		from--
	}
	word := string(text[from:i])
	if before, known := abbreviations[strings.ToLower(word)]; known {
		return !before || unicode.IsDigit(text[next])
	}
	letters := []rune(strings.ReplaceAll(word, ".", ""))
	if len(letters) == 1 && unicode.IsUpper(letters[0]) && letters[0] != 'I' {
		return true
	}
	if !strings.Contains(word, ".") || len(letters) != strings.Count(word, ".")+1 {
		return false
	}
	to := next
	for to < len(text) && unicode.IsLetter(text[to]) {
		to++
	}
	return !openers[strings.ToLower(string(text[next:to]))]
}
