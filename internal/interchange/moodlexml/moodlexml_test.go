package moodlexml

import (
	"testing"

	"muster/internal/interchange"
	"muster/internal/interchange/interchangetest"
	"muster/internal/question"
)

// carries leaves of an item what Moodle has a place for.
func carries(item *interchange.Item) bool {
	q := &item.Question
	for i := range q.Options {
		q.Options[i].Misconception = ""
	}
	for i := range q.Pairs {
		q.Pairs[i].Misconception, q.Pairs[i].Feedback = "", ""
	}
	for i := range q.Mistakes {
		q.Mistakes[i].Misconception = ""
	}
	if q.Kind == question.Order && q.Mistakes[0].Feedback == "" {
		q.Mistakes = nil
	}
	if q.Wrong != nil {
		if q.Wrong.Misconception = ""; q.Wrong.Feedback == "" {
			q.Wrong = nil
		}
		q.Options = nil
	}
	for i := range q.Blanks {
		b := &q.Blanks[i]
		b.Misconception = ""
		for j := range b.Mistakes {
			b.Mistakes[j].Misconception = ""
		}
	}
	return true
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	interchangetest.RoundTrip(t, Format(), carries, question.Kinds...)
}

func TestLosesNothingInSilence(t *testing.T) {
	t.Parallel()
	interchangetest.LosesNothingInSilence(t, Format(), question.Kinds...)
}

func FuzzRead(f *testing.F) {
	const quiz = `<quiz><question type="category"><category><text>$course$/top/a/b</text></category></question><question type="`
	interchangetest.Fuzz(f, Format(),
		quiz+`multichoice"><name><text>n</text></name><questiontext format="html"><text><![CDATA[<p>a <b>b</b> &amp; ____</p>]]></text></questiontext><single>true</single><answer fraction="100" format="markdown"><text>*x*</text><feedback format="html"><text>f</text></feedback></answer><answer fraction="33.33333"><text>y</text></answer><tags><tag><text>pool:exam</text></tag></tags></question></quiz>`,
		quiz+`cloze"><questiontext format="markdown"><text>a {1:SA:=b#c~%0%*#d} {2:MC:=x~y} {:NM:=3:0.5}</text></questiontext></question></quiz>`,
		quiz+`numerical"><questiontext><text>n</text></questiontext><answer fraction="100"><text>3</text><tolerance>0.1</tolerance></answer><units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units></question></quiz>`,
		quiz+`matching"><questiontext><text>n</text></questiontext><subquestion><text>a</text><answer><text>b</text></answer></subquestion><subquestion><text/><answer><text>d</text></answer></subquestion></question></quiz>`,
		quiz+`ordering"><questiontext><text>n</text></questiontext><answer fraction="2"><text>a</text></answer><answer fraction="1"><text>b</text></answer><incorrectfeedback><text>no</text></incorrectfeedback></question></quiz>`,
		quiz+`ddwtos"><questiontext><text>[[1]] b [[2]]</text></questiontext><dragbox><text>a</text><group>1</group></dragbox><dragbox><text>c</text><group>1</group></dragbox></question></quiz>`,
		quiz+`truefalse"><questiontext><text>n<file name="x" encoding="base64">iVBORw0KGgo=</file></text></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>`,
		quiz+`essay"><questiontext><text>n</text></questiontext><defaultgrade>3.5</defaultgrade><graderinfo format="html"><text><![CDATA[<ol><li>a (2 points)<p>g</p></li></ol><p>Model answer</p>m]]></text></graderinfo><maxwordlimit>9999</maxwordlimit></question></quiz>`,
		quiz+`essay"><questiontext><text>n</text></questiontext><graderinfo format="markdown"><text>1. a (2 points)&#10;&#10;    g&#10;&#10;**Model answer**&#10;m</text></graderinfo></question></quiz>`,
		quiz+`shortanswer"><questiontext format="plain_text"><text>n ___ &#x202e;</text></questiontext><answer fraction="100"><text>a*</text></answer><answer fraction="0"><text>*</text><feedback><text>f</text></feedback></answer></question></quiz>`)
}
