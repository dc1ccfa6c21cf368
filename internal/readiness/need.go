package readiness

import (
	"cmp"
	"slices"
	"time"

	"muster/internal/curriculum"
	"muster/internal/learning"
)

// NeedCode says what sort of help somebody needs.
type NeedCode string

// The needs, the most pressing first.
const (
	NeedCritical    NeedCode = "critical"        // a critical failure stands
	NeedOutcome     NeedCode = "failing_outcome" // fails the same outcome again and again
	NeedStuck       NeedCode = "stuck"           // has tried a check often without passing
	NeedOverdue     NeedCode = "overdue"         // something is past its date
	NeedJoinedLate  NeedCode = "joined_late"     // something was past its date before they came
	NeedNeverActive NeedCode = "never_active"    // has done nothing at all
	NeedInactive    NeedCode = "inactive"        // has done nothing lately, and is not ready
	NeedLapsing     NeedCode = "lapsing"         // ready now, not on the day
	NeedLateSync    NeedCode = "late_sync"       // answers arrived long after they were given
)

// Needs lists every need, the most pressing first.
var Needs = []NeedCode{NeedCritical, NeedOutcome, NeedStuck, NeedOverdue, NeedJoinedLate, NeedNeverActive, NeedInactive, NeedLapsing, NeedLateSync}

// When somebody needs help.
const (
	FailuresInRow = 2                   // reviews of one outcome, the newest in a row, that failed
	StuckAttempts = 3                   // attempts at a check that is not passed
	InactiveAfter = 14 * 24 * time.Hour // without anything done
)

// Need is help that some people of a cohort need in the same thing.
type Need struct {
	Code    NeedCode
	Module  curriculum.ModuleSlug // critical, failing_outcome, stuck
	Outcome curriculum.OutcomeID  // critical, failing_outcome
	People  int

	Lesson    curriculum.LessonSlug // that helps, with a Module
	Since     string                // overdue, joined_late: the first date that is over
	Refreshed Done                  // who has an open refresher of the lesson
	Written   Done                  // who was written to about it
}

// needsOf lists what a person needs: the Code, Module and Outcome of each.
func (a *Assessor) needsOf(p *Person) []Need {
	var needs []Need
	add := func(is bool, n Need) {
		if is {
			needs = append(needs, n)
		}
	}
	needs = append(needs, a.redLines(p)...)
	for _, o := range p.Summary.Outcomes {
		module, _ := a.Catalogue.ModuleOf(o.Outcome)
		add(o.Failures >= FailuresInRow, Need{Code: NeedOutcome, Module: module, Outcome: o.Outcome})
	}
	for _, m := range p.Summary.Modules {
		add(stuck(m), Need{Code: NeedStuck, Module: m.Module})
	}
	add(p.Overdue > p.JoinedLate, Need{Code: NeedOverdue})
	add(p.JoinedLate > 0, Need{Code: NeedJoinedLate})
	add(p.LastActive.IsZero(), Need{Code: NeedNeverActive})
	idle := !p.LastActive.IsZero() && a.Now.Sub(p.LastActive) > InactiveAfter
	add(idle && p.Standing != Ready, Need{Code: NeedInactive})
	add(p.Standing == WillLapse, Need{Code: NeedLapsing})
	add(p.Summary.LateSyncs > 0, Need{Code: NeedLateSync})
	return needs
}

// redLines lists the outcomes in which critical failures stand, each once.
func (a *Assessor) redLines(p *Person) []Need {
	var needs []Need
	for _, c := range p.Summary.Critical {
		quiz, _ := a.Catalogue.Quiz(c.Quiz)
		stands := slices.ContainsFunc(p.Reasons, func(r ReasonCount) bool {
			return r.Code == CriticalStands && (r.Exam == c.Quiz || r.Exam == "" && r.Module == quiz.Module)
		})
		n := Need{Code: NeedCritical, Outcome: critical(c, Reason{}).Outcome}
		n.Module, _ = a.Catalogue.ModuleOf(n.Outcome)
		if stands && !slices.Contains(needs, n) {
			needs = append(needs, n)
		}
	}
	return needs
}

func stuck(m learning.ModuleSummary) bool { return m.CheckAttempts >= StuckAttempts && !m.CheckPassed }

// needing says whether a person has a need, by its Code, Module and Outcome.
func (a *Assessor) needing(p *Person, n Need) bool {
	return slices.ContainsFunc(a.needsOf(p), func(own Need) bool {
		return own.Code == n.Code && (n.Module == "" || own.Module == n.Module) && (n.Outcome == "" || own.Outcome == n.Outcome)
	})
}

// needs counts the people who need the same help: the most pressing first, then
// what most people need.
func (a *Assessor) needs(members []*Member) []Need {
	needing := map[Need][]*Member{}
	for _, m := range members {
		for _, n := range a.needsOf(&m.Person) {
			needing[n] = append(needing[n], m)
		}
	}
	var needs []Need
	for n, people := range needing {
		needs = append(needs, a.told(n, people))
	}
	slices.SortFunc(needs, func(a, b Need) int {
		return cmp.Or(
			cmp.Compare(slices.Index(Needs, a.Code), slices.Index(Needs, b.Code)), cmp.Compare(b.People, a.People),
			cmp.Compare(a.Module, b.Module), cmp.Compare(a.Outcome, b.Outcome),
		)
	})
	return needs
}
