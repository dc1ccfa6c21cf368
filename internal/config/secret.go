package config

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"muster/internal/errs"
)

// MinSecret is the least length of the signing key, in bytes.
const MinSecret = 32

// Key gives the signing key for one purpose, derived from the secret that the
// environment gives or the secret file holds. The file is made at first start.
func (c Config) Key(purpose string) ([]byte, error) {
	secret, err := c.secret()
	if err != nil {
		return nil, err
	}
	return hkdf.Key(sha256.New, secret, nil, "muster "+purpose, MinSecret)
}

// HasSecret says whether there is a secret already, so that Key makes none.
func (c Config) HasSecret() bool {
	_, given := os.LookupEnv("MUSTER_SECRET")
	_, err := os.Stat(c.secretPath())
	return given || err == nil
}

func (c Config) secretPath() string {
	if c.SecretFile != "" {
		return c.SecretFile
	}
	return filepath.Join(c.Data, "secret")
}

func (c Config) secret() ([]byte, error) {
	if _, given := os.LookupEnv("MUSTER_SECRET"); given {
		return checkSecret([]byte(c.Secret), "MUSTER_SECRET")
	}
	path := c.secretPath()
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && c.SecretFile == "" {
		return makeSecret(path)
	}
	if err != nil {
		return nil, &errs.Error{Kind: errs.Invalid, Code: "configuration", Msg: "The secret file " + path + " cannot be read.", Err: err}
	}
	return checkSecret([]byte(strings.TrimSpace(string(raw))), path)
}

func makeSecret(path string) ([]byte, error) {
	random := make([]byte, MinSecret)
	rand.Read(random) // never fails
	text := base64.RawStdEncoding.EncodeToString(random)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = file.WriteString(text + "\n")
		err = errors.Join(err, file.Sync(), file.Close())
	}
	if err != nil {
		return nil, &errs.Error{Kind: errs.Invalid, Code: "configuration", Msg: "The secret file " + path + " cannot be written.", Err: err}
	}
	return []byte(text), nil
}

// checkSecret refuses a key that can be guessed: empty, short, or of few
// different characters.
func checkSecret(secret []byte, where string) ([]byte, error) {
	different := map[byte]bool{}
	for _, b := range secret {
		different[b] = true
	}
	if len(secret) < MinSecret || len(different) < 8 {
		return nil, errs.New(errs.Invalid, "configuration",
			"The signing key in %s is too short or too simple: give at least %d random bytes, for example from `openssl rand -base64 32`.", where, MinSecret)
	}
	return secret, nil
}
