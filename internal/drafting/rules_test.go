package drafting_test

import (
	"slices"
	"strings"
	"testing"

	"muster/internal/document"
	"muster/internal/drafting"
	"muster/internal/question"
)

// terms is a small glossary for the tests of the rules.
var terms = []drafting.Term{
	{Name: "Mediation", Definition: "A third person helps parties to find an agreement of their own.", See: []string{"Good offices", "Arbitration"}},
	{Name: "Good offices", Definition: "The help of a trusted third person who brings parties into contact.", See: []string{"Mediation"}},
	{Name: "Arbitration", Definition: "A procedure in which a third person decides and the parties obey.", See: []string{"Mediation"}},
	{Name: "Conciliation", Definition: "A procedure in which a commission looks at the facts and proposes terms.", See: []string{"Mediation"}},
	{Name: "Ceasefire", Definition: "An agreement that stops the fighting for a time.", See: []string{"Truce", "Armistice"}},
	{Name: "Truce", Definition: "A short pause in the fighting.", See: []string{"Ceasefire"}},
	{Name: "Armistice", Definition: "An agreement that ends the fighting for good.", See: []string{"Ceasefire"}},
}

// plain makes a document of one section per text; lines that begin with "- "
// are items, lines with " | " rows.
func plain(sections ...string) document.Document {
	doc := document.Document{ID: "d", Edition: 1, Title: "A handbook"}
	for i, text := range sections {
		s := document.Section{Slug: string(rune('a' + i)), Depth: 1}
		for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
			line = strings.TrimSpace(line)
			kind := document.Paragraph
			switch {
			case strings.HasPrefix(line, "# "):
				s.Heading = line[2:]
				continue
			case strings.HasPrefix(line, "- "):
				kind, line = document.Item, line[2:]
			case strings.Contains(line, document.CellMark):
				kind = document.Row
			}
			s.Passages = append(s.Passages, document.Passage{Number: len(s.Passages) + 1, Text: line, Kind: kind})
			doc.Words += len(strings.Fields(line))
		}
		doc.Sections = append(doc.Sections, s)
	}
	return doc
}

// by drafts by one rule.
func by(rule drafting.Rule, doc document.Document) []drafting.Draft {
	return drafting.From(doc, terms, drafting.Options{Rules: []drafting.Rule{rule}})
}

