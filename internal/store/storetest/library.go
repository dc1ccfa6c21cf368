package storetest

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/document"
	"muster/internal/drafting"
	"muster/internal/errs"
	"muster/internal/library"
	"muster/internal/question"
	"muster/internal/review"
)

func libraryCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"a document comes back with its editions":       testDocuments,
		"an edition and what it outdates come together": testEditions,
		"editions at once: one of each number":          testConcurrentEditions,
		"editions are never changed":                    testEditionsStay,
		"corrections are kept, changed and taken back":  testCorrections,
		"a draft is decided on once":                    testDecisions,
		"a decision and its question go together":       testReopening,
	}
}

// newDocument makes a document with its first edition.
func newDocument(id string) (library.Head, library.Edition) {
	text := document.Document{
		ID: document.ID(id), Edition: 1, Title: "Handbook “Ünïcödé” 𝟚", Language: "en", Words: 3,
		Sections: []document.Section{{Slug: "one", Heading: "One", Depth: 1, Passages: []document.Passage{
			{Number: 1, Text: "Ask for consent.", Kind: document.Paragraph, Page: 2},
		}}},
	}
	h := library.Head{
		ID: text.ID, Origin: library.Imported, Title: text.Title, Language: "en", Reliability: "low", AIDisclosed: true, Disclosure: "No author.",
		Edition: 1, Passages: 1, Words: 3, AddedBy: trainee, AddedByName: "A. Person", AddedAt: started, ChangedAt: started,
	}
	return h, library.Edition{
		Number: 1, Format: document.PDF, FileName: "a.pdf", FileHash: "hash-of-" + id, Note: "first", AddedBy: trainee, AddedByName: "A. Person", AddedAt: started, Text: text,
	}
}

func (f *fixture) document(t *testing.T, id string) (library.Head, library.Edition) {
	t.Helper()
	h, e := newDocument(id)
	proposed := []library.Proposed{{Rule: drafting.Cloze, Proposed: 3}, {Rule: drafting.Number, Proposed: 2}}
	must(t, f.CreateDocument(t.Context(), h, e, proposed, []audit.Entry{entry("document.import", id)}))
	return h, e
}

func listedEdition(e library.Edition) library.Edition {
	e.Text = document.Document{}
	return e
}

