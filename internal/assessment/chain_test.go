package assessment

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/internal/question"
)

// TestKnownChain has the bytes that are hashed written out. The hashes are
// those of Python's hashlib, and the front end's chain.spec.ts has them too.
func TestKnownChain(t *testing.T) {
	t.Parallel()
	const attempt = "8f0d1c1e-0000-4000-8000-000000000001"
	answer := Event{
		ID: "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", Attempt: attempt, Device: phone, Seq: 1, Kind: EventAnswer,
		Question: "legal.three-principles.p1", ClientAt: "2027-01-14T09:30:00.000Z", ElapsedMS: 61234,
		Response: json.RawMessage(`{"blanks":["conseil de sécurité","安理会"]}`),
	}.link(Chain{})
	submit := Event{
		ID: "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", Attempt: attempt, Device: phone, Seq: 2, Kind: EventSubmit,
		ClientAt: "2027-01-14T09:31:00.000Z", ElapsedMS: 121234,
	}.link(Chain{Seq: 1, Hash: answer.Hash})
	const origin = "0000000000000000000000000000000000000000000000000000000000000000"
	tests := map[string]struct{ got, want, bytes string }{
		"answer": {
			answer.Hash, "14170117620b401d601d7550252f030da13afef6bb7412f353ba5d881fa5fe48",
			origin + "\naaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa\n" + attempt + "\n11111111-2222-4333-8444-555555555555\n1\nanswer\n" +
				"legal.three-principles.p1\n2027-01-14T09:30:00.000Z\n61234\n" + `{"blanks":["conseil de sécurité","安理会"]}`,
		},
		"submit": {
			submit.Hash, "0f2a5415c221fc4be760d53e12d31bbed5a5ab383c0c3de7dde3249f7356da32",
			"14170117620b401d601d7550252f030da13afef6bb7412f353ba5d881fa5fe48\nbbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb\n" + attempt +
				"\n11111111-2222-4333-8444-555555555555\n2\nsubmit\n\n2027-01-14T09:31:00.000Z\n121234\n",
		},
	}
	for name, test := range tests {
		sum := sha256.Sum256([]byte(test.bytes))
		if test.got != test.want || hex.EncodeToString(sum[:]) != test.want {
			t.Errorf("hash of the %s = %s, of the bytes %x, want %s", name, test.got, sum, test.want)
		}
	}
}

// drawLog makes the log of an attempt that several devices wrote to.
func drawLog(t *rapid.T, least int) []Event {
	paper := testPaper()
	state := begun(paper, 0)
	log := []Event{serverEvent(state.Attempt, EventStart, 1, Chain{}, began)}
	devices := []DeviceID{phone, tablet, "99999999-7777-4888-8999-aaaaaaaaaaaa"}
	for n := range rapid.IntRange(least, 12).Draw(t, "events") {
		device := rapid.SampledFrom(devices).Draw(t, "device")
		id := rapid.SampledFrom(paper.Items).Draw(t, "question").Question
		elapsed := time.Duration(rapid.IntRange(0, 9999).Draw(t, "elapsed")) * time.Millisecond
		e := event(n, state.Devices[device].Seq+1, EventAnswer, id, paper.response(id, "right"), elapsed)
		change, err := send(state, paper, device, time.Minute, e)
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, change.Events...)
	}
	return log
}

// changes alter one field each of a stored event.
var changes = map[string]func(*Event){
	"id":         func(e *Event) { e.ID += "0" },
	"attempt":    func(e *Event) { e.Attempt = "another" },
	"device":     func(e *Event) { e.Device += "0" },
	"seq":        func(e *Event) { e.Seq++ },
	"seq back":   func(e *Event) { e.Seq-- },
	"kind":       func(e *Event) { e.Kind = EventView },
	"question":   func(e *Event) { e.Question = question.ID("m.l.other") },
	"response":   func(e *Event) { e.Response = append(slices.Clone(e.Response), ' ') },
	"client_at":  func(e *Event) { e.ClientAt = "2027-01-14T09:30:00.001Z" },
	"elapsed_ms": func(e *Event) { e.ElapsedMS++ },
	"prev_hash":  func(e *Event) { e.PrevHash = flip(e.PrevHash) },
	"hash":       func(e *Event) { e.Hash = flip(e.Hash) },
	"server_seq": func(e *Event) { e.ServerSeq++ },
	"shifted":    func(e *Event) { e.ClientAt, e.ElapsedMS = e.ClientAt+"1", e.ElapsedMS+10000 },
}

