package bank

import (
	"cmp"
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
	"muster/internal/question"
)

// MaxFile is the longest file that is imported, in bytes.
const MaxFile = 20 << 20

// The tags under which the bank keeps what a file says of a question's place and
// name elsewhere.
const (
	categoryTag = "category:"
	nameTag     = "idnumber:"
)

// Trail keeps who took questions away.
type Trail interface {
	// Audit records deeds.
	Audit(ctx context.Context, entries ...audit.Entry) error
}

// Exchange brings questions into the bank and out of it, as files.
type Exchange struct {
	Bank  *Service
	Trail Trail
}

// Import is a file of questions to keep as drafts.
type Import struct {
	Format string // of formats.Names, or formats.Auto
	Name   string // of the file
	File   []byte
	DryRun bool // say what would be done, and do nothing
	Copies bool // keep a question though the bank has the same text

	// What a question gets that does not say itself.
	Pool     question.Pool
	Outcomes []string
	Module   curriculum.ModuleSlug // with Lesson: the first outcome of it
	Lesson   curriculum.LessonSlug
	Tags     []string // in addition

	Progress func(done, of int) // nil, or called now and then
}

// ImportReport is what an import has made of a file, or would make.
type ImportReport struct {
	Format    string // that was read
	Questions []Imported
	Findings  []interchange.Finding // by line
	Created   int                   // 0 in a dry run
	Pictures  int                   // that those questions show
	Known     int                   // the bank has the same text; left out unless copies were asked for
	Refused   int                   // questions of the file that cannot be kept
}

// Whole says whether every question of the file is or could be kept.
func (r ImportReport) Whole() bool { return r.Refused == 0 }

// Imported is a question of a file that can be kept.
type Imported struct {
	Line     int
	Question question.Question
	Tags     []string
	ID       question.ID // that it has, or of the one the bank has already; "" in a dry run
	Known    bool        // the bank has the same text already
	Findings []Finding   // what stands in the way of approval, and what would be better
}

// Import keeps the questions of a file as drafts, each that can be kept, in the
// order of the file. Forbidden; Invalid where the file as a whole cannot be read
// or what was asked for does not exist.
func (x *Exchange) Import(ctx context.Context, actor identity.Actor, in Import) (ImportReport, error) {
	if err := admit(actor); err != nil {
		return ImportReport{}, err
	}
	outcomes, err := x.outcomes(in)
	if err != nil {
		return ImportReport{}, err
	}
	limits := interchange.Usual()
	limits.Bytes = MaxFile
	if err := limits.Admit(in.File); err != nil {
		return ImportReport{}, err
	}
	format, err := formats.Named(cmp.Or(in.Format, formats.Auto), in.Name, in.File)
	if err != nil {
		return ImportReport{}, err
	}
	items, findings, err := format.Read(ctx, in.File, limits)
	if err != nil {
		return ImportReport{}, err
	}
	i := &importing{Exchange: x, Import: in, outcomes: outcomes, format: format}
	for _, found := range findings {
		i.findings.Add(found)
		if found.Severity == interchange.Error {
			i.report.Refused++
		}
	}
	if err := i.prepare(ctx, actor, items); err != nil {
		return ImportReport{}, err
	}
	if err := i.keep(ctx, actor); err != nil {
		return ImportReport{}, err
	}
	i.report.Format, i.report.Findings = format.Name, i.findings.List()
	return i.report, nil
}

// outcomes gives what a question that names no outcome gets. Invalid where it
// does not exist.
func (x *Exchange) outcomes(in Import) ([]string, error) {
	c := x.Bank.Catalogue
	for _, id := range in.Outcomes {
		if _, ok := c.OutcomeByID(curriculum.OutcomeID(id)); !ok {
			return nil, errs.InvalidField("outcomes", "There is no such outcome.")
		}
	}
	if in.Pool != "" && in.Pool != question.Practice && in.Pool != question.Exam {
		return nil, errs.InvalidField("pool", "The pool must be practice or exam.")
	}
	if _, err := tags(in.Tags); err != nil {
		return nil, err
	}
	if in.Module == "" && in.Lesson == "" || len(in.Outcomes) > 0 {
		return in.Outcomes, nil
	}
	lesson, ok := c.Lesson(in.Module, in.Lesson)
	if !ok {
		return nil, errs.InvalidField("lesson", "There is no such lesson. Name it as module/lesson.")
	}
	return firstOutcome(lesson), nil
}

func firstOutcome(l curriculum.Lesson) []string {
	if len(l.Outcomes) == 0 {
		return nil
	}
	return []string{string(l.Outcomes[0].ID)}
}

// importing is an import under way.
type importing struct {
	*Exchange
	Import
	outcomes []string
	format   interchange.Format
	items    []interchange.Item
	given    []NewQuestion // one for each item
	findings interchange.Findings
	report   ImportReport
}

