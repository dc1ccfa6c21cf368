package mail_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/mail"
)

var letter = cohort.Mail{ID: "abc1", To: "amina@example.org", Subject: "Muster: 1 new message", Text: "Hello “王”,\n.\n\nGo on.\n"}

func TestSend(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	must(t, s.mailer(t).Send(t.Context(), letter))
	got := s.taken()
	if len(got) != 1 {
		t.Fatalf("%d mails, want 1", len(got))
	}
	want := `Auto-Submitted: auto-generated
Content-Transfer-Encoding: quoted-printable
Content-Type: text/plain; charset=UTF-8
Date: then
From: "Muster" <muster@m.example>
MIME-Version: 1.0
Message-ID: <abc1@m.example>
Subject: Muster: 1 new message
To: <amina@example.org>
X-Auto-Response-Suppress: All

Hello =E2=80=9C=E7=8E=8B=E2=80=9D,
.

Go on.
`
	if diff := cmp.Diff(want, undated(got[0])); diff != "" {
		t.Errorf("mail (-want +got):\n%s", diff)
	}
}

// undated sorts the headers of a mail and takes its date out.
func undated(text string) string {
	return regexp.MustCompile(`(?m)^Date: .*$`).ReplaceAllString(sorted(text), "Date: then")
}

// TestRefusals: who is at fault decides whether the same mail, another mail or
// none is tried next. No error names the recipient.
func TestRefusals(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		word, answer string
		want         errs.Kind
	}{
		"no such recipient":      {"RCPT", "550 5.1.1 <amina@example.org> is unknown", errs.Invalid},
		"grey-listed recipient":  {"RCPT", "451 4.7.1 <amina@example.org> come again", errs.Internal},
		"a mail that looks bad":  {".", "554 5.7.1 no thank you, amina@example.org", errs.Invalid},
		"a full disk":            {".", "452 4.3.1 later, amina@example.org", errs.Internal},
		"a sender that may not":  {"MAIL", "553 5.7.1 not you", errs.Unavailable},
		"a greeting that is bad": {"EHLO", "554 5.3.2 closed", errs.Unavailable},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.refuses(test.word, test.answer)
			if test.word == "EHLO" {
				s.refuses("HELO", test.answer)
			}
			err := s.mailer(t).Send(t.Context(), letter)
			if err == nil || errs.KindOf(err) != test.want {
				t.Fatalf("Send = %v, want an error of kind %d", err, test.want)
			}
			if strings.Contains(err.Error(), "amina") {
				t.Errorf("the error names the recipient: %v", err)
			}
			s.refuses(test.word, "")
			s.refuses("HELO", "")
			must(t, s.mailer(t).Send(t.Context(), letter))
		})
	}
}

// TestTakenIsSent: a server that is rude after it took the mail has it.
func TestTakenIsSent(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.refuses("RSET", "421 4.3.2 bye")
	s.refuses("QUIT", "500 what")
	must(t, s.mailer(t).Send(t.Context(), letter))
	if n := len(s.taken()); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	m := s.mailer(t)
	must(t, s.Close())
	if err := m.Send(t.Context(), letter); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("Send to nobody = %v, want Unavailable", err)
	}
}

// TestHeadersCannotBeAdded: what would end a line never reaches the server.
func TestHeadersCannotBeAdded(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*cohort.Mail){
		"by the subject":      func(m *cohort.Mail) { m.Subject += "\r\nBcc: x@example.org" },
		"by half a line":      func(m *cohort.Mail) { m.Subject += "\nBcc: x@example.org" },
		"by the address":      func(m *cohort.Mail) { m.To += ">\r\nRCPT TO:<x@example.org" },
		"by a second address": func(m *cohort.Mail) { m.To += ", x@example.org" },
		"by a name":           func(m *cohort.Mail) { m.To = "A <amina@example.org>" },
		"by the id":           func(m *cohort.Mail) { m.ID += "\r\nBcc: x@example.org" },
	} {
		s := newServer(t)
		m := letter
		change(&m)
		if err := s.mailer(t).Send(t.Context(), m); errs.KindOf(err) != errs.Invalid {
			t.Errorf("Send with headers %s = %v, want Invalid", name, err)
		}
		if heard := s.lines(); heard != "" {
			t.Errorf("with headers %s the server heard:\n%s", name, heard)
		}
	}
}

// TestPasswordsAreNotSentInTheClear: a server that offers no encryption does not
// get one, whatever else it offers.
func TestPasswordsAreNotSentInTheClear(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.extends = []string{"AUTH PLAIN LOGIN"}
	settings := s.settings(t)
	settings.Username, settings.Password = "amina", "hidden"
	m, err := mail.New(settings)
	must(t, err)
	err = m.Send(t.Context(), letter)
	if errs.KindOf(err) != errs.Unavailable || strings.Contains(err.Error(), "hidden") {
		t.Errorf("Send = %v, want Unavailable without the password", err)
	}
	if heard := s.lines(); strings.Contains(heard, "AUTH") || strings.Contains(heard, "MAIL") {
		t.Errorf("the server heard:\n%s", heard)
	}
}
