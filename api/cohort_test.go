package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/identity"
	"muster/internal/readiness"
	"muster/internal/report"
)

// What fill puts into paths; bravo makes them.
const (
	oneCohort  = "01890000-0000-7000-8000-c00000000001"
	oneMember  = "01890000-0000-7000-8000-c00000000002"
	oneMessage = "01890000-0000-7000-8000-c00000000003"
	oneReport  = "01890000-0000-7000-8000-c00000000004" // Kofi's
	oneCode    = "ABCD-EFGH-2345"                       // of the member
)

// bravo makes a cohort of Kofi's with a member, a code to sign in with, a message
// to some people, and a report for him; and Lena, who could look after it too.
func (w *world) bravo(readers ...identity.User) (kofi identity.User) {
	w.Helper()
	kofi = w.register("kofi", identity.Coordinator)
	w.register("lena", identity.Coordinator)
	kept, deed := w.server.Cohorts.Store, audit.Entry{At: w.clock(), Actor: string(kofi.ID), Action: "test.bravo"}
	unit := cohort.Cohort{ID: oneCohort, Name: "Bravo", JoinCode: "BBBB-2222", DeploysOn: "2027-06-01", CreatedAt: w.clock()}
	w.must(kept.CreateCohort(w.Context(), unit, []cohort.Assignment{{Kind: "module", Slug: "ground", DueOn: "2027-03-01"}}, kofi.ID, deed))
	member := identity.User{ID: oneMember, Username: "member", Name: "Member", Role: identity.Trainee, Locale: "en", Email: "member@example.org", CreatedAt: w.clock()}
	w.must(kept.CreateMembers(w.Context(), oneCohort, []identity.User{member}, nil))
	sum := sha256.Sum256([]byte(oneCode))
	code := identity.Code{Hash: hex.EncodeToString(sum[:]), User: oneMember, CreatedAt: w.clock(), ExpiresAt: w.clock().Add(time.Hour)}
	w.must(w.server.Identity.Store.KeepCodes(w.Context(), []identity.Code{code}, nil))
	to := []identity.UserID{oneMember}
	for _, reader := range readers {
		to = append(to, reader.ID)
	}
	message := cohort.Message{ID: oneMessage, Cohort: oneCohort, Sender: kofi.ID, Subject: "Hello", Body: "Hello.", SentAt: w.clock()}
	w.must(kept.SendMessage(w.Context(), message, to, deed))
	w.keepReport(kofi)
	w.shelve(kofi)
	w.hang(kofi)
	w.design(kofi)
	w.handedIn()
	return kofi
}

// keepReport keeps a report that was made for somebody when they asked for it.
func (w *world) keepReport(user identity.User) {
	w.Helper()
	kept, wish := w.server.Reports.Store, readiness.Subscription{Cohort: oneCohort, User: user.ID, Format: report.CSV, Weekday: 1, Since: w.clock()}
	file := readiness.ReportFile{ID: oneReport, Cohort: oneCohort, MadeFor: user.ID, MadeAt: w.clock(), Format: report.CSV, Export: readiness.Export{Name: "old.csv", File: []byte("name")}}
	w.must(kept.Subscribe(w.Context(), wish))
	_, err := kept.KeepReport(w.Context(), wish, file, 1, audit.Entry{At: w.clock(), Actor: string(user.ID), Action: "test.report"})
	w.must(err)
	w.must(kept.Unsubscribe(w.Context(), oneCohort, user.ID))
}

// cohortSample is sample for what is done with cohorts.
func cohortSample(id string) any {
	chosen := Chosen{Users: []string{oneMember}}
	name := "Bravo"
	switch id {
	case "createCohort":
		return CohortRequest{Name: "New", Assignments: []AssignmentChoice{}}
	case "changeCohort":
		return CohortPatch{Name: &name}
	case "assign":
		return AssignmentChoices{Assignments: []AssignmentChoice{{Kind: "module", Slug: "ground", DueOn: "2027-03-01"}}}
	case "scheduleReport":
		return ReportWish{Format: "pdf", Weekday: 1}
	case "changeEmail":
		return OwnEmail{Email: "kofi@example.org"}
	case "importPeople":
		return ImportRequest{Format: "csv", File: []byte("name\nNew Person\n"), DryRun: true, SkipBad: true, AddKnown: true, NewDate: "2027-02-01"}
	case "changeEnrolments":
		return EnrolmentChange{Chosen: chosen, Action: "resume"}
	case "issueSignInCodes":
		return chosen
	case "extend":
		return ExtensionRequest{Chosen: chosen, Things: []AssignedThing{{Kind: "module", Slug: "ground"}}, DueOn: "2027-04-01", Reason: "On leave.", Earlier: true}
	case "assignRefreshers":
		return RefresherRequest{Chosen: chosen, Module: "ground", Lesson: "basics", DueOn: "2027-04-01"}
	case "sendMessage":
		return MessageRequest{Chosen: chosen, Subject: "Tomorrow", Body: "Bring boots.", About: "inactive"}
	}
	return nil
}

