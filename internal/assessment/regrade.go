package assessment

import (
	"context"
	"maps"
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
	Kept    bool // it would be without any question: what the ruling takes out stays in
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
	of := paper.concerned(c.Ruling)
	needs := of
	if v.Before.alone() != "" {
		needs = "" // what counts alone is judged again too
	}
	events, err := s.Rulings.Work(ctx, id, needs)
	if err != nil {
		return Verdict{}, err
	}
	v.After = revise(v.Before, replayed(attempt, events), paper, of)
	v.Kept = c.Action == Void && v.After.judged(c.Question) && !v.After.Voided(c.Question)
	return v, nil
}

// concerned names the question that a ruling has judged again, "" for all.
func (p *Paper) concerned(r Ruling) question.ID {
	if p.Quiz.Purpose == curriculum.PurposeScenario {
		return "" // another key may lead elsewhere
	}
	return r.Question
}

// replayed is the part of a state that grades follow from.
func replayed(a Attempt, events []Event) *State {
	state := &State{Attempt: a, Answers: make(map[question.ID]Answer), marks: make(map[marked]Mark)}
	for id, work := range Replay(a.StartedAt, events) {
		if work.Response != nil {
			state.Answers[id] = Answer{Response: work.Response}
		}
		for _, mark := range work.Marks {
			state.marks[marked{id, mark.Of}] = mark
		}
	}
	return state
}

// revise judges one question of a grade again, or all where of is "": the others
// are worth what they were, so that a ruling answers for what it changes alone.
// A question that alone counted may have been left in for that, and is looked at
// too.
func revise(before Grade, state *State, paper *Paper, of question.ID) Grade {
	if of == "" {
		g := Judge(state, paper)
		g.Number = before.Number + 1
		return g
	}
	items := make([]PaperItem, len(before.Items))
	for i, item := range before.Items {
		items[i] = PaperItem{Question: item.Question, Version: item.Version}
	}
	paper = paper.sparing(items)
	g := Grade{Attempt: state.ID, Number: before.Number + 1}
	for i, item := range before.Items {
		if item.Question == of || item.Question == before.alone() {
			item = paper.judge(items[i], state)
		}
		g.take(item)
	}
	g.decide(paper.Quiz)
	return g
}

// alone names the only question that counts in a grade, "" where there are more.
func (g Grade) alone() question.ID {
	var found question.ID
	for _, item := range g.Items {
		switch {
		case item.Void:
		case found != "":
			return ""
		default:
			found = item.Question
		}
	}
	return found
}

// sparing gives the paper with the question that was taken out last left in,
// where nothing of some would be left: points of none say nothing of anybody, so
// that such an attempt keeps its result.
func (p *Paper) sparing(items []PaperItem) *Paper {
	last := -1
	for i, item := range items {
		if !p.Void[item.Question] {
			return p
		}
		if last < 0 || slices.Index(p.Voided, item.Question) > slices.Index(p.Voided, items[last].Question) {
			last = i
		}
	}
	if last < 0 {
		return p
	}
	spared := *p
	spared.Void = maps.Clone(p.Void)
	delete(spared.Void, items[last].Question)
	return &spared
}

// rule changes a paper as a candidate would.
func (s *Service) rule(ctx context.Context, paper *Paper, c Candidate) error {
	for _, item := range paper.Items {
		if item.Version != c.Version {
			continue
		}
		delete(paper.Void, item.Question)
		paper.Voided = slices.DeleteFunc(paper.Voided, func(id question.ID) bool { return id == item.Question })
		switch c.Action {
		case Rekey:
			paper.Questions[item.Question] = c.Key
		case Void:
			paper.Void[item.Question] = true
			paper.Voided = append(paper.Voided, item.Question)
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

// Regrade judges what a ruling concerns of an attempt that has ended, by the
// rulings that hold, and appends a grade where it is another than the one before.
// Doing it again changes nothing.
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
			g := revise(last, state, paper, paper.concerned(r))
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
		return a.Question == b.Question && a.Void == b.Void && a.Correct == b.Correct && a.Critical == b.Critical && a.Awaiting == b.Awaiting && a.Mark == b.Mark && math.Abs(a.Fraction-b.Fraction) < rounding
	}
	return g.Passed == other.Passed && math.Abs(g.Points-other.Points) < rounding && g.MaxPoints == other.MaxPoints &&
		slices.EqualFunc(g.Items, other.Items, alike)
}

// Voided says whether a ruling took a question out of a grade.
func (g Grade) Voided(id question.ID) bool {
	return slices.ContainsFunc(g.Items, func(item ItemGrade) bool { return item.Question == id && item.Void })
}
