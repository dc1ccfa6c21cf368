package credential

import (
	"bytes"
	"fmt"
	"image/color"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/boombuler/barcode/qr"

	"muster/internal/typeset"
)

// The page is A4, lying; lengths are millimetres, sizes of letters points.
const (
	pageWidth  = 297.0
	pageHeight = 210.0
	margin     = 24.0
	textWidth  = pageWidth - 2*margin
	nameSize   = 34.0
	qrSide     = 34.0
)

// The colours of text.
var (
	ink  = color.RGBA{0x1a, 0x1f, 0x24, 0xff}
	grey = color.RGBA{0x55, 0x5f, 0x69, 0xff}
)

// unwritten is printed where the holder's name needs a script that the page
// cannot show.
const unwritten = "The holder's name is in a script that this page cannot print; what stands in its place names the same person."

// sheet is a page under way.
type sheet struct {
	*fpdf.Fpdf
}

// Certificate draws a credential as a page to print, with the holder's whole
// name and a code that leads to where it can be verified.
func (s *Service) Certificate(h Held) ([]byte, error) {
	p := sheet{fpdf.New("L", "mm", "A4", "")}
	p.SetCreationDate(h.IssuedAt)
	p.SetModificationDate(h.IssuedAt)
	p.SetCatalogSort(true)
	p.SetTitle(h.Award.Title, true)
	p.SetCreator(IssuerName, true)
	p.SetAutoPageBreak(false, 0)
	for _, face := range []typeset.Face{typeset.Regular, typeset.Bold} {
		p.AddUTF8FontFromBytes(face.Name, "", face.Data())
	}
	p.AddPage()
	p.frame()
	p.badge(pageWidth/2-15, 22, 30)
	p.line(60, 13, grey, "This is to certify that")
	note := p.name(82, h)
	p.line(94, 13, grey, "has passed")
	p.line(106, 24, blue, h.Award.Title)
	p.paragraph(113, 11, ink, h.Award.Description)
	p.paragraph(129, 9, grey, h.Award.Criteria)
	p.foot(h, s.VerifyURL(h.ID), s.Signer.Key().ID, note)
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		return nil, fmt.Errorf("draw the certificate: %w", err)
	}
	return out.Bytes(), nil
}

func (p sheet) write(size float64, face typeset.Face, c color.RGBA) {
	p.SetFont(face.Name, "", size)
	p.SetTextColor(int(c.R), int(c.G), int(c.B))
}

func (p sheet) fill(c color.RGBA) { p.SetFillColor(int(c.R), int(c.G), int(c.B)) }

// frame draws the border.
func (p sheet) frame() {
	p.SetDrawColor(int(blue.R), int(blue.G), int(blue.B))
	p.SetLineWidth(1.2)
	p.Rect(10, 10, pageWidth-20, pageHeight-20, "D")
	p.SetLineWidth(0.3)
	p.Rect(12.5, 12.5, pageWidth-25, pageHeight-25, "D")
}

// badge draws the picture of the badge as lines, sharp at any size.
func (p sheet) badge(left, top, side float64) {
	for _, a := range picture() {
		p.fill(a.fill)
		corners := make([]fpdf.PointType, len(a.corners))
		for i, c := range a.corners {
			corners[i] = fpdf.PointType{X: left + c.x*side/pictureSide, Y: top + c.y*side/pictureSide}
		}
		p.Polygon(corners, "F")
	}
}

// line writes a line in the middle of the page.
func (p sheet) line(y, size float64, c color.RGBA, text string) {
	face := typeset.Regular
	if size > 13 {
		face = typeset.Bold
	}
	p.write(size, face, c)
	p.Text((pageWidth-p.GetStringWidth(text))/2, y, text)
}

// paragraph writes lines in the middle of the page.
func (p sheet) paragraph(y, size float64, c color.RGBA, text string) {
	p.write(size, typeset.Regular, c)
	p.SetXY(margin+14, y)
	p.MultiCell(textWidth-28, size*0.48, text, "", "C", false)
}

// name writes the holder's name, smaller where it is long, and gives a note
// where it had to write another.
func (p sheet) name(y float64, h Held) (note string) {
	line, ok := typeset.Line(h.Name)
	if !ok {
		note = unwritten
		if line, ok = typeset.Line(h.Username); !ok {
			line = []typeset.Run{{Face: typeset.Bold, Text: "the holder of " + string(h.ID)}}
		}
	}
	for _, r := range line {
		if r.Face.Name != typeset.Bold.Name {
			p.AddUTF8FontFromBytes(r.Face.Name, "", r.Face.Data())
		}
	}
	size := nameSize
	if width := p.width(line, size); width > textWidth {
		size *= textWidth / width
	}
	x := (pageWidth - p.width(line, size)) / 2
	for _, r := range line {
		p.write(size, r.Face, ink)
		p.Text(x, y, r.Text)
		x += p.GetStringWidth(r.Text)
	}
	return note
}

func (p sheet) width(line []typeset.Run, size float64) float64 {
	width := 0.0
	for _, r := range line {
		p.write(size, r.Face, ink)
		width += p.GetStringWidth(r.Text)
	}
	return width
}

// foot writes the dates, the code to verify by and the closing text.
func (p sheet) foot(h Held, address, key, note string) {
	const top, left = 152.0, margin
	for i, part := range [][2]string{{"Issued", day(h.IssuedAt)}, {"Valid until", day(h.ValidUntil)}, {"Issued by", IssuerName}} {
		x := left + float64(i)*46
		p.write(9, typeset.Regular, grey)
		p.Text(x, top, part[0])
		p.write(13, typeset.Bold, ink)
		p.Text(x, top+6.5, part[1])
	}
	p.write(8.5, typeset.Regular, grey)
	p.SetXY(left-1, top+13)
	p.MultiCell(textWidth-qrSide-8, 4.2, "Whether this certificate still holds is shown at "+address+
		". The same address shows when it was renewed or revoked. Signed with the key "+key+". "+note, "", "L", false)
	p.code(pageWidth-margin-qrSide, top-6, address)
}

// code draws an address as a QR code, as lines.
func (p sheet) code(left, top float64, address string) {
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		p.SetError(err)
		return
	}
	cells := code.Bounds().Dx()
	cell := qrSide / float64(cells)
	p.fill(ink)
	for y := range cells {
		for x := range cells {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				p.Rect(left+float64(x)*cell, top+float64(y)*cell, cell+0.02, cell+0.02, "F")
			}
		}
	}
	p.LinkString(left, top, qrSide, qrSide, address)
}

func day(t time.Time) string { return t.UTC().Format("2 January 2006") }
