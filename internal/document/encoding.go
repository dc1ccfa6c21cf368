package document

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decode brings the bytes of a text file to UTF-8: by its byte order mark, as
// UTF-8 where it is valid, as UTF-16 where every other byte is zero, else as
// windows-1252, which every sequence of bytes is, and so a guess.
func decode(file []byte, b *builder) (string, error) {
	switch {
	case bytes.HasPrefix(file, []byte("\xef\xbb\xbf")):
		file = file[3:]
	case bytes.HasPrefix(file, []byte("\xff\xfe")):
		return fromUTF16(file[2:], binary.LittleEndian)
	case bytes.HasPrefix(file, []byte("\xfe\xff")):
		return fromUTF16(file[2:], binary.BigEndian)
	}
	if order := orderOf(file); order != nil {
		b.say(Encoding, "", "The file does not say how its characters are written; it was read as UTF-16.")
		return fromUTF16(file, order)
	}
	if len(file) > maxText {
		return "", tooMuchText()
	}
	if utf8.Valid(file) {
		return string(file), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(file)
	if err != nil {
		return "", refused("The characters of the file cannot be read. Save it as UTF-8.")
	}
	b.say(Encoding, sampleAround(string(text)), "The file is not in UTF-8; it was read as windows-1252. Look at letters with accents.")
	return string(text), nil
}

func tooMuchText() error {
	return refused("The document has more than 4 MB of text. Split it into several.")
}

// orderOf finds the byte order of UTF-16 without a mark: most texts have a zero
// in every other byte. nil where it is not UTF-16.
func orderOf(file []byte) binary.ByteOrder {
	head := file[:min(len(file), 1<<10)&^1]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch half := len(head) / 2; {
	case half == 0:
		return nil
	case zeros[1] > half*6/10 && zeros[0] < half/10:
		return binary.LittleEndian
	case zeros[0] > half*6/10 && zeros[1] < half/10:
		return binary.BigEndian
	}
	return nil
}

func fromUTF16(file []byte, order binary.ByteOrder) (string, error) {
	if len(file) > 2*maxText {
		return "", tooMuchText()
	}
	units := make([]uint16, len(file)/2)
	for i := range units {
		units[i] = order.Uint16(file[2*i:])
	}
	return string(utf16.Decode(units)), nil
}

// sampleAround quotes what stands around the first letter beyond ASCII.
func sampleAround(text string) string {
	runes := []rune(text)
	for i, r := range runes {
		if r >= utf8.RuneSelf {
			return clean(string(runes[max(0, i-40):min(len(runes), i+40)]))
		}
	}
	return ""
}
