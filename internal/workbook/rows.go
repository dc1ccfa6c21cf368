package workbook

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"muster/internal/boundedxml"
)

// Rows reads a sheet row by row.
type Rows struct {
	book    *Book
	d       *boundedxml.Decoder
	closed  func()
	line    int
	columns int
}

// Rows opens a sheet by its place in Sheets. Of each row up to columns cells are
// read, and one more that stands for all that come after them.
func (b *Book) Rows(sheet, columns int) (*Rows, error) {
	d, closed, err := b.part(b.paths[sheet])
	if d == nil || err != nil {
		return nil, ErrUnreadable
	}
	return &Rows{book: b, d: d, closed: closed, columns: columns}, nil
}

// Close ends the reading.
func (r *Rows) Close() { r.closed() }

// Next gives the next row that the sheet holds, and its number from 1; io.EOF at
// the end, else ErrUnreadable or ErrLarge.
func (r *Rows) Next() (line int, cells []string, err error) {
	for {
		token, err := r.d.Token()
		if errors.Is(err, io.EOF) {
			return 0, nil, io.EOF
		}
		if err != nil {
			return 0, nil, reason(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "row" {
				return r.row(e)
			}
		case xml.EndElement:
			if e.Name.Local == "sheetData" {
				return 0, nil, io.EOF
			}
		}
	}
}

// row reads the cells of a row. Rows come in their order, whatever their numbers.
func (r *Rows) row(e xml.StartElement) (line int, cells []string, err error) {
	number, _ := strconv.Atoi(value(e, "r")) // where it says none it is the next
	at := 0
	if r.line = max(r.line+1, number); r.line > maxRow {
		return 0, nil, ErrUnreadable
	}
	for {
		token, err := r.d.Token()
		if err != nil {
			return 0, nil, reason(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local != "c" {
				continue
			}
			text, err := r.cell(e)
			if err != nil {
				return 0, nil, err
			}
			if at = columnOf(value(e, "r"), at); text != "" {
				cells = r.put(cells, at, text)
			}
		case xml.EndElement:
			if e.Name.Local == "row" {
				return r.line, cells, nil
			}
		}
	}
}

// put sets a cell. Those that are too far out share the last place.
func (r *Rows) put(cells []string, at int, text string) []string {
	at = min(at, r.columns+1)
	if missing := at - len(cells); missing > 0 {
		cells = slices.Grow(cells, missing)[:at]
	}
	cells[at-1] = text
	return cells
}

// columnOf gives the column that the name of a cell begins with, from 1; where it
// has none, the one after the last.
func columnOf(name string, last int) int {
	column := 0
	for i := 0; i < min(len(name), 3); i++ {
		c := name[i] &^ ('a' - 'A')
		if c < 'A' || c > 'Z' {
			break
		}
		column = 26*column + int(c-'A') + 1
	}
	if column == 0 {
		return last + 1
	}
	return column
}

// cell reads the text of a cell: its own, or one that it shares.
func (r *Rows) cell(cell xml.StartElement) (string, error) {
	kind, text := value(cell, "t"), ""
	for {
		token, err := r.d.Token()
		if err != nil {
			return "", reason(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "v":
				text, err = plain(r.d)
			case "is":
				text, err = textIn(r.d)
			}
			if err != nil {
				return "", reason(err)
			}
		case xml.EndElement:
			if e.Name.Local != "c" {
				continue
			}
			if n, err := strconv.Atoi(strings.TrimSpace(text)); kind == "s" && err == nil && n >= 0 && n < len(r.book.texts) {
				return r.book.texts[n], nil
			}
			return text, nil
		}
	}
}

// textIn reads the text of the element that is open: its runs, without what tells
// how they are spoken.
func textIn(d *boundedxml.Decoder) (string, error) {
	var out strings.Builder
	for depth, spoken := 1, 0; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch e := token.(type) {
		case xml.StartElement:
			depth++
			switch {
			case e.Name.Local == "rPh" || spoken > 0:
				spoken++
			case e.Name.Local == "t":
				text, err := plain(d)
				if err != nil {
					return "", err
				}
				depth--
				if out.Len() < maxCell {
					out.WriteString(text)
				}
			}
		case xml.EndElement:
			depth--
			spoken = max(spoken-1, 0)
		}
	}
	return unescaped(out.String()), nil
}

// plain reads the letters of the element that is open.
func plain(d *boundedxml.Decoder) (string, error) {
	var out strings.Builder
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if out.Len() < maxCell {
				out.Write(token[:min(len(token), maxCell)])
			}
		}
	}
	return strings.ToValidUTF8(out.String(), ""), nil
}

var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped puts in the letters that XML cannot hold, which Excel writes as
// _x000D_.
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escape.ReplaceAllStringFunc(text, func(code string) string {
		n, err := strconv.ParseUint(code[2:6], 16, 16)
		if err != nil {
			return code
		}
		return string(rune(n))
	})
}
