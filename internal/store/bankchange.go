package store

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/bank"
	"muster/internal/question"
)

// ChangeBank decides on questions under the bank's lock, and keeps what was
// decided as one revision.
func (s *Store) ChangeBank(ctx context.Context, of bank.Selection, decide func([]bank.Entry) (bank.Change, error)) error {
	return s.write(ctx, func(tx *gorm.DB) error { return s.changeBank(tx, of, decide) })
}

// changeBank is ChangeBank within a transaction.
func (s *Store) changeBank(tx *gorm.DB, of bank.Selection, decide func([]bank.Entry) (bank.Change, error)) error {
	head, err := lockBank(tx)
	if err != nil {
		return err
	}
	there, err := selected(tx, of)
	if err != nil {
		return err
	}
	change, err := decide(there)
	if err != nil || len(change.Steps)+len(change.Removed) == 0 && change.Content == "" {
		return err
	}
	head.Revision++
	if change.Content != "" {
		head.Content = change.Content
	}
	if err := tx.Save(&head).Error; err != nil {
		return fault(err, "move the head of the bank")
	}
	if err := keepPictures(tx, change.Pictures); err != nil {
		return err
	}
	if err := s.keepSteps(tx, change.Steps, head.Revision); err != nil {
		return err
	}
	if err := removeQuestions(tx, plain(change.Removed)); err != nil {
		return err
	}
	return recordAudit(tx, change.Audit)
}

