package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// bankRow is a question of the bank as it is now. What follows from its newest
// version is there to be filtered by.
type bankRow struct {
	QuestionID      string `gorm:"primaryKey"`
	Version         string
	Number          int
	State           string
	ApprovedVersion string
	Live            bool
	Origin          string
	WrittenVersion  string
	Diverged        bool
	Pool            string
	Kind            string
	Module          string
	Lesson          string
	Critical        bool
	Bloom           string
	Difficulty      int
	StaleAt         *int64
	StaleReason     string
	Author          string
	ChangedBy       string
	ChangedAt       int64
	Print           string
	Revision        int64
	Folded          string
}

// TableName names the table.
func (bankRow) TableName() string { return "bank_questions" }

type (
	bankVersionRow struct {
		QuestionID string
		Number     int
		Version    string
		Author     string
		At         int64
		Note       string
	}
	bankOutcomeRow struct {
		QuestionID string
		Outcome    string
	}
	bankTagRow struct {
		QuestionID string
		Tag        string
	}
	bankAnchorRow struct {
		QuestionID string
		Place      int
		Document   string
		Edition    int
		Section    string
		Paragraph  int
	}
	bankMoveRow struct {
		QuestionID string
		Revision   int64
		FromState  string
		ToState    string
		Version    string
		ChangedBy  string
		At         int64
		Note       string
	}
	bankHeadRow struct {
		One      int64 `gorm:"primaryKey"`
		Revision int64
		Content  string
	}
)

// TableName names the table.
func (bankVersionRow) TableName() string { return "bank_versions" }

// TableName names the table.
func (bankOutcomeRow) TableName() string { return "bank_outcomes" }

// TableName names the table.
func (bankTagRow) TableName() string { return "bank_tags" }

// TableName names the table.
func (bankAnchorRow) TableName() string { return "bank_anchors" }

// TableName names the table.
func (bankMoveRow) TableName() string { return "bank_state_changes" }

// TableName names the table.
func (bankHeadRow) TableName() string { return "bank_head" }

func rowOfEntry(e bank.Entry, revision int64) bankRow {
	q := e.Question
	module, lesson := curriculum.PlaceOf(q)
	return bankRow{
		QuestionID: string(q.ID), Version: string(e.Version), Number: e.Number, State: string(e.State),
		ApprovedVersion: string(e.Approved), Live: e.Live, Origin: string(e.Origin), WrittenVersion: string(e.Written), Diverged: e.Diverged,
		Pool: string(q.Pool), Kind: string(q.Kind), Module: string(module), Lesson: string(lesson),
		Critical: q.Critical, Bloom: string(q.Bloom), Difficulty: q.Difficulty,
		StaleAt: maybeMicros(e.StaleAt), StaleReason: e.StaleReason,
		Author: string(e.Author), ChangedBy: string(e.ChangedBy), ChangedAt: micros(e.ChangedAt),
		Print: bank.Print(q), Revision: revision, Folded: folded(q),
	}
}

// folded is what a search looks in: the id and what is asked and answered. Every
// search reads all of it of all questions, so feedback and reasons are left out.
func folded(q question.Question) string {
	texts := []string{string(q.ID), q.Title, q.Stem}
	for _, p := range q.Pictures {
		texts = append(texts, p.Alt)
	}
	for _, o := range q.Options {
		texts = append(texts, o.Text)
	}
	for _, p := range q.Pairs {
		texts = append(texts, p.Left, p.Right)
	}
	for _, c := range slices.Concat(q.Extra, q.Sequence) {
		texts = append(texts, c.Text)
	}
	for _, b := range q.Blanks {
		texts = append(texts, b.Accepted...)
	}
	return question.Fold(strings.Join(texts, " "))
}

// entryRow is a row with its newest text and what its author is called now.
type entryRow struct {
	Bank       bankRow `gorm:"embedded"`
	Document   []byte
	AuthorName *string
}

const entryColumns = `bank_questions.question_id, bank_questions.version, number, state, approved_version, live, origin, written_version, diverged,
	stale_at, stale_reason, author, changed_by, changed_at, question_versions.document, users.name AS author_name`

// entryQuery reads questions with their newest texts.
func entryQuery(tx *gorm.DB) *gorm.DB {
	return tx.Model(&bankRow{}).Select(entryColumns).
		Joins("JOIN question_versions ON question_versions.version = bank_questions.version").
		Joins("LEFT JOIN users ON users.id = bank_questions.author")
}

func (r entryRow) entry() (bank.Entry, error) {
	q, err := question.Decode(r.Document)
	b := r.Bank
	return bank.Entry{
		Question: q, Version: question.Version(b.Version), Number: b.Number, State: bank.State(b.State),
		Approved: question.Version(b.ApprovedVersion), Live: b.Live, Origin: bank.Origin(b.Origin),
		Written: question.Version(b.WrittenVersion), Diverged: b.Diverged,
		StaleAt: maybeInstant(b.StaleAt), StaleReason: b.StaleReason,
		Author: identity.UserID(b.Author), AuthorName: textOf(r.AuthorName),
		ChangedBy: identity.UserID(b.ChangedBy), ChangedAt: instant(b.ChangedAt), Tags: []string{},
	}, err
}

