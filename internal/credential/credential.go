// Package credential is proof of what somebody has passed: certificates that
// are issued by the curriculum's rules, renewed, revoked and verified, as a
// record, an Open Badge and a printed page.
//
// A credential follows from graded attempts alone: that a lesson was scrolled
// to its end proves nothing. The package must not know HTTP or SQL.
package credential

import (
	"context"
	"time"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// ID names a credential. Whoever knows it can verify it, so it must not be
// guessed: it is random, not counted.
type ID string

// Shown is how much of the holder's name the public page shows; the holder decides.
type Shown string

// How much of a name is shown.
const (
	ShowFull     Shown = "full"
	ShowInitials Shown = "initials" // unless the holder decides otherwise
	ShowNone     Shown = "none"
)

// Credential is one certificate. Only its end, its successor and what is shown
// of the name ever change.
type Credential struct {
	ID           ID
	Holder       identity.UserID
	Award        curriculum.Award // the rule, as it was
	Version      string           // of the rule
	Attempt      assessment.AttemptID
	PassedAt     time.Time // when the exam ended that earned it
	IssuedAt     time.Time
	ValidUntil   time.Time
	Index        int // its place in the list of revocations, from 0
	Shown        Shown
	SupersededBy ID // "" while it is the newest
	Revocation   Revocation
}

// Revocation is the end of a credential before its time; zero = none.
type Revocation struct {
	At     time.Time
	By     string // user id, or audit.System where a regrade took the pass away
	Reason string
}

// Status is where a credential stands.
type Status string

// The statuses.
const (
	Valid      Status = "valid"
	Expired    Status = "expired"
	Revoked    Status = "revoked"
	Superseded Status = "superseded" // renewed by another, which SupersededBy names
)

// Status gives where c stands at a time.
func (c Credential) Status(now time.Time) Status {
	switch {
	case !c.Revocation.At.IsZero():
		return Revoked
	case c.SupersededBy != "":
		return Superseded
	case !now.Before(c.ValidUntil):
		return Expired
	}
	return Valid
}

// soon is how long before its end a credential is worth a warning: long enough to
// learn and pass the exam again.
const soon = 90 * 24 * time.Hour

// EndsSoon says whether c is valid and its end is near.
func (c Credential) EndsSoon(now time.Time) bool {
	return c.Status(now) == Valid && c.ValidUntil.Before(now.Add(soon))
}

// Held is a credential with who holds it.
type Held struct {
	Credential
	Name     string
	Username string
}

// Store keeps credentials.
type Store interface {
	// IssueCredential keeps a credential and gives it the next Index; replaces,
	// where it is not "", is superseded by it. Conflict where the one to replace
	// no longer stands, or another of the same rule does.
	IssueCredential(ctx context.Context, c Credential, replaces ID, entry audit.Entry) error
	// RevokeCredential ends a credential; restores, where it is not "", is no
	// longer superseded by it. Conflict with code revoked where it has ended.
	RevokeCredential(ctx context.Context, id ID, r Revocation, restores ID, entry audit.Entry) error
	// ShowCredential keeps how much of the holder's name is shown.
	ShowCredential(ctx context.Context, id ID, shown Shown, entry audit.Entry) error
	// Credential reads one. NotFound.
	Credential(ctx context.Context, id ID) (Held, error)
	// Credentials reads those of a person, in the order of issue.
	Credentials(ctx context.Context, holder identity.UserID) ([]Held, error)
	// CohortCredentials reads those of a cohort's members, by name and in the order of issue.
	CohortCredentials(ctx context.Context, c cohort.ID) ([]Held, error)
	// RevokedCredentials gives the indices from first to before last that are revoked.
	RevokedCredentials(ctx context.Context, first, last int) ([]int, error)
}

// Keys keeps every public key that credentials were ever signed with.
type Keys interface {
	// PublishKey keeps a key; the same again changes nothing.
	PublishKey(ctx context.Context, k Key, at time.Time) error
	// PublishedKeys reads all, newest first.
	PublishedKeys(ctx context.Context) ([]Key, error)
}

// Attempts is what credentials follow from.
type Attempts interface {
	Attempt(ctx context.Context, id assessment.AttemptID) (assessment.Attempt, error)
	// Attempts reads a trainee's, oldest first, each with its last grade if any.
	Attempts(ctx context.Context, trainee identity.UserID) ([]assessment.GradedAttempt, error)
}

// Coordinators says who answers for whom.
type Coordinators interface {
	// Coordinates says whether actor coordinates a cohort that holder is in.
	Coordinates(ctx context.Context, actor, holder identity.UserID) (bool, error)
}

// Cohorts says who may look into a cohort.
type Cohorts interface {
	// Cohort reads one. NotFound where the actor may not see it.
	Cohort(ctx context.Context, actor identity.Actor, id cohort.ID) (cohort.Cohort, error)
}

// The audit actions of this package.
const (
	ActionIssue  audit.Action = "credential.issue"
	ActionRevoke audit.Action = "credential.revoke"
	ActionShow   audit.Action = "credential.show"
)

// Service issues, shows, revokes and signs credentials.
type Service struct {
	Store        Store
	Keys         Keys
	Attempts     Attempts
	Coordinators Coordinators
	Cohorts      Cohorts
	Catalogue    *curriculum.Catalogue
	Signer       Signer
	Site         string // address of the site, without a slash at its end
	Now          func() time.Time
	NewID        func() string // random, not counted
}
