package api

import "encoding/json"

// Attempt is an attempt as its trainee sees it while it is open: no key, no
// seed, nothing that says which option is right.
type Attempt struct {
	ID        string                      `json:"id"`
	Quiz      QuizCard                    `json:"quiz"`
	Status    string                      `json:"status" enum:"open,submitted,expired"`
	Number    int                         `json:"number"`
	StartedAt string                      `json:"started_at" format:"date-time"`
	Deadline  string                      `json:"deadline,omitempty" format:"date-time"`
	ServerNow string                      `json:"server_now" format:"date-time"`
	Questions []PaperQuestion             `json:"questions"`
	Answers   map[string]json.RawMessage  `json:"answers" doc:"By question id: the response that counts now"`
	Flags     []string                    `json:"flags"`
	Feedback  map[string]QuestionFeedback `json:"feedback" doc:"Only where the quiz releases keys at once: by question id, the answered ones"`
	Receipt   Receipt                     `json:"receipt"`
}

// PaperQuestion is a question on a paper.
type PaperQuestion struct {
	ID       string            `json:"id"`
	Kind     string            `json:"kind" enum:"single,multiple,true_false,match,order,numeric,cloze,judgement,essay"`
	StemHTML string            `json:"stem_html" doc:"Sanitised; ____ stands for each blank of a cloze"`
	Pictures []QuestionPicture `json:"pictures,omitempty" doc:"Below the stem"`
	Options  []ChoiceText      `json:"options,omitempty" doc:"single, multiple, judgement; the reasons of true_false"`
	Left     []ChoiceText      `json:"left,omitempty" doc:"match"`
	Right    []ChoiceText      `json:"right,omitempty" doc:"match"`
	Items    []ChoiceText      `json:"items,omitempty" doc:"order"`
	Unit     string            `json:"unit,omitempty" doc:"numeric"`
	Blanks   int               `json:"blanks,omitempty" doc:"cloze"`
	MaxWords int               `json:"max_words,omitempty" doc:"essay: what it asks for at most; longer is kept and marked"`
}

// ChoiceText is a text to choose or to place.
type ChoiceText struct {
	ID   string `json:"id"`
	HTML string `json:"html"`
}

// Receipt names what the server holds of an attempt.
type Receipt struct {
	Head    string `json:"head" doc:"SHA-256 over the heads of all devices' chains, hex"`
	Events  int64  `json:"events"`
	Devices int    `json:"devices"`
}

// EventBatch is events of one device, in its order.
type EventBatch struct {
	Device string  `json:"device" minLength:"36" maxLength:"36" doc:"UUID that the device made for itself"`
	Events []Event `json:"events" minItems:"1" maxItems:"500"`
}

// Event is one entry of an attempt's log, as the client made it.
type Event struct {
	ID        string          `json:"id" minLength:"36" maxLength:"36" doc:"UUID made by the client; the same id twice is one event"`
	Seq       int64           `json:"seq" minimum:"1" doc:"Per attempt and device, without gaps"`
	Kind      string          `json:"kind" enum:"answer,flag,view,submit"`
	Question  string          `json:"question,omitempty" maxLength:"200"`
	Response  json.RawMessage `json:"response,omitempty"`
	ClientAt  string          `json:"client_at" maxLength:"40"`
	ElapsedMS int64           `json:"elapsed_ms" minimum:"0" doc:"Since the start of the attempt, on the device's monotonic clock"`
	PrevHash  string          `json:"prev_hash,omitempty" maxLength:"64"`
	Hash      string          `json:"hash,omitempty" maxLength:"64" doc:"Hex SHA-256 over prev_hash, id, attempt, device, seq, kind, question, client_at, elapsed_ms, each closed by a newline, and the response as sent. Left out by a client that keeps no chain."`
}

// EventAck says what is durably stored.
type EventAck struct {
	Acknowledged []string                    `json:"acknowledged"`
	State        AttemptState                `json:"state"`
	Receipt      Receipt                     `json:"receipt"`
	Feedback     map[string]QuestionFeedback `json:"feedback,omitempty"`
}

// AttemptState is where an attempt stands.
type AttemptState struct {
	Status    string `json:"status" enum:"open,submitted,expired"`
	Deadline  string `json:"deadline,omitempty" format:"date-time"`
	ServerNow string `json:"server_now" format:"date-time"`
	Answered  int    `json:"answered"`
}

