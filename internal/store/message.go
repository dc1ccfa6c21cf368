package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
)

type messageRow struct {
	ID       string
	CohortID string
	SenderID string
	Subject  string
	Body     string
	About    string
	SentAt   int64
}

// TableName names the table.
func (messageRow) TableName() string { return "messages" }

type recipientRow struct {
	MessageID string
	UserID    string
	ReadAt    *int64
}

// TableName names the table.
func (recipientRow) TableName() string { return "message_recipients" }

// receivedRow is a message with what one recipient sees of it.
type receivedRow struct {
	Message    messageRow `gorm:"embedded"`
	SenderName string
	CohortName string
	ReadAt     *int64
}

func (r receivedRow) received() cohort.Received {
	m := r.Message
	return cohort.Received{
		Message: cohort.Message{
			ID: cohort.MessageID(m.ID), Cohort: cohort.ID(m.CohortID), Sender: identity.UserID(m.SenderID),
			Subject: m.Subject, Body: m.Body, About: m.About, SentAt: instant(m.SentAt),
		},
		SenderName: r.SenderName, CohortName: r.CohortName, ReadAt: pointerInstant(r.ReadAt),
	}
}

// SendMessage keeps a message to some people.
func (s *Store) SendMessage(ctx context.Context, m cohort.Message, to []identity.UserID, entry audit.Entry) error {
	row := messageRow{
		ID: string(m.ID), CohortID: string(m.Cohort), SenderID: string(m.Sender),
		Subject: m.Subject, Body: m.Body, About: m.About, SentAt: micros(m.SentAt),
	}
	recipients := make([]recipientRow, len(to))
	for i, user := range to {
		recipients[i] = recipientRow{MessageID: row.ID, UserID: string(user)}
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&row).Error; err != nil {
			return fault(err, "insert the message")
		}
		if err := tx.CreateInBatches(&recipients, rowsAtOnce).Error; err != nil {
			return fault(err, "insert %d recipients", len(recipients))
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// Written reads when people of a cohort were last sent a message about each
// thing, where that was since a time; newest first.
func (s *Store) Written(ctx context.Context, id cohort.ID, since time.Time) ([]cohort.Written, error) {
	var rows []struct {
		UserID string
		About  string
		SentAt int64
	}
	err := s.read(ctx).Model(&messageRow{}).Select("message_recipients.user_id, messages.about, MAX(messages.sent_at) AS sent_at").
		Joins("JOIN message_recipients ON message_recipients.message_id = messages.id").
		Where("messages.cohort_id = ? AND messages.sent_at >= ?", string(id), micros(since)).
		Group("message_recipients.user_id, messages.about").Order("MAX(messages.sent_at) DESC, message_recipients.user_id, messages.about").Scan(&rows).Error
	written := make([]cohort.Written, len(rows))
	for i, row := range rows {
		written[i] = cohort.Written{User: identity.UserID(row.UserID), About: row.About, At: instant(row.SentAt)}
	}
	return written, fault(err, "read who was written to")
}

// Inbox reads the newest messages to a user, no more than limit.
func (s *Store) Inbox(ctx context.Context, user identity.UserID, limit int) (cohort.Inbox, error) {
	var rows []receivedRow
	err := s.read(ctx).Model(&messageRow{}).
		Select("messages.*, users.name AS sender_name, cohorts.name AS cohort_name, message_recipients.read_at").
		Joins("JOIN message_recipients ON message_recipients.message_id = messages.id").
		Joins("JOIN users ON users.id = messages.sender_id").Joins("JOIN cohorts ON cohorts.id = messages.cohort_id").
		Where("message_recipients.user_id = ?", string(user)).
		Order("messages.sent_at DESC, messages.id DESC").Limit(limit).Scan(&rows).Error
	if err != nil {
		return cohort.Inbox{}, fault(err, "read the messages")
	}
	inbox := cohort.Inbox{Messages: make([]cohort.Received, len(rows))}
	for i, row := range rows {
		inbox.Messages[i] = row.received()
	}
	var unread int64
	err = s.read(ctx).Model(&recipientRow{}).Where("user_id = ? AND read_at IS NULL", string(user)).Count(&unread).Error
	inbox.Unread = int(unread)
	return inbox, fault(err, "count the unread messages")
}

// MarkMessage keeps when a user read a message, nil for not read. NotFound where
// it is not to them.
func (s *Store) MarkMessage(ctx context.Context, user identity.UserID, id cohort.MessageID, readAt *time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		marked := tx.Model(&recipientRow{}).Where("message_id = ? AND user_id = ?", string(id), string(user)).
			Update("read_at", pointerMicros(readAt))
		if marked.Error != nil {
			return fault(marked.Error, "mark the message")
		}
		if marked.RowsAffected == 0 {
			return errs.Missing("message")
		}
		return nil
	})
}
