package learning_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/question"
)

// practised shows the outcome of a lesson some days ago.
func (b *book) practised(lesson string, daysAgo float64) {
	b.show(curriculum.QuizSlug(lesson+".practice"), daysAgo, question.ID(lesson+".p1"), 1)
}

// TestRecall: who has practised what, when, is asked what.
func TestRecall(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		do    func(*book)
		due   []curriculum.OutcomeID
		cards []question.ID
		next  float64 // in days
	}{
		"nothing was learnt":      {do: func(*book) {}},
		"nothing has faded":       {do: func(b *book) { b.practised("first.a", 1) }, next: 2.3065 - 1},
		"too little has faded":    {do: func(b *book) { b.practised("first.a", 9); b.practised("first.b", 1) }, due: []curriculum.OutcomeID{"first.a.o1"}, next: 2.3065 - 1},
		"all that is left is due": {do: func(b *book) { b.practised("first.a", 9) }, due: []curriculum.OutcomeID{"first.a.o1"}},
		"the most faded first": {
			do: func(b *book) {
				for i, lesson := range []string{"second.a", "first.a", "third.b", "first.b"} {
					b.practised(lesson, float64(40-i))
				}
			},
			due:   []curriculum.OutcomeID{"second.a.o1", "first.a.o1", "third.b.o1", "first.b.o1"},
			cards: []question.ID{"second.a.p1", "first.a.p1", "third.b.p1", "first.b.p1", "second.a.p2", "first.a.p2", "first.b.p2"},
		},
		"a second card, the one seen least": {
			do: func(b *book) {
				for i, lesson := range []string{"first.a", "first.b", "second.a", "second.b", "third.a"} {
					b.practised(lesson, float64(40-i))
				}
				b.seen = map[question.ID]int{"first.a.p1": 2, "first.a.p2": 1, "first.b.p1": 1, "first.b.p2": 1}
			},
			due:   []curriculum.OutcomeID{"first.a.o1", "first.b.o1", "second.a.o1", "second.b.o1", "third.a.o1"},
			cards: []question.ID{"first.a.p2", "first.b.p1", "second.a.p1", "second.b.p1", "third.a.p1", "first.a.p1", "first.b.p2", "second.a.p2"},
		},
	}
	for name, test := range tests {
		b := newBook()
		test.do(b)
		got, err := b.service().Recall(t.Context(), trainee)
		must(t, err)
		if diff := cmp.Diff(test.due, got.Due); diff != "" {
			t.Errorf("%s: due (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(test.cards, got.Cards); diff != "" {
			t.Errorf("%s: cards (-want +got):\n%s", name, diff)
		}
		if days := got.NextDue.Sub(today).Hours() / 24; test.next == 0 != got.NextDue.IsZero() || test.next > 0 && (days < test.next-1e-6 || days > test.next+1e-6) {
			t.Errorf("%s: next due in %v days, want %v", name, days, test.next)
		}
	}
}

// TestRecallHasItsSize: never more than eight cards, none twice.
func TestRecallHasItsSize(t *testing.T) {
	t.Parallel()
	b := newBook()
	for i, m := range []string{"first", "second", "third"} {
		b.practised(m+".a", float64(60-i))
		b.practised(m+".b", float64(50-i))
	}
	recall, err := b.service().Recall(t.Context(), trainee)
	must(t, err)
	sorted := slices.Sorted(slices.Values(recall.Cards))
	if len(sorted) != 8 || len(slices.Compact(sorted)) != 8 || recall.Minutes() != 5 {
		t.Errorf("cards = %v in %d minutes, want 8 in 5", recall.Cards, recall.Minutes())
	}
}

// TestStartRecall: an open review is gone on with, whatever is due.
func TestStartRecall(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.practised("first.a", 1)
	_, _, err := b.service().StartRecall(t.Context(), trainee)
	if errs.CodeOf(err) != "nothing_due" || errs.KindOf(err) != errs.Conflict {
		t.Errorf("StartRecall = %v, want nothing_due", err)
	}
	if want := "The next review is due on " + today.Add(time.Duration(1.3065*24*float64(time.Hour))).Format("2 January 2006"); err != nil && !strings.Contains(err.Error(), want) {
		t.Errorf("StartRecall = %v, want %q in it", err, want)
	}
	for i, lesson := range []string{"first.a", "first.b", "second.a", "second.b"} {
		b.practised(lesson, float64(-30-i)) // in the future: time goes on below
	}
	s := b.service()
	s.Now = func() time.Time { return ago(-90) }
	id, created, err := s.StartRecall(t.Context(), trainee)
	must(t, err)
	again, second, err := s.StartRecall(t.Context(), trainee)
	must(t, err)
	a, err := b.Attempt(t.Context(), id)
	must(t, err)
	if got := fmt.Sprintln(created, second, id == again, a.Quiz, len(a.Paper)); got != "true false true review 8\n" {
		t.Errorf("created, created again, the same, quiz, cards = %s", got)
	}
}
