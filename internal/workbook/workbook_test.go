package workbook_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"muster/internal/heaptest"
	"muster/internal/workbook"
)

// read gives the rows of the first sheet, each with its number before it.
func read(file []byte, columns int) ([]string, error) {
	book, err := workbook.Open(file)
	if err != nil {
		return nil, err
	}
	rows, err := book.Rows(0, columns)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for {
		line, cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return list, err
		}
		list = append(list, fmt.Sprintf("%d: %s", line, strings.Join(cells, "|")))
	}
}

func sheet(rows string) heaptest.Part {
	return heaptest.Part{Name: heaptest.Sheet, Before: heaptest.SheetHead + rows + heaptest.SheetEnd}
}

func TestRows(t *testing.T) {
	t.Parallel()
	shared := heaptest.Part{Name: "xl/sharedStrings.xml", Before: `<sst><si><t>zero</t></si><si><r><t>o</t></r><r><rPr/><t>ne</t></r><rPh><t>spoken</t></rPh></si><si><t>a_x000D_b _x005F_x</t></si></sst>`}
	tests := map[string]struct {
		rows string
		want []string
	}{
		"texts":           {heaptest.Row("a", "b &amp; c") + heaptest.Row(" d"), []string{"1: a|b & c", "2:  d"}},
		"shared texts":    {`<row><c t="s"><v>1</v></c><c t="s"><v> 0 </v></c><c t="s"><v>9</v></c><c t="s"><v>2</v></c></row>`, []string{"1: one|zero|9|a\rb _x"}},
		"numbers":         {`<row><c><v>1.50</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c t="str"><f>1+1</f><v>2</v></c></row>`, []string{"1: 1.50|1|#REF!|2"}},
		"places":          {`<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c></row><row><c r="A4"><v>3</v></c></row>`, []string{"3: |1|2", "4: 3"}},
		"empty":           {`<row/><row><c/><c s="1"/></row><row r="9"><c><v>1</v></c></row>`, []string{"1: ", "2: ", "9: 1"}},
		"far cells":       {`<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c><c r="ZZZZZ1"><v>3</v></c></row>`, []string{"1: 1||||3"}},
		"rows that go up": {`<row r="5"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row>`, []string{"5: 1", "6: 2"}},
		"text in pieces":  {`<row><c t="inlineStr"><is><r><t xml:space="preserve">a </t></r><r><t>b<x>c</x></t></r></is></c></row>`, []string{"1: a bc"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := read(heaptest.Workbook(t, sheet(test.rows), shared), 4)
			if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

// TestAsExcelize: what another program writes is read as it reads it itself.
func TestAsExcelize(t *testing.T) {
	t.Parallel()
	other := excelize.NewFile()
	if _, err := other.NewSheet("Second"); err != nil {
		t.Fatal(err)
	}
	for at, value := range map[string]any{"A1": "name", "B1": " x\ny ", "C2": 2.5, "D2": true, "A4": "_x000D_", "E4": "=1"} {
		if err := other.SetCellValue("Sheet1", at, value); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := other.Write(&file); err != nil {
		t.Fatal(err)
	}
	book, err := workbook.Open(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(other.GetSheetList(), book.Sheets()); diff != "" {
		t.Error(diff)
	}
	rows, err := other.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for i, cells := range rows {
		if len(cells) > 0 {
			want = append(want, fmt.Sprintf("%d: %s", i+1, strings.Join(cells, "|")))
		}
	}
	got, err := read(file.Bytes(), 10)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-excelize +ours):\n%s", err, diff)
	}
}

func TestWhatIsNotRead(t *testing.T) {
	t.Parallel()
	rows := sheet(heaptest.Row("a"))
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":       {nil, workbook.ErrUnreadable},
		"no workbook":   {heaptest.Zip(t, heaptest.Part{Name: "a", Before: "b"}), workbook.ErrUnreadable},
		"no sheets":     {heaptest.Workbook(t, rows, heaptest.Part{Name: "xl/workbook.xml", Before: "<workbook/>"}), workbook.ErrUnreadable},
		"no such sheet": {heaptest.Workbook(t), workbook.ErrUnreadable},
		"broken":        {heaptest.Workbook(t, heaptest.Part{Name: heaptest.Sheet, Before: "<worksheet><row>"}), workbook.ErrUnreadable},
		"a row too far": {heaptest.Workbook(t, sheet(`<row r="1048577"/>`)), workbook.ErrUnreadable},
		"deep":          {heaptest.Workbook(t, heaptest.Part{Name: heaptest.Sheet, Text: "<a>", Times: 1000}), workbook.ErrUnreadable},
		"many texts":    {heaptest.Workbook(t, rows, heaptest.Part{Name: "xl/sharedStrings.xml", Before: "<sst>", Text: strings.Repeat("<si/>", 1000), Times: 501, After: "</sst>"}), workbook.ErrLarge},
		"a long text":   {heaptest.Workbook(t, rows, heaptest.Part{Name: "xl/sharedStrings.xml", Before: "<sst><si><t>", Text: strings.Repeat("a", 1000), Times: 1100, After: "</t></si></sst>"}), workbook.ErrLarge},
		"much":          {heaptest.Workbook(t, sheet(""), heaptest.Part{Name: heaptest.Sheet, Before: heaptest.SheetHead, Text: heaptest.Row(strings.Repeat("a", 500_000)), Times: 101, After: heaptest.SheetEnd}), workbook.ErrLarge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := read(c.file, 10); !errors.Is(err, c.want) {
				t.Errorf("%d rows and %v, want %v", len(got), err, c.want)
			}
		})
	}
}
