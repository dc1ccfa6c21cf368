// Package config is what an operator may set, read once from the environment
// and the command line.
package config

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"muster/internal/errs"
)

// Config is every setting of the program, with its default.
type Config struct {
	Addr        string `env:"MUSTER_ADDR" envDefault:"127.0.0.1:8080"`
	Data        string `env:"MUSTER_DATA" envDefault:"./data"`
	DatabaseURL string `env:"MUSTER_DATABASE_URL"`
	Content     string `env:"MUSTER_CONTENT"`
	SecretFile  string `env:"MUSTER_SECRET_FILE"`
	Secret      string `env:"MUSTER_SECRET"`
	PublicURL   string `env:"MUSTER_PUBLIC_URL"`
	SMTPURL     string `env:"MUSTER_SMTP_URL"`
	MailFrom    string `env:"MUSTER_MAIL_FROM"`
	ProxyHops   int    `env:"MUSTER_PROXY_HOPS" envDefault:"0"`
	Retention   int    `env:"MUSTER_RETENTION_DAYS" envDefault:"30"`
	LogLevel    string `env:"MUSTER_LOG_LEVEL" envDefault:"info"`
	LogFormat   string `env:"MUSTER_LOG_FORMAT" envDefault:"text"`
}

// FromEnvironment reads the environment.
func FromEnvironment() (Config, error) {
	c, err := env.ParseAs[Config]()
	if err != nil {
		return c, errs.New(errs.Invalid, "configuration", "The environment cannot be read: %v.", err)
	}
	return c, nil
}

// Flags adds a flag for each setting to set, with what the environment says as
// its default.
func (c *Config) Flags(set *flag.FlagSet) {
	set.StringVar(&c.Addr, "addr", c.Addr, "address to listen on; port 0 takes a free one (MUSTER_ADDR)")
	set.StringVar(&c.Data, "data", c.Data, "folder of the database and the secret (MUSTER_DATA)")
	set.StringVar(&c.DatabaseURL, "database-url", c.DatabaseURL, "sqlite:///path or postgres://…; default: muster.db in the data folder (MUSTER_DATABASE_URL)")
	set.StringVar(&c.Content, "content", c.Content, "folder of the curriculum; default: the built-in one (MUSTER_CONTENT)")
	set.StringVar(&c.SecretFile, "secret-file", c.SecretFile, "file of the signing key; default: secret in the data folder, made at first start (MUSTER_SECRET_FILE)")
	set.StringVar(&c.PublicURL, "public-url", c.PublicURL, "address that people use; https:// makes cookies secure (MUSTER_PUBLIC_URL)")
	set.StringVar(&c.SMTPURL, "smtp-url", c.SMTPURL, "smtp://user:password@host:587 or smtps://… sends a daily e-mail of what is new to who gave an address; default: none (MUSTER_SMTP_URL)")
	set.Lookup("smtp-url").DefValue = "" // help shows defaults, and this one may hold a password
	set.StringVar(&c.MailFrom, "mail-from", c.MailFrom, "address that e-mail comes from (MUSTER_MAIL_FROM)")
	set.IntVar(&c.ProxyHops, "proxy-hops", c.ProxyHops, "trusted proxies that add to X-Forwarded-For (MUSTER_PROXY_HOPS)")
	set.IntVar(&c.Retention, "retention-days", c.Retention, "days for which ended sessions, wrong sign-ins with their addresses and used sign-in codes are kept (MUSTER_RETENTION_DAYS)")
	set.StringVar(&c.LogLevel, "log-level", c.LogLevel, "debug, info, warn or error (MUSTER_LOG_LEVEL)")
	set.StringVar(&c.LogFormat, "log-format", c.LogFormat, "text or json (MUSTER_LOG_FORMAT)")
}

// Database is where the store is.
func (c Config) Database() string {
	if c.DatabaseURL != "" {
		return c.DatabaseURL
	}
	return filepath.Join(c.Data, "muster.db")
}

// Site is the address of the site, without a slash at its end.
func (c Config) Site() string {
	if c.PublicURL != "" {
		return strings.TrimRight(c.PublicURL, "/")
	}
	return "http://" + c.Addr
}

// Keep is how long what tells of past sign-ins is kept.
func (c Config) Keep() (time.Duration, error) {
	if c.Retention < 1 || c.Retention > 3650 {
		return 0, errs.New(errs.Invalid, "configuration", "Sign-ins cannot be kept for %d days. Choose 1 to 3650 with --retention-days or MUSTER_RETENTION_DAYS.", c.Retention)
	}
	return time.Duration(c.Retention) * 24 * time.Hour, nil
}

// Secure says whether people reach the server by HTTPS.
func (c Config) Secure() bool { return strings.HasPrefix(c.PublicURL, "https://") }

// Logger makes the program's logger.
func (c Config) Logger(w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return nil, errs.New(errs.Invalid, "configuration", "The log level %q is not one of debug, info, warn, error.", c.LogLevel)
	}
	options := &slog.HandlerOptions{Level: level}
	switch c.LogFormat {
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, errs.New(errs.Invalid, "configuration", "The log format %q is not text or json.", c.LogFormat)
}

// MakeData makes the data folder where the program keeps files of its own.
func (c Config) MakeData() error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return &errs.Error{Kind: errs.Invalid, Code: "configuration", Msg: fmt.Sprintf("The data folder %s cannot be made. Choose another with --data or MUSTER_DATA.", c.Data), Err: err}
	}
	return nil
}
