package question_test

import (
	"slices"
	"strings"
	"testing"

	"muster/internal/question"
)

// whole gives a question of a kind that has no problems.
func whole(kind question.Kind) question.Question {
	q := question.Question{
		ID: "m.l.p1", Pool: question.Practice, Kind: kind, Bloom: "apply", Difficulty: 2,
		Outcomes: []string{"m.l.o1"}, Stem: "Which ____?", Explanation: "Because.",
		Citations: []string{"s#t"}, Review: question.Unreviewed,
	}
	choices := []question.Option{
		{Text: "right", Correct: true, Feedback: "f"},
		{Text: "wrong", Misconception: "m", Feedback: "f"},
		{Text: "worse", Misconception: "m", Feedback: "f"},
	}
	yes, eight := true, 8.0
	slip := question.Mistake{Misconception: "m", Feedback: "f"}
	switch kind {
	case question.Single, question.Multiple:
		q.Options = choices
	case question.TrueFalse:
		q.Options, q.Truth, q.Wrong, q.RightFeedback = choices, &yes, &slip, "f"
	case question.Judgement:
		q.Options = []question.Option{
			{Text: "best", Grade: 3, Feedback: "f"},
			{Text: "fair", Grade: 2, Feedback: "f"},
			{Text: "harm", Grade: 0, Misconception: "m", Feedback: "f"},
		}
	case question.Match:
		for _, text := range []string{"a", "b", "c"} {
			q.Pairs = append(q.Pairs, question.Pair{Left: text, Right: text + "!", Misconception: "m", Feedback: "f"})
		}
		q.Extra = []question.Choice{{Text: "d!"}}
	case question.Order:
		q.Sequence = []question.Choice{{Text: "a"}, {Text: "b"}, {Text: "c"}}
		q.Mistakes = []question.Mistake{slip}
	case question.Numeric:
		q.Answer = &question.Quantity{Value: 9, Tolerance: 0.5}
		q.Mistakes = []question.Mistake{{Value: &eight, Misconception: "m", Feedback: "f"}}
	case question.Cloze:
		q.Blanks = []question.Blank{{
			Accepted: []string{"Council"}, Misconception: "m", Feedback: "f",
			Mistakes: []question.Mistake{{Text: "Court", Misconception: "m", Feedback: "f"}},
		}}
	case question.Essay:
		q.Rubric, q.MaxWords, q.Model = []question.Criterion{{Text: "when", Points: 2, Guide: "g"}, {Text: "where", Points: 1}}, 80, "Then and there."
	}
	return q
}

func TestValidateAcceptsAWholeQuestionOfEachKind(t *testing.T) {
	t.Parallel()
	for _, kind := range question.Kinds {
		if problems := question.Validate(whole(kind)); len(problems) > 0 {
			t.Errorf("Validate(%s) = %v, want none", kind, problems)
		}
	}
}

