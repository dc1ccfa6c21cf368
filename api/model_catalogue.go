package api

// ModuleCard is a module in a list.
type ModuleCard struct {
	Slug          string   `json:"slug"`
	Title         string   `json:"title"`
	Theme         string   `json:"theme" enum:"mandatory,elective"`
	Order         int      `json:"order"`
	Summary       string   `json:"summary"`
	Minutes       int      `json:"minutes"`
	Lessons       int      `json:"lessons"`
	Prerequisites []string `json:"prerequisites"`
}

// ModuleList is all modules in order.
type ModuleList struct {
	Items []ModuleCard `json:"items"`
}

// Module is a module with its lessons and quizzes.
type Module struct {
	Slug          string       `json:"slug"`
	Title         string       `json:"title"`
	Theme         string       `json:"theme" enum:"mandatory,elective"`
	Order         int          `json:"order"`
	Summary       string       `json:"summary"`
	Prerequisites []string     `json:"prerequisites"`
	Lessons       []LessonCard `json:"lessons"`
	Quizzes       []QuizCard   `json:"quizzes"`
}

// LessonCard is a lesson in its module.
type LessonCard struct {
	Slug              string    `json:"slug"`
	Title             string    `json:"title"`
	Minutes           int       `json:"minutes"`
	Outcomes          []Outcome `json:"outcomes"`
	PracticeQuestions int       `json:"practice_questions"`
	Review            string    `json:"review" enum:"unreviewed,approved"`
}

// Outcome is what a trainee can do after a lesson.
type Outcome struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Bloom string `json:"bloom"`
}

// QuizCard is a quiz with its policy, without its questions.
type QuizCard struct {
	ID               string  `json:"id"`
	Title            string  `json:"title"`
	Purpose          string  `json:"purpose" enum:"practice,check,pretest,exam,scenario,review"`
	Module           string  `json:"module" doc:"Empty for an exam over several modules"`
	ModuleTitle      string  `json:"module_title,omitempty"`
	Lesson           string  `json:"lesson,omitempty"`
	Questions        int     `json:"questions"`
	PassMark         float64 `json:"pass_mark" doc:"Share of the score, 0..1"`
	Critical         bool    `json:"critical" doc:"A critical failure fails the attempt"`
	TimeLimitMinutes int     `json:"time_limit_minutes" doc:"0 = none"`
	Attempts         int     `json:"attempts" doc:"0 = as many as wanted"`
	DelayMinutes     int     `json:"delay_minutes"`
	OpensAt          string  `json:"opens_at,omitempty"`
	ClosesAt         string  `json:"closes_at,omitempty"`
	Release          string  `json:"release" enum:"immediate,submitted,finished,closed,never" doc:"When the right answers are shown"`

	Shows ResultPoints `json:"shows"`
}

// ResultPoints are when each part of a result is shown; none comes before one
// above it.
type ResultPoints struct {
	Score       string `json:"score" enum:"submitted,finished,closed,never" doc:"And whether it is enough"`
	Correctness string `json:"correctness" enum:"immediate,submitted,finished,closed,never" doc:"Which answers were right"`
	Feedback    string `json:"feedback" enum:"immediate,submitted,finished,closed,never" doc:"What is said to the answer that was given"`
	Answers     string `json:"answers" enum:"immediate,submitted,finished,closed,never" doc:"The right answers and what explains them"`
}

// Lesson is a lesson with all that its page shows.
type Lesson struct {
	Module        string         `json:"module"`
	ModuleTitle   string         `json:"module_title"`
	Slug          string         `json:"slug"`
	Title         string         `json:"title"`
	Minutes       int            `json:"minutes"`
	Relevance     string         `json:"relevance"`
	Review        string         `json:"review" enum:"unreviewed,approved"`
	SourcesSilent bool           `json:"sources_silent" doc:"The source articles lack the topic; it rests on references alone"`
	Outcomes      []Outcome      `json:"outcomes"`
	Blocks        []Block        `json:"blocks"`
	Marks         []Mark         `json:"marks"`
	Glossary      []GlossaryTerm `json:"glossary"`
	Sources       []SectionNote  `json:"sources"`
	References    []Reference    `json:"references"`
	Corrections   []Correction   `json:"corrections"`
	KeyPoints     []string       `json:"key_points" doc:"Sanitised inline HTML"`
	InTheField    []string       `json:"in_the_field" doc:"Sanitised inline HTML"`
	Mistakes      []string       `json:"mistakes" doc:"Common mistakes, sanitised inline HTML"`
	SummaryHTML   string         `json:"summary_html" doc:"Sanitised; empty when the lesson has none"`
	PracticeQuiz  string         `json:"practice_quiz"`
	Scenario      *ScenarioCard  `json:"scenario,omitempty"`
	Previous      *LessonLink    `json:"previous,omitempty"`
	Next          *LessonLink    `json:"next,omitempty"`
}

// LessonLink leads to a neighbour of a lesson.
type LessonLink struct {
	Module string `json:"module"`
	Slug   string `json:"slug"`
	Title  string `json:"title"`
}

