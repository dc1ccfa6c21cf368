package report

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// The widths of a column, in characters.
const (
	narrow = 10
	wide   = 48
)

// xlsx writes a workbook of two sheets: the table, with its names frozen and
// filters on them, and the notes. Text stays text: no cell is a formula.
func (t Table) xlsx(w io.Writer) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closeErr := book.Close(); err == nil {
			err = closeErr
		}
	}()
	const sheet = "Figures"
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return fmt.Errorf("name the sheet: %w", err)
	}
	if err := t.sheet(book, sheet); err != nil {
		return err
	}
	if err := notes(book, append([]string{t.Title}, t.Notes...)); err != nil {
		return err
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

func (t Table) sheet(book *excelize.File, name string) error {
	head, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("style the head: %w", err)
	}
	out, err := book.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("open the sheet: %w", err)
	}
	for i, column := range t.Columns {
		if err := out.SetColWidth(i+1, i+1, float64(min(wide, max(narrow, t.longest(i), len(column)+2)))); err != nil {
			return fmt.Errorf("set a width: %w", err)
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("freeze the head: %w", err)
	}
	names := make([]any, len(t.Columns))
	for i, column := range t.Columns {
		names[i] = excelize.Cell{StyleID: head, Value: column}
	}
	if err := out.SetRow("A1", names); err != nil {
		return fmt.Errorf("write the head: %w", err)
	}
	for i, row := range t.Rows {
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = plain(cell)
		}
		if err := out.SetRow(fmt.Sprintf("A%d", i+2), cells); err != nil {
			return fmt.Errorf("write row %d: %w", i+1, err)
		}
	}
	return out.Flush()
}

// longest gives how many bytes the longest text of a column has.
func (t Table) longest(column int) int {
	n := 0
	for _, row := range t.Rows {
		if s, ok := row[column].(string); ok {
			n = max(n, len(s))
		}
	}
	return n
}

// plain gives a cell as excelize takes it: times as text, so that they mean the
// same in every time zone.
func plain(cell any) any {
	if t, ok := cell.(time.Time); ok {
		return stamp(t)
	}
	return cell
}

func notes(book *excelize.File, lines []string) error {
	const sheet = "About"
	if _, err := book.NewSheet(sheet); err != nil {
		return fmt.Errorf("add the notes: %w", err)
	}
	for i, line := range lines {
		if err := book.SetCellStr(sheet, fmt.Sprintf("A%d", i+1), line); err != nil {
			return fmt.Errorf("write a note: %w", err)
		}
	}
	return nil
}
