// Package interchange is what the formats in which questions travel have in
// common: what a file says of a question, what there is to say about the file,
// and how far a file may go. Each format has a package below this one; package
// formats lists them.
//
// It is pure: files in, questions out. It must not know the bank, people, HTTP
// or SQL.
package interchange

import (
	"context"

	"muster/internal/errs"
	"muster/internal/question"
)

// Item is a question as a file has it. The question has no id yet; what it cites
// and names may not exist.
type Item struct {
	Question question.Question
	ID       string   // that the file gives it
	Tags     []string // in their order
	Category []string // of the file, outermost first
	Line     int      // on which it begins, from 1; of a sheet its row
	Media    []Media
}

// Media is a picture that a question shows.
type Media struct {
	Name          string // as the texts name it
	Type          string // media type
	Data          []byte
	Alt           string             // what it shows, in words; "" = the file does not say
	Width, Height int                // points
	Print         question.PictureID // names its bytes as the file had them
}

// MaxParts is how many options, pairs, answers, tags and sources a question of a
// file may have.
const MaxParts = 200

// Limits bound what a file may cost.
type Limits struct {
	Bytes int // of the file
	Items int // questions
	Text  int // bytes of one text
	Depth int // of elements within each other
}

// Usual are the limits for a file that somebody sends.
func Usual() Limits {
	return Limits{Bytes: 20 << 20, Items: 20_000, Text: 32 << 10, Depth: 64}
}

// Admit refuses a file that is too long or that holds nothing. Invalid.
func (l Limits) Admit(file []byte) error {
	switch {
	case len(file) > l.Bytes:
		return Refused("The file is larger than %d MB. Split it into several files.", l.Bytes>>20)
	case len(file) == 0:
		return Refused("The file is empty.")
	}
	return nil
}

// Full refuses a file with more questions than may come at once. Invalid.
func (l Limits) Full(items int) error {
	if items > l.Items {
		return Refused("The file has more than %d questions. Split it into several files.", l.Items)
	}
	return nil
}

// Heavy refuses a file whose questions have more options, answers and tags in all
// than twelve for each question that may come. Invalid.
func (l Limits) Heavy(parts int) error {
	if parts > 12*l.Items {
		return Refused("The questions of the file have more than %d options, answers and tags in all. Split it into several files.", 12*l.Items)
	}
	return nil
}

// Refused says why a file as a whole cannot be read.
func Refused(format string, args ...any) error { return errs.InvalidField("file", format, args...) }

// Format is a way in which questions are written down.
type Format struct {
	Name   string // as commands and the API say it
	Title  string // as people say it
	Ending string // of the files it writes, with the point
	Media  string // media type of what it writes

	Pictures bool // whether it carries pictures

	// Detect says whether a file looks like one of this format.
	Detect func(name string, file []byte) bool
	// Read reads a file. Every question that can be read comes in, though others
	// cannot; what is wrong, left out or not understood is found. The error is
	// about the file as a whole, Invalid, or the context's.
	Read func(ctx context.Context, file []byte, limits Limits) ([]Item, []Finding, error)
	// Write writes every question that the format can carry. A question of which
	// the key cannot be carried is left out with a finding of severity Error; what
	// else cannot be carried is found as well.
	Write func(items []Item) ([]byte, []Finding, error)
}
