package curriculum

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"muster/internal/question"
)

// EncodeQuiz gives the document that the store keeps of a quiz and the version
// that names it: the first 32 hex digits of its SHA-256.
func EncodeQuiz(q Quiz) (doc []byte, version string, err error) {
	doc, err = json.Marshal(q)
	if err != nil {
		return nil, "", fmt.Errorf("encode quiz %s: %w", q.Slug, err)
	}
	sum := sha256.Sum256(doc)
	return doc, hex.EncodeToString(sum[:16]), nil
}

// versionOf names the exact text of a file.
func versionOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

// QuizVersion names the exact policy and blueprint of a quiz.
func QuizVersion(q Quiz) (string, error) {
	_, version, err := EncodeQuiz(q)
	return version, err
}

// DecodeQuiz reads a document made by EncodeQuiz.
func DecodeQuiz(doc []byte) (Quiz, error) {
	var q Quiz
	if err := json.Unmarshal(doc, &q); err != nil {
		return Quiz{}, fmt.Errorf("decode quiz: %w", err)
	}
	return q, nil
}

// QuestionVersion names the version of a question that the catalogue holds, ""
// for one that it does not hold.
func (c *Catalogue) QuestionVersion(id question.ID) question.Version {
	if version, ok := c.work().Versions[id]; ok {
		return version
	}
	return c.index.versions[id]
}

// LessonOf finds the lesson that a question belongs to.
func (c *Catalogue) LessonOf(id question.ID) (Lesson, bool) {
	parts := strings.SplitN(string(id), ".", 3)
	if len(parts) != 3 {
		return Lesson{}, false
	}
	return c.Lesson(ModuleSlug(parts[0]), LessonSlug(parts[1]))
}

// LessonOfOutcome finds the lesson that teaches an outcome: ids of questions and
// outcomes begin alike.
func (c *Catalogue) LessonOfOutcome(id OutcomeID) (Lesson, bool) { return c.LessonOf(question.ID(id)) }

// ModuleOf gives the module that an outcome belongs to.
func (c *Catalogue) ModuleOf(id OutcomeID) (ModuleSlug, bool) {
	module, _, ok := strings.Cut(string(id), ".")
	return ModuleSlug(module), ok
}
