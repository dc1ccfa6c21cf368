package api

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/internal/curriculum"
	"muster/internal/question"
)

// SearchList is what the site's search looks through: loaded once, it needs no
// server any more.
type SearchList struct {
	Items []SearchDocument `json:"items"`
}

// SearchDocument is one thing that can be found.
type SearchDocument struct {
	Kind  string `json:"kind" enum:"lesson,term,section,reference"`
	Key   string `json:"key" doc:"module/lesson, term id, source#section, reference id"`
	Title string `json:"title"`
	Place string `json:"place,omitempty" doc:"Title of the module or source; symbol of a reference"`
	Text  string `json:"text,omitempty" doc:"Plain text to find and to show"`
	Words string `json:"words,omitempty" doc:"Further words to find, each once, in no order that reads"`

	Lessons []string `json:"lessons,omitempty" doc:"reference: the lessons that rest on it, as module/lesson"`
}

func (v catalogueView) search() SearchList {
	list := SearchList{Items: []SearchDocument{}}
	for _, m := range v.Modules {
		for _, l := range m.Lessons {
			list.Items = append(list.Items, lessonDocument(m, l))
		}
	}
	for _, t := range v.Glossary {
		list.Items = append(list.Items, SearchDocument{Kind: "term", Key: string(t.ID), Title: t.Term, Text: t.Definition})
	}
	for _, s := range v.Sources {
		for _, section := range s.Sections {
			list.Items = append(list.Items, SearchDocument{
				Kind: "section", Key: string(curriculum.Citation(s.Slug, section.Slug)),
				Title: section.Heading, Place: s.Title, Words: distinct("", section.Digest),
			})
		}
	}
	resting := v.restingOn()
	for _, r := range v.References {
		list.Items = append(list.Items, SearchDocument{
			Kind: "reference", Key: string(r.ID), Title: r.Title, Place: r.Symbol, Lessons: resting[r.ID],
		})
	}
	return list
}

// restingOn gives the lessons that name each reference.
func (v catalogueView) restingOn() map[curriculum.ReferenceID][]string {
	lessons := map[curriculum.ReferenceID][]string{}
	for _, m := range v.Modules {
		for _, l := range m.Lessons {
			for _, id := range l.References {
				lessons[id] = append(lessons[id], lessonKey(l))
			}
		}
	}
	return lessons
}

func lessonKey(l curriculum.Lesson) string { return string(l.Module) + "/" + string(l.Slug) }

func lessonDocument(m curriculum.Module, l curriculum.Lesson) SearchDocument {
	var body strings.Builder
	for _, texts := range [][]string{l.KeyPoints, l.InTheField, l.Mistakes} {
		body.WriteString(strings.Join(texts, " ") + " ")
	}
	for _, b := range l.Blocks {
		body.WriteString(b.Heading + " " + b.HTML + " ")
	}
	return SearchDocument{
		Kind: "lesson", Key: lessonKey(l), Title: l.Title, Place: m.Title,
		Text: l.Relevance, Words: distinct(l.Title+" "+l.Relevance, body.String()),
	}
}

// tag is what stands between words and is none: HTML, and the targets of links.
var tag = regexp.MustCompile(`<[^>]*>|\]\([^)]*\)`)

func betweenWords(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }

// shortestWord is the length from which a word tells one text from another.
const shortestWord = 4

// distinct gives the words of text once each, folded, without the short ones
// and without those of known.
func distinct(known, text string) string {
	seen, written := map[string]bool{}, map[string]bool{}
	words := func(s string) []string {
		var fresh []string
		for _, word := range strings.FieldsFunc(html.UnescapeString(tag.ReplaceAllString(s, " ")), betweenWords) {
			if written[word] {
				continue // folding costs more than looking up
			}
			written[word] = true
			folded := question.Fold(word)
			short := utf8.RuneCountInString(folded) < shortestWord && word != strings.ToUpper(word)
			if !seen[folded] && !short {
				seen[folded] = true
				fresh = append(fresh, folded)
			}
		}
		return fresh
	}
	words(known)
	return strings.Join(words(text), " ")
}
