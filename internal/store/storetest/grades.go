package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"

	"muster/internal/assessment"
)

// jobs starts working and gives the jobs that follow grades as they come.
func (f *fixture) jobs(t *testing.T) <-chan assessment.Graded {
	t.Helper()
	done := make(chan assessment.Graded, 10)
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(_ context.Context, job *river.Job[assessment.Graded]) error {
		done <- job.Args
		return nil
	}))
	must(t, f.StartJobs(t.Context(), workers, nil))
	return done
}

func wantJob(t *testing.T, jobs <-chan assessment.Graded, want assessment.Graded) {
	t.Helper()
	select {
	case got := <-jobs:
		if got != want {
			t.Errorf("job %+v, want %+v", got, want)
		}
	case <-time.After(20 * time.Second):
		t.Errorf("no job came, want %+v", want)
	}
}

func testGrade(t *testing.T, f *fixture) {
	jobs := f.jobs(t)
	a := f.start(t, trainee, "a1")
	must(t, f.answer(t.Context(), a.ID, "phone", `{}`))
	var change assessment.Change
	must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) {
		change = submit(s)
		return change, nil
	}))
	a.Status, a.EndedAt = assessment.Submitted, change.End.At
	got, err := f.Attempt(t.Context(), a.ID)
	must(t, err)
	if diff := cmp.Diff(a, got); diff != "" {
		t.Errorf("Attempt differs (-want +got):\n%s", diff)
	}
	grades, err := f.Grades(t.Context(), a.ID)
	must(t, err)
	if diff := cmp.Diff([]assessment.Grade{*change.Grade}, grades); diff != "" {
		t.Errorf("Grades differ (-want +got):\n%s", diff)
	}
	entries, err := f.AuditEntries(t.Context(), 0, 10)
	must(t, err)
	if last := entries[len(entries)-1]; last.Object != string(a.ID) || last.Action != "attempt.grade" {
		t.Errorf("last audit entry is %+v, want the grade", last)
	}
	wantJob(t, jobs, assessment.Graded{Attempt: a.ID, Grade: 1})
}

func testHalfGrade(t *testing.T, f *fixture) {
	a := f.start(t, trainee, "a1")
	err := f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) {
		change := submit(s)
		change.Events = append(change.Events, change.Events[0]) // the unique index refuses it
		return change, nil
	})
	if err == nil {
		t.Error("Append of the same event twice = nil, want an error")
	}
	f.wantOpenWith(t, a.ID, 1)
	entries, err := f.AuditEntries(t.Context(), 0, 10)
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("%d audit entries, want only the user's", len(entries))
	}
	jobs := f.jobs(t)
	must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) { return submit(s), nil }))
	wantJob(t, jobs, assessment.Graded{Attempt: a.ID, Grade: 1})
	if len(jobs) != 0 {
		t.Errorf("a job came for the grade that is none: %+v", <-jobs)
	}
}

func testHeldGrade(t *testing.T, f *fixture) {
	a := f.start(t, trainee, "a1")
	must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) { return submit(s), nil }))
	must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) {
		regrade := *submit(s).Grade
		regrade.Passed, regrade.Points, regrade.CriticalFailures, regrade.Reason = true, 2, nil, "key was wrong"
		return assessment.Change{Grade: &regrade}, nil
	}))
	f.start(t, trainee, "a2")
	attempts, err := f.Attempts(t.Context(), trainee)
	must(t, err)
	if len(attempts) != 2 || attempts[0].ID != "a1" || attempts[1].Grade != nil {
		t.Fatalf("Attempts = %+v, want a1 and the ungraded a2", attempts)
	}
	if g := attempts[0].Grade; g == nil || g.Number != 2 || !g.Passed || g.Reason != "key was wrong" || g.CriticalFailures != nil {
		t.Errorf("grade of a1 = %+v, want the second", g)
	}
}

func testEndsOnce(t *testing.T, f *fixture) {
	a := f.start(t, trainee, "a1")
	must(t, f.Append(t.Context(), a.ID, func(s *assessment.State) (assessment.Change, error) { return submit(s), nil }))
	err := f.Append(t.Context(), a.ID, func(*assessment.State) (assessment.Change, error) {
		return assessment.Change{End: &assessment.End{Status: assessment.Expired, At: started}}, nil
	})
	if err == nil {
		t.Error("ending a submitted attempt = nil, want an error")
	}
	got, err := f.Attempt(t.Context(), a.ID)
	must(t, err)
	if got.Status != assessment.Submitted {
		t.Errorf("status = %s, want submitted", got.Status)
	}
}
