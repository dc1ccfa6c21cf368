package document

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"context"
	"encoding/ascii85"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Limits of a PDF. Its parts say how large they are; none is believed.
const (
	maxObjects  = 200_000
	maxObject   = 256 << 10 // bytes of one that is not a stream
	maxStream   = 3 << 20   // bytes of one stream, unpacked; the rest of it is not read
	maxUnpacked = 48 << 20  // bytes of all, on the way to their text too
	maxPlain    = 96 << 20  // bytes of the new file
	maxEndless  = 200       // parts without an end, each of which is looked for in vain
)

var (
	pdfRoot      = regexp.MustCompile(`^/Root[\s\x00]{1,100}(\d{1,7}[\s\x00]{1,100}\d{1,5}[\s\x00]{1,100}R)`)
	pdfEncrypted = regexp.MustCompile(`/Encrypt[\s\x00]*(?:\d+[\s\x00]+\d+[\s\x00]+R|<<)`)
	pdfCatalog   = regexp.MustCompile(`/Type[\s\x00]*/Catalog\b`)
	pdfLength    = regexp.MustCompile(`/Length[\s\x00]+(\d{1,8})[\s\x00]*(?:/|>>)`)
	pdfFilter    = regexp.MustCompile(`/Filter[\s\x00]*(\[[^\]]{0,200}\]|/[A-Za-z0-9]+)`)
	pdfName      = regexp.MustCompile(`/[A-Za-z0-9]+`)
	pdfPredictor = regexp.MustCompile(`/Predictor[\s\x00]+(?:[2-9]|1\d)`)
	pdfPacked    = regexp.MustCompile(`/Type[\s\x00]*/ObjStm\b`)
	pdfPackedN   = regexp.MustCompile(`/N[\s\x00]+(\d{1,6})\b`)
	pdfFirst     = regexp.MustCompile(`/First[\s\x00]+(\d{1,8})\b`)
	// pdfUnread are streams without text: pictures, fonts, profiles, metadata.
	pdfUnread = regexp.MustCompile(`/Subtype[\s\x00]*/(?:Image|Type1C|CIDFontType0C|OpenType|XML)\b|/Type[\s\x00]*/(?:XRef|Metadata|EmbeddedFile)\b|/Length1\b|/Alternate\b`)
)

// plainPDF writes the objects of a PDF into a new one in which nothing is
// packed and every object is where the table says. Files whose tables are broken
// can be read so, and a small file cannot unpack to a huge one, or make the
// parser believe in a billion objects.
func plainPDF(ctx context.Context, file []byte) ([]byte, error) {
	if !bytes.Contains(file[:min(len(file), 1024)], []byte("%PDF-")) {
		return nil, refused("This is not a PDF.")
	}
	if pdfEncrypted.Match(file) {
		return nil, refused("The PDF is protected. Save it without protection, or print it into a new PDF.")
	}
	w := &plainWriter{ctx: ctx, at: map[int]place{}}
	w.out.WriteString("%PDF-1.4\n")
	if err := w.objects(file); err != nil {
		return nil, err
	}
	w.root = cmp.Or(lastRoot(file), w.root)
	if w.root == "" {
		return nil, refused("The PDF is broken: it has no catalogue of its pages.")
	}
	w.table()
	return w.out.Bytes(), nil
}

// lastRoot finds the last reference to a catalogue, "" where there is none.
func lastRoot(file []byte) string {
	const tries = 100
	end := len(file)
	for range tries {
		if end = bytes.LastIndex(file[:end], []byte("/Root")); end < 0 {
			return ""
		}
		if m := pdfRoot.FindSubmatch(file[end:]); m != nil {
			return string(m[1])
		}
	}
	return ""
}

// plainWriter writes objects and remembers where each is.
type plainWriter struct {
	ctx      context.Context
	out      bytes.Buffer
	at       map[int]place // by number; the last one of a number counts
	root     string
	parts    int // objects that were met, one of a number again too
	endless  int
	unpacked int
}

// another counts one more object, and says whether it is too much by now.
func (w *plainWriter) another() error {
	w.parts++
	switch {
	case w.parts > maxObjects:
		return refused("The PDF has more than 200,000 parts.")
	case w.out.Len() > maxPlain:
		return refused("The PDF unpacks to more than 96 MB. Split it.")
	case w.endless > maxEndless:
		return refused("The PDF is broken: its parts do not end.")
	}
	if err := w.ctx.Err(); err != nil {
		return tooSlow(err)
	}
	return nil
}

type place struct{ offset, generation int }

