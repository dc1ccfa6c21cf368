package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/document"
	"muster/internal/drafting"
	"muster/internal/errs"
	"muster/internal/library"
	"muster/internal/question"
)

type proposalRow struct {
	Document string `gorm:"primaryKey"`
	Edition  int    `gorm:"primaryKey"`
	Rule     string `gorm:"primaryKey"`
	Proposed int
}

// TableName names the table.
func (proposalRow) TableName() string { return "draft_proposals" }

type decisionRow struct {
	Document   string `gorm:"primaryKey"`
	Edition    int    `gorm:"primaryKey"`
	Draft      string `gorm:"primaryKey"`
	Rule       string
	Outcome    string
	QuestionID string
	Reason     string
	DecidedBy  string
	DecidedAt  int64
}

// TableName names the table.
func (decisionRow) TableName() string { return "draft_decisions" }

// Decide keeps a decision with its audit entries. Conflict where there is another
// one on the draft already.
func (s *Store) Decide(ctx context.Context, d library.Decision, entries []audit.Entry) error {
	row := decisionRow{
		string(d.Document), d.Edition, d.Draft, string(d.Rule), string(d.Outcome), string(d.Question), d.Reason, string(d.By), micros(d.At),
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&row).Error; err != nil {
			if isDuplicate(err) {
				return errs.New(errs.Conflict, "decided", "Somebody has decided on this draft already.")
			}
			return fault(err, "keep the decision")
		}
		return recordAudit(tx, entries)
	})
}

// Reopen forgets the decision on a draft, and keeps what decide makes of the
// question that it became, both or neither. A draft that nobody has decided on
// stays as it is.
func (s *Store) Reopen(ctx context.Context, of library.Decision, entries []audit.Entry, decide func([]bank.Entry) (bank.Change, error)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		var kept []decisionRow
		gone := tx.Clauses(clause.Returning{}).
			Where("document = ? AND edition = ? AND draft = ?", string(of.Document), of.Edition, of.Draft).Delete(&kept)
		if gone.Error != nil || len(kept) == 0 {
			return fault(gone.Error, "forget the decision")
		}
		if id := question.ID(kept[0].QuestionID); id != "" {
			if err := s.changeBank(tx, bank.Selection{IDs: []question.ID{id}}, decide); err != nil {
				return err
			}
		}
		return recordAudit(tx, entries)
	})
}

// Decided reads which drafts of an edition were decided on.
func (s *Store) Decided(ctx context.Context, id document.ID, edition int) (map[string]library.Outcome, error) {
	var rows []decisionRow
	err := s.read(ctx).Select("draft, outcome").Where("document = ? AND edition = ?", string(id), edition).Find(&rows).Error
	decided := make(map[string]library.Outcome, len(rows))
	for _, row := range rows {
		decided[row.Draft] = library.Outcome(row.Outcome)
	}
	return decided, fault(err, "read the decisions")
}

// RuleCounts counts proposals and decisions by rule.
func (s *Store) RuleCounts(ctx context.Context) ([]library.RuleCount, error) {
	const counts = `SELECT rule, SUM(proposed) AS proposed, SUM(accepted) AS accepted, SUM(edited) AS edited, SUM(rejected) AS rejected FROM (
			SELECT rule, proposed, 0 AS accepted, 0 AS edited, 0 AS rejected FROM draft_proposals
			UNION ALL
			SELECT rule, 0, CASE outcome WHEN 'accepted' THEN 1 ELSE 0 END, CASE outcome WHEN 'edited' THEN 1 ELSE 0 END,
				CASE outcome WHEN 'rejected' THEN 1 ELSE 0 END FROM draft_decisions
		) AS counted GROUP BY rule ORDER BY rule`
	var rows []struct {
		Rule                                 string
		Proposed, Accepted, Edited, Rejected int
	}
	if err := s.read(ctx).Raw(counts).Scan(&rows).Error; err != nil {
		return nil, fault(err, "count the drafts")
	}
	list := make([]library.RuleCount, len(rows))
	for i, row := range rows {
		list[i] = library.RuleCount{Rule: drafting.Rule(row.Rule), Proposed: row.Proposed, Accepted: row.Accepted, Edited: row.Edited, Rejected: row.Rejected}
	}
	return list, nil
}
