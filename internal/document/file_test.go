package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
)

// zipOf makes an archive of names and texts in turn.
func zipOf(t testing.TB, parts ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		part, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// wordFile makes a small document with what Word writes.
func wordFile(t testing.TB) string {
	p := func(properties, text string) string {
		return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>"
	}
	style := func(name string) string { return `<w:pStyle w:val="` + name + `"/>` }
	cell := func(text string) string { return "<w:tc>" + p("", text) + "</w:tc>" }
	body := `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
		p(style("Title"), "The Handbook") + p(style("TOC1"), "Chapter One 2") + p(style("berschrift1"), "Chapter One") +
		`<w:p><w:r><w:t xml:space="preserve">Soldiers </w:t></w:r><w:del><w:r><w:delText>may </w:delText></w:r></w:del><w:ins><w:r><w:t>must</w:t></w:r></w:ins><w:r><w:tab/><w:t>ask for consent.</w:t></w:r></w:p>` +
		p("<w:numPr/>", "first item") + p("", "• typed bullet") +
		"<w:tbl><w:tr>" + cell("Body") + cell("Votes") + "</w:tr><w:tr>" + cell("Council") + cell("9 of 15") + "</w:tr></w:tbl>" +
		p(style("Caption"), "Table 1 Votes") + p(`<w:outlineLvl w:val="1"/>`, "Part") + p(style("Body"), "Inserted text stays.") +
		"</w:body></w:document>"
	styles := `<w:styles xmlns:w="w"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Title"><w:name w:val="Title"/></w:style>` +
		`<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style><w:style w:styleId="Caption"><w:name w:val="caption"/></w:style></w:styles>`
	core := `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Old title</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>`
	return zipOf(t, "word/document.xml", body, "word/styles.xml", styles, "docProps/core.xml", core, "word/footnotes.xml", "<a/>")
}

const pdfText = "The Council decides by nine votes of fifteen. A perma-\nnent member may veto. Host-state consent is needed. The host-\nstate consent may be withdrawn at any time by the government."

// pdfFile makes a PDF of some pages with headers, numbers, headings and paragraphs.
func pdfFile(t testing.TB, pages int) string {
	t.Helper()
	f := fpdf.New("P", "mm", "A4", "")
	f.SetHeaderFunc(func() {
		f.SetFont("Helvetica", "I", 8)
		f.CellFormat(0, 8, fmt.Sprintf("Handbook, page %d", f.PageNo()), "", 1, "C", false, 0, "")
	})
	f.SetFooterFunc(func() {
		f.SetY(-15)
		f.CellFormat(0, 8, fmt.Sprint(f.PageNo()), "", 0, "C", false, 0, "")
	})
	for page := range pages {
		f.AddPage()
		f.SetFont("Times", "B", 18)
		f.MultiCell(0, 10, fmt.Sprintf("Chapter %d of the handbook", page+1), "", "L", false)
		f.SetFont("Times", "", 11)
		for _, line := range strings.Split(pdfText, "\n") {
			f.CellFormat(0, 5, line, "", 1, "L", false, 0, "")
		}
		f.Ln(4)
		f.SetFont("Times", "B", 11)
		f.CellFormat(0, 5, "A bold heading", "", 1, "L", false, 0, "")
		f.SetFont("Times", "", 11)
		f.MultiCell(0, 5, strings.Repeat("Peacekeepers protect civilians within their means. ", 8), "", "L", false)
		f.CellFormat(0, 5, "- an item", "", 1, "L", false, 0, "")
		f.CellFormat(0, 5, "- another item", "", 1, "L", false, 0, "")
	}
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
