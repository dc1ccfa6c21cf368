package app

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"muster/api"
	"muster/internal/bench"
	"muster/internal/config"
	"muster/internal/identity"
)

// TestDashboardFollowsAnAnswer: what a trainee hands in is on their
// coordinator's page within two seconds, with the jobs running as they do.
func TestDashboardFollowsAnAnswer(t *testing.T) {
	t.Parallel()
	_, err := measure(t.Context(), config.Config{Data: t.TempDir(), Retention: 30}, benchmark{"follow", func(ctx context.Context, r *rig) ([]bench.Figure, error) {
		f := &follower{T: t, rig: r}
		f.walk(ctx)
		return nil, nil
	}}, time.Second)
	if err != nil {
		t.Fatal(err)
	}
}

// follower is a coordinator who looks at a page while a trainee works.
type follower struct {
	*testing.T
	*rig
	page string
}

func (f *follower) walk(ctx context.Context) {
	token, err := f.services.benchToken(ctx, f.config, "follow.coordinator", identity.Coordinator)
	if err != nil {
		f.Fatal(err)
	}
	module := string(f.services.catalogue.Modules[0].Slug)
	made := read[api.Cohort](f, http.MethodPost, "/cohorts", token, api.CohortRequest{
		Name: "Follow", Assignments: []api.AssignmentChoice{{Kind: "module", Slug: module, DueOn: "2099-01-01"}},
	})
	joined := read[api.Session](f, http.MethodPost, "/auth/join", "", api.JoinRequest{
		Code: made.JoinCode, Username: "follow.trainee", Password: "three slow yellow lorries", Name: "Trainee",
	})
	f.page = "/cohorts/" + made.ID + "/readiness"
	if n := f.answered(token); n != 0 {
		f.Fatalf("%d outcomes are answered before anything was", n)
	}
	f.tokens = []string{joined.AccessToken}
	quiz, err := f.check()
	if err != nil {
		f.Fatal(err)
	}
	if err := f.whole(0, quiz); err != nil {
		f.Fatal(err)
	}
	for start := time.Now(); f.answered(token) == 0; time.Sleep(20 * time.Millisecond) {
		if time.Since(start) > 2*time.Second {
			f.Fatal("after two seconds the page does not show the answers")
		}
	}
}

// answered counts the outcomes that somebody of the cohort has answered.
func (f *follower) answered(token string) int {
	n := 0
	for _, o := range read[api.Readiness](f, http.MethodGet, f.page, token, nil).Outcomes {
		n += o.Answered
	}
	return n
}

func read[T any](f *follower, method, path, token string, body any) T {
	f.Helper()
	var sent []byte
	var out T
	if body != nil {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			f.Fatal(err)
		}
	}
	raw, err := f.client.Do(method, "/api/v1"+path, token, sent, http.StatusOK, http.StatusCreated)
	if err == nil {
		err = json.Unmarshal(raw, &out)
	}
	if err != nil {
		f.Fatal(err)
	}
	return out
}
