package store

import "time"

// Times are kept as microseconds since 1970, UTC: both databases order and
// compare them alike, and neither gives back another time than it was given.

func micros(t time.Time) int64 { return t.UnixMicro() }

func instant(us int64) time.Time { return time.UnixMicro(us).UTC() }

// maybeMicros keeps the zero time as NULL.
func maybeMicros(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	us := micros(t)
	return &us
}

func maybeInstant(us *int64) time.Time {
	if us == nil {
		return time.Time{}
	}
	return instant(*us)
}
