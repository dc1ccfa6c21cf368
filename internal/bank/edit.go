package bank

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// Limits of a question that is kept.
const (
	MaxDocument = 64 << 10 // bytes
	MaxTags     = 30
	MaxTag      = 60 // characters
	MaxNote     = 500
)

// addedAtOnce is how many questions a transaction adds, so that answers do not
// wait for an import.
const addedAtOnce = 500

// The audit actions of the bank.
const (
	ActionAdd     audit.Action = "question.add"
	ActionEdit    audit.Action = "question.edit"
	ActionTag     audit.Action = "question.tag"
	ActionMove    audit.Action = "question.state"
	ActionStale   audit.Action = "question.stale"
	ActionConfirm audit.Action = "question.confirm"
	ActionRemove  audit.Action = "question.remove"
)

// NewQuestion is a question to keep. Its id is given by the bank.
type NewQuestion struct {
	Question question.Question
	Tags     []string
	Note     string    // on where it is from
	Pictures []Picture // that it shows and that are kept with it
}

// Added says what became of one that was to be kept.
type Added struct {
	ID       question.ID
	Version  question.Version
	State    State
	Known    bool // the same text was in the bank already: all but Findings is of that question
	Findings []Finding
	Err      error // set: it cannot be kept, Invalid
}

// Add keeps questions as drafts, each that can be kept, and says what became of
// each, in their order. A text that the bank has already is not kept twice.
// Forbidden.
func (s *Service) Add(ctx context.Context, actor identity.Actor, given []NewQuestion) ([]Added, error) {
	return s.keep(ctx, actor, given, false)
}

// keep is Add; where copies are wanted a text that the bank has is kept again.
func (s *Service) keep(ctx context.Context, actor identity.Actor, given []NewQuestion, copies bool) ([]Added, error) {
	if err := admit(actor); err != nil {
		return nil, err
	}
	added := make([]Added, len(given))
	for from := 0; from < len(given); from += addedAtOnce {
		to := min(from+addedAtOnce, len(given))
		if err := s.add(ctx, actor, given[from:to], added[from:to], copies); err != nil {
			return added[:from], err
		}
	}
	s.refreshAfter(ctx)
	return added, nil
}

func (s *Service) add(ctx context.Context, actor identity.Actor, given []NewQuestion, added []Added, copies bool) error {
	steps, prints, err := s.steps(ctx, actor, given, added)
	if err != nil {
		return err
	}
	return s.Store.ChangeBank(ctx, Selection{Prints: prints}, func(there []Entry) (Change, error) {
		known := make(map[string]Entry, len(there)+len(given))
		for _, e := range there {
			known[Print(e.Question)] = e
		}
		var change Change
		for i, step := range steps {
			if added[i].Err != nil {
				continue
			}
			e, twice := known[prints[i]]
			if !twice || copies {
				e = step.Entry
				known[prints[i]] = e
				change.Steps = append(change.Steps, step)
				change.Pictures = append(change.Pictures, given[i].Pictures...)
				change.Audit = append(change.Audit, entry(e, ActionAdd, e.Version))
			}
			added[i] = Added{ID: e.ID(), Version: e.Version, State: e.State, Known: twice, Findings: added[i].Findings}
		}
		return change, nil
	})
}

// steps makes the step that keeps each question and the print of its text; what is
// wrong with a question stands in added.
func (s *Service) steps(ctx context.Context, actor identity.Actor, given []NewQuestion, added []Added) (steps []Step, prints []string, err error) {
	steps, prints = make([]Step, len(given)), make([]string, len(given))
	questions := make([]question.Question, len(given))
	for i, n := range given {
		questions[i] = n.Question
	}
	known, err := s.known(ctx, questions...)
	if err != nil {
		return nil, nil, err
	}
	for i, n := range given {
		n.Question, err = pictured(n.Question, known, n.Pictures)
		if err == nil {
			steps[i], err = s.fresh(actor.ID, n)
		}
		if err != nil {
			added[i] = Added{Err: err}
			continue
		}
		prints[i] = Print(steps[i].Entry.Question)
		if added[i].Findings, err = s.Findings(ctx, steps[i].Entry.Question); err != nil {
			return nil, nil, err
		}
	}
	return steps, prints, nil
}

