package itemanalysis

import (
	"context"
	"encoding/json"
	"fmt"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/psychometrics"
	"muster/internal/question"
)

// read decodes a kept analysis, an empty one where there is none.
func (s *Service) read(ctx context.Context, quiz curriculum.QuizSlug, which Which) (*Analysis, error) {
	kept, err := s.Store.Analysis(ctx, quiz, which)
	if errs.KindOf(err) == errs.NotFound {
		q, _ := s.Catalogue.Quiz(quiz)
		return s.analyse(q, which, &gathered{}, nil), nil
	}
	if err != nil {
		return nil, err
	}
	a := &Analysis{}
	if err := json.Unmarshal(kept.Document, a); err != nil {
		return nil, fmt.Errorf("decode the analysis of %s: %w", quiz, err)
	}
	a.Revision = kept.Revision
	return a, nil
}

// Quiz gives how a quiz performs. NotFound for one that is not analysed.
func (s *Service) Quiz(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug, which Which) (*Analysis, error) {
	if err := admit(actor); err != nil {
		return nil, err
	}
	quiz, known := s.Catalogue.Quiz(slug)
	if !known || !analysed(quiz.Purpose) {
		return nil, errs.Missing("quiz")
	}
	return s.read(ctx, slug, which)
}

// Question gives how one question performs in a quiz, the versions that score as
// people get it now first. NotFound where nobody had it.
func (s *Service) Question(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug, id question.ID, which Which) (*Analysis, []Item, error) {
	a, err := s.Quiz(ctx, actor, slug, which)
	if err != nil {
		return nil, nil, err
	}
	var items []Item
	for _, item := range a.Items {
		if item.Question == id {
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		return nil, nil, errs.Missing("question")
	}
	return a, items, nil
}

// Line is a quiz in the list of all.
type Line struct {
	Quiz curriculum.Quiz
	Summary
}

// Quizzes lists all quizzes that are analysed, in the order of the curriculum.
func (s *Service) Quizzes(ctx context.Context, actor identity.Actor) ([]Line, error) {
	if err := admit(actor); err != nil {
		return nil, err
	}
	summaries, err := s.summaries(ctx)
	if err != nil {
		return nil, err
	}
	var lines []Line
	for _, quiz := range append(s.Catalogue.Quizzes(), s.Catalogue.Closed()...) {
		if !analysed(quiz.Purpose) {
			continue
		}
		summary, known := summaries[quiz.Slug]
		if !known {
			summary = Summary{Quiz: quiz.Slug, Mean: psychometrics.Undefined(), Alpha: psychometrics.Undefined()}
		}
		lines = append(lines, Line{quiz, summary})
	}
	return lines, nil
}

// summaries reads what is known of all quizzes.
func (s *Service) summaries(ctx context.Context) (map[curriculum.QuizSlug]Summary, error) {
	kept, err := s.Store.Analyses(ctx, First)
	if err != nil {
		return nil, err
	}
	summaries := make(map[curriculum.QuizSlug]Summary, len(kept))
	for _, k := range kept {
		var summary Summary
		if err := json.Unmarshal(k.Summary, &summary); err != nil {
			return nil, fmt.Errorf("decode the summary of %s: %w", k.Quiz, err)
		}
		summaries[k.Quiz] = summary
	}
	return summaries, nil
}

func (a *Analysis) summary() Summary {
	sum := Summary{
		Quiz: a.Quiz, People: a.People, Attempts: a.Test.Attempts, Passed: a.Test.Passed, Alpha: a.Test.Alpha,
		Mean: psychometrics.Undefined(), To: a.To, MadeAt: a.MadeAt,
	}
	if a.Test.Max > 0 {
		sum.Mean = a.Test.Mean / psychometrics.Value(a.Test.Max)
	}
	for _, item := range a.Items {
		if !item.Current {
			continue
		}
		sum.Facts = append(sum.Facts, Fact{item.Question, item.Statistic.Responses, item.Statistic.Facility, item.Seconds.Median})
		switch item.worst() {
		case Alarm:
			sum.Alarms++
		case Warning:
			sum.Warnings++
		}
	}
	return sum
}

// worst is the severity of an item's worst verdict.
func (i Item) worst() Severity {
	worst := Note
	for _, v := range i.Verdicts {
		if v.Severity == Alarm || v.Severity == Warning && worst == Note {
			worst = v.Severity
		}
	}
	return worst
}
