// Package curriculum is the course itself: sources and what is wrong with
// them, modules, lessons, outcomes and the quizzes that they define, read from
// content files and checked.
//
// It must not know people, attempts or storage: a Catalogue is read once and
// never changes, but for what trainers publish on top of it, see Workbench.
package curriculum

import (
	"sync/atomic"

	"muster/internal/question"
)

// Slugs are lower-case words joined by hyphens; a lesson's is unique within its
// module.
type (
	// ModuleSlug names a module.
	ModuleSlug string
	// LessonSlug names a lesson within its module.
	LessonSlug string
	// SourceSlug names a source.
	SourceSlug string
	// TermID names a glossary entry.
	TermID string
	// ReferenceID names an authority.
	ReferenceID string
	// CorrectionID names a correction: "E-17".
	CorrectionID string
	// OutcomeID names an outcome: "module.lesson.o1".
	OutcomeID string
	// QuizSlug names a quiz: "module.check", or "module.lesson.practice".
	QuizSlug string
	// CitationKey names a section: "source#section".
	CitationKey string
	// Reliability is high, medium, low or unverified.
	Reliability string
	// Severity is A (false or dangerous), B (misleading or outdated) or C (imprecise).
	Severity string
	// Confidence is high, medium or low.
	Confidence string
	// Purpose is what a quiz is for: practice, check, pretest, exam, scenario or review.
	Purpose string
	// FeedbackPoint is when keys and feedback may be shown: immediate,
	// submitted, finished, closed or never.
	FeedbackPoint string
)

// The purposes of a quiz and the points at which its keys are released.
const (
	PurposePractice Purpose = "practice"
	PurposeCheck    Purpose = "check"
	PurposePretest  Purpose = "pretest"
	PurposeExam     Purpose = "exam"
	PurposeScenario Purpose = "scenario" // graded along the path that was taken
	PurposeReview   Purpose = "review"   // what a trainee is about to forget

	ReleaseImmediate FeedbackPoint = "immediate"
	ReleaseSubmitted FeedbackPoint = "submitted"
	ReleaseFinished  FeedbackPoint = "finished" // the module's check is passed
	ReleaseClosed    FeedbackPoint = "closed"
	ReleaseNever     FeedbackPoint = "never"
)

// Source is a document the curriculum draws on, in digests of our own words.
type Source struct {
	Slug        SourceSlug  `yaml:"slug"`
	Title       string      `yaml:"title"`
	Reliability Reliability `yaml:"reliability"`
	AIDisclosed bool        `yaml:"ai_disclosed"`
	Disclosure  string      `yaml:"disclosure"` // what the publisher says of machine help, in our words
	Words       int         `yaml:"words"`
	Sections    []Section   `yaml:"sections"`
}

// Section is a headed part of a source.
type Section struct {
	Slug        string         `yaml:"slug"`
	Heading     string         `yaml:"heading"`
	Depth       int            `yaml:"depth"` // 1 main heading, 2 sub-heading
	Digest      string         `yaml:"digest"`
	Corrections []CorrectionID `yaml:"corrections"`
	NotTaught   string         `yaml:"not_taught"` // why no question rests on it, "" where some do
}

// Correction is a fact-check entry.
type Correction struct {
	ID          CorrectionID  `yaml:"id"`
	Severity    Severity      `yaml:"severity"`
	Sections    []CitationKey `yaml:"sections"`
	Claim       string        `yaml:"claim"`      // what the source says, paraphrased
	Correction  string        `yaml:"correction"` // what is right
	Authorities []string      `yaml:"authorities"`
	References  []ReferenceID `yaml:"references"`
	Confidence  Confidence    `yaml:"confidence"`
	Checked     string        `yaml:"checked"`   // public, partly, knowledge
	AsOf        string        `yaml:"as_of"`     // date
	ReviewBy    string        `yaml:"review_by"` // date after which the entry must be looked at again
}

// Reference is an authority: a treaty, resolution, policy, report or study.
type Reference struct {
	ID         ReferenceID `yaml:"id"`
	Title      string      `yaml:"title"`
	Symbol     string      `yaml:"symbol"`
	Year       int         `yaml:"year"`
	Kind       string      `yaml:"kind"`
	Confidence Confidence  `yaml:"confidence"`
}

// Term is a glossary entry.
type Term struct {
	ID         TermID   `yaml:"id"`
	Term       string   `yaml:"term"`
	Definition string   `yaml:"definition"`
	See        []TermID `yaml:"see"`
}

