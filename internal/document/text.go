package document

import (
	"context"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// bullet is what opens an item of a list in plain text.
	bullet = regexp.MustCompile(`^(?:[-*•‣◦▪■●–—·]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+`)
	// numbered is a heading with its number: "2.1 Mandate".
	numbered = regexp.MustCompile(`^(?:\d{1,2}\.)*\d{1,2}\.?\s+\pL`)
	// caption opens what stands under a figure or over a table.
	caption = regexp.MustCompile(`^(?i:figure|fig\.|table|box|annex table)\s+\d+`)
)

// readText reads plain text: blank lines part the paragraphs, a short line of
// its own without a full stop is a heading.
func readText(_ context.Context, file []byte, b *builder) error {
	text, err := decode(file, b)
	if err != nil {
		return err
	}
	blocks := blocksOf(text)
	if len(blocks) > maxTextBlocks {
		return refused("The document has more than 5,000 paragraphs and 5,000 headings. Split it into several.")
	}
	guessed := 0
	for i, block := range blocks {
		depth := headingDepth(blocks, i)
		switch {
		case depth > 0 && i == 0 && len(blocks) > 1:
			b.title(block[0])
			b.heading(1, block[0])
		case depth > 0:
			guessed++
			b.heading(depth, block[0])
		default:
			if err := b.block(block); err != nil {
				return err
			}
		}
	}
	if guessed > 0 {
		b.say(Shape, "", "Headings were guessed: %d short lines without a full stop.", guessed)
	}
	return nil
}

// maxTextBlocks is how many paragraphs and headings are looked at.
const maxTextBlocks = 2 * MaxPassages

// blocksOf parts a text at blank lines. What comes after one block too many is
// not looked at.
func blocksOf(text string) [][]string {
	var blocks [][]string
	var open []string
	for line := range strings.Lines(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n").Replace(text)) {
		if line = strings.TrimSpace(line); line != "" {
			open = append(open, line)
		} else if len(open) > 0 {
			if blocks, open = append(blocks, open), nil; len(blocks) > maxTextBlocks {
				return blocks
			}
		}
	}
	if len(open) > 0 {
		blocks = append(blocks, open)
	}
	return blocks
}

// headingDepth says how deep a heading a block is, 0 for a block that is none.
func headingDepth(blocks [][]string, i int) int {
	block := blocks[i]
	if len(block) == 2 && (strings.Trim(block[1], "=") == "" || strings.Trim(block[1], "-") == "") {
		return 1 + strings.Count(block[1][:1], "-") // underlined by = or -
	}
	if len(block) != 1 || i+1 == len(blocks) || !looksLikeHeading(block[0]) {
		return 0
	}
	if numbered.MatchString(block[0]) {
		number, _, _ := strings.Cut(block[0], " ")
		return 1 + strings.Count(strings.TrimSuffix(number, "."), ".")
	}
	if bullet.MatchString(block[0]) {
		return 0
	}
	return 1
}

// looksLikeHeading says whether a line may be a heading: short, with a capital
// first, not a sentence.
func looksLikeHeading(line string) bool {
	first, _ := utf8.DecodeRuneInString(line)
	last, _ := utf8.DecodeLastRuneInString(line)
	words := len(strings.Fields(line))
	return words <= 14 && utf8.RuneCountInString(line) <= 120 && strings.ContainsFunc(line, unicode.IsLetter) &&
		!unicode.IsLower(first) && !strings.ContainsRune(".;,!…", last) && !strings.ContainsRune(".!", first) && !caption.MatchString(line)
}

// block adds a block of lines: items where lines open with bullets, else one
// paragraph.
func (b *builder) block(lines []string) error {
	var open []string
	kind := Paragraph
	flush := func() error {
		err := b.add(kind, 0, strings.Join(open, " "))
		open = nil
		return err
	}
	for _, line := range lines {
		mark := bullet.FindString(line)
		if mark != "" || len(open) == 0 {
			if err := flush(); err != nil {
				return err
			}
			kind = kindOf(line, mark)
		}
		open = append(open, strings.TrimPrefix(line, mark))
	}
	return flush()
}

// kindOf says what a line opens, mark being its bullet.
func kindOf(line, mark string) Kind {
	switch {
	case mark != "":
		return Item
	case caption.MatchString(line):
		return Caption
	}
	return Paragraph
}
