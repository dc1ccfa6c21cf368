// Package blueprint is quizzes as trainers design them: how papers are drawn,
// the policy that they are taken under, and whether trainees are offered them.
//
// What is published stands in the catalogue at once, beside the quizzes of the
// content files. A quiz that was published is never lost: an attempt refers to
// the version that it was taken under. The package must not know attempts,
// trainees, HTTP or SQL.
package blueprint

import (
	"context"
	"encoding/base32"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// State is whether trainees are offered a quiz.
type State string

// The states.
const (
	Draft     State = "draft"     // never offered yet
	Published State = "published" // offered as it was published last
	Closed    State = "closed"    // offered no more; attempts that are open go on
)

// The audit actions.
const (
	ActionSave    audit.Action = "quiz.save"
	ActionPublish audit.Action = "quiz.publish"
	ActionClose   audit.Action = "quiz.close"
)

// Entry is a quiz with where it stands.
type Entry struct {
	Quiz      curriculum.Quiz // as it was saved last
	Offered   string          // version that trainees are offered, or were last; "" before the first
	State     State
	Revision  int64 // moved on by every change of this quiz
	Author    identity.UserID
	ChangedBy identity.UserID
	ChangedAt time.Time
}

// Ahead says whether what was saved last is not what trainees are offered.
func (e Entry) Ahead() bool {
	version, err := curriculum.QuizVersion(e.Quiz)
	return err != nil || version != e.Offered
}

// Store keeps quizzes of trainers.
type Store interface {
	// Blueprints reads all, by slug.
	Blueprints(ctx context.Context) ([]Entry, error)
	// Blueprint reads one. NotFound.
	Blueprint(ctx context.Context, slug curriculum.QuizSlug) (Entry, error)
	// SaveBlueprint keeps e, whose Revision is one more than that of the entry it
	// takes the place of, 1 for a new one. Conflict where another was kept meanwhile.
	SaveBlueprint(ctx context.Context, e Entry, entry audit.Entry) error
	// BlueprintRevision sums the revisions of all: it grows with every change.
	BlueprintRevision(ctx context.Context) (int64, error)
}

// Versions keeps what attempts refer to.
type Versions interface {
	// PublishQuizzes keeps versions; the same bytes again change nothing.
	PublishQuizzes(ctx context.Context, quizzes []curriculum.Quiz) error
	// QuizVersion reads a quiz by its version. NotFound.
	QuizVersion(ctx context.Context, version string) (curriculum.Quiz, error)
}

// Service is what trainers can do with quizzes.
type Service struct {
	Store     Store
	Versions  Versions
	Catalogue *curriculum.Catalogue // which is kept up to date with what is published
	Past      Past
	Now       func() time.Time
	NewID     func() string

	mu       sync.Mutex // held while the catalogue is made anew
	revision int64      // that the catalogue shows
}

func admit(actor identity.Actor) error {
	if actor.Role == identity.Trainer || actor.Role == identity.Admin {
		return nil
	}
	return errs.New(errs.Forbidden, "forbidden", "Only trainers design quizzes.")
}

// List gives all quizzes of trainers, those changed last first. Forbidden.
func (s *Service) List(ctx context.Context, actor identity.Actor) ([]Entry, error) {
	if err := admit(actor); err != nil {
		return nil, err
	}
	entries, err := s.Store.Blueprints(ctx)
	slices.SortStableFunc(entries, func(a, b Entry) int { return b.ChangedAt.Compare(a.ChangedAt) })
	return entries, err
}

// Entry gives one quiz of trainers. Forbidden, NotFound.
func (s *Service) Entry(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug) (Entry, error) {
	if err := admit(actor); err != nil {
		return Entry{}, err
	}
	return s.Store.Blueprint(ctx, slug)
}

// Create keeps a new quiz as a draft and gives it a slug. What a quiz cannot be
// kept without is Invalid by its field; the rest is told by Check.
func (s *Service) Create(ctx context.Context, actor identity.Actor, quiz curriculum.Quiz) (Entry, error) {
	if err := admit(actor); err != nil {
		return Entry{}, err
	}
	quiz.Slug = s.slug(quiz.Title)
	return s.keep(ctx, actor, Entry{Quiz: quiz, State: Draft, Author: actor.ID}, ActionSave)
}

// Save keeps another text of a quiz. Trainees are offered it when it is published.
// NotFound; Conflict with code quiz_changed when base is not the entry's revision.
func (s *Service) Save(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug, quiz curriculum.Quiz, base int64) (Entry, error) {
	e, err := s.based(ctx, actor, slug, base)
	if err != nil {
		return Entry{}, err
	}
	quiz.Slug = slug
	e.Quiz = quiz
	return s.keep(ctx, actor, e, ActionSave)
}

// Publish offers a quiz to trainees as it was saved last. Conflict with code
// quiz_changed, as Save; Conflict with code not_ready while Check finds errors.
func (s *Service) Publish(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug, base int64) (Entry, error) {
	e, err := s.based(ctx, actor, slug, base)
	if err != nil {
		return Entry{}, err
	}
	for _, f := range Check(s.Catalogue, e.Quiz) {
		if f.Severity == curriculum.LevelError {
			return Entry{}, errs.New(errs.Conflict, "not_ready", "This quiz cannot be offered yet: %s", f.Message)
		}
	}
	if err := s.Versions.PublishQuizzes(ctx, []curriculum.Quiz{e.Quiz}); err != nil {
		return Entry{}, err
	}
	if e.Offered, err = curriculum.QuizVersion(e.Quiz); err != nil {
		return Entry{}, err
	}
	e.State = Published
	return s.keep(ctx, actor, e, ActionPublish)
}

// Close offers a quiz no more. Conflict with code quiz_changed, as Save, or
// not_published where it is not offered.
func (s *Service) Close(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug, base int64) (Entry, error) {
	e, err := s.based(ctx, actor, slug, base)
	if err != nil {
		return Entry{}, err
	}
	if e.State != Published {
		return Entry{}, errs.New(errs.Conflict, "not_published", "This quiz is not offered to anybody.")
	}
	e.State = Closed
	return s.keep(ctx, actor, e, ActionClose)
}

// based reads a quiz that the actor has seen in the revision base.
func (s *Service) based(ctx context.Context, actor identity.Actor, slug curriculum.QuizSlug, base int64) (Entry, error) {
	e, err := s.Entry(ctx, actor, slug)
	if err != nil {
		return Entry{}, err
	}
	if e.Revision != base {
		return Entry{}, errs.New(errs.Conflict, "quiz_changed", "Somebody has changed this quiz since you opened it. Load it again: your text stays on this page until you do.")
	}
	return e, nil
}

// keep writes what became of a quiz, and shows it to trainees.
func (s *Service) keep(ctx context.Context, actor identity.Actor, e Entry, action audit.Action) (Entry, error) {
	if err := valid(e.Quiz); err != nil {
		return Entry{}, err
	}
	e.Revision++
	e.ChangedBy, e.ChangedAt = actor.ID, s.Now().UTC().Truncate(time.Microsecond)
	detail, err := json.Marshal(map[string]any{"title": e.Quiz.Title, "revision": e.Revision})
	if err != nil {
		return Entry{}, err
	}
	entry := audit.Entry{At: e.ChangedAt, Actor: string(actor.ID), Action: action, Object: string(e.Quiz.Slug), Detail: string(detail)}
	if err := s.Store.SaveBlueprint(ctx, e, entry); err != nil {
		return Entry{}, err
	}
	return e, s.Refresh(ctx)
}

// Refresh puts what is published into the catalogue, if anything has changed;
// to be called at start and from time to time, as another process may have
// published.
func (s *Service) Refresh(ctx context.Context) error {
	s.mu.Lock() // else what was read first may be shown last
	defer s.mu.Unlock()
	revision, err := s.Store.BlueprintRevision(ctx)
	if err != nil || revision == s.revision {
		return err
	}
	entries, err := s.Store.Blueprints(ctx)
	if err != nil {
		return err
	}
	var offered, closed []curriculum.Quiz
	for _, e := range entries {
		if e.State == Draft {
			continue
		}
		quiz, err := s.Versions.QuizVersion(ctx, e.Offered)
		if err != nil {
			return err
		}
		if e.State == Published {
			offered = append(offered, quiz)
		} else {
			closed = append(closed, quiz)
		}
	}
	s.Catalogue.PublishQuizzes(offered, closed)
	s.revision = revision
	return nil
}

// Follow refreshes the catalogue until the context ends.
func (s *Service) Follow(ctx context.Context, every time.Duration, failed func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.Refresh(ctx); err != nil && ctx.Err() == nil {
				failed(err)
			}
		}
	}
}

// maxWords is how much of a title goes into a slug, in characters.
const maxWords = 40

// slug names a new quiz by its title and a part of a new id, so that two may
// have the same title.
func (s *Service) slug(title string) curriculum.QuizSlug {
	var words strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(title)) {
		switch {
		case words.Len() >= maxWords:
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			words.WriteRune(r)
		case unicode.Is(unicode.Mn, r): // the accent of the letter before
		case words.Len() > 0 && !strings.HasSuffix(words.String(), "-"):
			words.WriteByte('-')
		}
	}
	id := s.NewID()
	tail := strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte(id[len(id)-5:])))
	return curriculum.QuizSlug(curriculum.BankPlace + "." + strings.Trim(words.String()+"-"+tail, "-"))
}
