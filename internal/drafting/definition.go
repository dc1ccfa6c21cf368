package drafting

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"muster/internal/question"
)

// define is a term with what a passage says it means.
type define struct {
	place
	term    string // as it is written in the middle of a sentence
	meaning string // a phrase, without its stop
	verb    string // "is", "refers to" …
	text    string
	alone   float64
	known   bool // in the glossary
	entry   entry
}

var (
	defineCue = regexp.MustCompile(`^(.{3,80}?) (is|are|means|refers to|refer to|is defined as|are defined as|denotes|describes|is called|(?:primarily )?involves?|encompasses) (.{12,260})\.$`)
	shape     = regexp.MustCompile(`^(?:[a-z]+s (?:designed|directed|that|which|who|aimed|made|sent)|a|an|the|any|all|what|how|when|[a-z]+ing|[a-z]+ment|[a-z]+tion|[a-z]+ness)\b`)
	judging   = regexp.MustCompile(`^(?:a |an |the )?(?:\w+ly )?(?:vital|crucial|key|essential|integral|critical|significant|important|central|pivotal|fundamental|` +
		`major|another|notable|prominent|prime|primary|common|good|better|best|different|same|first|second|third|last|next|only|main|other|growing|cornerstone|` +
		`strong|sound|serious|clear|reason|result|question|kind|matter|way|one|real|big|great|more|most|normal|usual|exception|example|case|thing|trap|fault|boundary)\b`)
	unnamed    = regexp.MustCompile(`(?i)\b(?:example|case|goal|aim|objective|reason|result|answer|point|nations|often|typically|first|second|third|way|task|issue|problem)s?\b`)
	evaluating = regexp.MustCompile(`^(?:a|an|the)\b.*\b(?:aspect|component|element|challenge|example|cornerstone|factor|part|step|issue|concern|priority|role|reason|sign|matter)s?\b`)
)

// readDefinitions finds the definitions of sentences and of labelled items.
func (m *material) readDefinitions() {
	for _, s := range m.sentences {
		if s.doubt || s.alone < 0.4 || s.item {
			continue
		}
		if d, ok := m.definitionIn(s); ok {
			m.defined = append(m.defined, d)
		}
	}
}

func (m *material) definitionIn(s sentence) (define, bool) {
	parts := defineCue.FindStringSubmatch(s.plain)
	if parts == nil || !subject(parts[1]) || len(words(parts[1])) > 6 || unnamed.MatchString(parts[1]) && !strings.HasPrefix(parts[2], "refer") {
		return define{}, false
	}
	d := define{place: s.place, term: m.inner(parts[1]), verb: parts[2], meaning: parts[3], text: s.plain, alone: s.alone}
	d.entry, d.known = m.lexicon.lookup(bare(parts[1]))
	copula := d.verb == "is" || d.verb == "are"
	switch {
	case finite[firstWord(d.meaning)], judging.MatchString(d.meaning), evaluating.MatchString(d.meaning) && len(words(d.meaning)) < 16, len(content(d.meaning)) < 4, hedge.MatchString(d.meaning):
		return d, false
	case copula && !d.known && (strings.HasPrefix(parts[1], "The ") || !shape.MatchString(d.meaning) || strings.HasPrefix(d.meaning, "being ")):
		return d, false
	case strings.HasPrefix(d.verb, "encompass") && !strings.HasPrefix(d.meaning, "a range of"):
		return d, false
	case strings.Contains(d.verb, "involve") && !strings.HasSuffix(firstWord(d.meaning), "ing") && !strings.HasPrefix(d.meaning, "the ") && !peopleWho.MatchString(d.meaning):
		return d, false
	case copula && !shape.MatchString(d.meaning) && passive.MatchString(d.meaning):
		return d, false
	case copula && !d.known && !nounAfter.MatchString(d.meaning):
		return d, false
	case leaning.MatchString(firstWords(d.meaning, 5)) && !strings.Contains(firstWords(d.meaning, 5), " that "):
		return d, false
	}
	return d, true
}

