package api

// CohortList is cohorts that somebody looks after.
type CohortList struct {
	Items []CohortSummary `json:"items" doc:"The most urgent first"`
}

// CohortSummary is a cohort in a list.
type CohortSummary struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	DeploysOn  string `json:"deploys_on,omitempty" format:"date"`
	Archived   bool   `json:"archived"`
	People     int    `json:"people" doc:"Enrolled now; those who are suspended have no standing"`
	Ready      int    `json:"ready"`
	WillLapse  int    `json:"will_lapse"`
	Behind     int    `json:"behind"`
	NotStarted int    `json:"not_started"`

	Need *CohortNeed `json:"need,omitempty" doc:"The most pressing about which something is to be done"`
}

// Cohort is a cohort as its coordinators see it.
type Cohort struct {
	ID           string              `json:"id"`
	Name         string              `json:"name"`
	DeploysOn    string              `json:"deploys_on,omitempty" format:"date"`
	JoinCode     string              `json:"join_code"`
	Archived     bool                `json:"archived" doc:"It can only be read"`
	CreatedAt    string              `json:"created_at" format:"date-time"`
	Coordinators []CohortCoordinator `json:"coordinators"`
	Assignments  []CohortAssignment  `json:"assignments" doc:"By due date"`
	People       int                 `json:"people" doc:"Enrolled now"`
}

// CohortCoordinator is somebody who looks after a cohort.
type CohortCoordinator struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
}

// CohortAssignment is a module or an exam that the people of a cohort must finish.
type CohortAssignment struct {
	Kind  string `json:"kind" enum:"module,exam"`
	Slug  string `json:"slug"`
	Title string `json:"title"`
	DueOn string `json:"due_on" format:"date"`
}

// CohortRequest makes a cohort.
type CohortRequest struct {
	Name        string             `json:"name" minLength:"1" maxLength:"200"`
	DeploysOn   string             `json:"deploys_on,omitempty" format:"date"`
	Assignments []AssignmentChoice `json:"assignments" maxItems:"100"`
}

// AssignmentChoice assigns a module or an exam.
type AssignmentChoice struct {
	Kind  string `json:"kind" enum:"module,exam"`
	Slug  string `json:"slug" minLength:"1" maxLength:"200"`
	DueOn string `json:"due_on" format:"date"`
}

// AssignmentChoices is all that a cohort must finish.
type AssignmentChoices struct {
	Assignments []AssignmentChoice `json:"assignments" maxItems:"100"`
}

// CohortPatch changes what is there of it, and leaves the rest as it is.
type CohortPatch struct {
	Name      *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
	DeploysOn *string `json:"deploys_on,omitempty" maxLength:"10" doc:"2027-02-01; empty takes the date away"`
	Archived  *bool   `json:"archived,omitempty" doc:"An archived cohort can only be read, until it is taken out"`
}

// ImportRequest is a file of people. Its first row names the columns: name,
// username, email, locale; only the name is needed.
type ImportRequest struct {
	Format  string `json:"format" enum:"csv,xlsx"`
	File    []byte `json:"file" doc:"Base64; 2 MB and 5,000 people at most"`
	DryRun  bool   `json:"dry_run" doc:"Say what would be done, and do nothing"`
	SkipBad bool   `json:"skip_bad" doc:"Leave out rows with errors; else one such row refuses all"`

	AddKnown bool   `json:"add_known,omitempty" doc:"Enrol also trainees who have an account: one that is in a cohort of the coordinator's, or was and is now in nobody else's"`
	NewDate  string `json:"new_date,omitempty" format:"date" doc:"Another date for these people, of all that was due before today"`
}

// ImportReport is what an import has done, or would do.
type ImportReport struct {
	Rows     int             `json:"rows"`
	Created  int             `json:"created" doc:"0 in a dry run, and where a row has an error and is not skipped"`
	People   []ImportPerson  `json:"people" doc:"Rows without an error"`
	Findings []ImportFinding `json:"findings" doc:"By line"`

	Known      int                `json:"known" doc:"Rows of who has an account that can be added: errors unless add_known"`
	AlreadyDue []CohortAssignment `json:"already_due" doc:"What was due before today: without new_date it is overdue at once for who is added"`
}

// ImportPerson is a row of a file that can be taken.
type ImportPerson struct {
	Line     int    `json:"line"`
	Name     string `json:"name"`
	Username string `json:"username"`
	Email    string `json:"email,omitempty"`
	Known    bool   `json:"known,omitempty" doc:"They had an account before"`
}

// ImportFinding is something to know about a line of a file.
type ImportFinding struct {
	Line     int    `json:"line"`
	Severity string `json:"severity" enum:"error,warning" doc:"error: the row cannot be taken"`
	Message  string `json:"message"`
}

// Chosen is people of a cohort.
type Chosen struct {
	Users []string `json:"users" minItems:"1" maxItems:"5000" doc:"Ids"`
}

// EnrolmentChange acts on people of a cohort.
type EnrolmentChange struct {
	Chosen
	Action string `json:"action" enum:"suspend,resume,remove,move,restore" doc:"restore: who was removed, unless they are in a cohort of others now"`
	To     string `json:"to,omitempty" maxLength:"64" doc:"move: the cohort that they go to"`
}

// MessageRequest is what a coordinator tells people of a cohort, in plain text.
type MessageRequest struct {
	Chosen
	Subject string `json:"subject" minLength:"1" maxLength:"500" doc:"120 characters at most"`
	Body    string `json:"body" minLength:"1" maxLength:"16000" doc:"4,000 characters at most"`
	About   string `json:"about,omitempty" maxLength:"400" doc:"Key of the need that it is about"`
}

// Affected is how many people something was done for.
type Affected struct {
	People int `json:"people"`
}

// SignInCodes are fresh one-time codes, to be printed: this is their only copy.
type SignInCodes struct {
	Items []SignInCode `json:"items"`
}

// SignInCode is somebody's one-time code.
type SignInCode struct {
	User      string `json:"user"`
	Name      string `json:"name"`
	Username  string `json:"username"`
	Code      string `json:"code" example:"ABCD-EFGH-2345"`
	ExpiresAt string `json:"expires_at" format:"date-time"`
}

// CodeSignIn signs in with a one-time code, and sets the password for the next time.
type CodeSignIn struct {
	Username string `json:"username" minLength:"1" maxLength:"200"`
	Code     string `json:"code" minLength:"1" maxLength:"40"`
	Password string `json:"password" minLength:"1" maxLength:"1024" doc:"The new one"`
}

// MessageList is the newest messages to somebody.
type MessageList struct {
	Items  []ReceivedMessage `json:"items" doc:"Newest first"`
	Unread int               `json:"unread"`
}

// ReceivedMessage is a message as one of its recipients sees it.
type ReceivedMessage struct {
	ID      string `json:"id"`
	From    string `json:"from" doc:"Name"`
	Cohort  string `json:"cohort" doc:"Name"`
	Subject string `json:"subject"`
	Body    string `json:"body" doc:"Plain text with line breaks"`
	SentAt  string `json:"sent_at" format:"date-time"`
	Read    bool   `json:"read"`
}

// MessageMark says whether a message was read.
type MessageMark struct {
	Read bool `json:"read"`
}
