package config

import (
	"bytes"
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMail(t *testing.T) {
	t.Parallel()
	const from, site = "Muster <muster@m.example>", "https://m.example"
	tests := map[string]struct {
		url  string
		want Mail
	}{
		"none":           {"", Mail{}},
		"with all":       {"smtp://amina:p%40ss@h.example:2525", Mail{Host: "h.example", Port: 2525, Username: "amina", Password: "p@ss", From: from}},
		"by its host":    {"smtp://h.example", Mail{Host: "h.example", Port: 587, From: from}},
		"encrypted":      {"smtps://h.example/", Mail{Host: "h.example", Port: 465, TLS: true, From: from}},
		"by its address": {"smtp://[::1]:25", Mail{Host: "::1", Port: 25, From: from}},
	}
	for name, test := range tests {
		got, err := Config{SMTPURL: test.url, MailFrom: from, PublicURL: site}.Mail()
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestMailThatCannotBe(t *testing.T) {
	t.Parallel()
	good := Config{SMTPURL: "smtp://u:hidden@h.example", MailFrom: "muster@m.example", PublicURL: "https://m.example"}
	tests := map[string]struct {
		change func(*Config)
		word   string
	}{
		"another scheme":     {func(c *Config) { c.SMTPURL = "http://u:hidden@h.example" }, "smtps://"},
		"no host":            {func(c *Config) { c.SMTPURL = "smtp://u:hidden@" }, "smtps://"},
		"not a URL":          {func(c *Config) { c.SMTPURL = "smtp://u:hidden%@h.example" }, "%40"},
		"a path":             {func(c *Config) { c.SMTPURL += "/x" }, "smtps://"},
		"parameters":         {func(c *Config) { c.SMTPURL += "?tls=off" }, "smtps://"},
		"too high a port":    {func(c *Config) { c.SMTPURL += ":65536" }, "65535"},
		"no password":        {func(c *Config) { c.SMTPURL = "smtp://u@h.example" }, "or neither"},
		"no sender":          {func(c *Config) { c.MailFrom = "" }, "MUSTER_MAIL_FROM"},
		"a sender's headers": {func(c *Config) { c.MailFrom = "muster@m.example\r\nBcc: x@m.example" }, "MUSTER_MAIL_FROM"},
		"no address to lead": {func(c *Config) { c.PublicURL = "" }, "MUSTER_PUBLIC_URL"},
	}
	for name, test := range tests {
		c := good
		test.change(&c)
		_, err := c.Mail()
		wantRefusal(t, "Mail with "+name, err, test.word)
		if err != nil && strings.Contains(err.Error(), "hidden") {
			t.Errorf("Mail with %s tells the password: %v", name, err)
		}
	}
}

// TestHelpHidesThePassword: help names the setting and not what it holds.
func TestHelpHidesThePassword(t *testing.T) {
	t.Parallel()
	c := Config{SMTPURL: "smtp://u:hidden@h.example"}
	var out bytes.Buffer
	set := flag.NewFlagSet("serve", flag.ContinueOnError)
	set.SetOutput(&out)
	c.Flags(set)
	set.PrintDefaults()
	if help := out.String(); strings.Contains(help, "hidden") || !strings.Contains(help, "MUSTER_SMTP_URL") {
		t.Errorf("help = %s", help)
	}
	must(t, set.Parse(nil))
	if c.SMTPURL != "smtp://u:hidden@h.example" {
		t.Errorf("SMTPURL = %q after no flag, want what the environment says", c.SMTPURL)
	}
}
