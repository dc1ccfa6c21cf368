package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/identity"
	"muster/internal/readiness"
	"muster/internal/report"
)

type subscriptionRow struct {
	CohortID string `gorm:"primaryKey"`
	UserID   string `gorm:"primaryKey"`
	Format   string
	Weekday  int
	Since    int64
}

// TableName names the table.
func (subscriptionRow) TableName() string { return "report_subscriptions" }

func (r subscriptionRow) subscription() readiness.Subscription {
	return readiness.Subscription{
		Cohort: cohort.ID(r.CohortID), User: identity.UserID(r.UserID), Format: report.Format(r.Format), Weekday: r.Weekday, Since: instant(r.Since),
	}
}

// reportRow is a report that was made. A list has no bytes.
type reportRow struct {
	ID       string
	CohortID string
	MadeFor  string
	MadeAt   int64
	Format   string
	Name     string
	Mail     string
	Bytes    []byte
	Size     int `gorm:"->;-:migration"` // read, of a list
}

// TableName names the table.
func (reportRow) TableName() string { return "report_files" }

func (r reportRow) file() readiness.ReportFile {
	return readiness.ReportFile{
		ID: readiness.FileID(r.ID), Cohort: cohort.ID(r.CohortID), MadeFor: identity.UserID(r.MadeFor), MadeAt: instant(r.MadeAt),
		Format: report.Format(r.Format), Mail: readiness.MailState(r.Mail), Size: max(r.Size, len(r.Bytes)),
		Export: readiness.Export{Name: r.Name, File: r.Bytes},
	}
}

// Subscription reads what a user asked for of a cohort. NotFound.
func (s *Store) Subscription(ctx context.Context, id cohort.ID, user identity.UserID) (readiness.Subscription, error) {
	row, err := first[subscriptionRow](s.read(ctx), "subscription", "cohort_id = ? AND user_id = ?", string(id), string(user))
	if err != nil {
		return readiness.Subscription{}, err
	}
	return row.subscription(), nil
}

// Subscribe keeps a wish in place of the one before. Where the weekday stays, so
// does Since.
func (s *Store) Subscribe(ctx context.Context, wish readiness.Subscription) error {
	const upsert = `INSERT INTO report_subscriptions (cohort_id, user_id, format, weekday, since) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (cohort_id, user_id) DO UPDATE SET format = excluded.format, weekday = excluded.weekday,
			since = CASE WHEN report_subscriptions.weekday = excluded.weekday THEN report_subscriptions.since ELSE excluded.since END`
	return s.write(ctx, func(tx *gorm.DB) error {
		err := tx.Exec(upsert, string(wish.Cohort), string(wish.User), string(wish.Format), wish.Weekday, micros(wish.Since)).Error
		return fault(err, "keep the subscription")
	})
}

// Unsubscribe forgets a wish, if there is one.
func (s *Store) Unsubscribe(ctx context.Context, id cohort.ID, user identity.UserID) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		err := tx.Where("cohort_id = ? AND user_id = ?", string(id), string(user)).Delete(&subscriptionRow{}).Error
		return fault(err, "forget the subscription")
	})
}

// Subscribers lists the subscriptions to cohorts that are not archived, of users
// who are not suspended.
func (s *Store) Subscribers(ctx context.Context) ([]readiness.Subscriber, error) {
	var rows []struct {
		Subscription subscriptionRow `gorm:"embedded"`
		Role         string
	}
	err := s.read(ctx).Model(&subscriptionRow{}).Select("report_subscriptions.*, users.role").
		Joins("JOIN users ON users.id = report_subscriptions.user_id AND users.suspended_at IS NULL").
		Joins("JOIN cohorts ON cohorts.id = report_subscriptions.cohort_id AND cohorts.archived_at IS NULL").
		Order("report_subscriptions.cohort_id, report_subscriptions.user_id").Scan(&rows).Error
	subscribers := make([]readiness.Subscriber, len(rows))
	for i, row := range rows {
		subscribers[i] = readiness.Subscriber{Subscription: row.Subscription.subscription(), Role: identity.Role(row.Role)}
	}
	return subscribers, fault(err, "read the subscriptions")
}

