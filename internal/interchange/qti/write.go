package qti

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
)

// files are those of a package, in their order. They are a folder, so that what
// is written can be read again before it is packed.
type files struct {
	names []string
	texts map[string][]byte
}

func (f *files) add(name string, text []byte) {
	if f.texts == nil {
		f.texts = map[string][]byte{}
	}
	f.names, f.texts[name] = append(f.names, name), text
}

func (f *files) part(name string, _ int64) ([]byte, error) { return f.texts[name], nil }

// write packs the questions. What was written of each is read again, so that what
// is lost is known.
func (v version) write(items []interchange.Item) ([]byte, []interchange.Finding, error) {
	var f interchange.Findings
	var all files
	var resources []*element.Element
	for _, item := range items {
		item = interchange.Clean(item)
		if shown(&item.Question) {
			f.Notef(0, item.Called(), "Some marks of Markdown are written in another way; the texts look the same.")
		}
		own, res, ok := v.packed(len(resources)+1, item)
		switch {
		case !ok:
			f.Errorf(0, item.Called(), "%s has no questions of the kind %s.", v.title, item.Question.Kind)
			continue
		case len(all.names)+len(own.names) >= maxFiles:
			f.Errorf(0, item.Called(), "The package is full: it may have 2,000 files. Export fewer questions at once.")
			continue
		case !f.Carried(v.title, item, v.again(own, res)):
			continue
		}
		for _, name := range own.names {
			all.add(name, own.texts[name])
		}
		resources = append(resources, res)
	}
	file, err := pack(v.manifest(resources), all)
	return file, f.List(), err
}

// packed writes one question into files of its own.
func (v version) packed(n int, item interchange.Item) (files, *element.Element, bool) {
	var own files
	name := fmt.Sprintf("items/item-%04d.xml", n)
	res := element.New("resource", "identifier", fmt.Sprintf("item-%04d", n), "type", v.resource, "href", name)
	root, ok := v.itemOf(n, item)
	if !ok {
		return own, nil, false
	}
	if v.kebab {
		kebab(root)
	}
	own.add(name, []byte(element.Header+root.String()+"\n"))
	res.Stacked(metadataOf(item), element.New("file", "href", name))
	for i, m := range item.Media {
		name := pictureName(n, i, m.Name)
		own.add(name, m.Data)
		res.With(element.New("file", "href", address(name)))
	}
	return own, res, true
}

func pictureName(n, i int, name string) string {
	return fmt.Sprintf("media/item-%04d/%d/%s", n, i+1, strings.ReplaceAll(path.Base("/"+name), ":", "_"))
}

// address writes a path as an address.
func address(name string) string { return (&url.URL{Path: name}).EscapedPath() }

// again reads what was written.
func (v version) again(own files, res *element.Element) []interchange.Item {
	r := &reader{ctx: context.Background(), limits: interchange.Usual(), folder: &own, kept: map[string]interchange.Media{}}
	if err := r.file(described(".", res)); err != nil {
		return nil
	}
	return r.items
}

// manifest lists the items of the package.
func (v version) manifest(resources []*element.Element) *element.Element {
	about := element.New("metadata").Stacked(
		element.New("schema").With(element.Run(v.schema)), element.New("schemaversion").With(element.Run(v.schemaVersion)))
	return element.New("manifest", "xmlns", v.packages, "identifier", "muster-package").Stacked(
		about, element.New("organizations"), element.New("resources").Stacked(resources...))
}

// metadataOf writes tags and category as learning object metadata.
func metadataOf(item interchange.Item) *element.Element {
	phrase := func(name, text string) *element.Element {
		return element.New(name).With(element.New("string").With(element.Run(text)))
	}
	lom := element.New("lom", "xmlns", "http://ltsc.ieee.org/xsd/LOM").Stacked()
	general := element.New("general").Stacked()
	for _, label := range interchange.Labels(item.Question) {
		if !interchange.Placed(label) {
			general.With(phrase("keyword", label))
		}
	}
	for _, tag := range item.Tags {
		general.With(phrase("keyword", tag))
	}
	if len(general.Kids) > 0 {
		lom.With(general)
	}
	if len(item.Category) > 0 {
		taxons := element.New("taxonPath").Stacked()
		for _, name := range item.Category {
			taxons.With(element.New("taxon").With(phrase("entry", name)))
		}
		lom.With(element.New("classification").Stacked(taxons))
	}
	if len(lom.Kids) == 0 {
		return nil
	}
	return element.New("metadata").Stacked(lom)
}

// pack packs the files, the manifest first.
func pack(manifest *element.Element, all files) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name string, text []byte) error {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(text)
		}
		return err
	}
	if err := add(manifestName, []byte(element.Header+manifest.String()+"\n")); err != nil {
		return nil, fmt.Errorf("pack the manifest: %w", err)
	}
	for _, name := range all.names {
		if err := add(name, all.texts[name]); err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return out.Bytes(), nil
}

// shortest writes a number in full.
func shortest(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
