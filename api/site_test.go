package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"muster/internal/identity"
)

const (
	startScript = "\n\tstart();\n"
	shellPage   = "<!doctype html><title>Muster</title><script>" + startScript + `</script><script src="/_app/immutable/app.js"></script>`
)

// withSite serves a small built front end beside the API.
func withSite(s *Server) {
	s.Site = fstest.MapFS{
		"index.html":                {Data: []byte(shellPage)},
		"service-worker.js":         {Data: []byte("self.skipWaiting()")},
		"_app/immutable/app.js":     {Data: []byte("app()")},
		"_app/immutable/app.js.gz":  {Data: []byte("gzipped")},
		"_app/immutable/app.js.br":  {Data: []byte("brotli")},
		"_app/immutable/style.css":  {Data: []byte("body{}")},
		"_app/immutable/data.woff2": {Data: []byte("font")},
	}
}

// protection is what every reply tells browsers, whatever it is a reply to.
func protection(shell string, secure bool) http.Header {
	script := ""
	if shell != "" {
		sum := sha256.Sum256([]byte(startScript))
		script = " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	want := http.Header{
		"Content-Security-Policy": {"default-src 'self'; script-src 'self'" + script + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
			"connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"},
		"X-Content-Type-Options":     {"nosniff"},
		"Referrer-Policy":            {"no-referrer"},
		"Cross-Origin-Opener-Policy": {"same-origin"},
		"Permissions-Policy":         {"camera=(), microphone=(), geolocation=()"},
	}
	if secure {
		want.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	return want
}

// forbidden are headers that no reply has: nothing is shared with other
// origins, and nobody is told what the server runs on.
var forbidden = []string{"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Server", "X-Powered-By"}

func (a answer) wantProtected(want http.Header) {
	a.t.Helper()
	want = want.Clone()
	if strings.Contains(a.route, " "+base) {
		want.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'")
	}
	for name, values := range want {
		if got := a.header.Get(name); got != values[0] {
			a.t.Errorf("%s = %d with %s %q, want %q", a.route, a.status, name, got, values[0])
		}
	}
	for _, name := range forbidden {
		if got := a.header.Get(name); got != "" {
			a.t.Errorf("%s = %d with %s %q, want none", a.route, a.status, name, got)
		}
	}
	if want.Get("Strict-Transport-Security") == "" && a.header.Get("Strict-Transport-Security") != "" {
		a.t.Errorf("%s speaks of HTTPS, which it is not served by", a.route)
	}
	if a.status >= 400 && a.isProblem() && (a.header.Get("Cache-Control") != "no-store" || decode[Problem](a).RequestID != a.header.Get("X-Request-Id")) {
		a.t.Errorf("%s = %d %v %s, want a problem that names its request and is not kept", a.route, a.status, a.header, a.raw)
	}
}

// TestHeaders: on the site and the API, on success and on errors, signed in or
// not. No reply about a person is kept by anybody on the way; what is the same
// for all who are signed in is asked for again each time.
func TestHeaders(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		w := newWorld(t, withSite, func(s *Server) { s.Secure = secure })
		want := protection(shellPage, secure)
		token := w.person("amina", identity.Trainee)
		attempt := w.start(token, "ground.check").ID
		seen := map[string]bool{}
		for _, op := range w.operations() {
			for _, as := range []string{"", token} {
				for _, suffix := range []string{"", "?zq=1", "/"} {
					got := w.call(op.method, fill(op.path, attempt)+suffix, as, sample(op.id), "Origin", "https://elsewhere.test")
					got.wantProtected(want)
					id, cache := got.header.Get("X-Request-Id"), got.header.Get("Cache-Control")
					if seen[id] || id == "" {
						t.Errorf("%s has the request id %q, want one of its own", got.route, id)
					}
					seen[id] = true
					_, common := (*w.server.pages.Load())[fill(op.path, attempt)]
					switch shared := common && got.status == http.StatusOK; {
					case shared && (cache != "private, no-cache" || !strings.Contains(got.header.Get("Vary"), "Authorization")):
						t.Errorf("%s is kept as %q by %q, want private, asked for again, by Authorization", got.route, cache, got.header.Get("Vary"))
					case !shared && cache != "no-store":
						t.Errorf("%s = %d is kept as %q, want no-store", got.route, got.status, cache)
					}
				}
			}
		}
		for _, path := range []string{"/", "/modules/ground", "/_app/immutable/app.js", "/none.js", "/healthz", "/readyz", "/metrics", "/api", "/api/", "/api/v2/me", base + "/openapi.json", base, "/.git/config", "/%00"} {
			w.call("GET", path, "", nil).wantProtected(want)
			w.call("TRACE", path, "", nil).wantProtected(want)
		}
	}
}

