package api

import "time"

// RegradeRequest says how a version of a question is to be scored from now on.
type RegradeRequest struct {
	Question string        `json:"question" maxLength:"200"`
	Version  string        `json:"version" maxLength:"64" doc:"That was on the papers"`
	Action   string        `json:"action" enum:"rekey,void,restore" doc:"void: it leaves the points and the points to be had; restore: it is scored as it was written"`
	Key      *QuestionText `json:"key,omitempty" doc:"rekey: the question with its right key, wording and options as they were"`
	Reason   string        `json:"reason" minLength:"3" maxLength:"1000" doc:"Those whom it concerns read it"`
	DryRun   bool          `json:"dry_run,omitempty" doc:"Only say what would change"`
}

// Regrade is a ruling on a key with what it changes.
type Regrade struct {
	ID          string          `json:"id,omitempty" doc:"Absent of a preview"`
	State       string          `json:"state" enum:"preview,running,settling,done" doc:"settling: it looks once more for what was handed in meanwhile"`
	Question    string          `json:"question"`
	Version     string          `json:"version"`
	Action      string          `json:"action" enum:"rekey,void,restore"`
	Replacement string          `json:"replacement,omitempty" doc:"The version whose key holds"`
	Reason      string          `json:"reason"`
	At          *time.Time      `json:"at,omitempty"`
	EndedAt     *time.Time      `json:"ended_at,omitempty"`
	Attempts    int             `json:"attempts" doc:"That drew the version and had ended"`
	Open        int             `json:"open" doc:"Of a preview: that drew it and are open; they are graded by the ruling"`
	Kept        int             `json:"kept" doc:"Of a preview: ended attempts of which no question would be left: they keep their result"`
	Seen        int             `json:"seen" doc:"Of attempts, how many were looked at so far"`
	Changes     ResultChanges   `json:"changes"`
	Cohorts     []CohortChanges `json:"cohorts" doc:"Of a preview"`
	Rows        []ResultChange  `json:"rows" doc:"Of a preview: at most 200 results of nobody by name, decisions that change first"`
}

// ResultChanges counts results that change.
type ResultChanges struct {
	Changed int `json:"changed"`
	Higher  int `json:"higher"`
	Lower   int `json:"lower"`
	Gained  int `json:"gained" doc:"Now pass"`
	Lost    int `json:"lost" doc:"No longer pass"`
}

// CohortChanges is what changes in a cohort.
type CohortChanges struct {
	Cohort   string        `json:"cohort,omitempty" doc:"Its name; absent of cohorts with fewer than 5 people, which are put together"`
	Attempts int           `json:"attempts"`
	Changes  ResultChanges `json:"changes"`
}

// ResultChange is one result that changes.
type ResultChange struct {
	Quiz         string  `json:"quiz"`
	ScoreBefore  float64 `json:"score_before" doc:"0..1"`
	ScoreAfter   float64 `json:"score_after"`
	PassedBefore bool    `json:"passed_before"`
	PassedAfter  bool    `json:"passed_after"`
}

// RegradeList is rulings on keys, newest first.
type RegradeList struct {
	Items      []Regrade `json:"items"`
	NextCursor string    `json:"next_cursor,omitempty"`
}
