package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/errs"
	"muster/internal/identity"
)

func testUsers(t *testing.T, f *fixture) {
	suspended := started.Add(time.Hour)
	u := identity.User{
		ID: "u1", Username: "Réne.Ü", Name: "Réne “O’Hara” 王", Role: identity.Coordinator, Locale: "fr",
		Email: "rene@example.org", PasswordHash: "$argon2id$x", CreatedAt: started, SuspendedAt: &suspended,
	}
	must(t, f.CreateUser(t.Context(), u, entry("user.create", "u1")))
	got, err := f.UserByName(t.Context(), identity.FoldName(" RÉNE.ü "))
	must(t, err)
	if diff := cmp.Diff(u, got); diff != "" {
		t.Errorf("UserByName differs (-want +got):\n%s", diff)
	}
	double := u
	double.ID, double.Username = "u2", "RÉNE.Ü"
	err = f.CreateUser(t.Context(), double, entry("user.create", "u2"))
	if errs.CodeOf(err) != "username_taken" || errs.KindOf(err) != errs.Conflict {
		t.Errorf("CreateUser under a taken name = %v, want username_taken", err)
	}
	_, err = f.UserByName(t.Context(), "nobody")
	wantKind(t, "UserByName of nobody", err, errs.NotFound)
	f.wantCounts(t, 2, 2)
}

// wantCounts checks how many users and audit entries there are.
func (f *fixture) wantCounts(t *testing.T, users int64, entries int) {
	t.Helper()
	n, err := f.CountUsers(t.Context())
	must(t, err)
	trail, err := f.AuditEntries(t.Context(), 0, 100)
	must(t, err)
	if n != users || len(trail) != entries {
		t.Errorf("%d users and %d audit entries, want %d and %d", n, len(trail), users, entries)
	}
}

// testStrangeText: what no database can look up is the sender's mistake, and
// never an error of the server.
func testStrangeText(t *testing.T, f *fixture) {
	const strange = "an\x00na"
	_, err := f.UserByName(t.Context(), strange)
	wantSenders(t, "UserByName", err)
	_, err = f.CohortByCode(t.Context(), strange)
	wantSenders(t, "CohortByCode", err)
	_, err = f.Attempt(t.Context(), strange)
	wantSenders(t, "Attempt", err)
	wantSenders(t, "Append", f.answer(t.Context(), strange, "phone", `{}`))
	_, _, err = f.Session(t.Context(), strange)
	wantSenders(t, "Session", err)
	err = f.Rotate(t.Context(), strange, func(identity.Refresh) (identity.Rotation, error) { return identity.Rotation{}, nil })
	wantSenders(t, "Rotate", err)
}

func wantSenders(t *testing.T, doing string, err error) {
	t.Helper()
	if kind := errs.KindOf(err); err == nil || kind != errs.NotFound && kind != errs.Invalid {
		t.Errorf("%s with a NUL = %v, want NotFound or Invalid", doing, err)
	}
}

// session starts a session of a user with its first token.
func (f *fixture) session(t *testing.T, id identity.SessionID, user identity.UserID, token string) identity.Session {
	t.Helper()
	s := identity.Session{ID: id, User: user, StartedAt: started, UsedAt: started}
	must(t, f.StartSession(t.Context(), s, token, entry("session.start", string(id))))
	return s
}

func testSessions(t *testing.T, f *fixture) {
	want := f.session(t, "s1", trainee, "token")
	f.session(t, "s2", trainee, "other")
	got, user, err := f.Session(t.Context(), "s1")
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" || user.ID != trainee {
		t.Errorf("Session of %s differs (-want +got):\n%s", user.ID, diff)
	}
	_, _, err = f.Session(t.Context(), "none")
	wantKind(t, "Session that is not there", err, errs.NotFound)
	for n := range 2 { // the second changes nothing
		end := entry("session.end", "s1")
		end.At = started.Add(time.Duration(n+1) * time.Minute)
		must(t, f.EndSession(t.Context(), "s1", end))
	}
	f.wantEnded(t, "s1", started.Add(time.Minute))
	f.wantEnded(t, "s2", time.Time{})
	f.wantCounts(t, 1, 4)
}

