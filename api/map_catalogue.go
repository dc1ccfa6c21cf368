package api

import (
	"cmp"
	"maps"
	"slices"

	"muster/internal/curriculum"
	"muster/internal/question"
)

// catalogueView maps the curriculum to what clients see of it.
type catalogueView struct {
	*curriculum.Catalogue
	approved approvals
}

func (v catalogueView) modules() ModuleList {
	list := ModuleList{Items: []ModuleCard{}}
	for _, m := range v.Modules {
		card := ModuleCard{
			Slug: string(m.Slug), Title: m.Title, Theme: m.Theme, Order: m.Order, Summary: m.Summary,
			Lessons: len(m.Lessons), Prerequisites: plain(m.Prerequisites),
		}
		for _, l := range m.Lessons {
			card.Minutes += l.Minutes
		}
		list.Items = append(list.Items, card)
	}
	return list
}

func (v catalogueView) module(m curriculum.Module) Module {
	out := Module{
		Slug: string(m.Slug), Title: m.Title, Theme: m.Theme, Order: m.Order, Summary: m.Summary,
		Prerequisites: plain(m.Prerequisites), Lessons: []LessonCard{}, Quizzes: []QuizCard{},
	}
	for _, l := range m.Lessons {
		out.Lessons = append(out.Lessons, LessonCard{
			Slug: string(l.Slug), Title: l.Title, Minutes: l.Minutes, Outcomes: outcomes(l.Outcomes),
			PracticeQuestions: quizLength(l.Practice), Review: v.approved.state(l.Subject(), l.Review),
		})
	}
	for _, q := range m.Quizzes {
		out.Quizzes = append(out.Quizzes, v.quizCard(q))
	}
	return out
}

func (v catalogueView) quizCard(q curriculum.Quiz) QuizCard {
	module, _ := v.Module(q.Module)
	return QuizCard{
		ID: string(q.Slug), Title: q.Title, Purpose: string(q.Purpose), Module: string(q.Module), ModuleTitle: module.Title, Lesson: string(q.Lesson),
		Questions: quizLength(q), PassMark: q.PassMark, Critical: q.Critical, TimeLimitMinutes: q.TimeLimitMinutes,
		Attempts: q.Attempts, DelayMinutes: q.DelayMinutes, OpensAt: q.OpensAt, ClosesAt: q.ClosesAt, Release: string(q.Release),
		Shows: resultPoints(q),
	}
}

func quizLength(q curriculum.Quiz) int {
	n := 0
	for _, r := range q.Rules {
		n += max(r.Draw, len(r.Questions))
	}
	return n
}

func outcomes(list []curriculum.Outcome) []Outcome {
	out := []Outcome{}
	for _, o := range list {
		out = append(out, Outcome{ID: string(o.ID), Text: o.Text, Bloom: string(o.Bloom)})
	}
	return out
}

func (v catalogueView) lesson(m curriculum.Module, l curriculum.Lesson) Lesson {
	out := Lesson{
		Module: string(m.Slug), ModuleTitle: m.Title, Slug: string(l.Slug), Title: l.Title, Minutes: l.Minutes,
		Relevance: l.Relevance, Review: v.approved.state(l.Subject(), l.Review), SourcesSilent: l.SourcesSilent, Outcomes: outcomes(l.Outcomes),
		Blocks: []Block{}, Marks: []Mark{}, Glossary: []GlossaryTerm{}, PracticeQuiz: string(l.Practice.Slug), Scenario: scenarioCard(l.Scenario),
		KeyPoints: inline(l.KeyPoints), InTheField: inline(l.InTheField),
		Mistakes: inline(l.Mistakes), SummaryHTML: curriculum.RenderInline(l.Summary),
	}
	citations, references, corrections := slices.Clone(l.Citations), slices.Clone(l.References), slices.Clone(l.Corrections)
	for _, b := range l.Blocks {
		out.Blocks = append(out.Blocks, Block{Kind: b.Kind, Heading: b.Heading, Anchor: b.Anchor, HTML: b.HTML, Question: string(b.Question), Figure: figure(b.Figure)})
		for _, mark := range b.Marks {
			switch mark.Kind {
			case "source":
				citations = append(citations, curriculum.CitationKey(mark.Key))
			case "reference":
				references = append(references, curriculum.ReferenceID(mark.Key))
			case "correction":
				corrections = append(corrections, curriculum.CorrectionID(mark.Key))
			}
			out.Marks = append(out.Marks, Mark{Number: mark.Number, Kind: mark.Kind, Key: mark.Key})
		}
	}
	out.Marks = unique(out.Marks)
	for _, id := range l.Glossary {
		if t, ok := v.Term(id); ok {
			out.Glossary = append(out.Glossary, term(t))
		}
	}
	out.Sources, corrections = v.sections(unique(citations), corrections)
	out.References, out.Corrections = v.references(unique(references)), v.corrections(unique(corrections))
	out.Previous, out.Next = neighbours(m, l)
	return out
}

