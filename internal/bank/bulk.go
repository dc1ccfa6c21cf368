package bank

import (
	"context"
	"slices"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// Action is what is done to many questions at once.
type Action string

// The actions.
const (
	AddTag        Action = "tag"
	RemoveTag     Action = "untag"
	Submit        Action = "submit"
	Approve       Action = "approve"
	Retire        Action = "retire"
	Restore       Action = "restore" // from retired to draft
	MovePool      Action = "move_pool"
	AddOutcome    Action = "add_outcome"
	RemoveOutcome Action = "remove_outcome"
)

// Actions lists every action.
var Actions = []Action{AddTag, RemoveTag, Submit, Approve, Retire, Restore, MovePool, AddOutcome, RemoveOutcome}

// target is the state that an action moves a question to.
var target = map[Action]State{Submit: InReview, Approve: Approved, Retire: Retired, Restore: Draft}

// MaxMany is how many questions are changed at once.
const MaxMany = 2000

// manyAtOnce is how many of them a transaction changes.
const manyAtOnce = 100

// Done is what became of one of many questions.
type Done struct {
	ID  question.ID
	Err error // nil = it is as was asked
}

// Many does the same to many questions, to each that allows it, and says what
// became of each. Forbidden; Invalid for what fits no question.
func (s *Service) Many(ctx context.Context, actor identity.Actor, ids []question.ID, action Action, value string) ([]Done, error) {
	if err := admit(actor); err != nil {
		return nil, err
	}
	if err := s.checkMany(ids, action, value); err != nil {
		return nil, err
	}
	var done []Done
	for part := range slices.Chunk(unique(ids), manyAtOnce) {
		some, err := s.many(ctx, actor, part, action, value)
		if err != nil {
			return done, err
		}
		done = append(done, some...)
	}
	s.refreshAfter(ctx)
	return done, nil
}

// unique drops what is named again.
func unique(ids []question.ID) []question.ID {
	seen := make(map[question.ID]bool, len(ids))
	return slices.DeleteFunc(slices.Clone(ids), func(id question.ID) bool {
		again := seen[id]
		seen[id] = true
		return again
	})
}

func (s *Service) checkMany(ids []question.ID, action Action, value string) error {
	switch {
	case len(ids) == 0 || len(ids) > MaxMany:
		return errs.InvalidField("questions", "Choose 1 to %d questions.", MaxMany)
	case !slices.Contains(Actions, action):
		return errs.InvalidField("action", "There is no such action.")
	case action == MovePool && value != string(question.Practice) && value != string(question.Exam):
		return errs.InvalidField("value", "The pool must be practice or exam.")
	case action == AddTag || action == RemoveTag:
		if list, err := tags([]string{value}); err != nil || len(list) == 0 {
			return errs.InvalidField("value", "Give a tag of at most %d characters.", MaxTag)
		}
	case action == AddOutcome:
		if _, ok := s.Catalogue.OutcomeByID(curriculum.OutcomeID(value)); !ok {
			return errs.InvalidField("value", "There is no such outcome in the curriculum. Choose one of its lessons’.")
		}
	case action == RemoveOutcome && value == "": // one that the curriculum has no more can be removed
		return errs.InvalidField("value", "Say which outcome.")
	}
	return nil
}

// many changes some questions in one transaction.
func (s *Service) many(ctx context.Context, actor identity.Actor, ids []question.ID, action Action, value string) ([]Done, error) {
	ready := map[question.ID]readiness{}
	if to := target[action]; to != "" {
		for _, id := range ids {
			e, err := s.Store.BankEntry(ctx, id)
			if err == nil {
				ready[id], err = s.ready(ctx, e, to)
			}
			if err != nil && errs.KindOf(err) != errs.NotFound {
				return nil, err
			}
		}
	}
	var done []Done
	err := s.Store.ChangeBank(ctx, Selection{IDs: ids}, func(there []Entry) (Change, error) {
		change, entries := Change{}, map[question.ID]Entry{}
		done = nil
		for _, e := range there {
			entries[e.ID()] = e
		}
		for _, id := range ids {
			e, ok := entries[id]
			if !ok {
				done = append(done, Done{id, errs.Missing("question")})
				continue
			}
			step, log, err := s.one(actor, e, action, value, ready[id])
			done = append(done, Done{id, err})
			if err == nil && len(log) > 0 {
				change.Steps, change.Audit = append(change.Steps, step), append(change.Audit, log...)
			}
		}
		return change, nil
	})
	return done, err
}

// one makes the step of one of many questions.
func (s *Service) one(actor identity.Actor, e Entry, action Action, value string, ready readiness) (Step, []audit.Entry, error) {
	switch action {
	case AddTag:
		return s.edited(actor, e, e.Question, append(slices.Clone(e.Tags), value), "")
	case RemoveTag:
		without := slices.DeleteFunc(slices.Clone(e.Tags), func(t string) bool { return t == tag(value) })
		return s.edited(actor, e, e.Question, without, "")
	case MovePool:
		q := e.Question
		q.Pool = question.Pool(value)
		return s.edited(actor, e, q, e.Tags, "")
	case AddOutcome, RemoveOutcome:
		q := e.Question
		q.Outcomes = slices.DeleteFunc(slices.Clone(q.Outcomes), func(o string) bool { return o == value && action == RemoveOutcome })
		if action == AddOutcome && !slices.Contains(q.Outcomes, value) {
			q.Outcomes = append(q.Outcomes, value)
		}
		return s.edited(actor, e, q, e.Tags, "")
	default:
		return s.moved(actor, e, To{State: target[action], Version: ready.version}, ready)
	}
}
