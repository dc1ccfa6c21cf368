package gift

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/interchange"
	"muster/internal/interchange/interchangetest"
	"muster/internal/question"
)

// TestEssays: a question without answers is an essay, and is told that it needs a
// rubric.
func TestEssays(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]question.Question{
		"Discuss.{}":                               {Stem: "Discuss."},
		"::T:: Discuss. {\n\t####Why so. }":        {Title: "T", Stem: "Discuss.", Explanation: "Why so."},
		"Say why { } it is so.":                    {Stem: "Say why ____ it is so."},
		"// [tag:max-words:250]\nDiscuss.{}":       {Stem: "Discuss.", MaxWords: 250},
		"// [tag:max-words:99999]\nDiscuss {x}.{}": {},
	} {
		items, findings, err := read(t.Context(), []byte(text), interchange.Usual())
		if want.Stem == "" {
			if err != nil || len(items) != 0 || len(findings) != 1 {
				t.Errorf("%q: %+v, %+v, %v", text, items, findings, err)
			}
			continue
		}
		if err != nil || len(items) != 1 || len(findings) != 1 || findings[0].Message != interchange.NoRubric || findings[0].Severity != interchange.Warning {
			t.Errorf("%q: %+v, %+v, %v", text, items, findings, err)
			continue
		}
		want.Kind = question.Essay
		if diff := cmp.Diff(want, items[0].Question, interchangetest.Same); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// TestEssayWritten is what Moodle reads of an essay.
func TestEssayWritten(t *testing.T) {
	t.Parallel()
	got, findings, err := write([]interchange.Item{{Question: question.Question{
		Kind: question.Essay, Stem: "Discuss {it}.", Explanation: "Why.", MaxWords: 250, Rubric: []question.Criterion{{Text: "a", Points: 2}}, Model: "m",
	}}})
	if err != nil || len(findings) != 1 || findings[0].Severity != interchange.Warning {
		t.Fatalf("found %+v, %v", findings, err)
	}
	if diff := cmp.Diff("// [tag:max-words:250]\n[markdown]Discuss \\{it\\}. {####Why.}\n\n", string(got)); diff != "" {
		t.Error(diff)
	}
}
