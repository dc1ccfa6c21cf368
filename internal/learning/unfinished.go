package learning

import (
	"context"
	"slices"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// Unfinished leaves in memberships of a user the tasks that are not done. What
// the curriculum does not have any more asks nothing.
func (s *Service) Unfinished(ctx context.Context, user identity.UserID, memberships []cohort.Membership) ([]cohort.Membership, error) {
	summaries, err := s.Summaries(ctx, []identity.UserID{user})
	if err != nil {
		return nil, err
	}
	open := slices.Clone(memberships)
	for i, m := range open {
		open[i].Assignments = slices.DeleteFunc(slices.Clone(m.Assignments), summaries[0].finished)
		open[i].Refreshers = slices.DeleteFunc(slices.Clone(m.Refreshers), func(r cohort.Refresher) bool {
			_, taught := s.Catalogue.Lesson(r.Module, r.Lesson)
			return !taught || summaries[0].refreshed(r)
		})
	}
	return open, nil
}

// finished says whether an assignment is done, or cannot be.
func (s *Summary) finished(a cohort.Assignment) bool {
	switch a.Kind {
	case cohort.KindModule:
		return !slices.ContainsFunc(s.Modules, func(m ModuleSummary) bool {
			return m.Module == curriculum.ModuleSlug(a.Slug) && !m.Complete
		})
	case cohort.KindExam:
		return !slices.ContainsFunc(s.Exams, func(e ExamSummary) bool {
			return e.Exam == curriculum.QuizSlug(a.Slug) && !e.Passed
		})
	}
	return true
}

// refreshed says whether the practice of a lesson was passed since it was asked
// for.
func (s *Summary) refreshed(r cohort.Refresher) bool {
	return slices.ContainsFunc(s.Modules, func(m ModuleSummary) bool {
		return m.Module == r.Module && m.LessonsPassed[r.Lesson].After(r.At)
	})
}
