package library

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"muster/internal/curriculum"
	"muster/internal/document"
)

// Prefixes of the ids of texts of the curriculum: "lesson:module.lesson",
// "source:slug".
const (
	lessonPrefix = "lesson:"
	sourcePrefix = "source:"
)

// writtenHeads lists the texts of the curriculum that are readable as documents.
func (s *Service) writtenHeads() []Head {
	var heads []Head
	for _, source := range s.Catalogue.Sources {
		heads = append(heads, headOfSource(source))
	}
	for _, m := range s.Catalogue.Modules {
		for _, l := range m.Lessons {
			heads = append(heads, headOfLesson(l))
		}
	}
	return heads
}

func headOfSource(source curriculum.Source) Head {
	h := Head{
		ID: document.ID(sourcePrefix + source.Slug), Origin: Source, Title: source.Title, Language: "en", Reliability: source.Reliability,
		AIDisclosed: source.AIDisclosed, Disclosure: source.Disclosure, Edition: 1, Passages: len(source.Sections),
	}
	for _, section := range source.Sections {
		h.Words += len(strings.Fields(section.Digest))
	}
	return h
}

func headOfLesson(l curriculum.Lesson) Head {
	return Head{
		ID: document.ID(fmt.Sprintf("%s%s.%s", lessonPrefix, l.Module, l.Slug)), Origin: Lesson, Title: l.Title, Language: "en",
		Reliability: "high", Disclosure: l.Relevance, Edition: 1, Words: l.Words,
	}
}

// written gives a text of the curriculum as a document.
func (s *Service) written(id document.ID) (Opened, bool) {
	if name, ok := strings.CutPrefix(string(id), sourcePrefix); ok {
		for _, source := range s.Catalogue.Sources {
			if string(source.Slug) == name {
				return s.openSource(source), true
			}
		}
	}
	if name, ok := strings.CutPrefix(string(id), lessonPrefix); ok {
		module, lesson, _ := strings.Cut(name, ".")
		if l, ok := s.Catalogue.Lesson(curriculum.ModuleSlug(module), curriculum.LessonSlug(lesson)); ok {
			return openLesson(l), true
		}
	}
	return Opened{}, false
}

// openSource makes a document of the digests of a source: a passage for each section.
func (s *Service) openSource(source curriculum.Source) Opened {
	o := Opened{Head: headOfSource(source)}
	o.Text = document.Document{ID: o.ID, Edition: 1, Title: o.Title, Language: o.Language, Words: o.Words}
	seen := map[curriculum.CorrectionID]bool{}
	for _, section := range source.Sections {
		o.Text.Sections = append(o.Text.Sections, document.Section{
			Slug: section.Slug, Heading: section.Heading, Depth: section.Depth,
			Passages: []document.Passage{{Number: 1, Text: strings.TrimSpace(section.Digest), Kind: document.Paragraph}},
		})
		for _, id := range section.Corrections {
			if c, ok := s.Catalogue.Correction(id); ok && !seen[id] {
				seen[id] = true
				o.Corrections = append(o.Corrections, writtenCorrection(c, source.Slug))
			}
		}
	}
	return o
}

// writtenCorrection gives what a correction of the curriculum says of a source.
func writtenCorrection(c curriculum.Correction, source curriculum.SourceSlug) Correction {
	out := Correction{
		ID: string(c.ID), Severity: c.Severity, Claim: c.Claim, Correction: c.Correction, Authorities: c.Authorities,
		Confidence: c.Confidence, AsOf: c.AsOf, ReviewBy: c.ReviewBy,
	}
	for _, key := range c.Sections {
		if slug, ok := strings.CutPrefix(string(key), string(source)+"#"); ok {
			out.Sections = append(out.Sections, slug)
		}
	}
	return out
}

// term is a word that a lesson explains: a button of its page, a word of its text.
var term = regexp.MustCompile(`<button type="button" class="term"[^>]*>(.*?)</button>`)

// openLesson makes a document of the text of a lesson.
func openLesson(l curriculum.Lesson) Opened {
	var page strings.Builder
	for _, block := range l.Blocks {
		if block.Heading != "" {
			fmt.Fprintf(&page, "<h2>%s</h2>", htmlText(block.Heading))
		}
		page.WriteString(term.ReplaceAllString(block.HTML, "$1"))
	}
	o := Opened{Head: headOfLesson(l)}
	text, _, err := document.Read(context.Background(), document.HTML, l.Title, []byte(page.String()))
	if err != nil { // a lesson without text
		text = document.Document{}
	}
	text.ID, text.Edition, text.Title, text.Language = o.ID, 1, o.Title, o.Language
	o.Text, o.Passages, o.Words = text, text.Passages(), text.Words
	return o
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func htmlText(text string) string { return escaper.Replace(text) }
