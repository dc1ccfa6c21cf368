// Package bank is the questions as trainers keep them: every version of each,
// who made it and who approved it, tags, and which version may be put into
// papers.
//
// Questions come from the content files and from trainers. What is approved here
// stands in the catalogue at once, on top of the content files. The package must
// not know quizzes' policies, attempts, trainees, HTTP or SQL.
package bank

import (
	"context"
	"sync"
	"time"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// State is where a question stands on its way into papers.
type State string

// The states. An edit makes a draft of whatever it was; the version that was
// approved before stays in papers meanwhile.
const (
	Draft    State = "draft"
	InReview State = "review"
	Approved State = "approved"
	Retired  State = "retired" // in no new paper
)

// Origin is where a question was written first.
type Origin string

// The origins.
const (
	FromContent Origin = "content"  // a content file
	Authored    Origin = "authored" // the workbench
)

// Program is the author of what comes from the content files.
const Program = identity.UserID(audit.System)

// Entry is a question of the bank.
type Entry struct {
	Question question.Question // its newest version
	Version  question.Version  // of it
	Number   int               // of it, from 1
	State    State
	Approved question.Version // the one that was approved last, "" = none
	Live     bool             // whether Approved is put into papers, unless it is stale
	Origin   Origin
	Written  question.Version // content: what the file holds, "" where it no longer does
	Diverged bool             // content: the file has changed since a trainer changed the question

	StaleAt     time.Time // when its passage changed; zero = it is not stale
	StaleReason string

	Author     identity.UserID // of the newest version
	AuthorName string          // as it is now; "" for the program's
	ChangedBy  identity.UserID
	ChangedAt  time.Time
	Tags       []string // sorted
}

// ID names the question.
func (e Entry) ID() question.ID { return e.Question.ID }

// Stale says whether a passage that supports the question has changed, and nobody
// has confirmed the question since.
func (e Entry) Stale() bool { return !e.StaleAt.IsZero() }

// Older says whether papers have an older version than the newest.
func (e Entry) Older() bool { return e.Live && e.Approved != "" && e.Approved != e.Version }

// Version is one text that a question had.
type Version struct {
	Number     int
	Version    question.Version
	Author     identity.UserID
	AuthorName string // as it is now; "" for the program's
	At         time.Time
	Note       string
}

// Move is one change of a question's state; it is never changed or removed.
type Move struct {
	From, To State
	Version  question.Version
	By       identity.UserID
	ByName   string // as it is now; "" for the program's
	At       time.Time
	Note     string
}

// History is what became of a question, newest first.
type History struct {
	Versions []Version
	Moves    []Move
}

// Standing is what the catalogue must know of a question.
type Standing struct {
	ID       question.ID
	Approved question.Version
	Live     bool
	Stale    bool
	Tags     []string
}

// Head is how far the bank is.
type Head struct {
	Revision int64  // moved on by every change
	Content  string // version of the content files that were taken in last
}

// Selection names questions by id, by the print of their text, or by origin.
type Selection struct {
	IDs    []question.ID
	Prints []string
	Origin Origin
}

// Change is what a decision makes of the bank, all of it or nothing.
type Change struct {
	Steps    []Step
	Pictures []Picture     // that the steps bring along
	Removed  []question.ID // never moved, and named by nothing but the bank itself
	Content  string        // set: these content files are taken in
	Audit    []audit.Entry
}

// Step is what becomes of one question.
type Step struct {
	Entry Entry    // as it is afterwards
	Fresh bool     // it was not in the bank
	Text  *Version // set: Entry.Question is this new version
	Move  *Move    // set: the state changed
}

// Store keeps the bank.
type Store interface {
	// BankHead reads how far the bank is.
	BankHead(ctx context.Context) (Head, error)
	// BankStandings reads what changed after a revision, and up to which it was read.
	BankStandings(ctx context.Context, after int64) ([]Standing, int64, error)
	// BankEntry reads one question. NotFound.
	BankEntry(ctx context.Context, id question.ID) (Entry, error)
	// BankEntries reads a page of the questions that fit. Invalid for a cursor of nobody's.
	BankEntries(ctx context.Context, f Filter) (Page, error)
	// BankHistory reads what became of a question, newest first.
	BankHistory(ctx context.Context, id question.ID) (History, error)
	// ChangeBank decides on questions under the bank's lock: decide is given those
	// of the selection, has no other effect and may be called again after a
	// conflict. A Change without steps, removals and content changes nothing.
	// Conflict with code used where something names a question to be removed.
	ChangeBank(ctx context.Context, of Selection, decide func([]Entry) (Change, error)) error
	// QuestionVersions reads questions by version. NotFound if any is missing.
	QuestionVersions(ctx context.Context, versions []question.Version) (map[question.Version]question.Question, error)
}

// Passages knows whether the text that an anchor quotes stands in its document
// as it is now.
type Passages interface {
	Stands(ctx context.Context, a question.Anchor) (bool, error)
}

// Service is what trainers can do with questions.
type Service struct {
	Store     Store
	Catalogue *curriculum.Catalogue // which is kept up to date with what is approved
	Passages  Passages              // nil = anchors are not checked
	Pictures  Gallery               // nil = no question shows any
	Now       func() time.Time
	NewID     func() string

	drawing gate // of pictures that are encoded anew

	mu        sync.Mutex // held while the catalogue is made anew
	revision  int64      // that the catalogue shows
	standings map[question.ID]Standing
}

// Authors says whether a role keeps questions.
func Authors(r identity.Role) bool { return r == identity.Trainer || r == identity.Admin }

// admit answers Forbidden for who keeps no questions.
func admit(actor identity.Actor) error {
	if Authors(actor.Role) {
		return nil
	}
	return errs.New(errs.Forbidden, "forbidden", "Only trainers keep questions.")
}

func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }
