package moodlexml

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/interchange/picture"
	"muster/internal/question"
)

// reader gathers the questions of a file.
type reader struct {
	limits   interchange.Limits
	items    []interchange.Item
	findings interchange.Findings
	category []string
	pieces   int
	parts    int // of all questions
	pictures picture.Spent
}

// piece reads one kid of <quiz>: a category or a question.
func (r *reader) piece(e *element.Element) {
	kind := e.Value("type")
	switch {
	case e.Name != "question":
		r.findings.Warnf(e.Line, "", "<%s> is not a question; it is left out.", interchange.Quote(e.Name))
	case kind == "category":
		r.categories(e)
		if about := e.Child("info").Plain(); about != "" {
			r.findings.Notef(e.Line, "", "What is said of a category is left out: “%s”.", interchange.Quote(about))
		}
	default:
		d := &draft{reader: r, e: e, item: interchange.Item{Category: r.category, Line: e.Line}}
		if d.read(kind) && !d.refused {
			d.item.Unlabel()
			r.items = append(r.items, interchange.Clean(d.item))
			r.parts += d.item.Parts()
		}
	}
}

// categories reads where the questions after it belong.
func (r *reader) categories(e *element.Element) {
	path := e.Child("category").Plain()
	if len(path) > r.limits.Text {
		r.findings.Errorf(e.Line, "", "The name of a category is longer than %d KiB; the questions after it are read without one.", r.limits.Text>>10)
		path = ""
	}
	r.category = interchange.Categories(path)
}

// full refuses a file with more than may come at once.
func (r *reader) full() error {
	return cmp.Or(r.limits.Full(len(r.items)), r.limits.Heavy(r.parts), r.findings.Hopeless())
}

// draft is a question that is being read.
type draft struct {
	*reader
	e       *element.Element
	item    interchange.Item
	refused bool // something is wrong with one of its texts
}

func (d *draft) fail(at *element.Element, format string, args ...any) bool {
	d.findings.Errorf(at.Line, d.item.Called(), format, args...)
	d.refused = true
	return false
}

func (d *draft) warn(at *element.Element, format string, args ...any) {
	d.findings.Warnf(at.Line, d.item.Called(), format, args...)
}

func (d *draft) note(at *element.Element, format string, args ...any) {
	d.findings.Notef(at.Line, d.item.Called(), format, args...)
}

// gapped are the types that have their answers in the stem, and read it themselves.
var gapped = []string{"cloze", "multianswer", "ddwtos", "gapselect"}

// readers say how the answers of a type of Moodle are read.
var readers = map[string]func(*draft) bool{
	"multichoice": (*draft).choice, "truefalse": (*draft).trueFalse, "shortanswer": (*draft).short, "numerical": (*draft).numeric,
	"matching": (*draft).match, "ordering": (*draft).order, "ddwtos": (*draft).words, "gapselect": (*draft).words,
	"cloze": (*draft).cloze, "multianswer": (*draft).cloze, "essay": (*draft).essay,
}

// read reads the question. It says whether there is one that can be kept.
func (d *draft) read(kind string) bool {
	q := &d.item.Question
	q.Title = strings.ReplaceAll(d.e.Child("name").Plain(), "\n", " ")
	if d.e.Cut || len(d.e.Kids) > 10*interchange.MaxParts {
		return d.fail(d.e, "The question has more parts than can be read.")
	}
	if len(q.Title) > d.limits.Text {
		q.Title = ""
		return d.fail(d.e, "The name of the question is longer than %d KiB.", d.limits.Text>>10)
	}
	if d.item.ID = d.e.Child("idnumber").Plain(); len(d.item.ID) > 255 {
		return d.fail(d.e, "The number of the question is longer than 255 characters.")
	}
	answers, known := readers[kind]
	if !slices.Contains(gapped, kind) {
		q.Stem = d.text(d.e.Child("questiontext"))
	}
	switch {
	case kind == "description":
		d.warn(d.e, "This is a text without a question; it is left out.")
		return false
	case !known:
		return d.fail(d.e, "Questions of the type “%s” cannot be kept.", interchange.Quote(kind))
	}
	q.Explanation = d.text(d.e.Child("generalfeedback"))
	if !answers(d) {
		return false
	}
	if q.Stem == "" && !d.refused {
		return d.fail(d.e, "The question asks nothing.")
	}
	if q.Title == interchange.TitleOf(q.Stem) {
		q.Title = ""
	}
	d.rest()
	if d.item.Parts() > interchange.MaxParts {
		return d.fail(d.e, "The question has more than %d answers and tags.", interchange.MaxParts)
	}
	return true
}

// handled are the parts of a question that are read elsewhere, or that say how
// Moodle asks it and not what.
var handled = []string{
	"name", "questiontext", "generalfeedback", "idnumber", "tags", "hint", "answer", "single", "answernumbering", "shuffleanswers",
	"showstandardinstruction", "shownumcorrect", "usecase", "units", "unitgradingtype", "unitpenalty", "showunits", "unitsleft",
	"subquestion", "dragbox", "selectoption", "correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "layouttype",
	"selecttype", "selectcount", "gradingtype", "showgrading", "numberingstyle", "penalty", "image", "image_base64", "defaultgrade", "hidden",
	"graderinfo", "maxwordlimit", "minwordlimit", "attachments", "responsetemplate", "responseformat", "responserequired",
	"responsefieldlines", "attachmentsrequired", "maxbytes", "filetypeslist",
}

// rest reads what questions of all types have, and finds what is not kept.
func (d *draft) rest() {
	for _, tag := range d.e.Child("tags").Children("tag") {
		if text := strings.Join(strings.Fields(tag.Plain()), " "); text != "" && len(text) <= d.limits.Text {
			d.item.Tags = append(d.item.Tags, text)
		}
	}
	for _, hint := range d.e.Children("hint") {
		if text := hint.Child("text").Plain(); text != "" {
			d.warn(hint, "A hint is left out: “%s”.", interchange.Quote(text))
		}
	}
	for _, general := range d.e.Children("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback") {
		if text := d.general(general); text != "" && (general.Name != "incorrectfeedback" || d.item.Question.Kind != question.Order) {
			d.warn(general, "Feedback for all answers of a sort is left out: “%s”.", interchange.Quote(text))
		}
	}
	if grade := d.e.Child("defaultgrade"); grade.Plain() != "" {
		if n, err := strconv.ParseFloat(grade.Plain(), 64); err != nil || n != float64(max(question.RubricPoints(d.item.Question), 1)) {
			d.note(grade, "It is worth %s marks there; here a quiz says what it is worth.", interchange.Quote(grade.Plain()))
		}
	}
	if hidden := d.e.Child("hidden"); hidden.Plain() == "1" {
		d.note(hidden, "It is hidden in Moodle.")
	}
	for _, other := range d.e.Children() {
		if text := other.Plain(); text != "" && !slices.Contains(handled, other.Name) {
			d.warn(other, "<%s> is left out: “%s”.", interchange.Quote(other.Name), interchange.Quote(text))
		}
	}
}

// usual is what Moodle says unless somebody changes it.
var usual = []string{"Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect."}

// general reads feedback for all answers of a sort, unless it is Moodle's own.
func (d *draft) general(of *element.Element) string {
	text := d.text(of)
	if slices.Contains(usual, text) {
		return ""
	}
	return text
}
