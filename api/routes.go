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
	handle(s, api, s.operation(http.MethodPost, "/auth/code", "signInByCode", "Sign in with a one-time code and set the password", anyone), s.postCode)
	handle(s, api, s.operation(http.MethodPost, "/auth/refresh", "refresh", "Exchange the refresh cookie", cookied), s.postRefresh)
	handle(s, api, s.operation(http.MethodPost, "/auth/logout", "logout", "Sign out", cookied), s.postLogout)
	handle(s, api, s.operation(http.MethodPost, "/auth/password", "changePassword", "Change the password; other sessions end", signedIn), s.postPassword)

	handle(s, api, s.operation(http.MethodGet, "/me", "me", "Who is signed in", signedIn), s.getMe)
	handle(s, api, s.operation(http.MethodGet, "/me/progress", "progress", "How far the trainee is", signedIn), s.getProgress)
	handle(s, api, s.operation(http.MethodGet, "/me/next", "next", "The one next thing to do", signedIn), s.getNext)
	handle(s, api, s.operation(http.MethodPut, "/me/lessons/{module}/{lesson}", "saveLesson", "Keep how far a lesson is read", signedIn), s.putLesson)
	handle(s, api, s.operation(http.MethodGet, "/me/review", "recall", "What the trainee should be asked again, before it is forgotten", signedIn), s.getRecall)
	handle(s, api, givesOrCreates(s.operation(http.MethodPost, "/me/review", "startRecall", "Start a spaced review of what is due (201), or give the open one (200)", signedIn)), s.postRecall)

	handle(s, api, s.operation(http.MethodGet, "/me/messages", "messages", "What coordinators told the person", signedIn), s.getMessages)
	handle(s, api, s.operation(http.MethodPut, "/me/messages/{message}", "markMessage", "Mark a message as read, or as not read", signedIn), s.putMessage)

	handle(s, api, s.operation(http.MethodGet, "/quizzes", "quizzes", "All quizzes with the trainee's state", signedIn), s.getQuizzes)
	handle(s, api, s.operation(http.MethodGet, "/quizzes/{quiz}", "quiz", "A quiz with the trainee's state", signedIn), s.getQuiz)
	handle(s, api, givesOrCreates(s.operation(http.MethodPost, "/quizzes/{quiz}/attempts", "startAttempt", "Start an attempt (201), or give the open one (200)", signedIn)), s.postAttempt)
	handle(s, api, s.operation(http.MethodGet, "/attempts/{attempt}", "attempt", "An attempt with its paper and answers", signedIn), s.getAttempt)
	handle(s, api, s.operation(http.MethodGet, "/attempts/{attempt}/result", "result", "The result of an attempt that has ended", signedIn), s.getResult)

	handle(s, api, s.operation(http.MethodGet, "/me/credentials", "myCredentials", "The trainee's credentials, and what there is to earn", signedIn), s.getCredentials)
	handle(s, api, s.operation(http.MethodPut, "/me/credentials/{credential}", "showCredential", "Decide how much of the name the public page shows", signedIn), s.putCredential)
	handle(s, api, s.operation(http.MethodGet, "/cohorts/{cohort}/credentials", "cohortCredentials", "The credentials of a cohort's members", coordinating), s.getCohortCredentials)
	handle(s, api, s.operation(http.MethodPost, "/credentials/{credential}/revoke", "revokeCredential", "End a credential before its time", coordinating), s.postRevocation)
	handle(s, api, s.operation(http.MethodGet, "/verify/{credential}", "verify", "Whether a credential holds, for anybody", anyone), s.getVerification)

	handle(s, api, s.operation(http.MethodGet, "/reviews", "reviews", "Every text that can be reviewed", reviewer), s.getReviews)
	handle(s, api, s.operation(http.MethodGet, "/reviews/{subject}", "review", "A text with all remarks on it", reviewer), s.getReview)
	handle(s, api, s.operation(http.MethodPost, "/reviews/{subject}", "remark", "Approve a text, take that back, or comment on it", reviewer), s.postRemark)

	handle(s, api, s.operation(http.MethodGet, "/audit", "auditTrail", "Who did what to what, newest first", admin), s.getAudit)
	handle(s, api, s.operation(http.MethodGet, "/audit/verification", "verifyAudit", "Check the whole chain of the audit trail", admin), s.getAuditVerification)

	handle(s, api, s.operation(http.MethodPost, "/users/{user}/erasure", "erasePerson", "Remove for ever who somebody was; what they did stays under their id", admin), s.postErasure)

	s.cohortRoutes(api)
	s.readinessRoutes(api)
	s.reportRoutes(api)
	s.bankRoutes(api)
	s.exchangeRoutes(api)
	s.pictureRoutes(api)
	s.libraryRoutes(api)
	s.blueprintRoutes(api)
	s.analysisRoutes(api)
	s.regradeRoutes(api)
	s.markingRoutes(api)
}

