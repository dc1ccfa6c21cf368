package storetest

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/identity"
)

func mailCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"a mail is for who can be asked": testAddressees,
		"a mail is claimed once a day":   testClaimMail,
		"what was mailed stays so":       testNotices,
	}
}

// joinByMail makes people with addresses who are enrolled in a cohort.
func (f *fixture) joinByMail(t *testing.T, c cohort.ID, ids ...identity.UserID) {
	t.Helper()
	for _, id := range ids {
		u := identity.User{ID: id, Username: string(id), Name: "王 " + string(id), Role: identity.Trainee, Locale: "en", Email: string(id) + "@example.org", CreatedAt: started}
		must(t, f.CreateMembers(t.Context(), c, []identity.User{u}, nil))
	}
}

// testAddressees: only who has an address, is active in a cohort that is not
// archived, and was not mailed lately.
func testAddressees(t *testing.T, f *fixture) {
	f.cohort(t, "c1")
	f.cohort(t, "c2")
	f.cohort(t, "old")
	f.join(t, "c1", "none")
	f.joinByMail(t, "c1", "a", "b", "left", "moved", "suspended")
	f.joinByMail(t, "old", "archived")
	change := func(a cohort.EnrolmentAction, user identity.UserID, to cohort.ID) {
		t.Helper()
		must(t, f.ChangeEnrolments(t.Context(), "c1", cohort.EnrolmentChange{Users: []identity.UserID{user}, Action: a, To: to}, started, nil))
	}
	change(cohort.Remove, "left", "")
	change(cohort.Move, "moved", "c2")
	change(cohort.Suspend, "suspended", "")
	must(t, f.ChangeCohort(t.Context(), "old", func(c *cohort.Cohort) (audit.Entry, error) {
		c.ArchivedAt = &started
		return entry("cohort.archive", "old"), nil
	}))
	want := func(mailed time.Time, ids ...identity.UserID) {
		t.Helper()
		var people []cohort.Addressee
		for _, id := range ids {
			people = append(people, cohort.Addressee{ID: id, Name: "王 " + string(id), Email: string(id) + "@example.org"})
		}
		got, err := f.Addressees(t.Context(), mailed)
		must(t, err)
		if diff := cmp.Diff(people, got); diff != "" {
			t.Errorf("Addressees (-want +got):\n%s", diff)
		}
	}
	want(started, "a", "b", "moved")
	f.claim(t, "a", started, true)
	want(started.Add(-time.Hour), "a", "b", "moved")
	must(t, f.MarkMailed(t.Context(), "a", started, nil))
	want(started.Add(-time.Hour), "b", "moved")
	want(started, "a", "b", "moved")
}

// claim claims for ten minutes, at most once an hour.
func (f *fixture) claim(t *testing.T, user identity.UserID, at time.Time, want bool) {
	t.Helper()
	got, err := f.ClaimMail(t.Context(), user, at, at.Add(-10*time.Minute), at.Add(-time.Hour))
	must(t, err)
	if got != want {
		t.Errorf("ClaimMail %v later = %t, want %t", at.Sub(started), got, want)
	}
}

// wantClaims makes eight claims of one thing at once, of which one must hold.
func wantClaims(t *testing.T, claim func() bool) {
	t.Helper()
	var claimed atomic.Int32
	var claims sync.WaitGroup
	for range 8 {
		claims.Go(func() {
			if claim() {
				claimed.Add(1)
			}
		})
	}
	claims.Wait()
	if n := claimed.Load(); n != 1 {
		t.Errorf("of 8 claims at once %d hold, want 1", n)
	}
}

func testClaimMail(t *testing.T, f *fixture) {
	wantClaims(t, func() bool {
		ours, err := f.ClaimMail(context.Background(), trainee, started, started.Add(-time.Minute), started.Add(-time.Hour))
		if err != nil {
			t.Error(err)
		}
		return ours
	})
	f.claim(t, trainee, started.Add(9*time.Minute), false)
	f.claim(t, trainee, started.Add(10*time.Minute), true) // whoever claimed it before has died
	must(t, f.MarkMailed(t.Context(), trainee, started.Add(11*time.Minute), nil))
	f.claim(t, trainee, started.Add(70*time.Minute), false)
	f.claim(t, trainee, started.Add(71*time.Minute), true)
	if _, err := f.ClaimMail(t.Context(), "nobody", started, started, started); err == nil {
		t.Error("ClaimMail of nobody = nil, want an error")
	}
}

func testNotices(t *testing.T, f *fixture) {
	f.user(t, "other")
	want := func(user identity.UserID, notices ...cohort.Notice) {
		t.Helper()
		told := make(map[cohort.Notice]bool)
		for _, n := range notices {
			told[n] = true
		}
		got, err := f.Notices(t.Context(), user)
		must(t, err)
		if diff := cmp.Diff(told, got); diff != "" {
			t.Errorf("Notices of %s (-want +got):\n%s", user, diff)
		}
	}
	want(trainee)
	f.claim(t, trainee, started, true)
	must(t, f.MarkMailed(t.Context(), trainee, started, []cohort.Notice{"message/1", "module/王/late"}))
	want(trainee, "message/1", "module/王/late")
	must(t, f.MarkMailed(t.Context(), trainee, started.Add(time.Hour), []cohort.Notice{"message/1", "message/2"})) // after a crash
	want(trainee, "message/1", "message/2", "module/王/late")
	must(t, f.MarkMailed(t.Context(), trainee, started, nil))
	want("other")
	if err := f.MarkMailed(t.Context(), "nobody", started, []cohort.Notice{"message/1"}); err == nil {
		t.Error("MarkMailed of nobody = nil, want an error")
	}
}
