package curriculum

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"

	"muster/internal/question"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Markdown becomes HTML without raw HTML; the policies then let through what
// the program itself writes and nothing else.
var (
	bodyMarkdown = goldmark.New(goldmark.WithExtensions(
		extension.Linkify, extension.Strikethrough,
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
	))
	inlineMarkdown = goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)),
			parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		)),
		goldmark.WithExtensions(extension.Strikethrough),
	)
	inlinePolicy = newInlinePolicy()
	bodyPolicy   = newBodyPolicy()
)

func newInlinePolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("em", "strong", "code", "del", "br")
	p.AllowURLSchemes("https", "http")
	p.AllowAttrs("href").OnElements("a")
	p.RequireNoReferrerOnLinks(true)
	return p
}

func newBodyPolicy() *bluemonday.Policy {
	p := newInlinePolicy()
	p.AllowElements("p", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "hr",
		"table", "thead", "tbody", "tr", "th", "td", "div", "button")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^table-scroll$`)).OnElements("div")
	p.AllowAttrs("align").Matching(regexp.MustCompile(`^(left|center|right)$`)).OnElements("th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^button$`)).OnElements("button")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(term|mark mark-(source|reference|correction))$`)).OnElements("button")
	p.AllowAttrs("data-term").Matching(regexp.MustCompile(`^[a-z0-9-]+$`)).OnElements("button")
	p.AllowAttrs("data-mark").Matching(bluemonday.Integer).OnElements("button")
	return p
}

// RenderInline turns a line of Markdown, such as a stem, an option or a digest,
// into sanitised HTML without a paragraph around it. The ____ of a cloze stay
// as they are.
func RenderInline(markdown string) string {
	line := strings.Join(strings.Fields(markdown), " ")
	line = strings.ReplaceAll(line, "____", `\_\_\_\_`)
	var out bytes.Buffer
	if err := inlineMarkdown.Convert([]byte(line), &out); err != nil {
		return html.EscapeString(line)
	}
	return inlinePolicy.Sanitize(strings.TrimSuffix(strings.TrimPrefix(out.String(), "<p>"), "</p>\n"))
}

// use is a place in a lesson's body that points at something.
type use struct {
	place
	lesson lessonKey
	scheme string // one of schemes
	key    string
}

// schemes are those of the links that a body may hold, beside http and https.
var schemes = []string{"glossary", "source", "reference", "correction", "practice", "figure"}

// body renders the Markdown of a lesson into its blocks and measures it.
func (r *reader) body(lesson *Lesson, start place, markdown string) {
	w := &bodyWriter{
		ledger: &r.ledger, module: lesson.Module, lesson: keyOf(lesson.Module, lesson.Slug), start: start, drawn: r.drawn,
		source: []byte(markdown), numbers: map[Mark]int{}, anchors: map[string]int{},
	}
	root := bodyMarkdown.Parser().Parse(text.NewReader(w.source))
	prose := plainText(root, w.source)
	lesson.Words, lesson.ReadingGrade = words(prose), readingGrade(prose)
	w.write(root)
	lesson.Blocks = w.blocks
	r.uses = append(r.uses, w.uses...)
}

// bodyWriter turns the top-level nodes of a body into blocks.
type bodyWriter struct {
	*ledger
	module  ModuleSlug
	lesson  lessonKey
	drawn   map[figureKey]Figure
	start   place
	source  []byte
	blocks  []Block
	open    bool         // whether the last block takes more text
	numbers map[Mark]int // mark without its number → number
	anchors map[string]int
	uses    []use
}

func (w *bodyWriter) write(root ast.Node) {
	var next ast.Node
	for node := root.FirstChild(); node != nil; node = next {
		next = node.NextSibling()
		if heading, ok := node.(*ast.Heading); ok && heading.Level <= 2 {
			w.section(heading)
			continue
		}
		if block, ok := w.placed(node); ok {
			w.blocks = append(w.blocks, block)
			w.open = false
			continue
		}
		if !w.open {
			w.blocks = append(w.blocks, Block{Kind: "text"})
			w.open = true
		}
		w.text(node)
	}
	for i := range w.blocks {
		w.blocks[i].HTML = bodyPolicy.Sanitize(w.blocks[i].HTML)
	}
}

// section opens a block with a heading.
func (w *bodyWriter) section(heading *ast.Heading) {
	if heading.Level == 1 {
		w.errorf(w.at(heading), "a body has ## sections, not #: the title stands in the front matter")
	}
	title := plainText(heading, w.source)
	anchor := slug(title)
	w.anchors[anchor]++
	if n := w.anchors[anchor]; n > 1 {
		anchor = fmt.Sprintf("%s-%d", anchor, n)
	}
	w.blocks = append(w.blocks, Block{Kind: "text", Heading: strings.TrimSpace(title), Anchor: anchor})
	w.open = true
}

// placed gives the block for a paragraph that only places a question or a figure.
func (w *bodyWriter) placed(node ast.Node) (block Block, ok bool) {
	if _, paragraph := node.(*ast.Paragraph); !paragraph || node.ChildCount() != 1 {
		return Block{}, false
	}
	link, ok := node.FirstChild().(*ast.Link)
	if !ok {
		return Block{}, false
	}
	scheme, key, _ := strings.Cut(string(link.Destination), ":")
	switch scheme {
	case "practice":
		block = Block{Kind: scheme, Question: question.ID(string(w.lesson) + "." + key)}
	case "figure":
		f := w.drawn[figureOf(w.module, key)] // one that does not exist is reported when uses are checked
		block = Block{Kind: scheme, Figure: &f}
	default:
		return Block{}, false
	}
	w.uses = append(w.uses, use{w.at(node), w.lesson, scheme, key})
	return block, true
}

// text renders node into the last block.
func (w *bodyWriter) text(node ast.Node) {
	block := &w.blocks[len(w.blocks)-1]
	w.replaceLinks(node, block)
	var out bytes.Buffer
	if err := bodyMarkdown.Renderer().Render(&out, w.source, node); err != nil {
		w.errorf(w.at(node), "cannot be rendered: %v", err)
		return
	}
	if node.Kind() == east.KindTable {
		block.HTML += `<div class="table-scroll">` + out.String() + "</div>\n"
		return
	}
	block.HTML += out.String()
}

// at gives the line of the block that node stands in.
func (w *bodyWriter) at(node ast.Node) place {
	for n := node; n != nil; n = n.Parent() {
		for d := n; d != nil && d.Type() == ast.TypeBlock; d = d.FirstChild() {
			if lines := d.Lines(); lines != nil && lines.Len() > 0 {
				offset := lines.At(0).Start
				return place{w.start.file, w.start.line + bytes.Count(w.source[:offset], []byte("\n"))}
			}
		}
	}
	return w.start
}

// slug makes an anchor of a heading.
func slug(title string) string {
	fields := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(fields, "-")
}
