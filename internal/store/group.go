package store

import (
	"context"
	"runtime"
	"sync"

	"gorm.io/gorm"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

const (
	maxBatch     = 512  // writes in one commit
	cachedStates = 4096 // attempts at once without folding anew
)

// groupEngine is the group commit of SQLite. One goroutine takes what has
// queued while the commit before ran, performs it in one transaction, commits
// once and only then acknowledges. There is no timer: idle, a write commits at
// once.
type groupEngine struct {
	db       *gorm.DB
	jobs     *queue
	states   *stateCache
	requests chan *request
	stopped  chan struct{} // closed when the last batch is through

	mu      sync.RWMutex // held for reading while sending
	closing bool
}

// request is one write that waits for its commit.
type request struct {
	ctx    context.Context
	run    func(*batch) error
	result chan error
	early  bool // answered before its commit: only in the build that the kill test must catch
}

func newGroupEngine(db *gorm.DB, jobs *queue) *groupEngine {
	e := &groupEngine{
		db: db, jobs: jobs, states: newStateCache(cachedStates),
		requests: make(chan *request, maxBatch), stopped: make(chan struct{}),
	}
	go e.run()
	return e
}

func (e *groupEngine) run() {
	defer close(e.stopped)
	requests := make([]*request, 0, maxBatch)
	for first := range e.requests {
		requests = e.gather(append(requests[:0], first))
		e.commit(requests)
	}
}

// gather takes what has queued. It lets others run as long as that brings
// more: those whom the last commit acknowledged are about to write again.
func (e *groupEngine) gather(requests []*request) []*request {
	for before := 0; before < len(requests); {
		before = len(requests)
		runtime.Gosched()
		for len(requests) < maxBatch && len(e.requests) > 0 {
			requests = append(requests, <-e.requests)
		}
	}
	return requests
}

// commit performs requests in one transaction. When the commit fails, all of
// them have failed and nothing of them is remembered.
func (e *groupEngine) commit(requests []*request) {
	results := make([]error, len(requests))
	b, err := e.begin()
	if err == nil {
		for i, r := range requests {
			results[i] = r.perform(b)
			if r.early {
				r.result <- results[i]
			}
		}
		err = b.commit()
	}
	switch {
	case err == nil:
		e.states.keep(b.states)
	case b != nil:
		e.states.drop(b.states)
	}
	for i, r := range requests {
		if results[i] == nil {
			results[i] = err
		}
		if !r.early {
			r.result <- results[i]
		}
	}
}

// perform runs a request, unless nobody waits for it any more.
func (r *request) perform(b *batch) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	return guard(func() error { return r.run(b) })
}

// do queues a write and waits until its commit is on the disk.
func (e *groupEngine) do(ctx context.Context, run func(*batch) error) error {
	return e.await(&request{ctx: ctx, run: run, result: make(chan error, 1)})
}

func (e *groupEngine) await(r *request) error {
	if err := e.send(r); err != nil {
		return err
	}
	return <-r.result
}

func (e *groupEngine) send(r *request) error {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closing {
		return errs.New(errs.Unavailable, "stopping", "The program is being stopped. Try again in a moment.")
	}
	select {
	case e.requests <- r:
		return nil
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
}

func (e *groupEngine) stop() {
	e.mu.Lock()
	if !e.closing {
		e.closing = true
		close(e.requests)
	}
	e.mu.Unlock()
	<-e.stopped
}

func (e *groupEngine) committed(id assessment.AttemptID) (assessment.Attempt, bool) {
	return e.states.attempt(id)
}

func (e *groupEngine) write(ctx context.Context, fn func(tx *gorm.DB) error) error {
	return e.do(ctx, func(b *batch) error { return b.isolate(fn) })
}

func (e *groupEngine) start(ctx context.Context, trainee identity.UserID, quiz curriculum.QuizSlug, decide func([]assessment.Attempt) (assessment.Change, error)) error {
	return e.do(ctx, func(b *batch) error {
		return b.isolate(func(tx *gorm.DB) error {
			change, err := recordStart(tx, e.jobs, trainee, quiz, decide)
			if err == nil && change.Start != nil {
				b.states[change.Start.ID] = assessment.Fold(*change.Start, change.Events, 0)
			}
			return err
		})
	})
}

func (e *groupEngine) appendTo(ctx context.Context, id assessment.AttemptID, decide func(*assessment.State) (assessment.Change, error)) error {
	run := func(b *batch) error {
		state, err := b.state(id)
		if err != nil {
			return err
		}
		change, err := decide(state)
		if err != nil {
			return err
		}
		if err := b.add(id, change); err != nil {
			return err
		}
		state.Apply(change)
		b.states[id] = state
		return nil
	}
	return e.await(&request{ctx: ctx, run: run, result: make(chan error, 1), early: acknowledgeEarly})
}
