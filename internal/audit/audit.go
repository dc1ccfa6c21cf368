// Package audit records who did what to what, in a chain that shows any later
// change. An entry is written in the transaction of the deed, so that neither
// exists without the other.
//
// It knows no storage: the store gives each entry its number and its link.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// Action is what was done, as "noun.verb".
type Action string

// System is the actor of what the program does of its own accord.
const System = "system"

// Entry is one deed.
type Entry struct {
	Seq      int64 // from 1, without gaps; given by the store
	At       time.Time
	Actor    string // user id, or System
	Action   Action
	Object   string // id of what it was done to
	Detail   string // short JSON or "", never a secret and never an answer key
	PrevHash string // hex; of entry Seq-1, Origin for the first
	Hash     string // hex, see Seal
}

// Origin is the previous hash of the first entry.
const Origin = "0000000000000000000000000000000000000000000000000000000000000000"

// Seal gives e its place after the entry with prevSeq and prevHash, and its hash:
// SHA-256 over the previous hash and the fields, each closed by a newline.
func Seal(e Entry, prevSeq int64, prevHash string) Entry {
	e.Seq = prevSeq + 1
	e.PrevHash = prevHash
	e.At = e.At.UTC().Truncate(time.Microsecond)
	e.Hash = e.sum()
	return e
}

func (e Entry) sum() string {
	h := sha256.New()
	for _, field := range []string{
		e.PrevHash, strconv.FormatInt(e.Seq, 10), e.At.UTC().Format(time.RFC3339Nano),
		e.Actor, string(e.Action), e.Object, e.Detail,
	} {
		h.Write([]byte(field))
		h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Verify walks entries in order of Seq and gives the number of the first one
// that was altered, dropped or moved, and 0 when the chain holds. prevSeq and
// prevHash are those of the entry before the first.
func Verify(entries []Entry, prevSeq int64, prevHash string) int64 {
	for _, e := range entries {
		if e.Seq != prevSeq+1 || e.PrevHash != prevHash || e.Hash != e.sum() {
			return prevSeq + 1
		}
		prevSeq, prevHash = e.Seq, e.Hash
	}
	return 0
}
