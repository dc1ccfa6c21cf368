package sheet

import (
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/question"
)

// table is a sheet that is to be written: its columns, and the cells of each row.
type table struct {
	columns []column
	rows    []map[column]string
}

// tableOf writes each question into a row. What was written is read again, so
// that what is lost is known.
func tableOf(items []interchange.Item, f *interchange.Findings) table {
	var t table
	most := 0
	for _, item := range items {
		item = interchange.Clean(item)
		if len(item.Question.Outcomes) == 0 {
			item.Question.Outcomes = nil
		}
		n := optionsIn(item.Question)
		if n > maxOptions {
			f.Errorf(0, item.Called(), "A sheet has room for %d options, the question has %d.", maxOptions, n)
			continue
		}
		cells := cellsOf(item)
		if long := longest(cells); long > maxCell {
			f.Errorf(0, item.Called(), "A cell holds %d characters, a text of the question has %d.", maxCell, long)
			continue
		}
		back := draft{reader: &reader{limits: interchange.Usual()}, cells: cells}
		var read []interchange.Item
		if back.read() {
			read = append(read, back.item)
		}
		if f.Carried("a sheet", item, read) {
			t.rows = append(t.rows, cells)
			most = max(most, n)
		}
	}
	t.columns = headings(most)
	return t
}

// maxCell is how many UTF-16 units a cell of a workbook may hold, but for the
// apostrophe.
const maxCell = 32_766

func longest(cells map[column]string) int {
	long := 0
	for _, cell := range cells {
		n := 0
		for _, r := range cell {
			if n++; r > 0xffff {
				n++
			}
		}
		long = max(long, n)
	}
	return long
}

// optionsIn is how many columns of options a question needs.
func optionsIn(q question.Question) int {
	return max(len(q.Options), len(q.Pairs)+len(q.Extra), len(q.Sequence), len(q.Blanks), len(q.Mistakes), len(q.Rubric))
}

// cellsOf writes one question; cells that would be empty are not there.
func cellsOf(item interchange.Item) map[column]string {
	q := item.Question
	cells := map[column]string{
		columnKind: string(q.Kind), columnQuestion: q.Stem, columnAnswer: answerOf(q), columnRight: q.RightFeedback,
		columnExplanation: q.Explanation, columnTitle: q.Title, columnPool: string(q.Pool), columnBloom: string(q.Bloom),
		columnOutcomes: joined(q.Outcomes, partsList), columnCitations: joined(q.Citations, partsList),
		columnReferences: joined(q.References, partsList), columnCorrections: joined(q.Corrections, partsList), columnAsOf: q.AsOf,
		columnTags: joined(item.Tags, partsList), columnCategory: joined(item.Category, partsCategory), columnID: item.ID,
	}
	if q.Difficulty != 0 {
		cells[columnDifficulty] = strconv.Itoa(q.Difficulty)
	}
	if q.Critical {
		cells[columnCritical] = "yes"
	}
	if q.Answer != nil {
		cells[columnUnit] = q.Answer.Unit
		if q.Answer.Tolerance != 0 {
			cells[columnTolerance] = digits(q.Answer.Tolerance)
		}
	}
	if q.MaxWords != 0 {
		cells[columnWords] = strconv.Itoa(q.MaxWords)
	}
	wrong := q.Wrong
	if q.Kind == question.Order && len(q.Mistakes) > 0 {
		wrong = &q.Mistakes[0]
	}
	if wrong != nil {
		cells[columnWrong], cells[columnBelief] = wrong.Feedback, wrong.Misconception
	}
	optionCells(q, cells)
	for c, cell := range cells {
		if cell == "" {
			delete(cells, c)
		}
	}
	return cells
}

// optionCells fills the columns that each option has.
func optionCells(q question.Question, cells map[column]string) {
	i := 0
	add := func(left, right, said, belief string) {
		cells[option.of(i)], cells[match.of(i)], cells[feedback.of(i)], cells[misconception.of(i)] = left, right, said, belief
		i++
	}
	for _, o := range q.Options {
		add(o.Text, "", o.Feedback, o.Misconception)
	}
	for _, p := range q.Pairs {
		add(p.Left, p.Right, p.Feedback, p.Misconception)
	}
	for _, c := range q.Extra {
		add("", c.Text, "", "")
	}
	for _, c := range q.Sequence {
		add(c.Text, "", "", "")
	}
	for _, b := range q.Blanks {
		add(joined(b.Accepted, partsAccepted), "", b.Feedback, b.Misconception)
	}
	for _, m := range q.Mistakes {
		if m.Value != nil {
			add(digits(*m.Value), "", m.Feedback, m.Misconception)
		}
	}
	for _, c := range q.Rubric {
		add(interchange.Pointed(c), "", c.Guide, "")
	}
}

func digits(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func answerOf(q question.Question) string {
	var right, grades []string
	for i, o := range q.Options {
		if o.Correct {
			right = append(right, letterOf(i))
		}
		grades = append(grades, letterOf(i)+"="+strconv.Itoa(o.Grade))
	}
	switch q.Kind {
	case question.Single, question.Multiple:
		return strings.Join(right, ", ")
	case question.Judgement:
		return strings.Join(grades, " ")
	case question.TrueFalse:
		return strings.Join(append([]string{strconv.FormatBool(q.Truth != nil && *q.Truth)}, right...), " ")
	case question.Numeric:
		if q.Answer != nil {
			return digits(q.Answer.Value)
		}
	case question.Essay:
		return q.Model
	}
	return ""
}
