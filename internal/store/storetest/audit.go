package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/jackc/pgx/v5/stdlib" // for raw
	_ "github.com/mattn/go-sqlite3"    // for raw

	"muster/internal/audit"
	"muster/internal/errs"
)

// auditCases are those of what was done, and of what is forgotten of it.
func auditCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"the audit trail is one chain":             testAuditChain,
		"the audit trail of many at once holds":    testConcurrentAudit,
		"the audit trail shows tampering":          testAuditTampering,
		"the audit trail shows forged entries":     testForgedEntry,
		"the audit trail is read by what it tells": testTrail,
		"what is over is forgotten by its limits":  testForget,
	}
}

func testAuditChain(t *testing.T, f *fixture) {
	must(t, f.Audit(t.Context(), entry("key.change", "q1"), entry("export.make", "cohort")))
	must(t, f.Audit(t.Context(), entry("role.change", "u1")))
	must(t, f.Audit(t.Context()))
	got, err := f.AuditEntries(t.Context(), 1, 10)
	must(t, err)
	before, err := f.AuditEntries(t.Context(), 0, 1)
	must(t, err)
	want := []audit.Entry{entry("key.change", "q1"), entry("export.make", "cohort"), entry("role.change", "u1")}
	last := before[0]
	for i := range want {
		want[i] = audit.Seal(want[i], last.Seq, last.Hash)
		last = want[i]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("AuditEntries differ (-want +got):\n%s", diff)
	}
	n, err := f.VerifyAudit(t.Context())
	if n != 4 || err != nil {
		t.Errorf("VerifyAudit = %d, %v, want 4, nil", n, err)
	}
}

func testConcurrentAudit(t *testing.T, f *fixture) {
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			if err := f.Audit(context.Background(), entry("key.change", fmt.Sprint(n))); err != nil {
				t.Errorf("Audit: %v", err)
			}
		})
	}
	wg.Wait()
	n, err := f.VerifyAudit(t.Context())
	if n != 21 || err != nil {
		t.Errorf("VerifyAudit = %d, %v, want 21, nil", n, err)
	}
}

func testAuditTampering(t *testing.T, f *fixture) {
	must(t, f.Audit(t.Context(), entry("key.change", "q1"), entry("key.change", "q2")))
	db := f.raw(t)
	for _, change := range []string{"UPDATE audit_entries SET actor = 'nobody'", "DELETE FROM audit_entries WHERE seq = 3"} {
		if _, err := db.ExecContext(t.Context(), change); err == nil {
			t.Errorf("%s = nil, want it refused", change)
		}
	}
	_, err := db.ExecContext(t.Context(), "UPDATE audit_head SET seq = 2") // as if the end had been cut off
	must(t, err)
	if n, err := f.VerifyAudit(t.Context()); errs.CodeOf(err) != "audit_broken" {
		t.Errorf("VerifyAudit of a changed trail = %d, %v, want audit_broken", n, err)
	}
}

// raw gives the way around the store that somebody with the password has.
func (f *fixture) raw(t *testing.T) *sql.DB {
	t.Helper()
	if f.around != nil {
		return f.around
	}
	driver, name := "pgx", f.url
	if path, ok := strings.CutPrefix(f.url, "sqlite://"); ok {
		driver, name = "sqlite3", path
	}
	db, err := sql.Open(driver, name)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	f.around = db
	return db
}
