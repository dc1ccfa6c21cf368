package curriculum

import (
	"math"
	"slices"
	"unicode/utf8"

	"muster/internal/question"
)

// CoverageReport says what the questions of a catalogue rest on and test, and
// how its lessons read. Nothing is left out: what has no question is there with 0.
type CoverageReport struct {
	Sections []SectionCoverage
	Outcomes []OutcomeCoverage
	Lessons  []LessonCoverage
	Kinds    []Share // of all questions
	Blooms   []Share // of all questions

	ChoiceItems int // questions with one best option
	KeyLongest  int // those of them whose best option is longer than every other
	KeyShortest int // those of them whose best option is shorter than every other
}

// SectionCoverage is the number of lessons and questions that cite a section.
type SectionCoverage struct {
	Key       CitationKey
	Lessons   int
	Questions int
	NotTaught string // why it is cited by none
}

// OutcomeCoverage is the number of questions in each pool that test an outcome.
type OutcomeCoverage struct {
	ID             OutcomeID
	Practice, Exam int
}

// LessonCoverage is how a lesson reads.
type LessonCoverage struct {
	Module       ModuleSlug
	Lesson       LessonSlug
	Words        int
	ReadingGrade float64 // Flesch-Kincaid
	Questions    int
}

// Share is how many questions are of one kind or level.
type Share struct {
	Name  string
	Count int
}

// Coverage counts what the questions of c rest on and test.
func Coverage(c *Catalogue) CoverageReport {
	questions := c.Questions()
	cited, kinds, blooms := map[string]int{}, map[question.Kind]int{}, map[question.Bloom]int{}
	var report CoverageReport
	for _, q := range questions {
		kinds[q.Kind]++
		blooms[q.Bloom]++
		for _, key := range q.Citations {
			cited[key]++
		}
		choice, longest, shortest := keyLength(q)
		report.ChoiceItems += one(choice)
		report.KeyLongest += one(longest)
		report.KeyShortest += one(shortest)
	}
	for _, s := range c.Sources {
		for _, section := range s.Sections {
			key := Citation(s.Slug, section.Slug)
			report.Sections = append(report.Sections, SectionCoverage{key, c.lessonsOn(key), cited[string(key)], section.NotTaught})
		}
	}
	report.lessons(c)
	report.Kinds = shares(question.Kinds, kinds)
	report.Blooms = shares(question.Blooms, blooms)
	return report
}

// lessonsOn counts the lessons that cite a section.
func (c *Catalogue) lessonsOn(key CitationKey) int {
	n := 0
	for _, m := range c.Modules {
		for _, l := range m.Lessons {
			n += one(slices.Contains(l.Citations, key))
		}
	}
	return n
}

func (r *CoverageReport) lessons(c *Catalogue) {
	for _, m := range c.Modules {
		for _, l := range m.Lessons {
			r.Lessons = append(r.Lessons, LessonCoverage{m.Slug, l.Slug, l.Words, l.ReadingGrade, len(l.Questions)})
			count := map[question.Pool]map[string]int{question.Practice: {}, question.Exam: {}}
			for _, q := range l.Questions {
				for _, o := range q.Outcomes {
					if pool, ok := count[q.Pool]; ok {
						pool[o]++
					}
				}
			}
			for _, o := range l.Outcomes {
				r.Outcomes = append(r.Outcomes, OutcomeCoverage{
					ID: o.ID, Practice: count[question.Practice][string(o.ID)], Exam: count[question.Exam][string(o.ID)],
				})
			}
		}
	}
}

func shares[K ~string](names []K, counts map[K]int) []Share {
	all := make([]Share, len(names))
	for i, name := range names {
		all[i] = Share{string(name), counts[name]}
	}
	return all
}

// keyLength says whether q has one best option, and whether its length gives
// it away.
func keyLength(q question.Question) (choice, longest, shortest bool) {
	switch q.Kind {
	case question.Single, question.TrueFalse, question.Judgement:
	default:
		return false, false, false
	}
	key, least, most := 0, math.MaxInt, 0
	for _, o := range q.Options {
		n := utf8.RuneCountInString(o.Text)
		if o.Correct || o.Grade == 3 {
			key = n
		} else {
			least, most = min(least, n), max(most, n)
		}
	}
	return true, key > most, key < least
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
