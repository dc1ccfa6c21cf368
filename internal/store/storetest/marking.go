package storetest

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/marking"
	"muster/internal/question"
)

// markingCases are those of essays and who marks them.
func markingCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"essays wait, oldest first, until they are marked": testMarking,
		"an essay that is out of the score does not wait":  testVoidEssay,
		"an essay that was emptied does not wait":          testEmptiedEssay,
	}
}

// essays is a quiz of one essay.
type essays struct {
	*testing.T
	*fixture
	exams  *assessment.Service
	essay  question.Question
	now    time.Time
	ids    int
	number int
}

func newEssays(t *testing.T, f *fixture) *essays {
	t.Helper()
	e := &essays{T: t, fixture: f, now: started, essay: question.Question{
		ID: "patrol.basics.q7", Pool: question.Exam, Kind: question.Essay, Bloom: "apply", Difficulty: 2, Outcomes: []string{"patrol.basics.o1"},
		Stem: "What do you report?", Rubric: []question.Criterion{{Text: "Says when", Points: 2}, {Text: "Says where", Points: 1}},
		Explanation: "When and where.", Citations: []string{"handbook#one"}, Review: question.Unreviewed,
	}}
	clock := func() time.Time { e.now = e.now.Add(time.Millisecond); return e.now }
	newID := func() string { e.ids++; return fmt.Sprintf("01890000-0000-7000-8000-%012d", e.ids) }
	f.quiz = curriculum.Quiz{
		Slug: "patrol.check", Module: "patrol", Title: "Patrol", Purpose: curriculum.PurposeCheck, PassMark: 0.6, Release: curriculum.ReleaseSubmitted,
		Rules: []curriculum.Rule{{Questions: []question.ID{e.essay.ID}}},
	}
	other := f.quiz
	other.Slug = "patrol.other"
	catalogue := (&curriculum.Catalogue{Modules: []curriculum.Module{{
		Slug: "patrol", Quizzes: []curriculum.Quiz{f.quiz, other},
		Lessons: []curriculum.Lesson{{Module: "patrol", Slug: "basics", Questions: []question.Question{e.essay}}},
	}}}).Indexed()
	e.exams = &assessment.Service{Store: f, Bank: f, Catalogue: catalogue, Exposure: f, Rulings: f, Now: clock, NewID: newID, NewSeed: func() int64 { return 1 }}
	must(t, e.exams.Publish(t.Context()))
	return e
}

// write hands a text in.
func (e *essays) write(who identity.UserID, quiz curriculum.QuizSlug, text string) assessment.AttemptID {
	e.Helper()
	actor := identity.Actor{ID: who, Role: identity.Trainee}
	id, _, err := e.exams.Start(e.Context(), actor, quiz)
	must(e.T, err)
	response, err := json.Marshal(map[string]string{"text": text})
	must(e.T, err)
	event := func(seq int64, kind assessment.EventKind, of question.ID, body []byte) assessment.Event {
		e.number++
		return assessment.Event{
			ID: assessment.EventID(fmt.Sprintf("01890000-0000-7000-9000-%012d", e.number)), Seq: seq, Kind: kind, Question: of, Response: body,
			ClientAt: "2027-01-14T09:30:00Z",
		}
	}
	_, err = e.exams.Append(e.Context(), actor, id, assessment.Submission{Device: "11111111-2222-4333-8444-555555555555", Events: []assessment.Event{
		event(1, assessment.EventAnswer, e.essay.ID, response), event(2, assessment.EventSubmit, "", nil),
	}})
	must(e.T, err)
	return id
}

func (e *essays) mark(id assessment.AttemptID, points ...int) {
	e.Helper()
	must(e.T, e.exams.Mark(e.Context(), id, e.essay.ID, assessment.Mark{Points: points, By: trainee}, 0))
}

// listed gives whose attempts a list has, in its order, a page of one at a time.
func (e *essays) listed(not identity.UserID, f marking.Filter) (attempts []assessment.AttemptID) {
	e.Helper()
	for f.Limit = 1; ; {
		page, err := e.EssayAnswers(e.Context(), not, f)
		must(e.T, err)
		if len(page) == 0 {
			break
		}
		attempts, f.Cursor = append(attempts, page[0].Attempt), string(page[0].ID)
	}
	n, err := e.CountEssayAnswers(e.Context(), not, f)
	must(e.T, err)
	if n != len(attempts) {
		e.Errorf("%+v counts %d and lists %d", f, n, len(attempts))
	}
	return attempts
}

func (e *essays) wantListed(doing string, not identity.UserID, f marking.Filter, want ...assessment.AttemptID) {
	e.Helper()
	if got := e.listed(not, f); !slices.Equal(got, want) {
		e.Errorf("%s: %v, want %v", doing, got, want)
	}
}

