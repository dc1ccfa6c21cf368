package interchange

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Text brings a text file to UTF-8 with composed letters and \n at the ends of
// its lines: by its byte order mark, as UTF-8 where it is valid, else as
// windows-1252, which is a guess and found. Characters that cannot be shown are
// left out, and found. Invalid for what is no text.
func Text(file []byte, f *Findings) (string, error) {
	text, err := decoded(file, f)
	if err != nil {
		return "", err
	}
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return norm.NFC.String(shown(text, f)), nil
}

func decoded(file []byte, f *Findings) (string, error) {
	switch {
	case bytes.HasPrefix(file, []byte("\xef\xbb\xbf")):
		file = file[3:]
	case bytes.HasPrefix(file, []byte("\xff\xfe")):
		return fromUTF16(file[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(file, []byte("\xfe\xff")):
		return fromUTF16(file[2:], binary.BigEndian), nil
	}
	if bytes.IndexByte(file, 0) >= 0 {
		return "", Refused("This is not a text file.")
	}
	if utf8.Valid(file) {
		return string(file), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(file)
	if err != nil {
		return "", Refused("The characters of the file cannot be read. Save it as UTF-8.")
	}
	f.Warnf(0, "", "The file is not in UTF-8; it was read as windows-1252. Look at letters with accents.")
	return string(text), nil
}

func fromUTF16(file []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(file)/2)
	for i := range units {
		units[i] = order.Uint16(file[2*i:])
	}
	return string(utf16.Decode(units))
}

// shown leaves out what cannot be shown, and what turns round the direction of
// all that follows.
func shown(text string, f *Findings) string {
	gone := 0
	text = strings.Map(func(r rune) rune {
		if Showable(r) {
			return r
		}
		gone++
		return -1
	}, text)
	if gone > 0 {
		f.Warnf(0, "", "%d characters that cannot be shown were left out.", gone)
	}
	return text
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
