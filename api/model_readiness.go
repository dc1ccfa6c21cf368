package api

// Readiness is a cohort at a glance, for one day. Every count opens into its
// people: those of the same filter at /cohorts/{cohort}/people.
type Readiness struct {
	On         string            `json:"on" format:"date" doc:"The day it is told for: that of deployment, or today where none is known or it is over"`
	Today      string            `json:"today" format:"date"`
	People     int               `json:"people" doc:"Without those who are suspended"`
	Suspended  int               `json:"suspended"`
	Ready      int               `json:"ready" doc:"standing=ready"`
	WillLapse  int               `json:"will_lapse" doc:"standing=will_lapse"`
	Behind     int               `json:"behind" doc:"standing=behind"`
	NotStarted int               `json:"not_started" doc:"standing=not_started"`
	Overdue    int               `json:"overdue" doc:"need=overdue: people with something past its date that they did not join after"`
	Target     float64           `json:"target" doc:"0..1: the mastery from which an outcome is held"`
	MinAnswers int               `json:"min_answers" doc:"Graded answers that an outcome needs to be held"`
	Mails      bool              `json:"mails" doc:"Whether this server sends e-mail: messages go into a digest to who has an address"`
	Needs      []CohortNeed      `json:"needs" doc:"The most pressing first"`
	Modules    []ModuleReadiness `json:"modules" doc:"The whole curriculum, in order"`
	Outcomes   []OutcomeOverview `json:"outcomes" doc:"The whole curriculum, in order"`
	Progress   []WeekProgress    `json:"progress" doc:"By week, oldest first"`
	Gains      []LearningGain    `json:"gains" doc:"All modules first, then each that has a pair; empty without any"`
	Worries    []WorryCount      `json:"worries" doc:"Harmful choices in scenarios, the most frequent first"`
}

// CohortNeed is help that some people of a cohort need in the same thing.
type CohortNeed struct {
	Code        string `json:"code" enum:"critical,failing_outcome,stuck,overdue,joined_late,never_active,inactive,lapsing,late_sync"`
	Count       int    `json:"count" doc:"need=code with module and outcome"`
	Key         string `json:"key" doc:"Names it: messages say by it what they are about"`
	Open        int    `json:"open" doc:"Of them those about whom nothing was done yet"`
	Remedy      string `json:"remedy" enum:"refresher,extension,message" doc:"What helps first"`
	Module      string `json:"module,omitempty"`
	ModuleTitle string `json:"module_title,omitempty"`
	Lesson      string `json:"lesson,omitempty" doc:"That helps"`
	LessonTitle string `json:"lesson_title,omitempty"`
	Outcome     string `json:"outcome,omitempty"`
	Text        string `json:"text,omitempty" doc:"Of the outcome"`
	Since       string `json:"since,omitempty" format:"date" doc:"overdue, joined_late: the first date that is over"`
	Limit       int    `json:"limit,omitempty" doc:"inactive: days without anything done; stuck: attempts; from which it is a need"`
	Refreshers  *Aided `json:"refreshers,omitempty" doc:"Who has an open refresher of the lesson"`
	Messages    *Aided `json:"messages,omitempty" doc:"Who was written to about it in the last days"`
}

// ModuleReadiness is a module over a cohort.
type ModuleReadiness struct {
	Module      string   `json:"module"`
	Title       string   `json:"title"`
	Required    bool     `json:"required"`
	Begun       int      `json:"begun" doc:"state=begun"`
	Complete    int      `json:"complete" doc:"state=complete"`
	Holding     int      `json:"holding" doc:"state=held: people who will hold all its outcomes on the day"`
	MeanMastery *float64 `json:"mean_mastery,omitempty" doc:"0..1, on the day: mean over people with any answer"`
}

// OutcomeOverview is an outcome over a cohort.
type OutcomeOverview struct {
	Outcome     string   `json:"outcome"`
	Text        string   `json:"text"`
	Module      string   `json:"module"`
	Lesson      string   `json:"lesson"`
	LessonTitle string   `json:"lesson_title"`
	Answered    int      `json:"people_with_evidence" doc:"state=begun"`
	HeldNow     int      `json:"held_now" doc:"state=held_now"`
	HeldOnDay   int      `json:"held_on_day" doc:"state=held"`
	MeanOnDay   *float64 `json:"mean_mastery_on_day,omitempty" doc:"0..1: mean over people with an answer"`
}

