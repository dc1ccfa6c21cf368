// Package storetest is the one suite that every database behind the store has
// to pass, so that both behave alike. Each bug of the store adds a case.
//
// It knows the store only by what it exports.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
	"muster/internal/store"
)

// Exercise runs the suite. fresh gives the URL of an empty database that is
// removed after t.
func Exercise(t *testing.T, fresh func(t *testing.T) (url string)) {
	t.Helper()
	for name, test := range everyCase() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newFixture(t, fresh(t)))
		})
	}
}

func everyCase() map[string]func(*testing.T, *fixture) {
	cases := map[string]func(*testing.T, *fixture){
		"log keeps every byte in order":             testLog,
		"many at once leave no gap":                 testConcurrentAppends,
		"two starts at once open one attempt":       testConcurrentStarts,
		"a refused decision changes nothing":        testRefusal,
		"a panic fails its own write only":          testPanic,
		"grade, end, audit and job come together":   testGrade,
		"an attempt ends once":                      testEndsOnce,
		"half a grade is none":                      testHalfGrade,
		"overdue attempts, oldest deadline first":   testOverdue,
		"what is not there is not found":            testMissing,
		"an attempt shows its last grade":           testHeldGrade,
		"papers count as seen":                      testSeen,
		"the bank keeps every version":              testBank,
		"everything is there after opening again":   testReopen,
		"reviews come back as they were made":       testReviews,
		"a closed store refuses and says so kindly": testClosed,
		"a person comes back by folded name":        testUsers,
		"strange text is the sender's mistake":      testStrangeText,
		"a session ends once":                       testSessions,
		"a new password ends every session":         testNewPassword,
		"a token is exchanged for its successor":    testRotate,
		"refreshing at once gives one family":       testRotationRace,
		"failures are kept until they are forgiven": testThrottles,
		"failures at once are all counted":          testConcurrentThrottles,
		"a cohort comes back by its code":           testCohorts,
		"a member joins whole or not at all":        testMembers,
		"cohorts are listed by what comes first":    testCohortLists,
		"a cohort changes whole or not at all":      testCohortChanges,
		"a cohort keeps its last coordinator":       testCoordinators,
		"a thousand join in one piece":              testManyMembers,
		"an enrolment is suspended, moved and left": testEnrolments,
		"the newest extension holds":                testExtensions,
		"refreshers go to whom they are for":        testRefreshers,
		"a message is read by each for themselves":  testMessages,
		"codes end with who issued them":            testCodesOfIssuer,
		"a one-time code works once":                testCodes,
		"a credential is renewed and revoked":       testCredentials,
		"one credential of a rule stands at a time": testConcurrentIssue,
		"a coordinator answers for their own":       testCoordinates,
		"a published key stays":                     testKeys,
		"a lesson is never unread":                  testLessonStates,
		"the farthest point of many at once stays":  testLessonRace,
		"an attempt's outcomes are replaced":        testOutcomes,
	}
	for _, more := range []map[string]func(*testing.T, *fixture){
		memoryCases(), mailCases(), auditCases(), reportCases(), eraseCases(), libraryCases(), bankCases(), pictureCases(), analysisCases(), blueprintCases(), regradeCases(), markingCases(), rosterCases(),
	} {
		maps.Copy(cases, more)
	}
	return cases
}

// fixture is a store with a quiz of two questions and a trainee.
type fixture struct {
	*store.Store
	url    string
	quiz   curriculum.Quiz
	around *sql.DB // see raw
}

const trainee = identity.UserID("trainee")

var started = time.Date(2027, 1, 14, 9, 30, 0, 123_000_000, time.UTC)

func newFixture(t *testing.T, url string) *fixture {
	t.Helper()
	f := &fixture{Store: open(t, url), url: url, quiz: curriculum.Quiz{Slug: "patrol.check", Title: "Patrol", PassMark: 0.8}}
	t.Cleanup(func() { _ = f.Close(context.Background()) })
	must(t, f.PublishQuestions(t.Context(), questions()))
	must(t, f.PublishQuizzes(t.Context(), []curriculum.Quiz{f.quiz}))
	f.user(t, trainee)
	return f
}

func open(t *testing.T, url string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url, Now: func() time.Time { return started }})
	must(t, err)
	return s
}

func (f *fixture) user(t *testing.T, id identity.UserID) {
	t.Helper()
	u := identity.User{ID: id, Username: string(id), Name: "A. Person", Role: identity.Trainee, Locale: "en", PasswordHash: "-", CreatedAt: started}
	must(t, f.CreateUser(t.Context(), u, entry("user.create", string(id))))
}

