package mail_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/credential"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/store"
)

var update = flag.Bool("update", false, "write the golden files")

// sorted sorts the headers of a mail, each of which stands on one line.
func sorted(text string) string {
	headers, body, _ := strings.Cut(strings.ReplaceAll(text, "\r", ""), "\n\n")
	lines := strings.Split(headers, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n\n" + body
}

// unit is the service on a SQLite file of its own and a mail server, with a
// cohort of Amina, who has an address, and Boris, who has none.
type unit struct {
	*cohort.Digests
	store  *store.Store
	server *server
	mu     sync.Mutex
	now    time.Time
	sent   int
}

func newUnit(t *testing.T) *unit {
	t.Helper()
	kept, err := store.Open(t.Context(), store.Config{URL: filepath.Join(t.TempDir(), "muster.db")})
	must(t, err)
	t.Cleanup(func() { must(t, kept.Close(context.Background())) })
	u := &unit{store: kept, server: newServer(t), now: time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)}
	syllabus := &curriculum.Catalogue{
		Exams: []curriculum.Quiz{{Slug: "final", Title: "Final exam", Purpose: curriculum.PurposeExam}},
		Modules: []curriculum.Module{
			{Slug: "law", Title: "Legal mandates", Lessons: []curriculum.Lesson{{Module: "law", Slug: "basics", Title: "The three principles"}}},
		},
	}
	syllabus.Indexed()
	u.Digests = &cohort.Digests{
		Store: kept, Mailer: u.server.mailer(t), Catalogue: syllabus, Site: "https://m.example", Now: u.clock,
		Progress: &learning.Service{
			Kept: kept, Certificates: &credential.Service{Store: kept, Catalogue: syllabus, Now: u.clock}, Catalogue: syllabus,
		},
	}
	must(t, kept.CreateCohort(t.Context(), cohort.Cohort{ID: "c", Name: "7th Engineers", JoinCode: "AAAA-2222", CreatedAt: u.now}, []cohort.Assignment{
		{Kind: cohort.KindModule, Slug: "law", DueOn: "2027-01-10"}, {Kind: cohort.KindExam, Slug: "final", DueOn: "2027-01-17"},
	}, "", audit.Entry{}))
	must(t, kept.CreateMembers(t.Context(), "c", []identity.User{
		{ID: "amina", Username: "amina", Name: "Amina Diallo “王”", Role: identity.Trainee, Locale: "en", Email: "amina@example.org", CreatedAt: u.now},
		{ID: "boris", Username: "boris", Name: "Boris", Role: identity.Trainee, Locale: "en", CreatedAt: u.now},
	}, nil))
	kofi := identity.User{ID: "kofi", Username: "kofi", Name: "Kofi Mensah", Role: identity.Coordinator, Locale: "en", Email: "kofi@example.org", CreatedAt: u.now}
	must(t, kept.CreateUser(t.Context(), kofi, audit.Entry{}))
	return u
}

func (u *unit) clock() time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.now
}

func (u *unit) later(d time.Duration) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.now = u.now.Add(d)
}

// writes lets Kofi send everybody a message.
func (u *unit) writes(t *testing.T, subject string) {
	t.Helper()
	u.sent++
	m := cohort.Message{ID: cohort.MessageID(fmt.Sprint("m", u.sent)), Cohort: "c", Sender: "kofi", Subject: subject, Body: "Not in a mail.", SentAt: u.clock()}
	must(t, u.store.SendMessage(t.Context(), m, []identity.UserID{"amina", "boris"}, audit.Entry{}))
}

// mails runs the job and gives the mails that came.
func (u *unit) mails(t *testing.T, want cohort.Mailed) []string {
	t.Helper()
	got, err := u.Send(t.Context())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Send (-want +got):\n%s", diff)
	}
	if (err != nil) != (want.Failed > 0) || err != nil && strings.Contains(err.Error(), "amina") {
		t.Errorf("Send = %v, want an error where mails failed, and no address in it", err)
	}
	return u.server.taken()
}

func TestDigest(t *testing.T) {
	t.Parallel()
	u := newUnit(t)
	u.writes(t, "Bring boots tomorrow")
	u.writes(t, "Forged\r\nBcc: x@example.org")
	refresher := cohort.Refresher{ID: "r1", Cohort: "c", User: "amina", Module: "law", Lesson: "basics", DueOn: "2027-01-30", By: "kofi", At: u.now}
	must(t, u.store.AssignRefreshers(t.Context(), "c", func([]cohort.Refresher) ([]cohort.Refresher, []audit.Entry) {
		return []cohort.Refresher{refresher}, nil
	}))
	mails := u.mails(t, cohort.Mailed{Sent: 1})
	if len(mails) != 1 {
		t.Fatalf("%d mails, want one to Amina", len(mails))
	}
	golden := filepath.Join("testdata", "digest.txt")
	got := undated(mails[0])
	if *update {
		must(t, os.WriteFile(golden, []byte(got), 0o600))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("digest (-want +got):\n%s", diff)
	}
}

