package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/cohort"
	"muster/internal/identity"
)

type noticeRow struct {
	UserID   string
	Notice   string
	MailedAt int64
}

// TableName names the table.
func (noticeRow) TableName() string { return "mailed_notices" }

// Addressees gives who has an address and is active in a cohort that is not
// archived, without those who were mailed after a time.
func (s *Store) Addressees(ctx context.Context, mailed time.Time) ([]cohort.Addressee, error) {
	const query = `SELECT users.id, users.name, users.email FROM users
		WHERE users.email IS NOT NULL AND users.suspended_at IS NULL
			AND EXISTS (SELECT 1 FROM enrolments JOIN cohorts ON cohorts.id = enrolments.cohort_id
				WHERE enrolments.user_id = users.id AND enrolments.left_at IS NULL
					AND enrolments.suspended_at IS NULL AND cohorts.archived_at IS NULL)
			AND NOT EXISTS (SELECT 1 FROM mailings WHERE mailings.user_id = users.id AND mailings.mailed_at > ?)
		ORDER BY users.id`
	var people []cohort.Addressee
	return people, fault(s.read(ctx).Raw(query, micros(mailed)).Scan(&people).Error, "find whom to mail")
}

// Notices gives what a user was told by e-mail.
func (s *Store) Notices(ctx context.Context, user identity.UserID) (map[cohort.Notice]bool, error) {
	var notices []cohort.Notice
	err := s.read(ctx).Model(&noticeRow{}).Where("user_id = ?", string(user)).Pluck("notice", &notices).Error
	told := make(map[cohort.Notice]bool, len(notices))
	for _, n := range notices {
		told[n] = true
	}
	return told, fault(err, "read what was mailed")
}

// ClaimMail keeps that somebody is about to mail a user, unless they were
// claimed after a time or mailed after another: then it is false.
func (s *Store) ClaimMail(ctx context.Context, user identity.UserID, at, claimed, mailed time.Time) (bool, error) {
	const claim = `INSERT INTO mailings (user_id, claimed_at) VALUES (?, ?)
		ON CONFLICT (user_id) DO UPDATE SET claimed_at = excluded.claimed_at
		WHERE mailings.claimed_at <= ? AND (mailings.mailed_at IS NULL OR mailings.mailed_at <= ?)`
	var ours bool
	err := s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Exec(claim, string(user), micros(at), micros(claimed), micros(mailed))
		ours = done.RowsAffected == 1
		return fault(done.Error, "claim a mail")
	})
	return ours, err
}

// MarkMailed keeps that a user was mailed, and what they were told.
func (s *Store) MarkMailed(ctx context.Context, user identity.UserID, at time.Time, told []cohort.Notice) error {
	rows := make([]noticeRow, len(told))
	for i, n := range told {
		rows[i] = noticeRow{UserID: string(user), Notice: string(n), MailedAt: micros(at)}
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		err := tx.Exec("UPDATE mailings SET mailed_at = ? WHERE user_id = ?", micros(at), string(user)).Error
		if err != nil || len(rows) == 0 {
			return fault(err, "keep that a mail was sent")
		}
		err = tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&rows, rowsAtOnce).Error
		return fault(err, "keep what was mailed")
	})
}
