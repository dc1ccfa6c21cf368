package moodlexml

import (
	"regexp"
	"slices"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
)

// The formats of texts, as Moodle names them.
const (
	formatHTML     = "html"
	formatMoodle   = "moodle_auto_format" // HTML in which line feeds count
	formatPlain    = "plain_text"
	formatMarkdown = "markdown"
)

// formatOf gives the format of a text.
func formatOf(of *element.Element) string {
	if format := of.Value("format"); slices.Contains([]string{formatMoodle, formatPlain, formatMarkdown}, format) {
		return format
	}
	return formatHTML
}

// text reads a text with its pictures as Markdown.
func (d *draft) text(of *element.Element) string {
	if of == nil {
		return ""
	}
	return d.converted(of, d.source(of), formatOf(of))
}

// maxInline is how many pictures of a text are looked at.
const maxInline = 100

// source gives a text as it is written. HTML may stand in it as XML.
func (d *draft) source(of *element.Element) string {
	text := of.Child("text")
	if text == nil {
		text = &element.Element{Kids: slices.DeleteFunc(slices.Clone(of.Kids), func(k *element.Element) bool { return k.Name != "" })}
	}
	source := text.Plain()
	if len(text.Children()) > 0 {
		source = strings.TrimSpace(text.Inner())
	}
	if strings.Count(source, ";base64,") > maxInline {
		d.fail(of, "A text of the question has more than %d pictures in it.", maxInline)
		return ""
	}
	source = d.inline(of, source)
	if len(source) > d.limits.Text {
		d.fail(of, "A text of the question is longer than %d KiB.", d.limits.Text>>10)
		return ""
	}
	return source
}

var formula = regexp.MustCompile(`\$\$.+\$\$|\\\(.+\\\)|\\\[.+\\\]`)

// converted brings a text to Markdown.
func (d *draft) converted(of *element.Element, source, format string) string {
	d.files(of)
	source, pictures := d.described(of, source, format)
	if strings.ContainsAny(source, `$\`) && formula.MatchString(source) {
		d.note(of, "A formula in TeX is shown as it is written.")
	}
	switch format {
	case formatMarkdown:
		if interchange.HasHTML(source) {
			d.note(of, "HTML within Markdown is not shown.")
		}
		return source
	case formatPlain:
		return interchange.FromPlain(source)
	}
	text, lost := interchange.FromHTML(source, format == formatMoodle)
	if pictures {
		lost = slices.DeleteFunc(lost, func(what string) bool { return what == "a picture" })
	}
	if len(lost) > 0 {
		d.warn(of, "The text has what cannot be kept: %s.", strings.Join(lost, ", "))
	}
	return text
}

// plain reads a text that has no marks. Some programs write HTML all the same,
// but not where they say that the text is of Moodle's own format.
func (d *draft) plain(of *element.Element) string {
	source := d.source(of)
	if formatOf(of) == formatHTML && interchange.HasHTML(source) {
		text, _ := interchange.FromHTML(source, true)
		source, _ = interchange.ToPlain(text)
	}
	return source
}
