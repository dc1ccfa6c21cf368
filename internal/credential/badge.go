package credential

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"sync"
)

// pictureSide is the side of the badge's picture, in its own units and in pixels.
const pictureSide = 400

// The colours of the badge and the certificate.
var (
	blue  = color.RGBA{0x00, 0x5a, 0x8c, 0xff}
	pale  = color.RGBA{0xe4, 0xef, 0xf5, 0xff}
	white = color.RGBA{0xff, 0xff, 0xff, 0xff}
)

// point is a place in the badge's picture, from the top left.
type point struct{ x, y float64 }

// area is a filled outline; a circle is one with many corners.
type area struct {
	corners []point
	fill    color.RGBA
}

// picture is the badge: a rosette, a disc in it, and a tick above three bars as
// of people who have fallen in. Later areas lie on earlier ones.
var picture = sync.OnceValue(func() []area {
	areas := []area{
		{rosette(24, 190, 172), blue}, {rosette(48, 150, 150), pale}, {rosette(48, 136, 136), blue},
		{[]point{{138, 178}, {158, 158}, {188, 188}, {244, 132}, {264, 152}, {188, 228}}, white},
	}
	for _, x := range []float64{140, 188, 236} {
		areas = append(areas, area{[]point{{x, 250}, {x + 24, 250}, {x + 24, 282}, {x, 282}}, white})
	}
	return areas
})

// rosette gives corners on two circles by turns, around the middle.
func rosette(points int, outer, inner float64) []point {
	corners := make([]point, 0, 2*points)
	for i := range 2 * points {
		radius := outer
		if i%2 == 1 {
			radius = inner
		}
		sin, cos := math.Sincos(math.Pi * float64(i) / float64(points))
		corners = append(corners, point{pictureSide/2 + radius*sin, pictureSide/2 - radius*cos})
	}
	return corners
}

// covers says whether a point lies in the area: a ray from it crosses the
// outline an odd number of times.
func (a area) covers(p point) bool {
	in := false
	for i, c := range a.corners {
		d := a.corners[(i+1)%len(a.corners)]
		if (c.y > p.y) != (d.y > p.y) && p.x < c.x+(p.y-c.y)*(d.x-c.x)/(d.y-c.y) {
			in = !in
		}
	}
	return in
}

// drawn is the picture as PNG, made when it is first asked for.
var drawn = sync.OnceValues(func() ([]byte, error) {
	canvas := image.NewNRGBA(image.Rect(0, 0, pictureSide, pictureSide))
	for y := range pictureSide {
		for x := range pictureSide {
			canvas.SetNRGBA(x, y, pixel(x, y))
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, canvas)
	return out.Bytes(), err
})

// pixel mixes the colours of the points of a grid in a pixel.
func pixel(x, y int) color.NRGBA {
	const grid = 3
	var r, g, b, covered int
	for i := range grid * grid {
		at := point{float64(x) + (float64(i%grid)+0.5)/grid, float64(y) + (float64(i/grid)+0.5)/grid}
		areas := picture()
		for j := len(areas) - 1; j >= 0; j-- {
			if areas[j].covers(at) {
				fill := areas[j].fill
				r, g, b, covered = r+int(fill.R), g+int(fill.G), b+int(fill.B), covered+1
				break
			}
		}
	}
	if covered == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(r / covered), uint8(g / covered), uint8(b / covered), uint8(255 * covered / (grid * grid))}
}

// BadgePNG draws a credential as a picture with the signed badge in it.
func (s *Service) BadgePNG(h Held) ([]byte, error) {
	badge, err := s.Badge(h)
	if err != nil {
		return nil, err
	}
	plain, err := drawn()
	if err != nil {
		return nil, fmt.Errorf("draw the badge: %w", err)
	}
	return bakePNG(plain, badge), nil
}

// BadgeSVG draws a credential as a picture with the signed badge in it.
func (s *Service) BadgeSVG(h Held) ([]byte, error) {
	badge, err := s.Badge(h)
	if err != nil {
		return nil, err
	}
	var title bytes.Buffer
	if err := xml.EscapeText(&title, []byte(h.Award.Title)); err != nil {
		return nil, err
	}
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img"><title>%s</title>`, pictureSide, pictureSide, title.String())
	for _, a := range picture() {
		fmt.Fprintf(&out, `<polygon fill="#%02x%02x%02x" points="`, a.fill.R, a.fill.G, a.fill.B)
		for i, c := range a.corners {
			fmt.Fprintf(&out, "%s%.1f,%.1f", strings.Repeat(" ", min(i, 1)), c.x, c.y)
		}
		out.WriteString(`"/>`)
	}
	out.WriteString("</svg>\n")
	return []byte(bakeSVG(out.String(), badge)), nil
}
