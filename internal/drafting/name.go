package drafting

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// sorts of names: a distractor must be of the sort of the key.
var sorts = []*regexp.Regexp{
	regexp.MustCompile(`\b(?:Mission|Force|Operation|Observers|UN[A-Z]{2,}|MIN[A-Z]+|AMISOM|ATMIS|AUSSOM|EUFOR|IFOR|SFOR|KFOR|ISAF|MONUSCO|MFO)\b`),
	regexp.MustCompile(`\b(?:Union|Organi[sz]ation|Council|Committee|Community|League|Assembly|Court|Office|Department|Secretariat|NATO|AU|EU|OSCE|ECOWAS|OCHA|UNHCR|UNICEF|WFP|ICRC)\b`),
	regexp.MustCompile(`^(?:` + strings.Join(places, "|") + `)$`),
	regexp.MustCompile(`\b(?:Agreement|Convention|Protocol|Treaty|Declaration|Covenant|Rules|Charter|Code|Accord|Strategy|Report|Agenda)\b`),
}

// places are where missions have been: the field has few others.
var places = []string{
	"Sierra Leone", "Liberia", "Mali", "Somalia", "Darfur", "South Sudan", "Sudan", "Haiti", "Rwanda", "Lebanon", "Cyprus", "Kosovo", "Cambodia",
	"Mozambique", "Angola", "Namibia", "Egypt", "Burundi", "East Timor", "Timor-Leste", "Bosnia and Herzegovina", "Balkans", "Sinai", "Sinai Peninsula",
	"Middle East", "Democratic Republic of the Congo", "Congo", "Central African Republic", "El Salvador", "Guatemala", "Western Sahara", "Kashmir", "Africa",
}

// missions are some of the United Nations, for documents that name few.
var missions = []string{
	"UN Mission in South Sudan", "UN Interim Force in Lebanon", "UN Peacekeeping Force in Cyprus", "UN Mission in Liberia", "UN Operation in Burundi",
}

var properName = regexp.MustCompile(`\b(?:[A-Z][a-z]+(?:-[A-Za-z]+)?|[A-Z]{2,}[A-Za-z0-9-]*)(?:(?: (?:of the|of|on the|on|for the|for|in the|in|and|against|to))? (?:[A-Z][a-z]+(?:-[A-Za-z]+)?|[A-Z]{2,}[A-Za-z0-9-]*|I{1,3}\b))*`)

// missionSort and placeSort are the indices of missions and places among the
// sorts.
const (
	missionSort = 0
	placeSort   = 2
)

// anchored says whether the rest of a sentence tells which mission or place it
// speaks of, by a number or by another name.
func anchored(rest string) bool {
	for i, w := range words(rest) {
		if strings.ContainsAny(w, "0123456789") || i > 0 && isCapital(w) && !broad[w] && w != "Nations" {
			return true
		}
	}
	return false
}

// named is a name and where it stands.
type named struct {
	text string
	sort int
	span
}

// namesIn finds the names of a text that are of a sort.
func namesIn(text string) []named {
	var all []named
	for _, at := range properName.FindAllStringIndex(text, -1) {
		name := text[at[0]:at[1]]
		for _, lead := range []string{"The ", "In ", "A ", "Under ", "On ", "Since "} {
			if strings.HasPrefix(name, lead) {
				at[0] += len(lead)
				name = text[at[0]:at[1]]
			}
		}
		if len(name) < 3 || name == "UN" || strings.Contains(name, " and ") && name != "Bosnia and Herzegovina" || len(words(name)) > 13 {
			continue
		}
		for i, s := range sorts {
			if s.MatchString(name) && (len(words(name)) > 1 || isAcronym(name) || i == placeSort) {
				all = append(all, named{name, i, span{at[0], at[1]}})
				break
			}
		}
	}
	return all
}

// nameDrafts takes the one name out of a sentence and offers others of its sort.
func (m *material) nameDrafts() []candidate {
	var stock []named
	for _, s := range m.doc.Sections {
		for _, p := range s.Passages {
			stock = append(stock, namesIn(p.Text)...)
		}
	}
	for _, e := range m.lexicon.entries {
		for _, n := range e.names {
			stock = append(stock, namesIn(n)...)
		}
	}
	for _, p := range append(slices.Clone(places), missions...) {
		stock = append(stock, namesIn(p)...)
	}
	var all []candidate
	for _, s := range m.sentences {
		if c, ok := m.relativeDraft(s, stock); ok {
			all = append(all, c)
			continue
		}
		if s.doubt || s.alone < 0.6 || len(s.stems) < 6 || commonPuff(s.plain) > 0.25 || praise.MatchString(s.plain) {
			continue
		}
		names := namesIn(s.plain)
		for i, n := range names {
			if len(names) > 2 || i > 0 && n.sort == names[0].sort {
				break
			}
			if c, ok := m.nameDraft(s, n, stock); ok {
				all = append(all, c)
			}
		}
	}
	return all
}

