package config

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/errs"
)

// What reads the environment cannot run beside other tests.

// clean takes every setting out of the environment for one test.
func clean(t *testing.T) {
	t.Helper()
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "MUSTER_") {
			t.Setenv(name, "") // so that it comes back
			must(t, os.Unsetenv(name))
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantRefusal checks that a wrong setting is named to the operator.
func wantRefusal(t *testing.T, doing string, err error, words ...string) {
	t.Helper()
	var refusal *errs.Error
	if !errors.As(err, &refusal) || refusal.Kind != errs.Invalid || refusal.Code != "configuration" {
		t.Errorf("%s = %v, want Invalid with code configuration", doing, err)
		return
	}
	for _, word := range words {
		if !strings.Contains(refusal.Msg, word) {
			t.Errorf("%s = %q, want it to name %q", doing, refusal.Msg, word)
		}
	}
}

func TestDefaults(t *testing.T) {
	clean(t)
	got, err := FromEnvironment()
	must(t, err)
	want := Config{Addr: "127.0.0.1:8080", Data: "./data", Retention: 30, LogLevel: "info", LogFormat: "text"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("FromEnvironment of nothing (-want +got):\n%s", diff)
	}
	if _, err := got.Logger(io.Discard); err != nil {
		t.Errorf("Logger by default = %v", err)
	}
}

// TestFlagsGoBeforeTheEnvironment also proves that every flag has its setting.
func TestFlagsGoBeforeTheEnvironment(t *testing.T) {
	clean(t)
	t.Setenv("MUSTER_ADDR", "127.0.0.1:1")
	t.Setenv("MUSTER_DATA", "/from/environment")
	t.Setenv("MUSTER_PROXY_HOPS", "2")
	c, err := FromEnvironment()
	must(t, err)
	set := flag.NewFlagSet("serve", flag.ContinueOnError)
	c.Flags(set)
	must(t, set.Parse([]string{
		"--addr", ":2", "--database-url", "postgres://h/d", "--content", "/c", "--secret-file", "/s", "--public-url", "https://m.example",
		"--retention-days", "14", "--log-level", "debug", "--log-format", "json",
	}))
	want := Config{
		Addr: ":2", Data: "/from/environment", DatabaseURL: "postgres://h/d", Content: "/c", SecretFile: "/s",
		PublicURL: "https://m.example", ProxyHops: 2, Retention: 14, LogLevel: "debug", LogFormat: "json",
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("Config (-want +got):\n%s", diff)
	}
	set.VisitAll(func(f *flag.Flag) {
		if name := "MUSTER_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_")); !strings.Contains(f.Usage, name) {
			t.Errorf("the help of --%s does not name %s", f.Name, name)
		}
	})
}

func TestEnvironmentThatCannotBeRead(t *testing.T) {
	clean(t)
	t.Setenv("MUSTER_PROXY_HOPS", "many")
	_, err := FromEnvironment()
	wantRefusal(t, "FromEnvironment", err, "ProxyHops")
}

func TestDatabaseAndAddress(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config   Config
		database string
		secure   bool
	}{
		"by default": {Config{Data: "/d"}, "/d/muster.db", false},
		"a file":     {Config{Data: "/d", DatabaseURL: "sqlite:///x.db"}, "sqlite:///x.db", false},
		"a server":   {Config{DatabaseURL: "postgres://h/d"}, "postgres://h/d", false},
		"by HTTPS":   {Config{Data: "/d", PublicURL: "https://m.example"}, "/d/muster.db", true},
		"by HTTP":    {Config{Data: "/d", PublicURL: "http://m.example"}, "/d/muster.db", false},
	}
	for name, test := range tests {
		c := test.config
		if c.Database() != test.database || c.Secure() != test.secure {
			t.Errorf("%s: %s, secure %t, want %s, %t", name, c.Database(), c.Secure(), test.database, test.secure)
		}
	}
}

func TestLogger(t *testing.T) {
	t.Parallel()
	_, err := Config{LogLevel: "loud", LogFormat: "text"}.Logger(io.Discard)
	wantRefusal(t, "Logger at a level that is none", err, "loud", "debug, info, warn, error")
	_, err = Config{LogLevel: "info", LogFormat: "xml"}.Logger(io.Discard)
	wantRefusal(t, "Logger in a format that is none", err, "xml", "text or json")
	var out bytes.Buffer
	logger, err := Config{LogLevel: "warn", LogFormat: "json"}.Logger(&out)
	must(t, err)
	logger.Info("quiet")
	logger.Warn("heard")
	if got := out.String(); strings.Contains(got, "quiet") || !strings.Contains(got, `"msg":"heard"`) {
		t.Errorf("log at warn = %s, want the warning alone, as JSON", got)
	}
}