// objects copies all objects of a file in their order.
func (w *plainWriter) objects(file []byte) error {
	for pos := 0; ; {
		next := bytes.Index(file[pos:], []byte("obj"))
		if next < 0 {
			return nil
		}
		number, generation, ok := objectName(file[pos : pos+next])
		if pos += next + len("obj"); !ok {
			continue
		}
		if err := w.another(); err != nil {
			return err
		}
		used, err := w.object(number, generation, file[pos:])
		if err != nil {
			return err
		}
		pos += used
	}
}

// objectName reads the number and the generation that a text ends with, each with
// space after it.
func objectName(text []byte) (number, generation int, ok bool) {
	rest, generation, ok := lastNumber(text, 5)
	if !ok {
		return 0, 0, false
	}
	_, number, ok = lastNumber(rest, 7)
	return number, generation, ok
}

// lastNumber reads a number of at most some digits that a text ends with, with
// space after it, and gives what is before it.
func lastNumber(text []byte, most int) (before []byte, number int, ok bool) {
	digits := bytes.TrimRight(text, pdfSpace)
	start := len(digits)
	for start > 0 && len(digits)-start <= most && digits[start-1] >= '0' && digits[start-1] <= '9' {
		start--
	}
	number, err := strconv.Atoi(string(digits[start:]))
	return digits[:start], number, err == nil && len(digits) < len(text) && len(digits)-start <= most
}

// object copies one object and says how many bytes it took in the file.
func (w *plainWriter) object(number, generation int, body []byte) (used int, err error) {
	start := skipSpace(body, 0)
	end := dictionaryEnd(body, start)
	if end == 0 {
		if bytes.HasPrefix(body[start:], []byte("<<")) {
			w.endless++
		}
		if end = bytes.Index(body, []byte("endobj")); end < 0 {
			return len(body), nil
		}
		w.write(number, generation, body[:end])
		return end, nil
	}
	dictionary := body[start:end]
	at := skipSpace(body, end)
	if !bytes.HasPrefix(body[at:], []byte("stream")) {
		if pdfCatalog.Match(dictionary) {
			w.root = fmt.Sprintf("%d %d R", number, generation)
		}
		w.write(number, generation, dictionary)
		return end, nil
	}
	at += len("stream")
	if at < len(body) && body[at] == '\r' {
		at++
	}
	if at < len(body) && body[at] == '\n' {
		at++
	}
	packed := body[at:streamEnd(dictionary, body, at)]
	return at + len(packed), w.stream(number, generation, dictionary, packed)
}

// stream copies a stream unpacked. A stream of objects becomes its objects; one
// that cannot be unpacked, or holds no text, is left empty.
func (w *plainWriter) stream(number, generation int, dictionary, packed []byte) error {
	if pdfUnread.Match(dictionary) || len(dictionary) > maxObject {
		packed = nil
	}
	data, work := unpack(dictionary, packed)
	if w.unpacked += work; w.unpacked > maxUnpacked {
		return refused("The PDF unpacks to more than 48 MB of text and drawings. Split it.")
	}
	if pdfPacked.Match(dictionary) {
		return w.packedObjects(dictionary, data)
	}
	if endsInHex(data) {
		data = append(slices.Clip(data), "\n<>"...) // an empty string, or an end to the other by an error
	}
	w.write(number, generation, slices.Concat(
		bytes.TrimSuffix(dictionary, []byte(">>")),
		fmt.Appendf(nil, " /Filter null /DecodeParms null /Length %d >>\nstream\n", len(data)), data, []byte("\nendstream")))
	return nil
}

// endsInHex says whether a stream may end within a string of hexadecimal digits,
// which the parser would look for the end of for ever.
func endsInHex(data []byte) bool {
	return bytes.LastIndexByte(data, '<') > bytes.LastIndexByte(data, '>')
}

// packedObjects copies the objects of a stream of objects: pairs of number and
// offset, then the objects.
func (w *plainWriter) packedObjects(dictionary, data []byte) error {
	n, first := number(pdfPackedN, dictionary), number(pdfFirst, dictionary)
	if first <= 0 || first > len(data) {
		return nil
	}
	header := bytes.Fields(data[:first])
	n = min(n, len(header)/2)
	offset := func(i int) int {
		if i == n {
			return len(data)
		}
		at, err := strconv.Atoi(string(header[2*i+1]))
		if err != nil || at < 0 || first+at > len(data) {
			return -1
		}
		return first + at
	}
	for i := range n {
		if err := w.another(); err != nil {
			return err
		}
		id, err := strconv.Atoi(string(header[2*i]))
		from, to := offset(i), offset(i+1)
		if err != nil || from < 0 || to < from || to-from > maxObject {
			continue
		}
		if pdfCatalog.Match(data[from:to]) {
			w.root = fmt.Sprintf("%d 0 R", id)
		}
		w.write(id, 0, data[from:to])
	}
	return nil
}

