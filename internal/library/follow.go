package library

import (
	"context"
	"slices"

	"muster/internal/bank"
	"muster/internal/document"
	"muster/internal/errs"
	"muster/internal/question"
)

// anchored reads all questions of the bank that answer to a document, those that
// are retired aside, and their anchors in it.
func (s *Service) anchored(ctx context.Context, id document.ID) ([]bank.Entry, map[question.ID][]question.Anchor, error) {
	var all []bank.Entry
	for f := (bank.Filter{Document: string(id), Sort: "id", Limit: bank.MaxPage}); ; {
		page, err := s.Bank.Find(ctx, f)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range page.Entries {
			if e.State != bank.Retired {
				all = append(all, e)
			}
		}
		if page.Next == "" {
			asked, err := s.Bank.Asked(ctx, all)
			return all, anchorsIn(id, all, asked), err
		}
		f.Cursor = page.Next
	}
}

// anchorsIn gives the anchors of questions in a document, each once: those of
// their newest versions, and of the older ones that papers have.
func anchorsIn(id document.ID, entries []bank.Entry, asked map[question.ID]question.Question) map[question.ID][]question.Anchor {
	anchors := make(map[question.ID][]question.Anchor)
	for _, e := range entries {
		for _, a := range slices.Concat(e.Question.Anchors, asked[e.ID()].Anchors) {
			if a.Document == string(id) && !slices.Contains(anchors[e.ID()], a) {
				anchors[e.ID()] = append(anchors[e.ID()], a)
			}
		}
	}
	return anchors
}

// trail follows anchors from the edition that they were made in to the newest,
// edition by edition: what a trainer confirmed in one is what the next is
// compared with.
type trail struct {
	service   *Service
	id        document.ID
	newest    document.Document // may not be kept yet
	followers map[int]*document.Follower
}

func (s *Service) trail(id document.ID, newest document.Document) *trail {
	return &trail{service: s, id: id, newest: newest, followers: map[int]*document.Follower{}}
}

// follow gives the anchor in the newest edition and how it stands after the last
// step. An anchor of an edition that never was is gone.
func (t *trail) follow(ctx context.Context, a question.Anchor) (question.Anchor, document.Standing, error) {
	if a.Edition < 1 || a.Edition > t.newest.Edition {
		return a, document.Gone, nil
	}
	standing := document.Kept
	if a.Edition == t.newest.Edition {
		if !quotes(t.newest, a) {
			standing = document.Gone
		}
		return a, standing, nil
	}
	for edition := a.Edition; edition < t.newest.Edition; edition++ {
		follower, err := t.follower(ctx, edition)
		if err != nil {
			return a, document.Gone, err
		}
		if standing == document.Gone {
			return a, standing, nil
		}
		next, became := follower.Follow(a)
		if became == document.Kept && standing == document.Moved {
			became = document.Moved
		}
		a, standing = next, became
	}
	return a, standing, nil
}

// follower gives what follows anchors of an edition into the next.
func (t *trail) follower(ctx context.Context, edition int) (*document.Follower, error) {
	if f := t.followers[edition]; f != nil {
		return f, nil
	}
	old, err := t.service.text(ctx, t.id, edition)
	if err != nil {
		return nil, err
	}
	next := t.newest
	if edition+1 < t.newest.Edition {
		if next, err = t.service.text(ctx, t.id, edition+1); err != nil {
			return nil, err
		}
	}
	t.followers[edition] = document.NewFollower(old, next)
	return t.followers[edition], nil
}

// quotes says whether an anchor quotes its passage as it stands in a text.
func quotes(text document.Document, a question.Anchor) bool {
	same, err := text.Anchor(a.Section, a.Paragraph, a.Start, a.End)
	return err == nil && same.Quote == a.Quote && same.Hash == a.Hash
}

// follows says what becomes of every anchor of the bank in a text.
func (s *Service) follows(ctx context.Context, id document.ID, text document.Document) ([]Followed, error) {
	entries, anchors, err := s.anchored(ctx, id)
	if err != nil {
		return nil, err
	}
	t, list := s.trail(id, text), []Followed{}
	for _, e := range entries {
		for _, a := range anchors[e.ID()] {
			after, standing, err := t.follow(ctx, a)
			if err != nil {
				return nil, err
			}
			list = append(list, Followed{Question: e.ID(), Stem: e.Question.Stem, Before: a, After: after, Standing: standing})
		}
	}
	return list, nil
}

// Stands says whether the words that an anchor quotes stand in the newest
// edition of its document. One that does not exist has none.
func (s *Service) Stands(ctx context.Context, a question.Anchor) (bool, error) {
	id := document.ID(a.Document)
	if o, ok := s.written(id); ok {
		return quotes(o.Text, a), nil
	}
	head, _, err := s.Store.Document(ctx, id)
	if errs.KindOf(err) == errs.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	newest, err := s.text(ctx, id, head.Edition)
	if err != nil {
		return false, err
	}
	_, standing, err := s.trail(id, newest).follow(ctx, a)
	return standing.Stands(), err
}
