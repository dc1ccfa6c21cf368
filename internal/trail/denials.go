package trail

import (
	"sync"
	"time"

	"muster/internal/identity"
)

// denialWindow is how long the same refusal counts as one.
const denialWindow = 15 * time.Minute

type denial struct {
	actor     identity.UserID
	operation string
}

// denials remember what was refused in this window. A replica has its own, so
// that a refusal may be entered once by each.
type denials struct {
	mu    sync.Mutex
	since time.Time
	seen  map[denial]bool
}

// first says whether d is new in this window, and remembers it.
func (d *denials) first(one denial, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.seen == nil || now.Sub(d.since) >= denialWindow {
		d.since, d.seen = now, make(map[denial]bool)
	}
	known := d.seen[one]
	d.seen[one] = true
	return !known
}