// WeekProgress is what was done of all that is asked of the people by the end of a day.
type WeekProgress struct {
	Date    string   `json:"date" format:"date"`
	Done    *float64 `json:"done,omitempty" doc:"0..1 of people × assigned things; none in the future"`
	Planned float64  `json:"planned" doc:"0..1: due by then"`
	Late    int      `json:"late" doc:"late_on=date: people who had something to do by then and had not done it, or have not yet"`
}

// LearningGain is what people score more in the first check than in the first pretest.
type LearningGain struct {
	Module string   `json:"module,omitempty" doc:"None: all modules"`
	Title  string   `json:"title,omitempty"`
	N      int      `json:"n" doc:"state=measured: people with both scores; the figures are told from 5 on"`
	Before *float64 `json:"before,omitempty" doc:"0..1: mean"`
	After  *float64 `json:"after,omitempty" doc:"0..1: mean"`
	Gain   *float64 `json:"gain,omitempty" doc:"after - before"`
	Low    *float64 `json:"low,omitempty" doc:"95 % confidence interval of the gain"`
	High   *float64 `json:"high,omitempty"`
}

// WorryCount is a harmful choice that people made in their newest run of a scenario.
type WorryCount struct {
	Scenario      string `json:"scenario"`
	ScenarioTitle string `json:"scenario_title"`
	Module        string `json:"module"`
	ModuleTitle   string `json:"module_title"`
	Lesson        string `json:"lesson"`
	Question      string `json:"question"`
	Text          string `json:"text" doc:"Of the situation"`
	Choice        string `json:"choice"`
	ChoiceText    string `json:"choice_text"`
	Count         int    `json:"count" doc:"question and choice"`
}

// PersonList is one page of the people of a cohort.
type PersonList struct {
	Modules    []ModuleColumn `json:"modules" doc:"What stands in each person's modules, in the same order"`
	Items      []Person       `json:"items"`
	Total      int            `json:"total" doc:"Of all pages"`
	NextCursor string         `json:"next_cursor,omitempty"`
}

// ModuleColumn is a module at the head of a list of people.
type ModuleColumn struct {
	Module   string `json:"module"`
	Title    string `json:"title"`
	Required bool   `json:"required"`
}

// Person is where a member of a cohort stands.
type Person struct {
	User       string           `json:"user" doc:"Id"`
	Name       string           `json:"name"`
	Username   string           `json:"username"`
	Email      string           `json:"email,omitempty"`
	Suspended  bool             `json:"suspended"`
	Standing   string           `json:"standing" enum:"ready,will_lapse,behind,not_started"`
	Progress   float64          `json:"progress" doc:"0..1: steps done of all that is assigned"`
	Overdue    int              `json:"overdue" doc:"Assigned things past their date"`
	Reasons    []ReasonCount    `json:"reasons" doc:"Why they are not ready"`
	Modules    []ModuleStanding `json:"modules" doc:"The whole curriculum, in order"`
	LastActive string           `json:"last_active,omitempty" format:"date-time"`
	SignedIn   bool             `json:"signed_in" doc:"Ever"`
	Aid        Aid              `json:"aid"`
	Mastery    *float64         `json:"mastery_on_day,omitempty" doc:"0..1: of what module, lesson or outcome name in the query; mean over its outcomes"`
}

// ReasonCount is how many reasons of one sort somebody has in one module or exam.
type ReasonCount struct {
	Code    string `json:"code" enum:"module_open,exam_open,critical_failure,too_little_evidence,outcome_weak,outcome_lapses,credential_revoked,credential_expires"`
	Module  string `json:"module,omitempty"`
	Exam    string `json:"exam,omitempty"`
	Title   string `json:"title"`
	DueOn   string `json:"due_on,omitempty" format:"date"`
	Overdue bool   `json:"overdue"`
	Count   int    `json:"count"`

	JoinedLate bool `json:"joined_late,omitempty" doc:"Overdue, and they joined the cohort after the date"`
}

// ModuleStanding is how somebody stands in a module.
type ModuleStanding struct {
	Module   string   `json:"module"`
	Required bool     `json:"required"`
	Share    float64  `json:"share" doc:"0..1: of its steps"`
	Complete bool     `json:"complete"`
	OnDay    *float64 `json:"mastery_on_day,omitempty" doc:"0..1: mean over its outcomes; none without any answer"`
	Held     int      `json:"held" doc:"Outcomes that will be held on the day"`
	Outcomes int      `json:"outcomes"`
}

