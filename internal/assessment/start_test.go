package assessment

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
	"muster/internal/errs"
)

func TestAllowed(t *testing.T) {
	t.Parallel()
	ended := func(ago time.Duration) Attempt { return Attempt{Status: Submitted, EndedAt: began.Add(-ago)} }
	at := func(d time.Duration) string { return began.Add(d).Format(time.RFC3339) }
	two := curriculum.Quiz{Attempts: 2}
	waits := curriculum.Quiz{DelayMinutes: 60}
	window := curriculum.Quiz{OpensAt: at(0), ClosesAt: at(time.Hour)}
	tests := map[string]struct {
		quiz   curriculum.Quiz
		before []Attempt
		at     time.Duration
		want   string
	}{
		"no policy, many attempts":        {curriculum.Quiz{}, make([]Attempt, 50), 0, ""},
		"the last attempt allowed":        {two, []Attempt{ended(1)}, 0, ""},
		"one more":                        {two, []Attempt{ended(2), ended(1)}, 0, "attempts_used_up"},
		"the first attempt need not wait": {waits, nil, 0, ""},
		"too soon by a millisecond":       {waits, []Attempt{ended(time.Hour - time.Millisecond)}, 0, "too_soon"},
		"the wait is over":                {waits, []Attempt{ended(time.Hour)}, 0, ""},
		"the wait counts from the last":   {waits, []Attempt{ended(5 * time.Hour), ended(time.Minute)}, 0, "too_soon"},
		"before it opens":                 {window, nil, -time.Millisecond, "not_open"},
		"as it opens":                     {window, nil, 0, ""},
		"a millisecond before it closes":  {window, nil, time.Hour - time.Millisecond, ""},
		"as it closes":                    {window, nil, time.Hour, "not_open"},
		"a close given in another zone":   {curriculum.Quiz{ClosesAt: "2027-01-14T12:30:00+03:00"}, nil, 0, "not_open"},
	}
	for name, test := range tests {
		err := Allowed(test.quiz, test.before, began.Add(test.at))
		if errs.CodeOf(err) != test.want || test.want != "" && errs.KindOf(err) != errs.Conflict {
			t.Errorf("%s: Allowed = %v, want %q", name, err, test.want)
		}
	}
}

func TestNotBefore(t *testing.T) {
	t.Parallel()
	waits := curriculum.Quiz{DelayMinutes: 60}
	tests := map[string]struct {
		quiz   curriculum.Quiz
		before []Attempt
		want   time.Time
	}{
		"never taken":           {waits, nil, time.Time{}},
		"no delay":              {curriculum.Quiz{}, []Attempt{{Status: Submitted, EndedAt: began}}, time.Time{}},
		"an hour after the end": {waits, []Attempt{{Status: Expired, EndedAt: began}}, began.Add(time.Hour)},
		"an open attempt":       {waits, []Attempt{{Status: Open}}, time.Time{}},
	}
	for name, test := range tests {
		if got := NotBefore(test.quiz, test.before); !got.Equal(test.want) {
			t.Errorf("%s: NotBefore = %v, want %v", name, got, test.want)
		}
	}
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	at := func(d time.Duration) string { return began.Add(d).Format(time.RFC3339) }
	tests := map[string]struct {
		quiz curriculum.Quiz
		want time.Time
	}{
		"none":                         {curriculum.Quiz{}, time.Time{}},
		"the time limit":               {curriculum.Quiz{TimeLimitMinutes: 30}, began.Add(30 * time.Minute)},
		"the close of an endless quiz": {curriculum.Quiz{ClosesAt: at(time.Hour)}, began.Add(time.Hour)},
		"the close before the limit":   {curriculum.Quiz{TimeLimitMinutes: 30, ClosesAt: at(10 * time.Minute)}, began.Add(10 * time.Minute)},
		"the limit before the close":   {curriculum.Quiz{TimeLimitMinutes: 30, ClosesAt: at(time.Hour)}, began.Add(30 * time.Minute)},
	}
	for name, test := range tests {
		change := startChange(Attempt{ID: "a", Status: Open}, test.quiz, 3, began)
		if got := change.Start; !got.Deadline.Equal(test.want) || got.Number != 3 || !got.StartedAt.Equal(began) {
			t.Errorf("%s: starts %+v, want the deadline %v", name, got, test.want)
		}
		if len(change.Events) != 1 || change.Events[0].Kind != EventStart || Verify(change.Events) != nil {
			t.Errorf("%s: first events = %+v, want the start alone", name, change.Events)
		}
	}
}

func TestTallies(t *testing.T) {
	t.Parallel()
	graded := func(quiz curriculum.QuizSlug, points float64, passed bool) GradedAttempt {
		return GradedAttempt{Attempt: Attempt{Quiz: quiz, Status: Submitted}, Grade: &Grade{Points: points, MaxPoints: 4, Passed: passed}}
	}
	best := func(share float64) *float64 { return &share }
	got := Tallies([]GradedAttempt{
		graded("a", 3, true), graded("b", 0, false), graded("a", 2, false), graded("a", 1, false),
		{Attempt: Attempt{ID: "now", Quiz: "b", Status: Open}}, {Attempt: Attempt{ID: "first", Quiz: "c", Status: Open}},
	})
	want := map[curriculum.QuizSlug]Tally{
		"a": {Used: 3, Best: best(0.75), Passed: true}, // once passed stays passed
		"b": {Used: 2, Best: best(0), Open: "now"},
		"c": {Used: 1, Open: "first"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Tallies differ (-want +got):\n%s", diff)
	}
}
