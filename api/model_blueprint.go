package api

// BlueprintList is quizzes that trainers design.
type BlueprintList struct {
	Items []BlueprintCard `json:"items" doc:"Those changed last come first"`
}

// BlueprintCard is a trainer's quiz in a list.
type BlueprintCard struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Purpose   string `json:"purpose" enum:"practice,check,pretest,exam"`
	State     string `json:"state" enum:"draft,published,closed"`
	Ahead     bool   `json:"ahead" doc:"What was saved last is not what trainees are offered"`
	Questions int    `json:"questions" doc:"In a paper"`
	OpensAt   string `json:"opens_at,omitempty" format:"date-time"`
	ClosesAt  string `json:"closes_at,omitempty" format:"date-time"`
	ChangedAt string `json:"changed_at" format:"date-time"`
}

// Blueprint is a trainer's quiz with where it stands.
type Blueprint struct {
	BlueprintCard
	Revision int64         `json:"revision" doc:"To be named by who changes it"`
	Quiz     BlueprintText `json:"quiz"`
	Preview  PaperForecast `json:"preview"`
}

// BlueprintText is how papers are drawn, and the policy they are taken under.
type BlueprintText struct {
	Title            string          `json:"title" minLength:"1" maxLength:"200"`
	Module           string          `json:"module,omitempty" maxLength:"200" doc:"Where it belongs to one"`
	Purpose          string          `json:"purpose" enum:"practice,check,pretest,exam"`
	PassMark         float64         `json:"pass_mark" minimum:"0" maximum:"1" doc:"Share of the score"`
	Critical         bool            `json:"critical" doc:"A critical failure fails the attempt"`
	TimeLimitMinutes int             `json:"time_limit_minutes" minimum:"0" maximum:"527040" doc:"0 = none"`
	Attempts         int             `json:"attempts" minimum:"0" maximum:"1000" doc:"0 = as many as wanted"`
	DelayMinutes     int             `json:"delay_minutes" minimum:"0" maximum:"527040" doc:"Between attempts"`
	OpensAt          string          `json:"opens_at,omitempty" format:"date-time"`
	ClosesAt         string          `json:"closes_at,omitempty" format:"date-time"`
	Shows            ResultPoints    `json:"shows"`
	Rules            []BlueprintRule `json:"rules" maxItems:"50"`
}

// BlueprintRule draws some questions into a paper, or names them.
type BlueprintRule struct {
	Draw       int      `json:"draw" minimum:"0" maximum:"500"`
	Pool       string   `json:"pool,omitempty" enum:"practice,exam"`
	Module     string   `json:"module,omitempty" maxLength:"200"`
	Lesson     string   `json:"lesson,omitempty" maxLength:"200"`
	Outcome    string   `json:"outcome,omitempty" maxLength:"200"`
	Difficulty int      `json:"difficulty,omitempty" minimum:"0" maximum:"3" doc:"0 = any"`
	Tag        string   `json:"tag,omitempty" maxLength:"200"`
	Kind       string   `json:"kind,omitempty" maxLength:"20"`
	Questions  []string `json:"questions,omitempty" maxItems:"500" doc:"Fixed; then nothing else may be set"`
}

// BlueprintChange is another text of a quiz.
type BlueprintChange struct {
	Base int64         `json:"base" minimum:"1" doc:"The revision that was changed"`
	Quiz BlueprintText `json:"quiz"`
}

// BlueprintBase names the revision that is meant.
type BlueprintBase struct {
	Base int64 `json:"base" minimum:"1"`
}

// PaperForecast is what papers of a quiz will be like.
type PaperForecast struct {
	Findings []BlueprintFinding `json:"findings"`
	Rules    []RuleTally        `json:"rules"`
	Outcomes []OutcomeExpected  `json:"outcomes"`
	Shared   float64            `json:"shared" doc:"Share of a paper that two trainees may expect to have in common, 0..1"`
	Repeated float64            `json:"repeated" doc:"Share of a paper that a second attempt repeats at least, 0..1"`
	Forecast QuizForecast       `json:"forecast"`
}

// BlueprintFinding is something to mend, or to know.
type BlueprintFinding struct {
	Field    string `json:"field,omitempty" doc:"Such as rules[2]; empty for the whole"`
	Severity string `json:"severity" enum:"error,warning"`
	Message  string `json:"message"`
}

// RuleTally is how many questions a rule can choose from.
type RuleTally struct {
	Eligible int `json:"eligible"`
	Free     int `json:"free" doc:"Left whatever earlier rules take"`
	Drawn    int `json:"drawn"`
}

// OutcomeExpected is how much of a paper tests an outcome.
type OutcomeExpected struct {
	Outcome  string  `json:"outcome"`
	Text     string  `json:"text"`
	Expected float64 `json:"expected" doc:"Questions of a paper, on average"`
}

// QuizForecast is what to expect before anybody has taken a quiz.
type QuizForecast struct {
	Questions int     `json:"questions"`
	Score     float64 `json:"score" doc:"Mean, 0..1"`
	Minutes   float64 `json:"minutes" doc:"Mean"`
	Known     float64 `json:"known" doc:"Share of the paper that past answers tell about, 0..1; the rest is assumed"`
}

// SamplePaper is a paper as a trainee would get it.
type SamplePaper struct {
	Questions []PaperQuestion `json:"questions"`
}

// SampleRequest asks for a paper of a quiz.
type SampleRequest struct {
	Quiz BlueprintText `json:"quiz"`
	Seed int64         `json:"seed" minimum:"0" maximum:"1000000" doc:"Another one gives another paper"`
}

// OverrideList is the exceptions of a cohort.
type OverrideList struct {
	Items []QuizOverride `json:"items"`
}

// QuizOverride is another policy of a quiz for a cohort, or for one of its people.
type QuizOverride struct {
	OverrideRequest
	QuizTitle string `json:"quiz_title"`
	SetAt     string `json:"set_at" format:"date-time"`
}

// OverrideRequest gives another policy. What is left out stays as the quiz has it.
type OverrideRequest struct {
	Quiz             string `json:"quiz" minLength:"1" maxLength:"200"`
	User             string `json:"user,omitempty" maxLength:"64" doc:"Empty for the whole cohort"`
	OpensAt          string `json:"opens_at,omitempty" format:"date-time"`
	ClosesAt         string `json:"closes_at,omitempty" format:"date-time"`
	TimeLimitMinutes *int   `json:"time_limit_minutes,omitempty" minimum:"0" maximum:"10000" doc:"0 = none"`
	Attempts         *int   `json:"attempts,omitempty" minimum:"0" maximum:"10000" doc:"0 = as many as wanted"`
	Reason           string `json:"reason" minLength:"1" maxLength:"500"`
}
