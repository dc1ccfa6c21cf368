package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// Start decides on a new attempt, see assessment.Store.
func (s *Store) Start(ctx context.Context, trainee identity.UserID, quiz curriculum.QuizSlug, decide func(before []assessment.Attempt) (assessment.Change, error)) error {
	return s.engine.start(ctx, trainee, quiz, decide)
}

// Append decides on an attempt's log, see assessment.Store. A state that
// decide was given is moved on by what it decided, and then never changed.
func (s *Store) Append(ctx context.Context, id assessment.AttemptID, decide func(*assessment.State) (assessment.Change, error)) error {
	return s.engine.appendTo(ctx, id, decide)
}

// Attempt reads one attempt. NotFound.
func (s *Store) Attempt(ctx context.Context, id assessment.AttemptID) (assessment.Attempt, error) {
	if attempt, ok := s.engine.committed(id); ok {
		return attempt, nil
	}
	return readAttempt(s.read(ctx), id)
}

// Attempts reads a trainee's attempts, oldest first, each with the grade that holds.
func (s *Store) Attempts(ctx context.Context, trainee identity.UserID) ([]assessment.GradedAttempt, error) {
	var rows []attemptRow
	err := s.read(ctx).Where("trainee_id = ?", string(trainee)).Order("started_at, id").Find(&rows).Error
	if err != nil {
		return nil, fault(err, "read attempts of a trainee")
	}
	held, err := s.heldGrades(ctx, trainee)
	if err != nil {
		return nil, err
	}
	graded := make([]assessment.GradedAttempt, len(rows))
	for i, row := range rows {
		attempt, err := row.attempt()
		if err != nil {
			return nil, err
		}
		graded[i] = assessment.GradedAttempt{Attempt: attempt, Grade: held[attempt.ID]}
	}
	return graded, nil
}

// heldGrades reads the last grade of each of a trainee's attempts.
func (s *Store) heldGrades(ctx context.Context, trainee identity.UserID) (map[assessment.AttemptID]*assessment.Grade, error) {
	var rows []gradeRow
	mine := s.read(ctx).Model(&attemptRow{}).Select("id").Where("trainee_id = ?", string(trainee))
	err := s.read(ctx).Where("attempt_id IN (?)", mine).Order("attempt_id, number").Find(&rows).Error
	if err != nil {
		return nil, fault(err, "read grades of a trainee")
	}
	held := make(map[assessment.AttemptID]*assessment.Grade)
	for _, row := range rows {
		grade, err := row.grade()
		if err != nil {
			return nil, err
		}
		held[grade.Attempt] = &grade
	}
	return held, nil
}

// Overdue gives open attempts whose deadline is before t, oldest deadline first.
func (s *Store) Overdue(ctx context.Context, t time.Time, limit int) ([]assessment.AttemptID, error) {
	var ids []assessment.AttemptID
	err := s.read(ctx).Model(&attemptRow{}).Where("status = 'open' AND deadline IS NOT NULL AND deadline < ?", micros(t)).
		Order("deadline, id").Limit(limit).Pluck("id", &ids).Error
	return ids, fault(err, "read overdue attempts")
}

// Events reads a whole log in the server's order.
func (s *Store) Events(ctx context.Context, id assessment.AttemptID) ([]assessment.Event, error) {
	return readEvents(s.read(ctx), id)
}

// Grades reads all grades of an attempt, oldest first.
func (s *Store) Grades(ctx context.Context, id assessment.AttemptID) ([]assessment.Grade, error) {
	var rows []gradeRow
	if err := s.read(ctx).Where("attempt_id = ?", string(id)).Order("number").Find(&rows).Error; err != nil {
		return nil, fault(err, "read grades of attempt %s", id)
	}
	grades := make([]assessment.Grade, len(rows))
	for i, row := range rows {
		var err error
		if grades[i], err = row.grade(); err != nil {
			return nil, err
		}
	}
	return grades, nil
}

// SeenQuestions counts in how many papers of a trainee each question was.
func (s *Store) SeenQuestions(ctx context.Context, trainee identity.UserID) (map[question.ID]int, error) {
	var papers []string
	if err := s.read(ctx).Model(&attemptRow{}).Where("trainee_id = ?", string(trainee)).Pluck("paper", &papers).Error; err != nil {
		return nil, fault(err, "read papers of a trainee")
	}
	seen := make(map[question.ID]int)
	for _, paper := range papers {
		var items []assessment.PaperItem
		if err := json.Unmarshal([]byte(paper), &items); err != nil {
			return nil, fmt.Errorf("decode a paper: %w", err)
		}
		for _, item := range items {
			seen[item.Question]++
		}
	}
	return seen, nil
}
