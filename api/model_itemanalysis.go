package api

import "time"

// AnalysedQuizList is the quizzes that are analysed.
type AnalysedQuizList struct {
	Items      []AnalysedQuiz `json:"items"`
	Total      int            `json:"total"`
	NextCursor string         `json:"next_cursor,omitempty" doc:"To read on with; absent at the end"`
}

// AnalysedQuiz is a quiz with the figures that say whether to look at it. They
// are those of first attempts.
type AnalysedQuiz struct {
	Quiz     string     `json:"quiz"`
	Title    string     `json:"title"`
	Module   string     `json:"module,omitempty"`
	Purpose  string     `json:"purpose" enum:"practice,check,pretest,exam"`
	Attempts int        `json:"attempts"`
	People   int        `json:"people"`
	Mean     *float64   `json:"mean,omitempty" doc:"Share of the highest mark, 0..1"`
	Passed   *float64   `json:"passed,omitempty" doc:"Share of the attempts, 0..1"`
	Alpha    *float64   `json:"alpha,omitempty" doc:"At most 1; may be negative"`
	Alarms   int        `json:"alarms" doc:"Questions whose key looks wrong"`
	Warnings int        `json:"warnings" doc:"Other questions that somebody should look at"`
	LastAt   *time.Time `json:"last_at,omitempty" doc:"When the last attempt ended"`
	MadeAt   *time.Time `json:"made_at,omitempty" doc:"When the figures were made; absent where there are none"`
}

// QuizAnalysis is how a quiz and its questions perform. Figures that do not
// exist are left out: no spread, too few attempts.
type QuizAnalysis struct {
	Quiz     string         `json:"quiz"`
	Title    string         `json:"title"`
	Purpose  string         `json:"purpose" enum:"practice,check,pretest,exam"`
	Which    string         `json:"which" enum:"first,last,all" doc:"Which attempts of each person"`
	People   int            `json:"people"`
	FirstAt  *time.Time     `json:"first_at,omitempty" doc:"When the first attempt ended"`
	LastAt   *time.Time     `json:"last_at,omitempty"`
	MadeAt   time.Time      `json:"made_at"`
	Revision int64          `json:"revision" doc:"Counts how often the figures were made; 0 = never"`
	Few      bool           `json:"few" doc:"So few attempts that all figures are rough"`
	Test     TestStatistics `json:"test"`
	Model    *RaschModel    `json:"model,omitempty" doc:"Left out where there are too few attempts"`
	Items    []ItemRow      `json:"items"`
	Verdicts []Verdict      `json:"verdicts"`
}

// TestStatistics is the figures of a whole quiz.
type TestStatistics struct {
	Attempts      int      `json:"attempts"`
	Questions     float64  `json:"questions" doc:"On a paper, on average"`
	Max           float64  `json:"max" doc:"The highest mark"`
	Mean          *float64 `json:"mean,omitempty" doc:"In marks, as median, sd and standard_error"`
	Median        *float64 `json:"median,omitempty"`
	SD            *float64 `json:"sd,omitempty"`
	Skewness      *float64 `json:"skewness,omitempty"`
	Kurtosis      *float64 `json:"kurtosis,omitempty" doc:"Excess"`
	Alpha         *float64 `json:"alpha,omitempty" doc:"Coefficient of internal consistency"`
	KR20          *float64 `json:"kr20,omitempty" doc:"Where every mark is all or nothing"`
	KR21          *float64 `json:"kr21,omitempty"`
	ErrorRatio    *float64 `json:"error_ratio,omitempty" doc:"May exceed 1"`
	StandardError *float64 `json:"standard_error,omitempty"`
	PassMark      float64  `json:"pass_mark" doc:"Share of the score, 0..1"`
	Passed        int      `json:"passed" doc:"Attempts whose score reaches the pass mark; critical failures aside"`
	LivingstonK2  *float64 `json:"livingston_k2,omitempty" doc:"Reliability of the distance from the pass mark"`
	LordSEM       *float64 `json:"lord_sem,omitempty" doc:"Standard error, in marks, at the pass mark"`
	Consistency   *float64 `json:"consistency,omitempty" doc:"Chance that another paper would decide alike, 0..1"`
	Kappa         *float64 `json:"kappa,omitempty" doc:"The same beyond chance"`
	Accuracy      *float64 `json:"accuracy,omitempty" doc:"Chance that the decision is that of the true score, 0..1"`
	Seconds       *float64 `json:"seconds,omitempty" doc:"Median time for a whole paper"`
}

// RaschModel is what the Rasch model says of a quiz.
type RaschModel struct {
	Spread      float64            `json:"spread" doc:"Standard deviation of ability, in logits; the mean is 0"`
	Converged   bool               `json:"converged"`
	Information []InformationPoint `json:"information" doc:"Of an average paper"`
}

// InformationPoint is a point of a curve.
type InformationPoint struct {
	Theta         float64 `json:"theta" doc:"Ability in logits"`
	Information   float64 `json:"information"`
	StandardError float64 `json:"standard_error" doc:"Of an ability that is measured there, in logits"`
}

