package element

import (
	"maps"
	"slices"
	"strings"
)

// Header begins every file.
const Header = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

var (
	inText  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	inValue = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;", "\r", "&#13;")
)

// String writes e as XML, its attributes by their names.
func (e *Element) String() string {
	var out strings.Builder
	e.write(&out, 0)
	return out.String()
}

// Inner writes what is in e.
func (e *Element) Inner() string {
	var out strings.Builder
	if e != nil {
		for _, kid := range e.Kids {
			kid.write(&out, 0)
		}
	}
	return out.String()
}

func (e *Element) write(out *strings.Builder, depth int) {
	if e.Name == "" {
		_, _ = inText.WriteString(out, e.Text)
		return
	}
	out.WriteString("<" + e.Name)
	for _, name := range slices.Sorted(maps.Keys(e.Attr)) {
		out.WriteString(" " + name + `="` + inValue.Replace(e.Attr[name]) + `"`)
	}
	if len(e.Kids) == 0 {
		out.WriteString("/>")
		return
	}
	out.WriteString(">")
	for _, kid := range e.Kids {
		if e.Stack {
			out.WriteString("\n" + strings.Repeat("  ", depth+1))
		}
		kid.write(out, depth+1)
	}
	if e.Stack {
		out.WriteString("\n" + strings.Repeat("  ", depth))
	}
	out.WriteString("</" + e.Name + ">")
}