// TestCohortByCoordinator calls every route of a cohort as who looks after it,
// and as a coordinator who does not: for them it cannot be told from none.
func TestCohortByCoordinator(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own, other := w.token(w.bravo()), w.person("nora", identity.Coordinator)
	for _, op := range w.operations() {
		if op.policy != coordinating || !strings.Contains(op.path, "{cohort}") {
			continue
		}
		before := w.dump()
		foreign := w.call(op.method, fill(op.path, ""), other, sample(op.id)).want(http.StatusNotFound)
		sameReply(t, foreign, w.call(op.method, fill(strings.Replace(op.path, "{cohort}", "none", 1), ""), other, sample(op.id)))
		if w.dump() != before {
			t.Errorf("%s changed the cohort of somebody else", op.id)
		}
		if got := w.call(op.method, fill(op.path, ""), own, sample(op.id)); got.status != http.StatusOK {
			t.Errorf("%s = %d %s, want it done for who looks after the cohort", got.route, got.status, got.raw)
		}
	}
}

// TestCohortStory: a coordinator makes a cohort, enrols people from a file,
// gives them codes, and a trainee finds what is asked of them.
func TestCohortStory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	kofi := w.register("kofi", identity.Coordinator)
	boss := w.token(kofi)
	made := w.call(http.MethodPost, base+"/cohorts", boss, `{"name":" Bravo ","assignments":[{"kind":"module","slug":"ground","due_on":"2027-03-01"}]}`).want(http.StatusCreated)
	unit := decode[Cohort](made)
	at := base + "/cohorts/" + unit.ID
	whole := func(name, rest string) string {
		return fmt.Sprintf(`{"id":%q,"name":%q,%s"join_code":%q,"created_at":"2027-01-14T09:30:00Z",
			"coordinators":[{"id":%q,"name":"kofi","username":"kofi"}],%s}`, unit.ID, name, "", unit.JoinCode, kofi.ID, rest)
	}
	const ground = `"assignments":[{"kind":"module","slug":"ground","title":"Ground","due_on":"2027-03-01"}]`
	wantJSON(made, whole("Bravo", ground+`,"archived":false,"people":0`))
	wantJSON(w.call(http.MethodPatch, at, boss, `{"name":"Alpha","deploys_on":"2027-06-01"}`).want(http.StatusOK), whole("Alpha", ground+`,"deploys_on":"2027-06-01","archived":false,"people":0`))

	file := ImportRequest{Format: "csv", File: []byte("name;email;rank\nAmina Diallo;amina@example.org;Major\n=1+1;;\n"), SkipBad: true}
	report := `"rows":2,"people":[{"line":2,"name":"Amina Diallo","username":"amina.diallo","email":"amina@example.org"}],
		"findings":[{"line":1,"severity":"warning","message":"The column “rank” is not used."},{"line":3,"severity":"error","message":"This is a formula, not a name."}],"known":0,"already_due":[]`
	wantJSON(w.call(http.MethodPost, at+"/imports", boss, file).want(http.StatusOK), `{"created":1,`+report+`}`)
	wantCounts := fmt.Sprintf(`"id":%q,"name":"Alpha","deploys_on":"2027-06-01","archived":false,"people":1`, unit.ID)
	if list := w.call(http.MethodGet, base+"/cohorts", boss, nil).want(http.StatusOK); !strings.Contains(string(list.raw), wantCounts) {
		t.Errorf("the list is %s, want it to hold %s", list.raw, wantCounts)
	}
	members, err := w.server.Cohorts.Members(t.Context(), operator, cohort.ID(unit.ID))
	w.must(err)
	amina := string(members[0].ID)

	codes := decode[SignInCodes](w.call(http.MethodPost, at+"/sign-in-codes", boss, Chosen{Users: []string{amina}}).want(http.StatusOK))
	want := SignInCode{User: amina, Name: "Amina Diallo", Username: "amina.diallo", Code: codes.Items[0].Code, ExpiresAt: "2027-02-13T09:30:00Z"}
	if len(codes.Items) != 1 || codes.Items[0] != want {
		t.Fatalf("codes = %+v, want %+v", codes, want)
	}
	signIn := CodeSignIn{Username: "amina.diallo", Code: want.Code, Password: "short"}
	w.call(http.MethodPost, base+"/auth/code", "", signIn).wantCode(http.StatusUnprocessableEntity, "weak_password")
	signIn.Password = password
	signed := w.call(http.MethodPost, base+"/auth/code", "", signIn).want(http.StatusOK)
	token := decode[Session](signed).AccessToken
	if !strings.Contains(signed.header.Get("Set-Cookie"), refreshCookie) {
		t.Error("a sign-in by code sets no cookie")
	}
	w.call(http.MethodPost, base+"/auth/code", "", signIn).wantCode(http.StatusUnauthorized, "wrong_code")

	w.act(at, boss, amina)
	due := decode[Progress](w.call(http.MethodGet, base+"/me/progress", token, nil).want(http.StatusOK)).Modules[0].DueOn
	if due != "2027-04-01" {
		t.Errorf("the module is due on %s, want the date of the extension", due)
	}
	refresher := `{"module":"ground","module_title":"Ground","lesson":"basics","lesson_title":"Basics","outcomes":["Name the basics."],"asked_by":"kofi","asked_at":"2027-01-14T09:30:00Z","due_on":"2027-02-01"}`
	next := `{"kind":"refresher","module":"ground","module_title":"Ground","lesson":"basics","title":"Basics","quiz":"ground.basics.practice","read_share":0,"minutes_left":5,"due_on":"2027-02-01","refresher":` + refresher + `}`
	wantJSON(w.call(http.MethodGet, base+"/me/next", token, nil).want(http.StatusOK), next)
	w.wantRefreshers(token, 1)
	w.later(time.Minute)
	w.pass(token, "ground.basics.practice")
	if got := decode[Next](w.call(http.MethodGet, base+"/me/next", token, nil).want(http.StatusOK)); got.Kind == "refresher" {
		t.Errorf("after the practice was passed, next is %+v", got)
	}
	w.follow(identity.UserID(amina))
	w.wantRefreshers(token, 0)
	inbox := decode[MessageList](w.call(http.MethodGet, base+"/me/messages", token, nil).want(http.StatusOK))
	message := ReceivedMessage{ID: inbox.Items[0].ID, From: "kofi", Cohort: "Alpha", Subject: "Tomorrow", Body: "Bring boots.\nThanks.", SentAt: "2027-01-14T09:30:00Z"}
	if inbox.Unread != 1 || len(inbox.Items) != 1 || inbox.Items[0] != message {
		t.Errorf("inbox = %+v, want %+v", inbox, message)
	}
	message.Read = true
	inbox = decode[MessageList](w.call(http.MethodPut, base+"/me/messages/"+message.ID, token, MessageMark{Read: true}).want(http.StatusOK))
	if inbox.Unread != 0 || inbox.Items[0] != message {
		t.Errorf("once it is read: %+v", inbox)
	}

	archived := w.call(http.MethodPatch, at, boss, `{"archived":true}`).want(http.StatusOK)
	wantJSON(archived, whole("Alpha", ground+`,"deploys_on":"2027-06-01","archived":true,"people":1`))
	w.call(http.MethodPost, at+"/imports", boss, file).wantCode(http.StatusConflict, "archived")
	w.call(http.MethodPost, base+"/auth/join", "", JoinRequest{Code: unit.JoinCode, Username: "newcomer", Password: password, Name: "New"}).wantCode(http.StatusUnprocessableEntity, "wrong_code")
	wantJSON(w.call(http.MethodGet, base+"/cohorts", boss, nil).want(http.StatusOK), `{"items":[]}`)
	if list := decode[CohortList](w.call(http.MethodGet, base+"/cohorts?archived=true", boss, nil).want(http.StatusOK)); len(list.Items) != 1 {
		t.Errorf("the archive holds %+v", list)
	}
}

