package learning_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/question"
)

// TestStepsOfAModule: what each step adds to the first module of the course.
func TestStepsOfAModule(t *testing.T) {
	t.Parallel()
	b := newBook()
	steps := []struct {
		name     string
		do       func()
		share    float64 // of five steps: two lessons read, two practised, a check
		lesson   bool    // a is complete
		complete bool
	}{
		{"nothing", func() {}, 0, false, false},
		{"half of a is read", func() { b.read("first", "a", 0.5) }, 0.5 / 5, false, false},
		{"all of a is read", func() { b.read("first", "a", 1) }, 1.0 / 5, false, false},
		{"its practice is failed", func() { b.take("first.a.practice", false) }, 1.0 / 5, false, false},
		{"its practice is passed", func() { b.take("first.a.practice", true) }, 2.0 / 5, true, false},
		{"its practice is failed once more", func() { b.take("first.a.practice", false) }, 2.0 / 5, true, false},
		{"the practice of b is passed", func() { b.take("first.b.practice", true) }, 3.0 / 5, true, false},
		{"the pretest is passed", func() { b.take("first.pretest", true) }, 3.0 / 5, true, false},
		{"the check is passed too early", func() { b.take("first.check", true) }, 4.0 / 5, true, false},
		{"b is read to the last screen", func() { b.read("first", "b", 0.75) }, 4.75 / 5, true, false},
		{"b is read to the end", func() { b.read("first", "b", 1) }, 1, true, true},
		{"the check of another module is failed", func() { b.take("second.check", false) }, 1, true, true},
	}
	for _, step := range steps {
		step.do()
		progress, err := b.service().Progress(t.Context(), trainee)
		must(t, err)
		m := progress.Modules[0]
		if math.Abs(m.Share-step.share) > 1e-9 || m.Lessons[0].Complete != step.lesson || m.Complete != step.complete {
			t.Errorf("%s: share %v, lesson %t, module %t, want %v, %t, %t", step.name, m.Share, m.Lessons[0].Complete, m.Complete, step.share, step.lesson, step.complete)
		}
	}
}

// TestACheckMustBePassed: lessons alone do not complete a module.
func TestACheckMustBePassed(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.learn("first")
	b.take("first.check", false)
	progress, err := b.service().Progress(t.Context(), trainee)
	must(t, err)
	if m := progress.Modules[0]; m.Complete || m.Check.Passed || m.Check.Used != 1 || math.Abs(m.Share-0.8) > 1e-9 {
		t.Errorf("module = complete %t at %v, check %+v, want four steps of five", m.Complete, m.Share, m.Check)
	}
}

func TestExamsAndPrerequisites(t *testing.T) {
	t.Parallel()
	b := newBook()
	wants := []struct {
		finish        curriculum.ModuleSlug
		prerequisites []curriculum.ModuleSlug
		exam          []curriculum.ModuleSlug
	}{
		{"", []curriculum.ModuleSlug{"second"}, []curriculum.ModuleSlug{"first", "second"}},
		{"first", []curriculum.ModuleSlug{"second"}, []curriculum.ModuleSlug{"second"}},
		{"second", nil, nil},
	}
	for _, want := range wants {
		if want.finish != "" {
			b.finish(want.finish)
		}
		progress, err := b.service().Progress(t.Context(), trainee)
		must(t, err)
		if diff := cmp.Diff(want.prerequisites, progress.Modules[2].PrerequisitesOpen); diff != "" {
			t.Errorf("after %q, open before third:\n%s", want.finish, diff)
		}
		if diff := cmp.Diff(want.exam, progress.Exams[0].ModulesOpen); diff != "" {
			t.Errorf("after %q, open before the exam:\n%s", want.finish, diff)
		}
	}
}

func TestDueDatesAndOrder(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.memberships = []cohort.Membership{due("first", "2027-04-01"), due("first", "2027-02-01"), due("second", "2027-03-01"), {
		Assignments: []cohort.Assignment{{Kind: cohort.KindExam, Slug: "final", DueOn: "2027-04-01"}, {Kind: cohort.KindExam, Slug: "first", DueOn: "2027-01-01"}},
		Extensions:  []cohort.Extension{{Kind: cohort.KindExam, Slug: "final", DueOn: "2027-05-01"}, {Kind: cohort.KindModule, Slug: "final", DueOn: "2027-01-01"}},
	}}
	b.take("first.check", false)
	b.take("first.check", true)
	progress, err := b.service().Progress(t.Context(), trainee)
	must(t, err)
	var dates []string
	for _, m := range progress.Modules {
		dates = append(dates, m.DueOn)
	}
	if diff := cmp.Diff([]string{"2027-02-01", "2027-03-01", ""}, dates); diff != "" {
		t.Errorf("due dates (-want +got):\n%s", diff)
	}
	if got := progress.Exams[0].DueOn; got != "2027-05-01" {
		t.Errorf("the exam is due on %q, want the trainee's own date", got)
	}
	if progress.Attempts[0].ID != "attempt-2" {
		t.Errorf("first attempt is %s, want the newest", progress.Attempts[0].ID)
	}
}

