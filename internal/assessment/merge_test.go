package assessment

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"muster/internal/errs"
	"muster/internal/question"
)

// client is one device with what it has made, as it would send it.
type client struct {
	device DeviceID
	events []Event
}

// drawClients makes the events of some devices on one attempt. No two of them
// were made in the same millisecond.
func drawClients(t *rapid.T, paper *Paper) []client {
	clients := []client{{device: phone}, {device: tablet}, {device: "99999999-7777-4888-8999-aaaaaaaaaaaa"}}
	kinds := []EventKind{EventAnswer, EventAnswer, EventFlag, EventView}
	for n := range rapid.IntRange(1, 16).Draw(t, "events") {
		c := &clients[rapid.IntRange(0, 2).Draw(t, "device")]
		id := rapid.SampledFrom(paper.Items).Draw(t, "question").Question
		e := event(n, int64(len(c.events)+1), rapid.SampledFrom(kinds).Draw(t, "kind"), id, nil, time.Duration(n)*time.Second)
		switch e.Kind {
		case EventAnswer:
			e.Response = paper.response(id, rapid.SampledFrom([]string{"right", "wrong"}).Draw(t, "choice"))
		case EventFlag:
			e.Response = mustJSON(map[string]bool{"on": rapid.Bool().Draw(t, "on")})
		}
		c.events = append(c.events, e)
	}
	return clients
}

// summary is all of a state that a later decision, a grade or a page is made of.
type summary struct {
	Answers map[question.ID]string
	Flags   map[question.ID]bool
	Heads   map[DeviceID]int64
	Hashes  map[DeviceID]string
	Bodies  map[EventID][32]byte
	Events  int64
	Points  float64
	Passed  bool
	Status  Status
}

func summarise(state *State, paper *Paper) summary {
	s := summary{
		Answers: map[question.ID]string{}, Flags: maps.Clone(state.Flags), Heads: map[DeviceID]int64{}, Hashes: map[DeviceID]string{},
		Bodies: maps.Clone(state.Bodies), Events: state.ServerSeq, Status: state.Status,
	}
	for id, answer := range state.Answers {
		s.Answers[id] = string(answer.Response)
	}
	for device, head := range state.Devices {
		s.Heads[device], s.Hashes[device] = head.Seq, head.Hash
	}
	g := Judge(state, paper)
	s.Points, s.Passed = g.Points, g.Passed
	return s
}

// deliver sends random pieces of what the clients hold, again and again and in
// any order, as dead links and second tabs do; then each client sends all.
func deliver(t *rapid.T, state *State, paper *Paper, clients []client) {
	for range rapid.IntRange(0, 20).Draw(t, "sendings") {
		c := rapid.SampledFrom(clients).Draw(t, "sender")
		from := rapid.IntRange(0, len(c.events)).Draw(t, "from")
		to := rapid.IntRange(from, len(c.events)).Draw(t, "to")
		before := summarise(state, paper)
		_, err := send(state, paper, c.device, time.Hour, c.events[from:to]...)
		if err == nil {
			continue
		}
		if errs.CodeOf(err) != "sequence_gap" {
			t.Fatalf("a batch of honest events = %v, want only gaps", err)
		}
		if diff := cmp.Diff(before, summarise(state, paper)); diff != "" {
			t.Fatalf("a refused batch changed the state:\n%s", diff)
		}
	}
	for _, c := range rapid.Permutation(clients).Draw(t, "order") {
		if _, err := send(state, paper, c.device, time.Hour, c.events...); err != nil {
			t.Fatal(err)
		}
	}
}

// last gives the event that must hold for each question: the one made last.
func last(clients []client, kind EventKind) map[question.ID]json.RawMessage {
	var all []Event
	for _, c := range clients {
		all = append(all, c.events...)
	}
	slices.SortFunc(all, func(a, b Event) int { return int(a.ElapsedMS - b.ElapsedMS) })
	held := map[question.ID]json.RawMessage{}
	for _, e := range all {
		if e.Kind == kind {
			held[e.Question] = e.Response
		}
	}
	return held
}

