package credential

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/internal/audit"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/identity"
)

// TestAgain: an exam is to be passed again from when a person revoked its
// certificate or it expired, until it was; what the system took back comes again
// by itself. A goal says the same.
func TestAgain(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		done func(*testing.T, *book)
		want string
	}{
		"nothing passed":  {func(*testing.T, *book) {}, ""},
		"a valid one":     {func(t *testing.T, b *book) { b.earn(t) }, "passed"},
		"a revoked one":   {func(t *testing.T, b *book) { b.earn(t); b.revoke(t) }, "again"},
		"an expired one":  {func(t *testing.T, b *book) { b.earn(t); b.now = b.now.AddDate(2, 0, 1) }, "again"},
		"failed since":    {func(t *testing.T, b *book) { b.earn(t); b.revoke(t); b.try(t, false) }, "again"},
		"passed since":    {func(t *testing.T, b *book) { b.earn(t); b.revoke(t); b.earn(t) }, "passed"},
		"revoked again":   {func(t *testing.T, b *book) { b.earn(t); b.revoke(t); b.earn(t); b.revoke(t) }, "again"},
		"taken back":      {func(t *testing.T, b *book) { b.earn(t); b.regrade("attempt-3", false); b.follow(t) }, ""},
		"one before that": {func(t *testing.T, b *book) { b.earn(t); b.earn(t); b.regrade("attempt-4", false); b.follow(t) }, "passed"},
		"revoked, renewed, and that taken back": {func(t *testing.T, b *book) {
			b.earn(t)
			b.revoke(t)
			b.earn(t)
			b.regrade("attempt-4", false)
			b.follow(t)
		}, "again"},
	}
	for name, test := range tests {
		b := newBook()
		b.learn()
		test.done(t, b)
		again, err := b.service().Again(t.Context(), amina)
		must(t, err)
		goals, err := b.service().Goals(t.Context(), identity.Actor{ID: amina})
		must(t, err)
		got := strings.Join([]string{map[bool]string{true: "passed"}[goals[0].Steps[2].Passed], map[string]string{"[final]": "again"}[fmt.Sprint(again)]}, "")
		if got != test.want {
			t.Errorf("%s: the exam is %q, want %q", name, got, test.want)
		}
	}
}

// earn passes the exam, later than any before.
func (b *book) earn(t *testing.T) {
	t.Helper()
	b.try(t, true)
}

func (b *book) try(t *testing.T, passed bool) {
	t.Helper()
	must(t, b.service().Follow(t.Context(), b.take("final", passed)))
}

func (b *book) follow(t *testing.T) {
	t.Helper()
	must(t, b.service().FollowTrainee(t.Context(), amina))
}

func (b *book) revoke(t *testing.T) {
	t.Helper()
	_, err := b.service().Revoke(t.Context(), identity.Actor{ID: chief, Role: identity.Coordinator}, b.held[len(b.held)-1].ID, "Another sat the exam.")
	must(t, err)
}

// TestCounting: of each holder and exam the one that stands counts, else the
// newest that a person ended.
func TestCounting(t *testing.T) {
	t.Parallel()
	one := func(holder, exam, by string) Held {
		h := Held{Credential: Credential{Holder: identity.UserID(holder), Award: curriculum.Award{Exam: curriculum.QuizSlug(exam)}}}
		if h.Revocation.By = by; by != "" {
			h.Revocation.At = today
		}
		return h
	}
	superseded := one("amina", "final", "")
	superseded.SupersededBy = "newer"
	const system = string(audit.System)
	tests := map[string]struct {
		held []Held
		want []int
	}{
		"none":                                  {nil, nil},
		"a superseded one":                      {[]Held{superseded, one("amina", "final", "")}, []int{1}},
		"one of each holder and exam":           {[]Held{one("amina", "final", ""), one("amina", "other", ""), one("boris", "final", "")}, []int{0, 1, 2}},
		"one that stands, the newer taken back": {[]Held{one("amina", "final", ""), one("amina", "final", system)}, []int{0}},
		"the newer after a revoked one":         {[]Held{one("amina", "final", "chief"), one("amina", "final", "")}, []int{1}},
		"the newest of revoked ones":            {[]Held{one("amina", "final", "chief"), one("amina", "final", "other")}, []int{1}},
		"a revoked one, the newer taken back":   {[]Held{one("amina", "final", "chief"), one("amina", "final", system)}, []int{0}},
		"a revoked one, one before taken back":  {[]Held{one("amina", "final", system), one("amina", "final", "chief")}, []int{1}},
		"one that was taken back alone":         {[]Held{one("amina", "final", system)}, []int{0}},
	}
	for name, test := range tests {
		for i := range test.held {
			test.held[i].Index = i
		}
		var got []int
		for _, h := range Counting(test.held) {
			got = append(got, h.Index)
		}
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s: %v count, want %v", name, got, test.want)
		}
	}
}

// TestOfCohort: a query picks by name, award and status; the awards are always all.
func TestOfCohort(t *testing.T) {
	t.Parallel()
	named := func(name string, slug curriculum.AwardSlug, until time.Time) Held {
		h := issued()
		h.Name, h.Username, h.Award.Slug, h.ValidUntil = name, strings.ToLower(strings.ReplaceAll(name, " ", ".")), slug, until
		return h
	}
	b := newBook()
	b.held = []Held{
		named("Amélie Diallo", "basics", today.AddDate(1, 0, 0)), named("Boris Banda", "basics", today.AddDate(0, 0, 89)),
		named("Cleo Costa", "advanced", today), named("Dina", "basics", today.AddDate(0, 0, 90)),
	}
	b.held[3].Revocation = Revocation{At: today, By: "chief", Reason: "Why."}
	tests := map[string]struct {
		query Query
		want  string
	}{
		"all":               {Query{}, "Amélie Diallo, Boris Banda, Cleo Costa, Dina"},
		"a name":            {Query{Text: " AMELIE"}, "Amélie Diallo"},
		"a username":        {Query{Text: "cleo.c"}, "Cleo Costa"},
		"an award":          {Query{Award: "advanced"}, "Cleo Costa"},
		"valid":             {Query{Status: Valid}, "Amélie Diallo, Boris Banda"},
		"ending soon":       {Query{EndingSoon: true}, "Boris Banda"},
		"expired":           {Query{Status: Expired}, "Cleo Costa"},
		"revoked":           {Query{Status: Revoked}, "Dina"},
		"nobody":            {Query{Text: "Dina", Status: Valid}, ""},
		"renewed, of which": {Query{Status: Superseded}, ""},
	}
	for name, test := range tests {
		held, awards, err := b.service().OfCohort(t.Context(), identity.Actor{ID: chief, Role: identity.Coordinator}, cohort.ID("first"), test.query)
		must(t, err)
		var names []string
		for _, h := range held {
			names = append(names, h.Name)
		}
		if got := strings.Join(names, ", "); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
		if len(awards) != 2 || awards[0].Slug != "basics" || awards[1].Slug != "advanced" {
			t.Errorf("%s: the awards are %v, want both", name, awards)
		}
	}
}
