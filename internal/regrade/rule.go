package regrade

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// Request is what a trainer asks for.
type Request struct {
	Question question.ID
	Version  question.Version
	Action   assessment.RulingAction
	Key      *question.Question // rekey: the same question with another key
	Reason   string
}

// candidate checks a request.
func (s *Service) candidate(ctx context.Context, actor identity.Actor, in Request) (assessment.Candidate, error) {
	none := assessment.Candidate{}
	reason := strings.TrimSpace(in.Reason)
	if n := utf8.RuneCountInString(reason); n < 3 || n > 1000 {
		return none, errs.InvalidField("reason", "Say why, in 3 to 1,000 characters.")
	}
	stored, err := s.Bank.QuestionVersions(ctx, []question.Version{in.Version})
	if err != nil {
		return none, err
	}
	drawn := stored[in.Version]
	if drawn.ID != in.Question {
		return none, errs.Missing("question")
	}
	if drawn.Kind.Marked() && in.Action == assessment.Rekey {
		return none, errs.InvalidField("action", "An essay has no key. Mark its answers again, or take the question out of the score.")
	}
	if err := s.secondPerson(ctx, actor, drawn, in.Version); err != nil {
		return none, err
	}
	c := assessment.Candidate{Ruling: assessment.Ruling{
		ID: assessment.RulingID(s.NewID()), Question: in.Question, Version: in.Version, Action: in.Action, Reason: reason, By: actor.ID, At: s.Now().UTC(),
	}}
	if (in.Action == assessment.Rekey) != (in.Key != nil) {
		return none, errs.InvalidField("key", "Give the question with its right key to rekey it, and only then.")
	}
	if in.Key == nil {
		return c, nil
	}
	c.Key = ofKind(*in.Key)
	c.Key.ID, c.Key.Pictures = in.Question, drawn.Pictures
	question.Identify(&c.Key)
	if problem := mismatch(drawn, c.Key); problem != "" {
		return none, errs.InvalidField("key", "%s", problem)
	}
	_, c.Replacement, err = question.Encode(c.Key)
	return c, err
}

// secondPerson refuses who wrote a question of the exam pool: whoever could mend
// their own key could make it what they like, and nobody would have read it.
func (s *Service) secondPerson(ctx context.Context, actor identity.Actor, drawn question.Question, version question.Version) error {
	now, _ := s.Catalogue.Question(drawn.ID)
	if drawn.Pool != question.Exam && now.Pool != question.Exam {
		return nil
	}
	h, err := s.Bank.BankHistory(ctx, drawn.ID)
	if err != nil {
		return err
	}
	drew := slices.IndexFunc(h.Versions, func(v bank.Version) bool { return v.Version == version })
	wrote := func(v bank.Version) bool { return v.Author == actor.ID }
	if drew >= 0 && slices.ContainsFunc(h.Versions[drew:], wrote) {
		return errs.New(errs.Conflict, "second_person", "You wrote this question of the exam pool, or a version before it. Its key is mended by another trainer or an administrator: tell one of them what is wrong with it.")
	}
	return nil
}

// ofKind leaves out the parts of a document that its kind does not have.
func ofKind(q question.Question) question.Question {
	has := func(kinds ...question.Kind) bool { return slices.Contains(kinds, q.Kind) }
	if !has(question.Single, question.Multiple, question.Judgement, question.TrueFalse) {
		q.Options = nil
	}
	q.Options = slices.Clone(q.Options)
	for i := range q.Options {
		o := &q.Options[i]
		if has(question.Judgement) {
			o.Correct = false
		} else {
			o.Grade = 0
		}
		if o.Correct || o.Grade == 3 {
			o.Misconception = ""
		}
	}
	q.Rubric, q.MaxWords, q.Model = nil, 0, "" // an essay is not rekeyed
	if !has(question.TrueFalse) {
		q.Truth, q.Wrong, q.RightFeedback = nil, nil, ""
	}
	if !has(question.Match) {
		q.Pairs, q.Extra = nil, nil
	}
	if !has(question.Order) {
		q.Sequence = nil
	}
	if !has(question.Numeric) {
		q.Answer = nil
	}
	if !has(question.Cloze) {
		q.Blanks = nil
	}
	if !has(question.Numeric, question.Order) {
		q.Mistakes = nil
	}
	return q
}

