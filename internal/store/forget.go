package store

import (
	"context"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/identity"
)

// Forget removes sessions, refresh tokens, throttles and codes by their limits,
// and keeps the entry that is made of how many, where there were any.
func (s *Store) Forget(ctx context.Context, l identity.Limits, entry func(identity.Forgotten) audit.Entry) error {
	over := micros(l.Over)
	return s.write(ctx, func(tx *gorm.DB) error {
		ended := tx.Model(&sessionRow{}).Select("id").
			Where("ended_at < ? OR last_used_at < ? OR created_at < ?", over, micros(l.Unused), micros(l.Started))
		var f identity.Forgotten
		for _, part := range []struct {
			removed *int64
			what    string
			query   *gorm.DB
			row     any
		}{
			{&f.Tokens, "refresh tokens", tx.Where("used_at < ? OR session_id IN (?)", over, ended), &refreshRow{}},
			{&f.Sessions, "sessions", tx.Where("id IN (?)", ended), &sessionRow{}},
			{&f.Throttles, "throttles", tx.Where("window_started_at < ? AND (blocked_until IS NULL OR blocked_until < ?)", over, over), &throttleRow{}},
			{&f.Codes, "sign-in codes", tx.Where("used_at < ? OR expires_at < ?", over, over), &codeRow{}},
		} {
			deleted := part.query.Delete(part.row)
			if deleted.Error != nil {
				return fault(deleted.Error, "remove old %s", part.what)
			}
			*part.removed = deleted.RowsAffected
		}
		if f == (identity.Forgotten{}) {
			return nil
		}
		return recordAudit(tx, []audit.Entry{entry(f)})
	})
}
