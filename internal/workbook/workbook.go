// Package workbook reads the sheets of a workbook (.xlsx) row by row: the texts
// of their cells as they are kept, without formats.
//
// A workbook is a small file that may unpack to a huge one. Nothing is held but
// the texts that its cells share; what is unpacked is counted while it is read
// (SECURITY IN-09). It must not know what a sheet means.
package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"muster/internal/boundedxml"
)

// Limits of a workbook.
const (
	maxUnpacked = 48 << 20 // bytes of all that is read
	maxFiles    = 2000
	maxSheets   = 500
	maxTexts    = 500_000 // that cells share
	maxToken    = 1 << 20
	maxCell     = 256 << 10 // bytes of one cell that are kept; Excel allows 32,767 letters
	maxRow      = 1 << 20   // the number of the last row
)

// Errors of a workbook that is not read.
var (
	ErrUnreadable = errors.New("the file is not a workbook, or broken")
	ErrLarge      = errors.New("the workbook unpacks to more than can be read")
)

// Book is an open workbook.
type Book struct {
	files   map[string]*zip.File // by their paths in small letters
	left    int64                // bytes that may still be unpacked
	sheets  []string             // their names
	paths   []string             // their paths
	strings string               // the path of the shared texts
	texts   []string             // the shared texts
}

// Open opens a workbook. ErrUnreadable or ErrLarge.
func Open(file []byte) (*Book, error) {
	if bytes.Count(file, []byte("PK\x01\x02")) > maxFiles {
		return nil, ErrLarge
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, ErrUnreadable
	}
	b := &Book{files: make(map[string]*zip.File, len(z.File)), left: maxUnpacked}
	for _, f := range z.File {
		b.files[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	main, err := b.related("")
	if err == nil {
		err = b.open(cmp.Or(main.first("officeDocument"), "xl/workbook.xml"))
	}
	if err == nil {
		err = b.share()
	}
	return b, err
}

// Sheets gives the names of the sheets in their order; there is at least one.
func (b *Book) Sheets() []string { return b.sheets }

// relations are what one part says of others: their kinds and paths, by id.
type relations map[string]struct{ kind, path string }

// first gives the path of a part of a kind, "" where there is none.
func (r relations) first(kind string) string {
	found := ""
	for _, other := range r {
		if other.kind == kind && (found == "" || other.path < found) {
			found = other.path
		}
	}
	return found
}

// related reads what a part is related to; "" is the workbook as a whole.
func (b *Book) related(part string) (relations, error) {
	dir, name := path.Split(part)
	list := relations{}
	err := b.each(dir+"_rels/"+name+".rels", func(e xml.StartElement) {
		if e.Name.Local == "Relationship" && len(list) < 2*maxSheets {
			to := list[value(e, "Id")]
			to.kind, to.path = path.Base(value(e, "Type")), strings.TrimPrefix(path.Join("/", dir, value(e, "Target")), "/")
			if target := value(e, "Target"); strings.HasPrefix(target, "/") {
				to.path = strings.TrimPrefix(path.Clean(target), "/")
			}
			list[value(e, "Id")] = to
		}
	})
	return list, err
}

// open reads which sheets there are.
func (b *Book) open(main string) error {
	if b.files[strings.ToLower(main)] == nil {
		return ErrUnreadable
	}
	related, err := b.related(main)
	if err != nil {
		return err
	}
	b.strings = cmp.Or(related.first("sharedStrings"), path.Join(path.Dir(main), "sharedStrings.xml"))
	err = b.each(main, func(e xml.StartElement) {
		if to := related[value(e, "id")]; e.Name.Local == "sheet" && to.kind == "worksheet" && len(b.sheets) < maxSheets {
			b.sheets, b.paths = append(b.sheets, value(e, "name")), append(b.paths, to.path)
		}
	})
	if err == nil && len(b.sheets) == 0 {
		return ErrUnreadable
	}
	return err
}

// share reads the texts that cells share.
func (b *Book) share() error {
	d, closed, err := b.part(b.strings)
	if d == nil || err != nil {
		return err
	}
	defer closed()
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return reason(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "si" {
			text, err := textIn(d)
			if err != nil {
				return reason(err)
			}
			if b.texts = append(b.texts, text); len(b.texts) > maxTexts {
				return ErrLarge
			}
		}
	}
}

// each visits the elements of a part; one that is not there has none.
func (b *Book) each(name string, visit func(xml.StartElement)) error {
	d, closed, err := b.part(name)
	if d == nil || err != nil {
		return err
	}
	defer closed()
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return reason(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			visit(e)
		}
	}
}

// part opens a part; nil where there is none of that name.
func (b *Book) part(name string) (d *boundedxml.Decoder, closed func(), err error) {
	f := b.files[strings.ToLower(name)]
	if f == nil {
		return nil, nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, nil, ErrUnreadable
	}
	return boundedxml.New(&counted{r, &b.left}, maxToken), func() { _ = r.Close() }, nil // it was only read
}

// counted stops when more is unpacked than may be.
type counted struct {
	in   io.Reader
	left *int64
}

// Read reads on.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	if *c.left -= int64(n); *c.left < 0 {
		return n, ErrLarge
	}
	return n, err
}

// reason gives ErrLarge for what is too large, else ErrUnreadable.
func reason(err error) error {
	if errors.Is(err, ErrLarge) || errors.Is(err, boundedxml.ErrLong) {
		return ErrLarge
	}
	return ErrUnreadable
}

func value(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
