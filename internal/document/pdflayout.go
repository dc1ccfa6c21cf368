package document

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layOut makes headings and paragraphs of the lines of all pages.
func layOut(ctx context.Context, pages []page, b *builder) error {
	byPage := make([][]line, len(pages))
	for i, p := range pages {
		if err := ctx.Err(); err != nil {
			return tooSlow(err)
		}
		byPage[i] = linesOf(p)
	}
	lines := withoutMargins(byPage, b)
	if len(lines) == 0 {
		return nil
	}
	l := &layout{builder: b, lines: lines, compounds: compoundsOf(lines)}
	l.body = bodySize(lines)
	l.gap = usualGap(lines, l.body)
	l.sizes = headingSizes(lines, l.body)
	for i := range lines {
		l.right = max(l.right, lines[i].end)
	}
	return l.read()
}

// layout goes through lines and keeps the paragraph that is open.
type layout struct {
	*builder
	lines     []line
	body, gap float64
	right     float64   // where the longest line ends
	sizes     []float64 // of headings
	compounds map[string]bool

	open  []line
	depth int // of the open heading, 0 for a paragraph
}

func (l *layout) read() error {
	for i, line := range l.lines {
		depth := l.headingDepth(i)
		if len(l.open) > 0 && (depth != l.depth || l.parts(l.open[len(l.open)-1], line)) {
			if err := l.flush(); err != nil {
				return err
			}
		}
		l.open, l.depth = append(l.open, line), depth
	}
	return l.flush()
}

// headingDepth says how deep a heading a line is, 0 for one that is none: by its
// size, or as a short bold line of its own.
func (l *layout) headingDepth(i int) int {
	line := l.lines[i]
	if !looksLikeTitle(line.text) {
		return 0
	}
	if at := slices.Index(l.sizes, half(line.size)); at >= 0 {
		return min(at+1, 6)
	}
	own := i == 0 || l.lines[i-1].page != line.page || l.lines[i-1].y-line.y > 1.15*l.gap || l.lines[i-1].y < line.y || l.lines[i-1].size > 1.1*line.size || l.lines[i-1].bold
	if line.bold && own && line.size > 0.95*l.body && utf8.RuneCountInString(line.text) <= 100 && !strings.HasSuffix(line.text, ".") && l.boldEnds(i) {
		return min(len(l.sizes)+1, 6)
	}
	return 0
}

// boldEnds says whether what is bold from line i on ends soon: bold text is no heading.
func (l *layout) boldEnds(i int) bool {
	for n := 0; n < 3 && i+n < len(l.lines); n++ {
		if !l.lines[i+n].bold {
			return true
		}
	}
	return false
}

// parts says whether a new paragraph starts with a line.
func (l *layout) parts(before, line line) bool {
	if line.page != before.page || line.starting || line.y > before.y {
		return l.depth > 0 || endsSentence(before.text) || bullet.MatchString(line.text) || !goesOn(line.text)
	}
	switch gap := before.y - line.y; {
	case l.depth > 0:
		return gap > 1.8*line.size
	case gap > 1.35*l.gap, half(line.size) != half(before.size) && max(line.size, before.size) > 1.12*min(line.size, before.size):
		return true
	case bullet.MatchString(line.text), caption.MatchString(line.text) && endsSentence(before.text):
		return true
	}
	indented := line.x > before.x+0.8*line.size && len(l.open) > 1
	short := before.end < before.x+0.75*(l.right-before.x)
	return endsSentence(before.text) && (indented || short)
}

func endsSentence(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, `"'”’)»`))
	return strings.ContainsRune(".!?:。؟", last)
}

// goesOn says whether a text may go on a sentence.
func goesOn(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return !unicode.IsUpper(first) && !unicode.IsDigit(first)
}

func (l *layout) flush() error {
	if len(l.open) == 0 {
		return nil
	}
	lines := l.open
	l.open = nil
	text := l.joined(lines)
	if l.depth > 0 {
		l.heading(l.depth, text)
		return nil
	}
	mark := bullet.FindString(text)
	return l.add(kindOf(text, mark), lines[0].page, strings.TrimPrefix(text, mark))
}

// joined joins lines. A hyphen at the end of one goes where the word is not
// written with it elsewhere.
func (l *layout) joined(lines []line) string {
	var out strings.Builder
	for i, line := range lines {
		text := line.text
		if i+1 < len(lines) && l.isBroken(text, lines[i+1].text) {
			out.WriteString(strings.TrimSuffix(text, "-"))
			continue
		}
		out.WriteString(text)
		if !strings.HasSuffix(text, "-") || strings.HasSuffix(text, " -") {
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// isBroken says whether the hyphen that ends a line only parts a word.
func (l *layout) isBroken(line, next string) bool {
	stem, ok := strings.CutSuffix(line, "-")
	last, _ := utf8.DecodeLastRuneInString(stem)
	first, _ := utf8.DecodeRuneInString(next)
	if !ok || !unicode.IsLetter(last) || !unicode.IsLower(first) {
		return false
	}
	left := stem[strings.LastIndexByte(stem, ' ')+1:]
	right, _, _ := strings.Cut(next, " ")
	return !l.compounds[compoundKey(left+"-"+right)]
}

var compound = regexp.MustCompile(`\pL+(?:-\pL+)+`)

// compoundsOf collects the words that are written with a hyphen within a line.
func compoundsOf(lines []line) map[string]bool {
	words := map[string]bool{}
	for _, l := range lines {
		for _, word := range compound.FindAllString(l.text, -1) {
			words[compoundKey(word)] = true
		}
	}
	return words
}

func compoundKey(word string) string {
	return strings.ToLower(compound.FindString(word))
}
