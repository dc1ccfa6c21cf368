package interchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"muster/internal/question"
)

// What other programs tell markers is one text. In it a rubric is a numbered list,
// with the points after each criterion and its guide below it:
//
//  1. Names the organ (2 points)
//
//     One point for its kind.
//
//     **Model answer**
//
//     The Security Council.
const (
	modelTitle = "**Model answer**"
	inset      = "    "
)

var (
	entered   = regexp.MustCompile(`^(?:[0-9]{1,3}[.)]|[-*•])[ \t]+`)
	pointed   = regexp.MustCompile(`(?is)^(.*?)\s*\((-?[0-9]{1,6})\s*(?:points?|pts?|marks?)\)$`)
	modelHead = regexp.MustCompile(`(?im)^(?:#{1,6}[ \t]*)?\**model answer:?\**[ \t]*$`)
)

// Points says in words how many points there are.
func Points(n int) string {
	if n == 1 {
		return "1 point"
	}
	return strconv.Itoa(n) + " points"
}

// Pointed writes a criterion with its points after it.
func Pointed(c question.Criterion) string { return c.Text + " (" + Points(c.Points) + ")" }

// Criterion reads a criterion with its points after it. It is false where no
// points stand there.
func Criterion(text string) (question.Criterion, bool) {
	found := pointed.FindStringSubmatch(strings.TrimSpace(text))
	if found == nil {
		return question.Criterion{Text: text}, false
	}
	points, err := strconv.Atoi(found[2])
	return question.Criterion{Text: found[1], Points: points}, err == nil
}

// ForMarkers writes the rubric and the model answer of an essay as Markdown; ""
// where it has neither.
func ForMarkers(q question.Question) string {
	var parts []string
	for i, c := range q.Rubric {
		text := Pointed(c)
		if c.Guide != "" {
			text += "\n\n" + c.Guide
		}
		parts = append(parts, fmt.Sprintf("%d. %s", i+1, insetOf(text)))
	}
	if q.Model != "" {
		parts = append(parts, modelTitle, q.Model)
	}
	return strings.Join(parts, "\n\n")
}

// insetOf insets all lines but the first and those that are empty.
func insetOf(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if i > 0 && line != "" {
			lines[i] = inset + line
		}
	}
	return strings.Join(lines, "\n")
}

// FromMarkers reads them again. It is false for a text of another form.
func FromMarkers(text string) (rubric []question.Criterion, model string, ok bool) {
	if at := modelHead.FindStringIndex(text); at != nil {
		text, model = text[:at[0]], strings.TrimSpace(text[at[1]:])
	}
	for _, entry := range entriesIn(strings.TrimSpace(text)) {
		c, ok := criterionOf(entered.ReplaceAllString(entry, ""))
		switch last := len(rubric) - 1; {
		case ok && entered.MatchString(entry):
			rubric = append(rubric, c)
		case last < 0:
			return nil, "", false
		default: // a list within the guide
			rubric[last].Guide = strings.TrimSpace(rubric[last].Guide + "\n" + entry)
		}
	}
	return rubric, model, len(rubric) > 0 || model != ""
}

// entriesIn parts a text before each sign of a list that is not inset, and takes
// the inset away.
func entriesIn(text string) []string {
	if text == "" {
		return nil
	}
	var entries []string
	for line := range strings.SplitSeq(text, "\n") {
		if last := len(entries) - 1; last < 0 || entered.MatchString(line) {
			entries = append(entries, line)
		} else {
			entries[last] += "\n" + strings.TrimPrefix(line, inset)
		}
	}
	return entries
}

// criterionOf reads an entry: its text goes on to the line at whose end the
// points stand, and the rest is the guide.
func criterionOf(entry string) (question.Criterion, bool) {
	for end := 0; end < len(entry); end++ {
		next := strings.IndexByte(entry[end:], '\n')
		if next < 0 {
			next = len(entry) - end
		}
		end += next
		if c, ok := Criterion(entry[:end]); ok {
			c.Guide = strings.TrimSpace(entry[end:])
			return c, true
		}
	}
	return question.Criterion{}, false
}
