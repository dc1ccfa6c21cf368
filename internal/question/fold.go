package question

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// articles that do not change what a short answer means. The French and Spanish
// "un" is not among them: it cannot be told from the UN.
var articles = []string{"a", "an", "the", "le", "la", "les", "une", "el", "los", "las"}

// Fold brings a short answer to the form in which answers are compared: case,
// accents, hyphens, punctuation, articles and runs of space make no difference.
func Fold(text string) string {
	decomposed := norm.NFKD.String(cases.Fold().String(text))
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r), unicode.IsNumber(r):
			return r
		}
		return ' '
	}, decomposed)
	words := strings.Fields(plain)
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(articles, w) })
	if len(kept) == 0 {
		kept = words
	}
	return strings.Join(kept, " ")
}
