package qti

import (
	"errors"
	"path"
	"regexp"
	"slices"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

const (
	itemName  = "assessmentItem"
	titleless = "muster-item-" // begins the identifier of an item that had none
	scorable  = "SCORE"        // the outcome that says what a response is worth
)

// draft is an item that is being read.
type draft struct {
	*reader
	root    *element.Element
	body    *element.Element
	dir     string // of the file, within its package
	item    interchange.Item
	answers map[string]response
	told    told
	scorers []*element.Element // what the body of an essay tells who marks it
	refused bool
}

// response is what an item declares of one of its responses.
type response struct {
	cardinality, base string
	correct           []string
	mapped            []entry
}

// entry says what one value of a response is worth.
type entry struct {
	key   string
	value float64
}

// worth gives what a value is worth by the mapping.
func (r response) worth(key string) float64 {
	for _, m := range r.mapped {
		if m.key == key {
			return m.value
		}
	}
	return 0
}

// best is what the best value is worth by the mapping.
func (r response) best() float64 {
	best := 0.0
	for _, m := range r.mapped {
		best = max(best, m.value)
	}
	return best
}

// item reads one item.
func (r *reader) item(root *element.Element, res resource) {
	d := &draft{reader: r, root: root, body: root.Child("itemBody"), dir: path.Dir(res.name)}
	d.item = interchange.Item{ID: root.Value("label"), Tags: res.tags, Category: res.category, Line: max(root.Line, 1)}
	d.item.Question.Title = strings.ReplaceAll(root.Value("title"), "\n", " ")
	if id := root.Value("identifier"); d.item.ID == "" && !strings.HasPrefix(id, titleless) {
		d.item.ID = id
	}
	if d.read() && !d.refused {
		d.item.Unlabel()
		r.items = append(r.items, interchange.Clean(d.item))
		r.parts += d.item.Parts()
	}
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

// read reads the item. It says whether there is a question that can be kept.
func (d *draft) read() bool {
	switch {
	case d.root.Cut:
		return d.fail(d.root, "The item has more parts than can be read.")
	case d.body == nil:
		return d.fail(d.root, "The item asks nothing.")
	case len(d.root.Children("templateDeclaration", "templateProcessing")) > 0:
		return d.fail(d.root, "The item draws its values anew each time, which a question here cannot.")
	}
	d.declared()
	d.told = d.remarks()
	d.apart()
	d.pictures()
	asks := d.body.All(func(e *element.Element) bool { return strings.HasSuffix(e.Name, "Interaction") })
	if !d.asked(asks) {
		return false
	}
	q := &d.item.Question
	if d.item.Parts() > interchange.MaxParts {
		return d.fail(d.body, "The question has more than %d answers and tags.", interchange.MaxParts)
	}
	if q.Stem == "" && !d.refused {
		return d.fail(d.body, "The item asks nothing.")
	}
	if q.Title == interchange.TitleOf(q.Stem) {
		q.Title = ""
	}
	q.Explanation = d.told.explanation(d)
	d.told.rest(d)
	d.scored()
	return true
}

// declared reads the declarations of the responses.
func (d *draft) declared() {
	d.answers = map[string]response{}
	for _, e := range d.root.Children("responseDeclaration") {
		r := response{cardinality: e.Value("cardinality"), base: e.Value("baseType")}
		for _, v := range e.Child("correctResponse").Children("value") {
			r.correct = append(r.correct, v.Plain())
		}
		for _, m := range e.Child("mapping").Children("mapEntry") {
			value, _ := number(m.Value("mappedValue"))
			r.mapped = append(r.mapped, entry{strings.TrimSpace(m.Value("mapKey")), value})
		}
		d.answers[e.Value("identifier")] = r
	}
}

// answer gives what is declared of the response to an interaction.
func (d *draft) answer(ask *element.Element) response {
	return d.answers[ask.Value("responseIdentifier")]
}

// outside are the parts of a body that a stem has no place for.
var outside = element.Named("rubricBlock", "feedbackBlock", "feedbackInline", "templateBlock", "templateInline", "printedVariable", "infoControl",
	"endAttemptInteraction", "assessmentStimulusRef", "include", "script", "style")

// apart takes out of the body what is no part of the stem, and finds it. Feedback
// in options stays with them, and what scorers of an essay are told is kept.
func (d *draft) apart() {
	marked := len(d.body.All(element.Named(essayName))) > 0
	for _, e := range d.body.All(func(e *element.Element) bool { return outside(e) || isOption(e) }) {
		if isOption(e) {
			continue
		}
		d.body.Replace(e)
		if marked && e.Name == rubricName && slices.Contains(strings.Fields(e.Value("view")), scorer) {
			d.scorers = append(d.scorers, e)
			continue
		}
		if text := e.Plain(); text != "" || e.Name == "printedVariable" {
			d.warn(e, "<%s> is left out: “%s”.", e.Name, interchange.Quote(text))
		}
	}
	for _, e := range d.root.Children("assessmentStimulusRef", "companionMaterialsInfo", "catalogInfo") {
		d.warn(e, "<%s> is left out: “%s”.", e.Name, interchange.Quote(e.Value("href")+e.Plain()))
	}
	if d.root.Value("adaptive") == "true" {
		d.warn(d.root, "The item changes with the answers; here it is asked once.")
	}
}

var isOption = element.Named("simpleChoice", "inlineChoice", "simpleAssociableChoice", "gapText")

// pictures keeps the pictures that the body shows. What an option shows would tell
// too much, or nothing, below the stem.
func (d *draft) pictures() {
	shows := element.Named("img", "object", "audio", "video", "source")
	within := map[*element.Element]bool{}
	for _, option := range d.body.All(isOption) {
		for _, e := range option.All(shows) {
			within[e] = true
		}
	}
	for _, e := range d.body.All(shows) {
		href := e.Value("src") + e.Value("data")
		name := inside(d.dir, href)
		switch {
		case e.Name != "img" && e.Name != "object" || name == "" || d.folder == nil:
			d.warn(e, "<%s> is left out: “%s”.", e.Name, interchange.Quote(href))
		case within[e]:
			d.warn(e, "The picture “%s” is left out: it stands in an option, and only the text of a question has pictures here.", interchange.Quote(name))
		case len(d.item.Media) == question.MaxPictures:
			d.warn(e, "The picture “%s” is left out: a question may have %d.", interchange.Quote(name), question.MaxPictures)
		default:
			d.picture(e, name)
		}
		d.body.Replace(e, element.Run(" "))
	}
}

func (d *draft) picture(at *element.Element, name string) {
	media, err := d.media(name)
	if err != nil {
		d.warn(at, "The file “%s” is left out: %v.", interchange.Quote(name), err)
		return
	}
	media.Alt = strings.Join(strings.Fields(interchange.CleanText(at.Value("alt"))), " ")
	d.item.Media = append(d.item.Media, media)
}

// media gives a picture of the package. Items that show the same share it.
func (r *reader) media(name string) (interchange.Media, error) {
	if media, ok := r.kept[name]; ok {
		return media, nil
	}
	data, err := r.folder.part(name, maxPicture)
	switch {
	case err != nil:
		return interchange.Media{}, errors.New("it cannot be unpacked, or is too long")
	case data == nil:
		return interchange.Media{}, errors.New("it is not in the package")
	}
	media, err := r.shown.Clean(r.limits, name, data)
	if err == nil {
		r.kept[name] = media
	}
	return media, err
}

var formula = regexp.MustCompile(`\$\$.+\$\$|\\\(.+\\\)|\\\[.+\\\]`)

// text reads what is in e as Markdown.
func (d *draft) text(e *element.Element) string {
	if e == nil {
		return ""
	}
	long := len(e.Plain()) > 2*d.limits.Text // spaces and marks aside, it is no shorter as Markdown
	var text string
	var lost []string
	if !long {
		text, lost = markdownOf(e)
	}
	if long || len(text) > d.limits.Text {
		d.fail(e, "A text of the question is longer than %d KiB.", d.limits.Text>>10)
		return ""
	}
	if len(lost) > 0 {
		d.warn(e, "The text has what cannot be kept: %s.", strings.Join(lost, ", "))
	}
	if strings.ContainsAny(text, `$\`) && formula.MatchString(text) {
		d.note(e, "A formula in TeX is shown as it is written.")
	}
	return text
}

// stem reads the body, in which the interaction gives way to its prompt.
func (d *draft) stem(ask *element.Element) string {
	prompt := element.New("div")
	if p := ask.Child("prompt"); p != nil {
		prompt.Kids = p.Kids
	}
	d.body.Replace(ask, prompt)
	return d.text(d.body)
}

// option reads the text of an option and the feedback that stands in it.
func (d *draft) option(e *element.Element) (text, feedback string) {
	var said []string
	for _, f := range e.All(element.Named("feedbackInline", "feedbackBlock")) {
		if t := d.text(f); t != "" && !slices.Contains(said, t) {
			said = append(said, t)
		}
		e.Replace(f)
	}
	return d.text(e), strings.Join(said, "\n")
}
