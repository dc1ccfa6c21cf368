package api

import (
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/readiness"
)

func (s *Server) cohortSummary(g readiness.Glance) CohortSummary {
	out := CohortSummary{
		ID: string(g.ID), Name: g.Name, DeploysOn: g.DeploysOn, Archived: g.ArchivedAt != nil, People: g.People, Ready: g.Standings[readiness.Ready],
		WillLapse: g.Standings[readiness.WillLapse], Behind: g.Standings[readiness.Behind], NotStarted: g.Standings[readiness.NotStarted],
	}
	if g.Need != nil {
		need := s.need(*g.Need)
		out.Need = &need
	}
	return out
}

func (s *Server) cohort(d cohort.Detail) Cohort {
	out := Cohort{
		ID: string(d.ID), Name: d.Name, DeploysOn: d.DeploysOn, JoinCode: d.JoinCode, Archived: d.ArchivedAt != nil,
		CreatedAt: stamp(d.CreatedAt), Coordinators: []CohortCoordinator{}, Assignments: []CohortAssignment{}, People: d.People,
	}
	for _, u := range d.Coordinators {
		out.Coordinators = append(out.Coordinators, CohortCoordinator{ID: string(u.ID), Name: u.Name, Username: u.Username})
	}
	for _, a := range d.Assignments {
		out.Assignments = append(out.Assignments, s.assignment(a))
	}
	return out
}

func (s *Server) assignment(a cohort.Assignment) CohortAssignment {
	return CohortAssignment{Kind: string(a.Kind), Slug: a.Slug, Title: s.titleOf(a), DueOn: a.DueOn}
}

// titleOf names what is assigned; by its slug where it is no longer taught.
func (s *Server) titleOf(a cohort.Assignment) string {
	if m, ok := s.Catalogue.Module(curriculum.ModuleSlug(a.Slug)); ok && a.Kind == cohort.KindModule {
		return m.Title
	}
	if q, ok := s.Catalogue.Quiz(curriculum.QuizSlug(a.Slug)); ok && a.Kind == cohort.KindExam {
		return q.Title
	}
	return a.Slug
}

func assignments(chosen []AssignmentChoice) []cohort.Assignment {
	list := make([]cohort.Assignment, len(chosen))
	for i, c := range chosen {
		list[i] = cohort.Assignment{Kind: cohort.Kind(c.Kind), Slug: c.Slug, DueOn: c.DueOn}
	}
	return list
}

func (c Chosen) users() []identity.UserID {
	users := make([]identity.UserID, len(c.Users))
	for i, id := range c.Users {
		users[i] = identity.UserID(id)
	}
	return users
}

func (s *Server) importReport(r cohort.ImportReport) ImportReport {
	out := ImportReport{
		Rows: r.Rows, Created: r.Created, People: make([]ImportPerson, len(r.People)), Findings: make([]ImportFinding, len(r.Findings)),
		Known: r.Known, AlreadyDue: listed(r.Overdue, s.assignment),
	}
	for i, p := range r.People {
		out.People[i] = ImportPerson{Line: p.Line, Name: p.Name, Username: p.Username, Email: p.Email, Known: p.Known}
	}
	for i, f := range r.Findings {
		out.Findings[i] = ImportFinding{Line: f.Line, Severity: string(f.Severity), Message: f.Message}
	}
	return out
}

func signInCodes(codes []cohort.SignInCode) SignInCodes {
	out := SignInCodes{Items: make([]SignInCode, len(codes))}
	for i, c := range codes {
		out.Items[i] = SignInCode{
			User: string(c.User), Name: c.Member.Name, Username: c.Member.Username, Code: c.Printed, ExpiresAt: stamp(c.ExpiresAt),
		}
	}
	return out
}

func messageList(in cohort.Inbox) MessageList {
	out := MessageList{Items: make([]ReceivedMessage, len(in.Messages)), Unread: in.Unread}
	for i, m := range in.Messages {
		out.Items[i] = ReceivedMessage{
			ID: string(m.ID), From: m.SenderName, Cohort: m.CohortName, Subject: m.Subject, Body: m.Body,
			SentAt: stamp(m.SentAt), Read: m.ReadAt != nil,
		}
	}
	return out
}
