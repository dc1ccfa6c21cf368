// Package picture takes pictures out of files of questions: what comes in is
// decoded and encoded anew, so that nothing stays of where, when and with which
// camera it was taken.
//
// It knows PNG, JPEG and GIF. It must not know which file a picture comes from.
package picture

import (
	"bytes"
	"errors"
	"image"
	_ "image/gif" // decodes
	"image/jpeg"
	"image/png"
	"path"
	"strings"

	"muster/internal/interchange"
)

// A picture may be this long and wide, and have this many points: decoded, one
// of them takes 64 MB at most.
const (
	maxSide   = 8_000
	maxPoints = 8_000_000
)

// quality is that of JPEG, of 100.
const quality = 90

// The reasons why a picture is not kept.
var (
	ErrUnknown = errors.New("it is not a PNG, JPEG or GIF picture")
	ErrBroken  = errors.New("it is broken")
	ErrLarge   = errors.New("it has more than 8 million points")
)

// Clean encodes a picture anew: a photograph as JPEG, anything else as PNG, of
// a film only the first picture. name is what the texts call it.
func Clean(name string, data []byte) (interchange.Media, error) {
	shape, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case errors.Is(err, image.ErrFormat):
		return interchange.Media{}, ErrUnknown
	case err != nil:
		return interchange.Media{}, ErrBroken
	case shape.Width > maxSide || shape.Height > maxSide || shape.Width*shape.Height > maxPoints:
		return interchange.Media{}, ErrLarge
	}
	points, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return interchange.Media{}, ErrBroken
	}
	var out bytes.Buffer
	kept := interchange.Media{Name: Name(name), Type: "image/png"}
	if format == "jpeg" {
		kept.Type = "image/jpeg"
		err = jpeg.Encode(&out, points, &jpeg.Options{Quality: quality})
	} else {
		err = png.Encode(&out, points)
	}
	if err != nil {
		return interchange.Media{}, ErrBroken
	}
	kept.Data = out.Bytes()
	return kept, nil
}

// Name gives the last part of a path, with nothing in it that could lead
// elsewhere.
func Name(name string) string {
	name = path.Base(path.Clean("/" + strings.ReplaceAll(name, `\`, "/")))
	if name == "/" || name == "." {
		return "picture"
	}
	return interchange.Quote(name)
}
