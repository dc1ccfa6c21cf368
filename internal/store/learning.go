package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/learning"
)

type lessonStateRow struct {
	UserID    string `gorm:"primaryKey"`
	Module    string `gorm:"primaryKey"`
	Lesson    string `gorm:"primaryKey"`
	ReadShare float64
	ReadAt    *int64
	UpdatedAt int64 `gorm:"autoUpdateTime:false"`
}

// TableName names the table.
func (lessonStateRow) TableName() string { return "lesson_states" }

func (r lessonStateRow) state() learning.LessonState {
	return learning.LessonState{
		Module: curriculum.ModuleSlug(r.Module), Lesson: curriculum.LessonSlug(r.Lesson),
		ReadShare: r.ReadShare, Read: r.ReadAt != nil, ReadAt: maybeInstant(r.ReadAt), UpdatedAt: instant(r.UpdatedAt),
	}
}

type outcomeRow struct {
	AttemptID string
	Outcome   string
	UserID    string
	Answered  int
	Correct   int
}

// TableName names the table.
func (outcomeRow) TableName() string { return "outcome_results" }

// SaveLessonState keeps the farther of what is there and what is given, and
// gives it. One statement decides, so that two devices cannot undo each other.
func (s *Store) SaveLessonState(ctx context.Context, user identity.UserID, state learning.LessonState) (learning.LessonState, error) {
	row := lessonStateRow{
		UserID: string(user), Module: string(state.Module), Lesson: string(state.Lesson),
		ReadShare: state.ReadShare, UpdatedAt: micros(state.UpdatedAt),
	}
	if state.Read {
		row.ReadAt = &row.UpdatedAt
	}
	farther := clause.OnConflict{
		Columns: []clause.Column{{Name: "user_id"}, {Name: "module"}, {Name: "lesson"}},
		DoUpdates: clause.Assignments(map[string]any{
			"read_share": gorm.Expr("CASE WHEN excluded.read_share > lesson_states.read_share THEN excluded.read_share ELSE lesson_states.read_share END"),
			"read_at":    gorm.Expr("COALESCE(lesson_states.read_at, excluded.read_at)"),
			"updated_at": gorm.Expr("excluded.updated_at"),
		}),
	}
	var kept lessonStateRow
	err := s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Clauses(farther).Create(&row).Error; err != nil {
			return fault(err, "keep the lesson state")
		}
		var err error
		kept, err = first[lessonStateRow](tx, "lesson state", "user_id = ? AND module = ? AND lesson = ?", row.UserID, row.Module, row.Lesson)
		return err
	})
	return kept.state(), err
}

// LessonStates reads all of a trainee's.
func (s *Store) LessonStates(ctx context.Context, user identity.UserID) ([]learning.LessonState, error) {
	var rows []lessonStateRow
	if err := s.read(ctx).Where("user_id = ?", string(user)).Order("module, lesson").Find(&rows).Error; err != nil {
		return nil, fault(err, "read the lesson states")
	}
	states := make([]learning.LessonState, len(rows))
	for i, row := range rows {
		states[i] = row.state()
	}
	return states, nil
}

// ReplaceOutcomeResults keeps what one attempt shows, in place of what it
// showed before.
func (s *Store) ReplaceOutcomeResults(ctx context.Context, user identity.UserID, attempt assessment.AttemptID, results []learning.OutcomeResult) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("attempt_id = ?", string(attempt)).Delete(&outcomeRow{}).Error; err != nil {
			return fault(err, "drop the old outcome results")
		}
		for _, r := range results {
			row := outcomeRow{AttemptID: string(attempt), Outcome: string(r.Outcome), UserID: string(user), Answered: r.Answered, Correct: r.Right}
			if err := tx.Create(&row).Error; err != nil {
				return fault(err, "insert an outcome result")
			}
		}
		return nil
	})
}

// OutcomeResults sums a trainee's results over all attempts, by outcome.
func (s *Store) OutcomeResults(ctx context.Context, user identity.UserID) ([]learning.OutcomeResult, error) {
	var rows []outcomeRow
	err := s.read(ctx).Model(&outcomeRow{}).Select("outcome, SUM(answered) AS answered, SUM(correct) AS correct").
		Where("user_id = ?", string(user)).Group("outcome").Order("outcome").Find(&rows).Error
	if err != nil {
		return nil, fault(err, "read the outcome results")
	}
	results := make([]learning.OutcomeResult, len(rows))
	for i, r := range rows {
		results[i] = learning.OutcomeResult{Outcome: curriculum.OutcomeID(r.Outcome), Answered: r.Answered, Right: r.Correct}
	}
	return results, nil
}
