package assessment

import (
	"encoding/json"
	"time"

	"muster/internal/question"
)

// State is an attempt with the fold of its log: what a decision needs to know.
type State struct {
	Attempt
	ServerSeq int64                     // of the last event, 0 before the first
	Devices   map[DeviceID]Chain        // head of each device's chain
	Bodies    map[EventID][32]byte      // fingerprint of every event, to know one that comes again
	Answers   map[question.ID]Answer    // the one that counts for each question
	Flags     map[question.ID]bool      // questions that are flagged now
	flagOrder map[question.ID]eventRank // rank of the flag event that set Flags
	marks     map[marked]Mark           // the last mark of each text of an essay; nil before the first
	Released  bool                      // whether the keys were shown after the expiry
	LateSync  int                       // how many events count although they arrived late
	Grades    int                       // how many grades there are
}

// Chain is the head of one device's hash chain.
type Chain struct {
	Seq       int64
	Hash      string
	elapsedMS int64 // of the latest event so far: a device's order is that of Seq, even if its clock goes back
}

// Answer is the response to a question that counts.
type Answer struct {
	Response json.RawMessage
	rank     eventRank
}

// eventRank orders events of several devices: by elapsed time, which cannot be
// later than the event's arrival nor earlier than the event before it on its
// device, then by the server's order.
type eventRank struct {
	elapsedMS int64
	serverSeq int64
}

func (r eventRank) after(other eventRank) bool {
	if r.elapsedMS != other.elapsedMS {
		return r.elapsedMS > other.elapsedMS
	}
	return r.serverSeq > other.serverSeq
}

// Fold makes the state of an attempt from its whole log.
func Fold(a Attempt, events []Event, grades int) *State {
	s := &State{
		Attempt:   a,
		Devices:   make(map[DeviceID]Chain),
		Bodies:    make(map[EventID][32]byte, len(events)),
		Answers:   make(map[question.ID]Answer, len(a.Paper)),
		Flags:     make(map[question.ID]bool),
		flagOrder: make(map[question.ID]eventRank),
		Grades:    grades,
	}
	for _, e := range events {
		s.apply(e)
	}
	return s
}

// Apply moves the state on by a change that was decided on it.
func (s *State) Apply(c Change) {
	for _, e := range c.Events {
		s.apply(e)
	}
	if c.End != nil {
		s.Status, s.EndedAt = c.End.Status, c.End.At
	}
	if c.Grade != nil {
		s.Grades = c.Grade.Number
	}
}

func (s *State) apply(e Event) {
	s.ServerSeq = e.ServerSeq
	elapsed := e.elapsed(s.StartedAt, s.Devices[e.Device].elapsedMS)
	s.Devices[e.Device] = Chain{Seq: e.Seq, Hash: e.Hash, elapsedMS: elapsed}
	s.Bodies[e.ID] = e.fingerprint()
	if e.Standing == LateSync {
		s.LateSync++
	}
	if !e.Standing.Counts() {
		return
	}
	rank := eventRank{elapsedMS: elapsed, serverSeq: e.ServerSeq}
	switch e.Kind {
	case EventRelease:
		s.Released = true
	case EventMark:
		s.mark(e)
	case EventAnswer:
		if old, ok := s.Answers[e.Question]; !ok || rank.after(old.rank) {
			s.Answers[e.Question] = Answer{Response: e.Response, rank: rank}
		}
	case EventFlag:
		if old, ok := s.flagOrder[e.Question]; !ok || rank.after(old) {
			s.flagOrder[e.Question] = rank
			s.Flags[e.Question] = flagOn(e.Response)
		}
	}
}

// elapsed is when an event was made, in ms since the attempt's start: as its
// device says, but not later than it arrived, nor earlier than the event before
// it on that device.
func (e Event) elapsed(start time.Time, before int64) int64 {
	return max(min(e.ElapsedMS, e.ReceivedAt.Sub(start).Milliseconds()), before)
}

func flagOn(response json.RawMessage) bool {
	var flag struct {
		On bool `json:"on"`
	}
	return json.Unmarshal(response, &flag) == nil && flag.On
}
