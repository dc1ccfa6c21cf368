package api

import "encoding/json"

// BankItem is a question of the bank in a list.
type BankItem struct {
	ID         string   `json:"id"`
	Title      string   `json:"title,omitempty"`
	Stem       string   `json:"stem" doc:"Inline Markdown"`
	Kind       string   `json:"kind"`
	Pool       string   `json:"pool" enum:"practice,exam"`
	State      string   `json:"state" enum:"draft,review,approved,retired"`
	Live       bool     `json:"live" doc:"A version of it is put into papers"`
	Stale      bool     `json:"stale" doc:"A passage that supports it has changed"`
	Diverged   bool     `json:"diverged" doc:"The content file has changed since a trainer changed the question"`
	Origin     string   `json:"origin" enum:"content,authored"`
	Critical   bool     `json:"critical"`
	Bloom      string   `json:"bloom"`
	Difficulty int      `json:"difficulty"`
	Module     string   `json:"module,omitempty"`
	Lesson     string   `json:"lesson,omitempty"`
	Outcomes   []string `json:"outcomes"`
	Tags       []string `json:"tags"`
	Version    string   `json:"version" doc:"Names the newest text"`
	Number     int      `json:"number" doc:"Of the newest text, from 1"`
	Author     string   `json:"author" doc:"Name of who wrote the newest text; empty for a content file"`
	ChangedAt  string   `json:"changed_at" format:"date-time"`
	UsedIn     int      `json:"used_in" doc:"Quizzes that name it or may draw it"`
}

// BankList is a page of questions.
type BankList struct {
	Items []BankItem `json:"items"`
	Total int        `json:"total" doc:"That fit"`
	Next  string     `json:"next,omitempty" doc:"Cursor of the next page; absent on the last"`
}

// BankQuestion is a question of the bank with its newest text and where it stands.
type BankQuestion struct {
	BankItem
	Question        QuestionText      `json:"question"`
	ApprovedVersion string            `json:"approved_version,omitempty" doc:"Of the text that was approved last, which papers have while a newer one is a draft"`
	StaleAt         string            `json:"stale_at,omitempty" format:"date-time"`
	StaleReason     string            `json:"stale_reason,omitempty"`
	Own             bool              `json:"own" doc:"Who asks wrote the newest text"`
	Findings        []QuestionFinding `json:"findings"`
	Quizzes         []QuizName        `json:"quizzes" doc:"That name it or may draw it"`
}

// QuizName is a quiz by its title.
type QuizName struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
}

// QuestionFinding is something that is wrong with a question.
type QuestionFinding struct {
	Field    string `json:"field" example:"options[2].feedback"`
	Message  string `json:"message"`
	Severity string `json:"severity" enum:"error,warning" doc:"error: it cannot be approved"`
}

// QuestionText is a question as authors write it. Only the fields of its kind
// matter.
type QuestionText struct {
	Title         string              `json:"title,omitempty" maxLength:"200" doc:"What trainers call it; trainees never see it"`
	Pool          string              `json:"pool,omitempty" enum:"practice,exam"`
	Kind          string              `json:"kind" enum:"single,multiple,true_false,match,order,numeric,cloze,judgement,essay"`
	Critical      bool                `json:"critical,omitempty" doc:"A legal or conduct red line"`
	Bloom         string              `json:"bloom,omitempty" enum:"remember,understand,apply,analyse,evaluate,create"`
	Difficulty    int                 `json:"difficulty,omitempty" minimum:"0" maximum:"3" doc:"1 easy to 3 hard; 0 = not said"`
	Outcomes      []string            `json:"outcomes,omitempty" maxItems:"20"`
	Stem          string              `json:"stem" minLength:"1" maxLength:"8000" doc:"Inline Markdown; ____ marks each blank of a cloze"`
	Pictures      []QuestionPicture   `json:"pictures,omitempty" maxItems:"5" doc:"Below the stem"`
	Options       []QuestionOption    `json:"options,omitempty" maxItems:"26" doc:"single, multiple, judgement; the reasons of true_false"`
	Truth         *bool               `json:"truth,omitempty" doc:"true_false"`
	Wrong         *QuestionMistake    `json:"wrong,omitempty" doc:"true_false: for the wrong value"`
	RightFeedback string              `json:"right_feedback,omitempty" maxLength:"4000" doc:"true_false"`
	Pairs         []QuestionPair      `json:"pairs,omitempty" maxItems:"26" doc:"match"`
	Extra         []string            `json:"extra,omitempty" maxItems:"26" doc:"match: right-hand texts that fit nothing"`
	Sequence      []string            `json:"sequence,omitempty" maxItems:"26" doc:"order: in the right order"`
	Answer        *QuestionQuantity   `json:"answer,omitempty" doc:"numeric"`
	Blanks        []QuestionBlank     `json:"blanks,omitempty" maxItems:"26" doc:"cloze, one for each ____"`
	Mistakes      []QuestionMistake   `json:"mistakes,omitempty" maxItems:"26" doc:"numeric, order: foreseen wrong responses"`
	Rubric        []QuestionCriterion `json:"rubric,omitempty" maxItems:"26" doc:"essay: what it is marked by"`
	MaxWords      int                 `json:"max_words,omitempty" minimum:"0" maximum:"100000" doc:"essay: what it asks for at most; 0 = not said"`
	Model         string              `json:"model,omitempty" maxLength:"12000" doc:"essay: an answer that gets every point"`
	Explanation   string              `json:"explanation,omitempty" maxLength:"8000"`
	Citations     []string            `json:"citations,omitempty" maxItems:"50" doc:"source#section"`
	References    []string            `json:"references,omitempty" maxItems:"50"`
	Corrections   []string            `json:"corrections,omitempty" maxItems:"50"`
	AsOf          string              `json:"as_of,omitempty" maxLength:"10" doc:"Date, for facts that go out of date"`
	Anchors       []QuestionPassage   `json:"anchors,omitempty" maxItems:"20" doc:"The passages of imported documents that support the key"`
}

