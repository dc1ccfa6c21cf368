package qti

import (
	"cmp"
	"errors"
	"maps"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
)

const manifestName = "imsmanifest.xml"

// resource is what a package says of one item.
type resource struct {
	name     string // path of the file, "" where there is no package
	tags     []string
	category []string
}

// archive reads a package that is zipped.
func (r *reader) archive(file []byte) error {
	a, err := openArchive(file)
	if err != nil {
		return err
	}
	r.folder = a
	manifest := shallowest(a)
	if manifest == "" {
		r.findings.Warnf(0, "", "The package has no %s: tags and categories are unknown.", manifestName)
		for _, name := range slices.Sorted(maps.Keys(a.files)) {
			if strings.HasSuffix(strings.ToLower(name), ".xml") {
				if err := r.file(resource{name: name}); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return r.packed(manifest)
}

// shallowest gives the manifest: some put the whole package into a folder.
func shallowest(a *archive) string {
	found := ""
	for name := range a.files {
		depth := strings.Count(name, "/")
		if path.Base(name) == manifestName && (found == "" || depth < strings.Count(found, "/") || depth == strings.Count(found, "/") && name < found) {
			found = name
		}
	}
	return found
}

// packed reads the items that a manifest names.
func (r *reader) packed(manifest string) error {
	file, err := r.folder.part(manifest, maxManifest)
	if err != nil {
		return err
	}
	root, err := r.parse(file)
	if err != nil {
		return err
	}
	if root.Cut {
		return interchange.Refused("The manifest of the package has more entries than can be read.")
	}
	for _, e := range root.Child("resources").Children("resource") {
		kind := e.Value("type")
		switch {
		case strings.HasPrefix(kind, "imsqti_item"):
			err = r.file(described(path.Dir(manifest), e))
		case strings.HasPrefix(kind, "imsqti_xmlv1p"):
			r.findings.Errorf(e.Line, interchange.Quote(e.Value("href")), "This is QTI 1.2. Export the questions as QTI 2.1 or 3.0.")
		case strings.HasPrefix(kind, "imsqti_test"):
			r.findings.Notef(e.Line, interchange.Quote(e.Value("href")), "Which questions make up a test is not taken over.")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// described reads what a manifest says of an item.
func described(dir string, e *element.Element) resource {
	res := resource{name: inside(dir, e.Value("href"))}
	if res.name == "" {
		res.name = inside(dir, e.Child("file").Value("href"))
	}
	is := func(names ...string) func(*element.Element) bool {
		return func(e *element.Element) bool { return slices.Contains(names, strings.ToLower(e.Name)) }
	}
	metadata := e.Child("metadata")
	for _, keyword := range metadata.All(is("keyword")) {
		for _, text := range keyword.All(is("string", "langstring")) {
			if tag := strings.ReplaceAll(text.Plain(), "\n", " "); tag != "" {
				res.tags = append(res.tags, tag)
				break // the others say it in other languages
			}
		}
	}
	if paths := metadata.All(is("taxonpath")); len(paths) > 0 {
		for _, taxon := range paths[0].All(is("taxon")) {
			if texts := taxon.All(is("string", "langstring")); len(texts) > 0 && texts[0].Plain() != "" {
				res.category = append(res.category, texts[0].Plain())
			}
		}
	}
	return res
}

// inside gives the path of a file of the package by its address in a file of the
// folder dir; "" where it lies elsewhere.
func inside(dir, href string) string {
	address, err := url.Parse(href)
	if err != nil || address.IsAbs() || address.Host != "" || address.Path == "" {
		return ""
	}
	if name := path.Join(dir, address.Path); filepath.IsLocal(name) {
		return name
	}
	return ""
}

// file reads one item of a package. An item that cannot be read is found.
func (r *reader) file(res resource) error {
	if err := cmp.Or(r.ctx.Err(), r.limits.Full(len(r.items)+1), r.limits.Heavy(r.parts)); err != nil {
		return err
	}
	file, err := r.folder.part(res.name, maxItem)
	if errors.Is(err, errBomb) {
		return err
	}
	if err == nil && file == nil {
		err = errors.New("the package does not hold it")
	}
	var root *element.Element
	if err == nil {
		root, err = r.parse(file)
	}
	switch {
	case r.ctx.Err() != nil:
		return r.ctx.Err()
	case err != nil:
		r.findings.Errorf(0, interchange.Quote(res.name), "The item cannot be read: %v", err)
	case root.Name != itemName && res.tags == nil && root.Name != "questestinterop":
		r.findings.Notef(0, interchange.Quote(res.name), "This is not an item: it begins with <%s>.", interchange.Quote(root.Name))
	case root.Name != itemName:
		r.findings.Errorf(0, interchange.Quote(res.name), "This is not an item: it begins with <%s>.", interchange.Quote(root.Name))
	default:
		r.item(root, res)
	}
	return nil
}
