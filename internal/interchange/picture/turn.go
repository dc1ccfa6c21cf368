package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// scaled brings a picture to at most side points on its longer side: each new
// point is the mean of those that it stands for. A smaller one stays as it is.
func scaled(points image.Image, side int) image.Image {
	size := points.Bounds().Size()
	long := max(size.X, size.Y)
	if long <= side {
		return points
	}
	src := rgba(points)
	out := image.NewRGBA(image.Rect(0, 0, max(size.X*side/long, 1), max(size.Y*side/long, 1)))
	wide, high := out.Rect.Dx(), out.Rect.Dy()
	for y := range high {
		top, bottom := y*size.Y/high, (y+1)*size.Y/high
		for x := range wide {
			left, right := x*size.X/wide, (x+1)*size.X/wide
			mean(out.Pix[out.PixOffset(x, y):], src, image.Rect(left, top, right, bottom))
		}
	}
	return out
}

// mean writes the mean of the points of an area.
func mean(to []uint8, src *image.RGBA, area image.Rectangle) {
	var sums [4]int
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for i, value := range src.Pix[src.PixOffset(area.Min.X, y):src.PixOffset(area.Max.X, y)] {
			sums[i%4] += int(value)
		}
	}
	n := area.Dx() * area.Dy()
	for i, sum := range sums {
		to[i] = uint8((sum + n/2) / n)
	}
}

// upright turns and mirrors a picture as its orientation says; see EXIF 2.32,
// tag 274: 1 is upright, 6 has to be turned a quarter to the right.
func upright(points image.Image, orientation int) image.Image {
	if orientation == 1 {
		return points
	}
	src := rgba(points)
	w, h := src.Rect.Dx(), src.Rect.Dy()
	from := map[int]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return y, h - 1 - x },
		7: func(x, y int) (int, int) { return w - 1 - y, h - 1 - x },
		8: func(x, y int) (int, int) { return w - 1 - y, x },
	}[orientation]
	size := image.Pt(w, h)
	if orientation > 4 {
		size = image.Pt(h, w)
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			sx, sy := from(x, y)
			copy(out.Pix[out.PixOffset(x, y):][:4], src.Pix[src.PixOffset(sx, sy):])
		}
	}
	return out
}

// The parts of a JPEG file that its orientation stands in.
const (
	app1     = 0xe1
	scan     = 0xda
	exifMark = "Exif\x00\x00"
	turnTag  = 0x0112
)

// orientation reads how a JPEG file says that it is to be turned: 1 to 8, and 1
// where it says nothing.
func orientation(file []byte) int {
	for at := 2; at+4 <= len(file) && file[at] == 0xff && file[at+1] != scan; {
		end := at + 2 + int(binary.BigEndian.Uint16(file[at+2:]))
		if end > len(file) || end < at+4 {
			break
		}
		if tiff, ok := bytes.CutPrefix(file[at+4:end], []byte(exifMark)); ok && file[at+1] == app1 {
			return turn(tiff)
		}
		at = end
	}
	return 1
}

// turn finds the orientation in the first directory of EXIF data.
func turn(tiff []byte) int {
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(tiff, []byte("MM")) {
		order = binary.BigEndian
	}
	if len(tiff) < 8 {
		return 1
	}
	at := int(order.Uint32(tiff[4:]))
	if at+2 > len(tiff) {
		return 1
	}
	for entry := at + 2; entry+12 <= min(len(tiff), at+2+12*int(order.Uint16(tiff[at:]))); entry += 12 {
		if value := int(order.Uint16(tiff[entry+8:])); order.Uint16(tiff[entry:]) == turnTag && value >= 1 && value <= 8 {
			return value
		}
	}
	return 1
}
