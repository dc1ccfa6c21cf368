package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/identity"
)

// TestErasedFromTheFile: not a byte of who was erased is left in the file or in
// its log, though the row was rewritten often and others stand around it.
func TestErasedFromTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "muster.db")
	s, err := Open(t.Context(), Config{URL: path})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close(context.Background())) })
	traces := []string{"quillfeather", "Quillfeather", "quill.example", "$argon2id$quill", "only for quill"}
	leaveInFile(t, s)
	for _, trace := range traces {
		if !inFile(t, path, trace) {
			t.Fatalf("%q is not in the file before: the test proves nothing", trace)
		}
	}
	must(t, s.Erase(t.Context(), "quill", func(u identity.User, _ int) (identity.Erasure, error) {
		u.Name, u.Username, u.Email, u.PasswordHash = identity.ErasedName, identity.ErasedUsername(u.ID), "", ""
		return identity.Erasure{User: u, Throttle: "account:quillfeather", Entry: deed("user.erase")}, nil
	}))
	for _, trace := range traces {
		if inFile(t, path, trace) {
			t.Errorf("%q is still in the file", trace)
		}
	}
}

func deed(action audit.Action) audit.Entry {
	return audit.Entry{At: time.Now(), Actor: audit.System, Action: action, Object: "quill"}
}

// leaveInFile keeps somebody among many, with all that is rewritten of them.
func leaveInFile(t *testing.T, s *Store) {
	t.Helper()
	user := func(id, username string) {
		t.Helper()
		u := identity.User{ID: identity.UserID(id), Username: username, Name: username, Role: identity.Trainee, Locale: "en", Email: username + "@quill.example"}
		must(t, s.CreateUser(t.Context(), u, deed("user.create")))
	}
	others := func(from int) {
		t.Helper()
		for n := range 200 {
			u := identity.User{ID: identity.UserID(fmt.Sprint("p", from+n)), Username: fmt.Sprint("person", from+n), Name: strings.Repeat("n", n), Role: identity.Trainee, Locale: "en"}
			must(t, s.CreateUser(t.Context(), u, deed("user.create")))
		}
	}
	others(0)
	user("quill", "Quillfeather")
	for n := range 20 {
		must(t, s.SetPassword(t.Context(), "quill", "$argon2id$quill"+strings.Repeat("x", 10*n), deed("user.password")))
		must(t, s.UpdateThrottle(t.Context(), fmt.Sprint("account:other", n), func(identity.Throttle) (identity.Throttle, []audit.Entry) {
			return identity.Throttle{Failures: n + 1}, nil
		}))
	}
	must(t, s.UpdateThrottle(t.Context(), "account:quillfeather", func(identity.Throttle) (identity.Throttle, []audit.Entry) {
		return identity.Throttle{Failures: 1}, nil
	}))
	others(200)
	must(t, s.CreateCohort(t.Context(), cohort.Cohort{ID: "c1", Name: "C", JoinCode: "X"}, nil, "", deed("cohort.create")))
	m := cohort.Message{ID: "m1", Cohort: "c1", Sender: "p1", Subject: "Hello", Body: strings.Repeat("only for quill ", 1000)}
	must(t, s.SendMessage(t.Context(), m, []identity.UserID{"quill"}, deed("cohort.message")))
}

// inFile says whether a database's file or its log holds some bytes.
func inFile(t *testing.T, path, text string) bool {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(path + suffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if bytes.Contains(raw, []byte(text)) {
			return true
		}
	}
	return false
}
