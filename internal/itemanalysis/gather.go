package itemanalysis

import (
	"context"
	"maps"
	"slices"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/psychometrics"
	"muster/internal/question"
)

// sitting is what is remembered of one attempt.
type sitting struct {
	trainee int // counted from 0
	number  int
	locale  string
	ended   time.Time
	spent   time.Duration // from its start to its end
}

// column is a question in the versions that score alike, with what people made
// of it; the lists are parallel to those of psychometrics.Column.
type column struct {
	psychometrics.Column
	question question.Question // the newest version
	newest   time.Time         // when the newest was last on a paper that was handed in
	choices  []choice
	known    map[string]uint32 // picks of responses that were met
	versions []question.Version
	version  []uint8   // index in versions
	spent    []float32 // seconds, 0 = not answered
	seen     []bool
	answered []bool
}

// gathered is everything that attempts at a quiz brought.
type gathered struct {
	sittings []sitting
	columns  []*column
}

// batch is how many attempts are read at a time: their logs are in memory
// together.
const batch = 100

// gather reads the graded attempts at a quiz, some at a time.
func (s *Service) gather(ctx context.Context, quiz curriculum.QuizSlug) (*gathered, error) {
	g := &gatherer{service: s, trainees: map[identity.UserID]int{}, of: map[question.Version]place{}, by: map[question.Version]*column{}}
	after := assessment.AttemptID("")
	for {
		scripts, err := s.Store.Scripts(ctx, quiz, after, batch)
		if err != nil {
			return nil, err
		}
		for _, script := range scripts {
			if err := g.add(ctx, script); err != nil {
				return nil, err
			}
		}
		if len(scripts) < batch {
			return &g.gathered, nil
		}
		after = scripts[len(scripts)-1].Attempt
	}
}

// gatherer is a gathering under way.
type gatherer struct {
	gathered
	service  *Service
	trainees map[identity.UserID]int
	of       map[question.Version]place
	by       map[question.Version]*column // by scoring
}

// place is where responses to a version of a question go.
type place struct {
	column   *column
	version  uint8
	question question.Question
}

// add takes in an attempt. One whose essays are not all marked has no score yet.
func (g *gatherer) add(ctx context.Context, script Script) error {
	if slices.ContainsFunc(script.Items, func(item assessment.ItemGrade) bool { return item.Awaiting }) {
		return nil
	}
	if err := g.know(ctx, script.Items); err != nil {
		return err
	}
	trainee, known := g.trainees[script.Trainee]
	if !known {
		trainee = len(g.trainees)
		g.trainees[script.Trainee] = trainee
	}
	attempt := int32(len(g.sittings))
	g.sittings = append(g.sittings, sitting{
		trainee: trainee, number: script.Number, locale: script.Locale, ended: script.EndedAt, spent: script.EndedAt.Sub(script.StartedAt),
	})
	answers := assessment.Replay(script.StartedAt, script.Events)
	for _, item := range script.Items {
		at, known := g.of[item.Version]
		if !known || item.Void {
			continue
		}
		answer, seen := answers[item.Question]
		at.column.add(attempt, item, at, answer, seen || item.Answered)
		if script.EndedAt.After(at.column.newest) {
			at.column.newest, at.column.question = script.EndedAt, at.question
		}
	}
	return nil
}

func (c *column) add(attempt int32, item assessment.ItemGrade, at place, answer assessment.Answering, seen bool) {
	c.Attempts, c.Marks = append(c.Attempts, attempt), append(c.Marks, item.Fraction)
	if c.Options > 0 {
		c.Picks = append(c.Picks, c.picks(at.question, answer.Response))
	}
	c.version, c.spent = append(c.version, at.version), append(c.spent, float32(answer.Spent.Seconds()))
	c.seen, c.answered = append(c.seen, seen), append(c.answered, item.Answered)
}

// mostKnown bounds what is remembered of responses: those to a list of options
// are few and come again and again.
const mostKnown = 512

// picks gives what a response picks, without reading the same one twice.
func (c *column) picks(q question.Question, raw []byte) uint32 {
	if bits, known := c.known[string(raw)]; known {
		return bits
	}
	bits := picks(q, c.choices, raw)
	if len(c.known) < mostKnown {
		c.known[string(raw)] = bits
	}
	return bits
}

// know reads the versions of items that were not met before.
func (g *gatherer) know(ctx context.Context, items []assessment.ItemGrade) error {
	unknown := map[question.Version]bool{}
	for _, item := range items {
		if _, known := g.of[item.Version]; !known {
			unknown[item.Version] = true
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	versions := slices.Sorted(maps.Keys(unknown))
	questions, err := g.service.Bank.ScoredVersions(ctx, versions)
	if err != nil {
		return err
	}
	for _, version := range versions {
		if err := g.meet(version, questions[version]); err != nil {
			return err
		}
	}
	return nil
}

// meet finds the column of a version, or makes it.
func (g *gatherer) meet(version question.Version, q question.Question) error {
	name, err := scoring(q)
	if err != nil {
		return err
	}
	c, known := g.by[name]
	if !known {
		c = &column{Column: psychometrics.Column{Max: 1, Guess: guess(q)}, question: q, choices: choices(q), known: map[string]uint32{}}
		c.Options = len(c.choices)
		for o, choice := range c.choices {
			if choice.key {
				c.Key |= 1 << o
			}
		}
		g.by[name], g.columns = c, append(g.columns, c)
	}
	last := min(len(c.versions), 255) // the few after share the last place
	c.versions = append(c.versions[:last], version)
	g.of[version] = place{column: c, version: uint8(last), question: q}
	return nil
}

// chosen says which attempts to look at.
func (g *gathered) chosen(which Which) func(attempt int) bool {
	if which == All {
		return func(int) bool { return true }
	}
	best := map[int]int{} // trainee → attempt
	for a, sitting := range g.sittings {
		other, known := best[sitting.trainee]
		later := known && sitting.number > g.sittings[other].number
		if !known || later == (which == Last) {
			best[sitting.trainee] = a
		}
	}
	return func(attempt int) bool { return best[g.sittings[attempt].trainee] == attempt }
}

// people counts who took the quiz.
func (g *gathered) people() int {
	trainees := map[int]bool{}
	for _, s := range g.sittings {
		trainees[s.trainee] = true
	}
	return len(trainees)
}

// only gives what some attempts brought.
func (g *gathered) only(keep func(attempt int) bool) *gathered {
	some := &gathered{}
	for a, s := range g.sittings {
		if keep(a) {
			some.sittings = append(some.sittings, s)
		}
	}
	r := g.responses().Select(keep)
	for i, c := range g.columns {
		kept := &column{Column: r.Columns[i], question: c.question, newest: c.newest, choices: c.choices, versions: c.versions}
		for k, a := range c.Attempts {
			if keep(int(a)) {
				kept.version, kept.spent = append(kept.version, c.version[k]), append(kept.spent, c.spent[k])
				kept.seen, kept.answered = append(kept.seen, c.seen[k]), append(kept.answered, c.answered[k])
			}
		}
		if len(kept.Marks) > 0 {
			some.columns = append(some.columns, kept)
		}
	}
	return some
}

func (g *gathered) responses() psychometrics.Responses {
	r := psychometrics.Responses{Attempts: len(g.sittings)}
	for _, c := range g.columns {
		r.Columns = append(r.Columns, c.Column)
	}
	return r
}
