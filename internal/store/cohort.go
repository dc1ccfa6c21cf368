package store

import (
	"cmp"
	"context"
	"slices"

	"gorm.io/gorm"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
)

type cohortRow struct {
	ID         string
	Name       string
	JoinCode   string
	DeploysOn  *string
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	ArchivedAt *int64
}

// TableName names the table.
func (cohortRow) TableName() string { return "cohorts" }

func rowOfCohort(c cohort.Cohort) cohortRow {
	return cohortRow{
		ID: string(c.ID), Name: c.Name, JoinCode: c.JoinCode, DeploysOn: maybeText(c.DeploysOn),
		CreatedAt: micros(c.CreatedAt), ArchivedAt: pointerMicros(c.ArchivedAt),
	}
}

func (r cohortRow) cohort() cohort.Cohort {
	return cohort.Cohort{
		ID: cohort.ID(r.ID), Name: r.Name, JoinCode: r.JoinCode, DeploysOn: textOf(r.DeploysOn),
		CreatedAt: instant(r.CreatedAt), ArchivedAt: pointerInstant(r.ArchivedAt),
	}
}

// countedCohort is a cohort with how many are enrolled.
type countedCohort struct {
	Cohort cohortRow `gorm:"embedded"`
	People int
}

func (c countedCohort) listed() cohort.Listed {
	return cohort.Listed{Cohort: c.Cohort.cohort(), People: c.People}
}

// countingPeople reads cohorts as countedCohort.
const countingPeople = "cohorts.*, (SELECT COUNT(*) FROM enrolments WHERE enrolments.cohort_id = cohorts.id AND enrolments.left_at IS NULL) AS people"

type coordinatorRow struct {
	CohortID string
	UserID   string
}

// TableName names the table.
func (coordinatorRow) TableName() string { return "cohort_coordinators" }

// never sorts after every date.
const never = "9999-12-31"

// CreateCohort keeps a cohort with its assignments and, where it is not "", its
// first coordinator. Conflict on the code.
func (s *Store) CreateCohort(ctx context.Context, c cohort.Cohort, assignments []cohort.Assignment, coordinator identity.UserID, entry audit.Entry) error {
	row := rowOfCohort(c)
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&row).Error; err != nil {
			return codeTaken(err, "insert the cohort")
		}
		if err := insertAssignments(tx, c.ID, assignments); err != nil {
			return err
		}
		if coordinator != "" {
			if err := tx.Create(&coordinatorRow{row.ID, string(coordinator)}).Error; err != nil {
				return fault(err, "insert the coordinator")
			}
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// codeTaken explains why a cohort with a join code was not kept.
func codeTaken(err error, doing string) error {
	if isDuplicate(err) {
		return errs.New(errs.Conflict, "code_taken", "This join code is taken. Try again.")
	}
	return fault(err, "%s", doing)
}

// Cohort reads a cohort. NotFound.
func (s *Store) Cohort(ctx context.Context, id cohort.ID) (cohort.Cohort, error) {
	row, err := first[cohortRow](s.read(ctx), "cohort", "id = ?", string(id))
	return row.cohort(), err
}

// CohortByCode reads a cohort by join code. NotFound.
func (s *Store) CohortByCode(ctx context.Context, code string) (cohort.Cohort, error) {
	row, err := first[cohortRow](s.read(ctx), "cohort", "join_code = ?", code)
	return row.cohort(), err
}

// Cohorts reads those that a user coordinates, all where it is "", that are
// archived or not; the next to deploy first.
func (s *Store) Cohorts(ctx context.Context, coordinator identity.UserID, archived bool) ([]cohort.Listed, error) {
	query := s.read(ctx).Model(&cohortRow{}).Select(countingPeople).Where("(archived_at IS NOT NULL) = ?", archived).Order("id")
	if coordinator != "" {
		query = query.Where("id IN (SELECT cohort_id FROM cohort_coordinators WHERE user_id = ?)", string(coordinator))
	}
	var rows []countedCohort
	if err := query.Scan(&rows).Error; err != nil {
		return nil, fault(err, "read the cohorts")
	}
	cohorts := make([]cohort.Listed, len(rows))
	for i, row := range rows {
		cohorts[i] = row.listed()
	}
	identity.SortByName(cohorts, func(c cohort.Listed) string { return c.Name })
	slices.SortStableFunc(cohorts, func(a, b cohort.Listed) int {
		return cmp.Compare(cmp.Or(a.DeploysOn, never), cmp.Or(b.DeploysOn, never))
	})
	return cohorts, nil
}

// ChangeCohort changes a cohort under its lock. NotFound, Conflict on the code.
func (s *Store) ChangeCohort(ctx context.Context, id cohort.ID, change func(*cohort.Cohort) (audit.Entry, error)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row, err := s.lockCohort(tx, id)
		if err != nil {
			return err
		}
		c := row.cohort()
		entry, err := change(&c)
		if err != nil {
			return err
		}
		row = rowOfCohort(c)
		if err := tx.Save(&row).Error; err != nil {
			return codeTaken(err, "change the cohort")
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

func (s *Store) lockCohort(tx *gorm.DB, id cohort.ID) (cohortRow, error) {
	return first[cohortRow](tx.Clauses(s.forUpdate()...), "cohort", "id = ?", string(id))
}

// Detail reads a cohort with all that belongs to it. NotFound.
func (s *Store) Detail(ctx context.Context, id cohort.ID) (cohort.Detail, error) {
	row, err := first[countedCohort](s.read(ctx).Model(&cohortRow{}).Select(countingPeople), "cohort", "id = ?", string(id))
	if err != nil {
		return cohort.Detail{}, err
	}
	d := cohort.Detail{Listed: row.listed()}
	var users []userRow
	err = s.read(ctx).Where("id IN (SELECT user_id FROM cohort_coordinators WHERE cohort_id = ?)", string(id)).
		Order("id").Find(&users).Error
	if err != nil {
		return cohort.Detail{}, fault(err, "read the coordinators")
	}
	for _, u := range users {
		d.Coordinators = append(d.Coordinators, u.user())
	}
	identity.SortByName(d.Coordinators, func(u identity.User) string { return u.Name })
	d.Assignments, err = s.assignments(ctx, id)
	return d, err
}
