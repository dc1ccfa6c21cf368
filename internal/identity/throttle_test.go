package identity

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestBlocksGrow: the first failures are free, then each blocks for twice as
// long as the one before, up to the longest.
func TestBlocksGrow(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)
	const s = time.Second
	want := []time.Duration{0, 0, 30 * s, 60 * s, 120 * s, 240 * s, 480 * s, longestBlock, longestBlock, longestBlock}
	var throttle Throttle
	for i, block := range want {
		throttle = throttle.failed(now, 3)
		got := time.Duration(0)
		if !throttle.BlockedUntil.IsZero() {
			got = throttle.BlockedUntil.Sub(now)
		}
		if got != block || throttle.Failures != i+1 {
			t.Errorf("failure %d: blocked for %v after %d, want %v", i+1, got, throttle.Failures, block)
		}
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)
	old := Throttle{Failures: 7, Since: now.Add(-window)}
	if got := old.failed(now, 8); got.Failures != 8 || !got.BlockedUntil.Equal(now.Add(firstBlock)) {
		t.Errorf("within the window = %+v, want the eighth failure and a block", got)
	}
	old.Since = now.Add(-window - 1)
	if got := old.failed(now, 8); got.Failures != 1 || !got.Since.Equal(now) || !got.BlockedUntil.IsZero() {
		t.Errorf("after the window = %+v, want the first failure of another", got)
	}
}

// TestGuessingIsSlow: however somebody times their guesses, who waits out each
// block gets few of them in a day.
func TestGuessingIsSlow(t *testing.T) {
	t.Parallel()
	const most = 24 * 60 / 15 * (accountLimit + 6) // per window: the free ones and the six blocks
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2027, 1, 14, 0, 0, 0, 0, time.UTC)
		pauses := rapid.SliceOfN(rapid.IntRange(0, 1000), 1, 20).Draw(t, "pauses in seconds")
		var throttle Throttle
		guesses := 0
		for now := start; now.Before(start.Add(24 * time.Hour)); guesses++ {
			throttle = throttle.failed(now, accountLimit)
			now = now.Add(time.Duration(pauses[guesses%len(pauses)]) * time.Second)
			if throttle.BlockedUntil.After(now) {
				now = throttle.BlockedUntil
			}
		}
		if guesses > most {
			t.Fatalf("%d guesses in a day, want at most %d", guesses, most)
		}
	})
}
