package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/api"
	"muster/internal/config"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// calendar is a clock that stands still until it is moved.
type calendar struct {
	mu  sync.Mutex
	day time.Time
}

func (c *calendar) clock() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.day
}

func (c *calendar) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.day = c.day.Add(d)
}

// station is the whole program on a database, with its jobs, at an address; only
// the time is not the real one.
type station struct {
	*testing.T
	*services
	*calendar
	site string
}

// openStation serves until the test ends.
func openStation(t *testing.T, database string) *station {
	t.Helper()
	s := &station{T: t, calendar: &calendar{day: time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)}}
	c := config.Config{Addr: "127.0.0.1:0", Data: t.TempDir(), DatabaseURL: database, Retention: 30}
	var err error
	if s.services, err = open(t.Context(), c, slog.New(slog.DiscardHandler), s.clock); err != nil {
		t.Fatal(err)
	}
	s.assessment.NewSeed = func() int64 { return 7 }
	address, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- s.listen(t.Context(), c, func(a string) { address <- a }) }() // the context ends before the cleanup
	t.Cleanup(func() {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case a := <-address:
		s.site = "http://" + a
	case err := <-ended:
		ended <- nil
		t.Fatal(err)
	}
	return s
}

// password is everybody's.
const password = "three slow yellow lorries"

// visitor is somebody with a browser.
type visitor struct {
	*station
	client          *http.Client // keeps the cookie
	username, token string
	active          time.Time            // when they last did something
	blind           curriculum.OutcomeID // that they do not understand, "" = none
}

func (s *station) visitor(username string) *visitor {
	s.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	wire := &http.Transport{}
	s.Cleanup(wire.CloseIdleConnections)
	return &visitor{station: s, client: &http.Client{Jar: jar, Transport: wire}, username: username}
}

// official makes somebody with an account, as the command line does.
func (s *station) official(username string, role identity.Role) *visitor {
	s.Helper()
	r := identity.Registration{Username: username, Password: password, Name: username, Role: role}
	if _, err := s.identity.Register(s.Context(), r, "test"); err != nil {
		s.Fatal(err)
	}
	return s.visitor(username)
}

// send sends one request as it is.
func (v *visitor) send(method, path string, body any) (status int, raw []byte) {
	v.Helper()
	sent, err := json.Marshal(body)
	if err != nil {
		v.Fatal(err)
	}
	request, err := http.NewRequestWithContext(v.Context(), method, v.site+path, bytes.NewReader(sent))
	if err != nil {
		v.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Muster", "1")
	if v.token != "" {
		request.Header.Set("Authorization", "Bearer "+v.token)
	}
	response, err := v.client.Do(request)
	if err != nil {
		v.Fatal(err)
	}
	raw, err = io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		v.Fatal(err)
	}
	return response.StatusCode, raw
}

// call sends a request; whose access has run out renews it first, by the cookie
// or else by the password.
func (v *visitor) call(method, path string, body any) (status int, raw []byte) {
	v.Helper()
	status, raw = v.send(method, path, body)
	if status != http.StatusUnauthorized || v.username == "" {
		return status, raw
	}
	v.token = ""
	renewed, session := v.send(http.MethodPost, "/api/v1/auth/refresh", nil)
	if renewed != http.StatusOK {
		renewed, session = v.send(http.MethodPost, "/api/v1/auth/login", api.Credentials{Username: v.username, Password: password})
	}
	if renewed != http.StatusOK {
		v.Fatalf("%s cannot sign in: %d %s", v.username, renewed, session)
	}
	v.token = decoded[api.Session](v, session).AccessToken
	return v.send(method, path, body)
}

// fetch sends a request that must succeed.
func (v *visitor) fetch(method, path string, body any) []byte {
	v.Helper()
	status, raw := v.call(method, path, body)
	if status != http.StatusOK && status != http.StatusCreated {
		v.Fatalf("%s %s = %d %s", method, path, status, raw)
	}
	return raw
}

// refused sends a request that must be refused with a code.
func (v *visitor) refused(method, path string, body any, code string) {
	v.Helper()
	if _, raw := v.call(method, path, body); !strings.Contains(string(raw), `"code":"`+code+`"`) {
		v.Errorf("%s %s = %s, want the problem %s", method, path, raw, code)
	}
}

