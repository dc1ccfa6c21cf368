package learning

import (
	"cmp"
	"context"
	"slices"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// rules names how summaries are made. Whoever changes that raises it, and all
// summaries are made again.
const rules = "1"

// basis names what summaries follow from beside the log.
func (s *Service) basis() string { return s.Catalogue.Version + "/" + rules }

// Summarise makes the summary of a trainee from the log and keeps it. Where
// another was kept since the log was read, the log may have grown, and is read
// again: so what stands always has all that its predecessors had.
func (s *Service) Summarise(ctx context.Context, user identity.UserID) (Summary, error) {
	for {
		before, err := s.Kept.SummaryRevisions(ctx, []identity.UserID{user}) // before the log, which only grows
		if err != nil {
			return Summary{}, err
		}
		summary, err := s.summary(ctx, user)
		if err != nil {
			return Summary{}, err
		}
		summary.Revision = before[user] + 1
		next, err := summary.Kept(s.basis())
		if err != nil {
			return Summary{}, err
		}
		if kept, err := s.Kept.KeepSummary(ctx, next); kept || err != nil {
			return summary, err
		}
	}
}

// Rebuild makes summaries that are missing or stand on another basis, at most
// limit, and says how many there were.
func (s *Service) Rebuild(ctx context.Context, limit int) (int, error) {
	stale, err := s.Kept.StaleSummaries(ctx, s.basis(), limit)
	if err != nil {
		return 0, err
	}
	for i, user := range stale {
		if _, err := s.Summarise(ctx, user); err != nil {
			return i, err
		}
	}
	return len(stale), nil
}

// RebuildSummaries is the periodic job that brings summaries to the present
// curriculum and rules.
type RebuildSummaries struct{}

// Kind names the job in the queue.
func (RebuildSummaries) Kind() string { return "rebuild_summaries" }

func (s *Service) summary(ctx context.Context, user identity.UserID) (Summary, error) {
	attempts, err := s.Attempts.Attempts(ctx, user)
	if err != nil {
		return Summary{}, err
	}
	return s.summaryOf(ctx, user, attempts)
}

// summaryOf makes the summary of a trainee from some of their attempts.
func (s *Service) summaryOf(ctx context.Context, user identity.UserID, attempts []assessment.GradedAttempt) (Summary, error) {
	states, err := s.Store.LessonStates(ctx, user)
	if err != nil {
		return Summary{}, err
	}
	activity, err := s.Attempts.Activity(ctx, user)
	if err != nil {
		return Summary{}, err
	}
	graded := ended(attempts)
	summary := s.progressSummary(attempts, states)
	summary.User, summary.LateSyncs, summary.LastActive = user, activity.LateSyncs, activity.Last
	for _, state := range states {
		summary.Through = later(summary.Through, state.UpdatedAt)
		summary.LastActive = later(summary.LastActive, state.UpdatedAt)
	}
	for _, a := range graded {
		summary.Through = later(summary.Through, a.Grade.At)
	}
	summary.Outcomes = s.outcomes(graded)
	newest := newestOf(graded)
	summary.Critical = s.critical(newest)
	summary.Worries, err = s.worries(ctx, newest)
	return summary, err
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// newestOf gives the newest graded attempt at each quiz, oldest first.
func newestOf(graded []assessment.GradedAttempt) []assessment.GradedAttempt {
	seen := make(map[curriculum.QuizSlug]bool)
	var newest []assessment.GradedAttempt
	for _, a := range slices.Backward(graded) {
		if !seen[a.Quiz] {
			seen[a.Quiz] = true
			newest = append(newest, a)
		}
	}
	slices.Reverse(newest)
	return newest
}

// critical gives the critical failures that stand.
func (s *Service) critical(newest []assessment.GradedAttempt) []CriticalFailure {
	var failures []CriticalFailure
	for _, a := range newest {
		quiz, _ := s.Catalogue.Quiz(a.Quiz)
		if quiz.Purpose != curriculum.PurposeCheck && quiz.Purpose != curriculum.PurposeExam {
			continue
		}
		for _, id := range a.Grade.CriticalFailures {
			q, _ := s.Catalogue.Question(id)
			lesson, _ := s.Catalogue.LessonOf(id)
			failure := CriticalFailure{Quiz: a.Quiz, Module: cmp.Or(lesson.Module, quiz.Module), Question: id, Attempt: a.ID, At: a.EndedAt}
			for _, outcome := range q.Outcomes {
				failure.Outcomes = append(failure.Outcomes, curriculum.OutcomeID(outcome))
			}
			failures = append(failures, failure)
		}
	}
	return failures
}

// worries gives the harmful decisions of the newest attempts at scenarios. The
// log is read only where there is one: a grade does not say what was chosen.
func (s *Service) worries(ctx context.Context, newest []assessment.GradedAttempt) ([]Worry, error) {
	var worries []Worry
	for _, a := range newest {
		quiz, _ := s.Catalogue.Quiz(a.Quiz)
		harmful := slices.DeleteFunc(slices.Clone(a.Grade.Items), func(i assessment.ItemGrade) bool { return !i.Answered || i.Fraction > 0 })
		if quiz.Purpose != curriculum.PurposeScenario || len(harmful) == 0 {
			continue
		}
		events, err := s.Attempts.Events(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		answers := assessment.Fold(a.Attempt, events, 0).Answers
		for _, item := range harmful {
			q, _ := s.Catalogue.Question(item.Question)
			response, err := question.ParseResponse(q, answers[item.Question].Response)
			if err != nil {
				continue // the decision was rewritten since: nobody can say what was chosen
			}
			worries = append(worries, Worry{
				Scenario: a.Quiz, Module: quiz.Module, Lesson: quiz.Lesson, Question: item.Question, Choice: response.Choice, At: a.EndedAt,
			})
		}
	}
	return worries, nil
}