func (m *material) nameDraft(s sentence, n named, stock []named) (candidate, bool) {
	rest := s.plain[:n.start] + gap + s.plain[n.end:]
	rest = strings.Replace(rest, gap+"’s", gap, 1)
	short := brackets.FindString(s.plain[n.end:])
	if strings.HasPrefix(s.plain[n.end:], short) {
		rest = s.plain[:n.start] + gap + strings.TrimPrefix(s.plain[n.end:], short)
	}
	if (n.sort == missionSort || n.sort == placeSort) && !anchored(rest) {
		return candidate{}, false
	}
	if part(n.text, stock) || strings.Contains(rest, ", "+gap+",") || strings.Contains(rest, n.text) || len(content(rest)) < 6 || strings.HasPrefix(s.plain[n.end:], " resolution") {
		return candidate{}, false
	}
	others, quality := m.sameSort(n, s, stock)
	if others == nil {
		return candidate{}, false
	}
	stem := fmt.Sprintf("Which name belongs in the gap? “%s”", rest)
	return candidate{
		rule: Cloze, places: []place{s.place}, fact: n.text,
		q:     single(stem, n.text, "Right.", others, m.explain(s.place, s.plain)),
		parts: Parts{Alone: s.alone, Term: 0.9 * max(0.3, 1-2*commonPuff(s.plain)), Distractors: quality, Length: lengthFit(stem)},
		why:   fmt.Sprintf("The sentence says something of %s; the others are names of the same sort.", n.text),
	}, true
}

// part says whether a name is the head of a longer one: "United Nations Mission"
// of that in Liberia.
func part(name string, stock []named) bool {
	return slices.ContainsFunc(stock, func(o named) bool { return strings.HasPrefix(o.text, name+" ") })
}

func firstOf(name string) string { return words(name)[0] }

// short says whether a name is an abbreviation alone.
func short(name string) bool { return isAcronym(name) && len(words(name)) == 1 }

// sameSort gives names of the sort of n, in the same form: long or short.
func (m *material) sameSort(n named, s sentence, stock []named) ([]wrong, float64) {
	var pool []wrong
	for _, o := range stock {
		if o.sort == n.sort && m.fullName(o.text) != m.fullName(n.text) && short(o.text) == short(n.text) && !strings.Contains(s.text, o.text) && !strings.Contains(o.text, n.text) &&
			!slices.ContainsFunc(pool, func(w wrong) bool { return w.text == o.text }) {
			pool = append(pool, wrong{o.text, fmt.Sprintf("Takes %s for %s.", o.text, n.text), fmt.Sprintf("It is %s. The passage says: “%s”", n.text, s.text)})
		}
	}
	return pick(n.text, pool, 3)
}

// fullName is a name in long form, in small letters: the same for UNMIL and for
// the United Nations Mission in Liberia.
func (m *material) fullName(name string) string {
	if long, ok := m.longForms[name]; ok {
		name = long
	} else if e, ok := m.lexicon.lookup(name); ok {
		name = e.name
	}
	return strings.ReplaceAll(strings.ToLower(name), "united nations", "un")
}

// whichClause follows a name: "…, which promotes collective security".
var whichClause = regexp.MustCompile(`^(?: \([A-Z][A-Za-z0-9-]*\))?(?:, which| which| that|,? (established|created|deployed|founded|set up)\b) ?([^,;.]{15,120})`)

// relativeDraft asks which organisation or mission a relative clause describes.
func (m *material) relativeDraft(s sentence, stock []named) (candidate, bool) {
	if s.doubt || address.MatchString(s.text) {
		return candidate{}, false
	}
	for _, n := range namesIn(s.text) {
		parts := whichClause.FindStringSubmatch(s.text[n.end:])
		if parts == nil || meta.MatchString(parts[2]) || leaning.MatchString(parts[2]) || len(content(parts[2])) < 2 || commonPuff(parts[2]) > 0.3 || bagOf(parts[2]).roots().shared(bagOf(n.text).roots()) > 0 {
			continue
		}
		clause := parts[2]
		if parts[1] != "" {
			clause = "was " + parts[1] + " " + clause
		}
		others, quality := m.sameSort(n, s, stock)
		if others == nil {
			continue
		}
		stem := fmt.Sprintf("Which of these %s?", strings.TrimSpace(clause))
		return candidate{
			rule: Cloze, places: []place{s.place}, fact: n.text,
			q:     single(stem, n.text, "Right.", others, m.explain(s.place, s.text)),
			parts: Parts{Alone: 0.9, Term: 0.9 * max(0.3, 1-2*commonPuff(clause)), Distractors: quality, Length: lengthFit(stem)},
			why:   fmt.Sprintf("A clause says what %s is or does; the others are names of the same sort.", n.text),
		}, true
	}
	return candidate{}, false
}
