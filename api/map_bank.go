package api

import (
	"errors"

	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

func (s *Server) bankItem(e bank.Entry) BankItem {
	q := e.Question
	module, lesson := curriculum.PlaceOf(q)
	return BankItem{
		ID: string(q.ID), Title: q.Title, Stem: q.Stem, Kind: string(q.Kind), Pool: string(q.Pool), State: string(e.State),
		Live: e.Live && !e.Stale(), Stale: e.Stale(), Diverged: e.Diverged, Origin: string(e.Origin),
		Critical: q.Critical, Bloom: string(q.Bloom), Difficulty: q.Difficulty, Module: string(module), Lesson: string(lesson),
		Outcomes: plain(q.Outcomes), Tags: plain(e.Tags), Version: string(e.Version), Number: e.Number,
		Author: e.AuthorName, ChangedAt: stamp(e.ChangedAt), UsedIn: len(s.Catalogue.UsedIn(q.ID)),
	}
}

func (s *Server) bankQuestion(actor identity.Actor, e bank.Entry, findings []bank.Finding) BankQuestion {
	out := BankQuestion{
		BankItem: s.bankItem(e), Question: questionText(e.Question), ApprovedVersion: string(e.Approved), Own: e.Author == actor.ID,
		StaleAt: stamp(e.StaleAt), StaleReason: e.StaleReason, Findings: listed(findings, questionFinding), Quizzes: []QuizName{},
	}
	for _, slug := range s.Catalogue.UsedIn(e.ID()) {
		quiz, _ := s.Catalogue.Quiz(slug)
		out.Quizzes = append(out.Quizzes, QuizName{Slug: string(slug), Title: quiz.Title})
	}
	return out
}

func questionFinding(f bank.Finding) QuestionFinding {
	return QuestionFinding{Field: f.Field, Message: f.Message, Severity: string(f.Severity)}
}

func questionHistory(h bank.History) QuestionHistory {
	return QuestionHistory{
		Versions: listed(h.Versions, func(v bank.Version) QuestionVersion {
			return QuestionVersion{Version: string(v.Version), Number: v.Number, Author: v.AuthorName, At: stamp(v.At), Note: v.Note}
		}),
		Moves: listed(h.Moves, func(m bank.Move) QuestionStep {
			return QuestionStep{From: string(m.From), To: string(m.To), Version: string(m.Version), By: m.ByName, At: stamp(m.At), Note: m.Note}
		}),
	}
}

func questionOutcomes(done []bank.Done) QuestionOutcomes {
	out := QuestionOutcomes{Items: []QuestionOutcome{}}
	for _, d := range done {
		item := QuestionOutcome{ID: string(d.ID), OK: d.Err == nil}
		var e *errs.Error
		if errors.As(d.Err, &e) {
			item.Code, item.Detail, item.Fields = e.Code, e.Msg, e.Fields
		}
		if item.OK {
			out.Done++
		} else {
			out.Failed++
		}
		out.Items = append(out.Items, item)
	}
	return out
}

func (f QuestionFilter) filter() bank.Filter {
	out := bank.Filter{
		Search: f.Search, State: bank.State(f.State), Pool: question.Pool(f.Pool), Kind: question.Kind(f.Kind),
		Module: curriculum.ModuleSlug(f.Module), Lesson: curriculum.LessonSlug(f.Lesson), Outcome: curriculum.OutcomeID(f.Outcome),
		Tag: f.Tag, Difficulty: f.Difficulty, Origin: bank.Origin(f.Origin), Document: f.Document,
	}
	if f.Stale != "" {
		stale := f.Stale == "yes"
		out.Stale = &stale
	}
	return out
}

// questionText is a question as authors write it.
func questionText(q question.Question) QuestionText {
	out := QuestionText{
		Title: q.Title, Pool: string(q.Pool), Kind: string(q.Kind), Critical: q.Critical, Bloom: string(q.Bloom), Difficulty: q.Difficulty,
		Outcomes: q.Outcomes, Stem: q.Stem, Truth: q.Truth, RightFeedback: q.RightFeedback,
		Pictures: listed(q.Pictures, pictureText),
		Options: listed(q.Options, func(o question.Option) QuestionOption {
			return QuestionOption{Text: o.Text, Correct: o.Correct, Grade: o.Grade, Misconception: o.Misconception, Feedback: o.Feedback}
		}),
		Pairs: listed(q.Pairs, func(p question.Pair) QuestionPair {
			return QuestionPair{Left: p.Left, Right: p.Right, Misconception: p.Misconception, Feedback: p.Feedback}
		}),
		Extra: listed(q.Extra, textOf), Sequence: listed(q.Sequence, textOf),
		Blanks: listed(q.Blanks, func(b question.Blank) QuestionBlank {
			return QuestionBlank{Accepted: plain(b.Accepted), Misconception: b.Misconception, Feedback: b.Feedback, Mistakes: listed(b.Mistakes, mistakeText)}
		}),
		Rubric:   listed(q.Rubric, func(c question.Criterion) QuestionCriterion { return QuestionCriterion(c) }),
		MaxWords: q.MaxWords, Model: q.Model,
		Mistakes: listed(q.Mistakes, mistakeText), Explanation: q.Explanation,
		Citations: q.Citations, References: q.References, Corrections: q.Corrections, AsOf: q.AsOf,
		Anchors: listed(q.Anchors, func(a question.Anchor) QuestionPassage { return QuestionPassage(a) }),
	}
	if q.Wrong != nil {
		wrong := mistakeText(*q.Wrong)
		out.Wrong = &wrong
	}
	if q.Answer != nil {
		answer := QuestionQuantity(*q.Answer)
		out.Answer = &answer
	}
	return out
}

func textOf(c question.Choice) string { return c.Text }

func mistakeText(m question.Mistake) QuestionMistake { return QuestionMistake(m) }

// question is what an author wrote, without an id.
func (t QuestionText) question() question.Question {
	choice := func(text string) question.Choice { return question.Choice{Text: text} }
	mistake := func(m QuestionMistake) question.Mistake { return question.Mistake(m) }
	q := question.Question{
		Title: t.Title, Pool: question.Pool(t.Pool), Kind: question.Kind(t.Kind), Critical: t.Critical, Bloom: question.Bloom(t.Bloom),
		Difficulty: t.Difficulty, Outcomes: t.Outcomes, Stem: t.Stem, Truth: t.Truth, RightFeedback: t.RightFeedback,
		Pictures: some(t.Pictures, QuestionPicture.picture),
		Options: some(t.Options, func(o QuestionOption) question.Option {
			return question.Option{Text: o.Text, Correct: o.Correct, Grade: o.Grade, Misconception: o.Misconception, Feedback: o.Feedback}
		}),
		Pairs: some(t.Pairs, func(p QuestionPair) question.Pair {
			return question.Pair{Left: p.Left, Right: p.Right, Misconception: p.Misconception, Feedback: p.Feedback}
		}),
		Extra: some(t.Extra, choice), Sequence: some(t.Sequence, choice),
		Blanks: some(t.Blanks, func(b QuestionBlank) question.Blank {
			return question.Blank{Accepted: b.Accepted, Misconception: b.Misconception, Feedback: b.Feedback, Mistakes: some(b.Mistakes, mistake)}
		}),
		Rubric:   some(t.Rubric, func(c QuestionCriterion) question.Criterion { return question.Criterion(c) }),
		MaxWords: t.MaxWords, Model: t.Model,
		Mistakes: some(t.Mistakes, mistake), Explanation: t.Explanation, Review: question.Unreviewed,
		Citations: t.Citations, References: t.References, Corrections: t.Corrections, AsOf: t.AsOf,
		Anchors: some(t.Anchors, QuestionPassage.anchor),
	}
	if t.Wrong != nil {
		wrong := mistake(*t.Wrong)
		q.Wrong = &wrong
	}
	if t.Answer != nil {
		answer := question.Quantity(*t.Answer)
		q.Answer = &answer
	}
	return q
}

// some maps a list, and leaves none as none: a question's document is the same
// whether a list was sent empty or not at all.
func some[A, B any](list []A, f func(A) B) []B {
	if len(list) == 0 {
		return nil
	}
	return listed(list, f)
}

// anchor reads a passage; the hash of a quote that was just selected is ours to make.
func (p QuestionPassage) anchor() question.Anchor {
	if p.Hash == "" {
		p.Hash = question.QuoteHash(p.Quote)
	}
	return question.Anchor(p)
}