// lockBank reads the head of the bank and holds it until the commit, so that
// revisions are seen in their order.
func lockBank(tx *gorm.DB) (bankHeadRow, error) {
	var head bankHeadRow
	locked := tx
	if tx.Name() == string(dialectPostgres) {
		locked = tx.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return head, fault(locked.Take(&head, "one = 1").Error, "read the head of the bank")
}

func selected(tx *gorm.DB, of bank.Selection) ([]bank.Entry, error) {
	query := entryQuery(tx).Order("bank_questions.question_id")
	switch {
	case of.Origin != "":
		query = query.Where("origin = ?", string(of.Origin))
	case len(of.Prints) > 0:
		query = query.Where("print IN ?", of.Prints)
	default:
		query = query.Where("bank_questions.question_id IN ?", plain(of.IDs))
	}
	return entries(tx, query)
}

func plain(ids []question.ID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return list
}

// keepSteps writes what becomes of questions.
func (s *Store) keepSteps(tx *gorm.DB, steps []bank.Step, revision int64) error {
	var w bankWrite
	for _, step := range steps {
		if err := w.add(step, revision, micros(s.now())); err != nil {
			return err
		}
	}
	if err := w.forget(tx); err != nil {
		return err
	}
	if err := insert(tx.Clauses(knownVersion), w.texts, "texts"); err != nil {
		return err
	}
	if err := insert(tx, w.fresh, "questions"); err != nil {
		return err
	}
	if err := w.update(tx); err != nil {
		return err
	}
	if err := w.place(tx); err != nil {
		return err
	}
	return w.details(tx)
}

// knownVersion lets a version that is kept already stand.
var knownVersion = clause.OnConflict{Columns: []clause.Column{{Name: "version"}}, DoNothing: true}

// bankWrite is the rows of some steps.
type bankWrite struct {
	texts    []questionVersionRow
	fresh    []bankRow
	changed  []bankRow
	retexted []string     // whose outcomes are others now
	anchored []bank.Entry // whose anchors may be
	versions []bankVersionRow
	outcomes []bankOutcomeRow
	tags     []bankTagRow
	anchors  []bankAnchorRow
	moves    []bankMoveRow
}

func (w *bankWrite) add(step bank.Step, revision, at int64) error {
	row := rowOfEntry(step.Entry, revision)
	id := row.QuestionID
	if step.Fresh {
		w.fresh = append(w.fresh, row)
	} else {
		w.changed = append(w.changed, row)
	}
	for _, tag := range step.Entry.Tags {
		w.tags = append(w.tags, bankTagRow{id, tag})
	}
	if m := step.Move; m != nil {
		w.moves = append(w.moves, bankMoveRow{id, revision, string(m.From), string(m.To), string(m.Version), string(m.By), micros(m.At), m.Note})
	}
	if step.Text != nil || step.Move != nil {
		w.anchored = append(w.anchored, step.Entry)
	}
	t := step.Text
	if t == nil {
		return nil
	}
	doc, _, err := question.Encode(step.Entry.Question)
	if err != nil {
		return err
	}
	w.texts = append(w.texts, questionVersionRow{Version: row.Version, QuestionID: id, Document: doc, PublishedAt: at})
	w.versions = append(w.versions, bankVersionRow{id, t.Number, row.Version, string(t.Author), micros(t.At), t.Note})
	if !step.Fresh {
		w.retexted = append(w.retexted, id)
	}
	named := map[string]bool{}
	for _, outcome := range step.Entry.Question.Outcomes {
		if !named[outcome] {
			w.outcomes = append(w.outcomes, bankOutcomeRow{id, outcome})
		}
		named[outcome] = true
	}
	return nil
}

// forget removes what the rows replace.
func (w *bankWrite) forget(tx *gorm.DB) error {
	ids := make([]string, len(w.changed))
	for i, row := range w.changed {
		ids[i] = row.QuestionID
	}
	if err := tx.Where("question_id IN ?", ids).Delete(&bankTagRow{}).Error; err != nil {
		return fault(err, "forget the old tags")
	}
	if err := tx.Where("question_id IN ?", w.retexted).Delete(&bankOutcomeRow{}).Error; err != nil {
		return fault(err, "forget the old outcomes")
	}
	anchored := make([]string, len(w.anchored))
	for i, e := range w.anchored {
		anchored[i] = string(e.ID())
	}
	return fault(tx.Where("question_id IN ?", anchored).Delete(&bankAnchorRow{}).Error, "forget the old anchors")
}

// place finds the anchors of questions: those of the newest versions, and of the
// older ones that papers have.
func (w *bankWrite) place(tx *gorm.DB) error {
	var versions []string
	for _, e := range w.anchored {
		if e.Older() {
			versions = append(versions, string(e.Approved))
		}
	}
	asked := make(map[string][]question.Anchor)
	for some := range slices.Chunk(versions, namesAtOnce) {
		var rows []questionVersionRow
		if err := tx.Where("version IN ?", some).Find(&rows).Error; err != nil {
			return fault(err, "read what papers have")
		}
		for _, row := range rows {
			q, err := question.Decode(row.Document)
			if err != nil {
				return fault(err, "question version %s", row.Version)
			}
			asked[row.QuestionID] = q.Anchors
		}
	}
	for _, e := range w.anchored {
		for i, a := range slices.Concat(e.Question.Anchors, asked[string(e.ID())]) {
			w.anchors = append(w.anchors, bankAnchorRow{string(e.ID()), i, a.Document, a.Edition, a.Section, a.Paragraph})
		}
	}
	return nil
}

// details inserts what hangs on the questions.
func (w *bankWrite) details(tx *gorm.DB) error {
	if err := insert(tx, w.versions, "versions"); err != nil {
		return err
	}
	if err := insert(tx, w.outcomes, "outcomes"); err != nil {
		return err
	}
	if err := insert(tx, w.tags, "tags"); err != nil {
		return err
	}
	if err := insert(tx, w.anchors, "anchors"); err != nil {
		return err
	}
	return insert(tx, w.moves, "state changes")
}

func (w *bankWrite) update(tx *gorm.DB) error {
	for i := range w.changed {
		if err := tx.Save(&w.changed[i]).Error; err != nil {
			return fault(err, "change question %s", w.changed[i].QuestionID)
		}
	}
	return nil
}

func insert[Row any](tx *gorm.DB, rows []Row, what string) error {
	const rowsPerInsert = 200 // a question has many columns
	if len(rows) == 0 {
		return nil
	}
	return fault(tx.CreateInBatches(&rows, rowsPerInsert).Error, "insert %d %s", len(rows), what)
}
