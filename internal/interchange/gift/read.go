package gift

import (
	"regexp"
	"strings"

	"muster/internal/interchange"
	"muster/internal/question"
)

// reader gathers the questions of a file.
type reader struct {
	limits   interchange.Limits
	items    []interchange.Item
	findings interchange.Findings
	category []string
	parts    int // options, answers and tags of all questions
}

// block reads one block: a category, a question or what is neither.
func (r *reader) block(b block) {
	if names, rest, ok := b.category(); ok {
		r.category = names
		if b = rest; strings.TrimSpace(b.text) == "" {
			return
		}
	}
	id, tags := b.named()
	q := &draft{reader: r, block: b, item: interchange.Item{ID: id, Tags: tags, Category: r.category, Line: b.line(firstByte(b.text))}}
	if b.long {
		q.fail(0, "The question is longer than %d KiB.", r.limits.Text>>10)
		return
	}
	if !q.read() {
		return
	}
	if parts := q.item.Parts(); parts > interchange.MaxParts {
		q.fail(0, "The question has more than %d answers and tags.", interchange.MaxParts)
	} else {
		r.parts += parts
		q.item.Unlabel()
		r.items = append(r.items, q.item)
	}
}

func firstByte(text string) int { return len(text) - len(strings.TrimLeft(text, " \t\n")) }

// markup is how the texts of a question are written.
type markup string

const (
	moodle   markup = "moodle" // HTML in which line feeds count
	html     markup = "html"
	plain    markup = "plain"
	markdown markup = "markdown"
)

// draft is a question that is being read.
type draft struct {
	*reader
	block  block
	item   interchange.Item
	markup markup
	tail   bool // text follows the answers: they stand for a missing word
}

func (d *draft) fail(at int, format string, args ...any) bool {
	d.findings.Errorf(d.block.line(at), d.item.Called(), format, args...)
	return false
}

func (d *draft) warn(at int, format string, args ...any) {
	d.findings.Warnf(d.block.line(at), d.item.Called(), format, args...)
}

func (d *draft) note(at int, format string, args ...any) {
	d.findings.Notef(d.block.line(at), d.item.Called(), format, args...)
}

// read reads the block. It says whether there is a question that can be kept.
func (d *draft) read() bool {
	whole := span{d.block.text, 0}.trimmed()
	whole, ok := d.title(whole)
	if !ok {
		return false
	}
	open, shut := index(whole.text, "{"), index(whole.text, "}")
	switch {
	case open < 0 && shut < 0:
		d.item.Question.Stem = d.stem(whole)
		d.warn(whole.at, "This is a text without a question; it is left out.")
		return false
	case open < 0:
		return d.fail(whole.at+shut, "A brace } closes here that was not opened. Write \\} for the sign itself.")
	case shut < open:
		return d.fail(whole.at+open, "The answers have no closing brace. There must be no empty line in a question.")
	}
	head, rest := whole.cut(open, 1)
	answers, tail := rest.cut(shut-open-1, 1)
	d.tail = strings.TrimSpace(tail.text) != ""
	if d.tail {
		d.item.Question.Stem = d.stem(span{head.text + interchange.Blank + tail.text, head.at})
	} else {
		d.item.Question.Stem = d.stem(head)
	}
	if index(tail.text, "{") >= 0 {
		return d.fail(tail.at, "There are two sets of answers in one question.")
	}
	if d.item.Question.Stem == "" {
		return d.fail(whole.at, "The question asks nothing.")
	}
	return d.answers(answers)
}

// title reads ::title:: where there is one.
func (d *draft) title(s span) (rest span, ok bool) {
	if !strings.HasPrefix(s.text, "::") {
		return s, true
	}
	_, s = s.cut(0, 2)
	end := index(s.text, "::")
	if end < 0 {
		return s, d.fail(s.at, "The title has no :: at its end.")
	}
	name, rest := s.cut(end, 2)
	d.item.Question.Title = strings.TrimSpace(unescape(name.text))
	return rest.trimmed(), true
}

var prefix = regexp.MustCompile(`^\[(html|moodle|plain|markdown)\]`)

// marked reads the [format] that a text may begin with.
func marked(s span, usual markup) (span, markup) {
	s = s.trimmed()
	if found := prefix.FindStringSubmatch(s.text); found != nil {
		_, s = s.cut(0, len(found[0]))
		return s.trimmed(), markup(found[1])
	}
	return s, usual
}

// stem reads the text that asks; its format is that of all texts that do not say
// otherwise.
func (d *draft) stem(s span) string {
	s, d.markup = marked(s, moodle)
	return d.converted(s, d.markup)
}

// text reads any other text.
func (d *draft) text(s span) string {
	s, m := marked(s, d.markup)
	return d.converted(s, m)
}

