package readiness

import (
	"slices"
	"time"

	"muster/internal/curriculum"
	"muster/internal/learning"
)

// Assessor tells where people stand under one curriculum, at one time, for one
// day.
type Assessor struct {
	Catalogue *curriculum.Catalogue
	Now       time.Time
	Day       time.Time // of deployment; not before Now
	Places    []Place   // every outcome, in the order of the curriculum
	at        map[curriculum.OutcomeID]int
	moduleAt  map[curriculum.ModuleSlug]int
}

// Place is where an outcome stands in the curriculum.
type Place struct {
	Outcome curriculum.Outcome
	Module  curriculum.ModuleSlug
	Lesson  curriculum.LessonSlug
}

// NewAssessor makes an assessor for a deployment date. Where there is none, or
// it is over, the day is now.
func NewAssessor(c *curriculum.Catalogue, deploysOn string, now time.Time) *Assessor {
	a := &Assessor{
		Catalogue: c, Now: now, Day: dayOf(deploysOn, now),
		at: make(map[curriculum.OutcomeID]int), moduleAt: make(map[curriculum.ModuleSlug]int),
	}
	for i, m := range c.Modules {
		a.moduleAt[m.Slug] = i
		for _, l := range m.Lessons {
			for _, o := range l.Outcomes {
				a.at[o.ID] = len(a.Places)
				a.Places = append(a.Places, Place{o, m.Slug, l.Slug})
			}
		}
	}
	return a
}

// dayOf gives the instant that a deployment is forecast for: the start of the
// date, UTC.
func dayOf(date string, now time.Time) time.Time {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil || day.Before(now) {
		return now
	}
	return day
}

// Assess holds a summary and the certificates somebody holds against what is asked.
func (a *Assessor) Assess(s *learning.Summary, held []Certificate, tasks []Task) Person {
	p := Person{User: s.User, LastActive: s.LastActive, Held: held, Summary: s, Outcomes: make([]OutcomeStanding, len(a.Places))}
	for _, o := range s.Outcomes {
		if i, ok := a.at[o.Outcome]; ok {
			p.Outcomes[i] = OutcomeStanding{Answers: o.Answers, Evidence: o.Evidence, Now: Mastery(o, a.Now), OnDay: Mastery(o, a.Day)}
		}
	}
	p.Modules = a.modules(s, tasks, p.Outcomes)
	a.reasons(&p, tasks, func(r Reason) {
		p.Reasons = counted(p.Reasons, r)
		p.Overdue += one(r.Overdue)
		p.JoinedLate += one(r.JoinedLate)
	})
	steps, done, begun := 0, 0.0, false
	for _, task := range tasks {
		all, share := a.steps(s, task)
		steps += all
		done += share * float64(all)
		begun = begun || share > 0 || a.attempted(s, task)
	}
	if steps > 0 {
		p.Progress = done / float64(steps)
	}
	p.Standing = a.standing(p, begun)
	return p
}

// Reasons gives each reason that keeps a person from being ready.
func (a *Assessor) Reasons(p Person, tasks []Task) []Reason {
	var all []Reason
	a.reasons(&p, tasks, func(r Reason) { all = append(all, r) })
	return all
}

// standing follows from the reasons: of those, only what lapses by the day leaves
// somebody ready for now. Who is asked nothing has not begun, and is not called
// ready.
func (a *Assessor) standing(p Person, begun bool) Standing {
	lapses := func(r ReasonCount) bool {
		return r.Code == OutcomeLapses || r.Code == CredentialExpires && !a.expired(p.Held, r.Exam)
	}
	switch {
	case !begun:
		return NotStarted
	case len(p.Reasons) == 0:
		return Ready
	case slices.ContainsFunc(p.Reasons, func(r ReasonCount) bool { return !lapses(r) }):
		return Behind
	}
	return WillLapse
}

// expired says whether the certificate that an exam earned is valid no more.
func (a *Assessor) expired(held []Certificate, exam curriculum.QuizSlug) bool {
	return slices.ContainsFunc(held, func(c Certificate) bool { return c.Exam == exam && !a.Now.Before(c.ValidUntil) })
}

// reasons tells what is amiss, task by task. What the curriculum does not have
// any more asks nothing.
func (a *Assessor) reasons(p *Person, tasks []Task, tell func(Reason)) {
	for _, task := range tasks {
		i, taught := a.moduleAt[task.Module]
		_, examined := a.Catalogue.Quiz(task.Exam)
		switch {
		case examined:
			a.ofExam(p, task, tell)
		case taught && p.Modules[i].Complete:
			a.fading(task.Module, p.Outcomes, tell)
		case taught:
			tell(Reason{Code: ModuleOpen, Module: task.Module, DueOn: task.DueOn, Overdue: a.past(task.DueOn), JoinedLate: a.past(task.DueOn) && task.JoinedLate})
		}
		for _, c := range p.Summary.Critical {
			if quiz, _ := a.Catalogue.Quiz(c.Quiz); c.Quiz == task.Exam || taught && quiz.Module == task.Module {
				tell(critical(c, Reason{Module: task.Module, Exam: task.Exam}))
			}
		}
	}
}

