package assessment

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
	"muster/internal/question"
)

// answered is the state of an attempt in which options were picked by text.
func answered(paper *Paper, picks map[question.ID][]string) *State {
	state := begun(paper, 0)
	for id, texts := range picks {
		state.Answers[id] = Answer{Response: paper.response(id, texts...)}
	}
	return state
}

func TestJudge(t *testing.T) {
	t.Parallel()
	all := map[question.ID][]string{"m.l.plain": {"right"}, "m.l.red": {"right"}, "m.l.judge": {"right"}, "m.l.many": {"right", "also", "too"}}
	with := func(changed map[question.ID][]string) map[question.ID][]string {
		picks := map[question.ID][]string{}
		for id, texts := range all {
			picks[id] = texts
		}
		for id, texts := range changed {
			if picks[id] = texts; texts == nil {
				delete(picks, id)
			}
		}
		return picks
	}
	tests := map[string]struct {
		picks    map[question.ID][]string
		pass     float64
		lenient  bool // the quiz does not fail for a critical failure
		points   float64
		passed   bool
		failures []question.ID
	}{
		"all right":                               {all, 1, false, 4, true, nil},
		"nothing":                                 {nil, 0, false, 0, false, []question.ID{"m.l.red"}},
		"the pass mark itself passes":             {with(map[question.ID][]string{"m.l.plain": {"wrong"}}), 0.75, false, 3, true, nil},
		"just under the pass mark fails":          {with(map[question.ID][]string{"m.l.plain": {"wrong"}}), 0.7501, false, 3, false, nil},
		"an open question brings nothing":         {with(map[question.ID][]string{"m.l.plain": nil}), 0.75, false, 3, true, nil},
		"a second-best judgement brings ⅔":        {with(map[question.ID][]string{"m.l.judge": {"fine"}}), 0.9, false, 3 + 2.0/3, true, nil},
		"thirds add up: ⅓ + ⅔ are one":            {with(map[question.ID][]string{"m.l.judge": {"fine"}, "m.l.many": {"right", "also", "wrong"}}), 0.75, false, 3, true, nil},
		"a critical failure fails the attempt":    {with(map[question.ID][]string{"m.l.red": {"wrong"}}), 0.5, false, 3, false, []question.ID{"m.l.red"}},
		"an open critical question fails it too":  {with(map[question.ID][]string{"m.l.red": nil}), 0.5, false, 3, false, []question.ID{"m.l.red"}},
		"unless the quiz is lenient":              {with(map[question.ID][]string{"m.l.red": {"wrong"}}), 0.5, true, 3, true, []question.ID{"m.l.red"}},
		"harm on a question that is not critical": {with(map[question.ID][]string{"m.l.judge": {"wrong"}}), 0.75, false, 3, true, nil},
	}
	for name, test := range tests {
		paper := testPaper()
		paper.Quiz.PassMark, paper.Quiz.Critical = test.pass, !test.lenient
		g := Judge(answered(paper, test.picks), paper)
		if math.Abs(g.Points-test.points) > 1e-12 || g.MaxPoints != 4 || g.Passed != test.passed {
			t.Errorf("%s: %v of %v points, passed %t, want %v of 4, %t", name, g.Points, g.MaxPoints, g.Passed, test.points, test.passed)
		}
		if diff := cmp.Diff(test.failures, g.CriticalFailures); diff != "" {
			t.Errorf("%s: critical failures (-want +got):\n%s", name, diff)
		}
	}
}

// TestThirdsReachThePassMark: ⅓ and four times ⅔ are 3 of 5, and in binary a
// little less.
func TestThirdsReachThePassMark(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	judge := paper.Questions["m.l.judge"]
	paper.Items, paper.Quiz.PassMark = nil, 0.6
	picks := map[question.ID][]string{}
	for i, option := range []string{"poor", "fine", "fine", "fine", "fine"} {
		judge.ID = question.ID(fmt.Sprint("m.l.", i))
		paper.Questions[judge.ID] = judge
		paper.Items = append(paper.Items, PaperItem{Question: judge.ID})
		picks[judge.ID] = []string{option}
	}
	g := Judge(answered(paper, picks), paper)
	if g.Score() >= 0.6 {
		t.Fatalf("the score %.17g is not below the pass mark: this test proves nothing", g.Score())
	}
	if !g.Passed {
		t.Errorf("a score of %.17g failed at a pass mark of 0.6", g.Score())
	}
}

