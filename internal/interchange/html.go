package interchange

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// marks are the elements that Markdown has a sign for.
var marks = map[atom.Atom]string{
	atom.B: "**", atom.Strong: "**", atom.I: "*", atom.Em: "*", atom.Cite: "*", atom.Dfn: "*", atom.Var: "*",
	atom.Del: "~~", atom.S: "~~", atom.Strike: "~~",
}

// blocks are the elements that begin and end a line.
var blocks = []atom.Atom{
	atom.P, atom.Div, atom.Br, atom.Li, atom.Ul, atom.Ol, atom.Tr, atom.Table, atom.Blockquote, atom.Pre, atom.Hr, atom.H1, atom.H2,
	atom.H3, atom.H4, atom.H5, atom.H6, atom.Dl, atom.Dt, atom.Dd, atom.Section, atom.Article, atom.Figure, atom.Figcaption,
}

// silent are the elements whose going nobody misses.
var silent = []atom.Atom{
	atom.Span, atom.Font, atom.Tbody, atom.Thead, atom.Html, atom.Body, atom.Wbr, atom.Small, atom.Big, atom.Bdi, atom.Abbr, atom.Label,
	atom.Time, atom.Q, atom.Col, atom.Colgroup,
}

// named are the elements that are gone, as a person calls them.
var named = map[atom.Atom]string{
	atom.Img: "a picture", atom.Table: "a table", atom.Ul: "a list", atom.Ol: "a list", atom.Sub: "a subscript", atom.Sup: "a superscript",
	atom.U: "underlining", atom.Script: "a script", atom.Style: "a style sheet", atom.Audio: "a sound", atom.Video: "a film",
	atom.Iframe: "a frame", atom.Object: "an embedded object", atom.Embed: "an embedded object", atom.Svg: "a drawing", atom.Math: "a formula",
	atom.Pre: "preformatted text", atom.Hr: "a rule", atom.Blockquote: "a quotation",
}

