package assessment

import (
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
		answers := map[question.ID]Answering{}
		for id, a := range state.Answers {
			answers[id] = Answering{Response: a.Response}
		}
		for _, of := range []question.ID{"m.l.red", ""} {
			got := revise(before, state.Attempt, paper, of, answers)
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Grade{}, "Number"), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
				t.Errorf("%s, of %q (-want +got):\n%s", name, of, diff)
			}
		}
		if same := before.same(want); same != (name == "nothing") {
			t.Errorf("%s: same is %t", name, same)
		}
	}
}
