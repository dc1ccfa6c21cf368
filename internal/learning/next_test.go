package learning_test

import (
	"fmt"
	"testing"
	"time"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/learning"
)

// name says what comes next in one line.
func name(n learning.Next) string {
	switch n.Kind {
	case learning.NextLesson, learning.NextPractice, learning.NextRefresh:
		return fmt.Sprintf("%s %s.%s, %d minutes", n.Kind, n.Module.Slug, n.Lesson.Slug, n.MinutesLeft)
	case learning.NextResume:
		return fmt.Sprintf("%s %s of %s", n.Kind, n.Attempt, n.Quiz.Slug)
	case learning.NextExam:
		if n.Again {
			return fmt.Sprintf("%s %s again", n.Kind, n.Quiz.Slug)
		}
		fallthrough
	case learning.NextCheck:
		return fmt.Sprintf("%s %s", n.Kind, n.Quiz.Slug)
	}
	return string(n.Kind)
}

func due(module curriculum.ModuleSlug, on string) cohort.Membership {
	return cohort.Membership{Assignments: []cohort.Assignment{{Kind: cohort.KindModule, Slug: string(module), DueOn: on}}}
}

// refresher is a unit that asked for a lesson again, so long ago.
func refresher(module curriculum.ModuleSlug, lesson curriculum.LessonSlug, on string, ago time.Duration) cohort.Membership {
	return cohort.Membership{Refreshers: []cohort.Refresher{{Module: module, Lesson: lesson, DueOn: on, At: today.Add(-ago)}}}
}

