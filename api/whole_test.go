package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/internal/identity"
	"muster/internal/question"
)

// TestWholeReplies writes out every reply on the way of an attempt: from the
// paper to the result, first kept back and then released.
func TestWholeReplies(t *testing.T) {
	t.Parallel()
	for _, quiz := range []string{"ground.pair", "ground.pair.released"} {
		t.Run(quiz, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			user := w.register("amina", identity.Trainee)
			token := w.token(user)
			started := w.start(token, quiz)
			say := w.story(started, strings.HasSuffix(quiz, "released"))
			at := base + "/attempts/" + started.ID

			w.later(time.Minute)
			wantJSON(w.call(http.MethodGet, at, token, nil).want(http.StatusOK), say(`{"id":$id,"quiz":$quiz,"status":"open","number":1,
				"started_at":"2027-01-14T09:30:00Z","deadline":"2027-01-14T10:30:00Z","server_now":"2027-01-14T09:31:00Z",
				"questions":[$single,$cloze],"answers":{},"flags":[],"feedback":{},"receipt":{"head":$started,"events":1,"devices":1}}`))

			right, wrong := w.rightAnswer(1, 1, "ground.basics.x1"), w.rightAnswer(2, 2, "ground.basics.x7")
			wrong.Response = json.RawMessage(`{"blanks":["no","nor"]}`)
			right = chain(origin, started.ID, deviceA, right)
			wrong = chain(right.Hash, started.ID, deviceA, wrong)
			ack := w.send(token, started.ID, deviceA, right, wrong).want(http.StatusOK)
			wantJSON(ack, say(`{"acknowledged":["00000000-0000-4000-8000-000000000001","00000000-0000-4000-8000-000000000002"],
				"state":{"status":"open","deadline":"2027-01-14T10:30:00Z","server_now":"2027-01-14T09:31:00Z","answered":2},
				"receipt":{"head":"`+decode[EventAck](ack).Receipt.Head+`","events":3,"devices":2}}`))

			submit := Event{ID: uuidOf(3), Seq: 3, Kind: "submit", ClientAt: clientAt, ElapsedMS: 60_000}
			done := w.send(token, started.ID, deviceA, chain(wrong.Hash, started.ID, deviceA, submit)).want(http.StatusOK)
			head := decode[EventAck](done).Receipt.Head
			wantJSON(done, say(`{"acknowledged":["00000000-0000-4000-8000-000000000003"],
				"state":{"status":"submitted","deadline":"2027-01-14T10:30:00Z","server_now":"2027-01-14T09:31:00Z","answered":2},
				"receipt":{"head":"`+head+`","events":4,"devices":2}}`))
			wantJSON(w.call(http.MethodGet, at+"/result", token, nil).want(http.StatusOK), say(`{"attempt":$id,"quiz":$quiz,"status":"submitted",
				"awaiting":0,"score":0.5,"points":1,"max_points":2,"passed":false,"pass_mark":0.8,"critical_failures":$failures,
				"started_at":"2027-01-14T09:30:00Z","ended_at":"2027-01-14T09:31:00Z","late_sync":0,"released":$released,"detail":$detail,
				"questions":[{"question":$single,"response":$right,"flagged":false$explained1},{"question":$cloze,"response":{"blanks":["no","nor"]},"flagged":false$explained7}],
				"study_next":[{"module":"ground","lesson":"basics","title":"Basics","wrong":1}],
				"receipt":{"head":"`+head+`","events":4,"devices":2},"grade":{"number":1,"reason":"submit"}}`))
		})
	}
}

// story gives what the words of a reply with $ stand for.
func (w *world) story(started Attempt, released bool) func(string) string {
	single, _ := w.catalogue.Question("ground.basics.x1")
	words := []string{
		"$id", fmt.Sprintf("%q", started.ID), "$started", fmt.Sprintf("%q", started.Receipt.Head), "$right", string(question.Key(single)),
		"$quiz", fmt.Sprintf(`{"id":%[1]q,"title":%[1]q,"purpose":"pretest","module":"ground","module_title":"Ground","questions":2,"pass_mark":0.8,"critical":true,
			"time_limit_minutes":60,"attempts":0,"delay_minutes":0,"release":%[2]q,
			"shows":{"score":"submitted","correctness":%[2]q,"feedback":%[2]q,"answers":%[2]q}}`, started.Quiz.ID, map[bool]string{false: "never", true: "submitted"}[released]),
		"$single", fmt.Sprintf(`{"id":"ground.basics.x1","kind":"single","stem_html":"What of single?","options":[%s]}`, w.choices(started, single)),
		"$cloze", `{"id":"ground.basics.x7","kind":"cloze","stem_html":"Say ____ and ____.","blanks":2}`,
		"$released", fmt.Sprint(released), "$detail", map[bool]string{false: `"none"`, true: `"key"`}[released],
	}
	failures, explained := "[]", [2]string{}
	if released {
		failures = `["ground.basics.x7"]`
		explained = [2]string{"," + w.explained(single, 0), ""}
		cloze, _ := w.catalogue.Question("ground.basics.x7")
		explained[1] = "," + w.explained(cloze, 1)
	}
	return strings.NewReplacer(append(words, "$failures", failures, "$explained1", explained[0], "$explained7", explained[1])...).Replace
}