func figure(f *curriculum.Figure) *Figure {
	if f == nil {
		return nil
	}
	out := &Figure{
		Kind: string(f.Kind), Title: f.Title, Summary: f.Summary, Centre: f.Centre, Corner: f.Corner, Columns: f.Columns,
		Items: []FigureItem{},
	}
	for _, item := range f.Items {
		out.Items = append(out.Items, FigureItem{When: item.When, Label: item.Label, Text: item.Text, Cells: item.Cells})
	}
	return out
}

func neighbours(m curriculum.Module, l curriculum.Lesson) (previous, next *LessonLink) {
	i := slices.IndexFunc(m.Lessons, func(other curriculum.Lesson) bool { return other.Slug == l.Slug })
	link := func(i int) *LessonLink {
		if i < 0 || i >= len(m.Lessons) {
			return nil
		}
		return &LessonLink{Module: string(m.Slug), Slug: string(m.Lessons[i].Slug), Title: m.Lessons[i].Title}
	}
	return link(i - 1), link(i + 1)
}

// sections gives the notes of citations, and adds the corrections that travel
// with the sections.
func (v catalogueView) sections(keys []curriculum.CitationKey, corrections []curriculum.CorrectionID) ([]SectionNote, []curriculum.CorrectionID) {
	notes := []SectionNote{}
	for _, key := range keys {
		source, section, ok := v.Section(key)
		if !ok {
			continue
		}
		notes = append(notes, SectionNote{
			Key: string(key), SourceTitle: source.Title, Heading: section.Heading, Reliability: string(source.Reliability),
			AIDisclosed: source.AIDisclosed, DigestHTML: curriculum.RenderInline(section.Digest), Corrections: plain(section.Corrections),
		})
		corrections = append(corrections, section.Corrections...)
	}
	return notes, corrections
}

func (v catalogueView) references(ids []curriculum.ReferenceID) []Reference {
	out := []Reference{}
	for _, id := range ids {
		if r, ok := v.Reference(id); ok {
			out = append(out, Reference{ID: string(r.ID), Title: r.Title, Symbol: r.Symbol, Year: r.Year, Kind: r.Kind, Confidence: string(r.Confidence)})
		}
	}
	return out
}

func (v catalogueView) corrections(ids []curriculum.CorrectionID) []Correction {
	out := []Correction{}
	for _, id := range ids {
		if c, ok := v.Correction(id); ok {
			out = append(out, Correction{
				ID: string(c.ID), Severity: string(c.Severity), Claim: c.Claim, Correction: c.Correction, Authorities: plain(c.Authorities),
				Confidence: string(c.Confidence), Checked: c.Checked, AsOf: c.AsOf, ReviewBy: c.ReviewBy,
			})
		}
	}
	slices.SortStableFunc(out, func(a, b Correction) int { return cmp.Compare(a.Severity, b.Severity) })
	return out
}

