package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/credential"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

type credentialRow struct {
	ID            string
	Holder        string
	Rule          string
	RuleVersion   string
	RuleDocument  []byte
	AttemptID     string
	PassedAt      int64
	IssuedAt      int64
	ValidUntil    int64
	StatusIndex   int
	ShowName      string
	SupersededBy  *string
	RevokedAt     *int64
	RevokedBy     *string
	RevokedReason *string
}

// TableName names the table.
func (credentialRow) TableName() string { return "credentials" }

func rowOfCredential(c credential.Credential) (credentialRow, error) {
	document, version, err := curriculum.EncodeAward(c.Award)
	return credentialRow{
		ID: string(c.ID), Holder: string(c.Holder), Rule: string(c.Award.Slug), RuleVersion: version, RuleDocument: document,
		AttemptID: string(c.Attempt), PassedAt: micros(c.PassedAt), IssuedAt: micros(c.IssuedAt), ValidUntil: micros(c.ValidUntil),
		ShowName: string(c.Shown),
	}, err
}

// heldRow is a credential with what its holder is called now.
type heldRow struct {
	Credential credentialRow `gorm:"embedded"`
	Name       string
	Username   string
}

func (r heldRow) held() (credential.Held, error) {
	c := r.Credential
	award, err := curriculum.DecodeAward(c.RuleDocument)
	return credential.Held{Name: r.Name, Username: r.Username, Credential: credential.Credential{
		ID: credential.ID(c.ID), Holder: identity.UserID(c.Holder), Award: award, Version: c.RuleVersion,
		Attempt: assessment.AttemptID(c.AttemptID), PassedAt: instant(c.PassedAt), IssuedAt: instant(c.IssuedAt),
		ValidUntil: instant(c.ValidUntil), Index: c.StatusIndex, Shown: credential.Shown(c.ShowName), SupersededBy: credential.ID(textOf(c.SupersededBy)),
		Revocation: credential.Revocation{At: maybeInstant(c.RevokedAt), By: textOf(c.RevokedBy), Reason: textOf(c.RevokedReason)},
	}}, err
}

// errStands is the answer where another run was faster; the next one sees it.
func errStands() error {
	return errs.New(errs.Conflict, "credential_changed", "The credential has changed meanwhile. Try again.")
}

