package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/marking"
	"muster/internal/question"
)

// markingRoutes are the addresses of those who mark essays.
func (s *Server) markingRoutes(api huma.API) {
	handle(s, api, s.operation(http.MethodGet, "/marking", "essayAnswers", "Answers that a person marks: those that wait, oldest first, or those that are marked, newest first", reviewer), s.getEssays)
	handle(s, api, s.operation(http.MethodGet, "/marking/{answer}", "essayAnswer", "An answer with its rubric and its marks", reviewer), s.getEssay)
	handle(s, api, creates(s.operation(http.MethodPost, "/marking/{answer}/marks", "markEssay", "Mark an answer; its attempt is graded anew", reviewer)), s.postMark)
}

func (s *Server) getEssays(ctx context.Context, in *struct {
	State  string `query:"state" enum:"waiting,marked" default:"waiting"`
	Quiz   string `query:"quiz" maxLength:"200" doc:"Slug; left out for all"`
	Cursor string `query:"cursor" maxLength:"64" doc:"As the page before gave it"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}) (*reply[EssayList], error) {
	page, err := s.Marking.Answers(ctx, actorOf(ctx), marking.Filter{
		Marked: in.State == "marked", Quiz: curriculum.QuizSlug(in.Quiz), Limit: in.Limit, Cursor: in.Cursor,
	})
	if err != nil {
		return nil, err
	}
	out := EssayList{
		Items: listed(page.Answers, func(a marking.Answer) EssayItem {
			return s.essayItem(a, page.Questions[a.Version], page.Names[a.Marker])
		}),
		Quizzes: listed(page.Waiting, func(c marking.QuizCount) EssayQuiz {
			return EssayQuiz{Quiz: string(c.Quiz), Title: s.quizTitle(c.Quiz), Waiting: c.Waiting}
		}),
		Total: page.Total, NextCursor: page.Next,
	}
	for _, c := range page.Waiting {
		out.Waiting += c.Waiting
	}
	return ok(out), nil
}

// AnswerPath names an answer that a person marks.
type AnswerPath struct {
	Answer string `path:"answer" maxLength:"64"`
}

func (s *Server) getEssay(ctx context.Context, in *AnswerPath) (*reply[Essay], error) {
	opened, err := s.Marking.Open(ctx, actorOf(ctx), assessment.AnswerID(in.Answer))
	if err != nil {
		return nil, err
	}
	return ok(s.essay(opened)), nil
}

func (s *Server) postMark(ctx context.Context, in *struct {
	AnswerPath
	Body EssayMarking
}) (*reply[Essay], error) {
	mark := assessment.Mark{Points: in.Body.Points, Of: in.Body.Of, Comment: strings.TrimSpace(in.Body.Comment), Reason: strings.TrimSpace(in.Body.Reason)}
	opened, err := s.Marking.Mark(ctx, actorOf(ctx), assessment.AnswerID(in.Answer), mark, in.Body.Marks)
	if err != nil {
		return nil, err
	}
	return ok(s.essay(opened)), nil
}

// paragraphs renders lines of Markdown below one another.
func paragraphs(lines []string) string {
	var out strings.Builder
	for _, line := range lines {
		out.WriteString("<p>" + curriculum.RenderInline(line) + "</p>")
	}
	return out.String()
}

// quizTitle names a quiz, whether it is offered or not.
func (s *Server) quizTitle(slug curriculum.QuizSlug) string {
	quiz, _ := s.Catalogue.Quiz(slug)
	return quiz.Title
}

func (s *Server) essayItem(a marking.Answer, q question.Question, marker string) EssayItem {
	out := EssayItem{
		ID: string(a.ID), Quiz: string(a.Quiz), QuizTitle: s.quizTitle(a.Quiz), Question: string(a.Question),
		StemHTML: curriculum.RenderInline(q.Stem), EndedAt: stamp(a.QueuedAt), State: "waiting",
	}
	if !a.Awaiting {
		out.State, out.MarkedAt, out.Marker, out.Fraction = "marked", stamp(a.MarkedAt), marker, &a.Fraction
	}
	return out
}

func (s *Server) essay(in marking.Opened) Essay {
	q := in.EssayAnswer.Question
	out := Essay{
		EssayItem: s.essayItem(in.Answer, q, in.Names[in.Marker]), Pictures: some(q.Pictures, pictureText), Text: in.Text, Of: in.Of, Words: len(strings.Fields(in.Text)), MaxWords: q.MaxWords,
		Rubric: listed(q.Rubric, func(c question.Criterion) EssayCriterion {
			return EssayCriterion{HTML: curriculum.RenderInline(c.Text), GuideHTML: curriculum.RenderInline(c.Guide), Points: c.Points}
		}),
		ModelHTML: paragraphs(question.KeyLines(q)), ExplanationHTML: curriculum.RenderInline(q.Explanation),
		Marks: listed(in.Marks, func(m assessment.Mark) EssayMark {
			result, _ := question.ScoreEssay(q, m.Points) // a mark that was kept fits
			return EssayMark{
				Points: m.Points, Fraction: result.Fraction, Comment: m.Comment, Reason: m.Reason, Marker: in.Names[m.By], At: stamp(m.At),
			}
		}),
		Next: string(in.Next),
	}
	slices.Reverse(out.Marks)
	return out
}