// choices writes the options of a question in the order of the paper, and
// proves that they are all there.
func (w *world) choices(started Attempt, q question.Question) string {
	w.Helper()
	var list []string
	for _, shown := range started.Questions {
		for _, o := range shown.Options {
			for _, known := range q.Options {
				if o.ID == string(known.ID) {
					list = append(list, fmt.Sprintf(`{"id":%q,"html":%q}`, known.ID, known.Text))
				}
			}
		}
	}
	if len(list) != len(q.Options) {
		w.Errorf("%d of %d options are on the paper", len(list), len(q.Options))
	}
	return strings.Join(list, ",")
}

// explained writes the feedback of a question: of the single answered rightly,
// of the cloze answered wrongly.
func (w *world) explained(q question.Question, wrong int) string {
	var parts []string
	for i, o := range q.Options {
		parts = append(parts, fmt.Sprintf(`{"id":%q,"chosen":%v,"right":%v,"feedback_html":%q}`, o.ID, i == 0, o.Correct, o.Feedback))
	}
	for i, b := range q.Blanks {
		parts = append(parts, fmt.Sprintf(`{"id":"%d","chosen":true,"right":false,"feedback_html":%q,"misconception":%q}`, i, b.Feedback, b.Misconception))
	}
	keyLines, err := json.Marshal(question.KeyLines(q))
	w.must(err)
	return fmt.Sprintf(`"feedback":{"detail":"key","fraction":%d,"correct":%v,"critical":true,"critical_failure":%v,"parts":[%s],"key":%s,"key_html":%s,"explanation_html":%q,
		"citations":[{"key":"handbook#one","source_title":"Handbook","heading":"One","reliability":"high","ai_disclosed":false,"digest_html":"About.","corrections":["E-1"]}],
		"references":[],"corrections":[{"id":"E-1","severity":"A","claim":"It is flat.","correction":"It is round.","authorities":[],"confidence":"high",
		"checked":"public","as_of":"2026-01-01","review_by":"2028-01-01"}],"review":"unreviewed"}`,
		1-wrong, wrong == 0, wrong == 1, strings.Join(parts, ","), question.Key(q), keyLines, q.Explanation)
}

// TestTogether: however often and however much at once somebody starts and
// submits, it is one attempt with one grade, and each event is in it once.
func TestTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("amina", identity.Trainee)
	const times = 24
	var together sync.WaitGroup
	starts, acks := make([]answer, times), make([]answer, times)
	for i := range times {
		together.Go(func() { starts[i] = w.call(http.MethodPost, base+"/quizzes/ground.check/attempts", token, nil) })
	}
	together.Wait()
	id, created := decode[Attempt](starts[0]).ID, 0
	for _, started := range starts {
		if started.status == http.StatusCreated {
			created++
		}
		if got := decode[Attempt](started).ID; got != id {
			t.Errorf("one start gives the attempt %s, another %s", id, got)
		}
	}
	batch := []Event{w.rightAnswer(1, 1, "ground.basics.x1"), w.rightAnswer(2, 2, "ground.basics.x2"), submitOf(3, 3)}
	for i := range times {
		together.Go(func() { acks[i] = w.send(token, id, deviceA, batch[:1+i%3]...) })
	}
	together.Wait()
	for _, ack := range acks {
		ack.want(http.StatusOK)
	}
	r := decode[Result](w.call(http.MethodGet, base+"/attempts/"+id+"/result", token, nil).want(http.StatusOK))
	if created != 1 || r.Receipt.Events != 4 || r.Grade.Number != 1 || *r.Points != 2 {
		t.Errorf("%d starts made %d attempts; the result is %+v, want one attempt, 4 events, one grade, 2 points", times, created, r)
	}
}

// TestSameIDElsewhere: an id that another attempt has is no hindrance, and no
// way to look into it.
func TestSameIDElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	amina, boris := w.person("amina", identity.Trainee), w.person("boris", identity.Trainee)
	hers, his := w.start(amina, "ground.check").ID, w.start(boris, "ground.check").ID
	event := w.rightAnswer(1, 1, "ground.basics.x1")
	w.send(amina, hers, deviceA, event).want(http.StatusOK)
	other := event
	other.Question, other.Response = "ground.basics.x6", json.RawMessage(`{"value":3}`)
	w.send(boris, his, deviceA, other).want(http.StatusOK)
	for token, attempt := range map[string]string{amina: hers, boris: his} {
		if got := decode[Attempt](w.call(http.MethodGet, base+"/attempts/"+attempt, token, nil).want(http.StatusOK)); len(got.Answers) != 1 || got.Receipt.Events != 2 {
			t.Errorf("with one id in two attempts, one holds %v", got.Answers)
		}
	}
	w.send(boris, hers, deviceA, event).wantCode(http.StatusNotFound, "not_found")
}
