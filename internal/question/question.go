// Package question is what a question is: its kinds, its key, what a response
// to it may be, and what a response is worth.
//
// It is pure: no clock, no storage, no randomness but a seed that the caller
// gives. It must not know quizzes, attempts or people.
package question

// ID names a question through all its versions: "module.lesson.local".
type ID string

// Version names the exact bytes of a question: the first 32 hex digits of the
// SHA-256 of its document. Same bytes, same version.
type Version string

// Kind is how a question is answered.
type Kind string

// The kinds of question.
const (
	Single    Kind = "single"
	Multiple  Kind = "multiple"
	TrueFalse Kind = "true_false"
	Match     Kind = "match"
	Order     Kind = "order"
	Numeric   Kind = "numeric"
	Cloze     Kind = "cloze"
	Judgement Kind = "judgement"
	Essay     Kind = "essay" // marked by a person
)

// Kinds lists every kind, in the order of the field's manuals.
var Kinds = []Kind{Single, Multiple, TrueFalse, Match, Order, Numeric, Cloze, Judgement, Essay}

// Marked says whether answers of this kind are marked by a person, not by the
// program.
func (k Kind) Marked() bool { return k == Essay }

// Pool separates what may be practised openly from what is kept for checks
// and exams.
type Pool string

// The pools.
const (
	Practice  Pool = "practice"
	Exam      Pool = "exam"
	Decisions Pool = "scenario" // the decisions of a scenario; never drawn
)

// Bloom is a level of Bloom's revised taxonomy (Anderson and Krathwohl 2001).
type Bloom string

// Blooms lists the levels from the lowest to the highest.
var Blooms = []Bloom{"remember", "understand", "apply", "analyse", "evaluate", "create"}

// ReviewState says whether a subject-matter expert has read a text.
type ReviewState string

// The review states.
const (
	Unreviewed ReviewState = "unreviewed"
	Approved   ReviewState = "approved"
)

// Question is one version of a question, as authors write it and as the store
// keeps it. Only the fields of its kind are set.
type Question struct {
	ID         ID       `json:"id" yaml:"id"`
	Pool       Pool     `json:"pool" yaml:"pool"`
	Kind       Kind     `json:"kind" yaml:"kind"`
	Critical   bool     `json:"critical,omitempty" yaml:"critical"` // a legal or conduct red line
	Bloom      Bloom    `json:"bloom" yaml:"bloom"`
	Difficulty int      `json:"difficulty" yaml:"difficulty"` // 1 easy … 3 hard, the author's guess
	Outcomes   []string `json:"outcomes" yaml:"outcomes"`     // "module.lesson.oN"
	Stem       string   `json:"stem" yaml:"stem"`             // inline Markdown; ____ marks each blank of a cloze
	Title      string   `json:"title,omitempty" yaml:"-"`     // what trainers call it; never shown before release

	Pictures []Picture `json:"pictures,omitempty" yaml:"-"` // below the stem, at most MaxPictures

	Options       []Option  `json:"options,omitempty" yaml:"options"` // single, multiple, judgement; the reasons of true_false
	Truth         *bool     `json:"truth,omitempty" yaml:"truth"`     // true_false: whether the stem is true
	Wrong         *Mistake  `json:"wrong,omitempty" yaml:"wrong"`     // true_false: for the wrong value
	RightFeedback string    `json:"right_feedback,omitempty" yaml:"right_feedback"`
	Pairs         []Pair    `json:"pairs,omitempty" yaml:"pairs"`       // match
	Extra         []Choice  `json:"extra,omitempty" yaml:"extra"`       // match: right-hand texts that fit nothing
	Sequence      []Choice  `json:"sequence,omitempty" yaml:"sequence"` // order: in the right order
	Answer        *Quantity `json:"answer,omitempty" yaml:"answer"`     // numeric
	Blanks        []Blank   `json:"blanks,omitempty" yaml:"blanks"`     // cloze, one for each ____
	Mistakes      []Mistake `json:"mistakes,omitempty" yaml:"mistakes"` // numeric, order: foreseen wrong responses

	Rubric   []Criterion `json:"rubric,omitempty" yaml:"rubric"`       // essay: what it is marked by
	MaxWords int         `json:"max_words,omitempty" yaml:"max_words"` // essay: what it asks for at most, 0 = not said; longer is kept and marked
	Model    string      `json:"model,omitempty" yaml:"model"`         // essay: an answer that gets every point, Markdown

	Explanation string      `json:"explanation" yaml:"explanation"`
	Citations   []string    `json:"citations,omitempty" yaml:"citations"` // "source#section"
	References  []string    `json:"references,omitempty" yaml:"references"`
	Corrections []string    `json:"corrections,omitempty" yaml:"corrections"` // "E-17"
	AsOf        string      `json:"as_of,omitempty" yaml:"as_of"`             // date, for facts that go out of date
	Review      ReviewState `json:"review" yaml:"review"`
	Anchors     []Anchor    `json:"anchors,omitempty" yaml:"-"` // the passages that support the key, of documents that trainers imported
}

