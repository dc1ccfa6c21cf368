package store

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"gorm.io/gorm"

	"muster/internal/errs"
)

// queue is the job queue: jobs are rows, written in the transaction that
// brings them about. On SQLite it takes turns with the group commit on the
// writer's one connection, which neither holds while it waits for the other.
type queue struct {
	driver   riverdriver.Driver[*sql.Tx]
	log      *slog.Logger
	enqueuer *river.Client[*sql.Tx]
	skipping atomic.Bool

	mu     sync.Mutex
	worker *river.Client[*sql.Tx] // nil until started
}

// SlowJobs is the queue of jobs that may take minutes, one at a time: no other
// job waits for them.
const SlowJobs = "slow"

// slowPoll is how often a slow job is looked for.
const slowPoll = 10 * time.Second

// warnings lets through what somebody should look at: the queue tells of its
// every step.
type warnings struct{ slog.Handler }

// Enabled says whether a record of this level is written.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

func newQueue(driver riverdriver.Driver[*sql.Tx], log *slog.Logger) (*queue, error) {
	log = slog.New(warnings{log.Handler()})
	enqueuer, err := river.NewClient(driver, &river.Config{Logger: log})
	if err != nil {
		return nil, fmt.Errorf("open the job queue: %w", err)
	}
	return &queue{driver: driver, log: log, enqueuer: enqueuer}, nil
}

// enqueue adds a job in the transaction of tx.
func (q *queue) enqueue(tx *gorm.DB, job river.JobArgs) error {
	if q.skipping.Load() {
		return nil
	}
	_, err := q.enqueuer.InsertTx(context.Background(), sqlTx(tx), job, nil)
	return fault(err, "enqueue %s", job.Kind())
}

// sqlTx is the transaction below a closure's tx.
func sqlTx(tx *gorm.DB) *sql.Tx { return tx.Statement.ConnPool.(*sql.Tx) }

// SkipJobs says whether no jobs are added to the queue, because whoever writes
// does at once what they would do.
func (s *Store) SkipJobs(skip bool) { s.queue.skipping.Store(skip) }

// StartJobs starts working on jobs, with one leader for the periodic ones among
// all replicas. Close stops them. It answers Conflict when they run already.
func (s *Store) StartJobs(ctx context.Context, workers *river.Workers, periodic []*river.PeriodicJob) error {
	return s.queue.start(ctx, workers, periodic)
}

func (q *queue) start(ctx context.Context, workers *river.Workers, periodic []*river.PeriodicJob) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.worker != nil {
		return errs.New(errs.Conflict, "jobs_started", "The jobs run already.")
	}
	worker, err := river.NewClient(q.driver, &river.Config{
		Logger: q.log,
		Queues: map[string]river.QueueConfig{
			river.QueueDefault: {MaxWorkers: runtime.NumCPU()},
			SlowJobs:           {MaxWorkers: 1, FetchPollInterval: slowPoll},
		},
		// Neither database tells of a new job, and a trainee who has just submitted looks at once.
		FetchPollInterval: 250 * time.Millisecond,
		Workers:           workers,
		PeriodicJobs:      periodic,
	})
	if err != nil {
		return fmt.Errorf("register the jobs: %w", err)
	}
	if err := worker.Start(context.WithoutCancel(ctx)); err != nil {
		return fault(err, "start the jobs")
	}
	q.worker = worker
	return nil
}

func (q *queue) stop(ctx context.Context) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.worker == nil {
		return nil
	}
	err := q.worker.Stop(ctx)
	q.worker = nil
	return fault(err, "stop the jobs")
}
