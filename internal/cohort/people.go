package cohort

import (
	"context"
	"slices"
	"strconv"
	"time"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Member is somebody who is enrolled in a cohort.
type Member struct {
	ID          identity.UserID
	Username    string
	Name        string
	Role        identity.Role
	Email       string // "" = has none
	EnrolledAt  time.Time
	SuspendedAt *time.Time // nothing is asked of them meanwhile
	SignedIn    bool       // ever
}

// Membership is a cohort that a trainee is in, with what it asks of them. One
// that is archived, that they left or in which they are suspended asks nothing.
type Membership struct {
	Cohort
	Assignments []Assignment
	Extensions  []Extension // theirs
	Refreshers  []Refresher // theirs
}

// Due gives the assignments with the dates that hold for the trainee.
func (m Membership) Due() []Assignment {
	due := slices.Clone(m.Assignments)
	for i, a := range due {
		for _, e := range m.Extensions {
			if e.Kind == a.Kind && e.Slug == a.Slug {
				due[i].DueOn = e.DueOn
			}
		}
	}
	return due
}

// EnrolmentAction is what is done with an enrolment.
type EnrolmentAction string

// The actions.
const (
	Suspend EnrolmentAction = "suspend"
	Resume  EnrolmentAction = "resume"
	Remove  EnrolmentAction = "remove"
	Move    EnrolmentAction = "move"
	Restore EnrolmentAction = "restore" // of who was removed
)

// EnrolmentActions lists all actions.
var EnrolmentActions = []EnrolmentAction{Suspend, Resume, Remove, Move, Restore}

// EnrolmentChange is one action on several people of a cohort.
type EnrolmentChange struct {
	Users  []identity.UserID
	Action EnrolmentAction
	To     ID // Move: the cohort that they go to
}

// People keeps who is in a cohort and who looks after it.
type People interface {
	// CreateMembers keeps new users and their enrolments, all or nothing.
	// Conflict with code username_taken.
	CreateMembers(ctx context.Context, c ID, users []identity.User, entries []audit.Entry) error
	// Enrol keeps newcomers of a cohort, all or nothing. Conflict with code
	// username_taken.
	Enrol(ctx context.Context, c ID, n Newcomers, entries []audit.Entry) error
	// Accounts reads those that may be taken into a cohort.
	Accounts(ctx context.Context, q AccountQuery) ([]Account, error)
	// Memberships reads the cohorts of a user that ask something of them, oldest
	// first.
	Memberships(ctx context.Context, user identity.UserID) ([]Membership, error)
	// Members reads who is enrolled, by name.
	Members(ctx context.Context, id ID) ([]Member, error)
	// Roster reads who is enrolled, or who was and left, by name. Codes count
	// that hold at a time.
	Roster(ctx context.Context, id ID, left bool, at time.Time) ([]Enrolment, error)
	// ChangeEnrolments acts on the enrolments of members.
	ChangeEnrolments(ctx context.Context, id ID, c EnrolmentChange, at time.Time, entries []audit.Entry) error
	// TakenUsernames says which of some folded usernames are taken.
	TakenUsernames(ctx context.Context, folded []string) (map[string]bool, error)
	// IsCoordinator says whether a user coordinates a cohort.
	IsCoordinator(ctx context.Context, id ID, user identity.UserID) (bool, error)
	// AddCoordinator makes a user a coordinator; one who is stays one.
	AddCoordinator(ctx context.Context, id ID, user identity.UserID, entry audit.Entry) error
	// RemoveCoordinator takes one away and ends the unused sign-in codes that they
	// issued to the cohort's people, unless decide refuses by how many
	// coordinators would be left; it makes the entry. NotFound where the user is
	// none.
	RemoveCoordinator(ctx context.Context, id ID, user identity.UserID, at time.Time, decide func(left, codes int) (audit.Entry, error)) error
}

// The audit actions of this file.
const (
	ActionJoin              audit.Action = "cohort.join"
	ActionAddCoordinator    audit.Action = "cohort.add_coordinator"
	ActionRemoveCoordinator audit.Action = "cohort.remove_coordinator"
)

// actionOn gives the audit action of an enrolment's: "enrolment.suspend" and so on.
func actionOn(a EnrolmentAction) audit.Action { return audit.Action("enrolment." + string(a)) }

// Join makes an account for a trainee who holds a cohort's join code and
// enrols them. Invalid with code wrong_code, also where the cohort is archived,
// TooMany after too many wrong codes from one address, or as identity.Register.
func (s *Service) Join(ctx context.Context, code string, r identity.Registration, address string) (identity.User, error) {
	if err := s.Identity.Admit(ctx, address); err != nil {
		return identity.User{}, err
	}
	c, err := s.Store.CohortByCode(ctx, NormalCode(code))
	if errs.KindOf(err) == errs.NotFound || err == nil && c.ArchivedAt != nil {
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
	return user, s.Store.CreateMembers(ctx, c.ID, []identity.User{user}, entries)
}

// Memberships gives the cohorts that the actor is in.
func (s *Service) Memberships(ctx context.Context, actor identity.Actor) ([]Membership, error) {
	return s.Store.Memberships(ctx, actor.ID)
}

// Members lists who is enrolled in a cohort that the actor looks after.
func (s *Service) Members(ctx context.Context, actor identity.Actor, id ID) ([]Member, error) {
	if _, err := s.Cohort(ctx, actor, id); err != nil {
		return nil, err
	}
	return s.Store.Members(ctx, id)
}

// AddCoordinator lets one more person look after a cohort. NotFound for who has
// no such role.
func (s *Service) AddCoordinator(ctx context.Context, actor identity.Actor, id ID, username string) (Detail, error) {
	if err := s.changeable(ctx, actor, id); err != nil {
		return Detail{}, err
	}
	user, err := s.Identity.Store.UserByName(ctx, identity.FoldName(username))
	if err == nil && !Coordinates(user.Role) {
		err = errs.Missing("coordinator")
	}
	if err != nil {
		return Detail{}, err
	}
	entry := s.entry(actor, ActionAddCoordinator, string(id), map[string]string{"user": string(user.ID)})
	if err := s.Store.AddCoordinator(ctx, id, user.ID, entry); err != nil {
		return Detail{}, err
	}
	return s.Store.Detail(ctx, id)
}

// RemoveCoordinator ends that somebody looks after a cohort, and that a sign-in
// code which they printed for its people and nobody used lets anybody in. Only an
// admin may take the last one away; for others that is a Conflict.
func (s *Service) RemoveCoordinator(ctx context.Context, actor identity.Actor, id ID, username string) (Detail, error) {
	if err := s.changeable(ctx, actor, id); err != nil {
		return Detail{}, err
	}
	user, err := s.Identity.Store.UserByName(ctx, identity.FoldName(username))
	if err != nil {
		return Detail{}, err
	}
	err = s.Store.RemoveCoordinator(ctx, id, user.ID, s.Now(), func(left, codes int) (audit.Entry, error) {
		if left == 0 && actor.Role != identity.Admin {
			return audit.Entry{}, errs.New(errs.Conflict, "last_coordinator", "A cohort needs somebody who looks after it. Add another coordinator first.")
		}
		said := map[string]string{"user": string(user.ID), "codes_ended": strconv.Itoa(codes)}
		return s.entry(actor, ActionRemoveCoordinator, string(id), said), nil
	})
	if err != nil {
		return Detail{}, err
	}
	return s.Store.Detail(ctx, id)
}

// ChangeEnrolments suspends, resumes, removes, moves or restores people of a
// cohort, all or none, and gives how many they are.
func (s *Service) ChangeEnrolments(ctx context.Context, actor identity.Actor, id ID, c EnrolmentChange) (int, error) {
	if c.Action == Restore {
		return s.restore(ctx, actor, id, c.Users)
	}
	members, err := s.members(ctx, actor, id, c.Users)
	if err != nil {
		return 0, err
	}
	said := map[string]string{"cohort": string(id)}
	switch {
	case !slices.Contains(EnrolmentActions, c.Action):
		return 0, errs.InvalidField("action", "The action is suspend, resume, remove, move or restore.")
	case c.Action == Move && c.To == id:
		return 0, errs.InvalidField("to", "Choose another cohort than the one they are in.")
	case c.Action == Move:
		if err := s.changeable(ctx, actor, c.To); err != nil {
			return 0, err
		}
		said["to"] = string(c.To)
	}
	c.Users = make([]identity.UserID, len(members))
	entries := make([]audit.Entry, len(members))
	for i, m := range members {
		c.Users[i] = m.ID
		entries[i] = s.entry(actor, actionOn(c.Action), string(m.ID), said)
	}
	return len(members), s.Store.ChangeEnrolments(ctx, id, c, s.Now(), entries)
}

// members picks people of a cohort that the actor may change, each once and in
// the order of the cohort. Invalid where somebody is not in it.
func (s *Service) members(ctx context.Context, actor identity.Actor, id ID, users []identity.UserID) ([]Member, error) {
	if err := s.changeable(ctx, actor, id); err != nil {
		return nil, err
	}
	all, err := s.Store.Members(ctx, id)
	if err != nil {
		return nil, err
	}
	wanted := make(map[identity.UserID]bool, len(users))
	for _, user := range users {
		wanted[user] = true
	}
	picked := slices.DeleteFunc(all, func(m Member) bool { return !wanted[m.ID] })
	if len(picked) == 0 || len(picked) < len(wanted) {
		return nil, errs.InvalidField("users", "Somebody on the list is not in this cohort. Load the page again and choose anew.")
	}
	return picked, nil
}
