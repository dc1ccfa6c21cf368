package api

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/identity"
)

// browser is one who is signed in: with the cookie that the server set and the
// access token that the page holds.
type browser struct {
	w      *world
	cookie string
	token  string
	user   User
}

// signIn signs in as a person of register.
func (w *world) signIn(username, with string) *browser {
	w.Helper()
	b := &browser{w: w}
	b.take(w.login(username, with).want(http.StatusOK))
	return b
}

func (w *world) login(username, with string, headers ...string) answer {
	w.Helper()
	return w.call(http.MethodPost, base+"/auth/login", "", Credentials{Username: username, Password: with}, headers...)
}

// take keeps what a reply gives.
func (b *browser) take(a answer) {
	b.w.Helper()
	session := decode[Session](a)
	b.token, b.user, b.cookie = session.AccessToken, session.User, cookieOf(a)
}

// cookieOf gives the value of the refresh cookie that a reply sets, after
// looking at all else that the reply says of it.
func cookieOf(a answer) string {
	a.t.Helper()
	header := a.header.Get("Set-Cookie")
	value, attributes, _ := strings.Cut(strings.TrimPrefix(header, "muster_refresh="), ";")
	if want := " Path=/api/v1/auth; Max-Age=2592000; HttpOnly; SameSite=Strict"; attributes != want || len(value) < 43 || strings.Contains(string(a.raw), value) {
		a.t.Errorf("%s sets the cookie %q, want a long value that is not in the body, with %q", a.route, header, want)
	}
	return value
}

// refresh exchanges a refresh token.
func (w *world) refresh(cookie string) answer {
	w.Helper()
	return w.call(http.MethodPost, base+"/auth/refresh", "", nil, "Cookie", "muster_refresh="+cookie, "X-Muster", "1")
}

// wantSignedIn looks whether an access token opens a page that asks nothing
// further of the database.
func (w *world) wantSignedIn(token string, want bool) {
	w.Helper()
	got := w.call(http.MethodGet, base+"/glossary", token, nil)
	if want {
		got.want(http.StatusOK)
		return
	}
	got.want(http.StatusUnauthorized)
}

// execute changes the database beside the application, as a tool of the
// operator's does.
func (w *world) execute(statement string, args ...any) {
	w.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.path+"?_busy_timeout=5000")
	w.must(err)
	defer func() { w.must(db.Close()) }()
	_, err = db.ExecContext(w.Context(), statement, args...)
	w.must(err)
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	user := w.register("amina", identity.Trainee)
	w.register("suspended", identity.Trainee)
	w.execute("UPDATE users SET suspended_at = 1 WHERE username = 'suspended'")

	reply := w.login(" Amina ", password).want(http.StatusOK)
	session := decode[Session](reply)
	want := fmt.Sprintf(`{"access_token":%q,"expires_in":600,"user":{"id":%q,"username":"amina","name":"amina","role":"trainee","locale":"en","cohorts":[]}}`,
		session.AccessToken, user.ID)
	wantJSON(reply, want)
	cookieOf(reply)
	wantJSON(w.call(http.MethodGet, base+"/me", session.AccessToken, nil).want(http.StatusOK),
		fmt.Sprintf(`{"id":%q,"username":"amina","name":"amina","role":"trainee","locale":"en","cohorts":[]}`, user.ID))

	wrong := w.login("amina", "not "+password).wantCode(http.StatusUnauthorized, "wrong_credentials")
	sameReply(t, wrong, w.login("nobody", password).wantCode(http.StatusUnauthorized, "wrong_credentials"))
	sameReply(t, wrong, w.login("suspended", password).wantCode(http.StatusUnauthorized, "wrong_credentials"))
	for _, with := range []string{password[:len(password)-1], password + "x", strings.ToUpper(password), " " + password} {
		w.login("amina", with).want(http.StatusUnauthorized)
	}
}

