package app

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/config"
	"muster/internal/errs"
	"muster/internal/identity"
)

// TestMailJob: no server, no mail; a server that is not there is told to the
// queue, without an address, and a program that stops does not call that a
// failure.
func TestMailJob(t *testing.T) {
	t.Parallel()
	c := config.Config{Data: t.TempDir(), PublicURL: "https://m.example", MailFrom: "muster@m.example"}
	var log bytes.Buffer
	s, err := open(t.Context(), c, slog.New(slog.NewTextHandler(&log, nil)), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.store.Close(context.Background()) })
	none, err := mailerOf(c)
	if none != nil || err != nil || s.digests(none, "") != nil {
		t.Errorf("mailer without a server = %v, %v, want none, and no digests", none, err)
	}
	if err := (&mailWorker{}).Work(t.Context(), nil); err != nil {
		t.Errorf("Work without a server = %v", err)
	}
	c.SMTPURL = "smtp://127.0.0.1:1"
	mailer, err := mailerOf(c)
	if err != nil {
		t.Fatal(err)
	}
	digests := s.digests(mailer, c.Site())
	made := cohort.Cohort{ID: "c", Name: "Alpha", JoinCode: "AAAA-2222"}
	late := []cohort.Assignment{{Kind: cohort.KindModule, Slug: string(s.catalogue.Modules[0].Slug), DueOn: "2020-01-01"}}
	amina := identity.User{ID: "amina", Username: "amina", Name: "Amina", Role: identity.Trainee, Locale: "en", Email: "amina@example.org"}
	err = s.store.CreateCohort(t.Context(), made, late, "", audit.Entry{})
	if err == nil {
		err = s.store.CreateMembers(t.Context(), made.ID, []identity.User{amina}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	serving, stop := context.WithCancel(t.Context())
	worker := &mailWorker{digests: digests, serving: serving, logger: s.logger}
	if err := worker.Work(t.Context(), nil); errs.KindOf(err) != errs.Unavailable || strings.Contains(err.Error()+log.String(), "amina") {
		t.Errorf("Work = %v, log %s, want Unavailable without an address", err, log.String())
	}
	stop()
	if err := worker.Work(t.Context(), nil); err != nil {
		t.Errorf("Work while the program stops = %v", err)
	}
}
