package credential

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"strings"
	"testing"
)

func TestBakedBadges(t *testing.T) {
	t.Parallel()
	s := newBook().service()
	want, err := s.Badge(issued())
	must(t, err)
	forms := map[string]func(Held) ([]byte, error){
		"png": s.BadgePNG, "svg": s.BadgeSVG, "jwt": func(Held) ([]byte, error) { return []byte(want + "\n"), nil },
	}
	for name, form := range forms {
		file, err := form(issued())
		must(t, err)
		got, err := Unbake(file)
		if err != nil || got != want {
			t.Errorf("Unbake(%s) = %.20q, %v, want the badge", name, got, err)
		}
	}
}

// TestPictures: what carries the badge is still a picture.
func TestPictures(t *testing.T) {
	t.Parallel()
	s := newBook().service()
	raw, err := s.BadgePNG(issued())
	must(t, err)
	drawn, err := png.Decode(bytes.NewReader(raw))
	must(t, err)
	for _, at := range []struct{ x, y, red int }{{200, 20, 0x00}, {188, 210, 0xff}, {200, 55, 0xe4}} {
		r, _, _, alpha := drawn.At(at.x, at.y).RGBA()
		if int(r>>8) != at.red || alpha != 0xffff {
			t.Errorf("the picture at %d, %d has red %#x, alpha %#x, want %#x", at.x, at.y, r>>8, alpha, at.red)
		}
	}
	h := issued()
	h.Award.Title = `Law & "order" <1>`
	if raw, err = s.BadgeSVG(h); err == nil {
		decoder := xml.NewDecoder(bytes.NewReader(raw))
		for err == nil {
			_, err = decoder.Token()
		}
	}
	if !errors.Is(err, io.EOF) {
		t.Errorf("the SVG is no XML: %v", err)
	}
}

// FuzzUnbake: whatever the file, it ends in a badge or in ErrNotABadge.
func FuzzUnbake(f *testing.F) {
	s := newBook().service()
	signed, err := s.Badge(issued())
	must(f, err)
	small := bakePNG([]byte(pngHeader+"\x00\x00\x00\x0dIHDR"+strings.Repeat("\x00", 17)), signed)
	for _, raw := range [][]byte{small, small[:len(small)/2], []byte(bakeSVG("<svg></svg>", signed)), []byte(signed)} {
		f.Add(raw)
	}
	f.Add([]byte("a.b.c"))
	f.Add([]byte(pngHeader + "\xff\xff\xff\xffiTXt"))
	f.Fuzz(func(t *testing.T, file []byte) {
		badge, err := Unbake(file)
		if err != nil && !errors.Is(err, ErrNotABadge) {
			t.Errorf("Unbake = %v", err)
		}
		if _, err := Check(badge, KeySet{Keys: []Key{s.Signer.Key()}}, today); err == nil && !bytes.Contains(file, []byte(badge)) {
			t.Error("a badge holds that is not in the file")
		}
	})
}
