package qti

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/internal/interchange"
	"muster/internal/question"
)

// one makes an item of 2.1: declarations, body, processing and feedback.
func one(declared, body, rest string) string {
	return `<?xml version="1.0"?>` + "\n" + `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" title="T" adaptive="false" timeDependent="false">` +
		declared + `<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><itemBody>` + body + `</itemBody>` + rest + `</assessmentItem>`
}

func declared(base, cardinality, inside string) string {
	return `<responseDeclaration identifier="R" cardinality="` + cardinality + `" baseType="` + base + `">` + inside + `</responseDeclaration>`
}

func correct(values ...string) string {
	return "<correctResponse><value>" + strings.Join(values, "</value><value>") + "</value></correctResponse>"
}

const (
	matched = `<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>`
	mapped  = `<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response.xml"/>`
	picks   = `<prompt>Who <strong>commands</strong>?</prompt><simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice><simpleChoice identifier="C">c</simpleChoice>`
	stem    = "Who **commands**?"
)

func choose(most string) string {
	return `<choiceInteraction responseIdentifier="R" maxChoices="` + most + `">` + picks + `</choiceInteraction>`
}

func ref[T any](v T) *T { return &v }

func options(right string) []question.Option {
	var list []question.Option
	for _, text := range []string{"a", "b", "c"} {
		list = append(list, question.Option{Text: text, Correct: strings.Contains(right, text)})
	}
	return list
}

func TestRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file     string
		want     question.Question
		findings []string // starts of their messages
	}{
		"one of several": {one(declared("identifier", "single", correct("B")), choose("1"), matched),
			question.Question{Kind: question.Single, Stem: stem, Options: options("b")}, nil},
		"several of several": {one(declared("identifier", "multiple", correct("A", "C")), choose("0"), matched),
			question.Question{Kind: question.Multiple, Stem: stem, Options: options("ac")}, nil},
		"the key is in the mapping": {one(declared("identifier", "multiple", `<mapping><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" mappedValue="-1"/><mapEntry mapKey="C" mappedValue="-1"/></mapping>`), choose("0"), mapped),
			question.Question{Kind: question.Multiple, Stem: stem, Options: options("a")}, nil},
		"thirds are a judgement": {one(declared("identifier", "single", correct("A")+`<mapping><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" mappedValue="0.6667"/></mapping>`), choose("1"), mapped),
			question.Question{Kind: question.Judgement, Stem: stem, Options: []question.Option{{Text: "a", Grade: 3}, {Text: "b", Grade: 2}, {Text: "c"}}}, nil},
		"rules of its own": {one(declared("identifier", "single", correct("A")), choose("1"), `<responseProcessing><lookupOutcomeValue identifier="SCORE"/></responseProcessing>`),
			question.Question{Kind: question.Single, Stem: stem, Options: options("a")}, []string{"The item has its own rules"}},
		"an order": {one(declared("identifier", "ordered", correct("C", "A", "B")), `<orderInteraction responseIdentifier="R">`+picks+`</orderInteraction>`, matched),
			question.Question{Kind: question.Order, Stem: stem, Sequence: []question.Choice{{Text: "c"}, {Text: "a"}, {Text: "b"}}}, nil},
		"a gap with words to choose": {one(declared("identifier", "single", correct("B")), `<p>It is <inlineChoiceInteraction responseIdentifier="R"><inlineChoice identifier="A">a</inlineChoice><inlineChoice identifier="B">b</inlineChoice></inlineChoiceInteraction> now.</p>`, matched),
			question.Question{Kind: question.Single, Stem: "It is ____ now.", Options: options("b")[:2]}, nil},
		"a gap to write into": {one(declared("string", "single", correct("York")+`<mapping><mapEntry mapKey="York" mappedValue="1"/><mapEntry mapKey="Yorkshire" mappedValue="0.5"/><mapEntry mapKey="Lancaster" mappedValue="0"/></mapping>`), `<p>Sun of ___ <textEntryInteraction responseIdentifier="R"/>;</p>`, mapped),
			question.Question{Kind: question.Cloze, Stem: "Sun of … ____;", Blanks: []question.Blank{{Accepted: []string{"York", "Yorkshire"}, Mistakes: []question.Mistake{{Text: "Lancaster"}}}}}, []string{"“Yorkshire” counts as wholly right"}},
		"a number": {one(declared("float", "single", correct("2.5")), `<p>How long?</p><p><textEntryInteraction responseIdentifier="R"/></p>`,
			`<responseProcessing><responseCondition><responseIf><equal toleranceMode="relative" tolerance="10 10"><variable identifier="R"/><correct identifier="R"/></equal><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>`),
			question.Question{Kind: question.Numeric, Stem: "How long?", Answer: &question.Quantity{Value: 2.5, Tolerance: 0.25}}, nil},
		"words put into gaps": {one(declared("directedPair", "multiple", correct("W G1")), `<gapMatchInteraction responseIdentifier="R"><prompt>Fill.</prompt><gapText identifier="W">winter</gapText><gapText identifier="S">spring</gapText><p>Now is the <gap identifier="G1"/>.</p></gapMatchInteraction>`, matched),
			question.Question{Kind: question.Cloze, Stem: "Fill.\nNow is the ____.", Blanks: []question.Blank{{Accepted: []string{"winter"}, Mistakes: []question.Mistake{{Text: "spring"}}}}}, []string{"The words are written"}},
		"pairs of one list": {one(declared("pair", "multiple", correct("A P")), `<associateInteraction responseIdentifier="R"><prompt>Pair.</prompt><simpleAssociableChoice identifier="A">a</simpleAssociableChoice><simpleAssociableChoice identifier="P">p</simpleAssociableChoice><simpleAssociableChoice identifier="Q">q</simpleAssociableChoice></associateInteraction>`, matched),
			question.Question{Kind: question.Match, Stem: "Pair.", Pairs: []question.Pair{{Left: "a", Right: "p"}}, Extra: []question.Choice{{Text: "q"}}}, []string{"The pairs are found in one list"}},
		"feedback for true and false": {one(declared("identifier", "single", correct("false")), `<choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>So?</prompt><simpleChoice identifier="true">True<feedbackInline identifier="true" outcomeIdentifier="F" showHide="show">no</feedbackInline></simpleChoice><simpleChoice identifier="false">False</simpleChoice></choiceInteraction>`,
			`<responseProcessing><responseCondition><responseIf><match><variable identifier="R"/><correct identifier="R"/></match><setOutcomeValue identifier="F"><baseValue baseType="identifier">yes</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>`+
				`<modalFeedback identifier="yes" outcomeIdentifier="F" showHide="show">Yes.</modalFeedback><modalFeedback identifier="solution" outcomeIdentifier="F" showHide="show">Because.</modalFeedback>`),
			question.Question{Kind: question.TrueFalse, Stem: "So?", Truth: ref(false), RightFeedback: "Yes.", Wrong: &question.Mistake{Feedback: "no"}, Explanation: "Because."}, nil},
		"what is left out": {one(declared("identifier", "single", correct("A")), `<rubricBlock view="scorer"><p>Guide</p></rubricBlock>`+choose("1"), matched+`<modalFeedback identifier="z" outcomeIdentifier="F" showHide="show">Odd</modalFeedback>`),
			question.Question{Kind: question.Single, Stem: stem, Options: options("a")}, []string{"<rubricBlock> is left out: “Guide”", "Feedback is left out: “Odd”"}},
	} {
		items, findings, err := read(t.Context(), []byte(c.file), interchange.Usual())
		if err != nil || len(items) != 1 {
			t.Errorf("%s: %d items, %+v, %v", name, len(items), findings, err)
			continue
		}
		c.want.Title = "T"
		if diff := cmp.Diff(c.want, items[0].Question, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if items[0].ID != "i1" || items[0].Line != 2 {
			t.Errorf("%s: id %q on line %d, want i1 on line 2", name, items[0].ID, items[0].Line)
		}
		checkFindings(t, name, findings, c.findings)
	}
}

