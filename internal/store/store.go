// Package store keeps everything in one database, SQLite or PostgreSQL, with
// the same behaviour on both. It satisfies the interfaces that the domain
// packages declare; it decides nothing. Rows, GORM and the job queue never
// leave it, and it must not know HTTP.
//
// What differs between the two databases is how a write becomes durable: see
// engine. To add a subject, add a migration with the same number in both
// folders and one file with its rows and its methods on Store: write for
// what changes something, read for what only reads.
package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// Config says where the store is and what it is given from outside.
type Config struct {
	URL    string           // sqlite:///path/file.db, a plain path, or postgres://…
	Now    func() time.Time // time.Now where nil
	Logger *slog.Logger     // nothing is logged where nil
}

// Store is an open database.
type Store struct {
	engine  engine
	reader  *gorm.DB // of committed rows; SQLite: cannot write
	queue   *queue
	bank    bankCache
	rulings rulingCache
	now     func() time.Time
	log     *slog.Logger
	dialect dialect
	scrub   func(context.Context) // removes from the disk what was deleted; nil where the server does
	close   func() error
}

// engine is how a write becomes durable: on SQLite many writes share a
// commit, on PostgreSQL each is a transaction of its own.
type engine interface {
	// write runs fn in a transaction and returns after the commit. An error or a
	// panic of fn undoes what fn did and nothing else. fn may run again after a
	// conflict, and must not write by any other way than tx.
	write(ctx context.Context, fn func(tx *gorm.DB) error) error
	// start and appendTo are those of assessment.Store.
	start(ctx context.Context, trainee identity.UserID, quiz curriculum.QuizSlug, decide func([]assessment.Attempt) (assessment.Change, error)) error
	appendTo(ctx context.Context, id assessment.AttemptID, decide func(*assessment.State) (assessment.Change, error)) error
	// committed gives an attempt that is known without asking the database.
	committed(id assessment.AttemptID) (assessment.Attempt, bool)
	// stop refuses further writes and returns when the last one has ended.
	stop()
}

// Open opens a database, makes it where it is not there, and brings its schema
// to what this binary knows. It answers Invalid for a wrong URL, Conflict where
// another program has the file open, Unavailable for a folder that cannot be
// written, a server that does not answer or a schema of a newer binary.
func Open(ctx context.Context, c Config) (*Store, error) {
	t, err := parseTarget(c.URL)
	if err != nil {
		return nil, err
	}
	s := &Store{now: c.Now, log: c.Logger, dialect: t.dialect}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if t.dialect == dialectPostgres {
		err = s.openOnPostgres(ctx, t.url)
	} else {
		err = s.openOnSQLite(ctx, t.path)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Store) openOnSQLite(ctx context.Context, path string) error {
	lock, err := lockFile(path)
	if err != nil {
		return err
	}
	pools, err := openSQLite(ctx, path)
	if err != nil {
		return errors.Join(err, lock.release())
	}
	s.close = func() error { return errors.Join(pools.close(), lock.release()) }
	s.scrub = s.scrubber(pools.writer)
	writer, err := s.prepare(ctx, pools.writer, riversqlite.New(pools.writer), gormSQLite)
	if err != nil {
		return errors.Join(err, s.close())
	}
	if s.reader, err = gormSQLite(pools.reader); err != nil {
		return errors.Join(err, s.close())
	}
	s.engine = newGroupEngine(writer, s.queue)
	return nil
}

func (s *Store) openOnPostgres(ctx context.Context, url string) error {
	pool, err := openPostgres(ctx, url)
	if err != nil {
		return err
	}
	s.close = pool.Close
	db, err := s.prepare(ctx, pool, riverdatabasesql.New(pool), gormPostgres)
	if err != nil {
		return errors.Join(err, s.close())
	}
	s.reader = db
	s.engine = &singleEngine{db: db, queue: s.queue}
	return nil
}

// prepare migrates a database and opens the queue and GORM on it.
func (s *Store) prepare(ctx context.Context, pool *sql.DB, driver riverdriver.Driver[*sql.Tx], open func(*sql.DB) (*gorm.DB, error)) (*gorm.DB, error) {
	if err := migrate(ctx, s.dialect, pool, driver); err != nil {
		return nil, err
	}
	var err error
	if s.queue, err = newQueue(driver, s.log); err != nil {
		return nil, err
	}
	return open(pool)
}

// gormConfig silences GORM's logger, which prints values.
func gormConfig() *gorm.Config {
	return &gorm.Config{SkipDefaultTransaction: true, Logger: logger.Discard}
}

// Close ends the jobs, lets the last writes end and closes the database.
func (s *Store) Close(ctx context.Context) error {
	err := s.queue.stop(ctx)
	s.engine.stop()
	return errors.Join(err, fault(s.close(), "close the database"))
}

// Ping proves that the database answers.
func (s *Store) Ping(ctx context.Context) error {
	return fault(s.reader.WithContext(ctx).Exec("SELECT 1").Error, "ping the database")
}

// write runs fn in a transaction, see engine.
func (s *Store) write(ctx context.Context, fn func(tx *gorm.DB) error) error {
	return s.engine.write(ctx, fn)
}

// read gives a session on committed rows.
func (s *Store) read(ctx context.Context) *gorm.DB { return s.reader.WithContext(ctx) }
