package library

import (
	"context"
	"sync"

	"muster/internal/document"
	"muster/internal/drafting"
)

// keptTexts is how many editions are held ready.
const keptTexts = 8

// shelf holds the editions that were read last, which never change, and their
// drafts.
type shelf struct {
	mu    sync.Mutex
	texts []*shelved // the last used at the end
}

type shelved struct {
	id      document.ID
	edition int
	text    document.Document

	once   sync.Once
	drafts []drafting.Draft
}

func (s *shelf) take(id document.ID, edition int) *shelved {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, t := range s.texts {
		if t.id == id && t.edition == edition {
			s.texts = append(append(s.texts[:i:i], s.texts[i+1:]...), t)
			return t
		}
	}
	return nil
}

func (s *shelf) put(t *shelved) *shelved {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.texts = append(s.texts, t); len(s.texts) > keptTexts {
		s.texts = append([]*shelved(nil), s.texts[1:]...)
	}
	return t
}

// edition gives an edition of an imported document. NotFound.
func (s *Service) edition(ctx context.Context, id document.ID, number int) (*shelved, error) {
	if t := s.shelf.take(id, number); t != nil {
		return t, nil
	}
	e, err := s.Store.DocumentEdition(ctx, id, number)
	if err != nil {
		return nil, err
	}
	return s.shelf.put(&shelved{id: id, edition: number, text: e.Text}), nil
}

func (s *Service) text(ctx context.Context, id document.ID, number int) (document.Document, error) {
	t, err := s.edition(ctx, id, number)
	if err != nil {
		return document.Document{}, err
	}
	return t.text, nil
}
