package readiness

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNext(t *testing.T) {
	t.Parallel()
	thursday := time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)
	tests := map[string]struct {
		weekday int
		since   time.Time
		want    string
	}{
		"later this week":              {5, thursday, "2027-01-15T04:00:00Z"},
		"next week":                    {1, thursday, "2027-01-18T04:00:00Z"},
		"sunday ends the week":         {7, thursday, "2027-01-17T04:00:00Z"},
		"today, and it is too late":    {4, thursday, "2027-01-21T04:00:00Z"},
		"today, before the hour":       {4, thursday.Add(-6 * time.Hour), "2027-01-14T04:00:00Z"},
		"at the very moment":           {4, time.Date(2027, 1, 14, 4, 0, 0, 0, time.UTC), "2027-01-21T04:00:00Z"},
		"where the day is another one": {4, time.Date(2027, 1, 14, 1, 0, 0, 0, time.FixedZone("", 3*3600)), "2027-01-14T04:00:00Z"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Subscription{Weekday: test.weekday, Since: test.since}.Next()
			if got.Format(time.RFC3339) != test.want {
				t.Errorf("Next = %s, want %s", got.Format(time.RFC3339), test.want)
			}
		})
	}
}

// TestOnceAWeek looks every hour, with pauses of weeks in between: of each
// week's report one is made, in an hour of its day where somebody looks, and
// after a pause one, however long it was.
func TestOnceAWeek(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := Subscription{Weekday: rapid.IntRange(1, 7).Draw(t, "weekday"), Since: now}
		at, slots := now, make(map[time.Time]int)
		for range rapid.IntRange(1, 5).Draw(t, "pauses") {
			at = at.Add(time.Duration(rapid.IntRange(1, 40*24).Draw(t, "pause")) * time.Hour)
			made := 0
			for range rapid.IntRange(1, 20*24).Draw(t, "hours") {
				if s.Due(at) {
					slot := s.Next()
					for !slot.Add(week).After(at) {
						slot = slot.Add(week)
					}
					slots[slot]++
					made++
					s.Since = at
				}
				at = at.Add(time.Hour)
			}
			if made > 4 { // 20 days hold three of a weekday, and one may be left from the pause
				t.Fatalf("%d reports in 20 days", made)
			}
		}
		for slot, n := range slots {
			if n != 1 || int(slot.Weekday()) != s.Weekday%7 {
				t.Errorf("%d reports for %s, want one of weekday %d", n, slot, s.Weekday)
			}
		}
	})
}
