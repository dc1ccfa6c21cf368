package bank

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/interchange"
	"muster/internal/interchange/formats"
)

// ActionExport is the audit action of taking questions away with their keys.
const ActionExport audit.Action = "question.export"

// MaxExport is how many questions a file takes.
const MaxExport = 20_000

// Export is questions as a file.
type Export struct {
	Name     string // of the file
	Media    string // its media type
	File     []byte
	Count    int                   // of the questions that fit
	Findings []interchange.Finding // what the format cannot carry
}

// Left says how many questions are not in the file.
func (e Export) Left() int {
	n := 0
	for _, f := range e.Findings {
		if f.Severity == interchange.Error {
			n++
		}
	}
	return n
}

// Export writes the questions that fit, in their newest versions, in a format;
// that somebody took them is kept. Forbidden; Invalid for an unknown format, or
// for more questions than a file takes.
func (x *Exchange) Export(ctx context.Context, actor identity.Actor, f Filter, name string) (Export, error) {
	out, err := x.Foresee(ctx, actor, f, name)
	if err != nil {
		return Export{}, err
	}
	return out, x.Trail.Audit(ctx, audit.Entry{
		At: x.Bank.now(), Actor: string(actor.ID), Action: ActionExport, Object: "questions",
		Detail: fmt.Sprintf(`{"format":%q,"questions":"%d"}`, name, out.Count-out.Left()),
	})
}

// Foresee is Export for a look at its findings: nothing is taken away, and nothing
// kept of it.
func (x *Exchange) Foresee(ctx context.Context, actor identity.Actor, f Filter, name string) (Export, error) {
	if err := admit(actor); err != nil {
		return Export{}, err
	}
	format, err := written(name)
	if err != nil {
		return Export{}, err
	}
	entries, err := x.entries(ctx, f)
	if err != nil {
		return Export{}, err
	}
	items := make([]interchange.Item, len(entries))
	for i, e := range entries {
		items[i] = itemOf(e)
	}
	if err := x.hang(ctx, format, items); err != nil {
		return Export{}, err
	}
	return fileOf(format, items, "questions-"+x.Bank.now().Format("2006-01-02"))
}

// Template writes an example of every kind in a format, to be filled in or
// followed. Invalid for an unknown format.
func (x *Exchange) Template(name string) (Export, error) {
	format, err := written(name)
	if err != nil {
		return Export{}, err
	}
	return fileOf(format, formats.Examples(), "example")
}

func written(name string) (interchange.Format, error) {
	if name == formats.Auto {
		return interchange.Format{}, errs.InvalidField("format", "Say the format: %s.", strings.Join(formats.Names(), ", "))
	}
	return formats.Named(name, "", nil)
}

func fileOf(format interchange.Format, items []interchange.Item, name string) (Export, error) {
	file, findings, err := format.Write(items)
	if err != nil {
		return Export{}, fmt.Errorf("write %d questions as %s: %w", len(items), format.Name, err)
	}
	return Export{Name: name + format.Ending, Media: format.Media, File: file, Count: len(items), Findings: findings}, nil
}

// entries reads all questions that fit, by id.
func (x *Exchange) entries(ctx context.Context, f Filter) ([]Entry, error) {
	f.Sort, f.Limit, f.Cursor = "id", MaxPage, ""
	var list []Entry
	for {
		page, err := x.Bank.Find(ctx, f)
		switch {
		case err != nil:
			return nil, err
		case page.Total > MaxExport:
			return nil, errs.InvalidField("filter", "%d questions fit, more than %d: choose fewer.", page.Total, MaxExport)
		}
		if list = append(list, page.Entries...); page.Next == "" {
			return list, nil
		}
		f.Cursor = page.Next
	}
}

// itemOf makes an item of a question: its category is the one that it came with,
// else its lesson; so is its name, else its id.
func itemOf(e Entry) interchange.Item {
	item := interchange.Item{Question: e.Question, ID: string(e.ID())}
	if module, lesson := curriculum.PlaceOf(e.Question); module != "" {
		item.Category = []string{string(module), string(lesson)}
	}
	item.Question.ID = ""
	item.Tags = slices.DeleteFunc(slices.Clone(e.Tags), func(t string) bool {
		path, isCategory := strings.CutPrefix(t, categoryTag)
		name, isName := strings.CutPrefix(t, nameTag)
		switch {
		case isCategory:
			item.Category = interchange.Categories(path)
		case isName:
			item.ID = name
		}
		return isCategory || isName
	})
	return item
}
