package document

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of a page. What it opens and does not close, the parser opens anew in
// every paragraph after it, so that a small page can become a huge tree.
const (
	maxNodes      = 400_000
	maxOpenMarks  = 100
	freeMarks     = 2 // that a page may leave open at no cost
	maxAttributes = 1000
)

// repeated are the elements that the parser opens anew.
var repeated = []atom.Atom{
	atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U,
}

// mark is such an element, as it is written.
type mark struct {
	sort atom.Atom
	tag  string
}

// weigh refuses a page of which the tree would be too large, before there is one.
func weigh(source string) error {
	var open []mark
	nodes := 0
	tokens := html.NewTokenizer(strings.NewReader(source))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		nodes += 1 + max(0, len(open)-freeMarks)
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := string(tokens.Raw())
			sort, attributes := startOf(tokens)
			if attributes > maxAttributes {
				return refused("The page has an element with more than %d attributes.", maxAttributes)
			}
			open = opening(open, mark{sort, tag})
		case html.EndTagToken:
			name, _ := tokens.TagName()
			open = closing(open, atom.Lookup(name))
		}
		switch {
		case len(open) > maxOpenMarks:
			return refused("The page opens more than %d marks, such as bold or links, that it does not close.", maxOpenMarks)
		case nodes > maxNodes:
			return refused("The page has more elements than can be read. Split it into several.")
		}
	}
	return nil
}

// startOf reads what sort of element a tag opens and how many attributes it has.
func startOf(tokens *html.Tokenizer) (sort atom.Atom, attributes int) {
	name, more := tokens.TagName()
	sort = atom.Lookup(name)
	for more {
		_, _, more = tokens.TagAttr()
		attributes++
	}
	return sort, attributes
}

// opening adds an element that the parser will open anew. It does so with three of
// the same at most.
func opening(open []mark, m mark) []mark {
	same := 0
	for _, other := range open {
		if other == m {
			same++
		}
	}
	if same < 3 && slices.Contains(repeated, m.sort) {
		return append(open, m)
	}
	return open
}

// closing takes away the last element of a sort.
func closing(open []mark, sort atom.Atom) []mark {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].sort == sort {
			return slices.Delete(open, i, i+1)
		}
	}
	return open
}
