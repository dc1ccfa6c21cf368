package gift

import (
	"iter"
	"regexp"
	"strings"
	"unicode"

	"muster/internal/interchange"
)

// block is the lines of a question without its comments.
type block struct {
	text    string
	lines   []int  // of the file, of each line of text
	comment string // the comments, one a line
	long    bool   // there is more of it than is kept
}

// line gives the line of the file on which a byte of the text stands.
func (b block) line(at int) int { return b.lines[strings.Count(b.text[:at], "\n")] }

// blocksOf gives the blocks of a file, each up to an empty line. Those that hold
// comments alone are passed over. Of a block that is longer than most bytes, or
// whose comments are, the rest is not kept.
func blocksOf(text string, most int) iter.Seq[block] {
	return func(yield func(block) bool) {
		var b block
		var kept, comments []string
		number, size, said := 0, 0, 0
		flush := func() bool {
			done := b
			done.text, done.comment = strings.Join(kept, "\n"), strings.Join(comments, "\n")
			b, kept, comments, size, said = block{}, nil, nil, 0, 0
			return strings.TrimSpace(done.text) == "" || yield(done)
		}
		for line := range strings.SplitSeq(text, "\n") {
			number++
			trimmed := strings.TrimSpace(line)
			switch {
			case trimmed == "":
				if !flush() {
					return
				}
			case strings.HasPrefix(trimmed, "//"):
				if said += len(trimmed) + 1; said > most {
					b.long = true
				} else {
					comments = append(comments, trimmed)
				}
			default:
				if size += len(line) + 1; size > most+1 {
					b.long = true
					line = strings.ToValidUTF8(line[:min(len(line), most)], "")
				}
				if !b.long || len(kept) == 0 {
					kept, b.lines = append(kept, line), append(b.lines, number)
				}
			}
		}
		flush()
	}
}

var (
	idInComment  = regexp.MustCompile(`\[id:((?:\\\]|[^\]\n])+)\]`)
	tagInComment = regexp.MustCompile(`\[tag:((?:\\\]|[^\]\n])+)\]`)
)

// named gives the id and the tags that the comments hold.
func (b block) named() (id string, tags []string) {
	plain := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, `\]`, `]`)) }
	if found := idInComment.FindStringSubmatch(b.comment); found != nil {
		id = plain(found[1])
	}
	for _, found := range tagInComment.FindAllStringSubmatch(b.comment, interchange.MaxParts+1) {
		if tag := plain(found[1]); tag != "" {
			tags = append(tags, tag)
		}
	}
	return id, tags
}

const categoryMark = "$CATEGORY:"

// category reads the line that says where the questions after it belong, and
// gives what stands below it in the same block.
func (b block) category() (names []string, rest block, ok bool) {
	first, below, _ := strings.Cut(b.text, "\n")
	path, ok := strings.CutPrefix(strings.TrimSpace(first), categoryMark)
	if !ok {
		return nil, b, false
	}
	rest = block{text: below, lines: b.lines[1:], comment: b.comment, long: b.long}
	return interchange.Categories(path), rest, true
}

// span is a piece of a block's text.
type span struct {
	text string
	at   int // byte of the block's text where it begins
}

// trimmed takes the spaces from both ends.
func (s span) trimmed() span {
	left := strings.TrimLeftFunc(s.text, unicode.IsSpace)
	return span{strings.TrimRightFunc(left, unicode.IsSpace), s.at + len(s.text) - len(left)}
}

// cut parts a span at its n-th byte and leaves out width bytes there.
func (s span) cut(n, width int) (before, after span) {
	return span{s.text[:n], s.at}, span{s.text[n+width:], s.at + n + width}
}

// escapable are the signs that a backslash takes the meaning from.
const escapable = `\~=#{}:n`

// index finds the first sign that is not escaped, -1 where there is none.
func index(text, sign string) int {
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && strings.IndexByte(escapable, text[i+1]) >= 0 {
			i++
			continue
		}
		if strings.HasPrefix(text[i:], sign) {
			return i
		}
	}
	return -1
}

// split parts a span before every sign that is not escaped; each part but the
// first begins with its sign.
func (s span) split(signs string) []span {
	var parts []span
	from := 0
	for i := 0; i < len(s.text); i++ {
		if s.text[i] == '\\' && i+1 < len(s.text) && strings.IndexByte(escapable, s.text[i+1]) >= 0 {
			i++
			continue
		}
		if strings.IndexByte(signs, s.text[i]) >= 0 {
			parts = append(parts, span{s.text[from:i], s.at + from})
			from = i
		}
	}
	return append(parts, span{s.text[from:], s.at + from})
}

var unescaper = strings.NewReplacer(`\\`, `\`, `\~`, `~`, `\=`, `=`, `\#`, `#`, `\{`, `{`, `\}`, `}`, `\:`, `:`, `\n`, "\n")

func unescape(text string) string { return unescaper.Replace(text) }

var escaper = strings.NewReplacer(`\`, `\\`, `~`, `\~`, `=`, `\=`, `#`, `\#`, `{`, `\{`, `}`, `\}`, `:`, `\:`, "\n", `\n`)

func escape(text string) string { return escaper.Replace(text) }
