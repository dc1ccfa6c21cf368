package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/credential"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/readiness"
)

func eraseCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"who is erased cannot be found":        testErase,
		"a refused erasure changes nothing":    testErasureRefused,
		"erasing each other leaves one admin":  testErasureRace,
		"an erased person's name is not taken": testErasedTwice,
	}
}

// gone is somebody of whom every table tells something.
var gone = identity.User{
	ID: "0193-gone", Username: "Zénobie.Quill", Name: "Zénobie Quillfeather 王", Role: identity.Trainee, Locale: "fr",
	Email: "zq@quill.example", PasswordHash: "$argon2id$zq", CreatedAt: started,
}

// traces are what nothing may hold any more.
var traces = []string{
	gone.Username, identity.FoldName(gone.Username), gone.Name, "Quillfeather", gone.Email, gone.PasswordHash,
	"code of zq", "only for zq", "leave of zq", "revoked of zq", "notice to zq", "report of zq",
}

// erasedAt is when they are erased.
var erasedAt = started.Add(time.Hour)

// erasure is what identity decides on.
func erasure(u identity.User) identity.Erasure {
	deed := audit.Entry{At: erasedAt, Actor: "chief", Action: identity.ActionErase, Object: string(u.ID)}
	return identity.Erasure{
		Throttle: "account:" + identity.FoldName(u.Username), Entry: deed,
		User: identity.User{
			ID: u.ID, Username: identity.ErasedUsername(u.ID), Name: identity.ErasedName, Role: u.Role, Locale: u.Locale,
			CreatedAt: u.CreatedAt, SuspendedAt: &erasedAt,
		},
	}
}

// erase erases a user, whoever they are.
func (f *fixture) erase(ctx context.Context, id identity.UserID) error {
	return f.Erase(ctx, id, func(u identity.User, _ int) (identity.Erasure, error) { return erasure(u), nil })
}

// testErase: after it no row of any table has a trace of who they were, and what
// they did is there to the last byte.
func testErase(t *testing.T, f *fixture) {
	attempt := f.leaveTraces(t)
	for _, trace := range traces {
		if !strings.Contains(f.dump(t), trace) {
			t.Fatalf("%q is nowhere before: the test proves nothing", trace)
		}
	}
	kept := f.dump(t, whatTheyDid...)
	must(t, f.erase(t.Context(), gone.ID))
	after := f.dump(t)
	for _, trace := range traces {
		if at := strings.Index(after, trace); at >= 0 {
			t.Errorf("%q is still there: …%s…", trace, after[max(0, at-120):min(len(after), at+120)])
		}
	}
	if diff := cmp.Diff(kept, f.dump(t, whatTheyDid...)); diff != "" {
		t.Errorf("what they did has changed (-before +after):\n%s", diff)
	}
	f.wantIDIn(t, "attempts", "audit_entries", "credentials", "due_overrides", "enrolments", "lesson_states", "outcome_results", "sessions", "trainee_summaries", "users")
	f.wantOthersKept(t)
	f.wantEnded(t, "of zq", erasedAt)
	events, err := f.Events(t.Context(), attempt)
	must(t, err)
	if broken := assessment.Verify(events); broken != nil || len(events) != 2 {
		t.Errorf("Verify of %d events = %+v, want a chain of two that holds", len(events), broken)
	}
	if _, err := f.VerifyAudit(t.Context()); err != nil {
		t.Errorf("VerifyAudit = %v", err)
	}
	held, err := f.Credential(t.Context(), "c of zq")
	must(t, err)
	if held.Name != identity.ErasedName || held.Shown != credential.ShowNone || held.Revocation.At.IsZero() {
		t.Errorf("the credential is %+v, want it as it was, of nobody", held)
	}
}

