package assessment

import (
	"testing"
	"time"

	"muster/internal/question"
)

func TestReplay(t *testing.T) {
	t.Parallel()
	event := func(seq int64, device DeviceID, kind EventKind, id question.ID, elapsed int64, response string) Event {
		return Event{
			Device: device, Kind: kind, Question: id, Response: []byte(response), ElapsedMS: elapsed, ServerSeq: seq,
			ReceivedAt: began.Add(time.Hour), Standing: InTime,
		}
	}
	late := event(7, phone, EventAnswer, "q1", 90_000, "never")
	late.Standing = AfterDeadline
	events := []Event{
		event(1, phone, EventView, "q1", 1_000, ""),
		event(2, phone, EventAnswer, "q1", 11_000, "first"),
		event(3, phone, EventView, "q2", 12_000, ""),
		event(4, phone, EventAnswer, "q2", 17_000, "second"),
		event(5, phone, EventAnswer, "q1", 27_000, "again"),
		event(6, tablet, EventAnswer, "q1", 20_000, "elsewhere, earlier"),
		late,
	}
	got := Replay(began, events)
	for id, want := range map[question.ID]Answering{
		"q1": {Response: []byte("again"), Spent: 40 * time.Second},
		"q2": {Response: []byte("second"), Spent: 5 * time.Second},
	} {
		if string(got[id].Response) != string(want.Response) || got[id].Spent != want.Spent {
			t.Errorf("%s: %s in %s, want %s in %s", id, got[id].Response, got[id].Spent, want.Response, want.Spent)
		}
	}
	state := Fold(Attempt{StartedAt: began}, events, 0)
	for id, answer := range state.Answers {
		if string(answer.Response) != string(got[id].Response) {
			t.Errorf("%s: the state says %s, the replay %s", id, answer.Response, got[id].Response)
		}
	}
}
