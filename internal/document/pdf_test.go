package document

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/heaptest"
)

func TestReadPDF(t *testing.T) {
	t.Parallel()
	d, findings := read(t, PDF, pdfFile(t, 3))
	var want strings.Builder
	for page := 1; page <= 3; page++ {
		fmt.Fprintf(&want, `# Chapter %d of the handbook (chapter-%[1]d-of-the-handbook)
1 paragraph: The Council decides by nine votes of fifteen. A permanent member may veto. Host-state consent is needed. The host-state consent may be withdrawn at any time by the government.
## A bold heading (a-bold-heading%[2]s)
1 paragraph: %[3]s
2 item: an item
3 item: another item
`, page, map[int]string{1: "", 2: "-2", 3: "-3"}[page], strings.TrimSpace(strings.Repeat("Peacekeepers protect civilians within their means. ", 8)))
	}
	if diff := cmp.Diff(want.String(), outline(d)); diff != "" {
		t.Errorf("PDF (-want +got):\n%s", diff)
	}
	for i, s := range d.Sections {
		for _, p := range s.Passages {
			if p.Page != i/2+1 {
				t.Errorf("%q is said to be on page %d", p.Text, p.Page)
			}
		}
	}
	if len(findings) != 1 || findings[0].Kind != Dropped || findings[0].Sample != "Handbook, page #" {
		t.Errorf("findings %+v", findings)
	}
}

func TestBrokenPDFsAreRead(t *testing.T) {
	t.Parallel()
	file := pdfFile(t, 2)
	whole, _ := read(t, PDF, file)
	tests := map[string]string{
		"the table of objects is wrong":   strings.ReplaceAll(file, "0000000", "0000009"),
		"the table of objects is gone":    file[:strings.LastIndex(file, "xref\n0")] + file[strings.LastIndex(file, "trailer"):],
		"something is before it":          "junk\n" + file,
		"something is after it":           file + strings.Repeat("\nmail footer", 100),
		"the table claims too much":       strings.Replace(file, "/Size ", "/Size 99999999", 1),
		"it refers to itself without end": strings.Replace(file, "startxref", "/Prev 9 startxref", 1),
	}
	for name, broken := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, _, err := Read(t.Context(), PDF, "x", []byte(broken))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(outline(whole), outline(d)); diff != "" {
				t.Errorf("(-whole +broken):\n%s", diff)
			}
		})
	}
}

// handmadePDF makes a file of objects, without a table of them.
func handmadePDF(objects ...string) string {
	var out strings.Builder
	out.WriteString("%PDF-1.5\n")
	for i, o := range objects {
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	out.WriteString("trailer << /Root 1 0 R >>\n%%EOF\n")
	return out.String()
}

func stream(dictionary, data string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dictionary, len(data), data)
}

