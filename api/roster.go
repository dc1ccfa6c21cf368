package api

import (
	"context"

	"muster/internal/cohort"
	"muster/internal/readiness"
)

// Roster is one page of the people of a cohort, with what is kept of their place
// in it; where they stand is in PersonList.
type Roster struct {
	Items      []Enrolment `json:"items"`
	Total      int         `json:"total" doc:"Of all pages"`
	NextCursor string      `json:"next_cursor,omitempty"`
}

// Enrolment is somebody's place in a cohort.
type Enrolment struct {
	User     string `json:"user" doc:"Id"`
	Name     string `json:"name"`
	Username string `json:"username"`
	State    string `json:"state" enum:"active,suspended,removed"`
	JoinedAt string `json:"joined_at" format:"date-time"`
	LeftAt   string `json:"left_at,omitempty" format:"date-time"`
	LastSeen string `json:"last_seen,omitempty" format:"date-time" doc:"None: never, or so long ago that it is forgotten"`
	SignedIn bool   `json:"signed_in" doc:"Ever"`
	HasEmail bool   `json:"has_email"`
	HasCode  bool   `json:"has_code" doc:"An unused code to sign in with that holds"`
}

func enrolment(e cohort.Enrolment) Enrolment {
	out := Enrolment{
		User: string(e.ID), Name: e.Name, Username: e.Username, State: string(e.State()), JoinedAt: stamp(e.EnrolledAt),
		SignedIn: e.SignedIn, HasEmail: e.Email != "", HasCode: e.HasCode,
	}
	if e.LeftAt != nil {
		out.LeftAt = stamp(*e.LeftAt)
	}
	if !e.LastSeen.IsZero() {
		out.LastSeen = stamp(e.LastSeen)
	}
	return out
}

func (s *Server) getRoster(ctx context.Context, in *struct {
	CohortPath
	Text   string `query:"q" maxLength:"200" doc:"In the name or username, whatever the case and the accents"`
	State  string `query:"state" enum:"active,suspended,removed" doc:"None: all who are enrolled now. removed: removed or moved, without those who were erased"`
	Unseen bool   `query:"unseen" doc:"Only those who never signed in"`
	Sort   string `query:"sort" maxLength:"20" doc:"name, joined, last_seen; - before it: downwards"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Cursor string `query:"cursor" maxLength:"20" doc:"As the page before gave it"`
}) (*reply[Roster], error) {
	all, err := s.Cohorts.Roster(ctx, actorOf(ctx), in.id(), cohort.RosterQuery{
		Text: in.Text, State: cohort.EnrolmentState(in.State), Unseen: in.Unseen, Sort: in.Sort,
	})
	if err != nil {
		return nil, err
	}
	page, next, err := readiness.Page(all, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	return ok(Roster{Items: listed(page, enrolment), Total: len(all), NextCursor: next}), nil
}