// wantIDIn checks which tables still have the id of who was erased.
func (f *fixture) wantIDIn(t *testing.T, want ...string) {
	t.Helper()
	var got []string
	for _, table := range f.tables(t) {
		if strings.Contains(f.dump(t, table), string(gone.ID)) {
			got = append(got, table)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tables with the id (-want +got):\n%s", diff)
	}
}

// whatTheyDid are the tables that an erasure leaves as they are.
var whatTheyDid = []string{"attempts", "events", "grades", "outcome_results", "lesson_states", "trainee_summaries", "refreshers", "reviews"}

// leaveTraces makes somebody leave traces in every table that can hold one, and
// others beside them.
func (f *fixture) leaveTraces(t *testing.T) assessment.AttemptID {
	t.Helper()
	f.cohort(t, "c2")
	f.cohort(t, "c1", cohort.Assignment{Cohort: "c1", Kind: cohort.KindModule, Slug: "patrol", DueOn: "2027-02-01"})
	must(t, f.CreateMembers(t.Context(), "c1", []identity.User{gone}, nil))
	f.joinByMail(t, "c1", "stays")
	must(t, f.AddCoordinator(t.Context(), "c1", gone.ID, entry("cohort.add_coordinator", "c1")))
	f.session(t, "of zq", gone.ID, "token of zq")
	must(t, f.UpdateThrottle(t.Context(), "account:"+identity.FoldName(gone.Username), func(identity.Throttle) (identity.Throttle, []audit.Entry) {
		return identity.Throttle{Failures: 1, Since: started}, nil
	}))
	code := identity.Code{Hash: "code of zq", User: gone.ID, CreatedAt: started, ExpiresAt: started.Add(time.Hour)}
	must(t, f.KeepCodes(t.Context(), []identity.Code{code}, nil))
	send := func(id cohort.MessageID, body string, to ...identity.UserID) {
		t.Helper()
		m := cohort.Message{ID: id, Cohort: "c1", Sender: trainee, Subject: "Hello", Body: body, SentAt: started}
		must(t, f.SendMessage(t.Context(), m, to, entry("cohort.message", string(id))))
	}
	send("m1", "only for zq"+strings.Repeat("!", 20_000), gone.ID) // over several pages
	send("m2", "for both", gone.ID, "stays")
	for _, user := range []identity.UserID{gone.ID, "stays"} {
		f.claim(t, user, started, true)
		must(t, f.MarkMailed(t.Context(), user, started, []cohort.Notice{cohort.Notice("notice to " + string(user)[len(user)-2:])}))
	}
	must(t, f.MarkMailed(t.Context(), gone.ID, started, []cohort.Notice{"notice to zq"}))
	must(t, f.Extend(t.Context(), []cohort.Extension{{
		Cohort: "c1", User: gone.ID, Kind: cohort.KindModule, Slug: "patrol", DueOn: "2027-03-01", Reason: "leave of zq", By: trainee, At: started,
	}}, nil))
	f.report(t, "c1", "kofi", "report of zq")
	f.report(t, "c2", "lena", "another cohort's report")
	must(t, f.Subscribe(t.Context(), wish("c1", gone.ID)))
	return f.train(t)
}

// report makes a cohort's reader keep a report of it.
func (f *fixture) report(t *testing.T, c cohort.ID, reader identity.UserID, text string) {
	t.Helper()
	f.reader(t, c, reader)
	must(t, f.Subscribe(t.Context(), wish(c, reader)))
	file := readiness.ReportFile{ID: readiness.FileID(c), Cohort: c, MadeFor: reader, MadeAt: started, Export: readiness.Export{File: []byte(text)}}
	kept, err := f.KeepReport(t.Context(), wish(c, reader), file, 3, entry("cohort.export", string(c)))
	must(t, err)
	if !kept {
		t.Fatal("the report was not kept")
	}
}

// train lets them pass a quiz and earn a credential, which is revoked.
func (f *fixture) train(t *testing.T) assessment.AttemptID {
	t.Helper()
	a := f.start(t, gone.ID, "a of zq")
	must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) { return submit(s), nil }))
	must(t, f.ReplaceOutcomeResults(t.Context(), gone.ID, a.ID, []learning.OutcomeResult{{Outcome: "o1", Answered: 2, Right: 1}}))
	_, err := f.SaveLessonState(t.Context(), gone.ID, learning.LessonState{Module: "m", Lesson: "l", ReadShare: 0.5, UpdatedAt: started})
	must(t, err)
	f.keep(t, kept(gone.ID, 1, "v1", "a"), true)
	c := f.earned(t, "c of zq", a.ID)
	c.Holder = gone.ID
	must(t, f.issue(t, c, ""))
	end := credential.Revocation{At: started, By: string(trainee), Reason: "revoked of zq"}
	must(t, f.RevokeCredential(t.Context(), c.ID, end, "", entry(credential.ActionRevoke, string(c.ID))))
	return a.ID
}

