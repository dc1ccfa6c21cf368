package document

import (
	"errors"
	"math"

	"github.com/ledongthuc/pdf"
)

// run is text that a page shows in one piece.
type run struct {
	x, y, end, size float64 // points; end is where the text ends
	text            string
	bold            bool
}

// Limits of a page.
const (
	maxRuns       = 60_000
	maxPageText   = 1 << 20
	maxFormsDepth = 4
	maxForms      = 500
	maxFontsPage  = 400
	maxRunText    = 1000 // bytes, of text that is shown piece by piece
)

// matrix maps x, y to a·x + c·y + e, b·x + d·y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// times maps by m first, then by n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// pageReader follows what a page draws and keeps its text.
type pageReader struct {
	runs  []run
	bytes int
	forms int
	fonts map[string]*pdfFont // by place in the file, of all pages
	work  *work
}

var errPageTooLarge = errors.New("the page shows too much text")

// textState is what the operators of a page set.
type textState struct {
	ctm, text, line          matrix
	font                     *pdfFont
	size, leading, rise      float64
	charSpace, wordSpace, th float64
	saved                    []savedState
}

type savedState struct {
	ctm                      matrix
	font                     *pdfFont
	size, leading, rise      float64
	charSpace, wordSpace, th float64
}

// content reads a stream of operators with the fonts and forms of resources.
// The parser panics where the stream is broken; what came before is kept.
func (p *pageReader) content(stream, resources pdf.Value, ctm matrix, depth int) {
	s := &textState{ctm: ctm, text: identity, line: identity, th: 1}
	named := map[string]*pdfFont{}
	pdf.Interpret(stream, func(stack *pdf.Stack, op string) {
		p.work.one()
		args := make([]pdf.Value, min(stack.Len(), 8))
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		for stack.Len() > 0 {
			stack.Pop()
		}
		switch op {
		case "Tj", "'", "\"", "TJ":
			p.show(s, op, args)
		case "Tf":
			if len(args) == 2 {
				name := args[0].Name()
				if named[name] == nil {
					named[name] = p.font(resources.Key("Font").Key(name))
				}
				s.font, s.size = named[name], args[1].Float64()
			}
		case "Do":
			if len(args) == 1 && depth < maxFormsDepth {
				p.form(resources.Key("XObject").Key(args[0].Name()), resources, s.ctm, depth)
			}
		default:
			s.apply(op, numbers(args))
		}
	})
}

// form reads a part of a page that is drawn as one.
func (p *pageReader) form(v, outer pdf.Value, ctm matrix, depth int) {
	if v.Key("Subtype").Name() != "Form" {
		return
	}
	if p.forms++; p.forms > maxForms {
		panic(errPageTooLarge)
	}
	resources := v.Key("Resources")
	if resources.IsNull() {
		resources = outer
	}
	m := identity
	if own := v.Key("Matrix"); own.Len() == 6 {
		m = matrix{own.Index(0).Float64(), own.Index(1).Float64(), own.Index(2).Float64(), own.Index(3).Float64(), own.Index(4).Float64(), own.Index(5).Float64()}
	}
	p.content(v, resources, m.times(ctm), depth+1)
}

// font reads a font once for all pages.
func (p *pageReader) font(v pdf.Value) *pdfFont {
	key := v.String()
	if f, ok := p.fonts[key]; ok {
		return f
	}
	if len(p.fonts) > maxFontsPage {
		panic(errPageTooLarge)
	}
	f := newPDFFont(v)
	p.fonts[key] = f
	return f
}

func numbers(args []pdf.Value) []float64 {
	list := make([]float64, len(args))
	for i, a := range args {
		list[i] = a.Float64()
	}
	return list
}

