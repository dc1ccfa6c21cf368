package question

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Anchor ties a question to the passage of a document that supports its key.
// It quotes the passage, so that a question whose passage has changed is found.
type Anchor struct {
	Document  string `json:"document"`
	Edition   int    `json:"edition"`
	Section   string `json:"section"`   // slug
	Paragraph int    `json:"paragraph"` // from 1 within the section
	Start     int    `json:"start"`     // runes within the passage
	End       int    `json:"end"`       // exclusive
	Quote     string `json:"quote"`
	Hash      string `json:"hash"` // of the quote, see QuoteHash
}

// QuoteHash is the first 32 hex digits of the SHA-256 of a folded quote, see
// FoldQuote.
func QuoteHash(quote string) string {
	folded, _ := FoldQuote(norm.NFKC.String(quote))
	sum := sha256.Sum256([]byte(string(folded)))
	return hex.EncodeToString(sum[:16])
}

// Unfolded says whether FoldQuote leaves a character out at the ends of a text:
// space, and what only says where a line may break.
func Unfolded(r rune) bool {
	return unicode.IsSpace(r) || r == '\u00ad' || r == '\u200b' || r == '\ufeff'
}

// FoldQuote brings a passage to the form in which quotes are compared: case,
// runs of space, kinds of hyphens and quotation marks make no difference, words,
// digits and signs do. at says which rune of the text each folded one stands for.
func FoldQuote(text string) (folded []rune, at []int) {
	i := -1
	for _, r := range text {
		i++
		switch {
		case unicode.IsSpace(r) && (len(folded) == 0 || folded[len(folded)-1] == ' '):
			continue
		case unicode.IsSpace(r):
			r = ' '
		case unicode.Is(unicode.Pd, r), r == '\u2212':
			r = '-'
		case unicode.In(r, unicode.Pi, unicode.Pf), r == '\'', r == '`', r == '"', r == '\u201e', r == '\u201a':
			r = '\''
		case Unfolded(r):
			continue
		default:
			r = unicode.ToLower(r)
		}
		folded, at = append(folded, r), append(at, i)
	}
	if n := len(folded); n > 0 && folded[n-1] == ' ' {
		folded, at = folded[:n-1], at[:n-1]
	}
	return folded, at
}