// readinessRoutes are the addresses of who is ready.
func (s *Server) readinessRoutes(api huma.API) {
	handle(s, api, s.operation(http.MethodGet, "/cohorts/{cohort}/readiness", "readiness", "A cohort at a glance, on the day of deployment", coordinating), s.getReadiness)
	handle(s, api, s.operation(http.MethodGet, "/cohorts/{cohort}/people", "people", "Where the people of a cohort stand", coordinating), s.getPeople)
	handle(s, api, s.operation(http.MethodGet, "/cohorts/{cohort}/people/{user}", "person", "All that a coordinator sees of one person", coordinating), s.getPerson)
	handle(s, api, givesReport(s.operation(http.MethodGet, "/cohorts/{cohort}/report", "report", "Where the people of a cohort stand, as a file; that it was taken is kept", coordinating)), s.getReport)
	handle(s, api, s.operation(http.MethodGet, "/readiness/rules", "readinessRules", "The numbers by which readiness is worked out", signedIn), s.getRules)
	handle(s, api, s.operation(http.MethodGet, "/me/readiness", "ownReadiness", "Where the person stands themselves, as their coordinators see it", signedIn), s.getOwnReadiness)
}

// cohortRoutes are the addresses of those who look after cohorts.
func (s *Server) cohortRoutes(api huma.API) {
	handle(s, api, s.operation(http.MethodGet, "/cohorts", "cohorts", "The cohorts that the person looks after", coordinating), s.getCohorts)
	handle(s, api, creates(s.operation(http.MethodPost, "/cohorts", "createCohort", "Make a cohort", coordinating)), s.postCohort)
	handle(s, api, s.operation(http.MethodGet, "/cohorts/{cohort}", "cohort", "A cohort", coordinating), s.getCohort)
	handle(s, api, s.operation(http.MethodPatch, "/cohorts/{cohort}", "changeCohort", "Change a cohort, put it into the archive or take it out", coordinating), s.patchCohort)
	handle(s, api, s.operation(http.MethodPut, "/cohorts/{cohort}/assignments", "assign", "Replace what a cohort must finish", coordinating), s.putAssignments)
	handle(s, api, s.operation(http.MethodPost, "/cohorts/{cohort}/join-code", "renewJoinCode", "Give a cohort another join code", coordinating), s.postJoinCode)
	handle(s, api, s.operation(http.MethodPut, "/cohorts/{cohort}/coordinators/{username}", "addCoordinator", "Let somebody look after a cohort", coordinating), s.putCoordinator)
	handle(s, api, s.operation(http.MethodDelete, "/cohorts/{cohort}/coordinators/{username}", "removeCoordinator", "End that somebody looks after a cohort", coordinating), s.deleteCoordinator)
	handle(s, api, s.operation(http.MethodGet, "/cohorts/{cohort}/members", "members", "Who is in a cohort, or was", coordinating), s.getRoster)
	handle(s, api, takes(importBody, s.operation(http.MethodPost, "/cohorts/{cohort}/imports", "importPeople", "Enrol the people of a file, or say what that would do", coordinating)), s.postImport)
	handle(s, api, takes(peopleBody, s.operation(http.MethodPost, "/cohorts/{cohort}/enrolments", "changeEnrolments", "Suspend, resume, remove or move people", coordinating)), s.postEnrolments)
	handle(s, api, takes(peopleBody, s.operation(http.MethodPost, "/cohorts/{cohort}/sign-in-codes", "issueSignInCodes", "Give people one-time codes to sign in with", coordinating)), s.postSignInCodes)
	handle(s, api, takes(peopleBody, s.operation(http.MethodPost, "/cohorts/{cohort}/extensions", "extend", "Give people another date", coordinating)), s.postExtensions)
	handle(s, api, takes(peopleBody, s.operation(http.MethodPost, "/cohorts/{cohort}/refreshers", "assignRefreshers", "Ask people to practise a lesson again", coordinating)), s.postRefreshers)
	handle(s, api, takes(peopleBody, s.operation(http.MethodPost, "/cohorts/{cohort}/messages", "sendMessage", "Tell people something", coordinating)), s.postMessage)
}

// Bodies that are longer than usual: a list of as many people as a cohort may
// have, and a file of them in base64.
const (
	peopleBody = 384 << 10
	importBody = 3 << 20
)

// takes describes an operation whose body may be longer than usual.
func takes(length int64, op huma.Operation) huma.Operation {
	op.MaxBodyBytes = length
	return op
}

// operation describes a route. Its policy stands in the metadata, where access
// and the tests over all routes read it.
func (s *Server) operation(method, path, id, summary string, policy who) huma.Operation {
	op := huma.Operation{
		Method: method, Path: base + path, OperationID: id, Summary: summary,
		Metadata: map[string]any{whoKey: policy}, MaxBodyBytes: 16 << 10, BodyReadTimeout: -1,
		Errors: []int{http.StatusUnprocessableEntity, http.StatusInternalServerError},
	}
	if policy != anyone && policy != cookied {
		op.Security = []map[string][]string{{"bearer": {}}}
		op.Errors = append(op.Errors, http.StatusUnauthorized)
	}
	if policy == reviewer || policy == coordinating || policy == admin {
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
