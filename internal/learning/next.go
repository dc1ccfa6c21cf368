package learning

import (
	"context"
	"slices"
	"strings"
	"time"

	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// NextKind says what sort of thing comes next.
type NextKind string

// The kinds of next thing.
const (
	NextResume   NextKind = "resume_attempt" // a check or exam stands open
	NextRefresh  NextKind = "refresher"      // a coordinator asked to practise a lesson again
	NextLesson   NextKind = "lesson"         // read on
	NextPractice NextKind = "practice"       // the lesson is read, its practice is not passed
	NextCheck    NextKind = "check"          // all lessons are done
	NextExam     NextKind = "exam"           // all modules that an exam draws on are complete
	NextDone     NextKind = "done"           // nothing is left
)

// Next is the one next thing to do.
type Next struct {
	Kind        NextKind
	Module      curriculum.Module
	Lesson      curriculum.Lesson
	Quiz        curriculum.Quiz
	Attempt     assessment.AttemptID
	ReadShare   float64
	MinutesLeft int              // of the lesson, by the share that is unread; of a refresher all
	Again       bool             // of an exam: it was passed, and its certificate holds no more
	Refresher   cohort.Refresher // where that is the kind: who asks for it and by when
}

// Next names the one next thing for the actor: an open check or exam before all
// else, then a lesson that a coordinator asked to practise again, then an exam
// whose modules are complete, then the first unfinished step of the module that
// is due first. A module that others should come before
// waits for them; an exam that cannot be tried again yet comes last.
func (s *Service) Next(ctx context.Context, actor identity.Actor) (Next, error) {
	progress, err := s.Progress(ctx, actor)
	if err != nil {
		return Next{}, err
	}
	for _, m := range progress.Modules {
		if m.Check != nil && m.Check.Open != "" {
			return Next{Kind: NextResume, Module: m.Module, Quiz: m.Check.Quiz, Attempt: m.Check.Open}, nil
		}
	}
	for _, e := range progress.Exams {
		if e.Open != "" {
			return Next{Kind: NextResume, Quiz: e.Quiz, Attempt: e.Open}, nil
		}
	}
	if len(progress.Refreshers) > 0 {
		return s.refresh(progress.Refreshers[0]), nil
	}
	done := Next{Kind: NextDone}
	for _, e := range progress.Exams {
		if len(e.ModulesOpen) > 0 || e.Done() {
			continue
		}
		exam := Next{Kind: NextExam, Quiz: e.Quiz, Again: e.Again}
		if s.startable(e.Quiz, progress.Attempts) {
			return exam, nil
		}
		done = exam
	}
	var best *ModuleProgress
	for i := range progress.Modules {
		m := &progress.Modules[i]
		if m.Complete || len(m.PrerequisitesOpen) > 0 {
			continue
		}
		if best == nil || earlier(m.DueOn, best.DueOn) {
			best = m
		}
	}
	if best == nil {
		return done, nil
	}
	return best.next(), nil
}

// refresh makes the next thing of a refresher.
func (s *Service) refresh(r cohort.Refresher) Next {
	m, _ := s.Catalogue.Module(r.Module)
	l, _ := s.Catalogue.Lesson(r.Module, r.Lesson)
	return Next{Kind: NextRefresh, Module: m, Lesson: l, Quiz: l.Practice, MinutesLeft: max(1, l.Minutes), Refresher: r}
}

// openRefreshers gives the refreshers of lessons that are taught and whose
// practice was not passed since they were asked for, due first.
func (s *Service) openRefreshers(memberships []cohort.Membership, attempts []assessment.GradedAttempt) []cohort.Refresher {
	var open []cohort.Refresher
	for _, m := range memberships {
		for _, r := range m.Refreshers {
			lesson, taught := s.Catalogue.Lesson(r.Module, r.Lesson)
			if taught && !passedSince(attempts, lesson.Practice.Slug, r.At) {
				open = append(open, r)
			}
		}
	}
	return dueFirst(open)
}

// dueFirst sorts refreshers by due date.
func dueFirst(refreshers []cohort.Refresher) []cohort.Refresher {
	slices.SortStableFunc(refreshers, func(a, b cohort.Refresher) int { return strings.Compare(a.DueOn, b.DueOn) })
	return refreshers
}

func passedSince(attempts []assessment.GradedAttempt, quiz curriculum.QuizSlug, at time.Time) bool {
	return slices.ContainsFunc(attempts, func(a assessment.GradedAttempt) bool {
		return a.Quiz == quiz && a.Grade != nil && a.Grade.Passed && a.EndedAt.After(at)
	})
}

// startable says whether the policy of a quiz allows an attempt now.
func (s *Service) startable(quiz curriculum.Quiz, newestFirst []assessment.GradedAttempt) bool {
	var before []assessment.Attempt
	for _, a := range slices.Backward(newestFirst) {
		if a.Quiz == quiz.Slug {
			before = append(before, a.Attempt)
		}
	}
	return assessment.Allowed(quiz, before, s.Now()) == nil
}

// earlier compares due dates; no date is the latest.
func earlier(a, b string) bool { return a != "" && (b == "" || a < b) }

func (m ModuleProgress) next() Next {
	for _, l := range m.Lessons {
		if l.Complete {
			continue
		}
		next := Next{Kind: NextLesson, Module: m.Module, Lesson: l.Lesson, Quiz: l.Lesson.Practice, ReadShare: l.ReadShare}
		next.MinutesLeft = max(1, int(float64(l.Lesson.Minutes)*(1-l.ReadShare)+0.5))
		if l.Read {
			next.Kind = NextPractice
		}
		return next
	}
	if m.Check != nil && !m.Check.Passed && m.Check.Unshown == 0 { // else it waits for a mark, not for them
		return Next{Kind: NextCheck, Module: m.Module, Quiz: m.Check.Quiz}
	}
	return Next{Kind: NextDone, Module: m.Module}
}