func TestItemsOfAGrade(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	got := Judge(answered(paper, map[question.ID][]string{"m.l.plain": {"right"}, "m.l.judge": {"poor"}}), paper).Items
	want := []ItemGrade{
		{Question: "m.l.plain", Version: "v", Answered: true, Fraction: 1, Correct: true},
		{Question: "m.l.red", Version: "v", Critical: true},
		{Question: "m.l.judge", Version: "v", Answered: true, Fraction: 1.0 / 3},
		{Question: "m.l.many", Version: "v"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Items differ (-want +got):\n%s", diff)
	}
}

// story is a scenario: a leads to b (best) or c (poor) or ends; b leads back to
// a, as a content error would; c ends.
func story() *Paper {
	decision := func(id question.ID, next map[string]question.ID) question.Question {
		q := question.Question{ID: id, Kind: question.Judgement, Options: []question.Option{{Text: "best", Grade: 3}, {Text: "poor", Grade: 1}, {Text: "harm"}}}
		for i := range q.Options {
			q.Options[i].Next = next[q.Options[i].Text]
		}
		question.Identify(&q)
		return q
	}
	paper := &Paper{Quiz: curriculum.Quiz{Purpose: curriculum.PurposeScenario, PassMark: 0.6, Critical: true}, Questions: map[question.ID]question.Question{}}
	for _, q := range []question.Question{
		decision("m.l.a", map[string]question.ID{"best": "m.l.b", "poor": "m.l.c", "harm": "m.l.end"}),
		decision("m.l.b", map[string]question.ID{"best": "m.l.end", "poor": "m.l.a"}),
		decision("m.l.c", map[string]question.ID{"best": "m.l.end"}),
	} {
		paper.Questions[q.ID] = q
		paper.Items = append(paper.Items, PaperItem{Question: q.ID})
	}
	return paper
}

func TestScenarioIsGradedAlongItsPath(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		picks  map[question.ID][]string
		path   []question.ID
		points float64
		passed bool
	}{
		"the best way": {map[question.ID][]string{"m.l.a": {"best"}, "m.l.b": {"best"}}, []question.ID{"m.l.a", "m.l.b"}, 2, true},
		"the detour":   {map[question.ID][]string{"m.l.a": {"poor"}, "m.l.c": {"best"}}, []question.ID{"m.l.a", "m.l.c"}, 4.0 / 3, true},
		"an answer off the path is worth nothing": {map[question.ID][]string{"m.l.a": {"poor"}, "m.l.b": {"best"}}, []question.ID{"m.l.a", "m.l.c"}, 1.0 / 3, false},
		"an early end":                      {map[question.ID][]string{"m.l.a": {"harm"}}, []question.ID{"m.l.a"}, 0, false},
		"a decision that is reached counts": {map[question.ID][]string{"m.l.a": {"best"}}, []question.ID{"m.l.a", "m.l.b"}, 1, false},
		"nothing decided":                   {nil, []question.ID{"m.l.a"}, 0, false},
		"a circle is walked once":           {map[question.ID][]string{"m.l.a": {"best"}, "m.l.b": {"poor"}}, []question.ID{"m.l.a", "m.l.b"}, 4.0 / 3, true},
	}
	for name, test := range tests {
		paper := story()
		g := Judge(answered(paper, test.picks), paper)
		var path []question.ID
		for _, item := range g.Items {
			path = append(path, item.Question)
		}
		if diff := cmp.Diff(test.path, path); diff != "" {
			t.Errorf("%s: path (-want +got):\n%s", name, diff)
		}
		if math.Abs(g.Points-test.points) > 1e-12 || g.MaxPoints != float64(len(test.path)) || g.Passed != test.passed {
			t.Errorf("%s: %v of %v points, passed %t, want %v of %d, %t", name, g.Points, g.MaxPoints, g.Passed, test.points, len(test.path), test.passed)
		}
	}
}

func TestScoreOfNothingIsNothing(t *testing.T) {
	t.Parallel()
	if got := (Grade{}).Score(); got != 0 {
		t.Errorf("Score of an empty paper = %v, want 0", got)
	}
}
