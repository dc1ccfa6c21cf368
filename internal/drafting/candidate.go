package drafting

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"unicode/utf8"

	"muster/internal/question"
)

// Parts are what a score is made of, each 0..1. The score is
// 0.30 Alone + 0.20 Term + 0.30 Distractors + 0.20 Length, times what the rule
// deserves, see trust.
type Parts struct {
	Alone       float64 // the sentence is understood without its surroundings: no dangling pronoun, no talk about the text
	Term        float64 // the key is a term of the glossary or a name, not a word that is everywhere; praise lowers it
	Distractors float64 // siblings of the key, of its shape and length, and enough of them
	Length      float64 // the stem and the options are neither too short nor too long
}

// trust is the share of a rule's drafts that readers found usable, 0..1: the mean
// of two who judged 154 drafts of the articles and lessons, each alone. It counts
// for half, so that the best draft of a weak rule still comes before the worst of
// a strong one.
var trust = map[Rule]float64{
	Year: 0.94, Acronym: 0.86, Matching: 0.81, Number: 0.79, Cloze: 0.67, Sequence: 0.60, TrueFalse: 0.57, Definition: 0.54, Membership: 0.40,
}

func (c candidate) score() float64 {
	p := c.parts
	return (0.30*p.Alone + 0.20*p.Term + 0.30*p.Distractors + 0.20*p.Length) * (1 + trust[c.rule]) / 2
}

// candidate is a draft before the best are picked.
type candidate struct {
	rule   Rule
	places []place
	q      question.Question
	parts  Parts
	why    string
	fact   string // what is asked; two drafts of one kind that ask the same are near duplicates
}

// best picks the drafts: near duplicates removed, so many of a passage, in the
// order of the document.
func (m *material) best(all []candidate, o Options) []Draft {
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score(), a.score()) })
	k := keeper{perPassage: o.PerPassage, count: map[[2]int]int{}, spans: map[place]int{}, facts: map[string]bool{}, stems: map[string][]bag{}}
	var kept []candidate
	for _, c := range all {
		if c.score() >= o.Least && k.keep(c) {
			kept = append(kept, c)
		}
	}
	slices.SortStableFunc(kept, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.places[0].section, b.places[0].section), cmp.Compare(a.places[0].passage, b.places[0].passage))
	})
	drafts := make([]Draft, 0, len(kept))
	for _, c := range kept {
		if d, ok := m.draft(c); ok {
			drafts = append(drafts, d)
		}
	}
	return drafts
}

// keeper refuses what says again what has been kept.
type keeper struct {
	perPassage int
	count      map[[2]int]int   // drafts of a passage
	spans      map[place]int    // drafts of a sentence alone: at most two
	facts      map[string]bool  // rule, kind and fact
	stems      map[string][]bag // of each rule and kind
}

func (k keeper) keep(c candidate) bool {
	at := [2]int{c.places[0].section, c.places[0].passage}
	fact := string(c.rule) + string(c.q.Kind) + strings.ToLower(c.fact)
	if k.count[at] >= k.perPassage || len(c.places) == 1 && k.spans[c.places[0]] >= 2 || k.facts[fact] {
		return false
	}
	kind := string(c.q.Kind)
	text := bagOf(asked(c.q))
	for _, other := range k.stems[kind] {
		if text.alike(other) > 0.75 {
			return false
		}
	}
	k.count[at]++
	if len(c.places) == 1 {
		k.spans[c.places[0]]++
	}
	k.facts[fact] = true
	k.stems[kind] = append(k.stems[kind], text)
	return true
}

// asked is what a question asks and its key, as one text.
func asked(q question.Question) string {
	return q.Stem + " " + strings.Join(question.KeyLines(q), " ")
}

// draft completes a candidate: anchors, ids of the options, its own id.
func (m *material) draft(c candidate) (Draft, bool) {
	q := c.q
	q.Pool, q.Review = question.Practice, question.Unreviewed
	for _, p := range c.places {
		a, ok := m.anchor(p)
		if !ok {
			return Draft{}, false
		}
		q.Anchors = append(q.Anchors, a)
	}
	question.Identify(&q)
	sum := sha256.New()
	for _, a := range q.Anchors {
		fmt.Fprintf(sum, "%s\x00%d\x00%s\x00", a.Section, a.Paragraph, a.Hash)
	}
	fmt.Fprintf(sum, "%s\x00%s\x00%s", c.rule, q.Kind, q.Stem)
	id := hex.EncodeToString(sum.Sum(nil)[:8])
	return Draft{ID: id, Rule: c.rule, Score: c.score(), Parts: c.parts, Question: q, Why: c.why}, true
}

