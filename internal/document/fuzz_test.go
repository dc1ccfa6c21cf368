package document

import (
	"context"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// exercise reads whatever comes, and checks what every document promises.
func exercise(f *testing.F, format Format, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		d, _, err := Read(ctx, format, "name", file)
		if ctx.Err() != nil {
			t.Fatalf("reading %d bytes took longer than 20 seconds", len(file))
		}
		if err != nil {
			return
		}
		slugs := map[string]bool{}
		for _, s := range d.Sections {
			if slugs[s.Slug] || s.Slug == "" {
				t.Fatalf("the slug %q is there twice", s.Slug)
			}
			slugs[s.Slug] = true
			for i, p := range s.Passages {
				if p.Number != i+1 || len(p.Text) > maxPassage || strings.TrimSpace(p.Text) != p.Text || p.Text == "" {
					t.Fatalf("passage %d of %q: %+v", i, s.Slug, p)
				}
				if !utf8.ValidString(p.Text) || !norm.NFKC.IsNormalString(p.Text) || strings.ContainsFunc(p.Text, unicode.IsControl) {
					t.Fatalf("passage %q is not clean", p.Text)
				}
				a, err := d.Anchor(s.Slug, p.Number, 0, 0)
				if err != nil {
					t.Fatal(err)
				}
				if got, standing := Reanchor(d, d, a); i < 20 && (standing != Kept || got != a) {
					t.Fatalf("%+v became %s %+v in the same document", a, standing, got)
				}
			}
		}
		if d.Words == 0 || d.Title == "" || d.Passages() > MaxPassages {
			t.Fatalf("%d words, title %q, %d passages", d.Words, d.Title, d.Passages())
		}
	})
}

func FuzzReadText(f *testing.F) {
	exercise(f, Text, "Title\n\nA text.\n\n- a\n- b", "\xff\xfea\x00", "L\x92\xe9cole", "A\n=\n\nb")
}

func FuzzReadMarkdown(f *testing.F) {
	exercise(f, Markdown, "# a\n\n* b\n\n| a | b |\n|---|---|\n| c | d |\n", "---\ntitle: x\n---\n> a\n\n```\ncode\n```\n<b>", "[a][b]\n\n[b]: c\n")
}

func FuzzReadHTML(f *testing.F) {
	exercise(f, HTML, webPage, "<p>a<table><tr><td>b<li>c", "<main>a</main><article>b")
}

func FuzzReadDOCX(f *testing.F) {
	exercise(f, DOCX, wordFile(f), zipOf(f, "word/document.xml", "<w:document><w:body><w:p><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>"))
}

func FuzzReadPDF(f *testing.F) {
	exercise(f, PDF, pdfFile(f, 1), handmadePDF("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Resources << /Font << /F << /Subtype /Type1 >> >> >> >>",
		"<< /Contents 4 0 R >>", stream("", "BT /F 12 Tf 72 700 Td [(Pea) -20 (ce) -400 (keep)] TJ ET")))
}
