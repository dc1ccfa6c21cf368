package trail_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/store"
	"muster/internal/trail"
)

var (
	start = time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)
	admin = identity.Actor{ID: "anna", Role: identity.Admin}
)

// newTrail gives the service on a SQLite file of its own with so many entries.
func newTrail(t *testing.T, entries int) (*trail.Service, *store.Store) {
	t.Helper()
	kept, err := store.Open(t.Context(), store.Config{URL: filepath.Join(t.TempDir(), "muster.db")})
	must(t, err)
	t.Cleanup(func() { must(t, kept.Close(context.Background())) })
	for n := range entries {
		must(t, kept.Audit(t.Context(), audit.Entry{At: start.Add(time.Duration(n) * time.Hour), Actor: audit.System, Action: "test.one", Object: fmt.Sprint(n)}))
	}
	return &trail.Service{Store: kept, Now: func() time.Time { return start }}, kept
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestOnlyAdministratorsRead(t *testing.T) {
	t.Parallel()
	s, _ := newTrail(t, 1)
	for _, role := range append([]identity.Role{""}, identity.Roles...) {
		actor := identity.Actor{ID: "anna", Role: role}
		_, entries := s.Entries(t.Context(), actor, trail.Query{Limit: 1})
		_, check := s.Verify(t.Context(), actor)
		for _, err := range []error{entries, check} {
			if (errs.KindOf(err) == errs.Forbidden) == (role == identity.Admin) {
				t.Errorf("a %s reads: %v", role, err)
			}
		}
	}
}

// TestPages: the parts follow each other without a gap, newest first, to the oldest.
func TestPages(t *testing.T) {
	t.Parallel()
	s, _ := newTrail(t, 5)
	var seen []int64
	var before int64
	for range 3 {
		page, err := s.Entries(t.Context(), admin, trail.Query{Limit: 2, Before: before})
		must(t, err)
		for _, e := range page.Entries {
			seen = append(seen, e.Seq)
		}
		before = page.Next
	}
	if diff := cmp.Diff([]int64{5, 4, 3, 2, 1}, seen); diff != "" || before != 0 {
		t.Errorf("the parts end with %d and differ (-want +got):\n%s", before, diff)
	}
	whole, err := s.Entries(t.Context(), admin, trail.Query{Limit: 5})
	must(t, err)
	if len(whole.Entries) != 5 || whole.Next != 0 {
		t.Errorf("all five at once: %d, and then %d", len(whole.Entries), whole.Next)
	}
}

func TestQueriesThatCannotBe(t *testing.T) {
	t.Parallel()
	s, _ := newTrail(t, 0)
	for name, q := range map[string]trail.Query{
		"none": {}, "too many": {Limit: trail.MaxEntries + 1}, "before the first": {Limit: 1, Before: -1},
		"to the start": {Limit: 1, From: start, To: start}, "backwards": {Limit: 1, From: start, To: start.Add(-1)},
	} {
		if _, err := s.Entries(t.Context(), admin, q); errs.KindOf(err) != errs.Invalid {
			t.Errorf("Entries %s = %v, want Invalid", name, err)
		}
	}
}

// checked is a store whose check ends as it says.
type checked struct {
	trail.Store
	entries int64
	err     error
	took    time.Duration
}

func (c checked) VerifyAudit(ctx context.Context) (int64, error) {
	select {
	case <-ctx.Done():
		return c.entries, ctx.Err()
	case <-time.After(c.took):
		return c.entries, c.err
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	broken := errs.New(errs.Conflict, "audit_broken", "Broken.")
	failed := errors.New("the disk is gone")
	tests := map[string]struct {
		store checked
		want  trail.Verification
		code  string
		err   error
	}{
		"a chain that holds":     {store: checked{entries: 7}, want: trail.Verification{Entries: 7}},
		"one that does not":      {store: checked{entries: 2, err: broken}, want: trail.Verification{Entries: 2, BrokenAt: 3}},
		"one that takes a while": {store: checked{entries: 7, took: 29 * time.Second}, want: trail.Verification{Entries: 7}},
		"one that is too long":   {store: checked{took: time.Hour}, code: "trail_long", err: context.DeadlineExceeded},
		"one that is not read":   {store: checked{err: failed}, err: failed},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := trail.Service{Store: test.store}
				got, err := s.Verify(t.Context(), admin)
				if got != test.want || !errors.Is(err, test.err) || errs.CodeOf(err) != test.code {
					t.Errorf("Verify = %+v, %v, want %+v, %v", got, err, test.want, test.err)
				}
			})
		})
	}
}

// TestDenials: whoever is refused a thousand times is told of once in a window.
func TestDenials(t *testing.T) {
	t.Parallel()
	s, kept := newTrail(t, 0)
	now := start
	s.Now = func() time.Time { return now }
	trainee := identity.Actor{ID: "amina", Role: identity.Trainee}
	deny := func(actor identity.Actor, operation string) {
		t.Helper()
		for range 1000 {
			must(t, s.Deny(t.Context(), actor, operation))
		}
	}
	deny(trainee, "auditTrail")
	deny(trainee, "cohorts")
	deny(identity.Actor{ID: "boris", Role: identity.Trainer}, "cohorts")
	now = now.Add(15*time.Minute - 1)
	deny(trainee, "cohorts")
	now = now.Add(1)
	deny(trainee, "cohorts")
	entries, err := kept.AuditEntries(t.Context(), 0, 100)
	must(t, err)
	var got []string
	for _, e := range entries {
		got = append(got, fmt.Sprintf("%s %s %s %s", e.Actor, e.Action, e.Object, e.Detail))
	}
	want := []string{
		`amina access.deny auditTrail {"role":"trainee"}`, `amina access.deny cohorts {"role":"trainee"}`,
		`boris access.deny cohorts {"role":"trainer"}`, `amina access.deny cohorts {"role":"trainee"}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}
