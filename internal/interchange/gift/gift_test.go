package gift

import (
	"strings"
	"testing"

	"muster/internal/interchange"
	"muster/internal/interchange/interchangetest"
	"muster/internal/question"
)

// carries leaves of an item what GIFT has a place for.
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
	if q.Wrong != nil {
		if q.Wrong.Misconception = ""; q.Wrong.Feedback == "" {
			q.Wrong = nil
		}
		q.Options = nil
	}
	if len(q.Blanks) > 0 {
		q.Blanks = q.Blanks[:1]
		b := &q.Blanks[0]
		b.Misconception = ""
		for i := range b.Mistakes {
			b.Mistakes[i].Misconception = ""
		}
		first, _, _ := strings.Cut(q.Stem, interchange.Blank)
		q.Stem = first + interchange.Blank + " end"
	}
	q.Rubric, q.Model = nil, ""
	item.Media = nil
	return !strings.Contains(q.Stem, "->") && noArrow(q)
}

// noArrow: an arrow within the left side of a pair, or in every answer, is
// taken for the one between the sides.
func noArrow(q *question.Question) bool {
	for _, p := range q.Pairs {
		if strings.Contains(p.Left, "->") {
			return false
		}
	}
	return len(q.Blanks) == 0 || !strings.Contains(strings.Join(q.Blanks[0].Accepted, ""), "->")
}

var kinds = []question.Kind{question.Single, question.Multiple, question.TrueFalse, question.Match, question.Numeric, question.Cloze, question.Judgement, question.Essay}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	interchangetest.RoundTrip(t, Format(), carries, kinds...)
}

func TestLosesNothingInSilence(t *testing.T) {
	t.Parallel()
	interchangetest.LosesNothingInSilence(t, Format(), append(kinds, question.Order)...)
}

func FuzzRead(f *testing.F) {
	interchangetest.Fuzz(f, Format(), "::t::q{=a#yes ~%50%b ~%-25%c####why}\n\n$CATEGORY: $course$/top/a//b/c\n\n// [id:x] [tag:y\\]z]\n[html]<b>q</b> {T#no#yes}\n",
		"q {#1:0.5}\n\nq{#=1..3#a =%50%4:1#b ~#c}\n\nq {=a -> b =c -> d = -> e}\n\nq { = a =%0%*#no } tail\n\nq {}\n\nq\n\n\\{ \\} \\~ \\: \\n \\\\n", "q {=%50%a =*b* =\\*}", "x {~a ~b")
}
