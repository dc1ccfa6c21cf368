package app_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/api"
	"muster/internal/assessment"
	"muster/internal/bench"
	"muster/internal/store"
)

// What the kill test has to put at risk before it may say that nothing is lost.
const (
	crashCycles  = 25
	crashEvents  = 20_000
	crashClients = 32
)

// TestCrash kills the real program under load again and again. Every answer
// that it acknowledged has to be in the log once, whatever was killed when; the
// chains, the audit trail and the database have to hold.
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("the kill test takes a minute")
	}
	t.Parallel()
	h := newHarness(t, buildProgram(t, ""))
	for h.cycles < crashCycles || h.acknowledged() < crashEvents {
		h.cycle(t)
		if h.cycles > 10*crashCycles {
			t.Fatalf("only %d events were acknowledged in %d cycles", h.acknowledged(), h.cycles)
		}
	}
	lost, doubled := h.check(t)
	if lost != 0 || doubled != 0 {
		t.Errorf("%d events were lost and %d doubled of %d acknowledged", lost, doubled, h.acknowledged())
	}
	t.Logf("%d kills, %d acknowledged events, %d sent again: none lost, none doubled", h.cycles, h.acknowledged(), h.resent())
}

// TestCrashFindsABrokenBuild proves that TestCrash can fail: a build that
// acknowledges before it commits loses answers, and the check sees it.
func TestCrashFindsABrokenBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("the kill test takes a minute")
	}
	t.Parallel()
	h := newHarness(t, buildProgram(t, "acknowledge_early"))
	for range crashCycles {
		h.cycle(t)
	}
	if lost, _ := h.check(t); lost == 0 {
		t.Errorf("a build that acknowledges before it commits lost nothing in %d kills: the kill test proves nothing", crashCycles)
	}
}

func buildProgram(t *testing.T, tag string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "muster")
	command := exec.Command("go", "build", "-tags", tag, "-o", program, "../..")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

// harness is the program, its data and the people who use it.
type harness struct {
	program, data string
	cycles        int
	clients       []*crashClient
}

// crashClient is a trainee with one attempt, who sends what was not
// acknowledged again, as the outbox of the site does.
type crashClient struct {
	token   string
	attempt api.Attempt
	device  string
	pending *api.Event // sent, not acknowledged
	acked   []string
	seq     int64
	resent  int
}

func newHarness(t *testing.T, program string) *harness {
	t.Helper()
	h := &harness{program: program, data: t.TempDir()}
	child, address, output := h.start(t)
	code := regexp.MustCompile(`code (\S+)`).FindStringSubmatch(output)
	if code == nil {
		t.Fatalf("the demo printed no join code:\n%s", output)
	}
	for i := range crashClients {
		h.clients = append(h.clients, joinClient(t, address, code[1], i))
	}
	kill(t, child)
	return h
}

// start starts the demo and waits until it has said all it has to say.
func (h *harness) start(t *testing.T) (child *exec.Cmd, address, output string) {
	t.Helper()
	child = exec.Command(h.program, "demo", "--people", "0", "--addr", "127.0.0.1:0", "--data", h.data, "--log-level", "error")
	child.Stderr = os.Stderr
	pipe, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		output += lines.Text() + "\n"
		if _, at, ok := strings.Cut(lines.Text(), "http://"); ok {
			address = at
		}
		if strings.HasPrefix(lines.Text(), "Stop with") {
			go func() { _, _ = io.Copy(io.Discard, pipe) }()
			return child, address, output
		}
	}
	t.Fatalf("the program did not start:\n%s", output)
	return nil, "", ""
}

func kill(t *testing.T, child *exec.Cmd) {
	t.Helper()
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
}

func joinClient(t *testing.T, address, code string, i int) *crashClient {
	t.Helper()
	c := &crashClient{device: uuid.NewString()}
	client := bench.NewClient(address, 1)
	body := fmt.Sprintf(`{"code":%q,"username":"crash.%d","password":"stones and water 7","name":"Crash %d"}`, code, i, i)
	var session api.Session
	request(t, client, http.MethodPost, "/auth/join", "", body, &session)
	c.token = session.AccessToken
	var quizzes api.QuizList
	request(t, client, http.MethodGet, "/quizzes", c.token, "", &quizzes)
	request(t, client, http.MethodPost, "/quizzes/"+quizzes.Items[0].ID+"/attempts", c.token, "{}", &c.attempt)
	return c
}

