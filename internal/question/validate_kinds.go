package question

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

func (v *validation) single(q Question) {
	v.choices(q, 3, 6)
	v.oneCorrect(q)
}

func (v *validation) multiple(q Question) {
	v.choices(q, 3, 6)
	if n := correct(q.Options); n == 0 || n == len(q.Options) {
		v.addf("options", "must have at least one correct and one wrong option")
	}
}

func (v *validation) trueFalse(q Question) {
	if q.Truth == nil {
		v.addf("truth", "is missing: say whether the statement is true")
	}
	if q.Wrong == nil {
		v.advise("wrong", "is missing")
	} else {
		v.mistake("wrong", *q.Wrong)
	}
	v.want("right_feedback", q.RightFeedback)
	if len(q.Options) == 0 {
		v.advise("options", "must have 3 to 4 entries, has 0")
		return
	}
	v.choices(q, 3, 4)
	v.oneCorrect(q)
}

func (v *validation) judgement(q Question) {
	v.options(q, 3, 5, func(o Option) bool { return o.Grade >= 2 })
	best := 0
	for i, o := range q.Options {
		field := fmt.Sprintf("options[%d]", i)
		if o.Grade < 0 || o.Grade > 3 {
			v.addf(field+".grade", "must be 0 to 3")
		}
		if o.Correct {
			v.addf(field+".correct", "does not belong to a judgement: options have a grade")
		}
		if o.Grade == 3 {
			best++
		}
	}
	if best != 1 {
		v.addf("options", "must have exactly one option of grade 3, has %d", best)
	}
}

// choices checks options that are right or wrong.
func (v *validation) choices(q Question, least, most int) {
	v.options(q, least, most, func(o Option) bool { return o.Correct })
	for i, o := range q.Options {
		if o.Grade != 0 {
			v.addf(fmt.Sprintf("options[%d].grade", i), "belongs to questions of kind judgement")
		}
	}
}

func (v *validation) options(q Question, least, most int, good func(Option) bool) {
	v.count("options", len(q.Options), 2, least, most)
	var texts []string
	for i, o := range q.Options {
		field := fmt.Sprintf("options[%d]", i)
		v.require(field+".text", o.Text)
		v.want(field+".feedback", o.Feedback)
		if !good(o) {
			v.want(field+".misconception", o.Misconception)
		}
		texts = append(texts, o.Text)
	}
	v.distinct("options", texts)
}

func (v *validation) oneCorrect(q Question) {
	if n := correct(q.Options); n != 1 {
		v.addf("options", "must have exactly one correct option, has %d", n)
	}
}

func correct(options []Option) int {
	n := 0
	for _, o := range options {
		if o.Correct {
			n++
		}
	}
	return n
}

func (v *validation) match(q Question) {
	v.count("pairs", len(q.Pairs), 2, 3, 6)
	var lefts, extras []string
	rights := map[string]bool{}
	for i, p := range q.Pairs {
		field := fmt.Sprintf("pairs[%d]", i)
		v.require(field+".left", p.Left)
		v.require(field+".right", p.Right)
		v.want(field+".misconception", p.Misconception)
		v.want(field+".feedback", p.Feedback)
		lefts = append(lefts, p.Left)
		rights[p.Right] = true
	}
	if len(q.Pairs) > 1 && len(rights) < 2 {
		v.addf("pairs", "must have at least two different right-hand texts")
	}
	for i, e := range q.Extra {
		v.require(fmt.Sprintf("extra[%d]", i), e.Text)
		if rights[e.Text] {
			v.addf(fmt.Sprintf("extra[%d]", i), "is also the right-hand text of a pair")
		}
		extras = append(extras, e.Text)
	}
	v.distinct("pairs", lefts)
	v.distinct("extra", extras)
}

func (v *validation) order(q Question) {
	v.count("sequence", len(q.Sequence), 2, 3, 8)
	var texts []string
	for i, c := range q.Sequence {
		v.require(fmt.Sprintf("sequence[%d]", i), c.Text)
		texts = append(texts, c.Text)
	}
	v.distinct("sequence", texts)
	v.count("mistakes", len(q.Mistakes), 0, 1, 1)
	for i, m := range q.Mistakes {
		v.mistake(fmt.Sprintf("mistakes[%d]", i), m)
	}
}

func (v *validation) numeric(q Question) {
	if q.Answer == nil {
		v.addf("answer", "is missing")
		return
	}
	if q.Answer.Tolerance < 0 {
		v.addf("answer.tolerance", "must not be negative")
	}
	v.count("mistakes", len(q.Mistakes), 0, 1, 12)
	for i, m := range q.Mistakes {
		field := fmt.Sprintf("mistakes[%d]", i)
		v.mistake(field, m)
		switch {
		case m.Value == nil:
			v.addf(field+".value", "is missing")
		case math.Abs(*m.Value-q.Answer.Value) <= q.Answer.Tolerance:
			v.addf(field+".value", "is %v, which counts as right", *m.Value)
		}
	}
}

func (v *validation) cloze(q Question) {
	if n := strings.Count(q.Stem, "____"); n != len(q.Blanks) || n == 0 {
		v.addf("blanks", "must be as many as the ____ in the stem: %d there, %d here", n, len(q.Blanks))
	}
	for i, b := range q.Blanks {
		field := fmt.Sprintf("blanks[%d]", i)
		v.count(field+".accepted", len(b.Accepted), 1, 1, 40)
		v.distinct(field+".accepted", b.Accepted)
		v.want(field+".feedback", b.Feedback)
		v.want(field+".misconception", b.Misconception)
		v.count(field+".mistakes", len(b.Mistakes), 0, 1, 12)
		for j, m := range b.Mistakes {
			field := fmt.Sprintf("%s.mistakes[%d]", field, j)
			v.require(field+".text", m.Text)
			v.mistake(field, m)
			if slices.ContainsFunc(b.Accepted, func(a string) bool { return Fold(a) == Fold(m.Text) }) {
				v.addf(field+".text", "is %q, which counts as right", m.Text)
			}
		}
	}
}

func (v *validation) mistake(field string, m Mistake) {
	v.want(field+".misconception", m.Misconception)
	v.want(field+".feedback", m.Feedback)
}
