package bank

import (
	"time"

	"muster/internal/errs"
	"muster/internal/identity"
)

// Remove makes the change that takes questions out of the bank again, with
// nothing of them left, for who keeps it in a transaction of their own. Conflict
// with code used where somebody has changed one since it was kept, or moved it.
func Remove(there []Entry, by identity.UserID, at time.Time) (Change, error) {
	var change Change
	for _, e := range there {
		if e.Number > 1 || e.State != Draft || e.Origin != Authored {
			return Change{}, Used()
		}
		e.ChangedBy, e.ChangedAt = by, at
		change.Removed = append(change.Removed, e.ID())
		change.Audit = append(change.Audit, entry(e, ActionRemove, e.Version))
	}
	return change, nil
}

// Used is the Conflict of a question that cannot be removed any more.
func Used() error {
	return errs.New(errs.Conflict, "used", "Somebody has worked on this question since, or put it to use. Retire it in the bank instead.")
}
