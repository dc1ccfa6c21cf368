package library

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"time"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/document"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// The audit actions of the library.
const (
	ActionImport     audit.Action = "document.import"
	ActionEdition    audit.Action = "document.edition"
	ActionChange     audit.Action = "document.change"
	ActionCorrect    audit.Action = "document.correct"
	ActionUncorrect  audit.Action = "document.uncorrect"
	ActionDraftTaken audit.Action = "draft.accept"
	ActionDraftLeft  audit.Action = "draft.reject"
	ActionDraftBack  audit.Action = "draft.reopen"
)

// readTime is how long reading a file may take.
const readTime = 30 * time.Second

// readersAtOnce is how many files are read side by side: each may take 200 MB.
const readersAtOnce = 2

// gate lets so many in at once.
type gate struct {
	once   sync.Once
	places chan struct{}
}

// enter waits for a place. Unavailable where ctx ends first.
func (g *gate) enter(ctx context.Context) error {
	g.once.Do(func() { g.places = make(chan struct{}, readersAtOnce) })
	select {
	case g.places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errs.New(errs.Unavailable, "busy", "Other files are being read. Try again in a minute.")
	}
}

func (g *gate) leave() { <-g.places }

// Upload is a file that a trainer gives.
type Upload struct {
	Format        document.Format // "" = by the name
	Name          string
	File          []byte
	Note          string // on the edition
	DryRun        bool   // say what would be done, and do nothing
	AcceptGarbled bool   // the trainer has looked at what seems garbled
	Title         string // "" = the file's own
	Reliability   curriculum.Reliability
	AIDisclosed   bool
	Disclosure    string
}

// Import is what an upload has made, or would make.
type Import struct {
	Head     Head              // its id is "" where nothing was kept
	Text     document.Document // as it was read
	Findings []document.Finding
	Known    document.ID // a document that has this very file already, "" = none
	Follows  []Followed  // of a new edition: every anchored question
}

// Followed is what became of one anchor in a new edition.
type Followed struct {
	Question question.ID
	Stem     string
	Before   question.Anchor
	After    question.Anchor // where Standing is changed: what took the passage's place
	Standing document.Standing
}

// Stale lists the questions that no longer stand on their passages.
func (m Import) Stale() []question.ID {
	var ids []question.ID
	for _, f := range m.Follows {
		if !f.Standing.Stands() && !slices.Contains(ids, f.Question) {
			ids = append(ids, f.Question)
		}
	}
	return ids
}

// Import reads a file into a new document, or says what that would give.
// Forbidden; Invalid for a file that cannot be read, and with code garbled where
// its text looks garbled and nobody has looked at it.
func (s *Service) Import(ctx context.Context, actor identity.Actor, u Upload) (Import, error) {
	if err := admit(actor); err != nil {
		return Import{}, err
	}
	m, err := s.read(ctx, u)
	if err != nil {
		return Import{}, err
	}
	at := s.now()
	m.Head = Head{
		Origin: Imported, Title: cmp.Or(u.Title, m.Text.Title), Language: m.Text.Language, Reliability: cmp.Or(u.Reliability, "unverified"),
		AIDisclosed: u.AIDisclosed, Disclosure: u.Disclosure, Edition: 1, Passages: m.Text.Passages(), Words: m.Text.Words,
		AddedBy: actor.ID, AddedAt: at, ChangedAt: at,
	}
	if err := checkHead(&m.Head); err != nil {
		return Import{}, err
	}
	if m.Known, err = s.known(ctx, u.File); err != nil || u.DryRun {
		return m, err
	}
	heads, err := s.Store.Documents(ctx)
	switch {
	case err != nil:
		return Import{}, err
	case len(heads) >= MaxDocuments:
		return Import{}, errs.New(errs.Conflict, "library_full", "The library holds %d documents, which is as many as it may.", MaxDocuments)
	case !u.AcceptGarbled && m.garbled():
		return Import{}, garbled()
	}
	m.Head.ID = document.ID(s.NewID())
	m.Text.ID, m.Text.Edition, m.Text.Title = m.Head.ID, 1, m.Head.Title
	e := s.editionOf(actor, u, m.Text)
	said := map[string]any{"title": m.Head.Title, "format": e.Format, "file": e.FileHash[:16]}
	return m, s.Store.CreateDocument(ctx, m.Head, e, proposals(s.draft(m.Text)), []audit.Entry{s.entry(actor, ActionImport, string(m.Head.ID), said)})
}

