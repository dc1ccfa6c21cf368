package assessment

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"muster/internal/audit"
)

// Origin is the previous hash of the first event of a device.
const Origin = audit.Origin

// Sum is the hash of an event, hex: SHA-256 over the previous hash, id,
// attempt, device, seq, kind, question, client_at and elapsed_ms, each closed by
// a newline, and the response as it was sent. A client computes the same.
func (e Event) Sum() string {
	sum := e.digest(e.PrevHash)
	return hex.EncodeToString(sum[:])
}

// fingerprint is the hash of what a client sent, wherever it stands in a chain.
func (e Event) fingerprint() [32]byte { return e.digest("") }

func (e Event) digest(prevHash string) [32]byte {
	var b bytes.Buffer
	for _, field := range []string{
		prevHash, string(e.ID), string(e.Attempt), string(e.Device), strconv.FormatInt(e.Seq, 10),
		string(e.Kind), string(e.Question), e.ClientAt, strconv.FormatInt(e.ElapsedMS, 10),
	} {
		b.WriteString(field)
		b.WriteByte('\n')
	}
	b.Write(e.Response)
	return sha256.Sum256(b.Bytes())
}

// link gives e its previous hash and its own, after the head of its device.
func (e Event) link(head Chain) Event {
	e.PrevHash = head.Hash
	if head.Seq == 0 {
		e.PrevHash = Origin
	}
	e.Hash = e.Sum()
	return e
}

// Break says where a log was altered, dropped from or reordered.
type Break struct {
	ServerSeq int64 // of the first event that does not fit
	Reason    string
}

// Verify walks a log in the server's order and gives the first break, nil when
// every device's chain holds.
func Verify(events []Event) *Break {
	heads := make(map[DeviceID]Chain)
	for i, e := range events {
		head := heads[e.Device]
		switch {
		case e.ServerSeq != int64(i)+1:
			return &Break{ServerSeq: int64(i) + 1, Reason: "an event is missing or out of order"}
		case e.Seq != head.Seq+1:
			return &Break{ServerSeq: e.ServerSeq, Reason: "an event of this device is missing or out of order"}
		case e.PrevHash != e.link(head).PrevHash:
			return &Break{ServerSeq: e.ServerSeq, Reason: "it does not follow the event before it"}
		case e.Hash != e.Sum():
			return &Break{ServerSeq: e.ServerSeq, Reason: "it was altered"}
		}
		heads[e.Device] = Chain{Seq: e.Seq, Hash: e.Hash}
	}
	return nil
}

// Receipt names what the server holds of an attempt: a trainee who keeps it
// can show later that nothing was changed.
type Receipt struct {
	Head    string // hex: SHA-256 over the heads of all devices, in order of device
	Events  int64
	Devices int
}
