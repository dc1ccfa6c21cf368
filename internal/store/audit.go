package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/audit"
	"muster/internal/errs"
)

// auditRow is an audit entry as it is kept. Triggers refuse to change one.
type auditRow struct {
	Seq      int64 `gorm:"primaryKey;autoIncrement:false"`
	At       int64
	Actor    string
	Action   string
	Object   string
	Detail   string
	PrevHash string
	Hash     string
}

// TableName names the table.
func (auditRow) TableName() string { return "audit_entries" }

func (r auditRow) entry() audit.Entry {
	return audit.Entry{
		Seq: r.Seq, At: instant(r.At), Actor: r.Actor, Action: audit.Action(r.Action), Object: r.Object,
		Detail: r.Detail, PrevHash: r.PrevHash, Hash: r.Hash,
	}
}

// auditHead is the end of the chain, in one row.
type auditHead struct {
	One  int64 `gorm:"primaryKey"`
	Seq  int64
	Hash string
}

// TableName names the table.
func (auditHead) TableName() string { return "audit_head" }

// recordAudit adds entries to the chain in the transaction of tx. On
// PostgreSQL the head stays locked until the commit, so it comes last in a
// transaction.
func recordAudit(tx *gorm.DB, entries []audit.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	var head auditHead
	locked := tx
	if tx.Name() == string(dialectPostgres) {
		locked = tx.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	if err := locked.Take(&head, "one = 1").Error; err != nil {
		return fault(err, "read the head of the audit trail")
	}
	rows := make([]auditRow, len(entries))
	for i, e := range entries {
		e = audit.Seal(e, head.Seq, head.Hash)
		head.Seq, head.Hash = e.Seq, e.Hash
		rows[i] = auditRow{
			Seq: e.Seq, At: micros(e.At), Actor: e.Actor, Action: string(e.Action), Object: e.Object,
			Detail: e.Detail, PrevHash: e.PrevHash, Hash: e.Hash,
		}
	}
	if err := tx.CreateInBatches(&rows, rowsAtOnce).Error; err != nil {
		return fault(err, "insert audit entries")
	}
	return fault(tx.Save(&head).Error, "move the head of the audit trail")
}

// Audit writes entries for deeds that change nothing else in the store.
func (s *Store) Audit(ctx context.Context, entries ...audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error { return recordAudit(tx, entries) })
}

// AuditEntries reads entries after a number, in order, at most limit.
func (s *Store) AuditEntries(ctx context.Context, after int64, limit int) ([]audit.Entry, error) {
	return readAudit(s.read(ctx), after, limit)
}

func readAudit(db *gorm.DB, after int64, limit int) ([]audit.Entry, error) {
	var rows []auditRow
	if err := db.Where("seq > ?", after).Order("seq").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fault(err, "read audit entries")
	}
	entries := make([]audit.Entry, len(rows))
	for i, row := range rows {
		entries[i] = row.entry()
	}
	return entries, nil
}

// VerifyAudit walks the whole audit trail and gives how many entries hold. It
// answers Conflict with code audit_broken, naming the first entry that was
// altered, dropped or moved; the end of the trail is checked too.
func (s *Store) VerifyAudit(ctx context.Context) (entries int64, err error) {
	const page = 1000
	var head struct {
		Seq  int64
		Hash string
		Last int64 // of the entries, whatever the head says
	}
	with := "seq, hash, (SELECT COALESCE(MAX(seq), 0) FROM audit_entries) AS last"
	if err := s.read(ctx).Model(&auditHead{}).Select(with).Take(&head, "one = 1").Error; err != nil {
		return 0, fault(err, "read the head of the audit trail")
	}
	seq, hash := int64(0), audit.Origin
	for seq < head.Seq {
		rows, err := readAudit(s.read(ctx), seq, int(min(page, head.Seq-seq)))
		if err != nil {
			return seq, err
		}
		if broken := audit.Verify(rows, seq, hash); broken != 0 || len(rows) == 0 {
			broken = max(broken, seq+1)
			return broken - 1, brokenAudit(broken)
		}
		seq, hash = rows[len(rows)-1].Seq, rows[len(rows)-1].Hash
	}
	if hash != head.Hash {
		return max(seq-1, 0), brokenAudit(seq)
	}
	if head.Last > head.Seq { // put there by another way than recordAudit
		return seq, brokenAudit(seq + 1)
	}
	return seq, nil
}

func brokenAudit(seq int64) error {
	return errs.New(errs.Conflict, "audit_broken", "The audit trail does not hold from entry %d: it was altered, dropped or moved.", seq)
}