func (m Import) garbled() bool {
	return slices.ContainsFunc(m.Findings, func(f document.Finding) bool { return f.Kind == document.Garbled })
}

func garbled() error {
	return &errs.Error{
		Kind: errs.Invalid, Code: "garbled", Msg: "Some of the text looks garbled. Look at the samples, and say that it may be kept.",
		Fields: map[string]string{"accept_garbled": "Some of the text looks garbled."},
	}
}

// read reads the file of an upload.
func (s *Service) read(ctx context.Context, u Upload) (Import, error) {
	if !fits(u.Name, 300) || !fits(u.Note, MaxNote) {
		return Import{}, errs.InvalidField("note", "The name or the note of the file is too long.")
	}
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	if err := s.readers.enter(ctx); err != nil {
		return Import{}, err
	}
	defer s.readers.leave()
	text, findings, err := document.Read(ctx, cmp.Or(u.Format, document.FormatOf(u.Name)), u.Name, u.File)
	return Import{Text: text, Findings: findings}, err
}

// known finds the document that has a file already.
func (s *Service) known(ctx context.Context, file []byte) (document.ID, error) {
	return s.Store.DocumentOfFile(ctx, hashOf(file))
}

func hashOf(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

func (s *Service) editionOf(actor identity.Actor, u Upload, text document.Document) Edition {
	return Edition{
		Number: text.Edition, Format: cmp.Or(u.Format, document.FormatOf(u.Name)), FileName: u.Name, FileHash: hashOf(u.File),
		Note: strings.TrimSpace(u.Note), AddedBy: actor.ID, AddedAt: s.now(), Text: text,
	}
}

// Renew reads a file as the next edition of a document, or says what that would
// do. Anchors of questions follow their words; a question whose words are not
// there any more becomes stale in the same transaction. Forbidden, NotFound, the
// errors of Import, and Conflict where another edition came first.
func (s *Service) Renew(ctx context.Context, actor identity.Actor, id document.ID, u Upload) (Import, error) {
	head, editions, err := s.own(ctx, actor, id)
	if err != nil {
		return Import{}, err
	}
	m, err := s.read(ctx, u)
	if err != nil {
		return Import{}, err
	}
	if editions[0].FileHash == hashOf(u.File) {
		return Import{}, errs.New(errs.Conflict, "same_file", "This is the file of the newest edition.")
	}
	m.Text.ID, m.Text.Edition, m.Text.Title = id, head.Edition+1, head.Title
	head.Edition, head.Passages, head.Words, head.ChangedAt = m.Text.Edition, m.Text.Passages(), m.Text.Words, s.now()
	m.Head = head
	if m.Follows, err = s.follows(ctx, id, m.Text); err != nil || u.DryRun {
		return m, err
	}
	if !u.AcceptGarbled && m.garbled() {
		return Import{}, garbled()
	}
	stale := m.Stale()
	e := s.editionOf(actor, u, m.Text)
	said := map[string]any{"edition": e.Number, "stale": len(stale), "file": e.FileHash[:16]}
	err = s.Store.AddEdition(ctx, head, e, proposals(s.draft(m.Text)), []audit.Entry{s.entry(actor, ActionEdition, string(id), said)},
		bank.Selection{IDs: stale}, func(there []bank.Entry) (bank.Change, error) {
			return bank.Outdated(there, "A passage that it answers to is another in the new edition of “"+head.Title+"”.", e.AddedAt), nil
		})
	if err != nil {
		return Import{}, err
	}
	return m, s.Bank.Refresh(ctx)
}
