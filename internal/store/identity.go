package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
)

type userRow struct {
	ID             string
	Username       string
	UsernameFolded string
	Name           string
	Role           string
	Locale         string
	Email          *string
	PasswordHash   string
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
	SuspendedAt    *int64
}

// TableName names the table.
func (userRow) TableName() string { return "users" }

func rowOfUser(u identity.User) userRow {
	return userRow{
		ID: string(u.ID), Username: u.Username, UsernameFolded: identity.FoldName(u.Username), Name: u.Name,
		Role: string(u.Role), Locale: u.Locale, PasswordHash: u.PasswordHash, CreatedAt: micros(u.CreatedAt),
		Email: maybeText(u.Email), SuspendedAt: pointerMicros(u.SuspendedAt),
	}
}

// maybeText keeps "" as NULL.
func maybeText(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func (r userRow) user() identity.User {
	return identity.User{
		ID: identity.UserID(r.ID), Username: r.Username, Name: r.Name, Role: identity.Role(r.Role), Locale: r.Locale,
		Email: textOf(r.Email), PasswordHash: r.PasswordHash, CreatedAt: instant(r.CreatedAt), SuspendedAt: pointerInstant(r.SuspendedAt),
	}
}

type sessionRow struct {
	ID         string
	UserID     string
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	LastUsedAt int64
	EndedAt    *int64
}

// TableName names the table.
func (sessionRow) TableName() string { return "sessions" }

func (r sessionRow) session() identity.Session {
	return identity.Session{
		ID: identity.SessionID(r.ID), User: identity.UserID(r.UserID), StartedAt: instant(r.CreatedAt),
		UsedAt: instant(r.LastUsedAt), EndedAt: pointerInstant(r.EndedAt),
	}
}

type refreshRow struct {
	Hash          string `gorm:"primaryKey"`
	SessionID     string
	CreatedAt     int64 `gorm:"autoCreateTime:false"`
	UsedAt        *int64
	SuccessorHash *string
}

// TableName names the table.
func (refreshRow) TableName() string { return "refresh_tokens" }

func pointerMicros(t *time.Time) *int64 {
	if t == nil {
		return nil
	}
	return maybeMicros(*t)
}

func pointerInstant(us *int64) *time.Time {
	if us == nil {
		return nil
	}
	t := instant(*us)
	return &t
}

// first reads one row by a condition; NotFound where there is none.
func first[R any](tx *gorm.DB, what, where string, args ...any) (R, error) {
	var row R
	err := tx.Where(where, args...).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, errs.Missing(what)
	}
	return row, fault(err, "read the %s", what)
}

