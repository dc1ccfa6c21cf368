package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

type assignmentRow struct {
	CohortID string
	Kind     string
	Slug     string
	DueOn    string
}

// TableName names the table.
func (assignmentRow) TableName() string { return "assignments" }

type extensionRow struct {
	CohortID  string `gorm:"primaryKey"`
	UserID    string `gorm:"primaryKey"`
	Kind      string `gorm:"primaryKey"`
	Slug      string `gorm:"primaryKey"`
	DueOn     string
	Reason    string
	GrantedBy string
	GrantedAt int64
}

// TableName names the table.
func (extensionRow) TableName() string { return "due_overrides" }

func (r extensionRow) extension() cohort.Extension {
	return cohort.Extension{
		Cohort: cohort.ID(r.CohortID), User: identity.UserID(r.UserID), Kind: cohort.Kind(r.Kind), Slug: r.Slug,
		DueOn: r.DueOn, Reason: r.Reason, By: identity.UserID(r.GrantedBy), At: instant(r.GrantedAt),
	}
}

type refresherRow struct {
	ID         string
	CohortID   string
	UserID     string
	Module     string
	Lesson     string
	DueOn      string
	AssignedBy string
	AssignedAt int64
}

// TableName names the table.
func (refresherRow) TableName() string { return "refreshers" }

func (r refresherRow) refresher() cohort.Refresher {
	return cohort.Refresher{
		ID: r.ID, Cohort: cohort.ID(r.CohortID), User: identity.UserID(r.UserID), Module: curriculum.ModuleSlug(r.Module),
		Lesson: curriculum.LessonSlug(r.Lesson), DueOn: r.DueOn, By: identity.UserID(r.AssignedBy), At: instant(r.AssignedAt),
	}
}

func insertAssignments(tx *gorm.DB, id cohort.ID, assignments []cohort.Assignment) error {
	for _, a := range assignments {
		row := assignmentRow{CohortID: string(id), Kind: string(a.Kind), Slug: a.Slug, DueOn: a.DueOn}
		if err := tx.Create(&row).Error; err != nil {
			return fault(err, "insert the assignment")
		}
	}
	return nil
}

// assignments reads those of a cohort by due date.
func (s *Store) assignments(ctx context.Context, id cohort.ID) ([]cohort.Assignment, error) {
	var rows []assignmentRow
	if err := s.read(ctx).Where("cohort_id = ?", string(id)).Order("due_on, kind DESC, slug").Find(&rows).Error; err != nil {
		return nil, fault(err, "read the assignments")
	}
	assignments := make([]cohort.Assignment, len(rows))
	for i, r := range rows {
		assignments[i] = cohort.Assignment{Cohort: cohort.ID(r.CohortID), Kind: cohort.Kind(r.Kind), Slug: r.Slug, DueOn: r.DueOn}
	}
	return assignments, nil
}

// SetAssignments replaces the assignments of a cohort.
func (s *Store) SetAssignments(ctx context.Context, id cohort.ID, assignments []cohort.Assignment, entry audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if _, err := s.lockCohort(tx, id); err != nil {
			return err
		}
		if err := tx.Where("cohort_id = ?", string(id)).Delete(&assignmentRow{}).Error; err != nil {
			return fault(err, "drop the old assignments")
		}
		if err := insertAssignments(tx, id, assignments); err != nil {
			return err
		}
		return recordAudit(tx, []audit.Entry{entry})
	})
}

// Extend keeps extensions; a new one replaces an old one of the same thing.
func (s *Store) Extend(ctx context.Context, given []cohort.Extension, entries []audit.Entry) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := extend(tx, given); err != nil {
			return err
		}
		return recordAudit(tx, entries)
	})
}

func extend(tx *gorm.DB, given []cohort.Extension) error {
	rows := make([]extensionRow, len(given))
	for i, e := range given {
		rows[i] = extensionRow{
			CohortID: string(e.Cohort), UserID: string(e.User), Kind: string(e.Kind), Slug: e.Slug,
			DueOn: e.DueOn, Reason: e.Reason, GrantedBy: string(e.By), GrantedAt: micros(e.At),
		}
	}
	again := tx.Clauses(clause.OnConflict{UpdateAll: true})
	return fault(again.CreateInBatches(&rows, rowsAtOnce).Error, "keep %d extensions", len(rows))
}

// Extensions reads the extensions in a cohort, oldest first.
func (s *Store) Extensions(ctx context.Context, id cohort.ID) ([]cohort.Extension, error) {
	return extensions(s.read(ctx), id)
}

func extensions(query *gorm.DB, id cohort.ID) ([]cohort.Extension, error) {
	var rows []extensionRow
	err := query.Where("cohort_id = ?", string(id)).Order("granted_at, user_id, kind, slug").Find(&rows).Error
	if err != nil {
		return nil, fault(err, "read the extensions")
	}
	list := make([]cohort.Extension, len(rows))
	for i, row := range rows {
		list[i] = row.extension()
	}
	return list, nil
}

// AssignRefreshers keeps the refreshers that ask gives, under the lock of the
// cohort; asked is those of the cohort so far, oldest first.
func (s *Store) AssignRefreshers(ctx context.Context, id cohort.ID, ask func(asked []cohort.Refresher) ([]cohort.Refresher, []audit.Entry)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if _, err := s.lockCohort(tx, id); err != nil {
			return err
		}
		asked, err := refreshers(tx, id)
		if err != nil {
			return err
		}
		given, entries := ask(asked)
		rows := make([]refresherRow, len(given))
		for i, r := range given {
			rows[i] = refresherRow{
				ID: r.ID, CohortID: string(r.Cohort), UserID: string(r.User), Module: string(r.Module), Lesson: string(r.Lesson),
				DueOn: r.DueOn, AssignedBy: string(r.By), AssignedAt: micros(r.At),
			}
		}
		if len(rows) == 0 {
			return nil
		}
		if err := tx.CreateInBatches(&rows, rowsAtOnce).Error; err != nil {
			return fault(err, "insert %d refreshers", len(rows))
		}
		return recordAudit(tx, entries)
	})
}

// Refreshers reads the refreshers in a cohort, oldest first.
func (s *Store) Refreshers(ctx context.Context, id cohort.ID) ([]cohort.Refresher, error) {
	return refreshers(s.read(ctx), id)
}

// askedRefresher is a refresher with the name of who asks for it.
type askedRefresher struct {
	Refresher refresherRow `gorm:"embedded"`
	ByName    string
}

func (a askedRefresher) refresher() cohort.Refresher {
	r := a.Refresher.refresher()
	r.ByName = a.ByName
	return r
}

func refreshers(query *gorm.DB, id cohort.ID) ([]cohort.Refresher, error) {
	var rows []askedRefresher
	err := query.Model(&refresherRow{}).Select("refreshers.*, users.name AS by_name").Joins("JOIN users ON users.id = refreshers.assigned_by").
		Where("cohort_id = ?", string(id)).Order("assigned_at, refreshers.id").Scan(&rows).Error
	if err != nil {
		return nil, fault(err, "read the refreshers")
	}
	list := make([]cohort.Refresher, len(rows))
	for i, row := range rows {
		list[i] = row.refresher()
	}
	return list, nil
}
