package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// oneVersion is the version of ground.basics.p1.
var oneVersion = string(handmade().QuestionVersion("ground.basics.p1"))

// bankSample gives a body for an operation of the bank.
func bankSample(id string) any {
	truth := true
	statement := QuestionText{Kind: "true_false", Stem: "It is round.", Truth: &truth}
	switch id {
	case "addQuestion":
		return NewBankQuestion{Question: statement}
	case "changeQuestion":
		return QuestionEdit{Question: statement, BaseVersion: "another"}
	case "moveQuestion":
		return QuestionMove{State: "retired", Version: "another"}
	case "commentOnQuestion":
		return QuestionComment{Version: "another", Text: "Say it in fewer words."}
	case "changeQuestions":
		return QuestionChanges{Questions: []string{"no.such.q"}, Action: "tag", Value: "new"}
	case "previewQuestion":
		return PreviewRequest{Question: statement}
	case "tryQuestion":
		return TrialRequest{Question: statement, Response: json.RawMessage(`{"value":false}`)}
	}
	return nil
}

// fullText is a question with every field there is.
func fullText() QuestionText {
	value := 7.0
	mistake := QuestionMistake{Value: &value, Text: "slip", Misconception: "A belief", Feedback: "No."}
	q := *bankSample("previewQuestion").(PreviewRequest).Question.Truth
	return QuestionText{
		Title: "Roundness", Pool: "practice", Kind: "true_false", Critical: true, Bloom: "remember", Difficulty: 2, Outcomes: []string{"ground.basics.o1"},
		Stem: "It is round.", Pictures: []QuestionPicture{{ID: onePicture, Alt: "A ball.", Width: 4, Height: 3}}, Truth: &q, Wrong: &mistake, RightFeedback: "Yes.",
		Options: []QuestionOption{{Text: "seen", Correct: true, Grade: 1, Misconception: "A belief", Feedback: "Yes."}},
		Pairs:   []QuestionPair{{Left: "a", Right: "b", Misconception: "A belief", Feedback: "No."}}, Extra: []string{"c"}, Sequence: []string{"d"},
		Answer: &QuestionQuantity{Value: 9, Tolerance: 0.5, Unit: "km"}, Mistakes: []QuestionMistake{mistake},
		Blanks: []QuestionBlank{{Accepted: []string{"e"}, Misconception: "A belief", Feedback: "No.", Mistakes: []QuestionMistake{mistake}}},
		Rubric: []QuestionCriterion{{Text: "Says when", Points: 2, Guide: "One without the hour"}}, MaxWords: 80, Model: "At noon.",
		Explanation: "So it is.", Citations: []string{"handbook#one"}, References: []string{"charter"}, Corrections: []string{"E-1"}, AsOf: "2026-01-01",
		Anchors: []QuestionPassage{{Document: "d1", Edition: 1, Section: "s", Paragraph: 1, Start: 0, End: 2, Quote: "so", Hash: "00"}},
	}
}

// bankGood is a body that an operation of the bank accepts, with every field
// there is.
func (w *world) bankGood(id string) any {
	w.Helper()
	full := fullText()
	switch id {
	case "addQuestion":
		return NewBankQuestion{Question: full, Tags: []string{"new"}, Note: "from the field"}
	case "changeQuestion":
		return QuestionEdit{Question: full, Tags: []string{"new"}, BaseVersion: oneVersion, Note: "clearer"}
	case "moveQuestion":
		return QuestionMove{State: "retired", Version: oneVersion, Note: "out of date"}
	case "commentOnQuestion":
		return QuestionComment{Version: oneVersion, Quote: "this", Text: "Say it in fewer words."}
	case "changeQuestions":
		f := QuestionFilter{
			Search: "choice", State: "approved", Pool: "exam", Kind: "single", Module: "ground", Lesson: "basics", Outcome: "ground.basics.o1",
			Tag: "none", Difficulty: 1, Stale: "no", Origin: "content", Document: "d1",
		}
		f.Tag, f.Document = "", "" // that nothing has
		return map[string]any{"questions": []string{"ground.basics.x1"}, "filter": withEmpty(w, f), "action": "tag", "value": "new"}
	case "previewQuestion":
		return PreviewRequest{Question: full}
	case "tryQuestion":
		return TrialRequest{Question: full, Response: json.RawMessage(`{"value":false}`)}
	}
	return nil
}

