package app

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/api"
	"muster/internal/identity"
	"muster/internal/store/storetest"
)

// TestDeployment walks a unit from its list of names to the day of deployment,
// through the pages' addresses alone: imported, trained, forecast, refreshed,
// ready, certified, verified, revoked.
func TestDeployment(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		deploy(t, storetest.FreshSQLite(t))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		server := os.Getenv("MUSTER_TEST_DATABASE_URL")
		switch {
		case server == "" && os.Getenv("MUSTER_REQUIRE_POSTGRES") != "":
			t.Fatal("MUSTER_REQUIRE_POSTGRES is set, and MUSTER_TEST_DATABASE_URL names no server to test on")
		case server == "":
			t.Skip("NOT TESTED on PostgreSQL: MUSTER_TEST_DATABASE_URL is not set; scripts/with-postgres.sh go test ./internal/app/... sets it")
		}
		deploy(t, storetest.FreshPostgres(server)(t))
	})
}

func deploy(t *testing.T, database string) {
	t.Helper()
	d := &deployment{station: openStation(t, database)}
	d.lena = d.official("lena", identity.Coordinator)
	d.plan()
	d.enrol()
	d.admit()
	d.train()
	d.refresh()
	d.told()
	p := d.verify()
	d.revoke(p)
	d.renew()
	d.audit(p)
}

const (
	week     = 7 * 24 * time.Hour
	people   = 200                                                     // in the unit
	gestures = "cultural-sensitivity.communication-across-cultures.o2" // what two of them do not understand; no critical question asks it
)

// deployment is the story as it goes on.
type deployment struct {
	*station
	lena     *visitor            // the coordinator
	amina    *visitor            // trains, is blind for one thing, and mends it
	bintou   *visitor            // as Amina, until she stops
	chen     *visitor            // trains without a mistake, and forgets
	unit     string              // address of the cohort
	ids      map[string]string   // by username
	journeys map[string][]string // by username: where the coordinator saw them, each once in a row
}

// plan makes the cohort: the mandatory modules, then the final exam, by dates.
func (d *deployment) plan() {
	request := api.CohortRequest{Name: "Northern Battalion", DeploysOn: d.date(26)}
	for i, a := range mandatory(d.catalogue, "2099-01-01") {
		request.Assignments = append(request.Assignments, api.AssignmentChoice{Kind: "module", Slug: a.Slug, DueOn: d.date(6 + i)})
	}
	request.Assignments = append(request.Assignments, api.AssignmentChoice{Kind: "exam", Slug: "final", DueOn: d.date(12)})
	made := posted[api.Cohort](d.lena, "/cohorts", request)
	if len(made.Assignments) != 5 || made.People != 0 {
		d.Fatalf("the cohort is %+v, want four modules and the exam", made)
	}
	d.unit = "/cohorts/" + made.ID
}

// date is so many weeks from now.
func (d *deployment) date(weeks int) string {
	return d.now().Add(time.Duration(weeks) * week).Format(time.DateOnly)
}

// enrol imports the list: first as it came, then mended.
func (d *deployment) enrol() {
	names := []string{"Amina Diallo", "Bintou Keïta", "Chen Wei"}
	for len(names) < people {
		names = append(names, fmt.Sprintf("Trainee %d", len(names)+1))
	}
	load := func(list []string, dry bool) api.ImportReport {
		d.Helper()
		report := posted[api.ImportReport](d.lena, d.unit+"/imports", api.ImportRequest{Format: "csv", File: []byte("name\n" + strings.Join(list, "\n")), DryRun: dry})
		created := fetched[api.Cohort](d.lena, d.unit).People
		if report.Created != created {
			d.Fatalf("%d people are said to be enrolled, and %d are", report.Created, created)
		}
		return report
	}
	bad := slices.Replace(slices.Clone(names), 9, 10, "=cmd()")
	for _, dry := range []bool{true, false} {
		if r := load(bad, dry); r.Created != 0 || len(r.Findings) != 1 || r.Findings[0].Line != 11 || r.Findings[0].Severity != "error" {
			d.Errorf("of a list with a formula: %d created, %+v; want none, and its line", r.Created, r.Findings)
		}
	}
	if r := load(names, true); r.Created != 0 || len(r.People) != people || len(r.Findings) != 0 {
		d.Errorf("a dry run: %d created of %d people, %+v", r.Created, len(r.People), r.Findings)
	}
	if r := load(names, false); r.Created != people {
		d.Fatalf("%d people are enrolled, want %d: %+v", r.Created, people, r.Findings)
	}
	d.ids = map[string]string{}
	for _, p := range d.people("") {
		d.ids[p.Username] = p.User
	}
	d.counts(map[string]int{"not_started": people})
}

// people lists who a filter picks.
func (d *deployment) people(filter string) []api.Person {
	d.Helper()
	return fetched[api.PersonList](d.lena, d.unit+"/people?limit=200"+filter).Items
}

