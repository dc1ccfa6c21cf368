package identity_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/store"
)

const (
	password = "three slow yellow lorries"
	address  = "203.0.113.7"
)

// gate is the service on a SQLite file of its own, with a clock that stands
// still until it is moved.
type gate struct {
	*identity.Service
	store *store.Store
	now   time.Time
	ids   int
}

func newGate(t *testing.T) *gate {
	t.Helper()
	g := &gate{now: time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)}
	kept, err := store.Open(t.Context(), store.Config{URL: filepath.Join(t.TempDir(), "muster.db")})
	must(t, err)
	t.Cleanup(func() { must(t, kept.Close(context.Background())) })
	hasher := identity.NewHasher()
	g.store = kept
	g.Service = &identity.Service{
		Store: kept, Hasher: hasher, Now: func() time.Time { return g.now }, Secret: []byte("0123456789abcdef0123456789abcdef"),
		NewID: func() string { g.ids++; return fmt.Sprintf("id-%d", g.ids) },
	}
	return g
}

func (g *gate) register(t *testing.T, username string) identity.User {
	t.Helper()
	u, err := g.Register(t.Context(), identity.Registration{Username: username, Password: password, Name: username, Role: identity.Trainee}, audit.System)
	must(t, err)
	return u
}

// user makes an account without the 30 ms of a password.
func (g *gate) user(t *testing.T) identity.User {
	t.Helper()
	u := identity.User{ID: "anna", Username: "anna", Name: "Anna", Role: identity.Trainee, Locale: "en", PasswordHash: "-", CreatedAt: g.now}
	must(t, g.store.CreateUser(t.Context(), u, identity.CreateEntry(u, audit.System)))
	return u
}

// begin signs somebody in without the password's 30 ms.
func (g *gate) begin(t *testing.T, u identity.User) identity.SignedIn {
	t.Helper()
	signed, err := g.Begin(t.Context(), u)
	must(t, err)
	return signed
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, doing string, err error, want string) {
	t.Helper()
	if errs.CodeOf(err) != want || want == "" && err != nil {
		t.Errorf("%s = %v, want code %q", doing, err, want)
	}
}

func TestRegister(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	u := g.register(t, "Anna.B")
	if u.Locale != "en" || u.PasswordHash == password || u.Username != "Anna.B" {
		t.Errorf("registered %+v, want English, a hash and the username as typed", u)
	}
	good := identity.Registration{Username: "boris", Password: password, Name: "Boris", Role: identity.Trainer, Locale: "ru"}
	tests := map[string]struct {
		change func(*identity.Registration)
		want   string
	}{
		"in order":                 {func(*identity.Registration) {}, ""},
		"taken":                    {func(r *identity.Registration) { r.Username = "Anna.B" }, "username_taken"},
		"taken in other capitals":  {func(r *identity.Registration) { r.Username = " aNNa.b " }, "username_taken"},
		"a bad username":           {func(r *identity.Registration) { r.Username = "a b" }, "invalid"},
		"no name":                  {func(r *identity.Registration) { r.Name = " " }, "invalid"},
		"a bad address":            {func(r *identity.Registration) { r.Email = "boris" }, "invalid"},
		"a language not on offer":  {func(r *identity.Registration) { r.Locale = "tlh" }, "invalid"},
		"no role":                  {func(r *identity.Registration) { r.Role = "" }, "invalid"},
		"a role that is not":       {func(r *identity.Registration) { r.Role = "root" }, "invalid"},
		"a short password":         {func(r *identity.Registration) { r.Password = "short" }, "weak_password"},
		"the username as password": {func(r *identity.Registration) { r.Username, r.Password = "Colonel.Boris", "colonel.boris1" }, "weak_password"},
	}
	for name, test := range tests {
		r := good
		test.change(&r)
		_, err := g.Register(t.Context(), r, audit.System)
		wantCode(t, "Register "+name, err, test.want)
	}
	entries, err := g.store.AuditEntries(t.Context(), 0, 10)
	must(t, err)
	if len(entries) != 2 || entries[0].Action != identity.ActionCreate || entries[0].Object != string(u.ID) || entries[0].Detail != "trainee" {
		t.Errorf("audit = %+v, want one entry for each of the two accounts", entries)
	}
}