// TestRules shows each rule a passage that it fits, and the stem and key that it
// makes of it.
func TestRules(t *testing.T) {
	t.Parallel()
	const elsewhere = "# Supplies\nThe depot stores tents, blankets, and cooking sets.\nConvoys carry fuel, spare parts, and drinking water."
	tests := map[string]struct {
		rule      drafting.Rule
		doc       document.Document
		kind      question.Kind
		stem, key string // parts of them
	}{
		"a sentence says what a term means": {
			drafting.Definition, plain("A ceasefire is an agreement between armed sides that stops the fighting for a time."), question.Single,
			"ceasefire", "an agreement between armed sides that stops the fighting for a time",
		},
		"what something is for": {
			drafting.Definition, plain("The main task of the lake police is to guard the ferries.\nRoad wardens aim to clear the passes of snow.\nField courts aim to settle quarrels over land.\nSchool guards aim to walk children home."), question.Single,
			"What is the main task of the lake police?", "Guard the ferries",
		},
		"terms of sections that have one each": {
			drafting.Definition, plain("Mediation is a procedure in which a third person leads the talks.", "Arbitration is a procedure in which a third person decides the case.", "A truce is a short pause in the fighting between two armies."), question.Match,
			"Match each term", "Mediation → A procedure in which a third person leads the talks",
		},
		"several terms of a section become a match": {
			drafting.Definition, plain("Mediation is a procedure in which a third person leads the talks.\nArbitration is a procedure in which a third person decides the case.\nA truce is a short pause in the fighting between two armies."), question.Match,
			"Match each term", "Mediation → A procedure in which a third person leads the talks",
		},
		"an enumeration behind a verb": {
			drafting.Membership, plain("Observers monitor ceasefire lines, prisoner exchanges, and troop withdrawals.", elsewhere), question.Single,
			"NOT", "",
		},
		"an enumeration behind a colon": {
			drafting.Membership, plain("A staff policy names four values: honesty, courage, patience and respect.\nA kit has three parts: rations, bandages and batteries.", "# Stores\nA store keeps three goods: rope, soap and timber."), question.Multiple,
			"A staff policy names four values. Which of these are among them?", "Courage",
		},
		"what several lists name": {
			drafting.Membership, plain("Night patrols carry radios, maps, and water cans.", "Army doctors treat fevers, wounds, and snake bites.", "Civil engineers provide bridges, wells, and power lines."), question.Match,
			"Match each with its sentence", "Radios, maps and water cans → Night patrols carry ….",
		},
		"items of two lists that have names": {
			drafting.Membership, plain("Key components of training include:\n- Practice with radios\n- Study of local law\n- Care for the wounded", "Common limits of supply include:\n- Roads without bridges\n- Fuel of poor quality\n- Trucks without spare wheels"), question.Match,
			"To which of these does each belong?", "Study of local law → Key components of training",
		},
		"items below a lead": {
			drafting.Membership, plain("Key components of training include:\n- Practice with radios\n- Study of local law\n- Care for the wounded", elsewhere), question.Single,
			"named among the key components of training", "",
		},
		"a number before a noun": {
			drafting.Number, plain("A decision of the council needs nine votes of its members."), question.Numeric,
			"A decision of the council needs … votes of its members.", "9",
		},
		"the number of an article": {
			drafting.Number, plain("Article 51 protects the right of states to defend themselves.\nArticle 33 and article 53 stand elsewhere."), question.Single,
			"Which article belongs in the gap?", "Article 51",
		},
		"a year": {
			drafting.Year, plain("The Hague Convention was adopted in 1954 at a conference of fifty states."), question.Single,
			"In which year was the Hague Convention adopted", "1954",
		},
		"an abbreviation in brackets": {
			drafting.Acronym, plain("The Joint Operations Centre (JOC) keeps watch day and night."), question.Single,
			"“JOC” stand for", "Joint Operations Centre",
		},
		"where a mission was": {
			drafting.Acronym, plain("The UN Mission in Liberia (UNMIL) closed its last camp after fifteen years."), question.Single,
			"Where was the mission “UNMIL” deployed?", "Liberia",
		},
		"missions and their places": {
			drafting.Acronym, plain("The UN Mission in Liberia (UNMIL) closed.\nThe UN Mission in Haiti (UNMIH) came in spring.\nThe UN Operation in Burundi (ONUB) went home."), question.Match,
			"Match each mission with the place", "ONUB → Burundi",
		},
		"a term that leads its sentence": {
			drafting.Cloze, plain("Mediation means that a third person helps two sides to find terms that both accept."), question.Cloze,
			"____ means that a third person", "Mediation",
		},
		"a name among names of its sort": {
			drafting.Cloze, plain("The African Union sent police officers and doctors to the northern towns after the floods.\nThe European Union, the Arab League and the Gulf Cooperation Council paid."), question.Single,
			"The … sent police officers", "African Union",
		},
		"steps in a list": {
			drafting.Sequence, plain("# The drill in four steps\n- Stop the vehicle\n- Warn the others\n- Mark the spot\n- Call for help"), question.Order,
			"put the steps in the right order", "1. Stop the vehicle",
		},
		"from one to the next": {
			drafting.Sequence, plain("The chain of custody runs from patrol to post, laboratory and court."), question.Order,
			"The chain of custody has an order", "4. Court",
		},
		"the rows of a table": {
			drafting.Matching, plain("Body | Task\nCouncil | Decides on the mandate of the mission\nSecretariat | Plans and directs the daily work\nCourt | Settles disputes between states"), question.Match,
			"Match each entry for “Body” with its entry for “Task”.", "Court → Settles disputes between states",
		},
		"two sides of a table": {
			drafting.Matching, plain("Patrols may | Patrols may not\nTalk with elders | Pay for news\nTake notes | Search homes\nOffer water | Take hostages"), question.Match,
			"to which does each of these belong", "Search homes → Patrols may not",
		},
		"items with labels": {
			drafting.Matching, plain("# A good note\n- Seen: what you saw with your own eyes.\n- Told: what others said to you.\n- Done: whom you called and when."), question.Match,
			"a good note", "Told → What others said to you",
		},
		"a definition of another term": {
			drafting.TrueFalse, plain("Mediation is a procedure in which a third person leads the talks.\nArbitration is a method by which a judge decides the case."), question.TrueFalse,
			"is a procedure in which a third person leads the talks", "",
		},
		"a not can be taken out": {
			drafting.TrueFalse, plain("A truce between two armies does not end the war."), question.TrueFalse,
			"A truce between two armies", "",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			drafts := by(tt.rule, tt.doc)
			i := slices.IndexFunc(drafts, func(d drafting.Draft) bool {
				return d.Question.Kind == tt.kind && strings.Contains(d.Question.Stem, tt.stem) &&
					strings.Contains(strings.Join(question.KeyLines(d.Question), "\n"), tt.key)
			})
			if i < 0 {
				t.Errorf("no %s with stem %q and key %q among: %s", tt.kind, tt.stem, tt.key, list(drafts))
			}
		})
	}
}

