package credential

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

var today = time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)

const (
	amina = identity.UserID("amina")
	chief = identity.UserID("chief") // coordinates the cohort that amina is in
)

// course has the modules one and two with a check each, a final exam, and one
// rule over all of them.
func course() *curriculum.Catalogue {
	c := &curriculum.Catalogue{
		Exams: []curriculum.Quiz{{Slug: "final", Title: "Final exam", Purpose: curriculum.PurposeExam}},
		Awards: []curriculum.Award{{
			Slug: "basics", Title: "Basics of the field", Description: "The holder knows the basics.", Criteria: "Pass both checks and the exam.",
			Modules: []curriculum.ModuleSlug{"one", "two"}, Exam: "final", Critical: true, ValidMonths: 24,
		}},
	}
	for _, slug := range []curriculum.ModuleSlug{"one", "two"} {
		c.Modules = append(c.Modules, curriculum.Module{Slug: slug, Quizzes: []curriculum.Quiz{
			{Slug: curriculum.QuizSlug(slug + ".check"), Module: slug, Title: "Check", Purpose: curriculum.PurposeCheck},
		}})
	}
	return c.Indexed()
}

// book keeps credentials in memory. How the databases keep them is proved by
// storetest.
type book struct {
	now      time.Time
	ids      int
	attempts []assessment.GradedAttempt
	held     []Held
	keys     []Key
	entries  []audit.Entry
}

func newBook() *book { return &book{now: today} }

// signer is of a seed that is not secret.
func signer() Signer { return NewSigner([]byte("0123456789abcdef0123456789abcdef")) }

func (b *book) service() *Service {
	return &Service{
		Store: b, Keys: b, Attempts: b, Coordinators: b, Cohorts: b, Catalogue: course(), Signer: signer(), Site: "https://muster.example",
		Now: func() time.Time { return b.now }, NewID: func() string {
			b.ids++
			return fmt.Sprintf("00000000-0000-4000-8000-%012d", b.ids)
		},
	}
}

// take adds a graded attempt of amina a day later, and gives its id.
func (b *book) take(quiz curriculum.QuizSlug, passed bool, failures ...question.ID) assessment.AttemptID {
	b.now = b.now.AddDate(0, 0, 1)
	a := assessment.GradedAttempt{
		Attempt: assessment.Attempt{
			ID: assessment.AttemptID(fmt.Sprintf("attempt-%d", len(b.attempts)+1)), Trainee: amina, Quiz: quiz, Status: assessment.Submitted, EndedAt: b.now,
		},
		Grade: &assessment.Grade{Number: 1, Passed: passed, CriticalFailures: failures},
	}
	b.attempts = append(b.attempts, a)
	return a.ID
}

// learn passes both checks.
func (b *book) learn() {
	b.take("one.check", true)
	b.take("two.check", true)
}

// regrade replaces the grade of an attempt.
func (b *book) regrade(id assessment.AttemptID, passed bool) {
	for i := range b.attempts {
		if b.attempts[i].ID == id {
			b.attempts[i].Grade = &assessment.Grade{Number: b.attempts[i].Grade.Number + 1, Passed: passed}
		}
	}
}

func (b *book) find(id ID) *Held {
	i := slices.IndexFunc(b.held, func(h Held) bool { return h.ID == id })
	if i < 0 {
		return nil
	}
	return &b.held[i]
}

func (b *book) IssueCredential(_ context.Context, c Credential, replaces ID, entry audit.Entry) error {
	if replaces != "" {
		b.find(replaces).SupersededBy = c.ID
	}
	for _, h := range b.held {
		if h.Holder == c.Holder && h.Award.Slug == c.Award.Slug && h.SupersededBy == "" && h.Revocation.At.IsZero() {
			return errs.New(errs.Conflict, "credential_changed", "Another stands.")
		}
	}
	c.Index = len(b.held)
	b.held = append(b.held, Held{Credential: c, Name: "Amina Diallo", Username: "amina.diallo"})
	b.entries = append(b.entries, entry)
	return nil
}

func (b *book) RevokeCredential(_ context.Context, id ID, r Revocation, restores ID, entry audit.Entry) error {
	h := b.find(id)
	if !h.Revocation.At.IsZero() {
		return errs.New(errs.Conflict, "revoked", "It is revoked.")
	}
	h.Revocation = r
	if restores != "" {
		b.find(restores).SupersededBy = ""
	}
	b.entries = append(b.entries, entry)
	return nil
}

func (b *book) ShowCredential(_ context.Context, id ID, shown Shown, entry audit.Entry) error {
	b.find(id).Shown = shown
	b.entries = append(b.entries, entry)
	return nil
}

func (b *book) Credential(_ context.Context, id ID) (Held, error) {
	if h := b.find(id); h != nil {
		return *h, nil
	}
	return Held{}, errs.Missing("credential")
}

func (b *book) Credentials(_ context.Context, holder identity.UserID) ([]Held, error) {
	var held []Held
	for _, h := range b.held {
		if h.Holder == holder {
			held = append(held, h)
		}
	}
	return held, nil
}

func (b *book) CohortCredentials(context.Context, cohort.ID) ([]Held, error) { return b.held, nil }

func (b *book) RevokedCredentials(_ context.Context, first, last int) ([]int, error) {
	var revoked []int
	for _, h := range b.held {
		if !h.Revocation.At.IsZero() && h.Index >= first && h.Index < last {
			revoked = append(revoked, h.Index)
		}
	}
	return revoked, nil
}

func (b *book) PublishKey(_ context.Context, k Key, _ time.Time) error {
	b.keys = append(b.keys, k)
	return nil
}

func (b *book) PublishedKeys(context.Context) ([]Key, error) { return b.keys, nil }

func (b *book) Attempt(_ context.Context, id assessment.AttemptID) (assessment.Attempt, error) {
	for _, a := range b.attempts {
		if a.ID == id {
			return a.Attempt, nil
		}
	}
	return assessment.Attempt{}, errs.Missing("attempt")
}

func (b *book) Attempts(context.Context, identity.UserID) ([]assessment.GradedAttempt, error) {
	return b.attempts, nil
}

func (b *book) Coordinates(_ context.Context, actor, holder identity.UserID) (bool, error) {
	return actor == chief && holder == amina, nil
}

func (b *book) Cohort(_ context.Context, actor identity.Actor, id cohort.ID) (cohort.Cohort, error) {
	if actor.Role == identity.Admin || actor == (identity.Actor{ID: chief, Role: identity.Coordinator}) {
		return cohort.Cohort{ID: id}, nil
	}
	return cohort.Cohort{}, errs.Missing("cohort")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// issued is a credential as a test needs one.
func issued() Held {
	c := course()
	_, version, _ := curriculum.EncodeAward(c.Awards[0])
	return Held{Name: "Amina Diallo", Username: "amina.diallo", Credential: Credential{
		ID: "5b0f6f3e-7c52-4f0e-9a54-0d2a6a1f4b11", Holder: amina, Award: c.Awards[0], Version: version, Attempt: "attempt-3", PassedAt: today,
		IssuedAt: today, ValidUntil: today.AddDate(0, 24, 0), Index: 7, Shown: ShowInitials,
	}}
}
