package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/interchange"
	"muster/internal/interchange/interchangetest"
	"muster/internal/question"
)

// TestEssays reads rows that trainers fill in.
func TestEssays(t *testing.T) {
	t.Parallel()
	two := []question.Criterion{{Text: "Names it", Points: 2, Guide: "1 for its kind"}, {Text: "Says why", Points: 1}}
	for row, c := range map[string]struct {
		want question.Question
		says string // parts of what is found, parted by |
	}{
		`essay,Discuss,It is.,250,Names it (2 points),1 for its kind,Says why (1 point)`: {question.Question{Rubric: two, Model: "It is.", MaxWords: 250}, ""},
		`Free text,Discuss,It is.,,Names it (2 PTS),1 for its kind,Says why(1 mark)`:     {question.Question{Rubric: two, Model: "It is."}, ""},
		`essay,Discuss`: {question.Question{}, interchange.NoRubric},
		`essay,Discuss,,,Names it (2 points),1 for its kind,Says why`: {question.Question{Rubric: two}, "“Says why” does not say its points; it gives 1"},
		`essay,Discuss,,99999,a (1 point)`:                            {question.Question{Rubric: []question.Criterion{{Text: "a", Points: 1}}, MaxWords: 1000}, "99999 words"},
		`essay,Discuss,,many,a (1 point)`:                             {question.Question{Rubric: []question.Criterion{{Text: "a", Points: 1}}}, "“many” in the column max_words"},
		`essay,Discuss,,99999999999999999999,a (1 point)`:             {question.Question{Rubric: []question.Criterion{{Text: "a", Points: 1}}}, "in the column max_words"},
		`essay,Discuss,,,a (0 points),,b (21 points)`:                 {question.Question{Rubric: []question.Criterion{{Text: "a", Points: 1}, {Text: "b", Points: 20}}}, "“a” gives 0 points|“b” gives 21 points"},
		`essay,Discuss,,,(3 points),a guide`:                          {question.Question{}, "no text|a guide|" + interchange.NoRubric},
		`essay,Discuss,,,,a guide`:                                    {question.Question{}, "no text|a guide|" + interchange.NoRubric},
		`essay,Discuss,,,a (1 point),,a (2 points)`:                   {question.Question{Rubric: []question.Criterion{{Text: "a", Points: 1}, {Text: "a", Points: 2}}}, "say the same"},
		`essay,Discuss,,,a (1 point),,,red`:                           {question.Question{Rubric: []question.Criterion{{Text: "a", Points: 1}}}, "The column match_a says nothing"},
	} {
		items, findings, err := read(t.Context(), []byte("kind,question,answer,max_words,option_a,feedback_a,option_b,match_a\n"+row), interchange.Usual())
		if err != nil || len(items) != 1 {
			t.Errorf("%s: %+v, %+v, %v", row, items, findings, err)
			continue
		}
		c.want.Kind, c.want.Stem = question.Essay, "Discuss"
		if diff := cmp.Diff(c.want, items[0].Question, interchangetest.Same); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row, diff)
		}
		said := ""
		for _, f := range findings {
			said += f.Message + "\n"
		}
		for part := range strings.SplitSeq(c.says, "|") {
			if !strings.Contains(said, part) || c.says == "" && said != "" {
				t.Errorf("%s: found %q, want %q", row, said, part)
			}
		}
	}
}
