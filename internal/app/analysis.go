package app

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"muster/internal/itemanalysis"
)

// analysisSweep is how often quizzes with new grades are looked for.
const analysisSweep = 10 * time.Second

// analysisWorker works on the job that says how questions perform.
type analysisWorker struct {
	river.WorkerDefaults[itemanalysis.RefreshAnalyses]
	analysis *itemanalysis.Service
	serving  context.Context // when it ends, nothing further is begun
}

// Timeout leaves time for the largest quizzes; what is left over is for the next job.
func (w *analysisWorker) Timeout(*river.Job[itemanalysis.RefreshAnalyses]) time.Duration {
	return 5 * time.Minute
}

// Work analyses the quizzes that are due. The error is logged by the queue.
func (w *analysisWorker) Work(ctx context.Context, _ *river.Job[itemanalysis.RefreshAnalyses]) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(w.serving, cancel)()
	_, err := w.analysis.Refresh(ctx)
	if w.serving.Err() != nil {
		return nil // the program is being stopped: the rest follows after the next start
	}
	return err
}