// request reads a reply into out. It tries a few times, because the broken
// build acknowledges what others cannot read yet.
func request(t *testing.T, client *bench.Client, method, path, token, body string, out any) {
	t.Helper()
	var raw []byte
	var err error
	for wait := time.Millisecond; wait < time.Second; wait *= 2 {
		var payload []byte
		if body != "" {
			payload = []byte(body)
		}
		if raw, err = client.Do(method, "/api/v1"+path, token, payload, http.StatusOK, http.StatusCreated); err == nil {
			break
		}
		time.Sleep(wait)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, out); err != nil {
		t.Fatal(err)
	}
}

// cycle starts the program, lets everybody answer and kills it at some moment.
func (h *harness) cycle(t *testing.T) {
	t.Helper()
	child, address, _ := h.start(t)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for _, c := range h.clients {
		wg.Go(func() { c.answer(bench.NewClient(address, 1), stop) })
	}
	time.Sleep(time.Duration(100+rand.IntN(600)) * time.Millisecond) // the moment of the kill is what is tried
	kill(t, child)
	close(stop)
	wg.Wait()
	h.cycles++
}

// answer sends answers one after the other until the program is gone; now and
// then one that was acknowledged already.
func (c *crashClient) answer(client *bench.Client, stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		if c.pending == nil {
			c.seq++
			q := c.attempt.Questions[int(c.seq)%len(c.attempt.Questions)]
			c.pending = &api.Event{
				ID: uuid.NewString(), Seq: c.seq, Kind: "view", Question: q.ID,
				ClientAt: time.Now().UTC().Format(time.RFC3339Nano), ElapsedMS: c.seq,
			}
		} else {
			c.resent++
		}
		if c.post(client) != nil {
			return
		}
		c.acked = append(c.acked, c.pending.ID)
		if c.seq%20 == 0 && c.post(client) != nil { // twice is once
			c.pending = nil
			return
		}
		c.pending = nil
	}
}

func (c *crashClient) post(client *bench.Client) error {
	body, err := json.Marshal(api.EventBatch{Device: c.device, Events: []api.Event{*c.pending}})
	if err != nil {
		return err
	}
	_, err = client.Do(http.MethodPost, "/api/v1/attempts/"+c.attempt.ID+"/events", c.token, body, http.StatusOK)
	return err
}

func (h *harness) acknowledged() (n int) {
	for _, c := range h.clients {
		n += len(c.acked)
	}
	return n
}

func (h *harness) resent() (n int) {
	for _, c := range h.clients {
		n += c.resent
	}
	return n
}

// check counts the acknowledged events that are not in the log, and the events
// that are there more than once.
func (h *harness) check(t *testing.T) (lost, doubled int) {
	t.Helper()
	path := filepath.Join(h.data, "muster.db")
	if _, err := store.Backup(context.Background(), path, filepath.Join(h.data, "copy.db")); err != nil {
		t.Errorf("the database does not hold: %v", err)
	}
	kept, err := store.Open(context.Background(), store.Config{URL: path})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := kept.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	if _, err := kept.VerifyAudit(context.Background()); err != nil {
		t.Error(err)
	}
	for _, c := range h.clients {
		events, err := kept.Events(context.Background(), assessment.AttemptID(c.attempt.ID))
		if err != nil {
			t.Fatal(err)
		}
		if broken := assessment.Verify(events); broken != nil {
			t.Errorf("the chain of attempt %s breaks at event %d: %s", c.attempt.ID, broken.ServerSeq, broken.Reason)
		}
		count := make(map[string]int)
		for _, e := range events {
			count[string(e.ID)]++
			if count[string(e.ID)] > 1 {
				doubled++
			}
		}
		for _, id := range c.acked {
			if count[id] == 0 {
				lost++
			}
		}
	}
	return lost, doubled
}
