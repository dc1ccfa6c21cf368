package bank

import (
	"context"
	"slices"
	"time"

	"muster/internal/curriculum"
	"muster/internal/question"
)

// Seed takes in what changed in the content files since they were taken in last,
// and brings the catalogue up to date; to be called at start. Where nothing
// changed, little is read.
//
// A question that only the files changed follows them. One that a trainer has
// changed stands as the trainer left it, and says so. One that is no longer in the
// files is retired, and comes back with them.
func (s *Service) Seed(ctx context.Context) error {
	head, err := s.Store.BankHead(ctx)
	if err != nil {
		return err
	}
	if head.Content != s.Catalogue.Version {
		err = s.Store.ChangeBank(ctx, Selection{Origin: FromContent}, func(there []Entry) (Change, error) {
			return Change{Steps: s.seeds(there), Content: s.Catalogue.Version}, nil
		})
		if err != nil {
			return err
		}
	}
	return s.Refresh(ctx)
}

// seeds gives the steps from the content questions that the bank has to those of
// the files.
func (s *Service) seeds(there []Entry) []Step {
	known := make(map[question.ID]Entry, len(there))
	for _, e := range there {
		known[e.ID()] = e
	}
	var steps []Step
	for _, q := range s.Catalogue.WrittenQuestions() {
		e, old := known[q.ID]
		delete(known, q.ID)
		if e.Written != s.Catalogue.WrittenVersion(q.ID) {
			steps = append(steps, s.follow(e, q, !old))
		}
	}
	for _, e := range there { // in their order
		if _, gone := known[e.ID()]; gone && e.Written != "" {
			step := Step{Entry: e}
			step.Entry.Written = ""
			step.Move = s.move(&step.Entry, Program, Retired, "The content files no longer hold it.")
			steps = append(steps, step)
		}
	}
	return steps
}

// follow makes the step that takes in what a content file says of a question.
func (s *Service) follow(e Entry, q question.Question, fresh bool) Step {
	at, back := s.now(), e.Written == "" && e.State == Retired && e.ChangedBy == Program
	step := Step{Entry: e, Fresh: fresh}
	step.Entry.Written, step.Entry.Origin = s.Catalogue.WrittenVersion(q.ID), FromContent
	if !fresh && e.Author != Program && e.Version != step.Entry.Written {
		step.Entry.Diverged = true
		return step
	}
	step.Entry.Diverged = false
	if e.Version != step.Entry.Written {
		step.Entry.Question, step.Entry.Version, step.Entry.Number = q, step.Entry.Written, e.Number+1
		step.Entry.Author, step.Entry.ChangedBy, step.Entry.ChangedAt = Program, Program, at
		step.Text = &Version{Number: step.Entry.Number, Version: step.Entry.Version, Author: Program, At: at}
	}
	if fresh || back {
		step.Move = s.move(&step.Entry, Program, Approved, "")
	}
	if step.Entry.State == Approved {
		step.Entry.Approved = step.Entry.Version
	}
	return step
}

// Refresh brings the catalogue up to what the bank says, whoever changed it. It
// reads one row where nothing changed.
func (s *Service) Refresh(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.standings == nil {
		s.standings, s.revision = map[question.ID]Standing{}, -1
	}
	head, err := s.Store.BankHead(ctx)
	if err != nil || head.Revision == s.revision {
		return err
	}
	moved, revision, err := s.Store.BankStandings(ctx, s.revision)
	if err != nil {
		return err
	}
	for _, st := range moved {
		s.standings[st.ID] = st
	}
	w, err := s.workbench(ctx)
	if err != nil {
		return err // what moved is read again the next time
	}
	s.Catalogue.Publish(w)
	s.revision = revision
	return nil
}

// refreshAfter shows a change in this process at once. The change is durable
// already: where it cannot be read now, the next Refresh will.
func (s *Service) refreshAfter(ctx context.Context) { _ = s.Refresh(context.WithoutCancel(ctx)) }

// Follow calls Refresh again and again until the context ends, and failed with
// what went wrong.
func (s *Service) Follow(ctx context.Context, every time.Duration, failed func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.Refresh(ctx); err != nil && ctx.Err() == nil {
				failed(err)
			}
		}
	}
}

// workbench gives what the bank adds to the content files: approved texts that
// they do not have, what is in no paper, and all tags.
func (s *Service) workbench(ctx context.Context) (curriculum.Workbench, error) {
	w := curriculum.Workbench{
		Versions: map[question.ID]question.Version{}, Withdrawn: map[question.ID]bool{}, Tags: map[question.ID][]string{},
	}
	var versions []question.Version
	for id, st := range s.standings {
		written := s.Catalogue.WrittenVersion(id)
		if len(st.Tags) > 0 {
			w.Tags[id] = st.Tags
		}
		if st.Approved != "" && (!st.Live || st.Stale) || st.Approved == "" && written != "" {
			w.Withdrawn[id] = true
		}
		if st.Approved != "" && st.Approved != written {
			w.Versions[id] = st.Approved
			versions = append(versions, st.Approved)
		}
	}
	slices.Sort(versions)
	texts, err := s.Store.QuestionVersions(ctx, slices.Compact(versions))
	if err != nil {
		return curriculum.Workbench{}, err
	}
	for id, version := range w.Versions {
		if q := texts[version]; q.ID == id {
			w.Questions = append(w.Questions, q)
		}
	}
	return w, nil
}
