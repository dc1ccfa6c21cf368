package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/errs"
	"muster/internal/identity"
)

func testLog(t *testing.T, f *fixture) {
	a := f.start(t, trainee, "a1")
	var want []assessment.Event
	responses := []string{`{"choice": "b"}`, ` {"blanks":["Sécurité", "\u0000"]}`, "{\"on\":true}\n", `{}`}
	for i, response := range responses {
		must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) {
			e := next(s, "phone", assessment.EventAnswer, []byte(response))
			e.Standing = []assessment.Standing{assessment.InTime, assessment.LateSync, assessment.AfterDeadline, assessment.AfterSubmit}[i]
			want = append(want, e)
			return assessment.Change{Events: []assessment.Event{e}}, nil
		}))
	}
	events, err := f.Events(t.Context(), a.ID)
	must(t, err)
	if diff := cmp.Diff(want, events[1:]); diff != "" {
		t.Errorf("Events differ (-want +got):\n%s", diff)
	}
	if broken := assessment.Verify(events); broken != nil {
		t.Errorf("Verify = %+v, want a chain that holds", broken)
	}
	if events[0].Response != nil {
		t.Errorf("response of the start = %q, want none", events[0].Response)
	}
	got, err := f.Attempt(t.Context(), a.ID)
	must(t, err)
	if diff := cmp.Diff(a, got); diff != "" {
		t.Errorf("Attempt differs (-want +got):\n%s", diff)
	}
}

func testConcurrentAppends(t *testing.T, f *fixture) {
	const devices, each = 8, 12
	attempts := []assessment.Attempt{f.start(t, trainee, "a1")}
	f.user(t, "other")
	attempts = append(attempts, f.start(t, "other", "a2"))
	var wg sync.WaitGroup
	for d := range devices {
		wg.Go(func() {
			for n := range each {
				for _, a := range attempts {
					if err := f.answer(context.Background(), a.ID, assessment.DeviceID(fmt.Sprintf("d%d", d)), fmt.Sprintf(`{"choice":"%d"}`, n)); err != nil {
						t.Errorf("Append: %v", err)
					}
				}
			}
		})
	}
	wg.Wait()
	for _, a := range attempts {
		events, err := f.Events(t.Context(), a.ID)
		must(t, err)
		if len(events) != devices*each+1 {
			t.Errorf("%s has %d events, want %d", a.ID, len(events), devices*each+1)
		}
		if broken := assessment.Verify(events); broken != nil {
			t.Errorf("Verify(%s) = %+v, want a chain that holds", a.ID, broken)
		}
	}
}

// testConcurrentStarts lets decisions that know of no attempt wait for each
// other a moment, so that where two can be under way at once, they are.
func testConcurrentStarts(t *testing.T, f *fixture) {
	var wg sync.WaitGroup
	var undecided atomic.Int32
	together := make(chan struct{})
	for n := range 16 {
		wg.Go(func() {
			err := f.Start(context.Background(), trainee, f.quiz.Slug, func(before []assessment.Attempt) (assessment.Change, error) {
				if len(before) > 0 {
					return assessment.Change{}, nil
				}
				if undecided.Add(1) == 2 {
					close(together)
				}
				select {
				case <-together:
				case <-time.After(200 * time.Millisecond):
				}
				a := f.attempt(t, trainee, fmt.Sprintf("a%d", n), 0)
				return assessment.Change{Start: &a}, nil
			})
			if err != nil {
				t.Errorf("Start: %v", err)
			}
		})
	}
	wg.Wait()
	attempts, err := f.Attempts(t.Context(), trainee)
	must(t, err)
	if len(attempts) != 1 {
		t.Errorf("%d attempts are open, want 1", len(attempts))
	}
}

