package api

import (
	"context"
	"net/http"

	"muster/internal/assessment"
	"muster/internal/curriculum"
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
	return s.started(ctx, id, created)
}

// started answers with an attempt that was made now or before.
func (s *Server) started(ctx context.Context, id assessment.AttemptID, created bool) (*attemptReply, error) {
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

func (s *Server) getResult(ctx context.Context, in *AttemptPath) (*reply[Result], error) {
	outcome, err := s.Assessment.Outcome(ctx, actorOf(ctx), assessment.AttemptID(in.Attempt))
	if err != nil {
		return nil, err
	}
	return ok(s.result(outcome)), nil
}
