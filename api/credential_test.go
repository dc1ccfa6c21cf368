package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/credential"
	"muster/internal/identity"
)

// oneCredential is the id that fill puts into paths; issue makes it.
const oneCredential = "5b0f6f3e-7c52-4f0e-9a54-0d2a6a1f4b11"

// issue gives somebody the credential that fill names.
func (w *world) issue(holder identity.User, attempt string) {
	w.Helper()
	award := w.catalogue.Awards[0]
	c := credential.Credential{
		ID: oneCredential, Holder: holder.ID, Award: award, Attempt: assessment.AttemptID(attempt), PassedAt: w.clock(), IssuedAt: w.clock(),
		ValidUntil: w.clock().AddDate(2, 0, 0), Shown: credential.ShowInitials,
	}
	entry := audit.Entry{At: w.clock(), Actor: audit.System, Action: credential.ActionIssue, Object: oneCredential}
	w.must(w.server.Credentials.Store.IssueCredential(w.Context(), c, "", entry))
}

// TestEarned walks from the first quiz to a revoked credential, with the whole
// of every reply.
func TestEarned(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	chief := w.register("chief", identity.Coordinator)
	unit, amina := w.coordinated(chief)
	token, boss := w.token(amina), w.token(chief)
	goal := func(check, exam string) string {
		return `"goals":[{"rule":"grounded","title":"Grounded","description":"The holder knows the ground.","criteria":"Pass the check and the exam.","valid_months":24,
			"steps":[{"quiz":"ground.check","title":"ground.check","module":"ground","passed":` + check + `},
			{"quiz":"ground.never","title":"ground.never","module":"ground","passed":` + exam + `}]}]`
	}
	wantJSON(w.call("GET", base+"/me/credentials", token, nil).want(http.StatusOK), `{"items":[],`+goal("false", "false")+`}`)
	w.pass(token, "ground.check")
	w.pass(token, "ground.never")
	w.must(w.server.Credentials.FollowTrainee(t.Context(), amina.ID))
	id := decode[CredentialList](w.call("GET", base+"/me/credentials", token, nil).want(http.StatusOK)).Items[0].ID
	words := func(status, shown, name, more string) string {
		return `"id":"` + id + `","title":"Grounded","description":"The holder knows the ground.","criteria":"Pass the check and the exam.",
			"status":"` + status + `","issued_at":"2027-01-14T09:30:00Z","valid_until":"2029-01-14T09:30:00Z","show_name":"` + shown + `",` + name + more
	}
	own := func(status, shown, name, more string) string {
		return words(status, shown, `"shown_name":"`+name+`",`, `"rule":"grounded","verify_url":"https://muster.test/verify/`+id+`"`+more)
	}
	wantJSON(w.call("GET", base+"/me/credentials", token, nil), `{"items":[{`+own("valid", "initials", "A. D.", "")+`}],`+goal("true", "true")+`}`)
	verify := base + "/verify/" + id
	wantJSON(w.call("GET", verify, "", nil).want(http.StatusOK), `{`+words("valid", "initials", `"holder":"A. D.",`, `"issuer":"Muster"`)+`}`)
	wantJSON(w.call("PUT", base+"/me/credentials/"+id, token, NameShown{"full"}).want(http.StatusOK), `{`+own("valid", "full", "Amina Diallo", "")+`}`)
	wantJSON(w.call("GET", verify, "", nil).want(http.StatusOK), `{`+words("valid", "full", `"holder":"Amina Diallo",`, `"issuer":"Muster"`)+`}`)
	w.call("PUT", base+"/me/credentials/"+id, token, NameShown{"none"}).want(http.StatusOK)
	wantJSON(w.call("GET", verify, "", nil), `{`+words("valid", "none", "", `"issuer":"Muster"`)+`}`)

	person := `,"user":"` + string(amina.ID) + `","name":"Amina Diallo","username":"amina.diallo"`
	awards := `,"awards":[{"rule":"grounded","title":"Grounded"}]}`
	list := base + "/cohorts/" + unit + "/credentials"
	wantJSON(w.call("GET", list, boss, nil).want(http.StatusOK), `{"total":1,"items":[{`+own("valid", "none", "", person)+`}]`+awards)
	for _, other := range []string{"status=revoked", "ending_soon=true", "q=boris", "rule=other"} {
		wantJSON(w.call("GET", list+"?"+other, boss, nil).want(http.StatusOK), `{"total":0,"items":[]`+awards)
	}
	w.later(time.Hour)
	token, boss = w.token(amina), w.token(chief)
	ended := `,"revoked_at":"2027-01-14T10:30:00Z"`
	reason := `,"revoked_reason":"Another sat the exam."`
	revoke := RevocationRequest{Reason: "Another sat the exam."}
	wantJSON(w.call("POST", base+"/credentials/"+id+"/revoke", boss, revoke).want(http.StatusOK), `{`+own("revoked", "none", "", person+ended+reason)+`}`)
	w.call("POST", base+"/credentials/"+id+"/revoke", boss, revoke).wantCode(http.StatusConflict, "revoked")
	w.call("POST", base+"/credentials/"+id+"/revoke", boss, RevocationRequest{Reason: "a\x00b"}).wantCode(http.StatusUnprocessableEntity, "invalid")
	record := decode[PersonDetail](w.call("GET", base+"/cohorts/"+unit+"/people/"+string(amina.ID), boss, nil).want(http.StatusOK))
	if len(record.Credentials) != 1 || record.Credentials[0].Status != "revoked" || record.Credentials[0].RevokedReason != revoke.Reason {
		t.Errorf("the record has the credentials %+v, want the revoked one", record.Credentials)
	}
	if newest := record.Attempts[0].Quiz; newest != "ground.never" {
		t.Errorf("the record's first attempt is at %s, want the newest", newest)
	}
	wantJSON(w.call("GET", base+"/me/credentials", token, nil), `{"items":[{`+own("revoked", "none", "", ended+reason)+`}],`+goal("true", "false")+`}`)
	wantJSON(w.call("GET", verify, "", nil), `{`+words("revoked", "none", "", `"issuer":"Muster"`+ended)+`}`)
	w.call("GET", base+"/credentials/"+id+"/certificate.pdf", token, nil).wantCode(http.StatusConflict, "revoked")
}

