package demo

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"time"

	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/question"
)

// trainee is somebody who trains, at a desk of their own.
type trainee struct {
	*desk
	teller *teller
	fate
	unit     cohort.ID
	actor    identity.Actor
	random   *rand.Rand
	steps    []step          // that are still to come
	missed   map[string]bool // outcomes that were got wrong the last time
	signedIn bool
}

// manner is how somebody answers a paper.
type manner struct {
	wrong, slips float64 // shares of the questions
	guessing     bool    // before learning: nothing is learned from a mistake
	muddled      bool    // gets the same wrong again
	trips        bool    // over the first critical question
	late         bool    // the answers arrive hours later
}

const (
	pretestErrors   = 0.48
	harmfulChoices  = 0.05
	harmAtRoadblock = 0.3
	stuckErrors     = 0.5
	mostTries       = 4 // at a practice or a check
)

// until takes the steps up to so many days ago.
func (t *trainee) until(ctx context.Context, ago float64) error {
	for len(t.steps) > 0 && t.steps[0].ago >= ago {
		next := t.steps[0]
		t.steps = t.steps[1:]
		t.at(t.teller.ago(next.ago))
		if err := t.take(ctx, next); err != nil {
			return err
		}
	}
	return nil
}

func (t *trainee) take(ctx context.Context, s step) (err error) {
	if !t.signedIn {
		t.signedIn = true
		if _, err := t.identity.Begin(ctx, identity.User{ID: t.actor.ID}); err != nil {
			return err
		}
	}
	switch s.deed {
	case learnLesson:
		return t.learn(ctx, s)
	case takePretest:
		_, err = t.attempt(ctx, s.quiz, manner{wrong: pretestErrors, guessing: true})
	case playScenario:
		m := manner{wrong: harmfulChoices}
		if s.quiz == roadblock {
			m.wrong = harmAtRoadblock
		}
		_, err = t.attempt(ctx, s.quiz, m)
	case takeCheck:
		if s.module.Slug == t.stuck {
			_, err = t.attempt(ctx, s.quiz, manner{wrong: stuckErrors, muddled: true})
			return err
		}
		err = t.pass(ctx, s.quiz, manner{wrong: t.lapses, slips: t.slips, late: t.late && s.module.Order == 2})
	case takeExam:
		_, err = t.attempt(ctx, s.quiz, manner{slips: t.slips, trips: t.trips})
	case takeReview:
		err = t.review(ctx)
	}
	return err
}

// learn reads a lesson and practises until it is passed.
func (t *trainee) learn(ctx context.Context, s step) error {
	t.at(t.now.Add(time.Duration(s.lesson.Minutes) * time.Minute))
	read := learning.LessonState{Module: s.module.Slug, Lesson: s.lesson.Slug, Read: true}
	if _, err := t.learning.SaveLesson(ctx, t.actor, read); err != nil {
		return err
	}
	return t.pass(ctx, s.quiz, manner{wrong: t.errors})
}

// pass tries a quiz until it is passed, with care from the second time.
func (t *trainee) pass(ctx context.Context, quiz curriculum.QuizSlug, m manner) error {
	for range mostTries {
		passed, err := t.attempt(ctx, quiz, m)
		if passed || err != nil {
			return err
		}
		m.wrong, m.late = 0, false
		t.at(t.now.Add(20 * time.Minute))
	}
	return nil
}

func (t *trainee) attempt(ctx context.Context, quiz curriculum.QuizSlug, m manner) (passed bool, err error) {
	id, _, err := t.assessment.Start(ctx, t.actor, quiz)
	if err != nil {
		return false, err
	}
	return t.sit(ctx, id, m)
}