// wantEnded checks when a session ended, the zero time where it goes on.
func (f *fixture) wantEnded(t *testing.T, id identity.SessionID, at time.Time) {
	t.Helper()
	s, _, err := f.Session(t.Context(), id)
	must(t, err)
	if at.IsZero() != (s.EndedAt == nil) || s.EndedAt != nil && !s.EndedAt.Equal(at) {
		t.Errorf("session %s ended at %v, want %v", id, s.EndedAt, at)
	}
}

func testNewPassword(t *testing.T, f *fixture) {
	f.user(t, "other")
	f.session(t, "s1", trainee, "t1")
	f.session(t, "s2", trainee, "t2")
	f.session(t, "s3", "other", "t3")
	first := entry("session.end", "s1")
	must(t, f.EndSession(t.Context(), "s1", first))
	change := entry("user.password", string(trainee))
	change.At = started.Add(time.Hour)
	must(t, f.SetPassword(t.Context(), trainee, "new hash", change))
	u, err := f.UserByName(t.Context(), string(trainee))
	must(t, err)
	if u.PasswordHash != "new hash" {
		t.Errorf("hash = %s, want the new one", u.PasswordHash)
	}
	f.wantEnded(t, "s1", first.At) // had ended before
	f.wantEnded(t, "s2", change.At)
	f.wantEnded(t, "s3", time.Time{})
	wantKind(t, "SetPassword of nobody", f.SetPassword(t.Context(), "nobody", "h", change), errs.NotFound)
	f.wantCounts(t, 2, 7)
}

func testRotate(t *testing.T, f *fixture) {
	f.session(t, "s1", trainee, "t0")
	at := started.Add(time.Hour)
	var seen identity.Refresh
	rotate := func(token string, r identity.Rotation, err error) error {
		return f.Rotate(t.Context(), token, func(now identity.Refresh) (identity.Rotation, error) {
			seen = now
			return r, err
		})
	}
	wantKind(t, "Rotate of no token", rotate("none", identity.Rotation{}, nil), errs.NotFound)
	if err := rotate("t0", identity.Rotation{Successor: "t9", At: at}, errRefused); err == nil {
		t.Error("a refused rotation = nil, want the decision's own error")
	}
	must(t, rotate("t0", identity.Rotation{Successor: "t1", At: at}, nil))
	if seen.UsedAt != nil || seen.Successor != "" || seen.Session.ID != "s1" {
		t.Errorf("a fresh token is %+v, want it unused", seen)
	}
	must(t, rotate("t0", identity.Rotation{}, nil))
	want := identity.Refresh{
		Hash: "t0", UsedAt: &at, Successor: "t1",
		Session: identity.Session{ID: "s1", User: trainee, StartedAt: started, UsedAt: at},
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("a used token differs (-want +got):\n%s", diff)
	}
	must(t, rotate("t1", identity.Rotation{Successor: "t2", At: at}, nil))
	must(t, rotate("t0", identity.Rotation{}, nil))
	if !seen.Followed {
		t.Errorf("a token whose successor was used is %+v, want it followed", seen)
	}
	revoke := entry("session.revoke_reused", "s1")
	must(t, rotate("t0", identity.Rotation{At: at, Revoke: &revoke}, nil))
	f.wantEnded(t, "s1", revoke.At)
	f.wantCounts(t, 1, 3)
}