// TestLabelsAreNamedOnce: a number that stands elsewhere in the document and next
// to the right one is one wrong answer.
func TestLabelsAreNamedOnce(t *testing.T) {
	t.Parallel()
	doc := plain("Chapter VI of the statute is about the peaceful settlement of disputes.\nChapter VII of the statute is about grave threats to the common peace.\nChapter VIII of the statute is about the bodies of a region.")
	drafts := by(drafting.Number, doc)
	if len(drafts) == 0 {
		t.Fatal("no drafts")
	}
	for _, d := range drafts {
		texts := map[string]bool{}
		for _, o := range d.Question.Options {
			if texts[o.Text] {
				t.Errorf("%s has %q twice", d.Question.Stem, o.Text)
			}
			texts[o.Text] = true
		}
	}
}

// list shows drafts in a failure.
func list(drafts []drafting.Draft) string {
	var b strings.Builder
	for _, d := range drafts {
		b.WriteString("\n" + string(d.Question.Kind) + ": " + d.Question.Stem + " = " + strings.Join(question.KeyLines(d.Question), "; "))
	}
	return b.String()
}

// TestRulesKeepSilent shows each rule passages that look like its own and are not.
func TestRulesKeepSilent(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		rule drafting.Rule
		text string
	}{
		"praise is no definition":          {drafting.Definition, "Coordination is a vital aspect of every mission in the field."},
		"a state is no definition":         {drafting.Definition, "A ceasefire is fragile and often broken by both of the sides."},
		"what it is cannot be seen":        {drafting.Definition, "It is an agreement between armed sides that stops the fighting."},
		"a definition that names its term": {drafting.Definition, "A ceasefire agreement is an agreement on a ceasefire between sides."},
		"two things are no list":           {drafting.Membership, "Observers monitor ceasefire lines and troop withdrawals."},
		"what people a list leaves out":    {drafting.Membership, "Officers speak with village elders, youth leaders, and district officials.\n\nClerks provide chairs, lamps, and paper."},
		"what else is improved":            {drafting.Membership, "Good roads improve market days, school hours, and night patrols.\n\nClerks provide chairs, lamps, and paper."},
		"a role that anything may play":    {drafting.Definition, "Trust plays a great role in ending the quarrels of the valley."},
		"a place that its sentence says":   {drafting.Acronym, "The UN Operation in Africa (XYZ) was the first of many."},
		"clauses are no list":              {drafting.Membership, "The driver stopped, the guard got out, and nobody spoke for a while."},
		"a list without others to mislead": {drafting.Membership, "The depot stores tents, blankets, and cooking sets."},
		"a list of these":                  {drafting.Membership, "These include tents, blankets, and cooking sets."},
		"a time of day":                    {drafting.Number, "The patrol reached the northern market at 07:40 with nine men."},
		"one of two numbers in a name":     {drafting.Number, "The patrol used the radio type A4P near hill 7-9 before the rain."},
		"a number without noun":            {drafting.Number, "Of all the answers that we had to give, this was only three to them."},
		"a report of a year":               {drafting.Year, "A report of 2000 asked for clear mandates and for money."},
		"a decade":                         {drafting.Year, "In the 1990s the Hague Tribunal tried many of the leaders of the war."},
		"brackets without long form":       {drafting.Acronym, "The team spoke with the mayor (MFO) about the well."},
		"a term in passing":                {drafting.Cloze, "The elders of the village asked for mediation by somebody from outside."},
		"a term of something else":         {drafting.Cloze, "The ceasefire line between the two villages runs along the old river bed."},
		"a list without steps":             {drafting.Sequence, "# What to bring\n- Water for two days\n- A map of the area\n- A good torch"},
		"rows that are too few":            {drafting.Matching, "Body | Task\nCouncil | Decides on the mandate"},
		"labels that give themselves away": {drafting.Matching, "# Kinds\n- Red card: a red card for the driver.\n- Blue card: a blue card for the guard.\n- Pass: a pass for guests."},
		"a question":                       {drafting.TrueFalse, "Does a truce between two armies not end the war?"},
		"talk of the text":                 {drafting.TrueFalse, "One article does not name the host State as the first to protect civilians."},
		"taken back by the next sentence":  {drafting.TrueFalse, "A truce between two armies does not end the war. That is wrong."},
		"an instruction":                   {drafting.TrueFalse, "Do not pay money to the armed men at the bridge in the north."},
		"not only":                         {drafting.TrueFalse, "The road helps not only the soldiers but also the farmers of the valley."},
		"a made-up case":                   {drafting.Number, "# Worked example: the bridge\nThe council of the village had eleven members in the year of the flood."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if drafts := by(tt.rule, plain(tt.text)); len(drafts) > 0 {
				t.Errorf("From(%q) = %s", tt.text, list(drafts))
			}
		})
	}
}
