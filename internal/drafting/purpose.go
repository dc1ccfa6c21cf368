package drafting

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// aim is what a passage says that something is for.
type aim struct {
	sentence
	who  string // as it is written in the middle of a sentence
	ask  string // "What do patrols aim to do?"
	goal string // "deter violence", or an -ing form or a noun phrase
	form form
}

// aimForms are the ways to say what something is for: whose group 1 is the
// thing, group 2 the goal, with the question that asks for it.
var aimForms = []struct {
	cue  *regexp.Regexp
	ask  string // %[1]s is the thing, %[2]s "do" or "does", %[3]s "are" or "is"
	form form
}{
	{regexp.MustCompile(`^(?:The |A )?((?:primary|main|overall|central|key) (?:objective|goal|aim|purpose|task) of [^,]{3,60}) (?:is|was) to ([^;:]+)\.$`), "What is the %[1]s?", toForm},
	{regexp.MustCompile(`^([^,;:]{3,80}?) (?:typically |often |primarily |mainly )?(?:aims?|seeks?) to ([^;:]+)\.$`), "What %[2]s %[1]s aim to do?", toForm},
	{regexp.MustCompile(`^([^,;:]{3,80}?) was (?:established|created|deployed|set up|sent)(?: in [0-9]{4})? to ([^;:]+)\.$`), "What was %[1]s set up to do?", toForm},
	{regexp.MustCompile(`^([^,;:]{3,80}?)(?:, established in [0-9]{4},)? aimed to ([^;:]+)\.$`), "What did %[1]s aim to do?", toForm},
	{regexp.MustCompile(`^([^,;:]{3,80}?) play(?:ed|s) an? [a-z]+ role in ([a-z]+ing [^;:]+)\.$`), "What is named as the role of %[1]s?", ingForm},
	{regexp.MustCompile(`^([^,;:]{3,80}?) (?:has|have) focused on ([a-z]+ing [^;:]+)\.$`), "What %[3]s %[1]s said to have focused on?", ingForm},
	{regexp.MustCompile(`^([^,;:]{3,80}?) (?:are|is) (?:designed|meant|intended) to ([^;:]+)\.$`), "What %[3]s %[1]s designed to do?", toForm},
	{regexp.MustCompile(`^([^,;:]{3,80}?) (?:possess(?:es)?|ha(?:ve|s)) the (?:authority|right|power) to ([^;:]+)\.$`), "What %[3]s %[1]s allowed to do?", toForm},
	{regexp.MustCompile(`^([^,;:]{3,80}?) (?:are|is) (?:responsible for|tasked with) ([a-z]+ing [^;:]+)\.$`), "What %[3]s %[1]s responsible for?", ingForm},
	{regexp.MustCompile(`^([^,;:]{3,80}?) (?:primarily |mainly |often )?focus(?:es)? on ([a-z]+ing [^;:]+)\.$`), "What %[2]s %[1]s focus on?", ingForm},
	{regexp.MustCompile(`^([^,;:]{3,80}?) (?:primarily |mainly |often |typically )?(?:focus(?:es)? on|involves?) ((?:the |a |an )?[a-z-]+ (?:personnel|people|of|staff|forces|activities) [^;:]+)\.$`), "What %[2]s %[1]s involve?", nounForm},
}

// tailOf trails behind what is said: ", ensuring …", ", which …".
var tailOf = regexp.MustCompile(`, (?:(?:thereby |thus |ultimately |further )?[a-z]+ing|which|who|where|while|whereas|so|thus|but|not only|as) .*$`)

// readAims finds what things are for.
func (m *material) readAims() []aim {
	var all []aim
	for _, s := range m.sentences {
		if s.doubt || s.item || s.alone < 0.8 {
			continue
		}
		text := bracketless(s.plain)
		if rest := opening.ReplaceAllString(text, ""); rest != text && firstWord(rest) == "the" {
			text = upperFirst(rest)
		}
		for _, f := range aimForms {
			parts := f.cue.FindStringSubmatch(text)
			if parts == nil {
				continue
			}
			a := aim{sentence: s, who: m.inner(parts[1]), goal: tailOf.ReplaceAllString(parts[2], ""), form: f.form}
			do := "does"
			head := strings.ReplaceAll(bare(a.who), "rule of law ", "legal ")
			if plural(headNoun(head)) {
				do = "do"
			}
			a.ask = fmt.Sprintf(f.ask, a.who, do, be(head))
			if m.askable(a) {
				all = append(all, a)
			}
			break
		}
	}
	return all
}

