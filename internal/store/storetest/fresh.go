package storetest

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// FreshSQLite gives the URL of a new SQLite file.
func FreshSQLite(t *testing.T) string {
	t.Helper()
	return "sqlite://" + filepath.Join(t.TempDir(), "muster.db")
}

// FreshPostgres gives a function that makes a schema of its own on a server
// for each test, and the URL that leads there.
func FreshPostgres(server string) func(t *testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		config, err := pgx.ParseConfig(server)
		must(t, err)
		db := stdlib.OpenDB(*config)
		schema := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
		_, err = db.ExecContext(t.Context(), "CREATE SCHEMA "+schema)
		must(t, err)
		t.Cleanup(func() { drop(t, db, schema) })
		u, err := url.Parse(server)
		must(t, err)
		query := u.Query()
		query.Set("search_path", schema)
		u.RawQuery = query.Encode()
		return u.String()
	}
}

func drop(t *testing.T, db *sql.DB, schema string) {
	t.Helper()
	_, err := db.ExecContext(context.Background(), "DROP SCHEMA "+schema+" CASCADE")
	must(t, err)
	must(t, db.Close())
}
