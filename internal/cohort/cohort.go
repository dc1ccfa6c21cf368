// Package cohort is units in training: who belongs to one, who looks after it,
// when it deploys, what its members must finish by when, and what their
// coordinators tell them.
//
// It must not know lessons' texts, attempts or HTTP.
package cohort

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// ID names a cohort.
type ID string

// Cohort is a unit in training.
type Cohort struct {
	ID         ID
	Name       string
	JoinCode   string // as printed: XXXX-XXXX
	DeploysOn  string // date, "" = not known yet
	CreatedAt  time.Time
	ArchivedAt *time.Time // since then it can only be read
}

// Listed is a cohort in a list.
type Listed struct {
	Cohort
	People int // enrolled now
}

// Detail is a cohort as its coordinators see it.
type Detail struct {
	Listed
	Coordinators []identity.User // by name
	Assignments  []Assignment    // by due date
}

// Plan is what a cohort is made from.
type Plan struct {
	Name        string
	DeploysOn   string // date, "" = not known yet
	Assignments []Assignment
}

// Patch is what changes of a cohort; nil stays as it is.
type Patch struct {
	Name      *string
	DeploysOn *string // "" takes the date away
	Archived  *bool
}

// Store keeps cohorts.
type Store interface {
	Cohorts
	People
	Work
	Messages
	Overrides
}

// Cohorts keeps the units themselves.
type Cohorts interface {
	// CreateCohort keeps a cohort with its assignments and, where it is not "",
	// its first coordinator. Conflict on the code.
	CreateCohort(ctx context.Context, c Cohort, assignments []Assignment, coordinator identity.UserID, entry audit.Entry) error
	// Cohort reads a cohort. NotFound.
	Cohort(ctx context.Context, id ID) (Cohort, error)
	// CohortByCode reads a cohort by join code. NotFound.
	CohortByCode(ctx context.Context, code string) (Cohort, error)
	// Cohorts reads those that a user coordinates, all where it is "", that are
	// archived or not; the next to deploy first.
	Cohorts(ctx context.Context, coordinator identity.UserID, archived bool) ([]Listed, error)
	// ChangeCohort changes a cohort under its lock. NotFound, Conflict on the code.
	ChangeCohort(ctx context.Context, id ID, change func(*Cohort) (audit.Entry, error)) error
	// Detail reads a cohort with all that belongs to it. NotFound.
	Detail(ctx context.Context, id ID) (Detail, error)
}

// The audit actions of this file.
const (
	ActionCreate    audit.Action = "cohort.create"
	ActionChange    audit.Action = "cohort.change"
	ActionArchive   audit.Action = "cohort.archive"
	ActionUnarchive audit.Action = "cohort.unarchive"
)

// Service makes cohorts, lets people join them and coordinators look after them.
type Service struct {
	Store     Store
	Identity  *identity.Service
	Catalogue *curriculum.Catalogue // what can be assigned
	Now       func() time.Time
	NewID     func() string
}

// Coordinates says whether a role looks after cohorts.
func Coordinates(r identity.Role) bool { return r == identity.Coordinator || r == identity.Admin }

// Create makes a cohort with a fresh join code. A coordinator who makes one
// coordinates it.
func (s *Service) Create(ctx context.Context, actor identity.Actor, p Plan) (Cohort, error) {
	if !Coordinates(actor.Role) {
		return Cohort{}, errs.New(errs.Forbidden, "forbidden", "Only coordinators make cohorts.")
	}
	c := Cohort{ID: ID(s.NewID()), JoinCode: newCode(), CreatedAt: s.Now()}
	if err := s.apply(&c, Patch{Name: &p.Name, DeploysOn: &p.DeploysOn}); err != nil {
		return Cohort{}, err
	}
	assignments, err := s.checkAssignments(c.ID, p.Assignments)
	if err != nil {
		return Cohort{}, err
	}
	var coordinator identity.UserID
	if actor.Role == identity.Coordinator {
		coordinator = actor.ID
	}
	return c, s.Store.CreateCohort(ctx, c, assignments, coordinator, s.entry(actor, ActionCreate, string(c.ID), nil))
}

// Cohorts lists the cohorts that the actor looks after, archived ones or the
// others.
func (s *Service) Cohorts(ctx context.Context, actor identity.Actor, archived bool) ([]Listed, error) {
	switch actor.Role {
	case identity.Admin:
		return s.Store.Cohorts(ctx, "", archived)
	case identity.Coordinator:
		return s.Store.Cohorts(ctx, actor.ID, archived)
	}
	return nil, errs.New(errs.Forbidden, "forbidden", "Only coordinators look after cohorts.")
}

