package config

import (
	"net/mail"
	"net/url"
	"strconv"
	"strings"

	"muster/internal/errs"
)

// Mail is how e-mail is sent; the zero value means that none is.
type Mail struct {
	Host     string
	Port     int
	TLS      bool // from the first byte; else STARTTLS, without which no password is sent
	Username string
	Password string
	From     string // address, with or without a name
}

// The ports that the standards give to the two ways of sending (RFC 6409, RFC 8314).
const (
	portSubmission  = 587
	portSubmissions = 465
)

// Mail reads how e-mail is sent. What it refuses it tells without the URL, which
// may hold a password.
func (c Config) Mail() (Mail, error) {
	if c.SMTPURL == "" {
		return Mail{}, nil
	}
	u, err := url.Parse(c.SMTPURL)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "" {
		return Mail{}, badMail("MUSTER_SMTP_URL must have the form smtp://user:password@host:587 or smtps://user:password@host:465. In the password, write other characters than letters and digits as %40 and the like.")
	}
	m := Mail{Host: u.Hostname(), Port: portSubmission, TLS: u.Scheme == "smtps", Username: u.User.Username(), From: c.MailFrom}
	m.Password, _ = u.User.Password()
	if m.TLS {
		m.Port = portSubmissions
	}
	if text := u.Port(); text != "" {
		if m.Port, err = strconv.Atoi(text); err != nil || m.Port < 1 || m.Port > 65535 {
			return Mail{}, badMail("The port in MUSTER_SMTP_URL must be a number from 1 to 65535.")
		}
	}
	if (m.Username == "") != (m.Password == "") {
		return Mail{}, badMail("MUSTER_SMTP_URL must hold a user and a password, or neither.")
	}
	if _, err := mail.ParseAddress(m.From); err != nil {
		return Mail{}, badMail("Say with --mail-from or MUSTER_MAIL_FROM from which address e-mail is sent, such as muster@example.org.")
	}
	if c.PublicURL == "" {
		return Mail{}, badMail("E-mail leads people to the site: give its address with --public-url or MUSTER_PUBLIC_URL.")
	}
	return m, nil
}

func badMail(msg string) error { return errs.New(errs.Invalid, "configuration", "%s", msg) }