// checkFindings compares the starts of what was found.
func checkFindings(t *testing.T, name string, got []interchange.Finding, want []string) {
	t.Helper()
	ok := len(got) == len(want)
	for _, w := range want {
		found := false
		for _, f := range got {
			found = found || strings.HasPrefix(f.Message, w)
		}
		ok = ok && found
	}
	if !ok {
		t.Errorf("%s: found %+v, want %q", name, got, want)
	}
}

// TestBothVersionsAreRead: 3.0 is 2.1 in other names.
func TestBothVersionsAreRead(t *testing.T) {
	t.Parallel()
	const file = `<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="T" adaptive="false" time-dependent="false">
	<qti-response-declaration identifier="R" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>A</qti-value></qti-correct-response></qti-response-declaration>
	<qti-item-body><qti-choice-interaction response-identifier="R" max-choices="1"><qti-prompt>Who?</qti-prompt><qti-simple-choice identifier="A">a</qti-simple-choice><qti-simple-choice identifier="B">b</qti-simple-choice></qti-choice-interaction></qti-item-body>
	<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
	<qti-modal-feedback identifier="A" outcome-identifier="F" show-hide="show"><qti-content-body><p>Right.</p></qti-content-body></qti-modal-feedback></qti-assessment-item>`
	items, findings, err := read(t.Context(), []byte(file), interchange.Usual())
	want := question.Question{Kind: question.Single, Title: "T", Stem: "Who?", Options: []question.Option{{Text: "a", Correct: true, Feedback: "Right."}, {Text: "b"}}}
	if err != nil || len(items) != 1 || len(findings) > 0 || !cmp.Equal(want, items[0].Question) {
		t.Errorf("read as %+v, %v, %v", items, findings, err)
	}
}

func TestRefusedItemsAreFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, want string }{
		"an essay and more":  {`<extendedTextInteraction responseIdentifier="R"/>` + choose("1"), "several things"},
		"a picture to click": {`<hotspotInteraction responseIdentifier="R"/>`, "<hotspotInteraction> cannot be kept"},
		"two questions":      {choose("1") + choose("1"), "several things"},
		"a text":             {`<p>Read.</p>`, "text without a question"},
		"countless parts":    {strings.Repeat("<p/>", 30_000), "more parts"},
		"one option":         {`<choiceInteraction responseIdentifier="R"><simpleChoice identifier="A">a</simpleChoice></choiceInteraction>`, "fewer than two"},
		"no order":           {`<orderInteraction responseIdentifier="R">` + picks + `</orderInteraction>`, "in which order"},
		"two for one":        {`<matchInteraction responseIdentifier="R"><simpleMatchSet/></matchInteraction>`, "not two lists"},
	} {
		items, findings, err := read(t.Context(), []byte(one(declared("identifier", "single", correct("Z")), c.body, matched)), interchange.Usual())
		found := false
		for _, f := range findings {
			found = found || strings.Contains(f.Message, c.want) && f.Line == 2
		}
		if err != nil || len(items) > 0 || !found {
			t.Errorf("%s: %d items, %+v, %v, want %q", name, len(items), findings, err, c.want)
		}
	}
}
