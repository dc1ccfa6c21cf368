package store

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// picturesAtOnce is how many pictures a statement inserts: each may have a
// megabyte.
const picturesAtOnce = 8

type pictureRow struct {
	ID        string `gorm:"primaryKey"`
	MediaType string
	Bytes     []byte
	Width     int
	Height    int
	AddedBy   string
	AddedAt   int64
}

// TableName names the table.
func (pictureRow) TableName() string { return "pictures" }

// KeepPicture keeps a picture; one that is there already stays as it is.
func (s *Store) KeepPicture(ctx context.Context, p bank.Picture, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := keepPictures(tx, []bank.Picture{p}); err != nil {
			return err
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// keepPictures inserts those that are not there yet.
func keepPictures(tx *gorm.DB, pictures []bank.Picture) error {
	if len(pictures) == 0 {
		return nil
	}
	rows := make([]pictureRow, len(pictures))
	for i, p := range pictures {
		rows[i] = pictureRow{string(p.ID), p.Type, p.Data, p.Width, p.Height, string(p.By), micros(p.At)}
	}
	known := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}
	return fault(tx.Clauses(known).CreateInBatches(&rows, picturesAtOnce).Error, "keep %d pictures", len(rows))
}

// Picture reads a picture. NotFound.
func (s *Store) Picture(ctx context.Context, id question.PictureID) (bank.Picture, error) {
	var rows []pictureRow
	if err := s.read(ctx).Where("id = ?", string(id)).Limit(1).Find(&rows).Error; err != nil {
		return bank.Picture{}, fault(err, "read picture %s", id)
	}
	if len(rows) == 0 {
		return bank.Picture{}, errs.Missing("picture")
	}
	r := rows[0]
	return bank.Picture{
		ID: question.PictureID(r.ID), Type: r.MediaType, Data: r.Bytes, Width: r.Width, Height: r.Height,
		By: identity.UserID(r.AddedBy), At: instant(r.AddedAt),
	}, nil
}

// KnownPictures reads which of some pictures are there, with all but their bytes.
func (s *Store) KnownPictures(ctx context.Context, ids []question.PictureID) (map[question.PictureID]bank.Picture, error) {
	known := make(map[question.PictureID]bank.Picture, len(ids))
	for some := range slices.Chunk(ids, namesAtOnce) {
		names := make([]string, len(some))
		for i, id := range some {
			names[i] = string(id)
		}
		var rows []pictureRow
		err := s.read(ctx).Select("id", "media_type", "width", "height", "added_by", "added_at").Where("id IN ?", names).Find(&rows).Error
		if err != nil {
			return nil, fault(err, "look for pictures")
		}
		for _, r := range rows {
			id := question.PictureID(r.ID)
			known[id] = bank.Picture{ID: id, Type: r.MediaType, Width: r.Width, Height: r.Height, By: identity.UserID(r.AddedBy), At: instant(r.AddedAt)}
		}
	}
	return known, nil
}
