package bank_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/bank"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

// TestWayIntoPapers: a question is asked from its approval on, in the version
// that was approved, until it is retired.
func TestWayIntoPapers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := w.add(whole("Where?"), " Field  Work ", "field work")
	id := e.ID()
	if !strings.HasPrefix(string(id), "ground.basics.q-") || len(id) != len("ground.basics.q-")+8 || e.State != bank.Draft || !slices.Equal(e.Tags, []string{"field work"}) {
		t.Fatalf("added = %+v", e)
	}
	w.wantAsked(id, "")
	w.move(marta, id, bank.InReview)
	w.wantAsked(id, "")
	w.move(marta, id, bank.Approved)
	w.wantAsked(id, "Where?")
	if got := w.Catalogue.Tags(id); !slices.Equal(got, []string{"field work"}) {
		t.Errorf("tags in the catalogue = %q", got)
	}
	q := e.Question
	q.Stem = "Where now?"
	edited, err := w.Edit(t.Context(), pavel, id, bank.Edit{Question: q, Tags: e.Tags, Base: e.Version, Note: "shorter"})
	w.must(err)
	if edited.State != bank.Draft || edited.Number != 2 || edited.Approved != e.Version || edited.Author != pavel.ID || edited.AuthorName != "Of pavel" {
		t.Errorf("edited = %+v", edited)
	}
	w.wantAsked(id, "Where?")
	w.move(marta, id, bank.InReview, bank.Approved)
	w.wantAsked(id, "Where now?")
	w.move(marta, id, bank.Retired)
	w.wantAsked(id, "")
	if _, found := w.Catalogue.Question(id); !found {
		t.Error("a retired question is not found: what was answered refers to it")
	}
	w.move(marta, id, bank.Draft)
	w.wantAsked(id, "")

	h, err := w.History(t.Context(), marta, id)
	w.must(err)
	var moves []bank.State
	for _, m := range slices.Backward(h.Moves) {
		moves = append(moves, m.To)
	}
	want := []bank.State{bank.InReview, bank.Approved, bank.Draft, bank.InReview, bank.Approved, bank.Retired, bank.Draft}
	if diff := cmp.Diff(want, moves); diff != "" || len(h.Versions) != 2 || h.Versions[0].Note != "shorter" || h.Versions[1].AuthorName != "Of marta" {
		t.Errorf("history = %+v\n%s", h, diff)
	}
	first, err := w.Text(t.Context(), marta, id, e.Version)
	if err != nil || first.Stem != "Where?" {
		t.Errorf("the first text = %q, %v", first.Stem, err)
	}
	if n, err := w.kept.VerifyAudit(t.Context()); err != nil || n < 10 {
		t.Errorf("the trail has %d entries, %v", n, err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	exam := whole("Whom?")
	exam.Pool = question.Exam
	e := w.add(exam)
	id := e.ID()
	move := func(actor identity.Actor, to bank.To) error {
		_, err := w.Move(t.Context(), actor, id, to)
		return err
	}
	edit := func(change func(*bank.Edit)) error {
		ed := bank.Edit{Question: e.Question, Base: e.Version}
		change(&ed)
		_, err := w.Edit(t.Context(), marta, id, ed)
		return err
	}
	w.wantCode("a trainee's", move(nobody, bank.To{State: bank.InReview}), "forbidden")
	w.wantCode("approval without review", move(pavel, bank.To{State: bank.Approved}), "wrong_state")
	w.wantCode("another version", move(marta, bank.To{State: bank.InReview, Version: "other"}), "version_changed")
	w.must(move(marta, bank.To{State: bank.InReview, Version: e.Version}))
	w.wantCode("one's own exam question", move(marta, bank.To{State: bank.Approved}), "second_person")
	w.must(move(pavel, bank.To{State: bank.Approved}))
	w.must(move(pavel, bank.To{State: bank.Approved})) // it stands so already
	w.wantCode("approved to draft", move(pavel, bank.To{State: bank.Draft}), "wrong_state")
	w.wantCode("a note too long", move(pavel, bank.To{State: bank.Retired, Note: strings.Repeat("z", bank.MaxNote+1)}), "invalid")
	w.wantCode("an edit of an old version", edit(func(e *bank.Edit) { e.Base = "old" }), "version_changed")
	for name, change := range map[string]func(*question.Question){
		"no stem": func(q *question.Question) { q.Stem = " " }, "no kind": func(q *question.Question) { q.Kind = "riddle" },
		"no pool": func(q *question.Question) { q.Pool = "lake" }, "a NUL": func(q *question.Question) { q.Explanation = "a\x00b" },
		"too long": func(q *question.Question) { q.Explanation = strings.Repeat("long ", bank.MaxDocument/5) },
	} {
		w.wantCode(name, edit(func(e *bank.Edit) { change(&e.Question) }), "invalid")
	}
	w.wantCode("a tag too long", edit(func(e *bank.Edit) { e.Tags = []string{strings.Repeat("z", bank.MaxTag+1)} }), "invalid")
	_, err := w.Edit(t.Context(), marta, "no.such.q", bank.Edit{})
	w.wantCode("no question", err, "not_found")
	if after := w.entry(id); after.Number != 1 || after.State != bank.Approved {
		t.Errorf("refused edits changed the question: %+v", after)
	}
	if _, err := w.Add(t.Context(), nobody, nil); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a trainee's Add = %v, want Forbidden", err)
	}
}

