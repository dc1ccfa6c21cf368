package sheet

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/question"
)

// draft is a row that is being read.
type draft struct {
	*reader
	item  interchange.Item
	cells map[column]string
	used  map[column]bool
}

func (d *draft) fail(format string, args ...any) bool {
	d.findings.Errorf(d.item.Line, d.item.Called(), format, args...)
	return false
}

func (d *draft) warn(format string, args ...any) {
	d.findings.Warnf(d.item.Line, d.item.Called(), format, args...)
}

// cell gives a cell, which then counts as used.
func (d *draft) cell(c column) string {
	d.used[c] = true
	return d.cells[c]
}

// read reads the row. It says whether there is a question that can be kept.
func (d *draft) read() bool {
	d.used = map[column]bool{}
	q := &d.item.Question
	q.Title, q.Stem, q.Explanation = d.cell(columnTitle), d.cell(columnQuestion), d.cell(columnExplanation)
	if q.Stem == "" {
		return d.fail("The row has no question.")
	}
	var ok bool
	if q.Kind, ok = d.kind(); !ok {
		return d.fail("The kind “%s” is not known. Write single, multiple, true_false, match, order, numeric, cloze, judgement or essay.", interchange.Quote(d.cells[columnKind]))
	}
	d.about()
	if !parts[q.Kind](d) {
		return false
	}
	for c := range d.cells {
		if !d.used[c] {
			d.warn("The column %s says nothing in a question of the kind %s; it is left out.", c, q.Kind)
		}
	}
	return true
}

// kinds are other words for kinds.
var kinds = map[string]question.Kind{
	"multiple_choice": question.Single, "mc": question.Single, "multichoice": question.Single, "multiple_response": question.Multiple, "mr": question.Multiple,
	"truefalse": question.TrueFalse, "tf": question.TrueFalse, "matching": question.Match, "ordering": question.Order, "sequence": question.Order,
	"number": question.Numeric, "numerical": question.Numeric, "short_answer": question.Cloze, "shortanswer": question.Cloze, "gap": question.Cloze,
	"free_text": question.Essay, "long_answer": question.Essay, "open_question": question.Essay,
}

// kind gives the kind of the row; where it does not say, what its answer fits.
func (d *draft) kind() (question.Kind, bool) {
	name := strings.NewReplacer(" ", "_", "-", "_", "/", "").Replace(strings.ToLower(d.cell(columnKind)))
	answer := d.cells[columnAnswer]
	switch {
	case slices.Contains(question.Kinds, question.Kind(name)):
		return question.Kind(name), true
	case kinds[name] != "":
		return kinds[name], true
	case name != "":
		return "", false
	case truth.MatchString(answer):
		return question.TrueFalse, true
	case d.cells[match.of(0)] != "":
		return question.Match, true
	case len(letters(answer)) == 1:
		return question.Single, true
	case len(letters(answer)) > 1:
		return question.Multiple, true
	}
	return "", false
}

// about reads what the question is for.
func (d *draft) about() {
	q := &d.item.Question
	pick(d, columnPool, &q.Pool, func(s string) question.Pool { return question.Pool(s) }, question.Practice, question.Exam)
	pick(d, columnBloom, &q.Bloom, func(s string) question.Bloom { return question.Bloom(s) }, question.Blooms...)
	pick(d, columnDifficulty, &q.Difficulty, func(s string) int { n, _ := strconv.Atoi(s); return n }, 1, 2, 3)
	critical := "no"
	pick(d, columnCritical, &critical, func(s string) string { return s }, "yes", "no", "true", "false", "1", "0")
	q.Critical = critical == "yes" || critical == "true" || critical == "1"
	q.Outcomes, q.Citations = parted(d.cell(columnOutcomes), partsList), parted(d.cell(columnCitations), partsList)
	q.References, q.Corrections = parted(d.cell(columnReferences), partsList), parted(d.cell(columnCorrections), partsList)
	q.AsOf, d.item.ID = d.cell(columnAsOf), d.cell(columnID)
	d.item.Tags, d.item.Category = parted(d.cell(columnTags), partsList), parted(d.cell(columnCategory), partsCategory)
}

