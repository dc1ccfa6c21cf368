package picture

import (
	"bytes"
	"image"
	"image/color"
)

// maxOpen is how much memory a picture may take while it is decoded.
const maxOpen = 64 << 20

// progressive begins the part of a JPEG that comes in several passes, whose
// figures must all be kept until the last.
var progressive = []byte{0xff, 0xc2}

// opened says how many bytes a picture takes while it is decoded.
func opened(shape image.Config, format string, data []byte) int {
	each := 4
	switch shape.ColorModel {
	case color.YCbCrModel:
		each = 3
	case color.NRGBA64Model, color.RGBA64Model:
		each = 8
	case color.Gray16Model:
		each = 2
	}
	const interlaced = 28 // the byte of a PNG that says so
	switch {
	case format == "jpeg" && bytes.Contains(data, progressive):
		each *= 5
	case format == "png" && len(data) > interlaced && data[interlaced] == 1:
		each *= 2
	}
	return each * shape.Width * shape.Height
}
