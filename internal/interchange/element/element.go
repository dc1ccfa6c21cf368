// Package element is XML as the formats of questions need it: elements with
// their attributes, their texts and the line on which they begin.
//
// Namespaces are not looked at: files of the field use them in every way there
// is. It must not know what an element means.
package element

import (
	"slices"
	"strings"
)

// Element is an element, or a run of text: that has no name.
type Element struct {
	Name  string            // without its prefix; "" of a run of text
	Attr  map[string]string // by names without their prefix
	Text  string            // of a run of text
	Kids  []*Element
	Line  int  // of the file, from 1
	Cut   bool // there was more in it than is kept
	Stack bool // its kids are written each on a line of its own
}

// New makes an element. Attributes are names and values in turn.
func New(name string, attributes ...string) *Element {
	e := &Element{Name: name}
	for pair := range slices.Chunk(attributes, 2) {
		e.Set(pair[0], pair[1])
	}
	return e
}

// Run makes a run of text.
func Run(text string) *Element { return &Element{Text: text} }

// Set gives an attribute its value.
func (e *Element) Set(name, value string) {
	if e.Attr == nil {
		e.Attr = map[string]string{}
	}
	e.Attr[name] = value
}

// With adds kids, and gives e. A nil is none.
func (e *Element) With(kids ...*Element) *Element {
	for _, kid := range kids {
		if kid != nil {
			e.Kids = append(e.Kids, kid)
		}
	}
	return e
}

// Stacked adds kids that are written each on a line of its own, and gives e.
func (e *Element) Stacked(kids ...*Element) *Element {
	e.Stack = true
	return e.With(kids...)
}

// Value gives an attribute without the spaces around it; "" where there is none,
// as for a nil.
func (e *Element) Value(name string) string {
	if e == nil {
		return ""
	}
	return strings.TrimSpace(e.Attr[name])
}

// Child gives the first kid of a name, nil where there is none. Further names
// lead further down.
func (e *Element) Child(names ...string) *Element {
	for _, name := range names {
		if e == nil {
			return nil
		}
		i := slices.IndexFunc(e.Kids, func(k *Element) bool { return k.Name == name })
		if i < 0 {
			return nil
		}
		e = e.Kids[i]
	}
	return e
}

// Children gives the kids of the names.
func (e *Element) Children(names ...string) []*Element {
	var list []*Element
	if e != nil {
		for _, kid := range e.Kids {
			if kid.Name != "" && (len(names) == 0 || slices.Contains(names, kid.Name)) {
				list = append(list, kid)
			}
		}
	}
	return list
}

// All gives the elements within e, however deep, that are asked for, in the order
// of the file; not those within one that was found.
func (e *Element) All(is func(*Element) bool) []*Element {
	var list []*Element
	if e == nil {
		return nil
	}
	for _, kid := range e.Kids {
		if kid.Name != "" && is(kid) {
			list = append(list, kid)
		} else {
			list = append(list, kid.All(is)...)
		}
	}
	return list
}

// Named asks All for elements of the names.
func Named(names ...string) func(*Element) bool {
	return func(e *Element) bool { return slices.Contains(names, e.Name) }
}

// Plain gives all text in e, without the spaces around it.
func (e *Element) Plain() string {
	var out strings.Builder
	e.plain(&out)
	return strings.TrimSpace(out.String())
}

func (e *Element) plain(out *strings.Builder) {
	if e == nil {
		return
	}
	out.WriteString(e.Text)
	for _, kid := range e.Kids {
		kid.plain(out)
	}
}

// Replace puts other elements into the place of one, however deep it is.
func (e *Element) Replace(old *Element, with ...*Element) {
	if i := slices.Index(e.Kids, old); i >= 0 {
		e.Kids = slices.Replace(e.Kids, i, i+1, with...)
		return
	}
	for _, kid := range e.Kids {
		kid.Replace(old, with...)
	}
}