// TestExamQuestionKeepsTheSecondPerson: who moves an approved exam question to
// practice does not so get their own text into papers that name it.
func TestExamQuestionKeepsTheSecondPerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	exam := whole("Whom?")
	exam.Pool = question.Exam
	id := w.add(exam).ID()
	w.move(marta, id, bank.InReview)
	w.move(pavel, id, bank.Approved)
	e := w.entry(id)
	e.Question.Pool = question.Practice
	_, err := w.Edit(t.Context(), marta, id, bank.Edit{Question: e.Question, Base: e.Version})
	w.must(err)
	w.move(marta, id, bank.InReview)
	_, err = w.Move(t.Context(), marta, id, bank.To{State: bank.Approved})
	w.wantCode("one's own text in place of an exam question", err, "second_person")
	w.move(pavel, id, bank.Approved)
}

// TestACommaMakesNobodyASecondPerson: who wrote any of what is to be approved for
// the exam pool does not approve it, whoever changed it last.
func TestACommaMakesNobodyASecondPerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	vera := identity.Actor{ID: "vera", Role: identity.Admin}
	edit := func(actor identity.Actor, id question.ID, change func(*question.Question)) {
		e := w.entry(id)
		change(&e.Question)
		_, err := w.Edit(t.Context(), actor, id, bank.Edit{Question: e.Question, Base: e.Version})
		w.must(err)
		w.move(actor, id, bank.InReview)
	}
	refused := func(doing string, actor identity.Actor, id question.ID) {
		t.Helper()
		_, err := w.Move(t.Context(), actor, id, bank.To{State: bank.Approved})
		w.wantCode(doing, err, "second_person")
		many, err := w.Many(t.Context(), actor, []question.ID{id}, bank.Approve, "")
		w.must(err)
		w.wantCode(doing+" among many", many[0].Err, "second_person")
	}
	exam := whole("Whom?")
	exam.Pool = question.Exam
	id := w.add(exam).ID()
	edit(pavel, id, func(q *question.Question) { q.Stem = "Whom, then?" })
	refused("the first author's approval", marta, id)
	refused("the second author's approval", pavel, id)
	w.move(vera, id, bank.Approved)
	edit(pavel, id, func(q *question.Question) { q.Stem = "Whom now?" })
	w.move(marta, id, bank.Approved) // who wrote nothing since

	moved := w.add(whole("Whence?")).ID()
	w.move(marta, moved, bank.InReview, bank.Approved) // alone: it is for practice
	edit(pavel, moved, func(q *question.Question) { q.Pool = question.Exam })
	refused("the approval of one's own practice question for the exam", marta, moved)
	w.move(vera, moved, bank.Approved)
}