func TestValidateNamesTheField(t *testing.T) {
	t.Parallel()
	nine := 9.4
	tests := []struct {
		name   string
		kind   question.Kind
		change func(*question.Question)
		want   []string
	}{
		{"an empty question", question.Single, func(q *question.Question) { *q = question.Question{} }, []string{
			"id", "stem", "explanation", "pool", "bloom", "difficulty", "outcomes", "citations", "review", "kind",
		}},
		{"a reference will do for a citation", question.Single, func(q *question.Question) {
			q.Citations, q.References = nil, []string{"un-charter"}
		}, nil},
		{"a field of another kind", question.Single, func(q *question.Question) { q.Answer = &question.Quantity{} }, []string{"answer"}},
		{"two keys", question.Single, func(q *question.Question) { q.Options[1].Correct = true }, []string{"options"}},
		{"no key", question.Single, func(q *question.Question) { q.Options[0].Correct = false }, []string{"options[0].misconception", "options"}},
		{"too few options", question.Single, func(q *question.Question) { q.Options = q.Options[:2] }, []string{"options"}},
		{"a wrong option without misconception", question.Single, func(q *question.Question) { q.Options[2].Misconception = " " }, []string{"options[2].misconception"}},
		{"an option without feedback", question.Single, func(q *question.Question) { q.Options[0].Feedback = "" }, []string{"options[0].feedback"}},
		{"equal options", question.Single, func(q *question.Question) { q.Options[2].Text = "Wrong " }, []string{"options"}},
		{"a grade outside a judgement", question.Single, func(q *question.Question) { q.Options[0].Grade = 3 }, []string{"options[0].grade"}},
		{"all are right", question.Multiple, func(q *question.Question) { q.Options[1].Correct, q.Options[2].Correct = true, true }, []string{"options"}},
		{"no truth", question.TrueFalse, func(q *question.Question) { q.Truth = nil }, []string{"truth"}},
		{"no feedback for the values", question.TrueFalse, func(q *question.Question) { q.Wrong, q.RightFeedback = nil, "" }, []string{"wrong", "right_feedback"}},
		{"two right reasons", question.TrueFalse, func(q *question.Question) { q.Options[1].Correct = true }, []string{"options"}},
		{"no best option", question.Judgement, func(q *question.Question) { q.Options[0].Grade = 2 }, []string{"options"}},
		{"a grade out of range", question.Judgement, func(q *question.Question) { q.Options[2].Grade = 4 }, []string{"options[2].grade"}},
		{"a correct option in a judgement", question.Judgement, func(q *question.Question) { q.Options[0].Correct = true }, []string{"options[0].correct"}},
		{"a poor option without misconception", question.Judgement, func(q *question.Question) { q.Options[2] = question.Option{Text: "x", Grade: 1, Feedback: "f"} }, []string{"options[2].misconception"}},
		{"too few pairs", question.Match, func(q *question.Question) { q.Pairs = q.Pairs[:2] }, []string{"pairs"}},
		{"two lefts may share a right", question.Match, func(q *question.Question) { q.Pairs[0].Right = "b!" }, nil},
		{"one right for all", question.Match, func(q *question.Question) { q.Pairs[0].Right, q.Pairs[2].Right = "b!", "b!" }, []string{"pairs"}},
		{"equal lefts", question.Match, func(q *question.Question) { q.Pairs[0].Left = "b" }, []string{"pairs"}},
		{"an extra that fits", question.Match, func(q *question.Question) { q.Extra[0].Text = "a!" }, []string{"extra[0]"}},
		{"equal items", question.Order, func(q *question.Question) { q.Sequence[0].Text = "B" }, []string{"sequence"}},
		{"nine items", question.Order, func(q *question.Question) {
			q.Sequence = nil
			for _, text := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"} {
				q.Sequence = append(q.Sequence, question.Choice{Text: text})
			}
		}, []string{"sequence"}},
		{"no word about a wrong order", question.Order, func(q *question.Question) { q.Mistakes = nil }, []string{"mistakes"}},
		{"no answer", question.Numeric, func(q *question.Question) { q.Answer = nil }, []string{"answer"}},
		{"a negative tolerance", question.Numeric, func(q *question.Question) { q.Answer.Tolerance = -1 }, []string{"answer.tolerance"}},
		{"a mistake that counts as right", question.Numeric, func(q *question.Question) { q.Mistakes[0].Value = &nine }, []string{"mistakes[0].value"}},
		{"a mistake without a value", question.Numeric, func(q *question.Question) { q.Mistakes[0].Value = nil }, []string{"mistakes[0].value"}},
		{"more blanks than gaps", question.Cloze, func(q *question.Question) { q.Stem = "No gap." }, []string{"blanks"}},
		{"nothing is accepted", question.Cloze, func(q *question.Question) { q.Blanks[0].Accepted = nil }, []string{"blanks[0].accepted"}},
		{"no rubric", question.Essay, func(q *question.Question) { q.Rubric = nil }, []string{"rubric"}},
		{"a criterion for nothing", question.Essay, func(q *question.Question) { q.Rubric[1].Points = 0 }, []string{"rubric[1].points"}},
		{"a criterion for too much", question.Essay, func(q *question.Question) { q.Rubric[0].Points = question.MaxPoints + 1 }, []string{"rubric[0].points"}},
		{"a criterion without words", question.Essay, func(q *question.Question) { q.Rubric[0].Text = " " }, []string{"rubric[0].text"}},
		{"equal criteria", question.Essay, func(q *question.Question) { q.Rubric[1].Text = "When" }, []string{"rubric"}},
		{"an essay without a model answer", question.Essay, func(q *question.Question) { q.Model = "" }, []string{"model"}},
		{"a model answer that is too long", question.Essay, func(q *question.Question) { q.Model = strings.Repeat("x", question.MaxText+1) }, []string{"model"}},
		{"more words than may be asked for", question.Essay, func(q *question.Question) { q.MaxWords = question.MaxWords + 1 }, []string{"max_words"}},
		{"an essay as a red line", question.Essay, func(q *question.Question) { q.Critical = true }, []string{"critical"}},
		{"a rubric of another kind", question.Cloze, func(q *question.Question) {
			q.Rubric, q.MaxWords, q.Model = []question.Criterion{{Text: "when", Points: 1}}, 1, "m"
		}, []string{"rubric", "max_words", "model"}},
		{"a mistake that is accepted", question.Cloze, func(q *question.Question) { q.Blanks[0].Mistakes[0].Text = "the council" }, []string{"blanks[0].mistakes[0].text"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			q := whole(tt.kind)
			tt.change(&q)
			var fields []string
			for _, p := range question.Validate(q) {
				fields = append(fields, p.Field)
			}
			if !slices.Equal(fields, tt.want) {
				t.Errorf("fields = %q, want %q", fields, tt.want)
			}
		})
	}
}
