package app

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"muster/internal/regrade"
)

// regradeSweep is how often regrades that are due are looked for.
const regradeSweep = 3 * time.Second

// regradeWorker works on the job that grades attempts anew.
type regradeWorker struct {
	river.WorkerDefaults[regrade.RunRegrades]
	regrades *regrade.Service
	serving  context.Context // when it ends, nothing further is begun
}

// Timeout leaves time for tens of thousands of attempts.
func (w *regradeWorker) Timeout(*river.Job[regrade.RunRegrades]) time.Duration {
	return 30 * time.Minute
}

// Work carries out what was ruled. The error is logged by the queue.
func (w *regradeWorker) Work(ctx context.Context, _ *river.Job[regrade.RunRegrades]) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(w.serving, cancel)()
	err := w.regrades.Run(ctx)
	if w.serving.Err() != nil {
		return nil // the program is being stopped: the rest follows after the next start
	}
	return err
}
