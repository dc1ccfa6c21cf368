// Package library is the source material of trainers: documents with their
// editions, what is known of their reliability and their errors, which passages
// have questions, and the questions that rules draft from them.
//
// The lessons of the curriculum and the digests of its sources are readable as
// documents too, but are changed by their files alone. The package must not know
// trainees, attempts, HTTP or SQL.
package library

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/document"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// Origin says where a document is from.
type Origin string

// The origins.
const (
	Imported Origin = "imported" // by a trainer
	Lesson   Origin = "lesson"   // of the curriculum, read-only
	Source   Origin = "source"   // a digest of the curriculum, read-only
)

// Reliabilities are the grades of a document, the best first.
var Reliabilities = []curriculum.Reliability{"high", "medium", "low", "unverified"}

// Head is what is known of a document, without its text.
type Head struct {
	ID          document.ID
	Origin      Origin
	Title       string
	Language    string
	Reliability curriculum.Reliability
	AIDisclosed bool   // the publisher says that machines helped to write it
	Disclosure  string // what the publisher says of it, and of author, date and sources
	Edition     int    // the newest
	Passages    int
	Words       int
	AddedBy     identity.UserID
	AddedByName string // as it is now
	AddedAt     time.Time
	ChangedAt   time.Time
}

// Edition is one text that a document had. It is never changed.
type Edition struct {
	Number      int
	Format      document.Format
	FileName    string
	FileHash    string // hex of the SHA-256 of the file
	Note        string
	AddedBy     identity.UserID
	AddedByName string // as it is now
	AddedAt     time.Time
	Text        document.Document // not in a list
}

// Correction says what a document gets wrong and what is right, in the form of
// the curriculum's own fact-check.
type Correction struct {
	ID          string
	Sections    []string // slugs; none for the whole document
	Severity    curriculum.Severity
	Claim       string // what the document says, paraphrased
	Correction  string // what is right
	Authorities []string
	Confidence  curriculum.Confidence
	AsOf        string // date
	ReviewBy    string // date
	By          identity.UserID
	ByName      string // as it is now
	At          time.Time
}

// Limits of the library and of what is said of a document, in characters.
const (
	MaxDocuments   = 2000
	MaxTitle       = 300
	MaxDisclosure  = 2000
	MaxNote        = 500
	MaxCorrections = 500
)

// Store keeps documents.
type Store interface {
	// Documents reads the heads of all documents, by title.
	Documents(ctx context.Context) ([]Head, error)
	// Document reads a document and its editions without their texts, newest first. NotFound.
	Document(ctx context.Context, id document.ID) (Head, []Edition, error)
	// DocumentEdition reads one edition with its text. NotFound.
	DocumentEdition(ctx context.Context, id document.ID, number int) (Edition, error)
	// DocumentOfFile finds the document with an edition of a file's hash, "" = none.
	DocumentOfFile(ctx context.Context, hash string) (document.ID, error)
	// CreateDocument keeps a document with its first edition.
	CreateDocument(ctx context.Context, h Head, e Edition, proposed []Proposed, entries []audit.Entry) error
	// AddEdition keeps another edition of a document, and what decide makes of the
	// selected questions, both or neither. Conflict where the number is taken.
	AddEdition(ctx context.Context, h Head, e Edition, proposed []Proposed, entries []audit.Entry, of bank.Selection, decide func([]bank.Entry) (bank.Change, error)) error
	// ChangeDocument keeps what is known of a document, its text aside. NotFound.
	ChangeDocument(ctx context.Context, h Head, entries []audit.Entry) error
}

// Corrections keeps what is wrong in documents.
type Corrections interface {
	// Corrections reads those of a document, oldest first.
	Corrections(ctx context.Context, id document.ID) ([]Correction, error)
	// PutCorrection keeps a correction, in place of the one with its id.
	PutCorrection(ctx context.Context, id document.ID, c Correction, entries []audit.Entry) error
	// DeleteCorrection forgets a correction. NotFound.
	DeleteCorrection(ctx context.Context, id document.ID, correction string, entries []audit.Entry) error
}

