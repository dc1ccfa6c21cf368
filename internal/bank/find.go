package bank

import (
	"context"
	"slices"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// MaxPage is the most that a page holds.
const MaxPage = 200

// Filter says which questions are wanted; what is zero does not matter.
type Filter struct {
	Search     string // words that must all be in the texts or the id
	State      State
	Pool       question.Pool
	Kind       question.Kind
	Module     curriculum.ModuleSlug
	Lesson     curriculum.LessonSlug
	Outcome    curriculum.OutcomeID
	Tag        string
	Difficulty int
	Stale      *bool
	Origin     Origin
	Document   string // that an anchor names
	Sort       Sort
	Limit      int    // 1 to MaxPage; 0 = 50
	Cursor     string // as the page before gave it
}

// Sort is an order of questions; with a leading minus it is turned round.
type Sort string

// Sorts lists every order; the first is used where none is asked for.
var Sorts = []Sort{"-changed", "changed", "id", "-id", "difficulty", "-difficulty", "state", "-state", "kind", "-kind", "pool", "-pool"}

// Page is some of the questions that fit, and how many there are.
type Page struct {
	Entries []Entry
	Total   int
	Next    string // cursor, "" = this was the last page
}

// Find gives a page of the questions that fit. Invalid for a sort or a cursor
// that nobody gave.
func (s *Service) Find(ctx context.Context, f Filter) (Page, error) {
	if f.Sort == "" {
		f.Sort = Sorts[0]
	}
	if f.Limit == 0 {
		f.Limit = 50
	}
	if f.Limit < 1 || f.Limit > MaxPage {
		return Page{}, errs.InvalidField("limit", "Ask for 1 to %d questions.", MaxPage)
	}
	if !slices.Contains(Sorts, f.Sort) {
		return Page{}, errs.InvalidField("sort", "There is no such order.")
	}
	f.Tag = tag(f.Tag)
	return s.Store.BankEntries(ctx, f)
}

// Fitting gives the ids of all questions that fit. Invalid for more than MaxMany.
func (s *Service) Fitting(ctx context.Context, f Filter) ([]question.ID, error) {
	var ids []question.ID
	f.Sort, f.Limit, f.Cursor = "id", MaxPage, ""
	for {
		page, err := s.Find(ctx, f)
		switch {
		case err != nil:
			return nil, err
		case page.Total > MaxMany:
			return nil, errs.InvalidField("filter", "%d questions fit, more than %d: choose fewer.", page.Total, MaxMany)
		}
		for _, e := range page.Entries {
			ids = append(ids, e.ID())
		}
		if page.Next == "" {
			return ids, nil
		}
		f.Cursor = page.Next
	}
}

// Entry gives one question. Forbidden, NotFound.
func (s *Service) Entry(ctx context.Context, actor identity.Actor, id question.ID) (Entry, error) {
	if err := admit(actor); err != nil {
		return Entry{}, err
	}
	return s.Store.BankEntry(ctx, id)
}

// History gives what became of a question. Forbidden, NotFound.
func (s *Service) History(ctx context.Context, actor identity.Actor, id question.ID) (History, error) {
	if _, err := s.Entry(ctx, actor, id); err != nil {
		return History{}, err
	}
	return s.Store.BankHistory(ctx, id)
}

// Text gives a question as it was in one of its versions. Forbidden, NotFound.
func (s *Service) Text(ctx context.Context, actor identity.Actor, id question.ID, version question.Version) (question.Question, error) {
	history, err := s.History(ctx, actor, id)
	if err != nil {
		return question.Question{}, err
	}
	if !slices.ContainsFunc(history.Versions, func(v Version) bool { return v.Version == version }) {
		return question.Question{}, errs.Missing("version")
	}
	texts, err := s.Store.QuestionVersions(ctx, []question.Version{version})
	return texts[version], err
}

// Subject gives a question's newest version as a text that is commented on.
// Forbidden, NotFound.
func (s *Service) Subject(ctx context.Context, actor identity.Actor, id question.ID) (curriculum.Subject, error) {
	e, err := s.Entry(ctx, actor, id)
	if err != nil {
		return curriculum.Subject{}, err
	}
	module, lesson := curriculum.PlaceOf(e.Question)
	return curriculum.Subject{
		ID: curriculum.SubjectID(id), Kind: curriculum.SubjectQuestion, Module: module, Lesson: lesson,
		Title: e.Question.Stem, Version: string(e.Version),
	}, nil
}

// Asked reads the texts that papers have of questions whose newest version is
// another; those that are in no papers are left out.
func (s *Service) Asked(ctx context.Context, entries []Entry) (map[question.ID]question.Question, error) {
	var versions []question.Version
	of := make(map[question.Version]question.ID)
	for _, e := range entries {
		if e.Older() {
			versions, of[e.Approved] = append(versions, e.Approved), e.ID()
		}
	}
	texts, err := s.Store.QuestionVersions(ctx, versions)
	asked := make(map[question.ID]question.Question, len(texts))
	for version, q := range texts {
		asked[of[version]] = q
	}
	return asked, err
}
