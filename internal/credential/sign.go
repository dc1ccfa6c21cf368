package credential

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// claims are the registered claims of a VC-JWT; the credential's own members
// stand beside them.
type claims struct {
	Issuer    string `json:"iss"`
	ID        string `json:"jti"`
	Subject   string `json:"sub"`
	NotBefore int64  `json:"nbf"`
	Expires   int64  `json:"exp,omitempty"`
}

// Badge signs a credential as an Open Badge in the form of a JWT.
func (s *Service) Badge(h Held) (string, error) {
	a := s.achievementOf(h)
	return s.sign(a, claims{
		Issuer: a.Issuer.ID, ID: a.ID, Subject: a.Subject.ID, NotBefore: h.IssuedAt.Unix(), Expires: h.ValidUntil.Unix(),
	})
}

// KeySetPath is where a site publishes its keys.
const KeySetPath = "/.well-known/jwks.json"

// sign makes a JWT of a document and its claims. The header names the key by
// the address of the set that holds it and its thumbprint, and carries it, as
// Open Badges asks; who verifies trusts the set and not the header.
func (s *Service) sign(document any, c claims) (string, error) {
	payload := jwt.MapClaims{}
	for _, part := range []any{document, c} {
		raw, err := json.Marshal(part)
		if err == nil {
			err = json.Unmarshal(raw, &payload)
		}
		if err != nil {
			return "", fmt.Errorf("sign a credential: %w", err)
		}
	}
	key := s.Signer.Key()
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, payload)
	token.Header["kid"] = s.Site + KeySetPath + "#" + key.ID
	token.Header["jwk"] = Key{Type: key.Type, Curve: key.Curve, X: key.X}
	return token.SignedString(s.Signer.private)
}

// Checked is what a signed badge says, once its signature is proved.
type Checked struct {
	ID          string // address where it can be looked up
	Name        string // of what was achieved
	Issuer      string
	IssuerID    string
	Criteria    string
	IssuedAt    time.Time
	ValidUntil  time.Time
	Expired     bool
	StatusList  string // address of the list of revocations
	StatusIndex string

	identities []identityObject
}

// Names says whether the badge was issued to a person of this name.
func (c Checked) Names(name string) bool {
	for _, i := range c.identities {
		if i.IdentityType == "name" && i.Hashed && i.IdentityHash == nameHash(name, ID(i.Salt)) {
			return true
		}
	}
	return false
}

// Why a badge does not hold.
var (
	ErrNotABadge  = errors.New("this is no signed Open Badge")
	ErrUnknownKey = errors.New("it is signed with a key that is not in the key set")
	ErrTooEarly   = errors.New("it is not valid yet")
	ErrAltered    = errors.New("the signature does not hold: the badge was altered, or was signed by somebody else")
)

// Check proves the signature of a badge by a key set and reads it. A badge that
// has expired is still read; Expired says so.
func Check(badge string, keys KeySet, now time.Time) (Checked, error) {
	var known bool
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}), jwt.WithStrictDecoding(), jwt.WithoutClaimsValidation())
	badge = strings.TrimSpace(badge)
	_, err := parser.Parse(badge, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		var public any
		public, known = keys.find(id)
		if !known {
			return nil, ErrUnknownKey
		}
		return public, nil
	})
	switch {
	case errors.Is(err, jwt.ErrTokenMalformed):
		return Checked{}, ErrNotABadge
	case err != nil && errors.Is(err, ErrUnknownKey):
		return Checked{}, ErrUnknownKey
	case err != nil:
		return Checked{}, ErrAltered
	}
	return read(badge, now)
}

// read reads the payload of a badge whose signature holds, and asks that what
// it says twice it says alike.
func read(badge string, now time.Time) (Checked, error) {
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(badge, ".")[1])
	if err != nil {
		return Checked{}, ErrNotABadge
	}
	var a achievementCredential
	var c claims
	if json.Unmarshal(raw, &a) != nil || json.Unmarshal(raw, &c) != nil {
		return Checked{}, ErrNotABadge
	}
	from, err1 := time.Parse(time.RFC3339, a.ValidFrom)
	until, err2 := time.Parse(time.RFC3339, a.ValidUntil)
	isBadge := len(a.Type) == 2 && a.Type[0] == "VerifiableCredential" && (a.Type[1] == "OpenBadgeCredential" || a.Type[1] == "AchievementCredential")
	agrees := c.Issuer == a.Issuer.ID && c.ID == a.ID && c.Subject == a.Subject.ID && c.NotBefore == from.Unix() && c.Expires == until.Unix()
	if err1 != nil || err2 != nil || !isBadge || !agrees {
		return Checked{}, ErrNotABadge
	}
	if now.Before(from) {
		return Checked{}, ErrTooEarly
	}
	return Checked{
		ID: a.ID, Name: a.Name, Issuer: a.Issuer.Name, IssuerID: a.Issuer.ID, Criteria: a.Subject.Achievement.Criteria.Narrative,
		IssuedAt: from, ValidUntil: until, Expired: !now.Before(until),
		StatusList: a.Status.List, StatusIndex: a.Status.Index, identities: a.Subject.Identifier,
	}, nil
}
