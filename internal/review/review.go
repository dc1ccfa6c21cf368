// Package review is the reading of lessons, questions and scenarios by a second
// person: who approved which version, and what they remarked.
//
// Remarks are only ever added. An approval is bound to the exact version that
// was read: when the text changes, it no longer holds. The package must not
// know HTTP or SQL.
package review

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// Verdict is what a remark says of the text.
type Verdict string

// The verdicts.
const (
	Approve  Verdict = "approve"  // fit to be taught as it stands
	Withdraw Verdict = "withdraw" // takes back one's own approval
	Comment  Verdict = "comment"  // something should change
)

// Limits of a remark, in characters.
const (
	MaxText  = 4000
	MaxQuote = 500
)

// Remark is what one reviewer said of one version of a subject.
type Remark struct {
	ID           string
	Subject      curriculum.SubjectID
	Version      string // of the subject, as it was read
	Verdict      Verdict
	Quote        string // comment: the passage it is about, "" = the whole
	Text         string // comment: what should change
	Reviewer     identity.UserID
	ReviewerName string // as it is now; not kept with the remark
	At           time.Time
}

// Standing is where a subject stands with its reviewers.
type Standing struct {
	Approved []Remark // approvals of the current version that hold, oldest first
	Comments []Remark // on the current version
	Earlier  []Remark // on versions that are no longer taught
}

// Store keeps remarks.
type Store interface {
	// AddRemark keeps a remark with its audit entry.
	AddRemark(ctx context.Context, r Remark, entry audit.Entry) error
	// Remarks reads the remarks on a subject, or on all where it is "", oldest first.
	Remarks(ctx context.Context, subject curriculum.SubjectID) ([]Remark, error)
}

// Service is what reviewers can do.
type Service struct {
	Store     Store
	Catalogue *curriculum.Catalogue
	Now       func() time.Time
	NewID     func() string
}

// actionOf gives the audit action of a remark: "review.approve" and so on.
func actionOf(v Verdict) audit.Action { return audit.Action("review." + string(v)) }

// Reviewer says whether a role may review.
func Reviewer(r identity.Role) bool { return r == identity.Trainer || r == identity.Admin }

// Remark adds the actor's remark on a subject that is taught. It answers as
// RemarkOn does, and NotFound for an unknown subject.
func (s *Service) Remark(ctx context.Context, actor identity.Actor, r Remark) (Standing, error) {
	subject, ok := s.Catalogue.Subject(r.Subject)
	if !ok {
		return Standing{}, errs.Missing("text")
	}
	return s.RemarkOn(ctx, actor, subject, r)
}

// RemarkOn adds the actor's remark on a text, taught or not. It answers Forbidden
// for others than reviewers, Invalid for a remark that says nothing, and Conflict
// with code version_changed when the text is no longer the one that was read.
func (s *Service) RemarkOn(ctx context.Context, actor identity.Actor, subject curriculum.Subject, r Remark) (Standing, error) {
	if !Reviewer(actor.Role) {
		return Standing{}, errs.New(errs.Forbidden, "forbidden", "Only trainers review texts.")
	}
	r.Subject = subject.ID
	r.Quote, r.Text = strings.TrimSpace(r.Quote), strings.TrimSpace(r.Text)
	if err := check(r); err != nil {
		return Standing{}, err
	}
	if r.Version != subject.Version {
		return Standing{}, errs.New(errs.Conflict, "version_changed", "This text has changed since you opened it. Read it again, then decide.")
	}
	before, err := s.StandingOf(ctx, subject)
	if err != nil {
		return Standing{}, err
	}
	approved := before.ApprovedBy(actor.ID)
	if (r.Verdict == Approve && approved) || (r.Verdict == Withdraw && !approved) {
		return before, nil // it stands so already
	}
	r.ID, r.Reviewer, r.At = s.NewID(), actor.ID, s.Now()
	entry := audit.Entry{At: r.At, Actor: string(actor.ID), Action: actionOf(r.Verdict), Object: string(r.Subject), Detail: `{"version":"` + r.Version + `"}`}
	if err := s.Store.AddRemark(ctx, r, entry); err != nil {
		return Standing{}, err
	}
	return s.StandingOf(ctx, subject)
}

func check(r Remark) error {
	switch {
	case r.Verdict != Approve && r.Verdict != Withdraw && r.Verdict != Comment:
		return errs.InvalidField("verdict", "The verdict must be approve, withdraw or comment.")
	case r.Verdict == Comment && r.Text == "":
		return errs.InvalidField("text", "Say what should change.")
	case r.Verdict != Comment && r.Text+r.Quote != "":
		return errs.InvalidField("text", "Only a comment has a text.")
	case strings.ContainsRune(r.Text+r.Quote, 0): // which PostgreSQL cannot keep
		return errs.InvalidField("text", "The comment holds a character that cannot be kept.")
	case utf8.RuneCountInString(r.Text) > MaxText:
		return errs.InvalidField("text", "The comment is longer than %d characters.", MaxText)
	case utf8.RuneCountInString(r.Quote) > MaxQuote:
		return errs.InvalidField("quote", "The passage is longer than %d characters: quote its beginning.", MaxQuote)
	}
	return nil
}

// Standing reads where a subject stands. NotFound.
func (s *Service) Standing(ctx context.Context, id curriculum.SubjectID) (Standing, error) {
	subject, ok := s.Catalogue.Subject(id)
	if !ok {
		return Standing{}, errs.Missing("text")
	}
	return s.StandingOf(ctx, subject)
}

// StandingOf reads where a text stands, taught or not.
func (s *Service) StandingOf(ctx context.Context, subject curriculum.Subject) (Standing, error) {
	remarks, err := s.Store.Remarks(ctx, subject.ID)
	return standing(subject, remarks), err
}

// Standings reads where every subject stands, in the order of the curriculum.
func (s *Service) Standings(ctx context.Context) ([]curriculum.Subject, []Standing, error) {
	remarks, err := s.Store.Remarks(ctx, "")
	if err != nil {
		return nil, nil, err
	}
	bySubject := make(map[curriculum.SubjectID][]Remark)
	for _, r := range remarks {
		bySubject[r.Subject] = append(bySubject[r.Subject], r)
	}
	subjects := s.Catalogue.Subjects()
	standings := make([]Standing, len(subjects))
	for i, subject := range subjects {
		standings[i] = standing(subject, bySubject[subject.ID])
	}
	return subjects, standings, nil
}

// standing sorts the remarks on a subject, oldest first.
func standing(subject curriculum.Subject, remarks []Remark) Standing {
	var st Standing
	for _, r := range remarks {
		switch {
		case r.Version != subject.Version:
			st.Earlier = append(st.Earlier, r)
		case r.Verdict == Comment:
			st.Comments = append(st.Comments, r)
		default:
			st.drop(r.Reviewer)
			if r.Verdict == Approve {
				st.Approved = append(st.Approved, r)
			}
		}
	}
	return st
}

func (st *Standing) drop(reviewer identity.UserID) {
	kept := st.Approved[:0]
	for _, r := range st.Approved {
		if r.Reviewer != reviewer {
			kept = append(kept, r)
		}
	}
	st.Approved = kept
}

// ApprovedBy says whether an approval of this reviewer holds.
func (st Standing) ApprovedBy(reviewer identity.UserID) bool {
	for _, r := range st.Approved {
		if r.Reviewer == reviewer {
			return true
		}
	}
	return false
}
