package document

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is a line of a page.
type line struct {
	page             int
	x, end, y, size  float64
	text             string
	bold             bool
	margin, starting bool // in the top or bottom margin; the first of its column
}

// Limits of lines. A line that goes on without end is parted.
const (
	maxLine  = 4000 // bytes
	maxSizes = 50   // of headings
)

// linesOf puts the runs of a page into lines, in the order in which they are
// drawn: that is how columns are read.
func linesOf(p page) []line {
	var lines []line
	chars := 0 // of the open line, to know whether most of it is bold
	bold := 0
	for _, r := range p.runs {
		n := utf8.RuneCountInString(r.text)
		if len(lines) > 0 && lines[len(lines)-1].takes(r) {
			l := &lines[len(lines)-1]
			if r.x-l.end > l.size*spaceOf/1000 && !strings.HasSuffix(l.text, " ") {
				l.text += " "
			}
			if !isNoteMark(*l, r) {
				l.text += r.text
			}
			l.end, l.size = max(l.end, r.end), max(l.size, r.size)
		} else {
			lines = append(lines, line{page: p.number, x: r.x, end: r.end, y: r.y, size: r.size, text: r.text})
			chars, bold = 0, 0
		}
		if chars += n; r.bold {
			bold += n
		}
		lines[len(lines)-1].bold = bold*10 > chars*8
	}
	height := p.top - p.bottom
	kept := lines[:0]
	for _, l := range lines {
		if l.text = clean(l.text); l.text == "" {
			continue
		}
		l.margin = l.y > p.top-0.1*height || l.y < p.bottom+0.1*height
		l.starting = len(kept) == 0 || l.y > kept[len(kept)-1].y+l.size
		kept = append(kept, l)
	}
	return kept
}

// takes says whether a run goes on in a line: on its height, after its end.
func (l line) takes(r run) bool {
	size := max(l.size, r.size)
	return len(l.text) < maxLine && math.Abs(r.y-l.y) < 0.45*size && r.x > l.end-0.4*size && r.x-l.end < 12*size
}

// isNoteMark says whether a run is the raised number of a footnote.
func isNoteMark(l line, r run) bool {
	return r.size < 0.8*l.size && r.y > l.y+0.15*l.size && strings.Trim(strings.TrimSpace(r.text), "0123456789,*") == ""
}

var pageNumber = regexp.MustCompile(`^(?i:[-–—\s]*(?:page|p\.|seite|página)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|de|sur)\s*\d{1,4})?[-–—\s]*)$`)

// leader is a line of a table of contents: dots that lead to a page number.
var leader = regexp.MustCompile(`(?:[.:·_] ?){5,} ?(?:\d{1,4}|[ivxl]{1,6})$`)

// withoutMargins drops page numbers, what stands on the margin of many pages, and
// the lines of a table of contents.
func withoutMargins(pages [][]line, b *builder) []line {
	m := marginsOf(pages)
	var all []line
	dropped, contents := map[string]bool{}, 0
	for _, lines := range pages {
		for _, l := range lines {
			switch {
			case l.margin && (pageNumber.MatchString(l.text) || m.repeated(l)):
				dropped[digitsAside(l.text)] = true
			case leader.MatchString(l.text):
				contents++
			default:
				all = append(all, l)
			}
		}
	}
	delete(dropped, "#")
	if len(dropped) > 0 {
		b.say(Dropped, firstKey(dropped), "Lines on the margin of many pages were left out.")
	}
	if contents > 0 {
		b.say(Dropped, "", "The table of contents was left out.")
	}
	return all
}

// margins counts the pages on whose margin a text stands.
type margins struct {
	body  float64        // size of most text
	alike map[string]int // by text, digits aside
	same  map[string]int // by exact text
	often int
}

func marginsOf(pages [][]line) margins {
	m := margins{body: bodySize(slices.Concat(pages...)), alike: map[string]int{}, same: map[string]int{}, often: min(3, max(2, len(pages)))}
	if len(pages) <= 3 {
		m.often = 2
	}
	for _, lines := range pages {
		seen := map[string]bool{}
		for _, l := range lines {
			if key := digitsAside(l.text); l.margin && !seen[key] {
				seen[key] = true
				m.alike[key]++
				m.same[l.text]++
			}
		}
	}
	return m
}

// repeated says whether a line of the margin is a running header or footer. A
// larger one may be a heading that starts a page: it must be the very same.
func (m margins) repeated(l line) bool {
	if l.size < 1.14*m.body {
		return m.alike[digitsAside(l.text)] >= m.often
	}
	return m.same[l.text] >= 3
}

func firstKey(set map[string]bool) string {
	first := ""
	for key := range set {
		if first == "" || key < first {
			first = key
		}
	}
	return first
}

// digitsAside brings running headers that differ by the number of the page together.
func digitsAside(text string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return r
	}, text), func(r rune) bool { return r == ' ' }), " ")
}

// bodySize is the size in which most of the text is set.
func bodySize(lines []line) float64 {
	chars := map[float64]int{}
	for _, l := range lines {
		chars[half(l.size)] += len(l.text)
	}
	best, most := 0.0, 0
	for size, n := range chars {
		if n > most || n == most && size < best {
			best, most = size, n
		}
	}
	return best
}

// half rounds a size to half points.
func half(size float64) float64 { return math.Round(size*2) / 2 }

// usualGap is the distance of lines within paragraphs: the most frequent one.
func usualGap(lines []line, body float64) float64 {
	counts := map[float64]int{}
	for i := 1; i < len(lines); i++ {
		gap := half(lines[i-1].y - lines[i].y)
		if lines[i].page == lines[i-1].page && gap > 0 && gap < 3*body {
			counts[gap]++
		}
	}
	best, most := 1.2*body, 0
	for gap, n := range counts {
		if n > most || n == most && gap < best {
			best, most = gap, n
		}
	}
	return best
}

// headingSizes are the sizes of headings, the largest first.
func headingSizes(lines []line, body float64) []float64 {
	found := map[float64]bool{}
	for _, l := range lines {
		if size := half(l.size); size >= 1.14*body && looksLikeTitle(l.text) {
			found[size] = true
		}
	}
	sizes := slices.Sorted(maps.Keys(found))
	slices.Reverse(sizes)
	return sizes[:min(len(sizes), maxSizes)]
}

// looksLikeTitle says whether a line could be a heading at all.
func looksLikeTitle(text string) bool {
	return utf8.RuneCountInString(text) <= 160 && strings.ContainsFunc(text, unicode.IsLetter)
}
