package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/identity"
	"muster/internal/question"
)

// rekeyed is a question with another option as its key.
func (w *world) rekeyed(id string) (RegradeRequest, question.Question) {
	w.Helper()
	q, ok := w.catalogue.Question(question.ID(id))
	if !ok {
		w.Fatalf("there is no question %q", id)
	}
	key := questionText(q)
	moved := false
	for i := range key.Options {
		o := &key.Options[i]
		switch {
		case o.Correct:
			o.Correct, o.Misconception = false, "that this is right"
		case !moved:
			o.Correct, o.Misconception, moved = true, "", true
		}
	}
	return RegradeRequest{
		Question: id, Version: string(w.catalogue.QuestionVersion(q.ID)), Action: "rekey", Key: &key, Reason: "The handbook says otherwise.",
	}, q
}

// settle carries out what was ruled, and what follows from the grades.
func (w *world) settle(id string, attempts ...string) Regrade {
	w.Helper()
	for range 3 {
		w.must(w.server.Regrades.Run(w.Context()))
		w.later(2 * time.Minute)
	}
	for _, attempt := range attempts {
		w.must(w.server.Credentials.Follow(w.Context(), assessment.AttemptID(attempt)))
	}
	return decode[Regrade](w.call(http.MethodGet, base+"/regrades/"+id, w.person("reader-"+w.newID(), identity.Trainer), nil).want(http.StatusOK))
}

// TestAWrongKeyIsMended: a dry run changes nothing; the ruling grades anew,
// revokes what is no longer earned, tells people, is in the audit trail, names
// nobody to the trainer, and can be undone.
func TestAWrongKeyIsMended(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	amina := w.register("canary-amina", identity.Trainee)
	tessa, token := w.register("tessa", identity.Trainer), w.token(amina)
	trainer := w.token(tessa)
	a, exam := w.allRight(token, "ground.check", 800), w.allRight(token, "ground.never", 900)
	w.must(w.server.Credentials.Follow(w.Context(), assessment.AttemptID(exam)))
	w.wantCredentials(amina, "valid")
	result := func() Result {
		return decode[Result](w.call(http.MethodGet, base+"/attempts/"+a+"/result", w.token(amina), nil).want(http.StatusOK))
	}
	if r := result(); !*r.Passed || r.Grade.Number != 1 {
		t.Fatalf("with every key the result is %+v", r)
	}

	in, _ := w.rekeyed("ground.basics.x1") // critical: who gets it wrong fails
	in.DryRun = true
	before := w.dump()
	p := w.call(http.MethodPost, base+"/regrades", trainer, in).want(http.StatusOK)
	preview := decode[Regrade](p)
	if preview.State != "preview" || preview.Attempts != 2 || preview.Changes != (ResultChanges{Changed: 2, Lower: 2, Lost: 2}) || len(preview.Rows) != 2 || !preview.Rows[0].PassedBefore {
		t.Errorf("the preview is %+v", preview)
	}
	if w.dump() != before {
		t.Error("a dry run changed something")
	}
	in.DryRun = false
	ruled := w.call(http.MethodPost, base+"/regrades", trainer, in).want(http.StatusCreated)
	w.call(http.MethodPost, base+"/regrades", trainer, in).wantCode(http.StatusConflict, "regrade_running")
	done := w.settle(decode[Regrade](ruled).ID, a)
	if done.State != "done" || done.Seen != 2 || done.Changes != preview.Changes || done.EndedAt == nil {
		t.Errorf("the regrade ends as %+v", done)
	}
	if r := result(); *r.Passed || r.Grade.Number != 2 || r.Grade.Reason != in.Reason || len(r.CriticalFailures) != 1 {
		t.Errorf("by the right key the result is %+v", r)
	}
	w.wantCredentials(amina, "revoked")
	if got := w.actions("ground.basics.x1"); got != 1 {
		t.Errorf("%d entries of the audit trail are of the ruling, want 1", got)
	}

	trainer = w.token(tessa)
	in.Action, in.Key, in.Reason = "restore", nil, "It was right after all."
	restored := w.settle(decode[Regrade](w.call(http.MethodPost, base+"/regrades", trainer, in).want(http.StatusCreated)).ID, a)
	if r := result(); !*r.Passed || r.Grade.Number != 3 || restored.Changes.Gained != 2 {
		t.Errorf("restored the result is %+v, %+v", r, restored)
	}
	w.wantCredentials(amina, "revoked", "valid")
	list := w.call(http.MethodGet, base+"/regrades?limit=1", w.token(tessa), nil).want(http.StatusOK)
	if l := decode[RegradeList](list); len(l.Items) != 1 || l.Items[0].Action != "restore" || l.NextCursor != l.Items[0].ID {
		t.Errorf("the list is %+v", l)
	}
	for _, raw := range [][]byte{p.raw, ruled.raw, list.raw} {
		if strings.Contains(string(raw), "canary") || strings.Contains(string(raw), string(amina.ID)) || strings.Contains(string(raw), a) {
			t.Errorf("somebody is named: %s", raw)
		}
	}
}

