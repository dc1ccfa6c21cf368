package api

import (
	"net/http"
	"strings"
	"testing"

	"muster/internal/identity"
)

// TestErasure: an admin erases somebody by their username, who is then signed
// out and named nowhere; what they did, and the public page of what they
// earned, stays.
func TestErasure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("chief", identity.Admin)
	quill := w.register("quillfeather", identity.Trainee)
	theirs := w.token(quill)
	attempt := w.start(theirs, "ground.check").ID
	w.issue(quill, attempt)
	path := base + "/users/" + string(quill.ID) + "/erasure"

	w.call(http.MethodPost, path, token, ErasureRequest{Username: "chief"}).wantCode(http.StatusUnprocessableEntity, "invalid")
	w.call(http.MethodGet, base+"/me", theirs, nil).want(http.StatusOK)
	for range 2 { // the second time changes nothing
		w.call(http.MethodPost, path, token, ErasureRequest{Username: "Quillfeather"}).want(http.StatusNoContent)
	}
	w.call(http.MethodGet, base+"/me", theirs, nil).want(http.StatusUnauthorized)
	w.call(http.MethodPost, base+"/auth/login", "", Credentials{Username: "quillfeather", Password: password}).wantCode(http.StatusUnauthorized, "wrong_credentials")
	if all := w.dump(); strings.Contains(strings.ReplaceAll(all, "account:quillfeather", ""), "quillfeather") { // what was typed just now
		t.Error("the database still names who was erased")
	}
	public := decode[Verification](w.call(http.MethodGet, base+"/verify/"+oneCredential, "", nil).want(http.StatusOK))
	if public.Holder != "" || public.Status != "valid" {
		t.Errorf("the public page says %+v, want a valid credential of nobody", public)
	}
	entries := decode[AuditPage](w.call(http.MethodGet, base+"/audit?action=user.erase", token, nil).want(http.StatusOK)).Items
	if len(entries) != 1 || entries[0].Object != string(quill.ID) || entries[0].ObjectName != identity.ErasedName {
		t.Errorf("the trail says %+v, want one erasure", entries)
	}
	if found := decode[AuditVerification](w.call(http.MethodGet, base+"/audit/verification", token, nil).want(http.StatusOK)); !found.Holds {
		t.Errorf("the chain breaks at %d", found.BrokenAt)
	}
}

func TestErasureRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	chief := w.register("chief", identity.Admin)
	token := w.token(chief)
	w.bravo()
	tests := map[string]struct {
		user, username string
		status         int
		code           string
	}{
		"oneself": {string(chief.ID), "chief", http.StatusConflict, "own_account"},
		"nobody":  {"nobody", "nobody", http.StatusNotFound, "not_found"},
		"another": {oneMember, "lena", http.StatusUnprocessableEntity, "invalid"},
	}
	for name, test := range tests {
		t.Log(name)
		w.call(http.MethodPost, base+"/users/"+test.user+"/erasure", token, ErasureRequest{Username: test.username}).wantCode(test.status, test.code)
	}
}
