package readiness

import (
	"context"
	"time"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/identity"
	"muster/internal/report"
)

// FileID names a report that was kept.
type FileID string

// MailState is what became of a report's mail.
type MailState string

// The states.
const (
	MailNone    MailState = "" // not sent: not yet, or there is no address or no mail server
	MailSent    MailState = "sent"
	MailRefused MailState = "refused" // for good, by the mail server
)

// ReportFile is a report that was made and kept.
type ReportFile struct {
	ID      FileID
	Cohort  cohort.ID
	MadeFor identity.UserID
	MadeAt  time.Time
	Format  report.Format
	Mail    MailState
	Size    int // bytes
	Export      // in a list without the File
}

// Subscriber is a subscription with the role of whose it is.
type Subscriber struct {
	Subscription
	Role identity.Role
}

// Unmailed is a report whose reader has an address and was not mailed it.
type Unmailed struct {
	ID         FileID
	Cohort     cohort.ID
	CohortName string
	MadeFor    identity.UserID
	MadeAt     time.Time
	Name       string // of the reader
	Email      string
}

// ReportStore keeps subscriptions, and what was made of them.
type ReportStore interface {
	// Subscription reads what a user asked for of a cohort. NotFound.
	Subscription(ctx context.Context, id cohort.ID, user identity.UserID) (Subscription, error)
	// Subscribe keeps a wish in place of the one before. Where the weekday stays,
	// so does Since.
	Subscribe(ctx context.Context, s Subscription) error
	// Unsubscribe forgets a wish, if there is one.
	Unsubscribe(ctx context.Context, id cohort.ID, user identity.UserID) error
	// Subscribers lists the subscriptions to cohorts that are not archived, of
	// users who are not suspended.
	Subscribers(ctx context.Context) ([]Subscriber, error)
	// KeepReport keeps a file made of a subscription, whose Since becomes the
	// file's MadeAt, and removes the oldest of its user's beyond a number. It is
	// false, and keeps nothing, where Since is another by now.
	KeepReport(ctx context.Context, s Subscription, f ReportFile, most int, entry audit.Entry) (bool, error)
	// ReportFiles lists what was made of a cohort for a user, newest first.
	ReportFiles(ctx context.Context, id cohort.ID, user identity.UserID) ([]ReportFile, error)
	// ReportFile reads one of those with its content. NotFound.
	ReportFile(ctx context.Context, id cohort.ID, user identity.UserID, file FileID) (ReportFile, error)
	// UnmailedReports lists the files made after a time that can be mailed and
	// were neither sent nor refused, of users who still look after the cohort.
	UnmailedReports(ctx context.Context, made time.Time) ([]Unmailed, error)
	// ClaimReport keeps that somebody is about to mail a file, unless it was claimed
	// after a time, sent or refused: then it is false.
	ClaimReport(ctx context.Context, file FileID, at, claimed time.Time) (bool, error)
	// MarkReport keeps what became of a file's mail.
	MarkReport(ctx context.Context, file FileID, state MailState) error
}
