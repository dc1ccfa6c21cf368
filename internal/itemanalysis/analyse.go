package itemanalysis

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"muster/internal/curriculum"
	"muster/internal/psychometrics"
	"muster/internal/question"
)

// How many there must be before a figure is made, or shown by group.
const (
	enoughForModel  = 30 // attempts
	enoughForGroups = 20 // people of each language
	enoughToShow    = 5  // people in a group; fewer could be known by their answers
)

// analyse makes the analysis of a quiz of what was gathered. before gives the
// facility of questions in the pretest.
func (s *Service) analyse(quiz curriculum.Quiz, which Which, g *gathered, before map[question.ID]psychometrics.Value) *Analysis {
	r := g.responses()
	a := &Analysis{
		Quiz: quiz.Slug, Attempts: which, People: g.people(), MadeAt: s.Now().UTC(),
		Test: psychometrics.Describe(r, quiz.PassMark), SecondsHalf: g.time(),
	}
	for _, sitting := range g.sittings {
		if a.From.IsZero() || sitting.ended.Before(a.From) {
			a.From = sitting.ended
		}
		if sitting.ended.After(a.To) {
			a.To = sitting.ended
		}
	}
	model := (*psychometrics.Rasch)(nil)
	if r.Attempts >= enoughForModel {
		model = psychometrics.FitRasch(r)
	}
	if model != nil {
		a.Rasch = &Model{Spread: model.Spread, Converged: model.Converged, Thetas: model.Thetas, Information: model.Information}
	}
	groups := g.differences(r)
	for i, statistic := range psychometrics.Items(r, quiz.PassMark) {
		item := g.columns[i].item(g, statistic)
		item.Rasch = none
		if model != nil {
			item.Rasch = model.Items[i]
		}
		item.Groups = groups[i]
		item.Current = s.current(g.columns[i])
		if facility, known := before[item.Question]; known {
			item.Before, item.PPDI = facility, psychometrics.PPDI(facility, statistic.Facility)
		}
		item.Verdicts = itemVerdicts(item)
		a.Items = append(a.Items, item)
	}
	slices.SortFunc(a.Items, func(x, y Item) int {
		return cmp.Or(strings.Compare(string(x.Question), string(y.Question)), y.newest().Compare(x.newest()), strings.Compare(string(x.Version), string(y.Version)))
	})
	a.Verdicts = testVerdicts(a)
	return a
}

var none = psychometrics.RaschItem{
	Difficulty: psychometrics.Undefined(), StandardError: psychometrics.Undefined(), Infit: psychometrics.Undefined(), Outfit: psychometrics.Undefined(),
}

// newest is when a version of the item was last handed in.
func (i Item) newest() time.Time { return i.Versions[len(i.Versions)-1].To }

// current says whether people who start now get a version that scores like a
// column's.
func (s *Service) current(c *column) bool {
	q, ok := s.Catalogue.Question(c.question.ID)
	if !ok {
		return false
	}
	if slices.Contains(c.versions, s.Catalogue.QuestionVersion(q.ID)) {
		return true
	}
	now, err := scoring(q)
	then, thenErr := scoring(c.question)
	return err == nil && thenErr == nil && now == then
}

