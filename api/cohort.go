package api

import (
	"context"

	"muster/internal/cohort"
)

// CohortPath names a cohort.
type CohortPath struct {
	Cohort string `path:"cohort" maxLength:"64"`
}

func (p CohortPath) id() cohort.ID { return cohort.ID(p.Cohort) }

// CoordinatorPath names a coordinator of a cohort.
type CoordinatorPath struct {
	CohortPath
	Username string `path:"username" maxLength:"200"`
}

func (s *Server) getCohorts(ctx context.Context, in *struct {
	Archived bool `query:"archived" doc:"The archived ones instead of the others"`
}) (*reply[CohortList], error) {
	cohorts, err := s.Cohorts.Cohorts(ctx, actorOf(ctx), in.Archived)
	if err != nil {
		return nil, err
	}
	glances, err := s.Readiness.Glances(ctx, actorOf(ctx), cohorts)
	if err != nil {
		return nil, err
	}
	return ok(CohortList{Items: listed(glances, s.cohortSummary)}), nil
}

func (s *Server) postCohort(ctx context.Context, in *struct{ Body CohortRequest }) (*reply[Cohort], error) {
	made, err := s.Cohorts.Create(ctx, actorOf(ctx), cohort.Plan{
		Name: in.Body.Name, DeploysOn: in.Body.DeploysOn, Assignments: assignments(in.Body.Assignments),
	})
	if err != nil {
		return nil, err
	}
	return s.detail(s.Cohorts.Detail(ctx, actorOf(ctx), made.ID))
}

func (s *Server) getCohort(ctx context.Context, in *CohortPath) (*reply[Cohort], error) {
	return s.detail(s.Cohorts.Detail(ctx, actorOf(ctx), in.id()))
}

func (s *Server) patchCohort(ctx context.Context, in *struct {
	CohortPath
	Body CohortPatch
}) (*reply[Cohort], error) {
	return s.detail(s.Cohorts.Change(ctx, actorOf(ctx), in.id(), cohort.Patch{
		Name: in.Body.Name, DeploysOn: in.Body.DeploysOn, Archived: in.Body.Archived,
	}))
}

func (s *Server) putAssignments(ctx context.Context, in *struct {
	CohortPath
	Body AssignmentChoices
}) (*reply[Cohort], error) {
	return s.detail(s.Cohorts.Assign(ctx, actorOf(ctx), in.id(), assignments(in.Body.Assignments)))
}

func (s *Server) postJoinCode(ctx context.Context, in *CohortPath) (*reply[Cohort], error) {
	return s.detail(s.Cohorts.RenewJoinCode(ctx, actorOf(ctx), in.id()))
}

func (s *Server) putCoordinator(ctx context.Context, in *CoordinatorPath) (*reply[Cohort], error) {
	return s.detail(s.Cohorts.AddCoordinator(ctx, actorOf(ctx), in.id(), in.Username))
}

func (s *Server) deleteCoordinator(ctx context.Context, in *CoordinatorPath) (*reply[Cohort], error) {
	return s.detail(s.Cohorts.RemoveCoordinator(ctx, actorOf(ctx), in.id(), in.Username))
}

// detail answers with a cohort as it is now.
func (s *Server) detail(d cohort.Detail, err error) (*reply[Cohort], error) {
	if err != nil {
		return nil, err
	}
	return ok(s.cohort(d)), nil
}
