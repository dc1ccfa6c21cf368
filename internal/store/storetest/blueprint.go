package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/blueprint"
	"muster/internal/cohort"
	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

func blueprintCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"a trainer's quiz is kept once":        testBlueprints,
		"a refused quiz leaves no trace":       testBlueprintRefused,
		"an exception is for whom it is meant": testOverrides,
		"an exception goes with who leaves":    testOverridesOfOthers,
	}
}

func blueprintOf(slug curriculum.QuizSlug, revision int64) blueprint.Entry {
	quiz := curriculum.Quiz{
		Slug: slug, Title: "Patrol “王”", Purpose: curriculum.PurposeExam, PassMark: 0.75, Release: curriculum.ReleaseClosed, Score: curriculum.ReleaseSubmitted,
		Correctness: curriculum.ReleaseSubmitted, Feedback: curriculum.ReleaseClosed, ClosesAt: "2027-03-01T00:00:00Z",
		Rules: []curriculum.Rule{{Draw: 2, Pool: question.Exam, Tag: "bravo", Kind: question.Single}, {Questions: []question.ID{"patrol.basics.q1"}}},
	}
	return blueprint.Entry{Quiz: quiz, State: blueprint.Draft, Revision: revision, Author: trainee, ChangedBy: trainee, ChangedAt: started.Add(time.Duration(revision) * time.Second)}
}

func testBlueprints(t *testing.T, f *fixture) {
	ctx := t.Context()
	_, err := f.Blueprint(ctx, "bank.none")
	wantKind(t, "Blueprint that is not there", err, errs.NotFound)
	f.wantRevision(t, 0)
	first, other := blueprintOf("bank.b", 1), blueprintOf("bank.a", 1)
	must(t, f.SaveBlueprint(ctx, first, entry(blueprint.ActionSave, "bank.b")))
	must(t, f.SaveBlueprint(ctx, other, entry(blueprint.ActionSave, "bank.a")))
	f.wantRevision(t, 2)

	second := blueprintOf("bank.b", 2)
	second.Quiz.Title, second.State = "Other", blueprint.Published
	must(t, f.PublishQuizzes(ctx, []curriculum.Quiz{second.Quiz}))
	second.Offered, err = curriculum.QuizVersion(second.Quiz)
	must(t, err)
	must(t, f.SaveBlueprint(ctx, second, entry(blueprint.ActionPublish, "bank.b")))
	f.wantRevision(t, 3)
	got, err := f.Blueprint(ctx, "bank.b")
	must(t, err)
	all, err := f.Blueprints(ctx)
	must(t, err)
	if diff := cmp.Diff(second, got) + cmp.Diff([]blueprint.Entry{other, second}, all); diff != "" {
		t.Errorf("Blueprint or Blueprints differs (-want +got):\n%s", diff)
	}
	offered, err := f.QuizVersion(ctx, second.Offered)
	must(t, err)
	if diff := cmp.Diff(second.Quiz, offered); diff != "" {
		t.Errorf("the published version differs (-want +got):\n%s", diff)
	}
}

func (f *fixture) wantRevision(t *testing.T, want int64) {
	t.Helper()
	if got, err := f.BlueprintRevision(t.Context()); got != want || err != nil {
		t.Errorf("BlueprintRevision = %d, %v, want %d", got, err, want)
	}
}

func testBlueprintRefused(t *testing.T, f *fixture) {
	ctx := t.Context()
	must(t, f.SaveBlueprint(ctx, blueprintOf("bank.b", 1), entry(blueprint.ActionSave, "bank.b")))
	before := f.dump(t)
	stale := blueprintOf("bank.b", 1)
	wantKind(t, "SaveBlueprint of a new quiz with a taken slug", f.SaveBlueprint(ctx, stale, entry(blueprint.ActionSave, "bank.b")), errs.Conflict)
	stale.Revision = 3
	wantKind(t, "SaveBlueprint on a revision that is not there", f.SaveBlueprint(ctx, stale, entry(blueprint.ActionSave, "bank.b")), errs.Conflict)
	unknown := blueprintOf("bank.b", 2)
	unknown.Offered = "no such version"
	if err := f.SaveBlueprint(ctx, unknown, entry(blueprint.ActionPublish, "bank.b")); err == nil {
		t.Error("SaveBlueprint of a version that is not kept = nil, want an error")
	}
	if diff := cmp.Diff(before, f.dump(t)); diff != "" {
		t.Errorf("refused writes changed the database (-before +after):\n%s", diff)
	}
}

