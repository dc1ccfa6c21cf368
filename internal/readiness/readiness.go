// Package readiness is who is ready to deploy and who will be on the day: what a
// cohort asks for, held against what each of its members has shown and how fast
// that fades.
//
// All of it is computed from learning's summaries and a cohort's assignments;
// nothing is kept. It must not know HTTP or SQL.
package readiness

import (
	"time"

	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/question"
	"muster/internal/retention"
)

// The rule by which an outcome is held.
const (
	// Target is the mastery, 0..1, from which an outcome is held.
	Target = 0.70
	// MinAnswers is how many graded answers an outcome needs to be held at all.
	MinAnswers = 3
)

// Standing is where somebody stands on the day of deployment.
type Standing string

// The standings, the best first.
const (
	Ready      Standing = "ready"       // all is done, and held on the day
	WillLapse  Standing = "will_lapse"  // all is done and held now, but not on the day
	Behind     Standing = "behind"      // something is not done, or not held now
	NotStarted Standing = "not_started" // nothing that is asked for was begun
)

// Standings lists every standing, the best first.
var Standings = []Standing{Ready, WillLapse, Behind, NotStarted}

// Code says why somebody is not ready.
type Code string

// The codes.
const (
	ModuleOpen        Code = "module_open"         // not complete
	ExamOpen          Code = "exam_open"           // not passed
	CriticalStands    Code = "critical_failure"    // at the newest try of a check or exam
	TooLittleEvidence Code = "too_little_evidence" // an outcome of a complete module has fewer than MinAnswers
	OutcomeWeak       Code = "outcome_weak"        // below Target now
	OutcomeLapses     Code = "outcome_lapses"      // at Target now, below it on the day
	CredentialRevoked Code = "credential_revoked"  // the certificate of an exam that is asked for
	CredentialExpires Code = "credential_expires"  // it is valid now, not on the day; or it has expired
)

// Reason is one thing that keeps somebody from being ready.
type Reason struct {
	Code     Code
	Module   curriculum.ModuleSlug
	Outcome  curriculum.OutcomeID // of a critical failure: the first of the question
	Exam     curriculum.QuizSlug
	Question question.ID // critical_failure
	DueOn    string      // date by which it was to be done, "" = none
	Overdue  bool

	JoinedLate bool // overdue, and they came to the cohort after the date
}

// ReasonCount is how many reasons of one sort somebody has in one thing.
type ReasonCount struct {
	Code    Code
	Module  curriculum.ModuleSlug
	Exam    curriculum.QuizSlug
	DueOn   string
	Overdue bool
	Count   int

	JoinedLate bool
}

// counted adds a reason to counts. Reasons come thing by thing, so that its
// count is among the last.
func counted(counts []ReasonCount, r Reason) []ReasonCount {
	for i := len(counts) - 1; i >= 0 && counts[i].Module == r.Module; i-- {
		if c := &counts[i]; c.Code == r.Code && c.Exam == r.Exam {
			c.Count++
			return counts
		}
	}
	return append(counts, ReasonCount{Code: r.Code, Module: r.Module, Exam: r.Exam, DueOn: r.DueOn, Overdue: r.Overdue, JoinedLate: r.JoinedLate, Count: 1})
}

// Task is one thing that is asked of somebody: a module to complete or an exam
// to pass.
type Task struct {
	Module curriculum.ModuleSlug
	Exam   curriculum.QuizSlug
	DueOn  string // date

	JoinedLate bool // they came to the cohort after the date
}

// Person is where a member of a cohort stands.
type Person struct {
	User       identity.UserID
	Standing   Standing
	Progress   float64           // 0..1: steps done of all that the required modules and exams have
	Overdue    int               // tasks that are past their date and not done
	JoinedLate int               // of these, whose date they came after
	Reasons    []ReasonCount     // why not ready; Assessor.Reasons gives each
	Modules    []ModuleStanding  // the whole curriculum, in order
	Outcomes   []OutcomeStanding // the whole curriculum, in order
	LastActive time.Time         // zero = never
	Held       []Certificate
	Summary    *learning.Summary
}

// Certificate is the one that counts of those that somebody earned by an exam.
type Certificate struct {
	Exam       curriculum.QuizSlug // that earns it
	ValidUntil time.Time
	Revoked    bool
}

// Area is how a module stands with somebody, in one word.
type Area string

// The areas, the best first.
const (
	AreaReady  Area = "ready"  // complete and held on the day
	AreaLapses Area = "lapses" // complete and held now, not on the day
	AreaWeak   Area = "weak"   // complete, and not held now
	AreaOpen   Area = "open"   // not complete
)

// Area says how a required module stands: it follows from the reasons, as the
// standing does.
func (p Person) Area(module curriculum.ModuleSlug) Area {
	area := AreaReady
	for _, r := range p.Reasons {
		switch {
		case r.Module != module || r.Exam != "":
		case r.Code == ModuleOpen:
			return AreaOpen
		case r.Code == OutcomeLapses && area == AreaReady:
			area = AreaLapses
		case r.Code != OutcomeLapses:
			area = AreaWeak
		}
	}
	return area
}

// ModuleStanding is how somebody stands in one module.
type ModuleStanding struct {
	Module   curriculum.ModuleSlug
	Required bool
	Share    float64 // 0..1: of its steps
	Complete bool
	OnDay    *float64 // 0..1: mean mastery of its outcomes on the day; nil without any answer
	HeldNow  int      // outcomes
	Held     int      // outcomes that will be held on the day
	Outcomes int
}

// OutcomeStanding is how well somebody holds an outcome.
type OutcomeStanding struct {
	Answers  int     // graded answers to it
	Evidence float64 // 0..1: what they showed
	Now      float64 // 0..1: mastery now, 0 without an answer
	OnDay    float64 // and on the day
}

// held says whether a mastery is enough.
func (o OutcomeStanding) held(mastery float64) bool {
	return o.Answers >= MinAnswers && mastery >= Target
}

// HeldNow says whether the outcome is held now.
func (o OutcomeStanding) HeldNow() bool { return o.held(o.Now) }

// HeldOnDay says whether the outcome will be held on the day.
func (o OutcomeStanding) HeldOnDay() bool { return o.held(o.OnDay) }

// Mastery is how well an outcome is held at a time, 0..1: what was shown of it
// times the chance that it can still be recalled.
func Mastery(o learning.OutcomeSummary, at time.Time) float64 {
	return o.Evidence * retention.Default.Retrievability(o.Memory, at)
}

// DueAt is when an outcome is to be reviewed: the moment from which mastery is
// below Target, which may be over.
func DueAt(o learning.OutcomeSummary) time.Time {
	if o.Evidence <= Target {
		return o.Memory.ReviewedAt
	}
	days := retention.Default.Interval(o.Memory.Stability, Target/o.Evidence)
	return o.Memory.ReviewedAt.Add(time.Duration(days * float64(24*time.Hour)))
}
