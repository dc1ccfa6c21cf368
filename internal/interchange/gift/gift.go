// Package gift reads and writes GIFT, the text format of Moodle, as Moodle's own
// reader takes it: titles, formats, weights, feedback, missing words, categories,
// comments with ids and tags, escapes.
//
// A question is a block of lines that an empty line ends. Texts are written as
// Markdown and read as what the block says they are. It must not know the bank.
package gift

import (
	"cmp"
	"context"
	"path"
	"regexp"
	"strings"

	"muster/internal/interchange"
)

// Format is GIFT.
func Format() interchange.Format {
	return interchange.Format{
		Name: "gift", Title: "GIFT", Ending: ".gift.txt", Media: "text/plain; charset=utf-8",
		Detect: detect, Read: read, Write: write,
	}
}

var looks = regexp.MustCompile(`(?m)^\s*::|^\$CATEGORY:|\{[^{}]*[=~#TF][^{}]*\}`)

func detect(name string, file []byte) bool {
	name = strings.ToLower(name)
	return path.Ext(name) == ".gift" || strings.HasSuffix(name, ".gift.txt") || looks.Match(file[:min(len(file), 64<<10)])
}

func read(ctx context.Context, file []byte, limits interchange.Limits) ([]interchange.Item, []interchange.Finding, error) {
	if err := limits.Admit(file); err != nil {
		return nil, nil, err
	}
	r := &reader{limits: limits}
	text, err := interchange.Text(file, &r.findings)
	if err != nil {
		return nil, nil, err
	}
	for b := range blocksOf(text, limits.Text) {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		r.block(b)
		if err := cmp.Or(limits.Full(len(r.items)), limits.Heavy(r.parts), r.findings.Hopeless()); err != nil {
			return nil, nil, err
		}
	}
	if len(r.items) == 0 && len(r.findings.List()) == 0 {
		return nil, nil, interchange.Refused("There are no questions in the file.")
	}
	return r.items, r.findings.List(), nil
}
