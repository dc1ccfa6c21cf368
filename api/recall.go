package api

import (
	"context"

	"muster/internal/learning"
)

func (s *Server) getRecall(ctx context.Context, _ *struct{}) (*reply[Recall], error) {
	recall, err := s.Learning.Recall(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return ok(s.recall(recall)), nil
}

func (s *Server) postRecall(ctx context.Context, _ *struct{}) (*attemptReply, error) {
	id, created, err := s.Learning.StartRecall(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return s.started(ctx, id, created)
}

func (s *Server) recall(r learning.Recall) Recall {
	out := Recall{Due: []RecallDue{}, Cards: len(r.Cards), Minutes: r.Minutes(), NextDue: stamp(r.NextDue)}
	for _, id := range r.Due {
		outcome, _ := s.Catalogue.OutcomeByID(id)
		module, _ := s.Catalogue.ModuleOf(id)
		out.Due = append(out.Due, RecallDue{Outcome: string(id), Text: outcome.Text, Module: string(module)})
	}
	return out
}