// TestEveryQuestionAnswersToASource: what cites nothing is kept and not approved.
func TestEveryQuestionAnswersToASource(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	q := whole("Which?")
	q.References, q.Outcomes, q.Explanation = nil, []string{"ground.basics.o9"}, ""
	e := w.add(q)
	_, err := w.Move(t.Context(), marta, e.ID(), bank.To{State: bank.InReview})
	w.wantCode("submitting it", err, "not_ready")
	var refusal *errs.Error
	if !errors.As(err, &refusal) || refusal.Fields["citations"] == "" || refusal.Fields["outcomes[0]"] == "" || refusal.Fields["explanation"] != "" {
		t.Errorf("what is wrong = %+v, want the source and the outcome, and not the explanation", refusal)
	}
	for name, tt := range map[string]struct {
		change func(*question.Question)
		want   []bank.Finding
	}{
		"a section will do":        {func(q *question.Question) { q.References, q.Citations = nil, []string{"handbook#one"} }, nil},
		"a passage will do":        {func(q *question.Question) { q.References, q.Anchors = nil, []question.Anchor{{Document: "d"}} }, nil},
		"what is not there":        {func(q *question.Question) { q.References = []string{"charter", "no"} }, []bank.Finding{{Field: "references[1]", Severity: bank.Blocks}}},
		"a wrong section":          {func(q *question.Question) { q.Citations = []string{"handbook#wrong"} }, []bank.Finding{{Field: "citations[0]", Severity: bank.Blocks}}},
		"its correction named":     {func(q *question.Question) { q.Citations, q.Corrections = []string{"handbook#wrong"}, []string{"E-1"} }, nil},
		"no date":                  {func(q *question.Question) { q.AsOf = "soon" }, []bank.Finding{{Field: "as_of", Severity: bank.Blocks}}},
		"feedback is only advised": {func(q *question.Question) { q.Options = slices.Clone(q.Options); q.Options[0].Feedback = "" }, []bank.Finding{{Field: "options[0].feedback", Severity: bank.Warns}}},
		"two options are few":      {func(q *question.Question) { q.Options = q.Options[:2] }, []bank.Finding{{Field: "options", Severity: bank.Warns}}},
	} {
		q := whole("Which?")
		tt.change(&q)
		got, err := w.Findings(t.Context(), q)
		w.must(err)
		var bare []bank.Finding
		for _, f := range got {
			bare = append(bare, bank.Finding{Field: f.Field, Severity: f.Severity})
		}
		if diff := cmp.Diff(tt.want, bare); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestAddingTwice: the same text is kept once, whoever brings it, and what
// cannot be kept does not keep the others out.
func TestAddingTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bare := question.Question{Kind: question.TrueFalse, Stem: "The earth is flat.", Truth: new(bool)}
	given := []bank.NewQuestion{{Question: whole("Who?")}, {Question: question.Question{Kind: "riddle", Stem: "What?"}}, {Question: bare, Tags: []string{"myth"}}, {Question: whole("Who?")}}
	first, err := w.Add(t.Context(), marta, given)
	w.must(err)
	again, err := w.Add(t.Context(), pavel, given)
	w.must(err)
	for i, want := range []struct{ known, refused bool }{{false, false}, {false, true}, {false, false}, {true, false}} {
		if first[i].Known != want.known || (first[i].Err != nil) != want.refused {
			t.Errorf("first %d = %+v", i, first[i])
		}
		if again[i].Known == want.refused || again[i].ID != first[i].ID {
			t.Errorf("again %d = %+v, want it known as %s", i, again[i], first[i].ID)
		}
	}
	if first[3].ID != first[0].ID || !strings.HasPrefix(string(first[2].ID), "bank.general.q-") {
		t.Errorf("ids are %s, %s, %s", first[0].ID, first[2].ID, first[3].ID)
	}
	e := w.entry(first[2].ID)
	if q := e.Question; q.Pool != question.Practice || q.Bloom != "remember" || q.Difficulty != 2 || q.Outcomes == nil {
		t.Errorf("what is missing is not filled in: %+v", q)
	}
	if id := given[0].Question.Options[0].ID; id != "" {
		t.Error("adding a question changed the caller's")
	}
}

func TestStaleLeavesPapers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.wantAsked(written, "What is it?")
	w.must(w.Stale(t.Context(), []question.ID{written, "no.such.q"}, "The passage changed."))
	w.wantAsked(written, "")
	if e := w.entry(written); !e.Stale() || e.StaleReason != "The passage changed." || e.State != bank.Approved {
		t.Errorf("stale = %+v", e)
	}
	w.Passages = stands(false)
	anchored := whole("Why?")
	anchored.Anchors = []question.Anchor{{Document: "d1", Edition: 1, Section: "s", Paragraph: 1, Quote: "so"}}
	id := w.add(anchored).ID()
	w.must(w.Stale(t.Context(), []question.ID{id}, "Gone."))
	_, err := w.Confirm(t.Context(), marta, id)
	w.wantCode("confirming what does not stand", err, "not_ready")
	w.Passages = stands(true)
	for _, id := range []question.ID{id, written, written} {
		e, err := w.Confirm(t.Context(), marta, id)
		if err != nil || e.Stale() {
			t.Errorf("Confirm(%s) = %+v, %v", id, e, err)
		}
	}
	w.wantAsked(written, "What is it?")
	page, err := w.Find(t.Context(), bank.Filter{Document: "d1"})
	if err != nil || page.Total != 1 || page.Entries[0].ID() != id {
		t.Errorf("found by document = %+v, %v", page, err)
	}
	w.move(marta, id, bank.InReview, bank.Approved)
	w.must(w.Stale(t.Context(), []question.ID{id}, "Gone."))
	e := w.entry(id)
	e.Question.Anchors, e.Question.Citations = nil, whole("Why?").Citations
	_, err = w.Edit(t.Context(), marta, id, bank.Edit{Question: e.Question, Base: e.Version})
	w.must(err)
	w.Passages = stands(false)
	_, err = w.Confirm(t.Context(), marta, id)
	w.wantCode("confirming the text in papers by the draft after it", err, "not_ready")
}

