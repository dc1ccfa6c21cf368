package qti

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

// htmlNames are the elements of HTML that are written.
var htmlNames = map[string]bool{"p": true, "div": true, "span": true, "br": true, "em": true, "strong": true, "code": true, "a": true, "img": true,
	"ol": true, "li": true}

// struck is the class of a span that is struck through: QTI has no element for it.
const struck = "del"

// flow gives the elements that show Markdown.
func flow(markdown string) []*element.Element {
	if markdown == "" {
		return nil
	}
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader("<p>"+interchange.ToHTML(markdown)+"</p>"), root)
	if err != nil { // a string has no error but its end
		return []*element.Element{element.Run(markdown)}
	}
	holder := &element.Element{}
	for _, n := range nodes {
		if n.Type == html.ElementNode && n.FirstChild != nil {
			if len(holder.Kids) > 0 {
				holder.With(element.New("br"))
			}
			grow(holder, n)
		}
	}
	return holder.Kids
}

// grow copies the inline elements of HTML below n.
func grow(e *element.Element, n *html.Node) {
	for kid := n.FirstChild; kid != nil; kid = kid.NextSibling {
		if kid.Type == html.TextNode {
			text := kid.Data
			if last := len(e.Kids) - 1; last >= 0 && e.Kids[last].Name == "br" {
				text = strings.TrimLeft(text, "\n") // the line is broken already
			}
			for i, line := range strings.Split(text, "\n") {
				if i > 0 {
					e.With(element.New("br"))
				}
				if line != "" {
					e.With(element.Run(line))
				}
			}
		}
		if kid.Type != html.ElementNode {
			continue
		}
		inner := element.New(kid.Data)
		switch kid.DataAtom {
		case atom.Del:
			inner = element.New("span", "class", struck)
		case atom.A:
			for _, a := range kid.Attr {
				if a.Key == "href" {
					inner.Set("href", a.Val)
				}
			}
		case atom.Br, atom.Em, atom.Strong, atom.Code:
		default:
			continue
		}
		grow(inner, kid)
		e.With(inner)
	}
}

// shown brings the texts of q to the form in which they are read again: what
// looks the same in Markdown, such as _a_ and *a*, is written in one way. It says
// whether anything had to be changed.
func shown(q *question.Question) bool {
	changed := false
	for _, text := range marked(q) {
		before := *text
		*text = settled(before)
		changed = changed || *text != before
	}
	for _, text := range forScorers(q) {
		before := *text
		*text = strings.Join(paragraphsIn(before), paragraphEnd)
		changed = changed || *text != before
	}
	return changed
}

// settled brings a text to the form in which it is read again.
func settled(text string) string {
	for range 4 {
		holder := (&element.Element{}).With(flow(text)...)
		again, _ := markdownOf(holder)
		if again == text {
			break
		}
		text = again
	}
	return text
}

// marked gives the texts of q that are Markdown and that QTI has a place for.
func marked(q *question.Question) []*string {
	list := []*string{&q.Stem, &q.RightFeedback, &q.Explanation}
	for i := range q.Options {
		list = append(list, &q.Options[i].Text, &q.Options[i].Feedback)
	}
	for i := range q.Pairs {
		list = append(list, &q.Pairs[i].Left, &q.Pairs[i].Right, &q.Pairs[i].Feedback)
	}
	for i := range q.Extra {
		list = append(list, &q.Extra[i].Text)
	}
	for i := range q.Sequence {
		list = append(list, &q.Sequence[i].Text)
	}
	for i := range q.Mistakes {
		list = append(list, &q.Mistakes[i].Feedback)
	}
	for i := range q.Rubric {
		list = append(list, &q.Rubric[i].Text)
	}
	for i := range q.Blanks {
		list = append(list, &q.Blanks[i].Feedback)
		for j := range q.Blanks[i].Mistakes {
			list = append(list, &q.Blanks[i].Mistakes[j].Feedback)
		}
	}
	if q.Wrong != nil {
		list = append(list, &q.Wrong.Feedback)
	}
	return list
}

// markdownOf reads what is in e, and what of it Markdown has not.
func markdownOf(e *element.Element) (markdown string, lost []string) {
	var out strings.Builder
	out.WriteString("<span>") // so that no text is taken for a plain one, which is marked in another way
	htmlOf(&out, e)
	return interchange.FromHTML(out.String(), false)
}

// void are the elements of HTML that nothing is in.
var void = []string{"br", "hr", "img", "col"}

// htmlOf writes what is in e as HTML, which knows no <p/>.
func htmlOf(out *strings.Builder, e *element.Element) {
	for _, kid := range e.Kids {
		name := kid.Name
		if name == "span" && kid.Value("class") == struck {
			name = "del"
		}
		switch {
		case name == "":
			out.WriteString(html.EscapeString(kid.Text))
		case slices.Contains(void, name):
			out.WriteString("<" + name + ">")
		case len(kid.Kids) > 0 || name == "object":
			out.WriteString("<" + name)
			if name == "a" {
				out.WriteString(` href="` + html.EscapeString(kid.Value("href")) + `"`)
			}
			out.WriteString(">")
			htmlOf(out, kid)
			out.WriteString("</" + name + ">")
		}
	}
}

var lines = regexp.MustCompile(`_{3,}`)

// ungapped takes lines to write on out of the texts in e, where gaps are put.
func ungapped(e *element.Element) {
	for _, kid := range e.Kids {
		kid.Text = lines.ReplaceAllString(kid.Text, "…")
		ungapped(kid)
	}
}

// paragraphEnd is what stands between two paragraphs of Markdown.
const paragraphEnd = "\n\n"

var paragraphEnds = regexp.MustCompile(`\n[ \t]*\n\s*`)

// paragraphsIn gives the paragraphs of a text, each in the form in which it is
// read again.
func paragraphsIn(markdown string) []string {
	var list []string
	for _, text := range paragraphEnds.Split(markdown, -1) {
		if text = settled(text); text != "" {
			list = append(list, text)
		}
	}
	return list
}

// paragraphsOf writes a text of several paragraphs.
func paragraphsOf(markdown string) []*element.Element {
	var list []*element.Element
	for _, text := range paragraphsIn(markdown) {
		list = append(list, paragraph(text))
	}
	return list
}

// forScorers gives the texts of q that may have several paragraphs.
func forScorers(q *question.Question) []*string {
	list := []*string{&q.Model}
	for i := range q.Rubric {
		list = append(list, &q.Rubric[i].Guide)
	}
	return list
}
