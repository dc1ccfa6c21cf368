package moodlexml

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/interchange/picture"
)

// The formats of texts, as Moodle names them.
const (
	formatHTML     = "html"
	formatMoodle   = "moodle_auto_format" // HTML in which line feeds count
	formatPlain    = "plain_text"
	formatMarkdown = "markdown"
)

// maxPictures is how many pictures a question may have.
const maxPictures = 20

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
	source = inText.ReplaceAllStringFunc(source, func(attribute string) string {
		found := inText.FindStringSubmatch(attribute)
		d.picture(of, "picture", found[2])
		return found[1] + `""`
	})
	if len(source) > d.limits.Text {
		d.fail(of, "A text of the question is longer than %d KiB.", d.limits.Text>>10)
		return ""
	}
	return source
}

var (
	inText  = regexp.MustCompile(`(?i)(\ssrc\s*=\s*)["']data:image/[a-z.+-]+;base64,([^"']*)["']`)
	formula = regexp.MustCompile(`\$\$.+\$\$|\\\(.+\\\)|\\\[.+\\\]`)
)

// converted brings a text to Markdown.
func (d *draft) converted(of *element.Element, source, format string) string {
	pictures := d.files(of)
	if formula.MatchString(source) {
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

// files keeps the pictures of a text, and says whether it has any.
func (d *draft) files(of *element.Element) bool {
	files := of.Children("file")
	for _, file := range files {
		if encoding := file.Value("encoding"); encoding != "" && encoding != "base64" {
			d.warn(file, "The file “%s” is left out: it is not in base64.", interchange.Quote(file.Value("name")))
			continue
		}
		d.picture(file, file.Value("name"), file.Plain())
	}
	if old := d.e.Child("image_base64"); old != nil && of.Name == "questiontext" {
		d.picture(old, d.e.Child("image").Plain(), old.Plain())
		return true
	}
	return len(files) > 0
}

// picture keeps one picture.
func (d *draft) picture(at *element.Element, name, text string) {
	called := interchange.Quote(picture.Name(name))
	if len(d.item.Media) == maxPictures {
		d.warn(at, "The picture “%s” is left out: a question may have %d.", called, maxPictures)
		return
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		d.warn(at, "The file “%s” is left out: its base64 is broken.", called)
		return
	}
	media, err := picture.Clean(name, data)
	if err != nil {
		d.warn(at, "The file “%s” is left out: %v.", called, err)
		return
	}
	d.item.Media = append(d.item.Media, media)
	d.note(at, "The picture “%s” is kept with the question but not shown.", called)
}
