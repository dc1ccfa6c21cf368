package api

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/cohort"
	"muster/internal/identity"
	"muster/internal/readiness"
)

// post keeps what is mailed.
type post struct {
	sent      []cohort.Mail
	meanwhile func() error // what happens while a mail is sent
}

// Send takes a mail.
func (p *post) Send(_ context.Context, m cohort.Mail) error {
	p.sent = append(p.sent, m)
	if p.meanwhile != nil {
		return p.meanwhile()
	}
	return nil
}

// makeReports runs the job.
func (w *world) makeReports(want readiness.Made) {
	w.Helper()
	got, err := w.server.Reports.Run(w.Context())
	w.must(err)
	if got != want {
		w.Errorf("reports at %s = %+v, want %+v", w.clock(), got, want)
	}
}

// TestWeeklyReport: it is asked for, made once a week whatever happens, mailed
// to who has an address, kept, downloaded by whom it is for alone, and audited.
func TestWeeklyReport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	kofi := w.bravo()
	token, at := w.token(kofi), base+"/cohorts/"+oneCohort
	got := decode[ReportSchedule](w.call(http.MethodGet, at+"/report-schedule", token, nil).want(http.StatusOK))
	if got.Wish != nil || got.NextAt != nil || got.Mails || got.Email != "" {
		t.Errorf("at first the schedule is %+v", got)
	}
	got = decode[ReportSchedule](w.call(http.MethodPut, at+"/report-schedule", token, ReportWish{Format: "csv", Weekday: 1}).want(http.StatusOK))
	monday := time.Date(2027, 1, 18, 4, 0, 0, 0, time.UTC)
	if diff := cmp.Diff(ReportSchedule{Wish: &ReportWish{Format: "csv", Weekday: 1}, NextAt: &monday}, got); diff != "" {
		t.Errorf("schedule (-want +got):\n%s", diff)
	}
	w.makeReports(readiness.Made{})
	w.later(monday.Sub(w.clock()))
	w.makeReports(readiness.Made{Made: 1})
	w.makeReports(readiness.Made{})

	token = w.token(kofi)
	files := decode[ReportFileList](w.call(http.MethodGet, at+"/report-files", token, nil).want(http.StatusOK)).Items
	if len(files) != 2 || files[1].ID != oneReport || files[0].Name != "readiness-bravo-2027-01-18.csv" || files[0].Mail != "" || !files[0].MadeAt.Equal(monday) {
		t.Fatalf("files = %+v, want Monday's, not mailed, and that of bravo", files)
	}
	file := w.call(http.MethodGet, at+"/report-files/"+files[0].ID, token, nil).want(http.StatusOK)
	now := w.call(http.MethodGet, at+"/report?format=csv", token, nil).want(http.StatusOK)
	if string(file.raw) != string(now.raw) || len(file.raw) != files[0].Bytes || file.header.Get("Content-Type") != "text/csv" {
		t.Errorf("the report that was made is %s %q, want what the page gives: %q", file.header.Get("Content-Type"), file.raw, now.raw)
	}
	if !strings.Contains(w.dump(), `cohort.export `+oneCohort+` {"format":"csv","rows":1,"scheduled":true}`) {
		t.Error("the export is not in the audit trail")
	}
	w.call(http.MethodPut, at+"/coordinators/lena", token, nil).want(http.StatusOK)
	lena, err := w.server.Identity.Store.UserByName(t.Context(), "lena")
	w.must(err)
	w.call(http.MethodGet, at+"/report-files/"+files[0].ID, w.token(lena), nil).wantCode(http.StatusNotFound, "not_found")
}

