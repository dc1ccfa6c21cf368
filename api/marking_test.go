package api

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

const (
	oneEssay   question.ID          = "bank.general.q-essay"
	essayTaken assessment.AttemptID = "01890000-0000-7000-8000-00000000e55a"
)

// oneAnswer names what handedIn hands in.
var oneAnswer = string(assessment.AnswerOf(essayTaken, oneEssay))

// oneText names its text.
var oneText = fmt.Sprintf("%x", sha256.Sum256(essayEvents(said)[0].Response))

const said = "At noon, at the gate."

// writtenEssay is a question of which each text that trainees must not see before
// the release is a canary.
func writtenEssay() question.Question {
	q := question.Question{
		ID: oneEssay, Pool: question.Exam, Kind: question.Essay, Bloom: "apply", Difficulty: 2, Outcomes: []string{"ground.basics.o1"}, MaxWords: 80,
		Stem: "What do you report?", Model: canary + "model", Explanation: canary + "explanation", References: []string{"charter"}, Review: question.Unreviewed,
		Rubric: []question.Criterion{{Text: canary + "when", Points: 2, Guide: canary + "guide"}, {Text: canary + "where", Points: 1}},
	}
	question.Identify(&q)
	return q
}

// sitEssay starts an attempt with the essay for somebody, on a paper of its own.
func (w *world) sitEssay(who identity.UserID, id assessment.AttemptID, quiz curriculum.Quiz) {
	w.Helper()
	q := writtenEssay()
	kept := w.server.Assessment
	w.must(kept.Bank.PublishQuestions(w.Context(), []question.Question{q}))
	w.must(kept.Bank.PublishQuizzes(w.Context(), []curriculum.Quiz{quiz}))
	version, err := curriculum.QuizVersion(quiz)
	w.must(err)
	_, text, err := question.Encode(q)
	w.must(err)
	w.must(kept.Store.Start(w.Context(), who, quiz.Slug, func(before []assessment.Attempt) (assessment.Change, error) {
		return assessment.Change{Start: &assessment.Attempt{
			ID: id, Trainee: who, Quiz: quiz.Slug, QuizVersion: version, Number: len(before) + 1, StartedAt: w.clock(), Status: assessment.Open,
			Paper: []assessment.PaperItem{{Question: q.ID, Version: text}},
		}}, nil
	}))
}

// essayEvents answer the essay and hand it in.
func essayEvents(text string) []assessment.Event {
	response, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		panic(err)
	}
	return []assessment.Event{
		{ID: assessment.EventID(uuidOf(7701)), Seq: 1, Kind: assessment.EventAnswer, Question: oneEssay, Response: response, ClientAt: clientAt},
		{ID: assessment.EventID(uuidOf(7702)), Seq: 2, Kind: assessment.EventSubmit, ClientAt: clientAt},
	}
}

// handedIn is an essay of somebody's that waits for its mark.
func (w *world) handedIn() {
	w.Helper()
	quiz := quizOf(designed())
	quiz.Slug = openBlueprint
	writer := w.register("writer", identity.Trainee)
	w.sitEssay(writer.ID, essayTaken, quiz)
	_, err := w.server.Assessment.Append(w.Context(), identity.Actor{ID: writer.ID, Role: writer.Role}, essayTaken, assessment.Submission{Device: deviceB, Events: essayEvents(said)})
	w.must(err)
}

// markingSample gives a body for a mark that is not kept.
func markingSample(id string) any {
	if id == "markEssay" {
		return EssayMarking{Points: []int{2, 1}, Comment: "Well seen.", Reason: "The second half was overlooked.", Of: strings.Repeat("0", 64), Marks: 99}
	}
	return nil
}