// wrong is a distractor.
type wrong struct{ text, misconception, feedback string }

// options mixes the key with its distractors, in an order that depends only on
// the texts.
func options(keys []question.Option, others []wrong) []question.Option {
	all := slices.Clone(keys)
	for i := range all {
		all[i].Correct = true
	}
	for _, w := range others {
		all = append(all, question.Option{Text: w.text, Misconception: w.misconception, Feedback: w.feedback})
	}
	slices.SortStableFunc(all, func(a, b question.Option) int { return cmp.Compare(number(a.Text), number(b.Text)) })
	return all
}

// number turns a text into a number, the same each time: what stands for chance
// where one of several ways must be taken.
func number(text string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(text))
	return h.Sum32()
}

// pick takes n distractors, those first in the pool first, but so that the key
// is not the longest where that can be helped. Synonyms of the key and of each
// other are passed over. The quality, 0..1, is for shape, length and place.
func pick(key string, pool []wrong, n int) ([]wrong, float64) {
	var fit []wrong
	taken := []bag{bagOf(key)}
	texts := map[string]bool{question.Fold(key): true}
	for _, w := range pool {
		b := bagOf(w.text)
		if texts[question.Fold(w.text)] || len(w.text) == 0 || slices.ContainsFunc(taken, func(t bag) bool { return b.within(t) || t.within(b) || b.alike(t) > 0.6 }) {
			continue
		}
		if len(fit) == n+4 {
			break
		}
		taken, texts[question.Fold(w.text)] = append(taken, b), true
		fit = append(fit, w)
	}
	if len(fit) < n {
		return nil, 0
	}
	length := utf8.RuneCountInString(key)
	chosen := slices.Clone(fit[:n])
	if !slices.ContainsFunc(chosen, func(w wrong) bool { return utf8.RuneCountInString(w.text) >= length }) {
		for _, w := range fit[n:] {
			if utf8.RuneCountInString(w.text) >= length {
				chosen[n-1] = w
				break
			}
		}
	}
	quality := 0.0
	for _, w := range chosen {
		quality += closeness(key, w.text)
	}
	return chosen, quality / float64(n)
}

// closeness is 1 for texts of one length and shape, less where they differ.
func closeness(a, b string) float64 {
	x, y := float64(utf8.RuneCountInString(a)), float64(utf8.RuneCountInString(b))
	c := min(x, y) / max(x, y, 1)
	if x < 24 && y < 24 { // short names may differ more without standing out
		c = (1 + c) / 2
	}
	if isCapital(a) != isCapital(b) {
		c *= 0.8
	}
	if shapeOf(a) != shapeOf(b) {
		c *= 0.7
	}
	return c
}

// lengthFit is 1 for stems of 8 to 30 words and falls to 0 at 0 and 60.
func lengthFit(stem string) float64 {
	n := float64(len(words(stem)))
	switch {
	case n < 8:
		return n / 8
	case n > 30:
		return max(0, 1-(n-30)/30)
	}
	return 1
}

// termWeight is how much a key is worth asking for: a term of the glossary or a
// name more than a common phrase, a word of every sentence little.
func (m *material) termWeight(key, sentence string) float64 {
	weight := 0.6
	if _, ok := m.lexicon.lookup(key); ok {
		weight = 1
	} else if ws := words(key); len(ws) > 1 && isCapital(ws[0]) && isCapital(ws[len(ws)-1]) {
		weight = 0.9
	}
	everywhere := 0
	for _, w := range content(key) {
		if m.frequency[w]*6 > len(m.sentences) && len(m.sentences) > 20 {
			everywhere++
		}
	}
	if n := len(content(key)); n > 0 && everywhere == n {
		weight *= 0.4
	}
	return weight * max(0.2, 1-2*commonPuff(sentence))
}

// explain is the explanation of every draft: the passage in its own words.
func (m *material) explain(p place, said string) string {
	if heading := m.doc.Sections[p.section].Heading; heading != "" {
		return fmt.Sprintf("The section “%s” says: “%s”", heading, said)
	}
	return fmt.Sprintf("The passage says: “%s”", said)
}

// single builds a question with one right option.
func single(stem, key, feedback string, others []wrong, explanation string) question.Question {
	return question.Question{
		Kind: question.Single, Bloom: "remember", Difficulty: 1, Stem: stem, Explanation: explanation,
		Options: options([]question.Option{{Text: key, Feedback: feedback}}, others),
	}
}
