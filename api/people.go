package api

import (
	"context"
	"net/http"

	"muster/internal/cohort"
)

func (s *Server) postImport(ctx context.Context, in *struct {
	CohortPath
	Body ImportRequest
}) (*reply[ImportReport], error) {
	report, err := s.Cohorts.Import(ctx, actorOf(ctx), in.id(), cohort.Import{
		Format: cohort.Format(in.Body.Format), File: in.Body.File, DryRun: in.Body.DryRun, SkipBad: in.Body.SkipBad,
		AddKnown: in.Body.AddKnown, NewDate: in.Body.NewDate,
	})
	if err != nil {
		return nil, err
	}
	return ok(s.importReport(report)), nil
}

func (s *Server) postEnrolments(ctx context.Context, in *struct {
	CohortPath
	Body EnrolmentChange
}) (*reply[Affected], error) {
	return affected(s.Cohorts.ChangeEnrolments(ctx, actorOf(ctx), in.id(), cohort.EnrolmentChange{
		Users: in.Body.users(), Action: cohort.EnrolmentAction(in.Body.Action), To: cohort.ID(in.Body.To),
	}))
}

func (s *Server) postSignInCodes(ctx context.Context, in *struct {
	CohortPath
	Body Chosen
}) (*reply[SignInCodes], error) {
	codes, err := s.Cohorts.IssueSignInCodes(ctx, actorOf(ctx), in.id(), in.Body.users())
	if err != nil {
		return nil, err
	}
	return ok(signInCodes(codes)), nil
}

func (s *Server) postMessage(ctx context.Context, in *struct {
	CohortPath
	Body MessageRequest
}) (*reply[Affected], error) {
	return affected(s.Cohorts.Send(ctx, actorOf(ctx), in.id(), in.Body.users(), cohort.Message{
		Subject: in.Body.Subject, Body: in.Body.Body, About: in.Body.About,
	}))
}

// affected answers with how many people something was done for.
func affected(people int, err error) (*reply[Affected], error) {
	if err != nil {
		return nil, err
	}
	return ok(Affected{People: people}), nil
}

func (s *Server) getMessages(ctx context.Context, _ *struct{}) (*reply[MessageList], error) {
	return inbox(s.Cohorts.Inbox(ctx, actorOf(ctx)))
}

// MessagePath names a message.
type MessagePath struct {
	Message string `path:"message" maxLength:"64"`
}

func (s *Server) putMessage(ctx context.Context, in *struct {
	MessagePath
	Body MessageMark
}) (*reply[MessageList], error) {
	return inbox(s.Cohorts.Mark(ctx, actorOf(ctx), cohort.MessageID(in.Message), in.Body.Read))
}

func inbox(in cohort.Inbox, err error) (*reply[MessageList], error) {
	if err != nil {
		return nil, err
	}
	return ok(messageList(in)), nil
}

func (s *Server) postCode(ctx context.Context, in *struct{ Body CodeSignIn }) (*sessionReply, error) {
	signed, err := s.Identity.SignInByCode(ctx, in.Body.Username, in.Body.Code, in.Body.Password, addressOf(ctx))
	if err != nil {
		return nil, err
	}
	return s.session(ctx, http.StatusOK, signed)
}