var (
	hedge     = regexp.MustCompile(`^(?:sometimes|often|usually|mostly|rarely|also|now|still|always|not|never|only|both|more|less|too|very|so|just|there|here|under|in|on|at|for|to|by|about)\b`)
	peopleWho = regexp.MustCompile(`^[a-z]+ (?:personnel|people|troops|experts|staff) who `)
	passive   = regexp.MustCompile(`^(?:\w+ly )?\w+(?:ed|en|ing|able|ible|ful|ous|al|ive|ant|ent|less|ic)\b`)
	nounAfter = regexp.MustCompile(`^(?:a|an|the|any|all)\b.{6,}\b(?:of|that|which|who|in which|for|to|designed|directed|made|between|by|without|with|before)\b|^\w+ing\b.{10,}|^\w+s (?:designed|directed|that|which|who|aimed|made|sent)\b|^\w+(?:tion|ment|ness)s? `)
)

func firstWords(text string, n int) string {
	fields := strings.Fields(text)
	return strings.Join(fields[:min(n, len(fields))], " ")
}

// gives says whether a meaning names its own term, so that nothing is left to
// ask.
func gives(term, meaning string) bool {
	own := bagOf(term)
	return len(own) == 0 || float64(own.shared(bagOf(meaning)))/float64(len(own)) > 0.4
}

// definitionDrafts asks what a term means, which term means this and what
// something is for, and puts definitions together as a match.
func (m *material) definitionDrafts() []candidate {
	var all []candidate
	for i, d := range m.defined {
		if gives(d.term, d.meaning) {
			continue
		}
		if c, ok := m.meaningDraft(i, d); ok {
			all = append(all, c)
		}
		if c, ok := m.termDraft(i, d); ok {
			all = append(all, c)
		}
	}
	return append(append(all, m.aimDrafts()...), m.definitionMatches()...)
}

// meaningDraft asks what a term means; distractors are what its siblings mean.
func (m *material) meaningDraft(i int, d define) (candidate, bool) {
	key := d.meaning
	var pool []wrong
	for _, o := range m.meanings(i, d) {
		text := m.inner(o.meaning)
		if c := closeness(key, text); c > 0.4 && !gives(d.term, text) && !bagOf(o.term).within(bagOf(d.term)) {
			pool = append(pool, wrong{text, fmt.Sprintf("Takes %s for %s.", d.term, o.term),
				fmt.Sprintf("This describes %s. The passage says: “%s”", o.term, d.text)})
		}
	}
	others, quality := pick(key, pool, 3)
	if others == nil {
		return candidate{}, false
	}
	stem := fmt.Sprintf("What %s %s?", be(d.term), d.term)
	if !strings.HasPrefix(d.verb, "is") && d.verb != "are" {
		stem = fmt.Sprintf("What does the term “%s” refer to?", bare(d.term))
	}
	q := single(stem, key, "Right: that is what the passage says.", others, m.explain(d.place, d.text))
	q.Bloom = "understand"
	q.Difficulty = 2
	return candidate{
		rule: Definition, places: []place{d.place}, q: q, fact: d.term,
		parts: Parts{Alone: d.alone, Term: m.termWeight(bare(d.term), d.text), Distractors: quality, Length: lengthFit(stem + " " + key)},
		why:   fmt.Sprintf("The sentence says what “%s” means; the other options are what related terms mean.", bare(d.term)),
	}, true
}

// termDraft asks which term means this; distractors are its siblings.
func (m *material) termDraft(i int, d define) (candidate, bool) {
	key := upperFirst(bare(d.term))
	var pool []wrong
	for _, o := range m.meanings(i, d) {
		pool = append(pool, wrong{upperFirst(bare(o.term)), fmt.Sprintf("Takes %s for %s.", o.term, d.term),
			contrast(o.term, o.meaning, d.text)})
	}
	others, quality := pick(key, pool, 3)
	if others == nil {
		return candidate{}, false
	}
	stem := fmt.Sprintf("Which term fits this description: “%s”?", upperFirst(d.meaning))
	return candidate{
		rule: Definition, places: []place{d.place}, fact: "the term " + d.term,
		q:     single(stem, key, "Right: that is the term the passage defines so.", others, m.explain(d.place, d.text)),
		parts: Parts{Alone: d.alone, Term: m.termWeight(key, d.text), Distractors: quality, Length: lengthFit(stem)},
		why:   fmt.Sprintf("The sentence says what “%s” means; the other options are related terms.", bare(d.term)),
	}, true
}

