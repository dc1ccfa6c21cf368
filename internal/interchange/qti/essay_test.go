package qti

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/internal/interchange"
	"muster/internal/question"
)

// writing is the interaction of an essay; attributes are added to it.
func writing(attributes string) string {
	return `<extendedTextInteraction responseIdentifier="R"` + attributes + `><prompt>Who <strong>commands</strong>?</prompt></extendedTextInteraction>`
}

func forScorer(class, inside string) string {
	return `<rubricBlock view="author scorer" class="` + class + `">` + inside + `</rubricBlock>`
}

func listed(criteria ...string) string {
	var out strings.Builder
	for i := 0; i < len(criteria); i += 2 {
		out.WriteString("<li><p>" + criteria[i] + `</p><p class="points">` + criteria[i+1] + `</p></li>`)
	}
	return forScorer("muster-rubric", "<ol>"+out.String()+"</ol>")
}

func TestEssays(t *testing.T) {
	t.Parallel()
	free := declared("string", "single", "")
	names := []question.Criterion{{Text: "Names it", Points: 2}}
	whole := func(points int, guide string) []question.Criterion {
		return []question.Criterion{{Text: interchange.WholeAnswer, Points: points, Guide: guide}}
	}
	ours := listed("Names it", "2 points")
	for name, c := range map[string]struct {
		file     string
		want     question.Question
		findings []string // starts of their messages
	}{
		"a field alone": {one(free, writing(""), ""), question.Question{}, []string{interchange.NoRubric}},
		"ours":          {one(free, ours+forScorer("muster-model", `<p class="title">Model answer</p><p>It is.</p><p>So there.</p>`)+writing(` class="x max-words-250" expectedLength="1500"`), ""), question.Question{Rubric: names, Model: "It is.\n\nSo there.", MaxWords: 250}, nil},
		"an explanation": {one(free, ours+writing(""), `<responseProcessing><setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">EXPLANATION</baseValue></setOutcomeValue></responseProcessing><modalFeedback identifier="EXPLANATION" outcomeIdentifier="FEEDBACK" showHide="show">Why.</modalFeedback>`),
			question.Question{Rubric: names, Explanation: "Why."}, nil},
		"what others tell scorers": {strings.Replace(one(free, forScorer("", "<p>Look for <em>reasons</em>.</p>")+forScorer("x", "<p>Be kind.</p>")+writing(""), ""), `baseType="float"/>`, `baseType="float" normalMaximum="5"/>`, 1),
			question.Question{Rubric: whole(5, "Look for *reasons*.\nBe kind.")}, []string{"What markers are told is the guide of one criterion here, “Whole answer”, worth 5 points"}},
		"a list of others": {one(free, forScorer("", "<ul><li>Names it (2 points)</li></ul>")+writing(""), ""), question.Question{Rubric: names}, []string{"The text has what cannot be kept: a list"}},
		"ours with more in it": {one(free, forScorer("muster-rubric", `<ol><li><p>Names it</p><p class="points">2 points</p><ul><li>more</li></ul></li></ol>`)+writing(""), ""),
			question.Question{Rubric: whole(1, "- Names it\n2 points\n- more")}, []string{"The text has what cannot be kept: a list", "What markers are told"}},
		"ours and another's":      {one(free, ours+forScorer("", "<p>Be kind.</p>")+writing(""), ""), question.Question{Rubric: names}, []string{"More that scorers are told is left out: “Be kind.”"}},
		"a rubric for candidates": {one(free, `<rubricBlock view="candidate"><p>Be quick.</p></rubricBlock>`+ours+writing(""), ""), question.Question{Rubric: names}, []string{"<rubricBlock> is left out: “Be quick.”"}},
		"bad numbers": {one(free, listed("a", "0 points", "b", "21 points", "", "3 points", "b", "1 point")+writing(` class="max-words-99999"`), ""),
			question.Question{Rubric: []question.Criterion{{Text: "a", Points: 1}, {Text: "b", Points: 20}, {Text: "b", Points: 1}}, MaxWords: 1000},
			[]string{"“a” gives 0 points", "“b” gives 21 points", "A criterion of the rubric has no text", "Two criteria of the rubric say the same: “b”", "It asks for 99999 words"}},
		"points without a number": {one(free, listed("a", "many points")+writing(""), ""), question.Question{Rubric: whole(1, "- a\nmany points")}, []string{"The text has what cannot be kept: a list", "What markers are told"}},
		"a sample": {one(declared("string", "single", correct("2*3*4")+`<mapping><mapEntry mapKey="x" mappedValue="1"/></mapping>`), ours+writing(""), matched),
			question.Question{Rubric: names, Model: `2\*3\*4`}, []string{"The right response of the item is the model answer", "What certain responses are worth", "The item has rules for scoring"}},
		"what the field is": {one(declared("float", "ordered", ""), ours+writing(` expectedLength="500" expectedLines="9" format="xhtml" patternMask="[a-z]+" placeholderText="Dear"`), ""),
			question.Question{Rubric: names}, []string{"About 500 characters", "The field has 9 lines", "The answer is plain text", "The form that the answer must have is left out: “[a-z]+”", "What stands in the empty field is left out: “Dear”", "Several texts", "A number is asked for"}},
		"rules of its own": {one(free, ours+writing(""), `<responseProcessing><responseCondition><responseIf><isNull><variable identifier="R"/></isNull><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>`),
			question.Question{Rubric: names}, []string{"The item has rules for scoring"}},
	} {
		items, findings, err := read(t.Context(), []byte(c.file), interchange.Usual())
		if err != nil || len(items) != 1 {
			t.Errorf("%s: %d items, %+v, %v", name, len(items), findings, err)
			continue
		}
		c.want.Kind, c.want.Stem, c.want.Title = question.Essay, stem, "T"
		if diff := cmp.Diff(c.want, items[0].Question, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		checkFindings(t, name, findings, c.findings)
	}
}
