package app

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/internal/credential"
	"muster/internal/curriculum"
)

// TestVerifyCredential runs the command on every form of a badge, on altered
// ones and without the keys, and compares all that it prints.
func TestVerifyCredential(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir) // where there is no installation
	now := time.Now().UTC().Truncate(time.Second)
	s := &credential.Service{Signer: credential.NewSigner([]byte("0123456789abcdef0123456789abcdef")), Site: "https://muster.test"}
	h := credential.Held{Name: "Amina Diallo", Credential: credential.Credential{
		ID: "one", Award: curriculum.Award{Slug: "basics", Title: "Basics", Criteria: "Pass."}, IssuedAt: now.Add(-time.Hour), ValidUntil: now.AddDate(1, 0, 0),
	}}
	late := h
	late.ValidUntil = now.Add(-time.Minute)
	write := func(name string, raw []byte, err error) {
		t.Helper()
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	badge, err := s.Badge(h)
	write("badge.jwt", []byte(badge), err)
	write("altered.jwt", []byte(strings.Replace(badge, ".eyJ", ".eyK", 1)), nil)
	expired, err := s.Badge(late)
	write("expired.jwt", []byte(expired), err)
	svg, err := s.BadgeSVG(h)
	write("badge.svg", svg, err)
	png, err := s.BadgePNG(h)
	write("badge.png", png, err)
	write("photo.png", png[:200], nil)
	keys, err := json.Marshal(credential.KeySet{Keys: []credential.Key{s.Signer.Key()}})
	write("keys.json", keys, err)
	write("other.json", []byte(`{"keys":[]}`), nil)

	says := "Basics\nissued by Muster (https://muster.test) on " + h.IssuedAt.Format(time.DateOnly) + ", valid until " + h.ValidUntil.Format(time.DateOnly) +
		"\ncriteria: Pass.\nthe signature holds. Whether it was revoked since stands at https://muster.test/verify/one\n"
	named := strings.Replace(says, "the signature", "issued to: Amina Diallo\nthe signature", 1)
	tests := []struct {
		args, out, err string
		code           int
	}{
		{"badge.jwt --keys keys.json", says, "", 0},
		{"--keys keys.json badge.svg", says, "", 0},
		{"badge.png --keys=keys.json", says, "", 0},
		{"badge.png --keys=keys.json --name=Amina\u00a0Diallo", named, "", 0},
		{"badge.png --keys=keys.json --name=Boris", "", "was not issued to \"Boris\"", 1},
		{"altered.jwt --keys keys.json", "", "The badge does not hold", 1},
		{"expired.jwt --keys keys.json", "", "the badge expired on", 1},
		{"photo.png --keys keys.json", "", "this is no signed Open Badge", 1},
		{"badge.jwt --keys other.json", "", "not a JSON Web Key Set", 1},
		{"badge.jwt", "", "Give the issuer's keys with --keys FILE", 1},
		{"none.jwt --keys keys.json", "", "There is no file none.jwt", 1},
		{"", "", "takes one file", 2},
		{"badge.jwt badge.svg", "", "takes one file", 2},
	}
	for _, test := range tests {
		words := append([]string{"verify", "credential"}, strings.Fields(strings.ReplaceAll(test.args, "\u00a0", "_"))...)
		for i := range words {
			words[i] = strings.ReplaceAll(words[i], "_", " ")
		}
		var out, errOut bytes.Buffer
		code := Run(t.Context(), words, &out, &errOut)
		if code != test.code || test.out != "" && out.String() != test.out || !strings.Contains(errOut.String(), test.err) {
			t.Errorf("%q = %d %s%s, want %d %s%s", words, code, out.String(), errOut.String(), test.code, test.out, test.err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 8 {
		t.Errorf("the command made files: %v %v", entries, err)
	}
}
