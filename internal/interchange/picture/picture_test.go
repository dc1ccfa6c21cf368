package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

func sample(t *testing.T, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	dots := image.NewPaletted(image.Rect(0, 0, 4, 3), color.Palette{color.Black, color.White})
	dots.SetColorIndex(1, 1, 1)
	var out bytes.Buffer
	if err := encode(&out, dots); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(out *bytes.Buffer, i image.Image) error  { return png.Encode(out, i) }
func asJPEG(out *bytes.Buffer, i image.Image) error { return jpeg.Encode(out, i, nil) }
func asGIF(out *bytes.Buffer, i image.Image) error  { return gif.Encode(out, i, nil) }

// located puts EXIF data behind the start of a JPEG file.
func located(file []byte) []byte {
	exif := append([]byte{0xff, 0xe1, 0, 22}, "Exif\x00\x00GPS 46.2N 6.1E"...)
	return append(append([]byte{0xff, 0xd8}, exif...), file[2:]...)
}

// sized is a PNG file that says that it is wide and high.
func sized(t *testing.T, wide, high uint32) []byte {
	file := sample(t, asPNG)
	binary.BigEndian.PutUint32(file[16:], wide)
	binary.BigEndian.PutUint32(file[20:], high)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

func TestClean(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file []byte
		kind string
		want error
	}{
		"PNG":               {sample(t, asPNG), "image/png", nil},
		"GIF becomes PNG":   {sample(t, asGIF), "image/png", nil},
		"JPEG":              {located(sample(t, asJPEG)), "image/jpeg", nil},
		"a drawing":         {[]byte("<svg/>"), "", ErrUnknown},
		"nothing":           {nil, "", ErrUnknown},
		"half a picture":    {sample(t, asPNG)[:40], "", ErrBroken},
		"too many points":   {sized(t, 4_000, 4_000), "", ErrLarge},
		"too wide":          {sized(t, 50_000, 1), "", ErrLarge},
		"a bomb of a giant": {sized(t, 50_000, 50_000), "", ErrLarge},
	} {
		media, err := Clean("a/b.x", c.file)
		if !errors.Is(err, c.want) || media.Type != c.kind {
			t.Errorf("%s: Clean gives %q, %v, want %q, %v", name, media.Type, err, c.kind, c.want)
			continue
		}
		if err != nil {
			continue
		}
		if bytes.Contains(media.Data, []byte("GPS")) || media.Name != "b.x" {
			t.Errorf("%s: %q still says where it was taken", name, media.Name)
		}
		shape, _, err := image.DecodeConfig(bytes.NewReader(media.Data))
		if err != nil || shape.Width != 4 || shape.Height != 3 {
			t.Errorf("%s: comes out as %+v, %v", name, shape, err)
		}
	}
}

func TestName(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"a.png": "a.png", "../../x": "x", `c:\y\z.gif`: "z.gif", "": "picture", "..": "picture", "a/": "a"} {
		if got := Name(path); got != want {
			t.Errorf("Name(%q) = %q, want %q", path, got, want)
		}
	}
}
