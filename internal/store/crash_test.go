package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/curriculum"
	"muster/internal/store"
)

// crashEnv names the database in the child process of TestCrash.
const crashEnv = "MUSTER_CRASH_DATABASE"

// TestCrash kills a child process under load again and again: every event that
// the child had acknowledged has to be there, and every chain has to hold.
func TestCrash(t *testing.T) {
	if path := os.Getenv(crashEnv); path != "" {
		appendForEver(t, path)
		return
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "muster.db")
	acknowledged := make(map[assessment.AttemptID]int64)
	for round := range 5 {
		runAndKill(t, path, time.Duration(150+70*round)*time.Millisecond, acknowledged)
		checkLogs(t, path, acknowledged)
	}
	if len(acknowledged) == 0 {
		t.Error("nothing was acknowledged before the kills")
	}
}

// runAndKill notes the last event that was acknowledged of each attempt.
func runAndKill(t *testing.T, path string, life time.Duration, acknowledged map[assessment.AttemptID]int64) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run", "^TestCrash$")
	child.Env = append(os.Environ(), crashEnv+"="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var kill *time.Timer
	for lines.Scan() {
		if kill == nil {
			kill = time.AfterFunc(life, func() { _ = child.Process.Kill() })
		}
		var id assessment.AttemptID
		var seq int64
		if n, err := fmt.Sscanf(lines.Text(), "ack %s %d.", &id, &seq); n == 2 && err == nil && strings.HasSuffix(lines.Text(), ".") {
			acknowledged[id] = max(acknowledged[id], seq)
		}
	}
	if err := child.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
}

func checkLogs(t *testing.T, path string, acknowledged map[assessment.AttemptID]int64) {
	t.Helper()
	s := openFile(t, path)
	for id, seq := range acknowledged {
		events, err := s.Events(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if int64(len(events)) < seq {
			t.Errorf("attempt %s has %d events, %d were acknowledged", id, len(events), seq)
		}
		if broken := assessment.Verify(events); broken != nil {
			t.Errorf("Verify(%s) = %+v", id, broken)
		}
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// appendForEver is the child: it prints what has been acknowledged.
func appendForEver(t *testing.T, path string) {
	s := openFile(t, path)
	quiz := curriculum.Quiz{Slug: "patrol.check"}
	if err := s.PublishQuizzes(t.Context(), []curriculum.Quiz{quiz}); err != nil {
		t.Fatal(err)
	}
	version, err := curriculum.QuizVersion(quiz)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for n := range 16 {
		id := attemptID(n, 0)
		if _, err := s.Attempt(t.Context(), id); err != nil {
			begin(t, s, n, quiz.Slug, version, 0)
		}
		wg.Go(func() { appendUntilKilled(s, id) })
	}
	wg.Wait()
}

func appendUntilKilled(s *store.Store, id assessment.AttemptID) {
	for {
		var seq int64
		err := s.Append(context.Background(), id, func(state *assessment.State) (assessment.Change, error) {
			seq = state.ServerSeq + 1
			return answer(state)
		})
		if err != nil {
			return
		}
		fmt.Printf("ack %s %d.\n", id, seq)
	}
}
