package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// shell is the page that every address of the site begins with.
const shell = "index.html"

// asset is a file of the site with its compressed forms, if it has any.
type asset struct {
	plain, gzip, brotli []byte
	kind, etag, cache   string
}

var inlineScript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// siteRoutes serve the built front end. An address that is no file gets the
// shell, which finds its page by itself.
func (s *Server) siteRoutes(app *fiber.App) error {
	if s.Site == nil {
		return nil
	}
	assets, err := readSite(s.Site)
	if err != nil {
		return err
	}
	start, ok := assets[shell]
	if !ok {
		return nil
	}
	s.forPages = s.protection(contentPolicy(start.plain))
	app.Get("/*", func(c *fiber.Ctx) error {
		name := strings.TrimPrefix(path.Clean(c.Path()), "/")
		found, ok := assets[name]
		if !ok && path.Ext(name) != "" {
			return fiber.ErrNotFound
		}
		if !ok {
			found = start
		}
		return found.send(c)
	})
	return nil
}

func readSite(site fs.FS) (map[string]asset, error) {
	assets := make(map[string]asset)
	err := fs.WalkDir(site, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(name, ".gz") || strings.HasSuffix(name, ".br") {
			return err
		}
		plain, err := fs.ReadFile(site, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(plain)
		a := asset{plain: plain, kind: mime.TypeByExtension(path.Ext(name)), etag: `"` + hex.EncodeToString(sum[:12]) + `"`, cache: "no-cache"}
		if strings.HasPrefix(name, "_app/immutable/") {
			a.cache = "public, max-age=31536000, immutable"
		}
		if a.gzip, err = optional(site, name+".gz"); err != nil {
			return err
		}
		a.brotli, err = optional(site, name+".br")
		assets[name] = a
		return err
	})
	return assets, err
}

func optional(site fs.FS, name string) ([]byte, error) {
	raw, err := fs.ReadFile(site, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return raw, err
}

func (a asset) send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, a.cache)
	c.Set(fiber.HeaderETag, a.etag)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if c.Get(fiber.HeaderIfNoneMatch) == a.etag {
		return c.SendStatus(http.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, a.kind)
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case a.brotli != nil && strings.Contains(accepted, "br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(a.brotli)
	case a.gzip != nil && strings.Contains(accepted, "gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(a.gzip)
	}
	return c.Send(a.plain)
}

// contentPolicy tells browsers that everything comes from this origin, and
// which inline scripts the shell holds: the one that starts the site.
func contentPolicy(shell []byte) string {
	scripts := "'self'"
	for _, match := range inlineScript.FindAllSubmatch(shell, -1) {
		sum := sha256.Sum256(match[1])
		scripts += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'self'; script-src " + scripts + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
		"worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
}