// TestSecureCookie: served by HTTPS, the cookie is for HTTPS only.
func TestSecureCookie(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *Server) { s.Secure = true })
	w.register("amina", identity.Trainee)
	if got := w.login("amina", password).want(http.StatusOK).header.Get("Set-Cookie"); !strings.Contains(got, "; Secure") {
		t.Errorf("the cookie is %q, want it Secure", got)
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cohort := w.unit("2027-03-01")
	join := func(change func(*JoinRequest)) answer {
		in := JoinRequest{Code: cohort.JoinCode, Username: "newcomer", Password: password, Name: "Newcomer", Locale: "ar"}
		change(&in)
		return w.call(http.MethodPost, base+"/auth/join", "", in)
	}
	before := w.dump()
	for name, c := range map[string]struct {
		change func(*JoinRequest)
		code   string
		field  string
	}{
		"a short password":        {func(in *JoinRequest) { in.Password = "eleven char" }, "weak_password", "password"},
		"a common password":       {func(in *JoinRequest) { in.Password = "password1234" }, "weak_password", "password"},
		"the name as password":    {func(in *JoinRequest) { in.Password = "newcomernewcomer"; in.Username = "newcomernewcomer" }, "weak_password", "password"},
		"a short username":        {func(in *JoinRequest) { in.Username = "ab" }, "invalid", "username"},
		"a username with a blank": {func(in *JoinRequest) { in.Username = "new comer" }, "invalid", "username"},
		"a name that turns":       {func(in *JoinRequest) { in.Name = "a\u202eb" }, "invalid", "name"},
		"a name of nothing":       {func(in *JoinRequest) { in.Name = " " }, "invalid", "name"},
	} {
		got := join(c.change).wantCode(http.StatusUnprocessableEntity, c.code)
		got.wantRefused(name, c.field)
	}
	if diff := cmp.Diff(before, w.dump()); diff != "" {
		t.Errorf("refused accounts changed the database (-before +after):\n%s", diff)
	}
	join(func(in *JoinRequest) { in.Code = "2222-2222" }).wantCode(http.StatusUnprocessableEntity, "wrong_code").wantRefused("a wrong code", "code")

	reply := join(func(in *JoinRequest) { in.Code = " " + strings.ToLower(strings.ReplaceAll(in.Code, "-", " ")) }).want(http.StatusCreated)
	session := decode[Session](reply)
	wantJSON(reply, fmt.Sprintf(`{"access_token":%q,"expires_in":600,"user":{"id":%q,"username":"newcomer","name":"Newcomer","role":"trainee","locale":"ar",
		"cohorts":[{"id":%q,"name":"First","deploys_on":"2027-03-01"}]}}`, session.AccessToken, session.User.ID, cohort.ID))
	cookieOf(reply)
	join(func(in *JoinRequest) { in.Username = "NEWCOMER" }).wantCode(http.StatusConflict, "username_taken")
	w.signIn("newcomer", password)
}

// TestRefresh: each token serves once; a reply that was lost may be fetched again.
func TestRefresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("amina", identity.Trainee)
	b := w.signIn("amina", password)
	first := b.cookie
	w.later(time.Minute)
	reply := w.refresh(first).want(http.StatusOK)
	b.take(reply)
	w.wantSignedIn(b.token, true)
	if b.cookie == first {
		t.Error("the refresh token is the same after its use")
	}
	w.later(identity.Retry)
	if again := cookieOf(w.refresh(first).want(http.StatusOK)); again != b.cookie {
		t.Errorf("the same token again gives %q, want the same successor %q", again, b.cookie)
	}
	b.take(w.refresh(b.cookie).want(http.StatusOK))
	for _, cookie := range []string{"", "x", first[:len(first)-1], b.token} {
		w.refresh(cookie).wantCode(http.StatusUnauthorized, "session_expired")
	}
	w.call(http.MethodPost, base+"/auth/refresh", b.token, nil, "Cookie", "muster_refresh="+b.cookie).wantCode(http.StatusForbidden, "forbidden")
	w.wantSignedIn(b.token, true)
}

// TestRefreshReuse: a token that is used again though its successor was used,
// or long after, was copied: the session ends for both who hold it.
func TestRefreshReuse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		followed bool
		wait     time.Duration
	}{
		"its successor was used":  {true, time.Second},
		"after the time to retry": {false, identity.Retry + time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.register("amina", identity.Trainee)
			other, b := w.signIn("amina", password), w.signIn("amina", password)
			stolen := b.cookie
			b.take(w.refresh(stolen).want(http.StatusOK))
			if c.followed {
				b.take(w.refresh(b.cookie).want(http.StatusOK))
			}
			w.wantSignedIn(b.token, true)
			w.later(c.wait)
			w.refresh(stolen).wantCode(http.StatusUnauthorized, "session_expired")
			w.refresh(b.cookie).wantCode(http.StatusUnauthorized, "session_expired")
			w.later(actorTTL)
			w.wantSignedIn(b.token, false)
			w.wantSignedIn(other.token, true)
			w.refresh(other.cookie).want(http.StatusOK)
			if n := strings.Count(w.dump(), string(identity.ActionReuse)); n != 1 {
				t.Errorf("the audit names the reuse %d times, want once", n)
			}
		})
	}
}

