package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"muster/internal/config"
	"muster/internal/credential"
	"muster/internal/errs"
)

// longestBadge bounds what is read of a file.
const longestBadge = 16 << 20

func verifyCredential(_ context.Context, c config.Config, args []string, t console) error {
	var keyFile, name string
	words, err := parse(&c, "verify credential", args, t, func(set *flag.FlagSet) {
		set.StringVar(&keyFile, "keys", "", "file of the issuer's keys, from its /.well-known/jwks.json; default: this installation's own")
		set.StringVar(&name, "name", "", "who it should have been issued to")
	})
	if err != nil {
		return err
	}
	if len(words) > 1 { // flags may stand after the file
		file := words[0]
		if words, err = parse(&c, "verify credential", words[1:], t, func(set *flag.FlagSet) {
			set.StringVar(&keyFile, "keys", keyFile, "")
			set.StringVar(&name, "name", name, "")
		}); err != nil {
			return err
		}
		words = append([]string{file}, words...)
	}
	if len(words) != 1 {
		return usageError{"verify credential takes one file: badge.jwt, badge.svg or badge.png"}
	}
	file, err := readFile(words[0])
	if err != nil {
		return err
	}
	keys, err := keysOf(c, keyFile)
	if err != nil {
		return err
	}
	return checkBadge(file, keys, name, t)
}

// keysOf reads the keys to verify by; without a file the installation's own.
func keysOf(c config.Config, file string) (credential.KeySet, error) {
	if file != "" {
		raw, err := readFile(file)
		if err != nil {
			return credential.KeySet{}, err
		}
		return credential.ReadKeys(raw)
	}
	if !c.HasSecret() {
		return credential.KeySet{}, errs.New(errs.Invalid, "keys",
			"There is no Muster installation here. Give the issuer's keys with --keys FILE: they are published at /.well-known/jwks.json of its site.")
	}
	signer, err := signerOf(c)
	return credential.KeySet{Keys: []credential.Key{signer.Key()}}, err
}

func readFile(name string) (raw []byte, err error) {
	file, err := os.Open(name)
	if err == nil {
		defer func() { err = errors.Join(err, file.Close()) }()
		raw, err = io.ReadAll(io.LimitReader(file, longestBadge))
	}
	if err != nil {
		msg := "The file " + name + " cannot be read."
		if errors.Is(err, fs.ErrNotExist) {
			msg = "There is no file " + name + "."
		}
		return nil, &errs.Error{Kind: errs.Invalid, Code: "file", Msg: msg, Err: err}
	}
	return raw, nil
}

// checkBadge proves a badge and prints what it says.
func checkBadge(file []byte, keys credential.KeySet, name string, t console) error {
	badge, err := credential.Unbake(file)
	if err != nil {
		return refused(err)
	}
	found, err := credential.Check(badge, keys, time.Now())
	if err != nil {
		return refused(err)
	}
	fmt.Fprintf(t.out, "%s\nissued by %s (%s) on %s, valid until %s\ncriteria: %s\n",
		found.Name, found.Issuer, found.IssuerID, found.IssuedAt.Format(time.DateOnly), found.ValidUntil.Format(time.DateOnly), found.Criteria)
	switch {
	case name != "" && !found.Names(name):
		return errs.New(errs.Invalid, "name", "The signature holds, but the badge was not issued to %q.", name)
	case name != "":
		fmt.Fprintf(t.out, "issued to: %s\n", name)
	}
	if found.Expired {
		return errs.New(errs.Invalid, "expired", "The signature holds, but the badge expired on %s.", found.ValidUntil.Format(time.DateOnly))
	}
	fmt.Fprintf(t.out, "the signature holds. Whether it was revoked since stands at %s\n", found.ID)
	return nil
}

func refused(err error) error {
	return errs.New(errs.Invalid, "badge", "The badge does not hold: %v.", err)
}
