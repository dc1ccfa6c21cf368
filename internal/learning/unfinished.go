package learning

import (
	"context"
	"slices"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// Unfinished leaves in memberships of a user the tasks that are not done,
// refreshers due first; an exam that must be passed again is not done. What the
// curriculum does not have any more asks nothing.
func (s *Service) Unfinished(ctx context.Context, user identity.UserID, memberships []cohort.Membership) ([]cohort.Membership, error) {
	summaries, err := s.Summaries(ctx, []identity.UserID{user})
	if err != nil {
		return nil, err
	}
	again, err := s.Certificates.Again(ctx, user)
	if err != nil {
		return nil, err
	}
	open := slices.Clone(memberships)
	for i, m := range open {
		open[i].Assignments = slices.DeleteFunc(slices.Clone(m.Assignments), func(a cohort.Assignment) bool {
			return summaries[0].Finished(a) && (a.Kind != cohort.KindExam || !slices.Contains(again, curriculum.QuizSlug(a.Slug)))
		})
		open[i].Refreshers = dueFirst(slices.DeleteFunc(slices.Clone(m.Refreshers), func(r cohort.Refresher) bool {
			_, taught := s.Catalogue.Lesson(r.Module, r.Lesson)
			return !taught || summaries[0].Refreshed(r)
		}))
	}
	return open, nil
}

// Finished says whether an assignment is done, or cannot be.
func (s *Summary) Finished(a cohort.Assignment) bool {
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

// Refreshed says whether the practice of a lesson was passed since it was asked
// for.
func (s *Summary) Refreshed(r cohort.Refresher) bool {
	return slices.ContainsFunc(s.Modules, func(m ModuleSummary) bool {
		return m.Module == r.Module && m.LessonsPassed[r.Lesson].After(r.At)
	})
}
