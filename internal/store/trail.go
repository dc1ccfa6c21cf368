package store

import (
	"context"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/trail"
)

// trailRow is an audit entry with what its actor and its object are called now.
// Objects without a name of their own, as attempts, have none.
type trailRow struct {
	Entry         auditRow `gorm:"embedded"`
	ActorName     *string
	ActorUsername *string
	ObjectName    *string
}

// Trail reads the entries of a query, newest first.
func (s *Store) Trail(ctx context.Context, q trail.Query) ([]trail.Entry, error) {
	var err error
	if q.Actor, err = s.actorCalled(ctx, q.Actor); err != nil {
		return nil, err
	}
	var rows []trailRow
	err = picked(s.read(ctx), q).Model(&auditRow{}).
		Select("audit_entries.*, actors.name AS actor_name, actors.username AS actor_username, COALESCE(people.name, cohorts.name) AS object_name").
		Joins("LEFT JOIN users AS actors ON actors.id = audit_entries.actor").
		Joins("LEFT JOIN users AS people ON people.id = audit_entries.object").
		Joins("LEFT JOIN cohorts ON cohorts.id = audit_entries.object").
		Order("audit_entries.seq DESC").Limit(q.Limit).Scan(&rows).Error
	if err != nil {
		return nil, fault(err, "read the audit trail")
	}
	entries := make([]trail.Entry, len(rows))
	for i, row := range rows {
		entries[i] = trail.Entry{
			Entry: row.Entry.entry(), ActorName: textOf(row.ActorName), ActorUsername: textOf(row.ActorUsername), ObjectName: textOf(row.ObjectName),
		}
	}
	return entries, nil
}

// actorCalled gives the id of a username; what is none is taken for an id. One
// id is what the index on actors answers in order, however long the trail is.
func (s *Store) actorCalled(ctx context.Context, name string) (string, error) {
	if name == "" || name == audit.System {
		return name, nil
	}
	user, err := s.UserByName(ctx, identity.FoldName(name))
	if errs.KindOf(err) == errs.NotFound {
		return name, nil
	}
	return string(user.ID), err
}

// picked adds the conditions of a query.
func picked(db *gorm.DB, q trail.Query) *gorm.DB {
	if q.Actor != "" {
		db = db.Where("audit_entries.actor = ?", q.Actor)
	}
	if q.Action != "" {
		noun := string(q.Action) + "."
		db = db.Where("(audit_entries.action = ? OR SUBSTR(audit_entries.action, 1, ?) = ?)", string(q.Action), len(noun), noun)
	}
	if q.Object != "" {
		db = db.Where("audit_entries.object = ?", q.Object)
	}
	if !q.From.IsZero() {
		db = db.Where("audit_entries.at >= ?", micros(q.From))
	}
	if !q.To.IsZero() {
		db = db.Where("audit_entries.at < ?", micros(q.To))
	}
	if q.Before > 0 {
		db = db.Where("audit_entries.seq < ?", q.Before)
	}
	return db
}
