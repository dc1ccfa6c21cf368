package api

import (
	"database/sql"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/identity"
)

// TestAudit: who administers sees what was done, narrowed by each filter, with
// a detail as an object or as a text.
func TestAudit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	chief := w.register("chief", identity.Admin)
	token := w.token(chief)
	unit := w.unit("2027-03-01")
	w.call(http.MethodPatch, base+"/cohorts/"+string(unit.ID), token, CohortPatch{Name: new("Second")}).want(http.StatusOK)
	wantJSON(w.call(http.MethodGet, base+"/audit?actor=Chief&action=cohort", token, nil).want(http.StatusOK), `{"items":[
		{"seq":4,"at":"2027-01-14T09:30:00Z","actor":"`+string(chief.ID)+`","actor_name":"chief","actor_username":"chief","action":"cohort.change",
		 "object":"`+string(unit.ID)+`","object_name":"Second","detail":{"name":"Second"}}]}`)
	list := func(query string) AuditPage {
		t.Helper()
		return decode[AuditPage](w.call(http.MethodGet, base+"/audit"+query, token, nil).want(http.StatusOK))
	}
	if got := string(list("?action=user.create").Items[0].Detail); got != `"admin"` {
		t.Errorf("a detail that is no object is %s, want it as a text", got)
	}
	first := list("?limit=3")
	second := list("?limit=3&cursor=2")
	if len(first.Items) != 3 || first.NextCursor != 2 || len(second.Items) != 1 || second.NextCursor != 0 {
		t.Errorf("the parts are %+v and %+v, want 3 and 1 entries", first, second)
	}
	if got := list("?from=2027-01-14T09:30:00.000001Z"); len(got.Items) != 0 {
		t.Errorf("entries after the last: %+v", got)
	}
	if got := list("?to=2027-01-14T12:30:00.000001%2B03:00"); len(got.Items) != 4 {
		t.Errorf("entries up to the last: %+v", got)
	}
	for _, query := range []string{"?limit=0", "?limit=201", "?cursor=0", "?from=yesterday", "?from=2027-01-14T00:00:00Z&to=2027-01-13T00:00:00Z"} {
		w.call(http.MethodGet, base+"/audit"+query, token, nil).wantCode(http.StatusUnprocessableEntity, "invalid")
	}
	if got := list(""); len(got.Items) != 4 {
		t.Errorf("reading the trail made it %d entries long", len(got.Items))
	}
}

// TestDeniedAccessIsTold: once, with who it was and what they asked for.
func TestDeniedAccessIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	amina := w.register("amina", identity.Trainee)
	token := w.token(amina)
	for range 3 {
		w.call(http.MethodGet, base+"/audit", token, nil).wantCode(http.StatusForbidden, "forbidden")
		w.call(http.MethodGet, base+"/cohorts", token, nil).wantCode(http.StatusForbidden, "forbidden")
	}
	page := decode[AuditPage](w.call(http.MethodGet, base+"/audit?action=access", w.person("chief", identity.Admin), nil))
	var got []string
	for _, e := range page.Items {
		got = append(got, strings.Join([]string{e.ActorUsername, e.Action, e.Object, string(e.Detail)}, " "))
	}
	want := []string{`amina access.deny cohorts {"role":"trainee"}`, `amina access.deny auditTrail {"role":"trainee"}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("denials (-want +got):\n%s", diff)
	}
}

// TestAuditVerification: a chain that holds, and one that somebody cut.
func TestAuditVerification(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("chief", identity.Admin)
	path := base + "/audit/verification"
	wantJSON(w.call(http.MethodGet, path, token, nil).want(http.StatusOK), `{"entries":2,"holds":true}`)
	db, err := sql.Open("sqlite3", w.path)
	w.must(err)
	_, err = db.ExecContext(t.Context(), "UPDATE audit_head SET hash = 'another'")
	w.must(err)
	w.must(db.Close())
	wantJSON(w.call(http.MethodGet, path, token, nil).want(http.StatusOK), `{"entries":1,"holds":false,"broken_at":2}`)
}
