package drafting

import (
	"regexp"
	"slices"
	"strings"
)

// form is the grammatical shape of an item.
type form int

const (
	nounForm form = iota
	ingForm       // "protecting civilians"
	toForm        // "protect civilians", after "aim to"
)

// list is an enumeration: what it is a list of, and what it names.
type list struct {
	section  int
	items    []string
	form     form
	question string // "Which of these is {not} …", with {not} for NOT and the word is as it is
	about    string // what the list is of, for feedback
	run      bool   // it is a run of items below a lead
	bad      bool   // it lists challenges, threats, limits
	places   []place
	alone    float64
	text     string // sentences that state it

	roots bag   // of the text and of what it is about
	bags  []bag // of each item
	cut   []bag // their roots
	all   bag   // roots of all items
}

// weighed fills in the bags, which are compared with those of every other list.
func (l list) weighed() list {
	l.roots, l.all = bagOf(l.text+" "+l.about).roots(), bagOf(strings.Join(l.items, " ")).roots()
	for _, item := range l.items {
		b := bagOf(item)
		l.bags, l.cut = append(l.bags, b), append(l.cut, b.roots())
	}
	return l
}

var (
	colonCue    = regexp.MustCompile(`: `)
	includeCue  = regexp.MustCompile(`,? (?:including|such as|namely) `)
	byCue       = regexp.MustCompile(` (?:by|through) ([a-z]+ing )`)
	verbCue     = regexp.MustCompile(` (?:(?:often|typically|also|frequently|primarily|generally|usually|mainly|commonly|actively) )?(` + listVerbs + `) `)
	aimCue      = regexp.MustCompile(` (?:aims?|seeks?|strives?|works?|helps?|serves?|exists?|is meant|are meant|is designed|are designed|is used|are used) to `)
	badCue      = regexp.MustCompile(`(?i)\b(?:challenges?|limitations?|constraints?|threats?|obstacles?|risks?|difficult|factors contribute|hinder|crimes?|violations?|lack|insufficient)\b`)
	opening     = regexp.MustCompile(`^(?:By|Through|To|With|Without|When|As|In|For) [^,]{5,90}, `)
	conjunction = regexp.MustCompile(`^(?:and|or|as well as) `)
	trailing    = regexp.MustCompile(`^(?:[a-z]+ing|which|who|that|where|while|thereby|thus|ultimately|collectively|as|all|so|often|leading|particularly|especially) `)
)

const listVerbs = `include|includes|included|involve|involves|encompass|encompasses|comprise|comprises|cover|covers|require|requires|` +
	`provide|provides|support|supports|protect|protects|promote|promotes|face|faces|need|needs|address|addresses|combine|combines|` +
	`integrate|integrates|conduct|conducts|monitor|monitors|receive|receives|use|uses|employ|employs|name|names|list|lists|contain|contains`

// readLists finds the enumerations of sentences and of runs.
func (m *material) readLists() {
	for _, s := range m.sentences {
		if s.alone == 0 || s.doubt {
			continue
		}
		if l, ok := m.listOf(s); ok {
			m.lists = append(m.lists, l.weighed())
		}
	}
	for _, r := range m.runs {
		if l, ok := m.listOfRun(r); ok {
			m.lists = append(m.lists, l.weighed())
		}
	}
}

// listOf reads the enumeration that ends a sentence.
func (m *material) listOf(s sentence) (list, bool) {
	text := strings.TrimSuffix(s.plain, ".")
	if rest := opening.ReplaceAllString(text, ""); rest != text && strings.Count(rest, ", ") > 0 && !pointers[firstWord(rest)] {
		text = upperFirst(rest)
	}
	l := list{section: s.section, places: []place{s.place}, alone: s.alone, text: s.plain, bad: badCue.MatchString(s.plain)}
	readers := []func(*list, string) bool{m.afterColon, m.afterIncluding, m.afterAim, m.afterBy, m.afterVerb, m.afterAny, m.subjects, m.predicates, m.anywhere}
	for _, read := range readers {
		if !read(&l, text) {
			continue
		}
		l.items = tidy(l.items)
		if l.form = formOf(l); l.form == toForm || nominal(l.items) {
			return l, true
		}
		l.form = nounForm // and the next reader tries
	}
	return list{}, false
}

// afterColon reads "Since 2021 the UN names four values: a, b, c and d".
func (m *material) afterColon(l *list, text string) bool {
	at := colonCue.FindStringIndex(text)
	if at == nil || len(words(text[:at[0]])) < 4 || !counted.MatchString(text[:at[0]]) {
		return false
	}
	l.items = enumerate(text[at[1]:])
	l.about = text[:at[0]]
	l.question = l.about + ". Which of these is {not} one of them?"
	return len(l.items) >= 3
}

var counted = regexp.MustCompile(`(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|several|some|many|these|parts|kinds|pillars|values|principles|tasks|forms|ways|means) ?(?:[a-z-]+ ){0,4}[a-z-]*s\b`)

