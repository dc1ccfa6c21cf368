package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/mattn/go-sqlite3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"muster/internal/errs"
)

// A commit is acknowledged only after it is on the disk: WAL with synchronous
// FULL. The writer takes its lock at BEGIN, so that no transaction has to
// upgrade a read to a write and fail. What is deleted is overwritten in the
// pages that are written anyway.
const (
	pragmasOfAll    = "_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_busy_timeout=5000&_stmt_cache_size=128&_cache_size=-16384"
	pragmasOfWriter = pragmasOfAll + "&_secure_delete=FAST&_txlock=immediate"
	pragmasOfReader = pragmasOfAll + "&_query_only=1&mode=ro"
	readers         = 4
)

// sqlitePools are the two ways into a SQLite file.
type sqlitePools struct {
	writer *sql.DB // one connection: the group commit and the job queue take turns on it
	reader *sql.DB
}

// openSQLite opens both pools of a file, which is made when it is not there.
// The caller holds the file's lock.
func openSQLite(ctx context.Context, path string) (sqlitePools, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // it holds people's results
	if err != nil {
		return sqlitePools{}, unwritable(path, err)
	}
	if err := file.Close(); err != nil {
		return sqlitePools{}, unwritable(path, err)
	}
	writer := sqlitePool("file:"+path+"?"+pragmasOfWriter, 1, map[string]string{"secure_delete": "2"})
	reader := sqlitePool("file:"+path+"?"+pragmasOfReader, readers, map[string]string{"query_only": "1"})
	pools := sqlitePools{writer, reader}
	for _, pool := range []*sql.DB{writer, reader} {
		if err := pool.PingContext(ctx); err != nil {
			return sqlitePools{}, errors.Join(notADatabase(path, err), pools.close())
		}
	}
	return pools, nil
}

func (p sqlitePools) close() error { return errors.Join(p.reader.Close(), p.writer.Close()) }

func notADatabase(path string, cause error) error {
	e := errs.New(errs.Unavailable, "database_unusable", "The file %s cannot be used as a database.", path)
	e.Err = cause
	return e
}

// sqlitePool makes a pool whose every connection is checked before its first use.
func sqlitePool(dsn string, size int, more map[string]string) *sql.DB {
	pool := sql.OpenDB(sqliteConnector{dsn: dsn, driver: &sqlite3.SQLiteDriver{
		ConnectHook: func(c *sqlite3.SQLiteConn) error { return secure(c, more) },
	}})
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool
}

// secure turns off what a hostile file could use and proves that the pragmas
// of the DSN hold: a driver that ignores one says nothing.
func secure(c *sqlite3.SQLiteConn, more map[string]string) error {
	if _, err := c.Exec("PRAGMA trusted_schema = OFF", nil); err != nil {
		return fmt.Errorf("turn trusted_schema off: %w", err)
	}
	want := map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "trusted_schema": "0"}
	for _, pragmas := range []map[string]string{want, more} {
		for name, value := range pragmas {
			if got, err := pragma(c, name); err != nil || got != value {
				return errors.Join(fmt.Errorf("pragma %s is %q, not %q", name, got, value), err)
			}
		}
	}
	return nil
}

func pragma(c *sqlite3.SQLiteConn, name string) (value string, err error) {
	rows, err := c.Query("PRAGMA "+name, nil)
	if err != nil {
		return "", fmt.Errorf("read pragma %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := make([]driver.Value, 1)
	if err := rows.Next(row); err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read pragma %s: %w", name, err)
	}
	if text, ok := row[0].([]byte); ok {
		return string(text), nil
	}
	return fmt.Sprint(row[0]), nil
}

// sqliteConnector opens connections without a driver registered for all the program.
type sqliteConnector struct {
	driver *sqlite3.SQLiteDriver
	dsn    string
}

// Connect opens a connection.
func (c sqliteConnector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }

// Driver gives the driver of the connections.
func (c sqliteConnector) Driver() driver.Driver { return c.driver }

func gormSQLite(pool *sql.DB) (*gorm.DB, error) {
	db, err := gorm.Open(sqlite.New(sqlite.Config{Conn: pool}), gormConfig())
	if err != nil {
		return nil, fmt.Errorf("open gorm on sqlite: %w", err)
	}
	return db, nil
}
