package bank

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// To is where a trainer moves a question: the version that they read, and why.
type To struct {
	State   State
	Version question.Version // "" = whichever is the newest
	Note    string
}

// next says to which states a question may be moved.
var next = map[State][]State{
	Draft:    {InReview, Retired},
	InReview: {Approved, Draft, Retired},
	Approved: {Retired},
	Retired:  {Draft},
}

// Move changes the state of a question. Forbidden, NotFound; Conflict with code
// version_changed where it is not the version that was read, wrong_state where
// the state does not follow, and second_person where somebody would approve a
// question of the exam pool that they wrote, or a version of since it was last
// approved; Invalid with code not_ready and what is wrong by field.
func (s *Service) Move(ctx context.Context, actor identity.Actor, id question.ID, to To) (Entry, error) {
	e, err := s.Entry(ctx, actor, id)
	if err != nil {
		return Entry{}, err
	}
	ready, err := s.ready(ctx, e, to.State)
	if err != nil {
		return Entry{}, err
	}
	to.Version = cmp.Or(to.Version, e.Version)
	return s.change(ctx, actor, id, func(e Entry) (Step, []audit.Entry, error) { return s.moved(actor, e, to, ready) })
}

// readiness says what stands in the way of a version's approval.
type readiness struct {
	version question.Version
	number  int
	blocked error             // nil = nothing
	writers []identity.UserID // who may not approve it
}

// ready reads what stands in the way of moving e to a state.
func (s *Service) ready(ctx context.Context, e Entry, to State) (readiness, error) {
	r := readiness{version: e.Version, number: e.Number}
	if to != InReview && to != Approved {
		return r, nil
	}
	findings, err := s.Findings(ctx, e.Question)
	if err != nil {
		return r, err
	}
	r.blocked = blocked(findings)
	if to == Approved && s.examined(e) {
		r.writers, err = s.writers(ctx, e)
	}
	return r, err
}

// writers names who wrote e as it is: its newest version or one since the last
// that was approved for the exam pool, so that a comma of somebody else's makes
// nobody's own text theirs to approve.
func (s *Service) writers(ctx context.Context, e Entry) ([]identity.UserID, error) {
	h, err := s.Store.BankHistory(ctx, e.ID())
	writers := []identity.UserID{e.Author}
	asked, _ := s.Catalogue.Question(e.ID())
	for _, v := range h.Versions {
		if v.Version == e.Approved && asked.Pool == question.Exam {
			break
		}
		writers = append(writers, v.Author)
	}
	return writers, err
}

func (s *Service) moved(actor identity.Actor, e Entry, to To, ready readiness) (Step, []audit.Entry, error) {
	switch {
	case to.Version != e.Version || ready.version != e.Version || ready.number != e.Number:
		return Step{}, nil, changed()
	case to.State == e.State:
		return Step{}, nil, nil // it stands so already
	case !slices.Contains(next[e.State], to.State):
		return Step{}, nil, errs.New(errs.Conflict, "wrong_state", "A question that is %s cannot become %s: it goes from draft to review, and from there to approved.", e.State, to.State)
	case strings.ContainsRune(to.Note, 0) || utf8.RuneCountInString(to.Note) > MaxNote:
		return Step{}, nil, errs.InvalidField("note", "The note is longer than %d characters, or holds one that cannot be kept.", MaxNote)
	case to.State == Approved && slices.Contains(ready.writers, actor.ID):
		return Step{}, nil, errs.New(errs.Conflict, "second_person", "You wrote this question, or changed it since it was last approved. A question of the exam pool is approved by a trainer or administrator who did neither.")
	case ready.blocked != nil:
		return Step{}, nil, ready.blocked
	}
	step := Step{Entry: e}
	step.Move = s.move(&step.Entry, actor.ID, to.State, to.Note)
	return step, []audit.Entry{entry(step.Entry, ActionMove, e.Version)}, nil
}

// examined says whether a question is of the exam pool, or was as it stands in
// papers now: fixed rules name it, whatever pool it moves to.
func (s *Service) examined(e Entry) bool {
	asked, ok := s.Catalogue.Question(e.ID())
	return e.Question.Pool == question.Exam || ok && asked.Pool == question.Exam
}

// move brings e to a state and says so; nil where it is there already. What is
// approved is in papers until it is retired.
func (s *Service) move(e *Entry, by identity.UserID, to State, note string) *Move {
	if e.State == to {
		return nil
	}
	m := &Move{From: e.State, To: to, Version: e.Version, By: by, At: s.now(), Note: strings.TrimSpace(note)}
	e.State, e.ChangedBy, e.ChangedAt = to, by, m.At
	switch to {
	case Approved:
		e.Approved, e.Live, e.StaleAt, e.StaleReason = e.Version, true, time.Time{}, ""
	case Retired:
		e.Live = false
	}
	return m
}

// Stale marks questions whose passage has changed: they are in no new paper
// until they are confirmed. Those that are marked already stay as they are.
func (s *Service) Stale(ctx context.Context, ids []question.ID, reason string) error {
	at := s.now()
	for part := range slices.Chunk(ids, addedAtOnce) {
		err := s.Store.ChangeBank(ctx, Selection{IDs: part}, func(there []Entry) (Change, error) { return Outdated(there, reason, at), nil })
		if err != nil {
			return err
		}
	}
	s.refreshAfter(ctx)
	return nil
}

// Outdated makes the change that marks questions as stale, for who keeps it in a
// transaction of their own.
func Outdated(there []Entry, reason string, at time.Time) Change {
	var change Change
	for _, e := range there {
		if e.Stale() {
			continue
		}
		e.StaleAt, e.StaleReason, e.ChangedBy, e.ChangedAt = at, reason, Program, at
		change.Steps = append(change.Steps, Step{Entry: e})
		change.Audit = append(change.Audit, entry(e, ActionStale, e.Version))
	}
	return change
}

// Confirm ends that a question is stale, where its passages stand as they are
// quoted. Forbidden, NotFound, and Invalid with code not_ready where they do not.
func (s *Service) Confirm(ctx context.Context, actor identity.Actor, id question.ID) (Entry, error) {
	read, err := s.Entry(ctx, actor, id)
	if err != nil {
		return Entry{}, err
	}
	findings, err := s.unanchored(ctx, read.Question)
	if err != nil {
		return Entry{}, err
	}
	if read.Approved != "" && read.Approved != read.Version { // which goes back into papers
		texts, err := s.Store.QuestionVersions(ctx, []question.Version{read.Approved})
		if err != nil {
			return Entry{}, err
		}
		asked, err := s.unanchored(ctx, texts[read.Approved])
		if err != nil {
			return Entry{}, err
		}
		findings = append(findings, asked...)
	}
	return s.change(ctx, actor, id, func(e Entry) (Step, []audit.Entry, error) {
		switch {
		case !e.Stale():
			return Step{}, nil, nil
		case e.Version != read.Version:
			return Step{}, nil, changed()
		case blocked(findings) != nil:
			return Step{}, nil, blocked(findings)
		}
		e.StaleAt, e.StaleReason, e.ChangedBy, e.ChangedAt = time.Time{}, "", actor.ID, s.now()
		return Step{Entry: e}, []audit.Entry{entry(e, ActionConfirm, e.Version)}, nil
	})
}
