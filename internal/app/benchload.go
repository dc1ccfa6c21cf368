package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"muster/api"
	"muster/internal/bench"
	"muster/internal/curriculum"
)

// benchCatalogue reads a lesson, beside a bare handler that sends as many bytes.
func benchCatalogue(_ context.Context, r *rig) ([]bench.Figure, error) {
	lesson := r.services.catalogue.Modules[0].Lessons[0]
	path := "/api/v1/modules/" + string(lesson.Module) + "/lessons/" + string(lesson.Slug)
	body, err := r.client.Do(http.MethodGet, path, r.tokens[0], nil, http.StatusOK)
	if err != nil {
		return nil, err
	}
	bare, err := bench.BareHandler(body)
	if err != nil {
		return nil, err
	}
	bareClient := bench.NewClient(bare.Address, benchClients)
	limit, whole, err := r.interleave(
		func(client, _ int) error {
			_, err := bareClient.Do(http.MethodGet, path, r.tokens[client], nil, http.StatusOK)
			return err
		},
		func(client, _ int) error {
			_, err := r.client.Do(http.MethodGet, path, r.tokens[client], nil, http.StatusOK)
			return err
		})
	if err != nil {
		return nil, err
	}
	f := bench.Figure{Name: "catalogue reads", Value: whole.PerSecond, Unit: "/s", Limit: limit.PerSecond, Target: "≥ 0.8 of a bare handler"}
	f.Met = f.Share() >= 0.8
	return []bench.Figure{f}, bare.Stop()
}

// interleave drives the limit and the whole thing in turn, twice, so that a
// machine whose speed drifts does so for both, and gives the better of each.
func (r *rig) interleave(limit, whole func(client, n int) error) (a, b bench.Load, err error) {
	for range 2 {
		for i, do := range []func(int, int) error{limit, whole} {
			load, err := bench.Drive(benchClients, r.length/2, do)
			if err != nil {
				return a, b, err
			}
			best := &a
			if i == 1 {
				best = &b
			}
			if load.PerSecond > best.PerSecond {
				*best = load
			}
		}
	}
	return a, b, nil
}

// sitting is one client's attempt under load.
type sitting struct {
	attempt api.Attempt
	device  string
	seq     int64
	started time.Time
}

// begin starts an attempt of a client at a quiz.
func (r *rig) begin(client int, quiz string) (*sitting, error) {
	raw, err := r.client.Do(http.MethodPost, "/api/v1/quizzes/"+quiz+"/attempts", r.tokens[client], []byte("{}"), http.StatusCreated, http.StatusOK)
	if err != nil {
		return nil, err
	}
	s := &sitting{device: newID(), started: time.Now()}
	return s, json.Unmarshal(raw, &s.attempt)
}

// events makes answers to n questions, starting anywhere on the paper.
func (s *sitting) events(n int) []api.Event {
	events := make([]api.Event, n)
	for i := range events {
		s.seq++
		q := s.attempt.Questions[int(s.seq)%len(s.attempt.Questions)]
		events[i] = api.Event{
			ID: newID(), Seq: s.seq, Kind: "answer", Question: q.ID, Response: plausible(q),
			ClientAt: time.Now().UTC().Format(time.RFC3339Nano), ElapsedMS: time.Since(s.started).Milliseconds(),
		}
	}
	return events
}

// post appends events of a sitting.
func post(client *bench.Client, token string, s *sitting, events []api.Event) error {
	body, err := json.Marshal(api.EventBatch{Device: s.device, Events: events})
	if err != nil {
		return err
	}
	_, err = client.Do(http.MethodPost, "/api/v1/attempts/"+s.attempt.ID+"/events", token, body, http.StatusOK)
	return err
}

