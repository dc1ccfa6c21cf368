package document

import (
	"context"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// readDOCX reads a Word document: headings by their style, lists, tables row by
// row. What was deleted with changes tracked is left out, what was inserted is in.
func readDOCX(_ context.Context, file []byte, b *builder) error {
	a, err := openArchive(file)
	if err != nil {
		return err
	}
	body, err := a.part("word/document.xml")
	if err != nil {
		return err
	}
	if body == nil {
		return refused("This is not a Word document (.docx).")
	}
	styles, err := a.part("word/styles.xml")
	if err != nil {
		return err
	}
	core, err := a.part("docProps/core.xml")
	if err != nil {
		return err
	}
	if err := readCore(core, b); err != nil {
		return err
	}
	w := &wordReader{builder: b}
	if w.styles, err = readStyles(styles); err != nil {
		return err
	}
	if err := eachElement(body, w.open, w.closed, w.text); err != nil {
		return err
	}
	for _, part := range []struct{ name, what string }{{"word/footnotes.xml", "Footnotes"}, {"word/endnotes.xml", "Endnotes"}, {"word/comments.xml", "Comments"}} {
		if a.files[part.name] != nil {
			b.say(Dropped, "", "%s are not part of the text.", part.what)
		}
	}
	return nil
}

// readCore takes title and language from the properties of the file.
func readCore(core []byte, b *builder) error {
	var inside string
	return eachElement(core,
		func(e xml.StartElement) error { inside = e.Name.Local; return nil },
		func(string) error { inside = ""; return nil },
		func(text string) {
			switch inside {
			case "title":
				b.title(text)
			case "language":
				b.doc.Language = cut(clean(text), 35)
			}
		})
}

// wordStyle is what a style of paragraphs says of them.
type wordStyle struct {
	name, base string
	level      int // of the outline from 1, 0 for none
	list       bool
}

// maxStyles is how many styles a document may declare.
const maxStyles = 20_000

var headingName = regexp.MustCompile(`^(?i:heading|titre|título|überschrift|заголовок|标题)\s*(\d)$`)

// readStyles reads the styles by their id.
func readStyles(source []byte) (map[string]wordStyle, error) {
	styles := map[string]wordStyle{}
	var id string
	err := eachElement(source, func(e xml.StartElement) error {
		s := styles[id]
		switch e.Name.Local {
		case "style":
			if len(styles) > maxStyles {
				return refused("The document has more than %d styles.", maxStyles)
			}
			id = value(e, "styleId")
			s = wordStyle{}
		case "name":
			s.name = value(e, "val")
		case "basedOn":
			s.base = value(e, "val")
		case "outlineLvl":
			s.level = outlineLevel(e)
		case "numPr":
			s.list = true
		}
		styles[id] = s
		return nil
	}, func(string) error { return nil }, func(string) {})
	return styles, err
}

func value(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// outlineLevel reads a level of the outline: 0 to 8 in the file, 9 for body text.
func outlineLevel(e xml.StartElement) int {
	level, err := strconv.Atoi(value(e, "val"))
	if err != nil || level < 0 || level > 8 {
		return 0
	}
	return level + 1
}

// wordReader gathers paragraphs and rows.
type wordReader struct {
	*builder
	styles map[string]wordStyle

	gathered strings.Builder
	inText   bool
	skip     int // elements within one that is left out
	style    wordStyle
	cells    []string
	tables   int // within each other
	isTitle  bool
}

// leftOut are elements whose text is not of the document.
var leftOut = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "instrText": true, "delText": true, "pict": true, "sectPr": true}

func (w *wordReader) open(e xml.StartElement) error {
	name := e.Name.Local
	if w.skip > 0 || leftOut[name] {
		w.skip++
		return nil
	}
	switch name {
	case "p":
		w.style = wordStyle{}
		if w.tables == 0 {
			w.gathered.Reset()
		}
	case "pStyle":
		w.style = w.resolved(value(e, "val"))
	case "outlineLvl":
		w.style.level = outlineLevel(e)
	case "numPr":
		w.style.list = true
	case "t":
		w.inText = true
	case "tab", "br", "cr":
		w.gathered.WriteByte(' ')
	case "noBreakHyphen":
		w.gathered.WriteByte('-')
	case "tbl":
		w.tables++
	case "tr":
		if w.tables == 1 {
			w.cells = nil
		}
	case "tc":
		if w.tables == 1 {
			w.gathered.Reset()
		}
	}
	return nil
}

// resolved gives a style with what it takes from those it is based on.
func (w *wordReader) resolved(id string) wordStyle {
	found := w.styles[id]
	if found.name == "" {
		found.name = id
	}
	for at, steps := found, 0; steps < 10; steps++ {
		if m := headingName.FindStringSubmatch(at.name); m != nil && found.level == 0 {
			found.level = int(m[1][0] - '0')
		}
		found.list = found.list || at.list
		if found.level == 0 {
			found.level = at.level
		}
		if at.base == "" {
			break
		}
		at = w.styles[at.base]
	}
	return found
}

func (w *wordReader) text(text string) {
	if w.inText && w.skip == 0 {
		w.gathered.WriteString(text)
	}
}

func (w *wordReader) closed(name string) error {
	if w.skip > 0 {
		w.skip--
		return nil
	}
	switch name {
	case "t":
		w.inText = false
	case "p":
		if w.tables > 0 {
			w.gathered.WriteByte(' ')
			return nil
		}
		return w.paragraph()
	case "tc":
		if w.tables == 1 {
			w.cells = append(w.cells, clean(w.gathered.String()))
			w.gathered.Reset()
		}
	case "tr":
		if w.tables == 1 {
			return w.row(0, w.cells)
		}
	case "tbl":
		w.tables--
	}
	return nil
}

func (w *wordReader) paragraph() error {
	text := clean(w.gathered.String())
	w.gathered.Reset()
	name := strings.ToLower(w.style.name)
	switch {
	case name == "title" && !w.isTitle:
		w.isTitle = true
		w.doc.Title = ""
		w.title(text)
		return nil
	case w.style.level > 0:
		w.heading(w.style.level, text)
		return nil
	case w.style.list, strings.HasPrefix(name, "list "):
		return w.add(Item, 0, text)
	case strings.HasPrefix(name, "toc "):
		return nil
	case name == "caption":
		return w.add(Caption, 0, text)
	}
	mark := bullet.FindString(text)
	return w.add(kindOf(text, mark), 0, strings.TrimPrefix(text, mark))
}
