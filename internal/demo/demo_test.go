package demo

import (
	"math/rand/v2"
	"testing"

	"muster/content"
	"muster/internal/curriculum"
	"muster/internal/question"
)

func catalogue(t *testing.T) *curriculum.Catalogue {
	t.Helper()
	c, _, err := curriculum.Read(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestResponses: what people answer is a response to the question; a mistake is
// wrong and a slip is nearly right, and fails nothing that is critical.
func TestResponses(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	for _, q := range append(c.Questions(), c.Decisions()...) {
		wrong, slight := mistake(q), slip(q)
		if _, err := question.ParseResponse(q, wrong); err != nil {
			t.Errorf("mistake at %s: %v", q.ID, err)
		}
		if _, err := question.ParseResponse(q, slight); err != nil {
			t.Errorf("slip at %s: %v", q.ID, err)
		}
		if r := question.Score(q, wrong); r.Correct || r.Fraction > 0.9 {
			t.Errorf("a mistake at %s (%s) is worth %v", q.ID, q.Kind, r.Fraction)
		}
		if r := question.Score(q, slight); r.Fraction < 0.6 || q.Pool == question.Exam && r.CriticalFailure {
			t.Errorf("a slip at %s (%s) is worth %v, critical failure %v", q.ID, q.Kind, r.Fraction, r.CriticalFailure)
		}
	}
}

func TestNobodyIsThereTwice(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool, mostPeople)
	for i := range mostPeople {
		p := personAt(i)
		if seen[p.name] {
			t.Fatalf("person %d, %s, is there twice", i, p.name)
		}
		seen[p.name] = true
	}
}

func TestUnitsHaveAsManyPeopleAsAsked(t *testing.T) {
	t.Parallel()
	for _, want := range []int{2, 3, 30, 47, Everybody, 500} {
		got := 0
		for _, u := range units(want) {
			got += len(u.joined)
			for _, g := range u.groups {
				got += g.people
			}
		}
		if got != want {
			t.Errorf("units(%d) have %d people", want, got)
		}
	}
	if got := units(0); len(got) != 1 || len(got[0].groups) != 0 || got[0].name != JoinableUnit {
		t.Errorf("units(0) = %+v", got)
	}
}

// TestPlan: steps come in order and are over, and a whole training has all that
// is mandatory in it.
func TestPlan(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	lessons := 0
	for _, m := range mandatory(c) {
		lessons += len(m.Lessons)
	}
	tests := []struct {
		fate                           fate
		lessons, checks, exams, fewest int // fewest reviews
	}{
		{unstarted, 0, 0, 0, 0},
		{steady, lessons, 4, 1, 5},
		{steady.waiting(), lessons, 4, 0, 0},
		{crammer, lessons, 4, 1, 0},
		{fresh, 5, 1, 0, 0},
		{beginner, 3, 0, 0, 0},
		{steady.stuckAt("human-rights"), 8, 4, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.fate.name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(50) {
				counts := map[deed]int{}
				ago := 1000.0
				for _, s := range plan(tt.fate, c, rand.New(rand.NewPCG(seed, 1))) {
					if s.ago > ago || s.ago <= 0 {
						t.Fatalf("seed %d: %s %.2f days ago follows what was %.2f days ago", seed, s.deed, s.ago, ago)
					}
					ago = s.ago
					counts[s.deed]++
				}
				if counts[learnLesson] != tt.lessons || counts[takeCheck] != tt.checks || counts[takeExam] != tt.exams || counts[takeReview] < tt.fewest {
					t.Errorf("seed %d: %v", seed, counts)
				}
			}
		})
	}
}
