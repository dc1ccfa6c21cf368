package learning_test

import (
	"strings"
	"testing"
	"time"

	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/learning"
)

func TestUnfinished(t *testing.T) {
	t.Parallel()
	asked := []cohort.Membership{{
		Cohort: cohort.Cohort{ID: "c"},
		Assignments: []cohort.Assignment{
			{Kind: cohort.KindModule, Slug: "first"}, {Kind: cohort.KindModule, Slug: "gone"}, {Kind: cohort.KindExam, Slug: "final"}, {Kind: cohort.KindExam, Slug: "gone"},
		},
		Refreshers: append(refresher("second", "a", "2027-02-01", time.Hour).Refreshers, refresher("gone", "a", "2027-02-01", time.Hour).Refreshers...),
	}, due("second", "2027-02-01")}
	tests := map[string]struct {
		done func(*book)
		want string
	}{
		"nothing done":            {func(*book) {}, "first final second.a second"},
		"a module begun":          {func(b *book) { b.learn("first") }, "first final second.a second"},
		"a module finished":       {func(b *book) { b.finish("first") }, "final second.a second"},
		"a practice passed again": {func(b *book) { b.take("second.a.practice", true) }, "first final second"},
		"a practice failed again": {func(b *book) { b.take("second.a.practice", false) }, "first final second.a second"},
		"all modules finished":    {func(b *book) { b.finish("first"); b.finish("second") }, "final"},
		"the exam passed":         {func(b *book) { b.take("final", true) }, "first second.a second"},
		"the exam to be passed again": {func(b *book) {
			b.take("final", true)
			b.again = []curriculum.QuizSlug{"final"}
		}, "first final second.a second"},
	}
	for name, test := range tests {
		b := newBook()
		test.done(b)
		s := b.service()
		if _, err := s.Summarise(t.Context(), trainee.ID); err != nil {
			t.Fatal(err)
		}
		got, err := s.Unfinished(t.Context(), trainee.ID, asked)
		if err != nil {
			t.Fatal(err)
		}
		if open := told(got); open != test.want {
			t.Errorf("%s: open is %q, want %q", name, open, test.want)
		}
	}
	if all := told(asked); all != "first gone final gone second.a gone.a second" {
		t.Errorf("what was asked became %q", all)
	}
	var _ cohort.Progress = (*learning.Service)(nil)
}

// told lists what memberships ask.
func told(memberships []cohort.Membership) string {
	var all []string
	for _, m := range memberships {
		for _, a := range m.Assignments {
			all = append(all, a.Slug)
		}
		for _, r := range m.Refreshers {
			all = append(all, string(r.Module)+"."+string(r.Lesson))
		}
	}
	return strings.Join(all, " ")
}