// Block is a headed section of text, or the place of a practice question or a
// figure.
type Block struct {
	Kind     string  `json:"kind" enum:"text,practice,figure"`
	Heading  string  `json:"heading,omitempty"`
	Anchor   string  `json:"anchor,omitempty"`
	HTML     string  `json:"html,omitempty" doc:"Sanitised"`
	Question string  `json:"question,omitempty"`
	Figure   *Figure `json:"figure,omitempty"`
}

// Figure is a picture as data, drawn by the page.
type Figure struct {
	Kind    string       `json:"kind" enum:"timeline,chain,ladder,grid,hub"`
	Title   string       `json:"title"`
	Summary string       `json:"summary" doc:"What it shows, for who cannot see it"`
	Centre  string       `json:"centre,omitempty" doc:"hub"`
	Corner  string       `json:"corner,omitempty" doc:"grid: what the row labels are"`
	Columns []string     `json:"columns,omitempty" doc:"grid"`
	Items   []FigureItem `json:"items"`
}

// FigureItem is a part of a figure.
type FigureItem struct {
	When  string   `json:"when,omitempty" doc:"timeline"`
	Label string   `json:"label"`
	Text  string   `json:"text,omitempty"`
	Cells []string `json:"cells,omitempty" doc:"grid: one for each column; hub: what belongs to the group"`
}

// Mark is a numbered mark in the text.
type Mark struct {
	Number int    `json:"number"`
	Kind   string `json:"kind" enum:"source,reference,correction"`
	Key    string `json:"key"`
}

// GlossaryTerm is a glossary entry.
type GlossaryTerm struct {
	ID         string   `json:"id"`
	Term       string   `json:"term"`
	Definition string   `json:"definition"`
	See        []string `json:"see"`
}

// Glossary is all terms in order of the term.
type Glossary struct {
	Items []GlossaryTerm `json:"items"`
}

// SectionNote is a source section as a citation shows it.
type SectionNote struct {
	Key         string   `json:"key" example:"peacekeeping-and-ssr#rule-of-law"`
	SourceTitle string   `json:"source_title"`
	Heading     string   `json:"heading"`
	Reliability string   `json:"reliability" enum:"high,medium,low,unverified"`
	AIDisclosed bool     `json:"ai_disclosed"`
	DigestHTML  string   `json:"digest_html"`
	Corrections []string `json:"corrections"`
}

// Reference is an authority.
type Reference struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Symbol     string `json:"symbol"`
	Year       int    `json:"year"`
	Kind       string `json:"kind"`
	Confidence string `json:"confidence" enum:"high,medium,low"`
}

// Correction is a fact-check entry.
type Correction struct {
	ID          string   `json:"id"`
	Severity    string   `json:"severity" enum:"A,B,C"`
	Claim       string   `json:"claim"`
	Correction  string   `json:"correction"`
	Authorities []string `json:"authorities"`
	Confidence  string   `json:"confidence" enum:"high,medium,low"`
	Checked     string   `json:"checked" enum:"public,partly,knowledge"`
	AsOf        string   `json:"as_of"`
	ReviewBy    string   `json:"review_by"`
}

// CorrectionList is all corrections, the gravest first.
type CorrectionList struct {
	Items []CorrectionEntry `json:"items"`
	Dated []DatedFacts      `json:"dated" doc:"Facts of lessons that can go out of date, by lesson and day"`
}

// DatedFacts are questions of a lesson that state facts as of a day.
type DatedFacts struct {
	Module    string `json:"module"`
	Lesson    string `json:"lesson"`
	Title     string `json:"title"`
	AsOf      string `json:"as_of"`
	ReviewBy  string `json:"review_by" doc:"The day after which they must be looked at again"`
	Questions int    `json:"questions"`
}

// CorrectionEntry is a correction with the sections that it travels with.
type CorrectionEntry struct {
	Correction
	Sections []SectionLink `json:"sections"`
}

// SectionLink leads to a section of a source.
type SectionLink struct {
	Key         string `json:"key" doc:"source#section"`
	SourceTitle string `json:"source_title"`
	Heading     string `json:"heading"`
}

// SourceCard is a source in a list.
type SourceCard struct {
	Slug        string `json:"slug"`
	Title       string `json:"title"`
	Reliability string `json:"reliability" enum:"high,medium,low,unverified"`
	AIDisclosed bool   `json:"ai_disclosed"`
	Disclosure  string `json:"disclosure"`
	Sections    int    `json:"sections"`
	Corrections int    `json:"corrections"`
}

// SourceList is all sources.
type SourceList struct {
	Items []SourceCard `json:"items"`
}

// Source is a source with its sections.
type Source struct {
	Slug        string          `json:"slug"`
	Title       string          `json:"title"`
	Reliability string          `json:"reliability" enum:"high,medium,low,unverified"`
	AIDisclosed bool            `json:"ai_disclosed"`
	Disclosure  string          `json:"disclosure"`
	Sections    []SourceSection `json:"sections"`
}

// SourceSection is a section with its corrections in full.
type SourceSection struct {
	Key         string       `json:"key"`
	Heading     string       `json:"heading"`
	Depth       int          `json:"depth"`
	DigestHTML  string       `json:"digest_html"`
	Corrections []Correction `json:"corrections"`
}
