package regrade

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"muster/internal/assessment"
	"muster/internal/identity"
	"muster/internal/question"
)

// Preview is what a ruling would do.
type Preview struct {
	Ended   int // attempts that drew the version and have ended
	Open    int // and that are open: they will be graded by the ruling
	Kept    int // of those that have ended: no question would be left, so that the result stays
	Counts      // of those that have ended
	Cohorts []CohortCounts
	Rows    []Row // those whose decision changes first, at most mostRows
}

// CohortCounts is what changes in one cohort. Those with too few people to hide
// in are put together, without a name.
type CohortCounts struct {
	Cohort string
	Ended  int
	people map[identity.UserID]bool
	Counts
}

// Row is a result that would change, of nobody by name.
type Row struct {
	Quiz                      string
	ScoreBefore, ScoreAfter   float64
	PassedBefore, PassedAfter bool
}

// How much a preview shows, and how many people a cohort must have to be shown
// by name.
const (
	mostRows = 200
	hidesIn  = 5
	atOnce   = 200 // attempts that are looked at in one piece
)

// Preview says what a ruling would do, and does nothing.
func (s *Service) Preview(ctx context.Context, actor identity.Actor, in Request) (Preview, error) {
	if err := admit(actor); err != nil {
		return Preview{}, err
	}
	c, err := s.candidate(ctx, actor, in)
	if err != nil {
		return Preview{}, err
	}
	var p Preview
	if p.Ended, p.Open, err = s.Store.CountDrew(ctx, in.Version); err != nil {
		return Preview{}, err
	}
	cohorts := map[string]*CohortCounts{}
	err = s.each(ctx, in.Version, "", func(ids []assessment.AttemptID) error { return s.preview(ctx, c, ids, &p, cohorts) })
	if err != nil {
		return Preview{}, err
	}
	p.Cohorts = hidden(cohorts)
	slices.SortStableFunc(p.Rows, func(a, b Row) int { return cmp.Compare(a.weight(), b.weight()) })
	p.Rows = p.Rows[:min(len(p.Rows), mostRows)]
	return p, nil
}

// weight puts results whose decision changes before the others, and losses first.
func (r Row) weight() int {
	switch {
	case r.PassedBefore && !r.PassedAfter:
		return 0
	case r.PassedAfter && !r.PassedBefore:
		return 1
	}
	return 2
}

// preview looks at some attempts.
func (s *Service) preview(ctx context.Context, c assessment.Candidate, ids []assessment.AttemptID, p *Preview, cohorts map[string]*CohortCounts) error {
	verdicts := make([]assessment.Verdict, 0, len(ids))
	people := make([]identity.UserID, 0, len(ids))
	for _, id := range ids {
		v, err := s.Grader.Try(ctx, id, c)
		if err != nil {
			return err
		}
		verdicts, people = append(verdicts, v), append(people, v.Attempt.Trainee)
	}
	of, err := s.Store.CohortsOf(ctx, people)
	if err != nil {
		return err
	}
	for _, v := range verdicts {
		name := of[v.Attempt.Trainee]
		if cohorts[name] == nil {
			cohorts[name] = &CohortCounts{Cohort: name, people: map[identity.UserID]bool{}}
		}
		cohorts[name].Ended++
		cohorts[name].people[v.Attempt.Trainee] = true
		if v.Kept {
			p.Kept++
		}
		if !p.add(v.Before, v.After) {
			continue
		}
		cohorts[name].add(v.Before, v.After)
		p.Rows = append(p.Rows, Row{
			Quiz: string(v.Attempt.Quiz), ScoreBefore: v.Before.Score(), ScoreAfter: v.After.Score(), PassedBefore: v.Before.Passed, PassedAfter: v.After.Passed,
		})
	}
	return nil
}

// hidden puts cohorts with too few people together.
func hidden(cohorts map[string]*CohortCounts) []CohortCounts {
	var list []CohortCounts
	var others CohortCounts
	for _, c := range cohorts {
		if c.Cohort != "" && len(c.people) >= hidesIn {
			list = append(list, CohortCounts{Cohort: c.Cohort, Ended: c.Ended, Counts: c.Counts})
			continue
		}
		others.Ended += c.Ended
		others.plus(c.Counts)
	}
	slices.SortFunc(list, func(a, b CohortCounts) int { return strings.Compare(a.Cohort, b.Cohort) })
	if others.Ended > 0 {
		list = append(list, others)
	}
	return list
}

func (c *Counts) plus(o Counts) {
	c.Changed, c.Higher, c.Lower, c.Gained, c.Lost = c.Changed+o.Changed, c.Higher+o.Higher, c.Lower+o.Lower, c.Gained+o.Gained, c.Lost+o.Lost
}

// each gives the attempts that drew a version, some at a time.
func (s *Service) each(ctx context.Context, version question.Version, after assessment.AttemptID, do func([]assessment.AttemptID) error) error {
	for {
		ids, err := s.Store.Drew(ctx, version, after, atOnce)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := do(ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}
