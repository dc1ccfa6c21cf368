package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"muster/internal/errs"
)

// Problem is an error as clients see it: RFC 9457 with a code for programs and
// a detail for the person. It never holds what was sent, SQL or a path.
type Problem struct {
	Type      string         `json:"type" example:"about:blank"`
	Title     string         `json:"title" example:"Conflict"`
	Status    int            `json:"status" example:"409"`
	Code      string         `json:"code" example:"sequence_gap" doc:"What went wrong, for programs; the list only grows"`
	Detail    string         `json:"detail" doc:"What went wrong and what to do, for the person"`
	Errors    []ProblemField `json:"errors,omitempty"`
	Expected  int64          `json:"expected_seq,omitempty" doc:"With sequence_gap: the number to send again from"`
	RequestID string         `json:"request_id,omitempty"`

	retryAfter int // seconds
}

// ProblemField is what is wrong with one field.
type ProblemField struct {
	Location string `json:"location" example:"body.events[0].seq"`
	Message  string `json:"message"`
}

// Error gives the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus gives the HTTP status, for Huma.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders gives the headers of the reply, for Huma.
func (p *Problem) GetHeaders() http.Header {
	if p.retryAfter == 0 {
		return nil
	}
	return http.Header{"Retry-After": {strconv.Itoa(p.retryAfter)}}
}

// ContentType names the format, for Huma.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// statuses maps each kind of error to its status.
var statuses = map[errs.Kind]int{
	errs.Internal: http.StatusInternalServerError, errs.Invalid: http.StatusUnprocessableEntity,
	errs.Unauthenticated: http.StatusUnauthorized, errs.Forbidden: http.StatusForbidden,
	errs.NotFound: http.StatusNotFound, errs.Conflict: http.StatusConflict,
	errs.TooMany: http.StatusTooManyRequests, errs.Unavailable: http.StatusServiceUnavailable,
}

// codes names errors that only have a status.
var codes = map[int]string{
	400: "bad_request", 401: "unauthenticated", 403: "forbidden", 404: "not_found", 405: "method_not_allowed",
	406: "not_acceptable", 408: "request_timeout", 409: "conflict", 413: "too_large", 415: "unsupported_media_type",
	422: "invalid", 429: "throttled", 431: "headers_too_large", 500: "internal", 503: "unavailable",
}

var details = map[int]string{
	400: "The request cannot be read. Check that the body is one JSON object.",
	404: "There is nothing at this address.",
	405: "This address does not answer that method.",
	406: "The server answers in JSON.",
	408: "The request took too long to arrive. Try again.",
	413: "The request is too large.",
	415: "Send the body as application/json, without compression.",
	422: "Something in the request is not right. See which fields below.",
	431: "The headers of the request are too large.",
	500: "Something went wrong on the server. Your saved answers are safe. Try again in a moment.",
}

// problemOf makes the reply for an error. Errors that nobody foresaw say no
// more than that.
func problemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var e *errs.Error
	if errors.As(err, &e) && e.Kind != errs.Internal {
		return knownProblem(e)
	}
	var f *fiber.Error
	if errors.As(err, &f) {
		return statusProblem(f.Code)
	}
	return statusProblem(http.StatusInternalServerError)
}

func knownProblem(e *errs.Error) *Problem {
	p := statusProblem(statuses[e.Kind])
	p.Code, p.Detail = e.Code, e.Msg
	if e.RetryAfter > 0 {
		p.retryAfter = max(1, int(e.RetryAfter.Seconds()+0.999))
	}
	for _, field := range slices.Sorted(maps.Keys(e.Fields)) {
		if field == "expected_seq" {
			p.Expected, _ = strconv.ParseInt(e.Fields[field], 10, 64)
			continue
		}
		p.Errors = append(p.Errors, ProblemField{Location: "body." + field, Message: e.Fields[field]})
	}
	return p
}

func statusProblem(status int) *Problem {
	code, ok := codes[status]
	if !ok {
		code = "error"
	}
	detail, ok := details[status]
	if !ok {
		detail = http.StatusText(status) + "."
	}
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Detail: detail}
}

// humaProblemOf is how Huma makes the errors of its validation of a request.
func humaProblemOf(ctx huma.Context, status int, msg string, found ...error) huma.StatusError {
	p := *problemOf(humaProblem(status, msg, found...))
	p.RequestID = requestOf(ctx.Context())
	return &p
}

// humaProblem makes the problem: the messages name the field and the rule,
// never the value.
func humaProblem(status int, msg string, found ...error) huma.StatusError {
	p := statusProblem(status)
	for _, err := range found {
		var known *errs.Error
		if errors.As(err, &known) {
			return problemOf(err)
		}
		var detail huma.ErrorDetailer
		if errors.As(err, &detail) {
			d := detail.ErrorDetail()
			p.Errors = append(p.Errors, ProblemField{Location: d.Location, Message: plainRule(d.Message)})
		}
	}
	if status == http.StatusUnsupportedMediaType || strings.Contains(msg, "unknown content type") {
		return statusProblem(http.StatusUnsupportedMediaType)
	}
	return p
}

// plainRule keeps Huma's wording of a rule but for echoes of values.
func plainRule(message string) string {
	if strings.HasPrefix(message, "invalid character") || strings.Contains(message, "cannot unmarshal") {
		return "is not readable as JSON of the expected form"
	}
	return message
}

// fail writes an error that arose outside Huma, and logs it if nobody foresaw it.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	if requestID(c) == "" { // it was cut off before the middleware
		s.identify(c)
		s.protect(c)
	}
	p := s.reported(c.Method()+" "+c.Route().Path, requestID(c), err)
	raw, encodeErr := json.Marshal(p)
	if encodeErr != nil {
		return encodeErr
	}
	if p.retryAfter > 0 {
		c.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	c.Set("Cache-Control", "no-store")
	c.Set(fiber.HeaderContentType, p.ContentType(""))
	return c.Status(p.Status).Send(raw)
}

// reported makes the problem of an error, with the request's id, and logs the
// cause once where it is the server's fault.
func (s *Server) reported(route, requestID string, err error) *Problem {
	p := *problemOf(err)
	p.RequestID = requestID
	if p.Status >= http.StatusInternalServerError {
		s.Logger.Error("request failed", slog.String("route", route), slog.String("request_id", requestID), slog.Any("error", err))
	}
	return &p
}