// CreateUser keeps a new user. Conflict with code username_taken.
func (s *Store) CreateUser(ctx context.Context, u identity.User, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := insertUser(tx, u); err != nil {
			return err
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

func insertUser(tx *gorm.DB, u identity.User) error {
	row := rowOfUser(u)
	return usernameTaken(tx.Create(&row).Error)
}

// usernameTaken explains why users were not kept.
func usernameTaken(err error) error {
	if isDuplicate(err) {
		taken := errs.New(errs.Conflict, "username_taken", "This username is taken. Choose another.")
		taken.Fields = map[string]string{"username": taken.Msg}
		return taken
	}
	return fault(err, "insert users")
}

// UserByName reads a user by folded username. NotFound.
func (s *Store) UserByName(ctx context.Context, folded string) (identity.User, error) {
	row, err := first[userRow](s.read(ctx), "user", "username_folded = ?", folded)
	return row.user(), err
}

// CountUsers says how many users there are.
func (s *Store) CountUsers(ctx context.Context) (int64, error) {
	var n int64
	err := s.read(ctx).Model(&userRow{}).Count(&n).Error
	return n, fault(err, "count the users")
}

// SetPassword keeps a new hash and ends every session and unused code of the user.
func (s *Store) SetPassword(ctx context.Context, id identity.UserID, hash string, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := setPassword(tx, id, hash, entry.At); err != nil {
			return err
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// setPassword keeps a new hash and ends every session and unused code of the user.
func setPassword(tx *gorm.DB, id identity.UserID, hash string, at time.Time) error {
	changed := tx.Model(&userRow{}).Where("id = ?", string(id)).Update("password_hash", hash)
	if changed.Error != nil || changed.RowsAffected == 0 {
		return orMissing(changed, "user")
	}
	err := tx.Model(&sessionRow{}).Where("user_id = ? AND ended_at IS NULL", string(id)).Update("ended_at", micros(at)).Error
	if err != nil {
		return fault(err, "end the user's sessions")
	}
	return expireCodes(tx, []string{string(id)}, micros(at))
}

// ChangeEmail keeps a user's address, "" for none. NotFound.
func (s *Store) ChangeEmail(ctx context.Context, id identity.UserID, email string, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		changed := tx.Model(&userRow{}).Where("id = ?", string(id)).Update("email", maybeText(email))
		if changed.Error != nil || changed.RowsAffected == 0 {
			return orMissing(changed, "user")
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// orMissing explains an update that changed nothing.
func orMissing(result *gorm.DB, what string) error {
	if result.Error != nil {
		return fault(result.Error, "update the %s", what)
	}
	return errs.Missing(what)
}

// StartSession keeps a session with its first refresh token's hash.
func (s *Store) StartSession(ctx context.Context, session identity.Session, refreshHash string, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row := sessionRow{
			ID: string(session.ID), UserID: string(session.User), CreatedAt: micros(session.StartedAt),
			LastUsedAt: micros(session.UsedAt), EndedAt: pointerMicros(session.EndedAt),
		}
		if err := tx.Create(&row).Error; err != nil {
			return fault(err, "insert the session")
		}
		token := refreshRow{Hash: refreshHash, SessionID: row.ID, CreatedAt: row.CreatedAt}
		if err := tx.Create(&token).Error; err != nil {
			return fault(err, "insert the refresh token")
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// Session reads a session with its user. NotFound.
func (s *Store) Session(ctx context.Context, id identity.SessionID) (identity.Session, identity.User, error) {
	row, err := first[sessionRow](s.read(ctx), "session", "id = ?", string(id))
	if err != nil {
		return identity.Session{}, identity.User{}, err
	}
	user, err := first[userRow](s.read(ctx), "user", "id = ?", row.UserID)
	return row.session(), user.user(), err
}

// EndSession ends a session; one that has ended stays as it is.
func (s *Store) EndSession(ctx context.Context, id identity.SessionID, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error { return endSession(tx, string(id), entry) })
}

func endSession(tx *gorm.DB, id string, entry audit.Entry) error {
	ended := tx.Model(&sessionRow{}).Where("id = ? AND ended_at IS NULL", id).Update("ended_at", micros(entry.At))
	if ended.Error != nil || ended.RowsAffected == 0 {
		return fault(ended.Error, "end the session")
	}
	return recordAudit(tx, []audit.Entry{entry})
}

// Rotate decides on a refresh token by its hash, under its lock. NotFound.
func (s *Store) Rotate(ctx context.Context, hash string, decide func(identity.Refresh) (identity.Rotation, error)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row, err := first[refreshRow](tx.Clauses(s.forUpdate()...), "refresh token", "hash = ?", hash)
		if err != nil {
			return err
		}
		token, err := readRefresh(tx, row)
		if err != nil {
			return err
		}
		rotation, err := decide(token)
		if err != nil {
			return err
		}
		return applyRotation(tx, row, rotation)
	})
}

// forUpdate locks the rows that are read; SQLite's writer is alone anyway.
func (s *Store) forUpdate() []clause.Expression {
	if s.dialect == dialectPostgres {
		return []clause.Expression{clause.Locking{Strength: "UPDATE"}}
	}
	return nil
}

func readRefresh(tx *gorm.DB, row refreshRow) (identity.Refresh, error) {
	session, err := first[sessionRow](tx, "session", "id = ?", row.SessionID)
	if err != nil {
		return identity.Refresh{}, err
	}
	token := identity.Refresh{Hash: row.Hash, Session: session.session(), UsedAt: pointerInstant(row.UsedAt)}
	if row.SuccessorHash == nil {
		return token, nil
	}
	next, err := first[refreshRow](tx, "refresh token", "hash = ?", *row.SuccessorHash)
	token.Successor, token.Followed = next.Hash, next.UsedAt != nil
	return token, err
}

func applyRotation(tx *gorm.DB, row refreshRow, r identity.Rotation) error {
	if r.Revoke != nil {
		return endSession(tx, row.SessionID, *r.Revoke)
	}
	if r.Successor == "" {
		return nil
	}
	at := micros(r.At)
	next := refreshRow{Hash: r.Successor, SessionID: row.SessionID, CreatedAt: at}
	if err := tx.Create(&next).Error; err != nil {
		return fault(err, "insert the successor")
	}
	err := tx.Model(&refreshRow{}).Where("hash = ?", row.Hash).
		Updates(map[string]any{"used_at": at, "successor_hash": r.Successor}).Error
	if err != nil {
		return fault(err, "mark the refresh token as used")
	}
	err = tx.Model(&sessionRow{}).Where("id = ?", row.SessionID).Update("last_used_at", at).Error
	return fault(err, "touch the session")
}
