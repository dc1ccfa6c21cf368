package library

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/document"
	"muster/internal/drafting"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// DraftID names a draft with the edition that it is of: "<hash>.<edition>.<document>".
type DraftID string

func draftID(hash string, text document.Document) DraftID {
	return DraftID(fmt.Sprintf("%s.%d.%s", hash, text.Edition, text.ID))
}

// parts gives what an id is made of; false for one of nobody's.
func (id DraftID) parts() (hash string, edition int, of document.ID, ok bool) {
	list := strings.SplitN(string(id), ".", 3)
	if len(list) != 3 {
		return "", 0, "", false
	}
	edition, err := strconv.Atoi(list[1])
	return list[0], edition, document.ID(list[2]), err == nil && edition > 0
}

// Draft is a question that a rule proposes, and nobody has decided on.
type Draft struct {
	ID       DraftID
	Rule     drafting.Rule
	Score    float64
	Parts    drafting.Parts
	Question question.Question
	Why      string
}

// Outcome is what a trainer made of a draft.
type Outcome string

// The outcomes of a draft.
const (
	Accepted Outcome = "accepted" // as it was
	Edited   Outcome = "edited"   // accepted with other words
	Rejected Outcome = "rejected"
)

// Decision is what a trainer decided on a draft.
type Decision struct {
	Document document.ID
	Edition  int
	Draft    string // hash
	Rule     drafting.Rule
	Outcome  Outcome
	Question question.ID // that it became, "" where the bank had the same text already
	Reason   string      // rejected
	By       identity.UserID
	At       time.Time
}

// Proposed is how many drafts a rule proposed for an edition.
type Proposed struct {
	Rule     drafting.Rule
	Proposed int
}

// RuleCount is how trainers took the drafts of a rule.
type RuleCount struct {
	Rule                                 drafting.Rule
	Proposed, Accepted, Edited, Rejected int
}

// Decisions keeps what was decided on drafts.
type Decisions interface {
	// Decide keeps a decision with its audit entries. Conflict where there is another
	// one on the draft already.
	Decide(ctx context.Context, d Decision, entries []audit.Entry) error
	// Decided reads which drafts of an edition were decided on.
	Decided(ctx context.Context, id document.ID, edition int) (map[string]Outcome, error)
	// Reopen forgets the decision on a draft, and keeps what decide makes of the
	// question that it became, both or neither. A draft that nobody has decided on
	// stays as it is.
	Reopen(ctx context.Context, of Decision, entries []audit.Entry, decide func([]bank.Entry) (bank.Change, error)) error
	// RuleCounts counts proposals and decisions by rule.
	RuleCounts(ctx context.Context) ([]RuleCount, error)
}

// draft drafts questions from a text with the siblings of the glossary.
func (s *Service) draft(text document.Document) []drafting.Draft {
	terms := make([]drafting.Term, len(s.Catalogue.Glossary))
	for i, t := range s.Catalogue.Glossary {
		terms[i] = drafting.Term{Name: t.Term, Definition: t.Definition}
		for _, id := range t.See {
			if see, ok := s.Catalogue.Term(id); ok {
				terms[i].See = append(terms[i].See, see.Term)
			}
		}
	}
	return drafting.From(text, terms, drafting.Options{})
}

// proposals counts drafts by rule.
func proposals(drafts []drafting.Draft) []Proposed {
	var list []Proposed
	for _, rule := range drafting.Rules {
		n := 0
		for _, d := range drafts {
			if d.Rule == rule {
				n++
			}
		}
		if n > 0 {
			list = append(list, Proposed{rule, n})
		}
	}
	return list
}

// drafted gives the newest text of a document with its drafts. NotFound.
func (s *Service) drafted(ctx context.Context, id document.ID) (*shelved, error) {
	t := s.shelf.take(id, 1)
	if o, ok := s.written(id); ok {
		if t == nil {
			t = s.shelf.put(&shelved{id: id, edition: 1, text: o.Text})
		}
	} else {
		head, _, err := s.Store.Document(ctx, id)
		if err != nil {
			return nil, err
		}
		if t, err = s.edition(ctx, id, head.Edition); err != nil {
			return nil, err
		}
	}
	t.once.Do(func() { t.drafts = s.draft(t.text) })
	return t, nil
}

