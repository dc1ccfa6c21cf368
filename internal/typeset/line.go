package typeset

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// Run is a part of a line that is written in one face.
type Run struct {
	Face Face
	Text string
}

// Line lays a name out from left to right: letters shaped, in the order in
// which they are seen, each in a face that has it. It is not ok where there is
// none for a character, or the script needs more than that to be written rightly.
func Line(name string) (line []Run, ok bool) {
	shaped, ok := shape([]rune(norm.NFC.String(name)))
	if !ok {
		return nil, false
	}
	for _, r := range visual(shaped) {
		if unicode.In(r, unicode.Cf, unicode.Cc) {
			continue
		}
		face, ok := faceOf(r, line)
		if !ok {
			return nil, false
		}
		if n := len(line); n > 0 && line[n-1].Face.Name == face.Name {
			line[n-1].Text += string(r)
		} else {
			line = append(line, Run{face, string(r)})
		}
	}
	return line, len(line) > 0
}

// faceOf chooses the face of a character; what is no letter stays in the face
// before it.
func faceOf(r rune, line []Run) (Face, bool) {
	if n := len(line); n > 0 && !unicode.IsLetter(r) && line[n-1].Face.Has(r) {
		return line[n-1].Face, true
	}
	for _, face := range Names {
		if face.Has(r) {
			return face, true
		}
	}
	return Face{}, false
}

// visual puts text into the order in which it is seen from left to right. A
// name is one line without explicit marks of direction, so that two levels do:
// runs to the right in a line to the left, or the other way around.
func visual(text []rune) []rune {
	directions := make([]bool, len(text)) // true = to the left
	base, seen := false, false
	for _, r := range text {
		if left, strong := direction(r); strong {
			base, seen = left, true
			break
		}
	}
	if !seen || !slices.ContainsFunc(text, isLeft) {
		return text
	}
	for i, r := range text {
		left, strong := direction(r)
		if !strong {
			left = between(text, i, base)
		}
		directions[i] = left
	}
	var runs [][]rune
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && directions[end] == directions[i] {
			end++
		}
		part := slices.Clone(text[i:end])
		if directions[i] {
			slices.Reverse(part)
			part = []rune(mirror.Replace(string(part)))
		}
		runs = append(runs, part)
		i = end
	}
	if base {
		slices.Reverse(runs)
	}
	return slices.Concat(runs...)
}

// mirror turns the brackets of text that is read to the left.
var mirror = strings.NewReplacer("(", ")", ")", "(", "[", "]", "]", "[", "«", "»", "»", "«")

// direction says whether a character is read to the left, if it has a
// direction of its own.
func direction(r rune) (left, strong bool) {
	properties, _ := bidi.LookupRune(r)
	switch properties.Class() {
	case bidi.R, bidi.AL:
		return true, true
	case bidi.L, bidi.EN, bidi.AN:
		return false, true
	}
	return false, false
}

func isLeft(r rune) bool {
	left, strong := direction(r)
	return left && strong
}

// between gives the direction of a character without its own: that of what
// stands on both sides of it, or the line's.
func between(text []rune, at int, base bool) bool {
	before, after := base, base
	for i := at - 1; i >= 0; i-- {
		if left, strong := direction(text[i]); strong {
			before = left
			break
		}
	}
	for i := at + 1; i < len(text); i++ {
		if left, strong := direction(text[i]); strong {
			after = left
			break
		}
	}
	if before == after {
		return before
	}
	return base
}