// Module is a part of the curriculum with its lessons in order.
type Module struct {
	Slug          ModuleSlug
	Title         string
	Theme         string // mandatory, elective
	Order         int
	Summary       string
	Prerequisites []ModuleSlug
	Lessons       []Lesson
	Quizzes       []Quiz // those of module.yaml; practice quizzes hang on their lessons
}

// Lesson is what a trainee reads and practises in one sitting.
type Lesson struct {
	Module        ModuleSlug
	Slug          LessonSlug
	Title         string
	Minutes       int
	Relevance     string
	Outcomes      []Outcome
	Glossary      []TermID
	Citations     []CitationKey
	References    []ReferenceID
	Corrections   []CorrectionID
	SourcesSilent bool // the articles lack the topic; it rests on references
	KeyPoints     []string
	InTheField    []string
	Mistakes      []string // what people get wrong in the field, and why it fails
	Summary       string
	Version       string // of the file and its figures: same bytes, same version
	Review        question.ReviewState
	Blocks        []Block
	Words         int     // of the body
	ReadingGrade  float64 // Flesch-Kincaid grade of the body
	Questions     []question.Question
	Practice      Quiz      // all practice questions of the lesson
	Scenario      *Scenario // nil where the lesson has none
}

// Outcome is what a trainee can do after a lesson.
type Outcome struct {
	ID    OutcomeID      `yaml:"id"`
	Text  string         `yaml:"text"`
	Bloom question.Bloom `yaml:"bloom"`
}

// Block is a piece of a lesson: a headed section of text, or the place of a
// practice question or a figure.
type Block struct {
	Kind     string      // "text", "practice" or "figure"
	Heading  string      // text: of the section, "" before the first
	Anchor   string      // text: id for links
	HTML     string      // text: sanitised
	Question question.ID // practice
	Figure   *Figure     // figure
	Marks    []Mark      // text: numbered marks in order of appearance
}

// Mark is a numbered mark in a text that opens a source section, an authority
// or a correction.
type Mark struct {
	Number int    // running through the lesson from 1
	Kind   string // source, reference, correction
	Key    string
}

// Quiz is a blueprint: how a paper is drawn, and the policy it is taken under.
type Quiz struct {
	Slug             QuizSlug      `yaml:"slug"`
	Module           ModuleSlug    `yaml:"-"` // "" for an exam over several modules
	Lesson           LessonSlug    `yaml:"-"` // practice only
	Title            string        `yaml:"title"`
	Purpose          Purpose       `yaml:"purpose"`
	PassMark         float64       `yaml:"pass_mark"`          // share of the score, 0..1
	Critical         bool          `yaml:"critical"`           // a critical failure fails the attempt
	TimeLimitMinutes int           `yaml:"time_limit_minutes"` // 0 = none
	Attempts         int           `yaml:"attempts"`           // 0 = as many as wanted
	DelayMinutes     int           `yaml:"delay_minutes"`      // between attempts
	OpensAt          string        `yaml:"opens_at"`           // RFC 3339, "" = always
	ClosesAt         string        `yaml:"closes_at"`
	Release          FeedbackPoint `yaml:"release"` // of the key; of all that is "" below, see Shown
	Rules            []Rule        `yaml:"rules"`
	Score            FeedbackPoint `yaml:"-" json:",omitempty"`
	Correctness      FeedbackPoint `yaml:"-" json:",omitempty"`
	Feedback         FeedbackPoint `yaml:"-" json:",omitempty"`
}

// Rule draws some questions into a paper: fixed ones, or a number of those
// that fit all the filters that are set.
type Rule struct {
	Draw       int           `yaml:"draw"`
	Pool       question.Pool `yaml:"pool"`
	Module     ModuleSlug    `yaml:"module"`  // of a quiz without one; else the quiz's own; "" in both = any
	Lesson     LessonSlug    `yaml:"lesson"`  // within the module
	Outcome    OutcomeID     `yaml:"outcome"` // the one that a question names first
	Difficulty int           `yaml:"difficulty"`
	Questions  []question.ID `yaml:"questions"` // fixed; then the filters must be empty
	Tag        string        `yaml:"-" json:",omitempty"`
	Kind       question.Kind `yaml:"-" json:",omitempty"`
}

// Catalogue is the whole curriculum, read and indexed.
type Catalogue struct {
	Version     string // hash of all content bytes
	Sources     []Source
	Corrections []Correction
	References  []Reference
	Glossary    []Term
	Modules     []Module
	Exams       []Quiz // over several modules
	Awards      []Award

	index   index
	overlay atomic.Pointer[overlay] // nil before the first Publish
	quizzes atomic.Pointer[shelf]   // likewise PublishQuizzes
}