func testDocuments(t *testing.T, f *fixture) {
	h, e := f.document(t, "d1")
	f.document(t, "d2")
	if err := f.CreateDocument(t.Context(), h, e, nil, nil); err == nil {
		t.Error("the same document was kept twice")
	}
	got, editions, err := f.Document(t.Context(), "d1")
	must(t, err)
	if diff := cmp.Diff(h, got); diff != "" {
		t.Errorf("Document (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]library.Edition{listedEdition(e)}, editions); diff != "" {
		t.Errorf("its editions (-want +got):\n%s", diff)
	}
	whole, err := f.DocumentEdition(t.Context(), "d1", 1)
	must(t, err)
	if diff := cmp.Diff(e, whole); diff != "" {
		t.Errorf("DocumentEdition (-want +got):\n%s", diff)
	}
	h.Title, h.Reliability, h.AIDisclosed, h.Disclosure, h.ChangedAt = "Other", "high", false, "", started.Add(time.Hour)
	must(t, f.ChangeDocument(t.Context(), h, []audit.Entry{entry("document.change", "d1")}))
	all, err := f.Documents(t.Context())
	must(t, err)
	other, _ := newDocument("d2")
	if diff := cmp.Diff([]library.Head{other, h}, all); diff != "" {
		t.Errorf("Documents (-want +got):\n%s", diff)
	}
	if id, err := f.DocumentOfFile(t.Context(), "hash-of-d2"); err != nil || id != "d2" {
		t.Errorf("DocumentOfFile = %q, %v", id, err)
	}
	if id, err := f.DocumentOfFile(t.Context(), "other"); err != nil || id != "" {
		t.Errorf("DocumentOfFile of none = %q, %v", id, err)
	}
	_, _, err = f.Document(t.Context(), "d9")
	wantKind(t, "Document of none", err, errs.NotFound)
	_, err = f.DocumentEdition(t.Context(), "d1", 2)
	wantKind(t, "DocumentEdition of none", err, errs.NotFound)
	h.ID = "d9"
	wantKind(t, "ChangeDocument of none", f.ChangeDocument(t.Context(), h, nil), errs.NotFound)
}

// renew adds the second edition of a document and marks the selected questions.
func (f *fixture) renew(t *testing.T, h library.Head, e library.Edition, of bank.Selection, decide func([]bank.Entry) (bank.Change, error)) error {
	t.Helper()
	h.Edition, h.ChangedAt = 2, started.Add(time.Hour)
	e.Number, e.FileHash, e.Text.Edition = 2, e.FileHash+"-2", 2
	return f.AddEdition(t.Context(), h, e, nil, []audit.Entry{entry("document.edition", string(h.ID))}, of, decide)
}

func testEditions(t *testing.T, f *fixture) {
	h, e := f.document(t, "d1")
	f.put(t, keptStep(t, "patrol.basics.q-1", "What?", asIs), keptStep(t, "patrol.basics.q-2", "Why?", asIs))
	chosen := bank.Selection{IDs: []question.ID{"patrol.basics.q-1"}}
	outdate := func(there []bank.Entry) (bank.Change, error) { return bank.Outdated(there, "changed", started), nil }
	if err := f.renew(t, h, e, chosen, func([]bank.Entry) (bank.Change, error) { return bank.Change{}, errRefused }); err == nil {
		t.Error("a refused edition was kept")
	}
	if now, _, err := f.Document(t.Context(), "d1"); err != nil || now.Edition != 1 {
		t.Errorf("after a refusal the edition is %d, %v", now.Edition, err)
	}
	must(t, f.renew(t, h, e, chosen, outdate))
	wantKind(t, "the same edition again", f.renew(t, h, e, chosen, outdate), errs.Conflict)
	now, editions, err := f.Document(t.Context(), "d1")
	must(t, err)
	if now.Edition != 2 || len(editions) != 2 || editions[0].Number != 2 {
		t.Errorf("the document is %+v with %+v", now, editions)
	}
	for id, stale := range map[question.ID]bool{"patrol.basics.q-1": true, "patrol.basics.q-2": false} {
		if got, err := f.BankEntry(t.Context(), id); err != nil || got.Stale() != stale {
			t.Errorf("%s: stale %v, %v, want %v", id, got.Stale(), err, stale)
		}
	}
	must(t, f.renewAgain(t, now, e)) // with no question to mark
	_, err = f.VerifyAudit(t.Context())
	must(t, err)
}

func (f *fixture) renewAgain(t *testing.T, h library.Head, e library.Edition) error {
	t.Helper()
	h.Edition = 3
	e.Number, e.Text.Edition = 3, 3
	return f.AddEdition(t.Context(), h, e, nil, nil, bank.Selection{}, func(there []bank.Entry) (bank.Change, error) { return bank.Outdated(there, "", started), nil })
}

func testConcurrentEditions(t *testing.T, f *fixture) {
	h, e := f.document(t, "d1")
	var wg sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		wg.Go(func() {
			results[i] = f.renew(t, h, e, bank.Selection{}, func([]bank.Entry) (bank.Change, error) { return bank.Change{}, nil })
		})
	}
	wg.Wait()
	kept := 0
	for _, err := range results {
		if err == nil {
			kept++
		} else if errs.KindOf(err) != errs.Conflict {
			t.Errorf("an edition at once: %v", err)
		}
	}
	if kept != 1 {
		t.Errorf("%d of eight second editions were kept", kept)
	}
}

func testEditionsStay(t *testing.T, f *fixture) {
	f.document(t, "d1")
	if _, err := f.raw(t).ExecContext(t.Context(), "UPDATE document_editions SET note = 'other'"); err == nil {
		t.Error("an edition was changed")
	}
}

func testCorrections(t *testing.T, f *fixture) {
	f.document(t, "d1")
	c := library.Correction{
		ID: "c1", Sections: []string{"one"}, Severity: "A", Claim: "It says “Ünïcödé”.", Correction: "It is not.", Authorities: []string{"S/RES/1"},
		Confidence: "high", AsOf: "2027-01-01", By: trainee, At: started,
	}
	must(t, f.PutCorrection(t.Context(), "d1", c, []audit.Entry{entry("document.correct", "d1")}))
	c.Claim, c.At = "Another.", started.Add(time.Hour)
	must(t, f.PutCorrection(t.Context(), "d1", c, nil))
	second := c
	second.ID = "c2"
	must(t, f.PutCorrection(t.Context(), "d1", second, nil))
	c.ByName, second.ByName = "A. Person", "A. Person"
	got, err := f.Corrections(t.Context(), "d1")
	must(t, err)
	if diff := cmp.Diff([]library.Correction{c, second}, got); diff != "" {
		t.Errorf("Corrections (-want +got):\n%s", diff)
	}
	wantKind(t, "DeleteCorrection of another document", f.DeleteCorrection(t.Context(), "d2", "c1", nil), errs.NotFound)
	must(t, f.DeleteCorrection(t.Context(), "d1", "c1", []audit.Entry{entry("document.uncorrect", "d1")}))
	if got, err = f.Corrections(t.Context(), "d1"); err != nil || len(got) != 1 || got[0].ID != "c2" {
		t.Errorf("after one was taken back: %+v, %v", got, err)
	}
}

