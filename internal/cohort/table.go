package cohort

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"muster/internal/errs"
	"muster/internal/workbook"
)

// Format is what sort of file people are imported from.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// Limits of a file of people.
const (
	MaxImportBytes = 2 << 20
	MaxImportRows  = 5000
	maxColumns     = 300
)

// column is a column that an import reads.
type column string

const (
	columnName     column = "name"
	columnUsername column = "username"
	columnEmail    column = "email"
	columnLocale   column = "locale"
)

// headings are the words that name a column, in small, without spaces and signs.
var headings = map[string]column{
	"name": columnName, "fullname": columnName, "username": columnUsername, "email": columnEmail, "emailaddress": columnEmail,
	"locale": columnLocale, "language": columnLocale,
}

// row is a row of a table of people, by column.
type row struct {
	line  int
	cells map[column]string
}

// table is a file of people as it was read.
type table struct {
	rows       []row
	unreadable int       // rows that are none of these
	findings   []Finding // on headings and cells
}

func (t *table) say(line int, severity Severity, format string, args ...any) {
	t.findings = append(t.findings, Finding{Line: line, Severity: severity, Message: fmt.Sprintf(format, args...)})
}

// records gives the rows of a file one by one, with their lines; io.EOF at the
// end. A *csv.ParseError is about one row, any other error about the file.
type records func() (line int, cells []string, err error)

// readTable reads a file of people. Invalid about the field file where it as a
// whole cannot be read.
func readTable(format Format, file []byte) (table, error) {
	if len(file) > MaxImportBytes {
		return table{}, refused("The file is larger than 2 MB. Split it into several files.")
	}
	switch format {
	case CSV:
		next, err := readCSV(file)
		if err != nil {
			return table{}, err
		}
		return tableOf(next)
	case XLSX:
		return readXLSX(file)
	}
	return table{}, errs.InvalidField("format", "The format is csv or xlsx.")
}

func refused(format string, args ...any) error { return errs.InvalidField("file", format, args...) }

// readCSV opens a CSV file in UTF-8 whose cells are parted by commas, semicolons
// or tabs.
func readCSV(file []byte) (records, error) {
	text := bytes.TrimPrefix(file, []byte("\ufeff"))
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return nil, refused("The file is not in UTF-8, so names would be damaged. In Excel choose “Save as” and the type “CSV UTF-8 (Comma delimited)”, or send the workbook itself (.xlsx).")
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord, r.Comma = -1, separator(text)
	return func() (int, []string, error) {
		cells, err := r.Read()
		var broken *csv.ParseError
		switch {
		case errors.As(err, &broken) && broken.Line != broken.StartLine:
			return 0, nil, refused("A quotation mark that opens on line %d is not closed.", broken.StartLine)
		case err != nil:
			return 0, nil, err
		}
		line, _ := r.FieldPos(0)
		return line, cells, nil
	}, nil
}

// separator is the sign that stands most often in the first line.
func separator(text []byte) rune {
	first, _, _ := bytes.Cut(bytes.TrimLeft(text, "\r\n"), []byte("\n"))
	best, most := ',', 0
	for _, sign := range ",;\t" {
		if n := strings.Count(string(first), string(sign)); n > most {
			best, most = sign, n
		}
	}
	return best
}

// readXLSX reads the first sheet of a workbook.
func readXLSX(file []byte) (table, error) {
	book, err := workbook.Open(file)
	if err != nil {
		return table{}, unreadable(err)
	}
	rows, err := book.Rows(0, maxColumns)
	if err != nil {
		return table{}, unreadable(err)
	}
	defer rows.Close()
	return tableOf(func() (int, []string, error) {
		line, cells, err := rows.Next()
		if err != nil && !errors.Is(err, io.EOF) {
			err = unreadable(err)
		}
		return line, cells, err
	})
}

// unreadable says why a workbook is not read.
func unreadable(err error) error {
	if errors.Is(err, workbook.ErrLarge) {
		return refused("The workbook unpacks to more than can be read at once. Split it into several files.")
	}
	return refused("The file cannot be read as a workbook. Save it again as .xlsx, without a password, or as CSV UTF-8.")
}

// tableOf makes a table of records: the first names the columns.
func tableOf(next records) (table, error) {
	var t table
	var columns []column
	for {
		line, cells, err := next()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF) && columns == nil:
			return table{}, refused("The file is empty. Its first row names the columns: name, username, email, locale.")
		case errors.Is(err, io.EOF):
			return t, nil
		case errors.As(err, &broken):
			if t.unreadable++; t.unreadable > MaxImportRows {
				return table{}, refused("More than 5,000 rows of the file cannot be read, the first on line %d. Is this the right format?", t.findings[0].Line)
			}
			t.say(broken.Line, SeverityError, "A quotation mark stands where none may be.")
			continue
		case err != nil:
			return table{}, err
		case isBlank(cells):
			continue
		case columns == nil:
			if columns, err = t.head(line, cells); err != nil {
				return table{}, err
			}
			continue
		case len(t.rows) == MaxImportRows:
			return table{}, refused("The file has more than 5,000 people. Split it into several files.")
		}
		if len(cells) > len(columns) && !isBlank(cells[len(columns):]) {
			t.say(line, SeverityWarning, "The row has more cells than there are columns; the last are not used.")
		}
		t.rows = append(t.rows, rowOf(line, columns, cells))
	}
}

func isBlank(cells []string) bool {
	return strings.TrimSpace(strings.Join(cells, "")) == ""
}

// head reads the headings, and finds those that are not used.
func (t *table) head(line int, cells []string) ([]column, error) {
	if len(cells) > maxColumns {
		return nil, refused("The file has more than 300 columns.")
	}
	columns, seen := make([]column, len(cells)), make(map[column]bool)
	for i, cell := range cells {
		word := strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(strings.TrimSpace(cell)))
		columns[i] = headings[word]
		switch {
		case columns[i] != "" && seen[columns[i]]:
			return nil, refused("The column %s is there twice.", columns[i])
		case columns[i] == "" && word != "":
			t.say(line, SeverityWarning, "The column “%s” is not used.", strings.TrimSpace(cell))
		}
		seen[columns[i]] = true
	}
	if !seen[columnName] {
		return nil, refused("The file has no column “name”. Its first row names the columns: name, username, email, locale.")
	}
	return columns, nil
}

func rowOf(line int, columns []column, cells []string) row {
	r := row{line: line, cells: make(map[column]string)}
	for i, cell := range cells {
		if i < len(columns) && columns[i] != "" {
			r.cells[columns[i]] = strings.TrimSpace(cell)
		}
	}
	return r
}