// act does something with somebody of a cohort.
func (w *world) act(at, boss, user string) {
	w.Helper()
	chosen := Chosen{Users: []string{user}}
	for path, body := range map[string]any{
		"/extensions": ExtensionRequest{Chosen: chosen, Things: []AssignedThing{{Kind: "module", Slug: "ground"}}, DueOn: "2027-04-01", Reason: "On leave."},
		"/refreshers": RefresherRequest{Chosen: chosen, Module: "ground", Lesson: "basics", DueOn: "2027-02-01"},
		"/messages":   MessageRequest{Chosen: chosen, Subject: "Tomorrow", Body: "Bring boots.\nThanks."},
	} {
		want := `{"people":1}`
		if path != "/messages" {
			want = `{"people":1,"spared":[]}`
		}
		wantJSON(w.call(http.MethodPost, at+path, boss, body).want(http.StatusOK), want)
	}
	for _, action := range []string{"suspend", "resume"} {
		wantJSON(w.call(http.MethodPost, at+"/enrolments", boss, EnrolmentChange{Chosen: chosen, Action: action}).want(http.StatusOK), `{"people":1}`)
	}
}

// TestLargeImport: a file as large as may be is read, and no larger body is on
// any other address.
func TestLargeImport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	boss := w.token(w.bravo())
	file := append([]byte("name\nAmina Diallo\n"), make([]byte, cohort.MaxImportBytes)...)
	for i := range file {
		if file[i] == 0 {
			file[i] = '\n'
		}
	}
	at := base + "/cohorts/" + oneCohort
	in := ImportRequest{Format: "csv", File: file[:cohort.MaxImportBytes], DryRun: true}
	if got := decode[ImportReport](w.call(http.MethodPost, at+"/imports", boss, in).want(http.StatusOK)); len(got.People) != 1 {
		t.Errorf("the largest file gives %+v, want one person", got)
	}
	in.File = file[:cohort.MaxImportBytes+1]
	w.call(http.MethodPost, at+"/imports", boss, in).want(http.StatusUnprocessableEntity).wantRefused("a file that is too large", "file")
}

