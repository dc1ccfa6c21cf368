package document

import (
	"regexp"
	"strings"
	"unicode"
)

// Thresholds of garbled text, as shares of the letters of a passage. English,
// French, Spanish and transcribed names have 33 to 50 per cent vowels.
const (
	mostBroken   = 0.02 // signs that stand for what could not be read
	fewestVowels = 0.2
	mostVowels   = 0.68
	manyLetters  = 40 // a share of fewer letters says little
	mostSamples  = 20
)

// mojibake is UTF-8 that was read as windows-1252: "Ã©" for "é".
var mojibake = regexp.MustCompile("[ÃÂÐÑØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")

// lookForGarbled finds passages that do not look like a language, as text of a
// PDF without a table of its characters does. Nothing is taken away.
func (b *builder) lookForGarbled() {
	found := 0
	for _, s := range b.doc.Sections {
		for _, p := range s.Passages {
			why := garbled(p.Text)
			if why == "" {
				continue
			}
			if found++; found <= mostSamples {
				b.findings = append(b.findings, Finding{Kind: Garbled, Section: s.Slug, Passage: p.Number, Message: why, Sample: cut(p.Text, 200)})
			}
		}
	}
	if found > mostSamples {
		b.say(Garbled, "", "%d more passages look garbled.", found-mostSamples)
	}
}

// garbled says what is odd about a text, "" where nothing is.
func garbled(text string) string {
	var letters, latin, vowels, broken, signs int
	for _, r := range text {
		switch {
		case r == '\ufffd', unicode.Is(unicode.Co, r), !unicode.IsGraphic(r) && !unicode.Is(unicode.Cf, r):
			broken++
		case unicode.IsLetter(r):
			letters++
			if r < 0x250 {
				latin++
			}
			if strings.ContainsRune("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœ", unicode.ToLower(r)) {
				vowels++
			}
		case !unicode.IsSpace(r):
			signs++
		}
	}
	share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
	switch {
	case share(broken, letters+broken) > mostBroken:
		return "Some characters could not be read."
	case len(mojibake.FindAllStringIndex(text, 3)) > 2:
		return "Letters with accents seem to have been read in the wrong encoding."
	case latin < manyLetters || share(latin, letters) < 0.8:
		return ""
	case share(vowels, latin) < fewestVowels, share(vowels, latin) > mostVowels, signs > letters:
		return "This does not look like words."
	}
	return ""
}
