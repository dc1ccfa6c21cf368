package identity

import (
	"context"
	"errors"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/internal/errs"
)

func TestHash(t *testing.T) {
	t.Parallel()
	h := NewHasher()
	const password = "sept vélos jaunes 安理会"
	one, err := h.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	two, err := h.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`)
	if !form.MatchString(one) || one == two {
		t.Errorf("Hash = %s and %s, want two salts in PHC form", one, two)
	}
	tests := map[string]struct {
		password, hash string
		want           bool
	}{
		"the password":             {password, one, true},
		"with another salt":        {password, two, true},
		"another password":         {password + " ", one, false},
		"another case":             {strings.ToUpper(password), one, false},
		"no password":              {"", one, false},
		"nobody":                   {password, "", false},
		"nobody, and their secret": {"nobody has this password", "", false},
		"too long to be looked at": {strings.Repeat("x", 4*MaxPassword+1), one, false},
		// of the reference implementation, phc-winner-argon2 src/test.c
		"the reference's vector": {"password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", true},
	}
	for name, test := range tests {
		if got, err := h.Matches(t.Context(), test.password, test.hash); got != test.want || err != nil {
			t.Errorf("%s: Matches = %t, %v, want %t", name, got, err, test.want)
		}
	}
	if got, err := h.Matches(t.Context(), password, "$argon2id$broken"); got || err == nil {
		t.Errorf("Matches with a broken hash = %t, %v, want an error", got, err)
	}
}

// TestNoMoreHashesThanCores: who finds all places taken waits, and gives up
// with their request.
func TestNoMoreHashesThanCores(t *testing.T) {
	t.Parallel()
	h := NewHasher()
	if cap(h.places) != runtime.NumCPU() {
		t.Errorf("%d places, want one for each of %d cores", cap(h.places), runtime.NumCPU())
	}
	for range cap(h.places) {
		h.places <- struct{}{}
	}
	given, cancel := context.WithCancel(t.Context())
	done := make(chan error, 2)
	go func() { _, err := h.Hash(given, "x"); done <- err }()
	go func() { _, err := h.Matches(given, "x", ""); done <- err }()
	select {
	case err := <-done:
		t.Errorf("with all places taken: %v, want to wait", err)
	default:
	}
	cancel()
	for range 2 {
		if err := <-done; errs.KindOf(err) != errs.Unavailable {
			t.Errorf("giving up = %v, want Unavailable", err)
		}
	}
	<-h.places
	for range 2 { // each leaves its place again
		if ok, err := h.Matches(t.Context(), "x", ""); ok || err != nil {
			t.Errorf("Matches with one place = %t, %v", ok, err)
		}
	}
}

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	h := NewHasher()
	tests := map[string]struct {
		password, username string
		weak               bool
	}{
		"three words":                     {"three slow lorries", "anna", false},
		"12 characters":                   {"qwmeorptyzlk", "anna", false},
		"11 characters":                   {"qwmeorptyzl", "anna", true},
		"12 characters of two bytes":      {"жщлцйкевнрмх", "anna", false},
		"6 characters of two bytes":       {"жщлцйк", "anna", true},
		"12 Chinese characters":           {"我们明天早上六点去北京城", "anna", false},
		"256 characters":                  {strings.Repeat("abcdefghij klmno", 15) + "abcdefghij klmnz", "anna", false},
		"257 characters":                  {strings.Repeat("abcdefghij klmno", 15) + "abcdefghij klmnz!", "anna", true},
		"only lower case and no digits":   {"correcthorsebattery", "anna", false},
		"four characters again and again": {"abcdabcdabcdabcd", "anna", true},
		"one word written several times":  {"monkeymonkeymonkey", "anna", true},
		"a common one":                    {"0123456789012", "anna", true},
		"the username within":             {"my name is Sergeant_7", "sergeant_7", true},
		"a username too short to forbid":  {"the cat sat on tom", "tom", false},
		"bytes that are no text":          {"three slow \xff\xfe lorries", "anna", true},
	}
	for name, test := range tests {
		err := h.Check("new", test.password, test.username)
		var refusal *errs.Error
		switch {
		case !test.weak && err != nil:
			t.Errorf("%s: Check = %v, want it taken", name, err)
		case test.weak && (!errors.As(err, &refusal) || refusal.Kind != errs.Invalid || refusal.Code != "weak_password" || refusal.Fields["new"] == ""):
			t.Errorf("%s: Check = %+v, want weak_password about the field", name, err)
		case test.weak && strings.Contains(refusal.Error(), test.password):
			t.Errorf("%s: the refusal repeats the password: %v", name, refusal)
		}
	}
}

// TestCommonPasswordsInDisguise: capitals, digits and signs around a common
// password do not make it a good one.
func TestCommonPasswordsInDisguise(t *testing.T) {
	t.Parallel()
	h := NewHasher()
	words := strings.Fields(commonText)
	if len(words) < 200 {
		t.Fatalf("the list has %d words", len(words))
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom(words).Draw(t, "word")
		if rapid.Bool().Draw(t, "capitals") {
			word = strings.ToUpper(word)
		}
		if strings.IndexFunc(word, func(r rune) bool { return r >= 'A' }) >= 0 && strings.Trim(word, "0123456789!?.-_") == word {
			word = rapid.StringMatching(`[0-9!?.-]{0,4}`).Draw(t, "before") + word + rapid.StringMatching(`[0-9!?._-]{0,12}`).Draw(t, "after")
		}
		if h.Check("new", word, "anna") == nil {
			t.Fatalf("Check took %q", word)
		}
	})
}

// TestDummyTakesAsLong: what is checked for an unknown user has the parameters
// of every other hash.
func TestDummyTakesAsLong(t *testing.T) {
	t.Parallel()
	made, err := NewHasher().Hash(t.Context(), "seven green paper boats")
	if err != nil {
		t.Fatal(err)
	}
	parts, want := strings.Split(dummy, "$"), strings.Split(made, "$")
	if len(parts) != len(want) || !slices.Equal(parts[:4], want[:4]) || len(parts[4]) != len(want[4]) || len(parts[5]) != len(want[5]) {
		t.Errorf("the dummy is %s, other hashes are like %s", dummy, made)
	}
}
