// Package cohort is units in training: who belongs to one, when it deploys and
// what its members must finish by when.
//
// It must not know lessons, attempts or HTTP.
package cohort

import (
	"context"
	"crypto/rand"
	"strings"
	"time"
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
	ID        ID
	Name      string
	JoinCode  string // as printed: XXXX-XXXX
	DeploysOn string // date, "" = not known yet
	CreatedAt time.Time
}

// Assignment is a module that the members of a cohort must finish.
type Assignment struct {
	Cohort ID
	Module curriculum.ModuleSlug
	DueOn  string // date
}

// Membership is a cohort that a trainee is in, with what it asks of them.
type Membership struct {
	Cohort
	Assignments []Assignment
}

// Store keeps cohorts.
type Store interface {
	// CreateCohort keeps a cohort with its assignments. Conflict on the code.
	CreateCohort(ctx context.Context, c Cohort, assignments []Assignment, entry audit.Entry) error
	// CohortByCode reads a cohort by join code. NotFound.
	CohortByCode(ctx context.Context, code string) (Cohort, error)
	// CreateMember keeps a new user and the enrolment, both or neither.
	// Conflict with code username_taken.
	CreateMember(ctx context.Context, c ID, u identity.User, entries []audit.Entry) error
	// Memberships reads the cohorts of a user, oldest first.
	Memberships(ctx context.Context, user identity.UserID) ([]Membership, error)
}

// The audit actions of this package.
const (
	ActionCreate audit.Action = "cohort.create"
	ActionJoin   audit.Action = "cohort.join"
)

// Service makes cohorts and lets people join them.
type Service struct {
	Store    Store
	Identity *identity.Service
	Now      func() time.Time
	NewID    func() string
}

// Create makes a cohort with a fresh join code. by is the actor for the audit.
func (s *Service) Create(ctx context.Context, name, deploysOn string, assignments []Assignment, by string) (Cohort, error) {
	name = strings.TrimSpace(name)
	if n := utf8.RuneCountInString(name); n < 1 || n > 120 {
		return Cohort{}, errs.InvalidField("name", "Give the cohort a name of 1 to 120 characters.")
	}
	if !validDate(deploysOn) {
		return Cohort{}, errs.InvalidField("deploys_on", "Give the date in the form 2027-02-01.")
	}
	c := Cohort{ID: ID(s.NewID()), Name: name, JoinCode: newCode(), DeploysOn: deploysOn, CreatedAt: s.Now()}
	for i := range assignments {
		assignments[i].Cohort = c.ID
		if assignments[i].DueOn == "" || !validDate(assignments[i].DueOn) {
			return Cohort{}, errs.InvalidField("due_on", "Give each due date in the form 2027-02-01.")
		}
	}
	entry := audit.Entry{At: c.CreatedAt, Actor: by, Action: ActionCreate, Object: string(c.ID)}
	return c, s.Store.CreateCohort(ctx, c, assignments, entry)
}

// Join makes an account for a trainee who holds a cohort's join code and
// enrols them. Invalid with code wrong_code, TooMany after too many wrong codes
// from one address, or as identity.Register.
func (s *Service) Join(ctx context.Context, code string, r identity.Registration, address string) (identity.User, error) {
	if err := s.Identity.Admit(ctx, address); err != nil {
		return identity.User{}, err
	}
	c, err := s.Store.CohortByCode(ctx, NormalCode(code))
	if errs.KindOf(err) == errs.NotFound {
		if err := s.Identity.Failed(ctx, address); err != nil {
			return identity.User{}, err
		}
		wrong := errs.InvalidField("code", "No cohort has this code. Check it with your coordinator.")
		wrong.Code = "wrong_code"
		return identity.User{}, wrong
	}
	if err != nil {
		return identity.User{}, err
	}
	r.Role = identity.Trainee
	user, err := s.Identity.Prepare(ctx, r)
	if err != nil {
		return identity.User{}, err
	}
	entries := []audit.Entry{
		identity.CreateEntry(user, string(user.ID)),
		{At: user.CreatedAt, Actor: string(user.ID), Action: ActionJoin, Object: string(c.ID)},
	}
	return user, s.Store.CreateMember(ctx, c.ID, user, entries)
}

// Memberships gives the cohorts that the actor is in.
func (s *Service) Memberships(ctx context.Context, actor identity.Actor) ([]Membership, error) {
	return s.Store.Memberships(ctx, actor.ID)
}

// codeAlphabet leaves out what is mistaken for something else on paper.
const codeAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

func newCode() string {
	raw := make([]byte, 8)
	rand.Read(raw) // never fails
	for i, b := range raw {
		raw[i] = codeAlphabet[int(b)%len(codeAlphabet)]
	}
	return string(raw[:4]) + "-" + string(raw[4:])
}

// NormalCode brings a code as somebody typed it to the printed form, and what
// cannot be a code to "".
func NormalCode(typed string) string {
	plain := strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\u00a0' {
			return -1
		}
		return r
	}, strings.ToUpper(typed))
	if len(plain) != 8 || strings.Trim(plain, codeAlphabet) != "" {
		return ""
	}
	return plain[:4] + "-" + plain[4:]
}

func validDate(text string) bool {
	if text == "" {
		return true
	}
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
