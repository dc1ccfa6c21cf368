package assessment

import (
	"context"
	"math"
	"slices"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/question"
)

// Candidate is a ruling that was not made yet.
type Candidate struct {
	Ruling
	Key question.Question // rekey: the document with the other key
}

// Verdict is what a ruling would change of an attempt.
type Verdict struct {
	Attempt Attempt
	Before  Grade
	After   Grade
}

// Try judges an attempt that has ended as a candidate would have it, and keeps
// nothing.
func (s *Service) Try(ctx context.Context, id AttemptID, c Candidate) (Verdict, error) {
	attempt, err := s.Store.Attempt(ctx, id)
	if err != nil {
		return Verdict{}, err
	}
	paper, err := s.paper(ctx, attempt)
	if err != nil {
		return Verdict{}, err
	}
	if err := s.rule(ctx, paper, c); err != nil {
		return Verdict{}, err
	}
	grades, err := s.Store.Grades(ctx, id)
	if err != nil {
		return Verdict{}, err
	}
	v := Verdict{Attempt: attempt, Before: grades[len(grades)-1]}
	of := c.Question
	if paper.Quiz.Purpose == curriculum.PurposeScenario {
		of = "" // another key may lead elsewhere
	}
	events, err := s.Rulings.Work(ctx, id, of)
	if err != nil {
		return Verdict{}, err
	}
	v.After = revise(v.Before, attempt, paper, of, Replay(attempt.StartedAt, events))
	return v, nil
}

// revise judges one question of a grade again, or all where of is "": the others
// are worth what they were.
func revise(before Grade, a Attempt, paper *Paper, of question.ID, answers map[question.ID]Answering) Grade {
	if of == "" {
		state := &State{Attempt: a, Answers: make(map[question.ID]Answer), Grades: before.Number}
		for id, work := range answers {
			if work.Response != nil {
				state.Answers[id] = Answer{Response: work.Response}
			}
		}
		return Judge(state, paper)
	}
	g := Grade{Attempt: a.ID, Number: before.Number + 1}
	for _, item := range before.Items {
		if item.Question == of {
			response := answers[of].Response
			item = paper.mark(PaperItem{Question: item.Question, Version: item.Version}, response, response != nil)
		}
		g.take(item)
	}
	g.decide(paper.Quiz)
	return g
}

// rule changes a paper as a candidate would.
func (s *Service) rule(ctx context.Context, paper *Paper, c Candidate) error {
	for _, item := range paper.Items {
		if item.Version != c.Version {
			continue
		}
		delete(paper.Void, item.Question)
		switch c.Action {
		case Rekey:
			paper.Questions[item.Question] = c.Key
		case Void:
			paper.Void[item.Question] = true
		case Restore:
			written, err := s.Bank.QuestionVersions(ctx, []question.Version{c.Version})
			if err != nil {
				return err
			}
			paper.Questions[item.Question] = written[c.Version]
		}
	}
	return nil
}

// Regrade judges an attempt that has ended by the rulings that hold, and appends
// a grade where it is another than the one before; r is the ruling that brings
// it about. Doing it again changes nothing.
func (s *Service) Regrade(ctx context.Context, id AttemptID, r Ruling) error {
	attempt, err := s.Store.Attempt(ctx, id)
	if err != nil {
		return err
	}
	for again := true; again; {
		paper, err := s.paper(ctx, attempt)
		if err != nil {
			return err
		}
		grades, err := s.Store.Grades(ctx, id)
		if err != nil || len(grades) == 0 {
			return err
		}
		last := grades[len(grades)-1]
		err = s.Store.Append(ctx, id, func(state *State) (Change, error) {
			if again = state.Grades != last.Number; again { // a late answer was graded just now
				return Change{}, nil
			}
			g := Judge(state, paper)
			if last.same(g) {
				return Change{}, nil
			}
			g.Reason, g.Ruling, g.At = r.Reason, r.ID, s.now()
			return Change{Grade: &g, Audit: []audit.Entry{gradeEntry(g, string(r.By))}}, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// same says whether two grades of an attempt judge alike, whoever gave them.
func (g Grade) same(other Grade) bool {
	const rounding = 1e-9
	alike := func(a, b ItemGrade) bool {
		return a.Question == b.Question && a.Void == b.Void && a.Correct == b.Correct && a.Critical == b.Critical && math.Abs(a.Fraction-b.Fraction) < rounding
	}
	return g.Passed == other.Passed && math.Abs(g.Points-other.Points) < rounding && g.MaxPoints == other.MaxPoints &&
		slices.EqualFunc(g.Items, other.Items, alike)
}

// Voided says whether a ruling took a question out of a grade.
func (g Grade) Voided(id question.ID) bool {
	return slices.ContainsFunc(g.Items, func(item ItemGrade) bool { return item.Question == id && item.Void })
}
