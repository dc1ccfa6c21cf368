package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
	"muster/internal/regrade"
)

type regradeRow struct {
	RulingID    string
	Version     string
	State       string
	Through     string
	Total       int
	Seen        int
	BeginsAt    int64
	LeasedUntil int64
	EndedAt     *int64
}

// TableName names the table.
func (regradeRow) TableName() string { return "regrades" }

// ruledRow is a regrade with its ruling.
type ruledRow struct {
	Ruling rulingRow  `gorm:"embedded"`
	Work   regradeRow `gorm:"embedded;embeddedPrefix:work_"`
}

const ruledColumns = `r.*, w.state AS work_state, w.through AS work_through, w.total AS work_total, w.seen AS work_seen, w.leased_until AS work_leased_until, w.ended_at AS work_ended_at`

func (r ruledRow) regrade() regrade.Regrade {
	return regrade.Regrade{
		Ruling: r.Ruling.ruling(), State: regrade.State(r.Work.State), Through: assessment.AttemptID(r.Work.Through),
		Total: r.Work.Total, Seen: r.Work.Seen, Leased: instant(r.Work.LeasedUntil), EndedAt: maybeInstant(r.Work.EndedAt),
	}
}

// Rule keeps a ruling and a regrade that begins. Conflict with code
// regrade_running while one of the same version is under way.
func (s *Store) Rule(ctx context.Context, r regrade.Regrade, entry audit.Entry) error {
	ruling, at := rowOfRuling(r.Ruling), micros(r.At)
	work := regradeRow{RulingID: ruling.ID, Version: ruling.Version, State: string(r.State), Total: r.Total, BeginsAt: at}
	err := s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&ruling).Error; err != nil {
			return fault(err, "insert the ruling")
		}
		err := tx.Create(&work).Error
		if isDuplicate(err) {
			return errs.New(errs.Conflict, "regrade_running", "A ruling on this question is being carried out. Wait until it is done.")
		}
		if err != nil {
			return fault(err, "insert the regrade")
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
	s.rulings.forget()
	return err
}

func (s *Store) ruled(ctx context.Context) *gorm.DB {
	return s.read(ctx).Table("question_rulings r").Select(ruledColumns).Joins("JOIN regrades w ON w.ruling_id = r.id")
}

// Regrades reads the newest, before an id where it is not "".
func (s *Store) Regrades(ctx context.Context, before assessment.RulingID, limit int) ([]regrade.Regrade, error) {
	query := s.ruled(ctx).Order("r.made_at DESC, r.id DESC").Limit(limit)
	if before != "" {
		query = query.Where("(r.made_at, r.id) < (SELECT made_at, id FROM question_rulings WHERE id = ?)", string(before))
	}
	return s.counted(ctx, query)
}

// Regrade reads one. NotFound.
func (s *Store) Regrade(ctx context.Context, id assessment.RulingID) (regrade.Regrade, error) {
	found, err := s.counted(ctx, s.ruled(ctx).Where("r.id = ?", string(id)))
	if err == nil && len(found) == 0 {
		err = errs.Missing("regrade")
	}
	if err != nil {
		return regrade.Regrade{}, err
	}
	return found[0], nil
}

// counted reads regrades with what their grades say.
func (s *Store) counted(ctx context.Context, query *gorm.DB) ([]regrade.Regrade, error) {
	const counts = `SELECT COALESCE(SUM(CASE WHEN ABS(` + scoreOf + ` - ` + scoreBefore + `) > 1e-9 OR g.passed <> p.passed THEN 1 ELSE 0 END), 0) AS changed,
			COALESCE(SUM(CASE WHEN ` + scoreOf + ` > ` + scoreBefore + ` + 1e-9 THEN 1 ELSE 0 END), 0) AS higher,
			COALESCE(SUM(CASE WHEN ` + scoreOf + ` < ` + scoreBefore + ` - 1e-9 THEN 1 ELSE 0 END), 0) AS lower,
			COALESCE(SUM(CASE WHEN g.passed AND NOT p.passed THEN 1 ELSE 0 END), 0) AS gained,
			COALESCE(SUM(CASE WHEN p.passed AND NOT g.passed THEN 1 ELSE 0 END), 0) AS lost
		FROM grades g JOIN grades p ON p.attempt_id = g.attempt_id AND p.number = g.number - 1 WHERE g.ruling_id = ?`
	var rows []ruledRow
	if err := query.Scan(&rows).Error; err != nil {
		return nil, fault(err, "read regrades")
	}
	regrades := make([]regrade.Regrade, len(rows))
	for i, row := range rows {
		regrades[i] = row.regrade()
		if err := s.read(ctx).Raw(counts, string(regrades[i].ID)).Scan(&regrades[i].Counts).Error; err != nil {
			return nil, fault(err, "count what a regrade changed")
		}
	}
	return regrades, nil
}

// The score of a grade g and of the one before it, p.
const (
	scoreOf     = "(CASE WHEN g.max_points > 0 THEN g.points / g.max_points ELSE 0 END)"
	scoreBefore = "(CASE WHEN p.max_points > 0 THEN p.points / p.max_points ELSE 0 END)"
)

// LeaseRegrade takes on one that is under way and due; false where there is none.
func (s *Store) LeaseRegrade(ctx context.Context, now, until time.Time) (regrade.Regrade, bool, error) {
	var id string
	err := s.write(ctx, func(tx *gorm.DB) error {
		id = ""
		var ids []string
		due := tx.Model(&regradeRow{}).Where("state <> ? AND begins_at <= ? AND leased_until <= ?", string(regrade.Done), micros(now), micros(now))
		if s.dialect == dialectPostgres {
			due = due.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
		}
		if err := due.Order("begins_at, ruling_id").Limit(1).Pluck("ruling_id", &ids).Error; err != nil || len(ids) == 0 {
			return fault(err, "find a regrade to work on")
		}
		id = ids[0]
		return fault(tx.Model(&regradeRow{}).Where("ruling_id = ?", id).Update("leased_until", micros(until)).Error, "take a regrade on")
	})
	if err != nil || id == "" {
		return regrade.Regrade{}, false, err
	}
	r, err := s.Regrade(ctx, assessment.RulingID(id))
	return r, err == nil, err
}

