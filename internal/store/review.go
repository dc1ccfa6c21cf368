package store

import (
	"context"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/review"
)

type reviewRow struct {
	ID       string
	Subject  string
	Version  string
	Verdict  string
	Quote    string
	Text     string
	Reviewer string
	At       int64
}

// TableName names the table.
func (reviewRow) TableName() string { return "reviews" }

// namedReview is a review with what the reviewer is called now.
type namedReview struct {
	Review reviewRow `gorm:"embedded"`
	Name   string
}

func (n namedReview) remark() review.Remark {
	r := n.Review
	return review.Remark{
		ID: r.ID, Subject: curriculum.SubjectID(r.Subject), Version: r.Version, Verdict: review.Verdict(r.Verdict),
		Quote: r.Quote, Text: r.Text, Reviewer: identity.UserID(r.Reviewer), ReviewerName: n.Name, At: instant(r.At),
	}
}

// AddRemark keeps a remark with its audit entry.
func (s *Store) AddRemark(ctx context.Context, r review.Remark, entry audit.Entry) error {
	row := reviewRow{
		ID: r.ID, Subject: string(r.Subject), Version: r.Version, Verdict: string(r.Verdict),
		Quote: r.Quote, Text: r.Text, Reviewer: string(r.Reviewer), At: micros(r.At),
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&row).Error; err != nil {
			return fault(err, "insert the review")
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// Remarks reads the remarks on a subject, or on all where it is "", oldest first.
func (s *Store) Remarks(ctx context.Context, subject curriculum.SubjectID) ([]review.Remark, error) {
	query := s.read(ctx).Model(&reviewRow{}).Select("reviews.*, users.name").
		Joins("JOIN users ON users.id = reviews.reviewer").Order("reviews.at, reviews.id")
	if subject != "" {
		query = query.Where("reviews.subject = ?", string(subject))
	}
	var rows []namedReview
	if err := query.Scan(&rows).Error; err != nil {
		return nil, fault(err, "read the reviews")
	}
	remarks := make([]review.Remark, len(rows))
	for i, row := range rows {
		remarks[i] = row.remark()
	}
	return remarks, nil
}
