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
// credentials follow from. An exam whose credential has ended is not passed.
func (s *Service) Goals(ctx context.Context, actor identity.Actor) ([]Goal, error) {
	attempts, err := s.Attempts.Attempts(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	ended, err := s.ended(ctx, actor.ID)
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
		_, passed := r.earns(award, ended[award.Exam])
		goals[i].Steps = append(goals[i].Steps, Step{exam, passed})
	}
	return goals, nil
}

// Query picks credentials: those that meet all that is set.
type Query struct {
	Text       string // in the name or username, whatever the case and the accents
	Award      curriculum.AwardSlug
	Status     Status
	EndingSoon bool // of those that are valid
}

// OfCohort gives the credentials of a cohort's members that a query picks, by
// name and in the order of issue, and the awards that any of them has. NotFound
// for who may not see the cohort.
func (s *Service) OfCohort(ctx context.Context, actor identity.Actor, id cohort.ID, q Query) (picked []Held, awards []curriculum.Award, err error) {
	if _, err := s.Cohorts.Cohort(ctx, actor, id); err != nil {
		return nil, nil, err
	}
	all, err := s.Store.CohortCredentials(ctx, id)
	q.Text = identity.SearchForm(q.Text)
	known := make(map[curriculum.AwardSlug]bool)
	for _, h := range all {
		if !known[h.Award.Slug] {
			known[h.Award.Slug] = true
			awards = append(awards, h.Award)
		}
		if q.picks(h, s.Now()) {
			picked = append(picked, h)
		}
	}
	return picked, awards, err
}

func (q Query) picks(h Held, now time.Time) bool {
	return (q.Award == "" || h.Award.Slug == q.Award) && (q.Status == "" || h.Status(now) == q.Status) && (!q.EndingSoon || h.EndsSoon(now)) &&
		(strings.Contains(identity.SearchForm(h.Name), q.Text) || strings.Contains(identity.SearchForm(h.Username), q.Text))
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
	reason, said := cohort.CleanLine(reason, maxReason)
	if !said {
		return Held{}, errs.InvalidField("reason", "Give a reason of 1 to %d characters, on one line; the holder reads it.", maxReason)
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
