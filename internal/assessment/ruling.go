package assessment

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"muster/internal/identity"
	"muster/internal/question"
)

// RulingID names a ruling: a UUID made by the server.
type RulingID string

// RulingAction is what a ruling does to a version of a question.
type RulingAction string

// The actions. The last ruling on a version holds.
const (
	Rekey   RulingAction = "rekey"   // it is scored with the key of another document
	Void    RulingAction = "void"    // it leaves the points and the points to be had
	Restore RulingAction = "restore" // it is scored as it was written
)

// Ruling says how a version of a question is scored from then on, whatever its
// document says: papers that drew it keep it. It never changes.
type Ruling struct {
	ID          RulingID
	Question    question.ID
	Version     question.Version
	Action      RulingAction
	Replacement question.Version // rekey: the version with the other key
	Reason      string
	By          identity.UserID
	At          time.Time
}

// Rulings knows what was ruled.
type Rulings interface {
	// HeldRulings gives the rulings that hold on any of some versions.
	HeldRulings(ctx context.Context, versions []question.Version) (map[question.Version]Ruling, error)
	// Work reads the answers, views and marks of an attempt in the server's order, of one
	// question or, where it is "", of all, without what only proves that nobody
	// changed them.
	Work(ctx context.Context, id AttemptID, of question.ID) ([]Event, error)
}

// ScoredVersions reads questions by version as they are scored now: a version
// with another key by ruling comes with that key. NotFound if any is missing.
func (s *Service) ScoredVersions(ctx context.Context, versions []question.Version) (map[question.Version]question.Question, error) {
	scored, _, err := s.scored(ctx, versions)
	return scored, err
}

// scored reads questions as they are scored, and which of them are void, in the
// order of their rulings.
func (s *Service) scored(ctx context.Context, versions []question.Version) (map[question.Version]question.Question, []question.Version, error) {
	stored, err := s.Bank.QuestionVersions(ctx, versions)
	if err != nil || s.Rulings == nil {
		return stored, nil, err
	}
	held, err := s.Rulings.HeldRulings(ctx, versions)
	if err != nil || len(held) == 0 {
		return stored, nil, err
	}
	return s.ruled(ctx, stored, held)
}

// ruled puts the keys of rulings in place of those of documents.
func (s *Service) ruled(ctx context.Context, stored map[question.Version]question.Question, held map[question.Version]Ruling) (map[question.Version]question.Question, []question.Version, error) {
	var replacements, void []question.Version
	for version, ruling := range held {
		switch ruling.Action {
		case Rekey:
			replacements = append(replacements, ruling.Replacement)
		case Void:
			void = append(void, version)
		}
	}
	others, err := s.Bank.QuestionVersions(ctx, replacements)
	if err != nil {
		return nil, nil, err
	}
	for version, ruling := range held {
		if ruling.Action == Rekey {
			stored[version] = others[ruling.Replacement]
		}
	}
	slices.SortFunc(void, func(a, b question.Version) int {
		return cmp.Or(held[a].At.Compare(held[b].At), strings.Compare(string(held[a].ID), string(held[b].ID)))
	})
	return stored, void, nil
}
