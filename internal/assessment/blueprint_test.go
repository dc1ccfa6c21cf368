package assessment_test

import (
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/question"
)

// These tests look at the real content of the repository.
func content(t *testing.T) *curriculum.Catalogue {
	t.Helper()
	c, _, err := curriculum.Read(os.DirFS("../../content"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestPapersAreEquated: every paper of a quiz has the same number of questions
// for each outcome and difficulty, whoever draws it and whatever they have seen.
func TestPapersAreEquated(t *testing.T) {
	t.Parallel()
	c := content(t)
	for _, quiz := range c.Quizzes() {
		if quiz.Purpose == curriculum.PurposePractice || quiz.Purpose == curriculum.PurposeScenario {
			continue
		}
		var want map[string]int
		different := map[string]bool{}
		seen := map[question.ID]int{}
		for seed := range int64(60) {
			paper, err := assessment.Draw(c, quiz, seen, seed)
			if err != nil {
				t.Fatalf("%s: %v", quiz.Slug, err)
			}
			got := map[string]int{}
			for _, id := range paper {
				q, _ := c.Question(id)
				got[fmt.Sprintf("%s, difficulty %d", q.Outcomes[0], q.Difficulty)]++
				if seed%2 == 0 {
					seen[id]++
				}
			}
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: the paper of seed %d differs from the first (-first +this):\n%s", quiz.Slug, seed, diff)
			}
			different[fmt.Sprint(set(paper))] = true
		}
		if len(different) < 2 {
			t.Errorf("%s: every paper has the same questions", quiz.Slug)
		}
	}
}

func set(paper []question.ID) map[question.ID]bool {
	ids := map[question.ID]bool{}
	for _, id := range paper {
		ids[id] = true
	}
	return ids
}

// TestPlaceDoesNotGiveTheKeyAway: over the whole bank the best option stands at
// each place as often as at any other.
func TestPlaceDoesNotGiveTheKeyAway(t *testing.T) {
	t.Parallel()
	const draws = 400
	places := map[int][]int{} // by number of options
	for _, q := range content(t).Questions() {
		if q.Kind != question.Single && q.Kind != question.Judgement {
			continue
		}
		n := len(q.Options)
		if places[n] == nil {
			places[n] = make([]int, n)
		}
		for seed := range int64(draws) {
			for place, shown := range question.Show(q, seed).Options {
				for _, o := range q.Options {
					if o.ID == shown.ID && (o.Correct || o.Grade == 3) {
						places[n][place]++
					}
				}
			}
		}
	}
	for n, counts := range places {
		total := 0
		for _, count := range counts {
			total += count
		}
		for place, count := range counts {
			share, fair := float64(count)/float64(total), 1/float64(n)
			deviation := math.Sqrt(fair * (1 - fair) / float64(total))
			if math.Abs(share-fair) > 5*deviation {
				t.Errorf("of %d options the key stands at place %d in %.1f %% of %d showings, want %.1f %%", n, place+1, 100*share, total, 100*fair)
			}
		}
	}
}
