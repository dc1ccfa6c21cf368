package learning_test

import (
	"context"
	"slices"
	"testing"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// until hides the grades of a quiz.
type until curriculum.QuizSlug

// Shown leaves them out.
func (hidden until) Shown(_ context.Context, attempts []assessment.GradedAttempt) ([]assessment.GradedAttempt, error) {
	shown := slices.Clone(attempts)
	for i := range shown {
		if shown[i].Quiz == curriculum.QuizSlug(hidden) {
			shown[i].Grade = nil
		}
	}
	return shown, nil
}

// TestWhatIsNotShownTellsNothing: nothing that trainees read of themselves follows
// from a grade that they are not shown yet; those who look after them see it.
func TestWhatIsNotShownTellsNothing(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.practised("first.a", 9)
	b.show("bank.quiz", 8, "second.a.x1", 0, 0)
	for _, a := range b.attempts {
		must(t, b.service().Follow(t.Context(), a.ID))
	}
	for _, hidden := range []bool{false, true} {
		s, want := b.service(), []curriculum.OutcomeID{"first.a.o1", "second.a.o1"}
		if hidden {
			s.Showing, want = until("bank.quiz"), want[:1]
		}
		own, err := s.OwnSummary(t.Context(), trainee.ID)
		must(t, err)
		recall, err := s.Recall(t.Context(), trainee)
		must(t, err)
		slices.Sort(recall.Due)
		progress, err := s.Progress(t.Context(), trainee)
		must(t, err)
		var evidence, results []curriculum.OutcomeID
		for _, o := range own.Outcomes {
			evidence = append(evidence, o.Outcome)
		}
		for _, o := range progress.Outcomes {
			results = append(results, o.Outcome)
		}
		for name, got := range map[string][]curriculum.OutcomeID{"evidence": evidence, "due": recall.Due, "results": results} {
			if !slices.Equal(got, want) {
				t.Errorf("hidden %t: %s of %q, want %q", hidden, name, got, want)
			}
		}
		others, err := s.Summaries(t.Context(), []identity.UserID{trainee.ID})
		must(t, err)
		if len(others[0].Outcomes) != 2 {
			t.Errorf("hidden %t: coordinators see %d outcomes, want 2", hidden, len(others[0].Outcomes))
		}
	}
}
