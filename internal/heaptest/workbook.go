package heaptest

import (
	"slices"
	"strings"
	"testing"
)

// The sheet of a workbook, and what stands around its rows.
const (
	Sheet     = "xl/worksheets/sheet1.xml"
	SheetHead = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	SheetEnd  = `</sheetData></worksheet>`
)

// relation begins the addresses of what the parts of a workbook are to it.
const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

// Row writes a row of a sheet.
func Row(cells ...string) string {
	var out strings.Builder
	out.WriteString("<row>")
	for _, cell := range cells {
		out.WriteString(`<c t="inlineStr"><is><t>` + cell + `</t></is></c>`)
	}
	out.WriteString("</row>")
	return out.String()
}

// Workbook packs a workbook of one sheet. Parts take the place of its own.
func Workbook(t testing.TB, parts ...Part) []byte {
	t.Helper()
	related := func(kind, target string) string {
		return `<Relationship Id="` + kind + `" Type="` + relation + "/" + kind + `" Target="` + target + `"/>`
	}
	relations := func(list ...string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + strings.Join(list, "") + `</Relationships>`
	}
	sheetType := "application/vnd.openxmlformats-officedocument.spreadsheetml."
	own := []Part{
		{Name: "[Content_Types].xml", Before: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="` + sheetType + `sheet.main+xml"/><Override PartName="/` + Sheet + `" ContentType="` + sheetType + `worksheet+xml"/></Types>`},
		{Name: "_rels/.rels", Before: relations(related("officeDocument", "xl/workbook.xml"))},
		{Name: "xl/workbook.xml", Before: `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + relation + `"><sheets><sheet name="Questions" sheetId="1" r:id="worksheet"/></sheets></workbook>`},
		{Name: "xl/_rels/workbook.xml.rels", Before: relations(related("worksheet", "worksheets/sheet1.xml"), related("sharedStrings", "sharedStrings.xml"), related("styles", "styles.xml"))},
	}
	own = slices.DeleteFunc(own, func(p Part) bool {
		return slices.ContainsFunc(parts, func(other Part) bool { return other.Name == p.Name })
	})
	return Zip(t, append(own, parts...)...)
}
