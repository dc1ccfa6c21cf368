package identity_test

import (
	"testing"

	"muster/internal/audit"
	"muster/internal/errs"
	"muster/internal/identity"
)

// chief is an admin who is not in the store, as who works at the command line.
var chief = identity.Actor{ID: audit.System, Role: identity.Admin}

func TestErase(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	u := g.user(t)
	signed := g.begin(t, u)
	must(t, g.Erase(t.Context(), chief, u.ID, " ANNA "))
	if _, _, err := g.Authenticate(t.Context(), signed.Session); errs.CodeOf(err) != "session_expired" {
		t.Errorf("Authenticate = %v, want the session over", err)
	}
	_, err := g.Refresh(t.Context(), signed.Refresh)
	wantCode(t, "Refresh", err, "session_expired")
	for _, name := range []string{"anna", identity.ErasedUsername(u.ID)} {
		_, err := g.SignIn(t.Context(), name, password, address)
		wantCode(t, "SignIn as "+name, err, "wrong_credentials")
	}
	_, user, err := g.store.Session(t.Context(), signed.Session)
	must(t, err)
	want := identity.User{
		ID: u.ID, Username: "erased-anna", Name: identity.ErasedName, Role: u.Role, Locale: u.Locale, CreatedAt: u.CreatedAt, SuspendedAt: &g.now,
	}
	if user.SuspendedAt == nil || !user.SuspendedAt.Equal(*want.SuspendedAt) {
		t.Errorf("suspended at %v, want %v", user.SuspendedAt, want.SuspendedAt)
	}
	if user.SuspendedAt = want.SuspendedAt; user != want {
		t.Errorf("what stays is %+v, want %+v", user, want)
	}
}

// TestEraseAgain changes nothing, and tells nothing.
func TestEraseAgain(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	u := g.user(t)
	must(t, g.Erase(t.Context(), chief, u.ID, "anna"))
	first, err := g.store.AuditEntries(t.Context(), 0, 10)
	must(t, err)
	last := first[len(first)-1]
	if last.Action != identity.ActionErase || last.Object != string(u.ID) || last.Actor != audit.System || last.Detail != "" {
		t.Errorf("the trail says %+v, want who was erased by whom, by id", last)
	}
	must(t, g.Erase(t.Context(), chief, u.ID, "anna"))
	again, err := g.store.AuditEntries(t.Context(), 0, 10)
	must(t, err)
	if len(again) != len(first) {
		t.Errorf("the second time added %+v", again[len(first):])
	}
}

func TestEraseRefusals(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	u := g.user(t)
	boss := identity.User{ID: "boss", Username: "boss", Name: "Boss", Role: identity.Admin, Locale: "en", PasswordHash: "-", CreatedAt: g.now}
	must(t, g.store.CreateUser(t.Context(), boss, identity.CreateEntry(boss, audit.System)))
	tests := map[string]struct {
		actor identity.Actor
		id    identity.UserID
		typed string
		code  string
	}{
		"a trainee":          {identity.Actor{ID: "x", Role: identity.Trainee}, u.ID, "anna", "forbidden"},
		"a trainer":          {identity.Actor{ID: "x", Role: identity.Trainer}, u.ID, "anna", "forbidden"},
		"a coordinator":      {identity.Actor{ID: "x", Role: identity.Coordinator}, u.ID, "anna", "forbidden"},
		"oneself":            {identity.Actor{ID: "boss", Role: identity.Admin}, "boss", "boss", "own_account"},
		"the last admin":     {chief, "boss", "boss", "last_admin"},
		"another's username": {chief, u.ID, "boss", "invalid"},
		"no username":        {chief, u.ID, "", "invalid"},
		"nobody":             {chief, "nobody", "nobody", "not_found"},
	}
	for name, test := range tests {
		wantCode(t, "Erase of "+name, g.Erase(t.Context(), test.actor, test.id, test.typed), test.code)
	}
	second := boss
	second.ID, second.Username = "second", "second"
	must(t, g.store.CreateUser(t.Context(), second, identity.CreateEntry(second, audit.System)))
	must(t, g.Erase(t.Context(), chief, "boss", "boss"))
	wantCode(t, "Erase of who is the last now", g.Erase(t.Context(), chief, "second", "second"), "last_admin")
}
