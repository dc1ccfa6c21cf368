package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/ledongthuc/pdf"
)

// Limits of what the parser of PDF may do.
const (
	maxPages     = 2000
	maxPageTree  = 20_000  // nodes
	maxParserIn  = 1 << 30 // bytes; the parser keeps nothing and reads again
	maxPageDepth = 40
	maxOperators = 4_000_000 // of all pages
	maxAllRuns   = 1_000_000
	maxAllText   = 2 * maxText // bytes; some of it is dropped later
)

// readPDF reads the text of a PDF: lines of each page become paragraphs, larger
// or bolder ones headings; what stands on the margin of many pages is dropped.
func readPDF(ctx context.Context, file []byte, b *builder) error {
	plain, err := plainPDF(ctx, file)
	if err != nil {
		return err
	}
	pages, err := pagesOf(ctx, plain, b)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return tooSlow(err)
	}
	return layOut(ctx, pages, b)
}

// leash gives the parser its file, and stops it by a panic when its time is over
// or when it reads in circles.
type leash struct {
	*bytes.Reader
	ctx  context.Context
	left int // bytes that it may still read
}

var errLeash = errors.New("the parser was stopped")

// ReadAt reads from the file.
func (l *leash) ReadAt(p []byte, at int64) (int, error) {
	if l.left -= len(p); l.left < 0 || l.ctx.Err() != nil {
		panic(errLeash)
	}
	return l.Reader.ReadAt(p, at)
}

// page is what a page shows, in the order in which it is drawn.
type page struct {
	number      int
	top, bottom float64 // of the paper, points
	runs        []run
}

// pagesOf reads the text of all pages. A broken page is left out, and said.
func pagesOf(ctx context.Context, plain []byte, b *builder) ([]page, error) {
	reader, err := pdf.NewReader(&leash{bytes.NewReader(plain), ctx, maxParserIn}, int64(len(plain)))
	if err != nil {
		return nil, refused("The PDF is broken: it cannot be read.")
	}
	root := reader.Trailer().Key("Root")
	b.doc.Language = cut(clean(root.Key("Lang").Text()), 35)
	t := &pageTree{ctx: ctx, fonts: map[string]*pdfFont{}, work: &work{ctx: ctx}}
	t.node(root.Key("Pages"), inherited{}, 0)
	if len(t.broken) > 0 {
		b.say(Dropped, "", "%d pages are broken or show too much, and were not read whole: %s.", len(t.broken), firstFew(t.broken))
	}
	if t.more {
		b.say(Dropped, "", "Only the first %d pages were read.", t.number)
	}
	return t.pages, nil
}

func firstFew(numbers []int) string {
	var out bytes.Buffer
	for i, n := range numbers {
		if i == 10 {
			return out.String() + " …"
		}
		if i > 0 {
			out.WriteString(", ")
		}
		fmt.Fprint(&out, n)
	}
	return out.String()
}

// work is what reading all pages has taken so far. Pages may share what they show,
// so that a small file can ask for much.
type work struct {
	ctx                    context.Context
	operators, runs, bytes int
}

// one counts an operator, and stops the reading by a panic when it is enough.
func (w *work) one() {
	if w.operators++; w.spent() || w.ctx.Err() != nil {
		panic(errLeash)
	}
}

func (w *work) spent() bool {
	return w.operators > maxOperators || w.runs > maxAllRuns || w.bytes > maxAllText
}

// pageTree walks the pages of a file in their order.
type pageTree struct {
	ctx    context.Context
	work   *work
	pages  []page
	fonts  map[string]*pdfFont
	broken []int
	nodes  int
	number int
	more   bool
}

// inherited is what a page takes from the nodes above it.
type inherited struct {
	resources, box pdf.Value
}

func (t *pageTree) node(v pdf.Value, from inherited, depth int) {
	if t.nodes++; t.nodes > maxPageTree || depth > maxPageDepth || t.work.spent() || t.ctx.Err() != nil {
		t.more = t.more || t.work.spent()
		return
	}
	if r := v.Key("Resources"); !r.IsNull() {
		from.resources = r
	}
	if box := v.Key("MediaBox"); box.Len() == 4 {
		from.box = box
	}
	kids := v.Key("Kids")
	if kids.Kind() != pdf.Array {
		t.page(v, from)
		return
	}
	for i := 0; i < kids.Len() && t.nodes <= maxPageTree; i++ {
		t.node(kids.Index(i), from, depth+1)
	}
}

func (t *pageTree) page(v pdf.Value, from inherited) {
	if t.number == maxPages {
		t.more = true
		return
	}
	t.number++
	p := page{number: t.number, top: 842}
	if from.box.Len() == 4 {
		p.bottom, p.top = from.box.Index(1).Float64(), from.box.Index(3).Float64()
	}
	r := &pageReader{fonts: t.fonts, work: t.work}
	err := guarded(func() error {
		if contents := v.Key("Contents"); !contents.IsNull() {
			r.content(contents, from.resources, identity, 0)
		}
		return nil
	})
	if err != nil {
		t.broken = append(t.broken, t.number)
	}
	p.runs = r.runs
	t.pages = append(t.pages, p)
}
