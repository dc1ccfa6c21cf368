package learning_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/question"
)

var (
	today   = time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)
	trainee = identity.Actor{ID: "anna", Role: identity.Trainee}
)

// course has the modules first, second and third, each with two lessons of 20
// minutes and a check; third should come after second; an exam draws on first
// and second. Each lesson has an outcome with a practice and an exam question,
// those of first and second another practice question; first.a has a scenario of one decision.
func course() *curriculum.Catalogue {
	c := &curriculum.Catalogue{Exams: []curriculum.Quiz{{
		Slug: "final", Purpose: curriculum.PurposeExam, DelayMinutes: 60,
		Rules: []curriculum.Rule{{Module: "first", Draw: 1}, {Module: "second", Draw: 1}, {Module: "first", Draw: 1}},
	}}}
	for _, slug := range []curriculum.ModuleSlug{"first", "second", "third"} {
		m := curriculum.Module{Slug: slug, Quizzes: []curriculum.Quiz{
			{Slug: curriculum.QuizSlug(slug + ".pretest"), Module: slug, Purpose: curriculum.PurposePretest},
			{Slug: curriculum.QuizSlug(slug + ".check"), Module: slug, Purpose: curriculum.PurposeCheck},
		}}
		if slug == "third" {
			m.Prerequisites = []curriculum.ModuleSlug{"second"}
		}
		for _, l := range []curriculum.LessonSlug{"a", "b"} {
			whole := string(slug) + "." + string(l)
			m.Lessons = append(m.Lessons, curriculum.Lesson{
				Module: slug, Slug: l, Minutes: 20,
				Practice: curriculum.Quiz{Slug: curriculum.QuizSlug(whole + ".practice"), Module: slug, Lesson: l, Purpose: curriculum.PurposePractice},
				Outcomes: []curriculum.Outcome{{ID: curriculum.OutcomeID(whole + ".o1")}},
				Questions: []question.Question{
					{ID: question.ID(whole + ".p1"), Pool: question.Practice, Kind: question.Single, Outcomes: []string{whole + ".o1"}},
					{ID: question.ID(whole + ".x1"), Pool: question.Exam, Kind: question.Single, Outcomes: []string{whole + ".o1", string(slug) + ".a.o1"}},
				},
			})
		}
		c.Modules = append(c.Modules, m)
	}
	for _, m := range c.Modules[:2] {
		for i := range m.Lessons {
			second := m.Lessons[i].Questions[0]
			second.ID = second.ID[:len(second.ID)-1] + "2"
			m.Lessons[i].Questions = append(m.Lessons[i].Questions, second)
		}
	}
	c.Modules[0].Lessons[0].Scenario = gate()
	return c.Indexed()
}

// gate is a scenario of one decision.
func gate() *curriculum.Scenario {
	decision := question.Question{ID: "first.a.gate", Pool: question.Decisions, Kind: question.Judgement, Outcomes: []string{"first.a.o1"}}
	for _, id := range []question.OptionID{"a", "b", "c"} {
		decision.Options = append(decision.Options, question.Option{ID: id})
	}
	return &curriculum.Scenario{
		Quiz:  curriculum.Quiz{Slug: "first.scenario", Module: "first", Lesson: "a", Purpose: curriculum.PurposeScenario},
		Nodes: []curriculum.Node{{ID: decision.ID, Decision: decision}},
	}
}

// book is the least that learning needs to be kept, in memory. How the
// databases keep it is proved by storetest.
type book struct {
	lessons     map[string]learning.LessonState
	results     map[assessment.AttemptID][]learning.OutcomeResult
	attempts    []assessment.Attempt // oldest first
	grades      map[assessment.AttemptID][]assessment.Grade
	memberships []cohort.Membership
	summaries   map[identity.UserID]learning.KeptSummary
	events      map[assessment.AttemptID][]assessment.Event
	seen        map[question.ID]int
	activity    learning.Activity
	again       []curriculum.QuizSlug
	meanwhile   func() // what happens once attempts were read, once
}

func newBook() *book {
	return &book{
		summaries: map[identity.UserID]learning.KeptSummary{}, events: map[assessment.AttemptID][]assessment.Event{},
		lessons: map[string]learning.LessonState{}, results: map[assessment.AttemptID][]learning.OutcomeResult{},
		grades: map[assessment.AttemptID][]assessment.Grade{},
	}
}

func (b *book) service() *learning.Service {
	return &learning.Service{
		Store: b, Kept: b, Attempts: b, Cohorts: b, Certificates: b, Starter: b, Catalogue: course(), Now: func() time.Time { return today },
	}
}

func (b *book) SaveLessonState(_ context.Context, _ identity.UserID, s learning.LessonState) (learning.LessonState, error) {
	key := string(s.Module) + "." + string(s.Lesson)
	s.ReadShare = max(s.ReadShare, b.lessons[key].ReadShare)
	if s.ReadAt = b.lessons[key].ReadAt; s.ReadAt.IsZero() && s.Read {
		s.ReadAt = s.UpdatedAt
	}
	s.Read = s.Read || b.lessons[key].Read
	b.lessons[key] = s
	return s, nil
}

func (b *book) LessonStates(context.Context, identity.UserID) ([]learning.LessonState, error) {
	return slices.Collect(maps.Values(b.lessons)), nil
}

func (b *book) ReplaceOutcomeResults(_ context.Context, _ identity.UserID, id assessment.AttemptID, results []learning.OutcomeResult) error {
	b.results[id] = results
	return nil
}