// Reason is one thing that keeps somebody from being ready.
type Reason struct {
	Code        string `json:"code" enum:"module_open,exam_open,critical_failure,too_little_evidence,outcome_weak,outcome_lapses,credential_revoked,credential_expires"`
	Module      string `json:"module,omitempty"`
	ModuleTitle string `json:"module_title,omitempty"`
	Lesson      string `json:"lesson,omitempty" doc:"That teaches the outcome"`
	LessonTitle string `json:"lesson_title,omitempty"`
	Outcome     string `json:"outcome,omitempty"`
	Text        string `json:"text,omitempty" doc:"Of the outcome"`
	Exam        string `json:"exam,omitempty"`
	ExamTitle   string `json:"exam_title,omitempty"`
	DueOn       string `json:"due_on,omitempty" format:"date"`
	Overdue     bool   `json:"overdue"`
	JoinedLate  bool   `json:"joined_late,omitempty" doc:"Overdue, and they joined the cohort after the date"`
}

// PersonDetail is all that coordinators see of one of their people.
type PersonDetail struct {
	Person      Person             `json:"person"`
	On          string             `json:"on" format:"date" doc:"The day it is told for"`
	EnrolledAt  string             `json:"enrolled_at" format:"date-time"`
	Reasons     []Reason           `json:"reasons"`
	Outcomes    []OutcomeStanding  `json:"outcomes" doc:"The whole curriculum, in order"`
	Assignments []CohortAssignment `json:"assignments" doc:"With the dates that hold for this person"`
	Attempts    []AttemptSummary   `json:"attempts" doc:"Newest first"`
	Refreshers  []PersonRefresher  `json:"refreshers" doc:"Oldest first"`
	Extensions  []PersonExtension  `json:"extensions" doc:"Oldest first"`
	Credentials []Credential       `json:"credentials" doc:"In the order of issue"`
}

// OutcomeStanding is how well somebody holds an outcome.
type OutcomeStanding struct {
	Outcome     string  `json:"outcome"`
	Text        string  `json:"text"`
	Module      string  `json:"module"`
	ModuleTitle string  `json:"module_title"`
	Lesson      string  `json:"lesson"`
	LessonTitle string  `json:"lesson_title"`
	Answers     int     `json:"answers" doc:"Graded"`
	Evidence    float64 `json:"evidence" doc:"0..1: what they showed, newer answers weigh more"`
	Now         float64 `json:"mastery_now" doc:"0..1"`
	OnDay       float64 `json:"mastery_on_day" doc:"0..1"`
	HeldNow     bool    `json:"held_now"`
	HeldOnDay   bool    `json:"held_on_day"`
	NextReview  string  `json:"next_review,omitempty" format:"date" doc:"From when mastery is below the target; may be over. None without an answer"`
}

// PersonRefresher is a lesson that somebody was asked to practise again.
type PersonRefresher struct {
	Module      string `json:"module"`
	Lesson      string `json:"lesson"`
	LessonTitle string `json:"lesson_title"`
	DueOn       string `json:"due_on" format:"date"`
	AssignedAt  string `json:"assigned_at" format:"date-time"`
	Done        bool   `json:"done" doc:"Practice was passed since"`
}

// PersonExtension is another date that somebody was given.
type PersonExtension struct {
	Kind   string `json:"kind" enum:"module,exam"`
	Slug   string `json:"slug"`
	Title  string `json:"title"`
	DueOn  string `json:"due_on" format:"date"`
	Reason string `json:"reason"`
	At     string `json:"at" format:"date-time"`
}

// OwnReadiness is where trainees stand themselves, as their coordinators see it.
type OwnReadiness struct {
	Target float64     `json:"target" doc:"0..1: the mastery from which an outcome is held"`
	Items  []OwnCohort `json:"items" doc:"By cohort"`
}

// OwnCohort is where a trainee stands in a cohort.
type OwnCohort struct {
	Cohort    string   `json:"cohort" doc:"Id"`
	Name      string   `json:"name"`
	DeploysOn string   `json:"deploys_on,omitempty" format:"date"`
	On        string   `json:"on" format:"date" doc:"The day it is told for"`
	Standing  string   `json:"standing" enum:"ready,will_lapse,behind,not_started"`
	Progress  float64  `json:"progress" doc:"0..1"`
	Overdue   int      `json:"overdue"`
	Reasons   []Reason `json:"reasons"`
	Areas     []Area   `json:"areas" doc:"The modules that are required, in order"`

	Refreshers []OwnRefresher `json:"refreshers,omitempty" doc:"Not done yet, due first"`
}

// Area is how a required module stands.
type Area struct {
	Module string `json:"module"`
	Title  string `json:"title"`
	OnDay  string `json:"on_day" enum:"ready,lapses,weak,open" doc:"ready: complete and held on the day; lapses: held now, not on the day; weak: complete and not held now; open: not complete"`
}