// allRight sits a quiz with every key, and gives the attempt.
func (w *world) allRight(token, quiz string, n int) string {
	w.Helper()
	a := w.start(token, quiz)
	var events []Event
	for k, q := range a.Questions {
		events = append(events, w.rightAnswer(n+k, int64(k+1), q.ID))
	}
	w.send(token, a.ID, deviceB, append(events, submitOf(n+90, int64(len(events)+1)))...).want(http.StatusOK)
	return a.ID
}

// wantCredentials compares the states of what somebody was issued.
func (w *world) wantCredentials(who identity.User, want ...string) {
	w.Helper()
	held, err := w.server.Credentials.Store.Credentials(w.Context(), who.ID)
	w.must(err)
	var got []string
	for _, h := range held {
		got = append(got, string(h.Status(w.clock())))
	}
	if !slices.Equal(got, want) {
		w.Errorf("the credentials are %v, want %v", got, want)
	}
}

// actions counts the audit entries of rulings on a question.
func (w *world) actions(object string) int {
	w.Helper()
	admin := w.person("auditor-"+w.newID(), identity.Admin)
	page := decode[AuditPage](w.call(http.MethodGet, base+"/audit?action=question.rule&object="+object, admin, nil).want(http.StatusOK))
	return len(page.Items)
}

// TestAVoidQuestionLeavesTheScore: its points and what was to be had.
func TestAVoidQuestionLeavesTheScore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, trainer := w.person("amina", identity.Trainee), w.person("tessa", identity.Trainer)
	a := w.start(token, "ground.check")
	w.send(token, a.ID, deviceB, submitOf(890, 1)).want(http.StatusOK) // nothing answered
	in := RegradeRequest{
		Question: "ground.basics.x1", Version: string(w.catalogue.QuestionVersion("ground.basics.x1")), Action: "void", Reason: "It asks two things.",
	}
	w.settle(decode[Regrade](w.call(http.MethodPost, base+"/regrades", trainer, in).want(http.StatusCreated)).ID)
	r := decode[Result](w.call(http.MethodGet, base+"/attempts/"+a.ID+"/result", token, nil).want(http.StatusOK))
	if int(r.MaxPoints) != len(a.Questions)-1 || len(r.CriticalFailures) != len(a.Questions)-1 {
		t.Errorf("without one of %d questions the result is %+v", len(a.Questions), r)
	}
	for _, q := range r.Questions {
		if q.Void != (q.Question.ID == in.Question) {
			t.Errorf("%s is void: %t", q.Question.ID, q.Void)
		}
	}
}

