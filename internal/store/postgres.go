package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"muster/internal/errs"
)

// connections is how many of a PostgreSQL server's connections one replica takes.
const connections = 20

// openPostgres opens a pool on a server and proves that it answers.
func openPostgres(ctx context.Context, url string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, badURL("The database URL must have the form postgres://user:password@host/database.")
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	if err := pool.PingContext(ctx); err != nil {
		e := errs.New(errs.Unavailable, "database_unreachable", "The database server does not answer, or does not accept this user.")
		e.Err = err
		return nil, e
	}
	return pool, nil
}

func gormPostgres(pool *sql.DB) (*gorm.DB, error) {
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), gormConfig())
	if err != nil {
		return nil, fmt.Errorf("open gorm on postgres: %w", err)
	}
	return db, nil
}
