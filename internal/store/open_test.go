package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/errs"
)

func openTemporary(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), Config{URL: filepath.Join(t.TempDir(), "muster.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.Background()) })
	return s
}

func TestParseTarget(t *testing.T) {
	t.Parallel()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		url  string
		want target
	}{
		"absolute":           {"sqlite:///var/m.db", target{dialect: dialectSQLite, path: "/var/m.db"}},
		"relative":           {"sqlite:m.db", target{dialect: dialectSQLite, path: filepath.Join(folder, "m.db")}},
		"relative, slashes":  {"sqlite://m.db", target{dialect: dialectSQLite, path: filepath.Join(folder, "m.db")}},
		"plain path":         {"/var/a b.db", target{dialect: dialectSQLite, path: "/var/a b.db"}},
		"path with a colon":  {"./a:b.db", target{dialect: dialectSQLite, path: filepath.Join(folder, "a:b.db")}},
		"server":             {"postgres://h/d", target{dialect: dialectPostgres, url: "postgres://h/d"}},
		"server by socket":   {"postgres:///d?host=/tmp", target{dialect: dialectPostgres, url: "postgres:///d?host=/tmp"}},
		"nothing":            {"", target{}},
		"no file":            {"sqlite://", target{}},
		"a folder":           {"/var/", target{}},
		"another database":   {"mysql://h/d", target{}},
		"parameters in path": {"/var/m.db?_synchronous=OFF", target{}},
		"no host":            {"postgres://", target{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := parseTarget(test.url)
			if got != test.want {
				t.Errorf("parseTarget(%q) = %+v, want %+v", test.url, got, test.want)
			}
			if (err == nil) != (test.want != target{}) || err != nil && errs.CodeOf(err) != "bad_database_url" {
				t.Errorf("parseTarget(%q) = %v", test.url, err)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		prepare func(t *testing.T, path string)
		code    string
	}{
		"a folder that is not there": {func(t *testing.T, path string) { must(t, os.Remove(filepath.Dir(path))) }, "database_unwritable"},
		"a file that another has open": {func(t *testing.T, path string) {
			lock, err := lockFile(path)
			must(t, err)
			t.Cleanup(func() { must(t, lock.release()) })
		}, "database_in_use"},
		"a file that is no database": {func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte(strings.Repeat("not a database ", 100)), 0o600))
		}, "database_unusable"},
		"a schema of a newer program": {func(t *testing.T, path string) {
			s, err := Open(t.Context(), Config{URL: path})
			must(t, err)
			must(t, s.write(t.Context(), func(tx *gorm.DB) error {
				return tx.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)").Error
			}))
			must(t, s.Close(t.Context()))
		}, "schema_newer"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "in", "muster.db")
			must(t, os.Mkdir(filepath.Dir(path), 0o700))
			test.prepare(t, path)
			s, err := Open(t.Context(), Config{URL: path})
			if s != nil || errs.CodeOf(err) != test.code {
				t.Errorf("Open = %v, %v, want code %s", s, err, test.code)
			}
		})
	}
}

func TestSecureRefusesWeakPragmas(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "muster.db")
	for _, weak := range []string{
		strings.Replace(pragmasOfAll, "_synchronous=FULL", "_synchronous=NORMAL", 1),
		strings.Replace(pragmasOfAll, "_foreign_keys=1", "_foreign_keys=0", 1),
		"_pragma=synchronous(FULL)", // what another driver understands
	} {
		pool := sqlitePool("file:"+path+"?"+weak, 1, nil)
		if err := pool.Ping(); err == nil || !strings.Contains(err.Error(), "pragma") {
			t.Errorf("a connection with %s = %v, want it refused", weak, err)
		}
		must(t, pool.Close())
	}
}

func TestReaderCannotWrite(t *testing.T) {
	t.Parallel()
	s := openTemporary(t)
	if err := s.read(t.Context()).Exec("DELETE FROM throttles").Error; err == nil {
		t.Error("a write by the reading pool = nil, want an error")
	}
}

func TestMigrationsGoDownOneStep(t *testing.T) {
	t.Parallel()
	pool := sqlitePool("file:"+filepath.Join(t.TempDir(), "muster.db")+"?"+pragmasOfWriter, 1, nil)
	t.Cleanup(func() { must(t, pool.Close()) })
	provider, err := newProvider(dialectSQLite, pool)
	must(t, err)
	for range provider.ListSources() {
		_, err := provider.UpByOne(t.Context())
		must(t, err)
		_, err = provider.Down(t.Context())
		must(t, err)
		_, err = provider.UpByOne(t.Context())
		must(t, err)
	}
}

