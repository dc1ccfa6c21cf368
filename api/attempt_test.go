package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/identity"
	"muster/internal/question"
)

const (
	deviceA  = "aaaaaaaa-0000-4000-8000-000000000001"
	deviceB  = "bbbbbbbb-0000-4000-8000-000000000002"
	clientAt = "2027-01-14T09:31:00.000Z"
	origin   = "0000000000000000000000000000000000000000000000000000000000000000"
)

func uuidOf(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

// start starts an attempt.
func (w *world) start(token, quiz string) Attempt {
	w.Helper()
	return decode[Attempt](w.call(http.MethodPost, base+"/quizzes/"+quiz+"/attempts", token, nil).want(http.StatusCreated))
}

// send appends events of a device.
func (w *world) send(token, attempt, device string, events ...Event) answer {
	w.Helper()
	return w.call(http.MethodPost, base+"/attempts/"+attempt+"/events", token, EventBatch{Device: device, Events: events})
}

// rightAnswer is an answer event with the key of a question.
func (w *world) rightAnswer(n int, seq int64, id string) Event {
	q, ok := w.catalogue.Question(question.ID(id))
	if !ok {
		w.Fatalf("there is no question %q", id)
	}
	return Event{ID: uuidOf(n), Seq: seq, Kind: "answer", Question: id, Response: question.Key(q), ClientAt: clientAt, ElapsedMS: 1000 * seq}
}

// chain gives an event its hashes, computed here from the words of the contract.
func chain(prev, attempt, device string, e Event) Event {
	e.PrevHash = prev
	text := strings.Join([]string{
		prev, e.ID, attempt, device, fmt.Sprint(e.Seq), e.Kind, e.Question, e.ClientAt, fmt.Sprint(e.ElapsedMS), string(e.Response),
	}, "\n")
	sum := sha256.Sum256([]byte(text))
	e.Hash = hex.EncodeToString(sum[:])
	return e
}

// TestWayOfAnAnswer is one attempt from its start to its result.
func TestWayOfAnAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("amina", identity.Trainee)
	a := w.start(token, "ground.check")
	if len(a.Questions) != 8 || a.Status != "open" || a.Number != 1 || a.Deadline != "2027-01-14T10:30:00Z" || a.Receipt.Events != 1 {
		t.Fatalf("a new attempt = %+v", a)
	}
	again := w.call(http.MethodPost, base+"/quizzes/ground.check/attempts", token, nil).want(http.StatusOK)
	if diff := cmp.Diff(a, decode[Attempt](again)); diff != "" {
		t.Errorf("a second start is not the open attempt (-first +second):\n%s", diff)
	}
	w.call(http.MethodGet, base+"/attempts/"+a.ID+"/result", token, nil).wantCode(http.StatusConflict, "attempt_open")

	w.later(time.Minute)
	first, second := w.rightAnswer(1, 1, "ground.basics.x1"), w.rightAnswer(2, 2, "ground.basics.x7")
	flag := Event{ID: uuidOf(3), Seq: 3, Kind: "flag", Question: "ground.basics.x7", Response: json.RawMessage(`{"on":true}`), ClientAt: clientAt, ElapsedMS: 3000}
	ack := w.send(token, a.ID, deviceA, first, second, flag).want(http.StatusOK)
	want := fmt.Sprintf(`{"acknowledged":[%q,%q,%q],"state":{"status":"open","deadline":"2027-01-14T10:30:00Z","server_now":"2027-01-14T09:31:00Z","answered":2},"receipt":`,
		first.ID, second.ID, flag.ID)
	if !strings.HasPrefix(string(ack.raw), want) {
		t.Errorf("the acknowledgement = %s, want it to begin with %s", ack.raw, want)
	}
	sameAck(t, ack, w.send(token, a.ID, deviceA, first, second, flag).want(http.StatusOK))
	sitting := decode[Attempt](w.call(http.MethodGet, base+"/attempts/"+a.ID, token, nil).want(http.StatusOK))
	wantAnswers := map[string]json.RawMessage{first.Question: first.Response, second.Question: second.Response}
	if diff := cmp.Diff(wantAnswers, sitting.Answers); diff != "" || len(sitting.Flags) != 1 || sitting.Flags[0] != flag.Question {
		t.Errorf("the answers that are kept (-sent +kept):\n%s flags %v", diff, sitting.Flags)
	}
}

