package app

import (
	"bytes"
	"compress/gzip"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/api"
	"muster/internal/credential"
	"muster/internal/identity"
)

// proof is what anybody has to check a certificate with.
type proof struct {
	*deployment
	anybody *visitor
	id      string
	keys    credential.KeySet
	badge   credential.Checked
}

// verify reads Amina's certificate as anybody may, and proves her badge by the
// published keys alone.
func (d *deployment) verify() proof {
	p := proof{deployment: d, anybody: d.visitor("")}
	held := d.certificate(d.amina)
	p.id = held.ID
	if v := p.public(); v.Status != "valid" || v.Holder != "A. D." || v.ValidUntil != held.ValidUntil {
		d.Errorf("anybody reads %+v", v)
	}
	p.anybody.refused(http.MethodGet, "/api/v1/verify/"+newID(), nil, "not_found")
	var err error
	if p.keys, err = credential.ReadKeys(p.anybody.fetch(http.MethodGet, credential.KeySetPath, nil)); err != nil {
		d.Fatal(err)
	}
	badge := string(d.amina.fetch(http.MethodGet, "/api/v1/credentials/"+p.id+"/badge.jwt", nil))
	if p.badge, err = credential.Check(badge, p.keys, d.now()); err != nil {
		d.Fatal(err)
	}
	if !p.badge.Names("Amina Diallo") || p.badge.Names("Bintou Keïta") || p.badge.Expired || p.badge.ID != held.VerifyURL {
		d.Errorf("the badge says %+v", p.badge)
	}
	if later, err := credential.Check(badge, p.keys, d.now().AddDate(3, 0, 0)); err != nil || !later.Expired {
		d.Errorf("in three years it says %+v, %v", later, err)
	}
	if _, err := credential.Check(badge[:len(badge)-9]+"AAAAAAAA"+badge[len(badge)-1:], p.keys, d.now()); !errors.Is(err, credential.ErrAltered) {
		d.Errorf("an altered badge: %v", err)
	}
	if set := p.revoked(); len(set) != 0 {
		d.Errorf("before anybody revoked, %v are", set)
	}
	return p
}

// revoke ends the certificate, which shows everywhere.
func (d *deployment) revoke(p proof) {
	const reason = "Somebody else sat the exam."
	path := "/api/v1/credentials/" + p.id
	stranger := d.official("kofi", identity.Coordinator)
	stranger.refused(http.MethodPost, path+"/revoke", api.RevocationRequest{Reason: reason}, "not_found")
	d.lena.fetch(http.MethodPost, path+"/revoke", api.RevocationRequest{Reason: reason})
	if v := p.public(); v.Status != "revoked" || v.RevokedAt != d.now().Format(time.RFC3339) {
		d.Errorf("anybody reads %+v", v)
	}
	if said := p.anybody.fetch(http.MethodGet, "/api/v1/verify/"+p.id, nil); strings.Contains(string(said), reason) {
		d.Errorf("anybody reads why: %s", said)
	}
	if set := p.revoked(); len(set) != 1 || strconv.Itoa(set[0]) != p.badge.StatusIndex {
		d.Errorf("%v are revoked in the list, want %s alone", set, p.badge.StatusIndex)
	}
	if own := d.certificate(d.amina); own.Status != "revoked" || own.RevokedReason != reason {
		d.Errorf("Amina holds %+v", own)
	}
	d.amina.refused(http.MethodGet, path+"/badge.jwt", nil, "revoked")
	d.look(d.amina)
	if journey := d.journeys[d.amina.username]; journey[len(journey)-1] != "behind: credential_revoked" {
		d.Errorf("after the revocation Amina is %s", journey[len(journey)-1])
	}
	d.counts(map[string]int{"ready": 1, "behind": 2, "not_started": people - 3})
}

func (p proof) public() api.Verification {
	p.Helper()
	return fetched[api.Verification](p.anybody, "/verify/"+p.id)
}

