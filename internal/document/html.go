package document

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads a web page: its main part where it names one, without scripts,
// menus and what is hidden.
func readHTML(_ context.Context, file []byte, b *builder) error {
	source, err := decode(file, b)
	if err != nil {
		return err
	}
	if err := weigh(source); err != nil {
		return err
	}
	root, err := html.Parse(strings.NewReader(source)) // refuses more than 512 elements within each other
	if err != nil {
		return refused("The page cannot be read: its elements are nested too deeply.")
	}
	h := &htmlReader{builder: b, kind: Paragraph}
	if page := find(root, atom.Html); page != nil {
		b.doc.Language = cut(clean(attribute(page, "lang")), 35)
	}
	main := find(root, atom.Main)
	if main == nil {
		main = only(root, atom.Article)
	}
	if main == nil {
		main = root
	}
	if err := h.children(main); err != nil {
		return err
	}
	if err := h.flush(); err != nil {
		return err
	}
	if title := find(root, atom.Title); title != nil {
		b.title(textOf(title))
	}
	return nil
}

// htmlReader walks a page. Text gathers until a block begins or ends.
type htmlReader struct {
	*builder
	open strings.Builder
	kind Kind // of the passage that is open
}

// skipped are the elements that are not of the text.
var skipped = []atom.Atom{
	atom.Script, atom.Style, atom.Nav, atom.Noscript, atom.Template, atom.Iframe, atom.Svg, atom.Math, atom.Form, atom.Button,
	atom.Select, atom.Textarea, atom.Head, atom.Footer, atom.Aside, atom.Object, atom.Canvas, atom.Audio, atom.Video, atom.Map, atom.Dialog,
}

// inline are the elements that do not part a paragraph.
var inline = []atom.Atom{
	atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I,
	atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup,
	atom.Time, atom.U, atom.Var, atom.Wbr, atom.Img, atom.Tt, atom.Big, atom.Strike,
}

var headings = []atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}

func (h *htmlReader) children(n *html.Node) error {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := h.node(c); err != nil {
			return err
		}
	}
	return nil
}

func (h *htmlReader) node(n *html.Node) error {
	switch {
	case n.Type == html.TextNode:
		h.open.WriteString(n.Data)
		return nil
	case n.Type != html.ElementNode || isSkipped(n):
		return nil
	case n.DataAtom == atom.Br:
		h.open.WriteByte('\n')
		return nil
	case n.DataAtom == atom.Sup && find(n, atom.A) != nil: // the mark of a footnote
		return nil
	case slices.Contains(inline, n.DataAtom):
		return h.children(n)
	}
	if err := h.flush(); err != nil {
		return err
	}
	return h.block(n)
}

// block adds what an element that parts paragraphs holds.
func (h *htmlReader) block(n *html.Node) error {
	if level := slices.Index(headings, n.DataAtom); level >= 0 {
		h.heading(level+1, textOf(n))
		return nil
	}
	before := h.kind
	switch n.DataAtom {
	case atom.Tr:
		var cells []string
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && !isSkipped(c) {
				cells = append(cells, clean(textOf(c)))
			}
		}
		return h.row(0, cells)
	case atom.Li, atom.Dt, atom.Dd:
		h.kind = Item
	case atom.Caption, atom.Figcaption:
		h.kind = Caption
	}
	if err := h.children(n); err != nil {
		return err
	}
	err := h.flush()
	h.kind = before
	return err
}

func (h *htmlReader) flush() error {
	text := h.open.String()
	h.open.Reset()
	return h.add(h.kind, 0, text)
}

func isSkipped(n *html.Node) bool {
	if slices.Contains(skipped, n.DataAtom) {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			return a.Val == "true"
		case "style":
			return strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none")
		}
	}
	return false
}

// find gives the first element of a sort below n.
func find(n *html.Node, sort atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == sort {
			return d
		}
	}
	return nil
}

// only gives the element of a sort where there is one of it.
func only(n *html.Node, sort atom.Atom) (found *html.Node) {
	for d := range n.Descendants() {
		if d.Type != html.ElementNode || d.DataAtom != sort {
			continue
		}
		if found != nil {
			return nil
		}
		found = d
	}
	return found
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf gives all text below a node.
func textOf(n *html.Node) string {
	var out strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				out.WriteString(c.Data)
			case c.Type == html.ElementNode && !isSkipped(c):
				if !slices.Contains(inline, c.DataAtom) {
					out.WriteByte(' ')
				}
				walk(c)
			}
		}
	}
	walk(n)
	return out.String()
}
