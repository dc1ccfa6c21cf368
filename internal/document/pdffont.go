package document

import (
	"bytes"
	"encoding/hex"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
)

// pdfFont says what the codes of a font stand for and how wide they are.
type pdfFont struct {
	bytes  int               // of a code: 1, or 2 in composite fonts
	chars  map[string]string // what ToUnicode says
	differ pdf.TextEncoding  // named glyphs, nil where there are none
	table  *charmap.Charmap  // of simple fonts
	utf16  bool              // codes are UTF-16
	bold   bool
	widths map[int]float64 // thousandths of the size
	usual  float64         // width of codes that have none
}

// newPDFFont reads a font. Codes of a composite font without ToUnicode cannot be
// told; they become U+FFFD.
func newPDFFont(v pdf.Value) *pdfFont {
	f := &pdfFont{bytes: 1, usual: 500, widths: map[int]float64{}, table: charmap.Windows1252}
	name := strings.ToLower(v.Key("BaseFont").Name())
	f.bold = strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy")
	if to := v.Key("ToUnicode"); to.Kind() == pdf.Stream {
		f.chars = readCMap(to)
	}
	encoding := v.Key("Encoding")
	if v.Key("Subtype").Name() == "Type0" {
		f.bytes, f.table, f.usual = 2, nil, 1000
		f.utf16 = strings.Contains(encoding.Name(), "UCS2") || strings.Contains(encoding.Name(), "UTF16")
		f.compositeWidths(v.Key("DescendantFonts").Index(0))
		return f
	}
	base := encoding.Name()
	if encoding.Kind() == pdf.Dict {
		base = encoding.Key("BaseEncoding").Name()
		font := pdf.Font{V: v}
		f.differ = font.Encoder()
	}
	if base == "MacRomanEncoding" {
		f.table = charmap.Macintosh
	}
	first, widths := int(v.Key("FirstChar").Int64()), v.Key("Widths")
	for i := range min(widths.Len(), 256) {
		f.widths[first+i] = widths.Index(i).Float64()
	}
	return f
}

// compositeWidths reads the widths of a composite font: "c [w w …]" or "c c w".
func (f *pdfFont) compositeWidths(v pdf.Value) {
	if usual := v.Key("DW"); usual.Kind() == pdf.Integer {
		f.usual = usual.Float64()
	}
	w := v.Key("W")
	codes := 0 // that were given a width, some again
	for i := 0; i+1 < w.Len() && codes < maxCMapChars; {
		first, next := int(w.Index(i).Int64()), w.Index(i+1)
		if next.Kind() == pdf.Array {
			codes += next.Len()
			for j := range next.Len() {
				f.widths[first+j] = next.Index(j).Float64()
			}
			i += 2
			continue
		}
		for code := max(first, 0); code <= int(next.Int64()) && code < 1<<16; code++ {
			f.widths[code] = w.Index(i + 2).Float64()
			codes++
		}
		i += 3
	}
}

// decode gives the text of a string and its width in thousandths of the size.
func (f *pdfFont) decode(raw string) (text string, width float64, codes int) {
	var out strings.Builder
	for ; len(raw) >= f.bytes; raw = raw[f.bytes:] {
		code, value := raw[:f.bytes], int(raw[0])
		if f.bytes == 2 {
			value = value<<8 | int(raw[1])
		}
		out.WriteString(f.char(code, value))
		w, known := f.widths[value]
		if !known {
			w = f.usual
		}
		width += w
		codes++
	}
	return out.String(), width, codes
}

func (f *pdfFont) char(code string, value int) string {
	if char, ok := f.chars[code]; ok {
		return char
	}
	if f.chars == nil {
		f.chars = map[string]string{}
	}
	char := "\ufffd"
	switch {
	case f.utf16:
		char = string(utf16.Decode([]uint16{uint16(value)}))
	case f.differ != nil:
		char = f.differ.Decode(code)
		if value < 0x80 && char == code || char == string(rune(value)) && f.table != nil && value >= 0x80 {
			char = string(f.table.DecodeByte(byte(value)))
		}
	case f.table != nil:
		char = string(f.table.DecodeByte(byte(value)))
	}
	f.chars[code] = char
	return char
}

