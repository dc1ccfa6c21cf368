// Package aiken reads and writes Aiken, the smallest format of choice questions:
//
//	What is the capital of France?
//	A) Lyon
//	B) Paris
//	ANSWER: B
//
// It is plain text: one right option, no feedback, no tags. It must not know the
// bank.
package aiken

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"regexp"
	"strings"

	"muster/internal/interchange"
	"muster/internal/question"
)

// Format is Aiken.
func Format() interchange.Format {
	return interchange.Format{
		Name: "aiken", Title: "Aiken", Ending: ".aiken.txt", Media: "text/plain; charset=utf-8",
		Detect: detect, Read: read, Write: write,
	}
}

var (
	optionLine = regexp.MustCompile(`^([A-Z])[).][ \t]?`)
	answerLine = regexp.MustCompile(`^ANSWER:[ \t]*([A-Za-z])?`)
	looks      = regexp.MustCompile(`(?m)^\s*ANSWER:[ \t]*[A-Z][ \t]*\r?$`)
)

func detect(name string, file []byte) bool {
	name = strings.ToLower(name)
	return path.Ext(name) == ".aiken" || strings.HasSuffix(name, ".aiken.txt") || looks.Match(file[:min(len(file), 64<<10)])
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
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		if number++; number%1000 == 0 && ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		r.line(number, strings.TrimSpace(line))
		if err := cmp.Or(limits.Full(len(r.items)), limits.Heavy(r.parts), r.findings.Hopeless()); err != nil {
			return nil, nil, err
		}
	}
	r.unfinished()
	if len(r.items) == 0 && len(r.findings.List()) == 0 {
		return nil, nil, interchange.Refused("There are no questions in the file.")
	}
	return r.items, r.findings.List(), nil
}

// reader gathers the questions of a file.
type reader struct {
	limits   interchange.Limits
	items    []interchange.Item
	findings interchange.Findings
	open     *interchange.Item // the question that has no answer yet
	parts    int               // options of all questions
}

// line reads one line: an option, an answer, or the question itself.
func (r *reader) line(number int, line string) {
	option, answer := optionLine.FindStringSubmatch(line), answerLine.FindStringSubmatch(line)
	switch {
	case line == "":
	case len(line) > r.limits.Text:
		r.findings.Errorf(number, "", "The line is longer than %d KiB.", r.limits.Text>>10)
		r.open = nil
	case option != nil && r.open == nil:
		r.findings.Errorf(number, interchange.Quote(line), "This is an option, but no question stands before it.")
	case option != nil:
		r.option(number, option[1], strings.TrimSpace(line[len(option[0]):]))
	case answer != nil && r.open == nil:
		r.findings.Errorf(number, interchange.Quote(line), "This is an answer, but no question stands before it.")
	case answer != nil:
		r.answer(number, strings.ToUpper(answer[1]))
	default:
		r.unfinished()
		r.open = &interchange.Item{Line: number, Question: question.Question{Kind: question.Single, Stem: interchange.FromPlain(line)}}
	}
}

// unfinished says of a question that it ends without an answer.
func (r *reader) unfinished() {
	if r.open == nil {
		return
	}
	if len(r.open.Question.Options) == 0 {
		r.findings.Errorf(r.open.Line, r.open.Called(), "The question has no options. It must stand on one line.")
	} else {
		r.findings.Errorf(r.open.Line, r.open.Called(), "The question has no line ANSWER: after its options.")
	}
	r.open = nil
}

func (r *reader) option(number int, letter, text string) {
	q := &r.open.Question
	if want := string(rune('A' + len(q.Options))); letter != want {
		r.findings.Warnf(number, r.open.Called(), "The option is called %s, but %s is next; it counts as %s.", letter, want, want)
	}
	if len(q.Options) == 26 {
		r.findings.Warnf(number, r.open.Called(), "The question has more than 26 options; this one is left out.")
		return
	}
	q.Options = append(q.Options, question.Option{Text: interchange.FromPlain(text)})
}

func (r *reader) answer(number int, letter string) {
	item := *r.open
	q := &item.Question
	r.open = nil
	switch {
	case len(q.Options) < 2:
		r.findings.Errorf(number, item.Called(), "The question has %d options; it needs two.", len(q.Options))
	case letter == "" || int(letter[0]-'A') >= len(q.Options):
		r.findings.Errorf(number, item.Called(), "The answer must be one of the letters A to %c.", 'A'+len(q.Options)-1)
	default:
		q.Options[letter[0]-'A'].Correct = true
		r.items = append(r.items, item)
		r.parts += item.Parts()
	}
}

// write writes the questions one after the other. What was written of each is
// read again, so that what is lost is known.
func write(items []interchange.Item) ([]byte, []interchange.Finding, error) {
	var out strings.Builder
	var f interchange.Findings
	for _, item := range items {
		item = interchange.Clean(item)
		if item.Question.Kind != question.Single {
			f.Errorf(0, item.Called(), "Aiken has no questions of the kind %s.", item.Question.Kind)
			continue
		}
		text, marked := textOf(&item)
		back, _, err := read(context.Background(), []byte(text), interchange.Usual())
		if err != nil {
			back = nil
		}
		if !f.Carried("Aiken", item, back) {
			continue
		}
		if marked {
			f.Warnf(0, item.Called(), "Aiken cannot carry emphasis, links and line breaks: the words alone are written.")
		}
		out.WriteString(text + "\n")
	}
	return []byte(out.String()), f.List(), nil
}

// textOf writes one question, and says whether its texts had more than words;
// what is left of them then stands in the item.
func textOf(item *interchange.Item) (text string, marked bool) {
	q := &item.Question
	line := func(text *string) string {
		words, signs := interchange.ToPlain(*text)
		if oneLine := strings.Join(strings.Fields(words), " "); oneLine != words {
			words, signs = oneLine, true
		}
		if signs {
			*text, marked = interchange.FromPlain(words), true
		}
		return words
	}
	var out strings.Builder
	fmt.Fprintln(&out, line(&q.Stem))
	answer := ""
	for i := range q.Options {
		letter := string(rune('A' + i))
		fmt.Fprintf(&out, "%s) %s\n", letter, line(&q.Options[i].Text))
		if q.Options[i].Correct {
			answer = letter
		}
	}
	fmt.Fprintln(&out, "ANSWER:", answer)
	return out.String(), marked
}
