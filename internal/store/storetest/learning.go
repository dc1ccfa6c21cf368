package storetest

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/learning"
)

func testLessonStates(t *testing.T, f *fixture) {
	f.user(t, "other")
	state := func(share float64, read bool, minutes int) learning.LessonState {
		return learning.LessonState{Module: "m", Lesson: "l", ReadShare: share, Read: read, UpdatedAt: started.Add(time.Duration(minutes) * time.Minute)}
	}
	finished := func(s learning.LessonState) learning.LessonState {
		s.ReadAt = started.Add(4 * time.Minute)
		return s
	}
	steps := []struct {
		name        string
		saved, kept learning.LessonState
	}{
		{"begun", state(0.5, false, 1), state(0.5, false, 1)},
		{"farther", state(0.7, false, 2), state(0.7, false, 2)},
		{"another device is behind", state(0.1, false, 3), state(0.7, false, 3)},
		{"to the end", state(1, true, 4), finished(state(1, true, 4))},
		{"read again from the start", state(0, false, 5), finished(state(1, true, 5))},
		{"read to the end once more", state(1, true, 6), finished(state(1, true, 6))},
	}
	for _, step := range steps {
		got, err := f.SaveLessonState(t.Context(), trainee, step.saved)
		must(t, err)
		if diff := cmp.Diff(step.kept, got); diff != "" {
			t.Errorf("%s: SaveLessonState differs (-want +got):\n%s", step.name, diff)
		}
	}
	other := learning.LessonState{Module: "a", Lesson: "l", ReadShare: 1.0 / 3, UpdatedAt: started}
	_, err := f.SaveLessonState(t.Context(), trainee, other)
	must(t, err)
	_, err = f.SaveLessonState(t.Context(), "other", state(0.2, false, 9))
	must(t, err)
	got, err := f.LessonStates(t.Context(), trainee)
	must(t, err)
	if diff := cmp.Diff([]learning.LessonState{other, finished(state(1, true, 6))}, got); diff != "" {
		t.Errorf("LessonStates differ (-want +got):\n%s", diff)
	}
}

// testLessonRace: several devices report at once; the farthest point stays,
// whoever comes last.
func testLessonRace(t *testing.T, f *fixture) {
	var wg sync.WaitGroup
	for _, n := range rand.Perm(20) {
		wg.Go(func() {
			state := learning.LessonState{Module: "m", Lesson: "l", ReadShare: float64(n) / 20, Read: n == 7, UpdatedAt: started}
			if _, err := f.SaveLessonState(context.Background(), trainee, state); err != nil {
				t.Errorf("SaveLessonState: %v", err)
			}
		})
	}
	wg.Wait()
	got, err := f.LessonStates(t.Context(), trainee)
	must(t, err)
	if len(got) != 1 || got[0].ReadShare != 19.0/20 || !got[0].Read {
		t.Errorf("LessonStates = %+v, want one at 0.95, read", got)
	}
}

func testOutcomes(t *testing.T, f *fixture) {
	f.user(t, "other")
	f.start(t, trainee, "a1")
	f.start(t, "other", "a3")
	must(t, f.Append(t.Context(), "a1", func(s *assessment.State) (assessment.Change, error) { return submit(s), nil }))
	f.start(t, trainee, "a2")
	replace := func(id assessment.AttemptID, results ...learning.OutcomeResult) {
		t.Helper()
		a, err := f.Attempt(t.Context(), id)
		must(t, err)
		must(t, f.ReplaceOutcomeResults(t.Context(), a.Trainee, id, results))
	}
	replace("a1", learning.OutcomeResult{Outcome: "o1", Answered: 5, Right: 5}, learning.OutcomeResult{Outcome: "o2", Answered: 2})
	for range 2 { // again changes nothing
		replace("a1", learning.OutcomeResult{Outcome: "o2", Answered: 3, Right: 1}, learning.OutcomeResult{Outcome: "o1", Answered: 4, Right: 2})
	}
	replace("a2", learning.OutcomeResult{Outcome: "o1", Answered: 1, Right: 1}, learning.OutcomeResult{Outcome: "o0", Answered: 1})
	replace("a3", learning.OutcomeResult{Outcome: "o1", Answered: 9, Right: 9})
	want := []learning.OutcomeResult{{Outcome: "o0", Answered: 1}, {Outcome: "o1", Answered: 5, Right: 3}, {Outcome: "o2", Answered: 3, Right: 1}}
	got, err := f.OutcomeResults(t.Context(), trainee)
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("OutcomeResults differ (-want +got):\n%s", diff)
	}
	replace("a1")
	got, err = f.OutcomeResults(t.Context(), trainee)
	must(t, err)
	if diff := cmp.Diff([]learning.OutcomeResult{{Outcome: "o0", Answered: 1}, {Outcome: "o1", Answered: 1, Right: 1}}, got); diff != "" {
		t.Errorf("OutcomeResults after one was emptied (-want +got):\n%s", diff)
	}
}
