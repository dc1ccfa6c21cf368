package credential

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
)

// story tells what the credentials of amina are now, in the order of issue.
func (b *book) story() string {
	var out []string
	for i, h := range b.held {
		line := fmt.Sprintf("%d of %s %s", i+1, h.Attempt, h.Status(b.now))
		if h.SupersededBy != "" {
			line += " by " + strings.TrimLeft(string(h.SupersededBy[24:]), "0")
		}
		out = append(out, line)
	}
	return strings.Join(out, ", ")
}

func TestFollow(t *testing.T) {
	t.Parallel()
	revoke := func(t *testing.T, b *book) {
		_, err := b.service().Revoke(t.Context(), identity.Actor{ID: chief, Role: identity.Coordinator}, b.held[len(b.held)-1].ID, "Another sat the exam.")
		must(t, err)
	}
	tests := map[string]struct {
		steps []func(*testing.T, *book)
		want  string
	}{
		"nothing without the exam":          {steps(learn), ""},
		"nothing without the checks":        {steps(exam), ""},
		"the exam failed":                   {steps(learn, failed), ""},
		"a critical question failed":        {steps(learn, critical), ""},
		"issued on passing all":             {steps(learn, exam), "1 of attempt-3 valid"},
		"the checks may come last":          {steps(exam, learn), "1 of attempt-1 valid"},
		"a failed retake changes nothing":   {steps(learn, exam, failed), "1 of attempt-3 valid"},
		"a passed retake renews":            {steps(learn, exam, exam), "1 of attempt-3 superseded by 2, 2 of attempt-4 valid"},
		"a regrade takes it back":           {steps(learn, exam, regraded(3, false)), "1 of attempt-3 revoked"},
		"a regrade gives it again":          {steps(learn, exam, regraded(3, false), regraded(3, true)), "1 of attempt-3 revoked, 2 of attempt-3 valid"},
		"a check lost takes it back":        {steps(learn, exam, regraded(1, false)), "1 of attempt-3 revoked"},
		"a renewal lost restores":           {steps(learn, exam, exam, regraded(4, false)), "1 of attempt-3 valid, 2 of attempt-4 revoked"},
		"the middle of three lost":          {steps(learn, exam, exam, exam, regraded(4, false)), "1 of attempt-3 superseded by 2, 2 of attempt-4 revoked by 3, 3 of attempt-5 valid"},
		"and can be renewed again":          {steps(learn, exam, exam, regraded(4, false), exam), "1 of attempt-3 superseded by 3, 2 of attempt-4 revoked, 3 of attempt-5 valid"},
		"what was revoked stays so":         {steps(learn, exam, revoke), "1 of attempt-3 revoked"},
		"but the exam can be sat again":     {steps(learn, exam, revoke, exam), "1 of attempt-3 revoked, 2 of attempt-4 valid"},
		"a renewal revoked is no step back": {steps(learn, exam, exam, revoke), "1 of attempt-3 superseded by 2, 2 of attempt-4 revoked"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBook()
			for _, step := range test.steps {
				step(t, b)
				for range 2 { // again changes nothing
					must(t, b.service().Follow(t.Context(), b.attempts[len(b.attempts)-1].ID))
				}
			}
			if got := b.story(); got != test.want {
				t.Errorf("the story is %q, want %q", got, test.want)
			}
		})
	}
}

func steps(s ...func(*testing.T, *book)) []func(*testing.T, *book) { return s }

func learn(_ *testing.T, b *book)    { b.learn() }
func exam(_ *testing.T, b *book)     { b.take("final", true) }
func failed(_ *testing.T, b *book)   { b.take("final", false) }
func critical(_ *testing.T, b *book) { b.take("final", true, "q") }

func regraded(number int, passed bool) func(*testing.T, *book) {
	return func(_ *testing.T, b *book) { b.regrade(b.attempts[number-1].ID, passed) }
}

// TestIssued holds a whole credential, and its entry in the audit trail.
func TestIssued(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.learn()
	attempt := b.take("final", true)
	s := b.service()
	must(t, s.Follow(t.Context(), attempt))
	award := course().Awards[0]
	_, version, err := curriculum.EncodeAward(award)
	must(t, err)
	at := today.AddDate(0, 0, 3)
	want := Credential{
		ID: "00000000-0000-4000-8000-000000000001", Holder: amina, Award: award, Version: version, Attempt: attempt,
		PassedAt: at, IssuedAt: at, ValidUntil: at.AddDate(2, 0, 0), Shown: ShowInitials,
	}
	if diff := cmp.Diff(want, b.held[0].Credential); diff != "" {
		t.Errorf("the credential (-want +got):\n%s", diff)
	}
	entry := audit.Entry{
		At: at, Actor: audit.System, Action: ActionIssue, Object: string(want.ID),
		Detail: `{"rule":"basics","version":"` + version + `","attempt":"attempt-3","replaces":""}`,
	}
	if diff := cmp.Diff([]audit.Entry{entry}, b.entries); diff != "" {
		t.Errorf("the audit trail (-want +got):\n%s", diff)
	}
}

