package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// overrideRow is an override; UserID is "" where it holds for the whole cohort.
type overrideRow struct {
	CohortID         string `gorm:"primaryKey"`
	UserID           string `gorm:"primaryKey"`
	Quiz             string `gorm:"primaryKey"`
	OpensAt          string
	ClosesAt         string
	TimeLimitMinutes *int
	Attempts         *int
	Reason           string
	SetBy            string
	SetAt            int64
}

// TableName names the table.
func (overrideRow) TableName() string { return "quiz_overrides" }

func (r overrideRow) policy() curriculum.Override {
	return curriculum.Override{OpensAt: r.OpensAt, ClosesAt: r.ClosesAt, TimeLimitMinutes: r.TimeLimitMinutes, Attempts: r.Attempts}
}

// SetOverride keeps an override; it replaces one for the same people and quiz.
func (s *Store) SetOverride(ctx context.Context, o cohort.Override, entry audit.Entry) error {
	row := overrideRow{
		CohortID: string(o.Cohort), UserID: string(o.User), Quiz: string(o.Quiz), OpensAt: o.Policy.OpensAt, ClosesAt: o.Policy.ClosesAt,
		TimeLimitMinutes: o.Policy.TimeLimitMinutes, Attempts: o.Policy.Attempts, Reason: o.Reason, SetBy: string(o.By), SetAt: micros(o.At),
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return fault(err, "keep the override")
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// RemoveOverride removes an override. NotFound.
func (s *Store) RemoveOverride(ctx context.Context, id cohort.ID, user identity.UserID, quiz curriculum.QuizSlug, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Where("cohort_id = ? AND user_id = ? AND quiz = ?", string(id), string(user), string(quiz)).Delete(&overrideRow{})
		if done.Error == nil && done.RowsAffected == 0 {
			return errs.Missing("exception")
		}
		if done.Error != nil {
			return fault(done.Error, "remove the override")
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// CohortOverrides reads the overrides in a cohort, oldest first.
func (s *Store) CohortOverrides(ctx context.Context, id cohort.ID) ([]cohort.Override, error) {
	var rows []overrideRow
	if err := s.read(ctx).Where("cohort_id = ?", string(id)).Order("set_at, user_id, quiz").Find(&rows).Error; err != nil {
		return nil, fault(err, "read the overrides")
	}
	list := make([]cohort.Override, len(rows))
	for i, row := range rows {
		list[i] = cohort.Override{
			Cohort: id, User: identity.UserID(row.UserID), Quiz: curriculum.QuizSlug(row.Quiz), Policy: row.policy(),
			Reason: row.Reason, By: identity.UserID(row.SetBy), At: instant(row.SetAt),
		}
	}
	return list, nil
}

// QuizOverrides reads what holds for a trainee, by quiz: their own goes before
// that of a cohort they are in, and the one that was set last before others.
func (s *Store) QuizOverrides(ctx context.Context, trainee identity.UserID) (map[curriculum.QuizSlug]curriculum.Override, error) {
	var rows []overrideRow
	err := s.read(ctx).
		Joins("JOIN enrolments ON enrolments.cohort_id = quiz_overrides.cohort_id AND enrolments.left_at IS NULL AND enrolments.suspended_at IS NULL").
		Joins("JOIN cohorts ON cohorts.id = quiz_overrides.cohort_id AND cohorts.archived_at IS NULL").
		Where("enrolments.user_id = ? AND quiz_overrides.user_id IN (?, '')", string(trainee), string(trainee)).
		Order("CASE WHEN quiz_overrides.user_id = '' THEN 0 ELSE 1 END, set_at, quiz_overrides.cohort_id").Find(&rows).Error
	if err != nil {
		return nil, fault(err, "read the overrides of a trainee")
	}
	overrides := make(map[curriculum.QuizSlug]curriculum.Override, len(rows))
	for _, row := range rows { // the last that is written holds
		overrides[curriculum.QuizSlug(row.Quiz)] = row.policy()
	}
	return overrides, nil
}
