package curriculum_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
	"muster/internal/question"
)

// TestReviewQuiz: it is found and not offered, and asks for nothing to pass.
func TestReviewQuiz(t *testing.T) {
	t.Parallel()
	c := (&curriculum.Catalogue{}).Indexed()
	got, ok := c.Quiz(curriculum.ReviewSlug)
	if diff := cmp.Diff(curriculum.ReviewQuiz(), got); diff != "" || !ok {
		t.Errorf("Quiz (-want +got):\n%s", diff)
	}
	if len(c.Quizzes()) != 0 || got.PassMark != 0 || got.Attempts != 0 || got.TimeLimitMinutes != 0 {
		t.Errorf("the review is offered or limited: %+v", got)
	}
}

// TestPracticeOf: by outcome, without the exam pool.
func TestPracticeOf(t *testing.T) {
	t.Parallel()
	lesson := func(slug curriculum.LessonSlug, questions ...question.Question) curriculum.Lesson {
		return curriculum.Lesson{Module: "m", Slug: slug, Questions: questions, Outcomes: []curriculum.Outcome{{ID: curriculum.OutcomeID("m." + slug + ".o1")}}}
	}
	c := (&curriculum.Catalogue{Modules: []curriculum.Module{{Slug: "m", Lessons: []curriculum.Lesson{
		lesson("b", question.Question{ID: "m.b.p1", Pool: question.Practice, Outcomes: []string{"m.b.o1", "m.a.o1"}}),
		lesson("a", question.Question{ID: "m.a.x1", Pool: question.Exam, Outcomes: []string{"m.a.o1"}},
			question.Question{ID: "m.a.p1", Pool: question.Practice, Outcomes: []string{"m.a.o1"}}),
	}}}}).Indexed()
	want := map[curriculum.OutcomeID][]question.ID{"m.b.o1": {"m.b.p1"}, "m.a.o1": {"m.b.p1", "m.a.p1"}}
	if diff := cmp.Diff(want, c.PracticeOf()); diff != "" {
		t.Errorf("PracticeOf (-want +got):\n%s", diff)
	}
	var outcomes []curriculum.OutcomeID
	for _, o := range c.Outcomes() {
		outcomes = append(outcomes, o.ID)
	}
	if diff := cmp.Diff([]curriculum.OutcomeID{"m.b.o1", "m.a.o1"}, outcomes); diff != "" {
		t.Errorf("Outcomes (-want +got):\n%s", diff)
	}
}
