package store

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"muster/internal/assessment"
	"muster/internal/identity"
	"muster/internal/learning"
)

// chunk is how many users are named in one statement.
const chunk = 1000

// KeepSummary keeps a summary in place of the revision before its own, or of
// none. It is false, and keeps nothing, where another is there by now.
func (s *Store) KeepSummary(ctx context.Context, k learning.KeptSummary) (kept bool, err error) {
	const upsert = `INSERT INTO trainee_summaries (user_id, revision, through, basis, document) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (user_id) DO UPDATE SET revision = excluded.revision,
			through = excluded.through, basis = excluded.basis, document = excluded.document
		WHERE trainee_summaries.revision = excluded.revision - 1`
	err = s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Exec(upsert, string(k.User), k.Revision, micros(k.Through), k.Basis, k.Document)
		kept = done.RowsAffected == 1
		return fault(done.Error, "keep the summary of a trainee")
	})
	return kept && err == nil, err
}

// SummaryRevisions says which revision is kept of each user's summary.
func (s *Store) SummaryRevisions(ctx context.Context, users []identity.UserID) (map[identity.UserID]int64, error) {
	revisions := make(map[identity.UserID]int64, len(users))
	err := s.ofUsers(ctx, "SELECT user_id, revision FROM trainee_summaries WHERE user_id IN ?", users, func(scan scanner) error {
		var user identity.UserID
		var revision int64
		err := scan(&user, &revision)
		revisions[user] = revision
		return err
	})
	return revisions, fault(err, "read the revisions of summaries")
}

// KeptSummaries reads the summaries of users, in any order.
func (s *Store) KeptSummaries(ctx context.Context, users []identity.UserID) ([]learning.KeptSummary, error) {
	kept := make([]learning.KeptSummary, 0, len(users))
	const query = "SELECT user_id, revision, through, basis, document FROM trainee_summaries WHERE user_id IN ?"
	err := s.ofUsers(ctx, query, users, func(scan scanner) error {
		var k learning.KeptSummary
		var through int64
		err := scan(&k.User, &k.Revision, &through, &k.Basis, &k.Document)
		k.Through = instant(through)
		kept = append(kept, k)
		return err
	})
	return kept, fault(err, "read summaries")
}

// scanner reads the columns of one row.
type scanner func(columns ...any) error

// ofUsers reads the rows of many users without GORM's reflection: five thousand
// of them are read for one page.
func (s *Store) ofUsers(ctx context.Context, query string, users []identity.UserID, row func(scanner) error) error {
	for some := range slices.Chunk(users, chunk) {
		if err := s.eachRow(ctx, query, some, row); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) eachRow(ctx context.Context, query string, users []identity.UserID, row func(scanner) error) (err error) {
	rows, err := s.read(ctx).Raw(query, users).Rows()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// StaleSummaries gives users who have begun and whose summary is missing or
// stands on another basis.
func (s *Store) StaleSummaries(ctx context.Context, basis string, limit int) ([]identity.UserID, error) {
	const query = `SELECT users.id FROM users LEFT JOIN trainee_summaries s ON s.user_id = users.id
		WHERE (s.basis IS NULL OR s.basis <> ?)
			AND (EXISTS (SELECT 1 FROM attempts WHERE attempts.trainee_id = users.id)
				OR EXISTS (SELECT 1 FROM lesson_states WHERE lesson_states.user_id = users.id))
		ORDER BY users.id LIMIT ?`
	var users []identity.UserID
	return users, fault(s.read(ctx).Raw(query, basis, limit).Scan(&users).Error, "find stale summaries")
}

// Activity sums the events of all of a trainee's attempts. That time ran out
// was not the trainee's doing.
func (s *Store) Activity(ctx context.Context, trainee identity.UserID) (learning.Activity, error) {
	const query = `SELECT COALESCE(SUM(CASE WHEN e.standing = ? THEN 1 ELSE 0 END), 0) AS late,
			MAX(CASE WHEN e.kind = ? THEN NULL ELSE e.received_at END) AS last
		FROM events e JOIN attempts a ON a.id = e.attempt_id WHERE a.trainee_id = ?`
	var sums struct {
		Late int
		Last *int64
	}
	err := s.read(ctx).Raw(query, string(assessment.LateSync), string(assessment.EventExpire), string(trainee)).Scan(&sums).Error
	return learning.Activity{LateSyncs: sums.Late, Last: maybeInstant(sums.Last)}, fault(err, "sum the events of a trainee")
}