// TestReportsByMail: a report waits a day for an address, and pauses end in one.
func TestReportsByMail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	out := &post{}
	w.server.Reports.Mailer = out
	kofi := w.bravo()
	token, at := w.token(kofi), base+"/cohorts/"+oneCohort
	w.call(http.MethodPut, at+"/report-schedule", token, ReportWish{Format: "pdf", Weekday: 5}).want(http.StatusOK)
	w.later(5 * 7 * 24 * time.Hour)
	w.makeReports(readiness.Made{Made: 1})
	token = w.token(kofi)
	w.call(http.MethodPut, base+"/me/email", token, OwnEmail{Email: "kofi"}).wantCode(http.StatusUnprocessableEntity, "invalid")
	w.call(http.MethodPut, base+"/me/email", token, OwnEmail{Email: "kofi@example.org"}).want(http.StatusOK)
	w.makeReports(readiness.Made{Mailed: 1})
	w.makeReports(readiness.Made{})
	m := out.sent[0]
	if m.To != "kofi@example.org" || len(m.Files) != 1 || m.Files[0].Media != "application/pdf" || !strings.HasPrefix(string(m.Files[0].Content), "%PDF-") ||
		!strings.Contains(m.Text, "Bravo") || !strings.Contains(m.Text, "https://muster.test/coordinator/cohorts/"+oneCohort+"/settings") {
		t.Errorf("mail = %+v", m)
	}
	got := decode[ReportSchedule](w.call(http.MethodGet, at+"/report-schedule", token, nil).want(http.StatusOK))
	if !got.Mails || got.Email != "kofi@example.org" {
		t.Errorf("schedule = %+v, want the address", got)
	}

	w.call(http.MethodPut, at+"/coordinators/lena", token, nil).want(http.StatusOK)
	w.call(http.MethodDelete, at+"/coordinators/kofi", token, nil).want(http.StatusOK)
	w.later(6 * 24 * time.Hour)
	w.makeReports(readiness.Made{}) // Kofi looks after it no more
	boss := w.person("boss", identity.Admin)
	w.call(http.MethodPut, at+"/report-schedule", boss, ReportWish{Format: "xlsx", Weekday: 5}).want(http.StatusOK)
	got = decode[ReportSchedule](w.call(http.MethodDelete, at+"/report-schedule", boss, nil).want(http.StatusOK))
	if got.Wish != nil {
		t.Errorf("schedule after its end = %+v", got)
	}
	w.later(7 * 24 * time.Hour)
	w.makeReports(readiness.Made{})
	boss = w.person("boss2", identity.Admin)
	w.call(http.MethodPatch, at, boss, map[string]any{"archived": true}).want(http.StatusOK)
	w.call(http.MethodPut, at+"/report-schedule", boss, ReportWish{Format: "xlsx", Weekday: 5}).wantCode(http.StatusConflict, "archived")
}

// TestReportIsMailedByOne: while one program mails a report another leaves it
// alone, and takes it up when the first has died over it.
func TestReportIsMailedByOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	out := &post{}
	w.server.Reports.Mailer = out
	token, at := w.token(w.bravo()), base+"/cohorts/"+oneCohort
	w.call(http.MethodPut, base+"/me/email", token, OwnEmail{Email: "kofi@example.org"}).want(http.StatusOK)
	w.call(http.MethodPut, at+"/report-schedule", token, ReportWish{Format: "csv", Weekday: 1}).want(http.StatusOK)
	w.later(4 * 24 * time.Hour)
	out.meanwhile = func() error {
		w.makeReports(readiness.Made{})
		return context.Canceled // it was never kept that it was sent
	}
	if got, err := w.server.Reports.Run(w.Context()); err == nil || got != (readiness.Made{Made: 1}) || len(out.sent) != 1 {
		t.Errorf("the first = %+v, %v, after %d mails, want one that failed", got, err, len(out.sent))
	}
	out.meanwhile = nil
	w.makeReports(readiness.Made{})
	w.later(time.Hour)
	w.makeReports(readiness.Made{Mailed: 1})
	w.makeReports(readiness.Made{})
	if len(out.sent) != 2 || out.sent[0].ID != out.sent[1].ID {
		t.Errorf("mails = %+v, want the same again", out.sent)
	}
}