// afterIncluding reads "… a range of services, including a, b and c".
func (m *material) afterIncluding(l *list, text string) bool {
	all := includeCue.FindAllStringIndex(text, -1)
	if len(all) == 0 {
		return false
	}
	at := all[len(all)-1]
	l.items = enumerate(text[at[1]:])
	lead := text[:at[0]]
	if ws := words(lead); len(l.items) < 3 || len(ws) < 3 || !plural(ws[len(ws)-1]) || !clause(lead) {
		return false
	}
	l.about = lead
	l.question = lead + ". Which of these is {not} named among the examples?"
	return true
}

// afterAim reads "X aims to a, b and c".
func (m *material) afterAim(l *list, text string) bool {
	at := aimCue.FindStringIndex(text)
	if at == nil || !subject(text[:at[0]]) {
		return false
	}
	l.items = enumerate(text[at[1]:])
	for _, item := range l.items {
		if w := firstWord(item); strings.HasSuffix(w, "ing") || small[w] {
			return false
		}
	}
	l.form, l.about = toForm, m.inner(text[:at[0]])
	l.question = "Which of these is {not} named as something that " + m.inner(text[:at[1]-1]) + " do?"
	return len(l.items) >= 3
}

// afterBy reads "X reach this by doing a, doing b and doing c".
func (m *material) afterBy(l *list, text string) bool {
	at := byCue.FindStringSubmatchIndex(text)
	if at == nil {
		return false
	}
	lead := text[:at[0]]
	l.items = enumerate(text[at[2]:])
	for _, item := range l.items {
		if !strings.HasSuffix(firstWord(item), "ing") {
			return false
		}
	}
	l.about = lead
	l.question = lead + ". Which of these is {not} named as a way in which this is done?"
	return len(l.items) >= 3 && len(words(lead)) >= 4 && !strings.Contains(lead, ",")
}

// afterVerb reads "X includes a, b and c".
func (m *material) afterVerb(l *list, text string) bool {
	at := verbCue.FindStringSubmatchIndex(text)
	if at == nil || !subject(text[:at[0]]) {
		return false
	}
	l.items = enumerate(text[at[1]:])
	if len(l.items) < 3 || small[firstWord(l.items[0])] && !articles[firstWord(l.items[0])] {
		return false
	}
	who, verb := m.inner(text[:at[0]]), text[at[2]:at[3]]
	l.about = who
	switch {
	case strings.HasPrefix(verb, "include") && plural(headNoun(who)) && category.MatchString(headNoun(who)):
		l.question = "Which of these is {not} named among " + the(who) + "?"
	default:
		l.question = "Which of these is {not} named among the things that " + who + strings.TrimRight(text[at[0]:at[1]], " ") + "?"
	}
	return true
}

// listOfRun reads "Key components of training include:" and the items below it.
func (m *material) listOfRun(r run) (list, bool) {
	if r.table || len(r.rows) < 3 || r.ordered {
		return list{}, false
	}
	if r.lead == "" && len(r.rows[0]) == 1 && listsHeading(r.heading) {
		r.lead, r.leadAt = upperFirst(m.sentenceCase(r.heading))+" include:", r.places[0]
	}
	lead := strings.TrimRight(connectives.ReplaceAllString(r.lead, ""), ": ")
	if r.lead == "" {
		return list{}, false
	}
	plain, alone := m.standAlone(-1, lead+" x y z.", nil)
	if alone < 0.6 && !strings.HasSuffix(r.lead, ":") || alone == 0 {
		return list{}, false
	}
	plain = ofHeading(plain, m.sentenceCase(r.heading))
	if alone = max(alone, 0.6); demonstrated.MatchString(plain) { // "components of these operations": of which?
		return list{}, false
	}
	lead = strings.TrimSuffix(plain, " x y z.")
	l := list{section: r.section, run: true, places: append([]place{r.leadAt}, r.places...), alone: alone, bad: badCue.MatchString(lead + r.heading)}
	for _, row := range r.rows {
		item := row[0]
		if len(row) == 1 {
			item = strings.TrimRight(row[0], ".;, ")
		}
		if n := len(words(item)); n < 1 || n > 14 || strings.Contains(item, ". ") {
			return list{}, false
		}
		if len(row) == 1 {
			item = m.inner(item)
		}
		l.items = append(l.items, item)
	}
	l.text = lead + ": " + strings.Join(l.items, "; ") + "."
	l.form = formOf(l)
	return l, m.askRun(&l, lead)
}

// ofHeading puts the heading in place of "of these operations", where it names
// operations.
func ofHeading(lead, heading string) string {
	at := ofThese.FindStringSubmatchIndex(lead)
	if at == nil || !slices.ContainsFunc(words(heading), func(w string) bool { return strings.EqualFold(w, lead[at[2]:at[3]]) }) {
		return lead
	}
	return lead[:at[0]] + "of " + heading + lead[at[1]:]
}