// ofExam tells whether an exam is to be passed, or the certificate that it earned
// does not hold on the day.
func (a *Assessor) ofExam(p *Person, task Task, tell func(Reason)) {
	if !slices.ContainsFunc(p.Summary.Exams, func(e learning.ExamSummary) bool { return e.Exam == task.Exam && e.Passed }) {
		tell(Reason{Code: ExamOpen, Exam: task.Exam, DueOn: task.DueOn, Overdue: a.past(task.DueOn), JoinedLate: a.past(task.DueOn) && task.JoinedLate})
	}
	for _, c := range p.Held {
		switch {
		case c.Exam != task.Exam:
		case c.Revoked:
			tell(Reason{Code: CredentialRevoked, Exam: task.Exam})
		case !a.Day.Before(c.ValidUntil):
			tell(Reason{Code: CredentialExpires, Exam: task.Exam, DueOn: c.ValidUntil.UTC().Format(time.DateOnly)})
		}
	}
}

// steps gives how many steps a task has, and the share of them that is done. An
// exam is one.
func (a *Assessor) steps(s *learning.Summary, task Task) (steps int, share float64) {
	for _, m := range s.Modules {
		if task.Exam == "" && m.Module == task.Module {
			return m.Steps, m.Share
		}
	}
	for _, e := range s.Exams {
		if task.Exam != "" && e.Exam == task.Exam {
			return 1, float64(one(e.Passed))
		}
	}
	return 0, 0
}

// critical makes the reason of a critical failure.
func critical(c learning.CriticalFailure, r Reason) Reason {
	r.Code, r.Question = CriticalStands, c.Question
	if len(c.Outcomes) > 0 {
		r.Outcome = c.Outcomes[0]
	}
	return r
}

// fading tells the outcomes of a complete module that are not held, or will not
// be on the day.
func (a *Assessor) fading(module curriculum.ModuleSlug, outcomes []OutcomeStanding, tell func(Reason)) {
	for i, o := range outcomes {
		if a.Places[i].Module != module || o.HeldNow() && o.HeldOnDay() {
			continue
		}
		code := OutcomeLapses
		switch {
		case o.Answers < MinAnswers:
			code = TooLittleEvidence
		case !o.HeldNow():
			code = OutcomeWeak
		}
		tell(Reason{Code: code, Module: module, Outcome: a.Places[i].Outcome.ID})
	}
}

// attempted says whether somebody has had anything graded in a task.
func (a *Assessor) attempted(s *learning.Summary, task Task) bool {
	if task.Exam != "" {
		return slices.ContainsFunc(s.Exams, func(e learning.ExamSummary) bool { return e.Exam == task.Exam && e.Attempts > 0 })
	}
	answered := func(o learning.OutcomeSummary) bool {
		i, ok := a.at[o.Outcome]
		return ok && a.Places[i].Module == task.Module
	}
	return slices.ContainsFunc(s.Outcomes, answered) || slices.ContainsFunc(s.Modules, func(m learning.ModuleSummary) bool {
		return m.Module == task.Module && (m.CheckAttempts > 0 || m.Pretest != nil)
	})
}

// past says whether a date is over: a task may be done until its end, UTC.
func (a *Assessor) past(date string) bool {
	return date != "" && date < a.Now.UTC().Format(time.DateOnly)
}

func (a *Assessor) modules(s *learning.Summary, tasks []Task, outcomes []OutcomeStanding) []ModuleStanding {
	standings := make([]ModuleStanding, len(a.Catalogue.Modules))
	for i, module := range a.Catalogue.Modules {
		standings[i].Module = module.Slug
	}
	for _, t := range tasks {
		if i, ok := a.moduleAt[t.Module]; ok && t.Exam == "" {
			standings[i].Required = true
		}
	}
	for _, m := range s.Modules {
		if i, ok := a.moduleAt[m.Module]; ok {
			standings[i].Share, standings[i].Complete = m.Share, m.Complete
		}
	}
	sums, answered := make([]float64, len(standings)), make([]bool, len(standings))
	for i, o := range outcomes {
		m := a.moduleAt[a.Places[i].Module]
		st := &standings[m]
		st.Outcomes++
		st.HeldNow += one(o.HeldNow())
		st.Held += one(o.HeldOnDay())
		sums[m] += o.OnDay
		answered[m] = answered[m] || o.Answers > 0
	}
	for i := range standings {
		if answered[i] {
			standings[i].OnDay = mean(sums[i], standings[i].Outcomes)
		}
	}
	return standings
}