// TestSignInTellsNothing: a wrong password, an unknown and a suspended user
// are refused in the same words.
func TestSignInTellsNothing(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	u := g.register(t, "anna")
	suspended := u
	suspended.ID, suspended.Username, suspended.SuspendedAt = "gone", "gone", &g.now
	must(t, g.store.CreateUser(t.Context(), suspended, identity.CreateEntry(suspended, audit.System)))
	var refusals []error
	for _, try := range [][2]string{{"anna", "wrong"}, {"nobody", password}, {"gone", password}, {"", ""}} {
		_, err := g.SignIn(t.Context(), try[0], try[1], address)
		wantCode(t, fmt.Sprintf("SignIn of %q", try[0]), err, "wrong_credentials")
		refusals = append(refusals, err)
	}
	for _, err := range refusals {
		if err.Error() != refusals[0].Error() || errs.KindOf(err) != errs.Unauthenticated {
			t.Errorf("refusal %q differs from %q", err, refusals[0])
		}
	}
	signed, err := g.SignIn(t.Context(), " ANNA ", password, address)
	must(t, err)
	actor, user, err := g.Authenticate(t.Context(), signed.Session)
	must(t, err)
	want := identity.Actor{ID: u.ID, Role: identity.Trainee, Session: signed.Session}
	if actor != want || user.ID != u.ID || len(signed.Refresh) < 40 {
		t.Errorf("actor = %+v, token of %d characters, want %+v", actor, len(signed.Refresh), want)
	}
}

func TestThrottledAccount(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.register(t, "anna")
	try := func(name, secret, from string) error {
		_, err := g.SignIn(t.Context(), name, secret, from)
		return err
	}
	for range 7 {
		wantCode(t, "a wrong password", try("anna", "wrong", address), "wrong_credentials")
	}
	must(t, try("anna", password, address)) // forgives them
	for range 8 {
		wantCode(t, "a wrong password", try("anna", "wrong", address), "wrong_credentials")
	}
	for _, name := range []string{"anna", "ANNA"} {
		err := try(name, password, "198.51.100.1")
		wantCode(t, "the right password of a blocked account", err, "throttled")
		if errs.KindOf(err) != errs.TooMany {
			t.Errorf("throttled = kind %d, want TooMany", errs.KindOf(err))
		}
	}
	g.now = g.now.Add(30*time.Second - 1)
	wantCode(t, "just before the block ends", try("anna", password, address), "throttled")
	g.now = g.now.Add(1)
	must(t, try("anna", password, address))
}

// TestThrottledAddress: who guesses from one address is stopped whatever names
// they try; others in the camp are not held up by a few.
func TestThrottledAddress(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	for n := range 60 {
		must(t, g.Admit(t.Context(), address))
		must(t, g.Failed(t.Context(), address))
		if n == 58 {
			must(t, g.Admit(t.Context(), address))
		}
	}
	wantCode(t, "the 61st", g.Admit(t.Context(), address), "throttled")
	_, err := g.SignIn(t.Context(), "anna", password, address)
	wantCode(t, "signing in from there", err, "throttled")
	must(t, g.Admit(t.Context(), "198.51.100.1"))
}

