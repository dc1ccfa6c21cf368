package report

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"muster/internal/typeset"
)

// Page is one sheet of paper that tells where many people stand.
type Page struct {
	Title    string // in any script
	Subtitle string
	Segments []Segment // of one bar, which together are all the people
	Sections []Section
	Notes    []string // at the foot: what the figures are made of
	MadeAt   time.Time
}

// Tone is what a figure means for who reads it.
type Tone int

// The tones.
const (
	Good Tone = iota
	Fading
	Bad
	Plain
)

// Segment is some of the people.
type Segment struct {
	Label string
	Count int
	Tone  Tone
}

// Section is a headed part of a page: bars, or lines.
type Section struct {
	Title string
	Bars  []Bar
	Lines []string // one for each point
}

// Bar is a count of a whole, and a part of it that is darker.
type Bar struct {
	Label       string
	Count, Part int // Part ≤ Count
	Whole       int
	Words       string // after the bar
}

// The sheet is A4, standing; lengths are millimetres, sizes of letters points.
const (
	sheetWidth = 210.0
	edge       = 18.0
	column     = sheetWidth - 2*edge
	labelWidth = 58.0
	barWidth   = 60.0
)

// The colours of the tones and of text, as on the site.
var (
	toneColours = map[Tone][3]int{Good: {0x1b, 0x7f, 0x4b}, Fading: {0x8a, 0x5a, 0x00}, Bad: {0xb3, 0x26, 0x1e}, Plain: {0x8a, 0x94, 0x9e}}
	inkColour   = [3]int{0x12, 0x20, 0x2e}
	softColour  = [3]int{0x4a, 0x5b, 0x6c}
	lineColour  = [3]int{0xdd, 0xe3, 0xe8}
	paleColour  = [3]int{0x9c, 0xcc, 0xb2}
)

// Draw draws the page.
func (p Page) Draw() ([]byte, error) {
	s := sheet{fpdf.New("P", "mm", "A4", ""), edge}
	s.SetCreationDate(p.MadeAt)
	s.SetModificationDate(p.MadeAt)
	s.SetCatalogSort(true)
	s.SetTitle(p.Title, true)
	s.SetAutoPageBreak(false, 0)
	for _, face := range []typeset.Face{typeset.Regular, typeset.Bold} {
		s.AddUTF8FontFromBytes(face.Name, "", face.Data())
	}
	s.AddPage()
	s.title(p.Title)
	s.text(typeset.Regular, 10.5, softColour, p.Subtitle)
	s.down(4)
	s.segments(p.Segments)
	for _, section := range p.Sections {
		s.section(section)
	}
	s.notes(p.Notes)
	var out bytes.Buffer
	if err := s.Output(&out); err != nil {
		return nil, fmt.Errorf("draw the page: %w", err)
	}
	return out.Bytes(), nil
}

// sheet is a page under way; y is where the next line begins.
type sheet struct {
	*fpdf.Fpdf
	y float64
}

func (s *sheet) down(by float64) { s.y += by }

func (s *sheet) fill(c [3]int) { s.SetFillColor(c[0], c[1], c[2]) }

// at writes words at a place of the present line.
func (s *sheet) at(x float64, face typeset.Face, size float64, c [3]int, words string) {
	s.SetFont(face.Name, "", size)
	s.SetTextColor(c[0], c[1], c[2])
	s.Text(x, s.y+size*0.32, words)
}

// text writes one line.
func (s *sheet) text(face typeset.Face, size float64, c [3]int, words string) {
	s.at(edge, face, size, c, words)
	s.down(size * 0.52)
}

// title writes a line in any script; what cannot be laid out is left to the
// subtitle.
func (s *sheet) title(words string) {
	const size = 20.0
	line, _ := typeset.Line(words)
	x := edge
	for _, run := range line {
		if run.Face.Name != typeset.Bold.Name {
			s.AddUTF8FontFromBytes(run.Face.Name, "", run.Face.Data())
		}
		s.at(x, run.Face, size, inkColour, run.Text)
		x += s.GetStringWidth(run.Text)
	}
	s.down(10)
}

// segments draws the bar of all people with a legend under it.
func (s *sheet) segments(segments []Segment) {
	const height = 11.0
	total := 0
	for _, seg := range segments {
		total += seg.Count
	}
	s.fill(lineColour)
	s.Rect(edge, s.y, column, height, "F")
	x := edge
	for _, seg := range segments {
		width := column * float64(seg.Count) / float64(max(total, 1))
		s.fill(toneColours[seg.Tone])
		s.Rect(x, s.y, width, height, "F")
		x += width
	}
	s.down(height + 3)
	for i, seg := range segments {
		left := edge + float64(i)*column/float64(len(segments))
		s.fill(toneColours[seg.Tone])
		s.Rect(left, s.y+0.8, 3, 3, "F")
		s.at(left+4.5, typeset.Bold, 10.5, inkColour, strconv.Itoa(seg.Count)+" of "+strconv.Itoa(total))
		s.down(4.8)
		s.at(left+4.5, typeset.Regular, 9.5, softColour, seg.Label)
		s.down(-4.8)
	}
	s.down(12)
}

func (s *sheet) section(part Section) {
	if len(part.Bars)+len(part.Lines) == 0 {
		return
	}
	s.text(typeset.Bold, 12, inkColour, part.Title)
	s.down(1.2)
	for _, bar := range part.Bars {
		s.bar(bar)
	}
	for _, line := range part.Lines {
		s.at(edge, typeset.Bold, 9.5, softColour, "•")
		s.SetFont(typeset.Regular.Name, "", 9.5)
		for _, fits := range s.SplitText(line, column-5) {
			s.at(edge+4, typeset.Regular, 9.5, inkColour, fits)
			s.down(4.8)
		}
	}
	s.down(3.5)
}

// bar draws a count of a whole; the darker part of it begins at zero too.
func (s *sheet) bar(b Bar) {
	const height = 3.6
	s.SetFont(typeset.Regular.Name, "", 9.5)
	s.at(edge, typeset.Regular, 9.5, inkColour, s.SplitText(b.Label, labelWidth)[0])
	left := edge + labelWidth + 2
	for _, part := range []struct {
		colour [3]int
		n      int
	}{{lineColour, b.Whole}, {paleColour, b.Count}, {toneColours[Good], b.Part}} {
		s.fill(part.colour)
		s.Rect(left, s.y, barWidth*float64(part.n)/float64(max(b.Whole, 1)), height, "F")
	}
	s.at(left+barWidth+3, typeset.Regular, 9, softColour, b.Words)
	s.down(5.6)
}

func (s *sheet) notes(lines []string) {
	s.y = 297 - edge - 4*float64(len(lines))
	for _, line := range lines {
		s.SetFont(typeset.Regular.Name, "", 8)
		s.at(edge, typeset.Regular, 8, softColour, s.SplitText(line, column)[0])
		s.down(4)
	}
}
