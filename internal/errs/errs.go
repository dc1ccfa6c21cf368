// Package errs holds the one error type that crosses package boundaries.
//
// It knows nothing of HTTP or of a database: domain packages say what kind of
// thing went wrong, api maps the kind to a status, and only Msg, Code and
// Fields ever reach a person.
package errs

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of failure an Error is; the list only grows.
type Kind uint8

// The kinds. Internal is the zero value, so that a forgotten kind is never
// shown to anybody.
const (
	Internal Kind = iota
	Invalid
	Unauthenticated
	Forbidden
	NotFound
	Conflict
	TooMany
	Unavailable
)

// Error is a failure with a message for the person and a cause for the log.
type Error struct {
	Kind   Kind
	Code   string            // stable, for programs: the front end chooses its text by it
	Msg    string            // shown to the client
	Fields map[string]string // field → what is wrong with it
	Err    error             // logged, never shown

	RetryAfter time.Duration // TooMany, Unavailable: how long to wait; 0 = not said
}

// Error gives the message and the cause, for the log.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Msg + ": " + e.Err.Error()
	}
	return e.Msg
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a kind with a code for programs and a message for the person.
func New(kind Kind, code, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Msg: fmt.Sprintf(format, args...)}
}

// Missing is the answer for a thing that does not exist and for one that the
// actor may not see: the two cannot be told apart.
func Missing(what string) *Error {
	return New(NotFound, "not_found", "There is no such %s.", what)
}

// InvalidField is an Invalid error about one field.
func InvalidField(field, format string, args ...any) *Error {
	msg := fmt.Sprintf(format, args...)
	return &Error{Kind: Invalid, Code: "invalid", Msg: msg, Fields: map[string]string{field: msg}}
}

// KindOf gives the kind of err, Internal for errors that are not an *Error.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// CodeOf gives the code of err, "" for errors that are not an *Error.
func CodeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
