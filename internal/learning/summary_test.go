package learning_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/question"
	"muster/internal/retention"
)

// show takes a quiz some days ago with answers of these fractions to a question.
func (b *book) show(quiz curriculum.QuizSlug, daysAgo float64, id question.ID, fractions ...float64) assessment.AttemptID {
	var items []assessment.ItemGrade
	for _, f := range fractions {
		items = append(items, assessment.ItemGrade{Question: id, Answered: true, Fraction: f, Correct: f == 1})
	}
	attempt := b.begin(quiz)
	b.grade(attempt, true, items...)
	b.attempts[len(b.attempts)-1].EndedAt = ago(daysAgo)
	return attempt
}

func ago(days float64) time.Time { return today.Add(-time.Duration(days * float64(24*time.Hour))) }

func (b *book) summarise(t *testing.T) learning.Summary {
	t.Helper()
	s, err := b.service().Summarise(t.Context(), trainee.ID)
	must(t, err)
	return s
}

// TestEvidence: what reviews of one outcome add up to.
func TestEvidence(t *testing.T) {
	t.Parallel()
	const o = question.ID("first.a.p1")
	w := retention.Default
	tests := map[string]struct {
		do       func(*book)
		answers  int
		evidence float64
		failures int
		memory   retention.Memory
	}{
		"one review": {func(b *book) { b.show("first.a.practice", 3, o, 1, 0.5) }, 2, 0.75, 0, w.First(retention.Hard, ago(3))},
		"the newest counts most": {func(b *book) {
			b.show("first.a.practice", 20, o, 0)
			b.show("first.check", 10, o, 1, 1)
			b.show("first.a.practice", 1, o, 0.5)
		}, 4, (0.5 + 0.7*1 + 0.49*0) / 2.19, 1, w.Next(w.Next(w.First(retention.Again, ago(20)), retention.Good, ago(10)), retention.Again, ago(1))},
		"in the order in which they ended": {func(b *book) {
			b.show("first.check", 1, o, 1)
			b.show("first.a.practice", 5, o, 0)
		}, 2, (1 + 0.7*0) / 1.7, 0, w.Next(w.First(retention.Again, ago(5)), retention.Good, ago(1))},
		"failures in a row": {func(b *book) {
			b.show("first.a.practice", 5, o, 1)
			b.show("first.a.practice", 4, o, 0.5)
			b.show("first.a.practice", 3, o, 0)
		}, 3, (0 + 0.7*0.5 + 0.49) / 2.19, 2, w.Next(w.Next(w.First(retention.Good, ago(5)), retention.Again, ago(4)), retention.Again, ago(3))},
		"a pretest is no review": {func(b *book) {
			b.show("first.pretest", 9, o, 0)
			b.show("first.a.practice", 1, o, 1)
		}, 1, 1, 0, w.First(retention.Good, ago(1))},
		"a decision is": {func(b *book) { b.show("first.scenario", 1, o, 1) }, 1, 1, 0, w.First(retention.Good, ago(1))},
		"a regrade replaces": {func(b *book) {
			id := b.show("first.check", 2, o, 0)
			b.grade(id, true, assessment.ItemGrade{Question: o, Answered: true, Fraction: 1})
		}, 1, 1, 0, w.First(retention.Good, ago(2))},
	}
	for name, test := range tests {
		b := newBook()
		test.do(b)
		got := b.summarise(t).Outcomes
		if len(got) != 1 {
			t.Fatalf("%s: %d outcomes, want 1", name, len(got))
		}
		if math.Abs(got[0].Evidence-test.evidence) > 1e-12 {
			t.Errorf("%s: evidence %v, want %v", name, got[0].Evidence, test.evidence)
		}
		got[0].Evidence = 0
		want := learning.OutcomeSummary{Outcome: "first.a.o1", Answers: test.answers, Failures: test.failures, Memory: test.memory}
		if diff := cmp.Diff(want, got[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestNothingShownIsNoOutcome: open answers and questions that are gone show nothing.
func TestNothingShownIsNoOutcome(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.grade(b.begin("first.check"), false, assessment.ItemGrade{Question: "first.a.p1"}, assessment.ItemGrade{Question: "gone.a.p1", Answered: true})
	if got := b.summarise(t).Outcomes; len(got) != 0 {
		t.Errorf("outcomes = %+v, want none", got)
	}
}

func TestModuleSummary(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.show("first.pretest", 30, "first.a.p1", 0)
	b.grades["attempt-1"][0].Points = 0.25
	b.read("first", "a", 1)
	b.read("first", "b", 1)
	for i, l := range []curriculum.LessonSlug{"a", "b"} {
		state := b.lessons["first."+string(l)]
		state.ReadAt, state.UpdatedAt = ago(20-float64(i)), ago(2)
		b.lessons["first."+string(l)] = state
	}
	b.show("first.a.practice", 18, "first.a.p1", 1)
	b.show("first.a.practice", 4, "first.a.p1", 1)
	b.show("first.b.practice", 17, "first.b.p1", 1)
	failed := b.show("first.check", 16, "first.a.p1", 0.5)
	b.grades[failed][0].Passed, b.grades[failed][0].Points = false, 0.5
	passed := b.show("first.check", 15, "first.a.p1", 1)
	b.grades[passed][0].Points = 0.9
	b.begin("first.check") // an open one is not counted
	b.activity = learning.Activity{LateSyncs: 3, Last: ago(1)}

	got := b.summarise(t)
	share := func(f float64) *float64 { return &f }
	want := learning.ModuleSummary{
		Module: "first", Share: 1, Steps: 5, Done: []time.Time{ago(20), ago(19), ago(18), ago(17), ago(15)}, Lessons: 2, LessonsComplete: 2,
		Complete: true, CheckAttempts: 2, CheckBest: share(0.9), CheckPassed: true, Pretest: share(0.25), FirstCheck: share(0.5),
		LessonsPassed: map[curriculum.LessonSlug]time.Time{"a": ago(4), "b": ago(17)},
	}
	if diff := cmp.Diff(want, got.Modules[0]); diff != "" {
		t.Errorf("the module (-want +got):\n%s", diff)
	}
	if at := got.Modules[0].CompletedAt(); !at.Equal(ago(15)) {
		t.Errorf("completed at %v, want %v", at, ago(15))
	}
	if diff := cmp.Diff(learning.ModuleSummary{Module: "second", Steps: 5, Lessons: 2}, got.Modules[1]); diff != "" {
		t.Errorf("a module that was not begun (-want +got):\n%s", diff)
	}
	if got.LateSyncs != 3 || !got.LastActive.Equal(ago(1)) || !got.Through.Equal(today) {
		t.Errorf("late %d, active %v, through %v", got.LateSyncs, got.LastActive, got.Through)
	}
}

func TestExamSummary(t *testing.T) {
	t.Parallel()
	b := newBook()
	for i, passed := range []bool{false, true, true} {
		id := b.show("final", float64(9-i), "first.a.x1", 1)
		b.grades[id][0].Passed, b.grades[id][0].Points = passed, float64(i)/2
	}
	best := 1.0
	want := []learning.ExamSummary{{Exam: "final", Attempts: 3, Best: &best, Passed: true, PassedAt: ago(8)}}
	if diff := cmp.Diff(want, b.summarise(t).Exams); diff != "" {
		t.Errorf("exams (-want +got):\n%s", diff)
	}
}

// TestCriticalFailuresStand until a later attempt at the same check is graded.
func TestCriticalFailuresStand(t *testing.T) {
	t.Parallel()
	b := newBook()
	fail := func(quiz curriculum.QuizSlug, daysAgo float64, failures ...question.ID) {
		id := b.show(quiz, daysAgo, "first.b.x1", 0)
		b.grades[id][0].CriticalFailures = failures
	}
	standing := func() (names []string) {
		for _, c := range b.summarise(t).Critical {
			names = append(names, fmt.Sprintf("%s %s %s %v", c.Quiz, c.Module, c.Question, c.Outcomes))
		}
		return names
	}
	fail("first.a.practice", 9, "first.a.p1") // practice is for failing
	fail("first.check", 8, "first.b.x1")
	fail("final", 7, "second.a.x1")
	b.begin("first.check")
	want := []string{
		"first.check first first.b.x1 [first.b.o1 first.a.o1]", "final second second.a.x1 [second.a.o1 second.a.o1]",
	}
	if diff := cmp.Diff(want, standing()); diff != "" {
		t.Errorf("standing (-want +got):\n%s", diff)
	}
	fail("first.check", 6)
	if diff := cmp.Diff(want[1:], standing()); diff != "" {
		t.Errorf("after a check without one (-want +got):\n%s", diff)
	}
}

// TestWorries: the harmful decisions of the newest attempt at a scenario, with
// what was chosen.
func TestWorries(t *testing.T) {
	t.Parallel()
	b := newBook()
	decide := func(daysAgo float64, choice string, fraction float64) {
		id := b.show("first.scenario", daysAgo, "first.a.gate", fraction)
		response := json.RawMessage(fmt.Sprintf(`{"choice":%q}`, choice))
		b.events[id] = []assessment.Event{{
			ID: "e", Attempt: id, Device: "phone", Seq: 1, ServerSeq: 1, Kind: assessment.EventAnswer,
			Question: "first.a.gate", Response: response, Standing: assessment.InTime,
		}}
	}
	decide(5, "a", 0)
	decide(4, "b", 0)
	got := b.summarise(t).Worries
	want := []learning.Worry{{Scenario: "first.scenario", Module: "first", Lesson: "a", Question: "first.a.gate", Choice: "b", At: ago(4)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("worries (-want +got):\n%s", diff)
	}
	decide(3, "c", 1.0/3)
	if got := b.summarise(t).Worries; len(got) != 0 {
		t.Errorf("after a better attempt: %+v", got)
	}
}

// TestSummaries: they come in order, blank for who has not begun, and are
// decoded again only when another was kept.
func TestSummaries(t *testing.T) {
	t.Parallel()
	b := newBook()
	s := b.service()
	id := b.show("first.a.practice", 2, "first.a.p1", 1)
	must(t, s.Follow(t.Context(), id))
	read := func() []*learning.Summary {
		got, err := s.Summaries(t.Context(), []identity.UserID{"nobody", trainee.ID})
		must(t, err)
		return got
	}
	first, second := read(), read()
	if len(first) != 2 || first[0].User != "nobody" || first[0].Revision != 0 || len(first[0].Modules) != 3 || len(first[0].Outcomes) != 0 {
		t.Fatalf("one who has done nothing = %+v", first[0])
	}
	if first[1] != second[1] || first[1].Revision != 1 || len(first[1].Outcomes) != 1 {
		t.Errorf("a summary is decoded twice: %+v, %+v", first[1], second[1])
	}
	_, err := s.SaveLesson(t.Context(), trainee, learning.LessonState{Module: "second", Lesson: "a", ReadShare: 0.5})
	must(t, err)
	if third := read()[1]; third == second[1] || third.Revision != 2 || third.Modules[1].Share != 0.1 {
		t.Errorf("after a lesson: %+v", third)
	}
}

// TestSummaryWhileAnotherIsMade: a summary whose log was read before a grade
// came, and which is kept after that of the grade, does not take the grade away.
// Both have the same newest grade: their times do not tell which knows more.
func TestSummaryWhileAnotherIsMade(t *testing.T) {
	t.Parallel()
	b := newBook()
	s := b.service()
	b.show("first.a.practice", 2, "first.a.p1", 1)
	b.meanwhile = func() {
		must(t, s.Follow(t.Context(), b.show("first.b.practice", 2, "first.b.p1", 1)))
	}
	slow, err := s.Summarise(t.Context(), trainee.ID)
	must(t, err)
	got, err := s.Summaries(t.Context(), []identity.UserID{trainee.ID})
	must(t, err)
	if len(got[0].Outcomes) != 2 || got[0].Revision != 2 || len(slow.Outcomes) != 2 {
		t.Errorf("what stands is %+v, want both grades in it", got[0])
	}
}

// TestRebuiltSummariesAreTheSame: what is kept can be thrown away and made
// again from the log, and is then what following event by event gave.
func TestRebuiltSummariesAreTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		b := newBook()
		drawHistory(t, b)
		followed := b.summaries[trainee.ID]
		checkRoundTrip(t, b)
		clear(b.summaries)
		clear(b.results)
		if _, err := b.service().Rebuild(ctx, 10); err != nil {
			t.Fatal(err)
		}
		rebuilt := b.summaries[trainee.ID]
		if string(followed.Document) != string(rebuilt.Document) && len(followed.Document) > 0 {
			t.Fatalf("summary (-followed +rebuilt):\n%s", cmp.Diff(string(followed.Document), string(rebuilt.Document)))
		}
		if n, err := b.service().Rebuild(ctx, 10); n != 0 || err != nil {
			t.Fatalf("rebuilding again makes %d, %v", n, err)
		}
	})
}

// checkRoundTrip: what is read of a summary is what was kept of it.
func checkRoundTrip(t *rapid.T, b *book) {
	made, err := b.service().Summarise(context.Background(), trainee.ID)
	if err != nil {
		t.Fatal(err)
	}
	read, err := b.service().Summaries(context.Background(), []identity.UserID{trainee.ID})
	if err != nil {
		t.Fatal(err)
	}
	made.Revision = read[0].Revision
	if diff := cmp.Diff(&made, read[0], cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("summary (-made +read):\n%s", diff)
	}
}
