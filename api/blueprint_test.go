package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/internal/audit"
	"muster/internal/blueprint"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

const (
	oneBlueprint   = "bank.draft-00001"
	readyBlueprint = "bank.ready-00001"
	openBlueprint  = "bank.open-00001"
)

// design keeps three quizzes of somebody's: one to save, one to publish, one to
// close; and an exception in the cohort.
func (w *world) design(by identity.User) {
	w.Helper()
	kept := w.server.Blueprints.Store
	for slug, state := range map[curriculum.QuizSlug]blueprint.State{oneBlueprint: blueprint.Draft, readyBlueprint: blueprint.Draft, openBlueprint: blueprint.Published} {
		quiz := quizOf(designed())
		quiz.Slug, quiz.Module = slug, ""
		e := blueprint.Entry{Quiz: quiz, State: state, Revision: 1, Author: by.ID, ChangedBy: by.ID, ChangedAt: w.clock()}
		if state == blueprint.Published {
			w.must(w.server.Blueprints.Versions.PublishQuizzes(w.Context(), []curriculum.Quiz{quiz}))
			e.Offered, _ = curriculum.QuizVersion(quiz)
		}
		w.must(kept.SaveBlueprint(w.Context(), e, audit.Entry{At: w.clock(), Actor: string(by.ID), Action: "test.design"}))
	}
	attempts := 3
	w.must(w.server.Cohorts.Override(w.Context(), identity.Actor{ID: by.ID, Role: by.Role}, cohort.Override{Cohort: oneCohort, Quiz: "ground.check", Reason: "They were in the field.", Policy: curriculum.Override{Attempts: &attempts}}))
}

// designed is a quiz of three of the eight exam questions.
func designed() BlueprintText {
	return BlueprintText{
		Title: "Ground test", Purpose: "exam", PassMark: 0.5, TimeLimitMinutes: 30, Attempts: 1,
		Shows: ResultPoints{Score: "submitted", Correctness: "never", Feedback: "never", Answers: "never"},
		Rules: []BlueprintRule{{Draw: 3, Pool: "exam", Module: "ground"}},
	}
}

// fullBlueprint is a quiz with every field there is.
func fullBlueprint() BlueprintText {
	t := designed()
	t.Module, t.OpensAt, t.ClosesAt, t.DelayMinutes = "ground", "2027-01-01T00:00:00Z", "2027-03-01T00:00:00Z", 5
	t.Rules = []BlueprintRule{{
		Draw: 1, Pool: "exam", Module: "ground", Lesson: "basics", Outcome: "ground.basics.o1", Difficulty: 1, Tag: "new", Kind: "single", Questions: []string{"ground.basics.x1"},
	}}
	return t
}

// blueprintSample gives a body for an operation on quizzes that changes nothing
// that others need.
func blueprintSample(id string) any {
	attempts := 2
	switch id {
	case "createBlueprint", "previewBlueprint":
		return designed()
	case "saveBlueprint":
		return BlueprintChange{Base: 99, Quiz: designed()}
	case "publishBlueprint", "closeBlueprint":
		return BlueprintBase{Base: 99}
	case "samplePaper":
		return SampleRequest{Quiz: designed(), Seed: 7}
	case "setOverride":
		return OverrideRequest{Quiz: "ground.check", Attempts: &attempts, Reason: "They were in the field."}
	}
	return nil
}

// blueprintGood is a body that an operation accepts, with every field there is.
func blueprintGood(id string) any {
	n := 2
	switch id {
	case "createBlueprint", "previewBlueprint":
		return fullBlueprint()
	case "saveBlueprint":
		return BlueprintChange{Base: 1, Quiz: fullBlueprint()}
	case "publishBlueprint", "closeBlueprint":
		return BlueprintBase{Base: 1}
	case "samplePaper":
		return SampleRequest{Quiz: fullBlueprint(), Seed: 7}
	case "setOverride":
		return OverrideRequest{
			Quiz: "ground.check", User: oneMember, OpensAt: "2027-01-01T00:00:00Z", ClosesAt: "2027-03-01T00:00:00Z", TimeLimitMinutes: &n, Attempts: &n, Reason: "They were in the field.",
		}
	}
	return nil
}

// made keeps and publishes a quiz of a trainer's.
func (w *world) made(token string, text BlueprintText) Blueprint {
	w.Helper()
	draft := decode[Blueprint](w.call(http.MethodPost, base+"/blueprints", token, text).want(http.StatusCreated))
	return w.published(token, draft)
}

