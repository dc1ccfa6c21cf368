package api

import (
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

const requestIDKey = "request_id"

// observe gives every request an id, counts and logs it.
func (s *Server) observe(c *fiber.Ctx) error {
	start := time.Now()
	id := s.identify(c)
	err := c.Next()
	if err != nil {
		err = s.fail(c, err)
	}
	took, route, status := time.Since(start), c.Route().Path, c.Response().StatusCode()
	s.metrics.seen(c.Method(), route, status, took)
	s.Logger.Debug("request", slog.String("method", c.Method()), slog.String("route", route), slog.Int("status", status),
		slog.Duration("took", took), slog.String("request_id", id))
	return err
}

func (s *Server) identify(c *fiber.Ctx) string {
	id := s.NewID()
	c.Locals(requestIDKey, id)
	c.Set("X-Request-Id", id)
	return id
}

func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestIDKey).(string)
	return id
}

// protect tells browsers what they may do with the reply.
func (s *Server) protect(c *fiber.Ctx) {
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Referrer-Policy", "no-referrer")
	c.Set("Content-Security-Policy", s.policy)
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	if s.Secure {
		c.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	if strings.HasPrefix(c.Path(), base) {
		c.Set("Cache-Control", "no-store")
	}
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
// outermost trusted proxy wrote.
func (s *Server) address(c *fiber.Ctx) string {
	if s.Hops > 0 {
		hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
		if i := len(hops) - s.Hops; i >= 0 && strings.TrimSpace(hops[i]) != "" {
			return strings.TrimSpace(hops[i])
		}
	}
	return c.Context().RemoteIP().String()
}
