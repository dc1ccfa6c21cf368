package itemanalysis

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/psychometrics"
	"muster/internal/report"
)

// columns of the table of items, in the words of the API.
var columns = []string{
	"question", "version", "stem", "kind", "current", "critical", "responses", "seen", "answered", "right",
	"right_low", "right_high", "facility", "sd", "guess", "intended_weight", "effective_weight", "discrimination", "efficiency",
	"b_index", "ppdi", "difficulty", "standard_error", "infit", "outfit", "seconds", "verdicts",
}

// Table is the items of an analysis as rows, with the figures that the page shows.
func (a *Analysis) Table(title string) report.Table {
	t := report.Table{
		Title: title, Columns: columns,
		Notes: []string{
			fmt.Sprintf("How the questions of %s perform: %s attempts, %d of them by %d people.", a.Quiz, a.Attempts, a.Test.Attempts, a.People),
			"Made " + a.MadeAt.UTC().Format(time.RFC3339) + ". Shares are 0..1. difficulty is in logits: 0 is as hard as these people are able.",
		},
	}
	for _, i := range a.Items {
		s := i.Statistic
		codes := make([]string, len(i.Verdicts))
		for k, v := range i.Verdicts {
			codes[k] = v.Code
		}
		t.Rows = append(t.Rows, []any{
			string(i.Question), string(i.Version), i.Stem, string(i.Kind), i.Current, i.Critical, s.Responses, i.Seen, i.Answered, s.Right,
			cell(s.RightInterval.Low), cell(s.RightInterval.High), cell(s.Facility), cell(s.SD), cell(s.Guess), cell(s.IntendedWeight), cell(s.EffectiveWeight),
			cell(s.Discrimination), cell(s.Efficiency), cell(s.BIndex), cell(i.PPDI), cell(i.Rasch.Difficulty), cell(i.Rasch.StandardError),
			cell(i.Rasch.Infit), cell(i.Rasch.Outfit), cell(i.Seconds.Median), strings.Join(codes, " "),
		})
	}
	return t
}

func cell(v psychometrics.Value) any {
	if !v.Defined() {
		return nil
	}
	return float64(v)
}

// Export writes the table of a quiz as CSV or XLSX, and gives the file's name.
func (s *Service) Export(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug, which Which, format report.Format) (name string, file []byte, err error) {
	a, err := s.Quiz(ctx, actor, slug, which)
	if err != nil {
		return "", nil, err
	}
	quiz, _ := s.Catalogue.Quiz(slug)
	var out bytes.Buffer
	err = a.Table(quiz.Title).Write(&out, format)
	return fmt.Sprintf("items-%s-%s-%s.%s", slug, which, a.MadeAt.UTC().Format(time.DateOnly), format), out.Bytes(), err
}
