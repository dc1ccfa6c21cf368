package identity

import (
	"context"
	"strconv"
	"time"

	"muster/internal/audit"
	"muster/internal/errs"
)

// A key that failed more often than its limit within the window is blocked,
// each further failure for twice as long. Many people share one address in a
// camp, so an address may fail more often than an account.
const (
	window       = 15 * time.Minute
	accountLimit = 8
	addressLimit = 60
	firstBlock   = 30 * time.Second
	longestBlock = 15 * time.Minute
)

func accountKey(folded string) string  { return "account:" + folded }
func addressKey(address string) string { return "address:" + address }

// admit answers TooMany with code throttled while one of the keys is blocked.
func (s *Service) admit(ctx context.Context, keys ...string) error {
	for _, key := range keys {
		throttle, err := s.Store.Throttle(ctx, key)
		if err != nil {
			return err
		}
		if wait := throttle.BlockedUntil.Sub(s.Now()); wait > 0 {
			return Throttled(wait)
		}
	}
	return nil
}

// Throttled is the TooMany error for somebody who must wait.
func Throttled(wait time.Duration) *errs.Error {
	e := errs.New(errs.TooMany, "throttled", "There were too many wrong tries. Wait %s and try again.", wait.Round(time.Second))
	e.RetryAfter = wait
	return e
}

// countSignIn counts a wrong password against the account and the address. user
// is whose account it is, "" where there is none.
func (s *Service) countSignIn(ctx context.Context, user UserID, folded, address string) error {
	if err := s.countAccount(ctx, user, folded); err != nil {
		return err
	}
	return s.countAddress(ctx, address)
}

// countAccount counts a failure against an account. Of a flood, the trail tells
// the first failure of a window and the first block. What was typed for an
// account that is not there may be a password: it is never entered.
func (s *Service) countAccount(ctx context.Context, user UserID, folded string) error {
	return s.Store.UpdateThrottle(ctx, accountKey(folded), func(t Throttle) (Throttle, []audit.Entry) {
		t = t.failed(s.Now(), accountLimit)
		switch {
		case user == "":
			return t, nil
		case t.Failures == 1:
			return t, []audit.Entry{s.refusal(ActionRefuse, user, t)}
		case t.Failures == accountLimit:
			return t, []audit.Entry{s.refusal(ActionBlock, user, t)}
		}
		return t, nil
	})
}

// countAddress counts a failure against an address. The trail tells that one was
// blocked, not which: it is kept for ever, and addresses are not.
func (s *Service) countAddress(ctx context.Context, address string) error {
	return s.Store.UpdateThrottle(ctx, addressKey(address), func(t Throttle) (Throttle, []audit.Entry) {
		if t = t.failed(s.Now(), addressLimit); t.Failures == addressLimit {
			return t, []audit.Entry{s.refusal(ActionBlock, "", t)}
		}
		return t, nil
	})
}

func (s *Service) refusal(action audit.Action, user UserID, t Throttle) audit.Entry {
	return audit.Entry{
		At: s.Now(), Actor: audit.System, Action: action, Object: string(user), Detail: `{"failures":` + strconv.Itoa(t.Failures) + `}`,
	}
}

// forgive forgets the failures of an account after a right password.
func (s *Service) forgive(ctx context.Context, folded string) error {
	return s.Store.UpdateThrottle(ctx, accountKey(folded), func(Throttle) (Throttle, []audit.Entry) { return Throttle{}, nil })
}

func (t Throttle) failed(now time.Time, limit int) Throttle {
	if now.Sub(t.Since) > window {
		t = Throttle{Since: now}
	}
	t.Failures++
	if over := t.Failures - limit; over >= 0 {
		block := longestBlock
		if over < 5 {
			block = min(firstBlock<<over, longestBlock)
		}
		t.BlockedUntil = now.Add(block)
	}
	return t
}
