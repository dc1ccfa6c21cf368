package drafting

import (
	"fmt"
	"slices"
	"strings"
)

// completionDrafts puts three or four lists of a document together: which belongs
// in which sentence? What a list names is then set against what other lists name,
// and nothing is invented.
func (m *material) completionDrafts() []candidate {
	var all []candidate
	for _, f := range []form{nounForm, ingForm, toForm} {
		var fit []list
		for _, l := range m.lists {
			if l.form == f && l.completes() {
				fit = append(fit, l)
			}
		}
		for len(fit) >= 3 {
			group, rest := m.apart(fit)
			if len(group) >= 3 {
				all = append(all, m.completion(group))
			}
			fit = rest
		}
	}
	return all
}

// completes says whether a list can be set against others: it stands alone, and
// its sentence says what it is a list of.
func (l list) completes() bool {
	if l.alone < 0.85 || len(l.items) > 5 || l.frame() == "" || len(words(l.frame())) > 20 || len(content(l.frame())) < 3 || commonPuff(l.frame()) > 0.25 {
		return false
	}
	for _, item := range l.items {
		if commonPuff(item) > 0.3 || isName(item) {
			return false
		}
	}
	return true
}

// frame is the sentence of a list with a gap for what it names.
func (l list) frame() string {
	switch {
	case strings.Contains(l.about, gap):
		return l.about
	case strings.HasPrefix(l.question, "Which of these is {not} named among ") && len(l.places) == 1:
		thing := strings.TrimSuffix(strings.TrimPrefix(l.question, "Which of these is {not} named among "), "?")
		if rest, found := strings.CutPrefix(thing, "the things that "); found {
			return upperFirst(rest) + " " + gap + "."
		}
		return upperFirst(thing) + " include " + gap + "."
	case len(l.places) == 1 && strings.HasSuffix(l.question, ". Which of these is {not} named among the examples?"):
		return l.about + ", such as " + gap + "."
	case len(l.places) == 1 && strings.HasSuffix(l.question, ". Which of these is {not} named as a way in which this is done?"):
		return l.about + " by " + gap + "."
	case len(l.places) == 1 && strings.HasPrefix(l.question, "Which of these is {not} named as something that "):
		thing := strings.TrimSuffix(strings.TrimPrefix(l.question, "Which of these is {not} named as something that "), " do?")
		return upperFirst(thing) + " to " + gap + "."
	}
	return ""
}

// apart takes up to four lists that have no root in common, from the first on.
func (m *material) apart(lists []list) (group, rest []list) {
	for i, l := range lists {
		fits := len(group) < 4
		for _, g := range group {
			fits = fits && !m.crosses(l, g)
		}
		if fits {
			group = append(group, lists[i])
		} else {
			rest = append(rest, lists[i])
		}
	}
	return group, rest
}

// crosses says whether two lists may be taken for each other: both are of people,
// an item of one shares a rare root with the other, or their sentences say much
// the same.
func (m *material) crosses(l, o list) bool {
	own, other := m.rare(l.frame()), m.rare(o.frame())
	mine, theirs := m.rare(joined(l.items)), m.rare(joined(o.items))
	return l.ofPeople() && o.ofPeople() || mine.shared(theirs) > 0 || mine.shared(other) > 0 || theirs.shared(own) > 0 || own.alike(other) > 0.34
}

// rare has the roots of a text that are not everywhere in the document.
func (m *material) rare(text string) bag {
	b := bag{}
	for s := range bagOf(text) {
		if m.frequency[s]*10 <= len(m.sentences) && !puff[s] {
			b[s[:min(5, len(s))]] = true
		}
	}
	return b
}

// ofPeople says whether a list has people or bodies among its items.
func (l list) ofPeople() bool {
	return slices.ContainsFunc(l.items, func(item string) bool { return classOf(item) == people })
}

// completion makes the match.
func (m *material) completion(group []list) candidate {
	var pairs []pair
	alone := 1.0
	for _, l := range group {
		pairs = append(pairs, pair{upperFirst(joined(l.items)), l.frame(), l.places[0], l.text})
		alone = min(alone, l.alone)
	}
	c := m.matchDraft("Which of these belongs in which gap? Match each with its sentence.", pairs,
		fmt.Sprintf("%d sentences of the document each name several things side by side.", len(group)))
	c.rule, c.parts.Alone = Membership, alone
	return c
}

// joined puts items together as a sentence does.
func joined(items []string) string {
	n := len(items) - 1
	return strings.Join(items[:n], ", ") + " and " + items[n]
}

// headDrafts puts two or three lists with a name of their own together: to which
// does each of these belong?
func (m *material) headDrafts() []candidate {
	var left []list
	for _, l := range m.lists {
		if l.alone >= 0.6 && l.head() != "" && m.special(l.head()) {
			left = append(left, l)
		}
	}
	var all []candidate
	for len(left) >= 2 {
		group, rest := m.apart(left)
		group = group[:min(3, len(group))]
		if left = rest; len(group) < 2 {
			continue
		}
		each := 6 / len(group)
		var pairs []pair
		for _, l := range group {
			for i, item := range l.items[:min(each, len(l.items))] {
				at := l.places[0]
				if len(l.places) > len(l.items) {
					at = l.places[i+1]
				}
				pairs = append(pairs, pair{upperFirst(item), upperFirst(l.head()), at, l.text})
			}
		}
		c := m.matchDraft("To which of these does each belong?", pairs, fmt.Sprintf("%d lists of the document each have a name.", len(group)))
		c.rule, c.parts.Alone = Membership, 0.9
		all = append(all, c)
	}
	return all
}

// head is the name of a list: "key components of training".
func (l list) head() string {
	thing, found := strings.CutPrefix(l.question, "Which of these is {not} named among ")
	thing = strings.TrimPrefix(strings.TrimSuffix(thing, "?"), "the ")
	if !found || strings.HasPrefix(thing, "things that ") || len(words(thing)) < 2 || len(words(thing)) > 12 {
		return ""
	}
	return thing
}
