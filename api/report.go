package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/readiness"
	"muster/internal/report"
)

// reportRoutes are the addresses of reports that are made every week.
func (s *Server) reportRoutes(api huma.API) {
	handle(s, api, s.operation(http.MethodGet, "/cohorts/{cohort}/report-schedule", "reportSchedule", "Which report of a cohort the person gets every week", coordinating), s.getSchedule)
	handle(s, api, s.operation(http.MethodPut, "/cohorts/{cohort}/report-schedule", "scheduleReport", "Get a report of a cohort every week", coordinating), s.putSchedule)
	handle(s, api, s.operation(http.MethodDelete, "/cohorts/{cohort}/report-schedule", "endReports", "Get no more reports of a cohort; those that were made stay", coordinating), s.deleteSchedule)
	handle(s, api, s.operation(http.MethodGet, "/cohorts/{cohort}/report-files", "reportFiles", "The newest weekly reports that were made for the person", coordinating), s.getReportFiles)
	handle(s, api, givesReport(s.operation(http.MethodGet, "/cohorts/{cohort}/report-files/{file}", "reportFile", "A weekly report that was made for the person", coordinating)), s.getReportFile)
	handle(s, api, s.operation(http.MethodPut, "/me/email", "changeEmail", "Change the address that reports are sent to", coordinating), s.putEmail)
}

func (s *Server) getSchedule(ctx context.Context, in *CohortPath) (*reply[ReportSchedule], error) {
	subscribed, err := s.Reports.Schedule(ctx, actorOf(ctx), in.id())
	return s.schedule(ctx, subscribed, err)
}

func (s *Server) putSchedule(ctx context.Context, in *struct {
	CohortPath
	Body ReportWish
}) (*reply[ReportSchedule], error) {
	subscribed, err := s.Reports.Subscribe(ctx, actorOf(ctx), in.id(), report.Format(in.Body.Format), in.Body.Weekday)
	return s.schedule(ctx, subscribed, err)
}

func (s *Server) deleteSchedule(ctx context.Context, in *CohortPath) (*reply[ReportSchedule], error) {
	return s.schedule(ctx, readiness.Subscription{}, s.Reports.Unsubscribe(ctx, actorOf(ctx), in.id()))
}

// schedule answers with what the actor asked for, if anything.
func (s *Server) schedule(ctx context.Context, subscribed readiness.Subscription, err error) (*reply[ReportSchedule], error) {
	if err != nil {
		return nil, err
	}
	_, user, err := s.Identity.Authenticate(ctx, actorOf(ctx).Session)
	if err != nil {
		return nil, err
	}
	out := ReportSchedule{Mails: s.Reports.Mailer != nil, Email: user.Email}
	if subscribed != (readiness.Subscription{}) {
		next := subscribed.Next()
		out.NextAt, out.Wish = &next, &ReportWish{Format: string(subscribed.Format), Weekday: subscribed.Weekday}
	}
	return ok(out), nil
}

func (s *Server) getReportFiles(ctx context.Context, in *CohortPath) (*reply[ReportFileList], error) {
	files, err := s.Reports.Files(ctx, actorOf(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return ok(ReportFileList{Items: listed(files, func(f readiness.ReportFile) ReportFile {
		return ReportFile{ID: string(f.ID), Name: f.Name, Format: string(f.Format), MadeAt: f.MadeAt, Bytes: f.Size, Mail: string(f.Mail)}
	})}), nil
}

func (s *Server) getReportFile(ctx context.Context, in *struct {
	CohortPath
	File string `path:"file" maxLength:"64"`
}) (*fileReply, error) {
	file, err := s.Reports.File(ctx, actorOf(ctx), in.id(), readiness.FileID(in.File))
	if err != nil {
		return nil, err
	}
	return sendFile(file.Export, file.Format), nil
}

func (s *Server) putEmail(ctx context.Context, in *struct{ Body OwnEmail }) (*reply[OwnEmail], error) {
	if err := s.Identity.ChangeEmail(ctx, actorOf(ctx), in.Body.Email); err != nil {
		return nil, err
	}
	return ok(in.Body), nil
}
