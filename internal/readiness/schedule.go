package readiness

import (
	"time"

	"muster/internal/cohort"
	"muster/internal/identity"
	"muster/internal/report"
)

// madeFrom is the hour of a weekday, UTC, from which its report is made: early,
// so that it is there when work begins.
const madeFrom = 4 * time.Hour

// week is seven days: in UTC there are no others.
const week = 7 * 24 * time.Hour

// Subscription is a coordinator's wish for a cohort's report, once a week.
type Subscription struct {
	Cohort  cohort.ID
	User    identity.UserID
	Format  report.Format
	Weekday int       // ISO 8601: 1 = Monday … 7 = Sunday, UTC
	Since   time.Time // when it was asked for, or else made last
}

// Due says whether the weekday has come round since the report was made last.
// However many weeks nobody looked, one report is due.
func (s Subscription) Due(now time.Time) bool {
	return !s.Next().After(now)
}

// Next gives the first moment after Since at which the report is due.
func (s Subscription) Next() time.Time {
	since := s.Since.UTC()
	midnight := since.Truncate(24 * time.Hour)
	ahead := (s.Weekday - int(midnight.Weekday()) + 7) % 7
	next := midnight.AddDate(0, 0, ahead).Add(madeFrom)
	if !next.After(since) {
		next = next.Add(week)
	}
	return next
}
