package formats_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/interchange"
	"muster/internal/interchange/formats"
	"muster/internal/interchange/interchangetest"
	"muster/internal/question"
)

func essay() interchange.Item {
	items := formats.Examples()
	return items[slices.IndexFunc(items, func(i interchange.Item) bool { return i.Question.Kind == question.Essay })]
}

// messages gives what is found of a severity.
func messages(findings []interchange.Finding, severity interchange.Severity) string {
	var list []string
	for _, f := range findings {
		if f.Severity == severity {
			list = append(list, f.Message)
		}
	}
	return strings.Join(list, "\n")
}

// TestEssaysTravel: each format carries a whole essay, or says what it leaves out.
func TestEssaysTravel(t *testing.T) {
	t.Parallel()
	refused := map[string]string{"aiken": "Aiken has no questions of the kind essay."}
	lost := map[string]string{"gift": "Left out, as there is no place for it in GIFT: the rubric, the model answer."}
	for _, f := range formats.All() {
		want := essay()
		file, findings, err := f.Write([]interchange.Item{want})
		if err != nil || messages(findings, interchange.Error) != refused[f.Name] || messages(findings, interchange.Warning) != lost[f.Name] {
			t.Errorf("%s: found %+v, %v", f.Name, findings, err)
		}
		if refused[f.Name] != "" {
			continue
		}
		said := ""
		if lost[f.Name] != "" {
			want.Question.Rubric, want.Question.Model, said = nil, "", interchange.NoRubric
		}
		back, findings, err := f.Read(t.Context(), file, interchange.Usual())
		if err != nil || messages(findings, interchange.Warning) != said {
			t.Errorf("%s: read with %+v, %v", f.Name, findings, err)
		}
		if diff := cmp.Diff([]interchange.Item{want}, back, interchangetest.Same); diff != "" {
			t.Errorf("%s (-written +read):\n%s", f.Name, diff)
		}
	}
}

// TestHalfWrittenEssaysAreFound: what cannot be asked yet is not written as if it
// could.
func TestHalfWrittenEssaysAreFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*question.Question)
		says   string
	}{
		"too many words":  {func(q *question.Question) { q.MaxWords = 99_999 }, "how many words"},
		"no points":       {func(q *question.Question) { q.Rubric[0].Points = 0 }, "the rubric"},
		"too many points": {func(q *question.Question) { q.Rubric[0].Points = 21 }, "the rubric"},
		"no text":         {func(q *question.Question) { q.Rubric[0].Text = "" }, "the rubric"},
	} {
		for _, f := range formats.All() {
			item := essay()
			c.change(&item.Question)
			_, findings, err := f.Write([]interchange.Item{item})
			if said := messages(findings, interchange.Warning); err != nil || f.Name != "aiken" && !strings.Contains(said, c.says) {
				t.Errorf("%s, %s: found %+v, %v, want %q", f.Name, name, findings, err, c.says)
			}
		}
	}
}
