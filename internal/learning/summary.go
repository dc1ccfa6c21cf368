package learning

import (
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
	"muster/internal/retention"
)

// Summary is all that a trainee has shown and done, as those need it who look
// at many trainees at once. It is derived: it can be thrown away and made again
// from graded attempts and lesson states. Nobody changes one that was given.
type Summary struct {
	User       identity.UserID   `json:"user"`
	Revision   int64             `json:"-"`          // grows whenever another is kept, 0 = never kept
	Through    time.Time         `json:"through"`    // the newest grade or lesson state in it
	LastActive time.Time         `json:"active"`     // the newest lesson state or event of the trainee's own
	LateSyncs  int               `json:"late_syncs"` // events that were made in time and arrived late
	Modules    []ModuleSummary   `json:"modules"`    // the whole curriculum, in order
	Exams      []ExamSummary     `json:"exams"`      // all of them, in order
	Outcomes   []OutcomeSummary  `json:"-"`          // only those with an answer, in the order of the curriculum
	Critical   []CriticalFailure `json:"critical,omitempty"`
	Worries    []Worry           `json:"worries,omitempty"`
}

// ModuleSummary is how far a trainee is in a module. Scores are 0..1, nil
// where there is none.
type ModuleSummary struct {
	Module          curriculum.ModuleSlug               `json:"module"`
	Share           float64                             `json:"share"` // as in ModuleProgress
	Steps           int                                 `json:"steps"` // a lesson has two (read, practised), the check one
	Done            []time.Time                         `json:"done,omitempty"`
	Lessons         int                                 `json:"lessons"`
	LessonsComplete int                                 `json:"lessons_complete"`
	Complete        bool                                `json:"complete"`
	CheckAttempts   int                                 `json:"check_attempts,omitempty"`
	CheckBest       *float64                            `json:"check_best,omitempty"`
	CheckPassed     bool                                `json:"check_passed,omitempty"`
	Pretest         *float64                            `json:"pretest,omitempty"`        // the first pretest
	FirstCheck      *float64                            `json:"first_check,omitempty"`    // the first check
	LessonsPassed   map[curriculum.LessonSlug]time.Time `json:"lessons_passed,omitempty"` // when the practice was last passed
}

// CompletedAt is when the last step was first done, zero while one is open.
func (m ModuleSummary) CompletedAt() time.Time {
	if !m.Complete || len(m.Done) == 0 {
		return time.Time{}
	}
	return m.Done[len(m.Done)-1]
}

// ExamSummary is what a trainee has done of an exam over several modules.
type ExamSummary struct {
	Exam     curriculum.QuizSlug `json:"exam"`
	Attempts int                 `json:"attempts,omitempty"`
	Best     *float64            `json:"best,omitempty"` // 0..1, nil while none is graded
	Passed   bool                `json:"passed,omitempty"`
	PassedAt time.Time           `json:"passed_at,omitzero"` // for the first time
}

// OutcomeSummary is what a trainee has shown of an outcome. All answers to it
// in one graded attempt are one review; those of a pretest, which comes before
// learning, are none.
type OutcomeSummary struct {
	Outcome  curriculum.OutcomeID
	Answers  int
	Evidence float64 // 0..1: mean of the reviews' shares, the newest with weight 1, each older with 0.7 of the next
	Memory   retention.Memory
	Failures int // the newest reviews in a row that were rated Again
}

// CriticalFailure is a critical question that was failed in the newest graded
// attempt at a check or exam: it stands until a later attempt.
type CriticalFailure struct {
	Quiz     curriculum.QuizSlug    `json:"quiz"`
	Module   curriculum.ModuleSlug  `json:"module"` // of the question
	Question question.ID            `json:"question"`
	Attempt  assessment.AttemptID   `json:"attempt"`
	Outcomes []curriculum.OutcomeID `json:"outcomes,omitempty"`
	At       time.Time              `json:"at"`
}

// Worry is a harmful decision in the newest graded attempt at a scenario.
type Worry struct {
	Scenario curriculum.QuizSlug   `json:"scenario"`
	Module   curriculum.ModuleSlug `json:"module"`
	Lesson   curriculum.LessonSlug `json:"lesson"`
	Question question.ID           `json:"question"`
	Choice   question.OptionID     `json:"choice"`
	At       time.Time             `json:"at"`
}
