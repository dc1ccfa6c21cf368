package curriculum

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/goccy/go-yaml/ast"
)

// Read reads all content below fsys. What is wrong with the content is a list
// of findings, sorted by place; the error is for fsys itself. With findings of
// level error, the catalogue holds what could be understood.
func Read(fsys fs.FS) (*Catalogue, []Finding, error) {
	r, err := read(fsys)
	if err != nil {
		return nil, nil, err
	}
	return r.catalogue, r.sorted(), nil
}

func read(fsys fs.FS) (*reader, error) {
	r := newReader(fsys)
	steps := []func() error{r.references, r.corrections, r.glossary, r.sources, r.modules, r.exams, r.awards}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("read content: %w", err)
		}
	}
	r.catalogue.Version = hex.EncodeToString(r.hash.Sum(nil)[:16])
	r.catalogue.Indexed()
	r.check()
	return r, nil
}

// reader builds a catalogue from files.
type reader struct {
	ledger
	fsys      fs.FS
	hash      hash.Hash
	catalogue *Catalogue
	drawn     map[figureKey]Figure
	uses      []use // what lesson bodies point at, to be looked up when all is read
}

func newReader(fsys fs.FS) *reader {
	return &reader{
		ledger: ledger{places: map[any]place{}},
		fsys:   fsys, hash: sha256.New(), catalogue: &Catalogue{}, drawn: map[figureKey]Figure{},
	}
}

// each reads files side by side, since most of the work is parsing. What each
// has found is put together in the order of the files.
func (r *reader) each(files []string, read func(*reader, string) error) error {
	parts := make([]*reader, len(files))
	failed := make([]error, len(files))
	var all sync.WaitGroup
	for i, file := range files {
		parts[i] = newReader(r.fsys)
		all.Go(func() { failed[i] = read(parts[i], file) })
	}
	all.Wait()
	for _, part := range parts {
		r.join(part)
	}
	return errors.Join(failed...)
}

// join adds what another reader has found.
func (r *reader) join(part *reader) {
	r.findings = append(r.findings, part.findings...)
	for id, at := range part.places {
		r.define(id, at)
	}
	r.hash.Write(part.hash.Sum(nil))
	r.uses = append(r.uses, part.uses...)
	r.catalogue.Modules = append(r.catalogue.Modules, part.catalogue.Modules...)
}

// text gives a file with Unix line ends, and enters it into the version.
func (r *reader) text(file string) (string, error) {
	raw, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(r.hash, "%s\x00%d\x00", file, len(raw))
	r.hash.Write(raw)
	return strings.ReplaceAll(string(raw), "\r\n", "\n"), nil
}

// document reads a file of one YAML document into doc, and gives its text and
// where it begins. Not ok: it is no YAML, which is a finding.
func (r *reader) document(file string, doc any) (text string, at place, ok bool, err error) {
	text, err = r.text(file)
	if err != nil {
		return "", place{}, false, err
	}
	root := r.parse(file, []byte(text))
	if root == nil {
		return "", place{}, false, nil
	}
	r.decode(file, root, doc)
	return text, place{file, line(root)}, true, nil
}

// list reads a file that holds one list under key; without the file it is empty.
func (r *reader) list(file, key string) ([]ast.Node, error) {
	text, err := r.text(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	root := r.parse(file, []byte(text))
	if root == nil {
		return nil, nil
	}
	m, ok := root.(*ast.MappingNode)
	if !ok || len(m.Values) != 1 || m.Values[0].Key.String() != key {
		r.errorf(place{file, line(root)}, "must hold one list under the key %s", key)
		return nil, nil
	}
	var nodes []ast.Node
	r.decode(file, m.Values[0].Value, &nodes)
	return nodes, nil
}

// listOf reads a file that holds one list under key, and keeps where each entry
// is defined.
func listOf[T any](r *reader, file, key string, id func(T) any) ([]T, error) {
	nodes, err := r.list(file, key)
	var all []T
	for _, e := range decodeEach[T](&r.ledger, file, nodes) {
		r.define(id(e.value), e.place)
		all = append(all, e.value)
	}
	return all, err
}

func (r *reader) references() (err error) {
	r.catalogue.References, err = listOf(r, "references.yaml", "references", func(v Reference) any { return v.ID })
	return err
}

func (r *reader) corrections() (err error) {
	r.catalogue.Corrections, err = listOf(r, "corrections.yaml", "corrections", func(v Correction) any { return v.ID })
	return err
}

func (r *reader) glossary() (err error) {
	r.catalogue.Glossary, err = listOf(r, "glossary.yaml", "terms", func(v Term) any { return v.ID })
	return err
}

// sourceDocument is a source as its file has it.
type sourceDocument struct {
	Slug        SourceSlug  `yaml:"slug"`
	Title       string      `yaml:"title"`
	Reliability Reliability `yaml:"reliability"`
	AIDisclosed bool        `yaml:"ai_disclosed"`
	Disclosure  string      `yaml:"disclosure"`
	Words       int         `yaml:"words"`
	Sections    []ast.Node  `yaml:"sections"`
}

func (r *reader) sources() error {
	files, err := fs.Glob(r.fsys, "sources/*.yaml")
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := r.source(file); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) source(file string) error {
	var doc sourceDocument
	_, at, ok, err := r.document(file, &doc)
	if err != nil || !ok {
		return err
	}
	r.define(doc.Slug, at)
	if want := strings.TrimSuffix(path.Base(file), ".yaml"); string(doc.Slug) != want {
		r.errorf(at, "slug is %q, but the file is named %q", doc.Slug, want)
	}
	source := Source{
		Slug: doc.Slug, Title: doc.Title, Reliability: doc.Reliability,
		AIDisclosed: doc.AIDisclosed, Disclosure: doc.Disclosure, Words: doc.Words,
	}
	for _, e := range decodeEach[Section](&r.ledger, file, doc.Sections) {
		r.define(Citation(doc.Slug, e.value.Slug), e.place)
		source.Sections = append(source.Sections, e.value)
	}
	r.catalogue.Sources = append(r.catalogue.Sources, source)
	return nil
}
