package api

import (
	"net/http"
	"strings"
	"testing"

	"muster/internal/identity"
)

// exchangeSample gives a body for an operation of files of questions.
func exchangeSample(id string) any {
	if id != "importQuestions" {
		return nil
	}
	return QuestionImport{Name: "x.gift", File: []byte("It is round.{T}"), DryRun: true}
}

// exchangeGood is a body that such an operation accepts, with every field there is.
func exchangeGood(id string) any {
	if id != "importQuestions" {
		return nil
	}
	return QuestionImport{
		Format: "gift", Name: "x.gift", File: []byte("It is round.{T}"), DryRun: true, Copies: true, Pool: "exam", Module: "ground", Lesson: "basics",
		Outcomes: []string{"ground.basics.o1"}, Tags: []string{"new"},
	}
}

const giftOfThree = "::One::First? {=a ~b}\n\nBroken {\n\n// [tag:Alpha]\nSecond? {T}\n"

// TestQuestionFiles: a file comes in as drafts, is known the second time, and goes
// out again in every format; trainers alone may do either.
func TestQuestionFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	marta := w.person("marta", identity.Trainer)
	in := QuestionImport{Name: "unit.gift", File: []byte(giftOfThree), DryRun: true, Module: "ground", Lesson: "basics", Tags: []string{"mine"}}
	dry := decode[QuestionImportReport](w.call(http.MethodPost, base+"/question-imports", marta, in).want(http.StatusOK))
	if dry.Created != 0 || dry.Refused != 1 || len(dry.Questions) != 2 || dry.Format != "gift" || len(dry.Findings) != 1 || dry.Findings[0].Line != 3 {
		t.Fatalf("a dry run = %+v", dry)
	}
	if q := dry.Questions[1]; q.Line != 6 || q.ID != "" || q.Question.Stem != "Second?" || q.Open == 0 || strings.Join(q.Tags, " ") != "alpha mine" {
		t.Errorf("the second question = %+v", q)
	}
	in.DryRun = false
	done := decode[QuestionImportReport](w.call(http.MethodPost, base+"/question-imports", marta, in).want(http.StatusOK))
	if done.Created != 2 || done.Questions[0].ID == "" {
		t.Fatalf("an import = %+v", done)
	}
	again := decode[QuestionImportReport](w.call(http.MethodPost, base+"/question-imports", marta, in).want(http.StatusOK))
	if again.Created != 0 || again.Known != 2 || again.Questions[0].ID != done.Questions[0].ID {
		t.Errorf("the same file again = %+v", again)
	}
	for _, format := range []string{"gift", "sheet", "csv", "aiken", "moodlexml", "qti21", "qti30"} {
		got := w.call(http.MethodGet, base+"/question-exports?tag=mine&format="+format, marta, nil).want(http.StatusOK)
		if disposition := got.header.Get("Content-Disposition"); !strings.HasPrefix(disposition, `attachment; filename="questions-2027-01-14`) || len(got.raw) == 0 {
			t.Errorf("%s: %d bytes, %s", format, len(got.raw), disposition)
		}
		w.call(http.MethodGet, base+"/question-templates?format="+format, marta, nil).want(http.StatusOK)
	}
	lost := decode[QuestionExportFindings](w.call(http.MethodGet, base+"/question-export-findings?tag=mine&format=aiken", marta, nil).want(http.StatusOK))
	if lost.Questions != 2 || lost.Left != 1 || len(lost.Findings) < 2 {
		t.Errorf("what Aiken cannot carry = %+v", lost)
	}
	w.call(http.MethodPost, base+"/question-imports", marta, QuestionImport{Name: "x", File: []byte("nothing at all")}).wantCode(http.StatusUnprocessableEntity, "invalid")
	w.call(http.MethodGet, base+"/question-exports?format=gift", w.person("amina", identity.Trainee), nil).want(http.StatusForbidden)
}
