package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"muster/internal/readiness"
)

// reportSweep is how often weekly reports are looked for that are due.
const reportSweep = time.Hour

// reportWorker works on the job that makes reports.
type reportWorker struct {
	river.WorkerDefaults[readiness.MakeReports]
	reports *readiness.Reports
	serving context.Context // when it ends, nothing further is begun
	logger  *slog.Logger
}

// Timeout leaves time for hundreds of reports and their mails; what is left over
// is for the next job.
func (w *reportWorker) Timeout(*river.Job[readiness.MakeReports]) time.Duration {
	return reportSweep - 10*time.Minute
}

// Work makes the reports that are due. The error is logged by the queue.
func (w *reportWorker) Work(ctx context.Context, _ *river.Job[readiness.MakeReports]) error {
	return whileServing(ctx, w.serving, func(ctx context.Context) error {
		done, err := w.reports.Run(ctx)
		if done != (readiness.Made{}) {
			w.logger.Info("reports", slog.Int("made", done.Made), slog.Int("mailed", done.Mailed), slog.Int("refused", done.Refused))
		}
		return err
	})
}
