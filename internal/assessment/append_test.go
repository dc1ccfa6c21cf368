package assessment

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/errs"
)

// step is one batch, and what is to come of it in the words of outcome.
type step struct {
	device DeviceID
	at     time.Duration // of its arrival, since the start
	events []Event
	want   string
}

// outcome says what a batch brought about: the code of the error, or the
// standing of each event with "+kind" for the server's own, then the end and
// the reason of the grade.
func outcome(change Change, err error) string {
	if err != nil {
		return errs.CodeOf(err)
	}
	var words []string
	for _, e := range change.Events {
		word := string(e.Standing)
		if e.Device == ServerDevice {
			word = "+" + string(e.Kind)
		}
		words = append(words, word)
	}
	if change.End != nil {
		words = append(words, "ends "+string(change.End.Status))
	}
	if change.Grade != nil {
		words = append(words, "graded "+change.Grade.Reason)
	}
	return strings.Join(words, ", ")
}

func TestAppend(t *testing.T) {
	t.Parallel()
	const grace = 30 * time.Second
	const late = limit + grace + time.Millisecond
	paper := testPaper()
	right, wrong := paper.response("m.l.plain", "right"), paper.response("m.l.plain", "wrong")
	answer := func(n int, seq int64, elapsed time.Duration) Event {
		return event(n, seq, EventAnswer, "m.l.plain", right, elapsed)
	}
	other := func(n int, seq int64, elapsed time.Duration) Event {
		return event(n, seq, EventAnswer, "m.l.plain", wrong, elapsed)
	}
	submit := func(n int, seq int64, elapsed time.Duration) Event {
		return event(n, seq, EventSubmit, "", nil, elapsed)
	}
	claim := func(e Event, prev, hash string) Event {
		e.PrevHash, e.Hash = prev, hash
		return e
	}
	linked := answer(1, 1, time.Minute)
	linked.Attempt, linked.Device = "attempt", phone
	linked = linked.link(Chain{})

	tests := map[string][]step{
		"twice is once": {
			{phone, time.Minute, []Event{answer(1, 1, time.Minute)}, "in_time"},
			{phone, 2 * time.Minute, []Event{answer(1, 1, time.Minute)}, ""},
		},
		"a longer batch adds only what is new": {
			{phone, time.Minute, []Event{answer(1, 1, 1)}, "in_time"},
			{phone, time.Minute, []Event{answer(1, 1, 1), other(2, 2, 2)}, "in_time"},
		},
		"the same id with another body is a conflict": {
			{phone, time.Minute, []Event{answer(1, 1, 1)}, "in_time"},
			{phone, time.Minute, []Event{other(1, 1, 1)}, "event_conflict"},
		},
		"the same id from another device is a conflict": {
			{phone, time.Minute, []Event{answer(1, 1, 1)}, "in_time"},
			{tablet, time.Minute, []Event{answer(1, 1, 1)}, "event_conflict"},
		},
		"a conflict keeps back the whole batch": {
			{phone, time.Minute, []Event{answer(1, 1, 1)}, "in_time"},
			{phone, time.Minute, []Event{answer(2, 2, 2), other(1, 1, 1)}, "event_conflict"},
			{phone, time.Minute, []Event{answer(2, 2, 2)}, "in_time"},
		},
		"a gap is refused until it is filled": {
			{phone, time.Minute, []Event{answer(2, 2, 2)}, "sequence_gap"},
			{phone, time.Minute, []Event{answer(1, 1, 1)}, "in_time"},
			{phone, time.Minute, []Event{answer(2, 2, 2)}, "in_time"},
		},
		"out of order within a batch is a gap": {
			{phone, time.Minute, []Event{answer(2, 2, 2), answer(1, 1, 1)}, "sequence_gap"},
		},
		"a number that is taken by another event is refused": {
			{phone, time.Minute, []Event{answer(1, 1, 1)}, "in_time"},
			{phone, time.Minute, []Event{answer(2, 1, 1)}, "sequence_gap"},
		},
		"each device counts for itself": {
			{phone, time.Minute, []Event{answer(1, 1, 1)}, "in_time"},
			{tablet, time.Minute, []Event{other(2, 1, 2)}, "in_time"},
			{tablet, time.Minute, []Event{other(3, 3, 2)}, "sequence_gap"},
		},
		"a client's own chain is checked": {
			{phone, time.Minute, []Event{claim(answer(1, 1, time.Minute), Origin, strings.Repeat("0", 64))}, "chain_broken"},
			{phone, time.Minute, []Event{claim(answer(1, 1, time.Minute), strings.Repeat("1", 64), linked.Hash)}, "chain_broken"},
			{phone, time.Minute, []Event{linked}, "in_time"},
		},
		"made in time counts until the end of the grace": {
			{phone, limit + grace, []Event{answer(1, 1, limit)}, "in_time"},
		},
		"made after the deadline is kept, within the grace too": {
			{phone, limit + grace, []Event{answer(1, 1, limit+time.Millisecond)}, "after_deadline"},
		},
		"a submit within the grace submits": {
			{phone, limit + grace, []Event{answer(1, 1, limit), submit(2, 2, limit+grace)}, "in_time, in_time, ends submitted, graded submit"},
		},
		"a clock that goes back does not undo the deadline": {
			{phone, limit + grace, []Event{answer(1, 1, limit+1000*time.Millisecond), other(2, 2, limit)}, "after_deadline, after_deadline"},
		},
		"made in time and late counts, and closes": {
			{phone, late, []Event{answer(1, 1, limit)}, "late_sync, +expire, ends expired, graded expire"},
		},
		"made after the deadline and late is kept, and closes": {
			{phone, late, []Event{answer(1, 1, limit+time.Millisecond)}, "after_deadline, +expire, ends expired, graded expire"},
		},
		"a submit made in time and late submits": {
			{phone, late, []Event{answer(1, 1, 1), submit(2, 2, limit)}, "late_sync, late_sync, ends submitted, graded submit"},
		},
		"a submit made after the deadline expires": {
			{phone, late, []Event{submit(1, 1, limit+time.Millisecond)}, "after_deadline, +expire, ends expired, graded expire"},
		},
		"late answers after the expiry grade again, those made late do not": {
			{phone, late, []Event{answer(1, 1, 1)}, "late_sync, +expire, ends expired, graded expire"},
			{tablet, late, []Event{answer(2, 1, limit)}, "late_sync, graded late_sync"},
			{tablet, late, []Event{answer(2, 1, limit)}, ""},
			{tablet, late, []Event{answer(3, 2, limit+time.Millisecond)}, "after_deadline"},
		},
		"a submit does not undo the expiry": {
			{phone, late, []Event{answer(1, 1, 1)}, "late_sync, +expire, ends expired, graded expire"},
			{phone, late, []Event{submit(2, 2, 2)}, "late_sync, graded late_sync"},
		},
		"after the submit nothing counts": {
			{phone, time.Minute, []Event{answer(1, 1, 1), submit(2, 2, 2)}, "in_time, in_time, ends submitted, graded submit"},
			{phone, time.Minute, []Event{other(3, 3, 3)}, "after_submit"},
			{tablet, time.Minute, []Event{other(4, 1, 1), submit(5, 2, 2)}, "after_submit, after_submit"},
			{tablet, late, []Event{other(6, 3, 1)}, "after_submit"},
		},
		"an answer behind the submit of its batch does not count": {
			{phone, time.Minute, []Event{submit(1, 1, 1), other(2, 2, 2)}, "in_time, after_submit, ends submitted, graded submit"},
		},
		"submitting twice is once": {
			{phone, time.Minute, []Event{submit(1, 1, 1)}, "in_time, ends submitted, graded submit"},
			{phone, time.Minute, []Event{submit(1, 1, 1)}, ""},
		},
	}
	for name, steps := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := begun(paper, limit)
			for i, s := range steps {
				before := summarise(state, paper)
				change, err := appendEvents(state, paper, Submission{Device: s.device, Events: s.events}, began.Add(s.at))
				if got := outcome(change, err); got != s.want {
					t.Fatalf("step %d: %q, want %q", i+1, got, s.want)
				}
				if diff := cmp.Diff(before, summarise(state, paper)); diff != "" {
					t.Fatalf("step %d: the decision itself moved the state:\n%s", i+1, diff)
				}
				state.Apply(change)
			}
		})
	}
}