// QuestionPicture is a picture that a question shows; its bytes are at
// /pictures/{id}.
type QuestionPicture struct {
	ID     string `json:"id" minLength:"32" maxLength:"32" doc:"As /pictures gave it"`
	Alt    string `json:"alt,omitempty" maxLength:"2000" doc:"What it shows, for who cannot see it; 500 characters at most"`
	Width  int    `json:"width" minimum:"1" maximum:"8000" doc:"Of the picture as it is kept; the server puts it right"`
	Height int    `json:"height" minimum:"1" maximum:"8000"`
}

// QuestionOption is one choice with what it is worth and what to tell who picks it.
type QuestionOption struct {
	Text          string `json:"text" maxLength:"4000"`
	Correct       bool   `json:"correct,omitempty" doc:"single, multiple, reasons"`
	Grade         int    `json:"grade,omitempty" minimum:"0" maximum:"3" doc:"judgement: 3 best to 0 harmful"`
	Misconception string `json:"misconception,omitempty" maxLength:"4000"`
	Feedback      string `json:"feedback,omitempty" maxLength:"4000"`
}

// QuestionPair is a left-hand text with the right-hand text that belongs to it.
type QuestionPair struct {
	Left          string `json:"left" maxLength:"4000"`
	Right         string `json:"right" maxLength:"4000"`
	Misconception string `json:"misconception,omitempty" maxLength:"4000"`
	Feedback      string `json:"feedback,omitempty" maxLength:"4000"`
}

// QuestionQuantity is the key of a numeric question.
type QuestionQuantity struct {
	Value     float64 `json:"value"`
	Tolerance float64 `json:"tolerance,omitempty" minimum:"0"`
	Unit      string  `json:"unit,omitempty" maxLength:"40"`
}

// QuestionBlank is one gap of a cloze.
type QuestionBlank struct {
	Accepted      []string          `json:"accepted" maxItems:"100"`
	Misconception string            `json:"misconception,omitempty" maxLength:"4000"`
	Feedback      string            `json:"feedback,omitempty" maxLength:"4000"`
	Mistakes      []QuestionMistake `json:"mistakes,omitempty" maxItems:"26"`
}

// QuestionCriterion is one of the things that a marker looks for in an essay.
type QuestionCriterion struct {
	Text   string `json:"text" maxLength:"4000"`
	Points int    `json:"points" minimum:"0" maximum:"1000" doc:"For an essay that meets it wholly"`
	Guide  string `json:"guide,omitempty" maxLength:"4000" doc:"For the marker: what earns how many"`
}

// QuestionMistake is a foreseen wrong response and what to tell who gives it.
type QuestionMistake struct {
	Value         *float64 `json:"value,omitempty" doc:"numeric"`
	Text          string   `json:"text,omitempty" maxLength:"4000" doc:"cloze"`
	Misconception string   `json:"misconception,omitempty" maxLength:"4000"`
	Feedback      string   `json:"feedback,omitempty" maxLength:"4000"`
}

// QuestionPassage ties a question to a passage of a document.
type QuestionPassage struct {
	Document  string `json:"document" maxLength:"200"`
	Edition   int    `json:"edition" minimum:"1"`
	Section   string `json:"section" maxLength:"200" doc:"Slug"`
	Paragraph int    `json:"paragraph" minimum:"1" doc:"Within the section"`
	Start     int    `json:"start" minimum:"0" doc:"Characters from the start of the passage"`
	End       int    `json:"end" minimum:"0" doc:"Exclusive"`
	Quote     string `json:"quote" maxLength:"4000"`
	Hash      string `json:"hash" maxLength:"64" doc:"Of the quote; empty for one that was just selected: the server makes it"`
}

// NewBankQuestion is a question to keep.
type NewBankQuestion struct {
	Question QuestionText `json:"question"`
	Tags     []string     `json:"tags,omitempty" maxItems:"30"`
	Note     string       `json:"note,omitempty" maxLength:"2000" doc:"500 characters at most"`
}

