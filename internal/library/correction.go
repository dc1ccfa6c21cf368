package library

import (
	"context"
	"slices"
	"strings"
	"time"

	"muster/internal/audit"
	"muster/internal/document"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Correct records what a document gets wrong; a correction with an id replaces
// the one that has it. Forbidden, NotFound, Invalid, and Conflict with code
// read_only for a text of the curriculum.
func (s *Service) Correct(ctx context.Context, actor identity.Actor, id document.ID, c Correction) (Correction, error) {
	head, _, err := s.own(ctx, actor, id)
	if err != nil {
		return Correction{}, err
	}
	there, err := s.Corrections.Corrections(ctx, id)
	if err != nil {
		return Correction{}, err
	}
	text, err := s.text(ctx, id, head.Edition)
	if err != nil {
		return Correction{}, err
	}
	switch {
	case c.ID == "" && len(there) >= MaxCorrections:
		return Correction{}, errs.New(errs.Conflict, "too_many", "A document has at most %d corrections.", MaxCorrections)
	case c.ID == "":
		c.ID = s.NewID()
	case !slices.ContainsFunc(there, func(o Correction) bool { return o.ID == c.ID }):
		return Correction{}, errs.Missing("correction")
	}
	if err := checkCorrection(&c, text); err != nil {
		return Correction{}, err
	}
	c.By, c.At = actor.ID, s.now()
	said := map[string]any{"correction": c.ID, "severity": c.Severity}
	if err := s.Corrections.PutCorrection(ctx, id, c, []audit.Entry{s.entry(actor, ActionCorrect, string(id), said)}); err != nil {
		return Correction{}, err
	}
	return s.correction(ctx, id, c.ID)
}

func (s *Service) correction(ctx context.Context, id document.ID, correction string) (Correction, error) {
	list, err := s.Corrections.Corrections(ctx, id)
	if err != nil {
		return Correction{}, err
	}
	i := slices.IndexFunc(list, func(c Correction) bool { return c.ID == correction })
	if i < 0 {
		return Correction{}, errs.Missing("correction")
	}
	return list[i], nil
}

// Uncorrect takes a correction back. Forbidden, NotFound, and Conflict with code
// read_only for a text of the curriculum.
func (s *Service) Uncorrect(ctx context.Context, actor identity.Actor, id document.ID, correction string) error {
	if _, _, err := s.own(ctx, actor, id); err != nil {
		return err
	}
	said := map[string]any{"correction": correction}
	return s.Corrections.DeleteCorrection(ctx, id, correction, []audit.Entry{s.entry(actor, ActionUncorrect, string(id), said)})
}

// checkCorrection trims what was typed and refuses what says nothing.
func checkCorrection(c *Correction, text document.Document) error {
	c.Claim, c.Correction = strings.TrimSpace(c.Claim), strings.TrimSpace(c.Correction)
	const most = 2000
	switch {
	case !slices.Contains([]string{"A", "B", "C"}, string(c.Severity)):
		return errs.InvalidField("severity", "The severity is A (false or dangerous), B (misleading or outdated) or C (imprecise).")
	case !slices.Contains([]string{"high", "medium", "low"}, string(c.Confidence)):
		return errs.InvalidField("confidence", "The confidence is high, medium or low.")
	case c.Claim == "" || !fits(c.Claim, most):
		return errs.InvalidField("claim", "Say what the document claims, in at most %d characters.", most)
	case c.Correction == "" || !fits(c.Correction, most):
		return errs.InvalidField("correction", "Say what is right, in at most %d characters.", most)
	case len(c.Authorities) == 0:
		return errs.InvalidField("authorities", "Name the authority that says so.")
	case !isDate(c.AsOf):
		return errs.InvalidField("as_of", "Give the day on which this was checked.")
	case c.ReviewBy != "" && !isDate(c.ReviewBy):
		return errs.InvalidField("review_by", "Give a day, or none.")
	}
	for i, authority := range c.Authorities {
		if c.Authorities[i] = strings.TrimSpace(authority); c.Authorities[i] == "" || !fits(authority, 500) {
			return errs.InvalidField("authorities", "An authority is a text of at most 500 characters.")
		}
	}
	for _, slug := range c.Sections {
		if _, ok := text.Section(slug); !ok {
			return errs.InvalidField("sections", "The document has no such section.")
		}
	}
	return nil
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
