package api

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/identity"
	"muster/internal/question"
)

// keyFields are names that stand only in the key of a question, or beside one.
var keyFields = []string{
	"correct", "critical", "critical_failure", "fraction", "parts", "key", "key_html", "explanation_html", "feedback_html", "misconception",
	"accepted", "truth", "tolerance", "mistakes", "difficulty", "seed",
}

// secrets lists all canaries of the exam pool, and the key of the numeric
// question.
func (w *world) secrets() []string {
	list := []string{"8675309"}
	for _, q := range w.catalogue.Questions() {
		if q.Pool != question.Exam {
			continue
		}
		doc, err := json.Marshal(q)
		w.must(err)
		for _, piece := range strings.Split(string(doc), `"`) {
			if strings.HasPrefix(piece, canary) {
				list = append(list, piece)
			}
		}
	}
	if len(list) < 60 {
		w.Fatalf("only %d canaries: the handmade curriculum is broken", len(list))
	}
	return list
}

// text is all of a reply that a client can read.
func (a answer) text() string { return fmt.Sprintf("%v %s", a.header, a.raw) }

// leaks gives the canaries and the fields of keys in a reply.
func (a answer) leaks(secrets []string) []string {
	found := []string{}
	for _, secret := range secrets {
		if strings.Contains(a.text(), secret) {
			found = append(found, secret)
		}
	}
	if !strings.Contains(a.route, "/attempts") && !strings.Contains(a.route, "/quizzes") {
		return found
	}
	var body any
	if len(a.raw) > 0 && json.Unmarshal(a.raw, &body) == nil {
		found = append(found, fieldsOf(body)...)
	}
	return found
}

// fieldsOf gives the fields of keys in a reply, and critical failures that are
// named. That a quiz fails by critical questions is its policy and no secret:
// a quiz is told from a question by its purpose.
func fieldsOf(value any) []string {
	var found []string
	switch v := value.(type) {
	case map[string]any:
		_, quiz := v["purpose"]
		for name, inner := range v {
			named, _ := inner.([]any)
			policy := quiz && name == "critical"
			if slices.Contains(keyFields, name) && !policy || name == "critical_failures" && len(named) > 0 {
				found = append(found, name)
			}
			found = append(found, fieldsOf(inner)...)
		}
	case []any:
		for _, inner := range v {
			found = append(found, fieldsOf(inner)...)
		}
	}
	return found
}

// crawl calls every route of the description with every attempt, quiz, module
// and lesson, and all addresses that need no token; only reads where it is told
// so.
func (w *world) crawl(token string, readOnly bool, attempts ...string) []answer {
	w.Helper()
	replies := []answer{}
	paths := []string{"/healthz", "/readyz", "/metrics", base + "/openapi.json", base + "/openapi.yaml", base + "/questions", base + "/quizzes/ground.check/questions"}
	for _, path := range paths {
		replies = append(replies, w.call("GET", path, token, nil))
	}
	for _, op := range w.operations() {
		if op.id == "startAttempt" || readOnly && op.method != http.MethodGet {
			continue // the test starts them itself
		}
		ids := []string{""}
		if strings.Contains(op.path, "{attempt}") {
			ids = attempts
		}
		for _, id := range ids {
			for _, quiz := range w.catalogue.Quizzes() {
				if path := strings.ReplaceAll(op.path, "{quiz}", string(quiz.Slug)); path != op.path || quiz.Slug == "ground.check" {
					got := w.call(op.method, fill(path, id), token, w.probe(op.id))
					if op.policy == reviewer && got.status == http.StatusOK {
						continue // reviewers see keys; who is one is tested by role and route
					}
					replies = append(replies, got)
				}
			}
		}
	}
	return replies
}

// probe is a body that makes an operation say as much as it can: events that
// were refused because they do not fit the questions.
func (w *world) probe(id string) any {
	if id != "appendEvents" {
		return sample(id)
	}
	return EventBatch{Device: deviceB, Events: []Event{{ID: uuidOf(900), Seq: 1, Kind: "answer", Question: "ground.basics.x1", Response: json.RawMessage(`{"blanks":[]}`), ClientAt: clientAt}}}
}

