// Package assessment is taking a quiz: drawing a paper, the log of an attempt,
// its deadline, its grade and every later regrade.
//
// An attempt is a log. Clients append events; answers, flags and scores are a
// fold over them. It must not know HTTP, SQL or what follows from a grade.
package assessment

import (
	"encoding/json"
	"time"

	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// AttemptID names an attempt: a UUID made by the server.
type AttemptID string

// EventID names an event: a UUID made by the client.
type EventID string

// DeviceID names a browser: a UUID that it made for itself.
type DeviceID string

// ServerDevice is the chain of the events that the server itself adds.
const ServerDevice DeviceID = "server"

// Status is where an attempt stands.
type Status string

// The statuses. An attempt leaves Open once and never changes again.
const (
	Open      Status = "open"
	Submitted Status = "submitted"
	Expired   Status = "expired"
)

// PaperItem is one question of a paper, in the version that was drawn.
type PaperItem struct {
	Question question.ID      `json:"question"`
	Version  question.Version `json:"version"`
}

// Attempt is one trainee's taking of one version of a quiz. Only Status and
// EndedAt ever change.
type Attempt struct {
	ID          AttemptID
	Trainee     identity.UserID
	Quiz        curriculum.QuizSlug
	QuizVersion string // names the stored policy and blueprint it is taken under
	Number      int    // of this trainee's attempts at this quiz, from 1
	Seed        int64  // of the draw and of every shuffle
	Paper       []PaperItem
	StartedAt   time.Time
	Deadline    time.Time // zero = none
	Status      Status
	EndedAt     time.Time // zero while open
}

// EventKind is what happened.
type EventKind string

// The kinds of event. The server adds start, expire, release and mark.
const (
	EventStart  EventKind = "start"
	EventAnswer EventKind = "answer"
	EventFlag   EventKind = "flag"
	EventView   EventKind = "view"
	EventSubmit EventKind = "submit"
	EventExpire EventKind = "expire"
	// EventRelease: something of the keys of an expired attempt was shown for the
	// first time: which answers were right, what is said to them, or the keys.
	EventRelease EventKind = "release"
	// EventMark: a person marked an essay; its response is a Mark.
	EventMark EventKind = "mark"
)

// Standing says whether an event counts, and why not.
type Standing string

// The standings. Nothing is ever dropped: what does not count is kept too.
const (
	InTime        Standing = "in_time"        // counts
	LateSync      Standing = "late_sync"      // made in time, arrived late: counts, and is shown to the coordinator
	AfterDeadline Standing = "after_deadline" // made after the deadline: kept, not scored
	AfterSubmit   Standing = "after_submit"   // arrived after the attempt was submitted: kept, not scored
	AfterRelease  Standing = "after_release"  // arrived after the keys were shown: kept, not scored
)

// Counts says whether an event of this standing enters the score.
func (s Standing) Counts() bool { return s == InTime || s == LateSync }

// Event is one entry of an attempt's log.
type Event struct {
	ID         EventID
	Attempt    AttemptID
	Device     DeviceID
	Seq        int64 // per device, from 1, without gaps
	Kind       EventKind
	Question   question.ID     // answer, flag, view
	Response   json.RawMessage // answer: the response; flag: {"on":bool}; kept byte for byte
	ClientAt   string          // RFC 3339, the device's wall clock: never trusted, kept as evidence
	ElapsedMS  int64           // ms since start on the device's monotonic clock
	PrevHash   string          // hex; of the device's event before, Origin for its first
	Hash       string          // hex, see Event.Sum
	ServerSeq  int64           // per attempt, from 1, without gaps: the server's order
	ReceivedAt time.Time
	Standing   Standing
}

// Grade is a judgement on an attempt. The first is made in the transaction of
// submit or expire; a regrade appends another, the last one holds.
type Grade struct {
	Attempt          AttemptID
	Number           int // from 1
	Points           float64
	MaxPoints        float64
	Passed           bool
	CriticalFailures []question.ID
	Items            []ItemGrade
	Reason           string   // "submit", "expire", "late_sync", "mark", "mark_again", or a person's words
	Ruling           RulingID // what brought a regrade about, "" = no ruling
	At               time.Time
}

// Awaiting counts the answers that a person has still to mark. Until there is
// none the points are the least that the attempt can bring, and it is not decided:
// nobody has passed or failed.
func (g Grade) Awaiting() int {
	n := 0
	for _, item := range g.Items {
		if item.Awaiting {
			n++
		}
	}
	return n
}

// Score is the share of the points, 0..1.
func (g Grade) Score() float64 {
	if g.MaxPoints == 0 {
		return 0
	}
	return g.Points / g.MaxPoints
}

// ItemGrade is what one question of the paper brought.
type ItemGrade struct {
	Question question.ID      `json:"question"`
	Version  question.Version `json:"version"`
	Answered bool             `json:"answered"`
	Fraction float64          `json:"fraction"` // 0..1
	Correct  bool             `json:"correct"`
	Critical bool             `json:"critical_failure,omitempty"`
	Awaiting bool             `json:"awaiting,omitempty"` // an essay that nobody has marked yet: worth 0 until then
	Mark     int64            `json:"mark,omitempty"`     // ServerSeq of the mark that an essay is worth, 0 = none
	Void     bool             `json:"void,omitempty"`     // a ruling took the question out: it counts for nothing, answered or not
}

// Graded is the job that follows a grade: its arguments are enqueued in the
// transaction that stores the grade.
type Graded struct {
	Attempt AttemptID `json:"attempt"`
	Grade   int       `json:"grade"`
}

// Kind names the job in the queue.
func (Graded) Kind() string { return "attempt_graded" }

// ExpireOverdue is the periodic job that closes attempts whose time is over.
type ExpireOverdue struct{}

// Kind names the job in the queue.
func (ExpireOverdue) Kind() string { return "expire_overdue" }
