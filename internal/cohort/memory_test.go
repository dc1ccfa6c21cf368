package cohort

import (
	"fmt"
	"strings"
	"testing"

	"muster/internal/heaptest"
)

// TestHostileFilesTakeLittleMemory: no file of people takes more than 200 MB, be it
// read or refused (SECURITY IN-08).
func TestHostileFilesTakeLittleMemory(t *testing.T) {
	var cases []heaptest.Case
	add := func(format Format, name string, file func() []byte) {
		cases = append(cases, heaptest.Case{Name: string(format) + ": " + name, File: file, Read: func(file []byte) error {
			got, err := readTable(format, file)
			if err == nil {
				err = fmt.Errorf("%d rows, %d findings", len(got.rows), len(got.findings))
			}
			return err
		}})
	}
	for name, text := range map[string]string{"rows": "a\n", "commas": ",", "broken rows": "x\"\n", "rows of commas": "a,,,,,,,,b\n", "empty rows": "\n", "a cell": "\"a\"\"", "rows of spaces": " ,\n"} {
		add(CSV, name, func() []byte { return heaptest.Repeated(MaxImportBytes, "name,email\n", text, "") })
	}
	add(CSV, "headings", func() []byte { return heaptest.Repeated(MaxImportBytes, "", "x,", "name\n") })
	sheet := func(text string, times int) heaptest.Part {
		return heaptest.Part{Name: heaptest.Sheet, Before: heaptest.SheetHead + heaptest.Row("name", "email"), Text: text, Times: times, After: heaptest.SheetEnd}
	}
	for name, parts := range map[string][]heaptest.Part{
		"rows":      {sheet(strings.Repeat(heaptest.Row("a", "b"), 100), 5000)},
		"cells":     {sheet(heaptest.Row(make([]string, 10_000)...), 90)},
		"far cells": {sheet(strings.Repeat(`<row><c r="XFD1" t="str"><v>a</v></c></row>`, 100), 5000)},
		"texts":     {sheet(heaptest.Row("a"), 1), {Name: "xl/sharedStrings.xml", Before: `<sst>`, Text: strings.Repeat(`<si><t>a</t></si>`, 1000), Times: 2500, After: `</sst>`}},
	} {
		add(XLSX, name, func() []byte { return heaptest.Workbook(t, parts...) })
	}
	heaptest.Check(t, cases)
}
