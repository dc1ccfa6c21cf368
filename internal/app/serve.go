package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/riverqueue/river"

	"muster/api"
	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/config"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/itemanalysis"
	"muster/internal/learning"
	"muster/internal/readiness"
	"muster/internal/regrade"
	"muster/internal/store"
)

// shutdownTime is how long the program waits for requests under way.
const shutdownTime = 20 * time.Second

// serve serves until the context ends.
func serve(ctx context.Context, c config.Config, args []string, t console) error {
	if _, err := parse(&c, "serve", args, t, nil); err != nil {
		return err
	}
	s, err := t.open(ctx, c, open)
	if err != nil {
		return err
	}
	users, err := s.store.CountUsers(ctx)
	if err != nil {
		return joinClose(ctx, err, s.store)
	}
	return s.listen(ctx, c, func(address string) {
		fmt.Fprintf(t.out, "Muster serves on http://%s\n", address)
		if users == 0 {
			fmt.Fprintln(t.out, "There are no accounts yet. Stop the server and make the first with:")
			fmt.Fprintln(t.out, "  muster user add --role admin --username NAME --name \"FULL NAME\"")
		}
	})
}

// listen starts the jobs and the server, calls started with the address, and
// serves until the context ends. What was acknowledged by then is durable; what
// is under way is finished first.
func (s *services) listen(ctx context.Context, c config.Config, started func(address string)) error {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		busy := &errs.Error{Kind: errs.Invalid, Code: "configuration", Err: err,
			Msg: fmt.Sprintf("The address %s cannot be listened on: another program may use the port. Choose another with --addr or MUSTER_ADDR.", c.Addr)}
		return joinClose(ctx, busy, s.store)
	}
	if c.PublicURL == "" {
		c.Addr = ln.Addr().String() // the port that was free
		s.credential.Site, s.reports.Site = c.Site(), c.Site()
	}
	server, err := s.server(c)
	if err != nil {
		return errors.Join(joinClose(ctx, err, s.store), ln.Close())
	}
	router, err := server.App()
	if err != nil {
		return errors.Join(joinClose(ctx, err, s.store), ln.Close())
	}
	keep, err := c.Keep()
	if err != nil {
		return errors.Join(joinClose(ctx, err, s.store), ln.Close())
	}
	mailer, err := mailerOf(c)
	if err != nil {
		return errors.Join(joinClose(ctx, err, s.store), ln.Close())
	}
	s.reports.Mailer = mailer
	if err := s.startJobs(ctx, keep, s.digests(mailer, c.Site())); err != nil {
		return errors.Join(joinClose(ctx, err, s.store), ln.Close())
	}
	if err := server.RefreshReviews(ctx); err != nil {
		return errors.Join(joinClose(ctx, err, s.store), ln.Close())
	}
	go s.followReviews(ctx, server)
	go s.bank.Follow(ctx, bankRead, func(err error) { s.logger.Warn("the question bank could not be read", slog.Any("error", err)) })
	go s.blueprints.Follow(ctx, bankRead, func(err error) { s.logger.Warn("the quizzes of trainers could not be read", slog.Any("error", err)) })
	failed := make(chan error, 1)
	go func() { failed <- router.Listener(ln) }()
	started(ln.Addr().String())
	select {
	case err = <-failed:
	case <-ctx.Done():
		s.logger.Info("stopping", slog.Duration("at_most", shutdownTime))
		err = router.ShutdownWithTimeout(shutdownTime)
	}
	return joinClose(context.WithoutCancel(ctx), err, s.store)
}

// joinClose closes the store after an error or at the end.
func joinClose(ctx context.Context, err error, kept *store.Store) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if closeErr := kept.Close(ctx); closeErr != nil {
		return errors.Join(err, closeErr)
	}
	return err
}

// bankRead is how often another process's changes of questions are looked for.
const bankRead = 2 * time.Second

// reviewsRead is how often another process's approvals are looked for.
const reviewsRead = time.Minute

// followReviews keeps what the site says of reviews up to date until the
// context ends.
func (s *services) followReviews(ctx context.Context, server *api.Server) {
	tick := time.NewTicker(reviewsRead)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := server.RefreshReviews(ctx); err != nil && ctx.Err() == nil {
				s.logger.Warn("reviews could not be read", slog.Any("error", err))
			}
		}
	}
}

// expirySweep is how often attempts whose time is over are looked for.
const expirySweep = 5 * time.Second

// rebuildSweep is how often summaries are looked for that stand on an older
// curriculum, and rebuildAtOnce how many are made anew at a time, so that a job
// takes seconds.
const (
	rebuildSweep  = time.Minute
	rebuildAtOnce = 500
)

// forgetSweep is how often what was kept long enough is removed.
const forgetSweep = 24 * time.Hour

// startJobs registers what runs without anybody's request. What tells of past
// sign-ins is kept for the time of keep; digests are mailed unless they are nil.
func (s *services) startJobs(ctx context.Context, keep time.Duration, digests *cohort.Digests) error {
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[assessment.Graded]) error {
		return errors.Join(s.learning.Follow(ctx, job.Args.Attempt), s.credential.Follow(ctx, job.Args.Attempt), s.analysis.Note(ctx, job.Args.Attempt))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[assessment.ExpireOverdue]) error {
		_, err := s.assessment.ExpireOverdue(ctx)
		return err
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[learning.RebuildSummaries]) error {
		_, err := s.learning.Rebuild(ctx, rebuildAtOnce)
		return err
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[identity.ForgetRemains]) error {
		return s.identity.Forget(ctx, keep)
	}))
	river.AddWorker(workers, &regradeWorker{regrades: s.regrades, serving: ctx})
	river.AddWorker(workers, &analysisWorker{analysis: s.analysis, serving: ctx})
	river.AddWorker(workers, &mailWorker{digests: digests, serving: ctx, logger: s.logger})
	river.AddWorker(workers, &reportWorker{reports: s.reports, serving: ctx, logger: s.logger})
	periodic := []*river.PeriodicJob{
		every(expirySweep, assessment.ExpireOverdue{}), every(rebuildSweep, learning.RebuildSummaries{}), every(forgetSweep, identity.ForgetRemains{}),
		every(regradeSweep, regrade.RunRegrades{}),
		slowly(reportSweep, readiness.MakeReports{}), slowly(analysisSweep, itemanalysis.RefreshAnalyses{}),
	}
	if digests != nil {
		periodic = append(periodic, slowly(mailSweep, cohort.MailDigests{}))
	}
	return s.store.StartJobs(ctx, workers, periodic)
}

// every makes a job that runs at the start and again and again; what fails is
// left to the next time.
func every(interval time.Duration, job river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(interval), func() (river.JobArgs, *river.InsertOpts) {
		return job, &river.InsertOpts{MaxAttempts: 1}
	}, &river.PeriodicJobOpts{RunOnStart: true})
}