// withEmpty writes a filter with the fields that are left out.
func withEmpty(w *world, f QuestionFilter) map[string]any {
	w.Helper()
	raw, err := json.Marshal(f)
	w.must(err)
	tree := map[string]any{"tag": "", "document": ""}
	w.must(json.Unmarshal(raw, &tree))
	return tree
}

// newQuestion keeps a whole question of trainer's and gives it.
func (w *world) newQuestion(token, stem, pool string) BankQuestion {
	w.Helper()
	text := QuestionText{
		Kind: "single", Pool: pool, Stem: stem, Outcomes: []string{"ground.basics.o1"}, References: []string{"charter"},
		Options: []QuestionOption{{Text: "yes", Correct: true}, {Text: "no"}, {Text: "maybe"}},
	}
	made := decode[BankQuestion](w.call(http.MethodPost, base+"/questions", token, NewBankQuestion{Question: text, Tags: []string{"Bravo"}}).want(http.StatusCreated))
	return made
}

// moveTo brings a question to a state.
func (w *world) moveTo(token, id, version, state string) answer {
	w.Helper()
	return w.call(http.MethodPost, base+"/questions/"+id+"/state", token, QuestionMove{State: state, Version: version})
}

// TestQuestionReachesPapers: what a trainer writes is drawn once it is approved,
// an exam question by a second person.
func TestQuestionReachesPapers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	marta, pavel := w.person("marta", identity.Trainer), w.person("pavel", identity.Trainer)
	made := w.newQuestion(marta, "Is it safe?", "exam")
	if made.State != "draft" || !made.Own || made.Author != "marta" || made.UsedIn != 0 || made.Module != "ground" || !slices.Equal(made.Tags, []string{"bravo"}) {
		t.Fatalf("a new question = %+v", made)
	}
	if again := w.newQuestion(pavel, "Is it safe?", "exam"); again.ID != made.ID || again.Own {
		t.Errorf("the same question again = %+v, want %s", again, made.ID)
	}
	w.moveTo(marta, made.ID, made.Version, "approved").wantCode(http.StatusConflict, "wrong_state")
	w.moveTo(marta, made.ID, made.Version, "review").want(http.StatusOK)
	w.moveTo(marta, made.ID, made.Version, "approved").wantCode(http.StatusConflict, "second_person")
	w.later(time.Minute)
	approved := decode[BankQuestion](w.moveTo(pavel, made.ID, made.Version, "approved").want(http.StatusOK))
	if approved.State != "approved" || !approved.Live || approved.UsedIn == 0 || len(approved.Quizzes) != approved.UsedIn || approved.ApprovedVersion != made.Version {
		t.Errorf("approved = %+v", approved)
	}
	if !slices.Contains(w.catalogue.Eligible(w.quiz("ground.check"), w.quiz("ground.check").Rules[0]), question.ID(made.ID)) {
		t.Error("an approved question cannot be drawn")
	}
	history := decode[QuestionHistory](w.call(http.MethodGet, base+"/questions/"+made.ID+"/versions", marta, nil).want(http.StatusOK))
	want := QuestionHistory{
		Versions: []QuestionVersion{{Version: made.Version, Number: 1, Author: "marta", At: made.ChangedAt}},
		Moves: []QuestionStep{
			{From: "review", To: "approved", Version: made.Version, By: "pavel", At: stamp(w.clock())},
			{From: "draft", To: "review", Version: made.Version, By: "marta", At: made.ChangedAt},
		},
	}
	if diff := cmp.Diff(want, history); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	old := decode[VersionText](w.call(http.MethodGet, base+"/questions/"+made.ID+"/versions/"+made.Version, marta, nil).want(http.StatusOK))
	if diff := cmp.Diff(made.Question, old.Question); diff != "" {
		t.Errorf("the first version (-now +then):\n%s", diff)
	}
	w.call(http.MethodGet, base+"/questions/"+made.ID+"/versions/"+oneVersion, marta, nil).wantCode(http.StatusNotFound, "not_found")
}

