package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
)

type enrolmentRow struct {
	CohortID    string `gorm:"primaryKey"`
	UserID      string `gorm:"primaryKey"`
	EnrolledAt  int64
	LeftAt      *int64
	SuspendedAt *int64
}

// TableName names the table.
func (enrolmentRow) TableName() string { return "enrolments" }

// memberRow is an enrolment with the person.
type memberRow struct {
	ID          string
	Username    string
	Name        string
	Role        string
	Email       *string
	EnrolledAt  int64
	SuspendedAt *int64
	SignedIn    bool
}

func (r memberRow) member() cohort.Member {
	return cohort.Member{
		ID: identity.UserID(r.ID), Username: r.Username, Name: r.Name, Role: identity.Role(r.Role), Email: textOf(r.Email),
		EnrolledAt: instant(r.EnrolledAt), SuspendedAt: pointerInstant(r.SuspendedAt), SignedIn: r.SignedIn,
	}
}

// CreateMembers keeps new users and their enrolments, all or nothing. Conflict
// with code username_taken.
func (s *Store) CreateMembers(ctx context.Context, c cohort.ID, users []identity.User, entries []audit.Entry) error {
	return s.Enrol(ctx, c, cohort.Newcomers{New: users}, entries)
}

// Enrol keeps newcomers of a cohort, all or nothing. Conflict with code
// username_taken.
func (s *Store) Enrol(ctx context.Context, c cohort.ID, n cohort.Newcomers, entries []audit.Entry) error {
	people, enrolments := make([]userRow, len(n.New)), make([]enrolmentRow, len(n.New))
	for i, u := range n.New {
		people[i] = rowOfUser(u)
		enrolments[i] = enrolmentRow{CohortID: string(c), UserID: people[i].ID, EnrolledAt: people[i].CreatedAt}
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := usernameTaken(tx.CreateInBatches(&people, rowsAtOnce).Error); err != nil {
			return err
		}
		if err := tx.CreateInBatches(&enrolments, rowsAtOnce).Error; err != nil {
			return fault(err, "insert %d enrolments", len(enrolments))
		}
		if err := enrol(tx, c, texts(n.Known), micros(n.At)); err != nil {
			return err
		}
		if err := extend(tx, n.Extensions); err != nil {
			return err
		}
		return recordAudit(tx, entries)
	})
}

// Accounts reads those that may be taken into a cohort, by username.
func (s *Store) Accounts(ctx context.Context, q cohort.AccountQuery) ([]cohort.Account, error) {
	const enrolled = "EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = users.id AND "
	const theirs = "(SELECT cohort_id FROM cohort_coordinators WHERE user_id = @by)"
	query := s.read(ctx).Model(&userRow{}).
		Select("users.*, "+enrolled+"e.cohort_id = ? AND e.left_at IS NULL) AS here", string(q.Into)).
		Where("role = ?", string(identity.Trainee)).Order("username_folded")
	if q.Coordinator != "" {
		query = query.Where("("+enrolled+"e.cohort_id IN "+theirs+" AND e.left_at IS NULL) OR ("+enrolled+"e.cohort_id IN "+theirs+
			") AND NOT "+enrolled+"e.cohort_id NOT IN "+theirs+" AND e.left_at IS NULL)))", map[string]any{"by": string(q.Coordinator)})
	}
	var rows []struct {
		User userRow `gorm:"embedded"`
		Here bool
	}
	if err := query.Where("(username_folded IN ? OR LOWER(email) IN ?)", q.Usernames, q.Emails).Scan(&rows).Error; err != nil {
		return nil, fault(err, "look up %d accounts", len(q.Usernames)+len(q.Emails))
	}
	var accounts []cohort.Account
	for _, row := range rows {
		if user := row.User.user(); user.Username != identity.ErasedUsername(user.ID) {
			accounts = append(accounts, cohort.Account{User: user, Here: row.Here})
		}
	}
	return accounts, nil
}

