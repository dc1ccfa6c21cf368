package interchange

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"iter"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// maxText is how long a text may be in UTF-8: a little longer than a file, some of
// whose letters may be shorter there.
const maxText = 24 << 20

// Text brings a text file to UTF-8 with composed letters and \n at the ends of
// its lines: by its byte order mark, as UTF-8 where it is valid, else as
// windows-1252, which is a guess and found. Characters that cannot be shown are
// left out, and found. Invalid for what is no text, or too long.
func Text(file []byte, f *Findings) (string, error) {
	letters, err := lettersOf(file, f)
	switch {
	case err != nil:
		return "", err
	case letters == nil:
		return string(bytes.TrimPrefix(file, mark8)), nil
	}
	out := &bounded{most: maxText}
	out.text.Grow(len(file))
	composed := norm.NFC.Writer(out)
	in := bufio.NewWriterSize(composed, 64<<10)
	gone, before := 0, rune(0)
	for r := range letters {
		switch {
		case r == '\r':
			_, err = in.WriteRune('\n')
		case r == '\n' && before == '\r':
		case Showable(r):
			_, err = in.WriteRune(r)
		default:
			gone++
		}
		if before = r; err != nil {
			break
		}
	}
	if errors.Join(in.Flush(), composed.Close()) != nil {
		return "", Refused("The file has more than %d MB of text. Split it into several files.", maxText>>20)
	}
	if gone > 0 {
		f.Warnf(0, "", "%d characters that cannot be shown were left out.", gone)
	}
	return out.text.String(), nil
}

// bounded keeps a text, so long as it is not too long.
type bounded struct {
	text strings.Builder
	most int
}

var errLong = errors.New("the text is too long")

// Write adds to the text.
func (b *bounded) Write(p []byte) (int, error) {
	if b.text.Len()+len(p) > b.most {
		return 0, errLong
	}
	return b.text.Write(p)
}

// mark8 is the byte order mark of UTF-8.
var mark8 = []byte("\xef\xbb\xbf")

// lettersOf gives the letters of a file one by one; nil where it is UTF-8 as it
// has to be.
func lettersOf(file []byte, f *Findings) (iter.Seq[rune], error) {
	file = bytes.TrimPrefix(file, mark8)
	switch {
	case bytes.HasPrefix(file, []byte("\xff\xfe")):
		return utf16Letters(file[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(file, []byte("\xfe\xff")):
		return utf16Letters(file[2:], binary.BigEndian), nil
	case bytes.IndexByte(file, 0) >= 0:
		return nil, Refused("This is not a text file.")
	case !utf8.Valid(file):
		f.Warnf(0, "", "The file is not in UTF-8; it was read as windows-1252. Look at letters with accents.")
		return func(yield func(rune) bool) {
			for _, c := range file {
				if !yield(charmap.Windows1252.DecodeByte(c)) {
					return
				}
			}
		}, nil
	case bytes.IndexFunc(file, func(r rune) bool { return !Showable(r) }) < 0 && norm.NFC.IsNormal(file):
		return nil, nil
	}
	return func(yield func(rune) bool) {
		for len(file) > 0 {
			r, n := utf8.DecodeRune(file)
			if file = file[n:]; !yield(r) {
				return
			}
		}
	}, nil
}

func utf16Letters(file []byte, order binary.ByteOrder) iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for len(file) > 1 {
			r := rune(order.Uint16(file))
			file = file[2:]
			if utf16.IsSurrogate(r) {
				second := rune(0)
				if len(file) > 1 {
					second = rune(order.Uint16(file))
				}
				if r = utf16.DecodeRune(r, second); r != utf8.RuneError {
					file = file[2:]
				}
			}
			if !yield(r) {
				return
			}
		}
	}
}

// Showable says whether a character may stand in a text: control characters but
// tab and line feed may not, nor those that turn round the direction of what
// follows, nor a byte order mark.
func Showable(r rune) bool {
	switch {
	case r == '\t', r == '\n':
		return true
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
		return false
	}
	return !unicode.IsControl(r)
}
