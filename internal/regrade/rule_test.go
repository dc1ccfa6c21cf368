package regrade

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/internal/assessment"
	"muster/internal/identity"
	"muster/internal/question"
)

func TestMismatch(t *testing.T) {
	t.Parallel()
	truth := true
	pairs := question.Question{ID: "m.l.p", Kind: question.Match, Stem: "Which?", Pairs: []question.Pair{{Left: "a", Right: "1"}, {Left: "b", Right: "2"}, {Left: "c", Right: "2"}}}
	crossed := pairs
	crossed.Pairs = []question.Pair{{Left: "a", Right: "2"}, {Left: "b", Right: "1"}, {Left: "c", Right: "1"}}
	order := question.Question{ID: "m.l.o", Kind: question.Order, Stem: "In order?", Sequence: []question.Choice{{Text: "x"}, {Text: "y"}, {Text: "z"}}}
	other := order
	other.Sequence = []question.Choice{{Text: "z"}, {Text: "y"}, {Text: "x"}}
	longer := order
	longer.Sequence = append(longer.Sequence[:3:3], question.Choice{Text: "w"})
	numeric := question.Question{ID: "m.l.n", Kind: question.Numeric, Stem: "How many?", Answer: &question.Quantity{Value: 9}}
	ten := numeric
	ten.Answer = &question.Quantity{Value: 10, Tolerance: 1}
	statement := question.Question{ID: "m.l.t", Kind: question.TrueFalse, Stem: "It is.", Truth: &truth}
	cloze := question.Question{ID: "m.l.c", Kind: question.Cloze, Stem: "A ____.", Blanks: []question.Blank{{Accepted: []string{"x"}}}}
	two := cloze
	two.Blanks = append(two.Blanks[:1:1], question.Blank{Accepted: []string{"y"}})
	tests := map[string]struct {
		drawn, key question.Question
		says       string // "" = it can take the place
	}{
		"pairs crossed":       {pairs, crossed, ""},
		"another order":       {order, other, ""},
		"an item more":        {order, longer, "options"},
		"another number":      {numeric, ten, ""},
		"the same":            {statement, statement, ""},
		"another kind":        {statement, numeric, "wording"},
		"another blank":       {cloze, two, "not in order"},
		"a key that is empty": {cloze, question.Question{ID: "m.l.c", Kind: question.Cloze, Stem: "A ____.", Blanks: []question.Blank{{}}}, "not in order"},
	}
	for name, test := range tests {
		question.Identify(&test.drawn)
		question.Identify(&test.key)
		if got := mismatch(test.drawn, test.key); (got == "") != (test.says == "") || !strings.Contains(got, test.says) {
			t.Errorf("%s: %q, want %q in it", name, got, test.says)
		}
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	grade := func(points float64, passed bool) assessment.Grade {
		return assessment.Grade{Points: points, MaxPoints: 10, Passed: passed}
	}
	var got Counts
	for _, change := range [][2]assessment.Grade{
		{grade(5, false), grade(6, true)}, {grade(9, true), grade(8, true)}, {grade(8, true), grade(7, false)},
		{grade(5, false), grade(5, false)}, {grade(5, true), grade(5, false)}, {grade(0.1+0.2, false), grade(0.3, false)},
	} {
		got.add(change[0], change[1])
	}
	if diff := cmp.Diff(Counts{Changed: 4, Higher: 1, Lower: 2, Gained: 1, Lost: 2}, got); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

// TestSmallCohortsHide: fewer than five people are not told apart, however often
// they have tried.
func TestSmallCohortsHide(t *testing.T) {
	t.Parallel()
	people := func(n int) map[identity.UserID]bool {
		set := map[identity.UserID]bool{}
		for i := range n {
			set[identity.UserID(fmt.Sprint(i))] = true
		}
		return set
	}
	got := hidden(map[string]*CohortCounts{
		"b": {Cohort: "b", Ended: 6, people: people(5), Counts: Counts{Changed: 2}}, "a": {Cohort: "a", Ended: 9, people: people(9)},
		"c": {Cohort: "c", Ended: 40, people: people(4), Counts: Counts{Changed: 1, Lost: 1}}, "": {Ended: 7, people: people(7), Counts: Counts{Changed: 3, Gained: 1}},
	})
	want := []CohortCounts{{Cohort: "a", Ended: 9}, {Cohort: "b", Ended: 6, Counts: Counts{Changed: 2}}, {Ended: 47, Counts: Counts{Changed: 4, Gained: 1, Lost: 1}}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(CohortCounts{})); diff != "" {
		t.Errorf("cohorts (-want +got):\n%s", diff)
	}
}
