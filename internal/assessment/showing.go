package assessment

import (
	"context"
	"slices"
	"strings"
	"time"

	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// Detail is how much of a trainee's answers is shown to them.
type Detail int

// The details; each includes those before it.
const (
	NoDetail    Detail = iota
	Correctness        // which answers were right
	Reasons            // what is said to the answer that was given
	Keys               // the right answers and what explains them
)

// Feedback is what a trainee is shown of an answered question.
type Feedback struct {
	Question question.Question // the version that was drawn; without its key below Keys
	Result   question.Result
	Comment  string // of who marked an essay
	Detail   Detail
}

// Explain judges a response to a question and tells all of it.
func Explain(q question.Question, response []byte) Feedback {
	return Feedback{Question: q, Result: question.Score(q, response), Detail: Keys}
}

// explain judges the answer to a question of an attempt and tells all of it.
func (s *State) explain(q question.Question) Feedback {
	result, mark := s.result(q)
	return Feedback{Question: q, Result: result, Comment: mark.Comment, Detail: Keys}
}

// upTo leaves out of feedback what is not shown yet. What belongs to answers
// that were not given, and the order of the rest, would tell the key.
func (f Feedback) upTo(d Detail) Feedback {
	if d >= f.Detail {
		return f
	}
	q := f.Question
	f.Question = question.Question{ID: q.ID, Kind: q.Kind, Critical: q.Critical}
	f.Detail = d
	if d < Reasons {
		f.Comment = ""
	} else if q.Kind.Marked() {
		f.Question.Rubric = criteria(q.Rubric) // the trainee was told of each what it got
	}
	var given []question.Part
	if d >= Reasons {
		given = slices.DeleteFunc(slices.Clone(f.Result.Parts), func(p question.Part) bool { return !p.Chosen })
		slices.SortStableFunc(given, func(a, b question.Part) int { return strings.Compare(a.ID, b.ID) })
	}
	f.Result.Parts = given
	return f
}

// atOnce is what is shown of an answer as soon as it is given.
func atOnce(quiz curriculum.Quiz) Detail {
	return detail(quiz.Shown(), func(p curriculum.FeedbackPoint) bool { return p == curriculum.ReleaseImmediate })
}

// detail is how far down the parts of a result the points are reached: none is
// shown before one above it.
func detail(showing curriculum.Showing, reached func(curriculum.FeedbackPoint) bool) Detail {
	d := NoDetail
	for _, point := range showing.Points()[1:] {
		if !reached(point) {
			break
		}
		d++
	}
	return d
}

// moments knows which points a trainee's ended attempts have reached.
type moments struct {
	now         time.Time
	checkPassed func(curriculum.ModuleSlug) bool
	closes      func(curriculum.Quiz) time.Time // zero = never
}

func (s *Service) moments(tallies map[curriculum.QuizSlug]Tally, overrides map[curriculum.QuizSlug]curriculum.Override) moments {
	closes := func(taken curriculum.Quiz) time.Time { return s.closes(taken, overrides[taken.Slug]) }
	return moments{now: s.now(), closes: closes, checkPassed: func(slug curriculum.ModuleSlug) bool {
		module, _ := s.Catalogue.Module(slug)
		return slices.ContainsFunc(module.Quizzes, func(q curriculum.Quiz) bool {
			return q.Purpose == curriculum.PurposeCheck && tallies[q.Slug].Passed
		})
	}}
}

// closes is when a quiz closes for everybody that one trainee may tell: the latest
// of what the attempt was taken under, what the quiz says now, and what holds for
// the trainee now. An exception may put off that keys are shown, never bring it
// forward. Zero where it does not close.
func (s *Service) closes(taken curriculum.Quiz, override curriculum.Override) time.Time {
	last := moment(taken.ClosesAt)
	now, ok := s.Catalogue.Quiz(taken.Slug)
	if !ok {
		return last
	}
	for _, quiz := range []curriculum.Quiz{now, now.Under(override)} {
		closes := moment(quiz.ClosesAt)
		if last.IsZero() || closes.IsZero() {
			return time.Time{}
		}
		if closes.After(last) {
			last = closes
		}
	}
	return last
}

func (m moments) reached(quiz curriculum.Quiz) func(curriculum.FeedbackPoint) bool {
	return func(p curriculum.FeedbackPoint) bool {
		switch p {
		case curriculum.ReleaseImmediate, curriculum.ReleaseSubmitted:
			return true
		case curriculum.ReleaseFinished:
			return m.checkPassed(quiz.Module)
		case curriculum.ReleaseClosed:
			closes := m.closes(quiz)
			return !closes.IsZero() && !m.now.Before(closes)
		}
		return false
	}
}

// scored says whether the score of an ended attempt is shown.
func (m moments) scored(quiz curriculum.Quiz) bool { return m.reached(quiz)(quiz.Shown().Score) }

// detail is how much of an ended attempt is shown: nothing without its score.
func (m moments) detail(quiz curriculum.Quiz) Detail {
	if !m.scored(quiz) {
		return NoDetail
	}
	return detail(quiz.Shown(), m.reached(quiz))
}

// momentsOf reads what a trainee has reached.
func (s *Service) momentsOf(ctx context.Context, trainee identity.UserID) (moments, error) {
	attempts, err := s.Store.Attempts(ctx, trainee)
	if err != nil {
		return moments{}, err
	}
	overrides, err := s.overrides(ctx, trainee)
	return s.moments(Tallies(attempts), overrides), err
}

// Shown leaves out of a trainee's attempts the grades that they are not shown
// yet: those that await a mark, and others by the policy that each attempt was taken under.
func (s *Service) Shown(ctx context.Context, attempts []GradedAttempt) ([]GradedAttempt, error) {
	if len(attempts) == 0 {
		return attempts, nil
	}
	overrides, err := s.overrides(ctx, attempts[0].Trainee)
	if err != nil {
		return nil, err
	}
	reached := s.moments(Tallies(attempts), overrides)
	shown := slices.Clone(attempts)
	for i, a := range shown {
		if a.Grade != nil && a.Grade.Awaiting() > 0 {
			shown[i].Grade = nil
			continue
		}
		if a.Grade == nil || !strings.HasPrefix(string(a.Quiz), curriculum.BankPlace+".") {
			continue // quizzes of the content files show the score at once
		}
		taken, err := s.Bank.QuizVersion(ctx, a.QuizVersion)
		if err != nil {
			return nil, err
		}
		if !reached.scored(taken) {
			shown[i].Grade = nil
		}
	}
	return shown, nil
}
