// Package marking is the work of those who mark essays: what waits for a mark,
// one answer with its rubric, and the mark that is given.
//
// Markers see what was written and not by whom: no name, no cohort, no attempt
// leaves this package. It must not know HTTP or SQL, nor what a mark is worth.
package marking

import (
	"context"
	"slices"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// Answer is an essay that was handed in.
type Answer struct {
	ID       assessment.AnswerID
	Attempt  assessment.AttemptID // for the program alone
	Quiz     curriculum.QuizSlug
	Question question.ID
	Version  question.Version
	QueuedAt time.Time // when it was first graded
	Awaiting bool
	Fraction float64         // 0..1, what the mark is worth; 0 while it waits
	MarkedAt time.Time       // zero while it waits
	Marker   identity.UserID // "" while it waits
}

// Filter says which answers to list.
type Filter struct {
	Marked bool                // those that are marked, newest mark first; else those that wait, oldest first
	Quiz   curriculum.QuizSlug // "" = of any
	Limit  int                 // 1 to MaxPage
	Cursor string              // as the page before gave it
}

// MaxPage is the most that a page holds.
const MaxPage = 200

// QuizCount is how many answers of a quiz wait.
type QuizCount struct {
	Quiz    curriculum.QuizSlug
	Waiting int
}

// Store keeps which essays there are. What a person wrote themselves is never
// among what they may mark: not is who asks.
type Store interface {
	// EssayAnswers reads a page, after the answer that the cursor names. Invalid for
	// a cursor that nobody gave.
	EssayAnswers(ctx context.Context, not identity.UserID, f Filter) ([]Answer, error)
	// EssayAnswer reads one. NotFound.
	EssayAnswer(ctx context.Context, not identity.UserID, id assessment.AnswerID) (Answer, error)
	// CountEssayAnswers counts those that fit, whatever the page.
	CountEssayAnswers(ctx context.Context, not identity.UserID, f Filter) (int, error)
	// WaitingEssays counts what waits, by quiz in the order of their slugs.
	WaitingEssays(ctx context.Context, not identity.UserID) ([]QuizCount, error)
	// NextEssay gives what to mark after an answer: the oldest that waits of the
	// same question, else of the same quiz; "" where there is none.
	NextEssay(ctx context.Context, not identity.UserID, after Answer) (assessment.AnswerID, error)
	// NamesOf reads what people are called.
	NamesOf(ctx context.Context, people []identity.UserID) (map[identity.UserID]string, error)
}

// Marker keeps marks.
type Marker interface {
	Essay(ctx context.Context, id assessment.AttemptID, of question.ID) (assessment.EssayAnswer, error)
	Mark(ctx context.Context, id assessment.AttemptID, of question.ID, m assessment.Mark, known int) error
}

// Bank keeps versions of questions.
type Bank interface {
	QuestionVersions(ctx context.Context, versions []question.Version) (map[question.Version]question.Question, error)
}

// Service is what trainers do with essays.
type Service struct {
	Store  Store
	Marker Marker
	Bank   Bank
}

// Page is some of the answers that fit, with the questions that they answer.
type Page struct {
	Answers   []Answer
	Questions map[question.Version]question.Question
	Names     map[identity.UserID]string // of the markers
	Total     int                        // that fit
	Waiting   []QuizCount
	Next      string // cursor, "" = this was the last page
}

// Marks says whether a role may mark.
func Marks(role identity.Role) bool { return role == identity.Trainer || role == identity.Admin }

func admit(actor identity.Actor) error {
	if !Marks(actor.Role) {
		return errs.New(errs.Forbidden, "forbidden", "Only trainers mark answers.")
	}
	return nil
}

// Answers lists what waits or what is marked. Forbidden; Invalid for a cursor
// that nobody gave.
func (s *Service) Answers(ctx context.Context, actor identity.Actor, f Filter) (Page, error) {
	if err := admit(actor); err != nil {
		return Page{}, err
	}
	limit := f.Limit
	f.Limit++
	answers, err := s.Store.EssayAnswers(ctx, actor.ID, f)
	if err != nil {
		return Page{}, err
	}
	page := Page{Answers: answers}
	if len(answers) > limit {
		page.Answers = answers[:limit]
		page.Next = string(answers[limit-1].ID)
	}
	if page.Total, err = s.Store.CountEssayAnswers(ctx, actor.ID, f); err != nil {
		return Page{}, err
	}
	if page.Waiting, err = s.Store.WaitingEssays(ctx, actor.ID); err != nil {
		return Page{}, err
	}
	var versions []question.Version
	var people []identity.UserID
	for _, a := range page.Answers {
		if !slices.Contains(versions, a.Version) {
			versions = append(versions, a.Version)
		}
		if a.Marker != "" && !slices.Contains(people, a.Marker) {
			people = append(people, a.Marker)
		}
	}
	if page.Questions, err = s.Bank.QuestionVersions(ctx, versions); err != nil {
		return Page{}, err
	}
	page.Names, err = s.Store.NamesOf(ctx, people)
	return page, err
}

// Opened is one answer with all that a marker needs.
type Opened struct {
	Answer
	assessment.EssayAnswer
	Names map[identity.UserID]string // of the markers
	Next  assessment.AnswerID        // what to mark after it, "" = nothing
}

// Open reads one answer. Forbidden, NotFound.
func (s *Service) Open(ctx context.Context, actor identity.Actor, id assessment.AnswerID) (Opened, error) {
	if err := admit(actor); err != nil {
		return Opened{}, err
	}
	answer, err := s.Store.EssayAnswer(ctx, actor.ID, id)
	if err != nil {
		return Opened{}, err
	}
	opened := Opened{Answer: answer}
	if opened.EssayAnswer, err = s.Marker.Essay(ctx, answer.Attempt, answer.Question); err != nil {
		return Opened{}, err
	}
	people := make([]identity.UserID, len(opened.Marks))
	for i, m := range opened.Marks {
		people[i] = m.By
	}
	if opened.Names, err = s.Store.NamesOf(ctx, people); err != nil {
		return Opened{}, err
	}
	opened.Next, err = s.Store.NextEssay(ctx, actor.ID, answer)
	return opened, err
}

// Mark keeps what the actor gives for an answer; known is how many marks of it
// they knew of. Forbidden, NotFound, and as assessment.Service.Mark.
func (s *Service) Mark(ctx context.Context, actor identity.Actor, id assessment.AnswerID, m assessment.Mark, known int) (Opened, error) {
	if err := admit(actor); err != nil {
		return Opened{}, err
	}
	answer, err := s.Store.EssayAnswer(ctx, actor.ID, id)
	if err != nil {
		return Opened{}, err
	}
	m.By = actor.ID
	if err := s.Marker.Mark(ctx, answer.Attempt, answer.Question, m, known); err != nil {
		return Opened{}, err
	}
	return s.Open(ctx, actor, id)
}
