package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"muster/internal/bank"
	"muster/internal/config"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/interchange"
	"muster/internal/interchange/formats"
	"muster/internal/question"
)

// partlyError is work of which some was refused, and the rest done.
type partlyError struct{ msg string }

func (e partlyError) Error() string { return e.msg }

// withBank opens what commands on questions need, runs do and closes it.
func withBank(ctx context.Context, c config.Config, t console, do func(*services, *bank.Exchange) error) error {
	logger, err := c.Logger(t.err)
	if err != nil {
		return err
	}
	s, err := open(ctx, c, logger, time.Now)
	if err != nil {
		return err
	}
	return joinClose(ctx, do(s, &bank.Exchange{Bank: s.bank, Trail: s.store}), s.store)
}

// importFlags are what import can be told.
type importFlags struct {
	in             bank.Import
	pool, lesson   string
	by             string
	outcomes, tags list
}

// list is a flag whose value is parted by commas.
type list []string

// String gives the value as it is written.
func (l *list) String() string { return strings.Join(*l, ",") }

// Set reads the value.
func (l *list) Set(value string) error {
	*l = nil
	for word := range strings.SplitSeq(value, ",") {
		if word = strings.TrimSpace(word); word != "" {
			*l = append(*l, word)
		}
	}
	return nil
}

func (f *importFlags) define(set *flag.FlagSet) {
	set.StringVar(&f.in.Format, "format", f.in.Format, strings.Join(append([]string{formats.Auto}, formats.Names()...), ", "))
	set.BoolVar(&f.in.DryRun, "dry-run", f.in.DryRun, "say what would be done, and do nothing")
	set.BoolVar(&f.in.Copies, "copies", f.in.Copies, "keep questions though the bank has the same text")
	set.StringVar(&f.pool, "pool", f.pool, "practice or exam, for questions that do not say; default: practice")
	set.StringVar(&f.by, "by", f.by, "user name of the trainer or admin whose questions they are; default: nobody's")
	set.StringVar(&f.lesson, "lesson", f.lesson, "module/lesson, whose first outcome is for questions that name none")
	set.Var(&f.outcomes, "outcomes", "outcomes for questions that name none, parted by commas")
	set.Var(&f.tags, "tags", "tags for all of them, parted by commas")
	usage(set, "import [flags] FILE", "Keeps the questions of a file as drafts. FILE - is standard input.\n"+
		"Exit codes: 0 every question is kept or there already, 1 none is, 2 wrong command line, 3 some are not.")
}

// usage says how a command is written, before its flags.
func usage(set *flag.FlagSet, line, text string) {
	set.Usage = func() {
		fmt.Fprintf(set.Output(), "Usage: muster %s\n\n%s\n\nFlags:\n", line, text)
		set.PrintDefaults()
	}
}

// lastWord parses flags before and after the one word that a command takes.
func lastWord(c *config.Config, name string, args []string, t console, define func(*flag.FlagSet)) ([]string, error) {
	words, err := parse(c, name, args, t, define)
	if err != nil || len(words) < 2 {
		return words, err
	}
	rest, err := parse(c, name, words[1:], t, define)
	return append(words[:1], rest...), err
}

func importQuestions(ctx context.Context, c config.Config, args []string, t console) error {
	f := importFlags{in: bank.Import{Format: formats.Auto}}
	words, err := lastWord(&c, "import", args, t, f.define)
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return usageError{"import takes one file"}
	}
	module, lesson, ok := strings.Cut(f.lesson, "/")
	if f.lesson != "" && !ok {
		return usageError{"--lesson is written as module/lesson"}
	}
	in := f.in
	in.Name, in.Pool, in.Outcomes, in.Tags = words[0], question.Pool(f.pool), f.outcomes, f.tags
	in.Module, in.Lesson = curriculum.ModuleSlug(module), curriculum.LessonSlug(lesson)
	if in.File, err = questionsFrom(words[0]); err != nil {
		return err
	}
	in.Progress = questionProgress(t.err)
	return withBank(ctx, c, t, func(s *services, x *bank.Exchange) error {
		author, err := authorNamed(ctx, s, f.by)
		if err != nil {
			return err
		}
		report, err := x.Import(ctx, author, in)
		if err != nil {
			return err
		}
		printImport(t.out, in, report)
		return outcomeOf(report)
	})
}

// authorNamed gives the author of a user name, and the operator for none: whoever
// is named does not approve these questions for exams.
func authorNamed(ctx context.Context, s *services, username string) (identity.Actor, error) {
	if username == "" {
		return operator(), nil
	}
	user, err := account(ctx, s, username)
	if err == nil && !bank.Authors(user.Role) {
		err = errs.InvalidField("by", "%s is no trainer or administrator: only they keep questions.", user.Username)
	}
	return identity.Actor{ID: user.ID, Role: user.Role}, err
}

