package assessment

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"muster/internal/curriculum"
	"muster/internal/question"
)

const (
	phone  DeviceID = "11111111-2222-4333-8444-555555555555"
	tablet DeviceID = "66666666-7777-4888-8999-aaaaaaaaaaaa"
)

var began = time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)

// limit is the time limit of sitting's attempt.
const limit = 10 * time.Minute

// testPaper has one question of each worth that grading tells apart.
func testPaper() *Paper {
	paper := &Paper{
		Quiz:      curriculum.Quiz{Slug: "m.check", Purpose: curriculum.PurposeCheck, PassMark: 0.5, Critical: true, Release: curriculum.ReleaseSubmitted},
		Questions: map[question.ID]question.Question{},
	}
	for _, q := range []question.Question{
		{ID: "m.l.plain", Kind: question.Single, Options: []question.Option{{Text: "right", Correct: true}, {Text: "wrong"}}},
		{ID: "m.l.red", Kind: question.Single, Critical: true, Options: []question.Option{{Text: "right", Correct: true}, {Text: "wrong"}}},
		{ID: "m.l.judge", Kind: question.Judgement, Options: []question.Option{{Text: "right", Grade: 3}, {Text: "fine", Grade: 2}, {Text: "poor", Grade: 1}, {Text: "wrong"}}},
		{ID: "m.l.many", Kind: question.Multiple, Options: []question.Option{{Text: "right", Correct: true}, {Text: "also", Correct: true}, {Text: "too", Correct: true}, {Text: "wrong"}}},
	} {
		question.Identify(&q)
		paper.Items = append(paper.Items, PaperItem{Question: q.ID, Version: "v"})
		paper.Questions[q.ID] = q
	}
	return paper
}

// options gives the ids of the options of a question by their texts.
func (p *Paper) options(id question.ID, texts ...string) (ids []question.OptionID) {
	for _, text := range texts {
		for _, o := range p.Questions[id].Options {
			if o.Text == text {
				ids = append(ids, o.ID)
			}
		}
	}
	return ids
}

// response picks options of a question.
func (p *Paper) response(id question.ID, texts ...string) json.RawMessage {
	picked := p.options(id, texts...)
	if p.Questions[id].Kind == question.Multiple {
		return mustJSON(map[string]any{"choices": picked})
	}
	return mustJSON(map[string]any{"choice": picked[0]})
}

func mustJSON(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}

// begun is the state of an attempt right after its start; limit 0 is none.
func begun(paper *Paper, limit time.Duration) *State {
	a := Attempt{ID: "attempt", Trainee: "trainee", Quiz: paper.Quiz.Slug, Number: 1, Paper: paper.Items, StartedAt: began, Status: Open}
	if limit > 0 {
		a.Deadline = began.Add(limit)
	}
	return Fold(a, []Event{serverEvent(a, EventStart, 1, Chain{}, began)}, 0)
}

// event is the n-th that some client makes, the seq-th of its device.
func event(n int, seq int64, kind EventKind, id question.ID, response json.RawMessage, elapsed time.Duration) Event {
	return Event{
		ID: EventID(fmt.Sprintf("aaaaaaaa-aaaa-4aaa-8aaa-%012d", n)), Seq: seq, Kind: kind, Question: id, Response: response,
		ClientAt: "2027-01-14T09:30:00.000Z", ElapsedMS: elapsed.Milliseconds(),
	}
}

// send decides on a batch and moves the state on by it, as the store does.
func send(state *State, paper *Paper, device DeviceID, at time.Duration, events ...Event) (Change, error) {
	change, err := appendEvents(state, paper, Submission{Device: device, Events: events}, began.Add(at))
	if err == nil {
		state.Apply(change)
	}
	return change, err
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
