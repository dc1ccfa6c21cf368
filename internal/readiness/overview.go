package readiness

import (
	"cmp"
	"slices"
	"time"

	"muster/internal/curriculum"
	"muster/internal/learning"
	"muster/internal/question"
)

// Overview is a cohort at a glance. Every figure in it counts people of one
// list, so that each opens into those people.
type Overview struct {
	On        string // the day it is told for, a date
	Now       time.Time
	People    int
	Suspended int // not among People
	Standings map[Standing]int
	Overdue   int // people with something past its date that they did not come after
	Needs     []Need
	Modules   []ModuleOverview
	Outcomes  []OutcomeOverview
	Weeks     []Week
	Gains     []Gain // all modules first, then each that has a pair
	Worries   []WorryCount
}

// ModuleOverview is a module over a cohort.
type ModuleOverview struct {
	Module   curriculum.ModuleSlug
	Required bool
	Begun    int
	Complete int
	Holding  int      // people who will hold all its outcomes on the day
	OnDay    *float64 // 0..1: mean of the people's mastery on the day, nil where nobody has any answer
}

// OutcomeOverview is an outcome over a cohort.
type OutcomeOverview struct {
	Outcome  curriculum.OutcomeID
	Module   curriculum.ModuleSlug
	Lesson   curriculum.LessonSlug
	Answered int // people with any answer to it
	HeldNow  int
	HeldOn   int      // on the day
	OnDay    *float64 // 0..1: mean mastery on the day of those with an answer
}

// Week is how much was done of all that is asked of the people by the end of a
// day, beside how much was to be done by their dates. Both are shares 0..1 of
// people × tasks.
type Week struct {
	Date    string
	Done    *float64 // nil in the future
	Planned float64
	Late    int // people who had something to do by then and had not done it; or have not yet
}

// WorryCount is a harmful choice that people made in their newest run of a
// scenario.
type WorryCount struct {
	Scenario curriculum.QuizSlug
	Module   curriculum.ModuleSlug
	Lesson   curriculum.LessonSlug
	Question question.ID
	Choice   question.OptionID
	People   int
}

// overview counts people.
func (a *Assessor) overview(members []*Member) Overview {
	o := Overview{On: a.Day.UTC().Format(time.DateOnly), Now: a.Now, People: len(members), Standings: countStandings(members)}
	for _, m := range members {
		o.Overdue += one(m.Overdue > m.JoinedLate)
	}
	o.Needs = a.needs(members)
	o.Modules = a.moduleOverviews(members)
	o.Outcomes = a.outcomeOverviews(members)
	o.Weeks = a.weeks(members)
	o.Gains = a.gains(members)
	o.Worries = worries(members)
	return o
}

func countStandings(members []*Member) map[Standing]int {
	counts := make(map[Standing]int, len(Standings))
	for _, m := range members {
		counts[m.Standing]++
	}
	return counts
}

func (a *Assessor) moduleOverviews(members []*Member) []ModuleOverview {
	overviews := make([]ModuleOverview, len(a.Catalogue.Modules))
	for i, module := range a.Catalogue.Modules {
		overviews[i].Module = module.Slug
		sum, n := 0.0, 0
		for _, m := range members {
			st := m.Modules[i]
			overviews[i].Required = overviews[i].Required || st.Required
			overviews[i].Begun += one(st.is(Begun))
			overviews[i].Complete += one(st.is(Complete))
			overviews[i].Holding += one(st.is(Held))
			if st.OnDay != nil {
				sum += *st.OnDay
				n++
			}
		}
		overviews[i].OnDay = mean(sum, n)
	}
	return overviews
}

func (a *Assessor) outcomeOverviews(members []*Member) []OutcomeOverview {
	overviews := make([]OutcomeOverview, len(a.Places))
	for i, p := range a.Places {
		overviews[i] = OutcomeOverview{Outcome: p.Outcome.ID, Module: p.Module, Lesson: p.Lesson}
		sum := 0.0
		for _, m := range members {
			o := m.Outcomes[i]
			if o.Answers == 0 {
				continue
			}
			overviews[i].Answered++
			overviews[i].HeldNow += one(o.HeldNow())
			overviews[i].HeldOn += one(o.HeldOnDay())
			sum += o.OnDay
		}
		overviews[i].OnDay = mean(sum, overviews[i].Answered)
	}
	return overviews
}

// gains gives the gain over all modules, where each person counts once with the
// mean of their pairs, and that of each module.
func (a *Assessor) gains(members []*Member) []Gain {
	byModule := map[curriculum.ModuleSlug][]pair{}
	var all []pair
	for _, m := range members {
		pairs := pairsOf(m.Summary, "")
		for _, p := range pairs {
			byModule[p.module] = append(byModule[p.module], p)
		}
		if len(pairs) > 0 {
			all = append(all, meanPair(pairs))
		}
	}
	if len(all) == 0 {
		return nil
	}
	gains := []Gain{gainOf("", all)}
	for _, module := range a.Catalogue.Modules {
		if pairs := byModule[module.Slug]; len(pairs) > 0 {
			gains = append(gains, gainOf(module.Slug, pairs))
		}
	}
	return gains
}

// worries counts harmful choices, the most frequent first.
func worries(members []*Member) []WorryCount {
	counts := map[WorryCount]int{}
	for _, m := range members {
		for _, w := range m.Summary.Worries {
			counts[WorryCount{Scenario: w.Scenario, Module: w.Module, Lesson: w.Lesson, Question: w.Question, Choice: w.Choice}]++
		}
	}
	var list []WorryCount
	for w, n := range counts {
		w.People = n
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b WorryCount) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Question, b.Question), cmp.Compare(a.Choice, b.Choice))
	})
	return list
}

// completedAt is when a task was done by somebody, zero while it is not.
func completedAt(s *learning.Summary, t Task) time.Time {
	for _, m := range s.Modules {
		if t.Exam == "" && m.Module == t.Module {
			return m.CompletedAt()
		}
	}
	for _, e := range s.Exams {
		if t.Exam != "" && e.Exam == t.Exam {
			return e.PassedAt
		}
	}
	return time.Time{}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

func mean(sum float64, n int) *float64 {
	if n == 0 {
		return nil
	}
	m := sum / float64(n)
	return &m
}
