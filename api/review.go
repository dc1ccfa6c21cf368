package api

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/question"
	"muster/internal/review"
)

// SubjectPath names a text that can be reviewed.
type SubjectPath struct {
	Subject string `path:"subject" maxLength:"300"`
}

func (s *Server) getReviews(ctx context.Context, _ *struct{}) (*reply[ReviewList], error) {
	subjects, standings, err := s.Review.Standings(ctx)
	if err != nil {
		return nil, err
	}
	list := ReviewList{Items: make([]ReviewCard, len(subjects))}
	for i, subject := range subjects {
		st := standings[i]
		list.Items[i] = ReviewCard{
			Subject: string(subject.ID), Kind: string(subject.Kind), Module: string(subject.Module), Lesson: string(subject.Lesson),
			Title: subject.Title, Approvals: len(st.Approved), Comments: len(st.Comments), Earlier: len(st.Earlier),
		}
		if q, ok := s.Catalogue.Question(question.ID(subject.ID)); ok && subject.Kind == curriculum.SubjectQuestion {
			list.Items[i].Pool = string(q.Pool)
		}
	}
	return ok(list), nil
}

func (s *Server) getReview(ctx context.Context, in *SubjectPath) (*reply[Review], error) {
	standing, err := s.Review.Standing(ctx, curriculum.SubjectID(in.Subject))
	if err != nil {
		return nil, err
	}
	return s.review(ctx, curriculum.SubjectID(in.Subject), standing)
}

func (s *Server) postRemark(ctx context.Context, in *struct {
	SubjectPath
	Body RemarkRequest
}) (*reply[Review], error) {
	id := curriculum.SubjectID(in.Subject)
	standing, err := s.Review.Remark(ctx, actorOf(ctx), review.Remark{
		Subject: id, Version: in.Body.Version, Verdict: review.Verdict(in.Body.Verdict), Quote: in.Body.Quote, Text: in.Body.Text,
	})
	if err != nil {
		return nil, err
	}
	if err := s.RefreshReviews(ctx); err != nil {
		return nil, err
	}
	return s.review(ctx, id, standing)
}

// RefreshReviews reads which texts are approved, so that trainees see it; to be
// called at start and from time to time, as another process may have taken a
// remark.
func (s *Server) RefreshReviews(ctx context.Context) error {
	s.reading.Lock() // else what was read first may be kept last
	defer s.reading.Unlock()
	subjects, standings, err := s.Review.Standings(ctx)
	if err != nil {
		return err
	}
	approved := approvals{}
	for i, subject := range subjects {
		if len(standings[i].Approved) > 0 {
			approved[subject.ID] = true
		}
	}
	if maps.Equal(*s.approved.Load(), approved) {
		return nil
	}
	pages, err := makePages(catalogueView{s.Catalogue, approved})
	if err != nil {
		return err
	}
	s.approved.Store(&approved)
	s.pages.Store(&pages)
	return nil
}

// approvals are the subjects whose current version is approved.
type approvals map[curriculum.SubjectID]bool

// state gives the review state of a text: what the site says, or else its file.
func (a approvals) state(id curriculum.SubjectID, written question.ReviewState) string {
	if a[id] {
		return string(question.Approved)
	}
	return string(written)
}

func (s *Server) review(ctx context.Context, id curriculum.SubjectID, st review.Standing) (*reply[Review], error) {
	subjects := s.Catalogue.Subjects()
	i := slices.IndexFunc(subjects, func(subject curriculum.Subject) bool { return subject.ID == id })
	if i < 0 {
		return nil, errs.Missing("text")
	}
	subject := subjects[i]
	out := Review{
		Subject: string(id), Kind: string(subject.Kind), Module: string(subject.Module), Lesson: string(subject.Lesson),
		Title: subject.Title, Version: subject.Version,
		Approvals: remarks(st.Approved), Comments: remarks(st.Comments), Earlier: remarks(st.Earlier),
		Approved: st.ApprovedBy(actorOf(ctx).ID),
	}
	if i > 0 {
		out.Previous = string(subjects[i-1].ID)
	}
	if i+1 < len(subjects) {
		out.Next = string(subjects[i+1].ID)
	}
	if q, found := s.Catalogue.Question(question.ID(id)); found && subject.Kind == curriculum.SubjectQuestion {
		out.Question = s.reviewQuestion(q)
	}
	return ok(out), nil
}

func remarks(list []review.Remark) []ReviewRemark {
	out := []ReviewRemark{}
	for _, r := range list {
		out = append(out, ReviewRemark{Verdict: string(r.Verdict), Reviewer: r.ReviewerName, At: stamp(r.At), Quote: r.Quote, Text: r.Text})
	}
	return out
}

func (s *Server) reviewQuestion(q question.Question) *ReviewQuestion {
	key := assessment.Explain(q, question.Key(q))
	out := &ReviewQuestion{
		Question: paperQuestion(question.Show(q, 0)), Feedback: s.feedback(key),
		Pool: string(q.Pool), Bloom: string(q.Bloom), Difficulty: q.Difficulty, Outcomes: []Outcome{}, Mistakes: mistakes(q),
	}
	for _, id := range q.Outcomes {
		if o, found := s.Catalogue.OutcomeByID(curriculum.OutcomeID(id)); found {
			out.Outcomes = append(out.Outcomes, outcomes([]curriculum.Outcome{o})...)
		}
	}
	return out
}

// mistakes lists every wrong response that a question foresees.
func mistakes(q question.Question) []ReviewMistake {
	out := []ReviewMistake{}
	add := func(response, misconception, feedback string) {
		if misconception != "" {
			out = append(out, ReviewMistake{Response: response, Misconception: misconception, FeedbackHTML: curriculum.RenderInline(feedback)})
		}
	}
	if q.Wrong != nil && q.Truth != nil {
		add(map[bool]string{true: "True", false: "False"}[!*q.Truth], q.Wrong.Misconception, q.Wrong.Feedback)
	}
	for _, o := range q.Options {
		add(o.Text, o.Misconception, o.Feedback)
	}
	for _, p := range q.Pairs {
		add(fmt.Sprintf("%s: not %s", p.Left, p.Right), p.Misconception, p.Feedback)
	}
	for _, m := range q.Mistakes {
		value := "Another order"
		if m.Value != nil {
			value = strconv.FormatFloat(*m.Value, 'g', -1, 64)
		}
		add(value, m.Misconception, m.Feedback)
	}
	for _, b := range q.Blanks {
		for _, m := range b.Mistakes {
			add(m.Text, m.Misconception, m.Feedback)
		}
	}
	return out
}
