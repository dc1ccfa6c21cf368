package assessment

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// Limits of one batch of events.
const (
	MaxBatch    = 500
	MaxResponse = 32 << 10 // bytes of one response: an essay with every character escaped
)

// Grace is how long after the deadline what was made in time may still arrive
// without being marked as late, because networks are slow.
const Grace = 30 * time.Second

// Submission is a batch of events from one device.
type Submission struct {
	Device DeviceID
	Events []Event // as the client made them: the server's fields are empty
}

// Ack is the answer to a Submission.
type Ack struct {
	Acknowledged []EventID
	Status       Status // after the batch, as all below
	Deadline     time.Time
	ServerNow    time.Time
	Answered     int
	Receipt      Receipt
	Feedback     map[question.ID]Feedback
}

// Append adds a batch of events to an attempt's log: all of it or nothing.
// Events that are there already are acknowledged again. It answers Invalid for
// events that no honest client makes, Conflict with code event_conflict for an
// id that is taken by another event and sequence_gap for a gap in the
// device's sequence, NotFound for an attempt of somebody else.
func (s *Service) Append(ctx context.Context, actor identity.Actor, id AttemptID, in Submission) (Ack, error) {
	attempt, err := s.own(ctx, actor, id)
	if err != nil {
		return Ack{}, err
	}
	paper, err := s.paper(ctx, attempt)
	if err != nil {
		return Ack{}, err
	}
	if err := checkBatch(in, paper); err != nil {
		return Ack{}, err
	}
	ack := Ack{}
	err = s.Store.Append(ctx, id, func(state *State) (Change, error) {
		now := s.now()
		change, err := appendEvents(state, paper, in, now)
		if err == nil {
			ack = acknowledge(state, change, now)
		}
		return change, err
	})
	if err != nil {
		return Ack{}, err
	}
	for _, e := range in.Events {
		ack.Acknowledged = append(ack.Acknowledged, e.ID)
	}
	ack.Feedback = immediateFeedback(paper, in)
	return ack, nil
}

// acknowledge says where the attempt will stand once the change is durable.
// The state is not copied for it: this is done for every answer.
func acknowledge(state *State, change Change, now time.Time) Ack {
	heads := maps.Clone(state.Devices)
	ack := Ack{Status: state.Status, Deadline: state.Deadline, ServerNow: now, Answered: len(state.Answers)}
	added := make(map[question.ID]bool)
	for _, e := range change.Events {
		heads[e.Device] = Chain{Seq: e.Seq, Hash: e.Hash}
		if _, known := state.Answers[e.Question]; e.Kind == EventAnswer && e.Standing.Counts() && !known {
			added[e.Question] = true
		}
	}
	ack.Answered += len(added)
	if change.End != nil {
		ack.Status = change.End.Status
	}
	ack.Receipt = receiptOf(heads, state.ServerSeq+int64(len(change.Events)))
	return ack
}

// appendEvents decides what a batch adds. The order of the checks is the
// order of the promises: first nothing twice, then nothing lost.
func appendEvents(state *State, paper *Paper, in Submission, now time.Time) (Change, error) {
	fresh, err := linkFresh(state, in)
	if err != nil || len(fresh) == 0 {
		return Change{}, err
	}
	var change Change
	serverSeq := state.ServerSeq
	ended, elapsed := state.Status, state.Devices[in.Device].elapsedMS
	for _, e := range fresh {
		serverSeq++
		e.ServerSeq, e.ReceivedAt = serverSeq, now
		elapsed = e.elapsed(state.StartedAt, elapsed)
		e.Standing = standing(state, ended, e, elapsed)
		if e.Kind == EventSubmit && ended == Open && e.Standing.Counts() {
			ended = Submitted
		}
		change.Events = append(change.Events, e)
	}
	return closeIfDue(state, paper, change, ended, now)
}

// closeIfDue adds the end and the grade that a batch brings about: by its own
// submit, because the deadline has passed, or anew for answers that were made
// in time and arrived after the end.
func closeIfDue(state *State, paper *Paper, change Change, ended Status, now time.Time) (Change, error) {
	if state.Status == Open && ended == Open {
		if !overdue(state.Attempt, now) {
			return change, nil
		}
		return expire(state, paper, change, now), nil
	}
	switch {
	case state.Status == Open:
		change.End = &End{Status: ended, At: now}
		grade(&change, state.with(change), paper, "submit", now)
	case slices.ContainsFunc(change.Events, func(e Event) bool { return e.Standing == LateSync }):
		grade(&change, state.with(change), paper, "late_sync", now)
	}
	return change, nil
}

// linkFresh takes out the events that are there already, and links the others
// to their device's chain.
func linkFresh(state *State, in Submission) ([]Event, error) {
	head := state.Devices[in.Device]
	fresh := make([]Event, 0, len(in.Events))
	for _, e := range in.Events {
		e.Attempt, e.Device = state.ID, in.Device
		if known, ok := state.Bodies[e.ID]; ok {
			if known != e.fingerprint() {
				return nil, errs.New(errs.Conflict, "event_conflict", "Event %s was already received with another content. Nothing was changed.", e.ID)
			}
			continue
		}
		if e.Seq != head.Seq+1 {
			gap := errs.New(errs.Conflict, "sequence_gap", "Events of this device are missing before number %d. Send them again from number %d.", e.Seq, head.Seq+1)
			gap.Fields = map[string]string{"expected_seq": strconv.FormatInt(head.Seq+1, 10)}
			return nil, gap
		}
		claimed := e
		e = e.link(head)
		if claimed.Hash != "" && (claimed.Hash != e.Hash || claimed.PrevHash != e.PrevHash) {
			return nil, errs.New(errs.Conflict, "chain_broken", "Event %s does not continue the chain of this device. Nothing was changed.", e.ID)
		}
		head = Chain{Seq: e.Seq, Hash: e.Hash}
		fresh = append(fresh, e)
	}
	return fresh, nil
}

// standing says whether an event counts that was made elapsedMS after the start.
// What the device's monotonic clock places after the deadline does not, except a
// submit within the grace: the page sends it when the time is over. What
// arrives after the grace is marked, and nothing counts once the keys were shown.
func standing(state *State, status Status, e Event, elapsedMS int64) Standing {
	arrivedInTime := status == Open && !overdue(state.Attempt, e.ReceivedAt)
	madeInTime := !state.StartedAt.Add(time.Duration(elapsedMS) * time.Millisecond).After(state.Deadline)
	switch {
	case status == Submitted:
		return AfterSubmit
	case state.Released:
		return AfterRelease
	case state.Deadline.IsZero(), arrivedInTime && (madeInTime || e.Kind == EventSubmit):
		return InTime
	case !madeInTime:
		return AfterDeadline
	}
	return LateSync
}

func overdue(a Attempt, now time.Time) bool {
	return !a.Deadline.IsZero() && now.After(a.Deadline.Add(Grace))
}
