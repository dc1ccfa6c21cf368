package store

import (
	"net/url"
	"path/filepath"
	"strings"

	"muster/internal/errs"
)

// dialect is which database a store is kept in.
type dialect string

const (
	dialectSQLite   dialect = "sqlite"
	dialectPostgres dialect = "postgres"
)

// target is where a store is kept: a file of SQLite or a server of PostgreSQL.
type target struct {
	dialect dialect
	path    string // SQLite: absolute
	url     string // PostgreSQL
}

// parseTarget reads sqlite:///absolute/file.db, sqlite:relative/file.db, a
// plain path, or postgres://….
func parseTarget(text string) (target, error) {
	scheme, rest, hasScheme := strings.Cut(text, ":")
	switch {
	case !hasScheme || strings.ContainsAny(scheme, `/\.`):
		return sqliteTarget(text)
	case scheme == "postgres" || scheme == "postgresql":
		if u, err := url.Parse(text); err != nil || u.Host == "" && u.Query().Get("host") == "" {
			return target{}, badURL("The database URL must have the form postgres://user:password@host/database.")
		}
		return target{dialect: dialectPostgres, url: text}, nil
	case scheme == "sqlite":
		return sqliteTarget(strings.TrimPrefix(rest, "//"))
	}
	return target{}, badURL("The database URL must be a file path or start with sqlite:// or postgres://.")
}

func sqliteTarget(path string) (target, error) {
	if path == "" || strings.ContainsAny(path, "?#%\x00") || strings.HasSuffix(path, "/") {
		return target{}, badURL("The database URL must name a file, and its path must not contain ?, # or %.")
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return target{}, badURL("The path of the database cannot be read.")
	}
	return target{dialect: dialectSQLite, path: absolute}, nil
}

// badURL never repeats the URL, which may hold a password.
func badURL(msg string) error {
	return errs.New(errs.Invalid, "bad_database_url", "%s", msg)
}