var (
	ofThese      = regexp.MustCompile(`\bof these ([a-z]+)\b`)
	demonstrated = regexp.MustCompile(`(?i)\b(?:these|this|such|it|they|their)\b`)
	leadInclude  = regexp.MustCompile(`^(.*?),? (?:include|includes|are|including|which include|such as)$`)
	category     = regexp.MustCompile(`(?i)^(?:components?|indicators?|factors?|elements?|examples?|limitations?|challenges?|objectives?|strategies|principles|aspects?|measures?|tasks?|tools?|methods?|forms?|types?|services?|directions?|pillars?|activities|functions?|means|responsibilities|benefits?|approaches|areas?|points?|ways|goals?|reasons?|causes?|outcomes?|roles?|features?|initiatives?|efforts?)$`)
	leadVerb     = regexp.MustCompile(`^(.*?) (?:involves?|requires?|encompass(?:es)?|comprises?|covers?)$`)
)

// askRun words the question of a run by its lead.
func (m *material) askRun(l *list, lead string) bool {
	l.about = m.inner(lead)
	if parts := leadInclude.FindStringSubmatch(lead); parts != nil {
		l.about = m.inner(parts[1])
		l.question = "Which of these is {not} named among " + the(l.about) + "?"
		if !subject(parts[1]) {
			l.question = strings.TrimRight(parts[1], ",") + ". Which of these is {not} named among them?"
		}
		return plural(headNoun(l.about)) || !subject(parts[1])
	}
	if parts := leadVerb.FindStringSubmatch(lead); parts != nil && subject(parts[1]) {
		l.question = "Which of these is {not} named among the things that " + m.inner(lead) + "?"
		return true
	}
	l.question = lead + ". Which of these is {not} named in that list?"
	return counted.MatchString(lead)
}

// enumerate takes "a, b and c" apart; nil where it is no enumeration.
func enumerate(text string) []string {
	chunks := strings.Split(text, ", ")
	var items []string
	closed := false
	for _, c := range chunks {
		switch {
		case closed && trailing.MatchString(c):
			return checked(items)
		case closed:
			return nil
		case conjunction.MatchString(c):
			items = append(items, conjunction.ReplaceAllString(c, ""))
			closed = true
		default:
			items = append(items, c)
		}
	}
	if !closed && len(items) >= 2 {
		last := items[len(items)-1]
		at := strings.LastIndex(last, " and ")
		if or := strings.LastIndex(last, " or "); at < 0 && or > 0 {
			at = or
		}
		if at < 0 {
			return nil
		}
		tail := strings.TrimPrefix(strings.TrimPrefix(last[at:], " and "), " or ")
		items = append(items[:len(items)-1], last[:at], tail)
	}
	return checked(items)
}

// checked refuses what can hardly be an enumeration: fewer than three items,
// items too long, items twice.
func checked(items []string) []string {
	if len(items) < 3 {
		return nil
	}
	seen := map[string]bool{}
	for i, item := range items {
		item = strings.TrimSpace(item)
		n, w := len(words(item)), firstWord(item)
		if n == 0 || n > 9 || seen[strings.ToLower(item)] || strings.ContainsAny(item, "();:") || trailing.MatchString(item) && !strings.HasSuffix(w, "ing") ||
			pronouns[w] || consequence[w] || len(content(item)) == 0 {
			return nil
		}
		seen[strings.ToLower(item)] = true
		items[i] = item
	}
	return items
}

var (
	articles    = set("a an the")
	consequence = set("ensuring allowing enabling leading making including thereby ensure")
	pronouns    = set("it they this that these those he she we you i them us him her what who how if when where because in to at")
)

func formOf(l list) form {
	if l.form == toForm {
		return toForm
	}
	return shapeOf(l.items[0])
}

func shapeOf(item string) form {
	if w := firstWord(item); strings.HasSuffix(w, "ing") && len(w) > 5 && !ingNouns[w] {
		return ingForm
	}
	return nounForm
}

// sentenceCase writes a heading in title case as a phrase of a sentence.
func (m *material) sentenceCase(heading string) string {
	out := heading
	for _, s := range wordSpans(heading) {
		w := heading[s.start:s.end]
		if !isAcronym(w) && m.casing[strings.ToLower(w)] <= 0 {
			out = out[:s.start] + strings.ToLower(w) + out[s.end:]
		}
	}
	out = strings.ReplaceAll(out, "nited nations", "nited Nations")
	return out
}

// listsHeading says whether a heading speaks of several challenges, components
// or the like before its first preposition.
func listsHeading(heading string) bool {
	for _, w := range words(heading) {
		if prepositions[strings.ToLower(w)] {
			return false
		}
		if category.MatchString(w) && plural(w) {
			return true
		}
	}
	return false
}
