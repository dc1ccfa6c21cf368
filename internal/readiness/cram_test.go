package readiness

import (
	"testing"

	"muster/internal/learning"
)

// TestCram: what the method says of a curriculum that was crammed. A review a
// week cannot keep more than it asks; one a day can.
func TestCram(t *testing.T) {
	t.Parallel()
	const weeks = CramDays / 7
	for _, outcomes := range []int{80, 120, 160} {
		paces := Cram(outcomes)
		daily, weekly, none := paces[0], paces[1], paces[2]
		if daily.Every != 1 || daily.Held != outcomes {
			t.Errorf("%d outcomes: a review a day keeps %+v, want all", outcomes, daily)
		}
		if weekly.Every != 7 || weekly.Held == 0 || weekly.Held > weeks*learning.MostCards {
			t.Errorf("%d outcomes: a review a week keeps %+v, want some, and at most %d", outcomes, weekly, weeks*learning.MostCards)
		}
		if none.Every != 0 || none.Held != 0 {
			t.Errorf("%d outcomes: without reviews %+v are kept, want none", outcomes, none)
		}
	}
}
