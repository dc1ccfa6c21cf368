package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/internal/assessment"
	"muster/internal/identity"
	"muster/internal/learning"
)

func memoryCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"what goes further stays":                 testSummaries,
		"the furthest of many at once stays":      testSummaryRace,
		"summaries of many are read":              testManySummaries,
		"what is out of date is found":            testStaleSummaries,
		"late events and the last deed are known": testActivity,
	}
}

func kept(user identity.UserID, minutes int, basis, document string) learning.KeptSummary {
	return learning.KeptSummary{User: user, Through: started.Add(time.Duration(minutes) * time.Minute), Basis: basis, Document: []byte(document)}
}

// testSummaries: what goes less far never replaces what goes further, and each
// that is kept has the next revision.
func testSummaries(t *testing.T, f *fixture) {
	f.user(t, "other")
	steps := []struct {
		name     string
		keep     learning.KeptSummary
		revision int64
		want     string
	}{
		{"the first", kept(trainee, 5, "v1", "a"), 1, "a"},
		{"further", kept(trainee, 7, "v1", "b"), 2, "b"},
		{"one that was slow", kept(trainee, 6, "v1", "c"), 2, "b"},
		{"as far, on another basis", kept(trainee, 7, "v2", "\x00ü"), 3, "\x00ü"},
	}
	for _, step := range steps {
		must(t, f.KeepSummary(t.Context(), step.keep))
		revisions, err := f.SummaryRevisions(t.Context(), []identity.UserID{trainee, "other", "nobody"})
		must(t, err)
		if diff := cmp.Diff(map[identity.UserID]int64{trainee: step.revision}, revisions); diff != "" {
			t.Errorf("%s: revisions (-want +got):\n%s", step.name, diff)
		}
		got, err := f.KeptSummaries(t.Context(), []identity.UserID{"other", trainee})
		must(t, err)
		if len(got) != 1 || string(got[0].Document) != step.want {
			t.Errorf("%s: KeptSummaries = %+v, want %q", step.name, got, step.want)
		}
	}
	never := learning.KeptSummary{User: "other", Basis: "v1", Document: []byte("{}")} // has begun nothing: through is the zero time
	must(t, f.KeepSummary(t.Context(), never))
	never.Revision = 1
	got, err := f.KeptSummaries(t.Context(), []identity.UserID{"other"})
	must(t, err)
	if diff := cmp.Diff([]learning.KeptSummary{never}, got); diff != "" {
		t.Errorf("KeptSummaries (-want +got):\n%s", diff)
	}
	if none, err := f.KeptSummaries(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("KeptSummaries of nobody = %v, %v", none, err)
	}
}

// testSummaryRace: whoever comes last, the one that goes furthest stays.
func testSummaryRace(t *testing.T, f *fixture) {
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			if err := f.KeepSummary(context.Background(), kept(trainee, n, "v1", fmt.Sprint(n))); err != nil {
				t.Errorf("KeepSummary: %v", err)
			}
		})
	}
	wg.Wait()
	got, err := f.KeptSummaries(t.Context(), []identity.UserID{trainee})
	must(t, err)
	if len(got) != 1 || string(got[0].Document) != "19" {
		t.Errorf("KeptSummaries = %+v, want the one through minute 19", got)
	}
}

// testManySummaries: more users than one statement names.
func testManySummaries(t *testing.T, f *fixture) {
	users := []identity.UserID{trainee}
	for n := range 2100 {
		users = append(users, identity.UserID(fmt.Sprintf("nobody-%d", n)))
	}
	users = append(users, "last")
	f.user(t, "last")
	must(t, f.KeepSummary(t.Context(), kept(trainee, 1, "v1", "a")))
	must(t, f.KeepSummary(t.Context(), kept("last", 1, "v1", "b")))
	got, err := f.KeptSummaries(t.Context(), users)
	must(t, err)
	revisions, err := f.SummaryRevisions(t.Context(), users)
	must(t, err)
	if len(got) != 2 || len(revisions) != 2 {
		t.Errorf("%d summaries and %d revisions, want 2 of each", len(got), len(revisions))
	}
}

// testStaleSummaries: those who have begun and have no summary on the basis.
func testStaleSummaries(t *testing.T, f *fixture) {
	for _, user := range []identity.UserID{"reader", "idle", "fresh", "old"} {
		f.user(t, user)
	}
	f.start(t, trainee, "a1")
	for _, user := range []identity.UserID{"reader", "fresh", "old"} {
		_, err := f.SaveLessonState(t.Context(), user, learning.LessonState{Module: "m", Lesson: "l", ReadShare: 0.5, UpdatedAt: started})
		must(t, err)
	}
	must(t, f.KeepSummary(t.Context(), kept("fresh", 1, "v2", "{}")))
	must(t, f.KeepSummary(t.Context(), kept("old", 1, "v1", "{}")))
	stale, err := f.StaleSummaries(t.Context(), "v2", 10)
	must(t, err)
	want := []identity.UserID{"old", "reader", trainee}
	if diff := cmp.Diff(want, stale, cmpopts.SortSlices(func(a, b identity.UserID) bool { return a < b })); diff != "" {
		t.Errorf("StaleSummaries (-want +got):\n%s", diff)
	}
	if two, err := f.StaleSummaries(t.Context(), "v2", 2); err != nil || !slices.Equal(two, want[:2]) {
		t.Errorf("StaleSummaries, at most 2 = %v, %v", two, err)
	}
}

// testActivity: late events are counted, and that time ran out is nobody's doing.
func testActivity(t *testing.T, f *fixture) {
	f.user(t, "other")
	if got, err := f.Activity(t.Context(), trainee); err != nil || got != (learning.Activity{}) {
		t.Errorf("Activity of one who has done nothing = %+v, %v", got, err)
	}
	f.start(t, trainee, "a1")
	f.start(t, "other", "a2")
	add := func(id assessment.AttemptID, device assessment.DeviceID, kind assessment.EventKind, at time.Duration, standing assessment.Standing) {
		t.Helper()
		must(t, f.Append(t.Context(), id, func(s *assessment.State) (assessment.Change, error) {
			e := next(s, device, kind, nil)
			e.ReceivedAt, e.Standing = started.Add(at), standing
			return assessment.Change{Events: []assessment.Event{e}}, nil
		}))
	}
	add("a1", "phone", assessment.EventAnswer, time.Minute, assessment.LateSync)
	add("a1", "phone", assessment.EventView, 3*time.Minute, assessment.LateSync)
	add("a1", "tablet", assessment.EventAnswer, 2*time.Minute, assessment.AfterSubmit)
	add("a1", assessment.ServerDevice, assessment.EventExpire, time.Hour, assessment.InTime)
	add("a2", "phone", assessment.EventAnswer, 2*time.Hour, assessment.LateSync)
	got, err := f.Activity(t.Context(), trainee)
	must(t, err)
	if diff := cmp.Diff(learning.Activity{LateSyncs: 2, Last: started.Add(3 * time.Minute)}, got); diff != "" {
		t.Errorf("Activity (-want +got):\n%s", diff)
	}
}
