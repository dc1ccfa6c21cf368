package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/interchange"
	"muster/internal/interchange/formats"
	"muster/internal/question"
)

// shownWhole is how many questions of an import are shown with all their texts.
const shownWhole = 200

// exchangeRoutes are the addresses of questions as files.
func (s *Server) exchangeRoutes(api huma.API) {
	handle(s, api, takes(documentBody, s.operation(http.MethodPost, "/question-imports", "importQuestions", "Keep the questions of a file as drafts, or say what that would do", reviewer)), s.postQuestionImport)
	handle(s, api, givesQuestions(s.operation(http.MethodGet, "/question-exports", "exportQuestions", "The questions that fit, as a file with their keys; that it was taken is kept", reviewer)), s.getQuestionExport)
	handle(s, api, s.operation(http.MethodGet, "/question-export-findings", "questionExportFindings", "What of the questions that fit a format cannot carry", reviewer), s.getQuestionExportFindings)
	handle(s, api, givesQuestions(s.operation(http.MethodGet, "/question-templates", "questionTemplate", "An example of every kind as a file, to be filled in or followed", reviewer)), s.getQuestionTemplate)
}

// givesQuestions describes an operation that answers with a file of questions.
func givesQuestions(op huma.Operation) huma.Operation {
	file := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	content := map[string]*huma.MediaType{}
	for _, f := range formats.All() {
		media, _, _ := strings.Cut(f.Media, ";")
		content[media] = file
	}
	op.Responses = map[string]*huma.Response{"200": {Description: "The questions", Content: content}}
	op.DefaultStatus = http.StatusOK
	return op
}

func (s *Server) exchange() *bank.Exchange { return &bank.Exchange{Bank: s.Bank, Trail: s.Taken} }

func (s *Server) postQuestionImport(ctx context.Context, in *struct{ Body QuestionImport }) (*reply[QuestionImportReport], error) {
	b := in.Body
	report, err := s.exchange().Import(ctx, actorOf(ctx), bank.Import{
		Format: b.Format, Name: b.Name, File: b.File, DryRun: b.DryRun, Copies: b.Copies, Pool: question.Pool(b.Pool), Outcomes: b.Outcomes,
		Module: curriculum.ModuleSlug(b.Module), Lesson: curriculum.LessonSlug(b.Lesson), Tags: b.Tags,
	})
	if err != nil {
		return nil, err
	}
	return ok(questionImportReport(report)), nil
}

// QuestionFileQuery says which questions are wanted, and in which format.
type QuestionFileQuery struct {
	Format     string `query:"format" required:"true" enum:"sheet,csv,aiken,gift,moodlexml,qti21,qti30" doc:"sheet: XLSX"`
	Search     string `query:"search" maxLength:"400" doc:"Words that are all in its texts or its id"`
	State      string `query:"state" enum:"draft,review,approved,retired"`
	Pool       string `query:"pool" enum:"practice,exam"`
	Kind       string `query:"kind" maxLength:"20"`
	Module     string `query:"module" maxLength:"200"`
	Lesson     string `query:"lesson" maxLength:"200"`
	Outcome    string `query:"outcome" maxLength:"300"`
	Tag        string `query:"tag" maxLength:"200"`
	Difficulty int    `query:"difficulty" minimum:"1" maximum:"3"`
	Stale      string `query:"stale" enum:"yes,no"`
	Origin     string `query:"origin" enum:"content,authored"`
	Document   string `query:"document" maxLength:"200" doc:"That an anchor names"`
}

func (q QuestionFileQuery) filter() bank.Filter {
	return QuestionFilter{
		Search: q.Search, State: q.State, Pool: q.Pool, Kind: q.Kind, Module: q.Module, Lesson: q.Lesson, Outcome: q.Outcome, Tag: q.Tag,
		Difficulty: q.Difficulty, Stale: q.Stale, Origin: q.Origin, Document: q.Document,
	}.filter()
}

func (s *Server) getQuestionExport(ctx context.Context, in *QuestionFileQuery) (*fileReply, error) {
	return questionFile(s.exchange().Export(ctx, actorOf(ctx), in.filter(), in.Format))
}

func (s *Server) getQuestionTemplate(_ context.Context, in *struct {
	Format string `query:"format" required:"true" enum:"sheet,csv,aiken,gift,moodlexml,qti21,qti30" doc:"sheet: XLSX"`
}) (*fileReply, error) {
	return questionFile(s.exchange().Template(in.Format))
}

func questionFile(f bank.Export, err error) (*fileReply, error) {
	if err != nil {
		return nil, err
	}
	return &fileReply{ContentType: f.Media, Disposition: fmt.Sprintf("attachment; filename=%q", f.Name), Body: f.File}, nil
}

func (s *Server) getQuestionExportFindings(ctx context.Context, in *QuestionFileQuery) (*reply[QuestionExportFindings], error) {
	f, err := s.exchange().Foresee(ctx, actorOf(ctx), in.filter(), in.Format)
	if err != nil {
		return nil, err
	}
	return ok(QuestionExportFindings{Questions: f.Count, Left: f.Left(), Findings: listed(f.Findings, exchangeFinding)}), nil
}

func questionImportReport(r bank.ImportReport) QuestionImportReport {
	out := QuestionImportReport{
		Format: r.Format, Created: r.Created, Pictures: r.Pictures, Known: r.Known, Refused: r.Refused,
		Questions: make([]ImportedQuestion, len(r.Questions)), Findings: listed(r.Findings, exchangeFinding),
	}
	for i, q := range r.Questions {
		item := ImportedQuestion{
			Line: q.Line, ID: string(q.ID), Title: interchange.Item{Question: q.Question}.Called(), Kind: string(q.Question.Kind), Known: q.Known, Tags: q.Tags,
		}
		for _, f := range q.Findings {
			if f.Severity == bank.Blocks {
				item.Open++
			}
		}
		if i < shownWhole {
			text := questionText(q.Question)
			item.Question, item.Findings = &text, listed(q.Findings, questionFinding)
		}
		out.Questions[i] = item
	}
	return out
}

func exchangeFinding(f interchange.Finding) ExchangeFinding {
	return ExchangeFinding{Line: f.Line, Column: f.Column, Question: f.Item, Severity: string(f.Severity), Message: f.Message}
}
