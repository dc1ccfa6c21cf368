package readiness

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/question"
	"muster/internal/retention"
)

var now = time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)

func ago(days int) time.Time { return now.AddDate(0, 0, -days) }

// course has the modules first and second, each of one lesson with the outcomes
// o1 and o2 and with a check, and the exam final.
func course() *curriculum.Catalogue {
	c := &curriculum.Catalogue{Exams: []curriculum.Quiz{{Slug: "final", Title: "Final", Purpose: curriculum.PurposeExam}}}
	for _, slug := range []curriculum.ModuleSlug{"first", "second"} {
		lesson := string(slug) + ".a."
		c.Modules = append(c.Modules, curriculum.Module{
			Slug: slug, Title: string(slug),
			Lessons: []curriculum.Lesson{{Module: slug, Slug: "a", Practice: curriculum.Quiz{Slug: curriculum.QuizSlug(lesson + "practice")}, Outcomes: []curriculum.Outcome{
				{ID: curriculum.OutcomeID(lesson + "o1")}, {ID: curriculum.OutcomeID(lesson + "o2")},
			}}},
			Quizzes: []curriculum.Quiz{{Slug: curriculum.QuizSlug(slug + ".check"), Module: slug, Purpose: curriculum.PurposeCheck}},
		})
	}
	return c.Indexed()
}

// allTasks asks for all of the course.
var allTasks = []Task{{Module: "first", DueOn: "2027-01-13"}, {Module: "second", DueOn: "2027-01-14"}, {Exam: "final", DueOn: "2027-02-01"}}

// blank is the summary of who has done nothing.
func blank() learning.Summary {
	return learning.Summary{
		User:    "anna",
		Modules: []learning.ModuleSummary{{Module: "first", Steps: 3, Lessons: 1}, {Module: "second", Steps: 3, Lessons: 1}},
		Exams:   []learning.ExamSummary{{Exam: "final"}},
	}
}

// strong is the summary of who has done all, and will remember it for years.
func strong() learning.Summary {
	s := blank()
	for i := range s.Modules {
		s.Modules[i].Share, s.Modules[i].Complete, s.Modules[i].CheckPassed, s.Modules[i].CheckAttempts = 1, true, true, 1
		s.Modules[i].Done = []time.Time{ago(9), ago(8), ago(7)}
	}
	s.Exams[0] = learning.ExamSummary{Exam: "final", Attempts: 1, Passed: true, PassedAt: ago(1)}
	for _, id := range []curriculum.OutcomeID{"first.a.o1", "first.a.o2", "second.a.o1", "second.a.o2"} {
		s.Outcomes = append(s.Outcomes, learning.OutcomeSummary{Outcome: id, Answers: MinAnswers, Evidence: 1, Memory: remembered(5000)})
	}
	s.LastActive = ago(1)
	return s
}

// remembered is a memory of a stability, reviewed yesterday.
func remembered(stability float64) retention.Memory {
	return retention.Memory{Stability: stability, Difficulty: 5, ReviewedAt: ago(1)}
}

// anySummary draws what somebody may have done.
func anySummary(t *rapid.T, user identity.UserID) learning.Summary {
	s := blank()
	s.User, s.LateSyncs = user, rapid.IntRange(0, 1).Draw(t, "late syncs")
	if rapid.Bool().Draw(t, "active") {
		s.LastActive = ago(rapid.IntRange(0, 40).Draw(t, "active days ago"))
	}
	score := rapid.Ptr(rapid.Float64Range(0, 1), true)
	for i := range s.Modules {
		m := &s.Modules[i]
		m.Share = rapid.SampledFrom([]float64{0, 1.0 / 3, 1}).Draw(t, "share")
		m.Complete = m.Share == 1
		m.CheckAttempts = rapid.IntRange(0, 4).Draw(t, "attempts")
		m.Pretest, m.FirstCheck = score.Draw(t, "pretest"), score.Draw(t, "check")
		if m.Complete {
			m.Done = []time.Time{ago(rapid.IntRange(0, 500).Draw(t, "done"))}
		}
		if rapid.IntRange(0, 5).Draw(t, "critical") == 0 {
			s.Critical = append(s.Critical, learning.CriticalFailure{Quiz: curriculum.QuizSlug(m.Module + ".check"), Module: m.Module, Outcomes: []curriculum.OutcomeID{"first.a.o1"}})
		}
	}
	s.Exams[0].Passed = rapid.Bool().Draw(t, "passed")
	for _, place := range NewAssessor(course(), "", now).Places {
		if rapid.IntRange(0, 3).Draw(t, "answered") > 0 {
			s.Outcomes = append(s.Outcomes, learning.OutcomeSummary{
				Outcome: place.Outcome.ID, Answers: rapid.IntRange(1, 6).Draw(t, "answers"), Evidence: rapid.Float64Range(0.5, 1).Draw(t, "evidence"),
				Memory: remembered(rapid.Float64Range(1, 900).Draw(t, "stability")), Failures: rapid.IntRange(0, 3).Draw(t, "failures"),
			})
		}
	}
	for _, choice := range rapid.SliceOfNDistinct(rapid.SampledFrom([]question.OptionID{"a", "b"}), 0, 1, rapid.ID).Draw(t, "worries") {
		s.Worries = append(s.Worries, learning.Worry{Scenario: "gate", Module: "first", Lesson: "a", Question: "first.a.gate", Choice: choice})
	}
	return s
}

// snapshotOf assesses people of a cohort that must do all and deploys in 90 days.
func snapshotOf(summaries ...learning.Summary) *Snapshot {
	return snapshotSince(time.Time{}, summaries...)
}

// snapshotSince is one of people who joined the cohort at a time.
func snapshotSince(joined time.Time, summaries ...learning.Summary) *Snapshot {
	detail := cohort.Detail{Listed: cohort.Listed{Cohort: cohort.Cohort{ID: "unit", Name: "Unit"}}, Assignments: []cohort.Assignment{
		{Kind: cohort.KindModule, Slug: "first", DueOn: "2027-01-13"}, {Kind: cohort.KindModule, Slug: "second", DueOn: "2027-01-14"},
		{Kind: cohort.KindExam, Slug: "final", DueOn: "2027-02-01"},
	}}
	snapshot := &Snapshot{Assessor: NewAssessor(course(), "2027-04-14", now), Cohort: detail}
	members, of := make([]Member, len(summaries)), make([]*learning.Summary, len(summaries))
	for i := range summaries {
		of[i] = &summaries[i]
		name := fmt.Sprintf("Person %d", i)
		members[i] = Member{Member: cohort.Member{ID: summaries[i].User, Name: name, Username: fmt.Sprintf("p%d", i)}, Tasks: cameAfter(slices.Clone(allTasks), joined)}
	}
	snapshot.assess(members, of, nil)
	return snapshot
}

func anySnapshot(t *rapid.T) *Snapshot {
	var summaries []learning.Summary
	for i := range rapid.IntRange(0, 12).Draw(t, "people") {
		summaries = append(summaries, anySummary(t, identity.UserID(fmt.Sprint(i))))
	}
	return snapshotOf(summaries...)
}
