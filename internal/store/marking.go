package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/marking"
	"muster/internal/question"
)

type essayRow struct {
	ID         string `gorm:"primaryKey"`
	AttemptID  string
	QuestionID string
	Version    string
	QueuedAt   int64
	Awaiting   bool
	Fraction   float64
	MarkedAt   *int64
	MarkedBy   *string
}

// TableName names the table.
func (essayRow) TableName() string { return "essay_answers" }

// queuedRow is an essay with the quiz that it was written in.
type queuedRow struct {
	Essay essayRow `gorm:"embedded"`
	Quiz  string
}

func (r queuedRow) answer() marking.Answer {
	e := r.Essay
	return marking.Answer{
		ID: assessment.AnswerID(e.ID), Attempt: assessment.AttemptID(e.AttemptID), Quiz: curriculum.QuizSlug(r.Quiz),
		Question: question.ID(e.QuestionID), Version: question.Version(e.Version), QueuedAt: instant(e.QueuedAt), Awaiting: e.Awaiting,
		Fraction: e.Fraction, MarkedAt: maybeInstant(e.MarkedAt), Marker: identity.UserID(textOf(e.MarkedBy)),
	}
}

// recordEssays brings the essays of an attempt to what its new grade says.
func recordEssays(tx *gorm.DB, c assessment.Change) error {
	g := *c.Grade
	if err := forgetEssays(tx, g); err != nil {
		return err
	}
	for _, item := range g.Items {
		id := string(assessment.AnswerOf(g.Attempt, item.Question))
		if item.Void {
			if err := tx.Model(&essayRow{}).Where("id = ?", id).Update("awaiting", false).Error; err != nil {
				return fault(err, "take an essay of attempt %s out", g.Attempt)
			}
		}
		if !item.Awaiting && item.Mark == 0 {
			continue
		}
		row := essayRow{
			ID: id, AttemptID: string(g.Attempt), QuestionID: string(item.Question), Version: string(item.Version),
			QueuedAt: micros(g.At), Awaiting: item.Awaiting, Fraction: item.Fraction,
		}
		changed := []string{"awaiting", "fraction"}
		for _, e := range c.Events {
			if mark, err := assessment.MarkOf(e); err == nil && mark.Seq == item.Mark {
				row.MarkedAt, row.MarkedBy = maybeMicros(mark.At), maybeText(string(mark.By))
				changed = append(changed, "marked_at", "marked_by")
			}
		}
		keep := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns(changed)}
		if err := tx.Clauses(keep).Create(&row).Error; err != nil {
			return fault(err, "keep an essay of attempt %s", g.Attempt)
		}
	}
	return nil
}

// forgetEssays drops the essays of an attempt whose writer emptied them: what came
// late has nothing to mark.
func forgetEssays(tx *gorm.DB, g assessment.Grade) error {
	if g.Number == 1 {
		return nil // there are none yet
	}
	kept := []string{}
	for _, item := range g.Items {
		if item.Awaiting || item.Mark > 0 || item.Void {
			kept = append(kept, string(assessment.AnswerOf(g.Attempt, item.Question)))
		}
	}
	gone := tx.Where("attempt_id = ?", string(g.Attempt))
	if len(kept) > 0 {
		gone = gone.Where("id NOT IN ?", kept)
	}
	return fault(gone.Delete(&essayRow{}).Error, "forget essays of attempt %s", g.Attempt)
}

// essays is every essay but those that one person wrote, and those of people who
// were erased: what they wrote may tell who they were.
func (s *Store) essays(ctx context.Context, not identity.UserID) *gorm.DB {
	return s.read(ctx).Table("essay_answers e").Joins("JOIN attempts a ON a.id = e.attempt_id JOIN users u ON u.id = a.trainee_id").
		Where("a.trainee_id <> ? AND u.username NOT LIKE ?", string(not), identity.ErasedUsername("")+"%")
}

// fittingEssays is those of them that fit.
func (s *Store) fittingEssays(ctx context.Context, not identity.UserID, f marking.Filter) *gorm.DB {
	query := s.essays(ctx, not).Where("e.awaiting = ?", !f.Marked)
	if f.Marked {
		query = query.Where("e.marked_at IS NOT NULL")
	}
	if f.Quiz != "" {
		query = query.Where("a.quiz = ?", string(f.Quiz))
	}
	return query
}