// review does what the spaced review asks, if anything.
func (t *trainee) review(ctx context.Context) error {
	id, _, err := t.learning.StartRecall(ctx, t.actor)
	if errs.CodeOf(err) == "nothing_due" {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = t.sit(ctx, id, manner{slips: t.slips})
	return err
}

// sit answers an attempt's paper, submits it and does what the jobs do after a
// grade.
func (t *trainee) sit(ctx context.Context, id assessment.AttemptID, m manner) (passed bool, err error) {
	a, err := t.assessment.Store.Attempt(ctx, id)
	if err != nil {
		return false, err
	}
	sent := t.answers(a, m)
	t.at(t.now.Add(time.Duration(sent[len(sent)-1].ElapsedMS) * time.Millisecond))
	if m.late {
		t.at(t.now.Add(5 * time.Hour))
	}
	in := assessment.Submission{Device: assessment.DeviceID(t.actor.ID), Events: sent}
	if _, err := t.assessment.Append(ctx, t.actor, id, in); err != nil {
		return false, err
	}
	if err := t.learning.Follow(ctx, id); err != nil {
		return false, err
	}
	if quiz, _ := t.teller.Catalogue.Quiz(a.Quiz); quiz.Purpose == curriculum.PurposeExam { // no other earns a credential here
		if err := t.credential.Follow(ctx, id); err != nil {
			return false, err
		}
	}
	grades, err := t.assessment.Store.Grades(ctx, id)
	if err != nil || len(grades) == 0 {
		return false, err
	}
	return grades[len(grades)-1].Passed, nil
}

// answers makes the events of an attempt: one answer after the other, of a
// scenario along the path, and the submit.
func (t *trainee) answers(a assessment.Attempt, m manner) []assessment.Event {
	var events []assessment.Event
	elapsed := time.Duration(0)
	add := func(kind assessment.EventKind, id question.ID, response json.RawMessage) {
		elapsed += time.Duration(15+t.random.IntN(40)) * time.Second
		events = append(events, assessment.Event{
			ID: assessment.EventID(t.assessment.NewID()), Seq: int64(len(events) + 1), Kind: kind, Question: id, Response: response,
			ClientAt: t.now.Add(elapsed).Format(time.RFC3339Nano), ElapsedMS: elapsed.Milliseconds(),
		})
	}
	missed := make(map[string]bool)
	for at := 0; at >= 0 && at < len(a.Paper); {
		q, _ := t.teller.Catalogue.Question(a.Paper[at].Question)
		response, wrong := t.answer(q, &m)
		add(assessment.EventAnswer, q.ID, response)
		for _, o := range q.Outcomes {
			missed[o] = missed[o] || wrong
		}
		at = following(a, at, question.Next(q, response))
	}
	if !m.guessing {
		for o, wrong := range missed {
			t.missed[o] = wrong
		}
	}
	add(assessment.EventSubmit, "", nil)
	return events
}

// following gives the place on the paper after one: of a scenario that of the
// next decision, -1 where there is none.
func following(a assessment.Attempt, at int, next question.ID) int {
	if next == "" {
		return at + 1
	}
	for i, item := range a.Paper {
		if item.Question == next {
			return i
		}
	}
	return -1
}

// answer answers a question, and says whether wrongly. What somebody got wrong
// the last time they get right, unless they never understand it. Nobody fails
// what is critical but who is to trip over it.
func (t *trainee) answer(q question.Question, m *manner) (response json.RawMessage, wrong bool) {
	chance := t.random.Float64()
	careful := q.Critical && q.Pool == question.Exam && !m.guessing
	again := false
	for _, o := range q.Outcomes {
		again = again || t.missed[o] && !m.guessing && !m.muddled
	}
	switch {
	case t.blind != "" && len(q.Outcomes) > 0 && curriculum.OutcomeID(q.Outcomes[0]) == t.blind:
		return mistake(q), true
	case m.trips && q.Critical:
		m.trips = false
		return mistake(q), true
	case chance < m.wrong && !again && !careful:
		return mistake(q), true
	case chance < m.slips:
		return slip(q), false
	}
	return question.Key(q), false
}
