package interchange

import (
	"encoding/json"
	"strings"

	"golang.org/x/text/unicode/norm"

	"muster/internal/question"
)

// Clean copies an item with its texts as they are after reading: composed letters,
// \n at the ends of lines, nothing that cannot be shown, no space around. Writers
// begin with it.
func Clean(item Item) Item {
	var q question.Question
	if doc, err := json.Marshal(item.Question); err != nil || json.Unmarshal(doc, &q) != nil {
		q = item.Question // a number that JSON does not have; nobody can write it
	}
	for _, text := range textsIn(&q) {
		*text = CleanText(*text)
	}
	item.Question = q
	return item
}

// lineEnds makes every end of a line \n.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// CleanText is Clean for one text.
func CleanText(text string) string {
	text = lineEnds.Replace(text)
	kept := strings.Map(func(r rune) rune {
		if Showable(r) {
			return r
		}
		return -1
	}, text)
	return strings.TrimSpace(norm.NFC.String(kept))
}

// textsIn gives every text of q that people read.
func textsIn(q *question.Question) []*string {
	list := []*string{&q.Title, &q.Stem, &q.RightFeedback, &q.Explanation, &q.Model}
	mistake := func(m *question.Mistake) { list = append(list, &m.Text, &m.Misconception, &m.Feedback) }
	for i := range q.Options {
		list = append(list, &q.Options[i].Text, &q.Options[i].Misconception, &q.Options[i].Feedback)
	}
	for i := range q.Pairs {
		list = append(list, &q.Pairs[i].Left, &q.Pairs[i].Right, &q.Pairs[i].Misconception, &q.Pairs[i].Feedback)
	}
	for _, choices := range [][]question.Choice{q.Extra, q.Sequence} {
		for i := range choices {
			list = append(list, &choices[i].Text)
		}
	}
	for i := range q.Blanks {
		b := &q.Blanks[i]
		for j := range b.Accepted {
			list = append(list, &b.Accepted[j])
		}
		list = append(list, &b.Misconception, &b.Feedback)
		for j := range b.Mistakes {
			mistake(&b.Mistakes[j])
		}
	}
	for i := range q.Mistakes {
		mistake(&q.Mistakes[i])
	}
	for i := range q.Pictures {
		list = append(list, &q.Pictures[i].Alt)
	}
	for i := range q.Rubric {
		list = append(list, &q.Rubric[i].Text, &q.Rubric[i].Guide)
	}
	if q.Wrong != nil {
		mistake(q.Wrong)
	}
	if q.Answer != nil {
		list = append(list, &q.Answer.Unit)
	}
	return list
}
