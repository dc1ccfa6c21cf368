package assessment

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/internal/question"
)

// TestVoid: a question that a ruling took out counts for nothing, critical or not.
func TestVoid(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	picks := map[question.ID][]string{"m.l.plain": {"right"}, "m.l.red": {"wrong"}, "m.l.judge": {"poor"}}
	before := Judge(answered(paper, picks), paper)
	if before.Passed || before.MaxPoints != 4 {
		t.Fatalf("before any ruling the grade is %+v", before)
	}
	paper.Void = map[question.ID]bool{"m.l.red": true}
	paper.Quiz.PassMark = 0.4
	g := Judge(answered(paper, picks), paper)
	if g.MaxPoints != 3 || g.Points != 1+1.0/3 || len(g.CriticalFailures) != 0 || !g.Passed || !g.Voided("m.l.red") || g.Voided("m.l.plain") || g.Items[1].Answered {
		t.Errorf("without it the grade is %+v", g)
	}
}

// TestReviseIsJudge: judging one question of a grade again gives what judging
// all of them gives, and a grade is the same as itself only.
func TestReviseIsJudge(t *testing.T) {
	t.Parallel()
	picks := map[question.ID][]string{"m.l.plain": {"right"}, "m.l.red": {"wrong"}, "m.l.judge": {"poor"}}
	rekeyed := func(p *Paper) {
		q := p.Questions["m.l.red"]
		q.Options = []question.Option{{ID: q.Options[0].ID}, {ID: q.Options[1].ID, Correct: true}}
		p.Questions["m.l.red"] = q
	}
	for name, change := range map[string]func(*Paper){
		"another key": rekeyed,
		"void":        func(p *Paper) { p.Void = map[question.ID]bool{"m.l.red": true} },
		"nothing":     func(*Paper) {},
	} {
		paper := testPaper()
		state := answered(paper, picks)
		before := Judge(state, paper)
		change(paper)
		want := Judge(state, paper)
		for _, of := range []question.ID{"m.l.red", ""} {
			got := revise(before, state, paper, of)
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Grade{}, "Number"), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
				t.Errorf("%s, of %q (-want +got):\n%s", name, of, diff)
			}
		}
		if same := before.same(want); same != (name == "nothing") {
			t.Errorf("%s: same is %t", name, same)
		}
	}
}

// TestNobodyIsJudgedByNothing: of a paper of which no question would be left, the
// one that was taken out last stays in, and leaves when another is back.
func TestNobodyIsJudgedByNothing(t *testing.T) {
	t.Parallel()
	picks := map[question.ID][]string{"m.l.plain": {"right"}, "m.l.red": {"wrong"}}
	paper := testPaper()
	paper.Items, paper.Quiz.Critical = paper.Items[:2], false
	state := answered(paper, picks)
	want := func(doing string, g Grade, points, of float64, passed bool, void ...question.ID) {
		t.Helper()
		if g.Points != points || g.MaxPoints != of || g.Passed != passed {
			t.Errorf("%s: %g of %g, passed %t, want %g of %g, %t", doing, g.Points, g.MaxPoints, g.Passed, points, of, passed)
		}
		for _, item := range g.Items {
			if item.Void != slices.Contains(void, item.Question) {
				t.Errorf("%s: %s is void: %t", doing, item.Question, item.Void)
			}
		}
	}
	voids := func(ids ...question.ID) *Paper {
		p := *paper
		p.Voided, p.Void = ids, map[question.ID]bool{}
		for _, id := range ids {
			p.Void[id] = true
		}
		return &p
	}
	none := Judge(state, paper)
	one, both, other := voids("m.l.red"), voids("m.l.red", "m.l.plain"), voids("m.l.plain")
	first := revise(none, state, one, "m.l.red")
	want("without one of two", first, 1, 1, true, "m.l.red")
	want("without both, judged at once", Judge(state, both), 1, 1, true, "m.l.red")
	want("without both", revise(first, state, both, "m.l.plain"), 1, 1, true, "m.l.red")
	want("without both, the later ruling carried out first", revise(revise(none, state, both, "m.l.plain"), state, both, "m.l.red"), 1, 1, true, "m.l.red")
	want("the first of them back", revise(first, state, other, "m.l.red"), 0, 1, false, "m.l.plain")
	want("the second by itself", revise(none, state, other, "m.l.plain"), 0, 1, false, "m.l.plain")
}

// TestEachRulingAnswersForItself: what two rulings on one paper change is two
// grades, whichever is carried out first.
func TestEachRulingAnswersForItself(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	state := answered(paper, map[question.ID][]string{"m.l.plain": {"right"}, "m.l.red": {"wrong"}, "m.l.judge": {"poor"}})
	before := Judge(state, paper)
	paper.Void, paper.Voided = map[question.ID]bool{"m.l.red": true, "m.l.judge": true}, []question.ID{"m.l.red", "m.l.judge"}
	for _, order := range [][]question.ID{{"m.l.red", "m.l.judge"}, {"m.l.judge", "m.l.red"}} {
		first := revise(before, state, paper, order[0])
		if !first.Voided(order[0]) || first.Voided(order[1]) || first.MaxPoints != before.MaxPoints-1 {
			t.Errorf("the ruling on %s took credit for the other: %+v", order[0], first)
		}
		if second := revise(first, state, paper, order[1]); !second.same(Judge(state, paper)) {
			t.Errorf("after both the grade is %+v", second)
		}
	}
}