func texts[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// Memberships reads the cohorts of a user that ask something of them, oldest
// first.
func (s *Store) Memberships(ctx context.Context, user identity.UserID) ([]cohort.Membership, error) {
	var rows []cohortRow
	err := s.read(ctx).Joins("JOIN enrolments ON enrolments.cohort_id = cohorts.id").
		Where("enrolments.user_id = ? AND enrolments.left_at IS NULL AND enrolments.suspended_at IS NULL", string(user)).
		Where("cohorts.archived_at IS NULL").Order("enrolments.enrolled_at, cohorts.id").Find(&rows).Error
	if err != nil {
		return nil, fault(err, "read the memberships")
	}
	memberships := make([]cohort.Membership, len(rows))
	for i, row := range rows {
		m := &memberships[i]
		m.Cohort = row.cohort()
		if m.Assignments, err = s.assignments(ctx, m.ID); err != nil {
			return nil, err
		}
		theirs := s.read(ctx).Where("user_id = ?", string(user))
		if m.Extensions, err = extensions(theirs.Session(&gorm.Session{}), m.ID); err != nil {
			return nil, err
		}
		if m.Refreshers, err = refreshers(theirs.Session(&gorm.Session{}), m.ID); err != nil {
			return nil, err
		}
	}
	return memberships, nil
}

// memberColumns reads a memberRow of enrolments joined with users.
const memberColumns = "users.id, users.username, users.name, users.role, users.email, enrolments.enrolled_at, enrolments.suspended_at, " +
	"(EXISTS (SELECT 1 FROM sessions WHERE sessions.user_id = users.id) OR " + // which are forgotten, and the trail is not
	"EXISTS (SELECT 1 FROM audit_entries WHERE audit_entries.actor = users.id AND audit_entries.action = ?)) AS signed_in"

// enrolled finds the enrolments of a cohort with their people.
func (s *Store) enrolled(ctx context.Context, id cohort.ID) *gorm.DB {
	return s.read(ctx).Model(&enrolmentRow{}).Joins("JOIN users ON users.id = enrolments.user_id").
		Where("enrolments.cohort_id = ?", string(id)).Order("users.id")
}

// Members reads who is enrolled, by name.
func (s *Store) Members(ctx context.Context, id cohort.ID) ([]cohort.Member, error) {
	var rows []memberRow
	err := s.enrolled(ctx, id).Select(memberColumns, identity.ActionSignIn).Where("enrolments.left_at IS NULL").Scan(&rows).Error
	members := make([]cohort.Member, len(rows))
	for i, row := range rows {
		members[i] = row.member()
	}
	identity.SortByName(members, func(m cohort.Member) string { return m.Name })
	return members, fault(err, "read the members")
}

// Roster reads who is enrolled, or who was and left, by name. Codes count that
// hold at a time.
func (s *Store) Roster(ctx context.Context, id cohort.ID, left bool, at time.Time) ([]cohort.Enrolment, error) {
	const columns = memberColumns + ", enrolments.left_at, (SELECT MAX(last_used_at) FROM sessions WHERE sessions.user_id = users.id) AS last_seen, " +
		"EXISTS (SELECT 1 FROM sign_in_codes WHERE sign_in_codes.user_id = users.id AND used_at IS NULL AND expires_at > ?) AS has_code"
	var rows []struct {
		Member   memberRow `gorm:"embedded"`
		LeftAt   *int64
		LastSeen *int64
		HasCode  bool
	}
	err := s.enrolled(ctx, id).Select(columns, identity.ActionSignIn, micros(at)).Where("(enrolments.left_at IS NOT NULL) = ?", left).Scan(&rows).Error
	roster := make([]cohort.Enrolment, len(rows))
	for i, row := range rows {
		roster[i] = cohort.Enrolment{
			Member: row.Member.member(), LeftAt: pointerInstant(row.LeftAt), LastSeen: maybeInstant(row.LastSeen), HasCode: row.HasCode,
		}
	}
	identity.SortByName(roster, func(e cohort.Enrolment) string { return e.Name })
	return roster, fault(err, "read the roster")
}

// ChangeEnrolments acts on the enrolments of members.
func (s *Store) ChangeEnrolments(ctx context.Context, id cohort.ID, c cohort.EnrolmentChange, at time.Time, entries []audit.Entry) error {
	now := micros(at)
	changes := map[cohort.EnrolmentAction]map[string]any{
		cohort.Suspend: {"suspended_at": now}, cohort.Resume: {"suspended_at": nil},
		cohort.Remove: {"left_at": now}, cohort.Move: {"left_at": now}, cohort.Restore: {"left_at": nil},
	}
	users := texts(c.Users)
	return s.write(ctx, func(tx *gorm.DB) error {
		err := tx.Model(&enrolmentRow{}).Where("cohort_id = ? AND user_id IN ?", string(id), users).
			Where("(left_at IS NOT NULL) = ?", c.Action == cohort.Restore).Updates(changes[c.Action]).Error
		if err != nil {
			return fault(err, "change %d enrolments", len(users))
		}
		if c.Action == cohort.Remove || c.Action == cohort.Move { // the codes are known to who no longer answers for them
			if err := expireCodes(tx, users, now); err != nil {
				return err
			}
		}
		if c.Action == cohort.Move {
			if err := enrol(tx, c.To, users, now); err != nil {
				return err
			}
		}
		return recordAudit(tx, entries)
	})
}

// enrol takes people into a cohort, also those who left it before.
func enrol(tx *gorm.DB, to cohort.ID, users []string, now int64) error {
	rows := make([]enrolmentRow, len(users))
	for i, user := range users {
		rows[i] = enrolmentRow{CohortID: string(to), UserID: user, EnrolledAt: now}
	}
	again := clause.OnConflict{
		Columns:   []clause.Column{{Name: "cohort_id"}, {Name: "user_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"enrolled_at", "left_at", "suspended_at"}),
		Where:     clause.Where{Exprs: []clause.Expression{gorm.Expr("enrolments.left_at IS NOT NULL")}},
	}
	return fault(tx.Clauses(again).CreateInBatches(&rows, rowsAtOnce).Error, "enrol %d people", len(rows))
}

// TakenUsernames says which of some folded usernames are taken.
func (s *Store) TakenUsernames(ctx context.Context, folded []string) (map[string]bool, error) {
	var names []string
	err := s.read(ctx).Model(&userRow{}).Where("username_folded IN ?", folded).Pluck("username_folded", &names).Error
	if err != nil {
		return nil, fault(err, "look up %d usernames", len(folded))
	}
	taken := make(map[string]bool, len(names))
	for _, name := range names {
		taken[name] = true
	}
	return taken, nil
}

// IsCoordinator says whether a user coordinates a cohort.
func (s *Store) IsCoordinator(ctx context.Context, id cohort.ID, user identity.UserID) (bool, error) {
	var n int64
	err := s.read(ctx).Model(&coordinatorRow{}).Where("cohort_id = ? AND user_id = ?", string(id), string(user)).Count(&n).Error
	return n > 0, fault(err, "look up the coordinator")
}

// AddCoordinator makes a user a coordinator; one who is stays one.
func (s *Store) AddCoordinator(ctx context.Context, id cohort.ID, user identity.UserID, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row := coordinatorRow{string(id), string(user)}
		added := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if added.Error != nil || added.RowsAffected == 0 {
			return fault(added.Error, "insert the coordinator")
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// RemoveCoordinator takes one away and ends the unused codes that they issued to
// the cohort's people, unless decide refuses by how many coordinators would be
// left; it makes the entry. NotFound where the user is none.
func (s *Store) RemoveCoordinator(ctx context.Context, id cohort.ID, user identity.UserID, at time.Time, decide func(left, codes int) (audit.Entry, error)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if _, err := s.lockCohort(tx, id); err != nil { // two who remove each other at once
			return err
		}
		removed := tx.Where("cohort_id = ? AND user_id = ?", string(id), string(user)).Delete(&coordinatorRow{})
		if removed.Error != nil {
			return fault(removed.Error, "remove the coordinator")
		}
		if removed.RowsAffected == 0 {
			return errs.Missing("coordinator")
		}
		var left int64
		if err := tx.Model(&coordinatorRow{}).Where("cohort_id = ?", string(id)).Count(&left).Error; err != nil {
			return fault(err, "count the coordinators")
		}
		codes, err := expireCodesOf(tx, user, id, micros(at))
		if err != nil {
			return err
		}
		entry, err := decide(int(left), codes)
		if err != nil {
			return err
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}
