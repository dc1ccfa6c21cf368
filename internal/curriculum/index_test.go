package curriculum_test

import (
	"testing"

	"muster/internal/curriculum"
	"muster/internal/question"

	"github.com/google/go-cmp/cmp"
)

func readSmall(t *testing.T) *curriculum.Catalogue {
	t.Helper()
	c, findings, err := curriculum.Read(small(t))
	if err != nil || len(findings) > 0 {
		t.Fatalf("Read(small) = %v, %v", findings, err)
	}
	return c
}

func TestLookUps(t *testing.T) {
	t.Parallel()
	c := readSmall(t)
	found := map[string]func(miss string) bool{
		"module": func(miss string) bool {
			x, ok := c.Module("first" + curriculum.ModuleSlug(miss))
			return ok && x.Order == 1
		},
		"lesson": func(miss string) bool {
			x, ok := c.Lesson("first", "basics"+curriculum.LessonSlug(miss))
			return ok && x.Minutes == 30
		},
		"correction": func(miss string) bool {
			x, ok := c.Correction("E-01" + curriculum.CorrectionID(miss))
			return ok && x.Severity == "A"
		},
		"reference": func(miss string) bool {
			x, ok := c.Reference("un-charter" + curriculum.ReferenceID(miss))
			return ok && x.Year == 1945
		},
		"term": func(miss string) bool {
			x, ok := c.Term("mandate" + curriculum.TermID(miss))
			return ok && x.Term == "Mandate"
		},
		"outcome": func(miss string) bool {
			x, ok := c.OutcomeByID("first.basics.o1" + curriculum.OutcomeID(miss))
			return ok && x.Bloom == "remember"
		},
		"quiz": func(miss string) bool {
			x, ok := c.Quiz("first.check" + curriculum.QuizSlug(miss))
			return ok && x.PassMark == 0.8
		},
		"question": func(miss string) bool {
			x, ok := c.Question("first.basics.p6" + question.ID(miss))
			return ok && x.Answer.Value == 9
		},
		"section": func(miss string) bool {
			source, section, ok := c.Section("article#myths" + curriculum.CitationKey(miss))
			return ok && source.Slug == "article" && section.Depth == 2
		},
	}
	for name, find := range found {
		if !find("") {
			t.Errorf("%s is not found", name)
		}
		if find("-no") {
			t.Errorf("a %s that does not exist is found", name)
		}
	}
}

func TestPracticeQuizHoldsThePracticeQuestionsInOrder(t *testing.T) {
	t.Parallel()
	c := readSmall(t)
	want := curriculum.Quiz{
		Slug: "first.basics.practice", Module: "first", Lesson: "basics", Title: "The basics",
		Purpose: curriculum.PurposePractice, PassMark: 0.8, Release: curriculum.ReleaseImmediate,
		Rules: []curriculum.Rule{{Questions: []question.ID{
			"first.basics.p1", "first.basics.p2", "first.basics.p3", "first.basics.p4",
			"first.basics.p5", "first.basics.p6", "first.basics.p7", "first.basics.p8",
		}}},
	}
	got, _ := c.Quiz("first.basics.practice")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("practice quiz (-want +got):\n%s", diff)
	}
	var slugs []curriculum.QuizSlug
	for _, q := range c.Quizzes() {
		slugs = append(slugs, q.Slug)
	}
	if diff := cmp.Diff([]curriculum.QuizSlug{"first.basics.practice", "first.basics.scenario", "first.check", "first.fixed"}, slugs); diff != "" {
		t.Errorf("quizzes (-want +got):\n%s", diff)
	}
}

func TestEligible(t *testing.T) {
	t.Parallel()
	c := readSmall(t)
	quiz, _ := c.Quiz("first.check")
	exam := []question.ID{
		"first.basics.x1", "first.basics.x2", "first.basics.x3",
		"first.basics.x4", "first.basics.x5", "first.basics.x6",
	}
	tests := []struct {
		name string
		rule curriculum.Rule
		want []question.ID
	}{
		{"by pool", curriculum.Rule{Pool: question.Exam}, exam},
		{"by lesson", curriculum.Rule{Pool: question.Exam, Lesson: "basics"}, exam},
		{"by another lesson", curriculum.Rule{Lesson: "other"}, nil},
		{"by outcome", curriculum.Rule{Pool: question.Exam, Outcome: "first.basics.o1"}, exam},
		{"by another outcome", curriculum.Rule{Outcome: "first.basics.o9"}, nil},
		{"by difficulty", curriculum.Rule{Difficulty: 3}, nil},
		{"fixed", curriculum.Rule{Questions: exam[:2]}, exam[:2]},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, c.Eligible(quiz, tt.rule)); diff != "" {
				t.Errorf("Eligible (-want +got):\n%s", diff)
			}
		})
	}
}

func TestIdsAreWhole(t *testing.T) {
	t.Parallel()
	c := readSmall(t)
	q, _ := c.Question("first.basics.p4")
	if diff := cmp.Diff([]string{"first.basics.o1"}, q.Outcomes); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	if q.Pairs[0].LeftID == "" || q.Pairs[0].RightID == "" || q.Extra[0].ID == "" {
		t.Errorf("parts have no ids: %+v %+v", q.Pairs[0], q.Extra[0])
	}
	if q.Review != question.Unreviewed {
		t.Errorf("review = %q, want that of the file", q.Review)
	}
	fixed, _ := c.Quiz("first.fixed")
	if diff := cmp.Diff([]question.ID{"first.basics.x1", "first.basics.x2"}, fixed.Rules[0].Questions); diff != "" {
		t.Errorf("fixed questions (-want +got):\n%s", diff)
	}
	check, _ := c.Quiz("first.check")
	if got := check.Rules[1].Outcome; got != "first.basics.o1" {
		t.Errorf("outcome of a rule = %q", got)
	}
}
