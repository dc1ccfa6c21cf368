package bank_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
	"muster/internal/store"
)

// world is a bank on a SQLite file of its own, seeded from a small curriculum.
type world struct {
	testing.TB
	*bank.Service
	kept *store.Store
	now  time.Time
	ids  int
}

var (
	marta  = identity.Actor{ID: "marta", Role: identity.Trainer}
	pavel  = identity.Actor{ID: "pavel", Role: identity.Trainer}
	nobody = identity.Actor{ID: "amina", Role: identity.Trainee}
)

const written = question.ID("ground.basics.p1")

// small is a curriculum of one lesson with a practice and an exam question.
func small(stem string) *curriculum.Catalogue {
	l := curriculum.Lesson{Module: "ground", Slug: "basics", Outcomes: []curriculum.Outcome{{ID: "ground.basics.o1", Text: "Name it."}}}
	for local, pool := range map[string]question.Pool{"p1": question.Practice, "x1": question.Exam} {
		q := whole(stem)
		q.ID, q.Pool = question.ID("ground.basics."+local), pool
		question.Identify(&q)
		l.Questions = append(l.Questions, q)
	}
	return (&curriculum.Catalogue{
		Version: "content of " + stem,
		Sources: []curriculum.Source{{Slug: "handbook", Sections: []curriculum.Section{{Slug: "one"}, {Slug: "wrong", Corrections: []curriculum.CorrectionID{"E-1"}}}}},
		Modules: []curriculum.Module{{Slug: "ground", Lessons: []curriculum.Lesson{l}}}, References: []curriculum.Reference{{ID: "charter"}},
		Corrections: []curriculum.Correction{{ID: "E-1", Severity: "A"}},
	}).Indexed()
}

// whole is a question in which nothing is wrong.
func whole(stem string) question.Question {
	return question.Question{
		Pool: question.Practice, Kind: question.Single, Bloom: "remember", Difficulty: 1, Outcomes: []string{"ground.basics.o1"},
		Stem: stem, Explanation: "So it is.", References: []string{"charter"}, Review: question.Unreviewed,
		Options: []question.Option{
			{Text: "right", Correct: true, Feedback: "Yes."},
			{Text: "wrong", Misconception: "A belief", Feedback: "No."}, {Text: "worse", Misconception: "Another", Feedback: "No."},
		},
	}
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t, now: time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)}
	kept, err := store.Open(t.Context(), store.Config{URL: filepath.Join(t.TempDir(), "muster.db"), Now: func() time.Time { return w.now }})
	w.must(err)
	t.Cleanup(func() { _ = kept.Close(context.Background()) })
	for _, actor := range []identity.Actor{marta, pavel} {
		user := identity.User{ID: actor.ID, Username: string(actor.ID), Name: "Of " + string(actor.ID), Role: actor.Role, Locale: "en", CreatedAt: w.now}
		w.must(kept.CreateUser(t.Context(), user, audit.Entry{At: w.now, Actor: "system", Action: "user.create", Object: string(actor.ID)}))
	}
	w.kept, w.Service = kept, w.replica(kept, small("What is it?"))
	w.must(w.Seed(t.Context()))
	return w
}

// replica is another process on the same store.
func (w *world) replica(kept *store.Store, c *curriculum.Catalogue) *bank.Service {
	return &bank.Service{Store: kept, Catalogue: c, Pictures: kept, Now: func() time.Time { return w.now }, NewID: func() string {
		w.ids++
		return fmt.Sprint("id", w.ids)
	}}
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// add keeps one question of marta's and gives its entry.
func (w *world) add(q question.Question, tags ...string) bank.Entry {
	w.Helper()
	added, err := w.Add(w.Context(), marta, []bank.NewQuestion{{Question: q, Tags: tags}})
	w.must(err)
	w.must(added[0].Err)
	return w.entry(added[0].ID)
}

func (w *world) entry(id question.ID) bank.Entry {
	w.Helper()
	e, err := w.Entry(w.Context(), marta, id)
	w.must(err)
	return e
}

// move brings a question to a state.
func (w *world) move(actor identity.Actor, id question.ID, to ...bank.State) {
	w.Helper()
	for _, state := range to {
		_, err := w.Move(w.Context(), actor, id, bank.To{State: state})
		w.must(err)
	}
}

// asked says whether a question may be put into papers, and by which text.
func asked(c *curriculum.Catalogue, id question.ID) (string, bool) {
	for _, q := range c.Questions() {
		if q.ID == id {
			return q.Stem, true
		}
	}
	return "", false
}

func (w *world) wantAsked(id question.ID, stem string) {
	w.Helper()
	if got, ok := asked(w.Catalogue, id); got != stem || ok != (stem != "") {
		w.Errorf("%s is asked as %q, want %q", id, got, stem)
	}
}

func (w *world) wantCode(doing string, err error, code string) {
	w.Helper()
	if errs.CodeOf(err) != code {
		w.Errorf("%s = %v, want an error with code %s", doing, err, code)
	}
}
