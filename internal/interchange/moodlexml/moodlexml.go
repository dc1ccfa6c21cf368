// Package moodlexml reads and writes the XML in which Moodle exports its
// questions: nested categories, weights, feedback, tags, pictures, and the
// questions with gaps that Moodle calls cloze.
//
// Texts are written as Markdown, which Moodle shows, and read as what the file
// says they are. It must not know the bank.
package moodlexml

import (
	"context"
	"errors"
	"regexp"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
)

// Format is Moodle XML.
func Format() interchange.Format {
	return interchange.Format{
		Name: "moodlexml", Title: "Moodle XML", Ending: ".xml", Media: "application/xml", Pictures: true,
		Detect: detect, Read: read, Write: write,
	}
}

var looks = regexp.MustCompile(`<quiz[\s>/]|<question\s[^>]*type=`)

func detect(_ string, file []byte) bool { return looks.Match(file[:min(len(file), 64<<10)]) }

func read(ctx context.Context, file []byte, limits interchange.Limits) ([]interchange.Item, []interchange.Finding, error) {
	if err := limits.Admit(file); err != nil {
		return nil, nil, err
	}
	r := &reader{limits: limits}
	text, err := interchange.Text(file, &r.findings)
	if err != nil {
		return nil, nil, err
	}
	err = element.Each(ctx, text, limits, func(root, piece *element.Element) error {
		if root.Name != "quiz" {
			return interchange.Refused("This is not Moodle XML: it begins with <%s>, not with <quiz>.", interchange.Quote(root.Name))
		}
		r.pieces++
		r.piece(piece)
		return errors.Join(ctx.Err(), r.full())
	})
	var broken *element.Broken
	switch {
	case errors.As(err, &broken) && r.pieces > 0:
		r.findings.Errorf(broken.Line, "", "%s What stands from here on was not read.", broken.Message)
	case errors.As(err, &broken):
		return nil, nil, interchange.Refused("Line %d: %s", broken.Line, broken.Message)
	case err != nil:
		return nil, nil, err
	case len(r.items) == 0 && len(r.findings.List()) == 0:
		return nil, nil, interchange.Refused("There are no questions in the file.")
	}
	return r.items, r.findings.List(), nil
}
