package moodlexml

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/internal/interchange"
	"muster/internal/question"
)

// told makes the part that says what markers are told.
func told(text string) string {
	return `<graderinfo format="html"><text><![CDATA[` + text + `]]></text></graderinfo>`
}

func TestEssays(t *testing.T) {
	t.Parallel()
	const moodles = `<defaultgrade>1.0000000</defaultgrade><responserequired>1</responserequired><responsefieldlines>10</responsefieldlines><minwordlimit></minwordlimit><attachments>0</attachments><maxbytes>0</maxbytes><filetypeslist></filetypeslist><responsetemplate format="html"><text></text></responsetemplate>`
	names := []question.Criterion{{Text: "Names it", Points: 2}}
	ours := `<defaultgrade>2</defaultgrade><graderinfo format="markdown"><text>1. Names it (2 points)</text></graderinfo>`
	for name, c := range map[string]struct {
		inside   string
		want     question.Question
		findings []string // starts of their messages
	}{
		"as Moodle writes it": {moodles + `<responseformat>editor</responseformat>` + told(""), question.Question{}, []string{"The answer is plain text", interchange.NoRubric}},
		"ours":                {ours + `<maxwordlimit>250</maxwordlimit><generalfeedback><text>Why.</text></generalfeedback>`, question.Question{Rubric: names, MaxWords: 250, Explanation: "Why."}, nil},
		"ours, brought to HTML": {`<defaultgrade>2</defaultgrade>` + told(`<ol>
<li>
<p>Names it (2 points)</p></li></ol><p><strong>Model answer</strong></p><p>It is.</p>`), question.Question{Rubric: names, Model: "It is."}, []string{"The text has what cannot be kept: a list"}},
		"what others tell markers": {`<defaultgrade>7.6</defaultgrade>` + told(`<p>Look for <b>reasons</b>.</p>`),
			question.Question{Rubric: []question.Criterion{{Text: interchange.WholeAnswer, Points: 8, Guide: "Look for **reasons**."}}},
			[]string{"What markers are told is the guide of one criterion here, “Whole answer”, worth 8 points", "It is worth 7.6 marks there"}},
		"worth a hundred": {`<defaultgrade>100</defaultgrade>` + told(`Reasons.`),
			question.Question{Rubric: []question.Criterion{{Text: interchange.WholeAnswer, Points: 20, Guide: "Reasons."}}}, []string{"What markers are told", "It is worth 100 marks"}},
		"worth nothing": {told(`Reasons.`), question.Question{Rubric: []question.Criterion{{Text: interchange.WholeAnswer, Points: 1, Guide: "Reasons."}}}, []string{"What markers are told"}},
		"bad numbers": {`<graderinfo format="markdown"><text>1. a (0 points)` + "\n" + `2. b (21 points)` + "\n" + `3.  (3 points)` + "\n" + `4. b (1 point)</text></graderinfo><maxwordlimit>99999</maxwordlimit><minwordlimit>x</minwordlimit>`,
			question.Question{Rubric: []question.Criterion{{Text: "a", Points: 1}, {Text: "b", Points: 20}, {Text: "b", Points: 1}}, MaxWords: 1000},
			[]string{"“a” gives 0 points", "“b” gives 21 points", "A criterion of the rubric has no text", "Two criteria of the rubric say the same: “b”", "It asks for 99999 words", "“x” is not a whole number"}},
		"no end of words": {ours + `<maxwordlimit>99999999999999999999</maxwordlimit>`, question.Question{Rubric: names}, []string{"“99999999999999999999” is not a whole number"}},
		"what is left out": {ours + `<responseformat>noinline</responseformat><minwordlimit>50</minwordlimit><attachments>2</attachments><attachmentsrequired>1</attachmentsrequired><responsetemplate><text>Dear</text></responsetemplate>`,
			question.Question{Rubric: names}, []string{"The answer is written here", "That the answer has at least 50 words", "Files cannot be handed in", "The text with which the answer begins is left out: “Dear”"}},
		"files in the text": {ours + `<responseformat>editorfilepicker</responseformat>`, question.Question{Rubric: names}, []string{"The answer is plain text here, without marks and files"}},
	} {
		items, findings, err := read(t.Context(), []byte(one("essay", asks+c.inside)), interchange.Usual())
		if err != nil || len(items) != 1 {
			t.Errorf("%s: %d items, %v, %v", name, len(items), findings, err)
			continue
		}
		c.want.Kind, c.want.Stem, c.want.Title = question.Essay, stem, "T"
		if diff := cmp.Diff(c.want, items[0].Question, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		checkFindings(t, name, findings, c.findings)
	}
}
