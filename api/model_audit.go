package api

import "encoding/json"

// AuditPage is a part of the audit trail, newest first.
type AuditPage struct {
	Items      []AuditEntry `json:"items"`
	NextCursor int64        `json:"next_cursor,omitempty" doc:"To read on with; absent after the oldest"`
}

// AuditEntry is one deed. Names are those of today.
type AuditEntry struct {
	Seq           int64           `json:"seq" doc:"From 1, without gaps"`
	At            string          `json:"at" format:"date-time"`
	Actor         string          `json:"actor" doc:"User id, or system"`
	ActorName     string          `json:"actor_name,omitempty"`
	ActorUsername string          `json:"actor_username,omitempty"`
	Action        string          `json:"action" doc:"noun.verb; the list only grows" example:"session.start"`
	Object        string          `json:"object" doc:"Id of what it was done to, or nothing"`
	ObjectName    string          `json:"object_name,omitempty" doc:"Of a person or a cohort"`
	Detail        json.RawMessage `json:"detail,omitempty" doc:"An object or a text"`
}

// AuditVerification is what a check of the chain found.
type AuditVerification struct {
	Entries  int64 `json:"entries" doc:"That hold, from the oldest"`
	Holds    bool  `json:"holds"`
	BrokenAt int64 `json:"broken_at,omitempty" doc:"The first entry that was altered, dropped or moved"`
}