// TestRefreshTogether: many tabs that refresh at once stay signed in as one.
func TestRefreshTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("amina", identity.Trainee)
	b := w.signIn("amina", password)
	var tabs sync.WaitGroup
	successors := make([]string, 20)
	for i := range successors {
		tabs.Go(func() { successors[i] = w.refresh(b.cookie).header.Get("Set-Cookie") })
	}
	tabs.Wait()
	for _, got := range successors {
		if got == "" || got != successors[0] {
			t.Errorf("one tab got %q, another %q, want all the same", got, successors[0])
		}
	}
}

func TestSessionAge(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("amina", identity.Trainee)
	idle, used := w.signIn("amina", password), w.signIn("amina", password)
	for range 4 {
		w.later(identity.Idle - 8*24*time.Hour)
		used.take(w.refresh(used.cookie).want(http.StatusOK))
	}
	w.refresh(idle.cookie).wantCode(http.StatusUnauthorized, "session_expired")
	w.later(3 * 24 * time.Hour) // 91 days since the sign-in
	w.refresh(used.cookie).wantCode(http.StatusUnauthorized, "session_expired")
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("amina", identity.Trainee)
	other, b := w.signIn("amina", password), w.signIn("amina", password)
	w.wantSignedIn(b.token, true)
	signOut := func(headers ...string) answer {
		return w.call(http.MethodPost, base+"/auth/logout", b.token, nil, headers...)
	}
	signOut("Cookie", "muster_refresh="+b.cookie).wantCode(http.StatusForbidden, "forbidden")
	w.wantSignedIn(b.token, true)
	for range 2 { // twice is as once
		got := signOut("Cookie", "muster_refresh="+b.cookie, "X-Muster", "1").want(http.StatusNoContent)
		cookie, _ := http.ParseSetCookie(got.header.Get("Set-Cookie"))
		if cookie == nil || cookie.Value != "" || cookie.MaxAge >= 0 || cookie.Path != "/api/v1/auth" || got.header.Get("Clear-Site-Data") != `"cache"` || len(got.raw) > 0 {
			t.Errorf("signing out = %v %s, want the cookie and the cache cleared", got.header, got.raw)
		}
	}
	signOut("X-Muster", "1").want(http.StatusNoContent)
	w.wantSignedIn(b.token, false)
	w.refresh(b.cookie).wantCode(http.StatusUnauthorized, "session_expired")
	w.wantSignedIn(other.token, true)
	w.refresh(other.cookie).want(http.StatusOK)
}

// TestPasswordChange ends every other session, and needs the current password.
func TestPasswordChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("amina", identity.Trainee)
	bystander := w.person("boris", identity.Trainee)
	other, b := w.signIn("amina", password), w.signIn("amina", password)
	replacement := "five quick violet herons"
	change := func(current, next string) answer {
		return w.call(http.MethodPost, base+"/auth/password", b.token, PasswordChange{Current: current, New: next})
	}
	change("not "+password, replacement).wantCode(http.StatusUnprocessableEntity, "invalid").wantRefused("a wrong password", "current")
	change(password, "too short").wantCode(http.StatusUnprocessableEntity, "weak_password").wantRefused("a weak password", "new")
	w.wantSignedIn(other.token, true)

	before := *b
	b.take(change(password, replacement).want(http.StatusOK))
	w.wantSignedIn(before.token, false)
	w.later(actorTTL)
	for _, ended := range []*browser{other, &before} {
		w.wantSignedIn(ended.token, false)
		w.refresh(ended.cookie).wantCode(http.StatusUnauthorized, "session_expired")
	}
	w.wantSignedIn(b.token, true)
	w.wantSignedIn(bystander, true)
	w.refresh(b.cookie).want(http.StatusOK)
	w.login("amina", password).wantCode(http.StatusUnauthorized, "wrong_credentials")
	w.signIn("amina", replacement)
}

