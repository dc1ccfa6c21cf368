package curriculum

import "strings"

// SubjectID names a text that can be reviewed by itself: "module.lesson" a
// lesson, "module.lesson.scenario" its scenario, and a question by its own id.
type SubjectID string

// SubjectKind is what sort of text a subject is.
type SubjectKind string

// The kinds of subject.
const (
	SubjectLesson   SubjectKind = "lesson"
	SubjectScenario SubjectKind = "scenario"
	SubjectQuestion SubjectKind = "question"
)

// Subject is a text that can be reviewed, in the version that is taught now.
type Subject struct {
	ID      SubjectID
	Kind    SubjectKind
	Module  ModuleSlug
	Lesson  LessonSlug
	Title   string // of a question its stem
	Version string // same bytes, same version
}

// Subjects gives every text that can be reviewed, in the order of the curriculum.
func (c *Catalogue) Subjects() []Subject {
	var all []Subject
	for _, m := range c.Modules {
		for _, l := range m.Lessons {
			all = append(all, c.subjectsOf(l)...)
		}
	}
	return all
}

func (c *Catalogue) subjectsOf(l Lesson) []Subject {
	of := Subject{Module: l.Module, Lesson: l.Slug}
	add := func(all []Subject, id string, kind SubjectKind, title, version string) []Subject {
		s := of
		s.ID, s.Kind, s.Title, s.Version = SubjectID(id), kind, title, version
		return append(all, s)
	}
	all := add(nil, string(l.Subject()), SubjectLesson, l.Title, l.Version)
	if l.Scenario != nil {
		all = add(all, string(l.Scenario.Quiz.Slug), SubjectScenario, l.Scenario.Title, l.Scenario.Version)
	}
	for _, q := range l.Questions {
		taught := c.work().current(&q)
		all = add(all, string(q.ID), SubjectQuestion, taught.Stem, string(c.QuestionVersion(q.ID)))
	}
	return all
}

// Subject names the lesson as a text that can be reviewed.
func (l Lesson) Subject() SubjectID { return SubjectID(keyOf(l.Module, l.Slug)) }

// Subject finds a text that can be reviewed.
func (c *Catalogue) Subject(id SubjectID) (Subject, bool) {
	parts := strings.SplitN(string(id), ".", 3)
	if len(parts) < 2 {
		return Subject{}, false
	}
	l, ok := c.Lesson(ModuleSlug(parts[0]), LessonSlug(parts[1]))
	if !ok {
		return Subject{}, false
	}
	for _, s := range c.subjectsOf(l) {
		if s.ID == id {
			return s, true
		}
	}
	return Subject{}, false
}
