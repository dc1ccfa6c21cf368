package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/assessment"
	"muster/internal/question"
	"muster/internal/regrade"
)

// regradeRoutes are the addresses of mending wrong keys.
func (s *Server) regradeRoutes(api huma.API) {
	handle(s, api, s.operation(http.MethodGet, "/regrades", "regrades", "What was ruled on keys, newest first", reviewer), s.getRegrades)
	handle(s, api, takes(questionBody, rulesOrTells(s.operation(http.MethodPost, "/regrades", "rule", "Mend a key and grade anew (201), or say what that would do (200)", reviewer))), s.postRegrade)
	handle(s, api, s.operation(http.MethodGet, "/regrades/{regrade}", "regrade", "How far the grading that follows a ruling is", reviewer), s.getRegrade)
}

// rulesOrTells describes an operation that answers 200 where it does nothing.
func rulesOrTells(op huma.Operation) huma.Operation {
	either := &huma.Response{Description: "What changes, or would"} // Huma adds the body
	op.Responses = map[string]*huma.Response{"200": either, "201": either}
	return creates(op)
}

type regradeReply struct {
	Status int
	Body   Regrade
}

func (s *Server) postRegrade(ctx context.Context, in *struct{ Body RegradeRequest }) (*regradeReply, error) {
	request := regrade.Request{
		Question: question.ID(in.Body.Question), Version: question.Version(in.Body.Version), Action: assessment.RulingAction(in.Body.Action), Reason: in.Body.Reason,
	}
	if in.Body.Key != nil {
		key := in.Body.Key.question()
		request.Key = &key
	}
	if in.Body.DryRun {
		p, err := s.Regrades.Preview(ctx, actorOf(ctx), request)
		if err != nil {
			return nil, err
		}
		return &regradeReply{Status: http.StatusOK, Body: regradePreview(in.Body, p)}, nil
	}
	r, err := s.Regrades.Rule(ctx, actorOf(ctx), request)
	if err != nil {
		return nil, err
	}
	return &regradeReply{Status: http.StatusCreated, Body: regradeOf(r)}, nil
}

func (s *Server) getRegrades(ctx context.Context, in *struct {
	Cursor string `query:"cursor" maxLength:"64" doc:"As the page before gave it"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}) (*reply[RegradeList], error) {
	list, err := s.Regrades.Regrades(ctx, actorOf(ctx), assessment.RulingID(in.Cursor), in.Limit)
	if err != nil {
		return nil, err
	}
	out := RegradeList{Items: listed(list, regradeOf)}
	if len(list) == in.Limit {
		out.NextCursor = string(list[len(list)-1].ID)
	}
	return ok(out), nil
}

func (s *Server) getRegrade(ctx context.Context, in *struct {
	Regrade string `path:"regrade" maxLength:"64"`
}) (*reply[Regrade], error) {
	r, err := s.Regrades.Regrade(ctx, actorOf(ctx), assessment.RulingID(in.Regrade))
	if err != nil {
		return nil, err
	}
	return ok(regradeOf(r)), nil
}

func regradeOf(r regrade.Regrade) Regrade {
	return Regrade{
		ID: string(r.ID), State: string(r.State), Question: string(r.Question), Version: string(r.Version), Action: string(r.Action),
		Replacement: string(r.Replacement), Reason: r.Reason, At: occasion(r.At), EndedAt: occasion(r.EndedAt), Attempts: r.Total, Seen: r.Seen,
		Changes: changes(r.Counts), Cohorts: []CohortChanges{}, Rows: []ResultChange{},
	}
}

func changes(c regrade.Counts) ResultChanges {
	return ResultChanges{Changed: c.Changed, Higher: c.Higher, Lower: c.Lower, Gained: c.Gained, Lost: c.Lost}
}

func regradePreview(in RegradeRequest, p regrade.Preview) Regrade {
	return Regrade{
		State: "preview", Question: in.Question, Version: in.Version, Action: in.Action, Reason: in.Reason, Attempts: p.Ended, Open: p.Open, Kept: p.Kept, Changes: changes(p.Counts),
		Cohorts: listed(p.Cohorts, func(c regrade.CohortCounts) CohortChanges {
			return CohortChanges{Cohort: c.Cohort, Attempts: c.Ended, Changes: changes(c.Counts)}
		}),
		Rows: listed(p.Rows, func(r regrade.Row) ResultChange {
			return ResultChange{Quiz: r.Quiz, ScoreBefore: r.ScoreBefore, ScoreAfter: r.ScoreAfter, PassedBefore: r.PassedBefore, PassedAfter: r.PassedAfter}
		}),
	}
}
