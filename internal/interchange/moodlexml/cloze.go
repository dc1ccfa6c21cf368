package moodlexml

import (
	"html"
	"regexp"
	"strings"

	"muster/internal/interchange"
	"muster/internal/interchange/element"
	"muster/internal/question"
)

// The questions that a cloze of Moodle embeds are {weight:TYPE:alternatives}; an
// alternative is [= or %weight%]text[#feedback], and ~ stands between two.
var (
	embedded  = regexp.MustCompile(`\{([0-9]*):([A-Z_]+):`)
	weighing  = regexp.MustCompile(`^(?:=|%(-?[0-9]{1,3}(?:[.,][0-9]*)?)%)`)
	reference = regexp.MustCompile(`^&(?:#[0-9]+|#x[0-9A-Fa-f]+);`)
)

// embeds are the types that may be embedded, by what they are without their
// variants of display.
var embeds = map[string]question.Kind{
	"SHORTANSWER": question.Cloze, "SA": question.Cloze, "MW": question.Cloze, "SHORTANSWER_C": question.Cloze, "SAC": question.Cloze, "MWC": question.Cloze,
	"NUMERICAL": question.Numeric, "NM": question.Numeric,
	"MULTICHOICE": question.Single, "MC": question.Single, "MULTICHOICE_V": question.Single, "MCV": question.Single, "MULTICHOICE_H": question.Single, "MCH": question.Single,
	"MULTICHOICE_S": question.Single, "MCS": question.Single, "MULTICHOICE_VS": question.Single, "MCVS": question.Single, "MULTICHOICE_HS": question.Single, "MCHS": question.Single,
	"MULTIRESPONSE": question.Multiple, "MR": question.Multiple, "MULTIRESPONSE_H": question.Multiple, "MRH": question.Multiple,
	"MULTIRESPONSE_S": question.Multiple, "MRS": question.Multiple, "MULTIRESPONSE_HS": question.Multiple, "MRHS": question.Multiple,
}

// gapText is an embedded question as it is written.
type gapText struct {
	kind   question.Kind
	weight string
	given  []measured
}

// cloze reads a text with embedded questions. One alone is a question of its own
// kind; of several, all are written into gaps.
func (d *draft) cloze() bool {
	text := d.e.Child("questiontext")
	if text == nil {
		return d.fail(d.e, "The question asks nothing.")
	}
	source, found := d.embedded(text, d.source(text))
	stem := d.converted(text, source, formatOf(text))
	q := &d.item.Question
	if q.Stem = stem; len(found) == 0 {
		if !d.refused {
			d.fail(d.e, "The text has no gap.")
		}
		return false
	}
	if len(found) == 1 && found[0].kind != question.Cloze {
		q.Stem = strings.TrimSpace(strings.TrimSuffix(stem, interchange.Blank))
		return d.alone(found[0])
	}
	if len(found) > interchange.MaxParts {
		return d.fail(d.e, "The text has %d gaps; it may have %d.", len(found), interchange.MaxParts)
	}
	q.Kind = question.Cloze
	for i, g := range found {
		b, ok := d.blank(i+1, g)
		if !ok {
			return false
		}
		q.Blanks = append(q.Blanks, b)
	}
	return d.fits(len(found))
}

// embedded takes the embedded questions out of a text and leaves gaps.
func (d *draft) embedded(at *element.Element, source string) (string, []gapText) {
	var out strings.Builder
	var found []gapText
	pass := func(text string) {
		if len(found) > 0 || embedded.MatchString(source) {
			text = gaps.ReplaceAllString(text, "…")
		}
		out.WriteString(text)
	}
	for {
		place := embedded.FindStringSubmatchIndex(source)
		if place == nil {
			break
		}
		kind, known := embeds[source[place[4]:place[5]]]
		inside := source[place[1]:]
		end := plainly(inside, '}')
		if !known || end < 0 {
			d.warn(at, "“%s” is taken for text, not for an embedded question.", interchange.Quote(source[place[0]:]))
			pass(source[:place[1]])
			source = inside
			continue
		}
		pass(source[:place[0]])
		out.WriteString(interchange.Blank)
		found = append(found, gapText{kind, source[place[2]:place[3]], d.alternatives(at, inside[:end])})
		source = inside[end+1:]
	}
	pass(source)
	return out.String(), found
}

