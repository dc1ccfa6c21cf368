package identity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"muster/internal/errs"
)

// mostMarks is how many marks a letter of a username may have. No language needs
// more; they would pile up over other lines.
const mostMarks = 4

// UsernameRune says whether a character may stand in a username beside its
// signs: a letter, a digit, or a mark on a letter, such as a vowel sign. What
// cannot be seen may not, nor a stroke through a letter, which makes another of it.
func UsernameRune(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.In(r, unicode.Mn, unicode.Mc) && norm.NFC.PropertiesString(string(r)).CCC() != overlay) &&
		!unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// overlay is the combining class of marks that go through a letter.
const overlay = 1

// checkSpelling refuses a folded username with a character that it may not hold,
// marks without a letter, or a word with letters of several alphabets, which
// look alike.
func checkSpelling(folded string) error {
	if FoldName(folded) != folded { // x/text folds Cherokee to and fro
		return misspelled()
	}
	word, marks := "", mostMarks // the alphabet of the word, and the marks on its last letter: before any, none may come
	for _, r := range folded {
		switch {
		case strings.ContainsRune("._-@+", r):
			word, marks = "", mostMarks
			continue
		case !UsernameRune(r):
			return misspelled()
		case unicode.IsDigit(r):
			marks = mostMarks
			continue
		case unicode.IsLetter(r):
			marks = 0
		default:
			if marks++; marks > mostMarks {
				return misspelled()
			}
		}
		if own := alphabet(r); word == "" {
			word = own
		} else if own != "" && own != word {
			return errs.InvalidField("username", "Write each word of the username in one alphabet: letters of two, such as Latin and Cyrillic, can look the same.")
		}
	}
	return nil
}

func misspelled() error {
	return errs.InvalidField("username", "Use only letters, digits and . _ - @ + in the username.")
}

// goWithAny are the scripts whose characters stand beside those of any alphabet.
var goWithAny = []string{"Common", "Inherited", "Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"}

// alphabet names the script of a letter or mark, "" where it goes with any.
func alphabet(r rune) string {
	if r < utf8.RuneSelf {
		return "Latin"
	}
	for name, script := range unicode.Scripts {
		if unicode.Is(script, r) {
			if slices.Contains(goWithAny, name) {
				return ""
			}
			return name
		}
	}
	return ""
}