func TestPDFOfHandmadeObjects(t *testing.T) {
	t.Parallel()
	cmap := "1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar <0001> <0041> <0002> <00660069> endbfchar\n1 beginbfrange <0010> <0012> <0431> endbfrange\n1 beginbfrange <0020> <0021> [<0020> <2013>] endbfrange"
	page := "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>"
	tests := map[string]struct {
		objects []string
		want    string
	}{
		"codes of two bytes": {[]string{
			"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Resources << /Font << /F 5 0 R >> >> >>", page,
			stream("", "BT /F 12 Tf 72 700 Td <00010002002000100011001200200001> Tj ET"),
			"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<< /DW 500 >>] >>", stream("", cmap),
		}, "Afi бвг A"},
		"objects packed in a stream": {[]string{
			stream("/Type /ObjStm /N 2 /First 9", "8 0 2 35 << /Type /Catalog /Pages 2 0 R >>\n << /Type /Pages /Kids [3 0 R] /Resources << /Font << /F << /Subtype /Type1 >> >> >> >>"),
			"null", page, stream("", "BT /F 12 Tf 72 700 Td (Packed) Tj ET"),
		}, "Packed"},
		"kerning parts words, small gaps do not": {[]string{
			"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Resources << /Font << /F << /Subtype /Type1 >> >> >> >>", page,
			stream("", "BT /F 12 Tf 72 700 Td [(Pea) -20 (ce) -400 (keep) 10 (ing)] TJ ET"),
		}, "Peace keeping"},
		"a page drawn as a form": {[]string{
			"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Resources << /XObject << /X 5 0 R >> >> >>", page,
			stream("", "q 1 0 0 1 72 600 cm /X Do Q"), stream("/Subtype /Form /Resources << /Font << /F << /Subtype /Type1 >> >> >>", "BT /F 12 Tf (In a form) Tj ET"),
		}, "In a form"},
		"named glyphs": {[]string{
			"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Resources << /Font << /F << /Subtype /Type1 /Encoding << /Differences [1 /fi /Eacute] >> >> >> >> >>", page,
			stream("", "BT /F 12 Tf 72 700 Td (\x01nal \x02tat) Tj ET"),
		}, "final État"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := handmadePDF(test.objects...)
			if name == "objects packed in a stream" {
				file = strings.Replace(strings.Replace(file, "2 0 obj\nnull\nendobj\n", "", 1), "/Root 1 0 R", "/Root 8 0 R", 1)
			}
			d, _ := read(t, PDF, file)
			if got := d.Sections[0].Passages[0].Text; got != test.want {
				t.Errorf("text %q, want %q", got, test.want)
			}
		})
	}
}

func TestHostilePDFs(t *testing.T) {
	t.Parallel()
	catalog := "<< /Type /Catalog /Pages 2 0 R >>"
	font := "/Resources << /Font << /F << /Subtype /Type1 >> >> /XObject << /X 4 0 R >> >>"
	tests := map[string][]string{
		"pages within themselves":   {catalog, "<< /Kids [2 0 R 2 0 R 2 0 R] >>"},
		"a form draws itself often": {catalog, "<< /Kids [3 0 R] " + font + " >>", "<< /Contents 4 0 R >>", stream("/Subtype /Form", strings.Repeat("/X Do ", 20_000))},
		"a million signs":           {catalog, "<< /Kids [3 0 R] " + font + " >>", "<< /Contents 4 0 R >>", stream("", "BT /F 1 Tf "+strings.Repeat("(x) Tj 9 9 Td ", 200_000))},
		"operands without end":      {catalog, "<< /Kids [3 0 R] " + font + " >>", "<< /Contents 4 0 R >>", stream("", strings.Repeat("1 ", 1<<20))},
	}
	for name, objects := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, _ = Read(t.Context(), PDF, "x", []byte(handmadePDF(objects...)))
		})
	}
}

