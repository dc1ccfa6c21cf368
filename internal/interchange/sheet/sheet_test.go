package sheet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"muster/internal/interchange"
	"muster/internal/interchange/interchangetest"
	"muster/internal/question"
)

// carries leaves of an item what a sheet has columns for.
func carries(item *interchange.Item) bool {
	q := &item.Question
	for i := range q.Blanks {
		q.Blanks[i].Mistakes = nil
	}
	if q.Wrong != nil && *q.Wrong == (question.Mistake{}) {
		q.Wrong = nil
	}
	if q.Kind == question.Order && q.Mistakes[0] == (question.Mistake{}) {
		q.Mistakes = nil
	}
	item.Media = nil
	return true
}

func TestRoundTripCSV(t *testing.T) {
	t.Parallel()
	interchangetest.RoundTrip(t, CSV(), carries, question.Kinds...)
}

func TestRoundTripXLSX(t *testing.T) {
	t.Parallel()
	interchangetest.RoundTrip(t, Format(), carries, question.Kinds...)
}

func TestLosesNothingInSilence(t *testing.T) {
	t.Parallel()
	interchangetest.LosesNothingInSilence(t, CSV(), question.Kinds...)
}

// TestFilledIn reads what trainers fill in, row by row.
func TestFilledIn(t *testing.T) {
	t.Parallel()
	truth, falsehood := true, false
	for row, want := range map[string]question.Question{
		`,Who?,b,x,y`:                          {Kind: question.Single, Stem: "Who?", Options: []question.Option{{Text: "x"}, {Text: "y", Correct: true}}},
		`multiple choice,Who?,A,x,,y`:          {Kind: question.Single, Stem: "Who?", Options: []question.Option{{Text: "x", Correct: true}, {Text: "y"}}},
		`,Which?,"A, c",x,y,z`:                 {Kind: question.Multiple, Stem: "Which?", Options: []question.Option{{Text: "x", Correct: true}, {Text: "y"}, {Text: "z", Correct: true}}},
		`true/false,It is.,TRUE`:               {Kind: question.TrueFalse, Stem: "It is.", Truth: &truth},
		`,It is.,false B,x,y`:                  {Kind: question.TrueFalse, Stem: "It is.", Truth: &falsehood, Options: []question.Option{{Text: "x"}, {Text: "y", Correct: true}}},
		`numeric,How many?,'-9`:                {Kind: question.Numeric, Stem: "How many?", Answer: &question.Quantity{Value: -9}},
		`short answer,The UN has a,Council|SC`: {Kind: question.Cloze, Stem: "The UN has a ____", Blanks: []question.Blank{{Accepted: []string{"Council", "SC"}}}},
		`judgement,What first?,B,x,y`:          {Kind: question.Judgement, Stem: "What first?", Options: []question.Option{{Text: "x"}, {Text: "y", Grade: 3}}},
		`order,First to last,,x,y`:             {Kind: question.Order, Stem: "First to last", Sequence: []question.Choice{{Text: "x"}, {Text: "y"}}},
	} {
		items, findings, err := read(t.Context(), []byte("Kind,Question,Answer,option 1,Option_B,option-c\n"+row), interchange.Usual())
		if err != nil || len(items) != 1 || len(findings) > 0 {
			t.Errorf("%s: %+v, %+v, %v", row, items, findings, err)
			continue
		}
		if diff := cmp.Diff(want, items[0].Question, interchangetest.Same); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row, diff)
		}
	}
}

