// Package typeset lays names out for paper: it carries fonts, chooses one for
// each script, joins Arabic letters and puts text that is read to the left into
// the order in which it is seen. It knows nothing of what is printed.
package typeset

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/binary"
	"io"
	"sync"
)

//go:embed *.ttf.gz
var files embed.FS

// Face is a font.
type Face struct {
	Name string
	data func() []byte
	has  func() map[rune]bool
}

// Data is the font as TrueType; it must not be changed.
func (f Face) Data() []byte { return f.data() }

// Has says whether the face has a picture for a character.
func (f Face) Has(r rune) bool { return f.has()[r] }

// Regular and Bold write all text but names in other scripts.
var (
	Regular = face("NotoSans-Regular")
	Bold    = face("NotoSans-Bold")
)

// Names are the faces that names are written in, in the order in which they
// are tried.
var Names = []Face{Bold, face("NotoNaskhArabic-Bold"), face("NotoSansEthiopic-Bold"), face("NotoSansSC-Bold")}

// face names an embedded font; it is unpacked when it is first needed.
func face(name string) Face {
	data := sync.OnceValue(func() []byte { return unpack(name + ".ttf.gz") })
	return Face{name, data, sync.OnceValue(func() map[rune]bool { return coverage(data()) })}
}

func unpack(file string) []byte {
	packed, err := files.ReadFile(file)
	if err == nil {
		var reader *gzip.Reader
		if reader, err = gzip.NewReader(bytes.NewReader(packed)); err == nil {
			packed, err = io.ReadAll(reader)
		}
	}
	if err != nil {
		panic("typeset: " + err.Error()) // it is embedded, and a test unpacks it
	}
	return packed
}

// coverage reads which characters a font has, from the subtable of its cmap for
// the basic plane (OpenType, cmap format 4). The fonts are our own: what is not
// of this form has no characters.
func coverage(data []byte) map[rune]bool {
	covered := make(map[rune]bool)
	table := find(data, "cmap")
	if table == nil {
		return covered
	}
	for i := range int(u16(table, 2)) {
		sub := table[u32(table, 4+8*i+4):]
		if u16(sub, 0) != 4 {
			continue
		}
		segments := int(u16(sub, 6)) / 2
		ends, starts := sub[14:], sub[16+2*segments:]
		for s := range segments {
			for r := rune(u16(starts, 2*s)); r <= rune(u16(ends, 2*s)) && r != 0xffff; r++ {
				covered[r] = true
			}
		}
	}
	return covered
}

// find gives a table of a
func find(data []byte, tag string) []byte {
	for i := range int(u16(data, 4)) {
		if entry := data[12+16*i:]; string(entry[:4]) == tag {
			return data[u32(entry, 8):]
		}
	}
	return nil
}

func u16(b []byte, at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }

func u32(b []byte, at int) uint32 { return binary.BigEndian.Uint32(b[at:]) }
