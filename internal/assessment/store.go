package assessment

import (
	"context"
	"time"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// Change is what a decision adds to the store, all of it or nothing.
// The zero Change adds nothing.
type Change struct {
	Start  *Attempt // a new attempt
	Events []Event  // complete: ServerSeq, Hash, ReceivedAt and Standing are set too
	End    *End     // closes the attempt
	Grade  *Grade   // also enqueues a Graded job
	Audit  []audit.Entry
}

// End closes an attempt.
type End struct {
	Status Status
	At     time.Time
}

// Store keeps attempts. The decisions are made here in assessment: a decide
// function is given the present state under the attempt's lock and says what
// to add; it has no other effect, may be called again after a conflict, and must
// not keep the state.
type Store interface {
	// Start decides on a new attempt of trainee at quiz, given those before,
	// oldest first. At most one attempt of a trainee at a quiz is open.
	Start(ctx context.Context, trainee identity.UserID, quiz curriculum.QuizSlug,
		decide func(before []Attempt) (Change, error)) error
	// Append decides on an attempt's log. NotFound where there is no such attempt.
	Append(ctx context.Context, id AttemptID, decide func(*State) (Change, error)) error
	// Attempt reads one. NotFound.
	Attempt(ctx context.Context, id AttemptID) (Attempt, error)
	// Attempts reads a trainee's, oldest first, each with its last grade if any.
	Attempts(ctx context.Context, trainee identity.UserID) ([]GradedAttempt, error)
	// Overdue gives open attempts whose deadline is before t, oldest deadline first, at most limit.
	Overdue(ctx context.Context, t time.Time, limit int) ([]AttemptID, error)
	// Events reads a whole log in the server's order.
	Events(ctx context.Context, id AttemptID) ([]Event, error)
	// Grades reads all grades of an attempt, oldest first.
	Grades(ctx context.Context, id AttemptID) ([]Grade, error)
}

// GradedAttempt is an attempt with the grade that holds, nil while there is none.
type GradedAttempt struct {
	Attempt
	Grade *Grade
}

// Bank keeps every version of every question and quiz that an attempt may
// refer to. What it has given once never changes.
type Bank interface {
	// QuestionVersions reads questions by version. NotFound if any is missing.
	QuestionVersions(ctx context.Context, versions []question.Version) (map[question.Version]question.Question, error)
	// QuizVersion reads a quiz by the version an attempt refers to. NotFound.
	QuizVersion(ctx context.Context, version string) (curriculum.Quiz, error)
	// PublishQuestions and PublishQuizzes keep versions; the same bytes again change nothing.
	PublishQuestions(ctx context.Context, questions []question.Question) error
	PublishQuizzes(ctx context.Context, quizzes []curriculum.Quiz) error
}