// Bank keeps the questions that answer to passages.
type Bank interface {
	// Find gives a page of the questions that fit.
	Find(ctx context.Context, f bank.Filter) (bank.Page, error)
	// Asked reads the texts that papers have of questions whose newest is another.
	Asked(ctx context.Context, entries []bank.Entry) (map[question.ID]question.Question, error)
	// Add keeps questions as drafts, and says what became of each. Forbidden.
	Add(ctx context.Context, actor identity.Actor, given []bank.NewQuestion) ([]bank.Added, error)
	// Refresh brings the catalogue up to what the bank says.
	Refresh(ctx context.Context) error
}

// Service is what trainers can do with source material.
type Service struct {
	Store       Store
	Corrections Corrections
	Decisions   Decisions
	Bank        Bank
	Catalogue   *curriculum.Catalogue
	Now         func() time.Time
	NewID       func() string

	shelf   shelf
	readers gate
}

// admit answers Forbidden for who does not author.
func admit(actor identity.Actor) error {
	if bank.Authors(actor.Role) {
		return nil
	}
	return errs.New(errs.Forbidden, "forbidden", "Only trainers see source material.")
}

func missing() error { return errs.Missing("document") }

func readOnly() error {
	return errs.New(errs.Conflict, "read_only", "This text is part of the curriculum's files and is changed there.")
}

func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

func (s *Service) entry(actor identity.Actor, action audit.Action, object string, said map[string]any) audit.Entry {
	e := audit.Entry{At: s.now(), Actor: string(actor.ID), Action: action, Object: object}
	if len(said) > 0 {
		raw, _ := json.Marshal(said) // texts and numbers can always be written
		e.Detail = string(raw)
	}
	return e
}

// MaxPage is the most that a page holds.
const MaxPage = 200

// Filter says which documents are wanted; what is zero does not matter.
type Filter struct {
	Search string // words that must all be in the title
	Origin Origin
	Limit  int    // 1 to MaxPage; 0 = 50
	Cursor string // as the page before gave it
}

// Page is some of the documents that fit, and how many there are.
type Page struct {
	Heads []Head
	Total int
	Next  string // cursor, "" = this was the last page
}

// Documents lists what there is: imported documents first, the newest at the
// top, then the sources and the lessons of the curriculum in their order.
// Forbidden; Invalid for a cursor that nobody gave.
func (s *Service) Documents(ctx context.Context, actor identity.Actor, f Filter) (Page, error) {
	if err := admit(actor); err != nil {
		return Page{}, err
	}
	heads, err := s.Store.Documents(ctx)
	if err != nil {
		return Page{}, err
	}
	slices.SortStableFunc(heads, func(a, b Head) int { return cmp.Or(b.ChangedAt.Compare(a.ChangedAt), cmp.Compare(a.ID, b.ID)) })
	heads = append(heads, s.writtenHeads()...)
	words := strings.Fields(question.Fold(f.Search))
	heads = slices.DeleteFunc(heads, func(h Head) bool {
		title := question.Fold(h.Title)
		return f.Origin != "" && h.Origin != f.Origin ||
			slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(title, word) })
	})
	return paged(heads, f)
}

// paged cuts the page of a filter. A cursor is the id of the last document of
// the page before.
func paged(heads []Head, f Filter) (Page, error) {
	if f.Limit = cmp.Or(f.Limit, 50); f.Limit < 1 || f.Limit > MaxPage {
		return Page{}, errs.InvalidField("limit", "Ask for 1 to %d documents.", MaxPage)
	}
	page := Page{Total: len(heads)}
	if f.Cursor != "" {
		last, err := base64.RawURLEncoding.DecodeString(f.Cursor)
		at := slices.IndexFunc(heads, func(h Head) bool { return string(h.ID) == string(last) })
		if err != nil || at < 0 {
			return Page{}, errs.InvalidField("cursor", "Give the cursor as the page before gave it.")
		}
		heads = heads[at+1:]
	}
	page.Heads = heads[:min(f.Limit, len(heads))]
	if len(heads) > f.Limit {
		page.Next = base64.RawURLEncoding.EncodeToString([]byte(page.Heads[f.Limit-1].ID))
	}
	return page, nil
}

