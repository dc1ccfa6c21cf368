package cohort_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/store"
)

const address = "203.0.113.7"

var today = time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)

// camp is the service on a SQLite file of its own, with a clock that stands still.
type camp struct {
	*cohort.Service
	store *store.Store
	mu    sync.Mutex
	ids   int
}

func newCamp(t *testing.T) *camp {
	t.Helper()
	kept, err := store.Open(t.Context(), store.Config{URL: filepath.Join(t.TempDir(), "muster.db")})
	must(t, err)
	t.Cleanup(func() { must(t, kept.Close(context.Background())) })
	hasher, err := identity.NewHasher()
	must(t, err)
	c := &camp{store: kept}
	now := func() time.Time { return today }
	people := &identity.Service{Store: kept, Hasher: hasher, Now: now, NewID: c.newID, Secret: make([]byte, 32)}
	c.Service = &cohort.Service{Store: kept, Identity: people, Now: now, NewID: c.newID}
	return c
}

func (c *camp) newID() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ids++
	return fmt.Sprintf("id-%d", c.ids)
}

func registration(username string) identity.Registration {
	return identity.Registration{Username: username, Password: "three slow yellow lorries", Name: "A. Person"}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, doing string, err error, want string) {
	t.Helper()
	if errs.CodeOf(err) != want || want == "" && err != nil {
		t.Errorf("%s = %v, want code %q", doing, err, want)
	}
}

