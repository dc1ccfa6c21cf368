package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/itemanalysis"
	"muster/internal/question"
)

type analysisRow struct {
	Quiz     string
	Attempts string
	Revision int64
	Basis    int
	MadeAt   int64
	TookUS   int64 `gorm:"column:took_us"`
	Summary  []byte
	Document []byte
}

// TableName names the table.
func (analysisRow) TableName() string { return "item_analyses" }

func (r analysisRow) kept() itemanalysis.Kept {
	return itemanalysis.Kept{
		Quiz: curriculum.QuizSlug(r.Quiz), Which: itemanalysis.Which(r.Attempts), Revision: r.Revision, Basis: r.Basis,
		MadeAt: instant(r.MadeAt), Took: time.Duration(r.TookUS) * time.Microsecond, Summary: r.Summary, Document: r.Document,
	}
}

// Scripts reads graded attempts at a quiz, see itemanalysis.Store. A million
// responses come this way: rows are read without GORM's reflection.
func (s *Store) Scripts(ctx context.Context, quiz curriculum.QuizSlug, after assessment.AttemptID, limit int) ([]itemanalysis.Script, error) {
	const query = `SELECT a.id, a.trainee_id, a.number, u.locale, a.started_at, a.ended_at, g.items
		FROM attempts a JOIN users u ON u.id = a.trainee_id
			JOIN grades g ON g.attempt_id = a.id AND g.number = (SELECT MAX(number) FROM grades WHERE attempt_id = a.id)
		WHERE a.quiz = ? AND a.id > ? AND a.status <> ? ORDER BY a.id LIMIT ?`
	var scripts []itemanalysis.Script
	err := s.each(ctx, func(scan scanner) error {
		var script itemanalysis.Script
		var started, ended int64
		var items []byte
		if err := scan(&script.Attempt, &script.Trainee, &script.Number, &script.Locale, &started, &ended, &items); err != nil {
			return err
		}
		script.StartedAt, script.EndedAt = instant(started), instant(ended)
		if err := json.Unmarshal(items, &script.Items); err != nil {
			return fmt.Errorf("decode a grade of attempt %s: %w", script.Attempt, err)
		}
		scripts = append(scripts, script)
		return nil
	}, query, string(quiz), string(after), string(assessment.Open), limit)
	if err != nil || len(scripts) == 0 {
		return nil, fault(err, "read the graded attempts at %s", quiz)
	}
	return scripts, fault(s.addWork(ctx, scripts), "read how attempts at %s went", quiz)
}

// addWork reads the answers, views and marks of attempts.
func (s *Store) addWork(ctx context.Context, scripts []itemanalysis.Script) error {
	ids, of := make([]string, len(scripts)), make(map[assessment.AttemptID]*itemanalysis.Script, len(scripts))
	for i := range scripts {
		ids[i] = string(scripts[i].Attempt)
		of[scripts[i].Attempt] = &scripts[i]
	}
	return s.work(ctx, ids, "", func(e assessment.Event) {
		script := of[e.Attempt]
		script.Events = append(script.Events, e)
	})
}

// Work reads the answers, views and marks of an attempt, see assessment.Rulings.
func (s *Store) Work(ctx context.Context, id assessment.AttemptID, of question.ID) (events []assessment.Event, err error) {
	err = s.work(ctx, []string{string(id)}, of, func(e assessment.Event) { events = append(events, e) })
	return events, fault(err, "read how attempt %s went", id)
}

// work reads answers, views and marks of attempts, of one question or, where it is "",
// of all.
func (s *Store) work(ctx context.Context, ids []string, of question.ID, one func(assessment.Event)) error {
	const query = `SELECT attempt_id, device, kind, question_id, response, elapsed_ms, server_seq, received_at, standing
		FROM events WHERE attempt_id IN ? AND kind IN ? AND (question_id = ? OR ? = '') ORDER BY attempt_id, server_seq`
	return s.each(ctx, func(scan scanner) error {
		var e assessment.Event
		var received int64
		var response []byte
		if err := scan(&e.Attempt, &e.Device, &e.Kind, &e.Question, &response, &e.ElapsedMS, &e.ServerSeq, &received, &e.Standing); err != nil {
			return err
		}
		e.Response, e.ReceivedAt = response, instant(received)
		one(e)
		return nil
	}, query, ids, []string{string(assessment.EventAnswer), string(assessment.EventView), string(assessment.EventMark)}, string(of), string(of))
}

