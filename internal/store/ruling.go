package store

import (
	"context"
	"sync"

	"gorm.io/gorm"

	"muster/internal/assessment"
	"muster/internal/identity"
	"muster/internal/question"
)

type rulingRow struct {
	ID          string
	QuestionID  string
	Version     string
	Action      string
	Replacement *string
	Reason      string
	MadeBy      string
	MadeAt      int64
}

// TableName names the table.
func (rulingRow) TableName() string { return "question_rulings" }

func rowOfRuling(r assessment.Ruling) rulingRow {
	return rulingRow{
		ID: string(r.ID), QuestionID: string(r.Question), Version: string(r.Version), Action: string(r.Action),
		Replacement: maybeText(string(r.Replacement)), Reason: r.Reason, MadeBy: string(r.By), MadeAt: micros(r.At),
	}
}

func (r rulingRow) ruling() assessment.Ruling {
	return assessment.Ruling{
		ID: assessment.RulingID(r.ID), Question: question.ID(r.QuestionID), Version: question.Version(r.Version),
		Action: assessment.RulingAction(r.Action), Replacement: question.Version(textOf(r.Replacement)), Reason: r.Reason,
		By: identity.UserID(r.MadeBy), At: instant(r.MadeAt),
	}
}

// rulingCache keeps the rulings that hold, by version. Every answer asks for
// them, and there are few. It is used where no other program writes.
type rulingCache struct {
	mu    sync.Mutex
	held  map[question.Version]assessment.Ruling // nil = not read since the last ruling
	count int                                    // rulings that were made since the start
}

// read gives what is kept, or reads it and keeps it unless a ruling was made
// meanwhile.
func (c *rulingCache) read(all func() (map[question.Version]assessment.Ruling, error)) (map[question.Version]assessment.Ruling, error) {
	c.mu.Lock()
	held, count := c.held, c.count
	c.mu.Unlock()
	if held != nil {
		return held, nil
	}
	held, err := all()
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.count == count {
		c.held = held
	}
	return held, nil
}

// forget makes the next one read again.
func (c *rulingCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = nil
	c.count++
}

// HeldRulings gives the rulings that hold on any of some versions. A version
// that was restored has none.
func (s *Store) HeldRulings(ctx context.Context, versions []question.Version) (map[question.Version]assessment.Ruling, error) {
	if s.dialect == dialectPostgres {
		return heldRulings(s.read(ctx).Where("version IN ?", versions))
	}
	all, err := s.rulings.read(func() (map[question.Version]assessment.Ruling, error) { return heldRulings(s.read(ctx)) })
	if err != nil || len(all) == 0 {
		return nil, err
	}
	held := map[question.Version]assessment.Ruling{}
	for _, version := range versions {
		if r, ok := all[version]; ok {
			held[version] = r
		}
	}
	return held, nil
}

// heldRulings reads the last ruling on each version.
func heldRulings(query *gorm.DB) (map[question.Version]assessment.Ruling, error) {
	var rows []rulingRow
	if err := query.Order("made_at, id").Find(&rows).Error; err != nil {
		return nil, fault(err, "read the rulings")
	}
	held := make(map[question.Version]assessment.Ruling)
	for _, row := range rows {
		r := row.ruling()
		if held[r.Version] = r; r.Action == assessment.Restore {
			delete(held, r.Version)
		}
	}
	return held, nil
}
