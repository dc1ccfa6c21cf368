package readiness

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/question"
)

// Filter picks people of a cohort: those who meet all that is set. Every count
// of an Overview has the filter that gives the people whom it counts.
type Filter struct {
	Text      string // in the name or username
	Suspended bool   // those who are suspended instead of the others
	Standing  Standing
	Need      NeedCode              // with Module and Outcome, the need in that thing
	Module    curriculum.ModuleSlug // without Need: State of the module, or of Lesson or Outcome
	Lesson    curriculum.LessonSlug // in Module
	Outcome   curriculum.OutcomeID
	LateOn    string            // date: something was due by then and was not done
	State     State             // "" = NotHeld; of a module or outcome
	Question  question.ID       // made the harmful Choice in their newest run of its scenario
	Choice    question.OptionID // "" = any that is harmful
}

// State is how a module or an outcome stands with somebody.
type State string

// The states.
const (
	NotHeld  State = "not_held" // an outcome of the module, or the outcome, will not be held on the day
	Held     State = "held"     // all of the module, or the outcome, will be held on the day
	HeldNow  State = "held_now"
	Begun    State = "begun"    // a step of the module is done, or the outcome was answered
	Complete State = "complete" // of a module
	Measured State = "measured" // of a module, or of any: both a pretest and a check are graded
)

// States lists every state.
var States = []State{NotHeld, Held, HeldNow, Begun, Complete, Measured}

// Sort says by what people are listed: a Key, from the other end with Down.
type Sort struct {
	Key  SortKey
	Down bool
}

// SortKey is what people can be listed by.
type SortKey string

// The sort keys.
const (
	ByHelp       SortKey = "help" // who needs help first
	ByName       SortKey = "name"
	ByProgress   SortKey = "progress"
	ByOverdue    SortKey = "overdue"
	ByLastActive SortKey = "last_active"
	ByMastery    SortKey = "mastery" // on the day, of what the filter is about
)

// SortKeys lists every key.
var SortKeys = []SortKey{ByHelp, ByName, ByProgress, ByOverdue, ByLastActive, ByMastery}

// ParseSort reads a sort as the API writes it: a key, after "-" downwards; ""
// is ByHelp. Invalid.
func ParseSort(text string) (Sort, error) {
	key, down := strings.CutPrefix(text, "-")
	s := Sort{Key: SortKey(cmp.Or(key, string(ByHelp))), Down: down}
	if !slices.Contains(SortKeys, s.Key) {
		return Sort{}, errs.InvalidField("sort", "Sort by help, name, progress, overdue, last_active or mastery, with - before it downwards.")
	}
	return s, nil
}

// People lists the people whom a filter picks, sorted; where that says nothing, by
// name, as the snapshot has them.
func (s *Snapshot) People(f Filter, by Sort) []*Member {
	text := identity.SearchForm(f.Text)
	from := s.Members
	if f.Suspended {
		from = s.Suspended
	}
	var picked []*Member
	for _, m := range from {
		if s.fits(m, f) && (text == "" || strings.Contains(identity.SearchForm(m.Name), text) || strings.Contains(identity.SearchForm(m.Username), text)) {
			picked = append(picked, m)
		}
	}
	if by.Key == ByName && by.Down {
		slices.Reverse(picked)
	}
	if by.Key == ByMastery {
		s.sortByMastery(picked, f, by.Down)
		return picked
	}
	slices.SortStableFunc(picked, by.compare)
	return picked
}

func (s *Snapshot) fits(m *Member, f Filter) bool {
	switch {
	case f.Standing != "" && m.Standing != f.Standing:
		return false
	case f.Question != "" && !slices.ContainsFunc(m.Summary.Worries, func(w learning.Worry) bool {
		return w.Question == f.Question && (f.Choice == "" || w.Choice == f.Choice)
	}):
		return false
	case f.LateOn != "" && !lateOn(datedTasks(m), f.LateOn):
		return false
	case f.Need != "":
		return s.needing(&m.Person, Need{Code: f.Need, Module: f.Module, Outcome: f.Outcome})
	case f.State == Measured:
		return len(pairsOf(m.Summary, f.Module)) > 0
	case f.Outcome != "":
		i, ok := s.at[f.Outcome]
		return ok && m.Outcomes[i].is(cmp.Or(f.State, NotHeld))
	case f.Lesson != "":
		return m.holds(s.placesOf(f), cmp.Or(f.State, NotHeld))
	case f.Module != "":
		return slices.ContainsFunc(m.Modules, func(st ModuleStanding) bool { return st.Module == f.Module && st.is(cmp.Or(f.State, NotHeld)) })
	}
	return true
}

