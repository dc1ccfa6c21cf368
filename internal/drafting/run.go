package drafting

import (
	"regexp"
	"strings"

	"muster/internal/document"
)

var (
	marker         = regexp.MustCompile(`^(?:[•●▪◦*–-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+`)
	numbered       = regexp.MustCompile(`^\(?\d{1,2}[.)]\s+`)
	labelShape     = regexp.MustCompile(`^([^.:|]{2,60})(?:: | – | — |\. )(\S.*)$`)
	leadingHeading = regexp.MustCompile(`:$|\b(?:include|includes|are|involves?|requires?)$`)
	stepsCue       = regexp.MustCompile(`(?i)\b(?:steps?|stages|sequence|in order|in this order|phases|step by step)\b`)
)

// splitLabel takes "Term: explanation" apart.
func splitLabel(text string) (label, rest string, ok bool) {
	text = marker.ReplaceAllString(text, "")
	parts := labelShape.FindStringSubmatch(text)
	if parts == nil || len(words(parts[1])) > 7 || len(words(parts[2])) < 2 || strings.Contains(parts[1], ",") && len(words(parts[1])) > 5 {
		return "", text, false
	}
	return strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2]), true
}

// headingAbove is the heading of the last section, or of the one before where the
// reader took a lead or a link for a heading.
func headingAbove(sections []document.Section) string {
	own := sections[len(sections)-1].Heading
	if !strings.HasSuffix(own, ":") && !strings.HasPrefix(own, "See also") {
		return own
	}
	for i := len(sections) - 2; i >= 0; i-- {
		if h := sections[i].Heading; h != "" && !strings.HasSuffix(h, ":") && !strings.HasPrefix(h, "See also") {
			return h
		}
	}
	return own
}

// readRuns adds the runs of items and of rows of a section.
func (m *material) readRuns(index int, s document.Section, heading string) {
	for i := 0; i < len(s.Passages); {
		j := i
		for j < len(s.Passages) && s.Passages[j].Kind == s.Passages[i].Kind && sameTable(s.Passages[i], s.Passages[j]) {
			j++
		}
		if kind := s.Passages[i].Kind; (kind == document.Item || kind == document.Row) && j-i >= 2 {
			r := newRun(index, s, i, j)
			r.heading = heading
			m.runs = append(m.runs, r)
		}
		i = j
	}
}

func sameTable(a, b document.Passage) bool {
	if a.Kind != document.Row {
		return true
	}
	d := strings.Count(b.Text, document.CellMark) - strings.Count(a.Text, document.CellMark)
	return d == 0 || d == 1 // a header that has an empty first cell is one cell short
}

func newRun(index int, s document.Section, from, to int) run {
	r := run{section: index, heading: s.Heading, table: s.Passages[from].Kind == document.Row}
	for _, p := range s.Passages[from:to] {
		r.places = append(r.places, whole(index, p))
		r.rows = append(r.rows, padded(cells(p), r, s.Passages[to-1]))
		r.ordered = r.ordered || numbered.MatchString(p.Text)
	}
	if from > 0 && s.Passages[from-1].Kind == document.Paragraph {
		before := s.Passages[from-1]
		text := []rune(before.Text)
		if spans := sentences(text); len(spans) > 0 {
			last := spans[len(spans)-1]
			if said := string(text[last.start:last.end]); strings.HasSuffix(said, ":") {
				r.lead, r.leadAt = said, place{index, before.Number, last}
			}
		}
	}
	if r.lead == "" && from == 0 && leadingHeading.MatchString(s.Heading) { // a lead that the reader took for a heading
		r.lead, r.leadAt = strings.TrimRight(s.Heading, ": ")+":", r.places[0]
	}
	r.ordered = !r.table && (r.ordered && stepsCue.MatchString(r.lead+" "+r.heading) || stepsCue.MatchString(r.lead) || stepsCue.MatchString(r.heading))
	return r
}

// padded gives a header row the empty first cell that it has lost.
func padded(row []string, r run, last document.Passage) []string {
	if r.table && len(r.rows) == 0 && len(row) == strings.Count(last.Text, document.CellMark) {
		return append([]string{""}, row...)
	}
	return row
}

func cells(p document.Passage) []string {
	if p.Kind == document.Row {
		parts := strings.Split(p.Text, strings.TrimSpace(document.CellMark))
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		return parts
	}
	if label, rest, ok := splitLabel(p.Text); ok {
		return []string{label, rest}
	}
	return []string{strings.TrimRight(marker.ReplaceAllString(p.Text, ""), " .;,")}
}
