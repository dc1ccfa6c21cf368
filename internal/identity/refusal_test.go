package identity_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/identity"
)

// refusals gives the entries of wrong sign-ins and blocks.
func (g *gate) refusals(t *testing.T) []string {
	t.Helper()
	entries, err := g.store.AuditEntries(t.Context(), 0, 1000)
	must(t, err)
	list := []string{}
	for _, e := range entries {
		if strings.Contains(e.Object+e.Detail, address) || strings.Contains(e.Object+e.Detail, "nobody") {
			t.Errorf("entry %+v names an address or what was typed", e)
		}
		if e.Action == identity.ActionRefuse || e.Action == identity.ActionBlock {
			list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", e.Actor, e.Action, e.Object, e.Detail)))
		}
	}
	return list
}

// TestWrongSignInsAreTold: of a flood of wrong passwords and codes the trail
// tells the first and the block, once for each window; of an account that is
// not there nothing, as its name may be a password.
func TestWrongSignInsAreTold(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	anna := g.register(t, "anna")
	wrong := func(username, from string, times int) {
		t.Helper()
		for range times {
			if _, err := g.SignIn(t.Context(), username, "wrong", from); err == nil {
				t.Fatal("a wrong password signs in")
			}
		}
	}
	wrong("anna", address, 20)
	wrong("nobody", address, 20)
	first, block := "system session.refuse "+string(anna.ID), "system session.block "+string(anna.ID)
	want := []string{first + ` {"failures":1}`, block + ` {"failures":8}`}
	if diff := cmp.Diff(want, g.refusals(t)); diff != "" {
		t.Errorf("after a flood (-want +got):\n%s", diff)
	}
	g.now = g.now.Add(time.Hour)
	if _, err := g.SignInByCode(t.Context(), "anna", "2222-2222-2222", password, address); err == nil {
		t.Fatal("a wrong code signs in")
	}
	if diff := cmp.Diff(append(want, first+` {"failures":1}`), g.refusals(t)); diff != "" {
		t.Errorf("after a wrong code in the next window (-want +got):\n%s", diff)
	}
}

// TestBlockedAddressIsTold, and not which.
func TestBlockedAddressIsTold(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	for range 70 {
		must(t, g.Failed(t.Context(), address))
	}
	want := []string{`system session.block  {"failures":60}`}
	if diff := cmp.Diff(want, g.refusals(t)); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}

// TestForget: what tells of past sign-ins goes when it has been over for long
// enough, who is signed in stays so, and the trail says how much went.
func TestForget(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	anna := g.user(t)
	const keep = 30 * 24 * time.Hour
	ended, idle := g.begin(t, anna), g.begin(t, anna)
	_, err := g.SignOut(t.Context(), ended.Refresh)
	must(t, err)
	must(t, g.Failed(t.Context(), address))
	g.now = g.now.Add(keep)
	here := g.begin(t, anna)
	must(t, g.Forget(t.Context(), keep)) // a moment too early
	has := func(s identity.SignedIn, want bool) {
		t.Helper()
		if _, _, err := g.store.Session(t.Context(), s.Session); (err == nil) != want {
			t.Errorf("session %s is there: %v, want %v", s.Session, err == nil, want)
		}
	}
	has(ended, true)
	g.now = g.now.Add(time.Microsecond)
	must(t, g.Forget(t.Context(), keep))
	has(ended, false)
	has(idle, true) // it ran out a moment ago
	g.now = g.now.Add(identity.Idle - 2*time.Microsecond)
	here, err = g.Refresh(t.Context(), here.Refresh)
	must(t, err)
	g.now = g.now.Add(2 * time.Microsecond)
	must(t, g.Forget(t.Context(), keep))
	must(t, g.Forget(t.Context(), keep)) // nothing is left to do
	has(idle, false)
	if _, err = g.Refresh(t.Context(), here.Refresh); err != nil {
		t.Errorf("who was signed in cannot go on: %v", err)
	}
	var got []string
	entries, err := g.store.AuditEntries(t.Context(), 0, 100)
	must(t, err)
	for _, e := range entries {
		if e.Action == identity.ActionForget {
			got = append(got, e.Detail)
		}
	}
	want := []string{`{"sessions":1,"tokens":1,"throttles":1,"codes":0}`, `{"sessions":1,"tokens":1,"throttles":0,"codes":0}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}
