package mail_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"muster/internal/cohort"
)

// TestAttachment: a file arrives beside the text, byte for byte.
func TestAttachment(t *testing.T) {
	t.Parallel()
	s, content := newServer(t), []byte("%PDF-\x00\xff\r\n")
	must(t, s.mailer(t).Send(t.Context(), cohort.Mail{
		ID: "1", To: "kofi@example.org", Subject: "Report", Text: "Attached.",
		Files: []cohort.MailFile{{Name: "bravo.pdf", Media: "application/pdf", Content: content}},
	}))
	mails := s.taken()
	if len(mails) != 1 {
		t.Fatalf("%d mails, want 1", len(mails))
	}
	for _, part := range []string{"Attached.", "application/pdf", `filename="bravo.pdf"`, base64.StdEncoding.EncodeToString(content)} {
		if !strings.Contains(mails[0], part) {
			t.Errorf("mail lacks %q:\n%s", part, mails[0])
		}
	}
}