// Cohort reads a cohort that the actor looks after; any other is NotFound.
func (s *Service) Cohort(ctx context.Context, actor identity.Actor, id ID) (Cohort, error) {
	if !Coordinates(actor.Role) {
		return Cohort{}, errs.Missing("cohort")
	}
	c, err := s.Store.Cohort(ctx, id)
	if err != nil || actor.Role == identity.Admin {
		return c, err
	}
	ok, err := s.Store.IsCoordinator(ctx, id, actor.ID)
	if err == nil && !ok {
		err = errs.Missing("cohort")
	}
	if err != nil {
		return Cohort{}, err
	}
	return c, nil
}

// changeable says whether the actor may change a cohort: NotFound as Cohort,
// Conflict with code archived where it can only be read.
func (s *Service) changeable(ctx context.Context, actor identity.Actor, id ID) error {
	c, err := s.Cohort(ctx, actor, id)
	if err == nil && c.ArchivedAt != nil {
		err = archived()
	}
	return err
}

func archived() error {
	return errs.New(errs.Conflict, "archived", "This cohort is archived: it can only be read. Take it out of the archive to change it.")
}

// Detail reads a cohort that the actor looks after, with all that belongs to it.
func (s *Service) Detail(ctx context.Context, actor identity.Actor, id ID) (Detail, error) {
	if _, err := s.Cohort(ctx, actor, id); err != nil {
		return Detail{}, err
	}
	return s.Store.Detail(ctx, id)
}

// Change changes a cohort. One that is archived must be taken out of the
// archive, at least in the same change.
func (s *Service) Change(ctx context.Context, actor identity.Actor, id ID, p Patch) (Detail, error) {
	if _, err := s.Cohort(ctx, actor, id); err != nil {
		return Detail{}, err
	}
	if p == (Patch{}) {
		return Detail{}, errs.New(errs.Invalid, "invalid", "Say what to change: the name, the date of deployment, or whether it is archived.")
	}
	err := s.Store.ChangeCohort(ctx, id, func(c *Cohort) (audit.Entry, error) {
		action := ActionChange
		switch {
		case p.Archived != nil && !*p.Archived && c.ArchivedAt != nil:
			action, c.ArchivedAt = ActionUnarchive, nil
		case c.ArchivedAt != nil:
			return audit.Entry{}, archived()
		case p.Archived != nil && *p.Archived:
			now := s.Now()
			action, c.ArchivedAt = ActionArchive, &now
		}
		return s.entry(actor, action, string(id), p.said()), s.apply(c, p)
	})
	if err != nil {
		return Detail{}, err
	}
	return s.Store.Detail(ctx, id)
}

// apply puts a checked name and date into a cohort.
func (s *Service) apply(c *Cohort, p Patch) error {
	if p.Name != nil {
		name, ok := CleanLine(*p.Name, 120)
		if !ok {
			return errs.InvalidField("name", "Give the cohort a name of 1 to 120 characters.")
		}
		c.Name = name
	}
	if p.DeploysOn != nil {
		if *p.DeploysOn != "" && !isDate(*p.DeploysOn) {
			return errs.InvalidField("deploys_on", "Give the date in the form 2027-02-01.")
		}
		c.DeploysOn = *p.DeploysOn
	}
	return nil
}

// said is what a patch leaves in the audit trail.
func (p Patch) said() map[string]string {
	said := map[string]string{}
	if p.Name != nil {
		said["name"] = *p.Name
	}
	if p.DeploysOn != nil {
		said["deploys_on"] = *p.DeploysOn
	}
	return said
}

// entry makes an audit entry of now.
func (s *Service) entry(actor identity.Actor, action audit.Action, object string, said map[string]string) audit.Entry {
	e := audit.Entry{At: s.Now(), Actor: string(actor.ID), Action: action, Object: object}
	if len(said) > 0 {
		raw, _ := json.Marshal(said) // texts can always be written
		e.Detail = string(raw)
	}
	return e
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// CleanLine trims a line that somebody typed; false where it is empty, too long
// or holds what cannot be shown.
func CleanLine(text string, most int) (string, bool) {
	text = strings.TrimSpace(text)
	n := utf8.RuneCountInString(text)
	return text, n > 0 && n <= most && isShowable(text) && !strings.Contains(text, "\n")
}

// isShowable refuses what would deceive or break a page, as in names.
func isShowable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	})
}