// counts compares the whole cohort's standings, each with the people behind it.
func (d *deployment) counts(want map[string]int) {
	d.Helper()
	r := fetched[api.Readiness](d.lena, d.unit+"/readiness")
	got := map[string]int{"ready": r.Ready, "will_lapse": r.WillLapse, "behind": r.Behind, "not_started": r.NotStarted}
	for standing, n := range got {
		if behind := len(d.people("&standing=" + standing)); n != behind || n != want[standing] {
			d.Errorf("%d people are %s, and %d are behind the number; want %d", n, standing, behind, want[standing])
		}
	}
}

// admit prints a code for everybody, with which three sign in.
func (d *deployment) admit() {
	codes := posted[api.SignInCodes](d.lena, d.unit+"/sign-in-codes", api.Chosen{Users: slices.Collect(maps.Values(d.ids))}).Items
	printed := map[string]string{}
	for _, c := range codes {
		printed[c.Username] = c.Code
	}
	if len(codes) != people || len(printed) != people {
		d.Fatalf("%d codes for %d usernames, want %d", len(codes), len(printed), people)
	}
	d.amina, d.bintou, d.chen = d.visitor("amina.diallo"), d.visitor("bintou.keïta"), d.visitor("chen.wei")
	d.amina.blind, d.bintou.blind = gestures, gestures
	for _, v := range []*visitor{d.amina, d.bintou, d.chen} {
		in := api.CodeSignIn{Username: v.username, Code: strings.ToLower(printed[v.username]), Password: password}
		v.token = posted[api.Session](v, "/auth/code", in).AccessToken
		d.visitor("").refused(http.MethodPost, "/api/v1/auth/code", in, "wrong_code")
	}
	d.journeys = map[string][]string{}
	d.look(d.amina)
	d.look(d.chen)
}

// look adds to somebody's journey where the coordinator sees them, once that
// follows what they did last. They see the same themselves.
func (d *deployment) look(v *visitor) api.PersonDetail {
	d.Helper()
	d.follow(v)
	seen := fetched[api.PersonDetail](d.lena, d.unit+"/people/"+d.ids[v.username])
	own := fetched[api.OwnReadiness](v, "/me/readiness").Items[0]
	if diff := cmp.Diff(seen.Reasons, own.Reasons); diff != "" || own.Standing != seen.Person.Standing {
		d.Errorf("%s is %s and sees %s (-coordinator +own):\n%s", v.username, seen.Person.Standing, own.Standing, diff)
	}
	stage := seen.Person.Standing + ":"
	for _, r := range seen.Reasons {
		if code := " " + r.Code; !strings.Contains(stage, code) {
			stage += code
		}
	}
	if journey := d.journeys[v.username]; len(journey) == 0 || journey[len(journey)-1] != stage {
		d.journeys[v.username] = append(journey, stage)
	}
	return seen
}

// follow waits until the jobs have summed up what somebody did last.
func (d *deployment) follow(v *visitor) {
	d.Helper()
	for start := time.Now(); !v.active.IsZero(); time.Sleep(20 * time.Millisecond) {
		kept, err := d.store.KeptSummaries(d.Context(), []identity.UserID{identity.UserID(d.ids[v.username])})
		if err != nil {
			d.Fatal(err)
		}
		if len(kept) == 1 && kept[0].Through.Equal(v.active) {
			return
		}
		if time.Since(start) > 10*time.Second {
			d.Fatalf("after ten seconds what %s did at %s is not summed up: %d summaries", v.username, v.active, len(kept))
		}
	}
}

// train lets Amina and Bintou do what the page proposes, twice a week, and
// review what fades. Chen does it all in the last two days.
func (d *deployment) train() {
	for days, examined := 0, false; !examined; days++ {
		d.pass(week / 2)
		for _, v := range []*visitor{d.amina, d.bintou} {
			v.review()
			examined = v.step().Kind == "exam"
		}
		if examined || days%4 == 0 {
			d.look(d.amina)
		}
	}
	d.chen.step()
	d.look(d.chen)
	for d.chen.step().Kind != "exam" {
		d.pass(time.Hour)
	}
	d.look(d.chen)
	for _, v := range []*visitor{d.amina, d.bintou, d.chen} {
		until := v.active.AddDate(2, 0, 0).Format(time.RFC3339)
		if c := d.certificate(v); c.Status != "valid" || c.ValidUntil != until {
			d.Errorf("%s holds %+v, want one valid until %s", v.username, c, until)
		}
	}
	d.counts(map[string]int{"will_lapse": 1, "behind": 2, "not_started": people - 3})
}

// certificate waits for the one that somebody has earned: nobody issues it.
func (d *deployment) certificate(v *visitor) api.Credential {
	d.Helper()
	return d.certificates(v, 1)[0]
}

