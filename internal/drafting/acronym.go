package drafting

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var shortForm = regexp.MustCompile(`\(([A-Z][A-Za-z0-9-]{1,9})\)`)

// acronymDrafts asks what an abbreviation stands for. Its distractors have the
// same first letters, so that the letters alone do not tell.
func (m *material) acronymDrafts() []candidate {
	var all []candidate
	seen := map[string]bool{}
	words := stock()
	for _, s := range m.sentences {
		for _, x := range shortForm.FindAllStringSubmatchIndex(s.text, -1) {
			short, before := strings.TrimSuffix(s.text[x[2]:x[3]], "s"), s.text[:x[0]]
			if short != s.text[x[2]:x[3]] {
				before = strings.TrimSuffix(before[:len(strings.TrimRight(before, " "))], "s") // "vehicles (UAVs)"
			}
			long, ok := longForm(before, short)
			if seen[short] || len(short) < 3 || !isAcronym(short) || !ok {
				continue
			}
			if c, ok := m.acronymDraft(s, short, long, words); ok {
				seen[short] = true
				all = append(all, c)
			}
		}
	}
	return append(all, m.deploymentDrafts()...)
}

// readShortForms learns the abbreviations that a sentence explains.
func (m *material) readShortForms(text string) {
	for _, x := range shortForm.FindAllStringSubmatchIndex(text, -1) {
		short := text[x[2]:x[3]]
		if long, ok := longForm(text[:x[0]], short); ok && m.longForms[short] == "" {
			m.longForms[short] = long
		}
	}
}

func (m *material) acronymDraft(s sentence, short, long string, stock map[rune][]string) (candidate, bool) {
	var others []wrong
	for _, v := range variants(long, stock) {
		others = append(others, wrong{v, "Knows the letters, but not all the words.", fmt.Sprintf("%s stands for “%s”.", short, long)})
	}
	if len(others) < 3 {
		return candidate{}, false
	}
	stem := fmt.Sprintf("What does the abbreviation “%s” stand for?", short)
	return candidate{
		rule: Acronym, places: []place{s.place}, fact: short,
		q:     single(stem, upperFirst(long), "Right.", others[:3], m.explain(s.place, s.text)),
		parts: Parts{Alone: 1, Term: 0.9, Distractors: 0.75, Length: lengthFit(stem)},
		why:   fmt.Sprintf("The sentence gives the long form of %s; the other options change one word for another with the same letter.", short),
	}, true
}

var joiners = set("of and for the in on to de la des a")

// longForm finds the words before a bracket that the letters in it begin.
func longForm(before, short string) (string, bool) {
	spans := wordSpans(before)
	for n := 2; n <= min(len(spans), len(short)+5); n++ {
		from := spans[len(spans)-n].start
		long := strings.TrimSpace(before[from:])
		if joiners[firstWord(long)] || strings.ContainsAny(long, ".;:()“”") {
			continue
		}
		if spells(long, short) {
			return long, true
		}
	}
	return "", false
}

// spells says whether the letters of short are the first letters of the words
// of long, in order. Joining words may be left out; a word may give two letters
// or more, as in UNAMSIL for "Mission in Sierra Leone", but the first letter of
// every other word must be there.
func spells(long, short string) bool {
	var parts []string
	for _, w := range words(long) {
		parts = append(parts, strings.FieldsFunc(strings.ToLower(w), func(r rune) bool { return r == '-' || r == '‑' })...)
	}
	letters := strings.ToLower(strings.ReplaceAll(short, "-", ""))
	return spell(parts, letters)
}

func spell(parts []string, letters string) bool {
	if letters == "" {
		return len(parts) == 0
	}
	if len(parts) == 0 {
		return false
	}
	if joiners[parts[0]] && spell(parts[1:], letters) {
		return true
	}
	if parts[0] == "un" && strings.HasPrefix(letters, "un") && spell(parts[1:], letters[2:]) {
		return true
	}
	for n := 1; n <= 4 && n <= len(letters) && strings.HasPrefix(parts[0], letters[:n]); n++ {
		if spell(parts[1:], letters[n:]) {
			return true
		}
	}
	return false
}

// field are words of the field, for letters of which the document has too few.
const field = `Action Assessment Assistance Authority Armed Advisory Battalion Border Bureau Capacity Command Commission Community Cooperation
	Coordination Civilian Conflict Centre Council Committee Conference Defence Deployment Development Demilitarisation Direct Engagement Enforcement Evaluation External Force Framework
	Field Formation Group Guidance Government General Humanitarian Headquarters Human Implementation Inspection Integration International Institution
	Joint Justice Judicial Law Liaison Logistics Local Management Mission Mechanism Mobilisation Monitoring Multilateral Military National Network Neutrality
	Negotiation Observation Operation Organisation Order Office Peace Planning Policy Protection Programme Police Prevention Political Regional Response Reform
	Recovery Reconstruction Rehabilitation Relief Reconciliation Reporting Security Service Support Stabilisation Supervision System Sector State Strategy Special
	Training Transition Team Task Treaty Truce Union Unit Unified Verification Violence Victim Welfare Work Watch
	Assembly Area Affairs Board Base Budget Campaign Convention Division Directorate Education Executive Election Federation Forum Fund Global
	Health Initiative Intervention Intelligence Information Jurisdiction Judiciary Knowledge Leadership Legal Limited Member Method Norm Northern Objective Partnership
	Panel Process Quick Quality Quarterly Resource Registry Rapid Remote Society Staff Strategic Surveillance Tactical Territorial Technical Temporary Undertaking
	Urban Voluntary Vehicle Violation Vulnerability Resolution Restoration Women Weapons Warning`

