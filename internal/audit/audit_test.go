package audit

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestKnownTrail: the hashes are those of Python's hashlib over the fields,
// each closed by a newline.
func TestKnownTrail(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 3*60*60)
	first := Seal(Entry{
		At: time.Date(2027, 1, 14, 12, 30, 0, 123_456_789, zone), Actor: System, Action: "user.create", Object: "u1", Detail: "trainee",
	}, 0, Origin)
	second := Seal(Entry{
		At: time.Date(2027, 1, 14, 9, 30, 1, 0, time.UTC), Actor: "u1", Action: "attempt.grade", Object: "a1", Detail: `{"score":0.5}`,
	}, first.Seq, first.Hash)
	for i, want := range []string{
		"7fab5402185ef6944b2ba949bb394afddb92b21da5b54c4a76951bdba322d524",
		"c62822a5f29be8b8989955567b69e0f88a53c9d39b21d2e42dbc2f15c0bbd4a5",
	} {
		if got := []Entry{first, second}[i]; got.Hash != want || got.Seq != int64(i+1) {
			t.Errorf("entry %d has number %d and hash %s, want %s", i+1, got.Seq, got.Hash, want)
		}
	}
	if second.PrevHash != first.Hash || first.PrevHash != Origin || len(Origin) != 64 {
		t.Errorf("links are %s and %s, want the origin and the first entry", first.PrevHash, second.PrevHash)
	}
	if got := first.At; got.Location() != time.UTC || got.Nanosecond() != 123_456_000 {
		t.Errorf("time = %v, want UTC to the microsecond, as both databases keep it", got)
	}
}

// drawTrail makes a trail that holds, as it goes on after some entry.
func drawTrail(t *rapid.T, least int) (trail []Entry, prevSeq int64, prevHash string) {
	prevHash = Origin
	if rapid.Bool().Draw(t, "goes on") {
		prevSeq, prevHash = 41, Seal(Entry{Action: "before.this"}, 40, Origin).Hash
	}
	seq, hash := prevSeq, prevHash
	for n := range rapid.IntRange(least, 8).Draw(t, "entries") {
		e := Seal(Entry{
			At: time.Unix(int64(n), 0), Actor: rapid.SampledFrom([]string{System, "u1", "u2"}).Draw(t, "actor"),
			Action: "key.change", Object: fmt.Sprint("q", n), Detail: rapid.StringMatching(`[{}":0-9a-z]{0,9}`).Draw(t, "detail"),
		}, seq, hash)
		trail = append(trail, e)
		seq, hash = e.Seq, e.Hash
	}
	return trail, prevSeq, prevHash
}

func TestVerifyFindsEveryMutation(t *testing.T) {
	t.Parallel()
	mutations := map[string]func(*Entry){
		"seq":       func(e *Entry) { e.Seq++ },
		"at":        func(e *Entry) { e.At = e.At.Add(time.Microsecond) },
		"actor":     func(e *Entry) { e.Actor += "0" },
		"action":    func(e *Entry) { e.Action = "key.read" },
		"object":    func(e *Entry) { e.Object = "q99" },
		"detail":    func(e *Entry) { e.Detail += " " },
		"prev_hash": func(e *Entry) { e.PrevHash = Origin[:63] + "1" },
		"hash":      func(e *Entry) { e.Hash = Origin },
		"sealed anew": func(e *Entry) { // by somebody who knows how: the next entry shows it
			e.Actor = "nobody"
			*e = Seal(*e, e.Seq-1, e.PrevHash)
		},
	}
	for name, mutate := range mutations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				trail, prevSeq, prevHash := drawTrail(t, 2)
				if got := Verify(trail, prevSeq, prevHash); got != 0 {
					t.Fatalf("Verify of a trail that holds = %d, want 0", got)
				}
				i := rapid.IntRange(0, len(trail)-2).Draw(t, "altered")
				want := trail[i].Seq
				mutate(&trail[i])
				if name == "sealed anew" {
					want++
				}
				if got := Verify(trail, prevSeq, prevHash); got != want {
					t.Fatalf("Verify = %d, want %d", got, want)
				}
			})
		})
	}
}

func TestVerifyFindsWhatIsMissingOrMoved(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		trail, prevSeq, prevHash := drawTrail(t, 2)
		i := rapid.IntRange(0, len(trail)-2).Draw(t, "i")
		want := trail[i].Seq
		dropped := slices.Delete(slices.Clone(trail), i, i+1)
		if got := Verify(dropped, prevSeq, prevHash); got != want {
			t.Fatalf("Verify without entry %d = %d", want, got)
		}
		for j := i; j < len(dropped); j++ {
			dropped[j].Seq-- // numbered anew, so that only the links show it
		}
		if got := Verify(dropped, prevSeq, prevHash); got != want {
			t.Fatalf("Verify without entry %d, numbered anew = %d", want, got)
		}
		linked := slices.Delete(slices.Clone(trail), i, i+1)
		linked[i].PrevHash = trail[i].PrevHash // by somebody who knows how, with the numbers left as they were
		linked[i].Hash = linked[i].sum()
		if got := Verify(linked[:i+1], prevSeq, prevHash); got != want {
			t.Fatalf("Verify without entry %d, the next one linked to the one before it = %d", want, got)
		}
		moved := slices.Clone(trail)
		moved[i], moved[i+1] = moved[i+1], moved[i]
		if got := Verify(moved, prevSeq, prevHash); got != want {
			t.Fatalf("Verify with entries %d and %d exchanged = %d", want, want+1, got)
		}
		if got := Verify(trail, prevSeq, Origin[:63]+"1"); got != prevSeq+1 {
			t.Fatalf("Verify after another entry = %d, want %d", got, prevSeq+1)
		}
	})
}

func TestNothingHolds(t *testing.T) {
	t.Parallel()
	if got := Verify(nil, 7, Origin); got != 0 {
		t.Errorf("Verify of no entries = %d, want 0", got)
	}
}
