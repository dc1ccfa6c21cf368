package gift

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/question"
)

// write writes the questions one after the other. What was written of each is
// read again, so that what is lost is known.
func write(items []interchange.Item) ([]byte, []interchange.Finding, error) {
	var out strings.Builder
	var f interchange.Findings
	category := categoryMark + " \n\n"
	for _, item := range items {
		item = interchange.Clean(item)
		path := categoryMark + " " + interchange.CategoryPath(item.Category) + "\n\n"
		text, ok := textOf(item)
		if !ok {
			f.Errorf(0, item.Called(), "GIFT has no questions of the kind %s.", kindOf(item.Question))
			continue
		}
		if !f.Carried("GIFT", item, again(path+text)) {
			continue
		}
		if path != category {
			out.WriteString(path)
			category = path
		}
		out.WriteString(text + "\n")
	}
	return []byte(out.String()), f.List(), nil
}

// again reads what was written.
func again(text string) []interchange.Item {
	items, _, err := read(context.Background(), []byte(text), interchange.Usual())
	if err != nil {
		return nil
	}
	return items
}

// kindOf names the kind of a question that cannot be written.
func kindOf(q question.Question) string {
	if q.Kind == question.Cloze {
		return fmt.Sprintf("%s with %d gaps", q.Kind, len(q.Blanks))
	}
	return string(q.Kind)
}

// textOf writes one question. It is false for a kind that GIFT does not know.
func textOf(item interchange.Item) (string, bool) {
	q := item.Question
	answers, ok := answersOf(q)
	if !ok {
		return "", false
	}
	var out strings.Builder
	out.WriteString(commentOf(item))
	if q.Title != "" {
		out.WriteString("::" + escape(q.Title) + "::")
	}
	out.WriteString("[" + string(markdown) + "]" + escape(q.Stem) + " {" + answers)
	if q.Explanation != "" {
		out.WriteString("####" + own(q.Explanation))
	}
	out.WriteString("}\n")
	return out.String(), true
}

// commentOf writes the id and the tags.
func commentOf(item interchange.Item) string {
	plain := func(s string) string { return strings.ReplaceAll(s, `]`, `\]`) }
	line := ""
	if item.ID != "" {
		line += " [id:" + plain(item.ID) + "]"
	}
	for _, tag := range append(interchange.Labels(item.Question), item.Tags...) {
		line += " [tag:" + plain(tag) + "]"
	}
	if line == "" {
		return ""
	}
	return "//" + line + "\n"
}

// own writes a text that is not the stem; where it begins like a format it says
// its own.
func own(text string) string {
	if prefix.MatchString(text) {
		text = "[" + string(markdown) + "]" + text
	}
	return escape(text)
}

// said writes the feedback after an answer.
func said(feedback string) string {
	if feedback == "" {
		return ""
	}
	return "#" + own(feedback)
}

func answersOf(q question.Question) (string, bool) {
	switch q.Kind {
	case question.Single, question.Judgement, question.Multiple:
		return optionsOf(q), true
	case question.TrueFalse:
		return truthOf(q), true
	case question.Match:
		return pairsOf(q), true
	case question.Numeric:
		if q.Answer != nil {
			return numbersOf(q), true
		}
	case question.Cloze:
		if len(q.Blanks) == 1 {
			return acceptedOf(q.Blanks[0]), true
		}
	case question.Essay:
		return "", true
	}
	return "", false
}

// percent writes a weight as Moodle knows them.
func percent(w float64) string {
	text := strconv.FormatFloat(w, 'f', 5, 64)
	return "%" + strings.TrimRight(strings.TrimRight(text, "0"), ".") + "%"
}

func optionsOf(q question.Question) string {
	right := 0
	for _, o := range q.Options {
		if o.Correct {
			right++
		}
	}
	var out strings.Builder
	for _, o := range q.Options {
		sign := "~"
		switch {
		case q.Kind == question.Multiple && o.Correct:
			sign += percent(full / float64(right))
		case q.Kind == question.Multiple && right > 0:
			sign += percent(-full / float64(right))
		case o.Correct, o.Grade == 3:
			sign = "="
		case o.Grade > 0:
			sign += percent(full * float64(o.Grade) / 3)
		case weighing.MatchString(o.Text):
			sign += percent(0)
		}
		out.WriteString("\n\t" + sign + own(o.Text) + said(o.Feedback))
	}
	return out.String() + "\n"
}

func truthOf(q question.Question) string {
	value, wrong := "FALSE", ""
	if q.Truth != nil && *q.Truth {
		value = "TRUE"
	}
	if q.Wrong != nil {
		wrong = q.Wrong.Feedback
	}
	if wrong == "" && q.RightFeedback != "" {
		value += "#"
	}
	return value + said(wrong) + said(q.RightFeedback)
}

func pairsOf(q question.Question) string {
	var out strings.Builder
	for _, p := range q.Pairs {
		out.WriteString("\n\t=" + own(p.Left) + " -> " + own(p.Right))
	}
	for _, c := range q.Extra {
		out.WriteString("\n\t= -> " + own(c.Text))
	}
	return out.String() + "\n"
}

func numbersOf(q question.Question) string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	right := number(q.Answer.Value) + ":" + number(q.Answer.Tolerance)
	if len(q.Mistakes) == 0 {
		return "#" + right
	}
	var out strings.Builder
	out.WriteString("#\n\t=" + right)
	for _, m := range q.Mistakes {
		if m.Value != nil {
			out.WriteString("\n\t=" + percent(0) + number(*m.Value) + ":0" + said(m.Feedback))
		}
	}
	return out.String() + "\n"
}

func acceptedOf(b question.Blank) string {
	answer := func(w float64, text string) string {
		text = escape(strings.ReplaceAll(text, anything, `\*`))
		if w != full || weighing.MatchString(text) {
			text = percent(w) + text
		}
		return "\n\t=" + text
	}
	var out strings.Builder
	for _, a := range b.Accepted {
		out.WriteString(answer(full, a))
	}
	for _, m := range b.Mistakes {
		out.WriteString(answer(0, m.Text) + said(m.Feedback))
	}
	if b.Feedback != "" {
		out.WriteString("\n\t=" + percent(0) + anything + said(b.Feedback))
	}
	return out.String() + "\n"
}