// pick reads a cell that holds one of a few words.
func pick[T comparable](d *draft, c column, field *T, parse func(string) T, allowed ...T) {
	text := strings.ToLower(d.cell(c))
	if text == "" {
		return
	}
	if value := parse(text); slices.Contains(allowed, value) {
		*field = value
		return
	}
	d.warn("“%s” in the column %s is not one of %v; it is left out.", interchange.Quote(text), c, allowed)
}

// parts read what belongs to each kind.
var parts = map[question.Kind]func(*draft) bool{
	question.Single: (*draft).single, question.Multiple: (*draft).multiple, question.TrueFalse: (*draft).trueFalse, question.Match: (*draft).match,
	question.Order: (*draft).order, question.Numeric: (*draft).numeric, question.Cloze: (*draft).cloze, question.Judgement: (*draft).judgement,
	question.Essay: (*draft).essay,
}

// options reads the options, and gives the place of each by its letter.
func (d *draft) options() map[string]int {
	places := map[string]int{}
	for i := range maxOptions {
		text := d.cell(option.of(i))
		if text == "" {
			continue
		}
		places[string(rune('A'+i))] = len(d.item.Question.Options)
		d.item.Question.Options = append(d.item.Question.Options, question.Option{
			Text: text, Feedback: d.cell(feedback.of(i)), Misconception: d.cell(misconception.of(i)),
		})
	}
	return places
}

var letter = regexp.MustCompile(`^[A-Za-z]$`)

// letters reads the letters of an answer; nil where it is anything else.
func letters(answer string) []string {
	words := strings.FieldsFunc(answer, func(r rune) bool { return strings.ContainsRune(" ,;+&", r) })
	for i, word := range words {
		if !letter.MatchString(word) {
			return nil
		}
		words[i] = strings.ToUpper(word)
	}
	return words
}

// mark marks the options that the answer names as right.
func (d *draft) mark(answer []string, places map[string]int) bool {
	for _, l := range answer {
		place, ok := places[l]
		if !ok {
			return d.fail("The answer names the option %s, which is not there.", l)
		}
		d.item.Question.Options[place].Correct = true
	}
	return true
}

func (d *draft) single() bool {
	places, answer := d.options(), letters(d.cell(columnAnswer))
	if len(answer) != 1 {
		return d.fail("The answer must be the letter of the right option, such as B.")
	}
	return d.mark(answer, places)
}

func (d *draft) multiple() bool {
	places, answer := d.options(), letters(d.cell(columnAnswer))
	if len(answer) == 0 {
		return d.fail("The answer must be the letters of the right options, such as A, C.")
	}
	return d.mark(answer, places)
}

var (
	truth = regexp.MustCompile(`(?i)^(true|false|t|f|1|0)(?:[\s,;:]+([A-Za-z]))?$`)
	grade = regexp.MustCompile(`([A-Za-z])\s*[=:]\s*([0-3])`)
)

func (d *draft) trueFalse() bool {
	q := &d.item.Question
	found := truth.FindStringSubmatch(d.cell(columnAnswer))
	if found == nil {
		return d.fail("The answer must be true or false, with the letter of the right reason where there are reasons: false B.")
	}
	value := strings.ContainsAny(found[1][:1], "tT1")
	q.Truth, q.RightFeedback = &value, d.cell(columnRight)
	q.Wrong = d.wrong()
	places := d.options()
	return found[2] == "" || d.mark([]string{strings.ToUpper(found[2])}, places)
}

// wrong reads what is told to who is wrong as a whole.
func (d *draft) wrong() *question.Mistake {
	m := question.Mistake{Feedback: d.cell(columnWrong), Misconception: d.cell(columnBelief)}
	if m == (question.Mistake{}) {
		return nil
	}
	return &m
}

