package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/credential"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// earned is a credential of the trainee, for an attempt of theirs.
func (f *fixture) earned(t *testing.T, id credential.ID, attempt assessment.AttemptID) credential.Credential {
	t.Helper()
	award := curriculum.Award{Slug: "patrol", Title: "Patrol “Ünïcödé”", Modules: []curriculum.ModuleSlug{"patrol"}, Exam: "patrol.check", Critical: true, ValidMonths: 24}
	_, version, err := curriculum.EncodeAward(award)
	must(t, err)
	return credential.Credential{
		ID: id, Holder: trainee, Award: award, Version: version, Attempt: attempt, PassedAt: started, IssuedAt: started.Add(time.Second),
		ValidUntil: started.AddDate(2, 0, 0), Shown: credential.ShowInitials,
	}
}

func (f *fixture) issue(t *testing.T, c credential.Credential, replaces credential.ID) error {
	t.Helper()
	return f.IssueCredential(t.Context(), c, replaces, entry(credential.ActionIssue, string(c.ID)))
}

// wantCredentials compares all of a trainee's credentials.
func (f *fixture) wantCredentials(t *testing.T, want ...credential.Credential) {
	t.Helper()
	var held []credential.Held
	for _, c := range want {
		held = append(held, credential.Held{Credential: c, Name: "A. Person", Username: string(trainee)})
	}
	got, err := f.Credentials(t.Context(), trainee)
	must(t, err)
	if diff := cmp.Diff(held, got); diff != "" {
		t.Errorf("Credentials (-want +got):\n%s", diff)
	}
}

// testCredentials: a credential comes back as it was issued, is renewed,
// revoked and restored.
func testCredentials(t *testing.T, f *fixture) {
	attempt := f.start(t, trainee, "attempt").ID
	first, second := f.earned(t, "c1", attempt), f.earned(t, "c2", attempt)
	must(t, f.issue(t, first, ""))
	f.wantCredentials(t, first)
	wantKind(t, "a second of the same rule", f.issue(t, second, ""), errs.Conflict)
	f.wantCredentials(t, first)

	must(t, f.issue(t, second, "c1"))
	first.SupersededBy, second.Index = "c2", 1
	f.wantCredentials(t, first, second)
	wantKind(t, "renewing what was renewed", f.issue(t, f.earned(t, "c3", attempt), "c1"), errs.Conflict)

	must(t, f.ShowCredential(t.Context(), "c2", credential.ShowNone, entry(credential.ActionShow, "c2")))
	second.Shown = credential.ShowNone
	second.Revocation = credential.Revocation{At: started.Add(time.Minute), By: audit.System, Reason: "It was graded again."}
	must(t, f.RevokeCredential(t.Context(), "c2", second.Revocation, "c1", entry(credential.ActionRevoke, "c2")))
	first.SupersededBy = ""
	f.wantCredentials(t, first, second)
	again := f.RevokeCredential(t.Context(), "c2", second.Revocation, "", entry(credential.ActionRevoke, "c2"))
	if errs.CodeOf(again) != "revoked" {
		t.Errorf("RevokeCredential again = %v, want Conflict", again)
	}
	wantKind(t, "ShowCredential of none", f.ShowCredential(t.Context(), "none", credential.ShowFull, entry(credential.ActionShow, "none")), errs.NotFound)
	_, err := f.Credential(t.Context(), "none")
	wantKind(t, "Credential of none", err, errs.NotFound)
	for last, want := range map[int][]int{1: {}, 2: {1}, 100: {1}} {
		revoked, err := f.RevokedCredentials(t.Context(), 0, last)
		must(t, err)
		if diff := cmp.Diff(want, append([]int{}, revoked...)); diff != "" {
			t.Errorf("RevokedCredentials before %d (-want +got):\n%s", last, diff)
		}
	}
	entries, err := f.AuditEntries(t.Context(), 0, 100)
	must(t, err)
	written := 0
	for _, e := range entries {
		if e.Object == "c1" || e.Object == "c2" {
			written++
		}
	}
	if written != 4 { // two issued, one shown, one revoked; what was refused left none
		t.Errorf("%d entries in the audit trail, want 4", written)
	}
}

// testConcurrentIssue: of many that issue at once, one does, and each place in
// the list of revocations is given once.
func testConcurrentIssue(t *testing.T, f *fixture) {
	attempt := f.start(t, trainee, "attempt").ID
	const times = 12
	issued := make([]error, times)
	var together sync.WaitGroup
	for i := range times {
		together.Go(func() { issued[i] = f.issue(t, f.earned(t, credential.ID(fmt.Sprint("c", i)), attempt), "") })
	}
	together.Wait()
	refused := 0
	for _, err := range issued {
		if err != nil {
			wantKind(t, "issuing at once", err, errs.Conflict)
			refused++
		}
	}
	held, err := f.Credentials(t.Context(), trainee)
	must(t, errors.Join(err))
	if refused != times-1 || len(held) != 1 || held[0].Index != 0 {
		t.Errorf("%d of %d were refused, %d are held", refused, times, len(held))
	}
}

// testCoordinates: a coordinator answers for whom a cohort of theirs holds now.
func testCoordinates(t *testing.T, f *fixture) {
	f.user(t, "kofi")
	f.user(t, "other")
	f.cohort(t, "c1")
	f.cohort(t, "c2")
	f.join(t, "c1", "a", "b")
	must(t, f.AddCoordinator(t.Context(), "c1", "kofi", entry("cohort.add_coordinator", "c1")))
	must(t, f.ChangeEnrolments(t.Context(), "c1", cohort.EnrolmentChange{Users: []identity.UserID{"b"}, Action: cohort.Remove}, started, nil))
	for _, test := range []struct {
		actor, holder identity.UserID
		want          bool
	}{{"kofi", "a", true}, {"kofi", "b", false}, {"kofi", "other", false}, {"other", "a", false}} {
		got, err := f.Coordinates(t.Context(), test.actor, test.holder)
		must(t, err)
		if got != test.want {
			t.Errorf("Coordinates(%s, %s) = %v, want %v", test.actor, test.holder, got, test.want)
		}
	}
	mine := f.earned(t, "mine", f.start(t, "a", "attempt").ID)
	mine.Holder = "a"
	left := f.earned(t, "left", f.start(t, "b", "another").ID)
	left.Holder = "b"
	must(t, f.issue(t, mine, ""))
	must(t, f.issue(t, left, ""))
	held, err := f.CohortCredentials(t.Context(), "c1")
	must(t, err)
	if len(held) != 1 || held[0].ID != "mine" || held[0].Username != "a" {
		t.Errorf("CohortCredentials = %+v, want the one of a", held)
	}
}

// testKeys: every key that was published stays, the newest first.
func testKeys(t *testing.T, f *fixture) {
	old, young := credential.NewKey(make([]byte, 32)), credential.NewKey([]byte("0123456789abcdef0123456789abcdef"))
	must(t, f.PublishKey(t.Context(), old, started))
	must(t, f.PublishKey(t.Context(), young, started.Add(time.Hour)))
	must(t, f.PublishKey(t.Context(), old, started.Add(2*time.Hour)))
	got, err := f.PublishedKeys(t.Context())
	must(t, err)
	if diff := cmp.Diff([]credential.Key{young, old}, got); diff != "" {
		t.Errorf("PublishedKeys (-want +got):\n%s", diff)
	}
}
