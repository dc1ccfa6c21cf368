package api

import (
	"fmt"
	"slices"

	"muster/internal/curriculum"
	"muster/internal/question"
)

// canary marks what only the key of an exam question says. It is one word that
// rendering and folding leave as it is.
const canary = "zqcanary"

// marker makes the canaries of a question, each another one.
type marker struct {
	id  question.ID
	num int
}

func (m *marker) next() string {
	m.num++
	return fmt.Sprintf("%s%s%02d", canary, m.id[len("ground.basics."):], m.num)
}

func (m *marker) mistake() question.Mistake {
	return question.Mistake{Text: m.next(), Misconception: m.next(), Feedback: m.next()}
}

// handmade is a curriculum of one lesson with a question of every kind in each
// pool. Exam questions carry canaries in all that their keys hold.
func handmade() *curriculum.Catalogue {
	lesson := curriculum.Lesson{
		Module: "ground", Slug: "basics", Version: "first", Title: "Basics", Minutes: 5, Relevance: "It keeps you alive.", Review: question.Unreviewed,
		Outcomes: []curriculum.Outcome{{ID: "ground.basics.o1", Text: "Name the basics.", Bloom: "remember"}},
		Glossary: []curriculum.TermID{"mandate"}, Citations: []curriculum.CitationKey{"handbook#one"},
		References: []curriculum.ReferenceID{"charter"}, Corrections: []curriculum.CorrectionID{"E-1"},
		KeyPoints: []string{"Look twice."}, InTheField: []string{"Ask first."},
		Blocks: []curriculum.Block{{Kind: "text", HTML: "<p>Read this.</p>"}, {Kind: "practice", Question: "ground.basics.p1"}},
	}
	for i, kind := range programKinds {
		lesson.Questions = append(lesson.Questions,
			handmadeQuestion(question.ID(fmt.Sprintf("ground.basics.p%d", i+1)), question.Practice, kind),
			handmadeQuestion(question.ID(fmt.Sprintf("ground.basics.x%d", i+1)), question.Exam, kind))
	}
	lesson.Practice = handmadeQuiz("ground.basics.practice", curriculum.PurposePractice, curriculum.ReleaseImmediate, question.Practice)
	lesson.Practice.Lesson = "basics"
	lesson.Scenario = handmadeScenario()
	return (&curriculum.Catalogue{
		Version: "v1",
		Awards: []curriculum.Award{{
			Slug: "grounded", Title: "Grounded", Description: "The holder knows the ground.", Criteria: "Pass the check and the exam.",
			Modules: []curriculum.ModuleSlug{"ground"}, Exam: "ground.never", Critical: true, ValidMonths: 24,
		}},
		Sources:     []curriculum.Source{{Slug: "handbook", Title: "Handbook", Reliability: "high", Sections: []curriculum.Section{{Slug: "one", Heading: "One", Depth: 1, Digest: "About.", Corrections: []curriculum.CorrectionID{"E-1"}}}}},
		Corrections: []curriculum.Correction{{ID: "E-1", Severity: "A", Claim: "It is flat.", Correction: "It is round.", Confidence: "high", Checked: "public", AsOf: "2026-01-01", ReviewBy: "2028-01-01"}},
		References:  []curriculum.Reference{{ID: "charter", Title: "Charter", Year: 1945, Kind: "treaty", Confidence: "high"}},
		Glossary:    []curriculum.Term{{ID: "mandate", Term: "Mandate", Definition: "What was asked."}},
		Modules: []curriculum.Module{{
			Slug: "ground", Title: "Ground", Theme: "mandatory", Order: 1, Summary: "The ground.", Lessons: []curriculum.Lesson{lesson},
			Quizzes: []curriculum.Quiz{
				handmadeQuiz("ground.check", curriculum.PurposeCheck, curriculum.ReleaseSubmitted, question.Exam),
				handmadeQuiz("ground.never", curriculum.PurposeExam, curriculum.ReleaseNever, question.Exam),
				handmadeQuiz("ground.closed", curriculum.PurposeExam, curriculum.ReleaseClosed, question.Exam),
				handmadeQuiz("ground.finished", curriculum.PurposePretest, curriculum.ReleaseFinished, question.Exam),
				handmadePair("ground.pair", curriculum.ReleaseNever),
				handmadePair("ground.pair.released", curriculum.ReleaseSubmitted),
			},
		}},
	}).Indexed()
}

// programKinds are those that the program judges. An essay, which a person does,
// is handed in by handedIn.
var programKinds = slices.DeleteFunc(slices.Clone(question.Kinds), question.Kind.Marked)

