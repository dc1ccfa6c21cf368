package sheet

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"muster/internal/interchange"
	"muster/internal/workbook"
)

// reader gathers the questions of a sheet.
type reader struct {
	limits   interchange.Limits
	items    []interchange.Item
	findings interchange.Findings
	columns  []column
	parts    int // options, answers and tags of all questions
}

// csv reads CSV whose cells are parted by commas, semicolons or tabs.
func (r *reader) csv(ctx context.Context, file []byte) error {
	text, err := interchange.Text(file, &r.findings)
	if err != nil {
		return err
	}
	rows := scanner{text: text, line: 1, sign: separator(text)}
	return r.rows(ctx, func() (int, []string, error) {
		for rows.text != "" {
			line, cells, wrong := rows.next()
			if wrong == "" {
				return line, cells, nil
			}
			r.findings.Errorf(line, "", "%s", wrong)
			if err := r.findings.Hopeless(); err != nil {
				return 0, nil, err
			}
		}
		return 0, nil, io.EOF
	})
}

// separator is the sign that stands most often in the first line.
func separator(text string) byte {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	best, most := byte(','), 0
	for _, sign := range []byte(",;\t") {
		if n := strings.Count(first, string(sign)); n > most {
			best, most = sign, n
		}
	}
	return best
}

// maxWorkbook is how long a workbook may be, which is larger inside than outside.
const maxWorkbook = 8 << 20

// sheetName is the sheet that is read where there is one of this name.
const sheetName = "Questions"

// xlsx reads a sheet of a workbook.
func (r *reader) xlsx(ctx context.Context, file []byte) error {
	if len(file) > maxWorkbook {
		return interchange.Refused("The workbook is larger than %d MB. Split it, or save it as CSV.", maxWorkbook>>20)
	}
	book, err := workbook.Open(file)
	if err != nil {
		return unreadable(err)
	}
	rows, err := book.Rows(max(slices.Index(book.Sheets(), sheetName), 0), maxColumns)
	if err != nil {
		return unreadable(err)
	}
	defer rows.Close()
	return r.rows(ctx, func() (int, []string, error) {
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
		return interchange.Refused("The workbook unpacks to more than can be read at once. Split it, or save it as CSV.")
	}
	return interchange.Refused("The file cannot be read as a workbook. Save it again as .xlsx, without a password, or as CSV UTF-8.")
}

// maxEmpty is how many empty rows may stand together before the rest is not read:
// some programs write a million of them.
const maxEmpty = 5000

// rows reads the headings and then a question from each row.
func (r *reader) rows(ctx context.Context, next next) error {
	empty := 0
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, cells, err := next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case strings.TrimSpace(strings.Join(cells, "")) == "":
			if empty++; empty > maxEmpty {
				r.findings.Warnf(line, "", "More than %d rows in a row are empty; what comes after them is not read.", maxEmpty)
				return nil
			}
			continue
		}
		empty = 0
		if r.columns == nil {
			if err := r.head(line, cells); err != nil {
				return err
			}
			continue
		}
		r.row(line, cells)
		if err := cmp.Or(r.limits.Full(len(r.items)), r.limits.Heavy(r.parts), r.findings.Hopeless()); err != nil {
			return err
		}
	}
}

// maxColumns is how many columns are looked at.
const maxColumns = 300

// head reads the headings, and finds those that are not used.
func (r *reader) head(line int, cells []string) error {
	if len(cells) > maxColumns {
		return interchange.Refused("The sheet has more than %d columns.", maxColumns)
	}
	r.columns = make([]column, len(cells))
	seen := map[column]bool{}
	for i, cell := range cells {
		c := columnOf(cell)
		switch {
		case c != "" && seen[c]:
			return interchange.Refused("The column %s is there twice.", c)
		case c == "" && strings.TrimSpace(cell) != "":
			r.findings.Warnf(line, "", "The column “%s” is not known; it is left out.", interchange.Quote(cell))
		}
		r.columns[i], seen[c] = c, true
	}
	if !seen[columnQuestion] {
		return interchange.Refused("The sheet has no column “question”. Its first row names the columns: kind, question, answer, option_a, option_b …")
	}
	return nil
}

// row reads one question.
func (r *reader) row(line int, cells []string) {
	d := &draft{reader: r, cells: make(map[column]string, len(cells))}
	d.item.Line = line
	extra := false
	for i, cell := range cells {
		if len(cell) > r.limits.Text {
			r.findings.Errorf(line, "", "A cell is longer than %d KiB.", r.limits.Text>>10)
			return
		}
		if i >= len(r.columns) {
			extra = extra || strings.TrimSpace(cell) != ""
		} else if text := interchange.CleanText(plain(strings.TrimSpace(cell))); text != "" && r.columns[i] != "" {
			d.cells[r.columns[i]] = text
		}
	}
	if extra {
		r.findings.Warnf(line, "", "The row has more cells than there are columns; the last are left out.")
	}
	if !d.read() {
		return
	}
	if parts := d.item.Parts(); parts > interchange.MaxParts {
		d.fail("The question has more than %d answers, tags and sources.", interchange.MaxParts)
	} else {
		r.parts += parts
		r.items = append(r.items, d.item)
	}
}