func TestCreate(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	tests := map[string]struct {
		name, deploys string
		due           []string
		field         string // refused for it, "" = made
	}{
		"with all":                 {"Bravo company", "2027-06-01", []string{"2027-03-01", "2027-04-01"}, ""},
		"with a name alone":        {"  Bravo  ", "", nil, ""},
		"without a name":           {" \t", "", nil, "name"},
		"with a long name":         {strings.Repeat("é", 120), "", nil, ""},
		"with one too long":        {strings.Repeat("é", 121), "", nil, "name"},
		"with a date that is none": {"Bravo", "2027-02-30", nil, "deploys_on"},
		"with no due date":         {"Bravo", "", []string{"2027-03-01", ""}, "due_on"},
		"with a bad due date":      {"Bravo", "", []string{"soon"}, "due_on"},
	}
	made := 0
	for name, test := range tests {
		var assignments []cohort.Assignment
		for i, on := range test.due {
			assignments = append(assignments, cohort.Assignment{Module: curriculum.ModuleSlug(fmt.Sprint("module-", i)), DueOn: on})
		}
		got, err := c.Create(t.Context(), test.name, test.deploys, assignments, "coordinator")
		if test.field != "" {
			var refusal *errs.Error
			if !errors.As(err, &refusal) || refusal.Kind != errs.Invalid || refusal.Fields[test.field] == "" {
				t.Errorf("Create %s = %v, want Invalid about %s", name, err, test.field)
			}
			continue
		}
		must(t, err)
		made++
		kept, err := c.store.CohortByCode(t.Context(), got.JoinCode)
		must(t, err)
		if diff := cmp.Diff(got, kept); diff != "" || got.Name != strings.TrimSpace(test.name) {
			t.Errorf("Create %s gave another cohort than is kept (-given +kept):\n%s", name, diff)
		}
	}
	entries, err := c.store.AuditEntries(t.Context(), 0, 20)
	must(t, err)
	if len(entries) != made || entries[0].Action != cohort.ActionCreate || entries[0].Actor != "coordinator" {
		t.Errorf("audit = %+v, want one entry for each of %d cohorts", entries, made)
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	made, err := c.Create(t.Context(), "Bravo", "2027-06-01", []cohort.Assignment{{Module: "second", DueOn: "2027-04-01"}, {Module: "first", DueOn: "2027-03-01"}}, "coordinator")
	must(t, err)
	r := registration("anna")
	r.Role = identity.Admin // what a client says of its role is not heard
	typed := strings.ToLower(strings.ReplaceAll(made.JoinCode, "-", " "))
	user, err := c.Join(t.Context(), typed, r, address)
	must(t, err)
	if user.Role != identity.Trainee {
		t.Errorf("who joins is a %s, want a trainee", user.Role)
	}
	got, err := c.Memberships(t.Context(), identity.Actor{ID: user.ID})
	must(t, err)
	want := []cohort.Membership{{Cohort: made, Assignments: []cohort.Assignment{
		{Cohort: made.ID, Module: "first", DueOn: "2027-03-01"}, {Cohort: made.ID, Module: "second", DueOn: "2027-04-01"},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("memberships (-want +got):\n%s", diff)
	}
	entries, err := c.store.AuditEntries(t.Context(), 1, 20)
	must(t, err)
	if len(entries) != 2 || entries[0].Action != identity.ActionCreate || entries[1].Action != cohort.ActionJoin || entries[1].Object != string(made.ID) {
		t.Errorf("audit of joining = %+v, want the account and the enrolment", entries)
	}
}

func TestJoinRefuses(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	made, err := c.Create(t.Context(), "Bravo", "", nil, "coordinator")
	must(t, err)
	_, err = c.Join(t.Context(), made.JoinCode, registration("anna"), address)
	must(t, err)
	short := registration("boris")
	short.Password = "short"
	tests := map[string]struct {
		code string
		r    identity.Registration
		want string
	}{
		"with a wrong code":       {"2345-6789", registration("boris"), "wrong_code"},
		"with what is no code":    {"日本é\x00", registration("boris"), "wrong_code"},
		"with no code":            {"", registration("boris"), "wrong_code"},
		"twice":                   {made.JoinCode, registration("anna"), "username_taken"},
		"twice in other capitals": {made.JoinCode, registration("ANNA"), "username_taken"},
		"with a short password":   {made.JoinCode, short, "weak_password"},
	}
	for name, test := range tests {
		_, err := c.Join(t.Context(), test.code, test.r, address)
		wantCode(t, "Join "+name, err, test.want)
	}
	if n, err := c.store.CountUsers(t.Context()); n != 1 || err != nil {
		t.Errorf("%d users, %v, want only the one that joined", n, err)
	}
}

// TestJoinAtOnce: a double tap makes one account.
func TestJoinAtOnce(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	made, err := c.Create(t.Context(), "Bravo", "", nil, "coordinator")
	must(t, err)
	var wg sync.WaitGroup
	joined := make(chan identity.User, 4)
	for range cap(joined) {
		wg.Go(func() {
			user, err := c.Join(context.Background(), made.JoinCode, registration("anna"), address)
			switch {
			case err == nil:
				joined <- user
			case errs.CodeOf(err) != "username_taken":
				t.Errorf("Join = %v, want username_taken", err)
			}
		})
	}
	wg.Wait()
	if len(joined) != 1 {
		t.Fatalf("%d joined, want one", len(joined))
	}
	got, err := c.Memberships(t.Context(), identity.Actor{ID: (<-joined).ID})
	must(t, err)
	if len(got) != 1 {
		t.Errorf("%d memberships, want one", len(got))
	}
}

// TestGuessingCodes: wrong codes block the address, also for a right one.
func TestGuessingCodes(t *testing.T) {
	t.Parallel()
	c := newCamp(t)
	made, err := c.Create(t.Context(), "Bravo", "", nil, "coordinator")
	must(t, err)
	for range 60 {
		_, err := c.Join(t.Context(), "2345-6789", registration("anna"), address)
		wantCode(t, "a guess", err, "wrong_code")
	}
	_, err = c.Join(t.Context(), made.JoinCode, registration("anna"), address)
	wantCode(t, "the right code from a blocked address", err, "throttled")
	_, err = c.Join(t.Context(), made.JoinCode, registration("anna"), "198.51.100.1")
	must(t, err)
}
