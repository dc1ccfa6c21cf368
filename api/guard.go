package api

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"muster/internal/bank"
)

const requestIDKey = "request_id"

var requestIDHeader = []byte("X-Request-Id")

// observe gives every request an id, counts and logs it.
func (s *Server) observe(c *fiber.Ctx) error {
	start := time.Now()
	id := s.identify(c)
	err := c.Next()
	if err != nil {
		err = s.fail(c, err)
	}
	took, route, status := time.Since(start), c.Route().Path, c.Response().StatusCode()
	s.metrics.seen(outcome{c.Method(), route, status}, took)
	if s.Logger.Enabled(c.UserContext(), slog.LevelDebug) {
		s.Logger.Debug("request", slog.String("method", c.Method()), slog.String("route", route), slog.Int("status", status),
			slog.Duration("took", took), slog.String("request_id", id))
	}
	return err
}

func (s *Server) identify(c *fiber.Ctx) string {
	id := s.NewID()
	c.Locals(requestIDKey, id)
	c.Response().Header.SetCanonical(requestIDHeader, []byte(id))
	return id
}

func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestIDKey).(string)
	return id
}

// dataPolicy is for replies that are no page: nothing in one is ever run, loaded
// or framed.
const dataPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"

// header is a header of a reply, in the form in which it is sent.
type header struct{ name, value []byte }

// protection makes the headers that tell browsers what they may do with a reply.
// They are made once: every reply has them.
func (s *Server) protection(policy string) []header {
	fields := [][2]string{
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "no-referrer"},
		{"Content-Security-Policy", policy},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
	}
	if s.Secure {
		fields = append(fields, [2]string{"Strict-Transport-Security", "max-age=31536000; includeSubDomains"})
	}
	return headers(fields...)
}

// headers makes headers of names in their canonical form, and values.
func headers(fields ...[2]string) []header {
	made := make([]header, len(fields))
	for i, f := range fields {
		made[i] = header{[]byte(f[0]), []byte(f[1])}
	}
	return made
}

func set(c *fiber.Ctx, fields []header) {
	for _, f := range fields {
		c.Response().Header.SetCanonical(f.name, f.value)
	}
}

// protect tells browsers what they may do with the reply.
func (s *Server) protect(c *fiber.Ctx) {
	fields := s.forPages
	if strings.HasPrefix(c.Path(), base) {
		fields = s.forData
	}
	set(c, fields)
}

// guard refuses requests that are not what they seem.
func (s *Server) guard(c *fiber.Ctx) error {
	s.protect(c)
	header := &c.Request().Header
	switch {
	case len(header.Peek("Content-Encoding")) > 0:
		return fiber.ErrUnsupportedMediaType
	case len(header.Peek("Transfer-Encoding")) > 0 && len(header.Peek("Content-Length")) > 0:
		c.Context().SetConnectionClose()
		return fiber.ErrBadRequest
	case c.Method() == fiber.MethodTrace, c.Method() == fiber.MethodConnect:
		return fiber.ErrMethodNotAllowed
	}
	return c.Next()
}

// address is the client's: the peer's, or behind proxies the one that the
// outermost trusted proxy wrote. A proxy may add a line of its own below the
// client's, which together are one list.
func (s *Server) address(c *fiber.Ctx) string {
	if s.Hops > 0 {
		lines := c.Request().Header.PeekAll(fiber.HeaderXForwardedFor)
		hops := strings.Split(string(bytes.Join(lines, []byte{','})), ",")
		if i := len(hops) - s.Hops; i >= 0 && strings.TrimSpace(hops[i]) != "" {
			return strings.TrimSpace(hops[i])
		}
	}
	return c.Context().RemoteIP().String()
}

// admitting is how long a request with a file waits to be let in.
const admitting = 5 * time.Second

// admitFile lets a file of people in, which may be longer than any other body,
// and a picture, a document or a file of questions, which may be longer still, of those
// alone who keep questions: bodies are read before anything else is looked at.
func (s *Server) admitFile(header *fasthttp.RequestHeader) fasthttp.RequestConfig {
	path := string(header.RequestURI())
	switch {
	case !header.IsPost():
	case strings.HasPrefix(path, base+"/cohorts/") && strings.HasSuffix(path, "/imports"):
		return fasthttp.RequestConfig{MaxRequestBodySize: importBody}
	case path == base+"/pictures":
		return s.admitAuthor(header, pictureBody)
	case path == base+"/documents", path == base+"/question-imports", strings.HasPrefix(path, base+"/documents/") && strings.HasSuffix(path, "/editions"):
		return s.admitAuthor(header, documentBody)
	}
	return fasthttp.RequestConfig{}
}

// admitAuthor lets a longer body in of who keeps questions.
func (s *Server) admitAuthor(header *fasthttp.RequestHeader, longest int) fasthttp.RequestConfig {
	ctx, cancel := context.WithTimeout(context.Background(), admitting)
	defer cancel()
	if actor, err := s.bearer(ctx, string(header.Peek(fiber.HeaderAuthorization))); err == nil && bank.Authors(actor.Role) {
		return fasthttp.RequestConfig{MaxRequestBodySize: longest}
	}
	return fasthttp.RequestConfig{}
}
