// Package sheet reads and writes questions as a sheet that a trainer can fill in,
// one row a question, as a workbook or as CSV. Its columns hold all that the
// program knows of a question but passages and foreseen mistakes of gaps.
//
// A cell that a spreadsheet would run as a formula is written with an apostrophe
// before it, which is taken away when it is read. It must not know the bank.
package sheet

import (
	"bytes"
	"context"
	"path"
	"strings"

	"muster/internal/interchange"
)

// Format is the sheet as a workbook. Reading takes CSV too.
func Format() interchange.Format {
	return interchange.Format{
		Name: "sheet", Title: "Sheet (XLSX)", Ending: ".xlsx", Media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		Detect: detect, Read: read, Write: writeXLSX,
	}
}

// CSV is the sheet as CSV. Reading takes workbooks too.
func CSV() interchange.Format {
	return interchange.Format{
		Name: "csv", Title: "Sheet (CSV)", Ending: ".csv", Media: "text/csv; charset=utf-8",
		Detect: func(string, []byte) bool { return false }, Read: read, Write: writeCSV,
	}
}

// zipped is how a workbook begins.
var zipped = []byte("PK\x03\x04")

func detect(name string, file []byte) bool {
	ending := strings.ToLower(path.Ext(name))
	if bytes.HasPrefix(file, zipped) {
		return ending == ".xlsx" || bytes.Contains(file, []byte("xl/workbook.xml"))
	}
	first, _, _ := bytes.Cut(file[:min(len(file), 64<<10)], []byte("\n"))
	head := strings.ToLower(string(first))
	return strings.Contains(head, string(columnQuestion)) && (strings.Contains(head, string(columnAnswer)) || ending == ".csv")
}

// next gives the rows of a sheet one by one, with their lines; io.EOF at the end.
type next func() (line int, cells []string, err error)

func read(ctx context.Context, file []byte, limits interchange.Limits) ([]interchange.Item, []interchange.Finding, error) {
	if err := limits.Admit(file); err != nil {
		return nil, nil, err
	}
	r := &reader{limits: limits}
	var err error
	if bytes.HasPrefix(file, zipped) {
		err = r.xlsx(ctx, file)
	} else {
		err = r.csv(ctx, file)
	}
	if err != nil {
		return nil, nil, err
	}
	if len(r.items) == 0 && len(r.findings.List()) == 0 {
		return nil, nil, interchange.Refused("There are no questions in the sheet.")
	}
	return r.items, r.findings.List(), nil
}