// revoked gives the places that are set in the list that the badge names, whose
// signature is proved here by the words of the standards.
func (p proof) revoked() (set []int) {
	p.Helper()
	must := func(err error) {
		p.Helper()
		if err != nil {
			p.Fatal(err)
		}
	}
	path, own := strings.CutPrefix(p.badge.StatusList, p.site)
	parts := strings.Split(string(p.anybody.fetch(http.MethodGet, path, nil)), ".")
	if !own || len(parts) != 3 || len(p.keys.Keys) != 1 {
		p.Fatalf("the list at %s has %d parts, and there are %d keys", p.badge.StatusList, len(parts), len(p.keys.Keys))
	}
	key, err := base64.RawURLEncoding.DecodeString(p.keys.Keys[0].X)
	must(err)
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	must(err)
	if !ed25519.Verify(key, []byte(parts[0]+"."+parts[1]), signature) {
		p.Error("the signature of the list does not hold")
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	must(err)
	var list struct {
		Subject struct{ EncodedList string } `json:"credentialSubject"`
	}
	must(json.Unmarshal(payload, &list))
	packed, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(list.Subject.EncodedList, "u"))
	must(err)
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	must(err)
	bits, err := io.ReadAll(unpacked)
	must(err)
	for i := range 8 * len(bits) {
		if bits[i/8]&(0x80>>(i%8)) != 0 {
			set = append(set, i)
		}
	}
	return set
}

// renew lets Chen, whose certificate stands, and Amina, whose does not, sit the
// exam again.
func (d *deployment) renew() {
	d.pass(week)
	for v, want := range map[*visitor]string{d.chen: "superseded", d.amina: "revoked"} {
		v.sit(posted[api.Attempt](v, "/quizzes/final/attempts", nil))
		held := d.certificates(v, 2)
		old := fetched[api.Verification](d.visitor(""), "/verify/"+held[1].ID)
		if renewed := old.SupersededBy == held[0].ID; held[0].Status != "valid" || old.Status != want || renewed != (v == d.chen) {
			d.Errorf("%s holds %+v, and anybody reads %+v, want it %s", v.username, held, old, want)
		}
		if seen := d.look(v).Person; seen.Standing != "ready" {
			d.Errorf("%s is %s with a new certificate: %+v", v.username, seen.Standing, seen.Reasons)
		}
	}
}

// audit reads the whole trail: its chain holds, and the story is in it.
func (d *deployment) audit(p proof) {
	chief := d.official("chief", identity.Admin)
	counts, deeds := map[string]int{}, []string{} // deeds are Lena's, each once in a row
	entries := int64(0)
	for query := "?limit=200"; query != ""; {
		page := fetched[api.AuditPage](chief, "/audit"+query)
		for _, e := range page.Items {
			entries++
			counts[e.Action]++
			if e.ActorUsername == d.lena.username && !strings.HasPrefix(e.Action, "session.") && (len(deeds) == 0 || deeds[0] != e.Action) {
				deeds = slices.Insert(deeds, 0, e.Action)
			}
		}
		if query = ""; page.NextCursor != 0 {
			query = fmt.Sprintf("?limit=200&cursor=%d", page.NextCursor)
		}
	}
	if v := fetched[api.AuditVerification](chief, "/audit/verification"); !v.Holds || v.Entries != entries {
		d.Errorf("the chain of %d entries: %+v", entries, v)
	}
	want := []string{"cohort.create", "user.create", "cohort.import", "user.code", "cohort.export", "enrolment.refresher", "credential.revoke"}
	if diff := cmp.Diff(want, deeds); diff != "" {
		d.Errorf("what Lena did (-want +got):\n%s", diff)
	}
	for action, n := range map[string]int{
		"cohort.import": 1, "user.code": people, "user.redeem_code": 3, "cohort.export": 1, "enrolment.refresher": 2, "credential.issue": 5, "credential.revoke": 1,
	} {
		if counts[action] != n {
			d.Errorf("%s is in the trail %d times, want %d", action, counts[action], n)
		}
	}
	var about []string
	for _, e := range fetched[api.AuditPage](chief, "/audit?object="+p.id).Items {
		actor := e.ActorUsername
		if actor == "" {
			actor = e.Actor
		}
		about = append(about, e.Action+" by "+actor)
	}
	if diff := cmp.Diff([]string{"credential.revoke by lena", "credential.issue by system"}, about); diff != "" {
		d.Errorf("what was done to the certificate (-want +got):\n%s", diff)
	}
}
