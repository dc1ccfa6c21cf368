package drafting

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"muster/internal/question"
)

// pair is a left-hand text with what belongs to it.
type pair struct {
	left, right string
	place
	text string
}

// matchingDrafts makes matches, and questions about single rows, of tables and
// of runs of labelled items.
func (m *material) matchingDrafts() []candidate {
	var all []candidate
	for _, r := range m.runs {
		if r.table {
			for col := 1; col < len(r.rows[0]); col++ {
				all = append(all, m.column(r, col)...)
			}
			if c, ok := m.contrastDraft(r); ok {
				all = append(all, c)
			}
			continue
		}
		all = append(all, m.labelled(r)...)
	}
	return all
}

// column pairs the first column of a table with another.
func (m *material) column(r run, col int) []candidate {
	if !header(r.rows) || compares(r.rows[0]) || address.MatchString(r.rows[0][0]+" "+r.rows[0][col]) {
		return nil
	}
	left, what := r.rows[0][0], strings.TrimRight(r.rows[0][col], " …")
	if bagOf(left).alike(bagOf(what)) > 0.4 {
		return m.sides(r, col)
	}
	var pairs []pair
	for i, row := range r.rows[1:] {
		if right := firstSentence(row[col]); fair(row[0], right) && !strings.HasSuffix(right, "?") {
			name := row[0]
			if strings.Trim(name, "0123456789-–() ") == "" {
				name = left + " " + name
			}
			pairs = append(pairs, pair{name, upperFirst(right), r.places[i+1], row[0] + " – " + row[col]})
		}
	}
	return m.paired(fmt.Sprintf("Match each entry for “%s” with its entry for “%s”.", left, what),
		fmt.Sprintf("Which entry for “%s” has this under “%s”: “%%s”?", escape(left), escape(what)), pairs, "The rows of a table are built alike.")
}

// sides reads a table of two opposite columns, "counts" and "does not count":
// what stands in one row need not belong together, but each cell has its side.
func (m *material) sides(r run, col int) []candidate {
	var pairs []pair
	for i, row := range r.rows[1:] {
		for _, k := range []int{0, col} {
			if cell := strings.TrimRight(row[k], ". "); len(pairs) < 6 && len(words(cell)) > 0 && len(words(cell)) < 16 {
				pairs = append(pairs, pair{cell, r.rows[0][k], r.places[i+1], cell + " (" + r.rows[0][k] + ")"})
			}
		}
	}
	if len(pairs) < 4 {
		return nil
	}
	stem := fmt.Sprintf("“%s” or “%s”: to which does each of these belong?", r.rows[0][0], r.rows[0][col])
	return []candidate{m.matchDraft(stem, pairs, "A table sets two sides against each other.")}
}

// contrastDraft reads a table whose first row names what is compared and whose
// first column names in what: to which does each belong?
func (m *material) contrastDraft(r run) (candidate, bool) {
	if len(r.rows) < 3 || !compares(r.rows[0]) || len(r.rows[0]) < 3 || len(r.rows[0]) > 5 {
		return candidate{}, false
	}
	var pairs []pair
	heads := r.rows[0]
	for i, row := range r.rows[1:] {
		for k := 0; k < 2; k++ {
			col := 1 + (2*i+k)%(len(heads)-1)
			if len(heads) == 3 {
				col = 1 + k
			}
			if left := row[0] + ": " + m.inner(firstSentence(row[col])); len(pairs) < 6 && len(words(row[col])) > 1 && !talk.MatchString(left) && !bagOf(heads[col]).within(bagOf(left)) {
				pairs = append(pairs, pair{left, heads[col], r.places[i+1], row[0] + ": " + row[col] + " (" + heads[col] + ")"})
			}
		}
	}
	if len(pairs) < 3 || sameRight(pairs) {
		return candidate{}, false
	}
	stem := fmt.Sprintf("%s: to which does each of these belong?", strings.Join(heads[1:], " or "))
	return m.matchDraft(stem, pairs, "A table compares things point by point."), true
}

// compares says whether a header names things that are compared: its first cell
// is empty, or all others are names with abbreviations.
func compares(heads []string) bool {
	if heads[0] == "" {
		return true
	}
	for _, h := range heads[1:] {
		if !slices.ContainsFunc(words(h), isAcronym) {
			return false
		}
	}
	return len(heads) > 2
}

func sameRight(pairs []pair) bool {
	for _, p := range pairs[1:] {
		if p.right != pairs[0].right {
			return false
		}
	}
	return true
}

func escape(text string) string { return strings.ReplaceAll(text, "%", "%%") }

// labelled pairs the labels of items with what follows them.
func (m *material) labelled(r run) []candidate {
	var pairs []pair
	for i, row := range r.rows {
		if len(row) == 2 {
			if right := firstSentence(row[1]); fair(row[0], right) && !strings.HasSuffix(right, "?") {
				pairs = append(pairs, pair{row[0], upperFirst(right), r.places[i], row[0] + ": " + row[1]})
			}
		}
	}
	if len(pairs) < len(r.rows)-1 || r.heading == "" {
		return nil
	}
	topic := m.topic(r)
	return m.paired(fmt.Sprintf("%s: match each with what is said of it.", topic), "“"+escape(topic)+"”: which of these is described as “%s”?",
		pairs, "The items of a list are built alike: a name and what is said of it.")
}