func TestNext(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		done func(*book)
		want string
	}{
		"the first lesson":                 {func(*book) {}, "lesson first.a, 20 minutes"},
		"the rest of it":                   {func(b *book) { b.read("first", "a", 0.6) }, "lesson first.a, 8 minutes"},
		"its last minute":                  {func(b *book) { b.read("first", "a", 0.999) }, "lesson first.a, 1 minutes"},
		"its practice, once it is read":    {func(b *book) { b.read("first", "a", 1) }, "practice first.a, 1 minutes"},
		"practice again, if it was failed": {func(b *book) { b.read("first", "a", 1); b.take("first.a.practice", false) }, "practice first.a, 1 minutes"},
		"the text, if only practised":      {func(b *book) { b.take("first.a.practice", true) }, "lesson first.a, 20 minutes"},
		"the next lesson": {func(b *book) {
			b.read("first", "a", 1)
			b.take("first.a.practice", true)
		}, "lesson first.b, 20 minutes"},
		"a lesson that was left out": {func(b *book) {
			b.read("first", "b", 1)
			b.take("first.b.practice", true)
		}, "lesson first.a, 20 minutes"},
		"the check after all lessons": {func(b *book) { b.learn("first") }, "check first.check"},
		"the check again, if it was failed": {func(b *book) {
			b.learn("first")
			b.take("first.check", false)
		}, "check first.check"},
		"the next module":             {func(b *book) { b.finish("first") }, "lesson second.a, 20 minutes"},
		"not what others come before": {func(b *book) { b.memberships = []cohort.Membership{due("third", "2027-01-01")} }, "lesson first.a, 20 minutes"},
		"what is due first": {func(b *book) {
			b.memberships = []cohort.Membership{due("second", "2027-03-01"), due("first", "2027-04-01")}
		}, "lesson second.a, 20 minutes"},
		"what is due before what is not": {func(b *book) { b.memberships = []cohort.Membership{due("second", "2027-03-01")} }, "lesson second.a, 20 minutes"},
		"the earliest date of all units": {func(b *book) {
			b.memberships = []cohort.Membership{due("first", "2027-04-01"), due("second", "2027-03-01"), due("first", "2027-02-01")}
		}, "lesson first.a, 20 minutes"},
		"in order, where all is due alike": {func(b *book) {
			b.memberships = []cohort.Membership{due("second", "2027-03-01"), due("first", "2027-03-01")}
		}, "lesson first.a, 20 minutes"},
		"an open check before all":       {func(b *book) { b.begin("second.check") }, "resume_attempt attempt-1 of second.check"},
		"an open exam before all":        {func(b *book) { b.begin("final") }, "resume_attempt attempt-1 of final"},
		"open practice is not pressed":   {func(b *book) { b.begin("first.b.practice") }, "lesson first.a, 20 minutes"},
		"an open pretest is not pressed": {func(b *book) { b.begin("first.pretest") }, "lesson first.a, 20 minutes"},
		"a refresher before what is new": {func(b *book) {
			b.memberships = []cohort.Membership{refresher("second", "b", "2027-02-01", time.Minute), refresher("first", "b", "2027-01-20", time.Minute)}
		}, "refresher first.b, 20 minutes"},
		"an open check before a refresher": {func(b *book) {
			b.memberships = []cohort.Membership{refresher("first", "b", "2027-02-01", time.Minute)}
			b.begin("second.check")
		}, "resume_attempt attempt-1 of second.check"},
		"a refresher, though it was passed before": {func(b *book) {
			b.finish("first") // half an hour ago
			b.memberships = []cohort.Membership{refresher("first", "b", "2027-02-01", time.Minute)}
		}, "refresher first.b, 20 minutes"},
		"no refresher that was passed since": {func(b *book) {
			b.finish("first")
			b.memberships = []cohort.Membership{refresher("first", "b", "2027-02-01", time.Hour)}
		}, "lesson second.a, 20 minutes"},
		"a refresher that was failed since": {func(b *book) {
			b.take("first.b.practice", false)
			b.memberships = []cohort.Membership{refresher("first", "b", "2027-02-01", time.Hour)}
		}, "refresher first.b, 20 minutes"},
		"no refresher of what is no longer taught": {func(b *book) {
			b.memberships = []cohort.Membership{refresher("first", "z", "2027-02-01", time.Minute)}
		}, "lesson first.a, 20 minutes"},
		"the exam after its modules": {func(b *book) { b.finish("first", "second") }, "exam final"},
		"while it may not be tried again, other modules": {func(b *book) {
			b.finish("first", "second")
			b.take("final", false)
		}, "lesson third.a, 20 minutes"},
		"the exam that must wait, when it alone is left": {func(b *book) {
			b.finish("first", "second", "third")
			b.take("final", false)
		}, "exam final"},
		"after the exam, the rest": {func(b *book) {
			b.finish("first", "second")
			b.take("final", true)
		}, "lesson third.a, 20 minutes"},
		"an exam whose certificate ended, before what was never asked": {func(b *book) {
			b.finish("first", "second")
			b.take("final", true)
			b.again = []curriculum.QuizSlug{"final"}
			b.attempts[len(b.attempts)-1].EndedAt = today.Add(-time.Hour)
		}, "exam final again"},
		"while that may not be tried again, other modules": {func(b *book) {
			b.finish("first", "second")
			b.take("final", true)
			b.again = []curriculum.QuizSlug{"final"}
		}, "lesson third.a, 20 minutes"},
		"an exam whose certificate ended, when it alone is left": {func(b *book) {
			b.finish("first", "second", "third")
			b.take("final", true)
			b.again = []curriculum.QuizSlug{"final"}
		}, "exam final again"},
		"a module that was failed since, before that exam": {func(b *book) {
			b.take("final", true)
			b.again = []curriculum.QuizSlug{"final"}
		}, "lesson first.a, 20 minutes"},
		"nothing": {func(b *book) {
			b.finish("first", "second", "third")
			b.take("final", true)
		}, "done"},
	}
	for situation, test := range tests {
		b := newBook()
		test.done(b)
		next, err := b.service().Next(t.Context(), trainee)
		must(t, err)
		if got := name(next); got != test.want {
			t.Errorf("%s: next is %q, want %q", situation, got, test.want)
		}
	}
}
