package itemanalysis

import (
	"fmt"
	"math"
	"strings"

	"muster/internal/psychometrics"
)

// Severity says how much a verdict matters.
type Severity string

// The severities, the worst first.
const (
	Alarm   Severity = "alarm"   // people may be graded wrongly now
	Warning Severity = "warning" // somebody should look
	Note    Severity = "note"    // good to know
)

// Verdict is what figures mean, in words. Programs go by the code.
type Verdict struct {
	Code     string
	Severity Severity
	Text     string
}

// Few is below how many responses a figure is said to be uncertain.
const Few = 30

// Where verdicts begin. The bands of facility and the least efficiency are the
// Open University's (FEATURES 4.1).
const (
	suspectFrom   = 20 // responses before a key is suspected
	leastEffect   = 0.15
	mostGuess     = 0.40
	leastAlpha    = 0.64
	leastDecision = 0.80
	fitFrom       = 100 // responses before fit to the model is judged
)

func percent(v psychometrics.Value) string { return fmt.Sprintf("%.0f%%", 100*float64(v)) }

// itemVerdicts says what the figures of an item mean, the worst first.
func itemVerdicts(i Item) []Verdict {
	n := i.Statistic.Responses
	var found []Verdict
	add := func(severity Severity, code, format string, args ...any) {
		found = append(found, Verdict{code, severity, fmt.Sprintf(format, args...)})
	}
	if rival, suspected := i.rival(); suspected {
		severity, certainty := Warning, "With so few people behind it, this may be chance: look at the key, and wait for more answers."
		if beyondChance(rival, n) {
			severity, certainty = Alarm, "Check it now."
		}
		add(severity, "key_suspected", "The key looks wrong: people who did well on the rest chose it no more often than others, and tended to choose another option instead (correlation %+.2f; the key %+.2f). %s", rival.Rest, i.keyRest(), certainty)
	} else if i.Statistic.Discrimination < 0 && n >= suspectFrom {
		add(Warning, "negative_discrimination", "People who did well on the rest did worse here (correlation %+.2f). Check the key and the wording.", i.Statistic.Discrimination)
	}
	for _, g := range i.Groups {
		if g.Class == "C" {
			add(Warning, "group_difference", "%s for people who read in %s than for equally able people who read in %s. Check the translation.", map[bool]string{true: "Harder", false: "Easier"}[g.Delta < 0], g.Group, g.Reference)
		}
	}
	found = append(found, i.difficultyVerdicts()...)
	found = append(found, i.qualityVerdicts()...)
	if n > 0 && n < Few {
		interval := i.Statistic.RightInterval
		add(Note, "few_responses", "Only %d responses: of all people, anything between %s and %s might get it wholly right. Do not judge it yet.", n, percent(interval.Low), percent(interval.High))
	}
	if len(found) == 0 {
		add(Note, "sound", "Nothing speaks against this question.")
	}
	return found
}

// rival gives the option that does best with the rest of the score where the key
// is suspected: it does not go with the rest, and another option does.
func (i Item) rival() (rival Option, suspected bool) {
	if i.Statistic.Responses < suspectFrom || !(i.keyRest() <= 0) {
		return Option{}, false
	}
	for _, o := range i.Options {
		if !o.Key && o.Rest > 0 && o.Rest > i.keyRest() && (!suspected || o.Rest > rival.Rest) {
			rival, suspected = o, true
		}
	}
	return rival, suspected
}

// beyondChance says whether the correlation of a rival with the rest is more than
// one in twenty questions whose options nobody prefers would show: above 1.64/√n,
// the one-sided 5 % point of a correlation of nothing in n responses.
func beyondChance(rival Option, n int) bool {
	return float64(rival.Rest) >= 1.64/math.Sqrt(float64(n))
}

// keyRest is the highest correlation that an option of the key has with the rest,
// undefined where there is none.
func (i Item) keyRest() psychometrics.Value {
	highest := psychometrics.Undefined()
	for _, o := range i.Options {
		if o.Key && o.Rest.Defined() && !(highest >= o.Rest) {
			highest = o.Rest
		}
	}
	return highest
}