func sameAck(t *testing.T, first, second answer) {
	t.Helper()
	if diff := cmp.Diff(decode[EventAck](first), decode[EventAck](second)); diff != "" {
		t.Errorf("the same events again are acknowledged otherwise (-first +second):\n%s", diff)
	}
}

// TestConflicts: what contradicts the log is refused and changes nothing.
func TestConflicts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("amina", identity.Trainee)
	a := w.start(token, "ground.check")
	first := w.rightAnswer(1, 1, "ground.basics.x1")
	w.send(token, a.ID, deviceA, first).want(http.StatusOK)
	before := w.dump()

	changed := first
	changed.ElapsedMS++
	w.send(token, a.ID, deviceA, changed).wantCode(http.StatusConflict, "event_conflict")
	w.send(token, a.ID, deviceB, first).wantCode(http.StatusConflict, "event_conflict")
	for _, seq := range []int64{1, 3, 99} {
		gap := w.send(token, a.ID, deviceA, w.rightAnswer(5, seq, "ground.basics.x2")).wantCode(http.StatusConflict, "sequence_gap")
		if p := decode[Problem](gap); p.Expected != 2 {
			t.Errorf("a gap says expected_seq %d, want 2", p.Expected)
		}
	}
	w.send(token, a.ID, deviceA, w.rightAnswer(6, 2, "ground.basics.x2"), w.rightAnswer(7, 4, "ground.basics.x3")).wantCode(http.StatusConflict, "sequence_gap")
	w.send(token, a.ID, deviceA, w.rightAnswer(8, 2, "ground.basics.p1")).wantCode(http.StatusUnprocessableEntity, "invalid")
	if diff := cmp.Diff(before, w.dump()); diff != "" {
		t.Errorf("refused events changed the database:\n%s", diff)
	}
}

// TestChain: the chain that a client keeps is checked against the bytes that
// it sent.
func TestChain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("amina", identity.Trainee)
	a := w.start(token, "ground.check")
	first := chain(origin, a.ID, deviceA, w.rightAnswer(1, 1, "ground.basics.x1"))
	second := w.rightAnswer(2, 2, "ground.basics.x7")
	second.Response = json.RawMessage(`{"blanks":["è","\u00e9"]}`)
	second = chain(first.Hash, a.ID, deviceA, second)

	wrong := first
	wrong.Hash = origin
	w.send(token, a.ID, deviceA, wrong).wantCode(http.StatusConflict, "chain_broken")
	w.send(token, a.ID, deviceA, chain(second.Hash, a.ID, deviceA, first)).wantCode(http.StatusConflict, "chain_broken")
	w.send(token, a.ID, deviceA, chain(origin, a.ID, deviceB, first)).wantCode(http.StatusConflict, "chain_broken")

	ack := decode[EventAck](w.send(token, a.ID, deviceA, first).want(http.StatusOK))
	w.send(token, a.ID, deviceA, chain(origin, a.ID, deviceA, second)).wantCode(http.StatusConflict, "chain_broken")
	if got := decode[EventAck](w.send(token, a.ID, deviceA, second).want(http.StatusOK)); got.Receipt.Head == ack.Receipt.Head || got.Receipt.Events != 3 || got.Receipt.Devices != 2 {
		t.Errorf("the receipt = %+v after %+v, want another head, three events of two devices", got.Receipt, ack.Receipt)
	}

	third := w.rightAnswer(3, 3, "ground.basics.x7")
	third.Response = json.RawMessage(`{ "blanks" : ["<é>" , "&"] }`) // an encoder would write it otherwise
	third = chain(second.Hash, a.ID, deviceA, third)
	body := fmt.Sprintf(`{"device":%q,"events":[{"id":%q,"seq":3,"kind":"answer","question":%q,"response":%s,"client_at":%q,"elapsed_ms":%d,"prev_hash":%q,"hash":%q}]}`,
		deviceA, third.ID, third.Question, third.Response, third.ClientAt, third.ElapsedMS, third.PrevHash, third.Hash)
	w.call(http.MethodPost, base+"/attempts/"+a.ID+"/events", token, body).want(http.StatusOK)
	w.call(http.MethodPost, base+"/attempts/"+a.ID+"/events", token, body).want(http.StatusOK)
	w.call(http.MethodPost, base+"/attempts/"+a.ID+"/events", token, strings.Replace(body, " : ", ": ", 1)).wantCode(http.StatusConflict, "event_conflict")
}