// OptionID names an option, item or side of a pair within its question. It is
// a hash of the text, so that it says nothing of the place or of the key.
type OptionID string

// Option is one choice with what it is worth and what to tell who picks it.
type Option struct {
	ID            OptionID `json:"id" yaml:"-"`
	Text          string   `json:"text" yaml:"text"`
	Correct       bool     `json:"correct,omitempty" yaml:"correct"` // single, multiple, reasons
	Grade         int      `json:"grade,omitempty" yaml:"grade"`     // judgement: 3 best … 0 harmful
	Misconception string   `json:"misconception,omitempty" yaml:"misconception"`
	Feedback      string   `json:"feedback" yaml:"feedback"`
	Next          ID       `json:"next,omitempty" yaml:"-"` // scenario: the decision or ending that this choice leads to
}

// Choice is a text to be placed.
type Choice struct {
	ID   OptionID `json:"id"`
	Text string   `json:"text"`
}

// Pair is a left-hand text with the right-hand text that belongs to it.
type Pair struct {
	LeftID        OptionID `json:"left_id" yaml:"-"`
	Left          string   `json:"left" yaml:"left"`
	RightID       OptionID `json:"right_id" yaml:"-"` // pairs with the same right text share it
	Right         string   `json:"right" yaml:"right"`
	Misconception string   `json:"misconception,omitempty" yaml:"misconception"`
	Feedback      string   `json:"feedback" yaml:"feedback"`
}

// Quantity is the key of a numeric question.
type Quantity struct {
	Value     float64 `json:"value" yaml:"value"`
	Tolerance float64 `json:"tolerance,omitempty" yaml:"tolerance"` // absolute, ≥ 0
	Unit      string  `json:"unit,omitempty" yaml:"unit"`           // shown beside the field
}

// Blank is one gap of a cloze.
type Blank struct {
	Accepted      []string  `json:"accepted" yaml:"accepted"` // compared after folding, see Fold
	Misconception string    `json:"misconception,omitempty" yaml:"misconception"`
	Feedback      string    `json:"feedback" yaml:"feedback"`
	Mistakes      []Mistake `json:"mistakes,omitempty" yaml:"mistakes"`
}

// Criterion is one of the things that a marker looks for in an essay. Nothing of
// it is shown before release.
type Criterion struct {
	Text   string `json:"text" yaml:"text"`
	Points int    `json:"points" yaml:"points"`                   // for an essay that meets it wholly, 1..MaxPoints
	Guide  string `json:"guide,omitempty" yaml:"guide,omitempty"` // for the marker: what earns how many
}

// Mistake is a foreseen wrong response and what to tell who gives it.
type Mistake struct {
	Value         *float64 `json:"value,omitempty" yaml:"value"` // numeric
	Text          string   `json:"text,omitempty" yaml:"text"`   // cloze
	Misconception string   `json:"misconception" yaml:"misconception"`
	Feedback      string   `json:"feedback" yaml:"feedback"`
}

// UnmarshalYAML reads a choice from a plain string: authors write texts, the
// program names them.
func (c *Choice) UnmarshalYAML(unmarshal func(any) error) error {
	return unmarshal(&c.Text)
}