// each reads the rows of a query one by one.
func (s *Store) each(ctx context.Context, row func(scanner) error, query string, args ...any) (err error) {
	rows, err := s.read(ctx).Raw(query, args...).Rows()
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

// NoteGrades remembers that quizzes are to be analysed. It writes nothing where
// that is remembered already: a grade comes with every attempt.
func (s *Store) NoteGrades(ctx context.Context, quizzes []curriculum.QuizSlug, at time.Time) error {
	if len(quizzes) == 0 {
		return nil
	}
	var known int64
	err := s.read(ctx).Table("item_analyses_due").Where("quiz IN ? AND taken_at IS NULL", quizzes).Count(&known).Error
	if err != nil || known == int64(len(quizzes)) {
		return fault(err, "read what is to be analysed")
	}
	const upsert = `INSERT INTO item_analyses_due (quiz, since, taken_at) VALUES (?, ?, NULL)
		ON CONFLICT (quiz) DO UPDATE SET since = excluded.since, taken_at = NULL WHERE item_analyses_due.taken_at IS NOT NULL`
	return s.write(ctx, func(tx *gorm.DB) error {
		for _, quiz := range quizzes {
			if err := tx.Exec(upsert, string(quiz), micros(at)).Error; err != nil {
				return fault(err, "note a quiz to be analysed")
			}
		}
		return nil
	})
}

// DueAnalyses lists quizzes that wait, those that waited longest first.
func (s *Store) DueAnalyses(ctx context.Context, abandoned time.Time) ([]itemanalysis.Due, error) {
	const query = `SELECT d.quiz, d.since, COALESCE(a.took_us, 0) AS took FROM item_analyses_due d
			LEFT JOIN item_analyses a ON a.quiz = d.quiz AND a.attempts = ?
		WHERE d.taken_at IS NULL OR d.taken_at < ? ORDER BY d.since, d.quiz`
	var rows []struct {
		Quiz        curriculum.QuizSlug
		Since, Took int64
	}
	err := s.read(ctx).Raw(query, string(itemanalysis.First), micros(abandoned)).Scan(&rows).Error
	due := make([]itemanalysis.Due, len(rows))
	for i, r := range rows {
		due[i] = itemanalysis.Due{Quiz: r.Quiz, Since: instant(r.Since), Took: time.Duration(r.Took) * time.Microsecond}
	}
	return due, fault(err, "list what is to be analysed")
}

// TakeAnalysis takes a due quiz on; false where another did or it is not due.
func (s *Store) TakeAnalysis(ctx context.Context, quiz curriculum.QuizSlug, now, abandoned time.Time) (bool, error) {
	mine := false
	err := s.write(ctx, func(tx *gorm.DB) error {
		taken := tx.Exec("UPDATE item_analyses_due SET taken_at = ? WHERE quiz = ? AND (taken_at IS NULL OR taken_at < ?)", micros(now), string(quiz), micros(abandoned))
		mine = taken.RowsAffected == 1
		return fault(taken.Error, "take the analysis of %s on", quiz)
	})
	return mine && err == nil, err
}

// KeepAnalyses keeps analyses of a quiz, and forgets that it was due.
func (s *Store) KeepAnalyses(ctx context.Context, quiz curriculum.QuizSlug, kept []itemanalysis.Kept, taken time.Time) error {
	const upsert = `INSERT INTO item_analyses (quiz, attempts, revision, basis, made_at, took_us, summary, document) VALUES (?, ?, 1, ?, ?, ?, ?, ?)
		ON CONFLICT (quiz, attempts) DO UPDATE SET revision = item_analyses.revision + 1, basis = excluded.basis,
			made_at = excluded.made_at, took_us = excluded.took_us, summary = excluded.summary, document = excluded.document`
	return s.write(ctx, func(tx *gorm.DB) error {
		for _, k := range kept {
			err := tx.Exec(upsert, string(quiz), string(k.Which), k.Basis, micros(k.MadeAt), k.Took.Microseconds(), k.Summary, k.Document).Error
			if err != nil {
				return fault(err, "keep the analysis of %s", quiz)
			}
		}
		err := tx.Exec("DELETE FROM item_analyses_due WHERE quiz = ? AND taken_at = ?", string(quiz), micros(taken)).Error
		return fault(err, "forget that %s was due", quiz)
	})
}

// Analysis reads one. NotFound.
func (s *Store) Analysis(ctx context.Context, quiz curriculum.QuizSlug, which itemanalysis.Which) (itemanalysis.Kept, error) {
	row, err := first[analysisRow](s.read(ctx), "analysis", "quiz = ? AND attempts = ?", string(quiz), string(which))
	if err != nil {
		return itemanalysis.Kept{}, err
	}
	return row.kept(), nil
}

// Analyses reads those of all quizzes, without their documents.
func (s *Store) Analyses(ctx context.Context, which itemanalysis.Which) ([]itemanalysis.Kept, error) {
	var rows []analysisRow
	err := s.read(ctx).Omit("document").Where("attempts = ?", string(which)).Order("quiz").Find(&rows).Error
	kept := make([]itemanalysis.Kept, len(rows))
	for i, row := range rows {
		kept[i] = row.kept()
	}
	return kept, fault(err, "read the analyses")
}

// Unanalysed lists quizzes with graded attempts and no analysis on basis.
func (s *Store) Unanalysed(ctx context.Context, basis int) ([]curriculum.QuizSlug, error) {
	const query = `SELECT DISTINCT quiz FROM attempts WHERE status <> ?
		AND quiz NOT IN (SELECT quiz FROM item_analyses WHERE basis = ?) ORDER BY quiz`
	var quizzes []curriculum.QuizSlug
	err := s.read(ctx).Raw(query, string(assessment.Open), basis).Scan(&quizzes).Error
	return quizzes, fault(err, "find what was never analysed")
}
