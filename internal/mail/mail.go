// Package mail sends e-mail by SMTP. It decides neither what is told nor to
// whom: cohort does. Nothing in its errors names a recipient.
package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"muster/internal/cohort"
	"muster/internal/config"
	"muster/internal/errs"
)

// patience is how long the server may take to greet, and then to take a mail:
// both together are shorter than the program waits when it is stopped.
const patience = 9 * time.Second

// Mailer sends through one server.
type Mailer struct {
	client *gomail.Client
	from   *mail.Address
}

// New makes a mailer. It connects only to send. A password goes out encrypted or
// not at all; without one, a server that offers no encryption is used as it is.
func New(c config.Mail) (*Mailer, error) {
	from, err := mail.ParseAddress(c.From)
	if err != nil {
		return nil, fmt.Errorf("read the address that e-mail comes from: %w", err)
	}
	options := []gomail.Option{gomail.WithPort(c.Port), gomail.WithTimeout(patience), gomail.WithTLSPolicy(gomail.TLSOpportunistic)}
	if c.TLS {
		options = append(options, gomail.WithSSL())
	}
	if c.Username != "" {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory), gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(c.Username), gomail.WithPassword(c.Password))
	}
	client, err := gomail.NewClient(c.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("prepare for e-mail: %w", err)
	}
	return &Mailer{client: client, from: from}, nil
}

// Send sends a mail. Invalid where this address or mail is refused for good,
// Unavailable where no mail can be sent at all; any other error may pass.
func (m *Mailer) Send(ctx context.Context, letter cohort.Mail) error {
	msg, err := m.message(letter)
	if err != nil {
		return err
	}
	err = m.client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() { // what goes wrong after the server took it is not worth a second mail
		return nil
	}
	return refusal(err)
}

// message writes a mail out. What could end a line in a header is refused.
func (m *Mailer) message(letter cohort.Mail) (*gomail.Msg, error) {
	to, err := mail.ParseAddress(letter.To)
	if err != nil || to.Address != letter.To || hasControl(letter.To+letter.Subject+letter.ID) {
		return nil, errs.New(errs.Invalid, "mail_malformed", "The address, the subject or the id of a mail has a wrong form.")
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(m.from)
	msg.ToMailAddress(to)
	msg.Subject(letter.Subject)
	msg.SetMessageIDWithValue(letter.ID + m.from.Address[strings.LastIndex(m.from.Address, "@"):])
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's machine answers
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	msg.SetBodyString(gomail.TypeTextPlain, letter.Text)
	for _, file := range letter.Files {
		if err := msg.AttachReader(file.Name, bytes.NewReader(file.Content), gomail.WithFileContentType(gomail.ContentType(file.Media))); err != nil {
			return nil, fmt.Errorf("attach %s: %w", file.Name, err)
		}
	}
	return msg, nil
}

func hasControl(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }

// refusal says what a failure means. The server's own words may repeat the
// address: where a mail is refused, only its number is kept.
func refusal(err error) error {
	var failure *gomail.SendError
	if !errors.As(err, &failure) {
		return unavailable(err)
	}
	said := fmt.Errorf("%s, code %d", failure.Reason, failure.ErrorCode())
	switch {
	case failure.IsTemp() || failure.ErrorCode() == 0:
		return said
	case failure.Reason == gomail.ErrSMTPMailFrom:
		return unavailable(said)
	}
	return &errs.Error{Kind: errs.Invalid, Code: "mail_refused", Msg: "The mail server refuses this mail.", Err: said}
}

func unavailable(cause error) error {
	return &errs.Error{Kind: errs.Unavailable, Code: "mail_unavailable", Msg: "The mail server cannot be reached, or does not let Muster send.", Err: cause}
}