// FromHTML gives the Markdown for a piece of HTML, and what it had that Markdown
// for questions has not, in words. Where breaks is set line feeds are kept, else
// they are spaces as in HTML.
func FromHTML(source string, breaks bool) (markdown string, lost []string) {
	if !strings.ContainsAny(source, "<&") {
		return FromPlain(spaced(source, breaks)), nil
	}
	h := &htmlText{breaks: breaks}
	tokens := html.NewTokenizer(strings.NewReader(source))
	for {
		switch tokens.Next() {
		case html.ErrorToken: // the end: a string has no other error
			h.text()
			h.close(0)
			return tidy(string(h.out)), h.lost
		case html.TextToken:
			if h.hidden == 0 {
				h.plain.WriteString(spaced(string(tokens.Text()), breaks))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			h.start(tokens.Token())
		case html.EndTagToken:
			h.end(tokens.Token())
		}
	}
}

// htmlText is a piece of HTML on its way to Markdown.
type htmlText struct {
	out    []byte
	plain  strings.Builder // text that has not been written yet
	open   []mark
	hidden atom.Atom // the element whose content is not shown
	breaks bool
	lost   []string
}

// mark is an element that is open.
type mark struct {
	tag  atom.Atom
	sign string
	link string
	at   int // where its content begins in out
}

// maxOpen is how many marks may be within each other.
const maxOpen = 16

func (h *htmlText) lose(what string) {
	if !slices.Contains(h.lost, what) && len(h.lost) < 20 {
		h.lost = append(h.lost, what)
	}
}

// text writes what stands before an element.
func (h *htmlText) text() {
	h.out = append(h.out, escaped(h.plain.String(), false)...)
	h.plain.Reset()
}

func (h *htmlText) start(t html.Token) {
	if h.hidden != 0 {
		return
	}
	sign, marked := marks[t.DataAtom]
	switch {
	case t.DataAtom == atom.Script, t.DataAtom == atom.Style, t.DataAtom == atom.Svg, t.DataAtom == atom.Math, t.DataAtom == atom.Object:
		if t.Type == html.StartTagToken {
			h.hidden = t.DataAtom
		}
		h.lose(named[t.DataAtom])
	case slices.Contains(blocks, t.DataAtom):
		h.block(t.DataAtom)
	case t.DataAtom == atom.Td, t.DataAtom == atom.Th:
		h.plain.WriteString(" ")
	case t.DataAtom == atom.Code, t.DataAtom == atom.Tt, t.DataAtom == atom.Kbd, t.DataAtom == atom.Samp:
		h.push(mark{tag: t.DataAtom})
	case t.DataAtom == atom.A:
		h.push(mark{tag: atom.A, link: link(t)})
	case marked:
		h.push(mark{tag: t.DataAtom, sign: sign})
	case named[t.DataAtom] != "":
		h.lose(named[t.DataAtom])
	case !slices.Contains(silent, t.DataAtom):
		h.lose("<" + Quote(t.Data) + ">")
	}
}

// block begins another line.
func (h *htmlText) block(tag atom.Atom) {
	if tag != atom.Ul && tag != atom.Ol || len(h.open) == 0 {
		h.text()
		begins := (tag == atom.P || tag == atom.Div) && bytes.HasSuffix(bytes.TrimRight(h.out, " "), []byte("\n-"))
		if !begins { // an item of a list, which goes on after its sign
			h.out = append(h.out, '\n')
		}
	}
	if tag == atom.Li {
		h.out = append(h.out, "- "...)
	}
	if named[tag] != "" {
		h.lose(named[tag])
	}
}

func link(t html.Token) string {
	for _, a := range t.Attr {
		if a.Key == "href" && (strings.HasPrefix(a.Val, "https://") || strings.HasPrefix(a.Val, "http://")) && !strings.ContainsAny(a.Val, " <>()\n\t\\") {
			return a.Val
		}
	}
	return ""
}

func (h *htmlText) push(m mark) {
	h.text()
	if len(h.open) == maxOpen {
		h.lose("emphasis within emphasis")
		return
	}
	m.at = len(h.out)
	h.open = append(h.open, m)
}

func (h *htmlText) end(t html.Token) {
	if h.hidden != 0 {
		if t.DataAtom == h.hidden {
			h.hidden = 0
		}
		return
	}
	if slices.Contains(blocks, t.DataAtom) && t.DataAtom != atom.Br {
		h.text()
		h.out = append(h.out, '\n')
		return
	}
	for i, m := range slices.Backward(h.open) {
		if m.tag == t.DataAtom {
			h.text()
			h.close(i)
			return
		}
	}
}

// close ends the marks from the innermost to the i-th.
func (h *htmlText) close(i int) {
	for len(h.open) > i {
		last := len(h.open) - 1
		m := h.open[last]
		h.open = h.open[:last]
		inside := string(h.out[m.at:])
		h.out = append(h.out[:m.at], h.marked(m, inside)...)
	}
}

// marked puts the signs of a mark around a text, within its outer spaces.
func (h *htmlText) marked(m mark, inside string) string {
	core := strings.TrimSpace(inside)
	if core == "" {
		return inside
	}
	lead, _, _ := strings.Cut(inside, core)
	tail := inside[len(lead)+len(core):]
	switch {
	case m.tag == atom.A && m.link == "":
		h.lose("a link")
		return inside
	case m.tag == atom.A:
		return lead + "[" + core + "](" + m.link + ")" + tail
	case m.sign != "" && strings.HasPrefix(core, m.sign[:1]): // of the same sort within
		return inside
	case m.sign != "":
		return lead + m.sign + core + m.sign + tail
	}
	plain, _ := ToPlain(core)
	if strings.ContainsAny(plain, "`\n") {
		return inside
	}
	return lead + "`" + plain + "`" + tail
}

// spaced makes the spaces of HTML plain ones: runs are one, and unless breaks is
// set line feeds are spaces too.
func spaced(source string, breaks bool) string {
	var out strings.Builder
	var last rune
	for _, r := range source {
		if unicode.IsSpace(r) && (!breaks || r != '\n') {
			r = ' '
		}
		if r == ' ' && last == ' ' {
			continue
		}
		out.WriteRune(r)
		last = r
	}
	return out.String()
}

// tidy takes out empty lines and the spaces around lines.
func tidy(markdown string) string {
	var lines []string
	for line := range strings.Lines(markdown) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
