// Package trail is the audit trail as people meet it: administrators read it and
// check its chain, and refused access is entered in it.
//
// The entries themselves are of the package audit, and are written beside the
// deeds by who does them. The package must not know HTTP or SQL.
package trail

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
)

// MaxEntries is how many entries are read at once.
const MaxEntries = 200

// checkTime is how long a check of the chain may take.
const checkTime = 30 * time.Second

// Query picks entries; what is left out picks all.
type Query struct {
	Actor  string       // username or id
	Action audit.Action // exact, or the noun for all that was done to such things
	Object string       // id
	From   time.Time    // inclusive
	To     time.Time    // exclusive
	Before int64        // only entries with a lower number; 0 = from the newest
	Limit  int          // 1 to MaxEntries
}

// Entry is an entry with what its actor and its object are called now, "" where
// they have no name.
type Entry struct {
	audit.Entry
	ActorName     string
	ActorUsername string
	ObjectName    string
}

// Page is a part of the trail, newest first. Next is the Before of the part that
// follows, 0 after the oldest.
type Page struct {
	Entries []Entry
	Next    int64
}

// Verification is what a check of the chain found.
type Verification struct {
	Entries  int64 // that hold, from the oldest
	BrokenAt int64 // the first that was altered, dropped or moved; 0 = the chain holds
}

// Store reads the trail, and adds to it.
type Store interface {
	// Trail reads the entries of a query, newest first.
	Trail(ctx context.Context, q Query) ([]Entry, error)
	// VerifyAudit gives how many entries hold from the oldest; Conflict with code
	// audit_broken where the one after them does not.
	VerifyAudit(ctx context.Context) (entries int64, err error)
	// Audit writes entries for deeds that change nothing else.
	Audit(ctx context.Context, entries ...audit.Entry) error
}

// Service is what administrators do with the trail.
type Service struct {
	Store Store
	Now   func() time.Time

	denied denials
}

// Reads says whether a role may read the trail.
func Reads(r identity.Role) bool { return r == identity.Admin }

func admit(actor identity.Actor) error {
	if !Reads(actor.Role) {
		return errs.New(errs.Forbidden, "forbidden", "Only administrators read the audit trail.")
	}
	return nil
}

// Entries reads a part of the trail. Forbidden for others than administrators,
// Invalid for a query that cannot be.
func (s *Service) Entries(ctx context.Context, actor identity.Actor, q Query) (Page, error) {
	if err := admit(actor); err != nil {
		return Page{}, err
	}
	if err := q.check(); err != nil {
		return Page{}, err
	}
	limit := q.Limit
	q.Limit++ // one more says whether there is a next part
	entries, err := s.Store.Trail(ctx, q)
	if err != nil || len(entries) <= limit {
		return Page{Entries: entries}, err
	}
	return Page{Entries: entries[:limit], Next: entries[limit-1].Seq}, nil
}

func (q Query) check() error {
	switch {
	case q.Limit < 1 || q.Limit > MaxEntries:
		return errs.InvalidField("limit", "Ask for 1 to %d entries.", MaxEntries)
	case q.Before < 0:
		return errs.InvalidField("cursor", "This part of the list does not exist.")
	case !q.From.IsZero() && !q.To.IsZero() && !q.From.Before(q.To):
		return errs.InvalidField("to", "The end comes before the start.")
	}
	return nil
}

// Verify checks the whole chain. Forbidden as Entries; Unavailable with code
// trail_long where the trail is too long to be checked while somebody waits.
func (s *Service) Verify(ctx context.Context, actor identity.Actor) (Verification, error) {
	if err := admit(actor); err != nil {
		return Verification{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	holds, err := s.Store.VerifyAudit(ctx)
	switch {
	case errs.CodeOf(err) == "audit_broken":
		return Verification{Entries: holds, BrokenAt: holds + 1}, nil
	case err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded):
		return Verification{}, &errs.Error{
			Kind: errs.Unavailable, Code: "trail_long", Err: err,
			Msg: "The trail is too long to be checked here. Run `muster verify audit` on the server.",
		}
	}
	return Verification{Entries: holds}, err
}

// ActionDeny is the audit action of a request that a role did not allow.
const ActionDeny audit.Action = "access.deny"

// Deny enters that an actor was refused by their role. The same refusal again
// within a quarter of an hour is not entered again, so that nobody can flood
// the trail.
func (s *Service) Deny(ctx context.Context, actor identity.Actor, operation string) error {
	now := s.Now()
	if !s.denied.first(denial{actor.ID, operation}, now) {
		return nil
	}
	detail, err := json.Marshal(map[string]string{"role": string(actor.Role)})
	if err != nil {
		return err
	}
	return s.Store.Audit(ctx, audit.Entry{At: now, Actor: string(actor.ID), Action: ActionDeny, Object: operation, Detail: string(detail)})
}