// QuestionEdit is another text of a question, or other tags.
type QuestionEdit struct {
	Question    QuestionText `json:"question"`
	Tags        []string     `json:"tags,omitempty" maxItems:"30"`
	BaseVersion string       `json:"base_version" minLength:"1" maxLength:"64" doc:"The version that was edited"`
	Note        string       `json:"note,omitempty" maxLength:"2000" doc:"What was changed and why; 500 characters at most"`
}

// QuestionMove brings a question to another state.
type QuestionMove struct {
	State   string `json:"state" enum:"draft,review,approved,retired"`
	Version string `json:"version" minLength:"1" maxLength:"64" doc:"That was read"`
	Note    string `json:"note,omitempty" maxLength:"2000" doc:"500 characters at most"`
}

// QuestionHistory is what became of a question, newest first.
type QuestionHistory struct {
	Versions []QuestionVersion `json:"versions"`
	Moves    []QuestionStep    `json:"moves"`
}

// QuestionVersion is one text that a question had.
type QuestionVersion struct {
	Version string `json:"version"`
	Number  int    `json:"number"`
	Author  string `json:"author" doc:"Name; empty for a content file"`
	At      string `json:"at" format:"date-time"`
	Note    string `json:"note,omitempty"`
}

// QuestionStep is one change of a question's state.
type QuestionStep struct {
	From    string `json:"from,omitempty"`
	To      string `json:"to"`
	Version string `json:"version"`
	By      string `json:"by" doc:"Name; empty for the program"`
	At      string `json:"at" format:"date-time"`
	Note    string `json:"note,omitempty"`
}

// VersionText is a question as it was in one of its versions.
type VersionText struct {
	Version  string       `json:"version"`
	Question QuestionText `json:"question"`
}

// QuestionFilter says which questions are meant; what is left out does not matter.
type QuestionFilter struct {
	Search     string `json:"search,omitempty" maxLength:"400"`
	State      string `json:"state,omitempty" enum:"draft,review,approved,retired"`
	Pool       string `json:"pool,omitempty" enum:"practice,exam"`
	Kind       string `json:"kind,omitempty" maxLength:"20"`
	Module     string `json:"module,omitempty" maxLength:"200"`
	Lesson     string `json:"lesson,omitempty" maxLength:"200"`
	Outcome    string `json:"outcome,omitempty" maxLength:"300"`
	Tag        string `json:"tag,omitempty" maxLength:"200"`
	Difficulty int    `json:"difficulty,omitempty" minimum:"0" maximum:"3"`
	Stale      string `json:"stale,omitempty" enum:"yes,no"`
	Origin     string `json:"origin,omitempty" enum:"content,authored"`
	Document   string `json:"document,omitempty" maxLength:"200"`
}

// QuestionChanges does the same to many questions.
type QuestionChanges struct {
	Questions []string        `json:"questions,omitempty" maxItems:"2000" doc:"Ids; with a filter, those of them that fit it"`
	Filter    *QuestionFilter `json:"filter,omitempty" doc:"All that fit, 2,000 at most"`
	Action    string          `json:"action" enum:"tag,untag,submit,approve,retire,restore,move_pool,add_outcome,remove_outcome"`
	Value     string          `json:"value,omitempty" maxLength:"300" doc:"The tag, the pool, or the id of the outcome"`
}

// QuestionOutcomes says what became of each of many questions.
type QuestionOutcomes struct {
	Items  []QuestionOutcome `json:"items"`
	Done   int               `json:"done"`
	Failed int               `json:"failed"`
}

// QuestionOutcome says what became of one of them.
type QuestionOutcome struct {
	ID     string `json:"id"`
	OK     bool   `json:"ok"`
	Code   string `json:"code,omitempty" doc:"As of a problem"`
	Detail string `json:"detail,omitempty"`

	Fields map[string]string `json:"fields,omitempty" doc:"What is to be mended, by field"`
}

// QuestionComments is what trainers remarked on a question.
type QuestionComments struct {
	Version  string         `json:"version" doc:"That new comments are about"`
	Comments []ReviewRemark `json:"comments" doc:"On the newest text, oldest first"`
	Earlier  []ReviewRemark `json:"earlier" doc:"On others, approvals of reviewers too"`
}

// QuestionComment is what a trainer remarks on a question.
type QuestionComment struct {
	Version string `json:"version" minLength:"1" maxLength:"64" doc:"That was read"`
	Quote   string `json:"quote,omitempty" maxLength:"2000" doc:"What it is about; 500 characters at most"`
	Text    string `json:"text" minLength:"1" maxLength:"16000" doc:"4,000 characters at most"`
}

// PreviewRequest is a question to be looked at before it is kept.
type PreviewRequest struct {
	Question QuestionText `json:"question"`
}

// QuestionPreview is a question exactly as a trainee gets it, and what is wrong
// with it.
type QuestionPreview struct {
	Item     PaperQuestion     `json:"item"`
	Findings []QuestionFinding `json:"findings"`
}

// TrialRequest is a response to a question that is not kept, to see what it is
// worth. The ids in it are those of its preview.
type TrialRequest struct {
	Question QuestionText    `json:"question"`
	Response json.RawMessage `json:"response"`
}
