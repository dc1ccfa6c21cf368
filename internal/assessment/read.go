package assessment

import (
	"context"
	"slices"
	"time"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// Sitting is an attempt as its trainee may see it while it is open.
type Sitting struct {
	State     *State
	Quiz      curriculum.Quiz
	Views     []question.View // in the order of the paper
	Feedback  map[question.ID]Feedback
	ServerNow time.Time
}

// Sitting reads an attempt of the actor's. One whose time is over is closed first.
func (s *Service) Sitting(ctx context.Context, actor identity.Actor, id AttemptID) (Sitting, error) {
	state, paper, err := s.load(ctx, actor, id)
	if err != nil {
		return Sitting{}, err
	}
	sitting := Sitting{State: state, Quiz: paper.Quiz, Feedback: map[question.ID]Feedback{}, ServerNow: s.now()}
	for _, item := range paper.Items {
		q := paper.Questions[item.Question]
		sitting.Views = append(sitting.Views, question.Show(q, state.Seed))
		_, answered := state.Answers[item.Question]
		if shown := atOnce(paper.Quiz); answered && shown > NoDetail {
			sitting.Feedback[item.Question] = state.explain(q).upTo(shown)
		}
	}
	return sitting, nil
}

// load reads the state of an attempt of the actor's with its paper, after
// closing it if its time is over.
func (s *Service) load(ctx context.Context, actor identity.Actor, id AttemptID) (*State, *Paper, error) {
	attempt, err := s.own(ctx, actor, id)
	if err != nil {
		return nil, nil, err
	}
	if attempt.Status == Open && overdue(attempt, s.now()) {
		if err := s.Expire(ctx, id); err != nil {
			return nil, nil, err
		}
		if attempt, err = s.Store.Attempt(ctx, id); err != nil {
			return nil, nil, err
		}
	}
	paper, err := s.paper(ctx, attempt)
	if err != nil {
		return nil, nil, err
	}
	events, err := s.Store.Events(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	return Fold(attempt, events, 0), paper, nil
}

// Outcome is the result of an attempt that has ended; its Views are those of the
// questions that were graded.
type Outcome struct {
	Sitting
	Grade  Grade  // the one that holds
	Scored bool   // whether the grade may be shown: not before every essay is marked
	Detail Detail // how much of the answers may be; Feedback goes as far
}

// Released says whether the keys may be shown.
func (o Outcome) Released() bool { return o.Detail == Keys }

// Outcome reads the result of an attempt of the actor's. It answers Conflict
// with code attempt_open while the attempt is open.
func (s *Service) Outcome(ctx context.Context, actor identity.Actor, id AttemptID) (Outcome, error) {
	sitting, err := s.Sitting(ctx, actor, id)
	if err != nil {
		return Outcome{}, err
	}
	if sitting.State.Status == Open {
		return Outcome{}, errs.New(errs.Conflict, "attempt_open", "This attempt is still open. Submit it to see the result.")
	}
	reached, err := s.momentsOf(ctx, sitting.State.Trainee)
	if err != nil {
		return Outcome{}, err
	}
	shown := reached.detail(sitting.Quiz)
	if shown > NoDetail && sitting.State.Status == Expired && !sitting.State.Released {
		if err := s.release(ctx, id); err != nil {
			return Outcome{}, err
		}
		if sitting, err = s.Sitting(ctx, actor, id); err != nil { // what arrived before counts still
			return Outcome{}, err
		}
	}
	grades, err := s.Store.Grades(ctx, id)
	if err != nil {
		return Outcome{}, err
	}
	outcome := Outcome{Sitting: sitting, Grade: grades[len(grades)-1], Detail: shown}
	outcome.Scored = reached.scored(sitting.Quiz) && outcome.Grade.Awaiting() == 0
	outcome.Views = slices.DeleteFunc(outcome.Views, func(v question.View) bool { return !outcome.Grade.judged(v.ID) })
	outcome.Feedback = map[question.ID]Feedback{}
	if shown == NoDetail {
		return outcome, nil
	}
	return outcome, s.explain(ctx, &outcome)
}

// judged says whether a question was graded: a decision of a scenario is not
// where the path that was taken went past it.
func (g Grade) judged(id question.ID) bool {
	return slices.ContainsFunc(g.Items, func(item ItemGrade) bool { return item.Question == id })
}

// explain adds the feedback of every question that was graded, answered or not.
func (s *Service) explain(ctx context.Context, o *Outcome) error {
	paper, err := s.paper(ctx, o.State.Attempt)
	if err != nil {
		return err
	}
	for _, item := range o.Grade.Items {
		o.Feedback[item.Question] = o.State.explain(paper.Questions[item.Question]).upTo(o.Detail)
	}
	return nil
}

// release writes down that something of the key of an expired attempt is shown
// from now on: answers that arrive later could be made of them.
func (s *Service) release(ctx context.Context, id AttemptID) error {
	return s.Store.Append(ctx, id, func(state *State) (Change, error) {
		if state.Released {
			return Change{}, nil
		}
		return Change{Events: []Event{serverEvent(state.Attempt, EventRelease, state.ServerSeq+1, state.Devices[ServerDevice], s.now())}}, nil
	})
}
