package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/audit"
	"muster/internal/blueprint"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

type blueprintRow struct {
	Slug      string `gorm:"primaryKey"`
	State     string
	Document  []byte
	Offered   *string
	Revision  int64
	Author    string
	ChangedBy string
	ChangedAt int64
}

// TableName names the table.
func (blueprintRow) TableName() string { return "blueprints" }

func (r blueprintRow) entry() (blueprint.Entry, error) {
	quiz, err := curriculum.DecodeQuiz(r.Document)
	if err != nil {
		return blueprint.Entry{}, fault(err, "quiz %s", r.Slug)
	}
	return blueprint.Entry{
		Quiz: quiz, Offered: textOf(r.Offered), State: blueprint.State(r.State), Revision: r.Revision,
		Author: identity.UserID(r.Author), ChangedBy: identity.UserID(r.ChangedBy), ChangedAt: instant(r.ChangedAt),
	}, nil
}

// Blueprints reads all quizzes of trainers, by slug.
func (s *Store) Blueprints(ctx context.Context) ([]blueprint.Entry, error) {
	var rows []blueprintRow
	if err := s.read(ctx).Order("slug").Find(&rows).Error; err != nil {
		return nil, fault(err, "read the blueprints")
	}
	entries := make([]blueprint.Entry, len(rows))
	for i, row := range rows {
		entry, err := row.entry()
		if err != nil {
			return nil, err
		}
		entries[i] = entry
	}
	return entries, nil
}

// Blueprint reads one. NotFound.
func (s *Store) Blueprint(ctx context.Context, slug curriculum.QuizSlug) (blueprint.Entry, error) {
	row, err := first[blueprintRow](s.read(ctx), "quiz", "slug = ?", string(slug))
	if err != nil {
		return blueprint.Entry{}, err
	}
	return row.entry()
}

// SaveBlueprint keeps e in the place of the entry of one revision less, and as a
// new one where its revision is 1. Conflict where there is another.
func (s *Store) SaveBlueprint(ctx context.Context, e blueprint.Entry, entry audit.Entry) error {
	document, _, err := curriculum.EncodeQuiz(e.Quiz)
	if err != nil {
		return err
	}
	row := blueprintRow{
		Slug: string(e.Quiz.Slug), State: string(e.State), Document: document, Offered: maybeText(e.Offered), Revision: e.Revision,
		Author: string(e.Author), ChangedBy: string(e.ChangedBy), ChangedAt: micros(e.ChangedAt),
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := replaceBlueprint(tx, row); err != nil {
			return err
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

func replaceBlueprint(tx *gorm.DB, row blueprintRow) error {
	if row.Revision == 1 {
		tx = tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	} else {
		tx = tx.Model(&blueprintRow{}).Where("slug = ? AND revision = ?", row.Slug, row.Revision-1).Select("*").Updates(&row)
	}
	if tx.Error == nil && tx.RowsAffected == 0 {
		return errs.New(errs.Conflict, "quiz_changed", "Somebody has changed this quiz since you opened it. Load it again.")
	}
	return fault(tx.Error, "keep the blueprint")
}

// BlueprintRevision sums the revisions of all blueprints.
func (s *Store) BlueprintRevision(ctx context.Context) (int64, error) {
	var sum int64
	err := s.read(ctx).Model(&blueprintRow{}).Select("CAST(COALESCE(SUM(revision), 0) AS BIGINT)").Scan(&sum).Error
	return sum, fault(err, "read the revision of the blueprints")
}
