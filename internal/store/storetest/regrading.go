package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/internal/assessment"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
	"muster/internal/regrade"
)

// mending is a quiz of two questions of which one has a wrong key, with people
// who have answered it.
type mending struct {
	*testing.T
	*fixture
	regrades *regrade.Service
	exams    *assessment.Service
	wrong    question.Question // the key is "no", the truth "yes"
	now      time.Time
	ids      int
	dies     int // after so many gradings, 0 = never
}

var errDied = errors.New("the program died")

// Try and Regrade are those of the service, which dies at times.
func (m *mending) Try(ctx context.Context, id assessment.AttemptID, c assessment.Candidate) (assessment.Verdict, error) {
	return m.exams.Try(ctx, id, c)
}

// Regrade grades an attempt anew, unless the program dies.
func (m *mending) Regrade(ctx context.Context, id assessment.AttemptID, r assessment.Ruling) error {
	if m.dies == 1 {
		m.dies = 0
		return errDied
	}
	m.dies--
	return m.exams.Regrade(ctx, id, r)
}

// yesOrNo is a question with two options.
func yesOrNo(id question.ID, key string) question.Question {
	q := question.Question{
		ID: id, Pool: question.Exam, Kind: question.Single, Bloom: "remember", Difficulty: 1, Outcomes: []string{"patrol.basics.o1"},
		Stem: "Is it?", Explanation: "It is.", Citations: []string{"handbook#one"}, Review: question.Unreviewed,
	}
	for _, text := range []string{"yes", "no", "perhaps", "never"} {
		o := question.Option{Text: text, Correct: text == key, Feedback: "Because."}
		if !o.Correct {
			o.Misconception = "that it is not"
		}
		q.Options = append(q.Options, o)
	}
	question.Identify(&q)
	return q
}

func newMending(t *testing.T, f *fixture) *mending {
	t.Helper()
	m := &mending{T: t, fixture: f, now: started, wrong: yesOrNo("patrol.basics.q8", "no")}
	clock := func() time.Time { m.now = m.now.Add(time.Millisecond); return m.now }
	newID := func() string { m.ids++; return fmt.Sprintf("01890000-0000-7000-8000-%012d", m.ids) }
	f.quiz = curriculum.Quiz{
		Slug: "patrol.check", Module: "patrol", Title: "Patrol", Purpose: curriculum.PurposeCheck, PassMark: 0.6, Release: curriculum.ReleaseSubmitted,
		Rules: []curriculum.Rule{{Questions: []question.ID{m.wrong.ID, "patrol.basics.q9"}}},
	}
	catalogue := (&curriculum.Catalogue{Modules: []curriculum.Module{{
		Slug: "patrol", Quizzes: []curriculum.Quiz{f.quiz},
		Lessons: []curriculum.Lesson{{Module: "patrol", Slug: "basics", Questions: []question.Question{m.wrong, yesOrNo("patrol.basics.q9", "yes")}}},
	}}}).Indexed()
	m.exams = &assessment.Service{Store: f, Bank: f, Catalogue: catalogue, Exposure: f, Rulings: f, Now: clock, NewID: newID, NewSeed: func() int64 { return 1 }}
	must(t, m.exams.Publish(t.Context()))
	m.regrades = &regrade.Service{Store: f, Told: f, Grader: m, Bank: f, Catalogue: catalogue, Now: clock, NewID: newID}
	return m
}

// sit lets somebody answer both questions.
func (m *mending) sit(who identity.UserID, first, second string) assessment.AttemptID {
	m.Helper()
	id := m.begin(who)
	m.hand(who, id, first, second)
	return id
}

func (m *mending) begin(who identity.UserID) assessment.AttemptID {
	m.Helper()
	id, _, err := m.exams.Start(m.Context(), identity.Actor{ID: who, Role: identity.Trainee}, m.quiz.Slug)
	must(m.T, err)
	return id
}

func (m *mending) hand(who identity.UserID, id assessment.AttemptID, answers ...string) {
	m.Helper()
	in := assessment.Submission{Device: "11111111-2222-4333-8444-555555555555"}
	event := func(kind assessment.EventKind, q question.ID, response []byte) {
		m.ids++
		in.Events = append(in.Events, assessment.Event{
			ID: assessment.EventID(fmt.Sprintf("01890000-0000-7000-9000-%012d", m.ids)), Seq: int64(len(in.Events) + 1), Kind: kind, Question: q,
			Response: response, ClientAt: "2027-01-14T09:30:00Z",
		})
	}
	for i, text := range answers {
		q := yesOrNo([]question.ID{m.wrong.ID, "patrol.basics.q9"}[i], "yes")
		for _, o := range q.Options {
			if o.Text == text {
				raw, _ := json.Marshal(map[string]any{"choice": o.ID})
				event(assessment.EventAnswer, q.ID, raw)
			}
		}
	}
	event(assessment.EventSubmit, "", nil)
	_, err := m.exams.Append(m.Context(), identity.Actor{ID: who, Role: identity.Trainee}, id, in)
	must(m.T, err)
}

// grades gives the scores of an attempt, the first one first.
func (m *mending) scores(id assessment.AttemptID) (scores []float64) {
	m.Helper()
	grades, err := m.Grades(m.Context(), id)
	must(m.T, err)
	for _, g := range grades {
		scores = append(scores, g.Score())
	}
	return scores
}

func (m *mending) wantScores(id assessment.AttemptID, want ...float64) {
	m.Helper()
	if got := m.scores(id); fmt.Sprint(got) != fmt.Sprint(want) {
		m.Errorf("the scores of %s are %v, want %v", id, got, want)
	}
}

var editor = identity.Actor{ID: trainee, Role: identity.Trainer}

