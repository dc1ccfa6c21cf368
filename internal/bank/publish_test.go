package bank_test

import (
	"context"
	"fmt"
	"testing"

	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/question"
)

type stands bool

func (s stands) Stands(context.Context, question.Anchor) (bool, error) { return bool(s), nil }

// reread starts another process with other content files on the same store.
func (w *world) reread(c *curriculum.Catalogue) *bank.Service {
	w.Helper()
	s := w.replica(w.kept, c)
	w.must(s.Seed(w.Context()))
	return s
}

// TestContentIsFollowed: what only the files changed follows them; what a trainer
// changed stands; what the files drop is retired until it is there again.
func TestContentIsFollowed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := w.entry(written)
	if e.State != bank.Approved || !e.Live || e.Origin != bank.FromContent || e.Approved != e.Version || e.Author != bank.Program || e.Number != 1 {
		t.Fatalf("seeded = %+v", e)
	}
	q := e.Question
	q.Stem = "A trainer's?"
	if _, err := w.Edit(t.Context(), marta, written, bank.Edit{Question: q, Base: e.Version}); err != nil {
		t.Fatal(err)
	}
	const followed = question.ID("ground.basics.x1")
	changed := small("What is it now?")
	later := w.reread(changed)
	if e := w.entry(followed); e.Question.Stem != "What is it now?" || e.Number != 2 || e.State != bank.Approved || e.Approved != e.Version || e.Diverged {
		t.Errorf("what only the files changed = %+v", e)
	}
	if e := w.entry(written); e.Question.Stem != "A trainer's?" || !e.Diverged || e.State != bank.Draft {
		t.Errorf("what both changed = %+v", e)
	}
	for id, want := range map[question.ID]string{followed: "What is it now?", written: "What is it?"} {
		if got, _ := asked(later.Catalogue, id); got != want {
			t.Errorf("%s is asked as %q, want %q", id, got, want)
		}
	}
	dropped := small("What is it now?")
	dropped.Version, dropped.Modules[0].Lessons[0].Questions = "fewer", nil
	gone := w.reread(dropped.Indexed())
	if e := w.entry(followed); e.State != bank.Retired || e.Written != "" {
		t.Errorf("what the files dropped = %+v", e)
	}
	if _, ok := asked(gone.Catalogue, followed); ok {
		t.Error("what the files dropped is asked")
	}
	w.reread(small("What is it now?"))
	if e := w.entry(followed); e.State != bank.Approved || !e.Live || e.Number != 2 {
		t.Errorf("what the files hold again = %+v", e)
	}
}

// TestSeedingAgainChangesNothing, and a second process sees what the first does.
func TestReplicasFollow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before, err := w.kept.BankHead(t.Context())
	w.must(err)
	other := w.reread(small("What is it?"))
	after, err := w.kept.BankHead(t.Context())
	w.must(err)
	if after != before {
		t.Errorf("seeding again moved the bank from %+v to %+v", before, after)
	}
	id := w.add(whole("Where?")).ID()
	w.move(marta, id, bank.InReview, bank.Approved)
	if _, ok := asked(other.Catalogue, id); ok {
		t.Fatal("the other process is up to date before it looked")
	}
	w.must(other.Refresh(t.Context()))
	if got, _ := asked(other.Catalogue, id); got != "Where?" {
		t.Errorf("the other process asks %q", got)
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good, bad := w.add(whole("Where?")).ID(), w.add(question.Question{Kind: question.Single, Stem: "How?"}).ID()
	all := []question.ID{good, bad, "no.such.q", good}
	many := func(action bank.Action, value string, want ...string) {
		t.Helper()
		done, err := w.Many(t.Context(), marta, all, action, value)
		w.must(err)
		if len(done) != len(want) {
			t.Fatalf("%s: %d outcomes, want %d", action, len(done), len(want))
		}
		for i, code := range want {
			w.wantCode(string(action)+" "+string(done[i].ID), done[i].Err, code)
		}
	}
	many(bank.AddTag, "New", "", "", "not_found")
	many(bank.AddTag, "new", "", "", "not_found")
	if page, err := w.Find(t.Context(), bank.Filter{Tag: " NEW "}); err != nil || page.Total != 2 {
		t.Errorf("tagged = %+v, %v", page, err)
	}
	many(bank.RemoveTag, "new", "", "", "not_found")
	many(bank.Submit, "", "", "not_ready", "not_found")
	many(bank.Approve, "", "", "wrong_state", "not_found")
	w.wantAsked(good, "Where?")
	many(bank.MovePool, "exam", "", "", "not_found")
	if e := w.entry(good); e.Question.Pool != question.Exam || e.State != bank.Draft || e.Number != 2 {
		t.Errorf("moved to the exam pool = %+v", e)
	}
	many(bank.Submit, "", "", "not_ready", "not_found")
	many(bank.Approve, "", "second_person", "wrong_state", "not_found")
	many(bank.Retire, "", "", "", "not_found")
	w.wantAsked(good, "")
	many(bank.Restore, "", "", "", "not_found")
	for _, wrong := range []struct {
		action bank.Action
		value  string
	}{{"burn", ""}, {bank.AddTag, " "}, {bank.MovePool, "lake"}} {
		_, err := w.Many(t.Context(), marta, all, wrong.action, wrong.value)
		w.wantCode(string(wrong.action), err, "invalid")
	}
}

// BenchmarkAdd adds 10,000 questions, as an import does.
func BenchmarkAdd(b *testing.B) {
	for b.Loop() {
		w := newWorld(b)
		given := make([]bank.NewQuestion, 10_000)
		for i := range given {
			given[i] = bank.NewQuestion{Question: whole(fmt.Sprint("What of ", i, "?")), Tags: []string{"import"}}
		}
		if _, err := w.Add(b.Context(), marta, given); err != nil {
			b.Fatal(err)
		}
	}
}
