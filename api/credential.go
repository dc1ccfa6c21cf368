package api

import (
	"context"

	"muster/internal/credential"
	"muster/internal/curriculum"
	"muster/internal/readiness"
)

// CredentialPath names a credential.
type CredentialPath struct {
	Credential string `path:"credential" maxLength:"100"`
}

func (p CredentialPath) id() credential.ID { return credential.ID(p.Credential) }

func (s *Server) getCredentials(ctx context.Context, _ *struct{}) (*reply[CredentialList], error) {
	held, err := s.Credentials.Mine(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	goals, err := s.Credentials.Goals(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	list := CredentialList{Items: []Credential{}, Goals: []CredentialGoal{}}
	for _, h := range held {
		list.Items = append(list.Items, s.credential(h))
	}
	for _, g := range goals {
		list.Goals = append(list.Goals, credentialGoal(g))
	}
	return ok(list), nil
}

func (s *Server) putCredential(ctx context.Context, in *struct {
	CredentialPath
	Body NameShown
}) (*reply[Credential], error) {
	held, err := s.Credentials.Show(ctx, actorOf(ctx), in.id(), credential.Shown(in.Body.ShowName))
	if err != nil {
		return nil, err
	}
	return ok(s.credential(held)), nil
}

func (s *Server) postRevocation(ctx context.Context, in *struct {
	CredentialPath
	Body RevocationRequest
}) (*reply[HeldCredential], error) {
	held, err := s.Credentials.Revoke(ctx, actorOf(ctx), in.id(), in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return ok(s.heldCredential(held)), nil
}

func (s *Server) getCohortCredentials(ctx context.Context, in *struct {
	CohortPath
	Text       string `query:"q" maxLength:"200" doc:"In the name or username, whatever the case and the accents"`
	Rule       string `query:"rule" maxLength:"100"`
	Status     string `query:"status" enum:"valid,expired,revoked,superseded"`
	EndingSoon bool   `query:"ending_soon" doc:"Only those that are valid and end soon"`
	Limit      int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor     string `query:"cursor" maxLength:"20" doc:"As the page before gave it"`
}) (*reply[HeldCredentialList], error) {
	all, awards, err := s.Credentials.OfCohort(ctx, actorOf(ctx), in.id(), credential.Query{
		Text: in.Text, Award: curriculum.AwardSlug(in.Rule), Status: credential.Status(in.Status), EndingSoon: in.EndingSoon,
	})
	if err != nil {
		return nil, err
	}
	page, next, err := readiness.Page(all, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	return ok(HeldCredentialList{
		Items: listed(page, s.heldCredential), Total: len(all), NextCursor: next,
		Awards: listed(awards, func(a curriculum.Award) AwardName { return AwardName{Rule: string(a.Slug), Title: a.Title} }),
	}), nil
}

func (s *Server) getVerification(ctx context.Context, in *CredentialPath) (*reply[Verification], error) {
	held, err := s.Credentials.Public(ctx, in.id())
	if err != nil {
		return nil, err
	}
	return ok(Verification{
		ID: string(held.ID), Status: string(held.Status(s.Now())), Title: held.Award.Title, Description: held.Award.Description,
		Criteria: held.Award.Criteria, Issuer: credential.IssuerName, IssuedAt: stamp(held.IssuedAt), ValidUntil: stamp(held.ValidUntil),
		Holder: held.Name, ShowName: string(held.Shown), SupersededBy: string(held.SupersededBy), RevokedAt: stamp(held.Revocation.At),
	}), nil
}

func (s *Server) credential(h credential.Held) Credential {
	return Credential{
		ID: string(h.ID), Rule: string(h.Award.Slug), Title: h.Award.Title, Description: h.Award.Description, Criteria: h.Award.Criteria,
		Status: string(h.Status(s.Now())), IssuedAt: stamp(h.IssuedAt), ValidUntil: stamp(h.ValidUntil), SupersededBy: string(h.SupersededBy),
		EndsSoon: h.EndsSoon(s.Now()), RevokedAt: stamp(h.Revocation.At), RevokedReason: h.Revocation.Reason, ShowName: string(h.Shown), ShownName: h.Shown.Of(h.Name),
		VerifyURL: s.Credentials.VerifyURL(h.ID),
	}
}

func (s *Server) heldCredential(h credential.Held) HeldCredential {
	return HeldCredential{Credential: s.credential(h), User: string(h.Holder), Name: h.Name, Username: h.Username}
}

func credentialGoal(g credential.Goal) CredentialGoal {
	out := CredentialGoal{
		Rule: string(g.Award.Slug), Title: g.Award.Title, Description: g.Award.Description, Criteria: g.Award.Criteria,
		ValidMonths: g.Award.ValidMonths, Steps: []CredentialStep{},
	}
	for _, step := range g.Steps {
		out.Steps = append(out.Steps, CredentialStep{
			Quiz: string(step.Quiz.Slug), Title: step.Quiz.Title, Module: string(step.Quiz.Module), Passed: step.Passed,
		})
	}
	return out
}