// coordinated makes a cohort of one member, and gives its id and the member.
func (w *world) coordinated(by identity.User) (unit string, member identity.User) {
	w.Helper()
	made, err := w.server.Cohorts.Create(w.Context(), identity.Actor{ID: by.ID, Role: by.Role}, cohort.Plan{Name: "First"})
	w.must(err)
	member, err = w.server.Cohorts.Join(w.Context(), made.JoinCode, identity.Registration{Username: "amina.diallo", Password: password, Name: "Amina Diallo"}, "")
	w.must(err)
	return string(made.ID), member
}

// TestTakenAway: each form of a credential is what it says, verifies by the
// published keys, and is given to those who may have it.
func TestTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.server.Credentials.PublishKey(t.Context()))
	amina := w.register("amina", identity.Trainee)
	token, admin, other := w.token(amina), w.person("root", identity.Admin), w.person("other", identity.Coordinator)
	w.issue(amina, w.start(token, "ground.check").ID)
	published := w.call("GET", credential.KeySetPath, "", nil).want(http.StatusOK)
	if kind := published.header.Get("Content-Type"); kind != typeKeySet {
		t.Errorf("the keys are of type %s", kind)
	}
	keys, err := credential.ReadKeys(published.raw)
	w.must(err)
	for _, file := range credentialFiles {
		path := base + strings.Replace(file.route(), "{credential}", oneCredential, 1)
		for _, who := range []string{token, admin} {
			got := w.call("GET", path, who, nil).want(http.StatusOK)
			name := got.header.Get("Content-Disposition")
			if got.header.Get("Content-Type") != file.media || name != `attachment; filename="`+file.path+`"` {
				t.Errorf("%s is a %s, %s", got.route, got.header.Get("Content-Type"), name)
			}
			if file.path == "certificate.pdf" {
				if !strings.HasPrefix(string(got.raw), "%PDF-") {
					t.Errorf("%s is no PDF", got.route)
				}
				continue
			}
			badge, err := credential.Unbake(got.raw)
			w.must(err)
			if found, err := credential.Check(badge, keys, w.clock()); err != nil || !found.Names("amina") {
				t.Errorf("%s = %+v, %v", got.route, found, err)
			}
		}
		w.call("GET", path, other, nil).wantCode(http.StatusNotFound, "not_found")
		w.call("GET", path, "", nil).wantCode(http.StatusUnauthorized, "unauthenticated")
	}
}

// TestStatusListIsPublic: anybody reads the list, and it says who is revoked.
func TestStatusListIsPublic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	amina := w.register("amina", identity.Trainee)
	w.issue(amina, w.start(w.token(amina), "ground.check").ID)
	list := func() string {
		got := w.call("GET", base+"/credentials/status/1", "", nil).want(http.StatusOK)
		return strings.Split(string(got.raw), ".")[1]
	}
	before := list()
	w.call("POST", base+"/credentials/"+oneCredential+"/revoke", w.person("root", identity.Admin), RevocationRequest{"Why."}).want(http.StatusOK)
	if list() == before {
		t.Error("the list is the same after a revocation")
	}
	for _, wrong := range []string{"0", "01", "-1", "x", "99999999999999999999", "1%2f"} {
		w.call("GET", base+"/credentials/status/"+wrong, "", nil).wantCode(http.StatusNotFound, "not_found")
	}
	w.call("GET", base+"/credentials/status/1?zq=1", "", nil).wantCode(http.StatusUnprocessableEntity, "invalid")
}
