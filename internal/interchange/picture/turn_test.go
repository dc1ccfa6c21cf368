package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"

	"muster/internal/interchange"
	"muster/internal/question"
)

// noisy is a picture that no format makes small, of one colour in its upper left
// quarter.
func noisy(wide, high int, alpha uint8) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, wide, high))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range out.Pix {
		out.Pix[i] = uint8(random.Uint32())
		if i%4 == 3 {
			out.Pix[i] = alpha
		}
	}
	for y := range high / 2 {
		for x := range wide / 2 {
			out.SetNRGBA(x, y, color.NRGBA{R: 255, A: alpha})
		}
	}
	return out
}

// TestLargePicturesAreScaledDown to what is kept, in points and in bytes.
func TestLargePicturesAreScaledDown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		points     image.Image
		asJPEG     bool
		kind       string
		wide, high int // 0 = only below the limit
	}{
		"a long strip":        {image.NewGray(image.Rect(0, 0, 4_000, 4)), false, "image/png", 2_000, 2},
		"a thread":            {image.NewGray(image.Rect(0, 0, 8_000, 1)), false, "image/png", 2_000, 1},
		"a photograph as PNG": {noisy(900, 900, 255), false, "image/jpeg", 900, 900},
		"a noisy sticker":     {noisy(900, 900, 100), false, "image/png", 0, 0},
		"a noisy photograph":  {noisy(2_100, 1_200, 255), true, "image/jpeg", 0, 0},
	} {
		var file bytes.Buffer
		err := png.Encode(&file, c.points)
		if c.asJPEG {
			file.Reset()
			err = jpeg.Encode(&file, c.points, &jpeg.Options{Quality: 100})
		}
		if err != nil {
			t.Fatal(err)
		}
		media, err := Clean(name, file.Bytes())
		if err != nil || media.Type != c.kind || len(media.Data) > MaxBytes || max(media.Width, media.Height) > MaxSide {
			t.Errorf("%s comes out as %s of %d × %d with %d bytes, %v", name, media.Type, media.Width, media.Height, len(media.Data), err)
		}
		if c.wide > 0 && (media.Width != c.wide || media.Height != c.high) {
			t.Errorf("%s is %d × %d, want %d × %d", name, media.Width, media.Height, c.wide, c.high)
		}
		shape, _, err := image.DecodeConfig(bytes.NewReader(media.Data))
		if err != nil || shape.Width != media.Width || shape.Height != media.Height {
			t.Errorf("%s says that it is %d × %d, and is %+v, %v", name, media.Width, media.Height, shape, err)
		}
		if media.Print != question.NamePicture(file.Bytes()) {
			t.Errorf("%s does not name the bytes as they were", name)
		}
	}
}

// TestTwiceIsOnce: a PNG that was encoded anew stays as it is from then on.
func TestTwiceIsOnce(t *testing.T) {
	t.Parallel()
	for _, points := range []image.Image{noisy(60, 40, 255), noisy(60, 40, 100), image.NewGray(image.Rect(0, 0, 3, 3)), noisy(700, 700, 50)} {
		var file bytes.Buffer
		if err := png.Encode(&file, points); err != nil {
			t.Fatal(err)
		}
		first, err := Clean("a", file.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		second, err := Clean("a", first.Data)
		if err != nil || !bytes.Equal(first.Data, second.Data) {
			t.Errorf("%T: the second time gives other bytes, %v", points, err)
		}
	}
}

// exif is a segment that says how a picture is to be turned.
func exif(little bool, value byte) []byte {
	entry := []byte{0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0}
	head := "MM\x00*\x00\x00\x00\x08"
	if little {
		entry = []byte{1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, value, 0, 0, 0}
		head = "II*\x00\x08\x00\x00\x00"
	}
	body := append([]byte(exifMark+head), entry...)
	return append([]byte{0xff, app1, 0, byte(len(body) + 2)}, body...)
}

// TestTurnedPicturesAreUpright: the red quarter is upper left in each, as whoever
// took it saw it.
func TestTurnedPicturesAreUpright(t *testing.T) {
	t.Parallel()
	upper := image.NewRGBA(image.Rect(0, 0, 48, 32))
	for y := range 16 {
		for x := range 24 {
			upper.SetRGBA(x, y, color.RGBA{R: 255, A: 255})
		}
	}
	back := map[byte]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6} // how it must have been taken
	for value, taken := range back {
		var file bytes.Buffer
		if err := jpeg.Encode(&file, upright(upper, taken), &jpeg.Options{Quality: 100}); err != nil {
			t.Fatal(err)
		}
		for _, little := range []bool{true, false} {
			turned := append(append([]byte{0xff, 0xd8}, exif(little, value)...), file.Bytes()[2:]...)
			media, err := Clean("a", turned)
			if err != nil || media.Width != 48 || media.Height != 32 || bytes.Contains(media.Data, []byte("Exif")) {
				t.Fatalf("%d: %d × %d, %v", value, media.Width, media.Height, err)
			}
			points, _, err := image.Decode(bytes.NewReader(media.Data))
			if err != nil {
				t.Fatal(err)
			}
			if r, _, _, _ := points.At(5, 5).RGBA(); r < 0xc000 {
				t.Errorf("%d: the upper left is not red", value)
			}
			if r, _, _, _ := points.At(40, 5).RGBA(); r > 0x4000 {
				t.Errorf("%d: the upper right is red", value)
			}
		}
	}
}

// TestBrokenEXIF: whatever stands there, nothing is turned.
func TestBrokenEXIF(t *testing.T) {
	t.Parallel()
	whole := append([]byte{0xff, 0xd8}, exif(true, 6)...)
	if got := orientation(whole); got != 6 {
		t.Fatalf("orientation = %d, want 6", got)
	}
	for n := range len(whole) {
		if got := orientation(whole[:n]); got != 1 {
			t.Errorf("of the first %d bytes it is %d", n, got)
		}
	}
	for _, tiff := range []string{"", "II*\x00\xff\xff\xff\xff", "MM\x00*\x00\x00\x00\x08\xff\xff", "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x09\x00\x00\x00"} {
		if got := turn([]byte(tiff)); got != 1 {
			t.Errorf("turn(%q) = %d", tiff, got)
		}
	}
}

// TestSpent: a file of many pictures ends.
func TestSpent(t *testing.T) {
	t.Parallel()
	file := sample(t, asPNG)
	var few Spent
	limits := interchange.Limits{Bytes: 3 * len(file)}
	for i, want := range []error{nil, nil, nil, ErrMany} {
		if _, err := few.Clean(limits, "a", file); !errors.Is(err, want) {
			t.Errorf("picture %d: %v, want %v", i+1, err, want)
		}
	}
	many := Spent{points: maxPointsInAll}
	if _, err := many.Clean(interchange.Usual(), "a", file); !errors.Is(err, ErrMany) {
		t.Errorf("100 million points and one more: %v", err)
	}
	var none Spent
	if _, err := none.Clean(interchange.Usual(), "a", []byte("<svg/>")); !errors.Is(err, ErrUnknown) {
		t.Errorf("a drawing: %v", err)
	}
}
