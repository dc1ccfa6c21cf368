package app

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"muster/internal/bench"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/retention"
)

// benchMembers is how many trainees a cohort has at most.
const benchMembers = 5000

// benchReadiness opens the page of a large cohort, first with nothing of it in
// memory and then again and again.
func benchReadiness(ctx context.Context, r *rig) ([]bench.Figure, error) {
	token, err := r.services.benchToken(ctx, r.config, "bench.admin", identity.Admin)
	if err != nil {
		return nil, err
	}
	id, err := r.services.benchCohort(ctx, benchMembers)
	if err != nil {
		return nil, err
	}
	read := func(page string) func(int, int) error {
		return func(int, int) error {
			_, err := r.client.Do(http.MethodGet, "/api/v1/cohorts/"+string(id)+page, token, nil, http.StatusOK)
			return err
		}
	}
	start := time.Now()
	if err := read("/readiness")(0, 0); err != nil {
		return nil, err
	}
	cold := bench.Load{P99: time.Since(start)}
	figures := []bench.Figure{atMost("readiness of 5,000, recomputed", cold, 2*time.Second)}
	for _, page := range []struct{ name, path string }{
		{"readiness of 5,000, p99", "/readiness"}, {"people of 5,000, p99", "/people?limit=200"}, {"people of 5,000 by name, p99", "/people?limit=200&sort=name&q=7"},
		{"members of 5,000, p99", "/members?limit=100"}, {"1,000 members of 5,000, p99", "/members?limit=1000&q=7&sort=last_seen"},
	} {
		load, err := bench.Drive(1, r.length, read(page.path))
		if err != nil {
			return nil, err
		}
		figures = append(figures, atMost(page.name, load, 300*time.Millisecond))
	}
	return figures, nil
}

// atMost is a figure whose slowest requests may take so long.
func atMost(name string, load bench.Load, limit time.Duration) bench.Figure {
	return bench.Figure{
		Name: name, Value: float64(load.P99.Microseconds()) / 1000, Unit: "ms",
		Target: fmt.Sprintf("≤ %d ms", limit.Milliseconds()), Met: load.P99 <= limit,
	}
}

// benchCohort makes a cohort that deploys in 60 days, must finish the whole
// curriculum, and whose members have answered for half a year.
func (s *services) benchCohort(ctx context.Context, n int) (cohort.ID, error) {
	admin := identity.Actor{ID: "bench", Role: identity.Admin}
	date := func(days int) string { return s.now().AddDate(0, 0, days).Format(time.DateOnly) }
	plan := cohort.Plan{Name: "Bench", DeploysOn: date(60)}
	for i, m := range s.catalogue.Modules {
		plan.Assignments = append(plan.Assignments, cohort.Assignment{Kind: cohort.KindModule, Slug: string(m.Slug), DueOn: date(7*i - 30)})
	}
	made, err := s.cohorts.Create(ctx, admin, plan)
	if err != nil {
		return "", err
	}
	users := make([]identity.User, n)
	for i := range users {
		name := fmt.Sprintf("Trainee %d of the bench", i)
		users[i] = identity.User{ID: identity.UserID(newID()), Username: fmt.Sprintf("bench.%d", i), Name: name, Role: identity.Trainee, Locale: "en", CreatedAt: s.now()}
	}
	if err := s.store.CreateMembers(ctx, made.ID, users, nil); err != nil {
		return "", err
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, u := range users {
		if err := s.keepBench(ctx, s.benchSummary(random, u.ID)); err != nil {
			return "", err
		}
	}
	return made.ID, nil
}

func (s *services) keepBench(ctx context.Context, summary learning.Summary) error {
	doc, err := json.Marshal(summary)
	if err != nil {
		return err
	}
	_, err = s.store.KeepSummary(ctx, learning.KeptSummary{User: summary.User, Revision: 1, Through: summary.Through, Basis: "bench", Document: doc})
	return err
}

// benchSummary makes up what a trainee has shown: something of every module and
// of every outcome, as large as a summary becomes.
func (s *services) benchSummary(random *rand.Rand, user identity.UserID) learning.Summary {
	ago := func(days int) time.Time { return s.now().Add(-time.Duration(random.IntN(days*24)+1) * time.Hour) }
	score := func() *float64 { f := random.Float64(); return &f }
	summary := learning.Summary{User: user, Through: s.now(), LastActive: ago(30)}
	for _, m := range s.catalogue.Modules {
		sum := learning.ModuleSummary{
			Module: m.Slug, Steps: 2*len(m.Lessons) + 1, Lessons: len(m.Lessons), Complete: random.IntN(3) > 0, CheckAttempts: 1 + random.IntN(4),
			CheckBest: score(), Pretest: score(), FirstCheck: score(), LessonsPassed: make(map[curriculum.LessonSlug]time.Time),
		}
		if sum.Share = random.Float64(); sum.Complete {
			sum.Share, sum.LessonsComplete, sum.CheckPassed = 1, sum.Lessons, true
		}
		for _, l := range m.Lessons {
			sum.LessonsPassed[l.Slug] = ago(180)
			sum.Done = append(sum.Done, ago(180), ago(180))
			for _, o := range l.Outcomes {
				memory := retention.Memory{Stability: 2 + 100*random.Float64(), Difficulty: 1 + 9*random.Float64(), ReviewedAt: ago(180)}
				summary.Outcomes = append(summary.Outcomes, learning.OutcomeSummary{
					Outcome: o.ID, Answers: 1 + random.IntN(12), Evidence: 1 - random.Float64()/3, Memory: memory, Failures: random.IntN(12) / 11 * 2,
				})
			}
		}
		summary.Modules = append(summary.Modules, sum)
	}
	for _, e := range s.catalogue.Exams {
		summary.Exams = append(summary.Exams, learning.ExamSummary{Exam: e.Slug, Attempts: 1, Best: score()})
	}
	return summary
}
