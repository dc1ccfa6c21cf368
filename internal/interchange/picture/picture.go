// Package picture takes pictures out of files: what comes in is decoded and
// encoded anew, so that nothing stays of where, when and with which camera it was
// taken, nor anything that is no picture.
//
// It knows PNG, JPEG and GIF. It must not know which file a picture comes from.
package picture

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	_ "image/gif" // decodes
	"image/jpeg"
	"image/png"
	"path"
	"runtime"
	"strings"

	"muster/internal/interchange"
	"muster/internal/question"
)

// A picture that comes in may be this long and wide, and have this many points:
// decoded, one of them takes 64 MB at most.
const (
	maxSide   = 8_000
	maxPoints = 8_000_000
)

// A picture that is kept is at most this long and wide, and has at most this many
// bytes: what is more is scaled down.
const (
	MaxSide  = 2_000
	MaxBytes = 1 << 20
)

// The pictures of one file may have this many points in all, so that reading it
// ends.
const maxPointsInAll = 100_000_000

// quality is that of JPEG, of 100.
const quality = 90

// The reasons why a picture is not kept.
var (
	ErrUnknown = errors.New("it is not a PNG, JPEG or GIF picture")
	ErrBroken  = errors.New("it is broken")
	ErrLarge   = errors.New("it has more than 8 million points, or more than 8,000 on a side")
	ErrHeavy   = errors.New("it takes too much memory to open; save it smaller, without several passes")
	ErrMany    = errors.New("the pictures of the file are too large in all")
)

// Spent is what the pictures of a file have cost so far. The zero value is ready.
type Spent struct{ bytes, points int }

// Clean is Clean for the next picture of a file; ErrMany where those of the file
// take more than a file may.
func (s *Spent) Clean(limits interchange.Limits, name string, data []byte) (interchange.Media, error) {
	shape, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err == nil && shape.Width <= maxSide && shape.Height <= maxSide {
		s.points += shape.Width * shape.Height
	}
	if s.points > maxPointsInAll {
		return interchange.Media{}, ErrMany
	}
	media, err := Clean(name, data)
	if s.bytes += len(media.Data); s.bytes > limits.Bytes {
		return interchange.Media{}, ErrMany
	}
	return media, err
}

// Clean encodes a picture anew: a photograph as JPEG, anything else as PNG, of
// a film only the first picture. One that was taken with the camera turned is
// turned upright, one that is larger than what is kept is scaled down. name is
// what the texts call it.
func Clean(name string, data []byte) (interchange.Media, error) {
	shape, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case errors.Is(err, image.ErrFormat):
		return interchange.Media{}, ErrUnknown
	case err != nil:
		return interchange.Media{}, ErrBroken
	case shape.Width > maxSide || shape.Height > maxSide || shape.Width*shape.Height > maxPoints:
		return interchange.Media{}, ErrLarge
	case opened(shape, format, data) > maxOpen:
		return interchange.Media{}, ErrHeavy
	}
	if shape.Width*shape.Height > maxPoints/4 {
		defer runtime.GC() // else those of a file add up before they are collected
	}
	points, _, err := image.Decode(bytes.NewReader(data))
	if err != nil || points.Bounds().Empty() {
		return interchange.Media{}, ErrBroken
	}
	photo := format == "jpeg"
	points = scaled(points, MaxSide)
	if photo {
		points = upright(points, orientation(data))
	}
	kept := interchange.Media{Name: Name(name), Print: question.NamePicture(data)}
	for {
		if kept.Type, kept.Data, err = encoded(points, photo); err != nil {
			return interchange.Media{}, ErrBroken
		}
		if len(kept.Data) <= MaxBytes {
			break
		}
		if !photo && opaque(points) { // a photograph in the wrong format
			photo = true
			continue
		}
		points = scaled(points, longer(points)*3/4)
	}
	kept.Width, kept.Height = points.Bounds().Dx(), points.Bounds().Dy()
	return kept, nil
}

func encoded(points image.Image, photo bool) (kind string, data []byte, err error) {
	var out bytes.Buffer
	if photo {
		err = jpeg.Encode(&out, points, &jpeg.Options{Quality: quality})
		return "image/jpeg", out.Bytes(), err
	}
	err = png.Encode(&out, points)
	return "image/png", out.Bytes(), err
}

// opaque says whether nothing shines through; a picture that cannot say so may.
func opaque(points image.Image) bool {
	known, ok := points.(interface{ Opaque() bool })
	return ok && known.Opaque()
}

func longer(points image.Image) int { return max(points.Bounds().Dx(), points.Bounds().Dy()) }

// rgba gives the points as those that scaling and turning work on.
func rgba(points image.Image) *image.RGBA {
	if same, ok := points.(*image.RGBA); ok && same.Rect.Min == (image.Point{}) {
		return same
	}
	out := image.NewRGBA(image.Rectangle{Max: points.Bounds().Size()})
	draw.Draw(out, out.Rect, points, points.Bounds().Min, draw.Src)
	return out
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