// TestWayOfAnEssay: it waits without a score and without its rubric; who marks it
// sees no name; the mark is graded at once, and told with its comment; marked
// again it is another grade.
func TestWayOfAnEssay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	amina := w.register("canary-amina", identity.Trainee)
	tessa := w.register("tessa", identity.Trainer)
	const attempt = "01890000-0000-7000-8000-00000000e55b"
	quiz := w.quiz("ground.check")
	quiz.Slug, quiz.Release = "bank.essay", curriculum.ReleaseSubmitted
	w.server.Catalogue.PublishQuizzes([]curriculum.Quiz{quiz}, nil)
	w.sitEssay(amina.ID, attempt, quiz)
	secrets := []string{canary + "model", canary + "when", canary + "where", canary + "guide", canary + "explanation"}
	open := w.call(http.MethodGet, base+"/attempts/"+attempt, w.token(amina), nil).want(http.StatusOK)
	w.wantNoLeak("an open attempt", secrets, open)
	if q := decode[Attempt](open).Questions[0]; q.Kind != "essay" || q.MaxWords != 80 {
		t.Errorf("the question is %+v", q)
	}
	response, _ := json.Marshal(map[string]string{"text": "At noon."})
	w.wantNoLeak("the reply to an answer", secrets, w.send(w.token(amina), attempt, deviceA,
		Event{ID: uuidOf(1), Seq: 1, Kind: "answer", Question: string(oneEssay), Response: response, ClientAt: clientAt}, submitOf(2, 2)).want(http.StatusOK))

	result := func() Result {
		return decode[Result](w.call(http.MethodGet, base+"/attempts/"+attempt+"/result", w.token(amina), nil).want(http.StatusOK))
	}
	if r := result(); r.Awaiting != 1 || r.Score != nil || r.Passed != nil || r.Points != nil || !r.Questions[0].Feedback.Awaiting || r.Questions[0].Feedback.Rubric != nil {
		t.Errorf("while it waits the result is %+v", r)
	}
	if state, ok := w.offered(w.token(amina), "bank.essay"); !ok || state.Awaiting != 1 || state.BestScore != nil || state.Passed {
		t.Errorf("while it waits the quiz says %+v", state)
	}

	trainer := w.token(tessa)
	raw := w.call(http.MethodGet, base+"/marking?quiz=bank.essay", trainer, nil).want(http.StatusOK)
	list := decode[EssayList](raw)
	if list.Total != 1 || list.Waiting != 1 || len(list.Items) != 1 || list.Items[0].State != "waiting" || list.Items[0].QuizTitle == "" || list.Quizzes[0].Waiting != 1 {
		t.Fatalf("the queue is %+v", list)
	}
	path := base + "/marking/" + list.Items[0].ID
	opened := w.call(http.MethodGet, path, trainer, nil).want(http.StatusOK)
	essay := decode[Essay](opened)
	if essay.Text != "At noon." || essay.Words != 2 || essay.MaxWords != 80 || len(essay.Rubric) != 2 || essay.Rubric[0].Points != 2 || essay.ModelHTML == "" || len(essay.Marks) != 0 {
		t.Errorf("the marker reads %+v", essay)
	}
	w.call(http.MethodPost, path+"/marks", trainer, EssayMarking{Points: []int{3, 1}, Of: essay.Of}).wantCode(http.StatusUnprocessableEntity, "invalid")
	marked := w.call(http.MethodPost, path+"/marks", trainer, EssayMarking{Points: []int{1, 1}, Comment: "Say where.", Of: essay.Of}).want(http.StatusCreated)
	w.call(http.MethodPost, path+"/marks", trainer, EssayMarking{Points: []int{2, 1}, Of: essay.Of}).wantCode(http.StatusConflict, "marked_meanwhile")
	if e := decode[Essay](marked); e.State != "marked" || len(e.Marks) != 1 || e.Marks[0].Marker != "tessa" || e.Marker != "tessa" {
		t.Errorf("marked it is %+v", e)
	}
	r := result()
	f := r.Questions[0].Feedback
	if r.Awaiting != 0 || r.Score == nil || r.Grade.Reason != "mark" || f.Comment != "Say where." || len(f.Rubric) != 2 || f.Rubric[0] != (CriterionMark{HTML: canary + "when", Points: 1, MaxPoints: 2}) {
		t.Errorf("marked the result is %+v, %+v", r, f)
	}
	w.call(http.MethodPost, path+"/marks", trainer, EssayMarking{Points: []int{2, 1}, Of: strings.Repeat("0", 64), Marks: 1, Reason: "Of a text that is there no more."}).wantCode(http.StatusConflict, "marked_meanwhile")
	w.call(http.MethodPost, path+"/marks", trainer, EssayMarking{Points: []int{2, 1}, Of: essay.Of, Marks: 1}).wantCode(http.StatusUnprocessableEntity, "invalid")
	again := w.call(http.MethodPost, path+"/marks", trainer, EssayMarking{Points: []int{2, 1}, Of: essay.Of, Marks: 1, Reason: "The gate is named."}).want(http.StatusCreated)
	if r := result(); *r.Score != 1 || r.Grade.Number != 3 {
		t.Errorf("marked again the result is %+v", r)
	}
	trail := decode[AuditPage](w.call(http.MethodGet, base+"/audit?action=attempt.grade&object="+attempt, w.person("auditor", identity.Admin), nil).want(http.StatusOK))
	if len(trail.Items) != 3 {
		t.Errorf("%d entries of the audit trail are of the grades, want 3", len(trail.Items))
	}
	for _, reply := range []answer{raw, opened, marked, again} {
		if strings.Contains(string(reply.raw), "canary-amina") || strings.Contains(string(reply.raw), string(amina.ID)) || strings.Contains(string(reply.raw), attempt) {
			t.Errorf("the marker is told who wrote it: %s", reply.raw)
		}
	}
	w.call(http.MethodGet, path, w.person("boss", identity.Coordinator), nil).wantCode(http.StatusForbidden, "forbidden")
	w.call(http.MethodGet, base+"/marking/none", trainer, nil).wantCode(http.StatusNotFound, "not_found")
	w.call(http.MethodGet, base+"/marking?cursor=none", trainer, nil).wantCode(http.StatusUnprocessableEntity, "invalid")
}
