package api

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/bank"
	"muster/internal/blueprint"
	"muster/internal/cohort"
	"muster/internal/credential"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/itemanalysis"
	"muster/internal/learning"
	"muster/internal/library"
	"muster/internal/marking"
	"muster/internal/question"
	"muster/internal/readiness"
	"muster/internal/regrade"
	"muster/internal/review"
	"muster/internal/store"
	"muster/internal/trail"
)

// world is the whole application on a SQLite file of its own, with a clock that
// stands still until it is moved, ids that count up and papers that are always
// drawn alike.
type world struct {
	*testing.T
	server    *Server
	app       *fiber.App
	described huma.API
	catalogue *curriculum.Catalogue
	path      string // of the database

	mu  sync.Mutex
	now time.Time
	ids int
}

// secret is the key of tokens and, for the tests' sake, of their successors.
var secret = []byte("0123456789abcdef0123456789abcdef")

const password = "three slow yellow lorries"

// newWorld opens an empty application; change may set what a test needs.
func newWorld(t *testing.T, change ...func(*Server)) *world {
	t.Helper()
	w := &world{T: t, catalogue: handmade(), path: filepath.Join(t.TempDir(), "muster.db"), now: time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)}
	kept, err := store.Open(t.Context(), store.Config{URL: w.path, Now: w.clock})
	w.must(err)
	t.Cleanup(func() {
		if err := kept.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	hasher := identity.NewHasher()
	people := &identity.Service{Store: kept, Hasher: hasher, Now: w.clock, NewID: w.newID, Secret: secret}
	exams := &assessment.Service{Store: kept, Bank: kept, Catalogue: w.catalogue, Exposure: kept, Overrides: kept, Now: w.clock, NewID: w.newID, NewSeed: func() int64 { return 7 }}
	w.must(exams.Publish(t.Context()))
	cohorts := &cohort.Service{Store: kept, Identity: people, Catalogue: w.catalogue, Now: w.clock, NewID: w.newID}
	study := &learning.Service{Store: kept, Kept: kept, Attempts: kept, Cohorts: kept, Starter: exams, Showing: exams, Catalogue: w.catalogue, Now: w.clock}
	w.server = &Server{
		Identity: people, Assessment: exams, Catalogue: w.catalogue, Tokens: NewTokens(secret, w.clock),
		Cohorts: cohorts, Learning: study,
		Readiness:  &readiness.Service{Cohorts: cohorts, Learning: study, Attempts: kept, Credentials: kept, Trail: kept, Catalogue: w.catalogue, Now: w.clock},
		Blueprints: &blueprint.Service{Store: kept, Versions: kept, Catalogue: w.catalogue, Past: nobody{}, Now: w.clock, NewID: w.newID},
		Bank:       &bank.Service{Store: kept, Catalogue: w.catalogue, Pictures: kept, Now: w.clock, NewID: w.newID},
		Taken:      kept,
		Review:     &review.Service{Store: kept, Catalogue: w.catalogue, Now: w.clock, NewID: w.newID},
		Trail:      &trail.Service{Store: kept, Now: w.clock},
		Logger:     slog.New(slog.DiscardHandler), Now: w.clock, NewID: w.newID, Ready: kept.Ping,
	}
	w.server.Analysis = &itemanalysis.Service{Store: kept, Attempts: kept, Bank: exams, Catalogue: w.catalogue, Now: w.clock}
	exams.Rulings = kept
	w.server.Marking = &marking.Service{Store: kept, Marker: exams, Bank: kept}
	w.server.Regrades = &regrade.Service{Store: kept, Told: kept, Grader: exams, Bank: kept, Catalogue: w.catalogue, Now: w.clock, NewID: w.newID}
	w.server.Reports = &readiness.Reports{Readiness: w.server.Readiness, Store: kept, Site: "https://muster.test", NewID: w.newID}
	w.server.Credentials = &credential.Service{
		Store: kept, Keys: kept, Attempts: kept, Coordinators: kept, Cohorts: cohorts, Catalogue: w.catalogue, Signer: credential.NewSigner(secret),
		Site: "https://muster.test", Now: w.clock, NewID: w.newID,
	}
	w.server.Library = &library.Service{
		Store: kept, Corrections: kept, Decisions: kept, Bank: w.server.Bank, Catalogue: w.catalogue, Now: w.clock, NewID: w.newID,
	}
	w.server.Bank.Passages = w.server.Library
	study.Certificates = w.server.Credentials
	for _, f := range change {
		f(w.server)
	}
	w.must(w.server.Bank.Seed(t.Context()))
	w.app, w.described, err = w.server.build()
	w.must(err)
	return w
}

// nobody has answered anything.
type nobody struct{}

func (nobody) Records(context.Context, []question.ID) (map[question.ID]blueprint.Record, error) {
	return nil, nil
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// newID makes ids that no id of a test is like.
func (w *world) newID() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ids++
	return fmt.Sprintf("01890000-0000-7000-8000-%012d", w.ids)
}

func (w *world) later(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// register makes a person; their password is password.
func (w *world) register(name string, role identity.Role) identity.User {
	w.Helper()
	user, err := w.server.Identity.Register(w.Context(), identity.Registration{Username: name, Password: password, Name: name, Role: role}, "test")
	w.must(err)
	return user
}

// operator is who makes what a test needs to be there.
var operator = identity.Actor{ID: "test", Role: identity.Admin}

// unit makes a cohort that nobody coordinates but admins.
func (w *world) unit(deploysOn string) cohort.Cohort {
	w.Helper()
	made, err := w.server.Cohorts.Create(w.Context(), operator, cohort.Plan{Name: "First", DeploysOn: deploysOn})
	w.must(err)
	return made
}

// person makes somebody and gives their access token.
func (w *world) person(name string, role identity.Role) string {
	w.Helper()
	return w.token(w.register(name, role))
}

// token starts a session and gives its access token.
func (w *world) token(user identity.User) string {
	w.Helper()
	signed, err := w.server.Identity.Begin(w.Context(), user)
	w.must(err)
	token, err := w.server.Tokens.Issue(user.ID, signed.Session)
	w.must(err)
	return token
}

// answer is what came back for a request.
type answer struct {
	t      *testing.T
	route  string
	status int
	header http.Header
	raw    []byte
}

// call sends a request; body is a string or []byte as it is, nil for none, or
// something to encode. headers are name, value, name, value.
func (w *world) call(method, path, token string, body any, headers ...string) answer {
	w.Helper()
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	case []byte:
		reader = bytes.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		w.must(err)
		reader = bytes.NewReader(raw)
	}
	request, err := http.NewRequestWithContext(w.Context(), method, "http://muster.test"+path, reader)
	w.must(err)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header[http.CanonicalHeaderKey(headers[i])] = strings.Split(headers[i+1], "\n")
	}
	response, err := w.app.Test(request, -1)
	w.must(err)
	raw, err := io.ReadAll(response.Body)
	w.must(err)
	w.must(response.Body.Close())
	return answer{t: w.T, route: method + " " + path, status: response.StatusCode, header: response.Header, raw: raw}
}

