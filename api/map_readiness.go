package api

import (
	"time"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/readiness"
)

// listed maps a list; it is never nil.
func listed[T, U any](in []T, one func(T) U) []U {
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = one(v)
	}
	return out
}

// date writes the day of a time, "" for none.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

func (s *Server) moduleTitle(slug curriculum.ModuleSlug) string {
	module, _ := s.Catalogue.Module(slug)
	return module.Title
}

func (s *Server) readiness(o readiness.Overview) Readiness {
	return Readiness{
		On: o.On, Today: date(o.Now), People: o.People, Suspended: o.Suspended, Ready: o.Standings[readiness.Ready],
		WillLapse: o.Standings[readiness.WillLapse], Behind: o.Standings[readiness.Behind], NotStarted: o.Standings[readiness.NotStarted],
		Overdue: o.Overdue, Target: readiness.Target, MinAnswers: readiness.MinAnswers, Mails: s.Reports.Mailer != nil,
		Needs: listed(o.Needs, s.need), Modules: listed(o.Modules, s.moduleReadiness), Outcomes: listed(o.Outcomes, s.outcomeOverview),
		Progress: listed(o.Weeks, weekProgress), Gains: listed(o.Gains, s.learningGain), Worries: listed(o.Worries, s.worryCount),
	}
}

func (s *Server) need(n readiness.Need) CohortNeed {
	outcome, _ := s.Catalogue.OutcomeByID(n.Outcome)
	lesson, _ := s.Catalogue.Lesson(n.Module, n.Lesson)
	return CohortNeed{
		Code: string(n.Code), Key: n.Key(), Count: n.People, Open: n.Open(), Remedy: string(n.Remedy()), Module: string(n.Module), ModuleTitle: s.moduleTitle(n.Module),
		Lesson: string(n.Lesson), LessonTitle: lesson.Title, Outcome: string(n.Outcome), Text: outcome.Text,
		Since: n.Since, Limit: n.Limit(), Refreshers: aided(n.Refreshed), Messages: aided(n.Written),
	}
}

func (s *Server) moduleReadiness(m readiness.ModuleOverview) ModuleReadiness {
	return ModuleReadiness{
		Module: string(m.Module), Title: s.moduleTitle(m.Module), Required: m.Required, Begun: m.Begun, Complete: m.Complete,
		Holding: m.Holding, MeanMastery: m.OnDay,
	}
}

func (s *Server) outcomeOverview(o readiness.OutcomeOverview) OutcomeOverview {
	outcome, _ := s.Catalogue.OutcomeByID(o.Outcome)
	lesson, _ := s.Catalogue.Lesson(o.Module, o.Lesson)
	return OutcomeOverview{
		Outcome: string(o.Outcome), Text: outcome.Text, Module: string(o.Module), Lesson: string(o.Lesson), LessonTitle: lesson.Title,
		Answered: o.Answered, HeldNow: o.HeldNow, HeldOnDay: o.HeldOn, MeanOnDay: o.OnDay,
	}
}

func weekProgress(w readiness.Week) WeekProgress {
	return WeekProgress{Date: w.Date, Done: w.Done, Planned: w.Planned, Late: w.Late}
}

func (s *Server) learningGain(g readiness.Gain) LearningGain {
	out := LearningGain{Module: string(g.Module), Title: s.moduleTitle(g.Module), N: g.Pairs}
	if g.Told() {
		out.Before, out.After, out.Gain, out.Low, out.High = &g.Before, &g.After, &g.Mean, &g.Low, &g.High
	}
	return out
}

// worryCount gives the texts of a decision: scenarios are there to be explored,
// so nothing in them is secret.
func (s *Server) worryCount(w readiness.WorryCount) WorryCount {
	quiz, _ := s.Catalogue.Quiz(w.Scenario)
	decision, _ := s.Catalogue.Question(w.Question)
	out := WorryCount{
		Scenario: string(w.Scenario), ScenarioTitle: quiz.Title, Module: string(w.Module), ModuleTitle: s.moduleTitle(w.Module), Lesson: string(w.Lesson),
		Question: string(w.Question), Text: decision.Stem, Choice: string(w.Choice), Count: w.People,
	}
	for _, o := range decision.Options {
		if o.ID == w.Choice {
			out.ChoiceText = o.Text
		}
	}
	return out
}

func moduleColumns(snapshot *readiness.Snapshot) []ModuleColumn {
	required := snapshot.Required()
	return listed(snapshot.Catalogue.Modules, func(m curriculum.Module) ModuleColumn {
		return ModuleColumn{Module: string(m.Slug), Title: m.Title, Required: required[m.Slug]}
	})
}

func (s *Server) person(m *readiness.Member) Person {
	return Person{
		User: string(m.ID), Name: m.Name, Username: m.Username, Email: m.Email, Suspended: m.SuspendedAt != nil,
		Standing: string(m.Standing), Progress: m.Progress, Overdue: m.Overdue,
		Reasons: listed(m.Reasons, s.reasonCount), Modules: listed(m.Modules, moduleStanding),
		LastActive: stamp(m.LastActive.Truncate(time.Second)), SignedIn: m.SignedIn, Aid: s.aid(m.Aid),
	}
}

