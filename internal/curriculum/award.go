package curriculum

import (
	"encoding/json"
	"fmt"
)

// AwardSlug names a rule by which certificates are given.
type AwardSlug string

// maxValidMonths is the longest that a certificate may be valid.
const maxValidMonths = 120

// Award is a rule by which a certificate is given: what must be passed, and for
// how long that holds.
type Award struct {
	Slug        AwardSlug    `yaml:"slug" json:"slug"`
	Title       string       `yaml:"title" json:"title"`
	Description string       `yaml:"description" json:"description"` // what the holder has done
	Criteria    string       `yaml:"criteria" json:"criteria"`       // what earns it, for people
	Modules     []ModuleSlug `yaml:"modules" json:"modules"`         // whose checks must be passed
	Exam        QuizSlug     `yaml:"exam" json:"exam"`               // that must be passed; passing it again renews
	Critical    bool         `yaml:"critical" json:"critical"`       // no critical question of the exam may be failed
	ValidMonths int          `yaml:"valid_months" json:"valid_months"`
}

// EncodeAward gives the document that is kept with each certificate, and the
// version that names it: the first 32 hex digits of its SHA-256.
func EncodeAward(a Award) (doc []byte, version string, err error) {
	doc, err = json.Marshal(a)
	if err != nil {
		return nil, "", fmt.Errorf("encode award %s: %w", a.Slug, err)
	}
	return doc, versionOf(string(doc)), nil
}

// DecodeAward reads a document made by EncodeAward.
func DecodeAward(doc []byte) (Award, error) {
	var a Award
	if err := json.Unmarshal(doc, &a); err != nil {
		return Award{}, fmt.Errorf("decode award: %w", err)
	}
	return a, nil
}

func (r *reader) awards() (err error) {
	r.catalogue.Awards, err = listOf(r, "credentials.yaml", "credentials", func(v Award) any { return v.Slug })
	return err
}

func (r *reader) checkAward(a Award) {
	p := r.places[a.Slug]
	r.id(p, string(a.Slug))
	r.required(p, "title", a.Title)
	r.required(p, "description", a.Description)
	r.required(p, "criteria", a.Criteria)
	if a.ValidMonths < 1 || a.ValidMonths > maxValidMonths {
		r.errorf(p, "valid_months is %d, must be between 1 and %d", a.ValidMonths, maxValidMonths)
	}
	if exam, ok := r.catalogue.Quiz(a.Exam); !ok || exam.Purpose != PurposeExam {
		r.errorf(p, "exam %q is no exam", a.Exam)
	}
	for _, slug := range a.Modules {
		m, ok := r.catalogue.Module(slug)
		if _, checked := m.Check(); !ok || !checked {
			r.errorf(p, "modules: %q is no module with a check", slug)
		}
	}
}

// Check gives the quiz that shows that the module was learned.
func (m Module) Check() (Quiz, bool) {
	for _, q := range m.Quizzes {
		if q.Purpose == PurposeCheck {
			return q, true
		}
	}
	return Quiz{}, false
}
