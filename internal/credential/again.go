package credential

import (
	"context"
	"time"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// Counting keeps of credentials those that say where their holders stand: for
// each holder and exam the one that stands, and where none does the newest that
// did. held is in the order of issue. One that the system took back counts only
// where there is no other.
func Counting(held []Held) []Held {
	type earned struct {
		holder identity.UserID
		exam   curriculum.QuizSlug
	}
	at := make(map[earned]int)
	var counting []Held
	for _, h := range held {
		if h.SupersededBy != "" {
			continue
		}
		key := earned{h.Holder, h.Award.Exam}
		i, known := at[key]
		switch {
		case !known:
			at[key] = len(counting)
			counting = append(counting, h)
		case !counting[i].Revocation.At.IsZero() && !h.takenBack():
			counting[i] = h
		}
	}
	return counting
}

// takenBack says whether the system revoked a credential, as if it had never
// been; it comes again by itself with what was lost.
func (c Credential) takenBack() bool { return c.Revocation.By == audit.System }

// endedAt gives when the exam ended that earned a credential which somebody
// revoked or which has expired: another must be passed later than that. Zero for
// one that holds.
func (c Credential) endedAt(now time.Time) time.Time {
	if s := c.Status(now); s == Expired || s == Revoked && !c.takenBack() {
		return c.PassedAt
	}
	return time.Time{}
}

// Again gives the exams that a trainee has to pass again: the certificate that
// they earned was revoked or has expired, and the rule would give another.
func (s *Service) Again(ctx context.Context, trainee identity.UserID) ([]curriculum.QuizSlug, error) {
	ended, err := s.ended(ctx, trainee)
	var exams []curriculum.QuizSlug
	for _, award := range s.Catalogue.Awards {
		if !ended[award.Exam].IsZero() {
			exams = append(exams, award.Exam)
		}
	}
	return exams, err
}

// ended gives by exam since when a trainee has to pass it again.
func (s *Service) ended(ctx context.Context, trainee identity.UserID) (map[curriculum.QuizSlug]time.Time, error) {
	held, err := s.Store.Credentials(ctx, trainee)
	ended := make(map[curriculum.QuizSlug]time.Time)
	for _, h := range Counting(held) {
		ended[h.Award.Exam] = h.endedAt(s.Now())
	}
	return ended, err
}