// KeepReport keeps a file made of a subscription, whose Since becomes the file's
// MadeAt, and removes the oldest of its user's beyond a number. It is false, and
// keeps nothing, where Since is another by now.
func (s *Store) KeepReport(ctx context.Context, of readiness.Subscription, f readiness.ReportFile, most int, entry audit.Entry) (bool, error) {
	row := reportRow{
		ID: string(f.ID), CohortID: string(f.Cohort), MadeFor: string(f.MadeFor), MadeAt: micros(f.MadeAt),
		Format: string(f.Format), Name: f.Name, Mail: string(f.Mail), Bytes: f.File,
	}
	kept := false
	err := s.write(ctx, func(tx *gorm.DB) error {
		moved := tx.Model(&subscriptionRow{}).Where("cohort_id = ? AND user_id = ? AND since = ?", row.CohortID, row.MadeFor, micros(of.Since)).
			Update("since", row.MadeAt)
		kept = moved.RowsAffected == 1
		if moved.Error != nil || !kept {
			return fault(moved.Error, "move the subscription on")
		}
		if err := tx.Create(&row).Error; err != nil {
			return fault(err, "insert the report")
		}
		if err := removeReports(tx, row.CohortID, row.MadeFor, most); err != nil {
			return err
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
	return kept && err == nil, err
}

// removeReports leaves the newest reports of a reader.
func removeReports(tx *gorm.DB, id, reader string, most int) error {
	newest := tx.Model(&reportRow{}).Select("id").Where("cohort_id = ? AND made_for = ?", id, reader).Order("made_at DESC, id DESC").Limit(most)
	err := tx.Where("cohort_id = ? AND made_for = ? AND id NOT IN (?)", id, reader, newest).Delete(&reportRow{}).Error
	return fault(err, "remove old reports")
}

// ReportFiles lists what was made of a cohort for a user, newest first.
func (s *Store) ReportFiles(ctx context.Context, id cohort.ID, user identity.UserID) ([]readiness.ReportFile, error) {
	var rows []reportRow
	err := s.read(ctx).Select("id, cohort_id, made_for, made_at, format, name, mail, LENGTH(bytes) AS size").
		Where("cohort_id = ? AND made_for = ?", string(id), string(user)).Order("made_at DESC, id DESC").Find(&rows).Error
	files := make([]readiness.ReportFile, len(rows))
	for i, row := range rows {
		files[i] = row.file()
	}
	return files, fault(err, "list the reports")
}

// ReportFile reads one of those with its content. NotFound.
func (s *Store) ReportFile(ctx context.Context, id cohort.ID, user identity.UserID, file readiness.FileID) (readiness.ReportFile, error) {
	row, err := first[reportRow](s.read(ctx).Omit("size"), "report", "id = ? AND cohort_id = ? AND made_for = ?", string(file), string(id), string(user))
	if err != nil {
		return readiness.ReportFile{}, err
	}
	return row.file(), nil
}

// UnmailedReports lists the files made after a time that can be mailed and were
// neither sent nor refused, of users who still look after the cohort.
func (s *Store) UnmailedReports(ctx context.Context, made time.Time) ([]readiness.Unmailed, error) {
	const query = `SELECT report_files.id, report_files.cohort_id AS cohort, report_files.made_for, report_files.made_at AS made,
			cohorts.name AS cohort_name, users.name, users.email
		FROM report_files JOIN cohorts ON cohorts.id = report_files.cohort_id JOIN users ON users.id = report_files.made_for
		WHERE report_files.mail = ? AND report_files.made_at > ? AND users.email IS NOT NULL AND users.suspended_at IS NULL
			AND (users.role = ? OR EXISTS (SELECT 1 FROM cohort_coordinators
				WHERE cohort_coordinators.cohort_id = cohorts.id AND cohort_coordinators.user_id = users.id))
		ORDER BY report_files.made_at, report_files.id`
	var rows []struct {
		readiness.Unmailed
		Made int64
	}
	err := s.read(ctx).Raw(query, string(readiness.MailNone), micros(made), string(identity.Admin)).Scan(&rows).Error
	waiting := make([]readiness.Unmailed, len(rows))
	for i, row := range rows {
		waiting[i] = row.Unmailed
		waiting[i].MadeAt = instant(row.Made)
	}
	return waiting, fault(err, "find the reports to mail")
}

// ClaimReport keeps that somebody is about to mail a file, unless it was claimed
// after a time, sent or refused: then it is false.
func (s *Store) ClaimReport(ctx context.Context, file readiness.FileID, at, claimed time.Time) (bool, error) {
	var ours bool
	err := s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&reportRow{}).Where("id = ? AND mail = ? AND (claimed_at IS NULL OR claimed_at <= ?)", string(file), string(readiness.MailNone), micros(claimed)).
			Update("claimed_at", micros(at))
		ours = done.RowsAffected == 1
		return fault(done.Error, "claim a report")
	})
	return ours, err
}

// MarkReport keeps what became of a file's mail. NotFound.
func (s *Store) MarkReport(ctx context.Context, file readiness.FileID, state readiness.MailState) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		marked := tx.Model(&reportRow{}).Where("id = ?", string(file)).Update("mail", string(state))
		if marked.Error != nil || marked.RowsAffected == 0 {
			return orMissing(marked, "report")
		}
		return nil
	})
}
