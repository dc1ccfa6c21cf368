package credential

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

func keys() KeySet { return KeySet{Keys: []Key{signer().Key()}} }

// document unpacks a part of a JWT for reading.
func document(t *testing.T, token string, part int) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[part])
	must(t, err)
	var out bytes.Buffer
	must(t, json.Indent(&out, raw, "", "  "))
	return out.String() + "\n"
}

// TestBadgeGolden holds a whole badge against the committed one, which was held
// against the data model of Open Badges 3.0, section by section.
func TestBadgeGolden(t *testing.T) {
	t.Parallel()
	badge, err := newBook().service().Badge(issued())
	must(t, err)
	got := document(t, badge, 0) + document(t, badge, 1)
	const golden = "testdata/badge.golden"
	if *update {
		must(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the badge (-committed +now):\n%s", diff)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	badge, err := newBook().service().Badge(issued())
	must(t, err)
	got, err := Check(badge, keys(), today)
	must(t, err)
	if got.ID != "https://muster.example/verify/"+string(issued().ID) || got.Name != "Basics of the field" || got.Expired || got.StatusIndex != "7" {
		t.Errorf("Check = %+v", got)
	}
	if !got.Names("Amina Diallo") || got.Names("Amina Diall") || got.Names("") {
		t.Error("the badge must prove the holder's name and no other")
	}
	if late, err := Check(badge, keys(), issued().ValidUntil); err != nil || !late.Expired {
		t.Errorf("on the last day Check = %v, %v, want it to have expired", late.Expired, err)
	}
	if _, err := Check(badge, keys(), today.Add(-time.Second)); !errors.Is(err, ErrTooEarly) {
		t.Errorf("before it was issued Check = %v, want ErrTooEarly", err)
	}
	other := KeySet{Keys: []Key{NewSigner([]byte("another 0123456789abcdef01234567")).Key()}}
	if _, err := Check(badge, other, today); !errors.Is(err, ErrUnknownKey) {
		t.Errorf("Check with other keys = %v, want ErrUnknownKey", err)
	}
}

// TestForged: a badge that somebody else signed does not hold, whatever its
// header says of the key.
func TestForged(t *testing.T) {
	t.Parallel()
	s := newBook().service()
	good, err := s.Badge(issued())
	must(t, err)
	payload := jwt.MapClaims{}
	must(t, json.Unmarshal([]byte(document(t, good, 1)), &payload))
	thief := NewSigner([]byte("another 0123456789abcdef01234567"))
	forge := func(method jwt.SigningMethod, key any, kid string) string {
		token := jwt.NewWithClaims(method, payload)
		token.Header["kid"], token.Header["jwk"] = kid, thief.Key()
		signed, err := token.SignedString(key)
		must(t, err)
		return signed
	}
	list, err := s.StatusList(t.Context(), 1)
	must(t, err)
	tests := map[string]struct {
		badge string
		want  error
	}{
		"another's key":                   {forge(jwt.SigningMethodEdDSA, thief.private, thief.Key().ID), ErrUnknownKey},
		"another's key under our id":      {forge(jwt.SigningMethodEdDSA, thief.private, signer().Key().ID), ErrAltered},
		"unsigned":                        {forge(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, signer().Key().ID), ErrAltered},
		"our public key as a shared one":  {forge(jwt.SigningMethodHS256, []byte(signer().Key().X), signer().Key().ID), ErrAltered},
		"no badge but the list":           {list, ErrNotABadge},
		"no token":                        {"a.b", ErrNotABadge},
		"nothing":                         {"", ErrNotABadge},
		"the payload of another's badge":  {mixed(good, forge(jwt.SigningMethodEdDSA, thief.private, "x"), 0), ErrUnknownKey},
		"the signature of another's list": {mixed(good, list, 2), ErrAltered},
	}
	for name, test := range tests {
		if _, err := Check(test.badge, keys(), today); !errors.Is(err, test.want) {
			t.Errorf("Check of %s = %v, want %v", name, err, test.want)
		}
	}
}

// mixed replaces a part of a token by another's.
func mixed(token, other string, part int) string {
	parts := strings.Split(token, ".")
	parts[part] = strings.Split(other, ".")[part]
	return strings.Join(parts, ".")
}

// TestTampering: no badge that differs from the signed one in any byte holds.
func TestTampering(t *testing.T) {
	t.Parallel()
	badge, err := newBook().service().Badge(issued())
	must(t, err)
	for i := range len(badge) {
		changed := []byte(badge)
		changed[i] = "AB"[min(1, strings.Count(badge[i:i+1], "A"))]
		if got, err := Check(string(changed), keys(), today); err == nil {
			t.Fatalf("with byte %d changed Check = %+v", i, got)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		at := rapid.IntRange(0, len(badge)-1).Draw(r, "at")
		changed := badge[:at] + rapid.StringN(0, 3, 9).Draw(r, "put") + badge[min(len(badge), at+rapid.IntRange(0, 3).Draw(r, "cut")):]
		if _, err := Check(changed, keys(), today); err == nil && strings.TrimSpace(changed) != badge {
			r.Errorf("a badge that was changed at %d holds", at)
		}
	})
}

func TestStatusList(t *testing.T) {
	t.Parallel()
	b := newBook()
	for _, revoked := range []bool{false, true, false, true} {
		h := issued()
		h.Index = len(b.held)
		if revoked {
			h.Revocation.At = today
		}
		b.held = append(b.held, h)
	}
	b.held[3].Index = listSize - 1
	list, err := b.service().StatusList(t.Context(), 1)
	must(t, err)
	var said statusList
	must(t, json.Unmarshal([]byte(document(t, list, 1)), &said))
	bits, err := unpackBits(said.Subject.Bits)
	must(t, err)
	want := make([]byte, listSize/8)
	want[0], want[len(want)-1] = 0b0100_0000, 1
	if !bytes.Equal(bits, want) || said.ID != issuedStatus(b).List {
		t.Errorf("the list %s starts with %08b and ends with %08b", said.ID, bits[0], bits[len(bits)-1])
	}
	for _, number := range []int{0, -1, MaxLists + 1} {
		if _, err := b.service().StatusList(t.Context(), number); err == nil {
			t.Errorf("there is a list of number %d", number)
		}
	}
}

func issuedStatus(b *book) statusEntry { return b.service().achievementOf(b.held[1]).Status }

func TestReadKeys(t *testing.T) {
	t.Parallel()
	b := newBook()
	s := b.service()
	must(t, s.PublishKey(t.Context()))
	set, err := s.KeySet(t.Context())
	must(t, err)
	raw, err := json.Marshal(set)
	must(t, err)
	read, err := ReadKeys(raw)
	must(t, err)
	if diff := cmp.Diff(set, read); diff != "" {
		t.Errorf("the keys (-published +read):\n%s", diff)
	}
	for _, wrong := range []string{"", "[]", "{}", `{"keys":[{"kty":"RSA"}]}`, `{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA"}]}`} {
		if _, err := ReadKeys([]byte(wrong)); err == nil {
			t.Errorf("ReadKeys(%s) finds keys", wrong)
		}
	}
}

// TestThumbprint: the example of RFC 8037, appendix A.3.
func TestThumbprint(t *testing.T) {
	t.Parallel()
	public, err := base64.RawURLEncoding.DecodeString("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
	must(t, err)
	if got := NewKey(public).ID; got != "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" {
		t.Errorf("the thumbprint is %s", got)
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*Credential)
		at     time.Time
		want   Status
	}{
		"valid":                        {func(*Credential) {}, today, Valid},
		"to the last moment":           {func(*Credential) {}, issued().ValidUntil.Add(-time.Second), Valid},
		"expired":                      {func(*Credential) {}, issued().ValidUntil, Expired},
		"superseded":                   {func(c *Credential) { c.SupersededBy = "next" }, issued().ValidUntil, Superseded},
		"revoked, whatever else it is": {func(c *Credential) { c.SupersededBy, c.Revocation.At = "next", today }, today, Revoked},
	}
	for name, test := range tests {
		c := issued().Credential
		test.change(&c)
		if got := c.Status(test.at); got != test.want {
			t.Errorf("%s: Status = %s, want %s", name, got, test.want)
		}
	}
}
