package sheet

import "strings"

// scanner reads CSV row by row (RFC 4180). A quotation mark within a cell that
// does not begin with one is a sign like others. Rows are bounded, whatever a file
// holds; encoding/csv has no bound.
type scanner struct {
	text string // that is left
	line int    // on which it begins
	sign byte   // between cells
}

// next reads a row, up to one cell more than there may be columns. wrong says, in
// a sentence, why the row cannot be read; the next one can.
func (s *scanner) next() (line int, cells []string, wrong string) {
	line = s.line
	for {
		cell, end, problem := s.cell()
		if problem != "" && wrong == "" {
			wrong = problem
		}
		if len(cells) <= maxColumns {
			cells = append(cells, cell)
		}
		if end {
			return line, cells, wrong
		}
	}
}

// cell reads one cell and the sign or the end of line behind it.
func (s *scanner) cell() (cell string, end bool, wrong string) {
	if strings.HasPrefix(s.text, `"`) {
		cell, wrong = s.quoted()
	}
	i := strings.IndexAny(s.text, "\n"+string(s.sign))
	if i < 0 {
		i = len(s.text)
	}
	rest := s.text[:i]
	switch {
	case cell == "" && wrong == "":
		cell = rest
	case wrong == "" && strings.TrimSpace(rest) != "":
		wrong = "After the quotation mark that ends a cell stands something else. Within a cell it is written twice."
	}
	if end = i == len(s.text) || s.text[i] == '\n'; end {
		s.line++
	}
	s.text = s.text[min(i+1, len(s.text)):]
	return cell, end, wrong
}

// quoted reads a cell in quotation marks.
func (s *scanner) quoted() (cell, wrong string) {
	for from := 1; ; {
		i := strings.IndexByte(s.text[from:], '"')
		if i < 0 {
			s.line += strings.Count(s.text, "\n")
			s.text = ""
			return "", "A quotation mark that opens here is not closed; nothing after it can be read."
		}
		from += i + 1
		if strings.HasPrefix(s.text[from:], `"`) {
			from++
			continue
		}
		cell = strings.ReplaceAll(s.text[1:from-1], `""`, `"`)
		s.line += strings.Count(cell, "\n")
		s.text = s.text[from:]
		return cell, ""
	}
}
