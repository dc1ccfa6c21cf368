package curriculum_test

import (
	"strings"
	"testing"

	"muster/internal/curriculum"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestCoverage(t *testing.T) {
	t.Parallel()
	got := curriculum.Coverage(readSmall(t))
	want := curriculum.CoverageReport{
		Sections: []curriculum.SectionCoverage{
			{Key: "article#facts", Lessons: 1, Questions: 14}, {Key: "article#myths", NotTaught: "It only repeats the facts."},
		},
		Outcomes: []curriculum.OutcomeCoverage{{ID: "first.basics.o1", Practice: 8, Exam: 6}},
		Lessons:  []curriculum.LessonCoverage{{Module: "first", Lesson: "basics", Questions: 14}},
		Kinds: []curriculum.Share{
			{Name: "single", Count: 7}, {Name: "multiple", Count: 1}, {Name: "true_false", Count: 1}, {Name: "match", Count: 1},
			{Name: "order", Count: 1}, {Name: "numeric", Count: 1}, {Name: "cloze", Count: 1}, {Name: "judgement", Count: 1}, {Name: "essay"},
		},
		Blooms: []curriculum.Share{
			{Name: "remember"}, {Name: "understand", Count: 8}, {Name: "apply", Count: 6},
			{Name: "analyse"}, {Name: "evaluate"}, {Name: "create"},
		},
		ChoiceItems: 9, KeyShortest: 1,
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(curriculum.LessonCoverage{}, "Words", "ReadingGrade")); diff != "" {
		t.Errorf("Coverage (-want +got):\n%s", diff)
	}
	var out strings.Builder
	if err := got.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/coverage.golden.txt", out.String())
}

func TestCoverageSeesAKeyThatItsLengthGivesAway(t *testing.T) {
	t.Parallel()
	c, _, err := curriculum.Read(small(t, edit{questions, "text: The Security Council,", "text: The Security Council of the United Nations,"}))
	if err != nil {
		t.Fatal(err)
	}
	if got := curriculum.Coverage(c).KeyLongest; got != 1 {
		t.Errorf("KeyLongest = %d, want 1", got)
	}
}