func questions() []question.Question {
	return []question.Question{
		{ID: "patrol.basics.q1", Kind: question.Single, Stem: "What comes first?"},
		{ID: "patrol.basics.q2", Kind: question.Cloze, Stem: "Every ____ counts. “Ünïcödé” 𝟚"},
	}
}

func paper(t *testing.T) []assessment.PaperItem {
	t.Helper()
	var items []assessment.PaperItem
	for _, q := range questions() {
		_, version, err := question.Encode(q)
		must(t, err)
		items = append(items, assessment.PaperItem{Question: q.ID, Version: version})
	}
	return items
}

// attempt makes the next attempt of a trainee, after so many before.
func (f *fixture) attempt(t *testing.T, who identity.UserID, id string, before int) assessment.Attempt {
	t.Helper()
	version, err := curriculum.QuizVersion(f.quiz)
	must(t, err)
	return assessment.Attempt{
		ID: assessment.AttemptID(id), Trainee: who, Quiz: f.quiz.Slug, QuizVersion: version, Number: before + 1, Seed: -42,
		Paper: paper(t), StartedAt: started, Deadline: started.Add(time.Hour), Status: assessment.Open,
	}
}

// start opens an attempt with its first event.
func (f *fixture) start(t *testing.T, who identity.UserID, id string) assessment.Attempt {
	t.Helper()
	var a assessment.Attempt
	must(t, f.Start(t.Context(), who, f.quiz.Slug, func(before []assessment.Attempt) (assessment.Change, error) {
		a = f.attempt(t, who, id, len(before))
		first := next(assessment.Fold(a, nil, 0), assessment.ServerDevice, assessment.EventStart, nil)
		return assessment.Change{Start: &a, Events: []assessment.Event{first}}, nil
	}))
	return a
}

// next makes the event that continues a device's chain.
func next(s *assessment.State, device assessment.DeviceID, kind assessment.EventKind, response []byte) assessment.Event {
	head := s.Devices[device]
	if head.Seq == 0 {
		head.Hash = assessment.Origin
	}
	e := assessment.Event{
		ID: assessment.EventID(fmt.Sprintf("%s-%d", device, head.Seq+1)), Attempt: s.ID, Device: device, Seq: head.Seq + 1, Kind: kind,
		Response: response, ClientAt: "2027-01-14T09:30:00.123+03:00", ElapsedMS: s.ServerSeq, PrevHash: head.Hash,
		ServerSeq: s.ServerSeq + 1, ReceivedAt: started.Add(time.Duration(s.ServerSeq) * time.Millisecond), Standing: assessment.InTime,
	}
	if kind == assessment.EventAnswer {
		e.Question = "patrol.basics.q1"
	}
	e.Hash = e.Sum()
	return e
}

// answer appends one answer.
func (f *fixture) answer(ctx context.Context, id assessment.AttemptID, device assessment.DeviceID, response string) error {
	return f.Append(ctx, id, func(s *assessment.State) (assessment.Change, error) {
		return assessment.Change{Events: []assessment.Event{next(s, device, assessment.EventAnswer, []byte(response))}}, nil
	})
}

// submit is the decision that ends and grades an attempt.
func submit(s *assessment.State) assessment.Change {
	g := assessment.Grade{
		Attempt: s.ID, Number: s.Grades + 1, Points: 4.0 / 3, MaxPoints: 2, CriticalFailures: []question.ID{"patrol.basics.q1"},
		Items:  []assessment.ItemGrade{{Question: "patrol.basics.q1", Version: "v", Answered: true, Fraction: 1.0 / 3, Critical: true}},
		Reason: "submit", At: started.Add(time.Minute),
	}
	return assessment.Change{
		Events: []assessment.Event{next(s, "phone", assessment.EventSubmit, nil)},
		End:    &assessment.End{Status: assessment.Submitted, At: g.At}, Grade: &g,
		Audit: []audit.Entry{entry("attempt.grade", string(s.ID))},
	}
}

func entry(action audit.Action, object string) audit.Entry {
	return audit.Entry{At: started, Actor: "somebody", Action: action, Object: object, Detail: `{"n":1}`}
}

var errRefused = errors.New("refused")

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantKind(t *testing.T, doing string, err error, want errs.Kind) {
	t.Helper()
	if err == nil || errs.KindOf(err) != want {
		t.Errorf("%s = %v, want an error of kind %d", doing, err, want)
	}
}
