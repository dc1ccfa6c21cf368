package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/identity"
)

// wantDescribed holds a reply against its description: the status of a success
// is there, every field is there with its type, and no other field. A problem
// is always a Problem.
func (w *world) wantDescribed(op operation, got answer) {
	w.Helper()
	item := w.described.OpenAPI().Paths[op.path]
	for _, candidate := range described(item) {
		if candidate.Method != op.method {
			continue
		}
		response := candidate.Responses[strconv.Itoa(got.status)]
		if got.status >= 400 {
			response = problemResponse(w.described)
		}
		if response == nil {
			w.Errorf("%s = %d, which is not described", got.route, got.status)
			return
		}
		if kind, _, _ := strings.Cut(got.header.Get("Content-Type"), ";"); got.status < 300 && kind != "application/json" {
			if response.Content[kind] == nil && len(got.raw) > 0 {
				w.Errorf("%s is a %s, which is not described", got.route, kind)
			}
			return
		}
		media := response.Content["application/json"]
		if got.status >= 400 {
			media = response.Content["application/problem+json"]
		}
		if media == nil || len(got.raw) == 0 {
			if len(got.raw) > 0 || media != nil {
				w.Errorf("%s = %d %s, and a body is described: %v", got.route, got.status, got.raw, media != nil)
			}
			return
		}
		var body any
		w.must(json.Unmarshal(got.raw, &body))
		path, result := huma.NewPathBuffer([]byte{}, 0), &huma.ValidateResult{}
		huma.Validate(w.described.OpenAPI().Components.Schemas, media.Schema, path, huma.ModeReadFromServer, body, result)
		for _, err := range result.Errors {
			w.Errorf("%s = %d: %v", got.route, got.status, err)
		}
	}
}

func problemResponse(api huma.API) *huma.Response {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "")
	return &huma.Response{Content: map[string]*huma.MediaType{"application/problem+json": {Schema: schema}}}
}

// TestRepliesAsDescribed: what the front end's types are made from is what the
// server sends.
func TestRepliesAsDescribed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	amina := w.register("amina", identity.Trainee)
	token := w.token(amina)
	var attempts []string
	for _, quiz := range w.catalogue.Quizzes() {
		attempts = append(attempts, w.start(token, string(quiz.Slug)).ID)
	}
	w.issue(amina, attempts[0])
	w.describedCrawl(token, attempts)
	w.pass(token, "ground.basics.practice")
	w.pass(token, "ground.check")
	for i, id := range attempts {
		w.send(token, id, uuidOf(9), submitOf(950+i, 1)).want(http.StatusOK)
	}
	w.describedCrawl(token, attempts)
	w.describedCrawl("", attempts[:1])
	w.bravo()
	w.describedCrawl(w.person("ines", identity.Admin), attempts[:1])
}

func (w *world) describedCrawl(token string, attempts []string) {
	w.Helper()
	cohort := w.unit("2027-03-01")
	for _, op := range w.operations() {
		if op.id == "join" {
			w.wantDescribed(op, w.call(op.method, op.path, "", JoinRequest{Code: cohort.JoinCode, Username: "a-" + string(cohort.ID), Password: password, Name: "New"}))
		}
		for _, attempt := range attempts {
			w.wantDescribed(op, w.call(op.method, fill(op.path, attempt), token, sample(op.id)))
			if op.method == http.MethodGet {
				w.wantDescribed(op, w.call(op.method, fill(op.path, attempt)+"?zq=1", token, nil))
			}
		}
	}
}
