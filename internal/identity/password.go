package identity

import (
	"context"
	_ "embed"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"muster/internal/errs"
)

// Limits of a password, in characters. There is no rule about which characters.
const (
	MinPassword = 12
	MaxPassword = 256
)

//go:embed common.txt
var commonText string

// Hasher hashes and checks passwords with argon2id, no more at once than there
// are cores: each takes 19 MiB and about 30 ms.
type Hasher struct {
	places chan struct{}
	params argon2id.Params
	common map[string]bool
}

// dummy is the hash, by a Hasher's parameters, of a password that nobody has. It
// is checked where there is no user, so that both take the same time.
const dummy = "$argon2id$v=19$m=19456,t=2,p=1$hmu2rrCNBAV3AhJVm0f6sQ$4dXzU0FKUVYw3RHokv4QcKs/u+0dtnFkPV0ybsbqMUA"

// NewHasher makes a hasher with the parameters of RFC 9106's low-memory choice
// as OWASP gives it: m = 19,456 KiB, t = 2, p = 1.
func NewHasher() *Hasher {
	h := &Hasher{
		places: make(chan struct{}, runtime.NumCPU()),
		params: argon2id.Params{Memory: 19456, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		common: make(map[string]bool),
	}
	for _, word := range strings.Fields(commonText) {
		h.common[word] = true
	}
	return h
}

// Hash hashes a password that Check has allowed.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return argon2id.CreateHash(password, &h.params)
}

// Matches checks a password against a hash; against "" it takes as long and
// says no.
func (h *Hasher) Matches(ctx context.Context, password, hash string) (bool, error) {
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	if len(password) > 4*MaxPassword {
		password, hash = "", ""
	}
	if hash == "" {
		_, err := argon2id.ComparePasswordAndHash(password, dummy)
		return false, err
	}
	return argon2id.ComparePasswordAndHash(password, hash)
}

func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errs.New(errs.Unavailable, "unavailable", "The server is busy. Try again in a moment.")
	}
}

func (h *Hasher) leave() { <-h.places }

// Check says what is wrong with a new password for a user, as an Invalid error
// with code weak_password about field.
func (h *Hasher) Check(field, password, username string) error {
	weak := func(msg string) error {
		return &errs.Error{Kind: errs.Invalid, Code: "weak_password", Msg: msg, Fields: map[string]string{field: msg}}
	}
	length := utf8.RuneCountInString(password)
	switch lower := strings.ToLower(password); {
	case length < MinPassword:
		return weak("Use at least 12 characters. Three or four words that you can remember work well.")
	case length > MaxPassword:
		return weak("Use at most 256 characters.")
	case !utf8.ValidString(password):
		return weak("The password holds characters that cannot be read.")
	case distinct(lower) < 5:
		return weak("This password repeats too few characters. Use several different words.")
	case len(username) > 3 && strings.Contains(lower, strings.ToLower(username)):
		return weak("Do not use your username in the password.")
	case h.isCommon(lower):
		return weak("This password is one of those that are tried first. Use several words that belong to you.")
	}
	return nil
}

// isCommon says whether a password is a common one, or one with digits and
// signs added to it, or one written several times.
func (h *Hasher) isCommon(lower string) bool {
	letters := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, base := range []string{lower, letters} {
		if h.common[base] {
			return true
		}
		for n := 1; n <= len(base)/2; n++ {
			if len(base)%n == 0 && strings.Repeat(base[:n], len(base)/n) == base {
				return true
			}
		}
	}
	return false
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}
