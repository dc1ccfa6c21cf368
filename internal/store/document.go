package store

import (
	"context"
	"encoding/json"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/document"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/library"
)

type documentRow struct {
	ID          string `gorm:"primaryKey"`
	Title       string
	Language    string
	Reliability string
	AIDisclosed bool `gorm:"column:ai_disclosed"`
	Disclosure  string
	Edition     int
	Passages    int
	Words       int
	AddedBy     string
	AddedAt     int64
	ChangedAt   int64
}

// TableName names the table.
func (documentRow) TableName() string { return "documents" }

// namedDocument is a document with what who added it is called now.
type namedDocument struct {
	Document documentRow `gorm:"embedded"`
	Name     string
}

func (n namedDocument) head() library.Head {
	r := n.Document
	return library.Head{
		ID: document.ID(r.ID), Origin: library.Imported, Title: r.Title, Language: r.Language, Reliability: curriculum.Reliability(r.Reliability),
		AIDisclosed: r.AIDisclosed, Disclosure: r.Disclosure, Edition: r.Edition, Passages: r.Passages, Words: r.Words,
		AddedBy: identity.UserID(r.AddedBy), AddedByName: n.Name, AddedAt: instant(r.AddedAt), ChangedAt: instant(r.ChangedAt),
	}
}

func rowOfDocument(h library.Head) documentRow {
	return documentRow{
		ID: string(h.ID), Title: h.Title, Language: h.Language, Reliability: string(h.Reliability), AIDisclosed: h.AIDisclosed,
		Disclosure: h.Disclosure, Edition: h.Edition, Passages: h.Passages, Words: h.Words,
		AddedBy: string(h.AddedBy), AddedAt: micros(h.AddedAt), ChangedAt: micros(h.ChangedAt),
	}
}

// editionRow is an edition. A list has no content.
type editionRow struct {
	DocumentID string `gorm:"primaryKey"`
	Number     int    `gorm:"primaryKey"`
	Format     string
	FileName   string
	FileHash   string
	Content    []byte
	Note       string
	AddedBy    string
	AddedAt    int64
}

// TableName names the table.
func (editionRow) TableName() string { return "document_editions" }

// namedEdition is an edition with what who added it is called now.
type namedEdition struct {
	Edition editionRow `gorm:"embedded"`
	Name    string
}

func (n namedEdition) edition() (library.Edition, error) {
	r := n.Edition
	e := library.Edition{
		Number: r.Number, Format: document.Format(r.Format), FileName: r.FileName, FileHash: r.FileHash, Note: r.Note,
		AddedBy: identity.UserID(r.AddedBy), AddedByName: n.Name, AddedAt: instant(r.AddedAt),
	}
	if r.Content == nil {
		return e, nil
	}
	return e, fault(json.Unmarshal(r.Content, &e.Text), "decode edition %d of %s", r.Number, r.DocumentID)
}

// Documents reads the heads of all documents, by title.
func (s *Store) Documents(ctx context.Context) ([]library.Head, error) {
	var rows []namedDocument
	if err := documentQuery(s.read(ctx)).Order("documents.title, documents.id").Scan(&rows).Error; err != nil {
		return nil, fault(err, "read the documents")
	}
	heads := make([]library.Head, len(rows))
	for i, row := range rows {
		heads[i] = row.head()
	}
	return heads, nil
}

func documentQuery(tx *gorm.DB) *gorm.DB {
	return tx.Model(&documentRow{}).Select("documents.*, users.name").Joins("JOIN users ON users.id = documents.added_by")
}

const editionColumns = "document_id, number, format, file_name, file_hash, note, added_by, added_at, users.name"

func editionQuery(tx *gorm.DB, columns string, id document.ID) *gorm.DB {
	return tx.Model(&editionRow{}).Select(columns).Joins("JOIN users ON users.id = document_editions.added_by").Where("document_id = ?", string(id))
}

// Document reads a document and its editions without their texts, newest first.
// NotFound.
func (s *Store) Document(ctx context.Context, id document.ID) (library.Head, []library.Edition, error) {
	var rows []namedDocument
	if err := documentQuery(s.read(ctx)).Where("documents.id = ?", string(id)).Scan(&rows).Error; err != nil {
		return library.Head{}, nil, fault(err, "read the document")
	}
	if len(rows) == 0 {
		return library.Head{}, nil, errs.Missing("document")
	}
	var editions []namedEdition
	if err := editionQuery(s.read(ctx), editionColumns, id).Order("number DESC").Scan(&editions).Error; err != nil {
		return library.Head{}, nil, fault(err, "read the editions")
	}
	list := make([]library.Edition, len(editions))
	for i, row := range editions {
		list[i], _ = row.edition() // without content there is nothing to decode
	}
	return rows[0].head(), list, nil
}

