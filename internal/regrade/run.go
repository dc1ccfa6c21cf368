package regrade

import (
	"context"
	"fmt"
	"time"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/errs"
)

// When a regrade is worked on again after a crash, and when it looks once more
// for attempts that were being handed in while the ruling was made.
const (
	leased  = time.Minute
	settles = time.Minute
)

// RunRegrades is the job that works on regrades.
type RunRegrades struct{}

// Kind names the job in the queue.
func (RunRegrades) Kind() string { return "run_regrades" }

// LeaseLost is the code of a Conflict: another works on the regrade by now.
const LeaseLost = "lease_lost"

// Run works on every regrade that is due. One that was cut off goes on where it
// was: grading an attempt twice changes nothing. One that another has taken on
// meanwhile is left to them.
func (s *Service) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		now := s.Now()
		r, found, err := s.Store.LeaseRegrade(ctx, now, now.Add(leased))
		if err != nil || !found {
			return err
		}
		if err := s.run(ctx, r); err != nil && errs.CodeOf(err) != LeaseLost {
			return fmt.Errorf("regrade %s: %w", r.ID, err)
		}
	}
	return ctx.Err()
}

// run grades what is left of a regrade.
func (s *Service) run(ctx context.Context, r Regrade) error {
	err := s.each(ctx, r.Version, r.Through, func(ids []assessment.AttemptID) error {
		for _, id := range ids {
			if err := s.Grader.Regrade(ctx, id, r.Ruling); err != nil {
				return err
			}
		}
		r.Through = ids[len(ids)-1]
		if r.State == Running {
			r.Seen = min(r.Seen+len(ids), r.Total)
		}
		now := s.Now()
		if err := s.Store.KeepRegrade(ctx, r, now, now.Add(leased)); err != nil {
			return err
		}
		r.Leased = now.Add(leased)
		return nil
	})
	if err != nil {
		return err
	}
	return s.next(ctx, r)
}

// next moves a regrade on whose attempts are all done.
func (s *Service) next(ctx context.Context, r Regrade) error {
	now := s.Now()
	due := now
	var log []audit.Entry
	switch r.State {
	case Running:
		r.State, r.Through, r.Seen = Settling, "", r.Total
		due = now.Add(settles)
	case Settling:
		told, err := s.tell(ctx, r)
		if err != nil {
			return err
		}
		r.State, r.EndedAt = Done, now
		log = append(log, told.entry(r, now))
	}
	return s.Store.KeepRegrade(ctx, r, due, now, log...)
}