// TestRuleAsItWas: a changed rule makes another version, and what was issued
// keeps the words of its own.
func TestRuleAsItWas(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.learn()
	s := b.service()
	must(t, s.Follow(t.Context(), b.take("final", true)))
	s.Catalogue.Awards[0].Title = "Renamed"
	must(t, s.Follow(t.Context(), b.take("final", true)))
	if b.held[0].Award.Title != "Basics of the field" || b.held[1].Award.Title != "Renamed" || b.held[0].Version == b.held[1].Version {
		t.Errorf("the titles are %q and %q, the versions %s and %s", b.held[0].Award.Title, b.held[1].Award.Title, b.held[0].Version, b.held[1].Version)
	}
}

func TestWhoMay(t *testing.T) {
	t.Parallel()
	actors := map[string]identity.Actor{
		"the holder": {ID: amina, Role: identity.Trainee}, "another trainee": {ID: "boris", Role: identity.Trainee}, "a trainer": {ID: "t", Role: identity.Trainer},
		"their coordinator": {ID: chief, Role: identity.Coordinator}, "another coordinator": {ID: "c", Role: identity.Coordinator},
		"an admin": {ID: "a", Role: identity.Admin}, "one who was their coordinator": {ID: chief, Role: identity.Trainer},
	}
	allowed := map[string][]string{
		"read":   {"the holder", "their coordinator", "an admin"},
		"show":   {"the holder"},
		"revoke": {"their coordinator", "an admin"},
		"cohort": {"their coordinator", "an admin"},
	}
	for deed, who := range allowed {
		for name, actor := range actors {
			b := newBook()
			b.held = []Held{issued()}
			s := b.service()
			err := map[string]func() error{
				"read":   func() error { _, err := s.Credential(t.Context(), actor, issued().ID); return err },
				"show":   func() error { _, err := s.Show(t.Context(), actor, issued().ID, ShowFull); return err },
				"revoke": func() error { _, err := s.Revoke(t.Context(), actor, issued().ID, "Why."); return err },
				"cohort": func() error { _, _, err := s.OfCohort(t.Context(), actor, "first", Query{}); return err },
			}[deed]()
			may := strings.Contains(strings.Join(who, "|"), name)
			if may != (err == nil) || !may && errs.KindOf(err) != errs.NotFound {
				t.Errorf("%s: %s = %v, want allowed: %v", name, deed, err, may)
			}
		}
	}
}

func TestRevokeNeedsAReason(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.held = []Held{issued()}
	s, admin := b.service(), identity.Actor{ID: "a", Role: identity.Admin}
	for _, reason := range []string{"", " \n", strings.Repeat("x", 501), "a\x00b", "a\x1bb", "a\nb", "a\u202eb", "a\xffb"} {
		if _, err := s.Revoke(t.Context(), admin, issued().ID, reason); errs.KindOf(err) != errs.Invalid {
			t.Errorf("Revoke for the reason %.10q = %v, want Invalid", reason, err)
		}
	}
	_, err := s.Revoke(t.Context(), admin, issued().ID, " Another sat the exam. ")
	must(t, err)
	if got := b.held[0].Revocation; got.Reason != "Another sat the exam." || got.By != "a" {
		t.Errorf("the revocation is %+v", got)
	}
	if _, err := s.Revoke(t.Context(), admin, issued().ID, "Again."); errs.CodeOf(err) != "revoked" {
		t.Errorf("Revoke again = %v, want Conflict", err)
	}
}

// TestPublic: the world sees as much of a name as the holder allows, and never
// who revoked or why.
func TestPublic(t *testing.T) {
	t.Parallel()
	for shown, want := range map[Shown]string{ShowFull: "Amina Diallo", ShowInitials: "A. D.", ShowNone: ""} {
		b := newBook()
		b.held = []Held{issued()}
		b.held[0].Shown = shown
		b.held[0].Revocation = Revocation{At: today, By: "chief", Reason: "secret"}
		got, err := b.service().Public(t.Context(), issued().ID)
		must(t, err)
		if got.Name != want || got.Username != "" || got.Holder != "" || got.Revocation != (Revocation{At: today}) {
			t.Errorf("%s: Public = %+v", shown, got)
		}
	}
}

func TestGoals(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.take("one.check", true)
	b.take("final", true, "q")
	goals, err := b.service().Goals(t.Context(), identity.Actor{ID: amina})
	must(t, err)
	var got []string
	for _, step := range goals[0].Steps {
		got = append(got, fmt.Sprintf("%s %v", step.Quiz.Slug, step.Passed))
	}
	if diff := cmp.Diff([]string{"one.check true", "two.check false", "final false"}, got); diff != "" {
		t.Errorf("the steps (-want +got):\n%s", diff)
	}
}
