package store

import (
	"context"
	"encoding/json"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/document"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/library"
)

type correctionRow struct {
	ID         string `gorm:"primaryKey"`
	DocumentID string
	Content    []byte
	RecordedBy string
	RecordedAt int64
}

// TableName names the table.
func (correctionRow) TableName() string { return "document_corrections" }

// Corrections reads those of a document, oldest first.
func (s *Store) Corrections(ctx context.Context, id document.ID) ([]library.Correction, error) {
	var rows []struct {
		Correction correctionRow `gorm:"embedded"`
		Name       string
	}
	err := s.read(ctx).Model(&correctionRow{}).Select("document_corrections.*, users.name").
		Joins("JOIN users ON users.id = document_corrections.recorded_by").
		Where("document_id = ?", string(id)).Order("document_corrections.id").Scan(&rows).Error
	if err != nil {
		return nil, fault(err, "read the corrections")
	}
	list := make([]library.Correction, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal(row.Correction.Content, &list[i]); err != nil {
			return nil, fault(err, "decode correction %s", row.Correction.ID)
		}
		list[i].ID, list[i].By, list[i].ByName, list[i].At = row.Correction.ID, identity.UserID(row.Correction.RecordedBy), row.Name, instant(row.Correction.RecordedAt)
	}
	return list, nil
}

// PutCorrection keeps a correction, in place of the one with its id.
func (s *Store) PutCorrection(ctx context.Context, id document.ID, c library.Correction, entries []audit.Entry) error {
	said := c
	said.ID, said.By, said.ByName, said.At = "", "", "", instant(0)
	content, err := json.Marshal(said)
	if err != nil {
		return fault(err, "encode the correction")
	}
	row := correctionRow{c.ID, string(id), content, string(c.By), micros(c.At)}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Save(&row).Error; err != nil {
			return fault(err, "keep the correction")
		}
		return recordAudit(tx, entries)
	})
}

// DeleteCorrection forgets a correction. NotFound.
func (s *Store) DeleteCorrection(ctx context.Context, id document.ID, correction string, entries []audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		gone := tx.Where("document_id = ? AND id = ?", string(id), correction).Delete(&correctionRow{})
		if gone.Error == nil && gone.RowsAffected == 0 {
			return errs.Missing("correction")
		}
		if gone.Error != nil {
			return fault(gone.Error, "forget the correction")
		}
		return recordAudit(tx, entries)
	})
}