// KeepRegrade keeps how far a regrade is, of who works on it. Conflict with code
// lease_lost where another does by now.
func (s *Store) KeepRegrade(ctx context.Context, r regrade.Regrade, due, until time.Time, log ...audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		kept := tx.Model(&regradeRow{}).Where("ruling_id = ? AND leased_until = ?", string(r.ID), micros(r.Leased)).Updates(map[string]any{
			"state": string(r.State), "through": string(r.Through), "seen": r.Seen, "begins_at": micros(due),
			"leased_until": micros(until), "ended_at": maybeMicros(r.EndedAt),
		})
		if kept.Error != nil {
			return fault(kept.Error, "keep how far a regrade is")
		}
		if kept.RowsAffected == 0 {
			return errs.New(errs.Conflict, regrade.LeaseLost, "Another works on this regrade by now.")
		}
		return recordAudit(tx, log)
	})
}

// drew is the condition that a paper has a version; its JSON is our own.
const drew = "paper LIKE ?"

func drawn(version question.Version) string { return `%"version":"` + string(version) + `"%` }

// Drew gives ended attempts whose paper has a version, after one in the order of ids.
func (s *Store) Drew(ctx context.Context, version question.Version, after assessment.AttemptID, limit int) ([]assessment.AttemptID, error) {
	var ids []assessment.AttemptID
	err := s.read(ctx).Model(&attemptRow{}).Where("id > ? AND status <> ? AND "+drew, string(after), string(assessment.Open), drawn(version)).
		Order("id").Limit(limit).Pluck("id", &ids).Error
	return ids, fault(err, "find who drew a version")
}

// CountDrew counts the ended and the open attempts whose paper has a version.
func (s *Store) CountDrew(ctx context.Context, version question.Version) (ended, open int, err error) {
	var sums struct{ Ended, Open int }
	err = s.read(ctx).Model(&attemptRow{}).Where(drew, drawn(version)).
		Select("COALESCE(SUM(CASE WHEN status <> 'open' THEN 1 ELSE 0 END), 0) AS ended, COALESCE(SUM(CASE WHEN status = 'open' THEN 1 ELSE 0 END), 0) AS open").Scan(&sums).Error
	return sums.Ended, sums.Open, fault(err, "count who drew a version")
}

// CohortsOf names the cohort of each of some people, of those who are in one.
func (s *Store) CohortsOf(ctx context.Context, people []identity.UserID) (map[identity.UserID]string, error) {
	of := make(map[identity.UserID]string, len(people))
	const query = `SELECT e.user_id, c.name FROM enrolments e JOIN cohorts c ON c.id = e.cohort_id
		WHERE e.user_id IN ? AND e.left_at IS NULL ORDER BY e.user_id, e.enrolled_at, c.id`
	err := s.ofUsers(ctx, query, people, func(scan scanner) error {
		var user identity.UserID
		var name string
		err := scan(&user, &name)
		of[user] = name
		return err
	})
	return of, fault(err, "read the cohorts of people")
}

// AffectedBy reads whose grades a ruling brought about, once for each cohort that
// they are or were in: where they are before where they were, the newest first.
func (s *Store) AffectedBy(ctx context.Context, id assessment.RulingID) ([]regrade.Affected, error) {
	const query = `SELECT a.trainee_id AS trainee, u.name, COALESCE(c.id, '') AS cohort, a.quiz, ` + scoreBefore + ` AS score_before, ` + scoreOf + ` AS score,
			p.passed AS passed_before, g.passed AS passed_after, c.id IS NOT NULL AND e.left_at IS NULL AND c.archived_at IS NULL AS current
		FROM grades g JOIN grades p ON p.attempt_id = g.attempt_id AND p.number = g.number - 1
			JOIN attempts a ON a.id = g.attempt_id JOIN users u ON u.id = a.trainee_id
			LEFT JOIN enrolments e ON e.user_id = a.trainee_id
			LEFT JOIN cohorts c ON c.id = e.cohort_id
		WHERE g.ruling_id = ?
		ORDER BY u.name, u.id, CASE WHEN e.left_at IS NULL AND c.archived_at IS NULL THEN 0 ELSE 1 END, e.enrolled_at DESC, c.id, a.id`
	var affected []regrade.Affected
	return affected, fault(s.read(ctx).Raw(query, string(id)).Scan(&affected).Error, "read whom a ruling affected")
}

// CoordinatorsOf reads who looks after a cohort.
func (s *Store) CoordinatorsOf(ctx context.Context, id cohort.ID) ([]identity.UserID, error) {
	var users []identity.UserID
	err := s.read(ctx).Table("cohort_coordinators").Where("cohort_id = ?", string(id)).Order("user_id").Pluck("user_id", &users).Error
	return users, fault(err, "read the coordinators of a cohort")
}

// SendOnce keeps a message. Conflict where one with its id is there.
func (s *Store) SendOnce(ctx context.Context, m cohort.Message, to []identity.UserID, entry audit.Entry) error {
	err := s.SendMessage(ctx, m, to, entry)
	if isDuplicate(err) {
		return errs.New(errs.Conflict, "message_sent", "The message is sent already.")
	}
	return err
}
