package interchange

import (
	"math"
	"strings"

	"muster/internal/question"
)

// NoRubric is what is said of an essay that comes without a rubric.
const NoRubric = "It has no rubric: add one before it is approved."

// WholeAnswer is the only criterion of an essay of which a file tells markers
// something, but no rubric.
const WholeAnswer = "Whole answer"

// Markers takes over what a file tells the markers of an essay: a rubric and a
// model answer where they are written as ForMarkers does, else the guide of a
// criterion that is worth as much as the whole is there.
func (f *Findings) Markers(line int, item *Item, text string, worth float64) {
	if text == "" {
		return
	}
	q := &item.Question
	if rubric, model, ok := FromMarkers(text); ok {
		q.Rubric, q.Model = rubric, strings.TrimSpace(q.Model+"\n\n"+model)
		return
	}
	points := int(math.Round(min(max(worth, 1), question.MaxPoints)))
	q.Rubric = []question.Criterion{{Text: WholeAnswer, Points: points, Guide: text}}
	f.Notef(line, item.Called(), "What markers are told is the guide of one criterion here, “%s”, worth %s. Part it where it has several.", WholeAnswer, Points(points))
}

// Essay brings what a file says of an essay within the limits of essays, and
// finds what it has to change for it.
func (f *Findings) Essay(item *Item) {
	q := &item.Question
	name := item.Called()
	var kept []question.Criterion
	seen := map[string]bool{}
	for _, c := range q.Rubric {
		key := strings.ToLower(strings.Join(strings.Fields(c.Text), " "))
		if key == "" {
			f.Warnf(item.Line, name, "A criterion of the rubric has no text; it is left out, with its %s and its guide “%s”.", Points(c.Points), Quote(c.Guide))
			continue
		}
		if points := min(max(c.Points, 1), question.MaxPoints); points != c.Points {
			f.Warnf(item.Line, name, "“%s” gives %s there; here it gives %d, as a criterion gives 1 to %d.", Quote(c.Text), Points(c.Points), points, question.MaxPoints)
			c.Points = points
		}
		if seen[key] {
			f.Warnf(item.Line, name, "Two criteria of the rubric say the same: “%s”. Tell them apart before it is approved.", Quote(c.Text))
		}
		seen[key] = true
		kept = append(kept, c)
	}
	if q.Rubric = kept; len(kept) == 0 {
		f.Warnf(item.Line, name, NoRubric)
	}
	if words := min(max(q.MaxWords, 0), question.MaxWords); words != q.MaxWords {
		f.Warnf(item.Line, name, "It asks for %d words at most; here it asks for %d, as an essay may ask for up to %d. 0 is to say nothing of it.", q.MaxWords, words, question.MaxWords)
		q.MaxWords = words
	}
}
