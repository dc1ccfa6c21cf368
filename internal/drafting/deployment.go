package drafting

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A mission with its abbreviation, and where it was sent: "the Mission in Mali
// (MINUSMA)" and "the Observers (MFO) established in the Sinai Peninsula".
var (
	missionIn = regexp.MustCompile(`\b(?:Mission|Force|Operation)s?(?: [A-Z][a-z]+)? (?:in|on|for) (the )?(` + placeNames() + `) \(([A-Z]{3,}[A-Z-]*)\)`)
	missionAt = regexp.MustCompile(`\b(?:Mission|Force|Operation|Observers)\b[^.;()]{0,30} \(([A-Z]{3,}[A-Z-]*)\),? (?:was )?(?:established|deployed|created|set up) in (the )?(` + placeNames() + `)\b`)
)

// placeNames are the places as a choice, the longest first.
func placeNames() string {
	names := slices.Clone(places)
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	return strings.Join(names, "|")
}

// regions hold several countries: no answer to where a mission was.
var regions = []string{"Africa", "Middle East", "Balkans"}

// deploymentDrafts asks where the mission with an abbreviation was sent. The
// others begin like the key where they can, so that the letters do not tell.
func (m *material) deploymentDrafts() []candidate {
	var all []candidate
	var pairs []pair
	seen := map[string]bool{}
	for _, s := range m.sentences {
		short, at := deployment(s.text)
		if short == "" || seen[short] || slices.Contains(regions, strings.TrimPrefix(at, "the ")) {
			continue
		}
		seen[short] = true
		pairs = append(pairs, pair{short, upperFirst(at), s.place, s.text})
		var others []wrong
		for _, p := range otherPlaces(at) {
			others = append(others, wrong{upperFirst(p), fmt.Sprintf("Takes %s for a mission in %s.", short, p), fmt.Sprintf("It was in %s. The passage says: “%s”", at, s.text)})
		}
		stem := fmt.Sprintf("Where was the mission “%s” deployed?", short)
		all = append(all, candidate{
			rule: Acronym, places: []place{s.place}, fact: "where " + short,
			q:     single(stem, upperFirst(at), "Right.", others, m.explain(s.place, s.text)),
			parts: Parts{Alone: 1, Term: 0.9, Distractors: 0.8, Length: 0.8},
			why:   fmt.Sprintf("The sentence says where the mission %s was; the others are places of other missions.", short),
		})
	}
	if pairs = distinctPairs(pairs); len(pairs) >= 3 {
		c := m.matchDraft("Match each mission with the place where it was deployed.", pairs[:min(6, len(pairs))], "The document says of several missions where they were.")
		c.rule, c.parts.Alone = Acronym, 1
		all = append(all, c)
	}
	return all
}

// deployment reads the abbreviation of a mission and its place.
func deployment(text string) (short, place string) {
	if x := missionIn.FindStringSubmatch(text); x != nil {
		return x[3], x[1] + x[2]
	}
	if x := missionAt.FindStringSubmatch(text); x != nil {
		return x[1], x[2] + x[3]
	}
	return "", ""
}

// otherPlaces gives three places that do not lie within each other: first those
// that begin with the letter of the place.
func otherPlaces(at string) []string {
	at = strings.TrimPrefix(at, "the ")
	var near, far []string
	for _, p := range places {
		switch {
		case slices.Contains(regions, p), p == "Sinai", p == "Congo", overlap(p, at):
		case p[0] == at[0]:
			near = append(near, p)
		default:
			far = append(far, p)
		}
	}
	turn := int(number(at) % uint32(len(far)))
	var chosen []string
	for _, p := range append(near, append(slices.Clone(far[turn:]), far[:turn]...)...) {
		if len(chosen) < 3 && !slices.ContainsFunc(chosen, func(c string) bool { return overlap(c, p) }) {
			chosen = append(chosen, p)
		}
	}
	for i, p := range chosen {
		if strings.Contains(p, "Republic") || strings.HasPrefix(p, "Sinai") {
			chosen[i] = "the " + p
		}
	}
	return chosen
}

// lands are places that lie within one another.
var lands = []string{"Sudan South Sudan Darfur", "Egypt Sinai Peninsula", "Democratic Republic of the Congo", "East Timor Timor-Leste", "Central African Republic"}

func overlap(a, b string) bool {
	return a == b || slices.ContainsFunc(lands, func(l string) bool { return strings.Contains(l, a) && strings.Contains(l, b) })
}

var (
	oneMission  = regexp.MustCompile(`^(?:[TtIi](?:he|his|t)|By [^,]{4,12}, (?:the|this|it)|[A-Z][a-z]+ in [^,]{4,12}, (?:the|this|it))\b`)
	missionName = regexp.MustCompile(`\b(?:UN[A-Z]{3,}|MIN[A-Z]{4,}|AM[A-Z]{4,}|MONUSCO|MFO)\b`)
	itsMission  = regexp.MustCompile(`\b(?:[Tt]h(?:e|is) mission|[Tt]his force)\b|^It\b|, it\b`)
)

// section gives the sentences that were read of a section.
func (m *material) section(section int) []sentence {
	from := len(m.sentences)
	for from > 0 && m.sentences[from-1].section == section {
		from--
	}
	return m.sentences[from:]
}

// theMission puts its abbreviation in place of "the mission", "this mission" or
// "it", where the sentences before name one mission alone.
func theMission(plain string, before []sentence) (string, bool) {
	at := itsMission.FindStringIndex(plain)
	if at == nil || !oneMission.MatchString(plain) || missionName.MatchString(plain) || len(before) == 0 {
		return plain, false
	}
	name := ""
	for _, s := range before {
		for _, n := range missionName.FindAllString(s.plain+" "+s.text, -1) {
			if name != "" && n != name {
				return plain, false
			}
			name = n
		}
	}
	if is := plain[at[0]:at[1]]; name == "" || strings.HasSuffix(strings.ToLower(is), "it") && !missionName.MatchString(before[len(before)-1].plain) {
		return plain, false
	}
	lead := ""
	if strings.HasPrefix(plain[at[0]:], ", ") {
		lead = ", "
	}
	return plain[:at[0]] + lead + name + plain[at[1]:], true
}