// Limits of a table of characters.
const (
	maxCMap      = 1 << 20
	maxCMapChars = 1 << 16
	maxCharText  = 32 // bytes that one code stands for
)

var (
	cmapBlock = regexp.MustCompile(`(?s)begin(bfchar|bfrange)(.*?)endbf`)
	cmapToken = regexp.MustCompile(`<[0-9A-Fa-f\s]*>|\[|\]`)
)

// readCMap reads which text each code stands for: "<code> <text>", and
// "<first> <last> <text>" or "<first> <last> [<text> …]".
func readCMap(v pdf.Value) map[string]string {
	r := v.Reader()
	defer func() { _ = r.Close() }() // it was only read
	source, _ := io.ReadAll(io.LimitReader(r, maxCMap))
	m := charMap{chars: map[string]string{}}
	for _, block := range cmapBlock.FindAllSubmatch(source, -1) {
		tokens := cmapToken.FindAll(block[2], -1)
		if string(block[1]) == "bfchar" {
			for ; len(tokens) >= 2; tokens = tokens[2:] {
				m.add(unhex(tokens[0]), unhex(tokens[1]), 0)
			}
			continue
		}
		for len(tokens) >= 3 && m.codes < maxCMapChars {
			tokens = m.addRange(tokens)
		}
	}
	return m.chars
}

// charMap is which text each code stands for.
type charMap struct {
	chars map[string]string
	codes int // that were given, some again
}

// addRange adds the range that tokens start with, and gives those after it.
func (m *charMap) addRange(tokens [][]byte) [][]byte {
	first, last := unhex(tokens[0]), unhex(tokens[1])
	from, err1 := strconv.ParseUint(hex.EncodeToString(first), 16, 32)
	to, err2 := strconv.ParseUint(hex.EncodeToString(last), 16, 32)
	valid := err1 == nil && err2 == nil && to >= from && to-from < maxCMapChars
	code := func(i uint64) []byte {
		c := make([]byte, len(first))
		for at, rest := len(c)-1, from+i; at >= 0; at, rest = at-1, rest>>8 {
			c[at] = byte(rest)
		}
		return c
	}
	if tokens[2][0] != '[' {
		for i := uint64(0); valid && i <= to-from; i++ {
			m.add(code(i), unhex(tokens[2]), uint16(i))
		}
		return tokens[3:]
	}
	tokens = tokens[3:]
	for i := uint64(0); len(tokens) > 0 && tokens[0][0] != ']'; i++ {
		if valid && i <= to-from {
			m.add(code(i), unhex(tokens[0]), 0)
		}
		tokens = tokens[1:]
	}
	if len(tokens) > 0 {
		tokens = tokens[1:]
	}
	return tokens
}

// add keeps what a code stands for: UTF-16 whose last unit grows by step.
func (m *charMap) add(code, text []byte, step uint16) {
	if m.codes++; m.codes > maxCMapChars || len(text) > maxCharText || len(text) == 0 || len(code) == 0 {
		return
	}
	if len(text)%2 == 1 {
		text = append([]byte{0}, text...)
	}
	units := make([]uint16, len(text)/2)
	for i := range units {
		units[i] = uint16(text[2*i])<<8 | uint16(text[2*i+1])
	}
	units[len(units)-1] += step
	m.chars[string(code)] = string(utf16.Decode(units))
}

func unhex(token []byte) []byte {
	digits := bytes.Join(bytes.Fields(bytes.Trim(token, "<>[]")), nil)
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	out := make([]byte, hex.DecodedLen(len(digits)))
	if _, err := hex.Decode(out, digits); err != nil {
		return nil
	}
	return out
}
