// Package document reads source material: a file becomes sections and passages
// that a question can be anchored to, and an anchor is followed into a new
// edition of the same document.
//
// It is pure: no clock, no storage, no network. It must not know questions
// beyond their anchors, nor who imports what.
package document

import (
	"slices"
	"strings"
	"unicode/utf8"

	"muster/internal/errs"
	"muster/internal/question"
)

// ID names a document through all its editions.
type ID string

// Document is one edition of a source, as it is read and anchored to.
type Document struct {
	ID       ID        `json:"id,omitempty"`      // "" until the library keeps it
	Edition  int       `json:"edition,omitempty"` // from 1; 0 until the library keeps it
	Title    string    `json:"title"`
	Language string    `json:"language,omitempty"` // BCP 47, where the file says it
	Sections []Section `json:"sections"`
	Words    int       `json:"words"`
}

// Section is what stands under a heading, up to the next one. What comes before
// the first heading is a section without a heading.
type Section struct {
	Slug     string    `json:"slug"` // unique in the document
	Heading  string    `json:"heading,omitempty"`
	Depth    int       `json:"depth"` // 1 for a chapter; 0 for what comes before the first heading
	Passages []Passage `json:"passages"`
}

// Passage is a paragraph or what stands for one: the smallest part with a place
// of its own.
type Passage struct {
	Number int    `json:"number"` // from 1 within the section
	Text   string `json:"text"`   // NFKC, one line, runs of space made one
	Kind   Kind   `json:"kind"`
	Page   int    `json:"page,omitempty"` // from 1, where the format has pages
}

// Kind is what a passage was in the file.
type Kind string

// The kinds of passage.
const (
	Paragraph Kind = "paragraph"
	Item      Kind = "item"    // of a list
	Row       Kind = "row"     // of a table, cells joined by CellMark
	Caption   Kind = "caption" // of a table or figure
)

// CellMark stands between the cells of a row.
const CellMark = " | "

// Section finds a section by its slug.
func (d Document) Section(slug string) (Section, bool) {
	i := slices.IndexFunc(d.Sections, func(s Section) bool { return s.Slug == slug })
	if i < 0 {
		return Section{}, false
	}
	return d.Sections[i], true
}

// Passage finds a passage by its section's slug and its number.
func (d Document) Passage(slug string, number int) (Passage, bool) {
	s, ok := d.Section(slug)
	if !ok || number < 1 || number > len(s.Passages) {
		return Passage{}, false
	}
	return s.Passages[number-1], true
}

// Passages counts the passages of all sections.
func (d Document) Passages() int {
	n := 0
	for _, s := range d.Sections {
		n += len(s.Passages)
	}
	return n
}

// Anchor makes the anchor of the runes start to end of a passage; end 0 means
// the whole passage. Invalid where there is no such passage or span.
func (d Document) Anchor(slug string, number, start, end int) (question.Anchor, error) {
	p, ok := d.Passage(slug, number)
	if !ok {
		return question.Anchor{}, errs.InvalidField("anchor", "The document has no such passage.")
	}
	length := utf8.RuneCountInString(p.Text)
	if end == 0 {
		end = length
	}
	if start < 0 || start >= end || end > length {
		return question.Anchor{}, errs.InvalidField("anchor", "The span lies outside the passage.")
	}
	quote := string([]rune(p.Text)[start:end])
	if strings.TrimSpace(quote) == "" {
		return question.Anchor{}, errs.InvalidField("anchor", "The span is empty.")
	}
	return question.Anchor{
		Document: string(d.ID), Edition: d.Edition, Section: slug, Paragraph: number,
		Start: start, End: end, Quote: quote, Hash: question.QuoteHash(quote),
	}, nil
}
