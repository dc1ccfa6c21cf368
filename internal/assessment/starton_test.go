package assessment_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/question"
)

// TestStartOn: a review has the paper that was chosen, in that order, and is
// started in no other way.
func TestStartOn(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	_, _, err := h.Start(t.Context(), anna, curriculum.ReviewSlug)
	wantCode(t, "Start of a review", err, "not_found")
	_, err = h.Offer(t.Context(), anna, curriculum.ReviewSlug)
	wantCode(t, "Offer of a review", err, "not_found")
	_, _, err = h.StartOn(t.Context(), anna, "m.none", nil)
	wantCode(t, "StartOn no quiz", err, "not_found")

	chosen := []question.ID{"m.l.numeric", "m.l.single"}
	id, created, err := h.StartOn(t.Context(), anna, curriculum.ReviewSlug, chosen)
	must(t, err)
	again, second, err := h.StartOn(t.Context(), anna, curriculum.ReviewSlug, []question.ID{"m.l.cloze"})
	must(t, err)
	if !created || second || again != id {
		t.Errorf("StartOn twice = %s %t, %s %t, want one attempt, created once", id, created, again, second)
	}
	sitting, err := h.Sitting(t.Context(), anna, id)
	must(t, err)
	var paper []question.ID
	for _, v := range sitting.Views {
		paper = append(paper, v.ID)
	}
	if diff := cmp.Diff(chosen, paper); diff != "" {
		t.Errorf("the paper (-chosen +drawn):\n%s", diff)
	}
	_, err = h.send(t.Context(), id, phone, h.single(1, "right", 0), submit(2))
	must(t, err)
	outcome, err := h.Outcome(t.Context(), anna, id)
	must(t, err)
	if outcome.State.Status != assessment.Submitted || !outcome.Released() || len(outcome.Feedback) != 2 || outcome.Grade.Score() != 0.5 {
		t.Errorf("the outcome is %s, released %t with %d feedbacks, score %v", outcome.State.Status, outcome.Released(), len(outcome.Feedback), outcome.Grade.Score())
	}
}
