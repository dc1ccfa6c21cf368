package credential

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// The contexts and addresses that the standards fix.
const (
	contextVC = "https://www.w3.org/ns/credentials/v2"
	contextOB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	schemaOB  = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)

// IssuerName is who issues, as badges and certificates say it.
const IssuerName = "Muster"

// achievementCredential is an Open Badges 3.0 AchievementCredential, a
// Verifiable Credential of the data model 2.0.
type achievementCredential struct {
	Context     []string      `json:"@context"`
	ID          string        `json:"id"`
	Type        []string      `json:"type"`
	Name        string        `json:"name"`
	Description string        `json:"description"`
	Issuer      profile       `json:"issuer"`
	ValidFrom   string        `json:"validFrom"`
	ValidUntil  string        `json:"validUntil"`
	Subject     achiever      `json:"credentialSubject"`
	Status      statusEntry   `json:"credentialStatus"`
	Schema      []schemaEntry `json:"credentialSchema"`
}

type profile struct {
	ID   string   `json:"id"`
	Type []string `json:"type"`
	Name string   `json:"name"`
	URL  string   `json:"url"`
}

type achiever struct {
	ID          string           `json:"id"`
	Type        []string         `json:"type"`
	Identifier  []identityObject `json:"identifier"`
	Achievement achievement      `json:"achievement"`
}

// identityObject proves a name to who has been told it, and tells it to nobody.
type identityObject struct {
	Type         string `json:"type"`
	IdentityType string `json:"identityType"`
	Hashed       bool   `json:"hashed"`
	Salt         string `json:"salt"`
	IdentityHash string `json:"identityHash"`
}

type achievement struct {
	ID          string   `json:"id"`
	Type        []string `json:"type"`
	Kind        string   `json:"achievementType"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Criteria    criteria `json:"criteria"`
	Version     string   `json:"version"`
}

type criteria struct {
	Narrative string `json:"narrative"`
}

type statusEntry struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Purpose string `json:"statusPurpose"`
	Index   string `json:"statusListIndex"`
	List    string `json:"statusListCredential"`
}

type schemaEntry struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// VerifyURL is where anybody can look a credential up.
func (s *Service) VerifyURL(id ID) string { return s.Site + "/verify/" + string(id) }

// issuer names the site itself.
func (s *Service) issuer() profile {
	return profile{ID: s.Site, Type: []string{"Profile"}, Name: IssuerName, URL: s.Site}
}

// achievementOf writes a credential as an Open Badge. It names nobody: the name
// is there as a salted hash.
func (s *Service) achievementOf(h Held) achievementCredential {
	list := s.listURL(h.Index/listSize + 1)
	return achievementCredential{
		Context: []string{contextVC, contextOB}, ID: s.VerifyURL(h.ID), Type: []string{"VerifiableCredential", "OpenBadgeCredential"},
		Name: h.Award.Title, Description: h.Award.Description, Issuer: s.issuer(),
		ValidFrom: stamp(h.IssuedAt), ValidUntil: stamp(h.ValidUntil),
		Subject: achiever{
			ID: s.VerifyURL(h.ID) + "#holder", Type: []string{"AchievementSubject"},
			Identifier: []identityObject{{Type: "IdentityObject", IdentityType: "name", Hashed: true, Salt: string(h.ID), IdentityHash: nameHash(h.Name, h.ID)}},
			Achievement: achievement{
				ID: s.Site + "/#" + string(h.Award.Slug) + "/" + h.Version, Type: []string{"Achievement"}, Kind: "Certificate",
				Name: h.Award.Title, Description: h.Award.Description, Criteria: criteria{h.Award.Criteria}, Version: h.Version,
			},
		},
		Status: statusEntry{
			ID: list + "#" + strconv.Itoa(h.Index%listSize), Type: "BitstringStatusListEntry", Purpose: "revocation",
			Index: strconv.Itoa(h.Index % listSize), List: list,
		},
		Schema: []schemaEntry{{ID: schemaOB, Type: "1EdTechJsonSchemaValidator2019"}},
	}
}

// nameHash is the hash of a name, salted with the credential's id, in the form
// of an Open Badges IdentityHash.
func nameHash(name string, salt ID) string {
	sum := sha256.Sum256([]byte(name + string(salt)))
	return "sha256$" + hex.EncodeToString(sum[:])
}

// stamp writes a time to the second, which is what JWT can say.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