// wantOthersKept checks that the rows of others stay.
func (f *fixture) wantOthersKept(t *testing.T) {
	t.Helper()
	members, err := f.Members(t.Context(), "c1")
	must(t, err)
	if len(members) != 1 || members[0].ID != "stays" || members[0].Email == "" {
		t.Errorf("members = %+v, want who was not erased", members)
	}
	inbox, err := f.Inbox(t.Context(), "stays", 10)
	must(t, err)
	if len(inbox.Messages) != 1 || inbox.Messages[0].Body != "for both" {
		t.Errorf("inbox = %+v, want what was to both", inbox)
	}
	if _, err := f.ReportFile(t.Context(), "c2", "lena", "c2"); err != nil {
		t.Errorf("the report of a cohort that they were not in = %v, want it kept", err)
	}
	told, err := f.Notices(t.Context(), "stays")
	must(t, err)
	if len(told) != 1 {
		t.Errorf("notices = %v, want that of who was not erased", told)
	}
}

func testErasureRefused(t *testing.T, f *fixture) {
	f.leaveTraces(t)
	before := f.dump(t)
	err := f.Erase(t.Context(), gone.ID, func(u identity.User, otherAdmins int) (identity.Erasure, error) {
		if diff := cmp.Diff(gone, u); diff != "" || otherAdmins != 0 {
			t.Errorf("decides on %d admins and (-want +got):\n%s", otherAdmins, diff)
		}
		return erasure(u), errs.New(errs.Conflict, "refused", "No.")
	})
	if errs.CodeOf(err) != "refused" {
		t.Errorf("a refused erasure = %v, want the decision's own error", err)
	}
	nothing := func(identity.User, int) (identity.Erasure, error) { return identity.Erasure{}, nil }
	must(t, f.Erase(t.Context(), gone.ID, nothing))
	wantKind(t, "Erase of nobody", f.Erase(t.Context(), "nobody", nothing), errs.NotFound)
	if diff := cmp.Diff(before, f.dump(t)); diff != "" {
		t.Errorf("refused erasures changed something (-before +after):\n%s", diff)
	}
}

// testErasureRace: of three admins who are erased at once by one another, the
// last stays.
func testErasureRace(t *testing.T, f *fixture) {
	admins := []identity.UserID{"admin 1", "admin 2", "admin 3"}
	for _, id := range admins {
		u := identity.User{ID: id, Username: string(id), Name: "A", Role: identity.Admin, Locale: "en", CreatedAt: started}
		must(t, f.CreateUser(t.Context(), u, entry("user.create", string(id))))
	}
	var erased atomic.Int32
	var wg sync.WaitGroup
	for _, id := range admins {
		wg.Go(func() {
			err := f.Erase(context.Background(), id, func(u identity.User, otherAdmins int) (identity.Erasure, error) {
				if otherAdmins == 0 {
					return identity.Erasure{}, errRefused
				}
				return erasure(u), nil
			})
			if err == nil {
				erased.Add(1)
			}
		})
	}
	wg.Wait()
	if n := erased.Load(); n != 2 {
		t.Errorf("%d of 3 admins were erased, want 2", n)
	}
}

// testErasedTwice: the username is free again, and whoever has it then can be
// erased too.
func testErasedTwice(t *testing.T, f *fixture) {
	for _, id := range []identity.UserID{"0193-first", "0193-second"} {
		u := gone
		u.ID = id
		must(t, f.CreateUser(t.Context(), u, entry("user.create", string(id))))
		must(t, f.erase(t.Context(), id))
	}
	f.wantCounts(t, 3, 5)
}

// dump gives every row of some tables as text, of all where none is named.
func (f *fixture) dump(t *testing.T, tables ...string) string {
	t.Helper()
	if len(tables) == 0 {
		tables = f.tables(t)
	}
	var out strings.Builder
	for _, table := range tables {
		fmt.Fprintf(&out, "== %s\n%s\n", table, strings.Join(f.rows(t, table), "\n"))
	}
	return out.String()
}

// tables lists all tables.
func (f *fixture) tables(t *testing.T) []string {
	t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if !strings.HasPrefix(f.url, "sqlite://") {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
	}
	list := strings.Split(f.column(t, query), ",")
	slices.Sort(list)
	return list
}

// rows gives the rows of a table as text, sorted.
func (f *fixture) rows(t *testing.T, table string) []string {
	t.Helper()
	rows, err := f.raw(t).QueryContext(t.Context(), `SELECT * FROM "`+table+`"`)
	must(t, err)
	defer func() { must(t, rows.Close()) }()
	columns, err := rows.Columns()
	must(t, err)
	var all []string
	for rows.Next() {
		row, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			targets[i] = &row[i]
		}
		must(t, rows.Scan(targets...))
		for i, value := range row {
			if text, ok := value.([]byte); ok {
				row[i] = string(text)
			}
		}
		all = append(all, fmt.Sprint(row...))
	}
	must(t, rows.Err())
	slices.Sort(all)
	return all
}
