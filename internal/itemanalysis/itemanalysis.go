// Package itemanalysis says how quizzes and their questions perform: it gathers
// what graded attempts brought, has psychometrics make statistics of it, and
// says in words what they mean, above all where a key looks wrong.
//
// It never learns a name. What it finds is kept, so that a page opens at once;
// a job makes it anew after grades. It must not know HTTP or SQL.
package itemanalysis

import (
	"context"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/psychometrics"
	"muster/internal/question"
)

// Which says which of a person's attempts at a quiz are looked at.
type Which string

// The choices. Statistics of items assume that nobody counts twice and that
// nobody has seen the items before, so the first attempts are the usual choice.
const (
	First Which = "first"
	Last  Which = "last"
	All   Which = "all"
)

// Whiches lists the choices, the usual one first.
var Whiches = []Which{First, Last, All}

// Script is one graded attempt as statistics need it.
type Script struct {
	Attempt   assessment.AttemptID
	Trainee   identity.UserID // to tell first from last; goes no further
	Number    int
	Locale    string
	StartedAt time.Time
	EndedAt   time.Time
	Items     []assessment.ItemGrade
	Events    []assessment.Event // answers and views, in the server's order
}

// Kept is an analysis as it is kept.
type Kept struct {
	Quiz     curriculum.QuizSlug
	Which    Which
	Revision int64 // counts what was kept of the quiz; given by the store
	Basis    int   // of the way it was made
	MadeAt   time.Time
	Took     time.Duration
	Summary  []byte // JSON of a Summary
	Document []byte // JSON of an Analysis
}

// Due is a quiz with grades that its analysis does not have.
type Due struct {
	Quiz  curriculum.QuizSlug
	Since time.Time     // of the first such grade
	Took  time.Duration // what its analysis took last, 0 = there is none
}

// Store keeps analyses and what is to be analysed.
type Store interface {
	// Scripts reads the graded attempts at a quiz whose ids are after one, in the
	// order of ids, at most limit.
	Scripts(ctx context.Context, quiz curriculum.QuizSlug, after assessment.AttemptID, limit int) ([]Script, error)
	// NoteGrades remembers that quizzes have grades that are to be analysed. Where
	// that is remembered already, nothing is written.
	NoteGrades(ctx context.Context, quizzes []curriculum.QuizSlug, at time.Time) error
	// DueAnalyses lists the quizzes that were noted and that nobody has taken
	// since abandoned.
	DueAnalyses(ctx context.Context, abandoned time.Time) ([]Due, error)
	// TakeAnalysis takes a due quiz on; false where another did. What is noted
	// from then on is due again.
	TakeAnalysis(ctx context.Context, quiz curriculum.QuizSlug, now, abandoned time.Time) (bool, error)
	// KeepAnalyses keeps analyses of a quiz in place of those before, and forgets
	// that it was due when it was taken on.
	KeepAnalyses(ctx context.Context, quiz curriculum.QuizSlug, kept []Kept, taken time.Time) error
	// Analysis reads one. NotFound.
	Analysis(ctx context.Context, quiz curriculum.QuizSlug, which Which) (Kept, error)
	// Analyses reads those of all quizzes, without their documents.
	Analyses(ctx context.Context, which Which) ([]Kept, error)
	// Unanalysed lists quizzes with grades and no analysis on basis.
	Unanalysed(ctx context.Context, basis int) ([]curriculum.QuizSlug, error)
}

// Bank gives the questions that were on the papers, as they are scored now:
// a key that was mended is the mended one.
type Bank interface {
	ScoredVersions(ctx context.Context, versions []question.Version) (map[question.Version]question.Question, error)
}

// Service analyses quizzes.
type Service struct {
	Store     Store
	Attempts  Attempts
	Bank      Bank
	Catalogue *curriculum.Catalogue
	Now       func() time.Time

	caughtUp bool // whether Refresh has looked for what an older program left
}

