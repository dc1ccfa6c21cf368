package library

import (
	"context"
	"slices"

	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/document"
	"muster/internal/identity"
	"muster/internal/question"
)

// Coverage says which passages of a document have questions.
type Coverage struct {
	Edition  int
	Sections []SectionCoverage
	Outcomes []OutcomeCoverage // that the questions name; of a lesson all that it has
	Lost     []Followed        // anchors that do not stand in the newest edition
}

// SectionCoverage is the questions on a section.
type SectionCoverage struct {
	Slug     string
	Passages []PassageCoverage
}

// PassageCoverage is the questions on a passage.
type PassageCoverage struct {
	Number    int
	Questions []question.ID
	Stale     int // of them
	Approved  int // of them, and put into papers
	Spans     []Span
}

// Span is what of a passage a question answers to, in runes.
type Span struct {
	Question   question.ID
	Start, End int // End exclusive
}

// OutcomeCoverage is how many questions on the document name an outcome.
type OutcomeCoverage struct {
	ID        curriculum.OutcomeID
	Text      string
	Questions int
}

// Coverage counts the questions on every passage of a document as it is now.
// Forbidden, NotFound.
func (s *Service) Coverage(ctx context.Context, actor identity.Actor, id document.ID) (Coverage, error) {
	o, err := s.Open(ctx, actor, id, 0)
	if err != nil {
		return Coverage{}, err
	}
	entries, anchors, err := s.anchored(ctx, id)
	if err != nil {
		return Coverage{}, err
	}
	m := newMap(o)
	t := s.trail(id, o.Text)
	for _, e := range entries {
		for _, a := range anchors[e.ID()] {
			after, standing, err := t.follow(ctx, a)
			if err != nil {
				return Coverage{}, err
			}
			if !standing.Stands() {
				m.Lost = append(m.Lost, Followed{Question: e.ID(), Stem: e.Question.Stem, Before: a, After: after, Standing: standing})
			}
			if standing != document.Gone {
				m.count(after.Section, after.Paragraph, e.ID(), e.Stale(), e.Live)
			}
			if standing.Stands() {
				m.span(after, e.ID())
			}
		}
	}
	s.citing(o, m)
	m.Outcomes = s.outcomes(o, entries)
	return m.Coverage, nil
}

// coverageMap finds the place of a passage in a coverage.
type coverageMap struct {
	Coverage
	at map[string]int // slug → place
}

func newMap(o Opened) *coverageMap {
	m := &coverageMap{Coverage: Coverage{Edition: o.Text.Edition, Lost: []Followed{}}, at: map[string]int{}}
	for i, section := range o.Text.Sections {
		c := SectionCoverage{Slug: section.Slug, Passages: make([]PassageCoverage, len(section.Passages))}
		for j, p := range section.Passages {
			c.Passages[j] = PassageCoverage{Number: p.Number, Questions: []question.ID{}}
		}
		m.Sections, m.at[section.Slug] = append(m.Sections, c), i
	}
	return m
}

// count counts a question once for a passage, however many anchors it has there.
func (m *coverageMap) count(slug string, number int, id question.ID, stale, live bool) {
	i, ok := m.at[slug]
	if !ok || number < 1 || number > len(m.Sections[i].Passages) {
		return
	}
	p := &m.Sections[i].Passages[number-1]
	if slices.Contains(p.Questions, id) {
		return
	}
	p.Questions = append(p.Questions, id)
	switch {
	case stale:
		p.Stale++
	case live:
		p.Approved++
	}
}

// span keeps which words of a passage a question answers to.
func (m *coverageMap) span(a question.Anchor, id question.ID) {
	i, ok := m.at[a.Section]
	if !ok || a.Paragraph < 1 || a.Paragraph > len(m.Sections[i].Passages) {
		return
	}
	p := &m.Sections[i].Passages[a.Paragraph-1]
	if s := (Span{id, a.Start, a.End}); !slices.Contains(p.Spans, s) {
		p.Spans = append(p.Spans, s)
	}
}

// citing counts the questions of the curriculum that cite a section of a source.
func (s *Service) citing(o Opened, m *coverageMap) {
	if o.Origin != Source {
		return
	}
	slug := curriculum.SourceSlug(o.ID[len(sourcePrefix):])
	for _, q := range s.Catalogue.Questions() {
		for _, section := range o.Text.Sections {
			if slices.Contains(q.Citations, string(curriculum.Citation(slug, section.Slug))) {
				m.count(section.Slug, 1, q.ID, false, true)
			}
		}
	}
}

// outcomes counts the questions by the outcomes that they name.
func (s *Service) outcomes(o Opened, entries []bank.Entry) []OutcomeCoverage {
	counts, order := map[string]int{}, []string{}
	add := func(outcome string, n int) {
		if _, seen := counts[outcome]; !seen {
			order = append(order, outcome)
		}
		counts[outcome] += n
	}
	if o.Origin == Lesson {
		for _, m := range s.Catalogue.Modules {
			for _, l := range m.Lessons {
				if headOfLesson(l).ID == o.ID {
					for _, outcome := range l.Outcomes {
						add(string(outcome.ID), 0)
					}
				}
			}
		}
		for _, q := range s.Catalogue.Questions() {
			for _, outcome := range q.Outcomes {
				if _, own := counts[outcome]; own {
					add(outcome, 1)
				}
			}
		}
	}
	for _, e := range entries {
		for _, outcome := range e.Question.Outcomes {
			if o.Origin == Lesson && e.Live {
				continue // counted above
			}
			add(outcome, 1)
		}
	}
	list := make([]OutcomeCoverage, len(order))
	for i, id := range order {
		outcome, _ := s.Catalogue.OutcomeByID(curriculum.OutcomeID(id))
		list[i] = OutcomeCoverage{ID: curriculum.OutcomeID(id), Text: outcome.Text, Questions: counts[id]}
	}
	return list
}