// Drafts gives the drafts of a section, "" for the whole document, that nobody
// has decided on yet. Forbidden, NotFound.
func (s *Service) Drafts(ctx context.Context, actor identity.Actor, id document.ID, section string) ([]Draft, error) {
	if err := admit(actor); err != nil {
		return nil, err
	}
	t, err := s.drafted(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, ok := t.text.Section(section); section != "" && !ok {
		return nil, errs.Missing("section")
	}
	decided, err := s.Decisions.Decided(ctx, id, t.text.Edition)
	if err != nil {
		return nil, err
	}
	list := []Draft{}
	for _, d := range t.drafts {
		if decided[d.ID] == "" && (section == "" || sectionOf(d) == section) {
			list = append(list, Draft{draftID(d.ID, t.text), d.Rule, d.Score, d.Parts, d.Question, d.Why})
		}
	}
	return list, nil
}

func sectionOf(d drafting.Draft) string {
	if len(d.Question.Anchors) == 0 {
		return ""
	}
	return d.Question.Anchors[0].Section
}

// find gives a draft of the newest edition that nobody has decided on, as
// proposed does. Conflict with code decided where somebody has.
func (s *Service) find(ctx context.Context, actor identity.Actor, id DraftID) (drafting.Draft, Decision, error) {
	draft, d, err := s.proposed(ctx, actor, id)
	if err != nil {
		return draft, d, err
	}
	decided, err := s.Decisions.Decided(ctx, d.Document, d.Edition)
	if err == nil && decided[d.Draft] != "" {
		err = alreadyDecided()
	}
	return draft, d, err
}

// proposed gives a draft of the newest edition and the beginning of a decision on
// it. Forbidden, NotFound; Conflict with code edition where there is a newer one.
func (s *Service) proposed(ctx context.Context, actor identity.Actor, id DraftID) (drafting.Draft, Decision, error) {
	none := func(err error) (drafting.Draft, Decision, error) { return drafting.Draft{}, Decision{}, err }
	if err := admit(actor); err != nil {
		return none(err)
	}
	hash, edition, of, ok := id.parts()
	if !ok {
		return none(errs.Missing("draft"))
	}
	t, err := s.drafted(ctx, of)
	if errs.KindOf(err) == errs.NotFound {
		return none(errs.Missing("draft"))
	}
	if err != nil {
		return none(err)
	}
	if edition < t.text.Edition {
		return none(errs.New(errs.Conflict, "edition", "There is a newer edition of this document. Open it again."))
	}
	i := slices.IndexFunc(t.drafts, func(d drafting.Draft) bool { return d.ID == hash })
	if i < 0 || edition > t.text.Edition {
		return none(errs.Missing("draft"))
	}
	d := Decision{Document: of, Edition: edition, Draft: hash, Rule: t.drafts[i].Rule, By: actor.ID, At: s.now()}
	return t.drafts[i], d, nil
}

func alreadyDecided() error {
	return errs.New(errs.Conflict, "decided", "Somebody has decided on this draft already.")
}

// Accept keeps a draft as a question of the bank, in the state draft. q is what
// the trainer made of it, nil for the draft as it is. Forbidden, NotFound,
// Conflict where somebody has decided on it, and Invalid where it cannot be kept.
func (s *Service) Accept(ctx context.Context, actor identity.Actor, id DraftID, q *question.Question, tags []string) (bank.Added, error) {
	draft, decision, err := s.find(ctx, actor, id)
	if err != nil {
		return bank.Added{}, err
	}
	decision.Outcome = Accepted
	wanted := draft.Question
	if q != nil {
		wanted = *q
		if len(wanted.Anchors) == 0 {
			wanted.Anchors = draft.Question.Anchors
		}
		if wording(wanted) != wording(draft.Question) {
			decision.Outcome = Edited
		}
	}
	note := fmt.Sprintf("Drafted by the rule %s, %s.", draft.Rule, decision.Outcome)
	added, err := s.Bank.Add(ctx, actor, []bank.NewQuestion{{Question: wanted, Tags: tags, Note: note}})
	if err != nil {
		return bank.Added{}, err
	}
	if added[0].Err != nil {
		return bank.Added{}, added[0].Err
	}
	if !added[0].Known { // else it is not there by this decision
		decision.Question = added[0].ID
	}
	said := map[string]any{"rule": draft.Rule, "outcome": decision.Outcome, "question": added[0].ID}
	return added[0], s.Decisions.Decide(ctx, decision, []audit.Entry{s.entry(actor, ActionDraftTaken, string(id), said)})
}

// wording names what a question says, whatever a trainer must add to a draft:
// outcomes, citations, pool, level and title.
func wording(q question.Question) string {
	q.Outcomes, q.Citations, q.References, q.Corrections, q.Anchors = nil, nil, nil, nil, nil
	q.Pool, q.Bloom, q.Difficulty, q.Critical, q.Title, q.AsOf = "", "", 0, false, "", ""
	return bank.Print(q)
}

// Reject leaves a draft: it is not shown again for this edition. Forbidden,
// NotFound, Conflict where somebody has decided on it.
func (s *Service) Reject(ctx context.Context, actor identity.Actor, id DraftID, reason string) error {
	draft, decision, err := s.find(ctx, actor, id)
	if err != nil {
		return err
	}
	if decision.Outcome, decision.Reason = Rejected, strings.TrimSpace(reason); !fits(decision.Reason, MaxNote) {
		return errs.InvalidField("reason", "Say it in at most %d characters.", MaxNote)
	}
	said := map[string]any{"rule": draft.Rule}
	return s.Decisions.Decide(ctx, decision, []audit.Entry{s.entry(actor, ActionDraftLeft, string(id), said)})
}

// Reopen takes the decision on a draft back: the draft is proposed again, and the
// question that it became goes. Forbidden, NotFound, Conflict with code edition
// where there is a newer edition, and used where somebody has worked on that
// question since.
func (s *Service) Reopen(ctx context.Context, actor identity.Actor, id DraftID) error {
	draft, decision, err := s.proposed(ctx, actor, id)
	if err != nil {
		return err
	}
	entries := []audit.Entry{s.entry(actor, ActionDraftBack, string(id), map[string]any{"rule": draft.Rule})}
	return s.Decisions.Reopen(ctx, decision, entries, func(there []bank.Entry) (bank.Change, error) {
		return bank.Remove(there, actor.ID, decision.At)
	})
}

// RuleCounts says how trainers took the drafts of each rule, in the order of the
// rules. Proposals for texts of the curriculum are not counted. Forbidden.
func (s *Service) RuleCounts(ctx context.Context, actor identity.Actor) ([]RuleCount, error) {
	if err := admit(actor); err != nil {
		return nil, err
	}
	kept, err := s.Decisions.RuleCounts(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]RuleCount, len(drafting.Rules))
	for i, rule := range drafting.Rules {
		list[i].Rule = rule
		if at := slices.IndexFunc(kept, func(c RuleCount) bool { return c.Rule == rule }); at >= 0 {
			list[i] = kept[at]
		}
		list[i].Proposed = cmp.Or(list[i].Proposed, list[i].Accepted+list[i].Edited+list[i].Rejected)
	}
	return list, nil
}
