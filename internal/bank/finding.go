package bank

import (
	"context"
	"fmt"
	"slices"
	"time"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/question"
)

// Severity says whether a finding stands in the way of approval.
type Severity string

// The severities.
const (
	Blocks Severity = "error"   // the question cannot be approved
	Warns  Severity = "warning" // it would be better
)

// Finding is something that is wrong with a question: the field as authors write
// it, such as "options[2].feedback", and what to do about it.
type Finding struct {
	Field    string
	Message  string
	Severity Severity
}

// Findings checks a question by itself, and whether all that it names exists:
// every question answers to a source.
func (s *Service) Findings(ctx context.Context, q question.Question) ([]Finding, error) {
	if q.ID == "" {
		q.ID = curriculum.BankPlace // it is given one when it is kept
	}
	list := []Finding{}
	for _, p := range question.Validate(q) {
		severity := Blocks
		if p.Advice {
			severity = Warns
		}
		list = append(list, Finding{p.Field, p.Message, severity})
	}
	list = append(list, s.unknown(q)...)
	anchors, err := s.unanchored(ctx, q)
	return append(list, anchors...), err
}

// unknown reports what a question names that the curriculum does not have.
func (s *Service) unknown(q question.Question) []Finding {
	var list []Finding
	check := func(field string, names []string, known func(string) bool) {
		for i, name := range names {
			if !known(name) {
				list = append(list, Finding{fmt.Sprintf("%s[%d]", field, i), "does not exist", Blocks})
			}
		}
	}
	c := s.Catalogue
	check("outcomes", q.Outcomes, func(x string) bool { _, ok := c.OutcomeByID(curriculum.OutcomeID(x)); return ok })
	check("citations", q.Citations, func(x string) bool { _, _, ok := c.Section(curriculum.CitationKey(x)); return ok })
	check("references", q.References, func(x string) bool { _, ok := c.Reference(curriculum.ReferenceID(x)); return ok })
	check("corrections", q.Corrections, func(x string) bool { _, ok := c.Correction(curriculum.CorrectionID(x)); return ok })
	if _, err := time.Parse(time.DateOnly, q.AsOf); q.AsOf != "" && err != nil {
		list = append(list, Finding{"as_of", "must be a date such as 2026-01-31", Blocks})
	}
	for i, key := range q.Citations {
		severe := c.Severe(curriculum.CitationKey(key))
		named := func(id curriculum.CorrectionID) bool { return slices.Contains(q.Corrections, string(id)) }
		if len(severe) > 0 && !slices.ContainsFunc(severe, named) {
			message := fmt.Sprintf("is a section that is wrong in a grave way, see %v: name the correction", severe)
			list = append(list, Finding{fmt.Sprintf("citations[%d]", i), message, Blocks})
		}
	}
	return list
}

// unanchored reports the anchors whose passages do not stand as they are quoted.
func (s *Service) unanchored(ctx context.Context, q question.Question) ([]Finding, error) {
	if s.Passages == nil {
		return nil, nil
	}
	var list []Finding
	for i, a := range q.Anchors {
		stands, err := s.Passages.Stands(ctx, a)
		if err != nil {
			return nil, err
		}
		if !stands {
			list = append(list, Finding{fmt.Sprintf("anchors[%d]", i), "quotes a passage that does not stand in the document now: anchor the question again", Blocks})
		}
	}
	return list, nil
}

// blocked is the error that lists what stands in the way of approval, nil where
// nothing does.
func blocked(list []Finding) error {
	fields := map[string]string{}
	for _, f := range list {
		if f.Severity == Blocks {
			fields[f.Field] = f.Message
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return &errs.Error{Kind: errs.Invalid, Code: "not_ready", Msg: "The question is not ready. Mend what is marked, then go on.", Fields: fields}
}
