package document

import (
	"context"
	"fmt"
	"path"
	"strings"

	"muster/internal/errs"
)

// Format is what sort of file a document is read from.
type Format string

// The formats.
const (
	Text     Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
	DOCX     Format = "docx"
	PDF      Format = "pdf"
)

// Limits of a file and of what is read from it.
const (
	MaxBytes    = 20 << 20
	MaxPassages = 5000
	MaxDepth    = 64      // of elements within each other
	maxText     = 4 << 20 // bytes of text, formatting aside
	maxPassage  = 8000    // bytes of one passage; longer ones are parted between words
)

// Finding is something to know about what was read. None stops the import:
// what does is an error.
type Finding struct {
	Kind    FindingKind
	Message string
	Section string // slug, "" for the whole document
	Passage int    // 0 for the whole section
	Sample  string // of the text it is about
}

// FindingKind says what a finding is about, for programs.
type FindingKind string

// The kinds of finding.
const (
	Garbled  FindingKind = "garbled"  // the text does not look like a language: look at the sample
	Encoding FindingKind = "encoding" // the characters were guessed
	Dropped  FindingKind = "dropped"  // something of the file is not in the document
	Shape    FindingKind = "shape"    // headings or paragraphs that may be wrong
)

// readers has the reader of each format.
var readers = map[Format]func(ctx context.Context, file []byte, b *builder) error{
	Text: readText, Markdown: readMarkdown, HTML: readHTML, DOCX: readDOCX, PDF: readPDF,
}

// Read reads a file of a format into a document. name is the file's name, which
// is its title where the file has none. Invalid about the field format where it
// is none of ours, about the field file where the file cannot be read, is too
// large, or holds no text; Unavailable where ctx ends first.
func Read(ctx context.Context, format Format, name string, file []byte) (Document, []Finding, error) {
	read, ok := readers[format]
	switch {
	case !ok:
		return Document{}, nil, errs.InvalidField("format", "The format is text, markdown, html, docx or pdf.")
	case len(file) > MaxBytes:
		return Document{}, nil, refused("The file is larger than 20 MB. Split it, or leave out its pictures.")
	}
	type outcome struct {
		b   *builder
		err error
	}
	done := make(chan outcome, 1)
	go func() { // a parser of others may not look at ctx: it is left behind then, and its memory is bounded
		b := newBuilder(ctx)
		done <- outcome{b, guarded(func() error { return read(ctx, file, b) })}
	}()
	select {
	case <-ctx.Done():
		return Document{}, nil, tooSlow(ctx.Err())
	case o := <-done:
		if o.err != nil {
			return Document{}, nil, o.err
		}
		return o.b.document(titleOf(name))
	}
}

// guarded makes an error of a panic: a parser of others has met a file that it
// did not expect.
func guarded(read func() error) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			e := errs.InvalidField("file", "The file is broken: it cannot be read.")
			e.Err = fmt.Errorf("panic: %v", broken)
			err = e
		}
	}()
	return read()
}

func refused(format string, args ...any) error { return errs.InvalidField("file", format, args...) }

func tooSlow(cause error) error {
	e := errs.New(errs.Unavailable, "too_slow", "Reading the file took too long. Try again, or split the file.")
	e.Err = cause
	return e
}

// FormatOf guesses the format from a file's name; "" where the ending says nothing.
func FormatOf(name string) Format {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".text":
		return Text
	case ".md", ".markdown":
		return Markdown
	case ".html", ".htm", ".xhtml":
		return HTML
	case ".docx":
		return DOCX
	case ".pdf":
		return PDF
	}
	return ""
}

// titleOf makes a title of a file's name.
func titleOf(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	base = strings.TrimSuffix(base, path.Ext(base))
	return clean(strings.NewReplacer("_", " ", "-", " ").Replace(base))
}
