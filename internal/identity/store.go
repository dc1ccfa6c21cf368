package identity

import (
	"context"
	"time"

	"muster/internal/audit"
)

// Session is one sign-in on one device.
type Session struct {
	ID        SessionID
	User      UserID
	StartedAt time.Time
	UsedAt    time.Time  // last rotation
	EndedAt   *time.Time // signed out, revoked, or password changed
}

// Refresh is a refresh token as it is kept: only its hash.
type Refresh struct {
	Hash      string // hex SHA-256 of the token
	Session   Session
	UsedAt    *time.Time // when it was exchanged for its successor
	Successor string     // hash of the successor, "" while unused
	Followed  bool       // whether the successor was used in its turn
}

// Rotation is what follows from presenting a refresh token.
type Rotation struct {
	Successor string // hash to keep as the successor, "" = change nothing
	At        time.Time
	Revoke    *audit.Entry // end the session instead, because the token was stolen
}

// Throttle counts failures under one key.
type Throttle struct {
	Failures     int
	Since        time.Time // start of the window that Failures counts in
	BlockedUntil time.Time
}

// Store keeps users, their sessions and what they failed at.
type Store interface {
	Users
	Sessions
	Throttles
	Codes
	Remains
	Erasures
}

// Users keeps people.
type Users interface {
	// CreateUser keeps a new user. Conflict with code username_taken.
	CreateUser(ctx context.Context, u User, entry audit.Entry) error
	// UserByName reads a user by folded username. NotFound.
	UserByName(ctx context.Context, folded string) (User, error)
	// SetPassword keeps a new hash and ends every session and unused code of the user.
	SetPassword(ctx context.Context, id UserID, hash string, entry audit.Entry) error
	// ChangeEmail keeps a user's address, "" for none. NotFound.
	ChangeEmail(ctx context.Context, id UserID, email string, entry audit.Entry) error
}

// Sessions keeps sign-ins.
type Sessions interface {
	// StartSession keeps a session with its first refresh token's hash.
	StartSession(ctx context.Context, s Session, refreshHash string, entry audit.Entry) error
	// Session reads a session with its user. NotFound.
	Session(ctx context.Context, id SessionID) (Session, User, error)
	// EndSession ends a session; one that has ended stays as it is.
	EndSession(ctx context.Context, id SessionID, entry audit.Entry) error
	// Rotate decides on a refresh token by its hash, under its lock. NotFound.
	Rotate(ctx context.Context, hash string, decide func(Refresh) (Rotation, error)) error
}

// Throttles keeps failures.
type Throttles interface {
	// Throttle reads a throttle; the zero Throttle where there is none.
	Throttle(ctx context.Context, key string) (Throttle, error)
	// UpdateThrottle changes a throttle under its lock; the zero Throttle where
	// there is none. The entries are kept with the change; change may run again.
	UpdateThrottle(ctx context.Context, key string, change func(Throttle) (Throttle, []audit.Entry)) error
}

// Codes keeps one-time codes.
type Codes interface {
	// KeepCodes keeps codes, and lets those that their people had before expire.
	KeepCodes(ctx context.Context, codes []Code, entries []audit.Entry) error
	// RedeemCode uses up a code of the user, sets the password and ends every
	// session of theirs. NotFound where the user has no such code that holds.
	RedeemCode(ctx context.Context, user UserID, codeHash, passwordHash string, entry audit.Entry) error
}