// TestRefresh presents tokens of one session, by their place in the chain of
// successors, each a while after the one before.
func TestRefresh(t *testing.T) {
	t.Parallel()
	const ended = -1
	type use struct {
		token int
		after time.Duration
		gives int // the place of the token that comes back, or ended
	}
	tests := map[string][]use{
		"each gives the next":                        {{0, time.Hour, 1}, {1, time.Hour, 2}, {2, time.Hour, 3}},
		"a lost reply is repeated":                   {{0, time.Hour, 1}, {0, identity.Retry, 1}, {1, time.Hour, 2}},
		"many times":                                 {{0, time.Hour, 1}, {0, 1, 1}, {0, 1, 1}, {0, 1, 1}},
		"too late for a repetition, all is ended":    {{0, time.Hour, 1}, {0, identity.Retry + 1, ended}, {1, 0, ended}},
		"after the successor was used, all is ended": {{0, time.Hour, 1}, {1, 1, 2}, {0, 1, ended}, {2, 1, ended}},
		"the thief first: the owner ends it":         {{0, time.Hour, 1}, {1, time.Hour, 2}, {0, time.Hour, ended}, {2, 0, ended}, {1, 0, ended}},
		"idle for as long as allowed":                {{0, identity.Idle, 1}},
		"idle for longer":                            {{0, identity.Idle + 1, ended}},
		"busy, but beyond the absolute lifetime":     {{0, identity.Idle, 1}, {1, identity.Idle, 2}, {2, identity.Idle, 3}, {3, time.Second, ended}},
		"a token that nobody was given":              {{7, 0, ended}, {0, 0, 1}},
	}
	for name, uses := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGate(t)
			u := g.user(t)
			signed := g.begin(t, u)
			chain := map[int]string{0: signed.Refresh, 7: "made up"}
			for i, use := range uses {
				g.now = g.now.Add(use.after)
				next, err := g.Refresh(t.Context(), chain[use.token])
				if use.gives == ended {
					wantCode(t, fmt.Sprintf("use %d", i+1), err, "session_expired")
					continue
				}
				must(t, err)
				if known, ok := chain[use.gives]; ok && known != next.Refresh || next.Session != signed.Session || next.User.ID != u.ID {
					t.Errorf("use %d gives %+v, want token %d", i+1, next, use.gives)
				}
				chain[use.gives] = next.Refresh
			}
			seen := map[string]bool{}
			for _, token := range chain {
				if seen[token] {
					t.Error("two tokens of the chain are the same")
				}
				seen[token] = true
			}
		})
	}
}

// TestReuseIsRecorded: a stolen token ends its own session, no other, and is
// in the audit trail; the access that the session gave ends too.
func TestReuseIsRecorded(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	u := g.user(t)
	stolen, other := g.begin(t, u), g.begin(t, u)
	_, err := g.Refresh(t.Context(), stolen.Refresh)
	must(t, err)
	g.now = g.now.Add(time.Hour)
	for range 3 {
		_, err = g.Refresh(t.Context(), stolen.Refresh)
		wantCode(t, "Refresh with a stolen token", err, "session_expired")
	}
	_, _, err = g.Authenticate(t.Context(), stolen.Session)
	wantCode(t, "Authenticate of the ended session", err, "session_expired")
	_, _, err = g.Authenticate(t.Context(), other.Session)
	must(t, err)
	_, err = g.Refresh(t.Context(), other.Refresh)
	must(t, err)
	g.wantAudit(t, identity.ActionReuse, string(stolen.Session), 1)
}

// wantAudit counts the entries of an action on an object.
func (g *gate) wantAudit(t *testing.T, action audit.Action, object string, want int) {
	t.Helper()
	entries, err := g.store.AuditEntries(t.Context(), 0, 100)
	must(t, err)
	n := 0
	for _, e := range entries {
		if e.Action == action && e.Object == object {
			n++
		}
	}
	if n != want {
		t.Errorf("%d audit entries %s %s, want %d", n, action, object, want)
	}
}

func TestSuccessorsNeedTheSecret(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	signed := g.begin(t, g.user(t))
	first, err := g.Refresh(t.Context(), signed.Refresh)
	must(t, err)
	g.Secret = []byte("another secret of thirty-two bytes!")
	second, err := g.Refresh(t.Context(), signed.Refresh) // a repetition derives the successor anew
	must(t, err)
	if first.Refresh == second.Refresh {
		t.Error("the successor of a token follows without the secret")
	}
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	signed := g.begin(t, g.user(t))
	next, err := g.Refresh(t.Context(), signed.Refresh)
	must(t, err)
	for range 2 {
		session, err := g.SignOut(t.Context(), next.Refresh)
		if session != signed.Session || err != nil {
			t.Errorf("SignOut = %s, %v, want %s", session, err, signed.Session)
		}
	}
	g.wantAudit(t, identity.ActionSignOut, string(signed.Session), 1)
	_, err = g.Refresh(t.Context(), next.Refresh)
	wantCode(t, "Refresh after signing out", err, "session_expired")
	_, _, err = g.Authenticate(t.Context(), signed.Session)
	wantCode(t, "Authenticate after signing out", err, "session_expired")
	if session, err := g.SignOut(t.Context(), "made up"); session != "" || err != nil {
		t.Errorf("SignOut of no token = %q, %v, want nothing", session, err)
	}
	_, _, err = g.Authenticate(t.Context(), "no session")
	wantCode(t, "Authenticate without session", err, "session_expired")
}