func (w *world) published(token string, b Blueprint) Blueprint {
	w.Helper()
	return decode[Blueprint](w.call(http.MethodPost, base+"/blueprints/"+b.ID+"/publish", token, BlueprintBase{Base: b.Revision}).want(http.StatusOK))
}

// offered gives a trainee's state of a quiz, and whether they are offered it.
func (w *world) offered(token, quiz string) (QuizState, bool) {
	w.Helper()
	for _, q := range decode[QuizList](w.call(http.MethodGet, base+"/quizzes", token, nil).want(http.StatusOK)).Items {
		if q.ID == quiz {
			return q, true
		}
	}
	return QuizState{}, false
}

// TestWayOfATrainersQuiz: it is designed, previewed, published, taken without its
// keys, and closed; who took it still finds it, nobody else does.
func TestWayOfATrainersQuiz(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	trainer, amina, badru := w.person("tessa", identity.Trainer), w.person("amina", identity.Trainee), w.person("badru", identity.Trainee)
	preview := decode[PaperForecast](w.call(http.MethodPost, base+"/blueprint-previews", trainer, designed()).want(http.StatusOK))
	if preview.Forecast.Questions != 3 || len(preview.Rules) != 1 || preview.Rules[0] != (RuleTally{Eligible: 8, Free: 8, Drawn: 3}) || preview.Outcomes[0].Text == "" {
		t.Errorf("the preview is %+v", preview)
	}
	sample := w.call(http.MethodPost, base+"/blueprint-papers", trainer, SampleRequest{Quiz: designed(), Seed: 1}).want(http.StatusOK)
	w.wantNoLeak("a sample", w.secrets(), sample)
	if n := len(decode[SamplePaper](sample).Questions); n != 3 {
		t.Errorf("a sample has %d questions, want 3", n)
	}

	draft := decode[Blueprint](w.call(http.MethodPost, base+"/blueprints", trainer, designed()).want(http.StatusCreated))
	if _, ok := w.offered(amina, draft.ID); ok || draft.State != "draft" || !draft.Ahead {
		t.Errorf("a draft is %+v, offered %v", draft.BlueprintCard, ok)
	}
	b := w.published(trainer, draft)
	state, ok := w.offered(amina, b.ID)
	if !ok || !state.CanStart || state.Questions != 3 || state.TimeLimitMinutes != 30 || b.State != "published" || b.Ahead {
		t.Errorf("published, it is %+v, offered as %+v", b.BlueprintCard, state)
	}
	started := w.call(http.MethodPost, base+"/quizzes/"+b.ID+"/attempts", amina, nil).want(http.StatusCreated)
	w.wantNoLeak("start", w.secrets(), started)
	attempt := decode[Attempt](started)
	if len(attempt.Questions) != 3 {
		t.Errorf("the paper has %d questions, want 3", len(attempt.Questions))
	}

	w.call(http.MethodPost, base+"/blueprints/"+b.ID+"/close", trainer, BlueprintBase{Base: draft.Revision}).wantCode(http.StatusConflict, "quiz_changed")
	w.call(http.MethodPost, base+"/blueprints/"+b.ID+"/close", trainer, BlueprintBase{Base: b.Revision}).want(http.StatusOK)
	if state, ok := w.offered(amina, b.ID); !ok || state.OpenAttempt != attempt.ID {
		t.Errorf("closed, who is taking it sees %+v", state)
	}
	if _, ok := w.offered(badru, b.ID); ok {
		t.Error("a closed quiz is offered")
	}
	w.call(http.MethodPost, base+"/quizzes/"+b.ID+"/attempts", badru, nil).wantCode(http.StatusConflict, "not_open")
	w.call(http.MethodPost, base+"/quizzes/"+b.ID+"/attempts", amina, nil).want(http.StatusOK) // the open one
	w.send(amina, attempt.ID, deviceA, submitOf(1, 1)).want(http.StatusOK)
	if r := decode[Result](w.call(http.MethodGet, base+"/attempts/"+attempt.ID+"/result", amina, nil).want(http.StatusOK)); r.Quiz.Title != "Ground test" || *r.Score != 0 {
		t.Errorf("the result is %+v", r)
	}
	if state, _ := w.offered(amina, b.ID); state.CanStart || state.Reason != "not_open" || state.Title != "Ground test" {
		t.Errorf("after it, they see %+v", state)
	}
}

