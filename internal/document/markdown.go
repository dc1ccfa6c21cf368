package document

import (
	"context"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// readMarkdown reads Markdown. HTML within it is dropped.
func readMarkdown(_ context.Context, file []byte, b *builder) error {
	source, err := decode(file, b)
	if err != nil {
		return err
	}
	source = frontMatterOff(source, b)
	if err := tame(source); err != nil {
		return err
	}
	raw := []byte(source)
	root := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(raw))
	m := &markdownReader{builder: b, source: raw}
	return m.blocks(root, Paragraph)
}

// frontMatterOff takes away front matter and keeps its title.
func frontMatterOff(source string, b *builder) string {
	rest, ok := strings.CutPrefix(strings.ReplaceAll(source, "\r\n", "\n"), "---\n")
	if !ok {
		return source
	}
	head, body, ok := strings.Cut(rest, "\n---\n")
	if !ok {
		return source
	}
	for line := range strings.Lines(head) {
		if title, ok := strings.CutPrefix(line, "title:"); ok {
			b.title(strings.Trim(strings.TrimSpace(title), `"'`))
		}
	}
	return body
}

// Limits of Markdown: the parser's time grows with the square of a block, and its
// memory with the number of blocks.
const (
	maxMarkdown = 2 << 20
	maxBlock    = 64 << 10 // bytes without a blank line
	maxMarks    = 4000     // signs of emphasis, code and links in one
	maxBlocks   = 20_000
	maxLines    = 100_000
	maxIndent   = 4 * MaxDepth // columns
	maxAllMarks = 300_000      // of all blocks
	maxCells    = 200_000      // of all tables; the parser makes each row as wide as the widest
)

// tame refuses what the parser cannot read in bounded time.
func tame(source string) error {
	if len(source) > maxMarkdown {
		return refused("The document has more than 2 MB of Markdown. Split it into several.")
	}
	block, blocks, lines, marks, allMarks, wide, cells := 0, 0, 0, 0, 0, 0, 0
	for line := range strings.Lines(source) {
		lines++
		if strings.TrimSpace(line) == "" {
			allMarks += marks
			block, marks, wide = 0, 0, 0
			continue
		}
		wide = max(wide, strings.Count(line, "|"))
		cells += wide
		for _, c := range line {
			switch c {
			case '[':
				marks += 4
			case '*', '_', '`', '<':
				marks++
			}
		}
		if block == 0 {
			blocks++
		}
		block += len(line)
		switch {
		case block > maxBlock:
			return refused("A paragraph, list or table is longer than 64 KB without a blank line.")
		case marks > maxMarks:
			return refused("A paragraph, list or table has more than %d signs of formatting without a blank line.", maxMarks)
		case allMarks > maxAllMarks:
			return refused("The document has more than %d signs of formatting. Split it into several.", maxAllMarks)
		case cells > maxCells:
			return refused("The tables of the document have more than %d cells. Split it into several.", maxCells)
		case blocks > maxBlocks, lines > maxLines:
			return refused("The document has more than 5,000 paragraphs. Split it into several.")
		case nestedTooDeeply(line):
			return refused("The document has quotes or lists more than %d deep.", MaxDepth)
		}
	}
	return nil
}

// nestedTooDeeply says whether a line opens more containers than a person writes:
// each costs the parser a level of its stack.
func nestedTooDeeply(line string) bool {
	depth, columns := 0, 0
	for _, c := range line {
		switch {
		case c == '\t':
			columns += 4
		case c == ' ':
			columns++
		case strings.ContainsRune(">-+*.)", c):
			depth++
		case c < '0' || c > '9':
			return depth > MaxDepth || columns > maxIndent
		}
	}
	return (depth > MaxDepth || columns > maxIndent) && strings.Trim(line, "-*_ \t\r\n") != ""
}

type markdownReader struct {
	*builder
	source []byte
}

// blocks adds the blocks below a node; kind is what its paragraphs are.
func (m *markdownReader) blocks(parent ast.Node, kind Kind) error {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		if err := m.block(node, kind); err != nil {
			return err
		}
	}
	return nil
}

func (m *markdownReader) block(node ast.Node, kind Kind) error {
	switch node := node.(type) {
	case *ast.Heading:
		m.heading(node.Level, m.inline(node))
	case *ast.Paragraph, *ast.TextBlock:
		return m.add(kind, 0, m.inline(node))
	case *ast.ListItem:
		return m.blocks(node, Item)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return m.add(kind, 0, string(node.Lines().Value(m.source)))
	case *ast.HTMLBlock:
	case *extast.TableHeader, *extast.TableRow:
		var cells []string
		for cell := node.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, clean(m.inline(cell)))
		}
		return m.row(0, cells)
	default:
		return m.blocks(node, kind)
	}
	return nil
}

// row adds a row of a table; one without text is none.
func (b *builder) row(page int, cells []string) error {
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return nil
	}
	return b.add(Row, page, strings.Join(cells, CellMark))
}

// inline gives the text of what stands within a block.
func (m *markdownReader) inline(parent ast.Node) string {
	var out strings.Builder
	_ = ast.Walk(parent, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch node := node.(type) {
		case *ast.Text:
			out.Write(node.Value(m.source))
			if node.SoftLineBreak() || node.HardLineBreak() {
				out.WriteByte(' ')
			}
		case *ast.String:
			out.Write(node.Value)
		case *ast.AutoLink:
			out.Write(node.Label(m.source))
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}
