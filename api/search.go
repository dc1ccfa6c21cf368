package api

import (
	"cmp"
	"html"
	"regexp"
	"slices"
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
	Words string `json:"words,omitempty" doc:"Further words that lead here, each once, in the order of the alphabet"`

	Lessons []string `json:"lessons,omitempty" doc:"reference: the lessons that rest on it, as module/lesson"`
}

func (v catalogueView) search() SearchList {
	list := SearchList{Items: []SearchDocument{}}
	var used []map[string]int // by place in Items
	add := func(d SearchDocument, further string) {
		list.Items = append(list.Items, d)
		used = append(used, wordCounts(d.Title+" "+d.Text, further))
	}
	for _, m := range v.Modules {
		for _, l := range m.Lessons {
			add(SearchDocument{Kind: "lesson", Key: lessonKey(l), Title: l.Title, Place: m.Title, Text: l.Relevance}, lessonText(l))
		}
	}
	for _, t := range v.Glossary {
		add(SearchDocument{Kind: "term", Key: string(t.ID), Title: t.Term, Text: t.Definition}, "")
	}
	for _, s := range v.Sources {
		for _, section := range s.Sections {
			key := curriculum.Citation(s.Slug, section.Slug)
			add(SearchDocument{Kind: "section", Key: string(key), Title: section.Heading, Place: s.Title}, section.Digest)
		}
	}
	resting := v.restingOn()
	for _, r := range v.References {
		add(SearchDocument{Kind: "reference", Key: string(r.ID), Title: r.Title, Place: r.Symbol, Lessons: resting[r.ID]}, "")
	}
	list.keepTelling(used)
	return list
}

// mostTexts is how many texts one word leads to: those that use it most. With
// more the list would be too long for a bad link, and tell less. A word that
// stands in more than everywhere texts leads to none.
const (
	mostTexts  = 2
	everywhere = 24
)

// keepTelling gives each document the words that lead to it.
func (list SearchList) keepTelling(used []map[string]int) {
	texts := map[string][]int{}
	for i, counts := range used {
		for word := range counts {
			texts[word] = append(texts[word], i)
		}
	}
	words := make([][]string, len(used))
	for word, at := range texts {
		if len(at) > everywhere {
			continue
		}
		slices.SortFunc(at, func(a, b int) int { return cmp.Or(used[b][word]-used[a][word], a-b) })
		for _, i := range at[:min(len(at), mostTexts)] {
			words[i] = append(words[i], word)
		}
	}
	for i := range words {
		slices.Sort(words[i])
		list.Items[i].Words = strings.Join(words[i], " ")
	}
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

// lessonText is what a lesson says beside its title and relevance.
func lessonText(l curriculum.Lesson) string {
	var body strings.Builder
	for _, texts := range [][]string{l.KeyPoints, l.InTheField, l.Mistakes} {
		body.WriteString(strings.Join(texts, " ") + " ")
	}
	for _, b := range l.Blocks {
		body.WriteString(b.Heading + " " + b.HTML + " ")
	}
	return body.String()
}

// tag is what stands between words and is none: HTML, and the targets of links.
var tag = regexp.MustCompile(`<[^>]*>|\]\([^)]*\)`)

func betweenWords(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }

// shortestWord is the length from which a word tells one text from another.
const shortestWord = 4

// wordCounts counts the words of text, folded, without the short ones and
// without those of known.
func wordCounts(known, text string) map[string]int {
	written := map[string]string{} // a word → its folded form, as folding costs more than looking up
	count := func(s string, counts map[string]int) {
		for _, word := range strings.FieldsFunc(html.UnescapeString(tag.ReplaceAllString(s, " ")), betweenWords) {
			folded, ok := written[word]
			if !ok {
				folded = question.Fold(word)
				written[word] = folded
			}
			if utf8.RuneCountInString(folded) >= shortestWord || word == strings.ToUpper(word) {
				counts[folded]++
			}
		}
	}
	have, counts := map[string]int{}, map[string]int{}
	count(known, have)
	count(text, counts)
	for word := range have {
		delete(counts, word)
	}
	for word, n := range counts {
		// The search forgives a letter, so that the singular finds for both.
		if one, ok := strings.CutSuffix(word, "s"); ok && counts[one] > 0 {
			counts[one] += n
			delete(counts, word)
		}
	}
	return counts
}
