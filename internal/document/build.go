package document

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// builder takes what a reader finds, in order, and makes a document of it.
type builder struct {
	ctx      context.Context
	doc      Document
	findings []Finding
	slugs    map[string]int // that are taken, with the last number that was put after each
	headings int
	passages int
	size     int
}

func newBuilder(ctx context.Context) *builder {
	return &builder{ctx: ctx, slugs: map[string]int{}}
}

func (b *builder) say(kind FindingKind, sample, format string, args ...any) {
	b.findings = append(b.findings, Finding{Kind: kind, Message: fmt.Sprintf(format, args...), Sample: sample})
}

// title takes the first title that is found.
func (b *builder) title(text string) {
	if b.doc.Title == "" {
		b.doc.Title = cut(clean(text), 300)
	}
}

// heading opens a section.
func (b *builder) heading(depth int, text string) {
	text = cut(clean(text), 300)
	if text == "" {
		return
	}
	if b.headings++; b.headings > MaxPassages {
		return // document refuses
	}
	b.doc.Sections = append(b.doc.Sections, Section{Slug: b.slug(text), Heading: text, Depth: min(max(depth, 1), 9)})
}

// add puts a passage at the end of the open section; one without text is none.
func (b *builder) add(kind Kind, page int, text string) error {
	if err := b.ctx.Err(); err != nil {
		return tooSlow(err)
	}
	text = clean(text)
	if b.size += len(text); b.size > maxText {
		return refused("The document has more than 4 MB of text. Split it into several.")
	}
	for text != "" {
		var part string
		part, text = firstPart(text)
		if b.passages++; b.passages > MaxPassages {
			return refused("The document has more than 5,000 paragraphs. Split it into several.")
		}
		if len(b.doc.Sections) == 0 {
			b.slugs["start"] = 1
			b.doc.Sections = append(b.doc.Sections, Section{Slug: "start"})
		}
		s := &b.doc.Sections[len(b.doc.Sections)-1]
		s.Passages = append(s.Passages, Passage{Number: len(s.Passages) + 1, Text: part, Kind: kind, Page: page})
		b.doc.Words += len(strings.Fields(part))
	}
	return nil
}

// firstPart parts a text that is too long for one passage, between words where it can.
func firstPart(text string) (first, rest string) {
	if len(text) <= maxPassage {
		return text, ""
	}
	end := strings.LastIndexByte(text[:maxPassage], ' ')
	if end <= 0 {
		end = maxPassage
		for !utf8.RuneStart(text[end]) {
			end--
		}
	}
	return text[:end], strings.TrimSpace(text[end:])
}

// document closes the document. name is its title where the file has none.
func (b *builder) document(name string) (Document, []Finding, error) {
	if b.headings > MaxPassages {
		return Document{}, nil, refused("The document has more than 5,000 headings. Split it into several.")
	}
	if b.doc.Words == 0 {
		return Document{}, nil, refused("The file holds no text that can be read. A scanned document must be run through text recognition first.")
	}
	b.dropTitleSection()
	for _, title := range []string{b.onlyHeading(), name, "Untitled"} {
		b.title(title)
	}
	b.doc.Language = strings.TrimSpace(b.doc.Language)
	b.lookForGarbled()
	return b.doc, b.findings, nil
}

// dropTitleSection takes away a first heading that only repeats the title and
// has nothing under it.
func (b *builder) dropTitleSection() {
	if len(b.doc.Sections) > 1 && len(b.doc.Sections[0].Passages) == 0 && b.doc.Sections[0].Depth == 1 &&
		(b.doc.Title == "" || strings.EqualFold(b.doc.Title, b.doc.Sections[0].Heading)) {
		b.title(b.doc.Sections[0].Heading)
		b.doc.Sections = b.doc.Sections[1:]
	}
}

// onlyHeading gives the heading over the whole document, "" where there are several
// of its depth.
func (b *builder) onlyHeading() string {
	first := b.doc.Sections[0]
	for _, s := range b.doc.Sections[1:] {
		if s.Depth <= first.Depth {
			return ""
		}
	}
	return first.Heading
}

// slug makes a name of a heading that no other section has. The same headings
// in the same order get the same names.
func (b *builder) slug(heading string) string {
	base := slugOf(heading)
	for slug, n := base, b.slugs[base]; ; slug = fmt.Sprintf("%s-%d", base, n) {
		if b.slugs[slug] == 0 {
			b.slugs[slug] = 1
			return slug
		}
		n++
		b.slugs[base] = n
	}
}

// slugOf writes a heading in small letters and digits of any script, words
// joined by hyphens.
func slugOf(heading string) string {
	var out strings.Builder
	gap := false
	for _, r := range norm.NFD.String(heading) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if gap && out.Len() > 0 {
				out.WriteByte('-')
			}
			out.WriteRune(unicode.ToLower(r))
			gap = false
		case !unicode.Is(unicode.Mn, r):
			gap = true
		}
		if out.Len() >= 60 {
			break
		}
	}
	if out.Len() == 0 {
		return "section"
	}
	return out.String()
}

// clean brings a text to the form in which passages are kept: NFKC, one line,
// runs of space made one, without signs that have no width or turn the direction
// of reading. A letter may become many: what is longer than any document may be
// is not finished.
func clean(text string) string {
	var out strings.Builder
	var letters norm.Iter
	letters.InitString(norm.NFKC, strings.ToValidUTF8(text, "\ufffd"))
	gap := false
	for !letters.Done() && out.Len() <= maxText {
		for piece := letters.Next(); len(piece) > 0; {
			r, n := utf8.DecodeRune(piece)
			piece = piece[n:]
			switch {
			case unicode.IsSpace(r):
				gap = out.Len() > 0
			case !isSilent(r):
				if gap {
					out.WriteByte(' ')
				}
				out.WriteRune(r)
				gap = false
			}
		}
	}
	return norm.NFKC.String(out.String())
}

// isSilent says whether a sign has no width or turns the direction of reading.
func isSilent(r rune) bool {
	return unicode.IsControl(r) || r == '\u00ad' || r == '\u200b' || r == '\ufeff' || r == '\u2060' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// cut shortens a text to at most n runes, between words where it can.
func cut(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	short := string(runes[:n-1])
	if space := strings.LastIndexByte(short, ' '); space > len(short)/2 {
		short = short[:space]
	}
	return short + "…"
}
