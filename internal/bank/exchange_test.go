package bank_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/bank"
	"muster/internal/identity"
	"muster/internal/interchange"
	"muster/internal/interchange/formats"
	"muster/internal/question"
)

func (w *world) exchange() *bank.Exchange { return &bank.Exchange{Bank: w.Service, Trail: w.kept} }

const giftFile = `// [tag:Day 1] [id:q1]
::One::First? {=a ~b}

$CATEGORY: Law/IHL

Second? {=a ~b}

Broken {

// [tag:outcome:ground.basics.o1] [tag:pool:exam]
Third? {T}

First of two? {=x ~y}

First of two? {=x ~y}
`

func (w *world) imported(in bank.Import) bank.ImportReport {
	w.Helper()
	if in.File == nil {
		in.File = []byte(giftFile)
	}
	report, err := w.exchange().Import(w.Context(), marta, in)
	w.must(err)
	return report
}

func (w *world) total() int {
	w.Helper()
	page, err := w.Find(w.Context(), bank.Filter{})
	w.must(err)
	return page.Total
}

func TestImport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.total()
	in := bank.Import{Format: "auto", Name: "unit.gift", Module: "ground", Lesson: "basics", Tags: []string{"Imported"}, DryRun: true}
	dry := w.imported(in)
	if w.total() != before || dry.Created != 0 || dry.Format != "gift" {
		t.Fatalf("a dry run made %d questions: %+v", w.total()-before, dry)
	}
	in.DryRun = false
	report := w.imported(in)
	if report.Created != 4 || report.Known != 1 || report.Refused != 1 || report.Whole() || w.total() != before+4 {
		t.Fatalf("created %d, known %d, refused %d, there are %d more", report.Created, report.Known, report.Refused, w.total()-before)
	}
	for i := range dry.Questions {
		dry.Questions[i].ID = report.Questions[i].ID
	}
	dry.Created, dry.Findings = report.Created, report.Findings
	if diff := cmp.Diff(dry, report); diff != "" {
		t.Errorf("the dry run said something else (-dry +real):\n%s", diff)
	}
	first, second, third := w.entry(report.Questions[0].ID), w.entry(report.Questions[1].ID), w.entry(report.Questions[2].ID)
	if first.State != bank.Draft || first.Question.Title != "One" || !slices.Equal(first.Tags, []string{"day 1", "idnumber:q1", "imported"}) {
		t.Errorf("the first is %+v", first)
	}
	if !strings.HasPrefix(string(first.ID()), "ground.basics.q-") || second.Tags[0] != "category:law/ihl" {
		t.Errorf("%s, tags %v", first.ID(), second.Tags)
	}
	if third.Question.Pool != question.Exam || !slices.Equal(third.Question.Outcomes, []string{"ground.basics.o1"}) || slices.Contains(third.Tags, "pool:exam") {
		t.Errorf("the third is %+v", third)
	}
	if again := w.imported(in); again.Created != 0 || again.Known != 5 || w.total() != before+4 {
		t.Errorf("the same file again: %+v", again)
	}
	in.Copies = true
	if again := w.imported(in); again.Created != 5 || w.total() != before+9 {
		t.Errorf("copies: created %d, there are %d more", again.Created, w.total()-before)
	}
}

func TestImportIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	x := w.exchange()
	for name, in := range map[string]bank.Import{
		"an unknown format": {Format: "wav"}, "an unknown lesson": {Module: "ground", Lesson: "none"}, "an unknown outcome": {Outcomes: []string{"x"}},
		"an unknown pool": {Pool: "sea"}, "a long tag": {Tags: []string{strings.Repeat("x", 99)}}, "nothing": {File: []byte{}}, "no text": {File: []byte("\x00\x01")},
	} {
		if in.File == nil {
			in.File = []byte(giftFile)
		}
		if _, err := x.Import(t.Context(), marta, in); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	_, err := x.Import(t.Context(), nobody, bank.Import{File: []byte(giftFile)})
	w.wantCode("a trainee's import", err, "forbidden")
	_, err = x.Export(t.Context(), nobody, bank.Filter{}, "gift")
	w.wantCode("a trainee's export", err, "forbidden")
	for _, name := range []string{"auto", "wav", ""} {
		if _, err := x.Export(t.Context(), marta, bank.Filter{}, name); err == nil {
			t.Errorf("an export as %q is made", name)
		}
	}
}

// TestThereAndBack: what one bank exports another imports, and has then the same
// questions with the same tags; the first knows them again.
func TestThereAndBack(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"gift", "sheet", "csv"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			here, there := newWorld(t), newWorld(t)
			q := whole("Where?")
			for i := range q.Options {
				q.Options[i].Misconception = "" // GIFT has no place for them
			}
			kept := here.add(q, "one", "category:law/ihl", "idnumber:q 7")
			file, err := here.exchange().Export(t.Context(), marta, bank.Filter{Tag: "one"}, format)
			here.must(err)
			if file.Count != 1 || len(file.Findings) > 0 || file.Left() != 0 {
				t.Fatalf("%+v", file)
			}
			report := there.imported(bank.Import{Name: file.Name, File: file.File})
			if report.Created != 1 || len(report.Findings) > 0 {
				t.Fatalf("%+v", report)
			}
			got := there.entry(report.Questions[0].ID)
			got.Question.ID = kept.ID()
			question.Identify(&got.Question)
			if diff := cmp.Diff(kept.Question, got.Question); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(kept.Tags, got.Tags); diff != "" {
				t.Error(diff)
			}
			if again := here.imported(bank.Import{Name: file.Name, File: file.File}); again.Created != 0 || again.Known != 1 {
				t.Errorf("its own export again: %+v", again)
			}
		})
	}
}