// handmadeQuiz draws all questions of a pool. The one that releases its keys
// when it closes does so a month from now.
func handmadeQuiz(slug curriculum.QuizSlug, purpose curriculum.Purpose, release curriculum.FeedbackPoint, pool question.Pool) curriculum.Quiz {
	q := curriculum.Quiz{
		Slug: slug, Module: "ground", Title: string(slug), Purpose: purpose, PassMark: 0.8, Critical: true, TimeLimitMinutes: 60,
		Release: release, Rules: []curriculum.Rule{{Draw: len(programKinds), Pool: pool}},
	}
	if release == curriculum.ReleaseClosed {
		q.ClosesAt = "2027-02-14T09:30:00Z"
	}
	return q
}

// handmadePair is a quiz of two questions, short enough to write its replies out.
func handmadePair(slug curriculum.QuizSlug, release curriculum.FeedbackPoint) curriculum.Quiz {
	q := handmadeQuiz(slug, curriculum.PurposePretest, release, question.Exam)
	q.Rules = []curriculum.Rule{{Questions: []question.ID{"ground.basics.x1", "ground.basics.x7"}}}
	return q
}

// handmadeScenario is a story of one decision. It is there to be explored, so
// nothing in it is secret.
func handmadeScenario() *curriculum.Scenario {
	gate := handmadeQuestion("ground.basics.scenario-gate", question.Decisions, question.Judgement)
	for i := range gate.Options {
		gate.Options[i].Feedback, gate.Options[i].Misconception = "Then this.", "A belief"
		gate.Options[i].Next = "ground.basics.scenario-end"
	}
	gate.Explanation = "So it goes."
	quiz := handmadeQuiz("ground.basics.scenario", curriculum.PurposeScenario, curriculum.ReleaseImmediate, question.Decisions)
	quiz.Lesson, quiz.Rules = "basics", []curriculum.Rule{{Questions: []question.ID{gate.ID}}}
	return &curriculum.Scenario{
		Slug: "gate", Title: "The gate", Minutes: 3, Setting: "You stand at a gate.", Debrief: "So it goes.", Review: question.Unreviewed, Quiz: quiz,
		Nodes: []curriculum.Node{{ID: gate.ID, Text: gate.Stem, Decision: gate}, {ID: "ground.basics.scenario-end", Text: "It is over.", Ending: "good"}},
	}
}

// handmadeQuestion makes a question of a kind with a canary in every text that
// must stay secret until release.
func handmadeQuestion(id question.ID, pool question.Pool, kind question.Kind) question.Question {
	m := &marker{id: id}
	q := question.Question{
		ID: id, Pool: pool, Kind: kind, Critical: true, Bloom: "remember", Difficulty: 1, Outcomes: []string{"ground.basics.o1"},
		Stem: "What of " + string(kind) + "?", Explanation: m.next(), Citations: []string{"handbook#one"}, Review: question.Unreviewed,
	}
	switch kind {
	case question.Single, question.Multiple, question.Judgement, question.TrueFalse:
		q.Options = handmadeOptions(m, kind)
	case question.Match:
		for i := range 3 {
			q.Pairs = append(q.Pairs, question.Pair{Left: fmt.Sprintf("left %d", i), Right: fmt.Sprintf("right %d", i), Misconception: m.next(), Feedback: m.next()})
		}
		q.Extra = []question.Choice{{Text: "right of nothing"}}
	case question.Order:
		q.Sequence = []question.Choice{{Text: "first"}, {Text: "second"}, {Text: "third"}, {Text: "fourth"}}
		q.Mistakes = []question.Mistake{m.mistake()}
	case question.Numeric:
		wrong := m.mistake()
		wrong.Text, wrong.Value = "", new(float64)
		q.Answer, q.Mistakes = &question.Quantity{Value: 8675309, Tolerance: 0.125, Unit: "km"}, []question.Mistake{wrong}
	case question.Cloze:
		q.Stem = "Say ____ and ____."
		for range 2 {
			q.Blanks = append(q.Blanks, question.Blank{Accepted: []string{m.next(), m.next()}, Misconception: m.next(), Feedback: m.next(), Mistakes: []question.Mistake{m.mistake()}})
		}
	}
	if kind == question.TrueFalse {
		truth, wrong := true, m.mistake()
		wrong.Text = ""
		q.Truth, q.Wrong, q.RightFeedback = &truth, &wrong, m.next()
	}
	question.Identify(&q)
	return q
}

func handmadeOptions(m *marker, kind question.Kind) []question.Option {
	var options []question.Option
	for i := range 4 {
		o := question.Option{Text: fmt.Sprintf("choice %d", i), Feedback: m.next(), Misconception: m.next()}
		if kind == question.Judgement {
			o.Grade = 3 - i
		} else {
			o.Correct = i == 0 || i == 1 && kind == question.Multiple
		}
		options = append(options, o)
	}
	return options
}