// testRotationRace: a page and its service worker refresh at once with the
// same token, over and over. They share one line of tokens.
func testRotationRace(t *testing.T, f *fixture) {
	people := &identity.Service{Store: f.Store, Now: func() time.Time { return started }, NewID: func() string { return "s1" }, Secret: []byte("secret")}
	signed, err := people.Begin(t.Context(), identity.User{ID: trainee})
	must(t, err)
	const rounds, callers = 4, 8
	token := signed.Refresh
	for range rounds {
		next := make([]string, callers)
		var wg sync.WaitGroup
		for n := range callers {
			wg.Go(func() {
				got, err := people.Refresh(context.Background(), token)
				if err != nil {
					t.Errorf("Refresh beside others: %v", err)
				}
				next[n] = got.Refresh
			})
		}
		wg.Wait()
		for _, one := range next {
			if one != next[0] || one == token {
				t.Fatalf("refreshing at once gives %q", next)
			}
		}
		token = next[0]
	}
	var tokens, unused int
	count := "SELECT COUNT(*), COUNT(*) - COUNT(used_at) FROM refresh_tokens WHERE session_id = 's1'"
	must(t, f.raw(t).QueryRowContext(t.Context(), count).Scan(&tokens, &unused))
	if tokens != rounds+1 || unused != 1 {
		t.Errorf("%d tokens, %d of them unused, want one line of %d with one end", tokens, unused, rounds+1)
	}
	f.wantEnded(t, "s1", time.Time{})
}

func testThrottles(t *testing.T, f *fixture) {
	want := identity.Throttle{Failures: 3, Since: started, BlockedUntil: started.Add(time.Minute)}
	set := func(key string, to identity.Throttle) {
		t.Helper()
		must(t, f.UpdateThrottle(t.Context(), key, func(identity.Throttle) (identity.Throttle, []audit.Entry) {
			return to, []audit.Entry{entry("session.refuse", key)}
		}))
	}
	check := func(key string, want identity.Throttle) {
		t.Helper()
		got, err := f.Throttle(t.Context(), key)
		must(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Throttle %s differs (-want +got):\n%s", key, diff)
		}
	}
	check("a", identity.Throttle{})
	set("a", want)
	set("b", identity.Throttle{Failures: 1, Since: started})
	check("a", want)
	check("b", identity.Throttle{Failures: 1, Since: started})
	set("a", identity.Throttle{})
	check("a", identity.Throttle{})
	check("b", identity.Throttle{Failures: 1, Since: started})
}

// testConcurrentThrottles: guesses that come at once are all counted, also the
// first ones.
func testConcurrentThrottles(t *testing.T, f *fixture) {
	const keys, each = 4, 12
	var wg sync.WaitGroup
	for n := range keys * each {
		wg.Go(func() {
			err := f.UpdateThrottle(context.Background(), fmt.Sprint("account:", n%keys), func(now identity.Throttle) (identity.Throttle, []audit.Entry) {
				return identity.Throttle{Failures: now.Failures + 1, Since: started}, nil
			})
			if err != nil {
				t.Errorf("UpdateThrottle: %v", err)
			}
		})
	}
	wg.Wait()
	for n := range keys {
		got, err := f.Throttle(t.Context(), fmt.Sprint("account:", n))
		must(t, err)
		if got.Failures != each {
			t.Errorf("%d of %d failures were counted", got.Failures, each)
		}
	}
}

