package curriculum_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
	"muster/internal/question"
)

const (
	exam      = "exams/final.yaml"
	soundExam = `slug: final
title: Final exam
purpose: exam
release: submitted
rules:
  - {draw: 2, pool: exam, module: first, lesson: basics, outcome: o1}
  - {module: first, questions: [basics.x1]}
`
)

func TestExamDrawsOnNamedModules(t *testing.T) {
	t.Parallel()
	c, findings, err := curriculum.Read(small(t, edit{exam, "", soundExam}))
	if err != nil || len(findings) > 0 {
		t.Fatalf("Read: %v, %v", findings, err)
	}
	got, ok := c.Quiz("final")
	want := curriculum.Quiz{
		Slug: "final", Title: "Final exam", Purpose: curriculum.PurposeExam, Release: curriculum.ReleaseSubmitted,
		Rules: []curriculum.Rule{
			{Draw: 2, Pool: question.Exam, Module: "first", Lesson: "basics", Outcome: "first.basics.o1"},
			{Module: "first", Questions: []question.ID{"first.basics.x1"}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" || !ok {
		t.Errorf("Quiz, %v (-want +got):\n%s", ok, diff)
	}
	if all := c.Quizzes(); all[len(all)-1].Slug != "final" {
		t.Errorf("the exam is not the last of %d quizzes", len(all))
	}
}

func TestExamFindings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		old, new string
		want     []string
	}{
		{"another name", "slug: final", "slug: last", []string{exam + `:1: error: slug is "last", but the file is named "final"`}},
		{"an unknown module", "module: first, lesson", "module: second, lesson", []string{
			exam + `:1: error: rule 1 names the module "second", which does not exist`,
		}},
		{"an unknown lesson", "lesson: basics", "lesson: advanced", []string{
			exam + `:1: error: rule 1 names the lesson "advanced", which the module does not have`,
		}},
		{"fixed questions of no module", "{module: first, questions: [basics.x1]}", "{questions: [first.basics.x1]}", []string{
			exam + `:1: error: rule 2 names the module "", which does not exist`,
		}},
		{"a question twice", "[basics.x1]", "[basics.x1, basics.x2, basics.x1]", []string{
			exam + `:1: error: rules names "first.basics.x1" twice`,
		}},
		{"a question in two rules", "[basics.x1]}", "[basics.x1]}\n  - {module: first, questions: [basics.x1]}", []string{
			exam + `:1: error: rules names "first.basics.x1" twice`,
		}},
		{"what a later rule names cannot be drawn", "draw: 2", "draw: 6", []string{
			exam + ":1: error: rule 1 draws 6 of 5 questions, of which earlier rules may take 0",
		}},
		{"keys that are released with a module", "release: submitted", "release: finished", []string{
			exam + ":1: error: release is finished, but there is no module whose check could be passed",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			files := small(t, edit{exam, "", soundExam}, edit{exam, tt.old, tt.new})
			_, findings, err := curriculum.Read(files)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, lines(findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestModuleQuizFindings(t *testing.T) {
	t.Parallel()
	const file = "modules/01-first/module.yaml"
	tests := []struct {
		name     string
		old, new string
		want     []string
	}{
		{"a rule of another module", "{draw: 4, pool: exam, lesson: basics}", "{draw: 4, pool: exam, module: first, lesson: basics}", []string{
			file + ":9: error: rule 1 names a module, which only a rule of an exam over several modules does",
		}},
		{"keys that are released with a check", "release: never", "release: finished", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings, err := curriculum.Read(small(t, edit{file, tt.old, tt.new}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, lines(findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestLessonVersionCoversItsFigures: who approved a lesson saw its figures, so
// another figure is another version; nothing else in the folder is.
func TestLessonVersionCoversItsFigures(t *testing.T) {
	t.Parallel()
	version := func(edits ...edit) string {
		c, _, err := curriculum.Read(small(t, edits...))
		if err != nil {
			t.Fatal(err)
		}
		l, _ := c.Lesson("first", "basics")
		return l.Version
	}
	if version() == version(edit{figure, "kind: chain", "kind: ladder"}) {
		t.Error("another figure is the same version of the lesson")
	}
	if version() != version(edit{scenario, "title: At the gate", "title: The gate"}) {
		t.Error("another scenario is another version of the lesson")
	}
}