// stock gives the words of the field by first letter.
func stock() map[rune][]string {
	by := map[rune][]string{}
	add := func(w string) {
		r := unicode.ToUpper([]rune(w)[0])
		if len(w) > 3 && !isAcronym(w) && !slices.ContainsFunc(by[r], func(o string) bool { return strings.EqualFold(o, w) }) {
			by[r] = append(by[r], strings.ToLower(w))
		}
	}
	for _, w := range strings.Fields(field) {
		add(w)
	}
	return by
}

// variants are long forms with one word changed for another of the same first
// letter and the same ending.
func variants(long string, stock map[rune][]string) []string {
	spans := wordSpans(long)
	var all []string
	for round := 0; round < 3; round++ {
		for i := len(spans) - 1; i >= 0; i-- {
			w := long[spans[i].start:spans[i].end]
			if joiners[strings.ToLower(w)] || isAcronym(w) || len(w) < 4 || strings.Contains(w, "-") {
				continue
			}
			fits := replacements(w, stock)
			if round >= len(fits) || proper(w) || strings.Contains(strings.ToLower(long), strings.ToLower(fits[round])) {
				continue
			}
			v := upperFirst(long[:spans[i].start] + fits[round] + long[spans[i].end:])
			if !slices.Contains(all, v) {
				all = append(all, v)
			}
		}
	}
	return all
}

// proper tells names of places and peoples that no word of the field may replace.
func proper(w string) bool { return isCapital(w) && nations[strings.ToLower(w)] }

var nations = set("united nations african european north atlantic arab gulf african sierra leone liberia mali darfur sudan congo haiti kosovo lebanon somalia egypt west south")

// replacements are words of the stock like w, those with its ending first, in
// its case.
func replacements(w string, stock map[rune][]string) []string {
	lower := strings.ToLower(w)
	var near, far []string
	for _, o := range stock[unicode.ToUpper([]rune(w)[0])] {
		if stem(o) == stem(lower) || strings.HasPrefix(lower, o[:min(5, len(o))]) {
			continue
		}
		if isCapital(w) {
			o = upperFirst(o)
		}
		if bodies[strings.ToLower(o)] != bodies[lower] {
			continue
		}
		if ending(o) == ending(lower) && adjective(o) == adjective(lower) {
			near = append(near, o)
		} else if adjective(o) == adjective(lower) {
			far = append(far, o)
		}
	}
	start := 0
	if len(near) > 0 {
		start = int(number(w) % uint32(len(near)))
	}
	var first []string
	for _, o := range strings.Fields(confusable[strings.ReplaceAll(lower, "z", "s")]) {
		if isCapital(w) {
			o = upperFirst(o)
		}
		first = append(first, o)
	}
	return append(append(append(first, near[start:]...), near[:start]...), far...)
}

// confusable are words that are mixed up with a word of the field: of its letter,
// of its part of speech, and at home in the same phrases.
var confusable = map[string]string{
	"mission": "monitors mediation mechanism", "civilians": "communities combatants children", "protection": "policing provision", "sector": "service system",
	"reform": "review recovery renewal", "violence": "vulnerability violation", "reduction": "resolution response reconciliation", "policy": "procedure programme principles",
	"diligence": "discipline duty", "disarmament": "deployment detention", "demobilisation": "decentralisation democratisation", "reintegration": "rehabilitation reconciliation resettlement",
	"force": "framework field", "cooperation": "coordination community", "treaty": "trade truce", "council": "conference committee", "economic": "emergency executive",
	"states": "societies security", "implementation": "intervention interposition", "stabilisation": "security support", "observers": "operations officers",
	"unmanned": "unarmed universal", "aerial": "armed automatic", "vehicle": "viewer", "security": "state social",
	"multinational": "military mediterranean middle-east", "human": "humanitarian", "organisation": "observers office",
}

// bodies are what an organisation can be.
var bodies = set("council commission committee centre command conference community office organisation organization board bureau agency authority assembly union unit forum federation")

func ending(w string) string {
	w = strings.ToLower(w)
	for _, e := range []string{"isation", "ization", "ation", "ion", "ment", "ity", "ance", "ence", "ing", "al", "ary", "ship", "ive", "ed", "or", "er", "ic", "y", "s"} {
		if strings.HasSuffix(w, e) {
			return e
		}
	}
	return ""
}

func adjective(w string) bool {
	w = strings.ToLower(w)
	switch ending(w) {
	case "al", "ary", "ive", "ed", "ic":
		return true
	}
	return slices.Contains([]string{"joint", "human", "quick", "rapid", "urban", "northern", "civilian", "direct", "remote", "armed", "unified", "special"}, w)
}
