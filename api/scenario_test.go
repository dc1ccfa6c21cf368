package api

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/internal/curriculum"
	"muster/internal/identity"
	"muster/internal/question"
)

// TestScenarioResultShowsThePath: what the score counts and what the result
// lists is the same, the decisions on the path that was taken.
func TestScenarioResultShowsThePath(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	story := w.catalogue.Modules[0].Lessons[0].Scenario
	detour := handmadeQuestion("ground.basics.scenario-detour", question.Decisions, question.Judgement)
	for i := range detour.Options {
		detour.Options[i].Next = "ground.basics.scenario-end"
	}
	story.Nodes[0].Decision.Options[3].Next = detour.ID
	story.Nodes = append(story.Nodes, curriculum.Node{ID: detour.ID, Text: detour.Stem, Decision: detour})
	story.Quiz.Rules[0].Questions = append(story.Quiz.Rules[0].Questions, detour.ID)
	w.catalogue.Indexed()
	w.must(w.server.Assessment.Publish(t.Context()))

	token := w.person("amina", identity.Trainee)
	a := w.start(token, string(story.Quiz.Slug))
	if len(a.Questions) != 2 {
		t.Fatalf("the paper holds %d decisions, want both", len(a.Questions))
	}
	gate := string(story.Nodes[0].ID)
	w.send(token, a.ID, deviceA, w.rightAnswer(1, 1, gate), Event{ID: uuidOf(2), Seq: 2, Kind: "submit", ClientAt: clientAt, ElapsedMS: 2000}).want(http.StatusOK)
	got := decode[Result](w.call(http.MethodGet, base+"/attempts/"+a.ID+"/result", token, nil).want(http.StatusOK))
	listed := []string{}
	for _, q := range got.Questions {
		listed = append(listed, q.Question.ID)
		if q.Feedback == nil || !q.Feedback.Correct {
			t.Errorf("%s: %+v", q.Question.ID, q.Feedback)
		}
	}
	if diff := cmp.Diff([]string{gate}, listed); diff != "" || got.MaxPoints != 1 || *got.Points != 1 || !*got.Passed {
		t.Errorf("%v of %v points, passed %v; decisions (-want +got):\n%s", *got.Points, got.MaxPoints, *got.Passed, diff)
	}
}
