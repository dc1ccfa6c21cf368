package credential

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"hash/crc32"
	"strings"
)

// How Open Badges 3.0 puts a badge into a picture.
const (
	pngKeyword = "openbadgecredential"
	svgSpace   = "https://purl.imsglobal.org/ob/v3p0"
	pngHeader  = "\x89PNG\r\n\x1a\n"
)

// headEnd is where the first chunk of a PNG, the image header, ends.
const headEnd = len(pngHeader) + 4 + 4 + 13 + 4

// bakePNG puts a badge into a PNG, as international text without compression.
func bakePNG(picture []byte, badge string) []byte {
	var chunk bytes.Buffer
	chunk.WriteString("iTXt" + pngKeyword + "\x00\x00\x00\x00\x00" + badge)
	var baked bytes.Buffer
	baked.Write(picture[:headEnd])
	baked.Write(binary.BigEndian.AppendUint32(nil, uint32(chunk.Len()-4)))
	baked.Write(chunk.Bytes())
	baked.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(chunk.Bytes())))
	baked.Write(picture[headEnd:])
	return baked.Bytes()
}

// bakeSVG puts a badge into an SVG, directly after its opening tag.
func bakeSVG(picture, badge string) string {
	at := strings.Index(picture, "<svg") + len("<svg")
	end := at + strings.Index(picture[at:], ">") + 1
	return picture[:at] + ` xmlns:openbadges="` + svgSpace + `"` + picture[at:end] +
		`<openbadges:credential verify="` + badge + `"></openbadges:credential>` + picture[end:]
}

// Unbake finds the signed badge in a file: a PNG, an SVG or the badge itself.
// It answers ErrNotABadge where there is none.
func Unbake(file []byte) (string, error) {
	switch trimmed := bytes.TrimSpace(file); {
	case bytes.HasPrefix(file, []byte(pngHeader)):
		return unbakePNG(file[len(pngHeader):])
	case bytes.HasPrefix(trimmed, []byte("<")):
		return unbakeSVG(trimmed)
	case len(bytes.Split(trimmed, []byte("."))) == 3:
		return string(trimmed), nil
	}
	return "", ErrNotABadge
}

func unbakePNG(chunks []byte) (string, error) {
	for len(chunks) >= 12 {
		length := binary.BigEndian.Uint32(chunks)
		if uint64(length)+12 > uint64(len(chunks)) {
			break
		}
		body := chunks[8 : 8+length]
		if text, ok := bytes.CutPrefix(body, []byte(pngKeyword+"\x00\x00\x00")); ok && string(chunks[4:8]) == "iTXt" {
			if parts := bytes.SplitN(text, []byte{0}, 3); len(parts) == 3 { // language, keyword, text
				return string(parts[2]), nil
			}
		}
		chunks = chunks[12+length:]
	}
	return "", ErrNotABadge
}

func unbakeSVG(file []byte) (string, error) {
	decoder := xml.NewDecoder(bytes.NewReader(file))
	for {
		token, err := decoder.Token()
		if err != nil {
			return "", ErrNotABadge // the end, or no XML
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Space != svgSpace || start.Name.Local != "credential" {
			continue
		}
		for _, attribute := range start.Attr {
			if attribute.Name.Local == "verify" {
				return attribute.Value, nil
			}
		}
	}
}