// TestAssignmentsMoveWithTheirTable: what was assigned before exams could be is
// there afterwards, and after going back.
func TestAssignmentsMoveWithTheirTable(t *testing.T) {
	t.Parallel()
	pool := sqlitePool("file:"+filepath.Join(t.TempDir(), "muster.db")+"?"+pragmasOfWriter, 1, nil)
	t.Cleanup(func() { must(t, pool.Close()) })
	provider, err := newProvider(dialectSQLite, pool)
	must(t, err)
	run := func(statement string) {
		t.Helper()
		_, err := pool.ExecContext(t.Context(), statement)
		must(t, err)
	}
	found := func(query string) (line string) {
		t.Helper()
		must(t, pool.QueryRowContext(t.Context(), query).Scan(&line))
		return line
	}
	_, err = provider.UpTo(t.Context(), 8)
	must(t, err)
	run("INSERT INTO cohorts (id, name, join_code, created_at) VALUES ('c', 'Bravo', 'AAAA-2222', 1)")
	run("INSERT INTO assignments (cohort_id, module, due_on) VALUES ('c', 'm', '2027-03-01')")
	_, err = provider.UpTo(t.Context(), 9)
	must(t, err)
	if got := found("SELECT cohort_id || kind || slug || due_on FROM assignments"); got != "cmodulem2027-03-01" {
		t.Errorf("after migration 9 the assignment is %s", got)
	}
	run("INSERT INTO assignments (cohort_id, kind, slug, due_on) VALUES ('c', 'exam', 'm', '2027-03-01')")
	_, err = provider.Down(t.Context())
	must(t, err)
	if got := found("SELECT GROUP_CONCAT(cohort_id || module || due_on) FROM assignments"); got != "cm2027-03-01" {
		t.Errorf("back before migration 9 the assignments are %s", got)
	}
}

func TestAuditIsNeverChanged(t *testing.T) {
	t.Parallel()
	s := openTemporary(t)
	must(t, s.Audit(t.Context(), audit.Entry{Action: "test.one"}, audit.Entry{Action: "test.two"}))
	for _, change := range []string{"UPDATE audit_entries SET actor = 'me'", "DELETE FROM audit_entries WHERE seq = 2"} {
		err := s.write(t.Context(), func(tx *gorm.DB) error { return tx.Exec(change).Error })
		if err == nil {
			t.Errorf("%s = nil, want it refused", change)
		}
	}
	must(t, s.write(t.Context(), func(tx *gorm.DB) error { return tx.Exec("DROP TRIGGER audit_entries_no_delete").Error }))
	must(t, s.write(t.Context(), func(tx *gorm.DB) error { return tx.Exec("DELETE FROM audit_entries WHERE seq = 2").Error }))
	if n, err := s.VerifyAudit(t.Context()); n != 1 || errs.CodeOf(err) != "audit_broken" {
		t.Errorf("VerifyAudit of a trail whose end was cut off = %d, %v, want 1, audit_broken", n, err)
	}
}

func TestFault(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		want errs.Kind
	}{
		"disk full":                 {sqlite3.Error{Code: sqlite3.ErrFull}, errs.Unavailable},
		"server is stopped":         {&pgconn.PgError{Code: "57P01"}, errs.Unavailable},
		"server became a standby":   {&pgconn.PgError{Code: "25006"}, errs.Unavailable},
		"server fell silent":        {fmt.Errorf("receive: %w", io.ErrUnexpectedEOF), errs.Unavailable},
		"link was cut":              {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, errs.Unavailable},
		"connection is of no use":   {driver.ErrBadConn, errs.Unavailable},
		"a row that may not be":     {&pgconn.PgError{Code: "23514"}, errs.Internal},
		"whatever is not foreseen":  {os.ErrInvalid, errs.Internal},
		"a domain error as it came": {errs.Missing("attempt"), errs.NotFound},
	} {
		if err := fault(test.err, "write"); errs.KindOf(err) != test.want {
			t.Errorf("fault(%s) = %v of kind %d, want %d", name, err, errs.KindOf(err), test.want)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