// prepare makes a question to keep of each item.
func (i *importing) prepare(ctx context.Context, actor identity.Actor, items []interchange.Item) error {
	own, err := i.own(ctx, items)
	if err != nil {
		return err
	}
	ours, err := i.ours(ctx, items)
	if err != nil {
		return err
	}
	i.items = items
	note := strings.TrimSpace(fmt.Sprintf("Imported from %s %s", i.format.Title, interchange.Quote(i.Name)))
	for _, item := range items {
		q := item.Question
		q.Pool = cmp.Or(q.Pool, i.Pool)
		place, isLesson := i.place(item.Category)
		if len(q.Outcomes) == 0 {
			q.Outcomes = i.outcomes
			if len(q.Outcomes) == 0 && isLesson {
				q.Outcomes = firstOutcome(place)
			}
		}
		given := slices.Concat(i.Tags, item.Tags)
		if len(item.Category) > 0 && !isLesson {
			given = append(given, categoryTag+interchange.CategoryPath(item.Category))
		}
		if item.ID != "" && !own[question.ID(item.ID)] {
			given = append(given, nameTag+item.ID)
		}
		var pictures []Picture
		q.Pictures, pictures = i.pictures(actor, item, ours)
		i.given = append(i.given, NewQuestion{Question: q, Tags: i.tags(item, given), Note: note, Pictures: pictures})
	}
	return nil
}

// place finds the lesson that a category names, as an export does.
func (i *importing) place(category []string) (curriculum.Lesson, bool) {
	if len(category) != 2 {
		return curriculum.Lesson{}, false
	}
	return i.Bank.Catalogue.Lesson(curriculum.ModuleSlug(category[0]), curriculum.LessonSlug(category[1]))
}

// own finds which names of a file are ids of the bank's own questions.
func (i *importing) own(ctx context.Context, items []interchange.Item) (map[question.ID]bool, error) {
	var ids []question.ID
	for _, item := range items {
		if item.ID != "" {
			ids = append(ids, question.ID(item.ID))
		}
	}
	own := map[question.ID]bool{}
	for part := range slices.Chunk(ids, addedAtOnce) {
		there, err := i.Bank.there(ctx, Selection{IDs: part})
		if err != nil {
			return nil, err
		}
		for _, e := range there {
			own[e.ID()] = true
		}
	}
	return own, nil
}

// tags leaves out the tags that the bank does not keep, and says so.
func (i *importing) tags(item interchange.Item, given []string) []string {
	kept := slices.DeleteFunc(slices.Clone(given), func(t string) bool {
		_, err := tags([]string{t})
		if err != nil {
			i.findings.Warnf(item.Line, item.Called(), "The tag “%s” is too long; it is left out.", interchange.Quote(t))
		}
		return err != nil
	})
	folded, err := tags(kept)
	if err != nil { // too many
		i.findings.Warnf(item.Line, item.Called(), "The question has more than %d tags; the last are left out.", MaxTags)
		for n := len(kept); err != nil; n-- {
			folded, err = tags(kept[:n-1])
		}
	}
	return folded
}

// keep adds the questions, or says what would become of them.
func (i *importing) keep(ctx context.Context, actor identity.Actor) error {
	done, seen := 0, map[string]bool{}
	for part := range slices.Chunk(i.given, addedAtOnce) {
		var added []Added
		var err error
		if i.DryRun {
			added, err = i.Bank.foresee(ctx, actor, part, seen)
		} else {
			added, err = i.Bank.keep(ctx, actor, part, i.Copies)
		}
		if err != nil {
			return err
		}
		for n, a := range added {
			i.became(i.items[done+n], part[n], a)
		}
		done += len(part)
		if i.Progress != nil {
			i.Progress(done, len(i.given))
		}
	}
	return nil
}

// became reports one question.
func (i *importing) became(item interchange.Item, n NewQuestion, a Added) {
	if a.Err != nil {
		i.report.Refused++
		i.findings.Errorf(item.Line, item.Called(), "%s", messageOf(a.Err))
		return
	}
	if a.Known {
		i.report.Known++
		if !i.Copies {
			i.findings.Notef(item.Line, item.Called(), "The bank has this question already, as %s.", cmp.Or(string(a.ID), "an earlier one of the file"))
		}
	}
	if !i.DryRun && (!a.Known || i.Copies) {
		i.report.Created++
	}
	i.report.Pictures += len(n.Question.Pictures)
	i.report.Questions = append(i.report.Questions, Imported{
		Line: item.Line, Question: Completed(n.Question), Tags: n.Tags, ID: a.ID, Known: a.Known, Findings: a.Findings,
	})
}
