package interchange

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// inline is the Markdown of questions: emphasis, code, links, strikethrough.
var inline = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	)),
	goldmark.WithExtensions(extension.Strikethrough),
)

// Blank is what marks a gap in a stem.
const Blank = "____"

const special = "\\`*_~[]<>&"

var entity = regexp.MustCompile(`^&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});`)

// FromPlain gives the Markdown that shows a plain text. What Markdown would not
// take for a sign stays as it is, and so do the marks of blanks.
func FromPlain(plain string) string { return escaped(plain, true) }

// escaped is FromPlain for a text that stands alone, or among Markdown: there a
// sign that is the only one of its sort may have a partner elsewhere.
func escaped(plain string, alone bool) string {
	if !strings.ContainsAny(plain, special) {
		return plain
	}
	var out strings.Builder
	out.Grow(len(plain) + 16)
	var signs [utf8.RuneSelf]int // how often each stands in the text
	for i := 0; i < len(plain); i++ {
		if plain[i] < utf8.RuneSelf {
			signs[plain[i]]++
		}
	}
	links := !alone || strings.Contains(plain, "](")
	for i := 0; i < len(plain); i++ {
		c, rest := plain[i], plain[i+1:]
		if strings.HasPrefix(plain[i:], Blank) {
			out.WriteString(Blank)
			i += len(Blank) - 1
			continue
		}
		var escape bool
		switch c {
		case '\\':
			escape = rest == "" || isPunctuation(rest[0])
		case '`':
			escape = true
		case '*', '~', '_':
			escape = (!alone || signs[c] != 1) && delimits(plain, i)
		case '[':
			escape = links
		case '<':
			escape = rest != "" && (isLetter(rest[0]) || strings.IndexByte("/!?", rest[0]) >= 0)
		case '&':
			escape = entity.MatchString(plain[i:])
		}
		if escape {
			out.WriteByte('\\')
		}
		out.WriteByte(c)
	}
	return out.String()
}

// delimits says whether Markdown might take the sign at i for the mark of
// something: it does not between spaces, nor an underscore within a word.
func delimits(plain string, i int) bool {
	sign := plain[i : i+1]
	before, _ := utf8.DecodeLastRuneInString(plain[:i])
	after, _ := utf8.DecodeRuneInString(plain[i+1:])
	space := func(r rune) bool { return r == utf8.RuneError || r == ' ' || r == '\n' || r == '\t' }
	word := func(r rune) bool { return r < utf8.RuneSelf && (isLetter(byte(r)) || r >= '0' && r <= '9') }
	between, within := space(before) && space(after), sign == "_" && word(before) && word(after)
	return !between && !within
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !isLetter(c) && (c < '0' || c > '9')
}

// ToPlain gives the text that Markdown shows, and whether it has more than that
// to show: emphasis, links and the like, which are gone.
func ToPlain(markdown string) (plain string, marked bool) {
	if !strings.ContainsAny(markdown, special) {
		return markdown, false
	}
	source := []byte(strings.ReplaceAll(markdown, Blank, `\_\_\_\_`))
	var out strings.Builder
	_ = ast.Walk(inline.Parser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch node := n.(type) {
		case *ast.Text:
			if entering {
				out.WriteString(resolved(node.Segment.Value(source)))
				if node.SoftLineBreak() || node.HardLineBreak() {
					out.WriteByte('\n')
				}
			}
		case *ast.Paragraph:
			if entering && out.Len() > 0 {
				out.WriteString("\n\n")
			}
		case *ast.Document, *ast.TextBlock:
		case *ast.CodeSpan:
			marked = true
		case *ast.AutoLink:
			if entering {
				marked = true
				out.Write(node.Label(source))
			}
		default:
			marked = true
		}
		return ast.WalkContinue, nil
	})
	return out.String(), marked
}

// resolved takes the escapes and entities out of a run of Markdown's text.
func resolved(segment []byte) string {
	var out strings.Builder
	for i := 0; i < len(segment); i++ {
		c := segment[i]
		if c == '\\' && i+1 < len(segment) && isPunctuation(segment[i+1]) {
			i++
			out.WriteByte(segment[i])
			continue
		}
		if c == '&' {
			if found := entity.Find(segment[i:]); found != nil {
				out.WriteString(html.UnescapeString(string(found)))
				i += len(found) - 1
				continue
			}
		}
		out.WriteByte(c)
	}
	return out.String()
}

// ToHTML gives the HTML that shows Markdown, without a paragraph around it.
func ToHTML(markdown string) string {
	if !strings.ContainsAny(markdown, special) && !strings.Contains(markdown, "\n") {
		return html.EscapeString(markdown)
	}
	var out bytes.Buffer
	if err := inline.Convert([]byte(strings.ReplaceAll(markdown, Blank, `\_\_\_\_`)), &out); err != nil {
		return html.EscapeString(markdown)
	}
	return strings.TrimSuffix(strings.TrimPrefix(out.String(), "<p>"), "</p>\n")
}

var tag = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)

// HasHTML says whether Markdown holds elements of HTML, which are not shown.
func HasHTML(markdown string) bool { return tag.MatchString(markdown) }
