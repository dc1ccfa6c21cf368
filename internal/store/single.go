package store

import (
	"context"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// tries is how often a transaction that gave way to another is tried.
const tries = 8

// singleEngine is PostgreSQL, which groups commits by itself: each write is a
// transaction of its own, and several replicas may write at once.
type singleEngine struct {
	db    *gorm.DB
	queue *queue
}

func (e *singleEngine) write(ctx context.Context, fn func(tx *gorm.DB) error) error {
	return e.retry(ctx, isConflict, fn)
}

// retry runs fn in a transaction, and again when it failed in a way that
// another try may mend.
func (e *singleEngine) retry(ctx context.Context, mendable func(error) bool, fn func(tx *gorm.DB) error) error {
	for try := 1; ; try++ {
		err := guard(func() error { return e.db.WithContext(ctx).Transaction(fn) })
		if err == nil || try == tries || !mendable(err) {
			return fault(err, "write")
		}
		pause := time.Duration(rand.IntN(1<<try)) * time.Millisecond
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// start leaves it to the unique indexes that two starts at once cannot both
// win; the one that lost decides again, given the other.
func (e *singleEngine) start(ctx context.Context, trainee identity.UserID, quiz curriculum.QuizSlug, decide func([]assessment.Attempt) (assessment.Change, error)) error {
	mendable := func(err error) bool { return isConflict(err) || isDuplicate(err) }
	return e.retry(ctx, mendable, func(tx *gorm.DB) error {
		_, err := recordStart(tx, e.queue, trainee, quiz, decide)
		return err
	})
}

// appendTo locks the attempt's row, so that one decision follows another.
func (e *singleEngine) appendTo(ctx context.Context, id assessment.AttemptID, decide func(*assessment.State) (assessment.Change, error)) error {
	return e.write(ctx, func(tx *gorm.DB) error {
		state, err := foldState(tx, tx.Clauses(clause.Locking{Strength: "UPDATE"}), id)
		if err != nil {
			return err
		}
		change, err := decide(state)
		if err != nil {
			return err
		}
		state.Apply(change)
		return record(tx, e.queue, id, change)
	})
}

// committed knows nothing: another replica may have written a moment ago.
func (e *singleEngine) committed(assessment.AttemptID) (assessment.Attempt, bool) {
	return assessment.Attempt{}, false
}

// stop has nothing to wait for: closing the pool ends its transactions.
func (e *singleEngine) stop() {}
