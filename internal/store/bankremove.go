package store

import (
	"bytes"
	"slices"

	"gorm.io/gorm"

	"muster/internal/bank"
)

// removeQuestions takes questions out of the bank. Their texts stay, as every
// version does. Conflict where something names one of them.
func removeQuestions(tx *gorm.DB, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	if used, err := named(tx, ids); err != nil || used {
		if err == nil {
			err = bank.Used()
		}
		return err
	}
	for _, rows := range []any{&bankTagRow{}, &bankOutcomeRow{}, &bankAnchorRow{}, &bankVersionRow{}, &bankRow{}} {
		if err := tx.Where("question_id IN ?", ids).Delete(rows).Error; err != nil {
			return fault(err, "remove questions")
		}
	}
	return nil
}

// named says whether a question was ever moved, remarked on, or named by a quiz.
func named(tx *gorm.DB, ids []string) (bool, error) {
	var moves, remarks int64
	if err := tx.Model(&bankMoveRow{}).Where("question_id IN ?", ids).Count(&moves).Error; err != nil {
		return false, fault(err, "count the state changes")
	}
	if err := tx.Model(&reviewRow{}).Where("subject IN ?", ids).Count(&remarks).Error; err != nil {
		return false, fault(err, "count the remarks")
	}
	var quizzes []blueprintRow
	if err := tx.Select("document").Find(&quizzes).Error; err != nil {
		return false, fault(err, "read the quizzes")
	}
	return moves+remarks > 0 || slices.ContainsFunc(quizzes, func(quiz blueprintRow) bool {
		return slices.ContainsFunc(ids, func(id string) bool { return bytes.Contains(quiz.Document, []byte(`"`+id+`"`)) })
	}), nil
}