func TestNoDeadlineNeverExpires(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	state := begun(paper, 0)
	year := 365 * 24 * time.Hour
	got := outcome(send(state, paper, phone, year, event(1, 1, EventAnswer, "m.l.plain", paper.response("m.l.plain", "right"), year)))
	if got != "in_time" || state.Status != Open {
		t.Errorf("an answer a year later = %q, %s, want in_time, open", got, state.Status)
	}
}

func TestGapNamesTheNumberToSendFrom(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	state := begun(paper, limit)
	_, err := send(state, paper, phone, time.Second, event(1, 1, EventView, "m.l.plain", nil, 1))
	must(t, err)
	_, err = send(state, paper, phone, time.Second, event(9, 7, EventView, "m.l.plain", nil, 1))
	var gap *errs.Error
	if !errors.As(err, &gap) || gap.Fields["expected_seq"] != "2" {
		t.Errorf("a gap = %+v, want expected_seq 2", err)
	}
}

// TestAcknowledge: what is promised before the commit is what stands after it.
func TestAcknowledge(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	right := paper.response("m.l.plain", "right")
	tests := map[string]struct {
		at       time.Duration
		events   []Event
		answered int
		status   Status
	}{
		"nothing yet":              {0, nil, 0, Open},
		"a view is no answer":      {1, []Event{event(1, 1, EventView, "m.l.plain", nil, 1)}, 0, Open},
		"one question is one":      {1, []Event{event(1, 1, EventAnswer, "m.l.plain", right, 1), event(2, 2, EventAnswer, "m.l.plain", right, 2)}, 1, Open},
		"submitted":                {1, []Event{event(1, 1, EventAnswer, "m.l.red", right, 1), event(2, 2, EventSubmit, "", nil, 2)}, 1, Submitted},
		"after the deadline: none": {2 * limit, []Event{event(1, 1, EventAnswer, "m.l.plain", right, 2*limit)}, 0, Expired},
	}
	for name, test := range tests {
		state := begun(paper, limit)
		now := began.Add(test.at)
		change, err := appendEvents(state, paper, Submission{Device: phone, Events: test.events}, now)
		must(t, err)
		ack := acknowledge(state, change, now)
		state.Apply(change)
		if ack.Answered != test.answered || ack.Status != test.status {
			t.Errorf("%s: %d answered, %s, want %d, %s", name, ack.Answered, ack.Status, test.answered, test.status)
		}
		if ack.Answered != len(state.Answers) || ack.Status != state.Status || ack.Receipt != state.Receipt() {
			t.Errorf("%s: acknowledged %+v, but the state is %s with %d answers and %+v", name, ack, state.Status, len(state.Answers), state.Receipt())
		}
		again := []Event{event(9, 1, EventAnswer, "m.l.plain", right, 1), event(10, 2, EventAnswer, "m.l.judge", paper.response("m.l.judge", "poor"), 1)}
		change, err = appendEvents(state, paper, Submission{Device: tablet, Events: again}, now)
		must(t, err)
		ack = acknowledge(state, change, now)
		state.Apply(change)
		if ack.Answered != len(state.Answers) {
			t.Errorf("%s, and then again: %d answered, but the state has %d answers", name, ack.Answered, len(state.Answers))
		}
	}
}