func (d *draft) match() bool {
	q := &d.item.Question
	for i := range maxOptions {
		left, right := d.cell(option.of(i)), d.cell(match.of(i))
		switch {
		case left == "" && right == "":
		case right == "":
			return d.fail("Nothing matches “%s”: the cell %s is empty.", interchange.Quote(left), match.of(i))
		case left == "":
			q.Extra = append(q.Extra, question.Choice{Text: right})
		default:
			q.Pairs = append(q.Pairs, question.Pair{Left: left, Right: right, Feedback: d.cell(feedback.of(i)), Misconception: d.cell(misconception.of(i))})
		}
	}
	if len(q.Pairs) == 0 {
		return d.fail("There is no pair: fill in option_a and match_a, option_b and match_b …")
	}
	return true
}

func (d *draft) order() bool {
	q := &d.item.Question
	for i := range maxOptions {
		if text := d.cell(option.of(i)); text != "" {
			q.Sequence = append(q.Sequence, question.Choice{Text: text})
		}
	}
	if len(q.Sequence) < 2 {
		return d.fail("There are fewer than two steps: fill in option_a, option_b … in the right order.")
	}
	if m := d.wrong(); m != nil {
		q.Mistakes = []question.Mistake{*m}
	}
	return true
}

// number reads a number with a point.
func number(text string) (float64, bool) {
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil && !math.IsInf(v, 0) && !math.IsNaN(v)
}

func (d *draft) numeric() bool {
	q := &d.item.Question
	value, ok := number(d.cell(columnAnswer))
	if !ok {
		return d.fail("The answer must be a number with a point, such as 9 or 0.5.")
	}
	q.Answer = &question.Quantity{Value: value, Unit: d.cell(columnUnit)}
	if text := d.cell(columnTolerance); text != "" {
		if q.Answer.Tolerance, ok = number(text); !ok || q.Answer.Tolerance < 0 {
			return d.fail("The tolerance must be a number, such as 0.5.")
		}
	}
	for i := range maxOptions {
		text := d.cell(option.of(i))
		if text == "" {
			continue
		}
		wrong, ok := number(text)
		if !ok {
			return d.fail("The cell %s must be a wrong number that you foresee.", option.of(i))
		}
		q.Mistakes = append(q.Mistakes, question.Mistake{Value: &wrong, Feedback: d.cell(feedback.of(i)), Misconception: d.cell(misconception.of(i))})
	}
	return true
}

func (d *draft) cloze() bool {
	q := &d.item.Question
	for i := range maxOptions {
		if accepted := parted(d.cell(option.of(i)), partsAccepted); len(accepted) > 0 {
			q.Blanks = append(q.Blanks, question.Blank{Accepted: accepted, Feedback: d.cell(feedback.of(i)), Misconception: d.cell(misconception.of(i))})
		}
	}
	if accepted := parted(d.cells[columnAnswer], partsAccepted); len(q.Blanks) == 0 && len(accepted) > 0 {
		d.used[columnAnswer] = true
		q.Blanks = []question.Blank{{Accepted: accepted}}
	}
	if len(q.Blanks) == 1 && !strings.Contains(q.Stem, interchange.Blank) {
		q.Stem += " " + interchange.Blank
	}
	if gaps := strings.Count(q.Stem, interchange.Blank); gaps != len(q.Blanks) {
		return d.fail("The question has %d gaps (____), but %d cells say what they accept.", gaps, len(q.Blanks))
	}
	return true
}

func (d *draft) judgement() bool {
	places, answer := d.options(), d.cell(columnAnswer)
	grades := grade.FindAllStringSubmatch(answer, -1)
	if best := letters(answer); len(best) == 1 {
		grades = [][]string{{"", best[0], "3"}}
	}
	if len(grades) == 0 {
		return d.fail("The answer must grade the options: A=3 B=2 C=1 D=0.")
	}
	for _, g := range grades {
		place, ok := places[strings.ToUpper(g[1])]
		if !ok {
			return d.fail("The answer names the option %s, which is not there.", strings.ToUpper(g[1]))
		}
		d.item.Question.Options[place].Grade = int(g[2][0] - '0')
	}
	return true
}

// letterOf names an option in an answer.
func letterOf(i int) string { return fmt.Sprintf("%c", 'A'+i) }
