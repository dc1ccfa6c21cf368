package store

import (
	"muster/internal/assessment"
	"muster/internal/question"
)

// eventRow is an event as it is kept; the response byte for byte.
type eventRow struct {
	AttemptID  string
	ServerSeq  int64
	ID         string
	Device     string
	Seq        int64
	Kind       string
	QuestionID string
	Response   []byte
	ClientAt   string
	ElapsedMS  int64 `gorm:"column:elapsed_ms"`
	PrevHash   string
	Hash       string
	ReceivedAt int64
	Standing   string
}

// TableName names the table.
func (eventRow) TableName() string { return "events" }

// eventColumns and values give the columns in one order.
const eventColumns = "attempt_id, server_seq, id, device, seq, kind, question_id, response, client_at, elapsed_ms, prev_hash, hash, received_at, standing"

func appendValues(args []any, e assessment.Event) []any {
	return append(args, string(e.Attempt), e.ServerSeq, string(e.ID), string(e.Device), e.Seq, string(e.Kind), string(e.Question),
		[]byte(e.Response), e.ClientAt, e.ElapsedMS, e.PrevHash, e.Hash, micros(e.ReceivedAt), string(e.Standing))
}

func rowOfEvent(e assessment.Event) eventRow {
	return eventRow{
		AttemptID: string(e.Attempt), ServerSeq: e.ServerSeq, ID: string(e.ID), Device: string(e.Device), Seq: e.Seq,
		Kind: string(e.Kind), QuestionID: string(e.Question), Response: e.Response, ClientAt: e.ClientAt,
		ElapsedMS: e.ElapsedMS, PrevHash: e.PrevHash, Hash: e.Hash, ReceivedAt: micros(e.ReceivedAt), Standing: string(e.Standing),
	}
}

func (r eventRow) event() assessment.Event {
	return assessment.Event{
		ID: assessment.EventID(r.ID), Attempt: assessment.AttemptID(r.AttemptID), Device: assessment.DeviceID(r.Device), Seq: r.Seq,
		Kind: assessment.EventKind(r.Kind), Question: question.ID(r.QuestionID), Response: r.Response, ClientAt: r.ClientAt,
		ElapsedMS: r.ElapsedMS, PrevHash: r.PrevHash, Hash: r.Hash, ServerSeq: r.ServerSeq, ReceivedAt: instant(r.ReceivedAt),
		Standing: assessment.Standing(r.Standing),
	}
}