// mismatch says why a document cannot take the place of a version that people
// have answered, "" where it can: it must ask the same and offer the same.
func mismatch(drawn, key question.Question) string {
	if key.Kind != drawn.Kind || key.Stem != drawn.Stem {
		return "The kind and the wording of the question must stay: people have answered them. Write a new version instead."
	}
	known := map[string]bool{}
	for _, problem := range question.Validate(drawn) {
		known[fmt.Sprint(problem)] = true
	}
	for _, problem := range question.Validate(key) {
		if !problem.Advice && !known[fmt.Sprint(problem)] {
			return fmt.Sprintf("The question is not in order: %s %s.", problem.Field, problem.Message)
		}
	}
	a, aErr := json.Marshal(offered(drawn))
	b, bErr := json.Marshal(offered(key))
	if aErr != nil || bErr != nil || !bytes.Equal(a, b) {
		return "The options must stay as they were: people have chosen among them. Only the key and what is said of it may change."
	}
	return ""
}

// offered is what a response can refer to, in no order.
func offered(q question.Question) [][]question.OptionID {
	var options, left, right, items []question.OptionID
	for _, o := range q.Options {
		options = append(options, o.ID)
	}
	for _, p := range q.Pairs {
		left, right = append(left, p.LeftID), append(right, p.RightID)
	}
	for _, e := range q.Extra {
		right = append(right, e.ID)
	}
	for _, i := range q.Sequence {
		items = append(items, i.ID)
	}
	all := [][]question.OptionID{options, left, right, items}
	for i := range all {
		slices.Sort(all[i])
		all[i] = slices.Compact(all[i])
	}
	return append(all, make([]question.OptionID, len(q.Blanks))) // as many blanks
}

// Rule makes a ruling: from now on the version is scored by it, and a job grades
// those anew who had it.
func (s *Service) Rule(ctx context.Context, actor identity.Actor, in Request) (Regrade, error) {
	if err := admit(actor); err != nil {
		return Regrade{}, err
	}
	c, err := s.candidate(ctx, actor, in)
	if err != nil {
		return Regrade{}, err
	}
	if c.Action == assessment.Rekey {
		if err := s.Bank.PublishQuestions(ctx, []question.Question{c.Key}); err != nil {
			return Regrade{}, err
		}
	}
	ended, _, err := s.Store.CountDrew(ctx, in.Version)
	if err != nil {
		return Regrade{}, err
	}
	r := Regrade{Ruling: c.Ruling, State: Running, Total: ended}
	detail, err := json.Marshal(map[string]any{"ruling": r.ID, "version": r.Version, "action": r.Action, "attempts": ended})
	if err != nil {
		return Regrade{}, err
	}
	entry := audit.Entry{At: r.At, Actor: string(actor.ID), Action: ActionRule, Object: string(r.Question), Detail: string(detail)}
	return r, s.Store.Rule(ctx, r, entry)
}

// Regrades lists the newest rulings, before one where it is not "".
func (s *Service) Regrades(ctx context.Context, actor identity.Actor, before assessment.RulingID, limit int) ([]Regrade, error) {
	if err := admit(actor); err != nil {
		return nil, err
	}
	return s.Store.Regrades(ctx, before, limit)
}

// Regrade gives one with its progress. NotFound.
func (s *Service) Regrade(ctx context.Context, actor identity.Actor, id assessment.RulingID) (Regrade, error) {
	if err := admit(actor); err != nil {
		return Regrade{}, err
	}
	return s.Store.Regrade(ctx, id)
}
