// Package regrade mends what a wrong key has done: a ruling on a version of a
// question says how it is scored, attempts that drew it are graded anew, and
// those whom it concerns are told. What follows from grades follows from these.
//
// Nothing is overwritten: grades are appended, and a ruling is undone by
// another. Trainers learn how many results change, not whose. The package must
// not know HTTP or SQL.
package regrade

import (
	"context"
	"math"
	"time"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// State is how far a regrade is.
type State string

// The states. Settling looks once more for what was handed in meanwhile.
const (
	Running  State = "running"
	Settling State = "settling"
	Done     State = "done"
)

// Regrade is a ruling with what it has brought about so far.
type Regrade struct {
	assessment.Ruling
	State   State
	Through assessment.AttemptID // the last attempt that was looked at, in the order of ids
	Total   int                  // attempts that drew the version and had ended when the ruling was made
	Seen    int                  // of them, looked at
	Leased  time.Time            // until when whoever read it to work on it does so
	EndedAt time.Time            // zero while it is under way
	Counts
}

// Counts is how many results change, and how.
type Counts struct {
	Changed int // results with another score or another decision
	Higher  int
	Lower   int
	Gained  int // now pass
	Lost    int // no longer pass
}

// add counts one result, and says whether it changes.
func (c *Counts) add(before, after assessment.Grade) bool {
	const rounding = 1e-9
	d := after.Score() - before.Score()
	if math.Abs(d) <= rounding && before.Passed == after.Passed {
		return false
	}
	c.Changed++
	switch {
	case d > rounding:
		c.Higher++
	case d < -rounding:
		c.Lower++
	}
	if after.Passed && !before.Passed {
		c.Gained++
	}
	if before.Passed && !after.Passed {
		c.Lost++
	}
	return true
}

// Affected is somebody whose result a ruling changed, in one of their cohorts.
type Affected struct {
	Trainee                   identity.UserID
	Name                      string
	Cohort                    cohort.ID // "" = never in any
	Current                   bool      // they are in it, and it is not archived
	Quiz                      curriculum.QuizSlug
	ScoreBefore, Score        float64
	PassedBefore, PassedAfter bool
}

// Store keeps rulings and regrades.
type Store interface {
	// Rule keeps a ruling and a regrade that begins. Conflict with code
	// regrade_running while one of the same version is under way.
	Rule(ctx context.Context, r Regrade, entry audit.Entry) error
	// Regrades reads the newest, before an id where it is not "", at most limit.
	Regrades(ctx context.Context, before assessment.RulingID, limit int) ([]Regrade, error)
	// Regrade reads one. NotFound.
	Regrade(ctx context.Context, id assessment.RulingID) (Regrade, error)
	// LeaseRegrade takes on one that is under way, that nobody works on and whose
	// next step is due; false where there is none.
	LeaseRegrade(ctx context.Context, now, until time.Time) (Regrade, bool, error)
	// KeepRegrade keeps how far a regrade is, when its next step is due, and that
	// it is worked on until then. Conflict with code lease_lost where another has
	// taken it on since r was read or kept, until r.Leased.
	KeepRegrade(ctx context.Context, r Regrade, due, until time.Time, log ...audit.Entry) error
	// Drew gives the attempts whose paper has a version and that have ended, after
	// one in the order of ids, at most limit.
	Drew(ctx context.Context, version question.Version, after assessment.AttemptID, limit int) ([]assessment.AttemptID, error)
	// CountDrew counts them, and those that are open.
	CountDrew(ctx context.Context, version question.Version) (ended, open int, err error)
	// Cohorts names a cohort of each of some people, of those who are in one.
	CohortsOf(ctx context.Context, people []identity.UserID) (map[identity.UserID]string, error)
}

// Told keeps what people are told.
type Told interface {
	// AffectedBy reads whose grades a ruling brought about, once for each cohort
	// that they are or were in: by name, where they are in before where they were,
	// the newest enrolment first.
	AffectedBy(ctx context.Context, id assessment.RulingID) ([]Affected, error)
	// CoordinatorsOf reads who looks after a cohort.
	CoordinatorsOf(ctx context.Context, id cohort.ID) ([]identity.UserID, error)
	// SendOnce keeps a message; one with its id that is there already is left.
	SendOnce(ctx context.Context, m cohort.Message, to []identity.UserID, entry audit.Entry) error
}

// Grader judges attempts.
type Grader interface {
	// Try judges an attempt as a ruling would have it, and keeps nothing.
	Try(ctx context.Context, id assessment.AttemptID, c assessment.Candidate) (assessment.Verdict, error)
	// Regrade appends the grade that the rulings ask for, if it is another.
	Regrade(ctx context.Context, id assessment.AttemptID, r assessment.Ruling) error
}

// Bank keeps versions of questions.
type Bank interface {
	QuestionVersions(ctx context.Context, versions []question.Version) (map[question.Version]question.Question, error)
	// BankHistory reads who wrote the versions of a question, newest first.
	BankHistory(ctx context.Context, id question.ID) (bank.History, error)
	PublishQuestions(ctx context.Context, questions []question.Question) error
}

// Service rules and regrades.
type Service struct {
	Store     Store
	Told      Told
	Grader    Grader
	Bank      Bank
	Catalogue *curriculum.Catalogue
	Now       func() time.Time
	NewID     func() string // UUIDv7
}

// The audit actions of rulings.
const (
	ActionRule  audit.Action = "question.rule"
	ActionRuled audit.Action = "question.ruled" // it is carried out
)

// Ruler says whether a role may rule on keys.
func Ruler(role identity.Role) bool { return role == identity.Trainer || role == identity.Admin }

func admit(actor identity.Actor) error {
	if !Ruler(actor.Role) {
		return errs.New(errs.Forbidden, "forbidden", "Only trainers mend keys.")
	}
	return nil
}