func testDecisions(t *testing.T, f *fixture) {
	f.document(t, "d1")
	f.document(t, "d2")
	decide := func(of, draft string, rule drafting.Rule, outcome library.Outcome) error {
		return f.Decide(t.Context(), library.Decision{
			Document: document.ID(of), Edition: 1, Draft: draft, Rule: rule, Outcome: outcome, By: trainee, At: started, Reason: "why",
		}, []audit.Entry{entry("draft.reject", draft)})
	}
	must(t, decide("d1", "a", drafting.Cloze, library.Accepted))
	must(t, decide("d1", "b", drafting.Cloze, library.Edited))
	must(t, decide("d1", "c", drafting.Year, library.Rejected))
	must(t, decide("d2", "a", drafting.Cloze, library.Rejected))
	wantKind(t, "a second decision", decide("d1", "a", drafting.Cloze, library.Rejected), errs.Conflict)
	got, err := f.Decided(t.Context(), "d1", 1)
	must(t, err)
	if diff := cmp.Diff(map[string]library.Outcome{"a": library.Accepted, "b": library.Edited, "c": library.Rejected}, got); diff != "" {
		t.Errorf("Decided (-want +got):\n%s", diff)
	}
	counts, err := f.RuleCounts(t.Context())
	must(t, err)
	want := []library.RuleCount{
		{Rule: drafting.Cloze, Proposed: 6, Accepted: 1, Edited: 1, Rejected: 1},
		{Rule: drafting.Number, Proposed: 4},
		{Rule: drafting.Year, Rejected: 1},
	}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("RuleCounts (-want +got):\n%s", diff)
	}
}

// testReopening takes decisions back: the question that a draft became goes with
// the decision, and stays with it where anything names the question.
func testReopening(t *testing.T, f *fixture) {
	ctx := t.Context()
	f.document(t, "d1")
	of := func(draft string, became question.ID) library.Decision {
		return library.Decision{Document: "d1", Edition: 1, Draft: draft, Rule: drafting.Year, Outcome: library.Accepted, Question: became, By: trainee, At: started}
	}
	reopen := func(draft string) error {
		return f.Reopen(ctx, of(draft, ""), []audit.Entry{entry("draft.reopen", draft)}, func(there []bank.Entry) (bank.Change, error) {
			return bank.Remove(there, trainee, started)
		})
	}
	steps := make([]bank.Step, 4)
	for i, id := range []question.ID{"bank.general.q-new", "bank.general.q-quiz", "bank.general.q-said", "bank.general.q-sent"} {
		steps[i] = keptStep(t, string(id), "What?", asIs)
		must(t, f.Decide(ctx, of(string(id), id), nil))
	}
	f.put(t, steps...)
	must(t, f.Decide(ctx, of("known", ""), nil))
	quiz := blueprintOf("bank.b", 1)
	quiz.Quiz.Rules = []curriculum.Rule{{Questions: []question.ID{"bank.general.q-quiz"}}}
	must(t, f.SaveBlueprint(ctx, quiz, entry("quiz.save", "bank.b")))
	must(t, f.AddRemark(ctx, review.Remark{ID: "r1", Subject: "bank.general.q-said", Version: "v", Verdict: review.Comment, Text: "So?", Reviewer: trainee, At: started}, entry("review.add", "r1")))
	for i, to := range []bank.State{bank.InReview, bank.Draft} { // there and back: it was moved
		step := bank.Step{Entry: steps[3].Entry, Move: &bank.Move{From: bank.Draft, To: to, Version: steps[3].Entry.Version, By: trainee, At: started.Add(time.Duration(i))}}
		step.Entry.State = to
		f.put(t, step)
	}
	before := f.dump(t)
	for _, kept := range []string{"bank.general.q-quiz", "bank.general.q-said", "bank.general.q-sent"} {
		wantKind(t, "Reopen of "+kept, reopen(kept), errs.Conflict)
	}
	must(t, reopen("nobody's"))
	if diff := cmp.Diff(before, f.dump(t)); diff != "" {
		t.Errorf("what was refused changed the database (-before +after):\n%s", diff)
	}
	must(t, reopen("bank.general.q-new"))
	must(t, reopen("bank.general.q-new")) // as it is
	must(t, reopen("known"))
	_, err := f.BankEntry(ctx, "bank.general.q-new")
	wantKind(t, "the question of a draft that is open again", err, errs.NotFound)
	decided, err := f.Decided(ctx, "d1", 1)
	must(t, err)
	if len(decided) != 3 || decided["bank.general.q-new"] != "" || decided["known"] != "" {
		t.Errorf("decided afterwards: %v", decided)
	}
	must(t, f.Decide(ctx, of("bank.general.q-new", "bank.general.q-new"), nil))
	f.put(t, steps[0]) // the same text again
	_, err = f.VerifyAudit(ctx)
	must(t, err)
}
