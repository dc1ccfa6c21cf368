package api

import (
	"context"
	"encoding/json"
	"time"

	"muster/internal/audit"
	"muster/internal/trail"
)

// AuditQuery picks entries of the audit trail.
type AuditQuery struct {
	Actor  string    `query:"actor" maxLength:"200" doc:"Username or id; system for what the program did"`
	Action string    `query:"action" maxLength:"100" doc:"As session.start, or session for all that was done to sessions"`
	Object string    `query:"object" maxLength:"300" doc:"Id of what it was done to"`
	From   time.Time `query:"from" doc:"Inclusive"`
	To     time.Time `query:"to" doc:"Exclusive"`
	Cursor int64     `query:"cursor" minimum:"1" doc:"As the page before gave it"`
	Limit  int       `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *Server) getAudit(ctx context.Context, in *AuditQuery) (*reply[AuditPage], error) {
	page, err := s.Trail.Entries(ctx, actorOf(ctx), trail.Query{
		Actor: in.Actor, Action: audit.Action(in.Action), Object: in.Object, From: in.From, To: in.To, Before: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return ok(AuditPage{Items: listed(page.Entries, auditEntry), NextCursor: page.Next}), nil
}

func auditEntry(e trail.Entry) AuditEntry {
	return AuditEntry{
		Seq: e.Seq, At: stamp(e.At), Actor: e.Actor, ActorName: e.ActorName, ActorUsername: e.ActorUsername,
		Action: string(e.Action), Object: e.Object, ObjectName: e.ObjectName, Detail: auditDetail(e.Detail),
	}
}

// auditDetail gives a detail that is an object as it is, and any other as a text.
func auditDetail(detail string) json.RawMessage {
	if detail == "" {
		return nil
	}
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(detail), &object) == nil {
		return json.RawMessage(detail)
	}
	text, _ := json.Marshal(detail) // of a string: it never fails
	return text
}

func (s *Server) getAuditVerification(ctx context.Context, _ *struct{}) (*reply[AuditVerification], error) {
	found, err := s.Trail.Verify(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return ok(AuditVerification{Entries: found.Entries, Holds: found.BrokenAt == 0, BrokenAt: found.BrokenAt}), nil
}
