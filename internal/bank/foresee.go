package bank

import (
	"context"
	"errors"

	"muster/internal/errs"
	"muster/internal/identity"
)

// there reads the entries of a selection and changes nothing.
func (s *Service) there(ctx context.Context, of Selection) ([]Entry, error) {
	var found []Entry
	err := s.Store.ChangeBank(ctx, of, func(there []Entry) (Change, error) {
		found = there
		return Change{}, nil
	})
	return found, err
}

// foresee says what Add would make of questions, and does nothing. Only those
// that the bank has already have an id. seen holds the prints of those before.
func (s *Service) foresee(ctx context.Context, actor identity.Actor, given []NewQuestion, seen map[string]bool) ([]Added, error) {
	added := make([]Added, len(given))
	_, prints, err := s.steps(ctx, actor, given, added)
	if err != nil {
		return nil, err
	}
	there, err := s.there(ctx, Selection{Prints: prints})
	if err != nil {
		return nil, err
	}
	known := make(map[string]Entry, len(there))
	for _, e := range there {
		known[Print(e.Question)] = e
	}
	for i := range added {
		if added[i].Err != nil {
			continue
		}
		e, twice := known[prints[i]]
		added[i] = Added{ID: e.ID(), Version: e.Version, State: e.State, Known: twice || seen[prints[i]], Findings: added[i].Findings}
		seen[prints[i]] = true
	}
	return added, nil
}

// messageOf is what an error says to the person.
func messageOf(err error) string {
	var known *errs.Error
	if !errors.As(err, &known) {
		return "The question cannot be kept."
	}
	for _, message := range known.Fields {
		return message
	}
	return known.Msg
}
