package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
	"muster/internal/readiness"
	"muster/internal/report"
)

// PeopleQuery picks people of a cohort and says by what they are listed.
type PeopleQuery struct {
	Text      string `query:"q" maxLength:"200" doc:"In the name or username"`
	Suspended bool   `query:"suspended" doc:"Those who are suspended instead of the others"`
	Standing  string `query:"standing" enum:"ready,will_lapse,behind,not_started"`
	Need      string `query:"need" enum:"critical,failing_outcome,stuck,overdue,joined_late,never_active,inactive,lapsing,late_sync" doc:"With module and outcome, the need in that thing"`
	Module    string `query:"module" maxLength:"100" doc:"Without a need: by the state of the module"`
	Lesson    string `query:"lesson" maxLength:"100" doc:"With module: by the state of the lesson's outcomes"`
	Outcome   string `query:"outcome" maxLength:"200" doc:"Without a need: by the state of the outcome"`
	LateOn    string `query:"late_on" format:"date" doc:"Had something to do by the end of this day and had not done it, or have not yet"`
	State     string `query:"state" enum:"not_held,held,held_now,begun,complete,measured" doc:"Of the module, lesson or outcome; not_held on the day where it is left out"`
	Question  string `query:"question" maxLength:"200" doc:"Made a harmful choice in this decision of a scenario"`
	Choice    string `query:"choice" maxLength:"100" doc:"With question: this one"`
	Sort      string `query:"sort" maxLength:"20" doc:"help (who needs it first), name, progress, overdue, last_active, mastery (on the day, of what module, lesson or outcome name); - before it: downwards"`
}

func (q PeopleQuery) filter() readiness.Filter {
	return readiness.Filter{
		Text: q.Text, Suspended: q.Suspended, Standing: readiness.Standing(q.Standing), Need: readiness.NeedCode(q.Need),
		Module: curriculum.ModuleSlug(q.Module), Lesson: curriculum.LessonSlug(q.Lesson), Outcome: curriculum.OutcomeID(q.Outcome),
		LateOn: q.LateOn, State: readiness.State(q.State),
		Question: question.ID(q.Question), Choice: question.OptionID(q.Choice),
	}
}

func (s *Server) getReadiness(ctx context.Context, in *CohortPath) (*reply[Readiness], error) {
	snapshot, err := s.Readiness.Snapshot(ctx, actorOf(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return ok(s.readiness(snapshot.Overview())), nil
}

func (s *Server) getPeople(ctx context.Context, in *struct {
	CohortPath
	PeopleQuery
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"20" doc:"As the page before gave it"`
}) (*reply[PersonList], error) {
	by, err := readiness.ParseSort(in.Sort)
	if err != nil {
		return nil, err
	}
	snapshot, err := s.Readiness.Snapshot(ctx, actorOf(ctx), in.id())
	if err != nil {
		return nil, err
	}
	all := snapshot.People(in.filter(), by)
	page, next, err := readiness.Page(all, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	return ok(PersonList{
		Modules: moduleColumns(snapshot), Items: listed(page, func(m *readiness.Member) Person {
			p := s.person(m)
			p.Mastery = snapshot.Mastery(m, in.filter())
			return p
		}), Total: len(all), NextCursor: next,
	}), nil
}

func (s *Server) getPerson(ctx context.Context, in *struct {
	CohortPath
	User string `path:"user" maxLength:"64"`
}) (*reply[PersonDetail], error) {
	record, err := s.Readiness.Person(ctx, actorOf(ctx), in.id(), identity.UserID(in.User))
	if err != nil {
		return nil, err
	}
	return ok(s.personDetail(record)), nil
}

func (s *Server) getOwnReadiness(ctx context.Context, _ *struct{}) (*reply[OwnReadiness], error) {
	own, err := s.Readiness.Own(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return ok(OwnReadiness{Target: readiness.Target, Items: listed(own, s.ownCohort)}), nil
}

// fileReply is a file to keep.
type fileReply struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func sendFile(f readiness.Export, format report.Format) *fileReply {
	return &fileReply{ContentType: format.Media(), Disposition: fmt.Sprintf("attachment; filename=%q", f.Name), Body: f.File}
}

func (s *Server) getReport(ctx context.Context, in *struct {
	CohortPath
	PeopleQuery
	Format string `query:"format" required:"true" enum:"csv,xlsx,pdf" doc:"pdf: the whole cohort on one sheet"`
}) (*fileReply, error) {
	by, err := readiness.ParseSort(in.Sort)
	if err != nil {
		return nil, err
	}
	format := report.Format(in.Format)
	export, err := s.Readiness.Export(ctx, actorOf(ctx), in.id(), in.filter(), by, format)
	if err != nil {
		return nil, err
	}
	return sendFile(export, format), nil
}

// givesReport describes an operation that answers with a report.
func givesReport(op huma.Operation) huma.Operation {
	file := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	content := make(map[string]*huma.MediaType, len(report.Formats))
	for _, format := range report.Formats {
		content[format.Media()] = file
	}
	op.Responses = map[string]*huma.Response{"200": {Description: "The people with their figures, as on the page", Content: content}}
	op.DefaultStatus = http.StatusOK
	return op
}