// Attempts says what an attempt was at.
type Attempts interface {
	Attempt(ctx context.Context, id assessment.AttemptID) (assessment.Attempt, error)
}

// basis names the way analyses are made; it is counted up when another way would
// give other figures, so that all are made anew.
const basis = 1

// analysed says whether statistics of a purpose make sense: everybody answers
// for themselves, and a paper has items. Decisions of a scenario depend on one
// another, and spaced review asks what was forgotten.
func analysed(p curriculum.Purpose) bool {
	switch p {
	case curriculum.PurposeCheck, curriculum.PurposeExam, curriculum.PurposePretest, curriculum.PurposePractice:
		return true
	}
	return false
}

// Reader says whether a role may see how items perform.
func Reader(role identity.Role) bool { return role == identity.Trainer || role == identity.Admin }

func admit(actor identity.Actor) error {
	if !Reader(actor.Role) {
		return errs.New(errs.Forbidden, "forbidden", "Only trainers see how questions perform.")
	}
	return nil
}

// Analysis is all that is known of how a quiz performs.
type Analysis struct {
	Quiz        curriculum.QuizSlug
	Attempts    Which
	People      int
	From, To    time.Time // when the first and the last attempt ended
	Test        psychometrics.Test
	Rasch       *Model // nil where there are too few attempts or items
	Items       []Item
	Verdicts    []Verdict
	MadeAt      time.Time
	Revision    int64
	SecondsHalf psychometrics.Value // median time for a whole paper, in seconds
}

// Model is what the Rasch model says of the quiz as a whole.
type Model struct {
	Spread      float64
	Converged   bool
	Thetas      []float64
	Information []float64
}

// Item is how one question performs, over all its versions that score alike.
type Item struct {
	Question  question.ID
	Version   question.Version // the newest of Versions
	Stem      string           // of that version: inline Markdown
	Kind      question.Kind
	Current   bool // people who start now get a version that scores like this
	Critical  bool
	Versions  []VersionUse
	Seen      int // people whose log shows that they looked at it or answered
	Answered  int
	Statistic psychometrics.Item
	Rasch     psychometrics.RaschItem
	Seconds   Spread // how long answering took
	Before    psychometrics.Value
	PPDI      psychometrics.Value // facility here minus in the module's pretest
	Groups    []GroupDifference
	Options   []Option
	Verdicts  []Verdict
}

// VersionUse is how one version of a question was used.
type VersionUse struct {
	Version   question.Version
	Responses int
	Right     int
	Facility  psychometrics.Value
	Interval  psychometrics.Interval // of the share that is Right
	From, To  time.Time
}

// Spread is the quartiles of something.
type Spread struct {
	Lower, Median, Upper psychometrics.Value
}

// GroupDifference compares people who read in one language with those who read
// in the most usual one, at equal ability.
type GroupDifference struct {
	Group     string // language
	Reference string
	People    int
	psychometrics.DIF
}

// Option is how one option of a question performs.
type Option struct {
	ID       string // of the option; "true" and "false" of a statement
	Text     string // inline Markdown
	Key      bool
	Picked   int
	Interval psychometrics.Interval // of the share that picked it
	Rest     psychometrics.Value    // correlation of picking it with the rest of the score
	Curve    []psychometrics.Value  // share that picked it, from the weakest fifth to the ablest
}

// Summary is the line of a quiz in the list of all.
type Summary struct {
	Quiz     curriculum.QuizSlug
	People   int
	Attempts int
	Mean     psychometrics.Value // share of the highest mark
	Alpha    psychometrics.Value
	Passed   int
	Alarms   int // items whose key looks wrong
	Warnings int // other items that need a look
	To       time.Time
	MadeAt   time.Time
	Facts    []Fact // of the questions as people get them now
}

// Fact is what a quiz tells of a question.
type Fact struct {
	Question question.ID
	Answers  int
	Facility psychometrics.Value
	Seconds  psychometrics.Value // median time to answer
}
