package document

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outline writes a document so that a test can be read: a line for each heading
// and passage.
func outline(d Document) string {
	var out strings.Builder
	for _, s := range d.Sections {
		fmt.Fprintf(&out, "%s %s (%s)\n", strings.Repeat("#", s.Depth), s.Heading, s.Slug)
		for _, p := range s.Passages {
			fmt.Fprintf(&out, "%d %s: %s\n", p.Number, p.Kind, p.Text)
		}
	}
	return out.String()
}

func read(t *testing.T, format Format, file string) (Document, []Finding) {
	t.Helper()
	d, findings, err := Read(t.Context(), format, "a_file.x", []byte(file))
	if err != nil {
		t.Fatalf("Read(%s) = %v", format, err)
	}
	return d, findings
}

// TestManyHeadings: as many as passages, the same ones too, each with a name of
// its own.
func TestManyHeadings(t *testing.T) {
	t.Parallel()
	headings := func(n int) []byte { return []byte(strings.Repeat("# Same\n\nText of it.\n\n", n)) }
	d, _, err := Read(t.Context(), Markdown, "x", headings(4000))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, s := range d.Sections {
		seen[s.Slug] = true
	}
	if len(seen) != 4000 || !seen["same-4000"] {
		t.Errorf("%d names for 4000 headings", len(seen))
	}
	if _, _, err := Read(t.Context(), Markdown, "x", headings(MaxPassages+1)); err == nil {
		t.Error("a document of more than 5,000 headings is read")
	}
	if _, _, err := Read(t.Context(), Text, "x", []byte(strings.Repeat("Same\n\n", 500_000)+"Text.")); err == nil {
		t.Error("a text of half a million headings is read")
	}
}

func TestReadText(t *testing.T) {
	t.Parallel()
	d, findings := read(t, Text, "A Guide to Patrols\n\nThis is how it goes,\nover two lines.\n\n"+
		"1.2 Before the patrol\n\nCheck:\n- the radio\n- the map,\n  twice\n\nTable 1 Who does what\n\nWhy It Matters\n\nBecause it does.\n")
	want := `# A Guide to Patrols (a-guide-to-patrols)
1 paragraph: This is how it goes, over two lines.
## 1.2 Before the patrol (1-2-before-the-patrol)
1 paragraph: Check:
2 item: the radio
3 item: the map, twice
4 caption: Table 1 Who does what
# Why It Matters (why-it-matters)
1 paragraph: Because it does.
`
	if diff := cmp.Diff(want, outline(d)); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if d.Title != "A Guide to Patrols" || d.Words != 22 || len(findings) != 1 || findings[0].Kind != Shape {
		t.Errorf("title %q, %d words, findings %+v", d.Title, d.Words, findings)
	}
}

func TestReadMarkdown(t *testing.T) {
	t.Parallel()
	d, _ := read(t, Markdown, "---\ntitle: \"The Guide\"\n---\n# One\n\nA *short* [text](http://x) with `code`\nand a line.\n\n"+
		"* item **a**\n* item b\n    1. nested\n\n## Two & Three\n\n> quoted\n\n| a | b |\n|---|---|\n| c | d |\n\n<script>alert(1)</script>\n\n# One\n\nAgain.\n")
	want := `# One (one)
1 paragraph: A short text with code and a line.
2 item: item a
3 item: item b
4 item: nested
## Two & Three (two-three)
1 paragraph: quoted
2 row: a | b
3 row: c | d
# One (one-2)
1 paragraph: Again.
`
	if diff := cmp.Diff(want, outline(d)); diff != "" {
		t.Errorf("Markdown (-want +got):\n%s", diff)
	}
	if d.Title != "The Guide" {
		t.Errorf("title %q", d.Title)
	}
}

const webPage = `<!DOCTYPE html><html lang="fr"><head><title>La page</title><style>p{}</style></head><body><header>Top</header><nav><p>Menu</p></nav>
<main><h1>Règles</h1><p>Un <b>texte</b><sup><a href="#n1">1</a></sup> court.<br>Suite.</p><script>evil()</script><p style="display: none">hidden</p>
<div>Direct <p>Inner</p> after</div><ul><li>un</li><li><p>deux</p></li></ul><table><caption>Les voix</caption><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table></main><footer>End</footer></body></html>`

