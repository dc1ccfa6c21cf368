package cohort

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Addressee is somebody who may be sent an e-mail.
type Addressee struct {
	ID    identity.UserID
	Name  string
	Email string
}

// Mail is one e-mail of plain text, with files if any.
type Mail struct {
	ID      string // letters and digits; the same mail sent again has the same
	To      string // address
	Subject string
	Text    string
	Files   []MailFile
}

// MailFile is a file that goes with a mail.
type MailFile struct {
	Name    string // ASCII
	Media   string // its type, such as text/csv
	Content []byte
}

// Mailer sends e-mail. Its errors name no address.
type Mailer interface {
	// Send sends a mail. Invalid where this address or mail is refused for good,
	// Unavailable where no mail can be sent at all; any other error may pass.
	Send(ctx context.Context, m Mail) error
}

// Progress knows what trainees have done.
type Progress interface {
	// Unfinished leaves in memberships of a user the tasks that are not done.
	Unfinished(ctx context.Context, user identity.UserID, memberships []Membership) ([]Membership, error)
}

// Mailings keeps what was mailed to whom.
type Mailings interface {
	Memberships(ctx context.Context, user identity.UserID) ([]Membership, error) // as in People
	Inbox(ctx context.Context, user identity.UserID, limit int) (Inbox, error)   // as in Messages
	// Addressees gives who has an address and is active in a cohort that is not
	// archived, without those who were mailed after a time.
	Addressees(ctx context.Context, mailed time.Time) ([]Addressee, error)
	// Notices gives what a user was told by e-mail.
	Notices(ctx context.Context, user identity.UserID) (map[Notice]bool, error)
	// ClaimMail keeps that somebody is about to mail a user, unless they were
	// claimed after a time or mailed after another: then it is false.
	ClaimMail(ctx context.Context, user identity.UserID, at, claimed, mailed time.Time) (bool, error)
	// MarkMailed keeps that a user was mailed, and what they were told.
	MarkMailed(ctx context.Context, user identity.UserID, at time.Time, told []Notice) error
}

// MailDigests is the job of Digests.Send.
type MailDigests struct{}

// Kind names the job in the queue.
func (MailDigests) Kind() string { return "mail_digests" }

const (
	mailEvery  = 24 * time.Hour   // nobody gets a second mail sooner
	claimHolds = 30 * time.Minute // longer than one mail can take, shorter than the job's interval
)

// Digests sends trainees who have an address one e-mail a day at most, of what
// is new for them. Who has nothing new, is suspended, or is only in cohorts that
// are archived gets none.
type Digests struct {
	Store     Mailings
	Progress  Progress
	Mailer    Mailer
	Catalogue *curriculum.Catalogue // names what is due
	Site      string                // the address that mails lead to
	Now       func() time.Time
}

// Mailed counts what became of digests.
type Mailed struct {
	Sent    int
	Refused int // for good; tried again in a day, with what is new then
	Failed  int // tried again by the next job
}

// Send sends each digest that is due. It stops between two mails when the
// context ends, and after an error that no other mail would be spared.
func (s *Digests) Send(ctx context.Context) (Mailed, error) {
	var done Mailed
	people, err := s.Store.Addressees(ctx, s.Now().Add(-mailEvery))
	if err != nil {
		return done, err
	}
	var failure error
	for _, to := range people {
		if err := ctx.Err(); err != nil {
			return done, err
		}
		digest, err := s.digest(ctx, to.ID)
		if err != nil {
			return done, err
		}
		if len(digest.Notices) == 0 {
			continue
		}
		err = s.send(context.WithoutCancel(ctx), to, digest, &done) // a mail under way is finished
		if errs.KindOf(err) == errs.Unavailable {
			return done, err
		}
		if err != nil {
			done.Failed++
			failure = err
		}
	}
	if failure != nil {
		return done, fmt.Errorf("%d mails could not be sent, the last: %w", done.Failed, failure)
	}
	return done, nil
}

// digest gathers what is new for somebody.
func (s *Digests) digest(ctx context.Context, user identity.UserID) (Digest, error) {
	memberships, err := s.Store.Memberships(ctx, user)
	if err != nil {
		return Digest{}, err
	}
	open, err := s.Progress.Unfinished(ctx, user, memberships)
	if err != nil {
		return Digest{}, err
	}
	inbox, err := s.Store.Inbox(ctx, user, inboxSize)
	if err != nil {
		return Digest{}, err
	}
	told, err := s.Store.Notices(ctx, user)
	if err != nil {
		return Digest{}, err
	}
	return digestOf(open, inbox.Messages, told, s.Now()), nil
}

// send sends one digest and then keeps that it was sent. Of jobs that run at
// once, one claims it. A crash after sending and before keeping sends it again
// once the claim is over: each such crash costs one mail twice, with the same
// id, and no digest is ever lost. One that fails is kept as not sent.
func (s *Digests) send(ctx context.Context, to Addressee, d Digest, done *Mailed) error {
	now := s.Now()
	claimed, err := s.Store.ClaimMail(ctx, to.ID, now, now.Add(-claimHolds), now.Add(-mailEvery))
	if err != nil || !claimed {
		return err
	}
	err = s.Mailer.Send(ctx, Mail{ID: mailID(to.ID, d.Notices), To: to.Email, Subject: d.subject(), Text: s.text(to, d, now)})
	switch {
	case err == nil:
		done.Sent++
		return s.Store.MarkMailed(ctx, to.ID, now, d.Notices)
	case errs.KindOf(err) == errs.Invalid: // asking again every hour would be a flood too
		done.Refused++
		return s.Store.MarkMailed(ctx, to.ID, now, nil)
	}
	return err
}

// mailID follows from what is told to whom.
func mailID(user identity.UserID, told []Notice) string {
	sum := sha256.New()
	fmt.Fprintln(sum, user)
	for _, n := range told {
		fmt.Fprintln(sum, n)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}