// exception keeps an override of the quiz of a check for people of a cohort.
func (f *fixture) exception(t *testing.T, c cohort.ID, user identity.UserID, attempts int, after time.Duration) cohort.Override {
	t.Helper()
	o := cohort.Override{
		Cohort: c, User: user, Quiz: "patrol.check", Reason: "on leave “王”", By: trainee, At: started.Add(after),
		Policy: curriculum.Override{ClosesAt: "2027-03-01T00:00:00Z", Attempts: &attempts},
	}
	must(t, f.SetOverride(t.Context(), o, entry(cohort.ActionOverride, string(c))))
	return o
}

// attemptsOf gives how many attempts an exception allows somebody, 0 for none.
func (f *fixture) attemptsOf(t *testing.T, user identity.UserID) int {
	t.Helper()
	held, err := f.QuizOverrides(t.Context(), user)
	must(t, err)
	o, ok := held["patrol.check"]
	if !ok {
		return 0
	}
	return *o.Attempts
}

func testOverrides(t *testing.T, f *fixture) {
	ctx := t.Context()
	f.cohort(t, "c1")
	f.join(t, "c1", "anna", "boris")
	whole := f.exception(t, "c1", "", 2, 0)
	own := f.exception(t, "c1", "anna", 3, time.Minute)
	got, err := f.CohortOverrides(ctx, "c1")
	must(t, err)
	if diff := cmp.Diff([]cohort.Override{whole, own}, got); diff != "" {
		t.Errorf("CohortOverrides differs (-want +got):\n%s", diff)
	}
	if anna, boris, other := f.attemptsOf(t, "anna"), f.attemptsOf(t, "boris"), f.attemptsOf(t, trainee); anna != 3 || boris != 2 || other != 0 {
		t.Errorf("attempts of who has their own, of the cohort and of others = %d, %d, %d, want 3, 2, 0", anna, boris, other)
	}
	f.exception(t, "c1", "", 5, time.Hour) // takes the place of the first, and goes after anna's own
	if anna, boris := f.attemptsOf(t, "anna"), f.attemptsOf(t, "boris"); anna != 3 || boris != 5 {
		t.Errorf("after another for the cohort attempts = %d, %d, want 3, 5", anna, boris)
	}
	remove := func(user identity.UserID) error {
		return f.RemoveOverride(ctx, "c1", user, "patrol.check", audit.Entry{At: started, Action: cohort.ActionUnoverride})
	}
	must(t, remove("anna"))
	wantKind(t, "RemoveOverride again", remove("anna"), errs.NotFound)
	if anna := f.attemptsOf(t, "anna"); anna != 5 {
		t.Errorf("without her own, attempts of anna = %d, want the cohort's 5", anna)
	}
	must(t, remove(""))
	if anna := f.attemptsOf(t, "anna"); anna != 0 {
		t.Errorf("without any, attempts of anna = %d, want none", anna)
	}
}

// testOverridesOfOthers: an exception holds for the members of its cohort, and of
// two cohorts the one that was set last.
func testOverridesOfOthers(t *testing.T, f *fixture) {
	f.cohort(t, "c1")
	f.cohort(t, "c2")
	f.join(t, "c1", "anna")
	f.join(t, "c2", "boris")
	f.exception(t, "c1", "", 2, time.Hour)
	f.exception(t, "c2", "", 4, 0)
	if anna, boris := f.attemptsOf(t, "anna"), f.attemptsOf(t, "boris"); anna != 2 || boris != 4 {
		t.Errorf("attempts of members of two cohorts = %d, %d, want 2, 4", anna, boris)
	}
	f.exception(t, "c1", "boris", 9, 2*time.Hour) // who is not in it
	if boris := f.attemptsOf(t, "boris"); boris != 4 {
		t.Errorf("attempts of somebody else's member = %d, want 4", boris)
	}
}