func TestReadHTML(t *testing.T) {
	t.Parallel()
	d, _ := read(t, HTML, webPage)
	want := `# Règles (regles)
1 paragraph: Un texte court. Suite.
2 paragraph: Direct
3 paragraph: Inner
4 paragraph: after
5 item: un
6 item: deux
7 caption: Les voix
8 row: A | B
9 row: 1 | 2
`
	if diff := cmp.Diff(want, outline(d)); diff != "" {
		t.Errorf("HTML (-want +got):\n%s", diff)
	}
	if d.Title != "La page" || d.Language != "fr" {
		t.Errorf("title %q, language %q", d.Title, d.Language)
	}
}

func TestReadDOCX(t *testing.T) {
	t.Parallel()
	d, findings := read(t, DOCX, wordFile(t))
	want := `# Chapter One (chapter-one)
1 paragraph: Soldiers must ask for consent.
2 item: first item
3 item: typed bullet
4 row: Body | Votes
5 row: Council | 9 of 15
6 caption: Table 1 Votes
## Part (part)
1 paragraph: Inserted text stays.
`
	if diff := cmp.Diff(want, outline(d)); diff != "" {
		t.Errorf("DOCX (-want +got):\n%s", diff)
	}
	if d.Title != "The Handbook" || d.Language != "en-GB" || len(findings) != 1 || findings[0].Kind != Dropped {
		t.Errorf("title %q, language %q, findings %+v", d.Title, d.Language, findings)
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	utf16 := func(text string, big bool) string {
		var out []byte
		for _, r := range text {
			if big {
				out = append(out, byte(r>>8), byte(r))
			} else {
				out = append(out, byte(r), byte(r>>8))
			}
		}
		return string(out)
	}
	tests := map[string]struct {
		file    string
		guessed bool
	}{
		"UTF-8":                       {"L’école est fermée.", false},
		"UTF-8 with a mark":           {"\ufeffL’école est fermée.", false},
		"UTF-16 little with a mark":   {"\xff\xfe" + utf16("L’école est fermée.", false), false},
		"UTF-16 big with a mark":      {"\xfe\xff" + utf16("L’école est fermée.", true), false},
		"UTF-16 little without":       {utf16("L’école est fermée.", false), true},
		"UTF-16 big without":          {utf16("L’école est fermée.", true), true},
		"windows-1252":                {"L\x92\xe9cole est ferm\xe9e.", true},
		"decomposed, with soft signs": {"L’e\u0301cole est fer\u00adme\u0301e.\u202e", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, findings := read(t, Text, test.file)
			if got := d.Sections[0].Passages[0].Text; got != "L’école est fermée." {
				t.Errorf("text %q", got)
			}
			if guessed := len(findings) > 0 && findings[0].Kind == Encoding; guessed != test.guessed {
				t.Errorf("findings %+v, guessed %v", findings, test.guessed)
			}
		})
	}
}