// topic is the heading of a run, with the title of the document before it where
// the heading alone does not say what it is about.
func (m *material) topic(r run) string {
	topic := strings.TrimRight(r.heading, ".:?")
	if len(content(topic)) <= 2 && m.doc.Title != "" && m.doc.Title != topic {
		topic = strings.TrimSpace(strings.TrimRight(m.doc.Title, ".:?") + ", " + lowerFirst(topic))
	}
	return topic
}

// fair says whether a pair can be asked: short enough, and the right side does
// not name the left.
func fair(left, right string) bool {
	l, r := words(left), words(right)
	return len(l) > 0 && len(r) > 0 && len(l) <= 9 && len(r) <= 26 && !bagOf(left).within(bagOf(right)) && !talk.MatchString(left) && !meta.MatchString(right)
}

var talk = regexp.MustCompile(`[“”"?]`)

func firstSentence(text string) string {
	runes := []rune(text)
	spans := sentences(runes)
	if len(spans) == 0 {
		return ""
	}
	return strings.TrimRight(string(runes[spans[0].start:spans[0].end]), ". ;")
}

// header guesses whether the first row of a table names its columns: it is
// not much longer than the others, or its first cell is empty.
func header(rows [][]string) bool {
	if len(rows) < 3 {
		return false
	}
	if rows[0][0] == "" {
		return true
	}
	first, rest := 0, 0
	for i, row := range rows {
		for _, c := range row[1:] {
			if i == 0 {
				first += len(c)
			} else {
				rest += len(c)
			}
		}
	}
	return 2*first*(len(rows)-1) <= 3*rest
}

// paired makes the match and questions about its single pairs.
func (m *material) paired(stem, ask string, pairs []pair, why string) []candidate {
	pairs = distinctPairs(pairs)
	if len(pairs) < 3 {
		return nil
	}
	all := []candidate{m.matchDraft(stem, pairs[:min(6, len(pairs))], why)}
	if len(pairs) < 4 {
		return all
	}
	for i, p := range pairs {
		if len(words(p.right)) < 4 || len(all) > 3 || bagOf(p.left).roots().shared(bagOf(p.right).roots()) > 0 || isAcronym(p.left) && spells(p.right, p.left) {
			continue
		}
		var pool []wrong
		for d := 1; d < len(pairs); d++ {
			o := pairs[(i+d)%len(pairs)]
			pool = append(pool, wrong{o.left, fmt.Sprintf("Takes %s for %s.", o.left, p.left), fmt.Sprintf("%s is something else: “%s”.", o.left, o.right)})
		}
		others, quality := pick(p.left, pool, 3)
		if others == nil {
			continue
		}
		s := fmt.Sprintf(ask, p.right)
		all = append(all, candidate{
			rule: Matching, places: []place{p.place}, fact: p.left,
			q:     single(s, p.left, "Right: the two stand together.", others, m.explain(p.place, p.text)),
			parts: Parts{Alone: 0.7, Term: m.termWeight(p.left, p.right), Distractors: quality, Length: lengthFit(s)},
			why:   why,
		})
	}
	return all
}

func distinctPairs(pairs []pair) []pair {
	lefts, rights := map[string]bool{}, map[string]bool{}
	var kept []pair
	for _, p := range pairs {
		l, r := question.Fold(p.left), question.Fold(p.right)
		alike := slices.ContainsFunc(kept, func(o pair) bool { return bagOf(o.right).alike(bagOf(p.right)) > 0.6 })
		if !lefts[l] && !rights[r] && !alike {
			lefts[l], rights[r] = true, true
			kept = append(kept, p)
		}
	}
	return kept
}

// matchDraft builds a match of three to six pairs.
func (m *material) matchDraft(stem string, pairs []pair, why string) candidate {
	q := question.Question{Kind: question.Match, Bloom: "remember", Difficulty: 2, Stem: stem}
	c := candidate{rule: Matching, why: why, fact: stem + pairs[0].left + pairs[0].right}
	var said []string
	spread := 0.0
	for i, p := range pairs {
		other := pairs[(i+1)%len(pairs)]
		q.Pairs = append(q.Pairs, question.Pair{
			Left: p.left, Right: p.right, Misconception: fmt.Sprintf("Takes %s for %s.", p.left, other.left),
			Feedback: fmt.Sprintf("The passage says: “%s”", p.text),
		})
		said = append(said, p.text)
		c.places = append(c.places, p.place)
		spread += closeness(p.right, other.right)
	}
	q.Explanation = m.explain(pairs[0].place, strings.Join(said, " · "))
	c.q = q
	c.parts = Parts{Alone: 0.8, Term: 0.8, Distractors: 0.4 + 0.6*spread/float64(len(pairs)), Length: min(1, float64(len(pairs))/4)}
	return c
}