// TestEssaysThereAndBack: an essay travels with its rubric; without one it comes
// in as a draft that says so and cannot be approved.
func TestEssaysThereAndBack(t *testing.T) {
	t.Parallel()
	here, there := newWorld(t), newWorld(t)
	q := whole("Discuss.")
	q.Kind, q.Options, q.MaxWords, q.Model = question.Essay, nil, 250, "It is.\n\nSo there."
	q.Rubric = []question.Criterion{{Text: "Names it", Points: 2, Guide: "1 point for its kind."}, {Text: "Says why", Points: 3}}
	kept := here.add(q, "essay")
	for _, format := range []string{"moodlexml", "qti21", "qti30", "sheet", "csv"} {
		file, err := here.exchange().Export(t.Context(), marta, bank.Filter{Tag: "essay"}, format)
		here.must(err)
		report := there.imported(bank.Import{Name: file.Name, File: file.File, DryRun: true})
		if len(file.Findings) > 0 || len(report.Findings) > 0 || len(report.Questions) != 1 {
			t.Fatalf("%s: %+v, %+v", format, file.Findings, report)
		}
		got := report.Questions[0].Question
		got.ID = kept.ID()
		if diff := cmp.Diff(kept.Question, got); diff != "" {
			t.Errorf("%s: %s", format, diff)
		}
	}
	report := there.imported(bank.Import{Format: "gift", File: []byte("Discuss.{}")})
	if report.Created != 1 || len(report.Findings) != 1 || report.Findings[0].Message != interchange.NoRubric {
		t.Fatalf("%+v", report)
	}
	if e := there.entry(report.Questions[0].ID); e.State != bank.Draft || !slices.ContainsFunc(report.Questions[0].Findings, func(f bank.Finding) bool { return f.Field == "rubric" && f.Severity == "error" }) {
		t.Errorf("%+v, %+v", e, report.Questions[0].Findings)
	}
}

// TestExportSaysWhatIsLeftOut, and leaves a trace.
func TestExport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	q := question.Question{Kind: question.Order, Stem: "First?", Sequence: []question.Choice{{Text: "a"}, {Text: "b"}}}
	w.add(q, "mine")
	file, err := w.exchange().Export(t.Context(), marta, bank.Filter{Tag: "mine"}, "gift")
	w.must(err)
	if file.Left() != 1 || file.Findings[0].Severity != interchange.Error || !strings.HasPrefix(file.Name, "questions-2027-01-14.gift") {
		t.Errorf("%+v", file)
	}
	entries, err := w.kept.AuditEntries(t.Context(), 0, 1000)
	w.must(err)
	if last := entries[len(entries)-1]; last.Action != bank.ActionExport || last.Actor != string(marta.ID) {
		t.Errorf("the last deed is %+v", last)
	}
	for _, name := range formats.Names() {
		file, err := w.exchange().Template(name)
		w.must(err)
		report := w.imported(bank.Import{Format: name, File: file.File, DryRun: true})
		if want := file.Count - file.Left(); len(report.Questions) != want || report.Refused != 0 {
			t.Errorf("%s: %d of %d examples come back: %+v %+v", name, len(report.Questions), want, file.Findings, report.Findings)
		}
	}
}

// TestManyAreQuick imports 10,000 questions into SQLite.
func TestManyAreQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	w := newWorld(t)
	var file strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&file, "::Q %d::What is the number %d of the mandate? {\n\t=Answer %d#Yes.\n\t~Another %d#No.\n\t~A third#No.\n\t~A fourth#No.\n####Because.}\n\n", i, i, i, i+1)
	}
	began, calls := time.Now(), 0
	report := w.imported(bank.Import{Format: "gift", File: []byte(file.String()), Tags: []string{"many"}, Progress: func(int, int) { calls++ }})
	took := time.Since(began)
	t.Logf("10,000 GIFT questions in %v", took)
	if report.Created != 10_000 || calls == 0 {
		t.Fatalf("created %d, %d calls", report.Created, calls)
	}
	if took > 30*time.Second { // 5 s on a quiet machine
		t.Errorf("10,000 questions took %v", took)
	}
	began = time.Now()
	out, err := w.exchange().Export(t.Context(), identity.Actor{ID: "marta", Role: identity.Trainer}, bank.Filter{Tag: "many"}, "gift")
	w.must(err)
	t.Logf("exported %d in %v", out.Count-out.Left(), time.Since(began))
}