func (w *world) wantNoLeak(state string, secrets []string, replies ...answer) {
	w.Helper()
	for _, reply := range replies {
		if found := reply.leaks(secrets); len(found) > 0 {
			w.Errorf("%s: %s = %d leaks %v", state, reply.route, reply.status, found)
		}
	}
}

// audience is everybody who may look for a key: the trainee whose attempts they
// are, by their tokens anew, and others.
func (w *world) audience(owner identity.User, others []identity.User) (string, []string) {
	w.Helper()
	tokens := []string{""}
	for _, user := range others {
		tokens = append(tokens, w.token(user))
	}
	return w.token(owner), tokens
}

// TestExamKeyCanary: no reply to anybody holds anything of an exam's keys before
// their release, in no state of an attempt; after it, they are all there, for
// the trainee whose attempt it is.
func TestExamKeyCanary(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	secrets := w.secrets()
	amina := w.register("amina", identity.Trainee)
	var others []identity.User
	for _, role := range identity.Roles {
		others = append(others, w.register("a-"+string(role), role))
	}
	token, tokens := w.audience(amina, others)
	search := func(state string, hidden, all []string) {
		w.wantNoLeak(state, secrets, w.crawl(token, false, hidden...)...)
		for _, other := range tokens {
			w.wantNoLeak(state+", somebody else", secrets, w.crawl(other, true, all...)...)
		}
	}
	search("not started", nil, nil)

	var ids []string
	for _, quiz := range []string{"ground.never", "ground.closed", "ground.finished", "ground.check"} {
		started := w.call(http.MethodPost, base+"/quizzes/"+quiz+"/attempts", token, nil).want(http.StatusCreated)
		w.wantNoLeak("start", secrets, started)
		ids = append(ids, decode[Attempt](started).ID)
	}
	search("open", ids, ids)
	for i, id := range ids {
		w.wantNoLeak("an answer", secrets, w.send(token, id, deviceA, w.wrongAnswers(100*i)...).want(http.StatusOK))
	}
	search("answered", ids, ids)
	for i, id := range ids {
		w.wantNoLeak("a submit", secrets, w.send(token, id, deviceA, submitOf(100*i+90, 9)).want(http.StatusOK))
	}
	search("submitted", ids[:3], ids)
	w.wantNoLeak("a later answer", secrets, w.send(token, ids[0], deviceA, w.nth(w.wrongAnswers(500)[0], 501, 10)).want(http.StatusOK))
	w.wantAll(secrets, token, ids[3])

	w.pass(token, "ground.check")
	search("the check passed", ids[:2], ids)
	w.wantAll(secrets, token, ids[2])

	w.later(40 * 24 * time.Hour)
	token, tokens = w.audience(amina, others)
	search("the quizzes closed", ids[:1], ids)
	w.wantAll(secrets, token, ids[1])
}

// pass starts a quiz or takes the open attempt, and answers every question of a quiz with its key.
func (w *world) pass(token, quiz string) {
	w.Helper()
	a := decode[Attempt](w.call(http.MethodPost, base+"/quizzes/"+quiz+"/attempts", token, nil))
	var events []Event
	for i, q := range a.Questions {
		events = append(events, w.rightAnswer(800+i, int64(i+1), q.ID))
	}
	w.send(token, a.ID, deviceB, append(events, submitOf(890, int64(len(events)+1)))...).want(http.StatusOK)
	if r := decode[Result](w.call(http.MethodGet, base+"/attempts/"+a.ID+"/result", token, nil).want(http.StatusOK)); !*r.Passed || *r.Score != 1 {
		w.Fatalf("%s with every key is %+v, want it passed", quiz, r)
	}
}

// wantAll proves that the canaries of what is shown are in a released result:
// else their absence before would say nothing.
func (w *world) wantAll(secrets []string, token, id string) {
	w.Helper()
	reply := w.call("GET", base+"/attempts/"+id+"/result", token, nil).want(http.StatusOK)
	seen := reply.leaks(secrets)
	for _, q := range w.catalogue.Questions() {
		if q.Pool == question.Exam && !slices.Contains(seen, q.Explanation) {
			w.Errorf("the released result lacks the explanation of %s", q.ID)
		}
	}
	for _, field := range []string{"key", "correct", "8675309", "misconception", "critical", "critical_failures"} {
		if !slices.Contains(seen, field) {
			w.Errorf("the released result lacks %s", field)
		}
	}
}