func testMarking(t *testing.T, f *fixture) {
	e := newEssays(t, f)
	f.unit(t, "c1", "coordinator", "anna", "boris")
	e.wantListed("nobody wrote anything", "", marking.Filter{})
	a, b, c := e.write("anna", "patrol.check", "At noon."), e.write("boris", "patrol.check", "At the gate."), e.write("boris", "patrol.other", "Both.")
	e.write("anna", "patrol.other", "  ") // nothing to mark
	e.wantListed("what waits", "", marking.Filter{}, a, b, c)
	e.wantListed("what waits of one quiz", "", marking.Filter{Quiz: "patrol.other"}, c)
	e.wantListed("what waits for one who wrote some of it", "boris", marking.Filter{}, a)
	e.wantListed("what is marked", "", marking.Filter{Marked: true})
	counts, err := e.WaitingEssays(t.Context(), "")
	must(t, err)
	if diff := cmp.Diff([]marking.QuizCount{{Quiz: "patrol.check", Waiting: 2}, {Quiz: "patrol.other", Waiting: 1}}, counts); diff != "" {
		t.Errorf("waiting by quiz (-want +got):\n%s", diff)
	}

	first, err := e.EssayAnswer(t.Context(), "", assessment.AnswerOf(a, e.essay.ID))
	must(t, err)
	if first.Attempt != a || !first.Awaiting || first.Question != e.essay.ID || first.Version == "" || first.Quiz != "patrol.check" || !first.MarkedAt.IsZero() {
		t.Errorf("the first is %+v", first)
	}
	next, err := e.NextEssay(t.Context(), "", first)
	must(t, err)
	if next != assessment.AnswerOf(b, e.essay.ID) {
		t.Errorf("after it comes %s, want the other of its quiz", next)
	}
	_, err = e.EssayAnswer(t.Context(), "anna", first.ID)
	wantKind(t, "one's own answer", err, errs.NotFound)
	_, err = e.EssayAnswers(t.Context(), "", marking.Filter{Limit: 1, Cursor: "none"})
	wantKind(t, "a cursor that nobody gave", err, errs.Invalid)

	e.mark(b, 2, 1)
	e.mark(a, 0, 1)
	e.wantListed("what still waits", "", marking.Filter{}, c)
	e.wantListed("what was marked, newest first", "", marking.Filter{Marked: true}, a, b)
	marked, err := e.EssayAnswer(t.Context(), "", first.ID)
	must(t, err)
	if marked.Awaiting || marked.Marker != trainee || marked.MarkedAt.IsZero() || marked.Fraction < 0.33 || marked.Fraction > 0.34 || !marked.QueuedAt.Equal(first.QueuedAt) {
		t.Errorf("marked it is %+v", marked)
	}
	names, err := e.NamesOf(t.Context(), []identity.UserID{trainee, "nobody"})
	must(t, err)
	if len(names) != 1 || names[trainee] == "" {
		t.Errorf("names are %v", names)
	}
	must(t, f.erase(t.Context(), "boris"))
	e.wantListed("what waits without those who were erased", "", marking.Filter{})
	e.wantListed("what was marked without those who were erased", "", marking.Filter{Marked: true}, a)
	if next, err := e.NextEssay(t.Context(), "", marked); next != "" || err != nil {
		t.Errorf("after the last of its quiz comes %q, %v", next, err)
	}
}

func testVoidEssay(t *testing.T, f *fixture) {
	e := newEssays(t, f)
	f.unit(t, "c1", "coordinator", "anna")
	id := e.write("anna", "patrol.check", "At noon.")
	grades, err := e.Grades(t.Context(), id)
	must(t, err)
	g := grades[0]
	again := func(item assessment.ItemGrade) {
		t.Helper()
		must(t, e.Append(t.Context(), id, func(s *assessment.State) (assessment.Change, error) {
			g.Number, g.Items = s.Grades+1, []assessment.ItemGrade{item}
			return assessment.Change{Grade: &g}, nil
		}))
	}
	again(assessment.ItemGrade{Question: e.essay.ID, Version: g.Items[0].Version, Void: true})
	e.wantListed("what waits without the question", "", marking.Filter{})
	e.wantListed("what is marked without a mark", "", marking.Filter{Marked: true})
	again(assessment.ItemGrade{Question: e.essay.ID, Version: g.Items[0].Version, Answered: true, Awaiting: true})
	e.wantListed("what waits when it is back", "", marking.Filter{}, id)
}

// testEmptiedEssay: what arrives late may leave nothing to mark, marked or not.
func testEmptiedEssay(t *testing.T, f *fixture) {
	e := newEssays(t, f)
	f.unit(t, "c1", "coordinator", "anna", "boris")
	waits, marked := e.write("anna", "patrol.check", "At noon."), e.write("boris", "patrol.check", "At the gate.")
	e.mark(marked, 2, 1)
	for _, id := range []assessment.AttemptID{waits, marked} {
		must(t, e.Append(t.Context(), id, func(s *assessment.State) (assessment.Change, error) {
			grades, err := e.Grades(t.Context(), id)
			if err != nil {
				return assessment.Change{}, err
			}
			g := grades[len(grades)-1]
			g.Number, g.Items = s.Grades+1, []assessment.ItemGrade{{Question: e.essay.ID, Version: g.Items[0].Version, Answered: true}}
			return assessment.Change{Grade: &g}, nil
		}))
	}
	e.wantListed("what waits", "", marking.Filter{})
	e.wantListed("what is marked", "", marking.Filter{Marked: true})
}
