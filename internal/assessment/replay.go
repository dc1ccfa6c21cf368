package assessment

import (
	"encoding/json"
	"time"

	"muster/internal/question"
)

// Answering is how somebody went about a question of a paper.
type Answering struct {
	Response json.RawMessage // the one that counts, nil = none
	Marks    []Mark          // of an essay, oldest first
	Spent    time.Duration   // from what was done before on the device to each answer
}

// Replay folds the answers, views and marks of an attempt that began at start, in the
// server's order, into how each question was gone about. It counts as State
// does, and keeps nothing of what only appending needs.
func Replay(start time.Time, events []Event) map[question.ID]Answering {
	found := make(map[question.ID]Answering)
	ranks := make(map[question.ID]eventRank)
	clocks := make(map[DeviceID]int64)
	for _, e := range events {
		before := clocks[e.Device]
		now := e.elapsed(start, before)
		clocks[e.Device] = now
		if !e.Standing.Counts() {
			continue
		}
		a := found[e.Question]
		if e.Kind == EventAnswer {
			a.Spent += time.Duration(now-before) * time.Millisecond
			rank := eventRank{elapsedMS: now, serverSeq: e.ServerSeq}
			if old, ok := ranks[e.Question]; !ok || rank.after(old) {
				ranks[e.Question], a.Response = rank, e.Response
			}
		}
		if e.Kind == EventMark {
			if mark, err := MarkOf(e); err == nil {
				a.Marks = append(a.Marks, mark)
			}
		}
		if e.Question != "" {
			found[e.Question] = a
		}
	}
	return found
}
