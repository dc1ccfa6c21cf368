package storetest

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/question"
)

func testBank(t *testing.T, f *fixture) {
	changed := questions()
	changed[0].Stem = "What comes last?"
	must(t, f.PublishQuestions(t.Context(), changed))
	must(t, f.PublishQuestions(t.Context(), questions()))
	want := make(map[question.Version]question.Question)
	var versions []question.Version
	for _, q := range append(questions(), changed...) {
		_, version, err := question.Encode(q)
		must(t, err)
		want[version] = q
		versions = append(versions, version)
	}
	for _, reading := range []string{"from the table", "from memory"} {
		got, err := f.QuestionVersions(t.Context(), versions)
		must(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: QuestionVersions differ (-want +got):\n%s", reading, diff)
		}
		version, err := curriculum.QuizVersion(f.quiz)
		must(t, err)
		quiz, err := f.QuizVersion(t.Context(), version)
		must(t, err)
		if diff := cmp.Diff(f.quiz, quiz); diff != "" {
			t.Errorf("%s: QuizVersion differs (-want +got):\n%s", reading, diff)
		}
	}
	_, err := f.QuestionVersions(t.Context(), append(versions, "0000"))
	wantKind(t, "QuestionVersions of an unknown version", err, errs.NotFound)
	_, err = f.QuizVersion(t.Context(), "0000")
	wantKind(t, "QuizVersion of an unknown version", err, errs.NotFound)
}

func testReopen(t *testing.T, f *fixture) {
	a := f.start(t, trainee, "a1")
	must(t, f.answer(t.Context(), a.ID, "phone", `{"choice":"b"}`))
	before, err := f.Events(t.Context(), a.ID)
	must(t, err)
	must(t, f.Close(t.Context()))
	f.Store = open(t, f.url)
	got, err := f.Attempt(t.Context(), a.ID)
	must(t, err)
	if diff := cmp.Diff(a, got); diff != "" {
		t.Errorf("Attempt differs (-want +got):\n%s", diff)
	}
	must(t, f.answer(t.Context(), a.ID, "phone", `{"choice":"c"}`))
	after, err := f.Events(t.Context(), a.ID)
	must(t, err)
	if diff := cmp.Diff(before, after[:len(after)-1]); diff != "" {
		t.Errorf("Events differ (-want +got):\n%s", diff)
	}
	if broken := assessment.Verify(after); broken != nil {
		t.Errorf("Verify = %+v, want a chain that goes on", broken)
	}
}

func testClosed(t *testing.T, f *fixture) {
	a := f.start(t, trainee, "a1")
	must(t, f.Ping(t.Context()))
	must(t, f.Close(t.Context()))
	if err := f.answer(context.Background(), a.ID, "phone", `{}`); err == nil {
		t.Error("Append to a closed store = nil, want an error")
	}
}
