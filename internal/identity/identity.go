// Package identity is who somebody is: users, their roles and passwords, and
// the sessions they are signed in by.
//
// It must not know HTTP or tokens' wire form; api makes access tokens from a
// Session and hands an Actor to every service.
package identity

import (
	"time"
)

// UserID names a user.
type UserID string

// SessionID names a sign-in with all its rotated refresh tokens.
type SessionID string

// Role is what a user may do; one each.
type Role string

// The roles.
const (
	Trainee     Role = "trainee"
	Trainer     Role = "trainer"
	Coordinator Role = "coordinator"
	Admin       Role = "admin"
)

// Roles lists every role.
var Roles = []Role{Trainee, Trainer, Coordinator, Admin}

// Actor is who asks for something, as the database knows them now.
type Actor struct {
	ID      UserID
	Role    Role
	Session SessionID
}

// User is a person with an account.
type User struct {
	ID           UserID
	Username     string // as typed; unique after FoldName
	Name         string // shown to others
	Role         Role
	Locale       string // BCP 47: en, fr, es, ar, ru, zh
	Email        string // "" = has none, or did not give it
	PasswordHash string // argon2id, PHC form; "" = signs in with a one-time code first
	CreatedAt    time.Time
	SuspendedAt  *time.Time
}
