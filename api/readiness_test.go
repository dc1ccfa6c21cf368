package api

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/learning"
	"muster/internal/readiness"
	"muster/internal/report"
	"muster/internal/retention"
)

// charlie is a cohort of people who have done all sorts of things.
const charlie = "01890000-0000-7000-8000-00000000c1c1"

// crowd fills charlie with people, and gives the token of its coordinator.
func (w *world) crowd(n int) string {
	w.Helper()
	lead := w.register("charlie.lead", identity.Coordinator)
	kept := w.server.Cohorts.Store
	unit := cohort.Cohort{ID: charlie, Name: `=Charlie "Ö"`, JoinCode: "CCCC-2222", DeploysOn: "2027-04-01", CreatedAt: w.clock()}
	assignments := []cohort.Assignment{{Kind: "module", Slug: "ground", DueOn: "2027-01-10"}, {Kind: "exam", Slug: "ground.never", DueOn: "2027-03-01"}}
	w.must(kept.CreateCohort(w.Context(), unit, assignments, lead.ID, audit.Entry{At: w.clock(), Actor: string(lead.ID), Action: "test.charlie"}))
	random := rand.New(rand.NewPCG(3, 4))
	var users []identity.User
	for i := range n {
		name := []string{"Amina", "=HYPERLINK(1)", "محمد", "李雷", "-1+1", `Ann "A", B`}[random.IntN(6)] + fmt.Sprint(i)
		users = append(users, identity.User{ID: identity.UserID(w.newID()), Username: fmt.Sprintf("person%d", i), Name: name, Role: identity.Trainee, Locale: "en", CreatedAt: w.clock()})
	}
	w.must(kept.CreateMembers(w.Context(), charlie, users, nil))
	for _, u := range users[n/10:] {
		w.keep(w.anySummary(random, u.ID))
	}
	return w.token(lead)
}

func (w *world) keep(s learning.Summary) {
	w.Helper()
	kept := w.server.Learning.Kept
	before, err := kept.SummaryRevisions(w.Context(), []identity.UserID{s.User})
	w.must(err)
	s.Revision = before[s.User] + 1
	encoded, err := s.Kept("test")
	w.must(err)
	_, err = kept.KeepSummary(w.Context(), encoded)
	w.must(err)
}

func (w *world) anySummary(random *rand.Rand, user identity.UserID) learning.Summary {
	s := learning.Summary{User: user, Through: w.clock(), LastActive: w.clock().Add(-time.Duration(random.IntN(40*86_400)) * time.Second), LateSyncs: random.IntN(2)}
	s.Modules = []learning.ModuleSummary{{Module: "ground", Steps: 3, Lessons: 1, Share: float64(random.IntN(4)) / 3, CheckAttempts: random.IntN(5)}}
	s.Modules[0].Complete = s.Modules[0].Share == 1
	s.Exams = []learning.ExamSummary{{Exam: "ground.never", Passed: random.IntN(2) == 0}}
	if random.IntN(4) > 0 {
		memory := retention.Memory{Stability: 1 + 300*random.Float64(), Difficulty: 5, ReviewedAt: w.clock().AddDate(0, 0, -random.IntN(60))}
		s.Outcomes = []learning.OutcomeSummary{{Outcome: "ground.basics.o1", Answers: 1 + random.IntN(6), Evidence: 0.5 + random.Float64()/2, Memory: memory, Failures: random.IntN(4)}}
	}
	return s
}

// TestFiguresAgree: whatever is asked for, the pages of the API, the CSV and
// the XLSX hold the same people in the same order with identical figures.
func TestFiguresAgree(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.crowd(60)
	rapid.Check(t, func(t *rapid.T) {
		query := anyQuery(t)
		items := w.peoplePages(token, query, rapid.IntRange(1, 70).Draw(t, "limit"))
		records := w.records(token, query)
		var want [][]string
		for _, p := range items {
			want = append(want, cells(p))
		}
		if diff := cmp.Diff(want, records); diff != "" {
			t.Fatalf("%s: the API and the CSV differ (-API +CSV):\n%s", query.Encode(), diff)
		}
		if diff := cmp.Diff(records, w.sheet(token, query)); diff != "" {
			t.Fatalf("%s: the CSV and the XLSX differ (-CSV +XLSX):\n%s", query.Encode(), diff)
		}
	})
}

func anyQuery(t *rapid.T) url.Values {
	query := url.Values{}
	for name, values := range map[string][]string{
		"standing": {"ready", "will_lapse", "behind", "not_started"}, "need": {"failing_outcome", "stuck", "overdue", "inactive", "late_sync"},
		"module": {"ground"}, "outcome": {"ground.basics.o1"}, "state": {"not_held", "held", "begun", "complete"},
		"q": {"a", "李", "person1"}, "sort": {"name", "-progress", "overdue", "-last_active", "help"},
	} {
		if rapid.IntRange(0, 3).Draw(t, "with "+name) == 0 {
			query.Set(name, rapid.SampledFrom(values).Draw(t, name))
		}
	}
	return query
}