func (s *Server) reasonCount(c readiness.ReasonCount) ReasonCount {
	out := ReasonCount{Code: string(c.Code), Module: string(c.Module), Exam: string(c.Exam), Title: s.moduleTitle(c.Module), DueOn: c.DueOn, Overdue: c.Overdue, Count: c.Count, JoinedLate: c.JoinedLate}
	if quiz, ok := s.Catalogue.Quiz(c.Exam); ok {
		out.Title = quiz.Title
	}
	return out
}

func moduleStanding(m readiness.ModuleStanding) ModuleStanding {
	return ModuleStanding{
		Module: string(m.Module), Required: m.Required, Share: m.Share, Complete: m.Complete, OnDay: m.OnDay, Held: m.Held, Outcomes: m.Outcomes,
	}
}

func (s *Server) reason(r readiness.Reason) Reason {
	outcome, _ := s.Catalogue.OutcomeByID(r.Outcome)
	lesson, _ := s.Catalogue.LessonOfOutcome(r.Outcome)
	quiz, _ := s.Catalogue.Quiz(r.Exam)
	return Reason{
		Code: string(r.Code), Module: string(r.Module), ModuleTitle: s.moduleTitle(r.Module), Lesson: string(lesson.Slug), LessonTitle: lesson.Title,
		Outcome: string(r.Outcome), Text: outcome.Text, Exam: string(r.Exam), ExamTitle: quiz.Title, DueOn: r.DueOn, Overdue: r.Overdue, JoinedLate: r.JoinedLate,
	}
}

func (s *Server) personDetail(r readiness.Record) PersonDetail {
	return PersonDetail{
		Person: s.person(r.Member), On: date(r.Assessor.Day), EnrolledAt: stamp(r.EnrolledAt), Reasons: listed(r.Assessor.Reasons(r.Person, r.Tasks), s.reason),
		Outcomes: s.outcomeStandings(r), Assignments: listed(r.Tasks, s.task), Attempts: listed(r.Attempts, s.attemptSummary),
		Refreshers: listed(r.Refreshers, s.personRefresher), Extensions: listed(r.Extensions, s.personExtension),
		Credentials: listed(r.Credentials, s.credential),
	}
}

func (s *Server) task(t readiness.Task) CohortAssignment {
	if t.Exam != "" {
		return s.assignment(cohort.Assignment{Kind: cohort.KindExam, Slug: string(t.Exam), DueOn: t.DueOn})
	}
	return s.assignment(cohort.Assignment{Kind: cohort.KindModule, Slug: string(t.Module), DueOn: t.DueOn})
}

func (s *Server) outcomeStandings(r readiness.Record) []OutcomeStanding {
	due := r.DueAt()
	out := make([]OutcomeStanding, len(r.Assessor.Places))
	for i, p := range r.Assessor.Places {
		lesson, _ := s.Catalogue.Lesson(p.Module, p.Lesson)
		o := r.Outcomes[i]
		out[i] = OutcomeStanding{
			Outcome: string(p.Outcome.ID), Text: p.Outcome.Text, Module: string(p.Module), ModuleTitle: s.moduleTitle(p.Module),
			Lesson: string(p.Lesson), LessonTitle: lesson.Title, Answers: o.Answers, Evidence: o.Evidence, Now: o.Now, OnDay: o.OnDay,
			HeldNow: o.HeldNow(), HeldOnDay: o.HeldOnDay(), NextReview: date(due[p.Outcome.ID]),
		}
	}
	return out
}

func (s *Server) personRefresher(r readiness.Refresher) PersonRefresher {
	lesson, _ := s.Catalogue.Lesson(r.Module, r.Lesson)
	return PersonRefresher{
		Module: string(r.Module), Lesson: string(r.Lesson), LessonTitle: lesson.Title, DueOn: r.DueOn, AssignedAt: stamp(r.At), Done: r.Done,
	}
}

func (s *Server) personExtension(e cohort.Extension) PersonExtension {
	title := s.titleOf(cohort.Assignment{Kind: e.Kind, Slug: e.Slug})
	return PersonExtension{Kind: string(e.Kind), Slug: e.Slug, Title: title, DueOn: e.DueOn, Reason: e.Reason, At: stamp(e.At)}
}

func (s *Server) ownCohort(o readiness.Own) OwnCohort {
	out := OwnCohort{
		Cohort: string(o.Cohort.ID), Name: o.Cohort.Name, DeploysOn: o.Cohort.DeploysOn, On: date(o.On), Standing: string(o.Person.Standing),
		Progress: o.Person.Progress, Overdue: o.Person.Overdue, Reasons: listed(o.Reasons, s.reason), Areas: []Area{},
		Refreshers: listed(o.Refreshers, s.ownRefresher),
	}
	for _, m := range o.Person.Modules {
		if m.Required {
			out.Areas = append(out.Areas, Area{Module: string(m.Module), Title: s.moduleTitle(m.Module), OnDay: string(o.Person.Area(m.Module))})
		}
	}
	return out
}
