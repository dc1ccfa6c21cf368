package moodlexml

import (
	"strconv"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

// essay reads a question that a person marks, by what Moodle tells that person.
func (d *draft) essay() bool {
	d.item.Question.Kind = question.Essay
	worth, _ := number(d.e.Child("defaultgrade").Plain())
	if told := d.e.Child("graderinfo"); told != nil {
		d.findings.Markers(told.Line, &d.item, d.text(told), worth)
	}
	d.item.Question.MaxWords = d.count("maxwordlimit")
	d.field()
	d.findings.Essay(&d.item)
	return true
}

// count reads a whole number; Moodle writes nothing for 0.
func (d *draft) count(name string) int {
	e := d.e.Child(name)
	text := e.Plain()
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		d.warn(e, "“%s” is not a whole number; <%s> is left out.", interchange.Quote(text), name)
		return 0
	}
	return n
}

// field finds what Moodle says of the field to write into that it is not here.
func (d *draft) field() {
	switch format := d.e.Child("responseformat"); format.Plain() {
	case "editor":
		d.note(format, "The answer is plain text here, without marks such as bold.")
	case "editorfilepicker":
		d.warn(format, "The answer is plain text here, without marks and files.")
	case "noinline":
		d.warn(format, "The answer is written here, not handed in as a file.")
	}
	if least := d.count("minwordlimit"); least > 0 {
		d.warn(d.e.Child("minwordlimit"), "That the answer has at least %d words is left out.", least)
	}
	if files := d.e.Child("attachments"); files.Plain() != "" && files.Plain() != "0" {
		d.warn(files, "Files cannot be handed in with an answer here.")
	}
	if begins := d.e.Child("responsetemplate"); begins != nil {
		if text := d.text(begins); text != "" {
			d.warn(begins, "The text with which the answer begins is left out: “%s”.", interchange.Quote(text))
		}
	}
}

// markingOf writes how an essay is answered and marked.
func markingOf(q question.Question) []*element.Element {
	limit := ""
	if q.MaxWords != 0 {
		limit = strconv.Itoa(q.MaxWords)
	}
	return []*element.Element{
		valued("responseformat", "plain"), valued("responserequired", "1"), valued("responsefieldlines", "15"), valued("minwordlimit", ""),
		valued("maxwordlimit", limit), valued("attachments", "0"), valued("attachmentsrequired", "0"),
		marked("graderinfo", interchange.ForMarkers(q)), marked("responsetemplate", ""),
	}
}