// peoplePages puts the pages of a list together.
func (w *world) peoplePages(token string, query url.Values, limit int) []Person {
	w.Helper()
	var items []Person
	for cursor := ""; ; {
		path := fmt.Sprintf("%s/cohorts/%s/people?%s&limit=%d&cursor=%s", base, charlie, query.Encode(), limit, cursor)
		page := decode[PersonList](w.call(http.MethodGet, path, token, nil).want(http.StatusOK))
		items = append(items, page.Items...)
		if cursor = page.NextCursor; cursor == "" {
			if len(items) != page.Total {
				w.Fatalf("the pages hold %d people, their total is %d", len(items), page.Total)
			}
			return items
		}
	}
}

// cells writes a person as a row of a table.
func cells(p Person) []string {
	number := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	var reasons []string
	for _, r := range p.Reasons {
		reasons = append(reasons, fmt.Sprintf("%s %s%s %d", r.Code, r.Module, r.Exam, r.Count))
	}
	row := []string{
		report.Neutral(p.Name), p.Username, p.Email, p.Standing, number(p.Progress), strconv.Itoa(p.Overdue), p.LastActive, strings.Join(reasons, "; "),
	}
	for _, m := range p.Modules {
		mastery := ""
		if m.OnDay != nil {
			mastery = number(*m.OnDay)
		}
		row = append(row, number(m.Share), strconv.FormatBool(m.Complete), mastery)
	}
	return row
}

func (w *world) file(token string, query url.Values, format string) answer {
	w.Helper()
	return w.call(http.MethodGet, base+"/cohorts/"+charlie+"/report?format="+format+"&"+query.Encode(), token, nil).want(http.StatusOK)
}

// records reads the rows of the CSV, without its head.
func (w *world) records(token string, query url.Values) [][]string {
	w.Helper()
	raw := bytes.TrimPrefix(w.file(token, query, "csv").raw, []byte("\ufeff"))
	records, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	w.must(err)
	if len(records) == 1 {
		return nil
	}
	return records[1:]
}

// sheet reads the rows of the XLSX as the CSV writes them, without the head.
func (w *world) sheet(token string, query url.Values) [][]string {
	w.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(w.file(token, query, "xlsx").raw))
	w.must(err)
	defer func() { w.must(book.Close()) }()
	rows, err := book.GetRows("Figures", excelize.Options{RawCellValue: true})
	w.must(err)
	var out [][]string
	for _, row := range rows[1:] {
		row = append(row, make([]string, len(rows[0])-len(row))...)
		row[0] = report.Neutral(row[0])
		for i, name := range rows[0] {
			if strings.HasSuffix(name, ".complete") {
				row[i] = map[string]string{"0": "false", "1": "true"}[row[i]]
			}
		}
		out = append(out, row)
	}
	return out
}

// TestReport: the file has a name that every system takes, and that it was
// taken is kept with how many people are in it.
func TestReport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.crowd(10)
	got := w.file(token, url.Values{"q": {"person1"}}, "xlsx")
	if name := got.header.Get("Content-Disposition"); name != `attachment; filename="readiness-charlie-2027-01-14.xlsx"` {
		t.Errorf("the file is %s", name)
	}
	if kind := got.header.Get("Content-Type"); kind != report.XLSX.Media() {
		t.Errorf("the file is a %s", kind)
	}
	if !strings.Contains(w.dump(), `cohort.export `+charlie+` {"format":"xlsx","rows":1}`) {
		t.Errorf("the audit trail does not say who took what")
	}
	for _, bad := range []string{"", "?format=ods", "?format=csv&sort=x", "?format=csv&standing=x"} {
		w.call(http.MethodGet, base+"/cohorts/"+charlie+"/report"+bad, token, nil).wantCode(http.StatusUnprocessableEntity, "invalid")
	}
}

// TestOverviewOpens: the counts of the page are the totals of the lists that
// they link to, also through the API.
func TestOverviewOpens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.crowd(40)
	r := decode[Readiness](w.call(http.MethodGet, base+"/cohorts/"+charlie+"/readiness", token, nil).want(http.StatusOK))
	counts := map[string]int{
		"": 40, "standing=ready": r.Ready, "standing=will_lapse": r.WillLapse, "standing=behind": r.Behind, "standing=not_started": r.NotStarted,
		"need=overdue": r.Overdue, "suspended=true": r.Suspended, "module=ground&state=begun": r.Modules[0].Begun,
		"module=ground&state=complete": r.Modules[0].Complete, "module=ground&state=held": r.Modules[0].Holding,
		"outcome=ground.basics.o1&state=begun": r.Outcomes[0].Answered, "outcome=ground.basics.o1&state=held": r.Outcomes[0].HeldOnDay,
	}
	for _, n := range r.Needs {
		counts[url.Values{"need": {n.Code}, "module": {n.Module}, "outcome": {n.Outcome}}.Encode()] = n.Count
	}
	for _, week := range r.Progress {
		counts["late_on="+week.Date] = week.Late
	}
	for query, want := range counts {
		page := decode[PersonList](w.call(http.MethodGet, base+"/cohorts/"+charlie+"/people?"+query, token, nil).want(http.StatusOK))
		if page.Total != want {
			t.Errorf("%s opens into %d people, want %d", query, page.Total, want)
		}
	}
	list := decode[CohortList](w.call(http.MethodGet, base+"/cohorts", token, nil).want(http.StatusOK))
	want := CohortSummary{
		ID: charlie, Name: `=Charlie "Ö"`, DeploysOn: "2027-04-01", People: 40, Ready: r.Ready, WillLapse: r.WillLapse, Behind: r.Behind, NotStarted: r.NotStarted,
		Need: &r.Needs[0],
	}
	if diff := cmp.Diff([]CohortSummary{want}, list.Items); diff != "" {
		t.Errorf("cohorts (-want +got):\n%s", diff)
	}
}

