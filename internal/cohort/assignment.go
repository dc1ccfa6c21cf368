package cohort

import (
	"context"
	"strconv"
	"strings"
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
	ByName string    // as it is now; read only
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
	// AssignRefreshers keeps the refreshers that ask gives, under the lock of the
	// cohort; asked is those of the cohort so far, oldest first.
	AssignRefreshers(ctx context.Context, id ID, ask func(asked []Refresher) ([]Refresher, []audit.Entry)) error
	// Refreshers reads the refreshers in a cohort, oldest first.
	Refreshers(ctx context.Context, id ID) ([]Refresher, error)
}

// MaxReason is how long the reason for a deed may be, in characters.
const MaxReason = 500

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
// or an exam over several. What trainers build is on top of it.
func (s *Service) assignable(kind Kind, slug string) bool {
	switch kind {
	case KindModule:
		_, ok := s.Catalogue.Module(curriculum.ModuleSlug(slug))
		return ok
	case KindExam:
		quiz, ok := s.Catalogue.Quiz(curriculum.QuizSlug(slug))
		return ok && quiz.Purpose == curriculum.PurposeExam && !strings.HasPrefix(slug, curriculum.BankPlace+".")
	}
	return false
}
