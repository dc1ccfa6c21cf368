package blueprint

import (
	"muster/internal/curriculum"
	"muster/internal/question"
)

// Tally is how many questions a rule can choose from.
type Tally struct {
	Eligible int // that fit the rule
	Free     int // of them, left whatever earlier rules take
	Drawn    int // into a paper
}

// Count tallies each rule of a quiz, in order.
func Count(c *curriculum.Catalogue, q curriculum.Quiz) []Tally {
	tallies := make([]Tally, len(q.Rules))
	sets := make([]map[question.ID]bool, len(q.Rules))
	for i, rule := range q.Rules {
		sets[i] = make(map[question.ID]bool)
		for _, id := range c.Eligible(q, rule) {
			sets[i][id] = true
		}
		n := Tally{Eligible: len(sets[i]), Drawn: rule.Draw}
		if len(rule.Questions) > 0 {
			n.Drawn = n.Eligible
		}
		taken := 0
		for j := range i {
			taken += min(shared(sets[i], sets[j]), tallies[j].Drawn)
		}
		n.Free = max(n.Eligible-taken, 0)
		tallies[i] = n
	}
	return tallies
}

func shared(a, b map[question.ID]bool) int {
	n := 0
	for id := range a {
		if b[id] {
			n++
		}
	}
	return n
}

// chance is how likely a question is in a paper, 0..1.
type chance struct {
	question question.ID
	of       float64
}

// chances gives every question that may be in a paper, in the order of the rules.
// A rule gives each that fits it the same chance; rules that choose from the same
// questions add up.
func chances(c *curriculum.Catalogue, q curriculum.Quiz) []chance {
	var all []chance
	at := make(map[question.ID]int)
	for i, n := range Count(c, q) {
		for _, id := range c.Eligible(q, q.Rules[i]) {
			if _, ok := at[id]; !ok {
				at[id] = len(all)
				all = append(all, chance{question: id})
			}
			one := &all[at[id]]
			one.of = min(one.of+float64(min(n.Drawn, n.Eligible))/float64(n.Eligible), 1)
		}
	}
	return all
}

// Overlap is what papers of a quiz have in common, as shares of a paper, 0..1; 0
// for an empty paper.
type Overlap struct {
	// Shared is what two trainees may expect to have in common: a question that
	// is in a paper with chance p is in both with p². For d drawn from e this is
	// d²/e questions, the mean of the hypergeometric distribution.
	Shared float64
	// Repeated is what the same trainee's second attempt cannot but repeat:
	// questions seen least are drawn first, so that 2d−e of d come again where
	// e < 2d.
	Repeated float64
}

// OverlapOf expects what papers of a quiz have in common.
func OverlapOf(c *curriculum.Catalogue, q curriculum.Quiz) Overlap {
	var total float64
	var o Overlap
	for _, p := range chances(c, q) {
		total += p.of
		o.Shared += p.of * p.of
		o.Repeated += max(2*p.of-1, 0)
	}
	if total == 0 {
		return Overlap{}
	}
	return Overlap{o.Shared / total, o.Repeated / total}
}

// OutcomeTally is how much of a paper tests an outcome.
type OutcomeTally struct {
	Outcome  curriculum.OutcomeID
	Expected float64 // questions of a paper, on average
}

// Outcomes gives what a paper tests on average, in the order of the rules. A
// question counts for the outcome that it names first.
func Outcomes(c *curriculum.Catalogue, q curriculum.Quiz) []OutcomeTally {
	var tallies []OutcomeTally
	at := make(map[curriculum.OutcomeID]int)
	for _, p := range chances(c, q) {
		asked, ok := c.Question(p.question)
		if !ok || len(asked.Outcomes) == 0 {
			continue
		}
		outcome := curriculum.OutcomeID(asked.Outcomes[0])
		if _, ok := at[outcome]; !ok {
			at[outcome] = len(tallies)
			tallies = append(tallies, OutcomeTally{Outcome: outcome})
		}
		tallies[at[outcome]].Expected += p.of
	}
	return tallies
}
