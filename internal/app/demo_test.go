package app

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/config"
	"muster/internal/demo"
	"muster/internal/readiness"
)

// story opens services on an empty folder and seeds the demo there.
func story(t *testing.T, people int, now func() time.Time) (*services, map[string]*readiness.Snapshot) {
	t.Helper()
	ctx := context.Background()
	c := config.Config{Addr: "127.0.0.1:0", Data: t.TempDir(), LogLevel: "error", LogFormat: "text"}
	s, err := open(ctx, c, slog.New(slog.DiscardHandler), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.store.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	cohorts, err := s.seed(ctx, people, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	snapshots := make(map[string]*readiness.Snapshot, len(cohorts))
	for _, c := range cohorts {
		if snapshots[c.Name], err = s.readiness.Snapshot(ctx, operator(), c.ID); err != nil {
			t.Fatal(err)
		}
	}
	return s, snapshots
}

// between is the fewest and the most people.
type between struct{ least, most int }

func (b between) holds(n int) bool { return b.least <= n && n <= b.most }

// TestDemoTellsItsStory: a visitor of the whole demo sees what it was made to
// show, and it stands on logs and a trail that hold.
func TestDemoTellsItsStory(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole story takes ten seconds and more")
	}
	t.Parallel()
	start := time.Now()
	s, cohorts := story(t, demo.Everybody, time.Now)
	took := time.Since(start)
	t.Logf("seeded in %v", took)
	if took > 2*time.Minute {
		t.Errorf("seeding took %v", took)
	}
	type needs map[readiness.NeedCode]between
	tests := []struct {
		cohort                            string
		people                            int
		ready, lapsing, behind, unstarted between
		needs                             needs // of people
	}{
		{
			"3rd Signals", 36, between{25, 30}, between{3, 7}, between{3, 6}, between{0, 0},
			needs{readiness.NeedCritical: {2, 2}, readiness.NeedStuck: {1, 1}, readiness.NeedLateSync: {1, 1}, readiness.NeedOutcome: {0, 1}},
		},
		{
			demo.JoinableUnit, 54, between{21, 29}, between{7, 12}, between{13, 18}, between{4, 6},
			needs{readiness.NeedOutcome: {9, 10}, readiness.NeedInactive: {5, 6}, readiness.NeedLateSync: {2, 2}, readiness.NeedNeverActive: {5, 5}, readiness.NeedOverdue: {9, 9}},
		},
		{
			"12th Medical Company", 30, between{0, 0}, between{0, 0}, between{18, 22}, between{8, 12},
			needs{readiness.NeedOverdue: {0, 0}, readiness.NeedInactive: {0, 0}, readiness.NeedNeverActive: {10, 10}},
		},
	}
	for _, tt := range tests {
		snapshot := cohorts[tt.cohort]
		if snapshot == nil {
			t.Errorf("there is no %s", tt.cohort)
			continue
		}
		o := snapshot.Overview()
		got := fmt.Sprintf("%s: %d people, %s", tt.cohort, o.People, tell(o.Standings))
		t.Log(got)
		if o.People != tt.people || !tt.ready.holds(o.Standings[readiness.Ready]) || !tt.lapsing.holds(o.Standings[readiness.WillLapse]) ||
			!tt.behind.holds(o.Standings[readiness.Behind]) || !tt.unstarted.holds(o.Standings[readiness.NotStarted]) {
			t.Errorf("%s; want %+v", got, tt)
		}
		for code, want := range tt.needs {
			if n := len(snapshot.People(readiness.Filter{Need: code}, readiness.Sort{})); !want.holds(n) {
				t.Errorf("%s: %d people have the need %s, want %v", tt.cohort, n, code, want)
			}
		}
	}
	stubborn := readiness.Filter{Need: readiness.NeedOutcome, Outcome: "legal-mandates.principles.o2"}
	if n := len(cohorts[demo.JoinableUnit].People(stubborn, readiness.Sort{})); n != 9 {
		t.Errorf("%d people fail to tell impartiality from neutrality, want 9", n)
	}
	if gains := cohorts[demo.JoinableUnit].Overview().Gains; len(gains) == 0 || !gains[0].Told() || gains[0].Low <= 0 {
		t.Errorf("the engineers learned nothing: %+v", gains)
	}
	checkEvidence(t, s, cohorts)
}

// checkEvidence checks the trail, some logs and that certificates were given.
func checkEvidence(t *testing.T, s *services, cohorts map[string]*readiness.Snapshot) {
	t.Helper()
	ctx := context.Background()
	entries, err := s.store.VerifyAudit(ctx)
	if err != nil {
		t.Error(err)
	}
	attempts, certificates := 0, 0
	for _, snapshot := range cohorts {
		for i, m := range snapshot.Members {
			taken, err := s.store.Attempts(ctx, m.ID)
			if err != nil {
				t.Fatal(err)
			}
			attempts += len(taken)
			for _, a := range taken {
				if a.Grade == nil || a.EndedAt.After(s.now()) {
					t.Errorf("attempt %s at %s is open, or ends at %v", a.ID, a.Quiz, a.EndedAt)
				}
			}
			if i%10 == 0 && len(taken) > 0 {
				last := taken[len(taken)-1].ID
				if found, err := s.assessment.Verify(ctx, last); err != nil || found.Problem() != nil {
					t.Errorf("attempt %s of %s: %v, %v", last, m.Name, err, found.Problem())
				}
			}
		}
		held, err := s.store.CohortCredentials(ctx, snapshot.Cohort.ID)
		if err != nil {
			t.Fatal(err)
		}
		certificates += len(held)
	}
	if certificates < 60 {
		t.Errorf("%d people have a certificate", certificates)
	}
	t.Logf("%d attempts, %d audit entries, %d certificates", attempts, entries, certificates)
}

// TestDemoIsTheSameEachTime: two demos made at the same time tell the same.
func TestDemoIsTheSameEachTime(t *testing.T) {
	if testing.Short() {
		t.Skip("two stories take some seconds")
	}
	t.Parallel()
	now := time.Now()
	type line struct {
		cohort, name string
		standing     readiness.Standing
		progress     float64
		reasons      []readiness.ReasonCount
		active       string
	}
	told := func() []line {
		_, cohorts := story(t, 24, func() time.Time { return now })
		var lines []line
		for _, name := range []string{"3rd Signals", demo.JoinableUnit, "12th Medical Company"} {
			for _, m := range cohorts[name].Members {
				lines = append(lines, line{name, m.Name, m.Standing, m.Progress, m.Reasons, m.LastActive.String()})
			}
		}
		return lines
	}
	first, second := told(), told()
	if len(first) != 24 {
		t.Errorf("%d people, want 24", len(first))
	}
	if diff := cmp.Diff(first, second, cmp.AllowUnexported(line{})); diff != "" {
		t.Errorf("another story (-first +second):\n%s", diff)
	}
}

// TestDemoWithoutPeople: the accounts, one cohort and no history; a second
// start changes nothing.
func TestDemoWithoutPeople(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, cohorts := story(t, 0, time.Now)
	o := cohorts[demo.JoinableUnit].Overview()
	if len(cohorts) != 1 || o.People != 2 || o.Standings[readiness.NotStarted] != 2 {
		t.Errorf("%d cohorts, %d people, %s", len(cohorts), o.People, tell(o.Standings))
	}
	again, err := s.seed(ctx, 0, func(int, int) {})
	if err != nil || len(again) != 1 || again[0].ID != cohorts[demo.JoinableUnit].Cohort.ID {
		t.Errorf("the second start: %v, %v", again, err)
	}
}
