package credential

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// maxReason is the longest reason for a revocation, in characters.
const maxReason = 500

// Goal is a rule with how far somebody is.
type Goal struct {
	Award curriculum.Award
	Steps []Step
}

// Step is a quiz that a rule asks for.
type Step struct {
	Quiz   curriculum.Quiz
	Passed bool
}

// Mine gives the actor's credentials, newest first.
func (s *Service) Mine(ctx context.Context, actor identity.Actor) ([]Held, error) {
	held, err := s.Store.Credentials(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	newestFirst := make([]Held, len(held))
	for i, h := range held {
		newestFirst[len(held)-1-i] = h
	}
	return newestFirst, nil
}

// Goals gives every rule with how far the actor is, by the same grades that
// credentials follow from.
func (s *Service) Goals(ctx context.Context, actor identity.Actor) ([]Goal, error) {
	attempts, err := s.Attempts.Attempts(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	r := recordOf(attempts)
	goals := make([]Goal, len(s.Catalogue.Awards))
	for i, award := range s.Catalogue.Awards {
		goals[i].Award = award
		for _, slug := range award.Modules {
			m, _ := s.Catalogue.Module(slug)
			check, _ := m.Check()
			goals[i].Steps = append(goals[i].Steps, Step{check, r.quizzes[check.Slug].Passed})
		}
		exam, _ := s.Catalogue.Quiz(award.Exam)
		_, passed := r.earns(award, time.Time{})
		goals[i].Steps = append(goals[i].Steps, Step{exam, passed})
	}
	return goals, nil
}

// OfCohort gives the credentials of a cohort's members. NotFound for who may
// not see the cohort.
func (s *Service) OfCohort(ctx context.Context, actor identity.Actor, id cohort.ID) ([]Held, error) {
	if _, err := s.Cohorts.Cohort(ctx, actor, id); err != nil {
		return nil, err
	}
	return s.Store.CohortCredentials(ctx, id)
}

// Credential gives a credential to its holder, to who coordinates them and to
// admins. NotFound.
func (s *Service) Credential(ctx context.Context, actor identity.Actor, id ID) (Held, error) {
	h, err := s.Store.Credential(ctx, id)
	if err != nil || h.Holder == actor.ID {
		return h, err
	}
	return h, s.mayManage(ctx, actor, h)
}

// mayManage answers NotFound to others than admins and who coordinates the holder.
func (s *Service) mayManage(ctx context.Context, actor identity.Actor, h Held) error {
	if actor.Role == identity.Admin {
		return nil
	}
	if !cohort.Coordinates(actor.Role) {
		return errs.Missing("credential")
	}
	theirs, err := s.Coordinators.Coordinates(ctx, actor.ID, h.Holder)
	if err == nil && !theirs {
		err = errs.Missing("credential")
	}
	return err
}

// Show decides how much of the actor's name the public page of their credential
// shows. NotFound for others' credentials.
func (s *Service) Show(ctx context.Context, actor identity.Actor, id ID, shown Shown) (Held, error) {
	h, err := s.Store.Credential(ctx, id)
	if err != nil {
		return Held{}, err
	}
	if h.Holder != actor.ID {
		return Held{}, errs.Missing("credential")
	}
	if shown != ShowFull && shown != ShowInitials && shown != ShowNone {
		return Held{}, errs.InvalidField("show_name", "Choose full, initials or none.")
	}
	if h.Shown == shown {
		return h, nil
	}
	h.Shown = shown
	entry := audit.Entry{At: s.Now(), Actor: string(actor.ID), Action: ActionShow, Object: string(id), Detail: `{"show_name":"` + string(shown) + `"}`}
	return h, s.Store.ShowCredential(ctx, id, shown, entry)
}

// Revoke ends a credential before its time, with a reason. It answers NotFound
// for others than admins and who coordinates the holder, Invalid without a
// reason, and Conflict with code revoked where it has ended already.
func (s *Service) Revoke(ctx context.Context, actor identity.Actor, id ID, reason string) (Held, error) {
	h, err := s.Store.Credential(ctx, id)
	if err != nil {
		return Held{}, err
	}
	if err := s.mayManage(ctx, actor, h); err != nil {
		return Held{}, err
	}
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n < 1 || n > maxReason {
		return Held{}, errs.InvalidField("reason", "Give a reason of 1 to %d characters; the holder reads it.", maxReason)
	}
	h.Revocation = Revocation{At: s.Now(), By: string(actor.ID), Reason: reason}
	return h, s.Store.RevokeCredential(ctx, id, h.Revocation, "", h.Revocation.entry(id))
}

// Public gives a credential as the world may see it: Name is as much of it as
// the holder allows, and nothing else names them. NotFound.
func (s *Service) Public(ctx context.Context, id ID) (Held, error) {
	h, err := s.Store.Credential(ctx, id)
	if err != nil {
		return Held{}, err
	}
	h.Name, h.Username, h.Holder = h.Shown.Of(h.Name), "", ""
	h.Revocation.By, h.Revocation.Reason = "", ""
	return h, nil
}

// Of gives as much of a name as is shown; of initials the first character of
// each word.
func (s Shown) Of(name string) string {
	switch s {
	case ShowFull:
		return name
	case ShowInitials:
		var initials []string
		for _, word := range strings.Fields(name) {
			first, _ := utf8.DecodeRuneInString(word)
			initials = append(initials, string(first)+".")
		}
		return strings.Join(initials, " ")
	}
	return ""
}
