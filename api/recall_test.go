package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/identity"
)

// sit answers all questions of an attempt rightly and submits it.
func (w *world) sit(token string, a Attempt) {
	w.Helper()
	var events []Event
	for i, q := range a.Questions {
		events = append(events, w.rightAnswer(i+1, int64(i+1), q.ID))
	}
	n := len(events)
	submit := Event{ID: uuidOf(n + 1), Seq: int64(n + 1), Kind: "submit", ClientAt: clientAt, ElapsedMS: 60_000}
	w.send(token, a.ID, deviceA, append(events, submit)...).want(http.StatusOK)
}

// TestRecallComesWhenMemoryFades: nothing before a lesson was practised, nothing
// right after it, a review days later, and then nothing for longer.
func TestRecallComesWhenMemoryFades(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	user := w.register("amina", identity.Trainee)
	token := w.token(user)
	const address = base + "/me/review"
	recall := func() Recall {
		w.Helper()
		return decode[Recall](w.call(http.MethodGet, address, token, nil).want(http.StatusOK))
	}
	if diff := cmp.Diff(Recall{Due: []RecallDue{}}, recall()); diff != "" {
		t.Errorf("before anything was learnt (-want +got):\n%s", diff)
	}
	w.call(http.MethodPost, address, token, nil).wantCode(http.StatusConflict, "nothing_due")
	w.call(http.MethodPost, base+"/quizzes/review/attempts", token, nil).wantCode(http.StatusNotFound, "not_found")

	w.sit(token, w.start(token, "ground.basics.practice"))
	first := recall()
	if next, err := time.Parse(time.RFC3339, first.NextDue); err != nil || len(first.Due) != 0 || first.Cards != 0 || next.Sub(w.clock()).Round(time.Hour) != 55*time.Hour {
		t.Errorf("after practice: %+v, want nothing before 2.3 days", first)
	}
	refused := w.call(http.MethodPost, address, token, nil).wantCode(http.StatusConflict, "nothing_due")
	if p := decode[Problem](refused); !strings.Contains(p.Detail, "16 January 2027") {
		t.Errorf("the refusal says %q, want the day of the next review", p.Detail)
	}

	w.later(5 * 24 * time.Hour)
	token = w.token(user)
	want := Recall{Due: []RecallDue{{Outcome: "ground.basics.o1", Text: "Name the basics.", Module: "ground"}}, Cards: 8, Minutes: 5}
	if diff := cmp.Diff(want, recall()); diff != "" {
		t.Errorf("after five days (-want +got):\n%s", diff)
	}
	a := decode[Attempt](w.call(http.MethodPost, address, token, nil).want(http.StatusCreated))
	if len(a.Questions) != 8 || a.Quiz.ID != "review" || a.Quiz.Purpose != "review" || a.Quiz.PassMark != 0 || a.Deadline != "" || len(a.Feedback) != 0 {
		t.Errorf("a review = %+v", a)
	}
	again := decode[Attempt](w.call(http.MethodPost, address, token, nil).want(http.StatusOK))
	if diff := cmp.Diff(a, again); diff != "" {
		t.Errorf("a second start is not the open review (-first +second):\n%s", diff)
	}
	w.sit(token, a)
	result := decode[Result](w.call(http.MethodGet, base+"/attempts/"+a.ID+"/result", token, nil).want(http.StatusOK))
	if !result.Released || *result.Score != 1 || len(result.Questions) != 8 || result.Questions[0].Feedback == nil {
		t.Errorf("the result = %+v, want all keys released", result)
	}
	after := recall()
	if next, err := time.Parse(time.RFC3339, after.NextDue); err != nil || len(after.Due) != 0 || next.Sub(w.clock()) < 10*24*time.Hour {
		t.Errorf("after the review: %+v, want nothing for ten days", after)
	}
}
