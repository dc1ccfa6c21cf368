package assessment_test

import (
	"context"
	"testing"
	"time"

	"muster/internal/assessment"
)

// forged is a store of which somebody has changed what it keeps.
type forged struct {
	assessment.Store
	events func([]assessment.Event) []assessment.Event
	grade  func(*assessment.Grade)
}

func (f forged) Events(ctx context.Context, id assessment.AttemptID) ([]assessment.Event, error) {
	events, err := f.Store.Events(ctx, id)
	if f.events != nil {
		events = f.events(events)
	}
	return events, err
}

func (f forged) Grades(ctx context.Context, id assessment.AttemptID) ([]assessment.Grade, error) {
	grades, err := f.Store.Grades(ctx, id)
	if f.grade != nil {
		f.grade(&grades[len(grades)-1])
	}
	return grades, err
}

func TestVerifyAnAttempt(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.start(t, "m.timed")
	_, err := h.send(t.Context(), id, phone, h.single(1, "right", time.Second))
	must(t, err)
	h.later(time.Hour)
	wrong := h.single(1, "wrong", 11*time.Minute) // too late: must not count
	wrong.ID = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
	_, err = h.send(t.Context(), id, tablet, wrong)
	must(t, err)

	kept := h.Store
	tests := map[string]struct {
		forged forged
		want   string
	}{
		"as it was kept": {forged{}, ""},
		"an altered answer": {forged{events: func(events []assessment.Event) []assessment.Event {
			events[1].Response = wrong.Response
			return events
		}}, "chain_broken"},
		"a dropped answer": {forged{events: func(events []assessment.Event) []assessment.Event {
			return append(events[:1:1], events[2:]...)
		}}, "chain_broken"},
		"a late answer that is made to count": {forged{events: func(events []assessment.Event) []assessment.Event {
			events[2].Standing = assessment.InTime
			return events
		}}, "grade_differs"},
		"an answer that is made not to count": {forged{events: func(events []assessment.Event) []assessment.Event {
			events[1].Standing = assessment.AfterDeadline
			return events
		}}, "grade_differs"},
		"points":   {forged{grade: func(g *assessment.Grade) { g.Points++ }}, "grade_differs"},
		"the pass": {forged{grade: func(g *assessment.Grade) { g.Passed = !g.Passed }}, "grade_differs"},
	}
	for name, test := range tests {
		test.forged.Store = kept
		service := *h.Service
		service.Store = test.forged
		found, err := service.Verify(t.Context(), id)
		must(t, err)
		wantCode(t, "Verify of "+name, found.Problem(), test.want)
	}
	_, err = h.Verify(t.Context(), "nobody's")
	wantCode(t, "Verify of no attempt", err, "not_found")
}
