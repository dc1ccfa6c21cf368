package api

import (
	"context"
	"net/http"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/question"
)

type quizPath struct {
	Quiz string `path:"quiz" maxLength:"200"`
}

// AttemptPath names an attempt.
type AttemptPath struct {
	Attempt string `path:"attempt" maxLength:"64"`
}

type attemptReply struct {
	Status int
	Body   Attempt
}

func (s *Server) postAttempt(ctx context.Context, in *quizPath) (*attemptReply, error) {
	id, created, err := s.Assessment.Start(ctx, actorOf(ctx), curriculum.QuizSlug(in.Quiz))
	if err != nil {
		return nil, err
	}
	sitting, err := s.Assessment.Sitting(ctx, actorOf(ctx), id)
	if err != nil {
		return nil, err
	}
	status := http.StatusOK
	if created {
		status = http.StatusCreated
	}
	return &attemptReply{Status: status, Body: s.attempt(sitting)}, nil
}

func (s *Server) getAttempt(ctx context.Context, in *AttemptPath) (*reply[Attempt], error) {
	sitting, err := s.Assessment.Sitting(ctx, actorOf(ctx), assessment.AttemptID(in.Attempt))
	if err != nil {
		return nil, err
	}
	return ok(s.attempt(sitting)), nil
}

func (s *Server) postEvents(ctx context.Context, in *struct {
	AttemptPath
	Body EventBatch
}) (*reply[EventAck], error) {
	batch := assessment.Submission{Device: assessment.DeviceID(in.Body.Device), Events: make([]assessment.Event, len(in.Body.Events))}
	for i, e := range in.Body.Events {
		batch.Events[i] = assessment.Event{
			ID: assessment.EventID(e.ID), Seq: e.Seq, Kind: assessment.EventKind(e.Kind), Question: question.ID(e.Question),
			Response: e.Response, ClientAt: e.ClientAt, ElapsedMS: e.ElapsedMS, PrevHash: e.PrevHash, Hash: e.Hash,
		}
	}
	ack, err := s.Assessment.Append(ctx, actorOf(ctx), assessment.AttemptID(in.Attempt), batch)
	if err != nil {
		return nil, err
	}
	return ok(s.eventAck(ack)), nil
}

func (s *Server) getResult(ctx context.Context, in *AttemptPath) (*reply[Result], error) {
	outcome, err := s.Assessment.Outcome(ctx, actorOf(ctx), assessment.AttemptID(in.Attempt))
	if err != nil {
		return nil, err
	}
	return ok(s.result(outcome)), nil
}