// TestSubmit: one grade, the same result however often, and what comes after
// is kept and not scored.
func TestSubmit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("amina", identity.Trainee)
	a := w.start(token, "ground.check")
	var events []Event
	for i, q := range a.Questions[:7] {
		events = append(events, w.rightAnswer(i+1, int64(i+1), q.ID))
	}
	submit := Event{ID: uuidOf(50), Seq: 8, Kind: "submit", ClientAt: clientAt, ElapsedMS: 60_000}
	ack := decode[EventAck](w.send(token, a.ID, deviceA, append(events, submit)...).want(http.StatusOK))
	if ack.State.Status != "submitted" || ack.State.Answered != 7 {
		t.Fatalf("after the submit the state = %+v", ack.State)
	}
	result := w.call(http.MethodGet, base+"/attempts/"+a.ID+"/result", token, nil).want(http.StatusOK)
	r := decode[Result](result)
	if *r.Points != 7 || r.MaxPoints != 8 || *r.Passed || len(r.CriticalFailures) != 1 || !r.Released || r.Grade.Number != 1 {
		t.Errorf("the result = %s, want 7 of 8 and failed for the critical question that is open", result.raw)
	}
	w.send(token, a.ID, deviceA, append(events, submit)...).want(http.StatusOK)
	second := submit
	second.ID, second.Seq = uuidOf(51), 9
	w.send(token, a.ID, deviceA, second).want(http.StatusOK)
	late := decode[EventAck](w.send(token, a.ID, deviceA, w.rightAnswer(52, 10, a.Questions[7].ID)).want(http.StatusOK))
	if late.State.Status != "submitted" || late.State.Answered != 7 || len(late.Acknowledged) != 1 || late.Receipt.Events != 11 {
		t.Errorf("an answer after the submit is acknowledged with %+v, want it kept and not counted", late)
	}
	after := decode[Result](w.call(http.MethodGet, base+"/attempts/"+a.ID+"/result", token, nil).want(http.StatusOK))
	after.Receipt = r.Receipt
	if diff := cmp.Diff(r, after); diff != "" {
		t.Errorf("the result changed after the submit (-before +after):\n%s", diff)
	}
	if next := w.start(token, "ground.check"); next.ID == a.ID || next.Number != 2 {
		t.Errorf("a start after the submit = attempt %d %s, want a new one", next.Number, next.ID)
	}
}

// TestDeadline: the server's clock decides, and the device's monotonic clock
// is the evidence for what arrives late.
func TestDeadline(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	user := w.register("amina", identity.Trainee)
	token := w.token(user)
	a := w.start(token, "ground.check")
	w.send(token, a.ID, deviceA, w.rightAnswer(1, 1, a.Questions[0].ID)).want(http.StatusOK)
	w.later(62 * time.Minute)
	token = w.token(user)
	result := base + "/attempts/" + a.ID + "/result"
	if seen := decode[Attempt](w.call(http.MethodGet, base+"/attempts/"+a.ID, token, nil).want(http.StatusOK)); seen.Status != "expired" {
		t.Errorf("after the deadline the attempt is %s, want expired", seen.Status)
	}
	inTime, tooLate := w.rightAnswer(2, 2, a.Questions[1].ID), w.rightAnswer(3, 3, a.Questions[2].ID)
	tooLate.ElapsedMS, tooLate.ClientAt = 3_600_001, "2017-01-14T09:31:00.000Z"
	w.send(token, a.ID, deviceA, inTime, tooLate).want(http.StatusOK)
	if r := decode[Result](w.call(http.MethodGet, result, token, nil).want(http.StatusOK)); *r.Points != 2 || r.LateSync != 1 || r.Grade.Number != 2 {
		t.Errorf("after a late synchronisation the result = %+v, want 2 points, one of them late", r)
	}
	w.send(token, a.ID, deviceB, w.rightAnswer(4, 1, a.Questions[3].ID)).want(http.StatusOK)
	if r := decode[Result](w.call(http.MethodGet, result, token, nil).want(http.StatusOK)); *r.Points != 2 || r.Grade.Number != 2 {
		t.Errorf("after an answer that came when the keys were shown the result = %+v, want it unchanged", r)
	}
}
