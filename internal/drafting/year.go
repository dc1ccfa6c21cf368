package drafting

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	wasIn  = regexp.MustCompile(`^(.{3,90}?) (was|were) ([a-z]+(?:ed|en|un|et|ade|eld|lt)\b.{0,120}?) in (?:[A-Z][a-z]+ )?((?:19|20)\d\d)(.*)\.$`)
	spread = [][]int{{-3, 2, 5}, {-5, -2, 3}, {-7, -4, -2}, {2, 4, 7}, {-1, 3, 6}, {-6, -1, 2}}
)

// yearDrafts asks in which year something was.
func (m *material) yearDrafts() []candidate {
	var all []candidate
	for _, s := range m.sentences {
		years := yearCue.FindAllString(s.plain, -1)
		if s.doubt || s.alone < 0.95 || len(years) == 0 || len(years) > 3 || len(s.stems) < 5 || !m.namesThing(s) || vague.MatchString(s.plain) {
			continue
		}
		if c, ok := m.yearDraft(s, years); ok {
			all = append(all, c)
		}
	}
	return all
}

// vague tells "a report of 2000": what it is about cannot be known without the
// passage.
var vague = regexp.MustCompile(`^(?:A|An|The) [a-z-]+(?: [a-z-]+)? (?:of|in) (?:19|20)`)

// namesThing says whether a sentence names somebody or something: a glossary
// term, or a word that is written with a capital.
func (m *material) namesThing(s sentence) bool {
	if len(s.spoken) > 0 {
		return true
	}
	for _, w := range wordSpans(s.plain)[1:] {
		if word := s.plain[w.start:w.end]; isCapital(word) && !months[word] && !broad[word] {
			return true
		}
	}
	return false
}

var (
	months = set("January February March April May June July August September October November December")
	broad  = set("UN Council State States United Nations Member Members Assembly")
)

func (m *material) yearDraft(s sentence, years []string) (candidate, bool) {
	year := years[0]
	at := strings.Index(s.plain, year)
	if glued(s.plain, at, at+4) && !strings.HasPrefix(s.plain[at+4:], "–") || strings.HasPrefix(s.plain[at+4:], "s") || at == 0 || !strings.HasSuffix(s.plain[:at], " ") {
		return candidate{}, false
	}
	stem := fmt.Sprintf("Which year belongs in the gap? “%s%s%s”", s.plain[:at], gap, s.plain[at+4:])
	if parts := wasIn.FindStringSubmatch(s.plain); parts != nil && parts[4] == year && subject(bracketless(parts[1])) && len(words(parts[5])) < 12 && firstWord(parts[1]) != "a" {
		stem = fmt.Sprintf("In which year %s %s %s?", parts[2], m.inner(parts[1]), strings.TrimSpace(parts[3]))
	}
	n, err := strconv.Atoi(year)
	if err != nil {
		return candidate{}, false
	}
	var others []wrong
	for _, y := range m.nearYears(n, s) {
		others = append(others, wrong{strconv.Itoa(y), "Remembers the time only roughly.", fmt.Sprintf("It was %s. The passage says: “%s”", year, s.plain)})
	}
	return candidate{
		rule: Year, places: []place{s.place}, fact: s.plain,
		q:     single(stem, year, "Right.", others, m.explain(s.place, s.plain)),
		parts: Parts{Alone: s.alone, Term: 0.7 * max(0.3, 1-2*commonPuff(s.plain)), Distractors: 0.8, Length: lengthFit(stem)},
		why:   "The sentence says in which year something was; the other years are near it.",
	}, true
}

var brackets = regexp.MustCompile(` ?\([^)]*\)`)

func bracketless(text string) string { return brackets.ReplaceAllString(text, "") }

// nearYears are three years: one that the document names within ten years, where
// there is one, and others by a fixed spread that the sentence chooses.
func (m *material) nearYears(year int, s sentence) []int {
	var near []int
	add := func(y int) {
		if y != year && len(near) < 3 && !slices.Contains(near, y) && !strings.Contains(s.plain, strconv.Itoa(y)) {
			near = append(near, y)
		}
	}
	for _, p := range m.doc.Sections[s.section].Passages {
		for _, y := range yearCue.FindAllString(p.Text, -1) {
			if n, err := strconv.Atoi(y); err == nil && n > year-10 && n < year+10 && len(near) == 0 {
				add(n)
			}
		}
	}
	pattern := spread[number(s.plain)%uint32(len(spread))]
	for _, d := range append(slices.Clone(pattern), 1, -8, 9, -9, 8) {
		add(year + d)
	}
	return near
}
