package sheet

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"muster/internal/interchange"
	"muster/internal/question"
)

// writeCSV writes UTF-8 with a byte order mark, which spreadsheets need to read
// names rightly. Every cell is quoted.
func writeCSV(items []interchange.Item) ([]byte, []interchange.Finding, error) {
	var f interchange.Findings
	t := tableOf(items, &f)
	var out bytes.Buffer
	out.WriteString("\ufeff")
	record := func(cell func(column) string) {
		for i, c := range t.columns {
			if i > 0 {
				out.WriteByte(',')
			}
			out.WriteString(`"` + strings.ReplaceAll(neutral(cell(c)), `"`, `""`) + `"`)
		}
		out.WriteString("\r\n") // RFC 4180
	}
	record(func(c column) string { return string(c) })
	for _, row := range t.rows {
		record(func(c column) string { return row[c] })
	}
	return out.Bytes(), f.List(), nil
}

// writeXLSX writes a workbook of two sheets: the questions, with the names of the
// columns frozen, and what each column is for. No cell is a formula.
func writeXLSX(items []interchange.Item) (file []byte, found []interchange.Finding, err error) {
	var f interchange.Findings
	t := tableOf(items, &f)
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	if err := book.SetSheetName("Sheet1", sheetName); err != nil {
		return nil, nil, fmt.Errorf("name the sheet: %w", err)
	}
	if err := t.questions(book); err != nil {
		return nil, nil, err
	}
	if err := t.choices(book); err != nil {
		return nil, nil, err
	}
	if err := about(book); err != nil {
		return nil, nil, err
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		return nil, nil, fmt.Errorf("write the workbook: %w", err)
	}
	return out.Bytes(), f.List(), nil
}

// The widths of a column, in characters.
const (
	narrow = 14
	wide   = 40
)

func (t table) questions(book *excelize.File) error {
	head, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("style the head: %w", err)
	}
	text, err := book.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}) // 49: text
	if err != nil {
		return fmt.Errorf("style the cells: %w", err)
	}
	out, err := book.NewStreamWriter(sheetName)
	if err != nil {
		return fmt.Errorf("open the sheet: %w", err)
	}
	for i, c := range t.columns {
		width := narrow
		if c == columnQuestion || c == columnExplanation || strings.HasPrefix(string(c), string(option)) || strings.HasPrefix(string(c), string(feedback)) {
			width = wide
		}
		if err := out.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return fmt.Errorf("set a width: %w", err)
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"}); err != nil {
		return fmt.Errorf("freeze the head: %w", err)
	}
	for i := range len(t.rows) + 1 {
		cells := make([]any, len(t.columns))
		for j, c := range t.columns {
			cells[j] = excelize.Cell{StyleID: head, Value: string(c)}
			if i > 0 {
				cells[j] = excelize.Cell{StyleID: text, Value: neutral(t.rows[i-1][c])}
			}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return fmt.Errorf("write row %d: %w", i+1, err)
		}
	}
	return out.Flush()
}

// choices offers the words that a cell may hold.
func (t table) choices(book *excelize.File) error {
	offered := map[column][]string{columnPool: {string(question.Practice), string(question.Exam)}, columnDifficulty: {"1", "2", "3"}, columnCritical: {"yes", "no"}}
	for _, k := range question.Kinds {
		offered[columnKind] = append(offered[columnKind], string(k))
	}
	for _, b := range question.Blooms {
		offered[columnBloom] = append(offered[columnBloom], string(b))
	}
	for i, c := range t.columns {
		if offered[c] == nil {
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return fmt.Errorf("name a column: %w", err)
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s2:%s%d", name, name, len(t.rows)+500))
		if err := v.SetDropList(offered[c]); err != nil {
			return fmt.Errorf("offer the words of a column: %w", err)
		}
		if err := book.AddDataValidation(sheetName, v); err != nil {
			return fmt.Errorf("offer the words of a column: %w", err)
		}
	}
	return nil
}

// about writes the sheet that says what each column is for.
func about(book *excelize.File) error {
	const sheet = "About"
	if _, err := book.NewSheet(sheet); err != nil {
		return fmt.Errorf("add the sheet: %w", err)
	}
	lines := [][2]string{{"One row is one question. Columns that you do not need may stay empty or go.", ""}}
	for _, guides := range [][]guide{before, each, after} {
		for _, g := range guides {
			name := string(g.column)
			if strings.HasSuffix(name, "_") {
				name += "a, " + name + "b …"
			}
			lines = append(lines, [2]string{name, g.text})
		}
	}
	for i, line := range lines {
		for j, text := range line {
			if err := book.SetCellStr(sheet, fmt.Sprintf("%c%d", 'A'+j, i+1), text); err != nil {
				return fmt.Errorf("write a line: %w", err)
			}
		}
	}
	return book.SetColWidth(sheet, "A", "B", wide)
}
