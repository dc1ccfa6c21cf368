package identity

import (
	"context"
	"encoding/json"
	"time"

	"muster/internal/audit"
)

// ForgetRemains is the job of Forget.
type ForgetRemains struct{}

// Kind names the job in the queue.
func (ForgetRemains) Kind() string { return "forget_remains" }

// ActionForget is the audit action of remains that were removed.
const ActionForget audit.Action = "retention.forget"

// Limits say what is old enough to be removed: what was over before a time.
type Limits struct {
	Over    time.Time // ended, used, expired, or counted last
	Unused  time.Time // sessions without a rotation since
	Started time.Time // sessions signed in before
}

// Forgotten is how much was removed.
type Forgotten struct {
	Sessions  int64 `json:"sessions"`
	Tokens    int64 `json:"tokens"`
	Throttles int64 `json:"throttles"`
	Codes     int64 `json:"codes"`
}

// Remains removes what nobody needs any more.
type Remains interface {
	// Forget removes sessions, refresh tokens, throttles and codes by their limits,
	// and keeps the entry that is made of how many, where there were any.
	Forget(ctx context.Context, l Limits, entry func(Forgotten) audit.Entry) error
}

// Forget removes what tells when and from where people signed in, once it has
// been over for the time of keep: sessions that were ended or have run out and
// their tokens, used tokens, throttles, which name addresses, and one-time codes
// that were used or expired.
func (s *Service) Forget(ctx context.Context, keep time.Duration) error {
	now := s.Now()
	over := now.Add(-keep)
	limits := Limits{Over: over, Unused: over.Add(-Idle), Started: over.Add(-Absolute)}
	return s.Store.Forget(ctx, limits, func(f Forgotten) audit.Entry {
		detail, _ := json.Marshal(f) // of four numbers: it never fails
		return audit.Entry{At: now, Actor: audit.System, Action: ActionForget, Detail: string(detail)}
	})
}
