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
		answer, answered := state.Answers[item.Question]
		if answered && paper.Quiz.Release == curriculum.ReleaseImmediate {
			sitting.Feedback[item.Question] = Feedback{Question: q, Result: question.Score(q, answer.Response)}
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
	Grade    Grade // the one that holds
	Released bool  // whether keys and feedback may be shown; Feedback is empty otherwise
}

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
	released, err := s.released(ctx, sitting.State.Attempt, sitting.Quiz)
	if err != nil {
		return Outcome{}, err
	}
	if released && sitting.State.Status == Expired && !sitting.State.Released {
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
	outcome := Outcome{Sitting: sitting, Grade: grades[len(grades)-1], Released: released}
	outcome.Views = slices.DeleteFunc(outcome.Views, func(v question.View) bool { return !outcome.Grade.judged(v.ID) })
	outcome.Feedback = map[question.ID]Feedback{}
	if !outcome.Released {
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
		q := paper.Questions[item.Question]
		o.Feedback[item.Question] = Feedback{Question: q, Result: question.Score(q, o.State.Answers[item.Question].Response)}
	}
	return nil
}

// released says whether the keys of an ended attempt may be shown now.
func (s *Service) released(ctx context.Context, a Attempt, quiz curriculum.Quiz) (bool, error) {
	switch quiz.Release {
	case curriculum.ReleaseImmediate, curriculum.ReleaseSubmitted:
		return true, nil
	case curriculum.ReleaseFinished:
		return s.checkPassed(ctx, a.Trainee, quiz.Module)
	case curriculum.ReleaseClosed:
		closes := moment(quiz.ClosesAt)
		return !closes.IsZero() && !s.now().Before(closes), nil
	}
	return false, nil
}

// release writes down that the keys of an expired attempt are shown from now
// on: answers that arrive later could be made of them.
func (s *Service) release(ctx context.Context, id AttemptID) error {
	return s.Store.Append(ctx, id, func(state *State) (Change, error) {
		if state.Released {
			return Change{}, nil
		}
		return Change{Events: []Event{serverEvent(state.Attempt, EventRelease, state.ServerSeq+1, state.Devices[ServerDevice], s.now())}}, nil
	})
}

// checkPassed says whether a trainee has passed the check of a module, its last step.
func (s *Service) checkPassed(ctx context.Context, trainee identity.UserID, m curriculum.ModuleSlug) (bool, error) {
	attempts, err := s.Store.Attempts(ctx, trainee)
	if err != nil {
		return false, err
	}
	tallies := Tallies(attempts)
	module, _ := s.Catalogue.Module(m)
	return slices.ContainsFunc(module.Quizzes, func(q curriculum.Quiz) bool {
		return q.Purpose == curriculum.PurposeCheck && tallies[q.Slug].Passed
	}), nil
}
