package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"

	"muster/internal/errs"
)

//go:embed migrations
var migrations embed.FS

// migrate brings the schema to what this binary knows, the queue's tables
// too. Replicas that start together on an empty server trip over each other;
// the one that lost looks again.
func migrate(ctx context.Context, d dialect, db *sql.DB, queue riverdriver.Driver[*sql.Tx]) error {
	const tries = 10
	const pause = 300 * time.Millisecond
	for try := 1; ; try++ {
		err := migrateTables(ctx, d, db)
		if err == nil {
			err = migrateQueue(ctx, queue)
		}
		if err == nil || try == tries || !isMigrationRace(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// isMigrationRace says whether another replica made, or replaced, the same table, column or
// row a moment earlier.
func isMigrationRace(err error) bool {
	switch postgresCode(err) {
	case "23505", "42P07", "42P06", "42701", "42704", "42710", "42723", "XX000":
		return true
	}
	return isConflict(err)
}

func migrateTables(ctx context.Context, d dialect, db *sql.DB) error {
	provider, err := newProvider(d, db)
	if err != nil {
		return err
	}
	current, known, err := provider.GetVersions(ctx)
	switch {
	case err != nil:
		return fault(err, "read the version of the schema")
	case current > known:
		return errs.New(errs.Unavailable, "schema_newer", "The database was made by a newer Muster (schema %d, this program knows %d). Install that version, or restore a backup.", current, known)
	case current == known:
		return nil
	}
	_, err = provider.Up(ctx)
	return fault(err, "migrate the schema from %d to %d", current, known)
}

func newProvider(d dialect, db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+string(d))
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	grammar := map[dialect]goose.Dialect{dialectSQLite: goose.DialectSQLite3, dialectPostgres: goose.DialectPostgres}[d]
	provider, err := goose.NewProvider(grammar, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return provider, nil
}

// migrateQueue asks for the right to make tables only when some are missing.
func migrateQueue(ctx context.Context, queue riverdriver.Driver[*sql.Tx]) error {
	migrator, err := rivermigrate.New(queue, nil)
	if err != nil {
		return fmt.Errorf("read the queue's migrations: %w", err)
	}
	existing, err := migrator.ExistingVersions(ctx)
	if err != nil {
		return fault(err, "read the version of the queue's schema")
	}
	if len(existing) == len(migrator.AllVersions()) {
		return nil
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return fault(err, "migrate the queue's schema")
}
