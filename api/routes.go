package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// routes is the table of every address that Huma serves: method, path, who may
// call it, and what answers. Catalogue reads stand in catalogueDocs, the
// appending of events in documentEvents.
func (s *Server) routes(api huma.API) {
	handle(s, api, s.operation(http.MethodPost, "/auth/login", "login", "Sign in", anyone), s.postLogin)
	handle(s, api, creates(s.operation(http.MethodPost, "/auth/join", "join", "Make an account with a cohort's code", anyone)), s.postJoin)
	handle(s, api, s.operation(http.MethodPost, "/auth/refresh", "refresh", "Exchange the refresh cookie", cookied), s.postRefresh)
	handle(s, api, s.operation(http.MethodPost, "/auth/logout", "logout", "Sign out", cookied), s.postLogout)
	handle(s, api, s.operation(http.MethodPost, "/auth/password", "changePassword", "Change the password; other sessions end", signedIn), s.postPassword)

	handle(s, api, s.operation(http.MethodGet, "/me", "me", "Who is signed in", signedIn), s.getMe)
	handle(s, api, s.operation(http.MethodGet, "/me/progress", "progress", "How far the trainee is", signedIn), s.getProgress)
	handle(s, api, s.operation(http.MethodGet, "/me/next", "next", "The one next thing to do", signedIn), s.getNext)
	handle(s, api, s.operation(http.MethodPut, "/me/lessons/{module}/{lesson}", "saveLesson", "Keep how far a lesson is read", signedIn), s.putLesson)

	handle(s, api, s.operation(http.MethodGet, "/quizzes", "quizzes", "All quizzes with the trainee's state", signedIn), s.getQuizzes)
	handle(s, api, s.operation(http.MethodGet, "/quizzes/{quiz}", "quiz", "A quiz with the trainee's state", signedIn), s.getQuiz)
	handle(s, api, givesOrCreates(s.operation(http.MethodPost, "/quizzes/{quiz}/attempts", "startAttempt", "Start an attempt (201), or give the open one (200)", signedIn)), s.postAttempt)
	handle(s, api, s.operation(http.MethodGet, "/attempts/{attempt}", "attempt", "An attempt with its paper and answers", signedIn), s.getAttempt)
	handle(s, api, s.operation(http.MethodGet, "/attempts/{attempt}/result", "result", "The result of an attempt that has ended", signedIn), s.getResult)

	handle(s, api, s.operation(http.MethodGet, "/reviews", "reviews", "Every text that can be reviewed", reviewer), s.getReviews)
	handle(s, api, s.operation(http.MethodGet, "/reviews/{subject}", "review", "A text with all remarks on it", reviewer), s.getReview)
	handle(s, api, s.operation(http.MethodPost, "/reviews/{subject}", "remark", "Approve a text, take that back, or comment on it", reviewer), s.postRemark)
}

// operation describes a route. Its policy stands in the metadata, where access
// and the tests over all routes read it.
func (s *Server) operation(method, path, id, summary string, policy who) huma.Operation {
	op := huma.Operation{
		Method: method, Path: base + path, OperationID: id, Summary: summary,
		Metadata: map[string]any{whoKey: policy}, MaxBodyBytes: 16 << 10, BodyReadTimeout: -1,
		Errors: []int{http.StatusUnprocessableEntity, http.StatusInternalServerError},
	}
	if policy == signedIn || policy == reviewer {
		op.Security = []map[string][]string{{"bearer": {}}}
		op.Errors = append(op.Errors, http.StatusUnauthorized)
	}
	if policy == reviewer {
		op.Errors = append(op.Errors, http.StatusForbidden)
	}
	return op
}

// creates describes an operation that answers 201.
func creates(op huma.Operation) huma.Operation {
	op.DefaultStatus = http.StatusCreated
	return op
}

// givesOrCreates describes one that answers 200 with what is there already.
func givesOrCreates(op huma.Operation) huma.Operation {
	either := &huma.Response{Description: "The attempt, made now or before"} // Huma adds the body
	op.Responses = map[string]*huma.Response{"200": either, "201": either}
	return creates(op)
}

// handle registers a handler behind the policy of its operation. Errors are
// written by one function, whatever the handler.
func handle[I, O any](s *Server, api huma.API, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	policy, _ := op.Metadata[whoKey].(who)
	op.Middlewares = huma.Middlewares{s.access(policy)}
	route := op.Method + " " + op.Path
	huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			return nil, s.reported(route, requestOf(ctx), err)
		}
		return out, nil
	})
}

type reply[T any] struct {
	Body T
}

func ok[T any](body T) *reply[T] { return &reply[T]{Body: body} }
