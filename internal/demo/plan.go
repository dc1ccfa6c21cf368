package demo

import (
	"math/rand/v2"
	"slices"

	"muster/internal/curriculum"
)

// deed is what somebody does.
type deed string

const (
	takePretest  deed = "pretest"
	learnLesson  deed = "lesson" // read it, and practise until it is passed
	playScenario deed = "scenario"
	takeCheck    deed = "check"
	takeExam     deed = "exam"
	takeReview   deed = "review"
)

// step is a deed at its time.
type step struct {
	ago    float64 // days before now
	deed   deed
	module curriculum.Module
	lesson curriculum.Lesson
	quiz   curriculum.QuizSlug
}

// scenarioShare is how many of the scenarios people play.
const scenarioShare = 0.4

// planner lays out the steps of somebody.
type planner struct {
	fate
	random *rand.Rand
	ago    float64
	steps  []step
}

// plan lays out the steps that a fate takes through a curriculum, in order. No
// two people with the same fate go at the same pace.
func plan(f fate, c *curriculum.Catalogue, random *rand.Rand) []step {
	if f.begins == 0 {
		return nil
	}
	f.every *= 0.92 + 0.16*random.Float64()
	p := &planner{fate: f, random: random, ago: f.begins - 0.15*random.Float64()*min(f.begins, 20)}
	left := f.lessons
	for _, m := range mandatory(c) {
		if left == 0 {
			break
		}
		done := p.module(m, min(left, len(m.Lessons)))
		left -= done
		if done < len(m.Lessons) || m.Slug == f.stuck {
			return p.steps
		}
	}
	if f.examined > 0 && len(c.Exams) > 0 {
		p.ago = min(p.ago, f.examined+0.4*random.Float64())
		p.add(step{deed: takeExam, quiz: c.Exams[0].Slug})
		p.review()
	}
	return p.steps
}

// module lays out some lessons of a module and, after all of them, its check;
// it gives how many lessons there were.
func (p *planner) module(m curriculum.Module, lessons int) int {
	for _, q := range m.Quizzes {
		if q.Purpose == curriculum.PurposePretest {
			p.add(step{deed: takePretest, module: m, quiz: q.Slug})
		}
	}
	for _, l := range m.Lessons[:lessons] {
		p.add(step{deed: learnLesson, module: m, lesson: l, quiz: l.Practice.Slug})
		if plays := p.random.Float64() < scenarioShare; plays && l.Scenario != nil {
			p.add(step{deed: playScenario, module: m, lesson: l, quiz: l.Scenario.Quiz.Slug})
		}
		p.ago -= p.every * (0.7 + 0.6*p.random.Float64())
	}
	check, ok := m.Check()
	if !ok || lessons < len(m.Lessons) {
		return lessons
	}
	tries := 1
	if m.Slug == p.stuck {
		tries = 3
	}
	for range tries {
		p.add(step{deed: takeCheck, module: m, quiz: check.Slug})
		p.ago -= p.every
	}
	return lessons
}

// review lays out spaced reviews up to now.
func (p *planner) review() {
	for p.reviews > 0 && p.ago > p.reviews {
		p.ago -= p.reviews * (0.8 + 0.2*p.random.Float64())
		p.add(step{deed: takeReview})
	}
}

// add lays out a step, unless it is not over yet.
func (p *planner) add(s step) {
	if s.ago = p.ago; s.ago > 0.1 {
		p.steps = append(p.steps, s)
	}
}

// mandatory gives the modules that everybody must finish.
func mandatory(c *curriculum.Catalogue) []curriculum.Module {
	return slices.DeleteFunc(slices.Clone(c.Modules), func(m curriculum.Module) bool { return m.Theme != "mandatory" })
}
