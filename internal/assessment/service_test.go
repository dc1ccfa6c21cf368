package assessment_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
	"muster/internal/store"
)

const (
	phone  assessment.DeviceID = "11111111-2222-4333-8444-555555555555"
	tablet assessment.DeviceID = "66666666-7777-4888-8999-aaaaaaaaaaaa"
	// canary stands in all that a trainee must not see before the release.
	canary = "CANARY"
)

var (
	began = time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)
	anna  = identity.Actor{ID: "anna", Role: identity.Trainee}
	boris = identity.Actor{ID: "boris", Role: identity.Trainee}
)

// hall is the service on a SQLite file of its own, with a clock that stands
// still until it is moved.
type hall struct {
	*assessment.Service
	store *store.Store
	mu    sync.Mutex
	now   time.Time
	ids   int
}

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{now: began}
	kept, err := store.Open(t.Context(), store.Config{URL: filepath.Join(t.TempDir(), "muster.db"), Now: h.clock})
	must(t, err)
	t.Cleanup(func() { must(t, kept.Close(context.Background())) })
	h.store = kept
	h.Service = &assessment.Service{
		Store: kept, Bank: kept, Exposure: kept, Catalogue: catalogue(), Now: h.clock,
		NewID: func() string { h.ids++; return fmt.Sprintf("01890000-0000-7000-8000-%012d", h.ids) }, NewSeed: func() int64 { return 7 },
	}
	must(t, h.Publish(t.Context()))
	for _, who := range []identity.Actor{anna, boris} {
		u := identity.User{ID: who.ID, Username: string(who.ID), Name: "A. Person", Role: who.Role, Locale: "en", PasswordHash: "-", CreatedAt: began}
		must(t, kept.CreateUser(t.Context(), u, audit.Entry{At: began, Action: identity.ActionCreate, Object: string(who.ID)}))
	}
	return h
}

