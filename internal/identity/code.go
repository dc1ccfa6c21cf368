package identity

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"muster/internal/audit"
	"muster/internal/errs"
)

// CodeLifetime is how long a one-time code holds.
const CodeLifetime = 30 * 24 * time.Hour

// The audit actions of one-time codes.
const (
	ActionCode   audit.Action = "user.code"
	ActionRedeem audit.Action = "user.redeem_code"
)

// codeGroups is the length of a one-time code, in groups of four: 30^12
// possibilities, of which a guesser tries a few thousand while it holds.
const codeGroups = 3

// Code is a one-time code as it is kept: only its hash.
type Code struct {
	Hash      string // hex SHA-256 of the printed form
	User      UserID
	IssuedBy  string // who has seen it, and might have kept it
	CreatedAt time.Time
	ExpiresAt time.Time
}

// IssuedCode is a fresh one-time code. Printed is the only copy of it.
type IssuedCode struct {
	User      UserID
	Printed   string // XXXX-XXXX-XXXX
	ExpiresAt time.Time
}

// IssueCodes gives each user a one-time code, in their order; a code that one
// had before no longer holds.
func (s *Service) IssueCodes(ctx context.Context, users []UserID, by string) ([]IssuedCode, error) {
	now := s.Now()
	issued, kept := make([]IssuedCode, len(users)), make([]Code, len(users))
	entries := make([]audit.Entry, len(users))
	for i, user := range users {
		issued[i] = IssuedCode{User: user, Printed: NewCode(codeGroups), ExpiresAt: now.Add(CodeLifetime)}
		kept[i] = Code{Hash: hashToken(issued[i].Printed), User: user, IssuedBy: by, CreatedAt: now, ExpiresAt: issued[i].ExpiresAt}
		entries[i] = audit.Entry{At: now, Actor: by, Action: ActionCode, Object: string(user)}
	}
	return issued, s.Store.KeepCodes(ctx, kept, entries)
}

// SignInByCode sets a new password with a one-time code and starts a session.
// It answers and throttles as SignIn; a weak password leaves the code as it is.
func (s *Service) SignInByCode(ctx context.Context, username, code, password, address string) (SignedIn, error) {
	folded := FoldName(username)
	if err := s.admit(ctx, accountKey(folded), addressKey(address)); err != nil {
		return SignedIn{}, err
	}
	if err := s.Hasher.Check("password", password, folded); err != nil {
		return SignedIn{}, err
	}
	hash, err := s.Hasher.Hash(ctx, password) // before all else, so that every refusal takes as long
	if err != nil {
		return SignedIn{}, err
	}
	user, err := s.redeem(ctx, folded, code, hash)
	if errs.KindOf(err) == errs.NotFound {
		if err := s.countSignIn(ctx, user.ID, folded, address); err != nil {
			return SignedIn{}, err
		}
		return SignedIn{}, errs.New(errs.Unauthenticated, "wrong_code", "The username or the code is not right, or the code was used or is too old. Ask your coordinator for a new one.")
	}
	if err != nil {
		return SignedIn{}, err
	}
	if err := s.forgive(ctx, folded); err != nil {
		return SignedIn{}, err
	}
	return s.Begin(ctx, user)
}

// redeem uses up the code of a user. NotFound for an unknown or suspended user
// and for a code that does not hold; of a known one, the user is given even so.
func (s *Service) redeem(ctx context.Context, folded, code, hash string) (User, error) {
	user, err := s.Store.UserByName(ctx, folded)
	if err != nil {
		return User{}, err
	}
	if user.SuspendedAt != nil {
		return user, errs.Missing("code")
	}
	entry := audit.Entry{At: s.Now(), Actor: string(user.ID), Action: ActionRedeem, Object: string(user.ID)}
	return user, s.Store.RedeemCode(ctx, user.ID, hashToken(NormalCode(code, codeGroups)), hash, entry)
}

// codeAlphabet leaves out what is mistaken for something else on paper.
const codeAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewCode makes a code to be printed, of so many groups of four: XXXX-XXXX.
func NewCode(groups int) string {
	raw := make([]byte, 4*groups)
	rand.Read(raw) // never fails
	for i, b := range raw {
		raw[i] = codeAlphabet[int(b)%len(codeAlphabet)]
	}
	return grouped(string(raw))
}

// NormalCode brings a code of so many groups, as somebody typed it, to the
// printed form, and what cannot be a code to "".
func NormalCode(typed string, groups int) string {
	plain := strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\u00a0' {
			return -1
		}
		return r
	}, strings.ToUpper(typed))
	if len(plain) != 4*groups || strings.Trim(plain, codeAlphabet) != "" {
		return ""
	}
	return grouped(plain)
}

func grouped(plain string) string {
	var groups []string
	for ; len(plain) > 4; plain = plain[4:] {
		groups = append(groups, plain[:4])
	}
	return strings.Join(append(groups, plain), "-")
}
