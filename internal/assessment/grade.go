package assessment

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/question"
)

// Judge grades the answers that count against the versions that were drawn.
// The attempt passes when the score reaches the pass mark and, where the quiz
// says so, no critical question failed. Of a scenario only the decisions on the
// path that was taken count, and no question that a ruling took out, unless none
// would be left.
func Judge(state *State, paper *Paper) Grade {
	items := paper.Items
	if paper.Quiz.Purpose == curriculum.PurposeScenario {
		items = paper.path(state.Answers)
	}
	paper = paper.sparing(items)
	g := Grade{Attempt: state.ID, Number: state.Grades + 1}
	for _, item := range items {
		g.take(paper.judge(item, state))
	}
	g.decide(paper.Quiz)
	return g
}

// judge judges the answer to one question of the paper.
func (p *Paper) judge(item PaperItem, state *State) ItemGrade {
	if p.Void[item.Question] {
		return ItemGrade{Question: item.Question, Version: item.Version, Void: true}
	}
	result, mark := state.result(p.Questions[item.Question])
	_, answered := state.Answers[item.Question]
	return ItemGrade{
		Question: item.Question, Version: item.Version, Answered: answered,
		Fraction: result.Fraction, Correct: result.Correct, Critical: result.CriticalFailure,
		Awaiting: result.Awaiting, Mark: mark.Seq,
	}
}

// take adds what one question brought.
func (g *Grade) take(item ItemGrade) {
	g.Items = append(g.Items, item)
	if item.Void {
		return
	}
	g.MaxPoints++
	g.Points += item.Fraction
	if item.Critical {
		g.CriticalFailures = append(g.CriticalFailures, item.Question)
	}
}

// decide says whether a grade passes a quiz. While an answer awaits its mark nobody
// has passed or failed.
func (g *Grade) decide(quiz curriculum.Quiz) {
	const rounding = 1e-9 // sums of thirds
	g.Passed = g.Awaiting() == 0 && g.Score()+rounding >= quiz.PassMark && (!quiz.Critical || len(g.CriticalFailures) == 0)
}

// path follows the answers from the first decision of a scenario. A decision
// that was reached and not made is on the path; it can be there only once.
func (p *Paper) path(answers map[question.ID]Answer) []PaperItem {
	var path []PaperItem
	for at := p.Items[0].Question; at != ""; {
		i := slices.IndexFunc(p.Items, func(item PaperItem) bool { return item.Question == at })
		if i < 0 || slices.Contains(path, p.Items[i]) {
			break
		}
		path = append(path, p.Items[i])
		at = question.Next(p.Questions[at], answers[at].Response)
	}
	return path
}

// grade adds a grade of the state as it will be, with its audit entry.
func grade(change *Change, after *State, paper *Paper, reason string, now time.Time) {
	g := Judge(after, paper)
	g.Reason, g.At = reason, now
	change.Grade = &g
	by := string(after.Trainee)
	if reason == "expire" {
		by = audit.System
	}
	change.Audit = append(change.Audit, gradeEntry(g, by))
}

// with gives a copy of the state after a change.
func (s *State) with(c Change) *State {
	after := *s
	after.Devices, after.Bodies = maps.Clone(s.Devices), maps.Clone(s.Bodies)
	after.Answers, after.Flags, after.flagOrder = maps.Clone(s.Answers), maps.Clone(s.Flags), maps.Clone(s.flagOrder)
	after.marks = maps.Clone(s.marks)
	after.Apply(c)
	return &after
}

// Expire closes an attempt whose time is over and grades what was answered in
// time. An attempt that is closed already, or not due, is left as it is.
func (s *Service) Expire(ctx context.Context, id AttemptID) error {
	attempt, err := s.Store.Attempt(ctx, id)
	if err != nil {
		return err
	}
	paper, err := s.paper(ctx, attempt)
	if err != nil {
		return err
	}
	return s.Store.Append(ctx, id, func(state *State) (Change, error) {
		now := s.now()
		if state.Status != Open || !overdue(state.Attempt, now) {
			return Change{}, nil
		}
		return expire(state, paper, Change{}, now), nil
	})
}

func expire(state *State, paper *Paper, change Change, now time.Time) Change {
	seq := state.ServerSeq + int64(len(change.Events)) + 1
	change.Events = append(change.Events, serverEvent(state.Attempt, EventExpire, seq, state.Devices[ServerDevice], now))
	change.End = &End{Status: Expired, At: now}
	grade(&change, state.with(change), paper, "expire", now)
	return change
}

// ExpireOverdue closes every attempt whose time is over; the job that runs
// without anybody's request. It gives how many it closed. One that cannot be
// closed does not keep the others open.
func (s *Service) ExpireOverdue(ctx context.Context) (int, error) {
	const batch = 200
	closed := 0
	for {
		due, err := s.Store.Overdue(ctx, s.now().Add(-Grace), batch)
		if err != nil || len(due) == 0 {
			return closed, err
		}
		var failed []error
		for _, id := range due {
			if err := s.Expire(ctx, id); err != nil {
				failed = append(failed, fmt.Errorf("expire attempt %s: %w", id, err))
				continue
			}
			closed++
		}
		if len(due) < batch || len(failed) == batch || ctx.Err() != nil {
			return closed, errors.Join(failed...)
		}
	}
}