// TestRulingsThatAreRefused: what people have answered must stay what it was.
func TestRulingsThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	trainer := w.person("tessa", identity.Trainer)
	good, _ := w.rekeyed("ground.basics.x1")
	tests := map[string]struct {
		change func(*RegradeRequest)
		status int
	}{
		"no key":              {func(r *RegradeRequest) { r.Key = nil }, http.StatusUnprocessableEntity},
		"a key to void":       {func(r *RegradeRequest) { r.Action = "void" }, http.StatusUnprocessableEntity},
		"another wording":     {func(r *RegradeRequest) { r.Key.Stem += "?" }, http.StatusUnprocessableEntity},
		"another option":      {func(r *RegradeRequest) { r.Key.Options[0].Text = "something else" }, http.StatusUnprocessableEntity},
		"an option less":      {func(r *RegradeRequest) { r.Key.Options = r.Key.Options[1:] }, http.StatusUnprocessableEntity},
		"no right option":     {func(r *RegradeRequest) { r.Key.Options = unmarked(r.Key.Options) }, http.StatusUnprocessableEntity},
		"no reason":           {func(r *RegradeRequest) { r.Reason = "   " }, http.StatusUnprocessableEntity},
		"an unknown version":  {func(r *RegradeRequest) { r.Version = "0123" }, http.StatusNotFound},
		"of another question": {func(r *RegradeRequest) { r.Question = "ground.basics.x2" }, http.StatusNotFound},
	}
	before := w.dump()
	for name, test := range tests {
		in := good
		key := *good.Key
		key.Options = append([]QuestionOption(nil), key.Options...)
		in.Key = &key
		test.change(&in)
		for _, dry := range []bool{true, false} {
			in.DryRun = dry
			if got := w.call(http.MethodPost, base+"/regrades", trainer, in); got.status != test.status {
				t.Errorf("%s, dry run %t = %d %s, want %d", name, dry, got.status, got.raw, test.status)
			}
		}
	}
	if w.dump() != before {
		t.Error("a refused ruling changed something")
	}
	for _, role := range []identity.Role{identity.Trainee, identity.Coordinator} {
		w.call(http.MethodPost, base+"/regrades", w.person(fmt.Sprint("other-", role), role), good).wantCode(http.StatusForbidden, "forbidden")
	}
}

// TestNobodyMendsTheirOwnKey: a key of the exam pool, that is; alone.
func TestNobodyMendsTheirOwnKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	marta, pavel, vera := w.person("marta", identity.Trainer), w.person("pavel", identity.Trainer), w.person("vera", identity.Admin)
	exam, practice := w.newQuestion(marta, "Is it safe?", "exam"), w.newQuestion(marta, "Is it dry?", "practice")
	text := exam.Question
	text.Stem = "Is it quite safe?"
	edited := decode[BankQuestion](w.call(http.MethodPut, base+"/questions/"+exam.ID, pavel, QuestionEdit{Question: text, Tags: []string{}, BaseVersion: exam.Version}).want(http.StatusOK))
	void := func(token, question, version string, dry bool) answer {
		return w.call(http.MethodPost, base+"/regrades", token, RegradeRequest{Question: question, Version: version, Action: "void", Reason: "It asks two things.", DryRun: dry})
	}
	for _, dry := range []bool{true, false} {
		void(marta, exam.ID, exam.Version, dry).wantCode(http.StatusConflict, "second_person")
		void(marta, exam.ID, edited.Version, dry).wantCode(http.StatusConflict, "second_person")
		void(pavel, exam.ID, edited.Version, dry).wantCode(http.StatusConflict, "second_person")
	}
	void(pavel, exam.ID, exam.Version, true).want(http.StatusOK) // that he did not write
	void(vera, exam.ID, edited.Version, false).want(http.StatusCreated)
	void(marta, practice.ID, practice.Version, false).want(http.StatusCreated)
}

// unmarked takes the key out of options.
func unmarked(options []QuestionOption) []QuestionOption {
	for i := range options {
		options[i].Correct, options[i].Misconception = false, "that it is so"
	}
	return options
}
