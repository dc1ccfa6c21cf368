package report_test

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"muster/internal/errs"
	"muster/internal/report"
)

var table = report.Table{
	Title: "7th Engineers", Columns: []string{"name", "progress", "overdue", "ready", "last_active", "note"},
	Rows: [][]any{
		{"Amina Diallo", 0.625, 2, true, time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC), nil},
		{"=HYPERLINK(\"http://x\")", 1.0, 0, false, time.Time{}, "a \"b\", c\nd"},
		{"محمد 李雷", 0.3, -3, true, nil, "-1+1"},
	},
	Notes: []string{"Made on 14 January 2027"},
}

func TestCSV(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := table.Write(&out, report.CSV); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffname,progress,overdue,ready,last_active,note\r\n" +
		"Amina Diallo,0.625,2,true,2027-01-14T09:30:00Z,\r\n" +
		"\"'=HYPERLINK(\"\"http://x\"\")\",1,0,false,,\"a \"\"b\"\", c\r\nd\"\r\n" +
		"محمد 李雷,0.3,-3,true,,'-1+1\r\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("CSV (-want +got):\n%s", diff)
	}
}

func TestXLSX(t *testing.T) {
	t.Parallel()
	book := opened(t, table)
	rows, err := book.GetRows("Figures")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"name", "progress", "overdue", "ready", "last_active", "note"},
		{"Amina Diallo", "0.625", "2", "TRUE", "2027-01-14T09:30:00Z"},
		{"=HYPERLINK(\"http://x\")", "1", "0", "FALSE", "", "a \"b\", c\nd"},
		{"محمد 李雷", "0.3", "-3", "TRUE", "", "-1+1"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("sheet (-want +got):\n%s", diff)
	}
	for _, cell := range []string{"A3", "F4"} {
		if formula, err := book.GetCellFormula("Figures", cell); formula != "" || err != nil {
			t.Errorf("%s is the formula %q, %v", cell, formula, err)
		}
	}
	about, err := book.GetRows("About")
	if diff := cmp.Diff([][]string{{"7th Engineers"}, {"Made on 14 January 2027"}}, about); diff != "" || err != nil {
		t.Errorf("notes, %v (-want +got):\n%s", err, diff)
	}
}

func opened(t interface {
	Fatal(...any)
	Cleanup(func())
}, table report.Table) *excelize.File {
	var out bytes.Buffer
	if err := table.Write(&out, report.XLSX); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func TestUnknownFormat(t *testing.T) {
	t.Parallel()
	if err := table.Write(&bytes.Buffer{}, "ods"); errs.KindOf(err) != errs.Invalid {
		t.Errorf("Write as ods = %v, want Invalid", err)
	}
}

// TestFormatsAgree: the same figures come out of both formats.
func TestFormatsAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		made := report.Table{Title: "any", Columns: []string{"text", "share", "count"}}
		for range rapid.IntRange(1, 12).Draw(t, "rows") {
			made.Rows = append(made.Rows, []any{
				rapid.StringMatching(`[-=+@a-zA-Zéض李,;" ]{1,12}`).Draw(t, "text"),
				rapid.Float64Range(-1, 1).Draw(t, "share"), rapid.IntRange(-9999, 9999).Draw(t, "count"),
			})
		}
		var out bytes.Buffer
		if err := made.Write(&out, report.CSV); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		book := opened(t, made)
		for i, row := range made.Rows {
			for j, column := range []string{"A", "B", "C"} {
				cell, err := book.GetCellValue("Figures", column+strconv.Itoa(i+2), excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				got := records[i+1][j]
				if j == 0 && got != report.Neutral(cell) || j > 0 && number(t, got) != number(t, cell) {
					t.Fatalf("row %d: XLSX has %q, CSV %q, made from %v", i+1, cell, got, row[j])
				}
			}
		}
	})
}

func number(t *rapid.T, s string) float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
