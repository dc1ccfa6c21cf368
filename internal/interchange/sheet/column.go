package sheet

import (
	"strconv"
	"strings"
)

// column is a column of the sheet. Those of the options end in their letter.
type column string

const (
	columnKind        column = "kind"
	columnQuestion    column = "question"
	columnAnswer      column = "answer"
	columnTolerance   column = "tolerance"
	columnUnit        column = "unit"
	columnWords       column = "max_words"
	columnRight       column = "feedback_right"
	columnWrong       column = "feedback_wrong"
	columnBelief      column = "misconception_wrong"
	columnExplanation column = "explanation"
	columnTitle       column = "title"
	columnPool        column = "pool"
	columnDifficulty  column = "difficulty"
	columnBloom       column = "bloom"
	columnCritical    column = "critical"
	columnOutcomes    column = "outcomes"
	columnCitations   column = "citations"
	columnReferences  column = "references"
	columnCorrections column = "corrections"
	columnAsOf        column = "as_of"
	columnTags        column = "tags"
	columnCategory    column = "category"
	columnID          column = "id"
)

// The columns that each option has one of.
const (
	option        column = "option_"
	match         column = "match_"
	feedback      column = "feedback_"
	misconception column = "misconception_"
)

// before and after are the columns around those of the options, with what the
// sheet tells who fills it in.
var (
	before = []guide{
		{columnKind, "single, multiple, true_false, match, order, numeric, cloze, judgement or essay"},
		{columnQuestion, "What is asked; Markdown for emphasis. In a cloze ____ marks each gap"},
		{columnAnswer, "single: B · multiple: A, C · true_false: true, or false B where reason B is the right one · numeric: a number · judgement: A=3 B=2 C=1 D=0 · match, order, cloze: empty · essay: an answer that gets every point"},
		{columnTolerance, "numeric: how far off an answer may be"},
		{columnUnit, "numeric: shown beside the field"},
		{columnWords, "essay: how many words it asks for at most; longer answers are marked all the same"},
	}
	each = []guide{
		{option, "An option; the left side of a pair; a step, in the right order; what a gap accepts, parted by |; a foreseen wrong number; a reason of true_false; what an essay is marked by, with its points: Names the organ (2 points)"},
		{match, "match: the right side of the pair. Without a left side it fits nothing"},
		{feedback, "What to tell who chooses this, or fills this gap wrongly; essay: what earns how many points, which only markers see"},
		{misconception, "What the wrong choice shows"},
	}
	after = []guide{
		{columnRight, "true_false: what to tell who is right"},
		{columnWrong, "true_false, order: what to tell who is wrong"},
		{columnBelief, "true_false, order: what a wrong response shows"},
		{columnExplanation, "Why the answer is right; everybody sees it afterwards"},
		{columnTitle, "What trainers call the question"},
		{columnPool, "practice or exam"},
		{columnDifficulty, "1 easy, 2, 3 hard"},
		{columnBloom, "remember, understand, apply, analyse, evaluate or create"},
		{columnCritical, "yes for a red line: a wrong answer fails the whole attempt"},
		{columnOutcomes, "Outcomes as module.lesson.o1, parted by ;"},
		{columnCitations, "Sections as source#section, parted by ;"},
		{columnReferences, "Ids of references, parted by ;"},
		{columnCorrections, "Numbers of corrections, parted by ;"},
		{columnAsOf, "Date of a fact that goes out of date, such as 2026-01-31"},
		{columnTags, "Your own words, parted by ;"},
		{columnCategory, "Where it belongs, from the outside in, parted by /"},
		{columnID, "The name that another program gives it"},
	}
)

// guide says what a column is for.
type guide struct {
	column column
	text   string
}

// maxOptions is how many options a row may have, least how many a new sheet has.
const (
	maxOptions   = 26
	leastOptions = 6
)

// of gives the column of an option.
func (c column) of(i int) column { return c + column('a'+rune(i)) }

// headings gives the columns of a sheet whose questions have up to n options.
func headings(n int) []column {
	var list []column
	for _, g := range before {
		list = append(list, g.column)
	}
	for i := range max(n, leastOptions) {
		for _, g := range each {
			list = append(list, g.column.of(i))
		}
	}
	for _, g := range after {
		list = append(list, g.column)
	}
	return list
}

// aliases are other words for columns.
var aliases = map[string]column{
	"type": columnKind, "stem": columnQuestion, "text": columnQuestion, "question_text": columnQuestion, "key": columnAnswer,
	"correct": columnAnswer, "correct_answer": columnAnswer, "general_feedback": columnExplanation, "name": columnTitle, "level": columnBloom,
}

// known are the columns there are, by name.
var known = func() map[column]bool {
	set := map[column]bool{}
	for _, c := range headings(maxOptions) {
		set[c] = true
	}
	return set
}()

// columnOf gives the column that a heading names, "" for none.
func columnOf(heading string) column {
	name := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(heading)))
	if c, ok := aliases[name]; ok {
		return c
	}
	if stem, number, ok := strings.Cut(name, "_"); ok {
		if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= maxOptions { // option_1
			name = string(column(stem + "_").of(n - 1))
		}
	}
	if !known[column(name)] {
		return ""
	}
	return column(name)
}

// The signs that part the entries of a cell.
const (
	partsList     = ";"
	partsAccepted = "|"
	partsCategory = "/"
)

// joined writes several texts into one cell.
func joined(texts []string, sign string) string {
	escaped := make([]string, len(texts))
	for i, text := range texts {
		escaped[i] = strings.NewReplacer(`\`, `\\`, sign, `\`+sign).Replace(text)
	}
	return strings.Join(escaped, " "+sign+" ")
}

// parted reads them again.
func parted(cell, sign string) []string {
	var list []string
	var text strings.Builder
	flush := func() {
		if entry := strings.TrimSpace(text.String()); entry != "" {
			list = append(list, entry)
		}
		text.Reset()
	}
	for i := 0; i < len(cell); i++ {
		switch {
		case cell[i] == '\\' && i+1 < len(cell) && (cell[i+1] == '\\' || cell[i+1] == sign[0]):
			i++
			text.WriteByte(cell[i])
		case cell[i] == sign[0]:
			flush()
		default:
			text.WriteByte(cell[i])
		}
	}
	flush()
	return list
}

// formula are the signs with which a spreadsheet's formula may begin, full-width
// ones too.
const formula = "=+-@\t\r\n|%＝＋－＠"

// neutral makes a text of what a spreadsheet would run (CWE-1236).
func neutral(cell string) string {
	if runs(cell) || strings.HasPrefix(cell, "'") && apostrophed(cell[1:]) {
		return "'" + cell
	}
	return cell
}

// plain takes the apostrophe of neutral away.
func plain(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && apostrophed(rest) {
		return rest
	}
	return cell
}

func runs(cell string) bool { return cell != "" && strings.ContainsRune(formula, []rune(cell)[0]) }

func apostrophed(rest string) bool { return runs(rest) || strings.HasPrefix(rest, "'") }
