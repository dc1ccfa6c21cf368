package drafting

import (
	"fmt"
	"regexp"
	"strings"

	"muster/internal/question"
)

// clozeDrafts takes a key term out of a sentence that stands alone: a glossary
// term that the sentence is about, or a name in capitals.
func (m *material) clozeDrafts() []candidate {
	var all []candidate
	for _, s := range m.sentences {
		if s.doubt || s.alone < 0.7 || len(s.stems) < 6 || commonPuff(s.plain) > 0.12 || praise.MatchString(s.plain) {
			continue
		}
		for _, f := range s.spoken {
			if c, ok := m.clozeDraft(s, f); ok {
				all = append(all, c)
				break
			}
		}
	}
	return append(all, m.nameDrafts()...)
}

func (m *material) clozeDraft(s sentence, f found) (candidate, bool) {
	term := s.plain[f.start:f.end]
	e := m.lexicon.entries[f.entry]
	rest := s.plain[:f.start] + " " + s.plain[f.end:]
	lead := s.plain[:f.start]
	if lead != "" && !articles[strings.ToLower(strings.TrimSpace(lead))] || e.qualified || m.tooCommon(term) || !leads(s.plain, f) || bagOf(e.name).within(bagOf(rest)) {
		return candidate{}, false
	}
	blank := question.Blank{
		Accepted: accepted(term, e), Misconception: "Knows the matter, but not the term for it.",
		Feedback: fmt.Sprintf("The term is “%s”. The passage says: “%s”", term, s.plain),
	}
	kin, _ := m.lexicon.siblings(e)
	for _, o := range kin {
		if len(blank.Mistakes) < 4 && !bagOf(o.name).within(bagOf(e.name)) && !bagOf(e.name).within(bagOf(o.name)) {
			blank.Mistakes = append(blank.Mistakes, question.Mistake{
				Text: m.glossaryCase(o.name), Misconception: fmt.Sprintf("Takes %s for %s.", m.glossaryCase(o.name), m.glossaryCase(e.name)),
				Feedback: contrast(m.glossaryCase(o.name), o.definition, s.plain),
			})
		}
	}
	if len(blank.Mistakes) == 0 {
		return candidate{}, false
	}
	stem := fmt.Sprintf("Which term is missing (%s)? %s____%s", wordCount(term), lead, s.plain[f.end:])
	q := question.Question{
		Kind: question.Cloze, Bloom: "remember", Difficulty: 2, Stem: stem, Blanks: []question.Blank{blank}, Explanation: m.explain(s.place, s.plain),
	}
	return candidate{
		rule: Cloze, places: []place{s.place}, q: q, fact: e.name,
		parts: Parts{Alone: s.alone, Term: m.termWeight(e.name, s.plain), Distractors: 0.6, Length: lengthFit(s.plain)},
		why:   fmt.Sprintf("The sentence is about the glossary term “%s”.", e.name),
	}, true
}

// praise are verbs behind which nothing is told.
var praise = regexp.MustCompile(`\b(?:exemplif(?:y|ies)|underscore[sd]?|serves? as a (?:prominent|key|vital)|remain(?:s)? (?:neutral|vital|critical|crucial))\b`)

// leads says whether the sentence is about the term itself: a verb follows it.
// "The impact of efforts" is about something else, and so is "a mandate holder".
func leads(text string, f found) bool {
	after := strings.TrimLeft(text[f.end:], " ")
	next := firstWord(after)
	if _, rest, _ := strings.Cut(after, " "); hedge.MatchString(rest) && !strings.HasPrefix(rest, "not ") {
		return false
	}
	if !strings.HasPrefix(text[f.end:], " ") || prepositions[next] || category.MatchString(next) && !statives[next] || next == "and" || next == "or" {
		return false
	}
	return finite[next] || statives[next] || strings.HasSuffix(next, "s") && !plural(text[f.start:f.end]) && !strings.HasSuffix(next, "ions") && !strings.HasSuffix(next, "ments")
}

var statives = set(`refer refers mean means cover covers include includes involve involves contain contains apply applies follow follows ask asks name
	names explain explains begin begins set sets bind binds protect protects form forms describe describes require requires gather gathers report reports
	run runs rest rests keep keeps allow allows lower lowers belong belongs fall falls depend depends`)

// tooCommon keeps words out that are in every fifth sentence.
func (m *material) tooCommon(term string) bool {
	for _, w := range content(term) {
		if m.frequency[w]*8 <= len(m.sentences) || m.frequency[w] < 4 {
			return false
		}
	}
	return true
}

// accepted are the ways to write a term: as the sentence has it, and the names of
// its glossary entry.
func accepted(term string, e entry) []string {
	list := []string{term}
	seen := map[string]bool{question.Fold(term): true}
	for _, n := range e.names {
		forms := []string{n}
		if !strings.Contains(n, " of ") && !strings.Contains(n, " for ") && !strings.HasSuffix(n, "s") && !strings.HasSuffix(n, "y") && !strings.HasSuffix(n, "ing") && !isAcronym(n) {
			forms = append(forms, n+"s")
		}
		for _, v := range forms {
			if k := question.Fold(v); !seen[k] {
				seen[k] = true
				list = append(list, v)
			}
		}
	}
	return list
}

func wordCount(term string) string {
	n := len(strings.Fields(term))
	if n == 1 {
		return "one word"
	}
	return fmt.Sprintf("%d words", n)
}