func TestMakeData(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "a", "b")
	for range 2 {
		must(t, Config{Data: folder}.MakeData())
	}
	info, err := os.Stat(folder)
	must(t, err)
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the data folder has mode %v, want 0700", info.Mode().Perm())
	}
	file := filepath.Join(folder, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	for _, path := range []string{file, filepath.Join(file, "below")} {
		wantRefusal(t, "MakeData of "+path, Config{Data: path}.MakeData(), path, "--data", "MUSTER_DATA")
	}
}

const goodSecret = "0123456789abcdef0123456789abcdef"

// TestKnownKeys: HKDF with SHA-256 and no salt, as Python's hmac computes it.
func TestKnownKeys(t *testing.T) {
	clean(t)
	t.Setenv("MUSTER_SECRET", goodSecret)
	for purpose, want := range map[string]string{
		"access tokens":  "12ae0899f145673118926956db538248bfcb96c3ed8b27002787957466b3dfca",
		"refresh tokens": "32ee9cd797ebbc98bf6abac87fcece88cbb82fa1d66c6fab83f18d4c402d671c",
	} {
		key, err := Config{Secret: goodSecret}.Key(purpose)
		must(t, err)
		if got := hex.EncodeToString(key); got != want {
			t.Errorf("key of %s = %s, want %s", purpose, got, want)
		}
	}
}

func TestWeakSecretsStopTheProgram(t *testing.T) {
	clean(t)
	for name, secret := range map[string]string{
		"empty": "", "31 bytes": goodSecret[:31], "one letter": strings.Repeat("a", 64), "seven letters": strings.Repeat("abcdefg", 9),
	} {
		t.Setenv("MUSTER_SECRET", secret)
		_, err := Config{Secret: secret, Data: t.TempDir()}.Key("access tokens")
		wantRefusal(t, "a secret that is "+name, err, "MUSTER_SECRET", "openssl rand")
		if secret != "" && strings.Contains(err.Error(), secret) {
			t.Errorf("the refusal repeats the secret: %v", err)
		}
	}
}

func TestSecretFile(t *testing.T) {
	clean(t)
	folder := t.TempDir()
	c := Config{Data: folder}
	first, err := c.Key("access tokens")
	must(t, err)
	info, err := os.Stat(filepath.Join(folder, "secret"))
	must(t, err)
	if info.Mode().Perm() != 0o600 || info.Size() < MinSecret {
		t.Errorf("the secret file has mode %v and %d bytes, want 0600 and at least %d", info.Mode().Perm(), info.Size(), MinSecret)
	}
	again, err := c.Key("access tokens")
	must(t, err)
	other, err := Config{Data: t.TempDir()}.Key("access tokens")
	must(t, err)
	if !bytes.Equal(first, again) || bytes.Equal(first, other) || len(first) != MinSecret {
		t.Errorf("keys %x, %x after a restart, %x elsewhere", first, again, other)
	}

	path := filepath.Join(t.TempDir(), "own")
	_, err = Config{SecretFile: path}.Key("access tokens")
	wantRefusal(t, "a secret file that is named and absent", err, path, "cannot be read")
	must(t, os.WriteFile(path, []byte(" short \n"), 0o600))
	_, err = Config{SecretFile: path}.Key("access tokens")
	wantRefusal(t, "a short secret file", err, path, "too short")
	must(t, os.WriteFile(path, []byte(goodSecret+"\r\n"), 0o600))
	key, err := Config{SecretFile: path}.Key("access tokens")
	must(t, err)
	if got := hex.EncodeToString(key); got != "12ae0899f145673118926956db538248bfcb96c3ed8b27002787957466b3dfca" {
		t.Errorf("key of a secret file with a line end = %s, want that of the secret alone", got)
	}
	nowhere := filepath.Join(folder, "secret", "below")
	_, err = Config{Data: nowhere}.Key("access tokens")
	wantRefusal(t, "a data folder that cannot be", err, nowhere)
	_, err = Config{Data: filepath.Join(folder, "missing")}.Key("access tokens")
	wantRefusal(t, "a data folder that is not there", err, "cannot be written")
}

func TestKeep(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]time.Duration{1: 24 * time.Hour, 30: 720 * time.Hour} {
		if got, err := (Config{Retention: days}).Keep(); got != want || err != nil {
			t.Errorf("Keep of %d days = %v, %v, want %v", days, got, err, want)
		}
	}
	for _, days := range []int{0, -1, 3651} {
		_, err := Config{Retention: days}.Keep()
		wantRefusal(t, "Keep of too few or too many days", err, "MUSTER_RETENTION_DAYS")
	}
}
