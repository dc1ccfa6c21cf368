package learning

import (
	"slices"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
)

// quizRecord is what a trainee's graded attempts at one quiz say.
type quizRecord struct {
	assessment.Tally
	ended    int
	graded   int       // attempts whose result is decided
	first    *float64  // the first score
	passedAt time.Time // for the first time
	lastPass time.Time
}

// progressSummary sums modules and exams.
func (s *Service) progressSummary(attempts []assessment.GradedAttempt, states []LessonState) Summary {
	done := tallied(attempts, states)
	records := quizRecords(attempts, done.quizzes)
	summary := Summary{}
	for _, m := range s.Catalogue.Modules {
		summary.Modules = append(summary.Modules, done.summary(m, records))
	}
	for _, exam := range s.Catalogue.Exams {
		r := records[exam.Slug]
		summary.Exams = append(summary.Exams, ExamSummary{
			Exam: exam.Slug, Attempts: r.graded, Best: r.Best, Passed: r.Passed, PassedAt: r.passedAt,
		})
	}
	return summary
}

func quizRecords(attempts []assessment.GradedAttempt, tallies map[curriculum.QuizSlug]assessment.Tally) map[curriculum.QuizSlug]quizRecord {
	records := make(map[curriculum.QuizSlug]quizRecord)
	for _, a := range ended(attempts) {
		r := records[a.Quiz]
		r.Tally = tallies[a.Quiz]
		r.ended++
		if a.Grade.Awaiting() > 0 {
			records[a.Quiz] = r
			continue
		}
		r.graded++
		if score := a.Grade.Score(); r.ended == 1 {
			r.first = &score
		}
		if a.Grade.Passed {
			r.lastPass = a.EndedAt
			if r.passedAt.IsZero() {
				r.passedAt = a.EndedAt
			}
		}
		records[a.Quiz] = r
	}
	return records
}

// summary sums a module; what counts as done is decided by module alone.
func (t tally) summary(m curriculum.Module, records map[curriculum.QuizSlug]quizRecord) ModuleSummary {
	mp := t.module(m)
	sum := ModuleSummary{Module: m.Slug, Share: mp.Share, Complete: mp.Complete, Steps: 2 * len(m.Lessons), Lessons: len(m.Lessons)}
	for _, l := range mp.Lessons {
		practice := records[l.Lesson.Practice.Slug]
		if l.Complete {
			sum.LessonsComplete++
		}
		if l.Read {
			sum.Done = append(sum.Done, t.lessons[lessonKey{m.Slug, l.Lesson.Slug}].ReadAt)
		}
		if practice.Passed {
			sum.Done = append(sum.Done, practice.passedAt)
			if sum.LessonsPassed == nil {
				sum.LessonsPassed = make(map[curriculum.LessonSlug]time.Time)
			}
			sum.LessonsPassed[l.Lesson.Slug] = practice.lastPass
		}
	}
	for _, q := range m.Quizzes {
		r := records[q.Slug]
		switch q.Purpose {
		case curriculum.PurposePretest:
			sum.Pretest = r.first
		case curriculum.PurposeCheck:
			sum.Steps++
			sum.CheckAttempts, sum.CheckBest, sum.CheckPassed, sum.FirstCheck = r.graded, r.Best, r.Passed, r.first
			if r.Passed {
				sum.Done = append(sum.Done, r.passedAt)
			}
		}
	}
	slices.SortFunc(sum.Done, time.Time.Compare)
	return sum
}
