package cohort

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
)

// MessageID names a message.
type MessageID string

// Message is what a coordinator tells people of a cohort: plain text.
type Message struct {
	ID      MessageID
	Cohort  ID
	Sender  identity.UserID
	Subject string
	Body    string
	About   string // the need that it is about, as readiness names it; "" = none
	SentAt  time.Time
}

// Written is when somebody was last sent a message about something.
type Written struct {
	User  identity.UserID
	About string
	At    time.Time
}

// Received is a message as one of its recipients sees it.
type Received struct {
	Message
	SenderName string
	CohortName string
	ReadAt     *time.Time
}

// Inbox is the newest messages to somebody.
type Inbox struct {
	Messages []Received // newest first
	Unread   int        // of all, also of those that are not listed
}

// inboxSize is how many messages an inbox lists.
const inboxSize = 100

// Messages keeps messages.
type Messages interface {
	// SendMessage keeps a message to some people.
	SendMessage(ctx context.Context, m Message, to []identity.UserID, entry audit.Entry) error
	// Written reads when people of a cohort were last sent a message about each
	// thing, where that was since a time; newest first.
	Written(ctx context.Context, id ID, since time.Time) ([]Written, error)
	// Inbox reads the newest messages to a user, no more than limit.
	Inbox(ctx context.Context, user identity.UserID, limit int) (Inbox, error)
	// MarkMessage keeps when a user read a message, nil for not read. NotFound
	// where it is not to them.
	MarkMessage(ctx context.Context, user identity.UserID, id MessageID, readAt *time.Time) error
}

// ActionMessage is the audit action of a message.
const ActionMessage audit.Action = "cohort.message"

// Send sends a message to people of a cohort, and gives how many they are.
func (s *Service) Send(ctx context.Context, actor identity.Actor, id ID, users []identity.UserID, m Message) (int, error) {
	members, err := s.members(ctx, actor, id, users)
	if err != nil {
		return 0, err
	}
	m.ID, m.Cohort, m.Sender, m.SentAt = MessageID(s.NewID()), id, actor.ID, s.Now()
	var ok bool
	if m.Subject, ok = CleanLine(m.Subject, 120); !ok {
		return 0, errs.InvalidField("subject", "Give a subject of 1 to 120 characters.")
	}
	if m.About, ok = CleanLine(m.About, 400); !ok && m.About != "" {
		return 0, errs.InvalidField("about", "Name the need as the readiness of the cohort does.")
	}
	m.Body = strings.TrimSpace(strings.ReplaceAll(m.Body, "\r\n", "\n"))
	if n := utf8.RuneCountInString(m.Body); n < 1 || n > 4000 || !isShowable(m.Body) {
		return 0, errs.InvalidField("body", "Write a message of 1 to 4,000 characters.")
	}
	to := make([]identity.UserID, len(members))
	for i := range members {
		to[i] = members[i].ID
	}
	said := map[string]string{"cohort": string(id), "people": strconv.Itoa(len(to))}
	return len(to), s.Store.SendMessage(ctx, m, to, s.entry(actor, ActionMessage, string(m.ID), said))
}

// Inbox gives the newest messages to the actor.
func (s *Service) Inbox(ctx context.Context, actor identity.Actor) (Inbox, error) {
	return s.Store.Inbox(ctx, actor.ID, inboxSize)
}

// Mark keeps that the actor has read a message, or has not.
func (s *Service) Mark(ctx context.Context, actor identity.Actor, id MessageID, read bool) (Inbox, error) {
	var at *time.Time
	if read {
		now := s.Now()
		at = &now
	}
	if err := s.Store.MarkMessage(ctx, actor.ID, id, at); err != nil {
		return Inbox{}, err
	}
	return s.Inbox(ctx, actor)
}
