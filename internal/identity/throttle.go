package identity

import (
	"context"
	"time"

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

func (s *Service) countFailure(ctx context.Context, key string, limit int) error {
	return s.Store.UpdateThrottle(ctx, key, func(t Throttle) Throttle { return t.failed(s.Now(), limit) })
}

// countSignIn counts a wrong password against the account and the address.
func (s *Service) countSignIn(ctx context.Context, folded, address string) error {
	if err := s.countFailure(ctx, accountKey(folded), accountLimit); err != nil {
		return err
	}
	return s.countFailure(ctx, addressKey(address), addressLimit)
}

// forgive forgets the failures of an account after a right password.
func (s *Service) forgive(ctx context.Context, folded string) error {
	return s.Store.UpdateThrottle(ctx, accountKey(folded), func(Throttle) Throttle { return Throttle{} })
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
