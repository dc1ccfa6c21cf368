package interchange

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"muster/internal/question"
)

// TestFromMarkers reads what the markers of an essay are told.
func TestFromMarkers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]question.Question{
		"1. Names it (2 points)": {Rubric: []question.Criterion{{Text: "Names it", Points: 2}}},
		"1. Names it (1 point)\n\n    Half for less.\n\n    - a list\n\n2. Says\n    why (3 points)\n\n**Model answer**\n\nIt is.\n\nSo there.": {
			Rubric: []question.Criterion{{Text: "Names it", Points: 1, Guide: "Half for less.\n\n- a list"}, {Text: "Says\nwhy", Points: 3}}, Model: "It is.\n\nSo there.",
		},
		"- Names it (2 pts)\nFor its kind:\n- a state\n* Says why (3 Marks)\n# Model answer:\nIt is.": {
			Rubric: []question.Criterion{{Text: "Names it", Points: 2, Guide: "For its kind:\n- a state"}, {Text: "Says why", Points: 3}}, Model: "It is.",
		},
		"Model answer\nIt is.":       {Model: "It is."},
		"1) a (2 points) (0 points)": {Rubric: []question.Criterion{{Text: "a (2 points)"}}},
		"":                           {},
		"Be kind.":                   {},
		"Names it (2 points)":        {},
		"1. Names it":                {},
		"Be kind.\n1. a (2 points)":  {},
		"**Model answer**":           {},
	} {
		var got question.Question
		var ok bool
		got.Rubric, got.Model, ok = FromMarkers(text)
		if diff := cmp.Diff(want, got); diff != "" || ok != (len(want.Rubric) > 0 || want.Model != "") {
			t.Errorf("FromMarkers(%q), %v (-want +got):\n%s", text, ok, diff)
		}
	}
}

// TestMarkersAreToldTheSameAgain: what is written for markers is read as it was.
func TestMarkersAreToldTheSameAgain(t *testing.T) {
	t.Parallel()
	text := rapid.StringMatching(`([a*.(1-]{1,3}[ \n]{0,3}){0,4}x`)
	rapid.Check(t, func(t *rapid.T) {
		q := question.Question{Kind: question.Essay}
		for range rapid.IntRange(1, 3).Draw(t, "criteria") {
			c := question.Criterion{Text: text.Draw(t, "text"), Points: rapid.IntRange(1, question.MaxPoints).Draw(t, "points")}
			if rapid.Bool().Draw(t, "guided") {
				c.Guide = text.Draw(t, "guide")
			}
			q.Rubric = append(q.Rubric, c)
		}
		q.Model = rapid.SampledFrom([]string{"", text.Draw(t, "model")}).Draw(t, "there")
		q = Clean(Item{Question: q}).Question
		rubric, model, ok := FromMarkers(ForMarkers(q))
		if diff := cmp.Diff(q.Rubric, rubric); !ok || diff != "" || model != q.Model {
			t.Fatalf("%v, model %q, want %q\n%s\n%s", ok, model, q.Model, diff, ForMarkers(q))
		}
	})
}

// TestEssaysAreBroughtWithinLimits, and each change is found.
func TestEssaysAreBroughtWithinLimits(t *testing.T) {
	t.Parallel()
	rubric := func(points ...int) []question.Criterion {
		var list []question.Criterion
		for i, p := range points {
			list = append(list, question.Criterion{Text: string(rune('a' + i)), Points: p})
		}
		return list
	}
	for name, c := range map[string]struct {
		given, want question.Question
		says        string
	}{
		"whole":               {question.Question{Rubric: rubric(1, 20), MaxWords: 1000}, question.Question{Rubric: rubric(1, 20), MaxWords: 1000}, ""},
		"no rubric":           {question.Question{}, question.Question{}, NoRubric},
		"too many words":      {question.Question{Rubric: rubric(1), MaxWords: 99_999}, question.Question{Rubric: rubric(1), MaxWords: 1000}, "99999 words at most; here it asks for 1000"},
		"fewer words than 0":  {question.Question{Rubric: rubric(1), MaxWords: -3}, question.Question{Rubric: rubric(1)}, "-3 words at most"},
		"no points":           {question.Question{Rubric: rubric(0)}, question.Question{Rubric: rubric(1)}, "“a” gives 0 points there; here it gives 1"},
		"too many points":     {question.Question{Rubric: rubric(21)}, question.Question{Rubric: rubric(20)}, "“a” gives 21 points there; here it gives 20"},
		"a criterion of what": {question.Question{Rubric: []question.Criterion{{Points: 3, Guide: "g"}, {Text: "b", Points: 1}}}, question.Question{Rubric: []question.Criterion{{Text: "b", Points: 1}}}, "with its 3 points and its guide “g”"},
		"the same twice": {
			question.Question{Rubric: []question.Criterion{{Text: "a b", Points: 1}, {Text: "A  b", Points: 2}}},
			question.Question{Rubric: []question.Criterion{{Text: "a b", Points: 1}, {Text: "A  b", Points: 2}}}, "say the same: “A b”",
		},
	} {
		var f Findings
		item := Item{Question: c.given, Line: 3}
		f.Essay(&item)
		said := ""
		for _, found := range f.List() {
			said += found.Message
			if found.Line != 3 || found.Severity != Warning {
				t.Errorf("%s: found %+v", name, found)
			}
		}
		if diff := cmp.Diff(c.want, item.Question); diff != "" || !strings.Contains(said, c.says) || (c.says == "") != (said == "") {
			t.Errorf("%s: %q, want %q (-want +got):\n%s", name, said, c.says, diff)
		}
	}
}

// TestMaxWordsLabel: only what an essay may ask for is taken for it.
func TestMaxWordsLabel(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]int{"max-words:250": 250, "Max-Words: 1": 1, "max-words:0": 0, "max-words:99999": 0, "max-words:many": 0} {
		item := Item{Question: question.Question{Kind: question.Essay}, Tags: []string{tag}}
		item.Unlabel()
		if item.Question.MaxWords != want || (len(item.Tags) == 0) != (want > 0) {
			t.Errorf("%q: %d words, tags %q", tag, item.Question.MaxWords, item.Tags)
		}
	}
	single := Item{Question: question.Question{Kind: question.Single}, Tags: []string{"max-words:250"}}
	if single.Unlabel(); single.Question.MaxWords != 0 || len(single.Tags) != 1 {
		t.Errorf("a choice asks for words: %+v", single)
	}
}