// TestWhatIsMissingIsNamed: a question that is not ready says by field what is wrong.
func TestWhatIsMissingIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("marta", identity.Trainer)
	made := decode[BankQuestion](w.call(http.MethodPost, base+"/questions", token, bankSample("addQuestion")).want(http.StatusCreated))
	if !slices.ContainsFunc(made.Findings, func(f QuestionFinding) bool { return f.Field == "citations" && f.Severity == "error" }) {
		t.Errorf("findings = %+v, want the missing source among them", made.Findings)
	}
	p := decode[Problem](w.moveTo(token, made.ID, made.Version, "review").wantCode(http.StatusUnprocessableEntity, "not_ready"))
	if len(p.Errors) != 1 || !strings.HasSuffix(p.Errors[0].Location, "citations") {
		t.Errorf("what is wrong = %+v, want the source alone", p.Errors)
	}
	edit := QuestionEdit{Question: made.Question, BaseVersion: made.Version, Tags: []string{}}
	edit.Question.References = []string{"charter"}
	edited := decode[BankQuestion](w.call(http.MethodPut, base+"/questions/"+made.ID, token, edit).want(http.StatusOK))
	w.call(http.MethodPut, base+"/questions/"+made.ID, token, edit).wantCode(http.StatusConflict, "version_changed")
	w.moveTo(token, made.ID, edited.Version, "review").want(http.StatusOK)
}

// TestPreviewIsWhatTraineesSee: a preview is the paper's form, says nothing of
// the key, and the ids in it are those that a trial takes.
func TestPreviewIsWhatTraineesSee(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("marta", identity.Trainer)
	text := QuestionText{Kind: "single", Stem: "Is *it* safe?", Options: []QuestionOption{{Text: "yes", Correct: true, Feedback: "It is."}, {Text: "no", Feedback: "Look again."}}}
	got := w.call(http.MethodPost, base+"/question-previews", token, PreviewRequest{Question: text}).want(http.StatusOK)
	preview := decode[QuestionPreview](got)
	if strings.Contains(fmt.Sprintf("%+v", preview.Item), "It is.") || preview.Item.StemHTML != "Is <em>it</em> safe?" || len(preview.Item.Options) != 2 {
		t.Errorf("preview = %+v", preview.Item)
	}
	for _, o := range preview.Item.Options {
		response, err := json.Marshal(map[string]string{"choice": o.ID})
		w.must(err)
		trial := decode[ResultQuestion](w.call(http.MethodPost, base+"/question-trials", token, TrialRequest{Question: text, Response: response}).want(http.StatusOK))
		if trial.Feedback.Correct != (o.HTML == "yes") || len(trial.Feedback.Parts) != 2 {
			t.Errorf("a trial of %s = %+v", o.HTML, trial.Feedback)
		}
	}
	try := func(change func(*TrialRequest)) answer {
		in := TrialRequest{Question: text, Response: json.RawMessage(`{"choice":"none"}`)}
		change(&in)
		return w.call(http.MethodPost, base+"/question-trials", token, in)
	}
	try(func(*TrialRequest) {}).wantCode(http.StatusUnprocessableEntity, "invalid")
	for _, kind := range question.Kinds {
		try(func(in *TrialRequest) { in.Question = QuestionText{Kind: string(kind), Stem: "____?"} }).wantCode(http.StatusUnprocessableEntity, "invalid")
		w.call(http.MethodPost, base+"/question-previews", token, PreviewRequest{Question: QuestionText{Kind: string(kind), Stem: "____?"}}).want(http.StatusOK)
	}
}