// Opened is a document with all that is known of it.
type Opened struct {
	Head
	Text        document.Document
	Editions    []Edition // newest first, without texts
	Corrections []Correction
}

// Open gives a document as it is in an edition, 0 for the newest. Forbidden,
// NotFound.
func (s *Service) Open(ctx context.Context, actor identity.Actor, id document.ID, edition int) (Opened, error) {
	if err := admit(actor); err != nil {
		return Opened{}, err
	}
	if o, ok := s.written(id); ok {
		if edition > 1 {
			return Opened{}, missing()
		}
		return o, nil
	}
	head, editions, err := s.Store.Document(ctx, id)
	if err != nil {
		return Opened{}, err
	}
	text, err := s.text(ctx, id, cmp.Or(edition, head.Edition))
	if err != nil {
		return Opened{}, err
	}
	corrections, err := s.Corrections.Corrections(ctx, id)
	return Opened{Head: head, Text: text, Editions: editions, Corrections: corrections}, err
}

// Patch changes what is there of it, and leaves the rest as it is.
type Patch struct {
	Title       *string
	Language    *string
	Reliability *curriculum.Reliability
	AIDisclosed *bool
	Disclosure  *string
}

// Change changes what is said of a document. Forbidden, NotFound, Invalid, and
// Conflict with code read_only for a text of the curriculum.
func (s *Service) Change(ctx context.Context, actor identity.Actor, id document.ID, p Patch) (Opened, error) {
	head, _, err := s.own(ctx, actor, id)
	if err != nil {
		return Opened{}, err
	}
	if p == (Patch{}) {
		return Opened{}, errs.New(errs.Invalid, "invalid", "Say what to change: the title, the language, the reliability or the disclosure.")
	}
	before := head
	set(&head.Title, p.Title)
	set(&head.Language, p.Language)
	set(&head.Reliability, p.Reliability)
	set(&head.AIDisclosed, p.AIDisclosed)
	set(&head.Disclosure, p.Disclosure)
	if err := checkHead(&head); err != nil {
		return Opened{}, err
	}
	if head != before {
		head.ChangedAt = s.now()
		said := map[string]any{"reliability": head.Reliability, "ai_disclosed": head.AIDisclosed}
		if err := s.Store.ChangeDocument(ctx, head, []audit.Entry{s.entry(actor, ActionChange, string(id), said)}); err != nil {
			return Opened{}, err
		}
	}
	return s.Open(ctx, actor, id, 0)
}

// own reads a document that a trainer may change.
func (s *Service) own(ctx context.Context, actor identity.Actor, id document.ID) (Head, []Edition, error) {
	if err := admit(actor); err != nil {
		return Head{}, nil, err
	}
	if _, ok := s.written(id); ok {
		return Head{}, nil, readOnly()
	}
	return s.Store.Document(ctx, id)
}

func set[T any](field, to *T) {
	if to != nil {
		*field = *to
	}
}

// checkHead trims what was typed and refuses what cannot be kept.
func checkHead(h *Head) error {
	h.Title, h.Disclosure, h.Language = strings.Join(strings.Fields(h.Title), " "), strings.TrimSpace(h.Disclosure), strings.TrimSpace(h.Language)
	switch {
	case h.Title == "" || !fits(h.Title, MaxTitle):
		return errs.InvalidField("title", "Give a title of at most %d characters.", MaxTitle)
	case !fits(h.Language, 35):
		return errs.InvalidField("language", "Give the language as en, fr or zh-Hans.")
	case !slices.Contains(Reliabilities, h.Reliability):
		return errs.InvalidField("reliability", "The reliability is high, medium, low or unverified.")
	case !fits(h.Disclosure, MaxDisclosure):
		return errs.InvalidField("disclosure", "Say it in at most %d characters.", MaxDisclosure)
	}
	return nil
}

// fits says whether a text is not too long and can be kept by every database.
func fits(text string, most int) bool {
	return utf8.RuneCountInString(text) <= most && utf8.ValidString(text) && !strings.ContainsRune(text, 0)
}
