package itemanalysis

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/psychometrics"
	"muster/internal/question"
)

// How long a quiz is left alone: after its first new grade, so that many at once
// are one piece of work, and for as many times what its analysis takes, so that
// this never is more than a small part of what the machine does. A quiz whose
// analysis was taken on that long ago was abandoned.
const (
	rest      = 15 * time.Second
	restTimes = 10
	abandoned = 10 * time.Minute
)

// RefreshAnalyses is the job that analyses quizzes with new grades.
type RefreshAnalyses struct{}

// Kind names the job in the queue.
func (RefreshAnalyses) Kind() string { return "refresh_item_analyses" }

// Note remembers that an attempt has a new grade; the job after each one.
func (s *Service) Note(ctx context.Context, id assessment.AttemptID) error {
	attempt, err := s.Attempts.Attempt(ctx, id)
	if err != nil {
		return err
	}
	return s.Store.NoteGrades(ctx, []curriculum.QuizSlug{attempt.Quiz}, s.Now())
}

// Refresh analyses the quizzes that are due, and gives how many. One that fails
// does not keep the others waiting.
func (s *Service) Refresh(ctx context.Context) (int, error) {
	now := s.Now()
	if !s.caughtUp {
		old, err := s.Store.Unanalysed(ctx, basis)
		if err != nil {
			return 0, err
		}
		if err := s.Store.NoteGrades(ctx, old, now.Add(-rest)); err != nil {
			return 0, err
		}
		s.caughtUp = true
	}
	due, err := s.Store.DueAnalyses(ctx, now.Add(-abandoned))
	if err != nil {
		return 0, err
	}
	done, failed := 0, []error{}
	for _, d := range due {
		if ctx.Err() != nil || now.Sub(d.Since) < max(rest, restTimes*d.Took) {
			continue
		}
		if err := s.Analyse(ctx, d.Quiz); err != nil {
			failed = append(failed, fmt.Errorf("analyse %s: %w", d.Quiz, err))
			continue
		}
		done++
	}
	return done, errors.Join(failed...)
}

// Analyse makes the analyses of one quiz anew, unless somebody else does so now.
func (s *Service) Analyse(ctx context.Context, slug curriculum.QuizSlug) error {
	taken := s.Now().UTC().Truncate(time.Microsecond)
	if mine, err := s.Store.TakeAnalysis(ctx, slug, taken, taken.Add(-abandoned)); err != nil || !mine {
		return err
	}
	quiz, known := s.Catalogue.Quiz(slug)
	if !known || !analysed(quiz.Purpose) {
		return s.Store.KeepAnalyses(ctx, slug, nil, taken)
	}
	g, err := s.gather(ctx, slug)
	if err != nil {
		return err
	}
	kept, err := s.documents(ctx, quiz, g)
	if err != nil {
		return err
	}
	took := s.Now().Sub(taken)
	for i := range kept {
		kept[i].Took = took
	}
	return s.Store.KeepAnalyses(ctx, slug, kept, taken)
}

// documents makes an analysis of each choice of attempts. Where nobody tried
// twice they are the same.
func (s *Service) documents(ctx context.Context, quiz curriculum.Quiz, g *gathered) ([]Kept, error) {
	before, err := s.pretest(ctx, quiz)
	if err != nil {
		return nil, err
	}
	var kept []Kept
	once := g.people() == len(g.sittings)
	var last *Analysis
	for _, which := range Whiches {
		if last == nil || !once {
			last = s.analyse(quiz, which, g.only(g.chosen(which)), before)
		}
		last.Attempts = which
		document, err := json.Marshal(last)
		if err != nil {
			return nil, fmt.Errorf("encode the analysis of %s: %w", quiz.Slug, err)
		}
		summary, err := json.Marshal(last.summary())
		if err != nil {
			return nil, fmt.Errorf("encode the summary of %s: %w", quiz.Slug, err)
		}
		kept = append(kept, Kept{Quiz: quiz.Slug, Which: which, Basis: basis, MadeAt: last.MadeAt, Summary: summary, Document: document})
	}
	return kept, nil
}

// pretest gives the facilities that questions of a quiz had in its module's
// pretest, none where there is none.
func (s *Service) pretest(ctx context.Context, quiz curriculum.Quiz) (map[question.ID]psychometrics.Value, error) {
	module, _ := s.Catalogue.Module(quiz.Module)
	found := map[question.ID]psychometrics.Value{}
	for _, q := range module.Quizzes {
		if q.Purpose != curriculum.PurposePretest || q.Slug == quiz.Slug {
			continue
		}
		a, err := s.read(ctx, q.Slug, First)
		if err != nil {
			return nil, err
		}
		for _, item := range a.Items {
			if item.Current {
				found[item.Question] = item.Statistic.Facility
			}
		}
	}
	return found, nil
}
