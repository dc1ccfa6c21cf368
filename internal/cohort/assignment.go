package cohort

import (
	"context"
	"strconv"
	"time"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Kind is what sort of thing is assigned.
type Kind string

// The kinds.
const (
	KindModule Kind = "module"
	KindExam   Kind = "exam"
)

// Assignment is a module or an exam that the members of a cohort must finish.
type Assignment struct {
	Cohort ID
	Kind   Kind
	Slug   string // of the module or of the exam
	DueOn  string // date
}

// Extension is another date for one trainee, with the reason.
type Extension struct {
	Cohort ID
	User   identity.UserID
	Kind   Kind
	Slug   string
	DueOn  string // date
	Reason string
	By     identity.UserID
	At     time.Time
}

// Refresher is a lesson that a trainee was asked to practise again.
type Refresher struct {
	ID     string
	Cohort ID
	User   identity.UserID
	Module curriculum.ModuleSlug
	Lesson curriculum.LessonSlug
	DueOn  string // date
	By     identity.UserID
	At     time.Time // it is done when the practice is passed after this
}

// Work keeps what is asked of the people of a cohort.
type Work interface {
	// SetAssignments replaces the assignments of a cohort.
	SetAssignments(ctx context.Context, id ID, assignments []Assignment, entry audit.Entry) error
	// Extend keeps extensions; a new one replaces an old one of the same thing.
	Extend(ctx context.Context, extensions []Extension, entries []audit.Entry) error
	// Extensions reads the extensions in a cohort, oldest first.
	Extensions(ctx context.Context, id ID) ([]Extension, error)
	// AssignRefreshers keeps refreshers.
	AssignRefreshers(ctx context.Context, refreshers []Refresher, entries []audit.Entry) error
	// Refreshers reads the refreshers in a cohort, oldest first.
	Refreshers(ctx context.Context, id ID) ([]Refresher, error)
}

// The audit actions of this file.
const (
	ActionAssign  audit.Action = "cohort.assign"
	ActionExtend  audit.Action = "enrolment.extend"
	ActionRefresh audit.Action = "enrolment.refresher"
)

// Assign replaces what a cohort must finish. What is extended for somebody
// stays so as long as it is assigned.
func (s *Service) Assign(ctx context.Context, actor identity.Actor, id ID, assignments []Assignment) (Detail, error) {
	if err := s.changeable(ctx, actor, id); err != nil {
		return Detail{}, err
	}
	assignments, err := s.checkAssignments(id, assignments)
	if err != nil {
		return Detail{}, err
	}
	said := map[string]string{}
	for _, a := range assignments {
		said[string(a.Kind)+" "+a.Slug] = a.DueOn
	}
	if err := s.Store.SetAssignments(ctx, id, assignments, s.entry(actor, ActionAssign, string(id), said)); err != nil {
		return Detail{}, err
	}
	return s.Store.Detail(ctx, id)
}

// checkAssignments gives the assignments of a cohort where each is a thing of
// the curriculum, assigned once and with a date.
func (s *Service) checkAssignments(id ID, assignments []Assignment) ([]Assignment, error) {
	type thing struct {
		kind Kind
		slug string
	}
	seen := make(map[thing]bool)
	checked := make([]Assignment, len(assignments))
	for i, a := range assignments {
		field := func(name string) string { return "assignments[" + strconv.Itoa(i) + "]." + name }
		switch {
		case !s.assignable(a.Kind, a.Slug):
			return nil, errs.InvalidField(field("slug"), "The curriculum has no such %s.", a.Kind)
		case seen[thing{a.Kind, a.Slug}]:
			return nil, errs.InvalidField(field("slug"), "This is assigned twice.")
		case !isDate(a.DueOn):
			return nil, errs.InvalidField(field("due_on"), "Give each due date in the form 2027-02-01.")
		}
		seen[thing{a.Kind, a.Slug}] = true
		a.Cohort = id
		checked[i] = a
	}
	return checked, nil
}

// assignable says whether a thing is in the curriculum to be assigned: a module,
// or an exam over several.
func (s *Service) assignable(kind Kind, slug string) bool {
	switch kind {
	case KindModule:
		_, ok := s.Catalogue.Module(curriculum.ModuleSlug(slug))
		return ok
	case KindExam:
		quiz, ok := s.Catalogue.Quiz(curriculum.QuizSlug(slug))
		return ok && quiz.Purpose == curriculum.PurposeExam
	}
	return false
}

// Extend gives people of a cohort another date for something that is assigned,
// and gives how many they are.
func (s *Service) Extend(ctx context.Context, actor identity.Actor, id ID, users []identity.UserID, e Extension) (int, error) {
	members, err := s.members(ctx, actor, id, users)
	if err != nil {
		return 0, err
	}
	if e.Reason, err = s.checkExtension(ctx, id, e); err != nil {
		return 0, err
	}
	e.Cohort, e.By, e.At = id, actor.ID, s.Now()
	said := map[string]string{"cohort": string(id), string(e.Kind): e.Slug, "due_on": e.DueOn} // the reason may speak of the person, who can be erased; the trail cannot
	extensions, entries := make([]Extension, len(members)), make([]audit.Entry, len(members))
	for i, m := range members {
		extensions[i] = e
		extensions[i].User = m.ID
		entries[i] = s.entry(actor, ActionExtend, string(m.ID), said)
	}
	return len(members), s.Store.Extend(ctx, extensions, entries)
}

// checkExtension gives the reason, trimmed.
func (s *Service) checkExtension(ctx context.Context, id ID, e Extension) (reason string, err error) {
	detail, err := s.Store.Detail(ctx, id)
	if err != nil {
		return "", err
	}
	assigned := false
	for _, a := range detail.Assignments {
		assigned = assigned || a.Kind == e.Kind && a.Slug == e.Slug
	}
	reason, said := cleanLine(e.Reason, 500)
	switch {
	case !assigned:
		return "", errs.InvalidField("slug", "This is not assigned to the cohort.")
	case !isDate(e.DueOn):
		return "", errs.InvalidField("due_on", "Give the date in the form 2027-02-01.")
	case !said:
		return "", errs.InvalidField("reason", "Give a reason of 1 to 500 characters.")
	}
	return reason, nil
}

// AssignRefreshers asks people of a cohort to practise a lesson again, and gives
// how many they are.
func (s *Service) AssignRefreshers(ctx context.Context, actor identity.Actor, id ID, users []identity.UserID, r Refresher) (int, error) {
	members, err := s.members(ctx, actor, id, users)
	if err != nil {
		return 0, err
	}
	if _, ok := s.Catalogue.Lesson(r.Module, r.Lesson); !ok {
		return 0, errs.InvalidField("lesson", "The curriculum has no such lesson.")
	}
	if !isDate(r.DueOn) {
		return 0, errs.InvalidField("due_on", "Give the date in the form 2027-02-01.")
	}
	r.Cohort, r.By, r.At = id, actor.ID, s.Now()
	said := map[string]string{"cohort": string(id), "module": string(r.Module), "lesson": string(r.Lesson), "due_on": r.DueOn}
	refreshers, entries := make([]Refresher, len(members)), make([]audit.Entry, len(members))
	for i, m := range members {
		refreshers[i] = r
		refreshers[i].ID, refreshers[i].User = s.NewID(), m.ID
		entries[i] = s.entry(actor, ActionRefresh, string(m.ID), said)
	}
	return len(members), s.Store.AssignRefreshers(ctx, refreshers, entries)
}
