package learning

import (
	"context"
	"slices"

	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// Progress is how far a trainee is in the whole curriculum.
type Progress struct {
	Modules  []ModuleProgress
	Exams    []ExamProgress
	Outcomes []OutcomeResult
	Attempts []assessment.GradedAttempt // newest first
	// Refreshers are the lessons that the trainee was asked to practise again,
	// and has not since; due first comes first.
	Refreshers []cohort.Refresher
}

// ModuleProgress is how far a trainee is in a module. A module is complete
// when all its lessons are and its check is passed.
type ModuleProgress struct {
	Module            curriculum.Module
	Lessons           []LessonProgress
	Check             *QuizProgress // nil where the module has none
	Share             float64       // 0..1: steps done of all; a lesson has two (read, practised), the check one
	Complete          bool
	PrerequisitesOpen []curriculum.ModuleSlug // advised to be finished first, and not finished
	DueOn             string                  // the earliest that a cohort asks for, "" = none
}

// LessonProgress is how far a trainee is in a lesson. A lesson is complete when
// it is read to the end and its practice is passed.
type LessonProgress struct {
	Lesson         curriculum.Lesson
	ReadShare      float64
	Read           bool
	PracticePassed bool
	Complete       bool
}

// QuizProgress is what a trainee has done of a quiz.
type QuizProgress struct {
	Quiz curriculum.Quiz
	assessment.Tally
}

// ExamProgress is what a trainee has done of an exam over several modules.
type ExamProgress struct {
	QuizProgress
	ModulesOpen []curriculum.ModuleSlug // those it draws on that are not complete
	DueOn       string                  // the earliest that a cohort asks for, "" = none
	Again       bool                    // it was passed, and must be again: its certificate was revoked or has expired
}

// Done says whether nothing of the exam is left to do.
func (e ExamProgress) Done() bool { return e.Passed && !e.Again }

// Progress reads how far the actor is, by the grades that they are shown.
func (s *Service) Progress(ctx context.Context, actor identity.Actor) (Progress, error) {
	attempts, hidden, err := s.shown(ctx, actor.ID)
	if err != nil {
		return Progress{}, err
	}
	states, err := s.Store.LessonStates(ctx, actor.ID)
	if err != nil {
		return Progress{}, err
	}
	memberships, err := s.Cohorts.Memberships(ctx, actor.ID)
	if err != nil {
		return Progress{}, err
	}
	outcomes, err := s.Store.OutcomeResults(ctx, actor.ID)
	if err != nil {
		return Progress{}, err
	}
	if hidden {
		outcomes = s.resultsOf(attempts)
	}
	again, err := s.Certificates.Again(ctx, actor.ID)
	if err != nil {
		return Progress{}, err
	}
	done := tallied(attempts, states)
	due := dueDates(memberships)
	progress := Progress{Outcomes: outcomes, Attempts: attempts, Refreshers: s.openRefreshers(memberships, attempts)}
	complete := make(map[curriculum.ModuleSlug]bool)
	for _, m := range s.Catalogue.Modules {
		mp := done.module(m)
		mp.DueOn = due[thing{cohort.KindModule, string(m.Slug)}]
		for _, p := range m.Prerequisites {
			if !complete[p] {
				mp.PrerequisitesOpen = append(mp.PrerequisitesOpen, p)
			}
		}
		complete[m.Slug] = mp.Complete
		progress.Modules = append(progress.Modules, mp)
	}
	for _, exam := range s.Catalogue.Exams {
		ep := ExamProgress{QuizProgress: QuizProgress{Quiz: exam, Tally: done.quizzes[exam.Slug]}}
		ep.DueOn = due[thing{cohort.KindExam, string(exam.Slug)}]
		ep.Again = ep.Passed && slices.Contains(again, exam.Slug)
		for _, rule := range exam.Rules {
			if !complete[rule.Module] && !slices.Contains(ep.ModulesOpen, rule.Module) {
				ep.ModulesOpen = append(ep.ModulesOpen, rule.Module)
			}
		}
		progress.Exams = append(progress.Exams, ep)
	}
	slices.Reverse(progress.Attempts)
	return progress, nil
}

// thing is what a cohort can assign.
type thing struct {
	kind cohort.Kind
	slug string
}

// dueDates gives the earliest date that any cohort asks for; a trainee's own
// date comes before their cohort's.
func dueDates(memberships []cohort.Membership) map[thing]string {
	due := make(map[thing]string)
	for _, m := range memberships {
		for _, a := range m.Due() {
			if key := (thing{a.Kind, a.Slug}); earlier(a.DueOn, due[key]) {
				due[key] = a.DueOn
			}
		}
	}
	return due
}

type lessonKey struct {
	module curriculum.ModuleSlug
	lesson curriculum.LessonSlug
}

type tally struct {
	quizzes map[curriculum.QuizSlug]assessment.Tally
	lessons map[lessonKey]LessonState
}

func tallied(attempts []assessment.GradedAttempt, states []LessonState) tally {
	t := tally{quizzes: assessment.Tallies(attempts), lessons: make(map[lessonKey]LessonState)}
	for _, state := range states {
		t.lessons[lessonKey{state.Module, state.Lesson}] = state
	}
	return t
}

func (t tally) module(m curriculum.Module) ModuleProgress {
	mp := ModuleProgress{Module: m, Complete: true}
	steps, doneSteps := 0, 0.0
	for _, l := range m.Lessons {
		state := t.lessons[lessonKey{m.Slug, l.Slug}]
		lp := LessonProgress{Lesson: l, ReadShare: state.ReadShare, Read: state.Read, PracticePassed: t.quizzes[l.Practice.Slug].Passed}
		lp.Complete = lp.Read && lp.PracticePassed
		mp.Complete = mp.Complete && lp.Complete
		steps += 2
		doneSteps += lp.ReadShare
		if lp.PracticePassed {
			doneSteps++
		}
		mp.Lessons = append(mp.Lessons, lp)
	}
	for _, q := range m.Quizzes {
		if q.Purpose != curriculum.PurposeCheck {
			continue
		}
		check := QuizProgress{Quiz: q, Tally: t.quizzes[q.Slug]}
		mp.Check = &check
		mp.Complete = mp.Complete && check.Passed
		steps++
		if check.Passed {
			doneSteps++
		}
	}
	if steps > 0 {
		mp.Share = doneSteps / float64(steps)
	}
	return mp
}