// plainly finds the first sign that is neither escaped nor within a reference to
// a character; -1 where there is none.
func plainly(text string, sign byte) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case sign:
			return i
		case '&':
			i += max(len(reference.FindString(text[i:]))-1, 0)
		}
	}
	return -1
}

// alternatives reads what stands between the braces.
func (d *draft) alternatives(at *element.Element, text string) []measured {
	var list []measured
	for text != "" {
		part := text
		if end := plainly(text, '~'); end >= 0 {
			part, text = text[:end], text[end+1:]
		} else {
			text = ""
		}
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, d.alternative(at, part))
		}
	}
	return list
}

func (d *draft) alternative(at *element.Element, part string) measured {
	g := measured{weighed: weighed{at: at}}
	if sign := weighing.FindStringSubmatch(part); sign != nil {
		if part, g.percent = part[len(sign[0]):], full; sign[1] != "" {
			g.percent, _ = number(sign[1])
		}
	}
	if i := plainly(part, '#'); i >= 0 {
		g.feedback = d.inner(at, part[i+1:])
		part = part[:i]
	}
	g.text = part
	return g
}

var unescaper = strings.NewReplacer(`\\`, `\`, `\~`, `~`, `\=`, `=`, `\#`, `#`, `\{`, `{`, `\}`, `}`, `\%`, `%`, `\"`, `"`, `\/`, `/`)
var escaper = strings.NewReplacer(`\`, `\\`, `~`, `\~`, `#`, `\#`, `}`, `\}`)

// inner reads a text within an embedded question as Markdown; its format is that
// of the whole.
func (d *draft) inner(at *element.Element, raw string) string {
	raw = strings.TrimSpace(unescaper.Replace(raw))
	if format := formatOf(at); format != formatHTML && format != formatMoodle {
		return raw
	}
	text, lost := interchange.FromHTML(raw, false)
	if len(lost) > 0 {
		d.warn(at, "The text has what cannot be kept: %s.", strings.Join(lost, ", "))
	}
	return text
}

// typed reads an answer that is written, which has no marks.
func (d *draft) typed(at *element.Element, raw string) string {
	raw = strings.TrimSpace(unescaper.Replace(raw))
	if format := formatOf(at); format != formatHTML && format != formatMoodle {
		return raw
	}
	if interchange.HasHTML(raw) {
		text, _ := interchange.FromHTML(raw, false)
		raw, _ = interchange.ToPlain(text)
		return raw
	}
	return strings.TrimSpace(html.UnescapeString(raw))
}

// alone makes a question of the only one that is embedded.
func (d *draft) alone(g gapText) bool {
	at := d.e.Child("questiontext")
	if g.kind == question.Numeric {
		return d.numbers(d.quantities(g))
	}
	var given []weighed
	for _, a := range g.given {
		a.text = d.inner(at, a.text)
		given = append(given, a.weighed)
	}
	return d.options(given, g.kind == question.Single)
}

// quantities reads numbers of the form value:tolerance.
func (d *draft) quantities(g gapText) []measured {
	list := make([]measured, len(g.given))
	for i, a := range g.given {
		value, tolerance, _ := strings.Cut(d.typed(a.at, a.text), ":")
		a.text = strings.TrimSpace(value)
		a.tolerance, _ = number(tolerance)
		list[i] = a
	}
	return list
}

// blank makes a gap of one of several embedded questions.
func (d *draft) blank(n int, g gapText) (question.Blank, bool) {
	var b question.Blank
	at := d.e.Child("questiontext")
	given := g.given
	switch g.kind {
	case question.Multiple:
		return b, d.fail(at, "Gap %d asks for several answers, which a gap here cannot.", n)
	case question.Numeric:
		given = d.quantities(g)
		d.warn(at, "Gap %d asks for a number; here it is compared as text, without a tolerance.", n)
	case question.Single:
		d.warn(at, "In gap %d the answer is written here, not chosen.", n)
	}
	if g.weight != "" && g.weight != "1" {
		d.warn(at, "Gap %d is worth as much as every other, not %s.", n, interchange.Quote(g.weight))
	}
	for _, a := range given {
		a.text = d.typed(at, a.text)
		d.accept(&b, a.weighed)
	}
	if len(b.Accepted) == 0 {
		return b, d.fail(at, "No answer counts as right in gap %d.", n)
	}
	return b, true
}