// askable says whether the thing is named well enough, and the goal is a phrase
// of its own that the question does not give away.
func (m *material) askable(a aim) bool {
	n := len(words(a.goal))
	switch {
	case !subject(upperFirst(a.who)), verbWithin.MatchString(a.who), !m.special(a.who), airy.MatchString(a.who) && len(words(a.who)) < 3:
		return false
	case n < 3, n > 22, commonPuff(a.goal) >= 0.34, leaning.MatchString(firstWords(a.goal, 4)), strings.Contains(a.goal, "they "):
		return false
	case strings.HasPrefix(a.ask, "What is named as the role"): // many things play a role; ask it of names only
		return slices.ContainsFunc(words(a.who), func(w string) bool { return isCapital(w) && !broad[w] })
	}
	return !meta.MatchString(a.plain)
}

// verbWithin tells a clause from a subject, airy what is no thing of its own, harm
// a phrase that nobody aims at.
var (
	verbWithin = regexp.MustCompile(` [a-z]+ed (?:in|a|an|the|to|by) `)
	airy       = regexp.MustCompile(`\b(?:initiatives|efforts|approach(?:es)?|strategies|measures)$`)
	harm       = regexp.MustCompile(`^(?:hinder|include|utili[sz]e|limit|complicat|weaken|undermin|impede|exacerbate|restrict|reduce their|prioriti[sz]ing|lead|compet|contribut|diminish|compromis|exceed|struggl|fac(?:e|ing)\b)`)
)

// special says whether a phrase has a word that is not in every eighth sentence:
// of what all is about, all is said.
func (m *material) special(phrase string) bool {
	for _, w := range content(phrase) {
		if !puff[w] && !category.MatchString(w) && (m.frequency[w]*8 <= len(m.sentences) || len(m.sentences) < 20) {
			return true
		}
	}
	return false
}

// aimDrafts asks what something is for; the others are what other things are for.
func (m *material) aimDrafts() []candidate {
	aims := m.readAims()
	var all []candidate
	for i, a := range aims {
		var pool []wrong
		for _, text := range m.otherAims(aims, i) {
			pool = append(pool, wrong{upperFirst(text), fmt.Sprintf("Takes what is said of something else for what is said of %s.", a.who), fmt.Sprintf("The passage says: “%s”", a.plain)})
		}
		key := upperFirst(a.goal)
		others, quality := pick(key, pool, 3)
		if others == nil {
			continue
		}
		q := single(a.ask, key, "Right: that is what the passage says.", others, m.explain(a.place, a.plain))
		q.Bloom = "understand"
		all = append(all, candidate{
			rule: Definition, places: []place{a.place}, q: q, fact: a.ask,
			parts: Parts{Alone: a.alone, Term: 0.8 * max(0.3, 1-2*commonPuff(a.plain)), Distractors: quality, Length: lengthFit(a.ask + " " + key)},
			why:   fmt.Sprintf("The sentence says what %s is for; the other options are what the document says of other things.", a.who),
		})
	}
	return all
}

// otherAims gives goals of the same form of other things, those of a whole
// sentence first.
func (m *material) otherAims(aims []aim, i int) []string {
	own := aims[i]
	said, who := own.stems.roots(), bagOf(own.who).roots()
	fresh := func(text string) bool {
		b := bagOf(text).roots()
		return len(b) >= 2 && b.shared(who) == 0 && float64(b.shared(said)) <= 0.34*float64(len(b))
	}
	var texts, loose []string
	for j, o := range aims {
		if j != i && o.form == own.form && o.who != own.who && fresh(o.goal) && closeness(own.goal, o.goal) > 0.45 {
			texts = append(texts, o.goal)
		}
	}
	for _, l := range m.loose {
		if p := l.items[0]; l.form == own.form && l.section != own.section && !harm.MatchString(p) && commonPuff(p) < 0.2 && len(words(p)) > 2 && fresh(p) && closeness(own.goal, p) > 0.3 {
			loose = append(loose, p)
		}
	}
	slices.SortStableFunc(loose, func(a, b string) int { return cmp.Compare(closeness(own.goal, b), closeness(own.goal, a)) })
	return append(texts, loose...)
}
