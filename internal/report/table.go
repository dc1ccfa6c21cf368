// Package report writes figures as files: tables as CSV and XLSX, which other
// programs read, and one sheet to print as PDF. They are made from the same
// query as the page that shows them, so that screen, export and API say the same.
//
// It must not know what the figures mean, nor HTTP or SQL.
package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"muster/internal/errs"
)

// Format is a kind of file.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	PDF  Format = "pdf" // of a Page
)

// Formats lists all formats.
var Formats = []Format{CSV, XLSX, PDF}

// Media gives the media type of files in a format.
func (f Format) Media() string {
	switch f {
	case CSV:
		return "text/csv"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case PDF:
		return "application/pdf"
	}
	return "application/octet-stream"
}

// Table is figures in rows. A cell is nil (nothing to say), a string, an int, a
// float64, a bool or a time.Time.
type Table struct {
	Title   string   // of the sheet
	Columns []string // names, unique, snake_case
	Rows    [][]any  // each as long as Columns
	Notes   []string // who made it, when, and what the figures are made of
}

// Write writes the table in a format. Invalid for an unknown one.
func (t Table) Write(w io.Writer, f Format) error {
	switch f {
	case CSV:
		return t.csv(w)
	case XLSX:
		return t.xlsx(w)
	}
	return errs.InvalidField("format", "The format is csv, xlsx or pdf.")
}

// csv writes UTF-8 with a byte order mark, which spreadsheets need to read names
// rightly. Notes have no place in CSV: its first row is the columns' names.
func (t Table) csv(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("write the byte order mark: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true // RFC 4180
	records := [][]string{t.Columns}
	for _, row := range t.Rows {
		record := make([]string, len(row))
		for i, cell := range row {
			record[i] = text(cell)
		}
		records = append(records, record)
	}
	return out.WriteAll(records)
}

// text writes a cell for CSV: numbers with a point and no grouping, times as
// RFC 3339.
func text(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return Neutral(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return stamp(v)
	}
	return Neutral(fmt.Sprint(cell))
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Neutral makes text that a spreadsheet would run as a formula into text that
// it shows: an apostrophe goes before it (CWE-1236).
func Neutral(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", first) {
		return "'" + s
	}
	return s
}
