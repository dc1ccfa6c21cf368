package element

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/unicode/norm"

	"muster/internal/boundedxml"
	"muster/internal/interchange"
)

// maxKept is how many elements and runs of text one piece may have; of a longer
// one the rest is passed over, and it is Cut.
const maxKept = 20_000

// Broken says that a file is not whole: what stands before the line was read.
type Broken struct {
	Line    int
	Message string
}

// Error gives the message.
func (b *Broken) Error() string { return b.Message }

// Parse reads a file that is one piece. The error is Invalid about the file, or
// the context's.
func Parse(ctx context.Context, text string, limits interchange.Limits) (*Element, error) {
	var root *Element
	err := scan(ctx, text, limits, 1, func(_, e *Element) error {
		root = e
		return nil
	})
	var broken *Broken
	if errors.As(err, &broken) {
		return nil, interchange.Refused("Line %d: %s", broken.Line, broken.Message)
	}
	if err == nil && root == nil {
		return nil, interchange.Refused("There is no XML in the file.")
	}
	return root, err
}

// Each reads a file piece by piece, which are the kids of its root; visit gets
// the root, without kids, and one piece. A *Broken says where a file stops to be
// XML; other errors are visit's, Invalid about the file, or the context's.
func Each(ctx context.Context, text string, limits interchange.Limits, visit func(root, piece *Element) error) error {
	return scan(ctx, text, limits, 2, visit)
}

// scanner reads the tokens of a file.
type scanner struct {
	*boundedxml.Decoder
	limits interchange.Limits
	pieces int // the depth at which they begin
	visit  func(root, piece *Element) error
	open   []*Element
	kept   int // of the piece
	line   int // on which the token begins
}

func scan(ctx context.Context, text string, limits interchange.Limits, pieces int, visit func(root, piece *Element) error) error {
	s := &scanner{Decoder: boundedxml.New(strings.NewReader(text), len(text)), limits: limits, pieces: pieces, visit: visit}
	s.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		s.line, _ = s.InputPos()
		token, err := s.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return s.broken(err)
		}
		if err := s.token(token); err != nil {
			return err
		}
	}
}

func (s *scanner) broken(err error) error {
	line, _ := s.InputPos()
	message := "This is not XML."
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &syntax):
		line, message = syntax.Line, "The XML is broken here: "+syntax.Msg+"."
	case errors.Is(err, boundedxml.ErrAttributes):
		message = "An element or a text has more than 100,000 quotation marks."
	}
	return &Broken{Line: line, Message: message}
}

func (s *scanner) token(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		return s.start(token)
	case xml.CharData:
		s.text(string(token))
	case xml.Directive:
		return interchange.Refused("Line %d: the file declares a document type or entities, which is not allowed.", s.line)
	case xml.EndElement:
		e := s.open[len(s.open)-1]
		s.open = s.open[:len(s.open)-1]
		if len(s.open) == s.pieces-1 && e != nil {
			s.kept = 0
			var root *Element
			if len(s.open) > 0 {
				root = s.open[0]
			}
			return s.visit(root, e)
		}
	}
	return nil
}

func (s *scanner) start(token xml.StartElement) error {
	depth := len(s.open)
	if depth >= s.limits.Depth {
		return interchange.Refused("Line %d: the file has elements more than %d deep.", s.line, s.limits.Depth)
	}
	e := &Element{Name: token.Name.Local, Line: s.line}
	for _, a := range token.Attr {
		e.Set(a.Name.Local, clean(a.Value))
	}
	s.open = append(s.open, s.keep(e, depth))
	return nil
}

// keep hangs an element into its piece and gives it; nil where it is passed over.
func (s *scanner) keep(e *Element, depth int) *Element {
	if depth < s.pieces {
		return e
	}
	if s.kept++; s.kept > maxKept {
		s.open[s.pieces-1].Cut = true
		return nil
	}
	if parent := s.open[depth-1]; parent != nil {
		parent.Kids = append(parent.Kids, e)
		return e
	}
	return nil
}

func (s *scanner) text(text string) {
	if depth := len(s.open); depth >= s.pieces && text != "" {
		s.keep(&Element{Text: clean(text), Line: s.line}, depth)
	}
}

// clean leaves out what came by a reference to a character and cannot be shown.
func clean(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if interchange.Showable(r) {
			return r
		}
		return -1
	}, text))
}
