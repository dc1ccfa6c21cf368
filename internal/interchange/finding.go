package interchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Severity is what a finding means for its question.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // the question is not taken over
	Warning Severity = "warning" // it is taken over, but not all of it or not as it was
	Note    Severity = "note"    // it is taken over; something to know
)

// Finding is something to know about a file or about a question in it.
type Finding struct {
	Line     int    // from 1; 0 = the file as a whole, or a file that is written
	Column   int    // from 1, 0 = unknown
	Item     string // what the question is called, "" = unknown
	Severity Severity
	Message  string // a sentence for the trainer
}

// maxFindings is how many findings a file gets: who has mended these reads again.
const maxFindings = 2000

// Findings collects what there is to say. The zero value is ready.
type Findings struct {
	list []Finding
	more int
}

// Errorf says why a question is not taken over.
func (f *Findings) Errorf(line int, item, format string, args ...any) {
	f.Add(Finding{Line: line, Item: item, Severity: Error, Message: fmt.Sprintf(format, args...)})
}

// Warnf says what of a question is not taken over.
func (f *Findings) Warnf(line int, item, format string, args ...any) {
	f.Add(Finding{Line: line, Item: item, Severity: Warning, Message: fmt.Sprintf(format, args...)})
}

// Notef says something to know.
func (f *Findings) Notef(line int, item, format string, args ...any) {
	f.Add(Finding{Line: line, Item: item, Severity: Note, Message: fmt.Sprintf(format, args...)})
}

// Add keeps a finding. After the first 2,000 they are only counted.
func (f *Findings) Add(found Finding) {
	if len(f.list) == maxFindings {
		f.more++
		return
	}
	f.list = append(f.list, found)
}

// hopeless is how many findings say that a file is of another format.
const hopeless = 20_000

// Hopeless refuses a file in which so much is wrong that reading on is of no use.
// Invalid.
func (f *Findings) Hopeless() error {
	if f.more < hopeless {
		return nil
	}
	return Refused("More than %d things in the file are wrong, the first on line %d: %s Is this the right format?", hopeless, f.list[0].Line, f.list[0].Message)
}

// List gives the findings by line, those about the file as a whole first.
func (f *Findings) List() []Finding {
	list := slices.Clone(f.list)
	slices.SortStableFunc(list, func(a, b Finding) int { return cmp.Compare(a.Line, b.Line) })
	if f.more > 0 {
		list = append(list, Finding{Severity: Warning, Message: fmt.Sprintf("There are %d more findings. Mend these first, then read the file again.", f.more)})
	}
	return list
}

// quoted is how much of a text a finding quotes, in characters.
const quoted = 60

// Quote shortens a text so that a finding can name it.
func Quote(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if runes := []rune(text); len(runes) > quoted {
		return strings.TrimSpace(string(runes[:quoted-1])) + "…"
	}
	return text
}

// Called is what a finding calls an item: its title, else the start of its stem.
func (i Item) Called() string { return Quote(cmp.Or(i.Question.Title, i.Question.Stem)) }
