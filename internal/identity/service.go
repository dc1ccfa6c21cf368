package identity

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"time"

	"muster/internal/audit"
	"muster/internal/errs"
)

// Lifetimes of a session. They are long because trainees are offline for weeks.
const (
	Idle     = 30 * 24 * time.Hour // without a rotation
	Absolute = 90 * 24 * time.Hour // since sign-in
	// Retry is how long a used refresh token still gives the same successor,
	// because the reply may have been lost.
	Retry = 30 * time.Second
)

// The audit actions of this package.
const (
	ActionCreate   audit.Action = "user.create"
	ActionSignIn   audit.Action = "session.start"
	ActionSignOut  audit.Action = "session.end"
	ActionRefuse   audit.Action = "session.refuse" // a sign-in with a wrong password or code
	ActionBlock    audit.Action = "session.block"  // of an account or, without an object, of an address
	ActionReuse    audit.Action = "session.revoke_reused"
	ActionPassword audit.Action = "user.password"
)

// Service signs people in and keeps them signed in.
type Service struct {
	Store  Store
	Hasher *Hasher
	Now    func() time.Time
	NewID  func() string // UUIDv7
	Secret []byte        // ≥ 32 bytes; derives each refresh token from the one before
}

// SignedIn is a fresh sign-in or rotation. Refresh is the only copy of the token.
type SignedIn struct {
	User    User
	Session SessionID
	Refresh string
}

// Registration is what a new user gives.
type Registration struct {
	Username string
	Password string
	Name     string
	Role     Role
	Locale   string // "" = en
	Email    string // "" = none
}

// Admit answers TooMany with code throttled while an address has failed too
// often; Failed counts a failure. They guard what is guessed at without an
// account, as a join code is.
func (s *Service) Admit(ctx context.Context, address string) error {
	return s.admit(ctx, addressKey(address))
}

// Failed counts a failure of an address.
func (s *Service) Failed(ctx context.Context, address string) error {
	return s.countAddress(ctx, address)
}

// Prepare checks a registration and makes the user of it, without keeping it.
func (s *Service) Prepare(ctx context.Context, r Registration) (User, error) {
	user, err := s.PrepareLocked(r)
	if err != nil {
		return User{}, err
	}
	if err := s.Hasher.Check("password", r.Password, FoldName(r.Username)); err != nil {
		return User{}, err
	}
	user.PasswordHash, err = s.Hasher.Hash(ctx, r.Password)
	return user, err
}

// PrepareLocked is Prepare without a password: the user cannot sign in before
// they were given a one-time code.
func (s *Service) PrepareLocked(r Registration) (User, error) {
	username, err := cleanUsername(r.Username)
	if err != nil {
		return User{}, err
	}
	name, err := cleanName(r.Name)
	if err != nil {
		return User{}, err
	}
	if r.Locale == "" {
		r.Locale = Locales[0]
	}
	if !slices.Contains(Locales, r.Locale) {
		return User{}, errs.InvalidField("locale", "Choose one of the languages on offer.")
	}
	if !slices.Contains(Roles, r.Role) {
		return User{}, errs.InvalidField("role", "The role is trainee, trainer, coordinator or admin.")
	}
	if err := checkEmail(r.Email); err != nil {
		return User{}, err
	}
	return User{
		ID: UserID(s.NewID()), Username: username, Name: name, Role: r.Role,
		Locale: r.Locale, Email: r.Email, CreatedAt: s.Now(),
	}, nil
}

// Register keeps a new user. by is who makes the account, audit.System from
// the command line. Invalid, or Conflict with code username_taken.
func (s *Service) Register(ctx context.Context, r Registration, by string) (User, error) {
	u, err := s.Prepare(ctx, r)
	if err != nil {
		return User{}, err
	}
	return u, s.Store.CreateUser(ctx, u, CreateEntry(u, by))
}

// CreateEntry is the audit entry of a new user.
func CreateEntry(u User, by string) audit.Entry {
	return audit.Entry{At: u.CreatedAt, Actor: by, Action: ActionCreate, Object: string(u.ID), Detail: string(u.Role)}
}

// SignIn checks a password and starts a session. It answers Unauthenticated
// with code wrong_credentials alike for a wrong password, an unknown and a
// suspended user, and TooMany while the account or the address is blocked.
func (s *Service) SignIn(ctx context.Context, username, password, address string) (SignedIn, error) {
	folded := FoldName(username)
	user, err := s.Store.UserByName(ctx, folded)
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return SignedIn{}, err
	}
	ok, err := s.matches(ctx, user, folded, password, address)
	if err != nil {
		return SignedIn{}, err
	}
	if !ok || user.SuspendedAt != nil {
		if err := s.countSignIn(ctx, user.ID, folded, address); err != nil {
			return SignedIn{}, err
		}
		return SignedIn{}, errs.New(errs.Unauthenticated, "wrong_credentials", "The username or the password is not right.")
	}
	if err := s.forgive(ctx, folded); err != nil {
		return SignedIn{}, err
	}
	return s.Begin(ctx, user)
}

// matches checks a password while neither the account nor the address is
// blocked. It asks again when the password has been checked: of many tries at
// once the first ones may have blocked the rest, and those must learn nothing.
func (s *Service) matches(ctx context.Context, user User, folded, password, address string) (bool, error) {
	keys := []string{accountKey(folded), addressKey(address)}
	if err := s.admit(ctx, keys...); err != nil {
		return false, err
	}
	ok, err := s.Hasher.Matches(ctx, password, user.PasswordHash)
	if err != nil {
		return false, err
	}
	return ok, s.admit(ctx, keys...)
}

