package store

import (
	"context"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

type cohortRow struct {
	ID        string
	Name      string
	JoinCode  string
	DeploysOn *string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
}

// TableName names the table.
func (cohortRow) TableName() string { return "cohorts" }

func (r cohortRow) cohort() cohort.Cohort {
	c := cohort.Cohort{ID: cohort.ID(r.ID), Name: r.Name, JoinCode: r.JoinCode, CreatedAt: instant(r.CreatedAt)}
	if r.DeploysOn != nil {
		c.DeploysOn = *r.DeploysOn
	}
	return c
}

type assignmentRow struct {
	CohortID string
	Module   string
	DueOn    string
}

// TableName names the table.
func (assignmentRow) TableName() string { return "assignments" }

type enrolmentRow struct {
	CohortID   string
	UserID     string
	EnrolledAt int64
}

// TableName names the table.
func (enrolmentRow) TableName() string { return "enrolments" }

// CreateCohort keeps a cohort with its assignments. Conflict on the code.
func (s *Store) CreateCohort(ctx context.Context, c cohort.Cohort, assignments []cohort.Assignment, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row := cohortRow{ID: string(c.ID), Name: c.Name, JoinCode: c.JoinCode, CreatedAt: micros(c.CreatedAt)}
		if c.DeploysOn != "" {
			row.DeploysOn = &c.DeploysOn
		}
		err := tx.Create(&row).Error
		if isDuplicate(err) {
			return errs.New(errs.Conflict, "code_taken", "This join code is taken. Try again.")
		}
		if err != nil {
			return fault(err, "insert the cohort")
		}
		for _, a := range assignments {
			assigned := assignmentRow{CohortID: row.ID, Module: string(a.Module), DueOn: a.DueOn}
			if err := tx.Create(&assigned).Error; err != nil {
				return fault(err, "insert the assignment")
			}
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// CohortByCode reads a cohort by join code. NotFound.
func (s *Store) CohortByCode(ctx context.Context, code string) (cohort.Cohort, error) {
	row, err := first[cohortRow](s.read(ctx), "cohort", "join_code = ?", code)
	return row.cohort(), err
}

// CreateMember keeps a new user and the enrolment, both or neither. Conflict
// with code username_taken.
func (s *Store) CreateMember(ctx context.Context, c cohort.ID, u identity.User, entries []audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := insertUser(tx, u); err != nil {
			return err
		}
		row := enrolmentRow{CohortID: string(c), UserID: string(u.ID), EnrolledAt: micros(u.CreatedAt)}
		if err := tx.Create(&row).Error; err != nil {
			return fault(err, "insert the enrolment")
		}
		return recordAudit(tx, entries)
	})
}

// Memberships reads the cohorts of a user with what they ask, oldest first.
func (s *Store) Memberships(ctx context.Context, user identity.UserID) ([]cohort.Membership, error) {
	var rows []cohortRow
	err := s.read(ctx).Joins("JOIN enrolments ON enrolments.cohort_id = cohorts.id").
		Where("enrolments.user_id = ?", string(user)).Order("enrolments.enrolled_at, cohorts.id").Find(&rows).Error
	if err != nil {
		return nil, fault(err, "read the memberships")
	}
	memberships := make([]cohort.Membership, len(rows))
	for i, row := range rows {
		memberships[i].Cohort = row.cohort()
		if memberships[i].Assignments, err = s.assignments(ctx, row.ID); err != nil {
			return nil, err
		}
	}
	return memberships, nil
}

func (s *Store) assignments(ctx context.Context, id string) ([]cohort.Assignment, error) {
	var rows []assignmentRow
	if err := s.read(ctx).Where("cohort_id = ?", id).Order("due_on, module").Find(&rows).Error; err != nil {
		return nil, fault(err, "read the assignments")
	}
	assignments := make([]cohort.Assignment, len(rows))
	for i, r := range rows {
		assignments[i] = cohort.Assignment{Cohort: cohort.ID(r.CohortID), Module: curriculum.ModuleSlug(r.Module), DueOn: r.DueOn}
	}
	return assignments, nil
}
