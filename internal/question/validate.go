package question

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is something that is wrong with a question: the field as authors
// write it, such as "options[2].feedback", and what to do about it.
type Problem struct {
	Field   string
	Message string
	Advice  bool // the question can be asked and scored without it; the curriculum's own must have it
}

// Validate checks that q is a whole question of its kind, with a key, feedback
// and misconceptions. It does not know whether what q cites exists. No problem
// hides another: all are given.
func Validate(q Question) []Problem {
	v := &validation{}
	v.common(q)
	rules := map[Kind]func(Question){
		Single: v.single, Multiple: v.multiple, TrueFalse: v.trueFalse, Match: v.match,
		Order: v.order, Numeric: v.numeric, Cloze: v.cloze, Judgement: v.judgement, Essay: v.essay,
	}
	rule, ok := rules[q.Kind]
	if !ok {
		v.addf("kind", "must be one of %v", Kinds)
		return v.problems
	}
	rule(q)
	v.foreign(q)
	return v.problems
}

type validation struct{ problems []Problem }

func (v *validation) addf(field, format string, args ...any) {
	v.problems = append(v.problems, Problem{Field: field, Message: fmt.Sprintf(format, args...)})
}

// advise reports what a question can do without.
func (v *validation) advise(field, format string, args ...any) {
	v.problems = append(v.problems, Problem{Field: field, Message: fmt.Sprintf(format, args...), Advice: true})
}

// want reports a text that is missing and that a question can do without.
func (v *validation) want(field, text string) {
	if strings.TrimSpace(text) == "" {
		v.advise(field, "is missing")
	}
}

func (v *validation) require(field, text string) {
	if strings.TrimSpace(text) == "" {
		v.addf(field, "is missing")
	}
}

// count reports a number of entries that is not between least and most. Fewer
// than needed cannot be asked at all.
func (v *validation) count(field string, n, needed, least, most int) {
	const message = "must have %d to %d entries, has %d"
	if n < needed {
		v.addf(field, message, least, most, n)
	} else if n < least || n > most {
		v.advise(field, message, least, most, n)
	}
}

// distinct reports texts that a person could not tell apart.
func (v *validation) distinct(field string, texts []string) {
	seen := map[string]bool{}
	for _, text := range texts {
		key := strings.ToLower(strings.Join(strings.Fields(text), " "))
		if seen[key] {
			v.addf(field, "has %q twice", text)
		}
		seen[key] = true
	}
}

func (v *validation) common(q Question) {
	v.require("id", string(q.ID))
	v.require("stem", q.Stem)
	v.want("explanation", q.Explanation)
	if q.Pool != Practice && q.Pool != Exam {
		v.addf("pool", "must be practice or exam")
	}
	if !slices.Contains(Blooms, q.Bloom) {
		v.addf("bloom", "must be one of %v", Blooms)
	}
	if q.Difficulty < 1 || q.Difficulty > 3 {
		v.addf("difficulty", "must be 1, 2 or 3")
	}
	if len(q.Outcomes) == 0 {
		v.advise("outcomes", "must name at least one outcome")
	}
	if len(q.Citations)+len(q.References)+len(q.Anchors) == 0 {
		v.addf("citations", "must cite a source section, a reference or a passage")
	}
	if q.Review != Unreviewed && q.Review != Approved {
		v.addf("review", "must be unreviewed or approved")
	}
	v.pictures(q.Pictures)
}

// foreign reports fields that belong to other kinds.
func (v *validation) foreign(q Question) {
	fields := []struct {
		name  string
		set   bool
		kinds []Kind
	}{
		{"options", len(q.Options) > 0, []Kind{Single, Multiple, TrueFalse, Judgement}},
		{"truth", q.Truth != nil, []Kind{TrueFalse}},
		{"wrong", q.Wrong != nil, []Kind{TrueFalse}},
		{"right_feedback", q.RightFeedback != "", []Kind{TrueFalse}},
		{"pairs", len(q.Pairs) > 0, []Kind{Match}},
		{"extra", len(q.Extra) > 0, []Kind{Match}},
		{"sequence", len(q.Sequence) > 0, []Kind{Order}},
		{"answer", q.Answer != nil, []Kind{Numeric}},
		{"blanks", len(q.Blanks) > 0, []Kind{Cloze}},
		{"rubric", len(q.Rubric) > 0, []Kind{Essay}},
		{"max_words", q.MaxWords != 0, []Kind{Essay}},
		{"model", q.Model != "", []Kind{Essay}},
		{"mistakes", len(q.Mistakes) > 0, []Kind{Numeric, Order}},
	}
	for _, f := range fields {
		if f.set && !slices.Contains(f.kinds, q.Kind) {
			v.addf(f.name, "does not belong to a question of kind %s", q.Kind)
		}
	}
}
