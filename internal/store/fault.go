package store

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"muster/internal/errs"
)

// fault says what was being done when a driver failed. Errors of the domain
// pass as they are. What passes by itself, a full disk or a lost server, becomes
// Unavailable, so that a client knows to keep its answers and try again.
func fault(err error, doing string, args ...any) error {
	var known *errs.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	}
	err = fmt.Errorf("%s: %w", fmt.Sprintf(doing, args...), err)
	if postgresCode(err) == "22021" { // a NUL, which SQLite keeps
		return &errs.Error{Kind: errs.Invalid, Code: "invalid", Msg: "The text holds a character that cannot be kept.", Err: err}
	}
	if isOutage(err) {
		return &errs.Error{Kind: errs.Unavailable, Code: "unavailable", Msg: "The database cannot be reached or is full. Nothing was lost; try again.", Err: err}
	}
	return err
}

// isDuplicate says whether a unique index refused a row.
func isDuplicate(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return lite.ExtendedCode == sqlite3.ErrConstraintUnique || lite.ExtendedCode == sqlite3.ErrConstraintPrimaryKey
	}
	return postgresCode(err) == "23505"
}

// isConflict says whether PostgreSQL gave way to another transaction: the
// same transaction, tried again, may succeed.
func isConflict(err error) bool {
	code := postgresCode(err)
	return code == "40001" || code == "40P01"
}

func isOutage(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return lite.Code == sqlite3.ErrFull || lite.Code == sqlite3.ErrIoErr || lite.Code == sqlite3.ErrBusy
	}
	var connect *pgconn.ConnectError
	var network *net.OpError
	if errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) {
		return true
	}
	code := postgresCode(err)
	return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "53") || strings.HasPrefix(code, "57P") ||
		code == "25006" // a server that has become a standby
}

// postgresCode is the SQLSTATE of an error of PostgreSQL, "" of any other.
func postgresCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
