package curriculum

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// replaceLinks turns the links with our own schemes into buttons, and reports
// what a body must not hold.
func (w *bodyWriter) replaceLinks(root ast.Node, block *Block) {
	var links []*ast.Link
	// The walk only collects, and its visitor never fails.
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			links = append(links, n)
		case *ast.RawHTML, *ast.HTMLBlock:
			w.errorf(w.at(n), "raw HTML is not allowed")
		case *ast.Image:
			w.errorf(w.at(n), "images are not allowed")
		}
		return ast.WalkContinue, nil
	})
	for _, link := range links {
		w.replaceLink(link, block)
	}
}

func (w *bodyWriter) replaceLink(link *ast.Link, block *Block) {
	scheme, key, _ := strings.Cut(string(link.Destination), ":")
	if scheme == "http" || scheme == "https" {
		return
	}
	at := w.at(link)
	if !slices.Contains(schemes, scheme) {
		w.errorf(at, "a link to %q is not allowed: use https or one of %v", link.Destination, schemes)
		return
	}
	if scheme == "practice" || scheme == "figure" {
		w.errorf(at, "%s:%s must stand alone in its paragraph", scheme, key)
		return
	}
	w.uses = append(w.uses, use{at, w.lesson, scheme, key})
	button := ast.NewString(w.button(link, scheme, key, block))
	button.SetCode(true) // is written as it is
	link.Parent().ReplaceChild(link.Parent(), link, button)
}

// button gives the HTML for a link with one of our schemes.
func (w *bodyWriter) button(link *ast.Link, scheme, key string, block *Block) []byte {
	if scheme == "glossary" {
		return fmt.Appendf(nil, `<button type="button" class="term" data-term="%s">%s</button>`,
			html.EscapeString(key), html.EscapeString(plainText(link, w.source)))
	}
	n := w.mark(Mark{Kind: scheme, Key: key}, block)
	return fmt.Appendf(nil, `<button type="button" class="mark mark-%s" data-mark="%d">%d</button>`, scheme, n, n)
}

// mark numbers m, and enters it once into each block that holds it.
func (w *bodyWriter) mark(m Mark, block *Block) int {
	n, known := w.numbers[m]
	if !known {
		n = len(w.numbers) + 1
		w.numbers[m] = n
	}
	m.Number = n
	if !slices.Contains(block.Marks, m) {
		block.Marks = append(block.Marks, m)
	}
	return n
}

// plainText gives the text below node, a line for each block.
func plainText(root ast.Node, source []byte) string {
	var out bytes.Buffer
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Type() == ast.TypeBlock {
				out.WriteByte('\n')
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			out.Write(n.Segment.Value(source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				out.WriteByte(' ')
			}
		case *ast.String:
			out.Write(n.Value)
		case *ast.AutoLink:
			out.Write(n.Label(source))
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}
