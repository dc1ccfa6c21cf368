// Package drafting proposes questions from a document by rule: definitions,
// list membership, numbers, years, acronyms, gaps, sequences, parallel
// structure, and statements that are true or false.
//
// It is pure and works offline: the same document and glossary give the same
// drafts in the same order. It knows English sentences and the passages of a
// document; it must not know who accepts a draft, nor where one is kept. A draft
// is a proposal: nothing here says that a question is fit for a trainee.
package drafting

import (
	"slices"

	"muster/internal/document"
	"muster/internal/question"
)

// Rule names how a draft was made.
type Rule string

// The rules.
const (
	Definition Rule = "definition" // what a term means, which term means this, and what something is for
	Membership Rule = "membership" // what a list names, what it does not, and which list names what
	Number     Rule = "number"     // a number, or the number of an article, chapter or resolution
	Year       Rule = "year"       // when something was
	Acronym    Rule = "acronym"    // what an abbreviation stands for, and where the mission with it was
	Cloze      Rule = "cloze"      // a key term taken out of its sentence
	Sequence   Rule = "sequence"   // steps in their order
	Matching   Rule = "matching"   // rows of a table, items of the form "Term: explanation"
	TrueFalse  Rule = "true_false" // a statement as it stands, or with one thing changed
)

// Rules lists every rule, in the order in which they draft.
var Rules = []Rule{Definition, Membership, Number, Year, Acronym, Cloze, Sequence, Matching, TrueFalse}

// Term is an entry of the glossary that siblings are drawn from.
type Term struct {
	Name       string   // "Rules of engagement (ROE)": what stands in brackets is another name
	Definition string   // one or more sentences
	See        []string // names of related terms, the first choice for distractors
}

// Options say what to draft. The zero value drafts by every rule.
type Options struct {
	Rules      []Rule  // nil for all
	PerPassage int     // at most so many drafts of one passage; 0 for 4
	Least      float64 // drafts with a lower score are left out
}

// Draft is a proposed question.
type Draft struct {
	ID       string            // hash of anchors, rule and stem: the same draft has it each time
	Rule     Rule              // that made it
	Score    float64           // 0..1, see Parts
	Parts    Parts             // what the score is made of
	Question question.Question // whole but for id, outcomes and citations; its anchors name the passages
	Why      string            // one sentence: what the rule saw
}

// From drafts questions from doc, the best of each passage, in the order of the
// document and within a passage from the highest score.
func From(doc document.Document, glossary []Term, o Options) []Draft {
	if o.PerPassage == 0 {
		o.PerPassage = 4
	}
	m := newMaterial(doc, newLexicon(glossary))
	var all []candidate
	for _, rule := range Rules {
		if o.wants(rule) {
			all = append(all, makers[rule](m)...)
		}
	}
	return m.best(all, o)
}

func (o Options) wants(rule Rule) bool {
	return o.Rules == nil || slices.Contains(o.Rules, rule)
}

// makers has the function of each rule.
var makers = map[Rule]func(*material) []candidate{
	Definition: (*material).definitionDrafts,
	Membership: (*material).membershipDrafts,
	Number:     (*material).numberDrafts,
	Year:       (*material).yearDrafts,
	Acronym:    (*material).acronymDrafts,
	Cloze:      (*material).clozeDrafts,
	Sequence:   (*material).sequenceDrafts,
	Matching:   (*material).matchingDrafts,
	TrueFalse:  (*material).truthDrafts,
}
