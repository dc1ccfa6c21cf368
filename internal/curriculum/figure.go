package curriculum

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// FigureKind is how a figure is drawn.
type FigureKind string

// The kinds of figure.
const (
	Timeline FigureKind = "timeline" // items along time: when, label, text
	Chain    FigureKind = "chain"    // each item leads to the next: label, text
	Ladder   FigureKind = "ladder"   // levels, the first at the bottom: label, text
	Grid     FigureKind = "grid"     // rows of cells below columns: label, cells
	Hub      FigureKind = "hub"      // groups around a centre: label, text or cells
)

// Figure is a picture as data. The site draws it, so that it follows the colours,
// the width and the direction of the page, and can be read out.
type Figure struct {
	Slug    string // unique within its module
	Version string // of the file: same bytes, same version
	Kind    FigureKind
	Title   string
	Summary string // what it shows, for who cannot see it
	Centre  string // hub
	Corner  string // grid: what the row labels are
	Columns []string
	Items   []FigureItem
}

// FigureItem is a part of a figure.
type FigureItem struct {
	When  string   `yaml:"when"`
	Label string   `yaml:"label"`
	Text  string   `yaml:"text"`
	Cells []string `yaml:"cells"`
}

type figureDocument struct {
	Slug    string     `yaml:"slug"`
	Kind    FigureKind `yaml:"kind"`
	Title   string     `yaml:"title"`
	Summary string     `yaml:"summary"`
	Centre  string     `yaml:"centre"`
	Corner  string     `yaml:"corner"`
	Columns []string   `yaml:"columns"`
	Items   []ast.Node `yaml:"items"`
}

// figureKey names a figure among all: "module.slug".
type figureKey string

func figureOf(m ModuleSlug, slug string) figureKey { return figureKey(string(m) + "." + slug) }

// figures reads the figures of a module.
func (r *reader) figures(dir string, m ModuleSlug) error {
	files, err := fs.Glob(r.fsys, path.Join(dir, "figures/*.yaml"))
	for _, file := range files {
		if err := r.figure(file, m); err != nil {
			return err
		}
	}
	return err
}

func (r *reader) figure(file string, m ModuleSlug) error {
	var doc figureDocument
	text, at, ok, err := r.document(file, &doc)
	if err != nil || !ok {
		return err
	}
	f := Figure{
		Slug: doc.Slug, Kind: doc.Kind, Title: doc.Title, Summary: doc.Summary,
		Centre: doc.Centre, Corner: doc.Corner, Columns: doc.Columns,
		Version: versionOf(text),
	}
	if want := strings.TrimSuffix(path.Base(file), ".yaml"); f.Slug != want {
		r.errorf(at, "slug is %q, but the file is named %q", f.Slug, want)
	}
	for _, e := range decodeEach[FigureItem](&r.ledger, file, doc.Items) {
		r.required(e.place, "label", e.value.Label)
		if f.Kind == Timeline {
			r.required(e.place, "when", e.value.When)
		}
		if f.Kind == Grid && len(e.value.Cells) != len(f.Columns) {
			r.errorf(e.place, "cells: %d are given for %d columns", len(e.value.Cells), len(f.Columns))
		}
		f.Items = append(f.Items, e.value)
	}
	r.checkFigure(at, f)
	key := figureOf(m, f.Slug)
	r.define(key, at)
	r.drawn[key] = f
	return nil
}

func (r *reader) checkFigure(p place, f Figure) {
	r.id(p, f.Slug)
	r.required(p, "title", f.Title)
	r.required(p, "summary", f.Summary)
	if !slices.Contains([]FigureKind{Timeline, Chain, Ladder, Grid, Hub}, f.Kind) {
		r.errorf(p, "kind is %q, must be timeline, chain, ladder, grid or hub", f.Kind)
	}
	if len(f.Items) < 2 {
		r.errorf(p, "items: at least 2 are needed")
	}
	if f.Kind == Hub {
		r.required(p, "centre", f.Centre)
	}
	if f.Kind == Grid {
		r.required(p, "corner", f.Corner)
	}
	if (f.Kind == Grid) != (len(f.Columns) > 0) {
		r.errorf(p, "columns belong to a grid, and only to a grid")
	}
}