// TestSite: files are what they are, and every other address is the shell.
func TestSite(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withSite)
	for _, c := range []struct {
		path, accept        string
		status              int
		body, kind, encoded string
		cache               string
	}{
		{"/", "br", 200, shellPage, "text/html; charset=utf-8", "", "no-cache"},
		{"/modules/ground/basics", "", 200, shellPage, "text/html; charset=utf-8", "", "no-cache"},
		{"/service-worker.js", "", 200, "self.skipWaiting()", "text/javascript; charset=utf-8", "", "no-cache"},
		{"/_app/immutable/app.js", "", 200, "app()", "text/javascript; charset=utf-8", "", "public, max-age=31536000, immutable"},
		{"/_app/immutable/app.js", "gzip", 200, "gzipped", "text/javascript; charset=utf-8", "gzip", "public, max-age=31536000, immutable"},
		{"/_app/immutable/app.js", "gzip, br", 200, "brotli", "text/javascript; charset=utf-8", "br", "public, max-age=31536000, immutable"},
		{"/_app/immutable/style.css", "gzip, br", 200, "body{}", "text/css; charset=utf-8", "", "public, max-age=31536000, immutable"},
		{"/_app/immutable/gone.js", "", 404, "", "application/problem+json", "", "no-store"},
		{"/_app/immutable/app.js.gz", "", 404, "", "application/problem+json", "", "no-store"},
		{"/../../etc/passwd.txt", "", 404, "", "application/problem+json", "", "no-store"},
		{"/%2e%2e/go.mod", "", 404, "", "application/problem+json", "", "no-store"},
	} {
		got := w.call("GET", c.path, "", nil, "Accept-Encoding", c.accept).want(c.status)
		h := got.header
		if c.status == 200 && string(got.raw) != c.body || h.Get("Content-Type") != c.kind || h.Get("Content-Encoding") != c.encoded || h.Get("Cache-Control") != c.cache {
			t.Errorf("%s accepting %q = %v %.60s", got.route, c.accept, h, got.raw)
		}
		if etag := h.Get("ETag"); etag != "" {
			w.call("GET", c.path, "", nil, "If-None-Match", etag).want(http.StatusNotModified)
			w.call("GET", c.path, "", nil, "If-None-Match", `"other"`).want(http.StatusOK)
		}
	}
}

// TestCataloguePages: each has a strong tag of its own, and is the same plain
// and compressed.
func TestCataloguePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("amina", identity.Trainee)
	tags := map[string]string{}
	for path := range *w.server.pages.Load() {
		plain := w.call("GET", path, token, nil).want(http.StatusOK)
		packed := w.call("GET", path, token, nil, "Accept-Encoding", "gzip, br").want(http.StatusOK)
		reader, err := gzip.NewReader(bytes.NewReader(packed.raw))
		w.must(err)
		unpacked, err := io.ReadAll(reader)
		w.must(err)
		if packed.header.Get("Content-Encoding") != "gzip" || !bytes.Equal(unpacked, plain.raw) {
			t.Errorf("%s compressed is not what it is plain", path)
		}
		tag := plain.header.Get("ETag")
		if len(tag) != 26 || tag[0] != '"' || tags[tag] != "" {
			t.Errorf("%s has the tag %s, %q has it too; want a strong one of its own", path, tag, tags[tag])
		}
		tags[tag] = path
		if got := w.call("GET", path, token, nil, "If-None-Match", tag).want(http.StatusNotModified); len(got.raw) > 0 || got.header.Get("ETag") != tag {
			t.Errorf("%s not modified = %v %s", path, got.header, got.raw)
		}
		w.call("GET", path, "", nil, "If-None-Match", tag).wantCode(http.StatusUnauthorized, "unauthenticated")
	}
	if len(tags) < 9 {
		t.Errorf("only %d pages: the handmade curriculum is broken", len(tags))
	}
}