// TestOverrides: who an exception is for gets its window, time limit and
// attempts, and takes the quiz under it; others do not; it can be taken back.
func TestOverrides(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.bravo()
	admin, other := w.person("root", identity.Admin), w.person("other", identity.Trainee)
	member := w.token(identity.User{ID: oneMember})
	text := designed()
	text.OpensAt = "2027-01-10T00:00:00Z"
	text.ClosesAt = "2027-01-12T00:00:00Z" // two days ago
	quiz := w.made(admin, text).ID
	path := base + "/cohorts/" + oneCohort + "/overrides"
	minutes, attempts := 45, 2
	set := OverrideRequest{Quiz: quiz, ClosesAt: "2027-02-01T00:00:00Z", TimeLimitMinutes: &minutes, Attempts: &attempts, Reason: "On leave."}
	w.call(http.MethodPut, path, admin, set).want(http.StatusOK)
	if got, _ := w.offered(other, quiz); got.CanStart || got.ClosesAt != text.ClosesAt || got.TimeLimitMinutes != 30 {
		t.Errorf("another is offered %+v", got)
	}
	w.call(http.MethodPost, base+"/quizzes/"+quiz+"/attempts", other, nil).wantCode(http.StatusConflict, "not_open")
	if got, _ := w.offered(member, quiz); !got.CanStart || got.ClosesAt != set.ClosesAt || got.TimeLimitMinutes != 45 || got.Attempts != 2 || got.OpensAt != text.OpensAt {
		t.Errorf("the member is offered %+v", got)
	}
	own := 90
	set.User, set.TimeLimitMinutes = oneMember, &own // goes before the cohort's
	w.call(http.MethodPut, path, admin, set).want(http.StatusOK)
	a := w.start(member, quiz)
	if want := stamp(w.clock().Add(90 * time.Minute)); a.Deadline != want || a.Quiz.TimeLimitMinutes != 90 || a.Quiz.Attempts != 2 {
		t.Errorf("the attempt ends at %s under %+v, want %s", a.Deadline, a.Quiz, want)
	}
	w.call(http.MethodDelete, path+"/"+quiz+"?user="+oneMember, admin, nil).want(http.StatusOK)
	w.call(http.MethodDelete, path+"/"+quiz+"?user="+oneMember, admin, nil).wantCode(http.StatusNotFound, "not_found")
	left := decode[OverrideList](w.call(http.MethodDelete, path+"/"+quiz, admin, nil).want(http.StatusOK))
	for _, o := range left.Items {
		if o.Quiz == quiz {
			t.Errorf("the exception %+v is still there", o)
		}
	}
	if got := decode[Attempt](w.call(http.MethodGet, base+"/attempts/"+a.ID, member, nil)); got.Quiz.TimeLimitMinutes != 90 {
		t.Errorf("the attempt that was begun is under %+v, want the policy that held then", got.Quiz)
	}
	w.send(member, a.ID, deviceA, submitOf(1, 1)).want(http.StatusOK)
	w.call(http.MethodPost, base+"/quizzes/"+quiz+"/attempts", member, nil).wantCode(http.StatusConflict, "not_open")
}

// TestResultIsShownAsDesigned tries every order of points that a quiz can have,
// at every moment of an attempt: what is shown is what was designed, and nothing
// of a key is seen before its point.
func TestResultIsShownAsDesigned(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	trainer := w.person("tessa", identity.Trainer)
	amina := w.register("amina", identity.Trainee)
	type taken struct {
		shows   curriculum.Showing
		quiz    string
		attempt string
	}
	var all []taken
	points := curriculum.FeedbackPoints
	for _, score := range points[1:] {
		for _, correctness := range points {
			for _, feedback := range points {
				for _, key := range points {
					shows := curriculum.Showing{Score: score, Correctness: correctness, Feedback: feedback, Key: key}
					text := designed()
					text.Module, text.ClosesAt = "ground", "2027-01-20T00:00:00Z"
					text.Shows = ResultPoints{Score: string(score), Correctness: string(correctness), Feedback: string(feedback), Answers: string(key)}
					text.Rules = []BlueprintRule{{Questions: w.three()}}
					if correctness == curriculum.ReleaseImmediate { // which an exam may not have
						text.Purpose = "practice"
					}
					token := w.token(amina)
					if !shows.Ordered() {
						w.call(http.MethodPost, base+"/blueprints", trainer, text).wantCode(http.StatusUnprocessableEntity, "invalid")
						continue
					}
					one := taken{shows: shows, quiz: w.made(trainer, text).ID}
					one.attempt = w.start(token, one.quiz).ID
					all = append(all, one)
				}
			}
		}
	}
	if len(all) < 40 {
		t.Fatalf("only %d orders can be designed: the test proves nothing", len(all))
	}
	reached := map[curriculum.FeedbackPoint]bool{curriculum.ReleaseImmediate: true}
	look := func(moment string) {
		token := w.token(amina)
		for _, one := range all {
			w.wantShown(moment, one.shows, reached, token, one.quiz, one.attempt)
		}
	}
	token := w.token(amina)
	for _, one := range all {
		ack := w.send(token, one.attempt, deviceA, w.wrongThree()...).want(http.StatusOK)
		w.wantDetail("an answer", one.shows, reached, ack)
	}
	look("open")
	for _, one := range all {
		w.send(token, one.attempt, deviceA, submitOf(90, 4)).want(http.StatusOK)
	}
	reached[curriculum.ReleaseSubmitted] = true
	look("submitted")
	w.pass(token, "ground.check")
	reached[curriculum.ReleaseFinished] = true
	look("the check passed")
	w.later(10 * 24 * time.Hour)
	reached[curriculum.ReleaseClosed] = true
	look("closed")
}