// contrast tells what a wrong term means and quotes the passage.
func contrast(term, meaning, text string) string {
	if meaning == "" {
		return fmt.Sprintf("%s is something else. The passage says: “%s”", upperFirst(term), text)
	}
	return fmt.Sprintf("%s is something else: %s. The passage says: “%s”", upperFirst(term), strings.TrimRight(lowerFirstIfPhrase(meaning), "."), text)
}

func lowerFirstIfPhrase(meaning string) string {
	if small[firstWord(meaning)] {
		return lowerFirst(meaning)
	}
	return meaning
}

// be is the verb that goes with a term.
func be(term string) string {
	if plural(headNoun(term)) {
		return "are"
	}
	return "is"
}

// meanings gives what else could be taken for the term: its siblings in the
// glossary, then the other definitions of the document.
func (m *material) meanings(i int, d define) []define {
	var others []define
	if d.known {
		kin, _ := m.lexicon.siblings(d.entry)
		for _, e := range kin {
			others = append(others, define{term: m.glossaryCase(e.name), meaning: e.definition, entry: e, known: true})
		}
	}
	near, far := []define{}, []define{}
	for j, o := range m.defined {
		switch {
		case j == i || bagOf(o.term).within(bagOf(d.term)) || bagOf(d.term).within(bagOf(o.term)):
		case o.section == d.section:
			near = append(near, o)
		default:
			far = append(far, o)
		}
	}
	if d.known {
		return append(near, append(others, far...)...)
	}
	for _, e := range m.lexicon.akin(d.term, d.meaning) {
		others = append(others, define{term: m.glossaryCase(e.name), meaning: e.definition, entry: e, known: true})
	}
	return append(near, append(far, others...)...)
}

// glossaryCase writes a glossary name as it stands within a sentence.
func (m *material) glossaryCase(name string) string {
	ws := words(name)
	if len(ws) > 1 && isCapital(ws[1]) || isAcronym(ws[0]) {
		return name
	}
	return m.inner(name)
}

// definitionMatches puts three to six definitions of a section together, and
// those of sections that have fewer, four by four.
func (m *material) definitionMatches() []candidate {
	var all []candidate
	var scattered []define
	add := func(defs []define) bool {
		c, ok := m.matchOf(defs)
		if ok {
			all = append(all, c)
		}
		return ok
	}
	for from := 0; from < len(m.defined); {
		to := from
		for to < len(m.defined) && m.defined[to].section == m.defined[from].section {
			to++
		}
		if !add(m.defined[from:to]) {
			scattered = append(scattered, m.defined[from:to]...)
		}
		from = to
	}
	for part := range slices.Chunk(scattered, 4) {
		add(part)
	}
	return all
}

func (m *material) matchOf(defs []define) (candidate, bool) {
	var pairs []pair
	seen := map[string]bool{}
	alone := 1.0
	for _, d := range defs {
		if len(pairs) < 6 && !gives(d.term, d.meaning) && !seen[bare(d.term)] && len(words(d.meaning)) <= 25 {
			seen[bare(d.term)] = true
			pairs = append(pairs, pair{upperFirst(bare(d.term)), upperFirst(d.meaning), d.place, d.text})
			alone = min(alone, d.alone)
		}
	}
	if len(pairs) < 3 {
		return candidate{}, false
	}
	c := m.matchDraft("Match each term with what it means.", pairs, "Several terms are defined in the document.")
	c.rule, c.parts.Alone, c.q.Bloom = Definition, alone, question.Bloom("understand")
	return c, true
}
