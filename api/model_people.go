package api

// User is a person as they see themselves.
type User struct {
	ID       string       `json:"id"`
	Username string       `json:"username"`
	Name     string       `json:"name"`
	Role     string       `json:"role" enum:"trainee,trainer,coordinator,admin"`
	Locale   string       `json:"locale" enum:"en,fr,es,ar,ru,zh"`
	Cohorts  []CohortCard `json:"cohorts"`
}

// CohortCard is a cohort that somebody is in.
type CohortCard struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	DeploysOn string `json:"deploys_on,omitempty" format:"date"`
}

// Session is what a sign-in gives; the refresh token is in a cookie.
type Session struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in" doc:"Seconds"`
	User        User   `json:"user"`
}

// Credentials are given to sign in.
type Credentials struct {
	Username string `json:"username" minLength:"1" maxLength:"200"`
	Password string `json:"password" minLength:"1" maxLength:"1024"`
}

// JoinRequest makes an account with a cohort's code.
type JoinRequest struct {
	Code     string `json:"code" minLength:"1" maxLength:"40"`
	Username string `json:"username" minLength:"1" maxLength:"200"`
	Password string `json:"password" minLength:"1" maxLength:"1024"`
	Name     string `json:"name" minLength:"1" maxLength:"200"`
	Locale   string `json:"locale,omitempty" enum:"en,fr,es,ar,ru,zh"`
}

// PasswordChange replaces a password.
type PasswordChange struct {
	Current string `json:"current" minLength:"1" maxLength:"1024"`
	New     string `json:"new" minLength:"1" maxLength:"1024"`
}

// LessonState is how far a lesson is read.
type LessonState struct {
	ReadShare float64 `json:"read_share" minimum:"0" maximum:"1" doc:"The farthest point seen; it never goes back"`
	Read      bool    `json:"read" doc:"Read to the end"`
}

// Progress is how far a trainee is.
type Progress struct {
	Modules  []ModuleProgress  `json:"modules"`
	Exams    []ExamProgress    `json:"exams"`
	Outcomes []OutcomeProgress `json:"outcomes"`
	Attempts []AttemptSummary  `json:"attempts" doc:"Newest first"`

	Refreshers []OwnRefresher `json:"refreshers,omitempty" doc:"Not done yet, due first"`
}

// ModuleProgress is how far a trainee is in a module.
type ModuleProgress struct {
	Module            string           `json:"module"`
	Title             string           `json:"title"`
	Share             float64          `json:"share" doc:"0..1: a lesson has two steps (read, practised), the check one"`
	Lessons           []LessonProgress `json:"lessons"`
	Check             *QuizProgress    `json:"check,omitempty"`
	Complete          bool             `json:"complete"`
	PrerequisitesOpen []string         `json:"prerequisites_open" doc:"Modules that should be finished first, and are not"`
	DueOn             string           `json:"due_on,omitempty" format:"date"`
}

// LessonProgress is how far a trainee is in a lesson.
type LessonProgress struct {
	Lesson         string  `json:"lesson"`
	Title          string  `json:"title"`
	ReadShare      float64 `json:"read_share"`
	Read           bool    `json:"read"`
	PracticePassed bool    `json:"practice_passed"`
	Complete       bool    `json:"complete"`
}

// QuizProgress is what a trainee has done of a quiz.
type QuizProgress struct {
	Quiz        string   `json:"quiz"`
	BestScore   *float64 `json:"best_score,omitempty" doc:"0..1"`
	Passed      bool     `json:"passed"`
	Attempts    int      `json:"attempts"`
	OpenAttempt string   `json:"open_attempt,omitempty"`
}

// ExamProgress is what a trainee has done of an exam over several modules.
type ExamProgress struct {
	QuizProgress
	Title       string   `json:"title"`
	ModulesOpen []string `json:"modules_open" doc:"Those it draws on that are not complete"`
	DueOn       string   `json:"due_on,omitempty" format:"date"`
	Again       bool     `json:"again,omitempty" doc:"It was passed and must be again: its certificate was revoked or has expired"`
}

// OutcomeProgress is what a trainee has shown of an outcome.
type OutcomeProgress struct {
	Outcome  string `json:"outcome"`
	Text     string `json:"text"`
	Module   string `json:"module"`
	Answered int    `json:"answered" doc:"Questions on it that were answered in graded attempts"`
	Right    int    `json:"right" doc:"Of these wholly right"`
}

// AttemptSummary is an attempt in a list.
type AttemptSummary struct {
	ID        string   `json:"id"`
	Quiz      string   `json:"quiz"`
	QuizTitle string   `json:"quiz_title"`
	Purpose   string   `json:"purpose" enum:"practice,check,pretest,exam,scenario,review"`
	Module    string   `json:"module"`
	Status    string   `json:"status" enum:"open,submitted,expired"`
	StartedAt string   `json:"started_at" format:"date-time"`
	EndedAt   string   `json:"ended_at,omitempty" format:"date-time"`
	Score     *float64 `json:"score,omitempty" doc:"0..1"`
	PassMark  float64  `json:"pass_mark"`
	Passed    *bool    `json:"passed,omitempty"`
}

// Next is the one next thing to do.
type Next struct {
	Kind        string  `json:"kind" enum:"resume_attempt,refresher,lesson,practice,check,exam,done"`
	Module      string  `json:"module,omitempty"`
	ModuleTitle string  `json:"module_title,omitempty"`
	Lesson      string  `json:"lesson,omitempty"`
	Title       string  `json:"title,omitempty"`
	Quiz        string  `json:"quiz,omitempty"`
	Attempt     string  `json:"attempt,omitempty"`
	ReadShare   float64 `json:"read_share"`
	MinutesLeft int     `json:"minutes_left"`
	DueOn       string  `json:"due_on,omitempty" format:"date" doc:"Of a refresher"`

	Refresher *OwnRefresher `json:"refresher,omitempty" doc:"Where that is the kind"`
	Again     bool          `json:"again,omitempty" doc:"Of an exam: it was passed, and its certificate was revoked or has expired"`
}

// OwnRefresher is a lesson that a coordinator asked the trainee to practise
// again. It is finished when the practice of the lesson was passed since.
type OwnRefresher struct {
	Module      string   `json:"module"`
	ModuleTitle string   `json:"module_title"`
	Lesson      string   `json:"lesson"`
	LessonTitle string   `json:"lesson_title"`
	Outcomes    []string `json:"outcomes" doc:"What the lesson teaches, in order"`
	AskedBy     string   `json:"asked_by" doc:"Name"`
	AskedAt     string   `json:"asked_at" format:"date-time"`
	DueOn       string   `json:"due_on" format:"date"`
}

// QuizState is a quiz with what the trainee has done of it and may do now.
type QuizState struct {
	QuizCard
	AttemptsUsed int      `json:"attempts_used"`
	BestScore    *float64 `json:"best_score,omitempty"`
	Passed       bool     `json:"passed"`
	Awaiting     int      `json:"awaiting,omitempty" doc:"Answers that a person has still to mark"`
	OpenAttempt  string   `json:"open_attempt,omitempty"`
	CanStart     bool     `json:"can_start"`
	Reason       string   `json:"reason,omitempty" doc:"Why not: not_open, attempts_used_up, too_soon"`
	NotBefore    string   `json:"not_before,omitempty" format:"date-time"`
}

// QuizList is all quizzes.
type QuizList struct {
	Items []QuizState `json:"items"`
}