// certificates waits until somebody has so many, the newest first.
func (d *deployment) certificates(v *visitor, n int) []api.Credential {
	d.Helper()
	for start := time.Now(); time.Since(start) < 10*time.Second; time.Sleep(20 * time.Millisecond) {
		if held := fetched[api.CredentialList](v, "/me/credentials").Items; len(held) == n {
			return held
		}
	}
	d.Fatalf("after ten seconds %s has not %d certificates", v.username, n)
	return nil
}

// refresh assigns a refresher to those who fail the same outcome, and to nobody
// else. What they practise and review moves the forecast.
func (d *deployment) refresh() {
	overview := fetched[api.Readiness](d.lena, d.unit+"/readiness")
	at := slices.IndexFunc(overview.Needs, func(n api.CohortNeed) bool { return n.Code == "failing_outcome" })
	if at < 0 || overview.Needs[at].Outcome != gestures || overview.Needs[at].Count != 2 {
		d.Fatalf("the needs are %+v, want two who fail %s", overview.Needs, gestures)
	}
	need := overview.Needs[at]
	filter := "need=" + need.Code + "&module=" + need.Module + "&outcome=" + need.Outcome
	var failing, named []string
	for _, p := range d.people("&" + filter) {
		failing, named = append(failing, p.User), append(named, p.Username)
	}
	if diff := cmp.Diff([]string{d.amina.username, d.bintou.username}, named); diff != "" {
		d.Errorf("who fails (-want +got):\n%s", diff)
	}
	list := d.lena.fetch(http.MethodGet, "/api/v1"+d.unit+"/report?format=csv&"+filter, nil)
	if strings.Count(string(list), "\n") != 3 || !strings.Contains(string(list), "Amina Diallo") || !strings.Contains(string(list), "Bintou Keïta") {
		d.Errorf("the call list is %q", list)
	}
	asked := posted[api.Effect](d.lena, d.unit+"/refreshers", api.RefresherRequest{
		Chosen: api.Chosen{Users: failing}, Module: need.Module, Lesson: need.Lesson, DueOn: d.date(2),
	})
	if asked.People != 2 {
		d.Errorf("%d people are asked, want 2", asked.People)
	}
	for _, v := range []*visitor{d.amina, d.bintou, d.chen} {
		next := fetched[api.Next](v, "/me/next")
		if asked := next.Kind == "refresher" && next.Lesson == need.Lesson && next.DueOn == d.date(2); asked != (v != d.chen) {
			d.Errorf("%s is to do %+v", v.username, next)
		}
	}
	d.mend(need)
}

// mend lets Amina practise every week and Chen review every day, until both are
// ready.
func (d *deployment) mend(need api.CohortNeed) {
	quiz := "/quizzes/" + need.Module + "." + need.Lesson + ".practice/attempts"
	for weeks := 1; ; weeks++ {
		if weeks > 8 {
			d.Fatalf("after eight weeks: %v", d.journeys)
		}
		for range 7 {
			d.pass(week / 7)
			d.chen.review()
		}
		if weeks == 1 {
			d.amina.step() // the refresher, after which she understands
			d.amina.blind = ""
		} else {
			d.amina.sit(posted[api.Attempt](d.amina, quiz, nil))
		}
		d.amina.review()
		amina, chen := d.look(d.amina).Person, d.look(d.chen).Person
		if amina.Standing == "ready" && chen.Standing == "ready" {
			break
		}
	}
	for v, done := range map[*visitor]bool{d.amina: true, d.bintou: false} {
		if r := d.look(v).Refreshers; len(r) != 1 || r[0].Done != done {
			d.Errorf("the refreshers of %s are %+v, want one, done: %t", v.username, r, done)
		}
	}
}

// told compares what the coordinator saw on the way: each standing in turn, with
// the reasons at its begin and, before the forecast turned, at its end.
func (d *deployment) told() {
	d.counts(map[string]int{"ready": 2, "behind": 1, "not_started": people - 3})
	const begun = "behind: module_open exam_open"
	for v, want := range map[*visitor][]string{
		d.amina: {"not_started: module_open exam_open", begun, "behind: outcome_weak", "will_lapse: outcome_lapses", "ready:"},
		d.chen:  {"not_started: module_open exam_open", begun, "will_lapse: outcome_lapses", "ready:"},
	} {
		journey, told := d.journeys[v.username], []string{}
		for i, stage := range journey {
			first := i == 0 || standingOf(journey[i-1]) != standingOf(stage)
			last := i+1 == len(journey) || standingOf(journey[i+1]) != standingOf(stage)
			if first || last {
				told = append(told, stage)
			}
		}
		if diff := cmp.Diff(want, told); diff != "" {
			d.Errorf("%s (-want +got):\n%s", v.username, diff)
		}
	}
}

func standingOf(stage string) string {
	standing, _, _ := strings.Cut(stage, ":")
	return standing
}