// Completed fills in what an author may leave out.
func Completed(q question.Question) question.Question {
	q.Pool, q.Bloom = cmp.Or(q.Pool, question.Practice), cmp.Or(q.Bloom, question.Blooms[0])
	q.Difficulty, q.Review = cmp.Or(q.Difficulty, 2), question.Unreviewed
	if q.Outcomes == nil {
		q.Outcomes = []string{}
	}
	return q
}

// fresh makes the step that keeps a new question.
func (s *Service) fresh(author identity.UserID, n NewQuestion) (Step, error) {
	q := Completed(n.Question)
	q.ID = ""
	place := curriculum.BankPlace + ".general"
	if module, lesson := curriculum.PlaceOf(q); module != "" {
		if _, ok := s.Catalogue.Lesson(module, lesson); ok {
			place = string(module) + "." + string(lesson)
		}
	}
	sum := sha256.Sum256([]byte(s.NewID()))
	q.ID = question.ID(place + ".q-" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5])))
	e := Entry{State: Draft, Origin: Authored}
	text, err := s.text(&e, author, q, n.Note)
	if err != nil {
		return Step{}, err
	}
	if e.Tags, err = tags(n.Tags); err != nil {
		return Step{}, err
	}
	return Step{Entry: e, Fresh: true, Text: text}, nil
}

// text makes q the newest version of e. Invalid for what cannot be kept.
func (s *Service) text(e *Entry, author identity.UserID, q question.Question, note string) (*Version, error) {
	identify(&q)
	doc, version, err := question.Encode(q)
	switch {
	case err != nil:
		return nil, errs.InvalidField("question", "The question holds a number that cannot be kept.")
	case !slices.Contains(question.Kinds, q.Kind):
		return nil, errs.InvalidField("kind", "There is no such kind of question.")
	case q.Pool != question.Practice && q.Pool != question.Exam:
		return nil, errs.InvalidField("pool", "The pool must be practice or exam.")
	case strings.TrimSpace(q.Stem) == "":
		return nil, errs.InvalidField("stem", "The question asks nothing: write its stem.")
	case len(doc) > MaxDocument:
		return nil, errs.InvalidField("question", "The question is longer than %d KiB.", MaxDocument>>10)
	case strings.Contains(string(doc), `\u0000`) || strings.ContainsRune(note, 0): // which PostgreSQL cannot keep
		return nil, errs.InvalidField("question", "The question holds a character that cannot be kept.")
	case utf8.RuneCountInString(note) > MaxNote:
		return nil, errs.InvalidField("note", "The note is longer than %d characters.", MaxNote)
	}
	at := s.now()
	e.Question, e.Version, e.Number = q, version, e.Number+1
	e.Author, e.ChangedBy, e.ChangedAt = author, author, at
	return &Version{Number: e.Number, Version: version, Author: author, At: at, Note: strings.TrimSpace(note)}, nil
}

// identify gives the parts of q their ids, and leaves those of the question that
// q was copied from.
func identify(q *question.Question) {
	q.Options, q.Pairs = slices.Clone(q.Options), slices.Clone(q.Pairs)
	q.Extra, q.Sequence = slices.Clone(q.Extra), slices.Clone(q.Sequence)
	question.Identify(q)
}

// Print names what a question says, whatever its id: two of the same print are
// the same question.
func Print(q question.Question) string {
	q.ID, q.Review = "", ""
	identify(&q)
	_, version, err := question.Encode(q)
	if err != nil { // only numbers that JSON does not have
		return ""
	}
	return string(version)
}

// tag brings a tag to the form in which tags are compared.
func tag(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }

// tags folds tags and sorts them, each once.
func tags(given []string) ([]string, error) {
	list := []string{}
	for _, text := range given {
		t := tag(text)
		switch {
		case t == "":
			continue
		case utf8.RuneCountInString(t) > MaxTag || strings.ContainsFunc(t, unicode.IsControl) || !utf8.ValidString(t):
			return nil, errs.InvalidField("tags", "A tag has at most %d characters, on one line.", MaxTag)
		}
		list = append(list, t)
	}
	slices.Sort(list)
	list = slices.Compact(list)
	if len(list) > MaxTags {
		return nil, errs.InvalidField("tags", "A question has at most %d tags.", MaxTags)
	}
	return list, nil
}

// Edit is what a trainer makes of a question.
type Edit struct {
	Question question.Question
	Tags     []string
	Base     question.Version // that was edited
	Note     string
}

// Edit keeps another version of a question, or other tags alone where the text
// is the same. Another text is a draft; what was approved before stays in papers.
// Forbidden, NotFound, Invalid, and Conflict with code version_changed where
// somebody else has edited it meanwhile.
func (s *Service) Edit(ctx context.Context, actor identity.Actor, id question.ID, edit Edit) (Entry, error) {
	known, err := s.known(ctx, edit.Question)
	if err != nil {
		return Entry{}, err
	}
	return s.change(ctx, actor, id, func(e Entry) (Step, []audit.Entry, error) {
		if edit.Base != e.Version {
			return Step{}, nil, changed()
		}
		q, err := pictured(Completed(edit.Question), known, nil)
		if err != nil {
			return Step{}, nil, err
		}
		q.ID = id
		return s.edited(actor, e, q, edit.Tags, edit.Note)
	})
}

// edited makes the step from a question to another text and other tags.
func (s *Service) edited(actor identity.Actor, e Entry, q question.Question, given []string, note string) (Step, []audit.Entry, error) {
	list, err := tags(given)
	if err != nil {
		return Step{}, nil, err
	}
	step, before := Step{Entry: e}, e
	if step.Text, err = s.text(&step.Entry, actor.ID, q, note); err != nil {
		return Step{}, nil, err
	}
	var log []audit.Entry
	if step.Entry.Version == before.Version || Print(step.Entry.Question) == Print(before.Question) {
		step = Step{Entry: before} // the same text
	} else {
		log = append(log, entry(step.Entry, ActionEdit, step.Entry.Version))
		step.Move = s.move(&step.Entry, actor.ID, Draft, "")
	}
	if !slices.Equal(list, before.Tags) {
		step.Entry.Tags, step.Entry.ChangedBy, step.Entry.ChangedAt = list, actor.ID, s.now()
		log = append(log, entry(step.Entry, ActionTag, step.Entry.Version))
	}
	return step, log, nil
}

func changed() error {
	return errs.New(errs.Conflict, "version_changed", "Somebody has changed this question since you opened it. Look at what they wrote, then decide.")
}

// change decides on one question and gives it as it is afterwards.
func (s *Service) change(ctx context.Context, actor identity.Actor, id question.ID, decide func(Entry) (Step, []audit.Entry, error)) (Entry, error) {
	if err := admit(actor); err != nil {
		return Entry{}, err
	}
	err := s.Store.ChangeBank(ctx, Selection{IDs: []question.ID{id}}, func(there []Entry) (Change, error) {
		if len(there) == 0 {
			return Change{}, errs.Missing("question")
		}
		step, log, err := decide(there[0])
		if err != nil || len(log) == 0 {
			return Change{}, err
		}
		return Change{Steps: []Step{step}, Audit: log}, nil
	})
	if err != nil {
		return Entry{}, err
	}
	s.refreshAfter(ctx)
	return s.Store.BankEntry(ctx, id)
}

// entry records a deed on a question; what it says is never in the trail.
func entry(e Entry, action audit.Action, version question.Version) audit.Entry {
	return audit.Entry{
		At: e.ChangedAt, Actor: string(e.ChangedBy), Action: action, Object: string(e.ID()),
		Detail: fmt.Sprintf(`{"version":%q,"state":%q}`, version, e.State),
	}
}