// plausible makes a response of the right form.
func plausible(q api.PaperQuestion) json.RawMessage {
	switch q.Kind {
	case "single", "judgement":
		return json.RawMessage(fmt.Sprintf(`{"choice":%q}`, q.Options[0].ID))
	case "multiple":
		return json.RawMessage(fmt.Sprintf(`{"choices":[%q]}`, q.Options[0].ID))
	case "true_false":
		return json.RawMessage(fmt.Sprintf(`{"value":true,"reason":%q}`, q.Options[0].ID))
	case "match":
		return json.RawMessage(fmt.Sprintf(`{"pairs":{%q:%q}}`, q.Left[0].ID, q.Right[0].ID))
	case "order":
		return json.RawMessage(fmt.Sprintf(`{"order":[%q]}`, q.Items[0].ID))
	case "numeric":
		return json.RawMessage(`{"value":9}`)
	}
	return json.RawMessage(`{"blanks":["mandate"]}`)
}

// check gives a quiz that may be taken as often as wanted: the first module's check.
func (r *rig) check() (string, error) {
	for _, quiz := range r.services.catalogue.Quizzes() {
		if quiz.Purpose == curriculum.PurposeCheck && quiz.Attempts == 0 && quiz.DelayMinutes == 0 {
			return string(quiz.Slug), nil
		}
	}
	return "", errors.New("the curriculum has no module check that may be taken as often as wanted")
}

// benchAnswers posts one answer a request, signed in, with all rules and
// chains, beside a bare endpoint that groups its commits.
func benchAnswers(_ context.Context, r *rig) ([]bench.Figure, error) {
	quiz, err := r.check()
	if err != nil {
		return nil, err
	}
	sittings := make([]*sitting, benchClients)
	for i := range sittings {
		if sittings[i], err = r.begin(i, quiz); err != nil {
			return nil, err
		}
	}
	bare, err := bench.BareGroup(r.config.Data)
	if err != nil {
		return nil, err
	}
	bareClient := bench.NewClient(bare.Address, benchClients)
	bareSittings := make([]sitting, benchClients)
	for i := range sittings {
		bareSittings[i] = *sittings[i] // the same bodies are made for both, so that only the servers differ
	}
	limit, whole, err := r.interleave(
		func(client, _ int) error {
			return post(bareClient, r.tokens[client], &bareSittings[client], bareSittings[client].events(1))
		},
		func(client, _ int) error {
			return post(r.client, r.tokens[client], sittings[client], sittings[client].events(1))
		})
	if err != nil {
		return nil, err
	}
	f := bench.Figure{Name: "durable answers", Value: whole.PerSecond, Unit: "/s", Limit: limit.PerSecond, Target: "≥ 0.35 of a bare grouped endpoint"}
	f.Met = f.Share() >= 0.35
	p99 := float64(whole.P99.Microseconds()) / 1000
	tail := bench.Figure{Name: "durable answers, p99", Value: p99, Unit: "ms", Limit: float64(limit.P99.Microseconds()) / 1000, Target: "≤ 15 ms", Met: p99 <= 15}
	return []bench.Figure{f, tail}, bare.Stop()
}

// benchAttempts takes whole attempts: start, 20 answers in 4 batches, submit,
// result.
func benchAttempts(_ context.Context, r *rig) ([]bench.Figure, error) {
	quiz, err := r.check()
	if err != nil {
		return nil, err
	}
	load, err := bench.Drive(benchClients, r.length, func(client, _ int) error { return r.whole(client, quiz) })
	if err != nil {
		return nil, err
	}
	return []bench.Figure{{
		Name: "whole attempts", Value: load.PerSecond, Unit: "/s", Target: "≥ 300/s", Met: load.PerSecond >= 300,
	}}, nil
}

func (r *rig) whole(client int, quiz string) error {
	s, err := r.begin(client, quiz)
	if err != nil {
		return err
	}
	for range 4 {
		if err := post(r.client, r.tokens[client], s, s.events(5)); err != nil {
			return err
		}
	}
	s.seq++
	submit := api.Event{ID: newID(), Seq: s.seq, Kind: "submit", ClientAt: time.Now().UTC().Format(time.RFC3339Nano), ElapsedMS: time.Since(s.started).Milliseconds()}
	if err := post(r.client, r.tokens[client], s, []api.Event{submit}); err != nil {
		return err
	}
	_, err = r.client.Do(http.MethodGet, "/api/v1/attempts/"+s.attempt.ID+"/result", r.tokens[client], nil, http.StatusOK)
	return err
}
