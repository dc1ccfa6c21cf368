package identity

import (
	"context"

	"muster/internal/audit"
	"muster/internal/errs"
)

// ActionErase is the audit action of a person who was erased.
const ActionErase audit.Action = "user.erase"

// ErasedName is what every erased person is called; pages show a word of the
// reader's language for it.
const ErasedName = "Erased person"

// erasedPrefix begins the usernames of erased people, and of nobody else.
const erasedPrefix = "erased-"

// ErasedUsername is the username of a person once they are erased. It has the
// whole id: the first half of it is the time, which all people of one import
// share.
func ErasedUsername(id UserID) string { return erasedPrefix + string(id) }

// Erasure is what becomes of a user; the zero Erasure changes nothing.
type Erasure struct {
	User     User   // without what told who they were
	Throttle string // key of what they failed at
	Entry    audit.Entry
}

// Erasures removes who somebody was.
type Erasures interface {
	// Erase decides on a user under their lock; otherAdmins is how many more
	// admins can sign in. With the user's row goes all that tells who they were:
	// sessions end, enrolments and the care of cohorts too; codes, throttle, mail
	// notices, messages to nobody else and kept reports of their cohorts are
	// removed, reasons about them are emptied, and their credentials show no name.
	// What they answered and how it was graded stays. NotFound.
	Erase(ctx context.Context, id UserID, decide func(u User, otherAdmins int) (Erasure, error)) error
}

// Erase removes all that tells who a person was, and keeps what they did under
// their id alone, so that figures, chains and credentials hold. typed is their
// username, typed to confirm. Who is erased already stays so. Forbidden for
// others than admins; Conflict with code own_account for oneself and last_admin
// where nobody could administer any more; Invalid for another username; NotFound.
func (s *Service) Erase(ctx context.Context, actor Actor, id UserID, typed string) error {
	switch {
	case actor.Role != Admin:
		return errs.New(errs.Forbidden, "forbidden", "Only administrators erase people.")
	case actor.ID == id:
		return errs.New(errs.Conflict, "own_account", "You cannot erase yourself. Ask another administrator.")
	}
	return s.Store.Erase(ctx, id, func(u User, otherAdmins int) (Erasure, error) {
		folded := FoldName(u.Username)
		switch {
		case u.Username == ErasedUsername(id):
			return Erasure{}, nil
		case FoldName(typed) != folded:
			return Erasure{}, errs.InvalidField("username", "This is not the username of this person. Type it as it is shown.")
		case u.Role == Admin && otherAdmins == 0:
			return Erasure{}, errs.New(errs.Conflict, "last_admin", "This is the last administrator. Make another one first.")
		}
		return s.erasure(actor, u, accountKey(folded)), nil
	})
}

// erasure makes what stays of a user.
func (s *Service) erasure(actor Actor, u User, throttle string) Erasure {
	now := s.Now()
	gone := User{
		ID: u.ID, Username: ErasedUsername(u.ID), Name: ErasedName, Role: u.Role, Locale: u.Locale, CreatedAt: u.CreatedAt, SuspendedAt: &now,
	}
	return Erasure{
		User: gone, Throttle: throttle,
		Entry: audit.Entry{At: now, Actor: string(actor.ID), Action: ActionErase, Object: string(u.ID)},
	}
}