// TestGoodAmongBad: every row that is whole comes in, and each other one is found
// on its line.
func TestGoodAmongBad(t *testing.T) {
	t.Parallel()
	file := "\"kind\",question,answer,option_a,option_b,match_a,colour\r\n" +
		"single,Good?,A,x,y\r\n" + // 2
		"single,No answer?,,x,y\r\n" + // 3
		"riddle,What?,A,x,y\r\n" + // 4
		"single,\"On two\nlines?\",C,x,y\r\n" + // 5
		"single,\"Q\" u,A,x,y\r\n" + // 7
		"essay,Discuss,,\r\n" + // 8: without a rubric
		"single,,A,x,y\r\n" + // 9
		"\r\n" +
		"single,Stray?,A,x,y,z,red,more\r\n" + // 11
		"numeric,How?,nine\r\n" // 12
	items, findings, err := read(t.Context(), []byte(file), interchange.Usual())
	if err != nil || len(items) != 3 {
		t.Fatalf("%d items, %v, %v", len(items), findings, err)
	}
	got := map[int]interchange.Severity{}
	for _, f := range findings {
		got[f.Line] = f.Severity
	}
	want := map[int]interchange.Severity{1: "warning", 3: "error", 4: "error", 5: "error", 7: "error", 8: "warning", 9: "error", 11: "warning", 12: "error"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s\n%+v", diff, findings)
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"empty": "", "no head": "a,b\nc,d", "a column twice": "question,stem\na,b", "headings only": "question\n", "broken zip": "PK\x03\x04rubbish", "binary": "q\x00",
	} {
		if items, findings, err := read(t.Context(), []byte(file), interchange.Usual()); err == nil {
			t.Errorf("%s: %v, %v", name, items, findings)
		}
	}
}

// TestNothingRuns: no cell of a file that is written is a formula, and each comes
// back as it was (SECURITY IN-10).
func TestNothingRuns(t *testing.T) {
	t.Parallel()
	evil := []string{"=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "'=1", "''x", "'", "=HYPERLINK(\"http://x\")", "|calc", "%x"}
	var items []interchange.Item
	for _, text := range evil {
		items = append(items, interchange.Item{
			Tags:     []string{text},
			Question: question.Question{Kind: question.Single, Stem: text, Options: []question.Option{{Text: text, Correct: true}, {Text: "b"}}},
		})
	}
	for _, f := range []interchange.Format{Format(), CSV()} {
		file, findings, err := f.Write(items)
		if err != nil || len(findings) > 0 {
			t.Fatal(findings, err)
		}
		for _, cell := range cellsIn(t, f, file) {
			if runs(cell) {
				t.Errorf("%s: the cell %q would run", f.Name, cell)
			}
		}
		back, findings, err := f.Read(t.Context(), file, interchange.Usual())
		if err != nil || len(findings) > 0 {
			t.Fatal(findings, err)
		}
		if diff := cmp.Diff(items, back, interchangetest.Same); diff != "" {
			t.Error(diff)
		}
	}
}

// cellsIn gives the cells of a file as a spreadsheet has them.
func cellsIn(t *testing.T, f interchange.Format, file []byte) []string {
	t.Helper()
	if f.Name == "csv" {
		var cells []string
		for record := range bytes.SplitSeq(bytes.TrimPrefix(file, []byte("\ufeff")), []byte("\r\n")) {
			for cell := range strings.SplitSeq(string(record), `","`) {
				cells = append(cells, strings.Trim(cell, `"`))
			}
		}
		return cells
	}
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(sheetName)
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for _, row := range rows {
		cells = append(cells, row...)
	}
	return cells
}

func FuzzRead(f *testing.F) {
	book, _, err := writeXLSX([]interchange.Item{{Question: question.Question{Kind: question.Order, Stem: "a", Sequence: []question.Choice{{Text: "b"}, {Text: "c"}}}}})
	if err != nil {
		f.Fatal(err)
	}
	interchangetest.Fuzz(f, CSV(), "kind,question,answer,option_a,match_a,feedback_a,option_b\nsingle,q,A,x,,f,y\nmatch,q,,l,r,f,\n",
		"question;answer;tags;outcomes;unit\n\"a\nb\";9;x \\; y;m.l.o1;km\n", "question,answer,option_a\n'=1,false A,\"a \"\" b\"\n", "kind,question,answer,max_words,option_a,feedback_a\nessay,q,m,9999,a (2 points),g\n", string(book))
}