func (b *book) OutcomeResults(context.Context, identity.UserID) ([]learning.OutcomeResult, error) {
	sums := map[curriculum.OutcomeID]learning.OutcomeResult{}
	for _, results := range b.results {
		for _, r := range results {
			sum := sums[r.Outcome]
			sums[r.Outcome] = learning.OutcomeResult{Outcome: r.Outcome, Answered: sum.Answered + r.Answered, Right: sum.Right + r.Right}
		}
	}
	return slices.SortedFunc(maps.Values(sums), func(a, b learning.OutcomeResult) int {
		return strings.Compare(string(a.Outcome), string(b.Outcome))
	}), nil
}

func (b *book) Attempt(_ context.Context, id assessment.AttemptID) (assessment.Attempt, error) {
	for _, a := range b.attempts {
		if a.ID == id {
			return a, nil
		}
	}
	return assessment.Attempt{}, errs.Missing("attempt")
}

func (b *book) Attempts(context.Context, identity.UserID) ([]assessment.GradedAttempt, error) {
	graded := make([]assessment.GradedAttempt, len(b.attempts))
	for i, a := range b.attempts {
		graded[i].Attempt = a
		if held := b.grades[a.ID]; len(held) > 0 {
			graded[i].Grade = &held[len(held)-1]
		}
	}
	if happens := b.meanwhile; happens != nil {
		b.meanwhile = nil
		happens()
	}
	return graded, nil
}

func (b *book) Grades(_ context.Context, id assessment.AttemptID) ([]assessment.Grade, error) {
	return b.grades[id], nil
}

func (b *book) Memberships(context.Context, identity.UserID) ([]cohort.Membership, error) {
	return b.memberships, nil
}

func (b *book) Again(context.Context, identity.UserID) ([]curriculum.QuizSlug, error) {
	return b.again, nil
}

func (b *book) Events(_ context.Context, id assessment.AttemptID) ([]assessment.Event, error) {
	return b.events[id], nil
}

func (b *book) Activity(context.Context, identity.UserID) (learning.Activity, error) {
	return b.activity, nil
}

func (b *book) SeenQuestions(context.Context, identity.UserID) (map[question.ID]int, error) {
	return b.seen, nil
}

func (b *book) KeepSummary(_ context.Context, k learning.KeptSummary) (bool, error) {
	kept := b.summaries[k.User].Revision == k.Revision-1
	if kept {
		b.summaries[k.User] = k
	}
	return kept, nil
}

func (b *book) SummaryRevisions(_ context.Context, users []identity.UserID) (map[identity.UserID]int64, error) {
	revisions := map[identity.UserID]int64{}
	for _, user := range users {
		if k, ok := b.summaries[user]; ok {
			revisions[user] = k.Revision
		}
	}
	return revisions, nil
}

func (b *book) KeptSummaries(_ context.Context, users []identity.UserID) ([]learning.KeptSummary, error) {
	var kept []learning.KeptSummary
	for _, user := range users {
		kept = append(kept, b.summaries[user])
	}
	return kept, nil
}

func (b *book) StaleSummaries(_ context.Context, basis string, _ int) ([]identity.UserID, error) {
	if b.summaries[trainee.ID].Basis == basis || len(b.attempts)+len(b.lessons) == 0 {
		return nil, nil
	}
	return []identity.UserID{trainee.ID}, nil
}

// StartOn opens an attempt on the questions chosen.
func (b *book) StartOn(_ context.Context, _ identity.Actor, quiz curriculum.QuizSlug, chosen []question.ID) (assessment.AttemptID, bool, error) {
	id := b.begin(quiz)
	for _, q := range chosen {
		a := &b.attempts[len(b.attempts)-1]
		a.Paper = append(a.Paper, assessment.PaperItem{Question: q})
	}
	return id, true, nil
}

// begin opens an attempt at a quiz.
func (b *book) begin(quiz curriculum.QuizSlug) assessment.AttemptID {
	id := assessment.AttemptID(fmt.Sprintf("attempt-%d", len(b.attempts)+1))
	b.attempts = append(b.attempts, assessment.Attempt{ID: id, Trainee: trainee.ID, Quiz: quiz, Status: assessment.Open})
	return id
}

// grade ends an attempt, if it is open, and adds a grade.
func (b *book) grade(id assessment.AttemptID, passed bool, items ...assessment.ItemGrade) {
	for i := range b.attempts {
		if a := &b.attempts[i]; a.ID == id && a.Status == assessment.Open {
			a.Status, a.EndedAt = assessment.Submitted, today.Add(-30*time.Minute)
		}
	}
	g := assessment.Grade{Attempt: id, Number: len(b.grades[id]) + 1, Passed: passed, MaxPoints: 1, Items: items, At: today}
	b.grades[id] = append(b.grades[id], g)
}

// take starts, ends and grades an attempt.
func (b *book) take(quiz curriculum.QuizSlug, passed bool) { b.grade(b.begin(quiz), passed) }

// learn reads and practises both lessons of a module.
func (b *book) learn(m curriculum.ModuleSlug) {
	for _, l := range []curriculum.LessonSlug{"a", "b"} {
		b.read(m, l, 1)
		b.take(curriculum.QuizSlug(string(m)+"."+string(l)+".practice"), true)
	}
}

// finish does everything of modules.
func (b *book) finish(modules ...curriculum.ModuleSlug) {
	for _, m := range modules {
		b.learn(m)
		b.take(curriculum.QuizSlug(m+".check"), true)
	}
}

// read moves on in a lesson; to the end at 1.
func (b *book) read(m curriculum.ModuleSlug, l curriculum.LessonSlug, share float64) {
	b.lessons[string(m)+"."+string(l)] = learning.LessonState{Module: m, Lesson: l, ReadShare: share, Read: share == 1}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