const essayColumns = "e.*, a.quiz"

// EssayAnswers reads a page of essays, see marking.Store.
func (s *Store) EssayAnswers(ctx context.Context, not identity.UserID, f marking.Filter) ([]marking.Answer, error) {
	query, column, order, beyond := s.fittingEssays(ctx, not, f), "queued_at", "e.queued_at, e.id", ">"
	if f.Marked {
		column, order, beyond = "marked_at", "e.marked_at DESC, e.id DESC", "<"
	}
	if f.Cursor != "" {
		if _, err := first[essayRow](s.read(ctx), "page", "id = ?", f.Cursor); errs.KindOf(err) == errs.NotFound {
			return nil, errs.InvalidField("cursor", "There is no such page. Start again from the first.")
		} else if err != nil {
			return nil, err
		}
		query = query.Where("(e."+column+", e.id) "+beyond+" (SELECT "+column+", id FROM essay_answers WHERE id = ?)", f.Cursor)
	}
	var rows []queuedRow
	if err := query.Select(essayColumns).Order(order).Limit(f.Limit).Scan(&rows).Error; err != nil {
		return nil, fault(err, "read the essays")
	}
	answers := make([]marking.Answer, len(rows))
	for i, row := range rows {
		answers[i] = row.answer()
	}
	return answers, nil
}

// EssayAnswer reads one essay. NotFound.
func (s *Store) EssayAnswer(ctx context.Context, not identity.UserID, id assessment.AnswerID) (marking.Answer, error) {
	var rows []queuedRow
	if err := s.essays(ctx, not).Select(essayColumns).Where("e.id = ?", string(id)).Scan(&rows).Error; err != nil {
		return marking.Answer{}, fault(err, "read an essay")
	}
	if len(rows) == 0 {
		return marking.Answer{}, errs.Missing("answer")
	}
	return rows[0].answer(), nil
}

// CountEssayAnswers counts the essays that fit, whatever the page.
func (s *Store) CountEssayAnswers(ctx context.Context, not identity.UserID, f marking.Filter) (int, error) {
	var n int64
	err := s.fittingEssays(ctx, not, f).Count(&n).Error
	return int(n), fault(err, "count the essays")
}

// WaitingEssays counts the essays that wait, by quiz.
func (s *Store) WaitingEssays(ctx context.Context, not identity.UserID) ([]marking.QuizCount, error) {
	var counts []marking.QuizCount
	err := s.fittingEssays(ctx, not, marking.Filter{}).Select("a.quiz AS quiz, COUNT(*) AS waiting").Group("a.quiz").Order("a.quiz").Scan(&counts).Error
	return counts, fault(err, "count the essays that wait")
}

// NextEssay gives what to mark after an essay, see marking.Store.
func (s *Store) NextEssay(ctx context.Context, not identity.UserID, after marking.Answer) (assessment.AnswerID, error) {
	var ids []assessment.AnswerID
	err := s.fittingEssays(ctx, not, marking.Filter{Quiz: after.Quiz}).Where("e.id <> ?", string(after.ID)).
		Order(clause.OrderBy{Expression: clause.Expr{SQL: "CASE WHEN e.question_id = ? THEN 0 ELSE 1 END, e.queued_at, e.id", Vars: []any{string(after.Question)}}}).
		Limit(1).Pluck("e.id", &ids).Error
	if err != nil || len(ids) == 0 {
		return "", fault(err, "read the next essay")
	}
	return ids[0], nil
}

// NamesOf reads what people are called.
func (s *Store) NamesOf(ctx context.Context, people []identity.UserID) (map[identity.UserID]string, error) {
	var rows []userRow
	if err := s.read(ctx).Select("id, name").Where("id IN ?", people).Find(&rows).Error; err != nil {
		return nil, fault(err, "read names")
	}
	names := make(map[identity.UserID]string, len(rows))
	for _, row := range rows {
		names[identity.UserID(row.ID)] = row.Name
	}
	return names, nil
}