// TestChangeActsAtOnce: what the database says of a person now is what counts,
// not what it said when the token was made.
func TestChangeActsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("amina", identity.Admin)
	b := w.signIn("amina", password)
	w.execute("UPDATE users SET role = 'trainee' WHERE username = 'amina'")
	w.later(actorTTL)
	if got := decode[User](w.call(http.MethodGet, base+"/me", b.token, nil).want(http.StatusOK)); got.Role != "trainee" {
		t.Errorf("after a change of role, /me says %s", got.Role)
	}
	w.execute("UPDATE users SET suspended_at = 1 WHERE username = 'amina'")
	w.later(actorTTL)
	w.wantSignedIn(b.token, false)
	w.refresh(b.cookie).wantCode(http.StatusUnauthorized, "session_expired")
}

// wantThrottled fails the test where somebody may go on trying.
func wantThrottled(a answer, seconds string) {
	a.t.Helper()
	a.wantCode(http.StatusTooManyRequests, "throttled")
	if got := a.header.Get("Retry-After"); got != seconds {
		a.t.Errorf("%s: Retry-After = %q, want %q", a.route, got, seconds)
	}
}

// TestThrottleAccount: an account is closed for longer and longer, known or
// not, even to the right password, and opens again.
func TestThrottleAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("amina", identity.Trainee)
	replies := map[string]answer{}
	for _, name := range []string{"amina", "nobody"} {
		for range 8 {
			w.login(name, "wrong").wantCode(http.StatusUnauthorized, "wrong_credentials")
		}
		replies[name] = w.login(strings.ToUpper(name), password)
		wantThrottled(replies[name], "30")
	}
	sameReply(t, replies["amina"], replies["nobody"])
	w.later(10500 * time.Millisecond)
	wantThrottled(w.login("amina", password), "20")
	w.later(20 * time.Second)
	w.login("amina", "wrong").want(http.StatusUnauthorized)
	wantThrottled(w.login("amina", password), "60")
	w.later(time.Minute)
	w.signIn("amina", password)
	w.login("amina", "wrong").want(http.StatusUnauthorized)
	w.signIn("amina", password)
}

// TestThrottlePassword: a stolen page cannot guess the password either.
func TestThrottlePassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("amina", identity.Trainee)
	b := w.signIn("amina", password)
	in := PasswordChange{Current: "wrong", New: "another " + password}
	for range 8 {
		w.call(http.MethodPost, base+"/auth/password", b.token, in).want(http.StatusUnprocessableEntity)
	}
	in.Current = password
	wantThrottled(w.call(http.MethodPost, base+"/auth/password", b.token, in), "30")
	w.wantSignedIn(b.token, true)
}

// TestThrottleTogether: tries at the same moment are all counted.
func TestThrottleTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("amina", identity.Trainee)
	var tries sync.WaitGroup
	for range 12 {
		tries.Go(func() { w.login("amina", "wrong") })
	}
	tries.Wait()
	w.login("amina", password).wantCode(http.StatusTooManyRequests, "throttled")
}

// TestThrottleAddress: an address is the peer's, whatever a client writes, or
// the one that the outermost trusted proxy wrote.
func TestThrottleAddress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		hops              int
		attack, elsewhere string
	}{
		"no proxy":                        {attack: "198.51.100.%d", elsewhere: ""},
		"a proxy that adds to the line":   {hops: 1, attack: "198.51.100.%d, 203.0.113.7", elsewhere: "203.0.113.7, 203.0.113.8"},
		"a proxy that adds its own line":  {hops: 1, attack: "198.51.100.%d\n203.0.113.7", elsewhere: "203.0.113.7\n203.0.113.8"},
		"two proxies, one of either kind": {hops: 2, attack: "198.51.100.%d, 203.0.113.7\n192.0.2.1", elsewhere: "203.0.113.7, 203.0.113.8\n192.0.2.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(s *Server) { s.Hops = c.hops })
			raw, err := json.Marshal(JoinRequest{Code: "2222-2222", Username: "newcomer", Password: password, Name: "New"})
			w.must(err)
			try := func(from string) answer {
				return w.call(http.MethodPost, base+"/auth/join", "", raw, "X-Forwarded-For", from, "X-Real-IP", from, "Forwarded", "for="+from)
			}
			for i := range 60 {
				try(fmt.Sprintf(c.attack, i)).wantCode(http.StatusUnprocessableEntity, "wrong_code")
			}
			wantThrottled(try(fmt.Sprintf(c.attack, 60)), "30")
			w.login("amina", password, "X-Forwarded-For", fmt.Sprintf(c.attack, 61)).wantCode(http.StatusTooManyRequests, "throttled")
			if c.elsewhere != "" {
				try(c.elsewhere).wantCode(http.StatusUnprocessableEntity, "wrong_code")
			}
		})
	}
}