func (h *hall) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hall) later(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// catalogue has a module with one question of every kind, and quizzes over
// them that differ in their policy.
func catalogue() *curriculum.Catalogue {
	yes, nine := true, 9.0
	secret := question.Mistake{Value: &nine, Text: canary + "t", Misconception: canary, Feedback: canary}
	options := []question.Option{
		{Text: "right", Correct: true, Grade: 3, Misconception: canary, Feedback: canary, Next: canary}, {Text: "wrong", Misconception: canary, Feedback: canary, Next: canary},
	}
	l := curriculum.Lesson{Module: "m", Slug: "l"}
	for _, q := range []question.Question{
		{Kind: question.Single, Options: options, Critical: true}, {Kind: question.Multiple, Options: options}, {Kind: question.Judgement, Options: options},
		{Kind: question.TrueFalse, Truth: &yes, Wrong: &secret, RightFeedback: canary},
		{Kind: question.Match, Pairs: []question.Pair{{Left: "l", Right: "r", Misconception: canary, Feedback: canary}}},
		{Kind: question.Order, Sequence: []question.Choice{{Text: "one"}, {Text: "two"}}, Mistakes: []question.Mistake{secret}},
		{Kind: question.Numeric, Answer: &question.Quantity{Value: 7, Unit: "km"}, Mistakes: []question.Mistake{secret}},
		{Kind: question.Cloze, Blanks: []question.Blank{{Accepted: []string{canary}, Misconception: canary, Feedback: canary, Mistakes: []question.Mistake{secret}}}},
		{Kind: question.Essay, MaxWords: 50, Model: canary, Rubric: []question.Criterion{{Text: canary, Points: 2, Guide: canary}, {Text: canary + "2", Points: 1}}},
	} {
		q.ID, q.Pool, q.Stem = question.ID("m.l."+string(q.Kind)), question.Exam, "What?"
		q.Outcomes, q.Explanation = []string{"m.l.o1"}, canary
		q.Options = append([]question.Option(nil), q.Options...)
		question.Identify(&q)
		l.Questions = append(l.Questions, q)
	}
	quiz := func(slug curriculum.QuizSlug, purpose curriculum.Purpose, release curriculum.FeedbackPoint) curriculum.Quiz {
		return curriculum.Quiz{Slug: slug, Module: "m", Purpose: purpose, PassMark: 0.1, Release: release, Rules: []curriculum.Rule{{Draw: len(l.Questions), Pool: question.Exam}}}
	}
	l.Practice = quiz("m.l.practice", curriculum.PurposePractice, curriculum.ReleaseImmediate)
	timed, window := quiz("m.timed", curriculum.PurposeExam, curriculum.ReleaseNever), quiz("m.window", curriculum.PurposeExam, curriculum.ReleaseClosed)
	timed.TimeLimitMinutes, timed.Attempts = 10, 2
	window.ClosesAt = began.Add(time.Hour).Format(time.RFC3339)
	m := curriculum.Module{Slug: "m", Lessons: []curriculum.Lesson{l}, Quizzes: []curriculum.Quiz{
		quiz("m.check", curriculum.PurposeCheck, curriculum.ReleaseFinished), quiz("m.pretest", curriculum.PurposePretest, curriculum.ReleaseFinished),
		quiz("m.exam", curriculum.PurposeExam, curriculum.ReleaseSubmitted), timed, window,
	}}
	c := &curriculum.Catalogue{Modules: []curriculum.Module{m}}
	return c.Indexed()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, doing string, err error, want string) {
	t.Helper()
	if errs.CodeOf(err) != want || want == "" && err != nil {
		t.Errorf("%s = %v, want code %q", doing, err, want)
	}
}

// start opens an attempt of Anna's.
func (h *hall) start(t testing.TB, quiz curriculum.QuizSlug) assessment.AttemptID {
	t.Helper()
	id, created, err := h.Start(t.Context(), anna, quiz)
	must(t, err)
	if !created {
		t.Fatalf("Start of %s gave an open attempt, want a new one", quiz)
	}
	return id
}

func event(n int, kind assessment.EventKind, id question.ID, response json.RawMessage, elapsed time.Duration) assessment.Event {
	return assessment.Event{
		ID: assessment.EventID(fmt.Sprintf("aaaaaaaa-aaaa-4aaa-8aaa-%012d", n)), Seq: int64(n), Kind: kind, Question: id, Response: response,
		ClientAt: "2027-01-14T09:30:00Z", ElapsedMS: elapsed.Milliseconds(),
	}
}

// single answers the first question with the right option or the wrong one.
func (h *hall) single(n int, text string, elapsed time.Duration) assessment.Event {
	q, _ := h.Catalogue.Question("m.l.single")
	response := ""
	for _, o := range q.Options {
		if o.Text == text {
			response = fmt.Sprintf(`{"choice":%q}`, o.ID)
		}
	}
	return event(n, assessment.EventAnswer, q.ID, json.RawMessage(response), elapsed)
}

func submit(n int) assessment.Event { return event(n, assessment.EventSubmit, "", nil, time.Second) }

func (h *hall) send(ctx context.Context, id assessment.AttemptID, device assessment.DeviceID, events ...assessment.Event) (assessment.Ack, error) {
	return h.Append(ctx, anna, id, assessment.Submission{Device: device, Events: events})
}

func TestStartAgainGivesTheOpenAttempt(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.start(t, "m.timed")
	again, created, err := h.Start(t.Context(), anna, "m.timed")
	if again != id || created || err != nil {
		t.Errorf("Start again = %s, %t, %v, want %s, false, nil", again, created, err, id)
	}
	other, created, err := h.Start(t.Context(), boris, "m.timed")
	if other == id || !created || err != nil {
		t.Errorf("Start of another trainee = %s, %t, %v, want an attempt of their own", other, created, err)
	}
	_, _, err = h.Start(t.Context(), anna, "m.none")
	wantCode(t, "Start of no quiz", err, "not_found")
}

// TestStartOverAnExpiredAttempt: nobody need wait for the job to close it.
func TestStartOverAnExpiredAttempt(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	first := h.start(t, "m.timed")
	h.later(10*time.Minute + assessment.Grace + time.Millisecond)
	second := h.start(t, "m.timed")
	a, err := h.Store.Attempt(t.Context(), first)
	must(t, err)
	if a.Status != assessment.Expired || second == first {
		t.Errorf("the attempt before is %s, want expired", a.Status)
	}
	_, err = h.send(t.Context(), second, phone, submit(1))
	must(t, err)
	_, _, err = h.Start(t.Context(), anna, "m.timed")
	wantCode(t, "Start of a third attempt of two", err, "attempts_used_up")
}

func TestAttemptsOfOthersAreNotFound(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.start(t, "m.check")
	_, err := h.Append(t.Context(), boris, id, assessment.Submission{Device: phone, Events: []assessment.Event{submit(1)}})
	wantCode(t, "Append to another's attempt", err, "not_found")
	_, err = h.Sitting(t.Context(), boris, id)
	wantCode(t, "Sitting of another's attempt", err, "not_found")
	_, err = h.Outcome(t.Context(), boris, id)
	wantCode(t, "Outcome of another's attempt", err, "not_found")
	admin := identity.Actor{ID: "boris", Role: identity.Admin}
	_, err = h.Sitting(t.Context(), admin, id)
	wantCode(t, "Sitting of a trainee's attempt by an admin", err, "not_found")
}

func TestExpire(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.start(t, "m.timed")
	untimed := h.start(t, "m.check")
	_, err := h.send(t.Context(), id, phone, h.single(1, "right", time.Second))
	must(t, err)
	h.later(10*time.Minute + assessment.Grace)
	if n, err := h.ExpireOverdue(t.Context()); n != 0 || err != nil {
		t.Errorf("ExpireOverdue at the end of the grace = %d, %v, want 0", n, err)
	}
	h.later(time.Millisecond)
	for _, want := range []int{1, 0} {
		if n, err := h.ExpireOverdue(t.Context()); n != want || err != nil {
			t.Errorf("ExpireOverdue = %d, %v, want %d", n, err, want)
		}
	}
	must(t, h.Expire(t.Context(), id)) // a second one changes nothing
	must(t, h.Expire(t.Context(), untimed))
	grades, err := h.Store.Grades(t.Context(), id)
	must(t, err)
	if len(grades) != 1 || grades[0].Reason != "expire" || grades[0].Points != 1 || !grades[0].Passed {
		t.Errorf("grades = %+v, want one of a point for what was answered in time", grades)
	}
	a, err := h.Store.Attempt(t.Context(), untimed)
	must(t, err)
	if a.Status != assessment.Open {
		t.Errorf("an attempt without deadline is %s, want open", a.Status)
	}
}

// TestNothingCountsOnceTheKeysWereShown: late answers to an expired attempt count
// until its result was read with the keys, and are kept after that.
func TestNothingCountsOnceTheKeysWereShown(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.start(t, "m.window")
	h.later(time.Hour + assessment.Grace + time.Millisecond)
	late := func(n int, text string, device assessment.DeviceID, want float64) {
		t.Helper()
		answer := h.single(n, text, time.Second)
		answer.Seq = 1
		_, err := h.send(t.Context(), id, device, answer)
		must(t, err)
		grades, err := h.Store.Grades(t.Context(), id)
		must(t, err)
		if got := grades[len(grades)-1].Points; got != want {
			t.Errorf("after answer %d: %v points, want %v", n, got, want)
		}
	}
	late(1, "wrong", phone, 0)
	for range 2 {
		shown, err := h.Outcome(t.Context(), anna, id)
		must(t, err)
		if !shown.Released() || len(shown.Feedback) == 0 {
			t.Fatalf("released %v with %d keys, want the keys", shown.Released(), len(shown.Feedback))
		}
	}
	late(2, "right", tablet, 0)
	events, err := h.Store.Events(t.Context(), id)
	must(t, err)
	var standings []assessment.Standing
	for _, e := range events {
		if e.Kind == assessment.EventAnswer {
			standings = append(standings, e.Standing)
		}
	}
	if want := []assessment.Standing{assessment.LateSync, assessment.AfterRelease}; !slices.Equal(standings, want) {
		t.Errorf("standings = %v, want %v", standings, want)
	}
	verified, err := h.Verify(t.Context(), id)
	must(t, err)
	must(t, verified.Problem())
}

// broken cannot read one attempt.
type broken struct {
	assessment.Store
	id assessment.AttemptID
}

func (b broken) Attempt(ctx context.Context, id assessment.AttemptID) (assessment.Attempt, error) {
	if id == b.id {
		return assessment.Attempt{}, errs.Missing("attempt")
	}
	return b.Store.Attempt(ctx, id)
}

// TestExpireGoesOn: an attempt that cannot be closed, the one that has waited
// longest, is told of and does not keep the others open.
func TestExpireGoesOn(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	bad := h.start(t, "m.timed")
	h.later(time.Second)
	good, _, err := h.Start(t.Context(), boris, "m.timed")
	must(t, err)
	kept := h.Store
	h.Store = broken{kept, bad}
	h.later(time.Hour)
	n, err := h.ExpireOverdue(t.Context())
	if n != 1 || err == nil || !strings.Contains(err.Error(), string(bad)) {
		t.Errorf("ExpireOverdue = %d, %v, want 1 and what is wrong with %s", n, err, bad)
	}
	a, err := kept.Attempt(t.Context(), good)
	must(t, err)
	if a.Status != assessment.Expired {
		t.Errorf("the other attempt is %s, want expired", a.Status)
	}
}

// TestReadingClosesAnOverdueAttempt: the result is there even if no job ran.
func TestReadingClosesAnOverdueAttempt(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.start(t, "m.timed")
	_, err := h.Outcome(t.Context(), anna, id)
	wantCode(t, "Outcome of an open attempt", err, "attempt_open")
	h.later(time.Hour)
	outcome, err := h.Outcome(t.Context(), anna, id)
	must(t, err)
	if outcome.State.Status != assessment.Expired || outcome.Grade.Reason != "expire" || outcome.Grade.Passed {
		t.Errorf("outcome = %s, %+v, want an expired attempt that failed", outcome.State.Status, outcome.Grade)
	}
}

// TestManySendTheSame: two tabs that share an outbox send the same events at
// once. They are there once, and there is one grade.
func TestManySendTheSame(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.start(t, "m.check")
	batch := []assessment.Event{h.single(1, "wrong", 1*time.Second), h.single(2, "right", 2*time.Second), submit(3)}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			ack, err := h.send(context.Background(), id, phone, batch...)
			if err != nil || len(ack.Acknowledged) != len(batch) || ack.Status != assessment.Submitted || ack.Answered != 1 {
				t.Errorf("Append = %+v, %v, want all acknowledged and submitted", ack, err)
			}
		})
	}
	wg.Wait()
	events, err := h.Store.Events(t.Context(), id)
	must(t, err)
	grades, err := h.Store.Grades(t.Context(), id)
	must(t, err)
	if len(events) != 1+len(batch) || len(grades) != 1 || grades[0].Points != 1 {
		t.Errorf("%d events, grades %+v, want %d and one grade of a point", len(events), grades, 1+len(batch))
	}
}