// item says how a column performs.
func (c *column) item(g *gathered, statistic psychometrics.Item) Item {
	item := Item{
		Question: c.question.ID, Stem: c.question.Stem, Kind: c.question.Kind, Critical: c.question.Critical, Statistic: statistic,
		Before: psychometrics.Undefined(), PPDI: psychometrics.Undefined(), Versions: c.uses(g), Seconds: c.seconds(),
	}
	item.Version = item.Versions[len(item.Versions)-1].Version
	for k := range c.Marks {
		if c.seen[k] {
			item.Seen++
		}
		if c.answered[k] {
			item.Answered++
		}
	}
	curves := &item.Statistic.Curves
	for group, n := range curves.Responses {
		if n < enoughToShow {
			curves.Facility[group] = psychometrics.Undefined()
		}
	}
	for o, choice := range c.choices {
		option := Option{ID: choice.id, Text: choice.text, Key: choice.key, Rest: psychometrics.Undefined()}
		for _, picks := range c.Picks {
			option.Picked += int(picks >> o & 1)
		}
		option.Interval = psychometrics.Wilson(option.Picked, len(c.Picks))
		if o < len(statistic.OptionRest) {
			option.Rest = statistic.OptionRest[o]
		}
		if o < len(curves.Options) {
			option.Curve = curves.Options[o]
			for group, n := range curves.Responses {
				if n < enoughToShow {
					option.Curve[group] = psychometrics.Undefined()
				}
			}
		}
		item.Options = append(item.Options, option)
	}
	item.Statistic.OptionRest, curves.Options = nil, nil // they stand with the options
	return item
}

// uses says how each version was used, the one used last at the end.
func (c *column) uses(g *gathered) []VersionUse {
	uses := make([]VersionUse, len(c.versions))
	for i, version := range c.versions {
		uses[i] = VersionUse{Version: version}
	}
	for k, a := range c.Attempts {
		use, ended := &uses[c.version[k]], g.sittings[a].ended
		use.Responses++
		use.Facility += psychometrics.Value(c.Marks[k])
		if c.Marks[k] == 1 {
			use.Right++
		}
		if use.From.IsZero() || ended.Before(use.From) {
			use.From = ended
		}
		if ended.After(use.To) {
			use.To = ended
		}
	}
	uses = slices.DeleteFunc(uses, func(u VersionUse) bool { return u.Responses == 0 })
	for i := range uses {
		uses[i].Facility /= psychometrics.Value(uses[i].Responses)
		uses[i].Interval = psychometrics.Wilson(uses[i].Right, uses[i].Responses)
	}
	slices.SortStableFunc(uses, func(x, y VersionUse) int { return x.To.Compare(y.To) })
	return uses
}

// seconds is how long those who answered took.
func (c *column) seconds() Spread {
	var times []float64
	for k, spent := range c.spent {
		if c.answered[k] && spent > 0 {
			times = append(times, float64(spent))
		}
	}
	return spreadOf(times)
}

func spreadOf(values []float64) Spread {
	if len(values) == 0 {
		return Spread{psychometrics.Undefined(), psychometrics.Undefined(), psychometrics.Undefined()}
	}
	slices.Sort(values)
	at := func(share float64) psychometrics.Value {
		place := share * float64(len(values)-1)
		low := int(math.Floor(place))
		high := min(low+1, len(values)-1)
		return psychometrics.Value(values[low] + (place-float64(low))*(values[high]-values[low]))
	}
	return Spread{at(0.25), at(0.5), at(0.75)}
}

// time is the median of what whole attempts took.
func (g *gathered) time() psychometrics.Value {
	var times []float64
	for _, s := range g.sittings {
		times = append(times, s.spent.Seconds())
	}
	return spreadOf(times).Median
}

// differences compares readers of each language with those of the most usual
// one, item by item.
func (g *gathered) differences(r psychometrics.Responses) [][]GroupDifference {
	found := make([][]GroupDifference, len(r.Columns))
	people := map[string]int{}
	for _, s := range g.sittings {
		people[s.locale]++
	}
	languages := slices.Collect(maps.Keys(people))
	slices.SortFunc(languages, func(a, b string) int { return cmp.Or(cmp.Compare(people[b], people[a]), strings.Compare(a, b)) })
	for _, language := range languages[min(1, len(languages)):] {
		if people[language] < enoughForGroups || people[languages[0]] < enoughForGroups {
			continue
		}
		group := func(a int) (reference, focal bool) {
			return g.sittings[a].locale == languages[0], g.sittings[a].locale == language
		}
		for i, d := range psychometrics.Differences(r, group) {
			found[i] = append(found[i], GroupDifference{Group: language, Reference: languages[0], People: people[language], DIF: d})
		}
	}
	return found
}
