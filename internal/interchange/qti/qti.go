// Package qti reads and writes Question and Test Interoperability of 1EdTech,
// versions 2.1 and 3.0: single items, and packages of them with their pictures.
//
// The names of 3.0 are those of 2.1 in another spelling, so both are read and
// written as 2.1. What an item does that questions here cannot is found. It must
// not know the bank.
package qti

import (
	"bytes"
	"context"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/interchange/picture"
)

// version is what sets the versions of QTI apart when they are written.
type version struct {
	title, namespace, templates, resource string
	packages, schema, schemaVersion       string
	kebab                                 bool
}

var (
	v21 = version{
		title: "QTI 2.1", namespace: "http://www.imsglobal.org/xsd/imsqti_v2p1", resource: "imsqti_item_xmlv2p1",
		templates: "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
		packages:  "http://www.imsglobal.org/xsd/imscp_v1p1", schema: "QTIv2.1 Package", schemaVersion: "1.0.0",
	}
	v30 = version{
		title: "QTI 3.0", namespace: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0", resource: "imsqti_item_xmlv3p0",
		templates: "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
		packages:  "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", schema: "QTI Package", schemaVersion: "3.0.0", kebab: true,
	}
)

// Format21 is QTI 2.1. It reads 3.0 too.
func Format21() interchange.Format { return v21.format("qti21") }

// Format30 is QTI 3.0. It reads 2.1 too.
func Format30() interchange.Format { return v30.format("qti30") }

func (v version) format(name string) interchange.Format {
	return interchange.Format{
		Name: name, Title: v.title, Ending: ".zip", Media: "application/zip", Pictures: true,
		Detect: v.detect, Read: read, Write: v.write,
	}
}

// Signs by which a file is known.
var (
	magic  = []byte("PK\x03\x04")
	kebabs = []byte("<qti-assessment-item")
	camels = []byte("assessmentItem")
)

// detect says whether a file is an item of the version, or a package of any.
func (v version) detect(_ string, file []byte) bool {
	if bytes.HasPrefix(file, magic) {
		return bytes.Contains(file, []byte(manifestName))
	}
	head := file[:min(len(file), 64<<10)]
	if v.kebab {
		return bytes.Contains(head, kebabs)
	}
	return bytes.Contains(head, camels)
}

func read(ctx context.Context, file []byte, limits interchange.Limits) ([]interchange.Item, []interchange.Finding, error) {
	if err := limits.Admit(file); err != nil {
		return nil, nil, err
	}
	r := &reader{ctx: ctx, limits: limits, kept: map[string]interchange.Media{}}
	var err error
	if bytes.HasPrefix(file, []byte("PK")) {
		err = r.archive(file)
	} else {
		err = r.single(file)
	}
	if err == nil && len(r.items) == 0 && len(r.findings.List()) == 0 {
		err = interchange.Refused("There are no questions in the file.")
	}
	if err != nil {
		return nil, nil, err
	}
	return r.items, r.findings.List(), nil
}

// reader gathers the questions of a file or a package.
type reader struct {
	ctx      context.Context
	limits   interchange.Limits
	items    []interchange.Item
	findings interchange.Findings
	folder   folder // the files of the package
	parts    int    // of all questions
	shown    picture.Spent
	kept     map[string]interchange.Media // the pictures of the package, by their paths
}

// parse reads XML in the names of 2.1.
func (r *reader) parse(file []byte) (*element.Element, error) {
	text, err := interchange.Text(file, &r.findings)
	if err != nil {
		return nil, err
	}
	root, err := element.Parse(r.ctx, text, r.limits)
	if err != nil {
		return nil, err
	}
	camel(root)
	return root, nil
}

// single reads a file that is one item.
func (r *reader) single(file []byte) error {
	if len(file) > maxItem {
		return interchange.Refused("The file is a single item and longer than %d MB.", maxItem>>20)
	}
	root, err := r.parse(file)
	if err != nil {
		return err
	}
	switch root.Name {
	case itemName:
		r.item(root, resource{})
		return nil
	case "questestinterop":
		return interchange.Refused("This is QTI 1.2. Export the questions as QTI 2.1 or 3.0.")
	case "manifest", "assessmentTest":
		return interchange.Refused("The file names questions but does not hold them. Send the whole package, as a .zip.")
	}
	return interchange.Refused("This is not a QTI item: it begins with <%s>.", interchange.Quote(root.Name))
}

const prefix3 = "qti-"

// camel gives the elements of 3.0 and their attributes the names of 2.1.
func camel(e *element.Element) {
	if name, ok := strings.CutPrefix(e.Name, prefix3); ok {
		e.Name = camelled(name)
		for name, value := range e.Attr {
			if other := camelled(name); other != name {
				e.Attr[other] = value
			}
		}
	}
	if e.Name == "contentBody" { // of feedback in 3.0
		e.Name = "div"
	}
	for _, kid := range e.Kids {
		camel(kid)
	}
}

func camelled(name string) string {
	parts := strings.Split(name, "-")
	for i, part := range parts {
		if i > 0 && part != "" {
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, "")
}

// kebab gives the elements of 2.1 and their attributes the names of 3.0; those of
// HTML are the same in both.
func kebab(e *element.Element) {
	if e.Name != "" && !htmlNames[e.Name] {
		e.Name = prefix3 + kebabbed(e.Name)
		named := make(map[string]string, len(e.Attr))
		for name, value := range e.Attr {
			named[kebabbed(name)] = value
		}
		e.Attr = named
	}
	for _, kid := range e.Kids {
		kebab(kid)
	}
}

func kebabbed(name string) string {
	var out strings.Builder
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			out.WriteByte('-')
			r += 'a' - 'A'
		}
		out.WriteRune(r)
	}
	return out.String()
}
