package aiken

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/interchange"
	"muster/internal/interchange/interchangetest"
	"muster/internal/question"
)

// carries makes of an item what Aiken has a place for.
func carries(item *interchange.Item) bool {
	q := question.Question{Kind: question.Single, Stem: plain(item.Question.Stem)}
	for _, o := range item.Question.Options {
		q.Options = append(q.Options, question.Option{Text: plain(o.Text), Correct: o.Correct})
	}
	*item = interchange.Item{Question: q}
	return !optionLine.MatchString(item.Question.Stem)
}

// plain gives the Markdown that shows the signs of a text.
func plain(text string) string {
	return interchange.FromPlain(strings.Join(strings.Fields(text), " "))
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	interchangetest.RoundTrip(t, Format(), carries, question.Single)
}

func TestLosesNothingInSilence(t *testing.T) {
	t.Parallel()
	interchangetest.LosesNothingInSilence(t, Format(), question.Single, question.Match)
}

// TestGoodAmongBad: each question that is whole comes in, and each other one is
// found on its line.
func TestGoodAmongBad(t *testing.T) {
	t.Parallel()
	file := strings.Join([]string{
		"One option only", "A) this", "ANSWER: A", "", // 1
		"A) of nothing", "ANSWER: B", "", // 5
		"Who commands?", "A) The Head of Mission", "B.the cook", "ANSWER: A", "", // 8
		"No answer follows", "A) a", "B) b", "", // 13
		"Two lines", "of text", "A) a", "B)b * c <i>", "ANSWER:b", "", // 17
		"Beyond", "A) a", "B) b", "ANSWER: D", // 23
		"Two letters alike", "A) a", "A) b", "ANSWER: A", // 27
	}, "\r\n")
	items, findings, err := read(t.Context(), []byte(file), interchange.Usual())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range items {
		key := ""
		for _, o := range i.Question.Options {
			if o.Correct {
				key = o.Text
			}
		}
		got = append(got, i.Question.Stem+" "+key)
	}
	if diff := cmp.Diff([]string{"Who commands? The Head of Mission", `of text b * c \<i>`, "Two letters alike a"}, got); diff != "" {
		t.Error(diff)
	}
	var lines []int
	for _, f := range findings {
		lines = append(lines, f.Line)
	}
	if diff := cmp.Diff([]int{3, 5, 6, 13, 17, 26, 29}, lines); diff != "" {
		t.Errorf("%s\n%+v", diff, findings)
	}
}

func FuzzRead(f *testing.F) {
	interchangetest.Fuzz(f, Format(), "Who?\nA) a\nB) b\nANSWER: B\n", "Who\r\nA.a\r\nB.b\rANSWER:a", "A) x\nANSWER: Z", "L\x92\xe9t\xe9\nA) *a*\nB) <b>\nANSWER: A")
}