// TestQuestionsAreFound: filters, order, pages and changes of many.
func TestQuestionsAreFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("marta", identity.Trainer)
	w.later(time.Minute)
	made := w.newQuestion(token, "Is the Ünïcode bridge safe?", "practice")
	list := func(query string) BankList {
		t.Helper()
		return decode[BankList](w.call(http.MethodGet, base+"/questions?"+query, token, nil).want(http.StatusOK))
	}
	all := list("")
	written := 2 * len(programKinds)
	if all.Total != written+1 || all.Items[0].ID != made.ID || all.Items[0].Author != "marta" || all.Items[1].Author != "" {
		t.Errorf("all questions = %d, first %+v", all.Total, all.Items[0])
	}
	for query, want := range map[string]int{
		"search=unicode+bridge": 1, "search=bridge+tunnel": 0, "search=" + made.ID: 1, "state=draft": 1, "state=retired": 0, "origin=authored": 1,
		"pool=exam": written / 2, "kind=cloze": 2, "tag=bravo": 1, "tag=alpha": 0, "module=ground&lesson=basics": written + 1, "module=sea": 0,
		"outcome=ground.basics.o1": written + 1, "difficulty=1": written, "difficulty=2": 1, "stale=yes": 0, "stale=no": written + 1, "document=d1": 0,
	} {
		if got := list(query); got.Total != want || len(got.Items) != want {
			t.Errorf("%s finds %d, total %d, want %d", query, len(got.Items), got.Total, want)
		}
	}
	for _, sort := range []string{"-changed", "changed", "id", "-id", "difficulty", "-kind", "state", "pool"} {
		var ids []string
		for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
			page := list("limit=5&sort=" + sort + "&cursor=" + cursor)
			for _, item := range page.Items {
				ids = append(ids, item.ID)
			}
			cursor = page.Next
		}
		slices.Sort(ids)
		if len(slices.Compact(ids)) != written+1 {
			t.Errorf("pages by %s give %d questions, want each of %d once", sort, len(ids), written+1)
		}
	}
	w.call(http.MethodGet, base+"/questions?cursor=nonsense!", token, nil).wantCode(http.StatusUnprocessableEntity, "invalid")
	w.call(http.MethodGet, base+"/questions?sort=author", token, nil).want(http.StatusUnprocessableEntity)

	changes := QuestionChanges{Filter: &QuestionFilter{Pool: "exam"}, Action: "tag", Value: "Night Duty"}
	done := decode[QuestionOutcomes](w.call(http.MethodPost, base+"/question-changes", token, changes).want(http.StatusOK))
	if done.Done != written/2 || done.Failed != 0 || list("tag=night+duty").Total != written/2 {
		t.Errorf("tagging by filter = %+v", done)
	}
	changes = QuestionChanges{Filter: &QuestionFilter{Tag: "night duty"}, Action: "add_outcome", Value: "ground.basics.none"}
	w.call(http.MethodPost, base+"/question-changes", token, changes).wantCode(http.StatusUnprocessableEntity, "invalid")
	changes = QuestionChanges{Questions: []string{made.ID, "no.such.q"}, Action: "approve"}
	done = decode[QuestionOutcomes](w.call(http.MethodPost, base+"/question-changes", token, changes).want(http.StatusOK))
	want := []QuestionOutcome{{ID: made.ID, Code: "wrong_state"}, {ID: "no.such.q", Code: "not_found"}}
	for i := range done.Items {
		if done.Items[i].Detail == "" {
			t.Errorf("%s does not say why", done.Items[i].ID)
		}
		done.Items[i].Detail = ""
	}
	if diff := cmp.Diff(want, done.Items); diff != "" || done.Failed != 2 {
		t.Errorf("approving drafts (-want +got):\n%s", diff)
	}
}

// TestCommentsOnDrafts: remarks are kept on what is not taught yet, by version.
func TestCommentsOnDrafts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("marta", identity.Trainer)
	made := w.newQuestion(token, "Is it safe?", "practice")
	address := base + "/questions/" + made.ID + "/comments"
	comment := QuestionComment{Version: made.Version, Text: "Safe from what?"}
	got := decode[QuestionComments](w.call(http.MethodPost, address, token, comment).want(http.StatusOK))
	if len(got.Comments) != 1 || got.Comments[0].Text != "Safe from what?" || got.Version != made.Version {
		t.Errorf("comments = %+v", got)
	}
	made.Question.Stem = "Is it safe from flood?"
	w.call(http.MethodPut, base+"/questions/"+made.ID, token, QuestionEdit{Question: made.Question, BaseVersion: made.Version}).want(http.StatusOK)
	got = decode[QuestionComments](w.call(http.MethodGet, address, token, nil).want(http.StatusOK))
	if len(got.Comments) != 0 || len(got.Earlier) != 1 {
		t.Errorf("comments after the edit = %+v", got)
	}
	w.call(http.MethodPost, address, token, comment).wantCode(http.StatusConflict, "version_changed")
}

// quiz gives a quiz of the catalogue.
func (w *world) quiz(slug string) curriculum.Quiz {
	w.Helper()
	for _, q := range w.catalogue.Quizzes() {
		if string(q.Slug) == slug {
			return q
		}
	}
	w.Fatalf("there is no quiz %s", slug)
	return curriculum.Quiz{}
}
