package curriculum

import (
	"cmp"
	"slices"

	"muster/internal/question"
)

// Citation gives the key of a section of a source.
func Citation(s SourceSlug, section string) CitationKey {
	return CitationKey(string(s) + "#" + section)
}

// index holds the look-ups of a catalogue. Values are positions, so that the
// catalogue's slices stay the only copy.
type index struct {
	modules     map[ModuleSlug]*Module
	lessons     map[lessonKey]*Lesson
	sections    map[CitationKey]sectionRef
	corrections map[CorrectionID]*Correction
	references  map[ReferenceID]*Reference
	terms       map[TermID]*Term
	quizzes     map[QuizSlug]*Quiz
	outcomes    map[OutcomeID]*Outcome
	questions   map[question.ID]*question.Question
	versions    map[question.ID]question.Version
}

type sectionRef struct {
	source  *Source
	section *Section
}

// Indexed builds the look-ups of c after its slices have been filled, and gives
// c. Read has done it for what it returns.
func (c *Catalogue) Indexed() *Catalogue {
	c.index = index{
		modules: byKey(c.Modules, func(m *Module) ModuleSlug { return m.Slug }),
		lessons: map[lessonKey]*Lesson{}, sections: map[CitationKey]sectionRef{},
		corrections: byKey(c.Corrections, func(x *Correction) CorrectionID { return x.ID }),
		references:  byKey(c.References, func(x *Reference) ReferenceID { return x.ID }),
		terms:       byKey(c.Glossary, func(x *Term) TermID { return x.ID }),
		quizzes:     map[QuizSlug]*Quiz{}, outcomes: map[OutcomeID]*Outcome{},
		questions: map[question.ID]*question.Question{}, versions: map[question.ID]question.Version{},
	}
	for i := range c.Sources {
		for j := range c.Sources[i].Sections {
			ref := sectionRef{&c.Sources[i], &c.Sources[i].Sections[j]}
			c.index.sections[Citation(ref.source.Slug, ref.section.Slug)] = ref
		}
	}
	for i := range c.Modules {
		c.index.module(&c.Modules[i])
	}
	for i := range c.Exams {
		c.index.quizzes[c.Exams[i].Slug] = &c.Exams[i]
	}
	recall := ReviewQuiz()
	c.index.quizzes[recall.Slug] = &recall
	return c
}

func (x *index) module(m *Module) {
	for i := range m.Quizzes {
		x.quizzes[m.Quizzes[i].Slug] = &m.Quizzes[i]
	}
	for i := range m.Lessons {
		l := &m.Lessons[i]
		x.lessons[keyOf(m.Slug, l.Slug)] = l
		x.quizzes[l.Practice.Slug] = &l.Practice
		for j := range l.Outcomes {
			x.outcomes[l.Outcomes[j].ID] = &l.Outcomes[j]
		}
		for j := range l.Questions {
			x.question(&l.Questions[j])
		}
		if l.Scenario == nil {
			continue
		}
		x.quizzes[l.Scenario.Quiz.Slug] = &l.Scenario.Quiz
		for j := range l.Scenario.Nodes {
			if node := &l.Scenario.Nodes[j]; node.Ending == "" {
				x.question(&node.Decision)
			}
		}
	}
}

func (x *index) question(q *question.Question) {
	x.questions[q.ID] = q
	if _, version, err := question.Encode(*q); err == nil {
		x.versions[q.ID] = version
	}
}

func byKey[K comparable, V any](values []V, key func(*V) K) map[K]*V {
	m := make(map[K]*V, len(values))
	for i := range values {
		m[key(&values[i])] = &values[i]
	}
	return m
}

func find[K comparable, V any](m map[K]*V, key K) (V, bool) {
	if v, ok := m[key]; ok {
		return *v, true
	}
	var none V
	return none, false
}

// Module finds a module.
func (c *Catalogue) Module(m ModuleSlug) (Module, bool) { return find(c.index.modules, m) }

// Lesson finds a lesson of a module.
func (c *Catalogue) Lesson(m ModuleSlug, l LessonSlug) (Lesson, bool) {
	return find(c.index.lessons, keyOf(m, l))
}

// Section finds a section with the source it belongs to.
func (c *Catalogue) Section(key CitationKey) (Source, Section, bool) {
	ref, ok := c.index.sections[key]
	if !ok {
		return Source{}, Section{}, false
	}
	return *ref.source, *ref.section, true
}

