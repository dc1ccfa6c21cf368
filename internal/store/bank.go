package store

import (
	"context"
	"sync"

	"gorm.io/gorm"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/question"
)

// questionVersionRow and quizVersionRow are versions as they are kept: a
// document and the hash that names it.
type questionVersionRow struct {
	Version     string
	QuestionID  string
	Document    []byte
	PublishedAt int64
}

// TableName names the table.
func (questionVersionRow) TableName() string { return "question_versions" }

type quizVersionRow struct {
	Version     string
	Quiz        string
	Document    []byte
	PublishedAt int64
}

// TableName names the table.
func (quizVersionRow) TableName() string { return "quiz_versions" }

// bankCache keeps decoded versions. A version never changes, so that nothing
// in it is ever out of date.
type bankCache struct {
	questions sync.Map // question.Version → question.Question
	quizzes   sync.Map // string → curriculum.Quiz
}

// QuestionVersions reads questions by version. NotFound if any is missing.
func (s *Store) QuestionVersions(ctx context.Context, versions []question.Version) (map[question.Version]question.Question, error) {
	found := make(map[question.Version]question.Question, len(versions))
	var missing []string
	for _, version := range versions {
		if q, ok := s.bank.questions.Load(version); ok {
			found[version] = q.(question.Question)
		} else {
			missing = append(missing, string(version))
		}
	}
	if len(missing) == 0 {
		return found, nil
	}
	var rows []questionVersionRow
	if err := s.read(ctx).Where("version IN ?", missing).Find(&rows).Error; err != nil {
		return nil, fault(err, "read question versions")
	}
	for _, row := range rows {
		q, err := question.Decode(row.Document)
		if err != nil {
			return nil, fault(err, "question version %s", row.Version)
		}
		found[question.Version(row.Version)] = q
		s.bank.questions.Store(question.Version(row.Version), q)
	}
	for _, version := range versions {
		if _, ok := found[version]; !ok {
			return nil, errs.Missing("question")
		}
	}
	return found, nil
}

// QuizVersion reads a quiz by the version an attempt refers to. NotFound.
func (s *Store) QuizVersion(ctx context.Context, version string) (curriculum.Quiz, error) {
	if quiz, ok := s.bank.quizzes.Load(version); ok {
		return quiz.(curriculum.Quiz), nil
	}
	var rows []quizVersionRow
	if err := s.read(ctx).Where("version = ?", version).Limit(1).Find(&rows).Error; err != nil {
		return curriculum.Quiz{}, fault(err, "read quiz version %s", version)
	}
	if len(rows) == 0 {
		return curriculum.Quiz{}, errs.Missing("quiz")
	}
	quiz, err := curriculum.DecodeQuiz(rows[0].Document)
	if err != nil {
		return curriculum.Quiz{}, fault(err, "quiz version %s", version)
	}
	s.bank.quizzes.Store(version, quiz)
	return quiz, nil
}

// PublishQuestions keeps versions of questions; the same bytes again change nothing.
func (s *Store) PublishQuestions(ctx context.Context, questions []question.Question) error {
	rows := make([]questionVersionRow, len(questions))
	for i, q := range questions {
		doc, version, err := question.Encode(q)
		if err != nil {
			return err
		}
		rows[i] = questionVersionRow{Version: string(version), QuestionID: string(q.ID), Document: doc, PublishedAt: micros(s.now())}
	}
	return publish(ctx, s, rows)
}

// PublishQuizzes keeps versions of quizzes; the same bytes again change nothing.
func (s *Store) PublishQuizzes(ctx context.Context, quizzes []curriculum.Quiz) error {
	rows := make([]quizVersionRow, len(quizzes))
	for i, quiz := range quizzes {
		doc, version, err := curriculum.EncodeQuiz(quiz)
		if err != nil {
			return err
		}
		rows[i] = quizVersionRow{Version: version, Quiz: string(quiz.Slug), Document: doc, PublishedAt: micros(s.now())}
	}
	return publish(ctx, s, rows)
}

func publish[Row any](ctx context.Context, s *Store, rows []Row) error {
	const perStatement = 200
	if len(rows) == 0 {
		return nil
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		return fault(tx.Clauses(knownVersion).CreateInBatches(&rows, perStatement).Error, "publish versions")
	})
}