// TestHostilePDFsDoNotHoldACore: small files that ask for much work are refused or
// read in part, in bounded time, and what reads them ends with its time.
func TestHostilePDFsDoNotHoldACore(t *testing.T) {
	t.Parallel()
	catalog := "<< /Type /Catalog /Pages 2 0 R >>"
	font := "/Resources << /Font << /F << /Subtype /Type1 >> >> >>"
	kids := func(n int) string { return "<< " + font + " /Kids [" + strings.Repeat("3 0 R ", n) + "] >>" }
	signs := stream("", "BT /F 1 Tf "+strings.Repeat("(x) Tj 9 9 Td ", 200_000))
	glued := stream("", "BT /F 1 Tf "+strings.Repeat("(x) Tj ", 400_000))
	text := stream("", "BT /F 12 Tf 72 700 Td (Shown) Tj ET")
	one := func(font string) []string {
		return []string{catalog, "<< /Kids [3 0 R] /Resources << /Font << /F 5 0 R >> >> >>", "<< /Contents 4 0 R >>", stream("", "BT /F 12 Tf 72 700 Td (Shown) Tj ET"), font}
	}
	bomb := func(filter string) string {
		var zipped bytes.Buffer
		z := zlib.NewWriter(&zipped)
		_, _ = z.Write(make([]byte, maxStream))
		_ = z.Close()
		return stream("/Filter "+filter, zipped.String())
	}
	var sizes strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&sizes, "/F %d Tf (Title) Tj 0 9 Td ", 2*i+1)
	}
	packed := strings.Repeat("9 0 9 262144 ", 100_000)
	tests := map[string]string{
		"many pages show one long stream":     handmadePDF(catalog, kids(2000), "<< /Contents 4 0 R >>", signs),
		"many pages show one glued line":      handmadePDF(catalog, kids(2000), "<< /Contents 4 0 R >>", glued),
		"many pages show drawings":            handmadePDF(catalog, kids(2000), "<< /Contents 4 0 R >>", stream("", strings.Repeat("0 0 m ", 500_000))),
		"many pages show comments":            handmadePDF(catalog, kids(2000), "<< /Contents 4 0 R >>", stream("", "%"+strings.Repeat("z", 3<<20))),
		"many sizes":                          handmadePDF(catalog, kids(1), "<< /Contents 4 0 R >>", stream("", "BT "+sizes.String()+"ET")),
		"arrays in arrays":                    handmadePDF(catalog, kids(1), "<< /Contents 4 0 R >>", stream("", strings.Repeat("[", 3<<20))),
		"dictionaries in dictionaries":        handmadePDF(catalog, kids(1), "<< /Contents 4 0 R >>", strings.Repeat("<</A", 4<<20)),
		"dictionaries without end":            "%PDF-1.4\n" + strings.Repeat("1 0 obj<<endobj ", 1<<20),
		"strings without end":                 "%PDF-1.4\n" + strings.Repeat("1 0 obj<<(endobj ", 1<<20),
		"catalogues without end":              "%PDF-1.4\n" + strings.Repeat("/Root 1 0 R ", 1<<20),
		"a table that claims a billion parts": handmadePDF(catalog, kids(1), "<< /Contents 4 0 R >>", text) + "xref\n0 1000000000\n" + strings.Repeat("0000000000 65535 f \n", 500_000),
		"packed parts that overlap":           handmadePDF(catalog, stream(fmt.Sprintf("/Type /ObjStm /N 200000 /First %d", len(packed)), packed+strings.Repeat("[1 ]", 100_000))),
		"filters that come to nothing":        handmadePDF(append([]string{catalog, kids(1)}, slices.Repeat([]string{bomb("[/Fl /Fl]")}, 3000)...)...),
		"widths of every code from minus infinity": handmadePDF(one(
			"<< /Subtype /Type0 /DescendantFonts [<< /W [" + strings.Repeat("-9000000000000000000 65534 1 ", 5000) + "] >>] >>")...),
		"characters again and again": handmadePDF(append(one("<< /Subtype /Type0 /ToUnicode 6 0 R /DescendantFonts [<< >>] >>"),
			stream("", "1 beginbfrange "+strings.Repeat("<0000> <FFFF> <0041> ", 45_000)+"endbfrange"))...),
	}
	const bound = time.Minute // of a slow machine that does other things too; each takes 5 seconds at most
	if heaptest.Raced {
		t.Log("with the race detector one case is read; make test reads all of them without it")
		tests = map[string]string{"many sizes": tests["many sizes"]}
	}
	for name, file := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if len(file) > MaxBytes {
				t.Fatalf("the file has %d bytes: it is refused before it is read", len(file))
			}
			ctx, cancel := context.WithTimeout(t.Context(), bound)
			defer cancel()
			start := time.Now()
			err := guarded(func() error { return readPDF(ctx, []byte(file), newBuilder(ctx)) }) // not left behind as by Read
			t.Logf("%d KB took %v: %v", len(file)>>10, time.Since(start).Round(time.Millisecond), err)
			if ctx.Err() != nil {
				t.Error("it was only stopped by the clock")
			}
			ctx, cancel = context.WithCancel(t.Context())
			cancel()
			start = time.Now()
			_ = guarded(func() error { return readPDF(ctx, []byte(file), newBuilder(ctx)) })
			if took := time.Since(start); took > bound/10 {
				t.Errorf("after its time it went on for %v", took)
			}
		})
	}
}
