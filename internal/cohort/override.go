package cohort

import (
	"context"
	"slices"
	"strings"
	"time"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Override is another policy of a quiz for the people of a cohort, or for one of
// them, with the reason. One person's goes before the whole cohort's; of several
// the one that was set last holds.
type Override struct {
	Cohort ID
	User   identity.UserID // "" = everybody in the cohort
	Quiz   curriculum.QuizSlug
	Policy curriculum.Override
	Reason string
	By     identity.UserID
	At     time.Time
}

// Overrides keeps overrides.
type Overrides interface {
	// SetOverride keeps an override; it replaces one for the same people and quiz.
	SetOverride(ctx context.Context, o Override, entry audit.Entry) error
	// RemoveOverride removes one. NotFound.
	RemoveOverride(ctx context.Context, id ID, user identity.UserID, quiz curriculum.QuizSlug, entry audit.Entry) error
	// CohortOverrides reads those in a cohort, oldest first.
	CohortOverrides(ctx context.Context, id ID) ([]Override, error)
}

// The audit actions of this file.
const (
	ActionOverride   audit.Action = "cohort.override"
	ActionUnoverride audit.Action = "cohort.unoverride"
)

// Override gives the people of a cohort, or one of them, another policy of a quiz
// from their next attempt on. NotFound; Invalid by field.
func (s *Service) Override(ctx context.Context, actor identity.Actor, o Override) error {
	if err := s.changeable(ctx, actor, o.Cohort); err != nil {
		return err
	}
	if o.User != "" {
		if _, err := s.members(ctx, actor, o.Cohort, []identity.UserID{o.User}); err != nil {
			return err
		}
	}
	quiz, ok := s.Catalogue.Quiz(o.Quiz)
	if !ok || !slices.Contains(overridable, quiz.Purpose) {
		return errs.InvalidField("quiz", "There is no such quiz whose rules could be changed.")
	}
	if err := checkOverride(&o, quiz); err != nil {
		return err
	}
	o.By, o.At = actor.ID, s.Now()
	said := map[string]string{"quiz": string(o.Quiz)} // the reason may speak of the person, who can be erased; the trail cannot
	if o.User != "" {
		said["user"] = string(o.User)
	}
	return s.Store.SetOverride(ctx, o, s.entry(actor, ActionOverride, string(o.Cohort), said))
}

var overridable = []curriculum.Purpose{curriculum.PurposePractice, curriculum.PurposeCheck, curriculum.PurposePretest, curriculum.PurposeExam}

// MaxOverride is the most minutes or attempts that an override gives.
const MaxOverride = 10_000

func checkOverride(o *Override, quiz curriculum.Quiz) error {
	reason, ok := CleanLine(o.Reason, MaxReason)
	if !ok || reason == "" {
		return errs.InvalidField("reason", "Say why in one line of at most %d characters.", MaxReason)
	}
	o.Reason = reason
	p := o.Policy
	if p == (curriculum.Override{}) {
		return errs.InvalidField("quiz", "Change at least one of: opening, closing, time limit, attempts.")
	}
	for field, n := range map[string]*int{"time_limit_minutes": p.TimeLimitMinutes, "attempts": p.Attempts} {
		if n != nil && (*n < 0 || *n > MaxOverride) {
			return errs.InvalidField(field, "Give a number from 0 to %d.", MaxOverride)
		}
	}
	for field, text := range map[string]string{"opens_at": p.OpensAt, "closes_at": p.ClosesAt} {
		if _, err := time.Parse(time.RFC3339, text); text != "" && err != nil {
			return errs.InvalidField(field, "Write the time as 2026-11-21T08:00:00Z.")
		}
	}
	if under := quiz.Under(p); under.OpensAt != "" && under.ClosesAt != "" && !before(under.OpensAt, under.ClosesAt) {
		return errs.InvalidField("closes_at", "The quiz must close after it opens.")
	}
	return nil
}

// before compares two times that are written well.
func before(a, b string) bool {
	from, _ := time.Parse(time.RFC3339, strings.TrimSpace(a))
	to, _ := time.Parse(time.RFC3339, strings.TrimSpace(b))
	return from.Before(to)
}

// RemoveOverride takes an override back. NotFound.
func (s *Service) RemoveOverride(ctx context.Context, actor identity.Actor, id ID, user identity.UserID, quiz curriculum.QuizSlug) error {
	if err := s.changeable(ctx, actor, id); err != nil {
		return err
	}
	said := map[string]string{"quiz": string(quiz)}
	if user != "" {
		said["user"] = string(user)
	}
	return s.Store.RemoveOverride(ctx, id, user, quiz, s.entry(actor, ActionUnoverride, string(id), said))
}

// Overrides gives the overrides in a cohort, oldest first. NotFound.
func (s *Service) Overrides(ctx context.Context, actor identity.Actor, id ID) ([]Override, error) {
	if _, err := s.Cohort(ctx, actor, id); err != nil {
		return nil, err
	}
	return s.Store.CohortOverrides(ctx, id)
}