func testRefusal(t *testing.T, f *fixture) {
	a := f.start(t, trainee, "a1")
	err := f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) {
		return submit(s), errRefused
	})
	if !errors.Is(err, errRefused) {
		t.Errorf("Append = %v, want the decision's own error", err)
	}
	err = f.Start(t.Context(), trainee, f.quiz.Slug, func([]assessment.Attempt) (assessment.Change, error) {
		return assessment.Change{}, errRefused
	})
	if !errors.Is(err, errRefused) {
		t.Errorf("Start = %v, want the decision's own error", err)
	}
	f.wantOpenWith(t, a.ID, 1)
	must(t, f.answer(t.Context(), a.ID, "phone", `{}`))
	f.wantOpenWith(t, a.ID, 2)
}

// wantOpenWith checks that an attempt is open, ungraded and has so many events.
func (f *fixture) wantOpenWith(t *testing.T, id assessment.AttemptID, events int) {
	t.Helper()
	a, err := f.Attempt(t.Context(), id)
	must(t, err)
	log, err := f.Events(t.Context(), id)
	must(t, err)
	grades, err := f.Grades(t.Context(), id)
	must(t, err)
	if a.Status != assessment.Open || len(log) != events || len(grades) != 0 {
		t.Errorf("attempt is %s with %d events and %d grades, want open, %d, 0", a.Status, len(log), len(grades), events)
	}
}

func testPanic(t *testing.T, f *fixture) {
	a := f.start(t, trainee, "a1")
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			if n%4 != 0 {
				if err := f.answer(context.Background(), a.ID, assessment.DeviceID(fmt.Sprint(n)), `{}`); err != nil {
					t.Errorf("Append beside a panic = %v, want nil", err)
				}
				return
			}
			err := f.Append(context.Background(), a.ID, func(*assessment.State) (assessment.Change, error) { panic("a bug") })
			if err == nil {
				t.Error("Append with a panic = nil, want an error")
			}
		})
	}
	wg.Wait()
	f.wantOpenWith(t, a.ID, 16)
}

func testOverdue(t *testing.T, f *fixture) {
	for i, minutes := range []int{50, 10, 30} {
		who := identity.UserID(fmt.Sprintf("u%d", i))
		f.user(t, who)
		must(t, f.Start(t.Context(), who, f.quiz.Slug, func([]assessment.Attempt) (assessment.Change, error) {
			a := f.attempt(t, who, fmt.Sprintf("a%d", minutes), 0)
			a.Deadline = started.Add(time.Duration(minutes) * time.Minute)
			return assessment.Change{Start: &a}, nil
		}))
	}
	must(t, f.Start(t.Context(), trainee, f.quiz.Slug, func([]assessment.Attempt) (assessment.Change, error) {
		a := f.attempt(t, trainee, "endless", 0)
		a.Deadline = time.Time{}
		return assessment.Change{Start: &a}, nil
	}))
	tests := map[string]struct {
		minutes, limit int
		want           []assessment.AttemptID
	}{
		"at the deadline is not after it": {10, 9, nil},
		"oldest first":                    {40, 9, []assessment.AttemptID{"a10", "a30"}},
		"at most the limit":               {60, 2, []assessment.AttemptID{"a10", "a30"}},
	}
	for name, test := range tests {
		got, err := f.Overdue(t.Context(), started.Add(time.Duration(test.minutes)*time.Minute), test.limit)
		must(t, err)
		if len(got) != len(test.want) || len(got) > 0 && !cmp.Equal(got, test.want) {
			t.Errorf("%s: Overdue = %v, want %v", name, got, test.want)
		}
	}
}

func testMissing(t *testing.T, f *fixture) {
	_, err := f.Attempt(t.Context(), "nobody's")
	wantKind(t, "Attempt", err, errs.NotFound)
	wantKind(t, "Append", f.answer(t.Context(), "nobody's", "phone", `{}`), errs.NotFound)
}

func testSeen(t *testing.T, f *fixture) {
	a := f.start(t, trainee, "a1")
	must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) { return submit(s), nil }))
	f.start(t, trainee, "a2")
	seen, err := f.SeenQuestions(t.Context(), trainee)
	must(t, err)
	if seen["patrol.basics.q1"] != 2 || len(seen) != 2 {
		t.Errorf("SeenQuestions = %v, want both questions twice", seen)
	}
}
