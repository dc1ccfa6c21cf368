package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"muster/internal/cohort"
	"muster/internal/config"
	"muster/internal/mail"
	"muster/internal/store"
)

// mailSweep is how often digests are looked for that can be sent; nobody gets
// more than one a day.
const mailSweep = time.Hour

// mailerOf makes what sends e-mail, nil where no mail server is set.
func mailerOf(c config.Config) (cohort.Mailer, error) {
	settings, err := c.Mail()
	if err != nil || settings == (config.Mail{}) {
		return nil, err
	}
	return mail.New(settings)
}

// digests makes the service that mails what is new, nil without a mailer.
func (s *services) digests(mailer cohort.Mailer, site string) *cohort.Digests {
	if mailer == nil {
		return nil
	}
	return &cohort.Digests{
		Store: s.store, Progress: s.learning, Mailer: mailer, Catalogue: s.catalogue, Site: site, Now: s.now,
	}
}

// mailWorker works on the job that sends digests.
type mailWorker struct {
	river.WorkerDefaults[cohort.MailDigests]
	digests *cohort.Digests // nil: this replica has no mail server
	serving context.Context // when it ends, no further mail is begun
	logger  *slog.Logger
}

// Timeout leaves time for thousands of mails; what is left over is for the next
// job.
func (w *mailWorker) Timeout(*river.Job[cohort.MailDigests]) time.Duration {
	return mailSweep - 10*time.Minute
}

// Work sends the digests that are due. The error is logged by the queue.
func (w *mailWorker) Work(ctx context.Context, _ *river.Job[cohort.MailDigests]) error {
	if w.digests == nil {
		return nil
	}
	return whileServing(ctx, w.serving, func(ctx context.Context) error {
		done, err := w.digests.Send(ctx)
		if done != (cohort.Mailed{}) {
			w.logger.Info("mail", slog.Int("sent", done.Sent), slog.Int("refused", done.Refused), slog.Int("failed", done.Failed))
		}
		return err
	})
}

// whileServing works until it is done or the program is being stopped. Then what
// is left follows after the next start, which is no error.
func whileServing(ctx, serving context.Context, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(serving, cancel)()
	err := work(ctx)
	if serving.Err() != nil {
		return nil
	}
	return err
}

// slowly is every for a job that goes to the queue of slow jobs, so that grades
// never wait for a mail server.
func slowly(interval time.Duration, job river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(interval), func() (river.JobArgs, *river.InsertOpts) {
		return job, &river.InsertOpts{MaxAttempts: 1, Queue: store.SlowJobs}
	}, &river.PeriodicJobOpts{RunOnStart: true})
}
