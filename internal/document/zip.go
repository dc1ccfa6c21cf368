package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path/filepath"

	"muster/internal/boundedxml"
)

// Limits of an archive (SECURITY IN-09). Bytes are counted while they are read,
// not taken from headers.
const (
	maxFiles    = 2000
	maxRatio    = 100
	maxUnzipped = 24 << 20 // of one part
)

// archive is a zip of which single parts are read.
type archive struct{ files map[string]*zip.File }

func openArchive(file []byte) (archive, error) {
	if bytes.Count(file, []byte("PK\x01\x02")) > maxFiles {
		return archive{}, refused("The file holds more than 2,000 parts.")
	}
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return archive{}, refused("This is not a Word document (.docx), or it is broken. Older .doc files must be saved as .docx first.")
	}
	a := archive{files: make(map[string]*zip.File, len(r.File))}
	for _, f := range r.File {
		mode := f.Mode()
		_, twice := a.files[f.Name]
		if twice || !filepath.IsLocal(f.Name) || !mode.IsRegular() && mode&fs.ModeDir == 0 {
			return archive{}, refused("The file holds a part that a Word document never has.")
		}
		a.files[f.Name] = f
	}
	return a, nil
}

// part reads a part whole; nil where there is none of that name.
func (a archive) part(name string) ([]byte, error) {
	f, ok := a.files[name]
	if !ok {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, refused("A part of the file cannot be unpacked.")
	}
	defer func() { _ = r.Close() }() // it was only read
	limit := min(maxUnzipped, maxRatio*int64(f.CompressedSize64)+1<<16)
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(text)) > limit:
		return nil, refused("A part of the file unpacks to far more than such documents hold.")
	case err != nil:
		return nil, refused("A part of the file cannot be unpacked.")
	}
	return text, nil
}

// eachElement walks XML: it calls open and close for every element and text for
// what stands between. There are no entities but those of XML, no document type,
// and no more than MaxDepth elements within each other.
func eachElement(source []byte, open func(xml.StartElement) error, closed func(name string) error, text func(string)) error {
	d := boundedxml.New(bytes.NewReader(source), 2*maxText)
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		switch {
		case errors.Is(err, boundedxml.ErrLong):
			return tooMuchText()
		case errors.Is(err, boundedxml.ErrAttributes):
			return refused("The document has elements with more attributes than Word writes.")
		case err != nil:
			return refused("A part of the file is broken XML.")
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth++; depth > MaxDepth {
				return refused("The document has elements more than %d deep.", MaxDepth)
			}
			err = open(token)
		case xml.EndElement:
			depth--
			err = closed(token.Name.Local)
		case xml.CharData:
			text(string(token))
		case xml.Directive:
			return refused("The document declares a document type, which Word never does.")
		}
		if err != nil {
			return err
		}
	}
}
