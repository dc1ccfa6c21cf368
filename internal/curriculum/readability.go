package curriculum

import (
	"regexp"
	"strings"
	"unicode"
)

// words counts the words of a plain text: runs between white space that hold a
// letter or a digit.
func words(prose string) int {
	n := 0
	for _, field := range strings.Fields(prose) {
		if strings.ContainsFunc(field, alphanumeric) {
			n++
		}
	}
	return n
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

var sentenceEnd = regexp.MustCompile(`[.!?]+["”’)]*\s|:\s*\n|\n`)

// readingGrade gives the Flesch-Kincaid grade of an English text, in years of
// schooling: 0.39 words/sentences + 11.8 syllables/words − 15.59 (Kincaid and
// others, 1975, Research Branch Report 8-75). 0 for an empty text.
func readingGrade(prose string) float64 {
	sentences, count, syllableCount := 0, 0, 0
	for _, sentence := range sentenceEnd.Split(prose, -1) {
		if words(sentence) == 0 {
			continue
		}
		sentences++
		for _, word := range strings.Fields(sentence) {
			if strings.ContainsFunc(word, alphanumeric) {
				count++
				syllableCount += syllables(word)
			}
		}
	}
	if count == 0 {
		return 0
	}
	perSentence := float64(count) / float64(sentences)
	perWord := float64(syllableCount) / float64(count)
	return 0.39*perSentence + 11.8*perWord - 15.59
}

// syllables estimates the syllables of an English word: its groups of vowels,
// without a silent ending, at least one.
func syllables(word string) int {
	word = strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }))
	n, before := 0, false
	for i := range len(word) {
		now := vowel(word[i])
		if now && !before {
			n++
		}
		before = now
	}
	if silentEnding(word) {
		n--
	}
	return max(n, 1)
}

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

// silentEnding: as in peace, rules, helped; not as in people, forces, wanted.
func silentEnding(word string) bool {
	for _, ending := range []struct{ letters, sounded string }{{"ed", "td"}, {"es", "lscxzgh"}, {"e", "l"}} {
		stem, ok := strings.CutSuffix(word, ending.letters)
		if !ok || stem == "" {
			continue
		}
		last := stem[len(stem)-1]
		afterVowel := len(stem) > 1 && vowel(stem[len(stem)-2])
		return !vowel(last) && strings.IndexByte(ending.sounded, last) < 0 || last == 'l' && afterVowel && ending.letters != "ed"
	}
	return false
}