func TestSaveLesson(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		state learning.LessonState
		want  learning.LessonState
		kind  errs.Kind // 0 = taken
	}{
		"half":                {learning.LessonState{Module: "first", Lesson: "a", ReadShare: 0.5}, learning.LessonState{ReadShare: 0.5}, 0},
		"read is all of it":   {learning.LessonState{Module: "first", Lesson: "a", ReadShare: 0.9, Read: true}, learning.LessonState{ReadShare: 1, Read: true}, 0},
		"below 0":             {learning.LessonState{Module: "first", Lesson: "a", ReadShare: -0.1}, learning.LessonState{}, errs.Invalid},
		"above 1":             {learning.LessonState{Module: "first", Lesson: "a", ReadShare: 1.1}, learning.LessonState{}, errs.Invalid},
		"no number":           {learning.LessonState{Module: "first", Lesson: "a", ReadShare: math.NaN()}, learning.LessonState{}, errs.Invalid},
		"no such lesson":      {learning.LessonState{Module: "first", Lesson: "z"}, learning.LessonState{}, errs.NotFound},
		"of another module's": {learning.LessonState{Module: "none", Lesson: "a"}, learning.LessonState{}, errs.NotFound},
	}
	for name, test := range tests {
		b := newBook()
		got, err := b.service().SaveLesson(t.Context(), trainee, test.state)
		if test.kind != 0 {
			if err == nil || errs.KindOf(err) != test.kind || len(b.lessons) != 0 {
				t.Errorf("%s: SaveLesson = %v with %d kept, want kind %d and nothing kept", name, err, len(b.lessons), test.kind)
			}
			continue
		}
		must(t, err)
		if got.ReadShare != test.want.ReadShare || got.Read != test.want.Read || !got.UpdatedAt.Equal(today) {
			t.Errorf("%s: SaveLesson = %+v, want %+v now", name, got, test.want)
		}
	}
}