// placesOf gives the places of the outcomes that a filter is about, none where
// it is about no outcome.
func (s *Snapshot) placesOf(f Filter) []int {
	var places []int
	for i, p := range s.Places {
		if f.Outcome == p.Outcome.ID || f.Outcome == "" && f.Module == p.Module && (f.Lesson == "" || f.Lesson == p.Lesson) {
			places = append(places, i)
		}
	}
	return places
}

// Mastery is how well somebody holds on the day what a filter is about: the mean
// over its outcomes, nil where it is about none.
func (s *Snapshot) Mastery(m *Member, f Filter) *float64 { return masteryOf(m, s.placesOf(f)) }

func masteryOf(m *Member, places []int) *float64 {
	sum := 0.0
	for _, at := range places {
		sum += m.Outcomes[at].OnDay
	}
	return mean(sum, len(places))
}

func (s *Snapshot) sortByMastery(people []*Member, f Filter, down bool) {
	places := s.placesOf(f)
	if len(places) == 0 {
		return
	}
	held := make(map[*Member]float64, len(people))
	for _, m := range people {
		held[m] = *masteryOf(m, places)
	}
	slices.SortStableFunc(people, func(a, b *Member) int {
		if down {
			a, b = b, a
		}
		return cmp.Compare(held[a], held[b])
	})
}

// holds says how the outcomes of a lesson stand with somebody.
func (m *Member) holds(places []int, state State) bool {
	all := func(is State) bool {
		return !slices.ContainsFunc(places, func(at int) bool { return !m.Outcomes[at].is(is) })
	}
	switch state {
	case NotHeld:
		return !all(Held)
	case Held, HeldNow:
		return len(places) > 0 && all(state)
	case Begun:
		return slices.ContainsFunc(places, func(at int) bool { return m.Outcomes[at].is(Begun) })
	}
	return false
}

func (o OutcomeStanding) is(state State) bool {
	switch state {
	case NotHeld:
		return !o.HeldOnDay()
	case Held:
		return o.HeldOnDay()
	case HeldNow:
		return o.HeldNow()
	case Begun:
		return o.Answers > 0
	}
	return false
}

func (m ModuleStanding) is(state State) bool {
	switch state {
	case NotHeld:
		return m.Held < m.Outcomes
	case Held:
		return m.Held == m.Outcomes
	case HeldNow:
		return m.HeldNow == m.Outcomes
	case Begun:
		return m.Share > 0
	case Complete:
		return m.Complete
	}
	return false
}

func (s Sort) compare(a, b *Member) int {
	order := 0
	switch s.Key {
	case ByHelp:
		order = cmp.Or(
			cmp.Compare(slices.Index(Standings, b.Standing), slices.Index(Standings, a.Standing)),
			cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(a.Progress, b.Progress),
		)
	case ByProgress:
		order = cmp.Compare(a.Progress, b.Progress)
	case ByOverdue:
		order = cmp.Compare(a.Overdue, b.Overdue)
	case ByLastActive:
		order = a.LastActive.Compare(b.LastActive)
	}
	if s.Down {
		order = -order
	}
	return order
}

// Page cuts one page out of a list. A cursor is what the page before gave, ""
// for the first; next is "" at the end. Invalid for a cursor of nobody's.
func Page[T any](all []T, cursor string, limit int) (page []T, next string, err error) {
	from := 0
	if cursor != "" {
		if from, err = strconv.Atoi(cursor); err != nil || from < 0 {
			return nil, "", errs.InvalidField("cursor", "Give the cursor as the page before gave it.")
		}
	}
	from = min(from, len(all))
	to := min(from+limit, len(all))
	if to < len(all) {
		next = strconv.Itoa(to)
	}
	return all[from:to], next, nil
}