func number(pattern *regexp.Regexp, dictionary []byte) int {
	m := pattern.FindSubmatch(dictionary)
	if m == nil {
		return -1
	}
	n, _ := strconv.Atoi(string(m[1]))
	return n
}

func (w *plainWriter) write(number, generation int, body []byte) {
	if number > maxObjects || len(body) > maxObject && !bytes.HasSuffix(body, []byte("endstream")) {
		return
	}
	w.at[number] = place{w.out.Len(), generation}
	fmt.Fprintf(&w.out, "%d %d obj\n", number, generation)
	w.out.Write(body)
	w.out.WriteString("\nendobj\n")
}

// table ends the file with the table of its objects.
func (w *plainWriter) table() {
	last := 0
	for number := range w.at {
		last = max(last, number)
	}
	start := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n", last+1)
	for number := range last + 1 {
		if p, ok := w.at[number]; ok && number > 0 {
			fmt.Fprintf(&w.out, "%010d %05d n \n", p.offset, p.generation)
		} else {
			w.out.WriteString("0000000000 65535 f \n")
		}
	}
	fmt.Fprintf(&w.out, "trailer\n<< /Size %d /Root %s >>\nstartxref\n%d\n%%%%EOF\n", last+1, w.root, start)
}

// unpack undoes the filters of a stream; nil where one is not for text. work is how
// many bytes came out of any of them.
func unpack(dictionary, data []byte) (plain []byte, work int) {
	var filters []string
	if m := pdfFilter.FindSubmatch(dictionary); m != nil {
		for _, name := range pdfName.FindAll(m[1], 4) {
			filters = append(filters, string(name))
		}
	} else if bytes.Contains(dictionary, []byte("/Filter")) {
		return nil, 0
	}
	if pdfPredictor.Match(dictionary) {
		return nil, 0
	}
	for _, filter := range filters {
		var r io.Reader
		switch filter {
		case "/FlateDecode", "/Fl":
			z, err := zlib.NewReader(bytes.NewReader(data))
			if err != nil {
				return nil, work
			}
			r = z
		case "/ASCII85Decode", "/A85":
			data, _, _ = bytes.Cut(data, []byte("~"))
			r = ascii85.NewDecoder(bytes.NewReader(data))
		default:
			return nil, work
		}
		data, _ = io.ReadAll(io.LimitReader(r, maxStream)) // what comes before a fault is used
		work += len(data)
	}
	plain = data[:min(len(data), maxStream)]
	return plain, max(work, len(plain))
}

// streamEnd finds where the data of a stream end that start at.
func streamEnd(dictionary, body []byte, at int) int {
	if end := at + number(pdfLength, dictionary); end >= at && end <= len(body) {
		if bytes.HasPrefix(body[skipSpace(body, end):], []byte("endstream")) {
			return end
		}
	}
	if length := bytes.Index(body[at:], []byte("endstream")); length >= 0 {
		return at + length
	}
	return len(body)
}

// pdfSpace is what parts the words of a file.
const pdfSpace = "\x00\t\n\f\r "

func skipSpace(data []byte, at int) int {
	for at < len(data) && strings.IndexByte(pdfSpace, data[at]) >= 0 {
		at++
	}
	return at
}

// dictionaryEnd gives the place after the dictionary that starts at a place, 0
// where none does or it does not end.
func dictionaryEnd(data []byte, start int) int {
	if !bytes.HasPrefix(data[min(start, len(data)):], []byte("<<")) {
		return 0
	}
	depth := 0
	data = data[:min(len(data), start+maxObject)]
	for at := start; at < len(data); at++ {
		switch data[at] {
		case '(':
			at = stringEnd(data, at)
		case '%':
			for at < len(data) && data[at] != '\n' && data[at] != '\r' {
				at++
			}
		case '<':
			if at+1 < len(data) && data[at+1] == '<' {
				depth++
				at++
			}
		case '>':
			if at+1 < len(data) && data[at+1] == '>' {
				at++
				if depth--; depth == 0 {
					return at + 1
				}
			}
		}
	}
	return 0
}

// stringEnd gives the place of the bracket that closes a string.
func stringEnd(data []byte, at int) int {
	depth := 0
	for ; at < len(data); at++ {
		switch data[at] {
		case '\\':
			at++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return at
			}
		}
	}
	return at
}
