package store

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// openAttempt gives a store with one open attempt, "a1".
func openAttempt(t *testing.T) (*Store, *groupEngine) {
	t.Helper()
	s := openTemporary(t)
	quiz := curriculum.Quiz{Slug: "patrol.check"}
	must(t, s.PublishQuizzes(t.Context(), []curriculum.Quiz{quiz}))
	version, err := curriculum.QuizVersion(quiz)
	must(t, err)
	user := identity.User{ID: "u1", Username: "u1", Role: identity.Trainee, CreatedAt: time.Unix(1, 0)}
	must(t, s.CreateUser(t.Context(), user, audit.Entry{Action: "user.create"}))
	a := assessment.Attempt{ID: "a1", Trainee: "u1", Quiz: quiz.Slug, QuizVersion: version, Number: 1, StartedAt: time.Unix(1, 0), Status: assessment.Open}
	must(t, s.Start(t.Context(), "u1", quiz.Slug, func([]assessment.Attempt) (assessment.Change, error) {
		return assessment.Change{Start: &a}, nil
	}))
	return s, s.engine.(*groupEngine)
}

func oneEvent(size int) func(*assessment.State) (assessment.Change, error) {
	return func(s *assessment.State) (assessment.Change, error) {
		head := s.Devices["d"]
		e := assessment.Event{
			ID: assessment.EventID(fmt.Sprint("e", head.Seq+1)), Attempt: s.ID, Device: "d", Seq: head.Seq + 1, Kind: assessment.EventAnswer,
			Response: make([]byte, size), PrevHash: head.Hash, ServerSeq: s.ServerSeq + 1, ReceivedAt: time.Unix(2, 0), Standing: assessment.InTime,
		}
		e.Hash = e.Sum()
		return assessment.Change{Events: []assessment.Event{e}}, nil
	}
}

func TestFailedCommitIsForgotten(t *testing.T) {
	t.Parallel()
	s, engine := openAttempt(t)
	var pages int64
	must(t, engine.db.Raw("PRAGMA page_count").Scan(&pages).Error)
	must(t, engine.db.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+2)).Error)
	if err := s.Append(t.Context(), "a1", oneEvent(1<<20)); errs.KindOf(err) != errs.Unavailable {
		t.Fatalf("Append to a full disk = %v, want Unavailable", err)
	}
	must(t, engine.db.Exec("PRAGMA max_page_count = 1000000").Error)
	must(t, s.Append(t.Context(), "a1", oneEvent(1)))
	events, err := s.Events(t.Context(), "a1")
	must(t, err)
	if len(events) != 1 || events[0].ServerSeq != 1 {
		t.Errorf("%d events after a failed and a good append, want 1, the first", len(events))
	}
}

// TestFailureInABatch holds the writer, so that all of the writes share one
// commit, and lets one of them fill the disk: none may be acknowledged.
func TestFailureInABatch(t *testing.T) {
	t.Parallel()
	s, engine := openAttempt(t)
	var pages int64
	must(t, engine.db.Raw("PRAGMA page_count").Scan(&pages).Error)
	must(t, engine.db.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+2)).Error)
	results := batchOf(engine, 5, func(n int) error {
		if n == 3 {
			return s.Append(context.Background(), "a1", oneEvent(1<<20))
		}
		return s.Append(context.Background(), "a1", oneEvent(1))
	})
	for n, err := range results {
		if err == nil {
			t.Errorf("write %d of a batch that failed was acknowledged", n)
		}
	}
	if events, err := s.Events(t.Context(), "a1"); err != nil || len(events) != 0 {
		t.Errorf("%d events, %v, want none", len(events), err)
	}
}

func TestOneFailureLeavesTheOthers(t *testing.T) {
	t.Parallel()
	s, engine := openAttempt(t)
	results := batchOf(engine, 6, func(n int) error {
		return s.write(context.Background(), func(tx *gorm.DB) error {
			err := tx.Exec("INSERT INTO throttles (key, failures, window_started_at) VALUES (?, 0, 0)", fmt.Sprint(n)).Error
			switch n {
			case 1:
				return errs.New(errs.Conflict, "no", "no")
			case 2:
				panic("a bug")
			case 3:
				return tx.Exec("INSERT INTO nowhere VALUES (1)").Error
			}
			return err
		})
	})
	for n, err := range results {
		if bad := n >= 1 && n <= 3; (err != nil) != bad {
			t.Errorf("write %d = %v", n, err)
		}
	}
	var kept int64
	must(t, s.read(t.Context()).Table("throttles").Count(&kept).Error)
	if kept != 3 {
		t.Errorf("%d rows were kept, want 3", kept)
	}
}

func TestWritesSeeTheAppendsBefore(t *testing.T) {
	t.Parallel()
	_, engine := openAttempt(t)
	var seen int64
	must(t, engine.do(t.Context(), func(b *batch) error {
		state, err := b.state("a1")
		if err != nil {
			return err
		}
		change, err := oneEvent(1)(state)
		if err != nil {
			return err
		}
		if err := b.add("a1", change); err != nil {
			return err
		}
		return b.isolate(func(tx *gorm.DB) error { return tx.Model(&eventRow{}).Count(&seen).Error })
	}))
	if seen != 1 {
		t.Errorf("a write saw %d events appended before it, want 1", seen)
	}
}

func TestGivingUpInTheQueue(t *testing.T) {
	t.Parallel()
	s, engine := openAttempt(t)
	ctx, cancel := context.WithCancel(t.Context())
	results := batchOf(engine, 1, func(int) error {
		cancel()
		return s.Append(ctx, "a1", oneEvent(1))
	})
	if results[0] == nil {
		t.Error("Append of one who gave up = nil, want an error")
	}
	s.engine.stop()
	if err := s.Append(t.Context(), "a1", oneEvent(1)); errs.CodeOf(err) != "stopping" {
		t.Errorf("Append after stop = %v, want stopping", err)
	}
}

// batchOf runs writes while the writer is held up, so that they queue.
func batchOf(engine *groupEngine, n int, write func(n int) error) []error {
	held, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = engine.do(context.Background(), func(*batch) error {
			close(held)
			<-release
			return nil
		})
	})
	<-held
	results := make([]error, n)
	for i := range n {
		wg.Go(func() { results[i] = write(i) })
	}
	for deadline := time.Now().Add(20 * time.Second); len(engine.requests) < n && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	close(release)
	wg.Wait()
	return results
}

func TestStateCacheForgetsTheOldest(t *testing.T) {
	t.Parallel()
	cache := newStateCache(2)
	for _, id := range []assessment.AttemptID{"a", "b"} {
		cache.keep(map[assessment.AttemptID]*assessment.State{id: {Attempt: assessment.Attempt{ID: id}}})
	}
	cache.state("a")
	cache.keep(map[assessment.AttemptID]*assessment.State{"c": {Attempt: assessment.Attempt{ID: "c"}}})
	for id, want := range map[assessment.AttemptID]bool{"a": true, "b": false, "c": true} {
		if _, ok := cache.state(id); ok != want {
			t.Errorf("state(%s) known = %v, want %v", id, ok, want)
		}
	}
}
