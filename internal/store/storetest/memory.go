package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
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
		"a summary follows the one before it":     testSummaries,
		"of many summaries at once one is kept":   testSummaryRace,
		"summaries of many are read":              testManySummaries,
		"what is out of date is found":            testStaleSummaries,
		"late events and the last deed are known": testActivity,
	}
}

func kept(user identity.UserID, revision int64, basis, document string) learning.KeptSummary {
	return learning.KeptSummary{User: user, Revision: revision, Through: started, Basis: basis, Document: []byte(document)}
}

// keep keeps a summary, and says whether that should be so.
func (f *fixture) keep(t *testing.T, k learning.KeptSummary, want bool) {
	t.Helper()
	if done, err := f.KeepSummary(t.Context(), k); done != want || err != nil {
		t.Errorf("KeepSummary of revision %d = %t, %v, want %t", k.Revision, done, err, want)
	}
}

// testSummaries: each takes the place of the one before it and of no other,
// whatever their times say.
func testSummaries(t *testing.T, f *fixture) {
	f.user(t, "other")
	steps := []struct {
		name     string
		keep     learning.KeptSummary
		revision int64 // that stands then
		want     string
	}{
		{"the first", kept(trainee, 1, "v1", "a"), 1, "a"},
		{"another first", kept(trainee, 1, "v1", "b"), 1, "a"},
		{"the second", kept(trainee, 2, "v1", "c"), 2, "c"},
		{"one that was slow", kept(trainee, 2, "v1", "d"), 2, "c"},
		{"one that was slower", kept(trainee, 1, "v1", "e"), 2, "c"},
		{"one that left one out", kept(trainee, 4, "v1", "f"), 2, "c"},
		{"the third, on another basis", kept(trainee, 3, "v2", "\x00ü"), 3, "\x00ü"},
	}
	for _, step := range steps {
		f.keep(t, step.keep, string(step.keep.Document) == step.want)
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
	never := learning.KeptSummary{User: "other", Revision: 1, Basis: "v1", Document: []byte("{}")} // has begun nothing: through is the zero time
	f.keep(t, never, true)
	got, err := f.KeptSummaries(t.Context(), []identity.UserID{"other"})
	must(t, err)
	if diff := cmp.Diff([]learning.KeptSummary{never}, got); diff != "" {
		t.Errorf("KeptSummaries (-want +got):\n%s", diff)
	}
	if none, err := f.KeptSummaries(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("KeptSummaries of nobody = %v, %v", none, err)
	}
}

// testSummaryRace: of many at once that follow the same one, one is kept.
func testSummaryRace(t *testing.T, f *fixture) {
	var wg sync.WaitGroup
	var done atomic.Int32
	for n := range 20 {
		wg.Go(func() {
			one, err := f.KeepSummary(context.Background(), kept(trainee, 1, "v1", fmt.Sprint(n)))
			if err != nil {
				t.Errorf("KeepSummary: %v", err)
			}
			if one {
				done.Add(1)
			}
		})
	}
	wg.Wait()
	got, err := f.KeptSummaries(t.Context(), []identity.UserID{trainee})
	must(t, err)
	if len(got) != 1 || got[0].Revision != 1 || done.Load() != 1 {
		t.Errorf("KeptSummaries = %+v after %d were kept, want one", got, done.Load())
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
	f.keep(t, kept(trainee, 1, "v1", "a"), true)
	f.keep(t, kept("last", 1, "v1", "b"), true)
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
	f.keep(t, kept("fresh", 1, "v2", "{}"), true)
	f.keep(t, kept("old", 1, "v1", "{}"), true)
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
