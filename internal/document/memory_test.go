package document

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"muster/internal/heaptest"
)

// TestHostileFilesTakeLittleMemory: no file of the allowed size takes more than
// 200 MB, be it read or refused (SECURITY IN-08).
func TestHostileFilesTakeLittleMemory(t *testing.T) {
	var cases []heaptest.Case
	add := func(format Format, name string, file func() []byte) {
		cases = append(cases, heaptest.Case{Name: string(format) + ": " + name, File: file, Read: func(file []byte) error {
			d, findings, err := Read(t.Context(), format, name, file)
			if err == nil {
				err = fmt.Errorf("%d sections, %d findings", len(d.Sections), len(findings))
			}
			return err
		}})
	}
	repeated := func(format Format, name, before, text, after string) {
		size := maxText - 1
		if format == Markdown {
			size = maxMarkdown - 1
		}
		add(format, name, func() []byte { return heaptest.Repeated(size, before, text, after) })
	}
	repeated(Text, "paragraphs", "", "Word word word. ", "")
	repeated(Text, "lines", "", "a\n\n", "")
	repeated(Text, "bullets", "", "- a\n", "")
	repeated(Text, "headings", "", "A\n\n", "")
	repeated(Text, "letters that are many", "", "\ufdfa", "")
	repeated(Text, "windows-1252", "", "\x80 ", "")
	add(Text, "UTF-16", func() []byte { return heaptest.Repeated(2*maxText, "\xff\xfe", "\xfa\xfd", "") })
	repeated(Text, "accents", "a", "\u0301\u0316", "")
	for name, text := range map[string]string{
		"tables":     "|a|b|\n|-|-|\n\n",
		"references": "[a]: b\n\n", "long blocks": strings.Repeat("a *b* ", 300) + "\n\n", "items": "- a\n\n", "links of links": strings.Repeat("[", 900) + "\n\n",
		"wide tables": strings.Repeat("|a", 5000) + "\n" + strings.Repeat("|-", 5000) + "\n|a|\n|b|\n|c|\n\n",
		"tall tables": strings.Repeat("|a", 1000) + "\n" + strings.Repeat("|-", 1000) + strings.Repeat("\n|a|", 10_000) + "\n\n", "many tall tables": strings.Repeat("|a", 40) + "\n" + strings.Repeat("|-", 40) + strings.Repeat("\n|a|", 400) + "\n\n",
	} {
		repeated(Markdown, name, "", text, "")
	}
	var marks strings.Builder
	for i := range 400 {
		fmt.Fprintf(&marks, "<b a=%d>", i)
	}
	for name, text := range map[string]string{
		"attributes each": "<a b=c d=e>", "tables": "<table><tr><td>a", "entities": "&amp;", "elements": "<p>",
		"marks": "<b><p></b>", "anchors": "<a><p>", "nested marks": "<b><i><u><s><a><p></b>", "closed marks": "</b>", "wrong tables": "<table>a<b>", "lists": "<li>", "cells": "<td>", "comments": "<!---->",
		"marks in tables": "<table><b><tr>",
	} {
		repeated(HTML, name, "", text, "")
	}
	repeated(HTML, "marks without an end", marks.String(), "<p>", "")
	repeated(HTML, "marks within paragraphs", "<p>"+marks.String(), "</p><p>", "")
	repeated(HTML, "marks beside text", "<p>"+marks.String(), "</p>a", "")
	repeated(HTML, "attributes", "<p ", "a ", ">")
	repeated(HTML, "different attributes", "<p ", "a", ">")
	repeated(HTML, "one comment", "<!--", "a", "")
	const head = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	for name, text := range map[string]string{
		"paragraphs": "<w:p><w:r><w:t>word</w:t></w:r></w:p>", "cells": "<w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc>", "letters": "<w:t>\ufdfa</w:t>",
		"rows": "<w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr>", "styles": `<w:pStyle w:val="a"/>`,
	} {
		add(DOCX, name, func() []byte {
			before, after := head, "</w:body></w:document>"
			if name != "paragraphs" {
				before, after = before+"<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"+after
			}
			return heaptest.Zip(t, packed("word/document.xml", before, text, after))
		})
	}
	add(DOCX, "one text", func() []byte {
		return heaptest.Zip(t, packed("word/document.xml", head+"<w:p><w:r><w:t>", "w ", ""))
	})
	add(DOCX, "attributes", func() []byte {
		return heaptest.Zip(t, packed("word/document.xml", `<w:document `, `a="" `, "/>"))
	})
	add(DOCX, "styles that are declared", func() []byte {
		var styles strings.Builder
		for i := range 1_200_000 {
			fmt.Fprintf(&styles, `<w:style w:styleId="%x"/>`, i)
		}
		return heaptest.Zip(t, heaptest.Part{Name: "word/document.xml", Before: head + "<w:p/></w:body></w:document>"}, heaptest.Part{Name: "word/styles.xml", Before: "<w:styles>" + styles.String()[:maxUnpackedPart], After: "</w:styles>"})
	})
	add(DOCX, "three large parts", func() []byte {
		return heaptest.Zip(t, packed("word/document.xml", head+"<w:p><w:r><w:t>", "w ", ""), packed("word/styles.xml", "<w:styles>", "<a/>", ""), packed("docProps/core.xml", "<a><title>", "word ", ""))
	})
	add(PDF, "spaces", func() []byte { return heaptest.Repeated(MaxBytes, "%PDF-1.4\n", " ", "") })
	add(PDF, "objects", func() []byte {
		return heaptest.Repeated(MaxBytes, "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n", "3 0 obj << >> endobj\n", "trailer << /Root 1 0 R >>")
	})
	add(PDF, "dictionaries", func() []byte {
		return heaptest.Repeated(MaxBytes, "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj ", "<< /A ", "trailer << /Root 1 0 R >>")
	})
	page := "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] /Resources << /Font << /F << /Subtype /Type1 >> >> >> >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n"
	for name, text := range map[string]string{"words drawn": "(word) Tj ", "numbers": "1 ", "arrays": "["} {
		add(PDF, name, func() []byte {
			return heaptest.Repeated(MaxBytes, "%PDF-1.4\n"+page+"4 0 obj\n<< /Length 20900000 >>\nstream\nBT /F 12 Tf 72 700 Td ", text, "\nendstream\nendobj\ntrailer << /Root 1 0 R >>")
		})
		add(PDF, name+", packed", func() []byte {
			var stream bytes.Buffer
			z := zlib.NewWriter(&stream)
			_, _ = z.Write(heaptest.Repeated(maxStream, "BT /F 12 Tf 72 700 Td ", text, ""))
			_ = z.Close() // a buffer takes everything
			var out strings.Builder
			out.WriteString("%PDF-1.4\n" + strings.Replace(page, "/Contents 4 0 R", "/Contents ["+strings.Repeat("4 0 R ", 30)+"]", 1))
			for i := range 30 {
				fmt.Fprintf(&out, "%d 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n", 4+i, stream.Len(), stream.String())
			}
			return []byte(out.String() + "trailer << /Root 1 0 R >>")
		})
	}
	heaptest.Check(t, cases)
}

// maxUnpackedPart is a little less than a part may unpack to.
const maxUnpackedPart = maxUnzipped - 1<<10

// packed is a part that unpacks to as much as it may, and is packed as tightly as
// it may be.
func packed(name, before, text, after string) heaptest.Part {
	filler := "<!--" + heaptest.Words(40) + "-->"
	if strings.HasPrefix(text, "<") {
		filler = "<a>" + heaptest.Words(40) + "</a>"
	}
	if !strings.Contains(text, "<") {
		filler = heaptest.Words(60)
	}
	if strings.Contains(text, "=") && !strings.HasPrefix(text, "<") {
		filler = strings.ReplaceAll(heaptest.Words(60), " ", "") + `="" `
	}
	each := filler + strings.Repeat(text, max(1, 3000/len(text)))
	return heaptest.Part{Name: name, Before: before, Text: each, Times: (maxUnpackedPart - len(before) - len(after)) / len(each), After: after}
}