// TestFollowReplaces: a regrade puts its result in the place of the old one.
func TestFollowReplaces(t *testing.T) {
	t.Parallel()
	b := newBook()
	id := b.begin("first.check")
	must(t, b.service().Follow(t.Context(), id)) // not graded yet: nothing
	results := func() []learning.OutcomeResult {
		got, err := b.OutcomeResults(t.Context(), trainee.ID)
		must(t, err)
		return got
	}
	item := func(id question.ID, correct bool) assessment.ItemGrade {
		return assessment.ItemGrade{Question: id, Answered: true, Correct: correct}
	}
	open := assessment.ItemGrade{Question: "first.a.x1"}
	gone := item("first.a.removed", true)
	steps := []struct {
		name  string
		items []assessment.ItemGrade
		want  []learning.OutcomeResult
	}{
		{"an open answer shows nothing", []assessment.ItemGrade{open, gone}, nil},
		{"an essay shows nothing before its mark", []assessment.ItemGrade{{Question: "first.a.x1", Answered: true, Awaiting: true}}, nil},
		{"a question counts for each of its outcomes", []assessment.ItemGrade{item("first.b.x1", false), item("first.a.p1", true)},
			[]learning.OutcomeResult{{Outcome: "first.a.o1", Answered: 2, Right: 1}, {Outcome: "first.b.o1", Answered: 1}}},
		{"a regrade replaces", []assessment.ItemGrade{item("first.b.x1", true)},
			[]learning.OutcomeResult{{Outcome: "first.a.o1", Answered: 1, Right: 1}, {Outcome: "first.b.o1", Answered: 1, Right: 1}}},
	}
	for _, step := range steps {
		b.grade(id, true, step.items...)
		for range 2 { // a job may run again
			must(t, b.service().Follow(t.Context(), id))
		}
		if diff := cmp.Diff(step.want, results()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
}

// overtaken is a book in which something happens between a job's reading of
// the grades and its writing.
type overtaken struct {
	*book
	meanwhile func()
}

func (o *overtaken) ReplaceOutcomeResults(ctx context.Context, user identity.UserID, id assessment.AttemptID, results []learning.OutcomeResult) error {
	if now := o.meanwhile; now != nil {
		o.meanwhile = nil
		now()
	}
	return o.book.ReplaceOutcomeResults(ctx, user, id, results)
}

// TestFollowIsNotOvertaken: the job of an earlier grade, which writes after
// that of a later one, does not bring the old results back.
func TestFollowIsNotOvertaken(t *testing.T) {
	t.Parallel()
	b := newBook()
	id := b.begin("first.check")
	item := assessment.ItemGrade{Question: "first.a.p1", Answered: true}
	b.grade(id, false, item)
	item.Correct = true
	slow := b.service()
	slow.Store = &overtaken{b, func() {
		b.grade(id, true, item)
		must(t, b.service().Follow(t.Context(), id))
	}}
	must(t, slow.Follow(t.Context(), id))
	got, err := b.OutcomeResults(t.Context(), trainee.ID)
	must(t, err)
	if diff := cmp.Diff([]learning.OutcomeResult{{Outcome: "first.a.o1", Answered: 1, Right: 1}}, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}

// drawHistory lets a trainee do anything in any order. After each grade the
// job that follows it runs: at once, later, twice, in any order.
func drawHistory(t *rapid.T, b *book) {
	s := b.service()
	var quizzes []curriculum.QuizSlug
	for _, q := range s.Catalogue.Quizzes() {
		quizzes = append(quizzes, q.Slug)
	}
	questions := s.Catalogue.Questions()
	var waiting []assessment.AttemptID
	follow := func(id assessment.AttemptID) {
		if err := s.Follow(context.Background(), id); err != nil {
			t.Fatal(err)
		}
	}
	for range rapid.IntRange(1, 25).Draw(t, "deeds") {
		switch deed := rapid.SampledFrom([]string{"read", "begin", "grade", "grade", "follow"}).Draw(t, "deed"); {
		case deed == "read":
			m := rapid.SampledFrom(s.Catalogue.Modules).Draw(t, "module")
			state := learning.LessonState{Module: m.Slug, Lesson: rapid.SampledFrom(m.Lessons).Draw(t, "lesson").Slug}
			state.ReadShare, state.Read = rapid.Float64Range(0, 1).Draw(t, "share"), rapid.Bool().Draw(t, "read")
			if _, err := s.SaveLesson(context.Background(), trainee, state); err != nil {
				t.Fatal(err)
			}
		case deed == "begin":
			b.begin(rapid.SampledFrom(quizzes).Draw(t, "quiz"))
		case deed == "grade" && len(b.attempts) > 0:
			var items []assessment.ItemGrade
			for range rapid.IntRange(0, 4).Draw(t, "items") {
				items = append(items, assessment.ItemGrade{
					Question: rapid.SampledFrom(questions).Draw(t, "question").ID,
					Answered: rapid.Bool().Draw(t, "answered"), Correct: rapid.Bool().Draw(t, "correct"),
				})
			}
			id := rapid.SampledFrom(b.attempts).Draw(t, "attempt").ID
			b.grade(id, rapid.Bool().Draw(t, "passed"), items...)
			waiting = append(waiting, id)
		case deed == "follow" && len(waiting) > 0:
			follow(rapid.SampledFrom(waiting).Draw(t, "job"))
		}
	}
	for _, id := range rapid.Permutation(waiting).Draw(t, "jobs") {
		follow(id)
	}
}

// TestRebuiltProgressIsTheSame: what is derived can be thrown away and built
// again from the grades, and is then what following them one by one gave.
func TestRebuiltProgressIsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		b := newBook()
		drawHistory(t, b)
		followed, err := b.service().Progress(ctx, trainee)
		if err != nil {
			t.Fatal(err)
		}
		clear(b.results)
		for _, a := range slices.Backward(b.attempts) {
			if err := b.service().Follow(ctx, a.ID); err != nil {
				t.Fatal(err)
			}
		}
		rebuilt, err := b.service().Progress(ctx, trainee)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(followed, rebuilt); diff != "" {
			t.Fatalf("progress (-followed +rebuilt):\n%s", diff)
		}
		if diff := cmp.Diff(counted(b), rebuilt.Outcomes); diff != "" {
			t.Fatalf("outcomes (-counted from the grades +rebuilt):\n%s", diff)
		}
		for _, m := range rebuilt.Modules {
			if m.Share < 0 || m.Share > 1 || m.Complete && math.Abs(m.Share-1) > 1e-9 {
				t.Fatalf("%s has a share of %v and is complete: %t", m.Module.Slug, m.Share, m.Complete)
			}
		}
	})
}

// counted sums the outcomes of the grades that hold, question by question.
func counted(b *book) []learning.OutcomeResult {
	plain := newBook()
	catalogue := course()
	for id, grades := range b.grades {
		for _, item := range grades[len(grades)-1].Items {
			q, _ := catalogue.Question(item.Question)
			for _, outcome := range q.Outcomes {
				r := learning.OutcomeResult{Outcome: curriculum.OutcomeID(outcome), Answered: 1}
				if item.Correct {
					r.Right = 1
				}
				if item.Answered {
					plain.results[id] = append(plain.results[id], r)
				}
			}
		}
	}
	sums, _ := plain.OutcomeResults(context.Background(), trainee.ID)
	return sums
}