func TestGarbled(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"Peacekeepers protect civilians under threat of physical violence within their means.":      false,
		"Les Casques bleus protègent les civils menacés de violences physiques, dans leurs moyens.": false,
		"Миротворцы защищают гражданское население от угрозы физического насилия в своём районе.":   false,
		"يحمي حفظة السلام المدنيين من خطر العنف الجسدي ضمن قدراتهم":                                 false,
		"联合国维持和平人员保护面临人身暴力威胁的平民":                                                                    false,
		"UNSC, UNGA, DPPA, DPO, SRSG, FC, COS":                                               false,
		"7KH 8QLWHG 1DWLRQV SHDFHNHHSHUV SURWHFW FLYLOLDQV XQGHU WKUHDW RI SKVLFDO YLROHQFH": true,
		"The \ufffd\ufffd\ufffd peacekeepers":                                                true,
		"L’Ã©cole est fermÃ©e, lâ€™Ã©tat aussi":                                              true,
		"\ue001\ue002\ue003 abc":                                                             true,
	}
	for text, want := range tests {
		if got := garbled(text); (got != "") != want {
			t.Errorf("garbled(%q) = %q, want garbled %v", text, got, want)
		}
	}
	d, findings := read(t, Text, "Fine words stand here.\n\nThe \ufffd\ufffd\ufffd peacekeepers.")
	if len(findings) != 1 || findings[0].Kind != Garbled || findings[0].Passage != 2 || findings[0].Sample == "" {
		t.Errorf("findings %+v in %+v", findings, d)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		format Format
		file   string
		says   string
	}{
		"no such format":          {"rtf", "x", "format"},
		"nothing in it":           {Text, " \n\n ", "no text"},
		"pictures alone":          {HTML, "<img src=x>", "no text"},
		"too large":               {Text, strings.Repeat("x", MaxBytes+1), "20 MB"},
		"too much text":           {Text, strings.Repeat("word ", 1<<20), "4 MB"},
		"too many paragraphs":     {Text, strings.Repeat("A sentence.\n\n", MaxPassages+1), "5,000"},
		"quotes without end":      {Markdown, strings.Repeat("> ", 100) + "x", "deep"},
		"a list without end":      {Markdown, strings.Repeat("- item of a list\n", 5000), "64 KB"},
		"links without end":       {Markdown, strings.Repeat("![](", 2000), "signs"},
		"lists within lists":      {Markdown, strings.Repeat(" ", 300) + "- x", "deep"},
		"blocks without end":      {Markdown, strings.Repeat("> a\n\n", 30_000), "5,000"},
		"too much Markdown":       {Markdown, strings.Repeat("A word.\n\n", 250_000), "2 MB"},
		"elements without end":    {HTML, strings.Repeat("<div>", 5000) + "x", "deep"},
		"not a zip":               {DOCX, "hello", "Word"},
		"another zip":             {DOCX, zipOf(t, "a.txt", "x"), "Word"},
		"a path that leaves":      {DOCX, zipOf(t, "../word/document.xml", "x"), "never has"},
		"a part twice":            {DOCX, zipOf(t, "a", "x", "a", "y"), "never has"},
		"a document type":         {DOCX, zipOf(t, "word/document.xml", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`), "document type"},
		"elements too deep":       {DOCX, zipOf(t, "word/document.xml", strings.Repeat("<a>", 100)+strings.Repeat("</a>", 100)), "deep"},
		"a bomb":                  {DOCX, zipOf(t, "word/document.xml", "<a>"+strings.Repeat(" ", 20<<20)+"</a>"), "unpacks"},
		"broken XML":              {DOCX, zipOf(t, "word/document.xml", "<a><b></a>"), "XML"},
		"not a PDF":               {PDF, "hello", "PDF"},
		"a PDF without anything":  {PDF, "%PDF-1.4\n", "broken"},
		"a PDF that is protected": {PDF, "%PDF-1.4\ntrailer << /Encrypt 5 0 R >>", "protected"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := Read(t.Context(), test.format, "x", []byte(test.file))
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("Read = %v, want an error that says %q", err, test.says)
			}
		})
	}
}

func TestReadEndsWithItsTime(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Read(ctx, PDF, "x", []byte(pdfFile(t, 50))); err == nil {
		t.Error("a reading went on after its time")
	}
}

func TestLongPassagesAreParted(t *testing.T) {
	t.Parallel()
	d, _ := read(t, Text, strings.Repeat("règle ", 3000))
	for _, p := range d.Sections[0].Passages {
		if len(p.Text) > maxPassage || strings.Contains(p.Text, "\ufffd") || !strings.HasPrefix(p.Text, "règle") {
			t.Errorf("a passage of %d bytes: %.20q", len(p.Text), p.Text)
		}
	}
	if d.Words != 3000 {
		t.Errorf("%d words", d.Words)
	}
	d, _ = read(t, Text, strings.Repeat("é", 10_000))
	if got := d.Sections[0].Passages; len(got) != 3 || strings.Contains(got[0].Text, "\ufffd") {
		t.Errorf("%d passages of one long word", len(got))
	}
}