// questionsFrom reads a file that is not too long.
func questionsFrom(name string) ([]byte, error) {
	var from io.Reader = os.Stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, errs.InvalidField("file", "There is no file %s that can be read.", name)
		}
		defer func() { _ = file.Close() }() // it was only read
		from = file
	}
	raw, err := io.ReadAll(io.LimitReader(from, bank.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return raw, nil
}

// questionProgress says how far an import is: on a terminal in one line, elsewhere
// with a line for every 5,000.
func questionProgress(w io.Writer) func(done, of int) {
	const every = 5000
	told := 0
	return func(done, of int) {
		switch {
		case onTerminal(w):
			fmt.Fprintf(w, "\rQuestion %d of %d…", done, of)
			if done == of {
				fmt.Fprint(w, "\r\033[K")
			}
		case of > every && done/every > told:
			told = done / every
			fmt.Fprintf(w, "Question %d of %d…\n", done, of)
		}
	}
}

func onTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// printImport prints each question of a dry run, each finding, and the counts.
func printImport(w io.Writer, in bank.Import, r bank.ImportReport) {
	if in.DryRun {
		for _, q := range r.Questions {
			known := ""
			if q.Known {
				known = " (the bank has it already)"
			}
			fmt.Fprintf(w, "%s:%d: %s: %s%s\n", in.Name, q.Line, q.Question.Kind, interchange.Item{Question: q.Question}.Called(), known)
		}
	}
	printFindings(w, in.Name, r.Findings)
	created, done := r.Created, "kept as drafts"
	if in.DryRun {
		created, done = len(r.Questions)-r.Known, "would be kept as drafts"
		if in.Copies {
			created += r.Known
		}
	}
	fmt.Fprintf(w, "%s: %d questions %s, %d there already, %d refused\n", r.Format, created, done, r.Known, r.Refused)
}

func printFindings(w io.Writer, name string, findings []interchange.Finding) {
	for _, f := range findings {
		place := name
		if f.Line > 0 {
			place = fmt.Sprintf("%s:%d", name, f.Line)
		}
		called := ""
		if f.Item != "" {
			called = fmt.Sprintf(" (%s)", f.Item)
		}
		fmt.Fprintf(w, "%s: %s: %s%s\n", place, f.Severity, f.Message, called)
	}
}

// outcomeOf makes the exit code: nothing at all, or not all.
func outcomeOf(r bank.ImportReport) error {
	switch {
	case r.Whole() && len(r.Questions) > 0:
		return nil
	case len(r.Questions) == 0:
		return errors.New("no question of the file can be kept")
	}
	return partlyError{fmt.Sprintf("%d questions of the file cannot be kept", r.Refused)}
}

// exportFlags are what export can be told.
type exportFlags struct {
	format, out, lesson, state, pool, kind, origin string
	filter                                         bank.Filter
	examples                                       bool
}

func (f *exportFlags) define(set *flag.FlagSet) {
	set.StringVar(&f.format, "format", f.format, strings.Join(formats.Names(), ", ")+"; sheet is XLSX")
	set.StringVar(&f.out, "out", f.out, "file to write; default: standard output")
	set.BoolVar(&f.examples, "examples", f.examples, "write an example of every kind instead, as a template")
	set.StringVar(&f.filter.Search, "search", f.filter.Search, "words that are all in the texts")
	set.StringVar(&f.state, "state", f.state, "draft, review, approved or retired")
	set.StringVar(&f.pool, "pool", f.pool, "practice or exam")
	set.StringVar(&f.kind, "kind", f.kind, "kind of question")
	set.StringVar(&f.lesson, "lesson", f.lesson, "module, or module/lesson")
	set.StringVar((*string)(&f.filter.Outcome), "outcome", string(f.filter.Outcome), "outcome that they name")
	set.StringVar(&f.filter.Tag, "tag", f.filter.Tag, "tag that they have")
	set.IntVar(&f.filter.Difficulty, "difficulty", f.filter.Difficulty, "1, 2 or 3")
	set.StringVar(&f.origin, "origin", f.origin, "content or authored")
	usage(set, "export --format FORMAT [flags]", "Writes the questions that fit, with their keys, in their newest versions. What the format\n"+
		"cannot carry is said on standard error. Exit codes: 0 every question is written, 1 none is, 2 wrong command line, 3 some are not.")
}

func exportQuestions(ctx context.Context, c config.Config, args []string, t console) error {
	var f exportFlags
	words, err := parse(&c, "export", args, t, f.define)
	if err != nil {
		return err
	}
	if len(words) != 0 || f.format == "" {
		return usageError{"export takes --format and no file; --out names what to write"}
	}
	module, lesson, _ := strings.Cut(f.lesson, "/")
	f.filter.Module, f.filter.Lesson = curriculum.ModuleSlug(module), curriculum.LessonSlug(lesson)
	f.filter.State, f.filter.Pool, f.filter.Kind, f.filter.Origin = bank.State(f.state), question.Pool(f.pool), question.Kind(f.kind), bank.Origin(f.origin)
	if f.examples {
		made, err := (&bank.Exchange{}).Template(f.format)
		if err != nil {
			return err
		}
		return writeExport(t, f, made)
	}
	return withBank(ctx, c, t, func(_ *services, x *bank.Exchange) error {
		made, err := x.Export(ctx, operator(), f.filter, f.format)
		if err != nil {
			return err
		}
		return writeExport(t, f, made)
	})
}

// writeExport writes the file and says what is not in it.
func writeExport(t console, f exportFlags, made bank.Export) error {
	printFindings(t.err, made.Name, made.Findings)
	left := made.Left()
	switch {
	case made.Count == 0:
		return errors.New("no question fits")
	case left == made.Count:
		return errors.New("the format can carry none of the questions")
	}
	if f.out == "" {
		if _, err := t.out.Write(made.File); err != nil {
			return fmt.Errorf("write the questions: %w", err)
		}
	} else if err := os.WriteFile(f.out, made.File, 0o600); err != nil {
		return fmt.Errorf("write the questions: %w", err)
	}
	fmt.Fprintf(t.err, "wrote %d questions, %d left out\n", made.Count-left, left)
	if left > 0 {
		return partlyError{fmt.Sprintf("%d questions cannot be written as %s", left, f.format)}
	}
	return nil
}
