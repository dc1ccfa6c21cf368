package api

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/identity"
)

// TestRoster reads a cohort page by page, searched and sorted.
func TestRoster(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, at := w.token(w.bravo()), base+"/cohorts/"+oneCohort+"/members"
	for _, name := range []string{"Zoë Adams", "Émile Roux"} {
		u := identity.User{ID: identity.UserID(w.newID()), Username: "u" + name[:1], Name: name, Role: identity.Trainee, Locale: "en", CreatedAt: w.clock()}
		w.must(w.server.Cohorts.Store.CreateMembers(w.Context(), oneCohort, []identity.User{u}, nil))
	}
	read := func(query, next string, total int, names ...string) Roster {
		t.Helper()
		got := decode[Roster](w.call(http.MethodGet, at+query, token, nil).want(http.StatusOK))
		var found []string
		for _, e := range got.Items {
			found = append(found, e.Name)
		}
		if diff := cmp.Diff(names, found); diff != "" || got.NextCursor != next || got.Total != total {
			t.Errorf("%s: next %q of %d, names (-want +got):\n%s", query, got.NextCursor, got.Total, diff)
		}
		return got
	}
	read("?limit=2", "2", 3, "Émile Roux", "Member")
	read("?limit=2&cursor=2", "", 3, "Zoë Adams")
	read("?sort=-name&limit=1", "1", 3, "Zoë Adams")
	read("?q=ZOE", "", 1, "Zoë Adams")
	read("?state=removed", "", 0)
	member := read("?q=member", "", 1, "Member").Items[0]
	want := Enrolment{User: oneMember, Name: "Member", Username: "member", State: "active", JoinedAt: "2027-01-14T09:30:00Z", HasEmail: true, HasCode: true}
	if diff := cmp.Diff(want, member); diff != "" {
		t.Errorf("enrolment (-want +got):\n%s", diff)
	}
	for _, query := range []string{"?sort=age", "?cursor=x", "?limit=1001", "?state=gone"} {
		w.call(http.MethodGet, at+query, token, nil).want(http.StatusUnprocessableEntity)
	}
}
