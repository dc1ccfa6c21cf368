package store

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"muster/internal/bank"
	"muster/internal/errs"
	"muster/internal/question"
)

func missingQuestion() error { return errs.Missing("question") }

// bankOrders are the columns that questions are sorted by; an id decides among
// equals.
var bankOrders = map[string]string{
	"changed": "changed_at", "id": "question_id", "difficulty": "difficulty", "state": "state", "kind": "kind", "pool": "pool",
}

// BankEntries reads a page of the questions that fit. Invalid for a cursor of
// nobody's.
func (s *Store) BankEntries(ctx context.Context, f bank.Filter) (bank.Page, error) {
	name, down := strings.CutPrefix(string(f.Sort), "-")
	order, ok := bankOrders[name]
	if !ok {
		return bank.Page{}, fmt.Errorf("sort questions by %q", f.Sort)
	}
	rows, total, err := s.pageOf(ctx, f, order, down)
	if err != nil {
		return bank.Page{}, err
	}
	page := bank.Page{Total: total}
	if len(rows) > f.Limit {
		rows = rows[:f.Limit]
		page.Next = bankCursor(rows[f.Limit-1].Bank, order)
	}
	if page.Entries, err = s.inOrder(ctx, rows); err != nil {
		return bank.Page{}, err
	}
	return page, nil
}

// placedRow is a row of a page, with how many there are on all pages.
type placedRow struct {
	Bank  bankRow `gorm:"embedded"`
	Total int
}

// pageOf finds the rows of a page, one more where there is another page, and
// counts those of all. A search reads every text, so it does both at once.
func (s *Store) pageOf(ctx context.Context, f bank.Filter, order string, down bool) ([]placedRow, int, error) {
	const columns = "question_id, changed_at, difficulty, state, kind, pool"
	fitting := s.fitting(s.read(ctx), f).Session(&gorm.Session{})
	query := fitting.Select(columns)
	if f.Search != "" {
		query = s.read(ctx).Table("(?) AS fitting", fitting.Select(columns+", COUNT(*) OVER () AS total"))
	}
	query, err := after(query, order, down, f.Cursor)
	if err != nil {
		return nil, 0, err
	}
	var rows []placedRow
	if err := query.Limit(f.Limit + 1).Scan(&rows).Error; err != nil {
		return nil, 0, fault(err, "find the questions")
	}
	if f.Search != "" && (len(rows) > 0 || f.Cursor == "") {
		return rows, totalOf(rows), nil
	}
	var total int64
	err = fitting.Count(&total).Error
	return rows, int(total), fault(err, "count the questions")
}

func totalOf(rows []placedRow) int {
	if len(rows) == 0 {
		return 0
	}
	return rows[0].Total
}

// inOrder reads questions in the order of their rows.
func (s *Store) inOrder(ctx context.Context, rows []placedRow) ([]bank.Entry, error) {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.Bank.QuestionID
	}
	read, err := entries(s.read(ctx), entryQuery(s.read(ctx)).Where("bank_questions.question_id IN ?", ids))
	if err != nil {
		return nil, err
	}
	of := make(map[question.ID]bank.Entry, len(read))
	for _, e := range read {
		of[e.ID()] = e
	}
	list := make([]bank.Entry, 0, len(read))
	for _, id := range ids {
		if e, ok := of[question.ID(id)]; ok {
			list = append(list, e)
		}
	}
	return list, nil
}

// fitting restricts a query to the questions that fit.
func (s *Store) fitting(tx *gorm.DB, f bank.Filter) *gorm.DB {
	tx = tx.Model(&bankRow{})
	for column, value := range map[string]string{
		"state": string(f.State), "pool": string(f.Pool), "kind": string(f.Kind), "module": string(f.Module), "lesson": string(f.Lesson), "origin": string(f.Origin),
	} {
		if value != "" {
			tx = tx.Where(column+" = ?", value)
		}
	}
	if f.Difficulty != 0 {
		tx = tx.Where("difficulty = ?", f.Difficulty)
	}
	if f.Stale != nil {
		tx = tx.Where("(stale_at IS NOT NULL) = ?", *f.Stale)
	}
	for table, value := range map[string]string{
		"bank_outcomes WHERE outcome": string(f.Outcome), "bank_tags WHERE tag": f.Tag, "bank_anchors WHERE document": f.Document,
	} {
		if value != "" {
			tx = tx.Where("question_id IN (SELECT question_id FROM "+table+" = ?)", value)
		}
	}
	if f.Search != "" {
		has := map[dialect]string{dialectSQLite: "instr(folded, ?) > 0", dialectPostgres: "strpos(folded, ?) > 0"}[s.dialect]
		for _, word := range strings.Fields(question.Fold(f.Search)) {
			tx = tx.Where(has, word)
		}
	}
	return tx
}

// bankCursor names the place after a row: its value of the order, and its id.
func bankCursor(row bankRow, order string) string {
	value := map[string]string{
		"changed_at": strconv.FormatInt(row.ChangedAt, 10), "difficulty": strconv.Itoa(row.Difficulty),
		"question_id": row.QuestionID, "state": row.State, "kind": row.Kind, "pool": row.Pool,
	}[order]
	return base64.RawURLEncoding.EncodeToString([]byte(value + "\n" + row.QuestionID))
}

// after sorts a query and restricts it to what comes after a cursor.
func after(tx *gorm.DB, order string, down bool, cursor string) (*gorm.DB, error) {
	direction, sign := "", ">"
	if down {
		direction, sign = " DESC", "<"
	}
	tx = tx.Order(order + direction + ", question_id" + direction)
	if cursor == "" {
		return tx, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	text, id, whole := strings.Cut(string(raw), "\n")
	var value any = text
	if err == nil && (order == "changed_at" || order == "difficulty") {
		value, err = strconv.ParseInt(text, 10, 64)
	}
	if err != nil || !whole || strings.ContainsRune(string(raw), 0) {
		return nil, errs.InvalidField("cursor", "Give the cursor as the page before gave it.")
	}
	return tx.Where("("+order+", question_id) "+sign+" (?, ?)", value, id), nil
}
