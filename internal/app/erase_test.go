package app

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"muster/internal/identity"
)

// TestUserErase: the command line erases whom it names, once, and nobody by a
// mistyped name; the trail still holds.
func TestUserErase(t *testing.T) {
	t.Parallel()
	database := "--database-url=" + filepath.Join(t.TempDir(), "muster.db")
	run := func(want int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		if got := Run(context.Background(), append(args, database), &out, &out); got != want {
			t.Fatalf("%v = %d: %s", args, got, &out)
		}
		return out.String()
	}
	run(exitOK, "user", "add", "--username=quillfeather", "--name=Zénobie")
	if said := run(exitOK, "user", "erase", "--username=Quillfeather", "--yes"); strings.Contains(said, "quill") {
		t.Errorf("the answer %q still names them", said)
	}
	run(exitFailed, "user", "erase", "--username=quillfeather", "--yes") // nobody has this name now
	run(exitOK, "verify", "audit")
}

// TestTypedAgain: what is typed counts without the spaces around it; no answer
// is no username.
func TestTypedAgain(t *testing.T) {
	t.Parallel()
	for _, test := range [][2]string{{" anna \r\n", "anna"}, {"anna", "anna"}, {"", ""}, {"\nanna", ""}} {
		in, want := test[0], test[1]
		var asked bytes.Buffer
		got, err := typedAgain(strings.NewReader(in), console{err: &asked}, identity.User{Username: "anna", Name: "Anna"})
		if got != want || err != nil || !strings.Contains(asked.String(), "anna (Anna)") {
			t.Errorf("typedAgain(%q) = %q, %v after %q, want %q", in, got, err, &asked, want)
		}
	}
}
