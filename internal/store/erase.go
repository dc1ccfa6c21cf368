package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"slices"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/credential"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Erase decides on a user under their lock, and removes with the user's row all
// that tells who they were; see identity.Erasures. On SQLite nothing of it is
// left in the file afterwards, or in its log. NotFound.
func (s *Store) Erase(ctx context.Context, id identity.UserID, decide func(u identity.User, otherAdmins int) (identity.Erasure, error)) error {
	var erasure identity.Erasure
	err := s.write(ctx, func(tx *gorm.DB) error {
		user, otherAdmins, err := s.lockUser(tx, id)
		if err != nil {
			return err
		}
		if erasure, err = decide(user, otherAdmins); err != nil || erasure == (identity.Erasure{}) {
			return err
		}
		if err := overwriting(tx, func() error { return erase(tx, erasure) }); err != nil {
			return err
		}
		return recordAudit(tx, []audit.Entry{erasure.Entry})
	})
	if err == nil && erasure != (identity.Erasure{}) && s.scrub != nil {
		s.scrub(ctx)
	}
	return err
}

// lockUser reads a user, and how many other admins can sign in. Those are locked
// too, all in one order, so that of two who erase each other at once the second
// waits and is counted anew.
func (s *Store) lockUser(tx *gorm.DB, id identity.UserID) (identity.User, int, error) {
	var rows []userRow
	err := tx.Clauses(s.forUpdate()...).Where("id = ? OR role = ? AND suspended_at IS NULL", string(id), string(identity.Admin)).
		Order("id").Find(&rows).Error
	if err != nil {
		return identity.User{}, 0, fault(err, "lock the user")
	}
	i := slices.IndexFunc(rows, func(r userRow) bool { return r.ID == string(id) })
	if i < 0 {
		return identity.User{}, 0, errs.Missing("user")
	}
	return rows[i].user(), len(rows) - 1, nil
}

// erase changes or removes every row that tells who a user was. A message goes
// with its last recipient, and a report of a cohort that they were in names them.
func erase(tx *gorm.DB, e identity.Erasure) error {
	row, at := rowOfUser(e.User), micros(e.Entry.At)
	if err := usernameTaken(tx.Save(&row).Error); err != nil {
		return err
	}
	for _, deed := range []struct {
		query string
		args  []any
	}{
		{"UPDATE sessions SET ended_at = ? WHERE user_id = ? AND ended_at IS NULL", []any{at, row.ID}},
		{"UPDATE enrolments SET left_at = ? WHERE user_id = ? AND left_at IS NULL", []any{at, row.ID}},
		{"UPDATE due_overrides SET reason = '' WHERE user_id = ?", []any{row.ID}},
		{"UPDATE quiz_overrides SET reason = '' WHERE user_id = ?", []any{row.ID}},
		{"UPDATE credentials SET show_name = ?, revoked_reason = NULL WHERE holder = ?", []any{string(credential.ShowNone), row.ID}},
		{"DELETE FROM cohort_coordinators WHERE user_id = ?", []any{row.ID}},
		{"DELETE FROM report_subscriptions WHERE user_id = ?", []any{row.ID}},
		{"DELETE FROM report_files WHERE made_for = ? OR cohort_id IN (SELECT cohort_id FROM enrolments WHERE user_id = ?)", []any{row.ID, row.ID}},
		{"DELETE FROM sign_in_codes WHERE user_id = ?", []any{row.ID}},
		{"DELETE FROM throttles WHERE key = ?", []any{e.Throttle}},
		{"DELETE FROM mailed_notices WHERE user_id = ?", []any{row.ID}},
		{"DELETE FROM mailings WHERE user_id = ?", []any{row.ID}},
		{"DELETE FROM message_recipients WHERE user_id = ?", []any{row.ID}},
		{"DELETE FROM messages WHERE NOT EXISTS (SELECT 1 FROM message_recipients WHERE message_id = messages.id)", nil},
	} {
		if err := tx.Exec(deed.query, deed.args...).Error; err != nil {
			return fault(err, "erase a user: %s", deed.query)
		}
	}
	return nil
}

// overwriting runs fn so that SQLite overwrites the pages too that fn frees:
// always would cost writes.
func overwriting(tx *gorm.DB, fn func() error) error {
	if tx.Name() == string(dialectPostgres) {
		return fn()
	}
	if err := tx.Exec("PRAGMA secure_delete = ON").Error; err != nil {
		return fault(err, "overwrite what is freed")
	}
	err := fn()
	return errors.Join(err, fault(tx.Exec("PRAGMA secure_delete = FAST").Error, "overwrite what costs nothing"))
}

// scrubber empties the log of a SQLite file, which holds pages as they were. A
// reader who is slow keeps it full: then it is overwritten by and by.
func (s *Store) scrubber(writer *sql.DB) func(context.Context) {
	return func(ctx context.Context) {
		var busy, pages, moved int
		err := writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
		if err != nil || busy != 0 {
			s.log.Warn("the database's log still tells what was erased", slog.Any("error", err))
		}
	}
}