// IssueCredential keeps a credential and gives it the next place in the list of
// revocations. Conflict where the one to replace no longer stands, or another of
// the same rule does.
func (s *Store) IssueCredential(ctx context.Context, c credential.Credential, replaces credential.ID, entry audit.Entry) error {
	row, err := rowOfCredential(c)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if replaces != "" {
			changed := standing(tx, replaces).Update("superseded_by", row.ID)
			if changed.Error != nil {
				return fault(changed.Error, "supersede credential %s", replaces)
			}
			if changed.RowsAffected != 1 {
				return errStands()
			}
		}
		next := tx.Model(&credentialRow{}).Select("COALESCE(MAX(status_index) + 1, 0)").Scan(&row.StatusIndex)
		if next.Error != nil {
			return fault(next.Error, "find the next place in the list")
		}
		err := tx.Create(&row).Error
		if isDuplicate(err) {
			return errStands()
		}
		if err != nil {
			return fault(err, "insert credential %s", row.ID)
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// standing is the credential of an id where it is neither superseded nor revoked.
func standing(tx *gorm.DB, id credential.ID) *gorm.DB {
	return tx.Model(&credentialRow{}).Where("id = ? AND superseded_by IS NULL AND revoked_at IS NULL", string(id))
}

// RevokeCredential ends a credential; restores is no longer superseded by it.
// Conflict with code revoked where it has ended.
func (s *Store) RevokeCredential(ctx context.Context, id credential.ID, r credential.Revocation, restores credential.ID, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		changed := tx.Model(&credentialRow{}).Where("id = ? AND revoked_at IS NULL", string(id)).
			Updates(map[string]any{"revoked_at": micros(r.At), "revoked_by": r.By, "revoked_reason": r.Reason})
		if changed.Error != nil {
			return fault(changed.Error, "revoke credential %s", id)
		}
		if changed.RowsAffected != 1 {
			return errs.New(errs.Conflict, "revoked", "This credential is revoked already.")
		}
		if restores != "" {
			err := tx.Model(&credentialRow{}).Where("id = ? AND superseded_by = ?", string(restores), string(id)).Update("superseded_by", nil).Error
			if err != nil {
				return fault(err, "restore credential %s", restores)
			}
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// ShowCredential keeps how much of the holder's name is shown.
func (s *Store) ShowCredential(ctx context.Context, id credential.ID, shown credential.Shown, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		changed := tx.Model(&credentialRow{}).Where("id = ?", string(id)).Update("show_name", string(shown))
		if changed.Error != nil || changed.RowsAffected == 0 {
			return orMissing(changed, "credential")
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// Credential reads one. NotFound.
func (s *Store) Credential(ctx context.Context, id credential.ID) (credential.Held, error) {
	held, err := scanHeld(s.held(ctx).Where("credentials.id = ?", string(id)))
	if err == nil && len(held) == 0 {
		err = errs.Missing("credential")
	}
	if err != nil {
		return credential.Held{}, err
	}
	return held[0], nil
}

// Credentials reads those of a person, in the order of issue.
func (s *Store) Credentials(ctx context.Context, holder identity.UserID) ([]credential.Held, error) {
	return scanHeld(s.held(ctx).Where("credentials.holder = ?", string(holder)).Order("credentials.status_index"))
}

// CohortCredentials reads those of a cohort's members, by name and in the order
// of issue.
func (s *Store) CohortCredentials(ctx context.Context, c cohort.ID) ([]credential.Held, error) {
	held, err := scanHeld(s.held(ctx).Joins("JOIN enrolments ON enrolments.user_id = credentials.holder").
		Where("enrolments.cohort_id = ? AND enrolments.left_at IS NULL", string(c)).
		Order("users.id, credentials.status_index"))
	identity.SortByName(held, func(h credential.Held) string { return h.Name })
	return held, err
}

func (s *Store) held(ctx context.Context) *gorm.DB {
	return s.read(ctx).Model(&credentialRow{}).Select("credentials.*, users.name, users.username").
		Joins("JOIN users ON users.id = credentials.holder")
}

func scanHeld(query *gorm.DB) ([]credential.Held, error) {
	var rows []heldRow
	if err := query.Scan(&rows).Error; err != nil {
		return nil, fault(err, "read credentials")
	}
	held := make([]credential.Held, len(rows))
	for i, row := range rows {
		var err error
		if held[i], err = row.held(); err != nil {
			return nil, err
		}
	}
	return held, nil
}

// RevokedCredentials gives the indices from first to before last that are revoked.
func (s *Store) RevokedCredentials(ctx context.Context, first, last int) ([]int, error) {
	var indices []int
	err := s.read(ctx).Model(&credentialRow{}).Where("revoked_at IS NOT NULL AND status_index >= ? AND status_index < ?", first, last).
		Order("status_index").Pluck("status_index", &indices).Error
	return indices, fault(err, "read the revoked credentials")
}

// Coordinates says whether actor coordinates a cohort that holder is in.
func (s *Store) Coordinates(ctx context.Context, actor, holder identity.UserID) (bool, error) {
	var n int64
	err := s.read(ctx).Table("cohort_coordinators").Joins("JOIN enrolments ON enrolments.cohort_id = cohort_coordinators.cohort_id").
		Where("cohort_coordinators.user_id = ? AND enrolments.user_id = ? AND enrolments.left_at IS NULL", string(actor), string(holder)).
		Limit(1).Count(&n).Error
	return n > 0, fault(err, "read who coordinates whom")
}

type keyRow struct {
	ID          string
	X           string
	PublishedAt int64
}

// TableName names the table.
func (keyRow) TableName() string { return "credential_keys" }

// PublishKey keeps a public key; the same again changes nothing.
func (s *Store) PublishKey(ctx context.Context, k credential.Key, at time.Time) error {
	row := keyRow{ID: k.ID, X: k.X, PublishedAt: micros(at)}
	return s.write(ctx, func(tx *gorm.DB) error {
		return fault(tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error, "publish a key")
	})
}

// PublishedKeys reads all public keys, newest first.
func (s *Store) PublishedKeys(ctx context.Context) ([]credential.Key, error) {
	var rows []keyRow
	if err := s.read(ctx).Order("published_at DESC, id").Find(&rows).Error; err != nil {
		return nil, fault(err, "read the published keys")
	}
	keys := make([]credential.Key, len(rows))
	for i, r := range rows {
		keys[i] = credential.Key{Type: "OKP", Curve: "Ed25519", X: r.X, ID: r.ID, Algorithm: "EdDSA", Use: "sig"}
	}
	return keys, nil
}