func (i Item) difficultyVerdicts() (found []Verdict) {
	n, facility := i.Statistic.Responses, i.Statistic.Facility
	switch {
	case n < Few:
	case i.Statistic.Right == n:
		found = append(found, Verdict{"everybody_right", Note, "Everybody got it right. It tells nobody apart; keep it if it must be known by all."})
	case i.Statistic.Right == 0 && facility < 0.05:
		found = append(found, Verdict{"nobody_right", Warning, "Nobody got it right. Check the key, or whether it is taught."})
	case facility <= 0.2:
		found = append(found, Verdict{"very_hard", Warning, fmt.Sprintf("Very hard: the mean mark is %s.", percent(facility))})
	case facility >= 0.95:
		found = append(found, Verdict{"very_easy", Note, fmt.Sprintf("Very easy: the mean mark is %s. After teaching that is what one hopes for.", percent(facility))})
	}
	if i.PPDI.Defined() && i.PPDI <= 0 && n >= Few && facility < 0.95 {
		found = append(found, Verdict{"nothing_gained", Warning, fmt.Sprintf("No easier than in the pretest (%s, then %s): the teaching does not help here.", percent(i.Before), percent(facility))})
	}
	return found
}

func (i Item) qualityVerdicts() (found []Verdict) {
	n, facility := i.Statistic.Responses, i.Statistic.Facility
	if n >= Few && i.Statistic.Efficiency >= 0 && i.Statistic.Efficiency < leastEffect && facility > 0.05 && facility < 0.95 {
		found = append(found, Verdict{"weak_discrimination", Warning, fmt.Sprintf("It hardly tells those who know from those who do not (%s of what is possible).", percent(i.Statistic.Efficiency))})
	}
	if i.Statistic.Guess > mostGuess {
		found = append(found, Verdict{"guessable", Note, fmt.Sprintf("Blind guessing brings %s of the mark.", percent(i.Statistic.Guess))})
	}
	if n >= fitFrom && (i.Rasch.Infit > 1.3 || i.Rasch.Outfit > 1.5) {
		found = append(found, Verdict{"surprising", Note, "Able people miss it and weak ones get it more often than its difficulty explains."})
	}
	idle := 0
	for _, o := range i.Options {
		if !o.Key && o.Picked == 0 {
			idle++
		}
	}
	if n >= Few && idle > 0 {
		found = append(found, Verdict{"idle_options", Note, fmt.Sprintf("Nobody chose %s. A wrong option that nobody believes can be replaced.", counted(idle, "of its wrong options"))})
	}
	return found
}

func counted(n int, what string) string {
	words := []string{"none", "one", "two", "three", "four"}
	if n < len(words) {
		return words[n] + " " + what
	}
	return fmt.Sprintf("%d %s", n, what)
}

// testVerdicts says what the figures of a quiz mean.
func testVerdicts(a *Analysis) []Verdict {
	var found []Verdict
	add := func(severity Severity, code, format string, args ...any) {
		found = append(found, Verdict{code, severity, fmt.Sprintf(format, args...)})
	}
	var suspects []string
	for _, item := range a.Items {
		if rival, suspected := item.rival(); suspected && beyondChance(rival, item.Statistic.Responses) {
			suspects = append(suspects, string(item.Question))
		}
	}
	if len(suspects) > 0 {
		add(Alarm, "key_suspected", "The key looks wrong in %s.", strings.Join(suspects, ", "))
	}
	t := a.Test
	switch {
	case t.Attempts == 0:
		add(Note, "no_attempts", "Nobody has finished this quiz yet.")
		return found
	case t.Attempts < Few:
		passed := psychometrics.Wilson(t.Passed, t.Attempts)
		add(Note, "few_attempts", "Only %d attempts: of all people, anything between %s and %s might pass. All figures here are rough.", t.Attempts, percent(passed.Low), percent(passed.High))
		return found
	}
	switch {
	case t.Passed == 0 || t.Passed == t.Attempts:
		add(Note, "no_decision", "Nobody's result differs: %d of %d pass.", t.Passed, t.Attempts)
	case t.Consistency.Defined() && t.Consistency < leastDecision:
		add(Warning, "inconsistent", "Another paper would decide otherwise for about %s of people. More questions, or better ones, are needed for a fair decision.", percent(1-t.Consistency))
	}
	if t.Alpha < leastAlpha {
		add(Note, "low_alpha", "The scores are not reliable for ranking people (alpha %.2f). On a test that nearly everybody masters that is usual; look at the consistency of the decision instead.", math.Round(100*float64(t.Alpha))/100)
	}
	if len(found) == 0 {
		add(Note, "sound", "Nothing speaks against this quiz.")
	}
	return found
}
