package drafting

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"muster/internal/question"
)

var (
	numeral    = regexp.MustCompile(`\b(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)( ?%| percent| per cent)?`)
	numberWord = regexp.MustCompile(`\b(?:[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Ff]ifteen|[Tt]wenty|[Tt]hirty)\b`)
	wordValues = map[string]float64{"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
		"twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30}
	labelled = regexp.MustCompile(`\b(Articles?|articles?|Chapter|chapter|[Rr]esolution|[Rr]ule|[Pp]rinciple|[Pp]aragraph|Tier|[Pp]hase|Annex|Protocol) (\d{1,4}|[IVX]+)\b`)
	yearCue  = regexp.MustCompile(`\b(19[0-9]{2}|20[0-4][0-9])\b`)
)

const gap = "…"

// numberDrafts asks for numbers that a sentence states, and for the number of an
// article, chapter or resolution.
func (m *material) numberDrafts() []candidate {
	var all []candidate
	labels := m.labelNumbers()
	for _, s := range m.sentences {
		if s.doubt || s.alone < 0.5 {
			continue
		}
		if c, ok := m.labelDraft(s, labels); ok {
			all = append(all, c)
			continue
		}
		if c, ok := m.quantityDraft(s); ok && s.alone >= 0.6 {
			all = append(all, c)
		}
	}
	return all
}

// quantityDraft takes the one number out of a sentence.
func (m *material) quantityDraft(s sentence) (candidate, bool) {
	at, value, unit, ok := quantity(s.plain)
	if !ok {
		return candidate{}, false
	}
	stem := fmt.Sprintf("Which number belongs in the gap? “%s%s%s”", s.plain[:at.start], gap, s.plain[at.end:])
	q := question.Question{
		Kind: question.Numeric, Bloom: "remember", Difficulty: 2, Stem: stem,
		Answer: &question.Quantity{Value: value, Unit: unit}, Explanation: m.explain(s.place, s.plain),
	}
	for _, v := range nearValues(value, s.plain) {
		q.Mistakes = append(q.Mistakes, question.Mistake{
			Value: &v, Misconception: "Remembers the number only roughly.",
			Feedback: fmt.Sprintf("Near, but not it. The passage says: “%s”", s.plain),
		})
	}
	return candidate{
		rule: Number, places: []place{s.place}, q: q, fact: s.plain,
		parts: Parts{Alone: s.alone, Term: 0.8 * max(0.2, 1-2*commonPuff(s.plain)), Distractors: 0.8, Length: lengthFit(stem)},
		why:   "The sentence states one number.",
	}, true
}

// quantity finds the number of a sentence that has exactly one, with a noun
// behind it; years, dates, labels and enumerations of the text are none.
func quantity(text string) (at span, value float64, unit string, ok bool) {
	type hit struct {
		span
		value float64
		unit  string
	}
	var hits []hit
	if yearCue.MatchString(text) || labelled.MatchString(text) {
		return span{}, 0, "", false
	}
	for _, x := range numeral.FindAllStringSubmatchIndex(text, -1) {
		v, err := strconv.ParseFloat(strings.ReplaceAll(text[x[2]:x[3]], ",", ""), 64)
		if err != nil || glued(text, x[0], x[3]) {
			return span{}, 0, "", false
		}
		h := hit{span{x[2], x[3]}, v, ""}
		if x[4] >= 0 {
			h.end, h.unit = x[5], "%"
		}
		hits = append(hits, h)
	}
	for _, x := range numberWord.FindAllStringIndex(text, -1) {
		if glued(text, x[0], x[1]) {
			return span{}, 0, "", false
		}
		hits = append(hits, hit{span{x[0], x[1]}, wordValues[strings.ToLower(text[x[0]:x[1]])], ""})
	}
	if len(hits) == 0 || len(hits) > 2 {
		return span{}, 0, "", false
	}
	h := hits[0]
	if h.start == 0 || h.unit == "" && !nounBehind(text[h.end:]) || strings.ContainsAny(text[h.end:], "(:") || len(words(text)) < 7 {
		return span{}, 0, "", false
	}
	return h.span, h.value, h.unit, true
}

// glued says whether a number is part of a longer name, such as "2(4)", "7-9",
// "A4P" or "07:40".
func glued(text string, from, to int) bool {
	before, after := "", ""
	if from > 0 {
		before = text[from-1 : from]
	}
	if to < len(text) {
		after = text[to : to+1]
	}
	return strings.ContainsAny(before, "/:-(") || strings.ContainsAny(after, "/:-(") || strings.HasPrefix(text[to:], "–")
}

func nounBehind(rest string) bool {
	ws := words(rest)
	return strings.HasPrefix(rest, " ") && len(ws) > 0 && (!small[strings.ToLower(ws[0])]) && (plural(ws[0]) || len(ws) > 1 && plural(ws[1]) || len(ws) > 2 && plural(ws[2]))
}

// nearValues are foreseen wrong numbers: the others of the sentence, then its
// neighbours.
func nearValues(value float64, text string) []float64 {
	var near []float64
	add := func(v float64) {
		if v > 0 && v != value && !slices.Contains(near, v) && len(near) < 3 {
			near = append(near, v)
		}
	}
	step := 1.0
	for step*20 < value {
		step *= 10
	}
	for _, x := range numeral.FindAllStringSubmatch(text, -1) {
		if v, err := strconv.ParseFloat(strings.ReplaceAll(x[1], ",", ""), 64); err == nil {
			add(v)
		}
	}
	add(value - step)
	add(value + step)
	add(value + 2*step)
	return near
}

// labelNumbers gathers the numbers that each label has in the document: the
// articles, the chapters.
func (m *material) labelNumbers() map[string][]string {
	numbers := map[string][]string{}
	for _, s := range m.doc.Sections {
		for _, p := range s.Passages {
			for _, x := range labelled.FindAllStringSubmatch(p.Text, -1) {
				if l := strings.TrimSuffix(strings.ToLower(x[1]), "s"); !slices.Contains(numbers[l], x[2]) {
					numbers[l] = append(numbers[l], x[2])
				}
			}
		}
	}
	return numbers
}

// labelDraft asks which article, chapter or resolution a sentence speaks of.
func (m *material) labelDraft(s sentence, numbers map[string][]string) (candidate, bool) {
	hits := labelled.FindAllStringSubmatchIndex(s.plain, -1)
	if len(hits) != 1 || glued(s.plain, hits[0][0], hits[0][1]) || strings.HasPrefix(s.plain[hits[0][1]:], " and ") || strings.HasPrefix(s.plain[hits[0][1]:], " to ") {
		return candidate{}, false
	}
	x := hits[0]
	name, num := s.plain[x[2]:x[3]], s.plain[x[4]:x[5]]
	label := strings.TrimSuffix(strings.ToLower(name), "s")
	var pool []wrong
	others := slices.Clone(numbers[label])
	for _, n := range neighbours(num) {
		if !slices.Contains(others, n) {
			others = append(others, n)
		}
	}
	for _, n := range others {
		if n != num && !strings.Contains(s.plain, n) && (len(n) == len(num) || label != "resolution") {
			text := upperFirst(label) + " " + n
			pool = append(pool, wrong{text, fmt.Sprintf("Mixes up %ss %s and %s.", label, n, num), fmt.Sprintf("It is %s %s. The passage says: “%s”", label, num, s.plain)})
		}
	}
	if len(pool) < 3 || len(s.stems) < 5 {
		return candidate{}, false
	}
	key := upperFirst(label) + " " + num
	stem := fmt.Sprintf("Which %s belongs in the gap? “%s%s%s”", label, s.plain[:x[0]], gap, s.plain[x[1]:])
	return candidate{
		rule: Number, places: []place{s.place}, fact: key + s.plain,
		q:     single(stem, key, "Right.", pool[:3], m.explain(s.place, s.plain)),
		parts: Parts{Alone: s.alone, Term: 0.9, Distractors: 0.85, Length: lengthFit(stem)},
		why:   fmt.Sprintf("The sentence says what %s %s is about; the others stand elsewhere in the document or next to it.", label, num),
	}, true
}

var roman = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"}

// neighbours are the numbers next to a number, Arabic or Roman.
func neighbours(num string) []string {
	var near []string
	if i := slices.Index(roman, num); i >= 0 {
		for _, d := range []int{1, -1, 2, -2, 3} {
			if j := i + d; j >= 0 && j < len(roman) {
				near = append(near, roman[j])
			}
		}
		return near
	}
	n, err := strconv.Atoi(num)
	if err != nil {
		return nil
	}
	for _, d := range []int{2, -1, 3, -4, 1} {
		if n+d > 0 {
			near = append(near, strconv.Itoa(n+d))
		}
	}
	return near
}
