package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"muster/internal/assessment"
)

// batch is the writes of one commit. Events that were only appended wait in it
// and are inserted together; whatever else is written sees them first.
type batch struct {
	tx     *gorm.DB
	sql    *sql.Tx
	cache  *stateCache
	jobs   *queue
	events []assessment.Event                         // decided, not yet inserted
	states map[assessment.AttemptID]*assessment.State // as they will be after the commit
	broken error                                      // the transaction is lost
}

// begin opens a transaction. It is bound to no request's context: a request
// that gives up must not undo the others, and the driver is faster without.
func (e *groupEngine) begin() (*batch, error) {
	tx := e.db.WithContext(context.Background()).Begin()
	if tx.Error != nil {
		return nil, fault(tx.Error, "begin a batch")
	}
	return &batch{
		tx: tx, sql: sqlTx(tx), cache: e.states, jobs: e.jobs,
		states: make(map[assessment.AttemptID]*assessment.State),
	}, nil
}

// commit inserts what waits and makes the batch durable, or undoes it.
func (b *batch) commit() error {
	if err := b.flush(); err != nil {
		return errors.Join(err, b.tx.Rollback().Error)
	}
	return fault(b.tx.Commit().Error, "commit a batch")
}

// isolate runs fn so that its failure undoes only what fn did.
func (b *batch) isolate(fn func(tx *gorm.DB) error) error {
	if err := b.flush(); err != nil {
		return err
	}
	if err := b.exec("SAVEPOINT one"); err != nil {
		return err
	}
	failed := guard(func() error { return fn(b.tx) })
	if failed == nil {
		return b.exec("RELEASE one")
	}
	if b.exec("ROLLBACK TO one") == nil {
		_ = b.exec("RELEASE one") // what went wrong stays in b.broken, for all
	}
	return failed
}

// exec runs a statement without which the batch makes no sense.
func (b *batch) exec(statement string, args ...any) error {
	if b.broken == nil {
		_, err := b.sql.ExecContext(context.Background(), statement, args...)
		b.broken = fault(err, "batch")
	}
	return b.broken
}

// state is an attempt as it will be after what this batch holds already.
func (b *batch) state(id assessment.AttemptID) (*assessment.State, error) {
	if state, ok := b.states[id]; ok {
		return state, nil
	}
	if state, ok := b.cache.state(id); ok {
		return state, nil
	}
	state, err := foldState(b.tx, b.tx, id) // no event of it waits: it would be in states
	if err == nil {
		b.states[id] = state
	}
	return state, err
}

// add takes a decision in. One that only adds events writes nothing yet.
func (b *batch) add(id assessment.AttemptID, c assessment.Change) error {
	if c.Start == nil && c.End == nil && c.Grade == nil && len(c.Audit) == 0 {
		b.events = append(b.events, c.Events...)
		return nil
	}
	return b.isolate(func(tx *gorm.DB) error { return record(tx, b.jobs, id, c) })
}

// flush inserts the events that wait, in statements of 64, 32 … 1 rows: few
// enough shapes that the driver keeps each prepared.
func (b *batch) flush() error {
	rest := b.events
	for rows := 64; rows > 0; rows /= 2 {
		for len(rest) >= rows {
			if err := b.insert(rest[:rows]); err != nil {
				return err
			}
			rest = rest[rows:]
		}
	}
	b.events = b.events[:0]
	return b.broken
}

func (b *batch) insert(events []assessment.Event) error {
	args := make([]any, 0, len(events)*eventColumnCount)
	for _, e := range events {
		args = appendValues(args, e)
	}
	return b.exec(insertEvents[len(events)], args...)
}

const eventColumnCount = 14

// insertEvents are the statements that insert so many rows.
var insertEvents = func() map[int]string {
	row := "(?" + strings.Repeat(", ?", eventColumnCount-1) + ")"
	statements := make(map[int]string)
	for rows := 1; rows <= 64; rows *= 2 {
		statements[rows] = "INSERT INTO events (" + eventColumns + ") VALUES " + row + strings.Repeat(", "+row, rows-1)
	}
	return statements
}()

// guard turns a panic of fn into its error.
func guard(fn func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic in a write: %v", cause)
		}
	}()
	return fn()
}
