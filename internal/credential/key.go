package credential

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"muster/internal/errs"
)

// Key is a public Ed25519 key as RFC 8037 writes it.
type Key struct {
	Type      string `json:"kty"`           // OKP
	Curve     string `json:"crv"`           // Ed25519
	X         string `json:"x"`             // base64url, 32 bytes
	ID        string `json:"kid,omitempty"` // thumbprint, RFC 7638
	Algorithm string `json:"alg,omitempty"` // EdDSA
	Use       string `json:"use,omitempty"` // sig
}

// KeySet is the keys by which credentials are verified, RFC 7517.
type KeySet struct {
	Keys []Key `json:"keys"`
}

// NewKey writes a public key, named by its thumbprint.
func NewKey(public ed25519.PublicKey) Key {
	x := base64.RawURLEncoding.EncodeToString(public)
	sum := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + x + `"}`))
	return Key{Type: "OKP", Curve: "Ed25519", X: x, ID: base64.RawURLEncoding.EncodeToString(sum[:]), Algorithm: "EdDSA", Use: "sig"}
}

// public reads the key; ok is false for one of another kind.
func (k Key) public() (public ed25519.PublicKey, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(k.X)
	return raw, err == nil && k.Type == "OKP" && k.Curve == "Ed25519" && len(raw) == ed25519.PublicKeySize
}

// ReadKeys reads a key set. Invalid where it holds no Ed25519 key.
func ReadKeys(raw []byte) (KeySet, error) {
	var set KeySet
	err := json.Unmarshal(raw, &set)
	if err == nil {
		for _, k := range set.Keys {
			if _, ok := k.public(); ok {
				return set, nil
			}
		}
		err = fmt.Errorf("%d keys, none of Ed25519", len(set.Keys))
	}
	return KeySet{}, &errs.Error{Kind: errs.Invalid, Code: "keys", Err: err,
		Msg: "The key file is not a JSON Web Key Set with an Ed25519 key, as the issuer publishes it at /.well-known/jwks.json."}
}

// find gives the key of an id, which may stand behind the address of a set. A
// key is known by its thumbprint alone, whatever the set calls it.
func (s KeySet) find(id string) (ed25519.PublicKey, bool) {
	id = id[strings.LastIndex(id, "#")+1:]
	for _, k := range s.Keys {
		public, ok := k.public()
		if ok && NewKey(public).ID == id {
			return public, true
		}
	}
	return nil, false
}

// Signer signs credentials.
type Signer struct {
	private ed25519.PrivateKey
}

// NewSigner makes a signer of a secret seed of 32 bytes.
func NewSigner(seed []byte) Signer { return Signer{ed25519.NewKeyFromSeed(seed)} }

// Key gives the public key by which signatures are verified.
func (s Signer) Key() Key {
	public, _ := s.private.Public().(ed25519.PublicKey)
	return NewKey(public)
}

// PublishKey makes the key that signs known to all who verify, for good: a
// credential outlives the key that signed it.
func (s *Service) PublishKey(ctx context.Context) error {
	return s.Keys.PublishKey(ctx, s.Signer.Key(), s.Now())
}

// KeySet gives every key that credentials were ever signed with.
func (s *Service) KeySet(ctx context.Context) (KeySet, error) {
	keys, err := s.Keys.PublishedKeys(ctx)
	return KeySet{Keys: keys}, err
}