func (m *mending) request(action assessment.RulingAction) regrade.Request {
	m.Helper()
	_, version, err := question.Encode(m.wrong)
	must(m.T, err)
	in := regrade.Request{Question: m.wrong.ID, Version: version, Action: action, Reason: "The handbook says yes."}
	if action == assessment.Rekey {
		key := yesOrNo(m.wrong.ID, "yes")
		in.Key = &key
	}
	return in
}

// carryOut rules and works until all is done.
func (m *mending) carryOut(action assessment.RulingAction) regrade.Regrade {
	m.Helper()
	r, err := m.regrades.Rule(m.Context(), editor, m.request(action))
	must(m.T, err)
	for range 4 {
		if err := m.regrades.Run(m.Context()); err != nil && !errors.Is(err, errDied) {
			m.Fatal(err)
		}
		m.now = m.now.Add(2 * time.Minute)
	}
	r, err = m.regrades.Regrade(m.Context(), editor, r.ID)
	must(m.T, err)
	if r.State != regrade.Done || r.Seen != r.Total {
		m.Fatalf("the regrade stands at %+v", r)
	}
	return r
}

// testMending: a wrong key is mended though the program dies on the way, late
// papers are graded by the ruling, people are told once, and all can be undone.
func testMending(t *testing.T, f *fixture) {
	m := newMending(t, f)
	f.unit(t, "c1", "coordinator", "right", "wrong", "late")
	f.unit(t, "c2", "second coordinator")
	must(t, f.Enrol(t.Context(), "c2", cohort.Newcomers{Known: []identity.UserID{"wrong"}, At: started.Add(time.Hour)}, nil)) // who is in two
	right, wrong := m.sit("right", "yes", "yes"), m.sit("wrong", "no", "yes")
	open := m.begin("late")
	m.wantScores(right, 0.5)
	m.wantScores(wrong, 1)

	p, err := m.regrades.Preview(t.Context(), editor, m.request(assessment.Rekey))
	must(t, err)
	if want := (regrade.Counts{Changed: 2, Higher: 1, Lower: 1, Gained: 1, Lost: 1}); p.Counts != want || p.Ended != 2 || p.Open != 1 || len(p.Rows) != 2 || !p.Rows[0].PassedBefore {
		t.Errorf("the preview is %+v", p)
	}
	if len(p.Cohorts) != 1 || p.Cohorts[0].Cohort != "" {
		t.Errorf("a cohort of two is named: %+v", p.Cohorts)
	}
	m.wantScores(right, 0.5)

	m.dies = 2 // after the first attempt
	r := m.carryOut(assessment.Rekey)
	if want := (regrade.Counts{Changed: 2, Higher: 1, Lower: 1, Gained: 1, Lost: 1}); r.Counts != want || r.Total != 2 {
		t.Errorf("it changed %+v of %d", r.Counts, r.Total)
	}
	m.wantScores(right, 0.5, 1)
	m.wantScores(wrong, 1, 0.5)
	m.hand("late", open, "yes", "yes")
	m.wantScores(open, 1)
	f.wantTold(t, "right", "has been marked again")
	f.wantTold(t, "wrong", "has been marked again")
	f.wantTold(t, "coordinator", "1 pass now, 1 no longer pass")
	f.wantTold(t, "second coordinator", "0 pass now, 1 no longer pass")

	if r := m.carryOut(assessment.Void); r.Counts != (regrade.Counts{Changed: 1, Higher: 1, Gained: 1}) || r.Total != 3 {
		t.Errorf("without the question %+v changed of %d", r.Counts, r.Total)
	}
	m.wantScores(right, 0.5, 1, 1) // of one question, all right
	m.wantScores(wrong, 1, 0.5, 1)
	m.carryOut(assessment.Restore)
	m.wantScores(right, 0.5, 1, 1, 0.5)
	m.wantScores(wrong, 1, 0.5, 1, 1)
	m.wantScores(open, 1, 1, 0.5)

	m.carryOut(assessment.Void)
	m.wrong = yesOrNo("patrol.basics.q9", "yes") // the only one that is left
	p, err = m.regrades.Preview(t.Context(), editor, m.request(assessment.Void))
	must(t, err)
	if p.Kept != 3 || p.Counts != (regrade.Counts{}) {
		t.Errorf("without any question the preview is %+v, want that 3 keep their results", p)
	}
	if r := m.carryOut(assessment.Void); r.Counts != (regrade.Counts{}) {
		t.Errorf("without any question %+v changed", r.Counts)
	}
	m.wantScores(right, 0.5, 1, 1, 0.5, 1)
}

// unit makes a cohort with a coordinator and trainees.
func (f *fixture) unit(t *testing.T, id cohort.ID, coordinator identity.UserID, trainees ...identity.UserID) {
	t.Helper()
	f.user(t, coordinator)
	c := cohort.Cohort{ID: id, Name: string(id), JoinCode: "AAAA-" + string(id), CreatedAt: started}
	must(t, f.CreateCohort(t.Context(), c, nil, coordinator, entry("cohort.create", string(id))))
	var users []identity.User
	for _, who := range trainees {
		users = append(users, identity.User{ID: who, Username: string(who), Name: "A. Person", Role: identity.Trainee, Locale: "en", PasswordHash: "-", CreatedAt: started})
	}
	must(t, f.CreateMembers(t.Context(), id, users, nil))
}

// wantTold checks that somebody has one message, which says something.
func (f *fixture) wantTold(t *testing.T, who identity.UserID, words string) {
	t.Helper()
	inbox, err := f.Inbox(t.Context(), who, 10)
	must(t, err)
	if len(inbox.Messages) != 1 || !strings.Contains(inbox.Messages[0].Body, words) {
		t.Errorf("%s is told %+v, want %q once", who, inbox.Messages, words)
	}
}
