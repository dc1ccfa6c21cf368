package curriculum

import (
	"slices"
	"strings"

	"muster/internal/question"
)

// checkBank checks the questions of a lesson, each and together.
func (r *reader) checkBank(l Lesson) {
	p := r.places[keyOf(l.Module, l.Slug)]
	pools := map[question.Pool]int{}
	kinds := map[question.Kind]bool{}
	outcomes := map[string]int{}
	for _, q := range l.Questions {
		r.checkQuestion(q)
		pools[q.Pool]++
		kinds[q.Kind] = true
		for _, o := range q.Outcomes {
			outcomes[o]++
		}
	}
	if n := pools[question.Practice]; n < leastPractice {
		r.warnf(p, "has %d practice questions, should have %d", n, leastPractice)
	}
	if n := pools[question.Exam]; n < leastExam {
		r.warnf(p, "has %d exam questions, should have %d", n, leastExam)
	}
	if len(kinds) < leastKindsInLesson {
		r.warnf(p, "has %d kinds of question, should have %d", len(kinds), leastKindsInLesson)
	}
	for _, o := range l.Outcomes {
		if n := outcomes[string(o.ID)]; n < leastPerOutcome {
			r.warnf(r.places[o.ID], "outcome %s has %d questions, should have %d", o.ID, n, leastPerOutcome)
		}
	}
}

func (r *reader) checkQuestion(q question.Question) {
	p := r.places[q.ID]
	for _, problem := range question.Validate(q) {
		r.errorf(p, "%s: %s %s", local(q.ID), problem.Field, problem.Message)
	}
	known(&r.ledger, p, "outcomes", typed[OutcomeID](q.Outcomes))
	known(&r.ledger, p, "citations", typed[CitationKey](q.Citations))
	known(&r.ledger, p, "references", typed[ReferenceID](q.References))
	known(&r.ledger, p, "corrections", typed[CorrectionID](q.Corrections))
	if q.AsOf != "" {
		r.date(p, "as_of", q.AsOf)
	}
	for _, key := range q.Citations {
		severe := r.catalogue.Severe(CitationKey(key))
		named := slices.ContainsFunc(severe, func(id CorrectionID) bool {
			return slices.Contains(q.Corrections, string(id))
		})
		if len(severe) > 0 && !named {
			r.errorf(p, "%s cites %s, which carries %v of severity A, and names none of them", local(q.ID), key, severe)
		}
	}
}

// local gives the last part of a whole id.
func local(id question.ID) string {
	return string(id)[strings.LastIndexByte(string(id), '.')+1:]
}

func typed[T ~string](texts []string) []T {
	ids := make([]T, len(texts))
	for i, text := range texts {
		ids[i] = T(text)
	}
	return ids
}
