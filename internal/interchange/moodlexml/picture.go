package moodlexml

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/interchange/picture"
	"muster/internal/question"
)

// attached is how the texts of Moodle name a file that comes with them.
const attached = "@@PLUGINFILE@@/"

var (
	inText     = regexp.MustCompile(`(?i)(\ssrc\s*=\s*)["']data:image/[a-z.+-]+;base64,([^"']*)["']`)
	inMarkdown = regexp.MustCompile(`!\[((?:[^\[\]\\]|\\.)*)\]\(` + attached + `([^()\s]+)\)`)
	altSigns   = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`)
	altPlain   = strings.NewReplacer(`\\`, `\`, `\[`, `[`, `\]`, `]`)
)

// inline keeps the pictures that stand in a text themselves, and names them there.
func (d *draft) inline(of *element.Element, source string) string {
	return inText.ReplaceAllStringFunc(source, func(attribute string) string {
		found := inText.FindStringSubmatch(attribute)
		name := "picture-" + strconv.Itoa(len(d.item.Media)+1)
		if !d.picture(of, of, name, found[2]) {
			return found[1] + `""`
		}
		return found[1] + `"` + attached + name + `"`
	})
}

// files keeps the pictures that come with a text.
func (d *draft) files(of *element.Element) {
	for _, file := range of.Children("file") {
		if encoding := file.Value("encoding"); encoding != "" && encoding != "base64" {
			d.warn(file, "The file “%s” is left out: it is not in base64.", interchange.Quote(file.Value("name")))
			continue
		}
		d.picture(file, of, file.Value("name"), file.Plain())
	}
	if old := d.e.Child("image_base64"); old != nil && of.Name == "questiontext" {
		d.picture(old, of, d.e.Child("image").Plain(), old.Plain())
	}
}

// picture keeps one picture of a text, and says whether it does. What an answer or
// feedback shows would tell too much, or nothing, below the stem.
func (d *draft) picture(at, of *element.Element, name, text string) bool {
	called := interchange.Quote(picture.Name(name))
	switch {
	case of.Name != "questiontext":
		d.warn(at, "The picture “%s” is left out: it stands in an answer or in feedback, and only the text of a question has pictures here.", called)
		return false
	case len(d.item.Media) == question.MaxPictures:
		d.warn(at, "The picture “%s” is left out: a question may have %d.", called, question.MaxPictures)
		return false
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		d.warn(at, "The file “%s” is left out: its base64 is broken.", called)
		return false
	}
	media, err := d.pictures.Clean(d.limits, name, data)
	if err != nil {
		d.warn(at, "The file “%s” is left out: %v.", called, err)
		return false
	}
	d.item.Media = append(d.item.Media, media)
	return true
}

// described takes over what a text says of its pictures. Markdown is left without
// them; HTML loses them anyway, and whole says whether all of them came with it.
func (d *draft) described(of *element.Element, source, format string) (rest string, whole bool) {
	switch format {
	case formatMarkdown:
		source = inMarkdown.ReplaceAllStringFunc(source, func(shown string) string {
			found := inMarkdown.FindStringSubmatch(shown)
			if !d.describe(of, found[2], altPlain.Replace(found[1])) {
				return shown
			}
			return ""
		})
		return strings.TrimSpace(source), true
	case formatPlain:
		return source, true
	}
	whole = true
	tokens := html.NewTokenizer(strings.NewReader(source))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		token := tokens.Token()
		if token.DataAtom != atom.Img {
			continue
		}
		said := map[string]string{}
		for _, a := range token.Attr {
			said[a.Key] = a.Val
		}
		name, ours := strings.CutPrefix(said["src"], attached)
		whole = whole && (said["src"] == "" || ours && d.describe(of, name, said["alt"]))
	}
	return source, whole
}

// describe says what a picture shows, and whether the picture came with its text.
func (d *draft) describe(of *element.Element, address, alt string) bool {
	name, err := url.PathUnescape(address)
	if err != nil {
		name = address
	}
	i := slices.IndexFunc(d.item.Media, func(m interchange.Media) bool { return m.Name == picture.Name(name) && m.Alt == "" })
	if i >= 0 {
		d.item.Media[i].Alt = strings.Join(strings.Fields(interchange.CleanText(alt)), " ")
	}
	return i >= 0 || slices.ContainsFunc(of.Children("file"), func(f *element.Element) bool { return picture.Name(f.Value("name")) == picture.Name(name) })
}

// shown writes a text with its pictures below it, and the pictures.
func shown(text string, pictures []interchange.Media) *element.Element {
	for _, m := range pictures {
		text += "\n\n![" + altSigns.Replace(m.Alt) + "](" + attached + url.PathEscape(m.Name) + ")"
	}
	e := marked("questiontext", text)
	for _, m := range pictures {
		e.With(element.New("file", "name", m.Name, "path", "/", "encoding", "base64").With(element.Run(base64.StdEncoding.EncodeToString(m.Data))))
	}
	return e
}
