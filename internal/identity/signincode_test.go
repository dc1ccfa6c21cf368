package identity_test

import (
	"strings"
	"testing"
	"time"

	"muster/internal/audit"
	"muster/internal/identity"
)

// issue gives somebody a one-time code.
func (g *gate) issue(t *testing.T, u identity.User) string {
	t.Helper()
	issued, err := g.IssueCodes(t.Context(), []identity.UserID{u.ID}, "coordinator")
	must(t, err)
	if len(issued) != 1 || issued[0].User != u.ID || !issued[0].ExpiresAt.Equal(g.now.Add(identity.CodeLifetime)) {
		t.Fatalf("IssueCodes = %+v, want one that holds for 30 days", issued)
	}
	return issued[0].Printed
}

// TestSignInByCode: somebody without a password signs in with a code from
// paper, sets a password and uses that from then on.
func TestSignInByCode(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	u, err := g.PrepareLocked(identity.Registration{Username: "Anna", Name: "Anna", Role: identity.Trainee, Email: "anna@example.org"})
	must(t, err)
	must(t, g.store.CreateUser(t.Context(), u, identity.CreateEntry(u, audit.System)))
	_, err = g.SignIn(t.Context(), "anna", "", address)
	wantCode(t, "SignIn without a password", err, "wrong_credentials")
	printed := g.issue(t, u)
	_, err = g.SignInByCode(t.Context(), "anna", printed, "short", address)
	wantCode(t, "a weak password", err, "weak_password")
	signed, err := g.SignInByCode(t.Context(), " ANNA", strings.ToLower(strings.ReplaceAll(printed, "-", " ")), password, address)
	must(t, err)
	if signed.User.ID != u.ID || signed.User.Email != "anna@example.org" || signed.Refresh == "" {
		t.Errorf("SignInByCode = %+v, want a session of Anna's", signed)
	}
	if _, _, err := g.Authenticate(t.Context(), signed.Session); err != nil {
		t.Errorf("the session of a code = %v, want it to hold", err)
	}
	_, err = g.SignInByCode(t.Context(), "anna", printed, password, address)
	wantCode(t, "the code once more", err, "wrong_code")
	_, err = g.SignIn(t.Context(), "anna", password, address)
	must(t, err)
	entries, err := g.store.AuditEntries(t.Context(), 0, 20)
	must(t, err)
	var deeds []string
	for _, e := range entries {
		if e.Action != identity.ActionRefuse {
			deeds = append(deeds, string(e.Action)+" by "+e.Actor)
		}
		if strings.Contains(e.Detail+e.Object, printed) {
			t.Errorf("the audit trail holds the code: %+v", e)
		}
	}
	want := "user.create by system, user.code by coordinator, user.redeem_code by id-1, session.start by id-1, session.start by id-1"
	if got := strings.Join(deeds, ", "); got != want {
		t.Errorf("audit = %s, want %s", got, want)
	}
}

func TestCodesThatDoNotHold(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	anna, boris := g.register(t, "anna"), g.register(t, "boris")
	first := g.issue(t, anna)
	second := g.issue(t, anna)
	his := g.issue(t, boris)
	tests := map[string][2]string{
		"of before":           {"anna", first},
		"of somebody else":    {"anna", his},
		"of an unknown user":  {"nobody", second},
		"that is none":        {"anna", "日本é\x00"},
		"that is nothing":     {"anna", ""},
		"with a wrong letter": {"anna", "2222-2222-2222"},
	}
	for name, test := range tests {
		g.now = g.now.Add(time.Hour) // out of the throttle's window
		_, err := g.SignInByCode(t.Context(), test[0], test[1], password, address)
		wantCode(t, "a code "+name, err, "wrong_code")
	}
	g.now = g.now.Add(identity.CodeLifetime)
	_, err := g.SignInByCode(t.Context(), "anna", second, password, address)
	wantCode(t, "a code that is too old", err, "wrong_code")
}

// TestGuessingSignInCodes: wrong codes block the account, also for the right one.
func TestGuessingSignInCodes(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	printed := g.issue(t, g.user(t))
	for range 8 {
		_, err := g.SignInByCode(t.Context(), "anna", "2222-2222-2222", password, address)
		wantCode(t, "a guess", err, "wrong_code")
	}
	_, err := g.SignInByCode(t.Context(), "anna", printed, password, "198.51.100.1")
	wantCode(t, "the right code of a blocked account", err, "throttled")
	g.now = g.now.Add(time.Hour)
	_, err = g.SignInByCode(t.Context(), "anna", printed, password, address)
	must(t, err)
}

func TestSuspendedUserWithCode(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	at := g.now
	u := identity.User{ID: "anna", Username: "anna", Name: "Anna", Role: identity.Trainee, Locale: "en", CreatedAt: g.now, SuspendedAt: &at}
	must(t, g.store.CreateUser(t.Context(), u, identity.CreateEntry(u, audit.System)))
	_, err := g.SignInByCode(t.Context(), "anna", g.issue(t, u), password, address)
	wantCode(t, "the code of a suspended user", err, "wrong_code")
}