// apply follows an operator that shows nothing.
func (s *textState) apply(op string, n []float64) {
	switch {
	case op == "q" && len(s.saved) < 1000:
		s.saved = append(s.saved, savedState{s.ctm, s.font, s.size, s.leading, s.rise, s.charSpace, s.wordSpace, s.th})
	case op == "Q" && len(s.saved) > 0:
		last := s.saved[len(s.saved)-1]
		s.saved = s.saved[:len(s.saved)-1]
		s.ctm, s.font, s.size, s.leading, s.rise = last.ctm, last.font, last.size, last.leading, last.rise
		s.charSpace, s.wordSpace, s.th = last.charSpace, last.wordSpace, last.th
	case op == "cm" && len(n) == 6:
		s.ctm = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.times(s.ctm)
	case op == "BT":
		s.text, s.line = identity, identity
	case op == "Tm" && len(n) == 6:
		s.line = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
		s.text = s.line
	case op == "Td" && len(n) == 2:
		s.move(n[0], n[1])
	case op == "TD" && len(n) == 2:
		s.leading = -n[1]
		s.move(n[0], n[1])
	case op == "T*":
		s.move(0, -s.leading)
	case op == "TL" && len(n) == 1:
		s.leading = n[0]
	case op == "Tc" && len(n) == 1:
		s.charSpace = n[0]
	case op == "Tw" && len(n) == 1:
		s.wordSpace = n[0]
	case op == "Ts" && len(n) == 1:
		s.rise = n[0]
	case op == "Tz" && len(n) == 1:
		s.th = n[0] / 100
	}
}

// move goes to another line.
func (s *textState) move(x, y float64) {
	s.line = matrix{1, 0, 0, 1, x, y}.times(s.line)
	s.text = s.line
}

// spaceOf is the gap, in thousandths of the size, that stands for a space.
const spaceOf = 180

// show follows an operator that shows text.
func (p *pageReader) show(s *textState, op string, args []pdf.Value) {
	if op == "\"" && len(args) == 3 {
		s.wordSpace, s.charSpace = args[0].Float64(), args[1].Float64()
	}
	if op == "'" || op == "\"" {
		s.move(0, -s.leading)
	}
	if len(args) == 0 || s.font == nil {
		return
	}
	shown := args[len(args)-1]
	if shown.Kind() == pdf.String {
		p.piece(s, shown.RawString())
		return
	}
	for i := range shown.Len() {
		if v := shown.Index(i); v.Kind() == pdf.String {
			p.piece(s, v.RawString())
		} else {
			s.advance(-v.Float64() / 1000 * s.size * s.th)
		}
	}
}

func (s *textState) advance(x float64) { s.text = matrix{1, 0, 0, 1, x, 0}.times(s.text) }

// piece keeps a shown text. Text that is not upright is left out.
func (p *pageReader) piece(s *textState, raw string) {
	text, width, codes := s.font.decode(raw)
	at := matrix{s.size * s.th, 0, 0, s.size, 0, s.rise}.times(s.text).times(s.ctm)
	spaces := 0
	for i := range raw {
		if raw[i] == ' ' {
			spaces++
		}
	}
	s.advance((width/1000*s.size + float64(codes)*s.charSpace + float64(spaces)*s.wordSpace) * s.th)
	end := s.text.times(s.ctm)
	if at.a <= 0 || math.Abs(at.b) > 0.1*at.a || math.IsNaN(at.e+at.f+end.e) || text == "" {
		return
	}
	p.work.bytes += len(text)
	p.work.runs++
	if p.bytes += len(text); p.bytes > maxPageText || len(p.runs) >= maxRuns {
		panic(errPageTooLarge)
	}
	p.join(run{x: at.e, y: at.f, end: end.e, size: math.Abs(at.d), text: text, bold: s.font.bold})
}

// join adds a run, to the last one where it goes on there.
func (p *pageReader) join(r run) {
	if n := len(p.runs); n > 0 {
		last := &p.runs[n-1]
		gap := r.x - last.end
		if len(last.text) < maxRunText && math.Abs(r.y-last.y) < 0.01 && r.size == last.size && r.bold == last.bold && math.Abs(gap) < r.size*spaceOf/1000 {
			last.text += r.text
			last.end = r.end
			return
		}
	}
	p.runs = append(p.runs, r)
}
