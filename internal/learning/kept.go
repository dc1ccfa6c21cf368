package learning

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"muster/internal/identity"
)

// SummaryStore keeps summaries.
type SummaryStore interface {
	// KeepSummary keeps a summary in place of the revision before its own, or of
	// none. It is false, and keeps nothing, where another is there by now.
	KeepSummary(ctx context.Context, k KeptSummary) (kept bool, err error)
	// SummaryRevisions says which revision is kept of each user's summary; users
	// without one are left out.
	SummaryRevisions(ctx context.Context, users []identity.UserID) (map[identity.UserID]int64, error)
	// KeptSummaries reads the summaries of users, in any order; users without one
	// are left out.
	KeptSummaries(ctx context.Context, users []identity.UserID) ([]KeptSummary, error)
	// StaleSummaries gives users who have begun and whose summary is missing or
	// stands on another basis, at most limit.
	StaleSummaries(ctx context.Context, basis string, limit int) ([]identity.UserID, error)
}

// knownSummaries are summaries that were decoded before, one a trainee.
type knownSummaries struct {
	mu     sync.RWMutex
	byUser map[identity.UserID]*Summary
}

// take gives the summaries that are known in the revisions that are kept, and
// the users of whom another must be read.
func (k *knownSummaries) take(revisions map[identity.UserID]int64) (known map[identity.UserID]*Summary, missing []identity.UserID) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	known = make(map[identity.UserID]*Summary, len(revisions))
	for user, revision := range revisions {
		if s := k.byUser[user]; s != nil && s.Revision >= revision {
			known[user] = s
		} else {
			missing = append(missing, user)
		}
	}
	return known, missing
}

func (k *knownSummaries) keep(s *Summary) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.byUser == nil {
		k.byUser = make(map[identity.UserID]*Summary)
	}
	if old := k.byUser[s.User]; old == nil || old.Revision < s.Revision {
		k.byUser[s.User] = s
	}
}

// decodeAll decodes on all cores: a cohort's first look reads thousands.
func decodeAll(kept []KeptSummary) ([]*Summary, error) {
	summaries, failures := make([]*Summary, len(kept)), make([]error, runtime.GOMAXPROCS(0))
	var workers sync.WaitGroup
	for w := range failures {
		workers.Go(func() {
			for i := w; i < len(kept) && failures[w] == nil; i += len(failures) {
				summaries[i], failures[w] = kept[i].summary()
			}
		})
	}
	workers.Wait()
	return summaries, errors.Join(failures...)
}

// Summaries gives the summaries of users, in their order. One who has done
// nothing yet has a summary that says so, with revision 0. They are shared and
// nobody changes them: the same user and revision are the same summary.
func (s *Service) Summaries(ctx context.Context, users []identity.UserID) ([]*Summary, error) {
	revisions, err := s.Kept.SummaryRevisions(ctx, users)
	if err != nil {
		return nil, err
	}
	found, missing := s.known.take(revisions)
	kept, err := s.Kept.KeptSummaries(ctx, missing)
	if err != nil {
		return nil, err
	}
	read, err := decodeAll(kept)
	if err != nil {
		return nil, err
	}
	for _, summary := range read {
		found[summary.User] = summary
		s.known.keep(summary)
	}
	summaries := make([]*Summary, len(users))
	for i, user := range users {
		if summaries[i] = found[user]; summaries[i] == nil {
			blank := s.progressSummary(nil, nil)
			blank.User = user
			summaries[i] = &blank
		}
	}
	return summaries, nil
}