// TestManyOutcomes names an outcome in many questions, and takes it out again:
// what was approved is a draft then, and asked as it was meanwhile.
func TestManyOutcomes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	q := whole("Which?")
	q.Outcomes = nil
	id := w.add(q).ID()
	w.move(marta, id, bank.InReview)
	w.move(pavel, id, bank.Approved)
	change := func(action bank.Action, outcome string) {
		t.Helper()
		many, err := w.Many(t.Context(), marta, []question.ID{id, "none"}, action, outcome)
		w.must(err)
		w.must(many[0].Err)
		w.wantCode("a question of nobody's", many[1].Err, "not_found")
	}
	for range 2 { // the second time it is there
		change(bank.AddOutcome, "ground.basics.o1")
		if e := w.entry(id); e.Number != 2 || e.State != bank.Draft || !e.Live || !slices.Equal(e.Question.Outcomes, []string{"ground.basics.o1"}) {
			t.Errorf("with an outcome: %+v", e)
		}
	}
	w.wantAsked(id, "Which?")
	change(bank.RemoveOutcome, "ground.gone.o1")
	change(bank.RemoveOutcome, "ground.basics.o1")
	if e := w.entry(id); e.Number != 3 || len(e.Question.Outcomes) != 0 {
		t.Errorf("without it: %+v", e)
	}
	for action, value := range map[bank.Action]string{bank.AddOutcome: "ground.basics.none", bank.RemoveOutcome: ""} {
		if _, err := w.Many(t.Context(), marta, []question.ID{id}, action, value); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s %q = %v", action, value, err)
		}
	}
}