var tex = regexp.MustCompile(`\$\$.+\$\$|\\\(.+\\\)|\\\[.+\\\]`)

// converted brings a text to Markdown.
func (d *draft) converted(s span, m markup) string {
	source := strings.TrimSpace(unescape(s.text))
	if tex.MatchString(source) {
		d.note(s.at, "A formula in TeX is shown as it is written.")
	}
	switch m {
	case markdown:
		if interchange.HasHTML(source) {
			d.note(s.at, "HTML within Markdown is not shown.")
		}
		return source
	case plain:
		return interchange.FromPlain(source)
	}
	text, lost := interchange.FromHTML(source, m == moodle)
	if len(lost) > 0 {
		d.warn(s.at, "The text has what cannot be kept: %s.", strings.Join(lost, ", "))
	}
	return text
}

// answers reads what stands between the braces.
func (d *draft) answers(s span) bool {
	q := &d.item.Question
	if i := index(s.text, "####"); i >= 0 {
		var general span
		s, general = s.cut(i, 4)
		q.Explanation = d.text(general)
	}
	s = s.trimmed()
	parts := strings.Count(s.text, "=") + strings.Count(s.text, "~")
	if parts > interchange.MaxParts {
		return d.fail(s.at, "The question has more than %d answers.", interchange.MaxParts)
	}
	switch {
	case s.text == "":
		return d.essay()
	case s.text[0] == '#':
		_, s = s.cut(0, 1)
		return d.numeric(s)
	case index(s.text, "~") >= 0:
		return d.choice(s)
	case d.isMatch(s):
		return d.match(s)
	case d.isTrueFalse(s):
		return d.trueFalse(s)
	}
	return d.short(s)
}

// essay reads a question without answers; GIFT has no place for how it is marked.
func (d *draft) essay() bool {
	d.item.Question.Kind = question.Essay
	d.findings.Essay(&d.item)
	return true
}

// told parts an answer from the feedback after it.
func (d *draft) told(s span) (answer span, feedback string) {
	if i := index(s.text, "#"); i >= 0 {
		var said span
		s, said = s.cut(i, 1)
		feedback = d.text(said)
	}
	return s.trimmed(), feedback
}

func (d *draft) trueFalse(s span) bool {
	q := &d.item.Question
	value, said := s, []string{"", ""}
	if i := index(s.text, "#"); i >= 0 {
		var rest span
		value, rest = s.cut(i, 1)
		for n, part := range rest.split("#") {
			part.text = strings.TrimPrefix(part.text, "#")
			if n < 2 {
				said[n] = d.text(part)
			} else {
				d.warn(part.at, "There is a third feedback, which is left out.")
			}
		}
	}
	truth := strings.HasPrefix(strings.ToUpper(value.trimmed().text), "T")
	q.Kind, q.Truth, q.RightFeedback = question.TrueFalse, &truth, said[1]
	if said[0] != "" {
		q.Wrong = &question.Mistake{Feedback: said[0]}
	}
	return true
}

var truths = regexp.MustCompile(`(?i)^\s*(t|true|f|false)\s*(#|$)`)

func (d *draft) isTrueFalse(s span) bool { return truths.MatchString(s.text) }

// isMatch says whether every answer is a pair.
func (d *draft) isMatch(s span) bool {
	parts := given(s.split("="))
	for _, part := range parts {
		if part.text[0] != '=' || !strings.Contains(part.text, "->") {
			return false
		}
	}
	return len(parts) > 0
}

// given leaves out the parts that are empty.
func given(parts []span) []span {
	var list []span
	for _, p := range parts {
		if strings.TrimSpace(p.text) != "" {
			list = append(list, p.trimmed())
		}
	}
	return list
}

func (d *draft) match(s span) bool {
	q := &d.item.Question
	q.Kind = question.Match
	for _, part := range given(s.split("=")) {
		_, pair := part.cut(0, 1)
		i := strings.Index(pair.text, "->")
		left, right := pair.cut(i, 2)
		texts := question.Pair{Left: d.text(left), Right: d.right(right)}
		switch {
		case texts.Right == "":
			return d.fail(pair.at, "Nothing stands after -> here.")
		case texts.Left == "":
			q.Extra = append(q.Extra, question.Choice{Text: texts.Right})
		default:
			q.Pairs = append(q.Pairs, texts)
		}
	}
	if len(q.Pairs) == 0 {
		return d.fail(s.at, "There is no pair to match.")
	}
	return true
}

// right reads the right-hand side of a pair, which is plain text to Moodle.
func (d *draft) right(s span) string {
	if d.markup == markdown {
		return d.text(s)
	}
	s, m := marked(s, plain)
	return d.converted(s, m)
}
