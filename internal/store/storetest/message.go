package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
)

func testMessages(t *testing.T, f *fixture) {
	c := f.cohort(t, "c1")
	f.join(t, "c1", "a", "b")
	send := func(n int, to ...identity.UserID) cohort.Received {
		t.Helper()
		id := cohort.MessageID(fmt.Sprint("m", n))
		m := cohort.Message{ID: id, Cohort: "c1", Sender: trainee, Subject: "Tomorrow", Body: "Bring “王”.\n\nThanks.", About: fmt.Sprint("need", n), SentAt: started.Add(time.Duration(n) * time.Hour)}
		must(t, f.SendMessage(t.Context(), m, to, entry("cohort.message", string(id))))
		return cohort.Received{Message: m, SenderName: "A. Person", CohortName: c.Name}
	}
	want := func(user identity.UserID, limit, unread int, messages ...cohort.Received) {
		t.Helper()
		got, err := f.Inbox(t.Context(), user, limit)
		must(t, err)
		if diff := cmp.Diff(cohort.Inbox{Messages: append([]cohort.Received{}, messages...), Unread: unread}, got); diff != "" {
			t.Errorf("Inbox of %s (-want +got):\n%s", user, diff)
		}
	}
	one, two := send(1, "a", "b"), send(2, "a")
	want("a", 9, 2, two, one)
	want("a", 1, 2, two)
	want("b", 9, 1, one)
	want(trainee, 9, 0)
	f.wantWritten(t, started, cohort.Written{User: "a", About: "need2", At: two.SentAt},
		cohort.Written{User: "a", About: "need1", At: one.SentAt}, cohort.Written{User: "b", About: "need1", At: one.SentAt})
	f.wantWritten(t, two.SentAt, cohort.Written{User: "a", About: "need2", At: two.SentAt})
	at := started.Add(9 * time.Hour)
	must(t, f.MarkMessage(t.Context(), "a", "m1", &at))
	read := one
	read.ReadAt = &at
	want("a", 9, 1, two, read)
	want("b", 9, 1, one)
	must(t, f.MarkMessage(t.Context(), "a", "m1", nil))
	want("a", 9, 2, two, one)
	wantKind(t, "MarkMessage of somebody else's", f.MarkMessage(t.Context(), "b", "m2", &at), errs.NotFound)
	wantKind(t, "MarkMessage of none", f.MarkMessage(t.Context(), "a", "none", &at), errs.NotFound)
	if err := f.SendMessage(t.Context(), cohort.Message{ID: "m3", Cohort: "c1", Sender: trainee, SentAt: at}, []identity.UserID{"a", "nobody"}, entry("cohort.message", "m3")); err == nil {
		t.Error("a message to nobody = nil, want an error")
	}
	want("a", 9, 2, two, one)
}

// wantWritten compares who of c1 was written to since a time.
func (f *fixture) wantWritten(t *testing.T, since time.Time, want ...cohort.Written) {
	t.Helper()
	got, err := f.Written(t.Context(), "c1", since)
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Written since %v (-want +got):\n%s", since, diff)
	}
}
