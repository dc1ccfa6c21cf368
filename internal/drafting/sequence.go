package drafting

import (
	"fmt"
	"regexp"
	"strings"

	"muster/internal/question"
)

var (
	pathCue = regexp.MustCompile(`(?i)\b(?:path|sequence|steps|stages|order|cycle|process)\b[^:]{0,40}: `)
	fromTo  = regexp.MustCompile(`^(.{3,60}?) (?:runs|goes|leads|moves|passes|ranges up) from (.+?) to (.+)\.$`)
)

// sequenceDrafts asks for the order of steps: of a numbered list, of a sentence
// that counts them up.
func (m *material) sequenceDrafts() []candidate {
	var all []candidate
	for _, r := range m.runs {
		if c, ok := m.runOrder(r); ok {
			all = append(all, c)
		}
	}
	for _, s := range m.sentences {
		if c, ok := m.sentenceOrder(s); ok {
			all = append(all, c)
		}
	}
	return all
}

// runOrder reads a list of steps.
func (m *material) runOrder(r run) (candidate, bool) {
	if !r.ordered || len(r.rows) < 3 || len(r.rows) > 8 {
		return candidate{}, false
	}
	var steps []string
	for _, row := range r.rows {
		step := strings.TrimRight(row[0], ".: ")
		if len(row) == 2 && len(words(step)) < 4 {
			step += ": " + lowerFirst(strings.TrimSuffix(firstSentence(row[1]), "."))
		}
		if len(words(step)) > 24 {
			step = strings.TrimRight(row[0], ".: ")
		}
		steps = append(steps, step)
	}
	topic := m.topic(r)
	if r.heading == "" {
		topic = strings.TrimRight(r.lead, ":")
	}
	places := r.places
	return m.orderDraft(topic+": put the steps in the right order.", steps, places, strings.Join(steps, " → "), 0.8)
}

// sentenceOrder reads "a simple path: a, b, c, d" and "runs from a to b, c and d".
func (m *material) sentenceOrder(s sentence) (candidate, bool) {
	if s.doubt || s.item {
		return candidate{}, false
	}
	if at := pathCue.FindStringIndex(s.text); at != nil {
		lead := strings.TrimSuffix(strings.TrimSpace(s.text[:at[1]]), ":")
		return m.orderDraft(lead+". Put its parts in the right order.", steps(s.text[at[1]:]), []place{s.place}, s.text, 0.8)
	}
	if parts := fromTo.FindStringSubmatch(s.plain); parts != nil && s.alone >= 0.6 {
		list := append([]string{parts[2]}, steps(parts[3])...)
		return m.orderDraft(fmt.Sprintf("%s has an order. Put its parts in that order.", parts[1]), list, []place{s.place}, s.plain, s.alone)
	}
	return candidate{}, false
}

// steps takes "a, b, c and d" apart; a last "and" is not needed.
func steps(text string) []string {
	text = strings.TrimSuffix(strings.TrimSpace(text), ".")
	if list := enumerate(text); list != nil {
		return list
	}
	return checked(strings.Split(text, ", "))
}

func (m *material) orderDraft(stem string, steps []string, places []place, said string, alone float64) (candidate, bool) {
	if len(steps) < 3 || len(steps) > 8 {
		return candidate{}, false
	}
	q := question.Question{
		Kind: question.Order, Bloom: "understand", Difficulty: 2, Stem: stem, Explanation: m.explain(places[0], said),
		Mistakes: []question.Mistake{{Misconception: "Knows the steps, but not which comes first.", Feedback: fmt.Sprintf("The passage gives this order: “%s”", said)}},
	}
	seen := map[string]bool{}
	for _, step := range steps {
		text := upperFirst(step)
		if seen[strings.ToLower(text)] || strings.TrimSpace(text) == "" {
			return candidate{}, false
		}
		seen[strings.ToLower(text)] = true
		q.Sequence = append(q.Sequence, question.Choice{Text: text})
	}
	return candidate{
		rule: Sequence, places: places, q: q, fact: said,
		parts: Parts{Alone: alone, Term: 0.8, Distractors: 0.8, Length: min(1, float64(len(steps))/4)},
		why:   fmt.Sprintf("The passage gives %d steps in an order.", len(steps)),
	}, true
}
