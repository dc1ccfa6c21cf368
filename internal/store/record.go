package store

import (
	"fmt"

	"gorm.io/gorm"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// record writes a decision, with the job that follows a grade, in the
// transaction of tx.
func record(tx *gorm.DB, jobs *queue, id assessment.AttemptID, c assessment.Change) error {
	if c.Start != nil {
		row, err := rowOfAttempt(*c.Start)
		if err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fault(err, "insert attempt %s", id)
		}
	}
	if err := recordEvents(tx, id, c.Events); err != nil {
		return err
	}
	if c.End != nil {
		if err := recordEnd(tx, id, *c.End); err != nil {
			return err
		}
	}
	if c.Grade != nil {
		if err := recordGrade(tx, jobs, *c.Grade); err != nil {
			return err
		}
		if err := recordEssays(tx, c); err != nil {
			return err
		}
	}
	return recordAudit(tx, c.Audit)
}

func recordEvents(tx *gorm.DB, id assessment.AttemptID, events []assessment.Event) error {
	if len(events) == 0 {
		return nil
	}
	rows := make([]eventRow, len(events))
	for i, e := range events {
		rows[i] = rowOfEvent(e)
	}
	return fault(tx.Create(&rows).Error, "insert %d events of attempt %s", len(events), id)
}

func recordEnd(tx *gorm.DB, id assessment.AttemptID, end assessment.End) error {
	result := tx.Model(&attemptRow{}).Where("id = ? AND status = ?", string(id), string(assessment.Open)).
		Updates(map[string]any{"status": string(end.Status), "ended_at": micros(end.At)})
	if result.Error != nil {
		return fault(result.Error, "end attempt %s", id)
	}
	if result.RowsAffected != 1 {
		return fmt.Errorf("end attempt %s: it is not open", id)
	}
	return nil
}

func recordGrade(tx *gorm.DB, jobs *queue, g assessment.Grade) error {
	row, err := rowOfGrade(g)
	if err != nil {
		return err
	}
	if err := tx.Create(&row).Error; err != nil {
		return fault(err, "insert grade %d of attempt %s", g.Number, g.Attempt)
	}
	return jobs.enqueue(tx, assessment.Graded{Attempt: g.Attempt, Grade: g.Number})
}

// recordStart decides on a new attempt and writes it.
func recordStart(tx *gorm.DB, jobs *queue, trainee identity.UserID, quiz curriculum.QuizSlug, decide func([]assessment.Attempt) (assessment.Change, error)) (assessment.Change, error) {
	before, err := attemptsBefore(tx, trainee, quiz)
	if err != nil {
		return assessment.Change{}, err
	}
	change, err := decide(before)
	if err != nil || change.Start == nil {
		return assessment.Change{}, err
	}
	return change, record(tx, jobs, change.Start.ID, change)
}

// attemptsBefore reads a trainee's attempts at a quiz, oldest first.
func attemptsBefore(tx *gorm.DB, trainee identity.UserID, quiz curriculum.QuizSlug) ([]assessment.Attempt, error) {
	var rows []attemptRow
	err := tx.Where("trainee_id = ? AND quiz = ?", string(trainee), string(quiz)).Order("number").Find(&rows).Error
	if err != nil {
		return nil, fault(err, "read attempts at %s", quiz)
	}
	attempts := make([]assessment.Attempt, len(rows))
	for i, row := range rows {
		if attempts[i], err = row.attempt(); err != nil {
			return nil, err
		}
	}
	return attempts, nil
}

// foldState reads an attempt with its whole log. query reads the row of the
// attempt, locked or not.
func foldState(tx, query *gorm.DB, id assessment.AttemptID) (*assessment.State, error) {
	attempt, err := readAttempt(query, id)
	if err != nil {
		return nil, err
	}
	events, err := readEvents(tx, id)
	if err != nil {
		return nil, err
	}
	var grades int64
	if err := tx.Model(&gradeRow{}).Where("attempt_id = ?", string(id)).Count(&grades).Error; err != nil {
		return nil, fault(err, "count grades of attempt %s", id)
	}
	return assessment.Fold(attempt, events, int(grades)), nil
}

func readAttempt(query *gorm.DB, id assessment.AttemptID) (assessment.Attempt, error) {
	var rows []attemptRow
	if err := query.Where("id = ?", string(id)).Limit(1).Find(&rows).Error; err != nil {
		return assessment.Attempt{}, fault(err, "read attempt %s", id)
	}
	if len(rows) == 0 {
		return assessment.Attempt{}, errs.Missing("attempt")
	}
	return rows[0].attempt()
}

func readEvents(tx *gorm.DB, id assessment.AttemptID) ([]assessment.Event, error) {
	var rows []eventRow
	if err := tx.Where("attempt_id = ?", string(id)).Order("server_seq").Find(&rows).Error; err != nil {
		return nil, fault(err, "read events of attempt %s", id)
	}
	events := make([]assessment.Event, len(rows))
	for i, row := range rows {
		events[i] = row.event()
	}
	return events, nil
}