// TestPersonDetail walks one person from a refresher to having done it.
func TestPersonDetail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	kofi := w.bravo()
	token, member := w.token(kofi), w.token(identity.User{ID: oneMember})
	users := Chosen{Users: []string{oneMember}}
	path := base + "/cohorts/" + oneCohort
	w.call(http.MethodPost, path+"/extensions", token, ExtensionRequest{Chosen: users, Things: []AssignedThing{{Kind: "module", Slug: "ground"}}, DueOn: "2027-04-01", Reason: "On leave."}).want(http.StatusOK)
	w.call(http.MethodPost, path+"/refreshers", token, RefresherRequest{Chosen: users, Module: "ground", Lesson: "basics", DueOn: "2027-02-01"}).want(http.StatusOK)
	detail := func() PersonDetail {
		return decode[PersonDetail](w.call(http.MethodGet, path+"/people/"+oneMember, token, nil).want(http.StatusOK))
	}
	before := detail()
	if before.Person.Standing != "not_started" || before.Refreshers[0].Done || before.Assignments[0].DueOn != "2027-04-01" || before.Extensions[0].Reason != "On leave." {
		t.Errorf("before anything is done: %+v", before)
	}
	w.later(time.Minute)
	w.pass(member, "ground.basics.practice")
	w.follow(oneMember)
	after := detail()
	if after.Person.Standing != "behind" || !after.Refreshers[0].Done || len(after.Attempts) != 1 {
		t.Errorf("after the practice: %+v", after)
	}
	o := after.Outcomes[0]
	if o.Answers != 8 || o.Evidence != 1 || o.Now != 1 || !o.HeldNow || o.OnDay >= 1 || o.NextReview == "" || o.LessonTitle != "Basics" {
		t.Errorf("after the practice the outcome is %+v", o)
	}
	own := decode[OwnReadiness](w.call(http.MethodGet, base+"/me/readiness", member, nil).want(http.StatusOK))
	want := OwnReadiness{Target: readiness.Target, Items: []OwnCohort{{
		Cohort: oneCohort, Name: "Bravo", DeploysOn: "2027-06-01", On: "2027-06-01", Standing: "behind", Progress: after.Person.Progress,
		Reasons: after.Reasons, Areas: []Area{{Module: "ground", Title: "Ground", OnDay: "open"}},
	}}}
	if diff := cmp.Diff(want, own); diff != "" {
		t.Errorf("what the trainee sees (-want +got):\n%s", diff)
	}
	w.call(http.MethodGet, path+"/people/"+charlie, token, nil).wantCode(http.StatusNotFound, "not_found")
}

// follow does what the job after a grade does.
func (w *world) follow(user identity.UserID) {
	w.Helper()
	_, err := w.server.Learning.Summarise(w.Context(), user)
	w.must(err)
}

// TestExamTextStaysSecret: of a critical question in an exam, coordinators see
// what it was about, not the question.
func TestExamTextStaysSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	kofi := w.bravo()
	failed := learning.CriticalFailure{Quiz: "ground.check", Module: "ground", Question: "ground.basics.x1", Outcomes: []curriculum.OutcomeID{"ground.basics.o1"}}
	s := learning.Summary{User: oneMember, Through: w.clock(), Modules: []learning.ModuleSummary{{Module: "ground"}}, Critical: []learning.CriticalFailure{failed}}
	w.keep(s)
	got := w.call(http.MethodGet, base+"/cohorts/"+oneCohort+"/people/"+oneMember, w.token(kofi), nil).want(http.StatusOK)
	reasons := decode[PersonDetail](got).Reasons
	i := slices.IndexFunc(reasons, func(r Reason) bool { return r.Code == "critical_failure" })
	if i < 0 || reasons[i].Text != "Name the basics." || reasons[i].Lesson != "basics" {
		t.Errorf("the reasons are %+v", reasons)
	}
	if bytes.Contains(got.raw, []byte("ground.basics.x1")) {
		t.Errorf("%s names the question", got.raw)
	}
}