// allCorrections gives every correction with the sections it travels with, the
// gravest first.
func (v catalogueView) allCorrections() CorrectionList {
	list := CorrectionList{Items: []CorrectionEntry{}, Dated: v.dated()}
	for _, c := range v.Corrections {
		entry := CorrectionEntry{Correction: v.corrections([]curriculum.CorrectionID{c.ID})[0], Sections: []SectionLink{}}
		for _, key := range c.Sections {
			if source, section, ok := v.Section(key); ok {
				entry.Sections = append(entry.Sections, SectionLink{Key: string(key), SourceTitle: source.Title, Heading: section.Heading})
			}
		}
		list.Items = append(list.Items, entry)
	}
	slices.SortStableFunc(list.Items, func(a, b CorrectionEntry) int { return cmp.Compare(a.Severity, b.Severity) })
	return list
}

// dated gives what the questions of each lesson state as of which day.
func (v catalogueView) dated() []DatedFacts {
	out := []DatedFacts{}
	for _, m := range v.Modules {
		for _, l := range m.Lessons {
			days := map[string]int{}
			for _, q := range l.Questions {
				if q.AsOf != "" {
					days[q.AsOf]++
				}
			}
			for _, day := range slices.Sorted(maps.Keys(days)) {
				out = append(out, DatedFacts{
					Module: string(m.Slug), Lesson: string(l.Slug), Title: l.Title,
					AsOf: day, ReviewBy: curriculum.ReviewBy(day), Questions: days[day],
				})
			}
		}
	}
	return out
}

func term(t curriculum.Term) GlossaryTerm {
	return GlossaryTerm{ID: string(t.ID), Term: t.Term, Definition: t.Definition, See: plain(t.See)}
}

func (v catalogueView) glossary() Glossary {
	out := Glossary{Items: []GlossaryTerm{}}
	for _, t := range v.Glossary {
		out.Items = append(out.Items, term(t))
	}
	slices.SortFunc(out.Items, func(a, b GlossaryTerm) int { return cmp.Compare(question.Fold(a.Term), question.Fold(b.Term)) })
	return out
}

func (v catalogueView) sources() SourceList {
	out := SourceList{Items: []SourceCard{}}
	for _, s := range v.Sources {
		flagged := []curriculum.CorrectionID{}
		for _, section := range s.Sections {
			flagged = append(flagged, section.Corrections...)
		}
		out.Items = append(out.Items, SourceCard{
			Slug: string(s.Slug), Title: s.Title, Reliability: string(s.Reliability), AIDisclosed: s.AIDisclosed,
			Disclosure: s.Disclosure, Sections: len(s.Sections), Corrections: len(unique(flagged)),
		})
	}
	return out
}

func (v catalogueView) source(s curriculum.Source) Source {
	out := Source{
		Slug: string(s.Slug), Title: s.Title, Reliability: string(s.Reliability), AIDisclosed: s.AIDisclosed,
		Disclosure: s.Disclosure, Sections: []SourceSection{},
	}
	for _, section := range s.Sections {
		out.Sections = append(out.Sections, SourceSection{
			Key: string(curriculum.Citation(s.Slug, section.Slug)), Heading: section.Heading, Depth: section.Depth,
			DigestHTML: curriculum.RenderInline(section.Digest), Corrections: v.corrections(section.Corrections),
		})
	}
	return out
}

// inline renders texts of one line.
func inline(texts []string) []string {
	out := []string{}
	for _, text := range texts {
		out = append(out, curriculum.RenderInline(text))
	}
	return out
}

// plain gives typed names as plain strings; never nil, so that JSON has [].
func plain[T ~string](list []T) []string {
	out := []string{}
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}

// unique drops what was there before, keeping the order.
func unique[T comparable](list []T) []T {
	seen := make(map[T]bool, len(list))
	out := []T{}
	for _, item := range list {
		if !seen[item] {
			seen[item] = true
			out = append(out, item)
		}
	}
	return out
}
