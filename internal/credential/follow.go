package credential

import (
	"context"
	"fmt"
	"time"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Follow brings the credentials of an attempt's trainee up to their grades; the
// job after each one. Running it again changes nothing.
func (s *Service) Follow(ctx context.Context, id assessment.AttemptID) error {
	attempt, err := s.Attempts.Attempt(ctx, id)
	if err != nil {
		return err
	}
	return s.FollowTrainee(ctx, attempt.Trainee)
}

// FollowTrainee issues what a trainee has earned, renews what was passed again
// and revokes what a regrade took away.
func (s *Service) FollowTrainee(ctx context.Context, trainee identity.UserID) error {
	attempts, err := s.Attempts.Attempts(ctx, trainee)
	if err != nil {
		return err
	}
	held, err := s.Store.Credentials(ctx, trainee)
	if err != nil {
		return err
	}
	record := recordOf(attempts)
	for _, award := range s.Catalogue.Awards {
		if err := s.follow(ctx, trainee, award, record, held); err != nil {
			return err
		}
	}
	return nil
}

// follow brings the credentials of one rule up to the record.
func (s *Service) follow(ctx context.Context, trainee identity.UserID, award curriculum.Award, r record, all []Held) error {
	var last *Credential // the newest that nobody took back
	after := time.Time{} // an exam must end later than this to earn another
	for _, h := range all {
		if h.Award.Slug != award.Slug {
			continue
		}
		c := h.Credential
		switch {
		case c.takenBack(): // as if it had never been
		case c.Revocation.At.IsZero() && s.lost(c, r):
			restores := ID("")
			if last != nil && last.SupersededBy == c.ID && c.SupersededBy == "" { // else a newer one stands
				restores, last.SupersededBy = last.ID, ""
			}
			if err := s.takeBack(ctx, c, restores); err != nil {
				return err
			}
		default:
			after = c.PassedAt
			last = &c
		}
	}
	exam, ok := r.earns(award, after)
	if !ok || !s.met(award, r) {
		return nil
	}
	replaces := ID("")
	if last != nil && last.Revocation.At.IsZero() && last.SupersededBy == "" {
		replaces = last.ID
	}
	return s.issue(ctx, trainee, award, exam, replaces, last)
}

// met says whether the check of every module that award asks for is passed.
func (s *Service) met(award curriculum.Award, r record) bool {
	for _, slug := range award.Modules {
		m, _ := s.Catalogue.Module(slug)
		if check, ok := m.Check(); !ok || !r.quizzes[check.Slug].Passed {
			return false
		}
	}
	return true
}

// lost says whether a credential has lost what it was issued for: its exam, or a
// check that was tried and is passed by no grade that holds. What the curriculum
// no longer has was not lost.
func (s *Service) lost(c Credential, r record) bool {
	for _, slug := range c.Award.Modules {
		m, _ := s.Catalogue.Module(slug)
		if check, ok := m.Check(); ok && r.quizzes[check.Slug].Used > 0 && !r.quizzes[check.Slug].Passed && r.quizzes[check.Slug].Awaiting == 0 {
			return true
		}
	}
	return !r.holds(c.Award, c.Attempt)
}

func (s *Service) issue(ctx context.Context, holder identity.UserID, award curriculum.Award, exam assessment.GradedAttempt, replaces ID, last *Credential) error {
	_, version, err := curriculum.EncodeAward(award)
	if err != nil {
		return err
	}
	now := s.Now()
	c := Credential{
		ID: ID(s.NewID()), Holder: holder, Award: award, Version: version, Attempt: exam.ID, PassedAt: exam.EndedAt,
		IssuedAt: now, ValidUntil: exam.EndedAt.AddDate(0, award.ValidMonths, 0), Shown: ShowInitials,
	}
	if last != nil {
		c.Shown = last.Shown
	}
	entry := audit.Entry{
		At: now, Actor: audit.System, Action: ActionIssue, Object: string(c.ID),
		Detail: fmt.Sprintf(`{"rule":%q,"version":%q,"attempt":%q,"replaces":%q}`, award.Slug, version, exam.ID, replaces),
	}
	return s.Store.IssueCredential(ctx, c, replaces, entry)
}

// takeBack revokes a credential whose rule is no longer met. What it had
// replaced stands again.
func (s *Service) takeBack(ctx context.Context, c Credential, restores ID) error {
	r := Revocation{At: s.Now(), By: audit.System, Reason: "It was graded again and is no longer passed."}
	err := s.Store.RevokeCredential(ctx, c.ID, r, restores, r.entry(c.ID))
	if errs.CodeOf(err) == "revoked" {
		return nil // by another run, just now
	}
	return err
}

func (r Revocation) entry(id ID) audit.Entry {
	return audit.Entry{At: r.At, Actor: r.By, Action: ActionRevoke, Object: string(id)}
}

// record is what a trainee has passed, by the grades that hold.
type record struct {
	attempts []assessment.GradedAttempt // oldest first
	quizzes  map[curriculum.QuizSlug]assessment.Tally
}

func recordOf(attempts []assessment.GradedAttempt) record {
	return record{attempts, assessment.Tallies(attempts)}
}

// earns gives the newest attempt that passes the exam of award as it asks, and
// ended later than after.
func (r record) earns(award curriculum.Award, after time.Time) (exam assessment.GradedAttempt, ok bool) {
	for _, a := range r.attempts {
		if a.EndedAt.After(after) && passes(award, a) {
			exam, ok = a, true
		}
	}
	return exam, ok
}

// holds says whether an attempt still passes the exam of award as it asks, or may
// again once all of it is marked.
func (r record) holds(award curriculum.Award, id assessment.AttemptID) bool {
	for _, a := range r.attempts {
		if a.ID == id {
			return passes(award, a) || a.Grade != nil && a.Grade.Awaiting() > 0
		}
	}
	return false
}

func passes(award curriculum.Award, a assessment.GradedAttempt) bool {
	return a.Quiz == award.Exam && a.Grade != nil && a.Grade.Passed &&
		(!award.Critical || len(a.Grade.CriticalFailures) == 0)
}