// TestAnyDeliveryIsTheSame: any interleaving, duplication and reordering of the
// same events leads to the same state as each client sending all, once.
func TestAnyDeliveryIsTheSame(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	rapid.Check(t, func(t *rapid.T) {
		clients := drawClients(t, paper)
		once := begun(paper, 0)
		for _, c := range clients {
			if _, err := send(once, paper, c.device, time.Hour, c.events...); err != nil {
				t.Fatal(err)
			}
		}
		state := begun(paper, 0)
		deliver(t, state, paper, clients)
		want := summarise(once, paper)
		if diff := cmp.Diff(want, summarise(state, paper)); diff != "" {
			t.Fatalf("state differs (-once in order +as delivered):\n%s", diff)
		}
		for id, response := range last(clients, EventAnswer) {
			if got := string(state.Answers[id].Response); got != string(response) {
				t.Fatalf("answer to %s = %s, want the one made last, %s", id, got, response)
			}
		}
		for id, response := range last(clients, EventFlag) {
			if got := state.Flags[id]; got != flagOn(response) {
				t.Fatalf("flag of %s = %t, want %s", id, got, response)
			}
		}
	})
}

// TestNothingMovesASubmittedAttempt: whatever is sent again after the submit,
// the answers and the one grade stay.
func TestNothingMovesASubmittedAttempt(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	rapid.Check(t, func(t *rapid.T) {
		clients := drawClients(t, paper)
		state := begun(paper, limit)
		again := func(at time.Duration) {
			for _, c := range clients {
				change, err := send(state, paper, c.device, at, c.events...)
				if err != nil || len(change.Events) > 0 && state.Status != Open {
					t.Fatalf("sending again = %+v, %v, want nothing added", change.Events, err)
				}
			}
		}
		again(time.Minute)
		submitter := rapid.SampledFrom(clients).Draw(t, "submitter")
		end := event(99, int64(len(submitter.events)+1), EventSubmit, "", nil, time.Minute)
		change, err := send(state, paper, submitter.device, time.Minute, end)
		if err != nil || change.Grade == nil {
			t.Fatalf("submit = %+v, %v, want a grade", change, err)
		}
		want := summarise(state, paper)
		again(rapid.SampledFrom([]time.Duration{time.Minute, limit + time.Hour}).Draw(t, "at"))
		if diff := cmp.Diff(want, summarise(state, paper)); diff != "" || state.Grades != 1 {
			t.Fatalf("state moved after the submit, %d grades (-want +got):\n%s", state.Grades, diff)
		}
	})
}

// TestMergeOfDevices pins the order between two devices and within one.
func TestMergeOfDevices(t *testing.T) {
	t.Parallel()
	paper := testPaper()
	right, wrong := paper.response("m.l.plain", "right"), paper.response("m.l.plain", "wrong")
	type sent struct {
		device   DeviceID
		seq      int64
		elapsed  time.Duration
		at       time.Duration
		response json.RawMessage
	}
	tests := map[string]struct {
		sent []sent
		want json.RawMessage
	}{
		"what was made later holds, though it arrived first": {
			[]sent{{phone, 1, 2 * time.Minute, 2 * time.Minute, right}, {tablet, 1, time.Minute, 3 * time.Minute, wrong}}, right},
		"what was made earlier gives way": {
			[]sent{{phone, 1, time.Minute, time.Minute, wrong}, {tablet, 1, 2 * time.Minute, 2 * time.Minute, right}}, right},
		"a clock that runs ahead is cut at the arrival": {
			[]sent{{phone, 1, 300 * time.Hour, time.Minute, wrong}, {tablet, 1, 2 * time.Minute, 2 * time.Minute, right}}, right},
		"on one device the last holds, though its clock went back": {
			[]sent{{phone, 1, 2 * time.Minute, 2 * time.Minute, wrong}, {phone, 2, time.Minute, 3 * time.Minute, right}}, right},
	}
	for name, test := range tests {
		state := begun(paper, 0)
		for i, s := range test.sent {
			_, err := send(state, paper, s.device, s.at, event(i, s.seq, EventAnswer, "m.l.plain", s.response, s.elapsed))
			must(t, err)
		}
		if got := state.Answers["m.l.plain"].Response; string(got) != string(test.want) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
