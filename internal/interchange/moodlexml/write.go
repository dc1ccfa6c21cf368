package moodlexml

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

// write writes the questions one after the other. What was written of each is
// read again, so that what is lost is known.
func write(items []interchange.Item) ([]byte, []interchange.Finding, error) {
	var out strings.Builder
	var f interchange.Findings
	out.WriteString(element.Header + "<quiz>\n")
	var category []string
	for _, item := range items {
		item = interchange.Clean(item)
		e := questionOf(item)
		if e == nil {
			f.Errorf(0, item.Called(), "Moodle has no questions of the kind %s.", item.Question.Kind)
			continue
		}
		place := categoryOf(item.Category).String() + "\n"
		text := e.String() + "\n"
		if !f.Carried("Moodle XML", item, again(place+text)) {
			continue
		}
		if !slices.Equal(category, item.Category) {
			out.WriteString(place)
			category = item.Category
		}
		out.WriteString(text)
	}
	out.WriteString("</quiz>\n")
	return []byte(out.String()), f.List(), nil
}

// again reads what was written.
func again(text string) []interchange.Item {
	items, _, err := read(context.Background(), []byte("<quiz>"+text+"</quiz>"), interchange.Usual())
	if err != nil {
		return nil
	}
	return items
}

func categoryOf(names []string) *element.Element {
	path := strings.TrimSuffix("$course$/top/"+interchange.CategoryPath(names), "/")
	return element.New("question", "type", "category").Stacked(texted("category", path))
}

// texted makes an element with a text in it.
func texted(name, text string, attributes ...string) *element.Element {
	return element.New(name, attributes...).With(valued("text", text))
}

// marked makes an element with a text in Markdown.
func marked(name, text string) *element.Element {
	return texted(name, text, "format", formatMarkdown)
}

// valued makes an element that holds a plain value.
func valued(name, value string) *element.Element {
	e := element.New(name)
	if value != "" {
		e.With(element.Run(value))
	}
	return e
}

// questionOf writes one question; nil for a kind that Moodle does not know.
func questionOf(item interchange.Item) *element.Element {
	q := item.Question
	kind, parts := partsOf(q)
	if kind == "" {
		return nil
	}
	title, stem := q.Title, q.Stem
	if title == "" {
		title = interchange.TitleOf(q.Stem)
	}
	if kind == "cloze" {
		stem = gappedStem(q)
	}
	e := element.New("question", "type", kind).Stacked(
		texted("name", title), shown(stem, item.Media), marked("generalfeedback", q.Explanation), valued("defaultgrade", strconv.Itoa(max(question.RubricPoints(q), 1))),
		valued("penalty", "0.3333333"), valued("hidden", "0"), valued("idnumber", item.ID))
	return e.With(parts...).With(tagsOf(item))
}

func tagsOf(item interchange.Item) *element.Element {
	labels := slices.DeleteFunc(interchange.Labels(item.Question), interchange.Placed)
	list := slices.Concat(labels, item.Tags)
	if len(list) == 0 {
		return nil
	}
	tags := element.New("tags").Stacked()
	for _, tag := range list {
		tags.With(texted("tag", tag))
	}
	return tags
}

// gappedStem writes the stem with its gaps as questions that it embeds.
func gappedStem(q question.Question) string {
	for _, b := range q.Blanks {
		q.Stem = strings.Replace(q.Stem, interchange.Blank, "\x00"+gapOf(b), 1)
	}
	return strings.ReplaceAll(q.Stem, "\x00", "")
}

func gapOf(b question.Blank) string {
	var parts []string
	add := func(sign, text, feedback string) {
		part := sign + escaper.Replace(text)
		if feedback != "" {
			part += "#" + escaper.Replace(feedback)
		}
		parts = append(parts, part)
	}
	for _, a := range b.Accepted {
		add("=", starred(a), "")
	}
	for _, m := range b.Mistakes {
		add("%0%", starred(m.Text), m.Feedback)
	}
	if b.Feedback != "" {
		add("%0%", anything, b.Feedback)
	}
	return "{1:SHORTANSWER:" + strings.Join(parts, "~") + "}"
}

// starred keeps a * from standing for any letters.
func starred(text string) string { return strings.ReplaceAll(text, anything, `\*`) }
