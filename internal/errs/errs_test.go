package errs_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/errs"
)

func TestKindAndCode(t *testing.T) {
	t.Parallel()
	taken := errs.New(errs.Conflict, "username_taken", "The name %q is taken.", "anna")
	tests := map[string]struct {
		err  error
		kind errs.Kind
		code string
	}{
		"nothing":               {nil, errs.Internal, ""},
		"somebody else's error": {io.EOF, errs.Internal, ""},
		"no kind is internal":   {&errs.Error{Msg: "x"}, errs.Internal, ""},
		"ours":                  {taken, errs.Conflict, "username_taken"},
		"ours, wrapped":         {fmt.Errorf("make the user: %w", taken), errs.Conflict, "username_taken"},
		"ours, joined":          {errors.Join(io.EOF, taken), errs.Conflict, "username_taken"},
		"the outer of two":      {&errs.Error{Kind: errs.Unavailable, Code: "unavailable", Err: taken}, errs.Unavailable, "unavailable"},
		"what is not there":     {errs.Missing("cohort"), errs.NotFound, "not_found"},
		"a field":               {errs.InvalidField("name", "No."), errs.Invalid, "invalid"},
	}
	for name, test := range tests {
		if kind, code := errs.KindOf(test.err), errs.CodeOf(test.err); kind != test.kind || code != test.code {
			t.Errorf("%s: kind %d, code %q, want %d, %q", name, kind, code, test.kind, test.code)
		}
	}
}

// TestCauseIsForTheLog: the log has the cause, the message for the person has not.
func TestCauseIsForTheLog(t *testing.T) {
	t.Parallel()
	err := &errs.Error{Msg: "The file cannot be read.", Err: io.ErrUnexpectedEOF}
	if got := err.Error(); got != "The file cannot be read.: unexpected EOF" {
		t.Errorf("Error = %q, want the message and the cause", got)
	}
	if err.Msg != "The file cannot be read." || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%+v: want the message alone, and the cause to be found", err)
	}
	if got := errs.New(errs.Invalid, "x", "100 %% of %d", 7).Error(); got != "100 % of 7" {
		t.Errorf("Error without a cause = %q", got)
	}
}

func TestInvalidField(t *testing.T) {
	t.Parallel()
	err := errs.InvalidField("events[3].seq", "The number %d is %s.", 0, "too small")
	want := map[string]string{"events[3].seq": "The number 0 is too small."}
	if diff := cmp.Diff(want, err.Fields); diff != "" || err.Msg != want["events[3].seq"] {
		t.Errorf("InvalidField = %+v, fields (-want +got):\n%s", err, diff)
	}
}
