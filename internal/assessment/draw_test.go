package assessment

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/question"
)

// bank is a catalogue of one module with a lesson of n exam questions, of
// difficulty 1, 2, 3, 1, 2, …
func bank(n int) *curriculum.Catalogue {
	l := curriculum.Lesson{Module: "m", Slug: "l"}
	for i := range n {
		l.Questions = append(l.Questions, question.Question{
			ID: question.ID(fmt.Sprintf("m.l.x%d", i)), Pool: question.Exam, Kind: question.Single, Difficulty: i%3 + 1, Outcomes: []string{"m.l.o1"},
		})
	}
	c := &curriculum.Catalogue{Modules: []curriculum.Module{{Slug: "m", Lessons: []curriculum.Lesson{l}}}}
	return c.Indexed()
}

// blueprint draws a number of each difficulty, 0 being any, and then fixed questions.
func blueprint(purpose curriculum.Purpose, fixed []question.ID, draws ...curriculum.Rule) curriculum.Quiz {
	quiz := curriculum.Quiz{Slug: "m.check", Module: "m", Purpose: purpose, Rules: draws}
	if len(fixed) > 0 {
		quiz.Rules = append(quiz.Rules, curriculum.Rule{Questions: fixed})
	}
	return quiz
}

func drawRules(t *rapid.T) []curriculum.Rule {
	var rules []curriculum.Rule
	for range rapid.IntRange(1, 4).Draw(t, "rules") {
		rules = append(rules, curriculum.Rule{Draw: rapid.IntRange(1, 5).Draw(t, "draw"), Difficulty: rapid.IntRange(0, 3).Draw(t, "difficulty"), Pool: question.Exam})
	}
	return rules
}

// TestDraw: a paper keeps its blueprint rule by rule, has no question twice,
// prefers what was seen least, and follows from the seed.
func TestDraw(t *testing.T) {
	t.Parallel()
	c := bank(40)
	all := c.Questions()
	rapid.Check(t, func(t *rapid.T) {
		var fixed []question.ID
		for i := range rapid.IntRange(0, 4).Draw(t, "fixed") {
			fixed = append(fixed, all[7*i].ID)
		}
		seen := map[question.ID]int{}
		for _, q := range all {
			seen[q.ID] = rapid.IntRange(0, 2).Draw(t, "seen")
		}
		quiz := blueprint(curriculum.PurposePractice, fixed, drawRules(t)...)
		seed := rapid.Int64().Draw(t, "seed")
		paper, err := Draw(c, quiz, seen, seed)
		if errs.CodeOf(err) == "too_few_questions" {
			return // the rules may ask for more than there is, see below
		}
		if err != nil {
			t.Fatal(err)
		}
		checkBlueprint(t, c, quiz, seen, paper)
		again, err := Draw(c, quiz, seen, seed)
		if err != nil || !slices.Equal(paper, again) {
			t.Fatalf("the same seed draws %v and %v, %v", paper, again, err)
		}
		quiz.Purpose = curriculum.PurposeExam
		mixed, err := Draw(c, quiz, seen, seed)
		anyOrder := cmpopts.SortSlices(func(a, b question.ID) bool { return a < b })
		if diff := cmp.Diff(paper, mixed, anyOrder); diff != "" || err != nil {
			t.Fatalf("an exam has other questions than its rules draw, %v:\n%s", err, diff)
		}
	})
}

// checkBlueprint takes the paper apart rule by rule.
func checkBlueprint(t *rapid.T, c *curriculum.Catalogue, quiz curriculum.Quiz, seen map[question.ID]int, paper []question.ID) {
	taken := map[question.ID]bool{}
	rest := paper
	for i, rule := range quiz.Rules {
		n := max(rule.Draw, len(rule.Questions))
		if len(rest) < n {
			t.Fatalf("rule %d wants %d questions, %d are left of %v", i+1, n, len(rest), paper)
		}
		most := 0
		for _, id := range rest[:n] {
			if taken[id] {
				t.Fatalf("%s is twice in %v", id, paper)
			}
			taken[id] = true
			if !slices.Contains(c.Eligible(quiz, rule), id) {
				t.Fatalf("rule %d drew %s, which does not fit it", i+1, id)
			}
			most = max(most, seen[id])
		}
		rest = rest[n:]
		for _, id := range c.Eligible(quiz, rule) {
			if rule.Draw > 0 && !slices.Contains(paper, id) && seen[id] < most {
				t.Fatalf("rule %d left out %s, seen %d times, for one seen %d times", i+1, id, seen[id], most)
			}
		}
	}
	if len(rest) > 0 {
		t.Fatalf("the paper has %d questions more than its rules", len(rest))
	}
}

func TestDrawRefuses(t *testing.T) {
	t.Parallel()
	three := curriculum.Rule{Draw: 3, Pool: question.Exam}
	tests := map[string]struct {
		rules []curriculum.Rule
		want  string
	}{
		"as many as there are":         {[]curriculum.Rule{three, three}, ""},
		"more than there are":          {[]curriculum.Rule{{Draw: 7}}, "too_few_questions"},
		"more than earlier rules left": {[]curriculum.Rule{three, {Draw: 4}}, "too_few_questions"},
		"of a pool that is empty":      {[]curriculum.Rule{{Draw: 1, Pool: question.Practice}}, "too_few_questions"},
	}
	for name, test := range tests {
		_, err := Draw(bank(6), blueprint(curriculum.PurposeCheck, nil, test.rules...), nil, 1)
		if errs.CodeOf(err) != test.want {
			t.Errorf("%s: Draw = %v, want %q", name, err, test.want)
		}
	}
}

func TestSeedsDrawDifferently(t *testing.T) {
	t.Parallel()
	c, quiz := bank(20), blueprint(curriculum.PurposeCheck, nil, curriculum.Rule{Draw: 5})
	papers := map[string]bool{}
	for seed := range int64(50) {
		paper, err := Draw(c, quiz, nil, seed)
		must(t, err)
		papers[fmt.Sprint(paper)] = true
	}
	if len(papers) < 45 {
		t.Errorf("50 seeds draw %d papers, want nearly as many", len(papers))
	}
}
