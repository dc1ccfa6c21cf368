package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/itemanalysis"
)

// analysisCases are those of how questions perform.
func analysisCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"scripts come in pages, with the grade that holds": testScripts,
		"a quiz is due once, and anew after it was taken":  testDueAnalyses,
		"an analysis takes the place of the one before":    testKeepAnalyses,
	}
}

func testScripts(t *testing.T, f *fixture) {
	f.user(t, "second")
	for id, who := range map[string]identity.UserID{"a1": trainee, "a3": "second"} {
		a := f.start(t, who, id)
		must(t, f.answer(t.Context(), a.ID, "phone", `{"choice":"b"}`))
		must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) { return submit(s), nil }))
	}
	f.start(t, trainee, "a2") // open: not a script
	must(t, f.Append(t.Context(), "a1", func(s *assessment.State) (assessment.Change, error) {
		regrade := *submit(s).Grade
		regrade.Items[0].Fraction = 1
		return assessment.Change{Grade: &regrade}, nil
	}))
	first, err := f.Scripts(t.Context(), f.quiz.Slug, "", 1)
	must(t, err)
	if len(first) != 1 || first[0].Attempt != "a1" || first[0].Items[0].Fraction != 1 || first[0].Locale != "en" || first[0].Number != 1 {
		t.Fatalf("the first script is %+v", first)
	}
	if !first[0].StartedAt.Equal(started) || !first[0].EndedAt.Equal(started.Add(time.Minute)) {
		t.Errorf("from %s to %s", first[0].StartedAt, first[0].EndedAt)
	}
	if events := first[0].Events; len(events) != 1 || string(events[0].Response) != `{"choice":"b"}` || events[0].Question != "patrol.basics.q1" || !events[0].Standing.Counts() {
		t.Errorf("its answers are %+v", events)
	}
	rest, err := f.Scripts(t.Context(), f.quiz.Slug, "a1", 5)
	must(t, err)
	if len(rest) != 1 || rest[0].Attempt != "a3" {
		t.Errorf("after a1 come %+v", rest)
	}
	if none, err := f.Scripts(t.Context(), "another", "", 5); err != nil || len(none) != 0 {
		t.Errorf("at another quiz: %+v, %v", none, err)
	}
	old, err := f.Unanalysed(t.Context(), 1)
	must(t, err)
	if diff := cmp.Diff([]curriculum.QuizSlug{f.quiz.Slug}, old); diff != "" {
		t.Errorf("unanalysed (-want +got):\n%s", diff)
	}
}

func testDueAnalyses(t *testing.T, f *fixture) {
	at := func(minutes int) time.Time { return started.Add(time.Duration(minutes) * time.Minute) }
	due := func(abandoned int) (found []itemanalysis.Due) {
		found, err := f.DueAnalyses(t.Context(), at(abandoned))
		must(t, err)
		return found
	}
	take := func(minutes, abandoned int) bool {
		mine, err := f.TakeAnalysis(t.Context(), "b", at(minutes), at(abandoned))
		must(t, err)
		return mine
	}
	must(t, f.NoteGrades(t.Context(), []curriculum.QuizSlug{"b"}, at(1)))
	must(t, f.NoteGrades(t.Context(), []curriculum.QuizSlug{"b", "a"}, at(2)))
	if diff := cmp.Diff([]itemanalysis.Due{{Quiz: "b", Since: at(1)}, {Quiz: "a", Since: at(2)}}, due(0)); diff != "" {
		t.Fatalf("due (-want +got):\n%s", diff)
	}
	if !take(3, 0) || take(4, 0) {
		t.Error("a quiz was taken on twice, or not at all")
	}
	if found := due(0); len(found) != 1 || found[0].Quiz != "a" {
		t.Errorf("while b is taken on, due is %+v", found)
	}
	if found := due(5); len(found) != 2 {
		t.Errorf("once b is abandoned, due is %+v", found)
	}
	must(t, f.NoteGrades(t.Context(), []curriculum.QuizSlug{"b"}, at(4))) // while it is being analysed
	must(t, f.KeepAnalyses(t.Context(), "b", nil, at(3)))
	if found := due(0); len(found) != 2 || found[1].Quiz != "b" || !found[1].Since.Equal(at(4)) {
		t.Errorf("a grade during the analysis was forgotten: %+v", found)
	}
	if !take(6, 0) {
		t.Error("what is due anew cannot be taken on")
	}
	must(t, f.KeepAnalyses(t.Context(), "b", nil, at(6)))
	if found := due(9); len(found) != 1 {
		t.Errorf("what was analysed is still due: %+v", found)
	}
}

func testKeepAnalyses(t *testing.T, f *fixture) {
	want := itemanalysis.Kept{
		Quiz: "b", Which: itemanalysis.First, Revision: 1, Basis: 3, MadeAt: started, Took: 1500 * time.Millisecond,
		Summary: []byte(`{"n":1}`), Document: []byte(`{"all":"é"}`),
	}
	must(t, f.KeepAnalyses(t.Context(), "b", []itemanalysis.Kept{want}, started))
	got, err := f.Analysis(t.Context(), "b", itemanalysis.First)
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	want.Document, want.Revision = []byte(`{}`), 2
	must(t, f.KeepAnalyses(t.Context(), "b", []itemanalysis.Kept{want}, started))
	if got, err = f.Analysis(t.Context(), "b", itemanalysis.First); err != nil || got.Revision != 2 || string(got.Document) != `{}` {
		t.Errorf("the second is %+v, %v", got, err)
	}
	list, err := f.Analyses(t.Context(), itemanalysis.First)
	must(t, err)
	want.Document = nil
	if diff := cmp.Diff([]itemanalysis.Kept{want}, list); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	_, err = f.Analysis(t.Context(), "b", itemanalysis.Last)
	wantKind(t, "an analysis that is not there", err, errs.NotFound)
}