// want fails the test where the status is another.
func (a answer) want(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s = %d %s, want %d", a.route, a.status, a.raw, status)
	}
	return a
}

// wantCode fails the test where the reply is not the problem with the status
// and the code.
func (a answer) wantCode(status int, code string) answer {
	a.t.Helper()
	a.want(status)
	if p := decode[Problem](a); p.Code != code || p.Status != status || p.Detail == "" || !a.isProblem() {
		a.t.Fatalf("%s = %s %s, want a problem with code %s", a.route, a.header.Get("Content-Type"), a.raw, code)
	}
	return a
}

func (a answer) isProblem() bool { return a.header.Get("Content-Type") == "application/problem+json" }

func decode[T any](a answer) T {
	a.t.Helper()
	var out T
	decoder := json.NewDecoder(bytes.NewReader(a.raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&out); err != nil {
		a.t.Fatalf("%s = %s: %v", a.route, a.raw, err)
	}
	return out
}

// dump gives every row of every table, so that a change anywhere is seen.
func (w *world) dump() string {
	w.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.path+"?mode=ro&_query_only=1")
	w.must(err)
	defer func() { w.must(db.Close()) }()
	var out strings.Builder
	for _, table := range column(w, db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") {
		fmt.Fprintf(&out, "== %s\n", table)
		for _, row := range rows(w, db, `SELECT * FROM "`+table+`"`) {
			fmt.Fprintf(&out, "%v\n", row)
		}
	}
	return out.String()
}

func column(w *world, db *sql.DB, query string) []string {
	w.Helper()
	var out []string
	for _, row := range rows(w, db, query) {
		out = append(out, fmt.Sprint(row[0]))
	}
	return out
}

func rows(w *world, db *sql.DB, query string) [][]any {
	w.Helper()
	found, err := db.QueryContext(w.Context(), query)
	w.must(err)
	defer func() { w.must(found.Close()) }()
	columns, err := found.Columns()
	w.must(err)
	var out [][]any
	for found.Next() {
		row, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			targets[i] = &row[i]
		}
		w.must(found.Scan(targets...))
		out = append(out, row)
	}
	w.must(found.Err())
	return out
}

// wantJSON compares a whole reply.
func wantJSON(a answer, want string) {
	a.t.Helper()
	var expected any
	if err := json.Unmarshal([]byte(want), &expected); err != nil {
		a.t.Fatalf("%v in %s", err, want)
	}
	if diff := cmp.Diff(expected, decode[any](a)); diff != "" {
		a.t.Errorf("%s (-want +got):\n%s", a.route, diff)
	}
}