// entries reads what a query of entryQuery gives, with the tags.
func entries(tx, query *gorm.DB) ([]bank.Entry, error) {
	var rows []entryRow
	if err := query.Scan(&rows).Error; err != nil {
		return nil, fault(err, "read the questions")
	}
	list, at := make([]bank.Entry, len(rows)), make(map[string]int, len(rows))
	ids := make([]string, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = row.entry(); err != nil {
			return nil, fault(err, "question %s", row.Bank.QuestionID)
		}
		ids[i], at[row.Bank.QuestionID] = row.Bank.QuestionID, i
	}
	for some := range slices.Chunk(ids, namesAtOnce) {
		var tags []bankTagRow
		if err := tx.Where("question_id IN ?", some).Order("question_id, tag").Find(&tags).Error; err != nil {
			return nil, fault(err, "read the tags")
		}
		for _, tag := range tags {
			e := &list[at[tag.QuestionID]]
			e.Tags = append(e.Tags, tag.Tag)
		}
	}
	return list, nil
}

// namesAtOnce is how many names a query looks for: both databases bound it.
const namesAtOnce = 1000

// BankHead reads how far the bank is.
func (s *Store) BankHead(ctx context.Context) (bank.Head, error) {
	row, err := first[bankHeadRow](s.read(ctx), "head of the bank", "one = 1")
	return bank.Head{Revision: row.Revision, Content: row.Content}, err
}

// BankStandings reads what changed after a revision, and up to which it was read.
func (s *Store) BankStandings(ctx context.Context, after int64) ([]bank.Standing, int64, error) {
	var rows []bankRow
	err := s.read(ctx).Select("question_id, approved_version, live, stale_at, revision").Where("revision > ?", after).Find(&rows).Error
	if err != nil {
		return nil, 0, fault(err, "read what changed in the bank")
	}
	var tags []bankTagRow
	err = s.read(ctx).Select("bank_tags.*").Joins("JOIN bank_questions ON bank_questions.question_id = bank_tags.question_id").
		Where("bank_questions.revision > ?", after).Order("tag").Find(&tags).Error
	if err != nil {
		return nil, 0, fault(err, "read the tags")
	}
	of := make(map[string][]string)
	for _, tag := range tags {
		of[tag.QuestionID] = append(of[tag.QuestionID], tag.Tag)
	}
	standings, last := make([]bank.Standing, len(rows)), max(after, 0)
	for i, row := range rows {
		last = max(last, row.Revision)
		standings[i] = bank.Standing{
			ID: question.ID(row.QuestionID), Approved: question.Version(row.ApprovedVersion), Live: row.Live, Stale: row.StaleAt != nil,
			Tags: of[row.QuestionID],
		}
	}
	return standings, last, nil
}

// BankEntry reads one question. NotFound.
func (s *Store) BankEntry(ctx context.Context, id question.ID) (bank.Entry, error) {
	list, err := entries(s.read(ctx), entryQuery(s.read(ctx)).Where("bank_questions.question_id = ?", string(id)))
	if err != nil || len(list) == 0 {
		return bank.Entry{}, cmp.Or(err, missingQuestion())
	}
	return list[0], nil
}

// BankHistory reads what became of a question, newest first.
func (s *Store) BankHistory(ctx context.Context, id question.ID) (bank.History, error) {
	var versions []struct {
		Version    bankVersionRow `gorm:"embedded"`
		AuthorName *string
	}
	err := s.read(ctx).Model(&bankVersionRow{}).Select("bank_versions.*, users.name AS author_name").
		Joins("LEFT JOIN users ON users.id = bank_versions.author").
		Where("question_id = ?", string(id)).Order("number DESC").Scan(&versions).Error
	if err != nil {
		return bank.History{}, fault(err, "read the versions")
	}
	var moves []struct {
		Move   bankMoveRow `gorm:"embedded"`
		ByName *string
	}
	err = s.read(ctx).Model(&bankMoveRow{}).Select("bank_state_changes.*, users.name AS by_name").
		Joins("LEFT JOIN users ON users.id = bank_state_changes.changed_by").
		Where("question_id = ?", string(id)).Order("revision DESC").Scan(&moves).Error
	if err != nil {
		return bank.History{}, fault(err, "read the state changes")
	}
	h := bank.History{Versions: make([]bank.Version, len(versions)), Moves: make([]bank.Move, len(moves))}
	for i, v := range versions {
		r := v.Version
		h.Versions[i] = bank.Version{
			Number: r.Number, Version: question.Version(r.Version), Author: identity.UserID(r.Author), AuthorName: textOf(v.AuthorName),
			At: instant(r.At), Note: r.Note,
		}
	}
	for i, m := range moves {
		r := m.Move
		h.Moves[i] = bank.Move{
			From: bank.State(r.FromState), To: bank.State(r.ToState), Version: question.Version(r.Version),
			By: identity.UserID(r.ChangedBy), ByName: textOf(m.ByName), At: instant(r.At), Note: r.Note,
		}
	}
	return h, nil
}