// TestOneMailADay: what comes after a mail waits for the next day, and nothing
// is told twice.
func TestOneMailADay(t *testing.T) {
	t.Parallel()
	u := newUnit(t)
	u.writes(t, "One")
	steps := []struct {
		after time.Duration
		write string
		want  int
		holds string
	}{
		{0, "", 1, "One"},
		{0, "", 0, ""},
		{time.Hour, "Two", 0, ""},
		{22*time.Hour + 59*time.Minute, "", 0, ""},
		{time.Minute, "", 1, "Two"},
		{25 * time.Hour, "", 0, ""},
		{25 * time.Hour, "", 0, ""}, // the exam is due tomorrow, as was told
		{48 * time.Hour, "", 1, "Late:"},
		{25 * time.Hour, "", 0, ""},
	}
	for i, step := range steps {
		u.later(step.after)
		if step.write != "" {
			u.writes(t, step.write)
		}
		mails := u.mails(t, cohort.Mailed{Sent: step.want})
		if len(mails) != step.want || step.want == 1 && (!strings.Contains(mails[0], step.holds) || i > 0 && strings.Contains(mails[0], "One")) {
			t.Errorf("step %d: %d mails %q, want %d that tell %q and nothing again", i, len(mails), mails, step.want, step.holds)
		}
	}
}

// TestJobsAtOnce: two replicas send one mail.
func TestJobsAtOnce(t *testing.T) {
	t.Parallel()
	u := newUnit(t)
	var jobs sync.WaitGroup
	for range 4 {
		jobs.Go(func() {
			if _, err := u.Send(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	jobs.Wait()
	if n := len(u.server.taken()); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
}

// TestFailureIsTriedAgain: by the next job where it may pass, on the next day
// where it was refused for good; what was to be told is told then.
func TestFailureIsTriedAgain(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		answer string
		want   cohort.Mailed
		again  time.Duration
	}{
		"for now":  {"451 4.7.1 later", cohort.Mailed{Failed: 1}, time.Hour},
		"for good": {"550 5.1.1 no", cohort.Mailed{Refused: 1}, 24 * time.Hour},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUnit(t)
			u.writes(t, "One")
			u.server.refuses("RCPT", test.answer)
			u.mails(t, test.want)
			u.server.refuses("RCPT", "")
			u.later(test.again - time.Hour)
			u.mails(t, cohort.Mailed{})
			u.later(time.Hour)
			if mails := u.mails(t, cohort.Mailed{Sent: 1}); len(mails) != 1 || !strings.Contains(mails[0], "One") {
				t.Errorf("mails %q, want what was not sent before", mails)
			}
		})
	}
}

// TestCrash: a job that dies between sending and keeping costs one mail twice,
// with the same id.
func TestCrash(t *testing.T) {
	t.Parallel()
	u := newUnit(t)
	u.Store = forgetful{u.store}
	if done, err := u.Send(t.Context()); err == nil || done.Failed != 1 {
		t.Fatalf("Send = %+v, %v, want the error of the store", done, err)
	}
	first := u.server.taken()
	u.Store = u.store
	u.mails(t, cohort.Mailed{})
	u.later(time.Hour)
	second := u.mails(t, cohort.Mailed{Sent: 1})
	if len(first) != 1 || len(second) != 1 || undated(first[0]) != undated(second[0]) {
		t.Errorf("mails %q and %q, want the same twice", first, second)
	}
	u.later(25 * time.Hour)
	u.mails(t, cohort.Mailed{})
}

// forgetful is a store that fails once a mail was sent.
type forgetful struct{ *store.Store }

// MarkMailed fails.
func (forgetful) MarkMailed(context.Context, identity.UserID, time.Time, []cohort.Notice) error {
	return errs.New(errs.Internal, "", "crash")
}

// TestNoServer: where nobody answers the first mail ends the job.
func TestNoServer(t *testing.T) {
	t.Parallel()
	u := newUnit(t)
	must(t, u.server.Close())
	if done, err := u.Send(t.Context()); errs.KindOf(err) != errs.Unavailable || done != (cohort.Mailed{}) {
		t.Errorf("Send = %+v, %v, want Unavailable", done, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := u.Send(ended); err == nil {
		t.Error("Send after the end of its context = nil, want an error")
	}
}

// TestNobodyIsAskedMeanwhile: suspended or archived, there is no mail; resumed,
// there is.
func TestNobodyIsAskedMeanwhile(t *testing.T) {
	t.Parallel()
	u := newUnit(t)
	act := func(a cohort.EnrolmentAction) {
		t.Helper()
		change := cohort.EnrolmentChange{Users: []identity.UserID{"amina"}, Action: a}
		must(t, u.store.ChangeEnrolments(t.Context(), "c", change, u.now, nil))
	}
	archive := func(at *time.Time) {
		t.Helper()
		must(t, u.store.ChangeCohort(t.Context(), "c", func(c *cohort.Cohort) (audit.Entry, error) {
			c.ArchivedAt = at
			return audit.Entry{}, nil
		}))
	}
	act(cohort.Suspend)
	u.mails(t, cohort.Mailed{})
	act(cohort.Resume)
	archive(&u.now)
	u.mails(t, cohort.Mailed{})
	archive(nil)
	u.mails(t, cohort.Mailed{Sent: 1})
}
