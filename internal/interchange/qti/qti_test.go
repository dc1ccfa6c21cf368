package qti

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"muster/internal/interchange"
	"muster/internal/interchange/interchangetest"
	"muster/internal/question"
)

// carries leaves of an item what QTI has a place for.
func carries(item *interchange.Item) bool {
	q := &item.Question
	for i := range q.Options {
		q.Options[i].Misconception = ""
	}
	for i := range q.Pairs {
		q.Pairs[i].Misconception = ""
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
	shown(q)
	return true
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for _, f := range []interchange.Format{Format21(), Format30()} {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			interchangetest.RoundTrip(t, f, carries, question.Kinds...)
		})
	}
}

// TestLosesNothingInSilence is that of interchangetest for texts in the form that
// QTI gives them.
func TestLosesNothingInSilence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom([]interchange.Format{Format21(), Format30()}).Draw(t, "format")
		item := interchange.Clean(interchangetest.Item(question.Kinds...).Draw(t, "item"))
		changed := shown(&item.Question)
		file, findings, err := f.Write([]interchange.Item{item})
		if err != nil {
			t.Fatal(err)
		}
		back, _, err := f.Read(context.Background(), file, interchange.Usual())
		if err != nil || len(back) != 1 {
			t.Fatalf("%d items came back (texts changed: %v): %v, %v", len(back), changed, findings, err)
		}
		lost, ok := interchange.Carried(item, back[0])
		if !ok || len(lost) > 0 && len(findings) == 0 {
			t.Fatalf("%v was lost (same question: %v) and nothing said so", lost, ok)
		}
		file, _, err = f.Write(back)
		if err != nil {
			t.Fatal(err)
		}
		again, _, err := f.Read(context.Background(), file, interchange.Usual())
		if diff := cmp.Diff(back, again, interchangetest.Same); err != nil || diff != "" {
			t.Fatalf("import → export → import changed something (-first +second):\n%s, %v", diff, err)
		}
	})
}

func FuzzItem(f *testing.F) {
	interchangetest.Fuzz(f, Format21(), seeds()...)
}

func FuzzPackage(f *testing.F) {
	interchangetest.Fuzz(f, Format30(), string(zipOf(f, "imsmanifest.xml", listing(itemAt("i.xml")), "i.xml", good())), string(zipOf(f, "i.xml", good())))
}

// seeds are items of every sort.
func seeds() []string {
	return []string{
		good(),
		one(declared("string", "single", correct("x")), listed("a", "2 points")+forScorer("muster-model", "<p>b</p><p>c</p>")+forScorer("", "<ul><li>d (1 point)</li></ul>")+writing(` class="max-words-9999" expectedLines="3"`), matched),
		one(declared("directedPair", "multiple", correct("W G1")), `<gapMatchInteraction responseIdentifier="R"><prompt>Fill.</prompt><gapText identifier="W">winter</gapText><gapText identifier="S">spring</gapText><p>Now is the <gap identifier="G1"/>.</p></gapMatchInteraction>`, matched),
		one(declared("string", "single", correct("York")+`<mapping><mapEntry mapKey="York" mappedValue="1"/><mapEntry mapKey="x" mappedValue="0"/></mapping>`), `<p>Sun of ___ <textEntryInteraction responseIdentifier="R"/>;</p>`, mapped),
		one(declared("float", "single", correct("2.5")), `<p>How?</p><p><textEntryInteraction responseIdentifier="R"/> <span class="unit">m</span></p>`, `<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="1 1"><variable identifier="R"/><correct identifier="R"/></equal></responseIf></responseCondition></responseProcessing>`),
		one(declared("pair", "multiple", correct("A P")), `<associateInteraction responseIdentifier="R"><prompt>Pair.</prompt><simpleAssociableChoice identifier="A">a</simpleAssociableChoice><simpleAssociableChoice identifier="P">p</simpleAssociableChoice></associateInteraction>`, matched),
		one(declared("identifier", "ordered", correct("C", "A", "B")), `<orderInteraction responseIdentifier="R">`+picks+`</orderInteraction>`, matched+`<modalFeedback identifier="EXPLANATION" outcomeIdentifier="F" showHide="show">a <em>b</em><br/>c</modalFeedback>`),
	}
}