// wantRefreshers asks all pages of a trainee that list them: how many are open.
func (w *world) wantRefreshers(token string, n int) {
	w.Helper()
	progress := decode[Progress](w.call(http.MethodGet, base+"/me/progress", token, nil).want(http.StatusOK))
	standing := decode[OwnReadiness](w.call(http.MethodGet, base+"/me/readiness", token, nil).want(http.StatusOK))
	if len(progress.Refreshers) != n {
		w.Errorf("the progress has %d refreshers, want %d", len(progress.Refreshers), n)
	}
	if diff := cmp.Diff(progress.Refreshers, standing.Items[0].Refreshers); diff != "" {
		w.Errorf("refreshers beside the progress and beside the standing (-progress +standing):\n%s", diff)
	}
}

// TestLateAndKnown: newcomers after a date, and an account that is there already.
func TestLateAndKnown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.token(w.bravo())
	unit := decode[Cohort](w.call(http.MethodPost, base+"/cohorts", token,
		`{"name":"Late","assignments":[{"kind":"module","slug":"ground","due_on":"2027-01-10"}]}`).want(http.StatusCreated))
	at := base + "/cohorts/" + unit.ID
	member := decode[Roster](w.call(http.MethodGet, base+"/cohorts/"+oneCohort+"/members", token, nil).want(http.StatusOK)).Items[0]
	file := ImportRequest{Format: "csv", File: []byte("name,username\n" + member.Name + "," + member.Username + "\nNew Person,\n"), DryRun: true}
	send := func() ImportReport {
		t.Helper()
		return decode[ImportReport](w.call(http.MethodPost, at+"/imports", token, file).want(http.StatusOK))
	}
	due := []CohortAssignment{{Kind: "module", Slug: "ground", Title: "Ground", DueOn: "2027-01-10"}}
	if got := send(); got.Known != 1 || len(got.People) != 1 || !cmp.Equal(got.AlreadyDue, due) {
		t.Errorf("the dry run says %+v", got)
	}
	file.DryRun, file.AddKnown = false, true
	if got := send(); got.Created != 2 || !got.People[0].Known {
		t.Errorf("the import says %+v", got)
	}
	people := func(need string) (found []Person) {
		t.Helper()
		return decode[PersonList](w.call(http.MethodGet, at+"/people?need="+need, token, nil).want(http.StatusOK)).Items
	}
	late := people("joined_late")
	if len(late) != 2 || len(people("overdue")) != 0 || !late[0].Reasons[0].JoinedLate {
		t.Errorf("who came after the date: %+v", late)
	}
	file.File, file.NewDate = []byte("name\nThird Person\n"), "2027-02-01"
	if got := send(); got.Created != 1 || len(people("joined_late")) != 2 {
		t.Errorf("with a date of their own: %+v, and %d came after one", got, len(people("joined_late")))
	}
	chosen := Chosen{Users: []string{member.User}}
	w.call(http.MethodPost, at+"/enrolments", token, EnrolmentChange{Chosen: chosen, Action: "remove"}).want(http.StatusOK)
	gone := decode[Roster](w.call(http.MethodGet, at+"/members?state=removed", token, nil).want(http.StatusOK))
	w.call(http.MethodPost, at+"/enrolments", token, EnrolmentChange{Chosen: chosen, Action: "restore"}).want(http.StatusOK)
	if now := decode[Roster](w.call(http.MethodGet, at+"/members", token, nil).want(http.StatusOK)); gone.Total != 1 || now.Total != 3 {
		t.Errorf("%d were removed, and %d are there after they were restored", gone.Total, now.Total)
	}
}