// Begin starts a session for a user whose identity is established.
func (s *Service) Begin(ctx context.Context, user User) (SignedIn, error) {
	now := s.Now()
	session := Session{ID: SessionID(s.NewID()), User: user.ID, StartedAt: now, UsedAt: now}
	token := rand.Text() + rand.Text()
	entry := audit.Entry{At: now, Actor: string(user.ID), Action: ActionSignIn, Object: string(session.ID)}
	if err := s.Store.StartSession(ctx, session, hashToken(token), entry); err != nil {
		return SignedIn{}, err
	}
	return SignedIn{User: user, Session: session.ID, Refresh: token}, nil
}

// Refresh exchanges a refresh token for its successor. The same token again
// within Retry gives the same successor, as long as that is unused. Any other
// second use means that the token was copied: the session is ended.
func (s *Service) Refresh(ctx context.Context, token string) (SignedIn, error) {
	expired := errs.New(errs.Unauthenticated, "session_expired", "Your session has ended. Sign in again.")
	next := s.successor(token)
	var session SessionID
	reused := false
	err := s.Store.Rotate(ctx, hashToken(token), func(r Refresh) (Rotation, error) {
		now := s.Now()
		session, reused = r.Session.ID, false
		switch {
		case r.Session.EndedAt != nil, now.Sub(r.Session.UsedAt) > Idle, now.Sub(r.Session.StartedAt) > Absolute:
			return Rotation{}, expired
		case r.UsedAt == nil:
			return Rotation{Successor: hashToken(next), At: now}, nil
		case now.Sub(*r.UsedAt) <= Retry && !r.Followed:
			return Rotation{}, nil
		}
		reused = true
		entry := audit.Entry{At: now, Actor: audit.System, Action: ActionReuse, Object: string(r.Session.ID)}
		return Rotation{At: now, Revoke: &entry}, nil
	})
	if errs.KindOf(err) == errs.NotFound || reused {
		return SignedIn{}, expired
	}
	if err != nil {
		return SignedIn{}, err
	}
	_, user, err := s.Store.Session(ctx, session)
	if err != nil {
		return SignedIn{}, err
	}
	if user.SuspendedAt != nil {
		return SignedIn{}, expired
	}
	return SignedIn{User: user, Session: session, Refresh: next}, nil
}

// SignOut ends the session that a refresh token belongs to. An unknown token
// is signed out already, and gives no session.
func (s *Service) SignOut(ctx context.Context, token string) (SessionID, error) {
	var session Session
	err := s.Store.Rotate(ctx, hashToken(token), func(r Refresh) (Rotation, error) {
		session = r.Session
		return Rotation{}, nil
	})
	if errs.KindOf(err) == errs.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return session.ID, s.Store.EndSession(ctx, session.ID, audit.Entry{
		At: s.Now(), Actor: string(session.User), Action: ActionSignOut, Object: string(session.ID),
	})
}

// Authenticate gives the actor of a session as the database knows it now.
// Unauthenticated where the session has ended or the user is suspended.
func (s *Service) Authenticate(ctx context.Context, id SessionID) (Actor, User, error) {
	session, user, err := s.Store.Session(ctx, id)
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return Actor{}, User{}, err
	}
	if err != nil || session.EndedAt != nil || user.SuspendedAt != nil {
		return Actor{}, User{}, errs.New(errs.Unauthenticated, "session_expired", "Your session has ended. Sign in again.")
	}
	return Actor{ID: user.ID, Role: user.Role, Session: session.ID}, user, nil
}

// ChangePassword replaces the actor's password, ends every session and starts
// a new one. address is throttled as at sign-in.
func (s *Service) ChangePassword(ctx context.Context, actor Actor, current, replacement, address string) (SignedIn, error) {
	_, user, err := s.Store.Session(ctx, actor.Session)
	if err != nil {
		return SignedIn{}, err
	}
	folded := FoldName(user.Username)
	ok, err := s.matches(ctx, user, folded, current, address)
	if err != nil {
		return SignedIn{}, err
	}
	if !ok {
		if err := s.countSignIn(ctx, user.ID, folded, address); err != nil {
			return SignedIn{}, err
		}
		return SignedIn{}, errs.InvalidField("current", "This is not your password now.")
	}
	if replacement == current {
		return SignedIn{}, errs.InvalidField("new", "This is your password now. Choose another.")
	}
	if err := s.SetPassword(ctx, user, replacement, "new", string(actor.ID)); err != nil {
		return SignedIn{}, err
	}
	return s.Begin(ctx, user)
}

// SetPassword gives a user a new password and ends every session of theirs.
// field names the password in an Invalid error.
func (s *Service) SetPassword(ctx context.Context, user User, password, field, by string) error {
	if err := s.Hasher.Check(field, password, FoldName(user.Username)); err != nil {
		return err
	}
	hash, err := s.Hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.Store.SetPassword(ctx, user.ID, hash, audit.Entry{At: s.Now(), Actor: by, Action: ActionPassword, Object: string(user.ID)})
}

// successor derives the token that follows a token, so that a lost reply can
// be repeated though only hashes are kept.
func (s *Service) successor(token string) string {
	mac := hmac.New(sha256.New, s.Secret)
	mac.Write([]byte("refresh\x00" + token))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