// wrongAnswers answers every exam question, none of them rightly.
func (w *world) wrongAnswers(from int) []Event {
	w.Helper()
	var events []Event
	for _, q := range w.catalogue.Questions() {
		if q.Pool != question.Exam {
			continue
		}
		response := map[question.Kind]any{
			question.Numeric: map[string]any{"value": 0}, question.Cloze: map[string]any{"blanks": []string{"no", "nor"}},
			question.Order: map[string]any{"order": []string{}}, question.Match: map[string]any{"pairs": map[string]string{}},
		}[q.Kind]
		if len(q.Options) > 0 {
			last := q.Options[len(q.Options)-1].ID
			response = map[question.Kind]any{
				question.Multiple: map[string]any{"choices": []any{last}}, question.TrueFalse: map[string]any{"value": false, "reason": last},
				question.Single: map[string]any{"choice": last}, question.Judgement: map[string]any{"choice": last},
			}[q.Kind]
		}
		raw, err := json.Marshal(response)
		w.must(err)
		n := len(events) + 1
		events = append(events, Event{ID: uuidOf(from + n), Seq: int64(n), Kind: "answer", Question: string(q.ID), Response: raw, ClientAt: clientAt, ElapsedMS: 1000})
	}
	return events
}

func (w *world) nth(e Event, n int, seq int64) Event {
	e.ID, e.Seq = uuidOf(n), seq
	return e
}

func submitOf(n int, seq int64) Event {
	return Event{ID: uuidOf(n), Seq: seq, Kind: "submit", ClientAt: clientAt, ElapsedMS: 2000}
}

// TestOrderSaysNothing: over 1,000 seeds, each part of a key stands in each
// place of the reply equally often. A question has no such part where nothing
// is to be chosen, as in a cloze; the items of an order question are left out,
// because they are never offered in the right order, on purpose.
func TestOrderSaysNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const seeds = 1000
	counts := map[string][]int{}
	for seed := range int64(seeds) {
		var sitting assessment.Sitting
		sitting.State = &assessment.State{}
		for _, q := range w.catalogue.Questions() {
			sitting.Views = append(sitting.Views, question.Show(q, seed))
		}
		for _, shown := range w.server.attempt(sitting).Questions {
			q, _ := w.catalogue.Question(question.ID(shown.ID))
			for part, place := range places(q, shown) {
				if counts[part] == nil {
					counts[part] = make([]int, place.of)
				}
				counts[part][place.at]++
			}
		}
	}
	const parts = 2 * (1 + 2 + 1 + 1 + 3) // of single, multiple, judgement, reasons, pairs, in two pools
	if len(counts) != parts {
		t.Fatalf("%d parts of keys were seen, want %d: this test is broken", len(counts), parts)
	}
	for part, places := range counts {
		p := 1 / float64(len(places))
		sigma := math.Sqrt(seeds * p * (1 - p))
		for at, n := range places {
			if math.Abs(float64(n)-seeds*p) > 4*sigma {
				t.Errorf("%s stands in place %d %d times of %d, want %.0f ± %.0f", part, at, n, seeds, seeds*p, 4*sigma)
			}
		}
	}
}

type place struct{ at, of int }

// places says where the parts of a key stand in what is shown: right options,
// and of a match the place of the right text relative to its left one.
func places(q question.Question, shown PaperQuestion) map[string]place {
	found := map[string]place{}
	at := func(list []ChoiceText, id question.OptionID) int {
		return slices.IndexFunc(list, func(c ChoiceText) bool { return c.ID == string(id) })
	}
	for _, o := range q.Options {
		if o.Correct || o.Grade == 3 {
			found[string(q.ID)+" "+o.Text] = place{at(shown.Options, o.ID), len(shown.Options)}
		}
	}
	for _, p := range q.Pairs {
		n := len(shown.Right)
		found[string(q.ID)+" "+p.Left] = place{(at(shown.Right, p.RightID) - at(shown.Left, p.LeftID) + n) % n, n}
	}
	return found
}