func decoded[T any](v *visitor, raw []byte) T {
	v.Helper()
	var out T
	if err := json.Unmarshal(raw, &out); err != nil {
		v.Fatalf("%s: %v", raw, err)
	}
	return out
}

func fetched[T any](v *visitor, path string) T {
	v.Helper()
	return decoded[T](v, v.fetch(http.MethodGet, "/api/v1"+path, nil))
}

func posted[T any](v *visitor, path string, body any) T {
	v.Helper()
	return decoded[T](v, v.fetch(http.MethodPost, "/api/v1"+path, body))
}

// step does what the page proposes, and says what it was.
func (v *visitor) step() api.Next {
	v.Helper()
	next := fetched[api.Next](v, "/me/next")
	switch next.Kind {
	case "lesson":
		path := "/modules/" + next.Module + "/lessons/" + next.Lesson
		v.fetch(http.MethodGet, "/api/v1"+path, nil)
		v.pass(20 * time.Minute)
		v.active = v.now()
		v.fetch(http.MethodPut, "/api/v1/me/lessons/"+next.Module+"/"+next.Lesson, api.LessonState{ReadShare: 1, Read: true})
		return v.step()
	case "practice", "refresher", "check", "exam":
		v.sit(posted[api.Attempt](v, "/quizzes/"+next.Quiz+"/attempts", nil))
	}
	return next
}

// review takes the spaced review if one is due.
func (v *visitor) review() {
	v.Helper()
	if fetched[api.Recall](v, "/me/review").Cards > 0 {
		v.sit(posted[api.Attempt](v, "/me/review", nil))
	}
}

// sit answers a paper, one question after the other, and submits it.
func (v *visitor) sit(a api.Attempt) {
	v.Helper()
	batch := api.EventBatch{Device: newID()}
	elapsed := time.Duration(0)
	add := func(e api.Event) {
		elapsed += 20 * time.Second
		e.ID, e.Seq, e.ElapsedMS = newID(), int64(len(batch.Events)+1), elapsed.Milliseconds()
		e.ClientAt = v.now().Add(elapsed).Format(time.RFC3339)
		batch.Events = append(batch.Events, e)
	}
	for _, q := range a.Questions {
		add(api.Event{Kind: "answer", Question: q.ID, Response: v.answer(q, a.Quiz.Purpose)})
	}
	add(api.Event{Kind: "submit"})
	v.pass(elapsed)
	v.active = v.now()
	if ack := posted[api.EventAck](v, "/attempts/"+a.ID+"/events", batch); ack.State.Status != "submitted" {
		v.Fatalf("%s is %s", a.Quiz.ID, ack.State.Status)
	}
	if result := fetched[api.Result](v, "/attempts/"+a.ID+"/result"); !*result.Passed && a.Quiz.Purpose != "review" {
		v.Fatalf("%s did not pass %s: %v", v.username, a.Quiz.ID, *result.Score)
	}
}

// answer gives the key of a question from the catalogue; where the trainee is
// blind, and has not the lesson before them, something wrong.
func (v *visitor) answer(shown api.PaperQuestion, purpose string) json.RawMessage {
	v.Helper()
	q, found := v.catalogue.Question(question.ID(shown.ID))
	if !found {
		v.Fatalf("there is no question %s", shown.ID)
	}
	if purpose == "practice" || !slices.Contains(q.Outcomes, string(v.blind)) {
		return question.Key(q)
	}
	for _, o := range q.Options {
		wrong := json.RawMessage(`{"choice":"` + string(o.ID) + `"}`)
		switch q.Kind {
		case question.Multiple:
			wrong = json.RawMessage(`{"choices":["` + string(o.ID) + `"]}`)
		case question.TrueFalse:
			wrong = json.RawMessage(fmt.Sprintf(`{"value":%t,"reason":%q}`, !*q.Truth, o.ID))
		}
		if question.Score(q, wrong).Fraction == 0 {
			return wrong
		}
	}
	v.Fatalf("nobody can get %s wrong here", q.ID)
	return nil
}
