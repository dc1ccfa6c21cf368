package curriculum

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Level says how much a finding matters.
type Level string

// The levels. With an error the content must not be used; a warning says that
// it falls short of what the curriculum asks of itself.
const (
	LevelError   Level = "error"
	LevelWarning Level = "warning"
)

// Finding is something wrong with the content and the place where it is.
type Finding struct {
	File     string // path within the content folder
	Line     int    // from 1
	Severity Level
	Message  string
}

// String gives the finding in the form that editors jump to.
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Severity, f.Message)
}

// place is where something stands in the content.
type place struct {
	file string
	line int
}

// ledger collects findings, and where each named thing was defined.
type ledger struct {
	findings []Finding
	places   map[any]place // typed id, such as CorrectionID, to the place that defines it
}

func (l *ledger) add(p place, level Level, format string, args ...any) {
	l.findings = append(l.findings, Finding{
		File: p.file, Line: max(p.line, 1), Severity: level, Message: fmt.Sprintf(format, args...),
	})
}

func (l *ledger) errorf(p place, format string, args ...any) { l.add(p, LevelError, format, args...) }

func (l *ledger) warnf(p place, format string, args ...any) { l.add(p, LevelWarning, format, args...) }

// define notes where id stands, and reports it when it has been used before.
func (l *ledger) define(id any, p place) {
	if first, taken := l.places[id]; taken {
		l.errorf(p, "%v is defined twice, first at %s:%d", id, first.file, first.line)
		return
	}
	l.places[id] = p
}

func (l *ledger) defined(id any) bool {
	_, ok := l.places[id]
	return ok
}

// sorted gives the findings by file, line and text, each once.
func (l *ledger) sorted() []Finding {
	slices.SortFunc(l.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(l.findings)
}

// Report is the outcome of a check of a content folder.
type Report struct {
	Catalogue *Catalogue
	Findings  []Finding
}

// Count gives the number of findings of a level.
func (r Report) Count(level Level) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == level {
			n++
		}
	}
	return n
}

// WriteText writes one line for each finding and a last line with the counts.
func (r Report) WriteText(w io.Writer) error {
	for _, f := range r.Findings {
		if _, err := fmt.Fprintln(w, f); err != nil {
			return fmt.Errorf("write report: %w", err)
		}
	}
	lessons := 0
	for _, m := range r.Catalogue.Modules {
		lessons += len(m.Lessons)
	}
	_, err := fmt.Fprintf(w, "%d modules, %d lessons, %d questions: %d errors, %d warnings\n",
		len(r.Catalogue.Modules), lessons, len(r.Catalogue.Questions()), r.Count(LevelError), r.Count(LevelWarning))
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}
