package store

import (
	"context"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
)

// rowsAtOnce is how many rows one statement inserts: both databases bound how
// many values a statement has.
const rowsAtOnce = 500

type codeRow struct {
	Hash      string `gorm:"primaryKey"`
	UserID    string
	IssuedBy  string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	ExpiresAt int64
	UsedAt    *int64
}

// TableName names the table.
func (codeRow) TableName() string { return "sign_in_codes" }

// KeepCodes keeps codes, and lets those that their people had before expire.
func (s *Store) KeepCodes(ctx context.Context, codes []identity.Code, entries []audit.Entry) error {
	rows, users := make([]codeRow, len(codes)), make([]string, len(codes))
	for i, c := range codes {
		rows[i] = codeRow{
			Hash: c.Hash, UserID: string(c.User), IssuedBy: c.IssuedBy, CreatedAt: micros(c.CreatedAt), ExpiresAt: micros(c.ExpiresAt),
		}
		users[i] = rows[i].UserID
	}
	if len(rows) == 0 {
		return nil
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		now := rows[0].CreatedAt
		if err := expireCodes(tx, users, now); err != nil {
			return err
		}
		if err := tx.CreateInBatches(&rows, rowsAtOnce).Error; err != nil {
			return fault(err, "insert %d codes", len(rows))
		}
		return recordAudit(tx, entries)
	})
}

// expireCodes ends the unused codes of users: whoever holds one on paper can no
// longer use it.
func expireCodes(tx *gorm.DB, users []string, now int64) error {
	err := tx.Model(&codeRow{}).Where("user_id IN ? AND used_at IS NULL AND expires_at > ?", users, now).Update("expires_at", now).Error
	return fault(err, "let the codes of %d users expire", len(users))
}

// expireCodesOf ends the unused codes that somebody issued to the people of a
// cohort, and counts them.
func expireCodesOf(tx *gorm.DB, issuer identity.UserID, id cohort.ID, now int64) (int, error) {
	ended := tx.Model(&codeRow{}).
		Where("issued_by = ? AND used_at IS NULL AND expires_at > ?", string(issuer), now).
		Where("user_id IN (SELECT user_id FROM enrolments WHERE cohort_id = ? AND left_at IS NULL)", string(id)).
		Update("expires_at", now)
	return int(ended.RowsAffected), fault(ended.Error, "let the codes of %s for cohort %s expire", issuer, id)
}

// RedeemCode uses up a code of the user, sets the password and ends every
// session of theirs. NotFound where the user has no such code that holds.
func (s *Store) RedeemCode(ctx context.Context, user identity.UserID, codeHash, passwordHash string, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		now := micros(entry.At)
		used := tx.Model(&codeRow{}).Where("hash = ? AND user_id = ? AND used_at IS NULL AND expires_at > ?", codeHash, string(user), now).
			Update("used_at", now)
		if used.Error != nil {
			return fault(used.Error, "use up the code")
		}
		if used.RowsAffected == 0 {
			return errs.Missing("code")
		}
		if err := setPassword(tx, user, passwordHash, entry.At); err != nil {
			return err
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}