// ItemRow is a question in the table of a quiz.
type ItemRow struct {
	Question        string    `json:"question"`
	Version         string    `json:"version" doc:"The newest of those that score alike"`
	Stem            string    `json:"stem" doc:"Inline Markdown"`
	Kind            string    `json:"kind"`
	Current         bool      `json:"current" doc:"People who start now get a version that scores like this"`
	Critical        bool      `json:"critical"`
	Responses       int       `json:"responses" doc:"Papers that had it"`
	Seen            int       `json:"seen"`
	Answered        int       `json:"answered"`
	Right           int       `json:"right" doc:"That brought the whole mark"`
	RightLow        *float64  `json:"right_low,omitempty" doc:"95 % interval of the share that is right (Wilson)"`
	RightHigh       *float64  `json:"right_high,omitempty"`
	Few             bool      `json:"few" doc:"So few responses that the figures are rough"`
	Facility        *float64  `json:"facility,omitempty" doc:"Mean share of the mark, 0..1"`
	SD              *float64  `json:"sd,omitempty"`
	Guess           *float64  `json:"guess,omitempty" doc:"What blind guessing brings, 0..1"`
	IntendedWeight  *float64  `json:"intended_weight,omitempty" doc:"0..1"`
	EffectiveWeight *float64  `json:"effective_weight,omitempty" doc:"0..1; left out where the covariance with the score is negative"`
	Discrimination  *float64  `json:"discrimination,omitempty" doc:"Correlation with the rest of the score, -1..1"`
	Efficiency      *float64  `json:"efficiency,omitempty" doc:"Of the discrimination that is possible, at most 1"`
	BIndex          *float64  `json:"b_index,omitempty" doc:"Share right of those who pass minus of those who do not, -1..1"`
	Before          *float64  `json:"before,omitempty" doc:"Facility in the module's pretest"`
	PPDI            *float64  `json:"ppdi,omitempty" doc:"Facility minus that before, -1..1"`
	Difficulty      *float64  `json:"difficulty,omitempty" doc:"Rasch, in logits: 0 = as hard as these people are able"`
	StandardError   *float64  `json:"standard_error,omitempty" doc:"Of the difficulty"`
	Infit           *float64  `json:"infit,omitempty" doc:"1 = as the model expects"`
	Outfit          *float64  `json:"outfit,omitempty" doc:"1 = as the model expects"`
	Seconds         *float64  `json:"seconds,omitempty" doc:"Median time to answer"`
	Verdicts        []Verdict `json:"verdicts" doc:"The worst first"`
}

// Verdict is what figures mean, in words.
type Verdict struct {
	Code     string `json:"code" doc:"For programs; the list only grows" example:"key_suspected"`
	Severity string `json:"severity" enum:"alarm,warning,note"`
	Text     string `json:"text"`
}

// ItemAnalysis is how one question performs in a quiz.
type ItemAnalysis struct {
	Quiz   string       `json:"quiz"`
	Title  string       `json:"title"`
	Which  string       `json:"which" enum:"first,last,all"`
	MadeAt time.Time    `json:"made_at"`
	Spread *float64     `json:"spread,omitempty" doc:"Standard deviation of ability in the Rasch model, in logits"`
	Items  []ItemDetail `json:"items" doc:"Once for each way it was scored, as people get it now first"`
	Groups []string     `json:"groups" doc:"What the groups of a curve are, from the first to the last" example:"[\"weakest fifth\"]"`
}

// ItemDetail is all that is known of a question scored in one way.
type ItemDetail struct {
	ItemRow
	SecondsLower *float64           `json:"seconds_lower,omitempty" doc:"A quarter takes no longer"`
	SecondsUpper *float64           `json:"seconds_upper,omitempty" doc:"A quarter takes longer"`
	Curve        []CurvePoint       `json:"curve" doc:"Mean share of the mark of people from the weakest fifth to the ablest, by the rest of the score"`
	Options      []OptionAnalysis   `json:"options"`
	Information  []InformationPoint `json:"information"`
	Versions     []VersionAnalysis  `json:"versions" doc:"The one used last at the end"`
	Languages    []GroupAnalysis    `json:"languages" doc:"Whether it is harder for readers of one language than for equally able readers of another"`
}

// CurvePoint is a group of people of about the same ability.
type CurvePoint struct {
	People int      `json:"people"`
	Share  *float64 `json:"share,omitempty" doc:"0..1; left out of fewer than 5 people"`
}

// OptionAnalysis is how an option of a question performs.
type OptionAnalysis struct {
	ID     string       `json:"id" doc:"true and false of a statement"`
	Text   string       `json:"text" doc:"Inline Markdown"`
	Key    bool         `json:"key"`
	People int          `json:"people" doc:"Who chose it"`
	Low    *float64     `json:"low,omitempty" doc:"95 % interval of the share that chooses it"`
	High   *float64     `json:"high,omitempty"`
	Rest   *float64     `json:"rest,omitempty" doc:"Correlation of choosing it with the rest of the score, -1..1"`
	Curve  []CurvePoint `json:"curve" doc:"The share of each group that chose it"`
}

// VersionAnalysis is how a version of a question was used.
type VersionAnalysis struct {
	Version   string    `json:"version"`
	Responses int       `json:"responses"`
	Facility  *float64  `json:"facility,omitempty"`
	Right     int       `json:"right"`
	RightLow  *float64  `json:"right_low,omitempty"`
	RightHigh *float64  `json:"right_high,omitempty"`
	FirstAt   time.Time `json:"first_at"`
	LastAt    time.Time `json:"last_at"`
}

// GroupAnalysis compares two languages (Mantel and Haenszel).
type GroupAnalysis struct {
	Language  string   `json:"language"`
	Reference string   `json:"reference"`
	People    int      `json:"people"`
	OddsRatio *float64 `json:"odds_ratio,omitempty" doc:"Above 1: easier for the reference"`
	Delta     *float64 `json:"delta,omitempty" doc:"Below 0: harder for the language"`
	Class     string   `json:"class,omitempty" enum:"A,B,C" doc:"A negligible, B moderate, C large"`
}
