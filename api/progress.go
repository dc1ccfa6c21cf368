package api

import (
	"context"

	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/learning"
)

func (s *Server) getProgress(ctx context.Context, _ *struct{}) (*reply[Progress], error) {
	progress, err := s.Learning.Progress(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return ok(s.progress(progress)), nil
}

func (s *Server) getNext(ctx context.Context, _ *struct{}) (*reply[Next], error) {
	n, err := s.Learning.Next(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	out := Next{
		Kind: string(n.Kind), Module: string(n.Module.Slug), ModuleTitle: n.Module.Title, Lesson: string(n.Lesson.Slug),
		Title: n.Lesson.Title, Quiz: string(n.Quiz.Slug), Attempt: string(n.Attempt), ReadShare: n.ReadShare, MinutesLeft: n.MinutesLeft, DueOn: n.Refresher.DueOn,
		Again: n.Again,
	}
	if n.Lesson.Slug == "" {
		out.Title = n.Quiz.Title
	}
	if n.Kind == learning.NextRefresh {
		refresher := s.ownRefresher(n.Refresher)
		out.Refresher = &refresher
	}
	return ok(out), nil
}

// LessonPath names a lesson of a module.
type LessonPath struct {
	Module string `path:"module" maxLength:"100"`
	Lesson string `path:"lesson" maxLength:"100"`
}

func (s *Server) putLesson(ctx context.Context, in *struct {
	LessonPath
	Body LessonState
}) (*reply[LessonState], error) {
	state, err := s.Learning.SaveLesson(ctx, actorOf(ctx), learning.LessonState{
		Module: curriculum.ModuleSlug(in.Module), Lesson: curriculum.LessonSlug(in.Lesson), ReadShare: in.Body.ReadShare, Read: in.Body.Read,
	})
	if err != nil {
		return nil, err
	}
	return ok(LessonState{ReadShare: state.ReadShare, Read: state.Read}), nil
}

func (s *Server) getQuizzes(ctx context.Context, _ *struct{}) (*reply[QuizList], error) {
	offers, err := s.Assessment.Offers(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	list := QuizList{Items: []QuizState{}}
	for _, offer := range offers {
		list.Items = append(list.Items, s.quizState(offer))
	}
	return ok(list), nil
}

func (s *Server) getQuiz(ctx context.Context, in *quizPath) (*reply[QuizState], error) {
	offer, err := s.Assessment.Offer(ctx, actorOf(ctx), curriculum.QuizSlug(in.Quiz))
	if err != nil {
		return nil, err
	}
	return ok(s.quizState(offer)), nil
}

func (s *Server) quizState(o assessment.Offer) QuizState {
	return QuizState{
		QuizCard: s.quizCard(o.Quiz), AttemptsUsed: o.Used, BestScore: o.Best, Passed: o.Passed, OpenAttempt: string(o.Open),
		Awaiting: o.Awaiting, CanStart: o.Refused == nil, Reason: errs.CodeOf(o.Refused), NotBefore: stamp(o.NotBefore),
	}
}

func (s *Server) progress(p learning.Progress) Progress {
	out := Progress{
		Modules: []ModuleProgress{}, Exams: []ExamProgress{}, Outcomes: []OutcomeProgress{}, Attempts: []AttemptSummary{},
		Refreshers: listed(p.Refreshers, s.ownRefresher),
	}
	for _, m := range p.Modules {
		out.Modules = append(out.Modules, moduleProgress(m))
	}
	for _, e := range p.Exams {
		out.Exams = append(out.Exams, ExamProgress{
			QuizProgress: quizProgress(e.QuizProgress), Title: e.Quiz.Title, ModulesOpen: plain(e.ModulesOpen), DueOn: e.DueOn, Again: e.Again,
		})
	}
	for _, o := range p.Outcomes {
		outcome, ok := s.Catalogue.OutcomeByID(o.Outcome)
		if !ok {
			continue
		}
		module, _ := s.Catalogue.ModuleOf(o.Outcome)
		out.Outcomes = append(out.Outcomes, OutcomeProgress{
			Outcome: string(o.Outcome), Text: outcome.Text, Module: string(module), Answered: o.Answered, Right: o.Right,
		})
	}
	for _, a := range p.Attempts {
		out.Attempts = append(out.Attempts, s.attemptSummary(a))
	}
	return out
}

func (s *Server) ownRefresher(r cohort.Refresher) OwnRefresher {
	lesson, _ := s.Catalogue.Lesson(r.Module, r.Lesson)
	return OwnRefresher{
		Module: string(r.Module), ModuleTitle: s.moduleTitle(r.Module), Lesson: string(r.Lesson), LessonTitle: lesson.Title,
		Outcomes: listed(lesson.Outcomes, func(o curriculum.Outcome) string { return o.Text }),
		AskedBy:  r.ByName, AskedAt: stamp(r.At), DueOn: r.DueOn,
	}
}

func moduleProgress(m learning.ModuleProgress) ModuleProgress {
	out := ModuleProgress{
		Module: string(m.Module.Slug), Title: m.Module.Title, Share: m.Share, Lessons: []LessonProgress{},
		Complete: m.Complete, PrerequisitesOpen: plain(m.PrerequisitesOpen), DueOn: m.DueOn,
	}
	for _, l := range m.Lessons {
		out.Lessons = append(out.Lessons, LessonProgress{
			Lesson: string(l.Lesson.Slug), Title: l.Lesson.Title, ReadShare: l.ReadShare, Read: l.Read,
			PracticePassed: l.PracticePassed, Complete: l.Complete,
		})
	}
	if m.Check != nil {
		check := quizProgress(*m.Check)
		out.Check = &check
	}
	return out
}

func quizProgress(q learning.QuizProgress) QuizProgress {
	return QuizProgress{
		Quiz: string(q.Quiz.Slug), BestScore: q.Best, Passed: q.Passed, Attempts: q.Used, OpenAttempt: string(q.Open),
	}
}

func (s *Server) attemptSummary(a assessment.GradedAttempt) AttemptSummary {
	quiz, _ := s.Catalogue.Quiz(a.Quiz)
	out := AttemptSummary{
		ID: string(a.ID), Quiz: string(a.Quiz), QuizTitle: quiz.Title, Purpose: string(quiz.Purpose), Module: string(quiz.Module),
		Status: string(a.Status), StartedAt: stamp(a.StartedAt), EndedAt: stamp(a.EndedAt), PassMark: quiz.PassMark,
	}
	if a.Grade != nil {
		score, passed := a.Grade.Score(), a.Grade.Passed
		out.Score, out.Passed = &score, &passed
	}
	return out
}