func TestSuspendedWhileSignedIn(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	u := g.user(t)
	u.ID, u.Username, u.SuspendedAt = "gone", "gone", &g.now
	must(t, g.store.CreateUser(t.Context(), u, identity.CreateEntry(u, audit.System)))
	signed := g.begin(t, u)
	_, _, err := g.Authenticate(t.Context(), signed.Session)
	wantCode(t, "Authenticate of a suspended user", err, "session_expired")
	_, err = g.Refresh(t.Context(), signed.Refresh)
	wantCode(t, "Refresh of a suspended user", err, "session_expired")
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	const fresh = "seven green paper boats"
	u := g.register(t, "anna")
	here, there := g.begin(t, u), g.begin(t, u)
	actor := identity.Actor{ID: u.ID, Session: here.Session}
	_, err := g.ChangePassword(t.Context(), actor, "wrong", fresh, address)
	wantCode(t, "with a wrong password", err, "invalid")
	_, err = g.ChangePassword(t.Context(), actor, password, "short", address)
	wantCode(t, "to a short one", err, "weak_password")
	_, err = g.ChangePassword(t.Context(), actor, password, password, address)
	wantCode(t, "to the same", err, "invalid")
	_, _, err = g.Authenticate(t.Context(), there.Session)
	must(t, err)

	signed, err := g.ChangePassword(t.Context(), actor, password, fresh, address)
	must(t, err)
	_, _, err = g.Authenticate(t.Context(), signed.Session)
	must(t, err)
	for _, old := range []identity.SignedIn{here, there} {
		_, _, err = g.Authenticate(t.Context(), old.Session)
		wantCode(t, "Authenticate of a session before the change", err, "session_expired")
		_, err = g.Refresh(t.Context(), old.Refresh)
		wantCode(t, "Refresh of a session before the change", err, "session_expired")
	}
	_, err = g.SignIn(t.Context(), "anna", password, address)
	wantCode(t, "SignIn with the old password", err, "wrong_credentials")
	_, err = g.SignIn(t.Context(), "anna", fresh, address)
	must(t, err)
	g.wantAudit(t, identity.ActionPassword, string(u.ID), 1)
}

// TestGuessingTheCurrentPassword: an unlocked phone is no way around the throttle.
func TestGuessingTheCurrentPassword(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	u := g.register(t, "anna")
	actor := identity.Actor{ID: u.ID, Session: g.begin(t, u).Session}
	for range 8 {
		_, err := g.ChangePassword(t.Context(), actor, "wrong", "seven green paper boats", address)
		wantCode(t, "a guess", err, "invalid")
	}
	_, err := g.ChangePassword(t.Context(), actor, password, "seven green paper boats", address)
	wantCode(t, "the ninth", err, "throttled")
}

// crowd fails at an account for others, once the service has looked whether
// anything is blocked.
type crowd struct {
	identity.Store
	looks int
	fail  func()
}

func (c *crowd) Throttle(ctx context.Context, key string) (identity.Throttle, error) {
	throttle, err := c.Store.Throttle(ctx, key)
	if c.looks++; c.looks == 2 { // the account and the address
		c.fail()
	}
	return throttle, err
}

// TestThrottledMeanwhile: of many tries at once, those that are let in together
// tell nothing once the first have blocked the account.
func TestThrottledMeanwhile(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	u := g.register(t, "anna")
	signed := g.begin(t, u)
	others := g.Store
	crowded := func() {
		g.Store = &crowd{Store: others, fail: func() {
			blocked := identity.Throttle{Failures: 8, Since: g.now, BlockedUntil: g.now.Add(time.Minute)}
			must(t, others.UpdateThrottle(t.Context(), "account:anna", func(identity.Throttle) (identity.Throttle, []audit.Entry) { return blocked, nil }))
		}}
	}
	for _, try := range []string{password, "wrong"} {
		crowded()
		_, err := g.SignIn(t.Context(), "anna", try, address)
		wantCode(t, "SignIn with "+try, err, "throttled")
		g.now = g.now.Add(time.Hour)
	}
	crowded()
	_, err := g.ChangePassword(t.Context(), identity.Actor{ID: u.ID, Session: signed.Session}, password, "seven green paper boats", address)
	wantCode(t, "ChangePassword", err, "throttled")
}