// Severe gives the corrections of severity A among those of a section.
func (c *Catalogue) Severe(key CitationKey) []CorrectionID {
	_, section, _ := c.Section(key)
	var ids []CorrectionID
	for _, id := range section.Corrections {
		if x, ok := c.Correction(id); ok && x.Severity == "A" {
			ids = append(ids, id)
		}
	}
	return ids
}

// Correction finds a correction.
func (c *Catalogue) Correction(id CorrectionID) (Correction, bool) {
	return find(c.index.corrections, id)
}

// Reference finds an authority.
func (c *Catalogue) Reference(id ReferenceID) (Reference, bool) { return find(c.index.references, id) }

// Term finds a glossary entry.
func (c *Catalogue) Term(id TermID) (Term, bool) { return find(c.index.terms, id) }

// OutcomeByID finds an outcome by its whole id.
func (c *Catalogue) OutcomeByID(id OutcomeID) (Outcome, bool) { return find(c.index.outcomes, id) }

// Quiz finds a quiz: of a trainer, of a module, the practice quiz of a lesson,
// or that of spaced review.
func (c *Catalogue) Quiz(slug QuizSlug) (Quiz, bool) {
	shelf := c.authored()
	for _, list := range [][]Quiz{shelf.offered, shelf.closed} {
		for _, quiz := range list {
			if quiz.Slug == slug {
				return quiz, true
			}
		}
	}
	return find(c.index.quizzes, slug)
}

// Question finds a question, also one that is asked no more.
func (c *Catalogue) Question(id question.ID) (question.Question, bool) {
	if q, ok := c.work().questions[id]; ok {
		return *q, true
	}
	return find(c.index.questions, id)
}

// Quizzes gives all quizzes, module by module: the practice and the scenario of
// each lesson, then the module's own; the exams and those of trainers come last.
// Spaced review is not among them.
func (c *Catalogue) Quizzes() []Quiz {
	var all []Quiz
	for _, m := range c.Modules {
		for _, l := range m.Lessons {
			all = append(all, l.Practice)
			if l.Scenario != nil {
				all = append(all, l.Scenario.Quiz)
			}
		}
		all = append(all, m.Quizzes...)
	}
	all = append(all, c.Exams...)
	for _, quiz := range c.authored().offered {
		if i := slices.IndexFunc(all, func(q Quiz) bool { return q.Slug == quiz.Slug }); i >= 0 {
			all[i] = quiz
		} else {
			all = append(all, quiz)
		}
	}
	return all
}

// Questions gives all questions that are asked: those of the content files in
// the order of the curriculum, then those that trainers added, by id.
func (c *Catalogue) Questions() []question.Question {
	var all []question.Question
	for q := range c.asked("") {
		all = append(all, *q.Question)
	}
	return all
}

// Decisions gives the decisions of all scenarios in the order of the curriculum.
func (c *Catalogue) Decisions() []question.Question {
	var all []question.Question
	for _, m := range c.Modules {
		for _, l := range m.Lessons {
			if l.Scenario != nil {
				all = append(all, l.Scenario.decisions()...)
			}
		}
	}
	return all
}

// Eligible gives the questions that rule may put into a paper of quiz, in the
// order of Questions: the fixed ones, or those of the module that fit and that
// no rule of the quiz fixes. What was withdrawn is never among them.
func (c *Catalogue) Eligible(quiz Quiz, rule Rule) []question.ID {
	if len(rule.Questions) > 0 {
		o := c.work()
		return slices.DeleteFunc(slices.Clone(rule.Questions), func(id question.ID) bool { return o.Withdrawn[id] })
	}
	named := quiz.named()
	var ids []question.ID
	for q := range c.asked(cmp.Or(rule.Module, quiz.Module)) {
		if rule.fits(q) && !slices.Contains(named, q.ID) {
			ids = append(ids, q.ID)
		}
	}
	return ids
}

// named gives the fixed questions of all rules.
func (q Quiz) named() []question.ID {
	var all []question.ID
	for _, rule := range q.Rules {
		all = append(all, rule.Questions...)
	}
	return all
}

// fits says whether a question passes all filters but the module's.
func (u Rule) fits(q asked) bool {
	return (u.Lesson == "" || u.Lesson == q.lesson) &&
		(u.Pool == "" || u.Pool == q.Pool) &&
		(u.Kind == "" || u.Kind == q.Kind) &&
		(u.Difficulty == 0 || u.Difficulty == q.Difficulty) &&
		(u.Outcome == "" || len(q.Outcomes) > 0 && q.Outcomes[0] == string(u.Outcome)) &&
		(u.Tag == "" || slices.Contains(q.tags, u.Tag))
}