// three are an exam question of each of three kinds.
func (w *world) three() []string {
	return []string{string(w.ofKind(question.Single).ID), string(w.ofKind(question.Order).ID), string(w.ofKind(question.Numeric).ID)}
}

// ofKind gives the exam question of a kind.
func (w *world) ofKind(kind question.Kind) question.Question {
	w.Helper()
	all := w.catalogue.Questions()
	return all[slices.IndexFunc(all, func(q question.Question) bool { return q.Pool == question.Exam && q.Kind == kind })]
}

// wrongThree answers them, none rightly.
func (w *world) wrongThree() []Event {
	w.Helper()
	var events []Event
	for _, e := range w.wrongAnswers(0) {
		if slices.Contains(w.three(), e.Question) {
			events = append(events, w.nth(e, len(events)+1, int64(len(events)+1)))
		}
	}
	return events
}

// wantShown reads all that a trainee can read of an attempt.
func (w *world) wantShown(moment string, shows curriculum.Showing, reached map[curriculum.FeedbackPoint]bool, token, quiz, attempt string) {
	w.Helper()
	w.wantDetail(moment, shows, reached, w.call(http.MethodGet, base+"/attempts/"+attempt, token, nil).want(http.StatusOK))
	ended := reached[curriculum.ReleaseSubmitted]
	reply := w.call(http.MethodGet, base+"/attempts/"+attempt+"/result", token, nil)
	scored := ended && reached[shows.Score]
	if state := decode[QuizState](w.call(http.MethodGet, base+"/quizzes/"+quiz, token, nil)); (state.BestScore != nil) != scored || state.Passed {
		w.Errorf("%s, %+v: the quiz says the score is %v", moment, shows, state.BestScore)
	}
	if !ended {
		reply.wantCode(http.StatusConflict, "attempt_open")
		return
	}
	r := decode[Result](reply.want(http.StatusOK))
	if (r.Score != nil) != scored || (r.Points != nil) != scored || (r.Passed != nil) != scored || !scored && len(r.StudyNext) > 0 {
		w.Errorf("%s, %+v: the result says the score is %v", moment, shows, r.Score)
	}
	if r.Released != reached[shows.Key] || (len(r.CriticalFailures) > 0) != reached[shows.Correctness] {
		w.Errorf("%s, %+v: released %v, critical failures %v", moment, shows, r.Released, r.CriticalFailures)
	}
	w.wantDetail(moment, shows, reached, reply)
}

// wantDetail checks that what a reply says of the questions is what has come to
// its point, and no more.
func (w *world) wantDetail(moment string, shows curriculum.Showing, reached map[curriculum.FeedbackPoint]bool, reply answer) {
	w.Helper()
	if !strings.HasSuffix(reply.route, "/result") {
		reached = map[curriculum.FeedbackPoint]bool{curriculum.ReleaseImmediate: true} // what an ended attempt's paper says stays
	}
	single, order := w.ofKind(question.Single), w.ofKind(question.Order)
	given := single.Options[len(single.Options)-1]
	for what, one := range map[string]struct {
		text  string
		point curriculum.FeedbackPoint
	}{
		"which were right":    {`"fraction"`, shows.Correctness},
		"the reason":          {given.Feedback, shows.Feedback},
		"a mistake's reason":  {order.Mistakes[0].Feedback, shows.Key}, // nothing was put in order
		"another's reason":    {single.Options[0].Feedback, shows.Key},
		"the explanation":     {single.Explanation, shows.Key},
		"the key of a number": {"8675309", shows.Key},
		"the key":             {`"key_html"`, shows.Key},
	} {
		want := reached[one.point]
		if got := strings.Contains(string(reply.raw), one.text); got != want {
			w.Errorf("%s, %+v: %s shows %s: %v, want %v", moment, shows, reply.route, what, got, want)
		}
	}
}
