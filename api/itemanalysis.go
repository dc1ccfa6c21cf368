package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/itemanalysis"
	"muster/internal/question"
	"muster/internal/readiness"
	"muster/internal/report"
)

// analysisRoutes are the addresses of how questions perform.
func (s *Server) analysisRoutes(api huma.API) {
	handle(s, api, s.operation(http.MethodGet, "/item-analysis", "analysedQuizzes", "The quizzes, with the figures that say whether to look at them", reviewer), s.getAnalysedQuizzes)
	handle(s, api, s.operation(http.MethodGet, "/item-analysis/{quiz}", "quizAnalysis", "How a quiz and its questions perform", reviewer), s.getQuizAnalysis)
	handle(s, api, givesItems(s.operation(http.MethodGet, "/item-analysis/{quiz}/report", "quizAnalysisReport", "The questions of a quiz with their figures, as a file", reviewer)), s.getAnalysisReport)
	handle(s, api, s.operation(http.MethodGet, "/item-analysis/{quiz}/items/{question}", "itemAnalysis", "How a question performs in a quiz: its options, curves and versions", reviewer), s.getItemAnalysis)
}

// givesItems describes an operation that answers with the table of items.
func givesItems(op huma.Operation) huma.Operation {
	op = givesReport(op)
	op.Responses["200"].Description = "The questions with their figures, as on the page"
	delete(op.Responses["200"].Content, report.PDF.Media())
	return op
}

// orders sort the list of quizzes.
var orders = map[string]func(a, b itemanalysis.Line) int{
	"curriculum": func(itemanalysis.Line, itemanalysis.Line) int { return 0 },
	"alarms": func(a, b itemanalysis.Line) int {
		return cmp.Or(cmp.Compare(b.Alarms, a.Alarms), cmp.Compare(b.Warnings, a.Warnings))
	},
	"attempts": func(a, b itemanalysis.Line) int { return cmp.Compare(b.Attempts, a.Attempts) },
	"title":    func(a, b itemanalysis.Line) int { return strings.Compare(a.Quiz.Title, b.Quiz.Title) },
	"last_at":  func(a, b itemanalysis.Line) int { return b.To.Compare(a.To) },
}

func (s *Server) getAnalysedQuizzes(ctx context.Context, in *struct {
	Sort   string `query:"sort" enum:"curriculum,alarms,attempts,title,last_at" default:"alarms" doc:"alarms: what needs a look first; attempts and last_at: most and newest first"`
	Cursor string `query:"cursor" maxLength:"20" doc:"As the page before gave it"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"100"`
}) (*reply[AnalysedQuizList], error) {
	lines, err := s.Analysis.Quizzes(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(lines, orders[in.Sort])
	from := 0
	if in.Cursor != "" {
		if from, err = strconv.Atoi(in.Cursor); err != nil || from < 0 {
			return nil, errs.InvalidField("cursor", "The cursor is not one that this list gave.")
		}
	}
	page := lines[min(from, len(lines)):min(from+in.Limit, len(lines))]
	out := AnalysedQuizList{Items: listed(page, analysedQuiz), Total: len(lines)}
	if next := from + in.Limit; next < len(lines) {
		out.NextCursor = strconv.Itoa(next)
	}
	return ok(out), nil
}

// AnalysisPath names a quiz and which attempts to look at.
type AnalysisPath struct {
	Quiz     string `path:"quiz" maxLength:"200"`
	Attempts string `query:"attempts" enum:"first,last,all" default:"first" doc:"Which attempts of each person"`
}

func (p AnalysisPath) quiz() curriculum.QuizSlug { return curriculum.QuizSlug(p.Quiz) }

func (p AnalysisPath) which() itemanalysis.Which { return itemanalysis.Which(p.Attempts) }

// line is what the catalogue says of a quiz.
func (s *Server) line(slug curriculum.QuizSlug) itemanalysis.Line {
	quiz, _ := s.Catalogue.Quiz(slug)
	return itemanalysis.Line{Quiz: quiz}
}

func (s *Server) getQuizAnalysis(ctx context.Context, in *AnalysisPath) (*reply[QuizAnalysis], error) {
	a, err := s.Analysis.Quiz(ctx, actorOf(ctx), in.quiz(), in.which())
	if err != nil {
		return nil, err
	}
	return ok(quizAnalysis(s.line(in.quiz()), a)), nil
}

func (s *Server) getAnalysisReport(ctx context.Context, in *struct {
	AnalysisPath
	Format string `query:"format" required:"true" enum:"csv,xlsx"`
}) (*fileReply, error) {
	format := report.Format(in.Format)
	name, file, err := s.Analysis.Export(ctx, actorOf(ctx), in.quiz(), in.which(), format)
	if err != nil {
		return nil, err
	}
	return sendFile(readiness.Export{Name: name, File: file}, format), nil
}

func (s *Server) getItemAnalysis(ctx context.Context, in *struct {
	AnalysisPath
	Question string `path:"question" maxLength:"200"`
}) (*reply[ItemAnalysis], error) {
	a, items, err := s.Analysis.Question(ctx, actorOf(ctx), in.quiz(), question.ID(in.Question), in.which())
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(items, func(x, y itemanalysis.Item) int { // as people get it now, first
		return cmp.Compare(map[bool]int{true: 0, false: 1}[x.Current], map[bool]int{true: 0, false: 1}[y.Current])
	})
	return ok(itemAnalysis(s.line(in.quiz()), a, items)), nil
}