// TestPaperShowsNoKey: nothing of a sitting holds a key, feedback or
// misconception before its release, and the release shows that the test looks
// at the right things.
func TestPaperShowsNoKey(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	hidden := func(name string, v any) {
		t.Helper()
		raw, err := json.Marshal(v)
		must(t, err)
		text := string(raw) + fmt.Sprintf("%+v", v)
		for _, word := range []string{canary, `"correct"`, `"critical":true`, `"truth"`, `"grade"`, `"accepted"`} {
			if strings.Contains(text, word) {
				t.Errorf("%s shows %s:\n%s", name, word, text)
			}
		}
	}
	for _, quiz := range []curriculum.QuizSlug{"m.check", "m.pretest", "m.exam", "m.timed", "m.window"} {
		id := h.start(t, quiz)
		ack, err := h.send(t.Context(), id, phone, h.single(1, "right", time.Second))
		must(t, err)
		sitting, err := h.Sitting(t.Context(), anna, id)
		must(t, err)
		if len(sitting.Views) != len(question.Kinds) {
			t.Errorf("%s has %d questions, want one of each kind", quiz, len(sitting.Views))
		}
		hidden(string(quiz)+" answered", ack)
		hidden(string(quiz)+" views", sitting.Views)
		hidden(string(quiz)+" feedback", sitting.Feedback)
		hidden(string(quiz)+" state", sitting.State)
		hidden(string(quiz)+" quiz", sitting.Quiz)
	}
	id := h.start(t, "m.l.practice")
	ack, err := h.send(t.Context(), id, phone, h.single(1, "wrong", time.Second))
	must(t, err)
	sitting, err := h.Sitting(t.Context(), anna, id)
	must(t, err)
	hidden("practice views", sitting.Views)
	for name, feedback := range map[string]map[question.ID]assessment.Feedback{"acknowledged": ack.Feedback, "read again": sitting.Feedback} {
		if len(feedback) != 1 || feedback["m.l.single"].Question.Explanation != canary || feedback["m.l.single"].Result.Correct {
			t.Errorf("%s: feedback of practice = %+v, want that of the one wrong answer", name, feedback)
		}
	}
}

