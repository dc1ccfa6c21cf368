package demo

import "muster/internal/curriculum"

// fate is how the training of somebody goes. Times are in days, before now.
type fate struct {
	name     string
	begins   float64
	every    float64               // between two lessons
	lessons  int                   // done in the end, of those of the mandatory modules in order
	examined float64               // when the final exam is taken, 0 = not yet
	reviews  float64               // between two spaced reviews after the exam, 0 = none
	errors   float64               // share of wrong answers at the first practice of a lesson
	lapses   float64               // share of wrong answers in checks
	slips    float64               // share of slight mistakes in checks and exams
	blind    curriculum.OutcomeID  // that is never understood
	stuck    curriculum.ModuleSlug // whose check is tried in vain
	trips    bool                  // fails a critical question of the exam
	late     bool                  // answers a check without a network
}

// group is how many people of a unit share a fate.
type group struct {
	people int
	fate   fate
}

// unit is a cohort of the story.
type unit struct {
	name        string
	coordinator string
	opened      float64 // days ago
	deploys     int     // days from now
	due         []int   // days from now: of each mandatory module in order, then of the exam
	groups      []group
	joined      []joined
}

// joined is somebody with an account who came later, by the join code.
type joined struct {
	username string
	ago      float64 // days
	fate     fate
}

// everything is more lessons than there are.
const everything = 1000

// roadblock is a scenario in which many do harm.
const roadblock curriculum.QuizSlug = "legal-mandates.principles.scenario"

// impartiality is the outcome that nine people never understand: "Tell
// impartiality from neutrality with an example."
const impartiality curriculum.OutcomeID = "legal-mandates.principles.o2"

// The fates. Who learns step by step and reviews is ready; who does it all in
// two days knows it today, and not on the day.
var (
	steady    = fate{name: "steady", begins: 104, every: 2.9, lessons: everything, examined: 48, reviews: 6, errors: 0.09, lapses: 0.02, slips: 0.05}
	crammer   = fate{name: "crammer", begins: 7, every: 0.09, lessons: everything, examined: 5}
	stubborn  = fate{name: "stubborn", begins: 101, every: 2.9, lessons: everything, examined: 46, reviews: 8, errors: 0.12, lapses: 0.025, slips: 0.05, blind: impartiality}
	stalled   = fate{name: "stalled", begins: 94, every: 5, lessons: 9, errors: 0.25}
	unstarted = fate{name: "unstarted"}
	newcomer  = fate{name: "newcomer"}
	beginner  = fate{name: "beginner", begins: 11, every: 3, lessons: 3, errors: 0.25}
	fresh     = fate{name: "fresh", begins: 8, every: 1.1, lessons: 5, errors: 0.2}
)

// earlier is a fate that begins so many days earlier.
func (f fate) earlier(days float64) fate {
	f.begins += days
	if f.examined > 0 {
		f.examined += days
	}
	return f
}

// offline, tripping, waiting, stuckAt and onLeave are fates with one thing
// different: answers that arrive late, a critical failure in the exam, no exam
// yet, a check tried in vain, a good reason.
func (f fate) offline() fate { f.late = true; return f }

func (f fate) tripping() fate {
	f.name, f.trips, f.begins, f.every, f.examined, f.reviews = "tripping", true, 50, 2.2, 3, 0
	return f
}

func (f fate) waiting() fate {
	f.name, f.begins, f.every, f.examined, f.reviews = "waiting", 48, 2.2, 0, 0
	return f
}

func (f fate) stuckAt(m curriculum.ModuleSlug) fate {
	f.name, f.stuck, f.begins, f.every = "stuck", m, 28, 2
	return f
}

func (f fate) onLeave() fate { f.name = "on leave"; return f }

// shorter is a fate that ends some lessons earlier.
func (f fate) shorter(lessons int) fate { f.lessons -= lessons; return f }

// engineers are the unit of the accounts that are printed, in the middle of
// their training.
var engineers = unit{
	name: JoinableUnit, coordinator: kofi, opened: 108, deploys: 72, due: []int{-62, -40, -16, 10, 40},
	groups: []group{
		{25, steady}, {2, steady.offline()}, {7, crammer}, {9, stubborn}, {2, stalled.onLeave()}, {1, stalled}, {2, stalled.shorter(5)}, {4, unstarted},
	},
	joined: []joined{{amina, fresh.begins + 1, fresh}, {ravi, 5, newcomer}},
}

// signals deploy soon, and are mostly ready.
var signals = unit{
	name: "3rd Signals", coordinator: kofi, opened: 128, deploys: 21, due: []int{-90, -72, -58, -40, 7},
	groups: []group{
		{27, steady.earlier(14)}, {1, steady.earlier(14).offline()}, {4, crammer}, {2, steady.tripping()},
		{1, steady.stuckAt("human-rights")}, {1, steady.waiting()},
	},
}

// medics have just begun.
var medics = unit{
	name: "12th Medical Company", coordinator: lena, opened: 13, deploys: 150, due: []int{30, 52, 74, 96, 125},
	groups: []group{{9, beginner}, {11, beginner.shorter(1)}, {10, unstarted}},
}

// units gives the story with about so many people, or only the unit of the
// accounts, before it begins.
func units(trainees int) []unit {
	if trainees == 0 {
		before := engineers
		before.opened, before.groups, before.due = 0, nil, []int{58, 58, 58, 58}
		before.joined = []joined{{amina, 0, newcomer}, {ravi, 0, newcomer}}
		return []unit{before}
	}
	accounts := len(engineers.joined)
	wanted, full := max(trainees-accounts, 0), Everybody-accounts
	story := []unit{signals, engineers, medics} // the first made is the oldest
	scaled := make([]unit, len(story))
	before := 0 // people in the groups so far, of the whole story
	for i, u := range story {
		scaled[i] = u
		scaled[i].groups = make([]group, len(u.groups))
		for j, g := range u.groups {
			after := before + g.people
			scaled[i].groups[j] = group{after*wanted/full - before*wanted/full, g.fate}
			before = after
		}
	}
	return scaled
}
