package cohort

import (
	"archive/zip"
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"muster/internal/errs"
)

func TestUsernameBase(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Amina Diallo": "amina.diallo", " O'Hara-Smith  ": "oharasmith", "Åsa Łęcka": "åsa.łęcka", "ﬁona": "fiona", "Groß": "gross", "王芳": "王芳", "सलमा शर्मा": "सलमा.शर्मा", "สมชาย ใจดี": "สมชาย.ใจดี", "ශ්\u200dරී ලංකා": "ශ්රී.ලංකා",
		"X": "", "?!": "", "": "", "a b c": "a.b.c", "Jean-Luc 2nd": "jeanluc.2nd",
	} {
		if got := usernameBase(name); got != want {
			t.Errorf("usernameBase(%q) = %q, want %q", name, got, want)
		}
	}
	long := usernameBase(fmt.Sprintf("%0100d", 7))
	if len(long) != 56 {
		t.Errorf("a long name gives %d characters, want 56, so that a number fits", len(long))
	}
}

// sheet makes a workbook of the XML of its rows.
func sheet(t *testing.T, rows string) []byte {
	t.Helper()
	var plain, out bytes.Buffer
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(excelize.NewFile().Write(&plain))
	from, err := zip.NewReader(bytes.NewReader(plain.Bytes()), int64(plain.Len()))
	must(err)
	to := zip.NewWriter(&out)
	for _, part := range from.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			must(to.Copy(part))
		}
	}
	w, err := to.Create("xl/worksheets/sheet1.xml")
	must(err)
	_, err = fmt.Fprintf(w, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>`, rows)
	must(err)
	must(to.Close())
	return out.Bytes()
}

// TestFarCells: a workbook whose cells are far out costs little more than others.
func TestFarCells(t *testing.T) {
	t.Parallel()
	cell := func(at, text string) string {
		return `<c r="` + at + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	file := sheet(t, `<row r="1">`+cell("A1", "name")+`</row><row r="2">`+cell("XFD2", "far")+`</row><row r="1048576">`+cell("A1048576", "Amina")+`</row>`)
	start := time.Now()
	got, err := readTable(XLSX, file)
	if err != nil || len(got.rows) != 2 || got.rows[1].line != 1048576 {
		t.Errorf("readTable = %+v, %v, want two rows, the second on the last line", got, err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("reading two far cells took %s", took)
	}
}

// FuzzReadTable: no file makes the reader panic or read more than it may, and
// a refusal says that it is the file's.
func FuzzReadTable(f *testing.F) {
	f.Add([]byte("name;email\nAmina;a@b.org\n\"x\n"), false)
	f.Add([]byte("\ufeffname\tlocale\r\n\"A\"b\tfr\r\n\"c\r\nd\"\t\r\n"), false)
	var file bytes.Buffer
	if err := excelize.NewFile().Write(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes(), true)
	f.Fuzz(func(t *testing.T, file []byte, book bool) {
		format := CSV
		if book {
			format = XLSX
		}
		got, err := readTable(format, file)
		if err != nil {
			if errs.KindOf(err) != errs.Invalid {
				t.Errorf("readTable = %v, want Invalid", err)
			}
			return
		}
		line := 1
		for _, r := range got.rows {
			if r.line <= line {
				t.Errorf("line %d comes after line %d", r.line, line)
			}
			line = r.line
		}
		if len(got.rows) > MaxImportRows {
			t.Errorf("%d rows were read", len(got.rows))
		}
	})
}
