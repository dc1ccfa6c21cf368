package api

// EssayItem is an answer that a person marks, in a list. Nothing of it tells who
// wrote it.
type EssayItem struct {
	ID        string   `json:"id"`
	Quiz      string   `json:"quiz"`
	QuizTitle string   `json:"quiz_title"`
	Question  string   `json:"question"`
	StemHTML  string   `json:"stem_html"`
	EndedAt   string   `json:"ended_at" format:"date-time" doc:"When it was handed in"`
	State     string   `json:"state" enum:"waiting,marked"`
	MarkedAt  string   `json:"marked_at,omitempty" format:"date-time"`
	Marker    string   `json:"marker,omitempty" doc:"Name of who marked it"`
	Fraction  *float64 `json:"fraction,omitempty" doc:"0..1; left out while it waits"`
}

// EssayList is a page of answers.
type EssayList struct {
	Items      []EssayItem `json:"items"`
	Total      int         `json:"total" doc:"That fit"`
	Waiting    int         `json:"waiting" doc:"In all quizzes"`
	Quizzes    []EssayQuiz `json:"quizzes" doc:"Those with answers that wait"`
	NextCursor string      `json:"next_cursor,omitempty"`
}

// EssayQuiz is a quiz with answers that wait.
type EssayQuiz struct {
	Quiz    string `json:"quiz"`
	Title   string `json:"title"`
	Waiting int    `json:"waiting"`
}

// Essay is an answer with all that a marker needs.
type Essay struct {
	EssayItem
	Pictures        []QuestionPicture `json:"pictures,omitempty" doc:"That the question shows"`
	Text            string            `json:"text" doc:"Plain text"`
	Of              string            `json:"of" doc:"Names the text; it goes back with the mark"`
	Words           int               `json:"words"`
	MaxWords        int               `json:"max_words,omitempty" doc:"What the question asks for at most"`
	Rubric          []EssayCriterion  `json:"rubric"`
	ModelHTML       string            `json:"model_html,omitempty"`
	ExplanationHTML string            `json:"explanation_html,omitempty"`
	Marks           []EssayMark       `json:"marks" doc:"Newest first; the first holds"`
	Next            string            `json:"next,omitempty" doc:"What to mark after it"`
}

// EssayCriterion is one of the things to look for.
type EssayCriterion struct {
	HTML      string `json:"html"`
	GuideHTML string `json:"guide_html,omitempty"`
	Points    int    `json:"points" doc:"To be had"`
}

// EssayMark is a mark that was given.
type EssayMark struct {
	Points   []int   `json:"points" doc:"One for each criterion"`
	Fraction float64 `json:"fraction" doc:"0..1"`
	Comment  string  `json:"comment,omitempty"`
	Reason   string  `json:"reason,omitempty" doc:"Why it was marked again"`
	Marker   string  `json:"marker"`
	At       string  `json:"at" format:"date-time"`
}

// EssayMarking is what a marker gives.
type EssayMarking struct {
	Points  []int  `json:"points" minItems:"1" maxItems:"26" doc:"One for each criterion of the rubric, in its order"`
	Comment string `json:"comment,omitempty" maxLength:"2000" doc:"The trainee reads it"`
	Reason  string `json:"reason,omitempty" maxLength:"2000" doc:"Needed where there is a mark already"`
	Of      string `json:"of" minLength:"64" maxLength:"64" doc:"The text that was read, as the answer named it"`
	Marks   int    `json:"marks" minimum:"0" maximum:"1000" doc:"How many marks the page knew of"`
}
