package drafting

import (
	"strings"
	"unicode/utf8"

	"muster/internal/document"
	"muster/internal/question"
)

// material is a document as the rules see it.
type material struct {
	doc       document.Document
	lexicon   lexicon
	sentences []sentence
	runs      []run  // of items and rows
	lists     []list // enumerations in sentences and in runs
	loose     []list // phrases of deeds, one by one
	defined   []define
	longForms map[string]string // abbreviation → long form, as the document gives it
	casing    map[string]int    // word in small letters → times it is capitalised within a sentence, less times it is not
	frequency map[string]int    // stem → sentences that have it
}

// place is a span of a passage; end 0 is the whole passage.
type place struct {
	section, passage int // index of the section, number of the passage
	span
}

// sentence is a sentence with what is known of its surroundings.
type sentence struct {
	place
	text   string  // as it is written
	plain  string  // without "Moreover,", and with "these missions" resolved where that can be done
	alone  float64 // how far it can be understood alone, 0..1
	label  string  // of the item that it stands in
	heads  string  // heading of its section
	doubt  bool    // the next sentence takes it back
	item   bool    // stands in an item or a cell
	first  bool    // first sentence of its passage
	stems  bag
	spoken []found // glossary terms in plain
}

// run is a sequence of items or rows under one lead.
type run struct {
	section int
	lead    string // the sentence before the run, when it ends with a colon
	leadAt  place
	heading string
	table   bool
	rows    [][]string // cells of the rows; an item is one cell, or two when it has a label
	places  []place
	ordered bool // its items are numbered, or its lead or heading speaks of steps
}

func newMaterial(doc document.Document, l lexicon) *material {
	m := &material{doc: doc, lexicon: l, longForms: map[string]string{}, casing: map[string]int{}, frequency: map[string]int{}}
	for i, s := range doc.Sections {
		m.readCasing(s)
		if storyHeading(s.Heading) {
			continue
		}
		m.readRuns(i, s, headingAbove(doc.Sections[:i+1]))
		for _, p := range s.Passages {
			if p.Kind == document.Paragraph || p.Kind == document.Item {
				m.readPassage(i, s, p)
			}
		}
	}
	for _, s := range m.sentences {
		for w := range s.stems {
			m.frequency[w]++
		}
	}
	m.readLists()
	m.readLoose()
	m.readDefinitions()
	return m
}

// storyHeading tells a made-up case, of which nothing should be remembered.
func storyHeading(heading string) bool {
	h := strings.ToLower(heading)
	for _, cue := range []string{"worked example", "exercise", "scenario", "vignette", "worked case", "story:", "references", "bibliography"} {
		if strings.Contains(h, cue) {
			return true
		}
	}
	return false
}

// readCasing learns which words are written with a capital within a sentence.
func (m *material) readCasing(s document.Section) {
	for _, p := range s.Passages {
		begin := true
		last := 0
		for _, w := range wordSpans(p.Text) {
			begin = begin || strings.ContainsAny(p.Text[last:w.start], ".!?:|“\"•")
			word := p.Text[w.start:w.end]
			switch {
			case begin:
			case isCapital(word):
				m.casing[strings.ToLower(word)]++
			default:
				m.casing[strings.ToLower(word)]--
			}
			begin, last = false, w.end
		}
	}
}

// inner gives a phrase from the head of a sentence as it is written within one.
func (m *material) inner(phrase string) string {
	w := strings.TrimRight(strings.SplitN(phrase, " ", 2)[0], ",;:")
	lead := strings.ToLower(w)
	if isAcronym(w) || (m.casing[lead] > 0 && !small[lead]) || (!small[lead] && properPair(phrase)) {
		return phrase
	}
	return lowerFirst(phrase)
}

// properPair says whether a phrase begins with two capitalised words or with a
// capitalised word and a number.
func properPair(phrase string) bool {
	ws := words(phrase)
	return len(ws) > 1 && isCapital(ws[0]) && (isCapital(ws[1]) || strings.ContainsAny(ws[1][:1], "0123456789"))
}

// readPassage adds the sentences of a passage.
func (m *material) readPassage(section int, s document.Section, p document.Passage) {
	text := []rune(p.Text)
	spans := sentences(text)
	label, _, labelled := splitLabel(p.Text)
	from := len(m.sentences)
	for i, sp := range spans {
		written := string(text[sp.start:sp.end])
		item := sentence{
			place: place{section, p.Number, sp}, text: written, heads: s.Heading,
			item: p.Kind == document.Item, first: i == 0,
		}
		if labelled && p.Kind == document.Item {
			item.label = label
		}
		item.plain, item.alone = m.standAlone(section, written, m.before(from, s.Heading))
		if item.item && i == 0 {
			item.alone *= 0.5 // an item leans on its lead
		}
		item.stems = bagOf(item.plain)
		item.spoken = m.lexicon.find(item.plain)
		m.readShortForms(written)
		if i > 0 && refutes(written) {
			m.sentences[len(m.sentences)-1].doubt = true
		}
		m.sentences = append(m.sentences, item)
	}
}

// before gives what a sentence of a passage can point back to: the sentences of
// its passage, which begin at from; for the first of them, the heading.
func (m *material) before(from int, heading string) []sentence {
	if from == len(m.sentences) {
		return []sentence{{plain: m.sentenceCase(heading)}}
	}
	return m.sentences[from:]
}

// anchor makes the anchor of a place.
func (m *material) anchor(p place) (question.Anchor, bool) {
	a, err := m.doc.Anchor(m.doc.Sections[p.section].Slug, p.passage, p.start, p.end)
	return a, err == nil
}

// whole is the place of a whole passage.
func whole(section int, p document.Passage) place {
	return place{section, p.Number, span{0, utf8.RuneCountInString(p.Text)}}
}