// DocumentEdition reads one edition with its text. NotFound.
func (s *Store) DocumentEdition(ctx context.Context, id document.ID, number int) (library.Edition, error) {
	var rows []namedEdition
	err := editionQuery(s.read(ctx), editionColumns+", content", id).Where("number = ?", number).Scan(&rows).Error
	if err != nil {
		return library.Edition{}, fault(err, "read the edition")
	}
	if len(rows) == 0 {
		return library.Edition{}, errs.Missing("edition")
	}
	return rows[0].edition()
}

// DocumentOfFile finds the document with an edition of a file's hash, "" = none.
func (s *Store) DocumentOfFile(ctx context.Context, hash string) (document.ID, error) {
	var rows []editionRow
	err := s.read(ctx).Select("document_id").Where("file_hash = ?", hash).Order("added_at").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return "", fault(err, "look for the file")
	}
	return document.ID(rows[0].DocumentID), nil
}

// CreateDocument keeps a document with its first edition.
func (s *Store) CreateDocument(ctx context.Context, h library.Head, e library.Edition, proposed []library.Proposed, entries []audit.Entry) error {
	row := rowOfDocument(h)
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&row).Error; err != nil {
			return fault(err, "insert the document")
		}
		if err := keepEdition(tx, h.ID, e, proposed); err != nil {
			return err
		}
		return recordAudit(tx, entries)
	})
}

func keepEdition(tx *gorm.DB, id document.ID, e library.Edition, proposed []library.Proposed) error {
	content, err := json.Marshal(e.Text)
	if err != nil {
		return fault(err, "encode the edition")
	}
	row := editionRow{
		DocumentID: string(id), Number: e.Number, Format: string(e.Format), FileName: e.FileName, FileHash: e.FileHash,
		Content: content, Note: e.Note, AddedBy: string(e.AddedBy), AddedAt: micros(e.AddedAt),
	}
	if err := tx.Create(&row).Error; err != nil {
		if isDuplicate(err) {
			return errs.New(errs.Conflict, "edition", "Somebody has added an edition meanwhile. Look at it first.")
		}
		return fault(err, "insert the edition")
	}
	rows := make([]proposalRow, len(proposed))
	for i, p := range proposed {
		rows[i] = proposalRow{string(id), e.Number, string(p.Rule), p.Proposed}
	}
	return insert(tx, rows, "proposals")
}

// AddEdition keeps another edition of a document, and what decide makes of the
// selected questions, both or neither. Conflict where the number is taken.
func (s *Store) AddEdition(
	ctx context.Context, h library.Head, e library.Edition, proposed []library.Proposed, entries []audit.Entry,
	of bank.Selection, decide func([]bank.Entry) (bank.Change, error),
) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := keepEdition(tx, h.ID, e, proposed); err != nil {
			return err
		}
		if err := saveDocument(tx, h); err != nil {
			return err
		}
		if err := recordAudit(tx, entries); err != nil {
			return err
		}
		return s.changeBank(tx, of, decide)
	})
}

func saveDocument(tx *gorm.DB, h library.Head) error {
	row := rowOfDocument(h)
	changed := tx.Model(&documentRow{}).Where("id = ?", row.ID).
		Select("title", "language", "reliability", "ai_disclosed", "disclosure", "edition", "passages", "words", "changed_at").Updates(&row)
	if changed.Error == nil && changed.RowsAffected == 0 {
		return errs.Missing("document")
	}
	return fault(changed.Error, "change the document")
}

// ChangeDocument keeps what is known of a document, its text aside. NotFound.
func (s *Store) ChangeDocument(ctx context.Context, h library.Head, entries []audit.Entry) error {
	row := rowOfDocument(h)
	return s.write(ctx, func(tx *gorm.DB) error {
		changed := tx.Model(&documentRow{}).Where("id = ?", row.ID).
			Select("title", "language", "reliability", "ai_disclosed", "disclosure", "changed_at").Updates(&row)
		if changed.Error == nil && changed.RowsAffected == 0 {
			return errs.Missing("document")
		}
		if changed.Error != nil {
			return fault(changed.Error, "change the document")
		}
		return recordAudit(tx, entries)
	})
}