// flip changes the last digit of a hash.
func flip(hash string) string {
	last := byte('0')
	if hash[len(hash)-1] == last {
		last = '1'
	}
	return hash[:len(hash)-1] + string(last)
}

func TestVerifyFindsEveryMutation(t *testing.T) {
	t.Parallel()
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				log := drawLog(t, 0)
				if broken := Verify(log); broken != nil {
					t.Fatalf("Verify of an honest log = %+v, want nil", broken)
				}
				i := rapid.IntRange(0, len(log)-1).Draw(t, "altered")
				change(&log[i])
				if broken := Verify(log); broken == nil || broken.ServerSeq != int64(i+1) {
					t.Fatalf("Verify after event %d was altered = %+v, want a break there", i+1, broken)
				}
			})
		})
	}
}

// TestVerifyFindsWhatIsMissingOrMoved: the forger numbers the log anew, and links
// it anew too where that is not enough, so that only the chains show it.
func TestVerifyFindsWhatIsMissingOrMoved(t *testing.T) {
	t.Parallel()
	renumber := func(log []Event) {
		for i := range log {
			log[i].ServerSeq = int64(i + 1)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		log := drawLog(t, 1)
		i := rapid.IntRange(0, len(log)-1).Draw(t, "i")
		later := slices.IndexFunc(log[i+1:], func(e Event) bool { return e.Device == log[i].Device })
		if later < 0 {
			return // the last of its device: only the receipt shows it, see below
		}
		later += i + 1
		dropped := slices.Delete(slices.Clone(log), i, i+1)
		renumber(dropped)
		if Verify(dropped) == nil {
			t.Fatalf("event %d was dropped and not missed", i+1)
		}
		dropped[later-1] = dropped[later-1].link(Fold(Attempt{}, dropped[:later-1], 0).Devices[dropped[later-1].Device])
		if Verify(dropped) == nil {
			t.Fatalf("event %d was dropped and the next one linked to the one before it", i+1)
		}
		altered := slices.Clone(log)
		altered[i].ElapsedMS++
		altered[i].Hash = altered[i].Sum()
		if broken := Verify(altered); broken == nil || broken.ServerSeq != int64(later+1) {
			t.Fatalf("event %d was altered and hashed anew: %+v, want a break at the next of its device, %d", i+1, broken, later+1)
		}
		moved := slices.Clone(log)
		moved[i], moved[later] = moved[later], moved[i]
		renumber(moved)
		if Verify(moved) == nil {
			t.Fatalf("events %d and %d were exchanged and not found", i+1, later+1)
		}
	})
}

func TestReceiptShowsACutEnd(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		log := drawLog(t, 1)
		whole, cut := Fold(Attempt{}, log, 0).Receipt(), Fold(Attempt{}, log[:len(log)-1], 0).Receipt()
		if whole.Head == cut.Head || whole.Events != cut.Events+1 {
			t.Fatalf("receipt of the whole log %+v, of the cut one %+v", whole, cut)
		}
	})
}

// TestKnownReceipt: SHA-256 over device and head of each device, in their order.
func TestKnownReceipt(t *testing.T) {
	t.Parallel()
	state := &State{ServerSeq: 7, Devices: map[DeviceID]Chain{"tablet": {Hash: "bb"}, "phone": {Hash: "aa"}}}
	want := Receipt{Head: fmt.Sprintf("%x", sha256.Sum256([]byte("phone\naa\ntablet\nbb\n"))), Events: 7, Devices: 2}
	if got := state.Receipt(); got != want {
		t.Errorf("Receipt = %+v, want %+v", got, want)
	}
}