// QuestionFeedback judges an answered question and explains it, as far as the
// quiz shows it now.
type QuestionFeedback struct {
	Detail          string          `json:"detail" enum:"correctness,feedback,key" doc:"How far it goes: whether the answer is right, what is said to it, or all"`
	Fraction        float64         `json:"fraction" doc:"0..1"`
	Correct         bool            `json:"correct"`
	Critical        bool            `json:"critical" doc:"A legal or conduct red line"`
	CriticalFailure bool            `json:"critical_failure"`
	Parts           []FeedbackPart  `json:"parts" doc:"Empty below feedback; those of the given answer below key"`
	Awaiting        bool            `json:"awaiting,omitempty" doc:"An essay that nobody has marked yet"`
	Rubric          []CriterionMark `json:"rubric,omitempty" doc:"What an essay was marked by, once it is"`
	Comment         string          `json:"comment,omitempty" doc:"Of who marked an essay; plain text"`
	Key             json.RawMessage `json:"key,omitempty" doc:"A response that is wholly right"`
	KeyHTML         []string        `json:"key_html,omitempty"`
	ExplanationHTML string          `json:"explanation_html,omitempty"`
	Sources         []SectionNote   `json:"citations"`
	References      []Reference     `json:"references"`
	Corrections     []Correction    `json:"corrections"`
	Review          string          `json:"review,omitempty" enum:"unreviewed,approved"`
}

// CriterionMark is what an essay got for one criterion.
type CriterionMark struct {
	HTML      string `json:"html"`
	Points    int    `json:"points"`
	MaxPoints int    `json:"max_points"`
}

// FeedbackPart is the judgement on one option, item or blank.
type FeedbackPart struct {
	ID            string `json:"id" doc:"Option, left or item id; index of a blank or criterion; value"`
	Chosen        bool   `json:"chosen"`
	Right         bool   `json:"right"`
	FeedbackHTML  string `json:"feedback_html"`
	Misconception string `json:"misconception,omitempty"`
}

// Result is the result of an attempt that has ended.
type Result struct {
	Attempt          string           `json:"attempt"`
	Quiz             QuizCard         `json:"quiz"`
	Status           string           `json:"status" enum:"submitted,expired"`
	Awaiting         int              `json:"awaiting" doc:"Answers that a person has still to mark; score, points and passed are left out until there is none"`
	Score            *float64         `json:"score,omitempty" doc:"0..1; left out until the quiz shows it, as points and passed are"`
	Points           *float64         `json:"points,omitempty"`
	MaxPoints        float64          `json:"max_points"`
	Passed           *bool            `json:"passed,omitempty"`
	PassMark         float64          `json:"pass_mark"`
	CriticalFailures []string         `json:"critical_failures" doc:"Only once it is shown which answers were right"`
	StartedAt        string           `json:"started_at" format:"date-time"`
	EndedAt          string           `json:"ended_at" format:"date-time"`
	LateSync         int              `json:"late_sync" doc:"Events that were made in time and arrived late"`
	Released         bool             `json:"released" doc:"The right answers are shown"`
	Detail           string           `json:"detail" enum:"none,correctness,feedback,key" doc:"How much is shown of the questions now"`
	Questions        []ResultQuestion `json:"questions"`
	StudyNext        []StudyNext      `json:"study_next" doc:"With the score"`
	Receipt          Receipt          `json:"receipt"`
	Grade            GradeNote        `json:"grade"`
}

// ResultQuestion is a question of the paper with what was answered.
type ResultQuestion struct {
	Question PaperQuestion     `json:"question"`
	Response json.RawMessage   `json:"response,omitempty"`
	Flagged  bool              `json:"flagged"`
	Feedback *QuestionFeedback `json:"feedback,omitempty" doc:"As far as the quiz shows it now"`
	Void     bool              `json:"void,omitempty" doc:"It was taken out of the score: it counts for nothing"`
}

// StudyNext is a lesson to read again.
type StudyNext struct {
	Module string `json:"module"`
	Lesson string `json:"lesson"`
	Title  string `json:"title"`
	Wrong  int    `json:"wrong" doc:"Questions of this lesson that were not wholly right"`
}

// GradeNote says which grade this is and why it was made.
type GradeNote struct {
	Number int    `json:"number"`
	Reason string `json:"reason"`
}
