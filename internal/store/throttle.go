package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
)

type throttleRow struct {
	Key             string `gorm:"primaryKey"`
	Failures        int
	WindowStartedAt int64
	BlockedUntil    *int64
}

// TableName names the table.
func (throttleRow) TableName() string { return "throttles" }

func (r throttleRow) throttle() identity.Throttle {
	if r.Key == "" {
		return identity.Throttle{}
	}
	return identity.Throttle{Failures: r.Failures, Since: instant(r.WindowStartedAt), BlockedUntil: maybeInstant(r.BlockedUntil)}
}

// Throttle reads a throttle; the zero Throttle where there is none.
func (s *Store) Throttle(ctx context.Context, key string) (identity.Throttle, error) {
	row, err := first[throttleRow](s.read(ctx), "throttle", "key = ?", key)
	if errs.KindOf(err) == errs.NotFound {
		return identity.Throttle{}, nil
	}
	return row.throttle(), err
}

// UpdateThrottle changes a throttle under its lock; the zero Throttle where
// there is none. One that becomes zero is forgotten. The entries are kept with
// the change; change may run again.
func (s *Store) UpdateThrottle(ctx context.Context, key string, change func(identity.Throttle) (identity.Throttle, []audit.Entry)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row, err := s.lockThrottle(tx, key)
		if errs.KindOf(err) == errs.NotFound {
			if now, _ := change(identity.Throttle{}); now == (identity.Throttle{}) {
				return nil
			}
			if err = makeThrottle(tx, key); err == nil {
				row, err = s.lockThrottle(tx, key)
			}
		}
		if err != nil {
			return err
		}
		now, entries := change(row.throttle())
		if err := keepThrottle(tx, key, now); err != nil {
			return err
		}
		return recordAudit(tx, entries)
	})
}

func keepThrottle(tx *gorm.DB, key string, t identity.Throttle) error {
	if t == (identity.Throttle{}) {
		return fault(tx.Where("key = ?", key).Delete(&throttleRow{}).Error, "forget the throttle")
	}
	row := throttleRow{Key: key, Failures: t.Failures, WindowStartedAt: micros(t.Since), BlockedUntil: maybeMicros(t.BlockedUntil)}
	return fault(tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error, "keep the throttle")
}

func (s *Store) lockThrottle(tx *gorm.DB, key string) (throttleRow, error) {
	return first[throttleRow](tx.Clauses(s.forUpdate()...), "throttle", "key = ?", key)
}

// makeThrottle makes a row to lock: of two first failures at once, the second
// waits here for the first, and then counts on from it.
func makeThrottle(tx *gorm.DB, key string) error {
	row := throttleRow{Key: key, WindowStartedAt: micros(time.Time{})}
	return fault(tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error, "make the throttle")
}