func TestRelease(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	released := func(id assessment.AttemptID, want bool) {
		t.Helper()
		outcome, err := h.Outcome(t.Context(), anna, id)
		must(t, err)
		shown := 0
		if want {
			shown = len(question.Kinds)
		}
		if outcome.Released() != want || len(outcome.Feedback) != shown {
			t.Errorf("Outcome of %s: released %t with %d keys, want %t with %d", outcome.Quiz.Slug, outcome.Released(), len(outcome.Feedback), want, shown)
		}
	}
	take := func(quiz curriculum.QuizSlug, option string) assessment.AttemptID {
		t.Helper()
		id := h.start(t, quiz)
		_, err := h.send(t.Context(), id, phone, h.single(1, option, time.Second), submit(2))
		must(t, err)
		return id
	}
	released(take("m.exam", "wrong"), true)
	released(take("m.timed", "right"), false)
	window := take("m.window", "right")
	released(window, false)
	pretest := take("m.pretest", "right")
	released(pretest, false)
	released(take("m.check", "wrong"), false)
	released(take("m.check", "right"), true)
	released(pretest, true)
	h.later(time.Hour - time.Millisecond)
	released(window, false)
	h.later(time.Millisecond)
	released(window, true)
}

func TestOffers(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.start(t, "m.timed")
	offer, err := h.Offer(t.Context(), anna, "m.timed")
	must(t, err)
	if diff := cmp.Diff(assessment.Tally{Used: 1, Open: id}, offer.Tally); diff != "" || offer.Refused != nil {
		t.Errorf("offer with an open attempt: %v\n%s", offer.Refused, diff)
	}
	_, err = h.send(t.Context(), id, phone, h.single(1, "right", 1), submit(2))
	must(t, err)
	must(t, h.Expire(t.Context(), h.start(t, "m.timed"))) // not due: stays open
	offer, err = h.Offer(t.Context(), anna, "m.timed")
	must(t, err)
	if offer.Used != 2 || !offer.Passed || *offer.Best != 1.0/9 || offer.Open == "" {
		t.Errorf("offer = %+v, want two attempts, the first passed, the second open", offer.Tally)
	}
	_, err = h.send(t.Context(), offer.Open, phone, submit(1))
	must(t, err)
	offer, err = h.Offer(t.Context(), anna, "m.timed")
	must(t, err)
	wantCode(t, "a third attempt of two", offer.Refused, "attempts_used_up")
	_, err = h.Offer(t.Context(), anna, "m.none")
	wantCode(t, "Offer of no quiz", err, "not_found")
	h.later(time.Hour)
	offers, err := h.Offers(t.Context(), boris)
	must(t, err)
	for _, o := range offers {
		if closed := o.Quiz.Slug == "m.window"; (o.Refused != nil) != closed || o.Used != 0 {
			t.Errorf("offer of %s to somebody else = %v, %d used", o.Quiz.Slug, o.Refused, o.Used)
		}
	}
	if len(offers) != len(h.Catalogue.Quizzes()) {
		t.Errorf("%d offers, want %d", len(offers), len(h.Catalogue.Quizzes()))
	}
}

// TestGradedByTheVersionThatWasDrawn: what changes in the curriculum later
// does not touch an attempt that is under way.
func TestGradedByTheVersionThatWasDrawn(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	id := h.start(t, "m.check")
	answer := h.single(1, "right", time.Second)
	changed := catalogue()
	l := &changed.Modules[0].Lessons[0]
	l.Questions[0].Options[0].Correct, l.Questions[0].Options[1].Correct = false, true
	changed.Modules[0].Quizzes[0].PassMark = 1
	h.Catalogue = changed.Indexed()
	must(t, h.Publish(t.Context()))
	_, err := h.send(t.Context(), id, phone, answer, submit(2))
	must(t, err)
	outcome, err := h.Outcome(t.Context(), anna, id)
	must(t, err)
	if outcome.Grade.Points != 1 || !outcome.Grade.Passed || outcome.Quiz.PassMark != 0.1 {
		t.Errorf("grade = %+v under the pass mark %v, want a pass by the old key and the old mark", outcome.Grade, outcome.Quiz.PassMark)
	}
}
