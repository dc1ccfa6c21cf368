package api

// ReviewList is every text that can be reviewed, in the order of the curriculum.
type ReviewList struct {
	Items []ReviewCard `json:"items"`
}

// ReviewCard is a text with where it stands with its reviewers.
type ReviewCard struct {
	Subject   string `json:"subject"`
	Kind      string `json:"kind" enum:"lesson,scenario,question"`
	Module    string `json:"module"`
	Lesson    string `json:"lesson"`
	Title     string `json:"title" doc:"Plain text; of a question its stem"`
	Pool      string `json:"pool,omitempty" enum:"practice,exam" doc:"Of a question"`
	Approvals int    `json:"approvals" doc:"Of the version that is taught now"`
	Comments  int    `json:"comments" doc:"On the version that is taught now"`
	Earlier   int    `json:"earlier" doc:"Remarks on versions that are no longer taught"`
}

// Review is a text with all remarks on it. A lesson and a scenario are read at
// their own addresses; a question is here, with its key.
type Review struct {
	Subject   string          `json:"subject"`
	Kind      string          `json:"kind" enum:"lesson,scenario,question"`
	Module    string          `json:"module"`
	Lesson    string          `json:"lesson"`
	Title     string          `json:"title"`
	Version   string          `json:"version" doc:"Names the exact text; an approval is for this one alone"`
	Approvals []ReviewRemark  `json:"approvals"`
	Comments  []ReviewRemark  `json:"comments"`
	Earlier   []ReviewRemark  `json:"earlier"`
	Approved  bool            `json:"approved" doc:"By who asks"`
	Question  *ReviewQuestion `json:"question,omitempty"`
	Previous  string          `json:"previous,omitempty" doc:"The subject before, in the order of the curriculum"`
	Next      string          `json:"next,omitempty"`
}

// ReviewRemark is an approval or a comment.
type ReviewRemark struct {
	Verdict  string `json:"verdict" enum:"approve,withdraw,comment"`
	Reviewer string `json:"reviewer" doc:"Name"`
	At       string `json:"at" format:"date-time"`
	Quote    string `json:"quote,omitempty"`
	Text     string `json:"text,omitempty"`
}

// ReviewQuestion is a question as a reviewer sees it: with its key and every
// mistake that it foresees.
type ReviewQuestion struct {
	Question   PaperQuestion    `json:"question"`
	Feedback   QuestionFeedback `json:"feedback" doc:"On the response that is wholly right"`
	Pool       string           `json:"pool" enum:"practice,exam"`
	Bloom      string           `json:"bloom"`
	Difficulty int              `json:"difficulty" minimum:"1" maximum:"3"`
	Outcomes   []Outcome        `json:"outcomes"`
	Mistakes   []ReviewMistake  `json:"mistakes"`
}

// ReviewMistake is a wrong response that a question foresees.
type ReviewMistake struct {
	Response      string `json:"response" doc:"Plain text"`
	Misconception string `json:"misconception"`
	FeedbackHTML  string `json:"feedback_html" doc:"Sanitised"`
}

// RemarkRequest is what a reviewer says of a text.
type RemarkRequest struct {
	Version string `json:"version" minLength:"1" maxLength:"64" doc:"That was read"`
	Verdict string `json:"verdict" enum:"approve,withdraw,comment"`
	Quote   string `json:"quote,omitempty" maxLength:"2000" doc:"comment: the passage it is about; 500 characters at most"`
	Text    string `json:"text,omitempty" maxLength:"16000" doc:"comment: what should change; 4,000 characters at most"`
}