// testCodes: a code works once, for its user, until it expires, another is
// issued, the password is changed or they leave the cohort; then the password is
// set and every session has ended.
func testCodes(t *testing.T, f *fixture) {
	f.user(t, "other")
	f.session(t, "s1", trainee, "t1")
	issue := func(user identity.UserID, hash string) {
		t.Helper()
		code := identity.Code{Hash: hash, User: user, CreatedAt: started, ExpiresAt: started.Add(time.Hour)}
		must(t, f.KeepCodes(t.Context(), []identity.Code{code}, []audit.Entry{entry("user.code", string(user))}))
	}
	redeem := func(user identity.UserID, hash string, later time.Duration) error {
		deed := entry("user.redeem_code", string(user))
		deed.At = started.Add(later)
		return f.RedeemCode(t.Context(), user, hash, "hash of "+hash, deed)
	}
	issue(trainee, "first")
	issue("other", "another's")
	issue(trainee, "second")
	wantKind(t, "a code before the newest", redeem(trainee, "first", time.Minute), errs.NotFound)
	wantKind(t, "somebody else's code", redeem(trainee, "another's", time.Minute), errs.NotFound)
	wantKind(t, "no code", redeem(trainee, "none", time.Minute), errs.NotFound)
	wantKind(t, "a code that has expired", redeem(trainee, "second", time.Hour), errs.NotFound)
	f.wantEnded(t, "s1", time.Time{})
	must(t, redeem(trainee, "second", time.Minute))
	f.wantEnded(t, "s1", started.Add(time.Minute))
	wantKind(t, "a code once more", redeem(trainee, "second", 2*time.Minute), errs.NotFound)
	must(t, redeem("other", "another's", time.Minute))
	user, err := f.UserByName(t.Context(), string(trainee))
	must(t, err)
	if user.PasswordHash != "hash of second" {
		t.Errorf("hash = %s, want that of the code", user.PasswordHash)
	}
	must(t, f.KeepCodes(t.Context(), nil, nil))
	issue(trainee, "third")
	must(t, f.SetPassword(t.Context(), trainee, "own", entry("user.password", string(trainee))))
	wantKind(t, "a code from before the password was changed", redeem(trainee, "third", time.Minute), errs.NotFound)
	issue(trainee, "fourth")
	gone := cohort.EnrolmentChange{Users: []identity.UserID{trainee}, Action: cohort.Remove}
	must(t, f.ChangeEnrolments(t.Context(), "c1", gone, started, nil))
	wantKind(t, "a code from before they left the cohort", redeem(trainee, "fourth", time.Minute), errs.NotFound)
	f.wantCounts(t, 2, 11)
}

// testCodesOfIssuer: with a coordinator end, and are counted, the codes that they
// issued to the people of the cohort: none that others issued, of another cohort,
// or that is over already; and none where the removal is refused.
func testCodesOfIssuer(t *testing.T, f *fixture) {
	f.cohort(t, "one")
	f.cohort(t, "two")
	f.join(t, "one", "holds", "others", "used", "old")
	f.join(t, "two", "elsewhere")
	f.user(t, "kofi")
	must(t, f.AddCoordinator(t.Context(), "one", "kofi", entry("cohort.add_coordinator", "one")))
	for user, by := range map[identity.UserID]string{"holds": "kofi", "others": "lena", "used": "kofi", "old": "kofi", "elsewhere": "kofi"} {
		code := identity.Code{Hash: string(user), User: user, IssuedBy: by, CreatedAt: started, ExpiresAt: started.Add(time.Hour)}
		if user == "old" {
			code.ExpiresAt = started.Add(time.Minute)
		}
		must(t, f.KeepCodes(t.Context(), []identity.Code{code}, nil))
	}
	redeem := func(user identity.UserID) error {
		deed := entry("user.redeem_code", string(user))
		deed.At = started.Add(3 * time.Minute)
		return f.RedeemCode(t.Context(), user, string(user), "-", deed)
	}
	must(t, redeem("used"))
	refused := errs.New(errs.Conflict, "last_coordinator", "The last one.")
	remove := func(answer error) (ended int, err error) {
		err = f.RemoveCoordinator(t.Context(), "one", "kofi", started.Add(2*time.Minute), func(_, codes int) (audit.Entry, error) {
			ended = codes
			return entry("cohort.remove_coordinator", "one"), answer
		})
		return ended, err
	}
	if ended, err := remove(refused); ended != 1 || errs.CodeOf(err) != "last_coordinator" {
		t.Errorf("a removal that is refused = %d codes, %v, want 1", ended, err)
	}
	if ended, err := remove(nil); ended != 1 || err != nil { // the one before was undone
		t.Errorf("a removal = %d codes, %v, want 1", ended, err)
	}
	wantKind(t, "a code of who was removed", redeem("holds"), errs.NotFound)
	for _, user := range []identity.UserID{"others", "elsewhere"} {
		must(t, redeem(user))
	}
}
