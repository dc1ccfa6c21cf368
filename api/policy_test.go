package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"muster/internal/credential"
	"muster/internal/identity"
)

// open are the addresses that need no policy, each with its reason.
var open = []string{
	"/",                               // the middleware
	"/healthz", "/readyz", "/metrics", // the operator's; nothing of people
	credential.KeySetPath, // by which everybody verifies
	base + "/*",           // all else below the API: 404
	base + "/openapi.json", base + "/openapi.yaml", base + "/openapi-3.0.json", base + "/openapi-3.0.yaml",
}

// operation is a described route.
type operation struct {
	method, path, id string
	policy           who
}

// described lists the operations of a path.
func described(item *huma.PathItem) []*huma.Operation {
	all := []*huma.Operation{item.Get, item.Put, item.Post, item.Delete, item.Options, item.Head, item.Patch, item.Trace}
	return slices.DeleteFunc(all, func(op *huma.Operation) bool { return op == nil })
}

// operations lists what the description describes.
func (w *world) operations() []operation {
	var list []operation
	for path, item := range w.described.OpenAPI().Paths {
		for _, op := range described(item) {
			policy, _ := op.Metadata[whoKey].(who)
			list = append(list, operation{op.Method, path, op.OperationID, policy})
		}
	}
	slices.SortFunc(list, func(a, b operation) int { return strings.Compare(a.id, b.id) })
	return list
}

// operation gives the description of an operation.
func (w *world) operation(op operation) *huma.Operation {
	w.Helper()
	all := described(w.described.OpenAPI().Paths[op.path])
	return all[slices.IndexFunc(all, func(o *huma.Operation) bool { return o.Method == op.method })]
}

// unruled walks the router and the description against one another, and says
// what is served that is not described with a policy, and what is described
// that is not served.
func (w *world) unruled() []string {
	policies, served, found := map[string]who{}, map[string]bool{}, []string{}
	for _, op := range w.operations() {
		if !slices.Contains([]who{anyone, cookied, signedIn, reviewer, coordinating, admin}, op.policy) {
			found = append(found, fmt.Sprintf("%s %s has no policy that access knows: %q", op.method, op.path, op.policy))
		}
		policies[op.method+" "+fiberPath(op.path)] = op.policy
	}
	for _, route := range w.app.GetRoutes() {
		if slices.Contains(open, route.Path) {
			continue
		}
		name := strings.Replace(route.Method, http.MethodHead, http.MethodGet, 1) + " " + route.Path
		served[name] = true
		if policies[name] == "" {
			found = append(found, name+" is served and has no policy")
		}
	}
	for name := range policies {
		if !served[name] {
			found = append(found, name+" is described and not served")
		}
	}
	return found
}

// TestEveryRouteHasAPolicy, and each way of forgetting one is seen.
func TestEveryRouteHasAPolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if found := w.unruled(); len(found) > 0 {
		t.Errorf("routes without a policy:\n%s", strings.Join(found, "\n"))
	}
	w.app.Post(base+"/forgotten", func(c *fiber.Ctx) error { return c.SendString("all") })
	handle(w.server, w.described, w.server.operation(http.MethodGet, "/mistaken", "mistaken", "Mistaken", "everybody"), w.server.getMe)
	w.described.OpenAPI().AddOperation(&huma.Operation{Method: http.MethodGet, Path: base + "/missing", OperationID: "missing", Metadata: map[string]any{whoKey: anyone}})
	if found := w.unruled(); len(found) != 3 {
		t.Errorf("three routes that break the rule are found as %q", found)
	}
	w.call(http.MethodGet, base+"/mistaken", w.person("amina", identity.Admin), nil).wantCode(http.StatusNotFound, "not_found")
}

// fill puts names into the parameters of a path.
func fill(path, attempt string) string {
	return strings.NewReplacer("{attempt}", attempt, "{quiz}", "ground.check", "{module}", "ground", "{lesson}", "basics", "{source}", "handbook", "{subject}", "ground.basics.p1", "{credential}", oneCredential, "{list}", "1",
		"{cohort}", oneCohort, "{user}", oneMember, "{username}", "lena", "{message}", oneMessage, "{file}", oneReport, "{question}", "ground.basics.p1", "{version}", oneVersion, "{blueprint}/publish", readyBlueprint+"/publish", "{blueprint}/close", openBlueprint+"/close", "{blueprint}", oneBlueprint, "{document}", oneDocument, "{correction}", oneCorrection, "{answer}", oneAnswer, "{picture}", onePicture, "{draft}/accept", shelvedDrafts[0]+"/accept", "{draft}/reject", shelvedDrafts[1]+"/reject", "{draft}/reopen", shelvedDrafts[2]+"/reopen", "/question-export-findings", "/question-export-findings?format=csv", "/question-exports", "/question-exports?format=csv", "/question-templates", "/question-templates?format=csv", "/report-", "/report-", "/report", "/report?format=csv").Replace(path)
}

// sample gives a body for an operation that changes nothing that others need.
func sample(id string) any {
	switch id {
	case "login":
		return Credentials{Username: "nobody", Password: "nobody's password"}
	case "join":
		return JoinRequest{Code: "2222-2222", Username: "newcomer", Password: password, Name: "New"}
	case "changePassword":
		return PasswordChange{Current: "not this one", New: "another " + password}
	case "saveLesson":
		return LessonState{ReadShare: 0.5}
	case "remark":
		return RemarkRequest{Version: "another", Verdict: "approve"}
	case "showCredential":
		return NameShown{ShowName: "none"}
	case "revokeCredential":
		return RevocationRequest{Reason: "Another sat the exam."}
	case "signInByCode":
		return CodeSignIn{Username: "nobody.else", Code: "2222-2222-2222", Password: password}
	case "markMessage":
		return MessageMark{Read: true}
	case "rule":
		return RegradeRequest{Question: "ground.basics.p1", Version: "0123", Action: "void", Reason: "It asks two things.", DryRun: true}
	case "erasePerson":
		return ErasureRequest{Username: "somebody.else"}
	case "appendEvents":
		return EventBatch{Device: deviceA, Events: []Event{{ID: uuidOf(1), Seq: 1, Kind: "view", Question: "ground.basics.x1", ClientAt: clientAt}}}
	}
	if body := bankSample(id); body != nil {
		return body
	}
	if body := exchangeSample(id); body != nil {
		return body
	}
	if id == "addPicture" {
		return NewPicture{File: pngFile}
	}
	if body := librarySample(id); body != nil {
		return body
	}
	if body := blueprintSample(id); body != nil {
		return body
	}
	if body := markingSample(id); body != nil {
		return body
	}
	return cohortSample(id)
}

// owner is whose attempt an operation names.
type owner string

const (
	ownAttempt     owner = "own"
	foreignAttempt owner = "foreign"
)

// verdict is what an operation must answer by its policy: a role, "" for nobody,
// with an attempt of an owner.
func (op operation) verdict(role identity.Role, of owner) int {
	switch {
	case op.policy == cookied:
		return http.StatusForbidden // without the custom header
	case op.id == "verify":
		return http.StatusNotFound // there is no such credential
	case op.id == "statusList", op.id == "picture":
		return http.StatusOK
	case op.id == "login", op.id == "signInByCode":
		return http.StatusUnauthorized // for what sample gives
	case op.policy == anyone:
		return http.StatusUnprocessableEntity // likewise
	case role == "":
		return http.StatusUnauthorized
	case op.policy == reviewer && role != identity.Trainer && role != identity.Admin:
		return http.StatusForbidden
	case op.policy == coordinating && role != identity.Coordinator && role != identity.Admin:
		return http.StatusForbidden
	case op.policy == admin && role != identity.Admin:
		return http.StatusForbidden
	case strings.Contains(op.path, "{credential}"):
		return http.StatusNotFound // likewise
	case strings.Contains(op.path, "{message}"), strings.Contains(op.path, "{file}"), strings.Contains(op.path, "{cohort}") && role != identity.Admin:
		return http.StatusNotFound // it is not to them; they do not look after it
	case libraryVerdict(op.id, role) != 0:
		return libraryVerdict(op.id, role)
	case op.id == "createCohort":
		return http.StatusCreated
	case op.id == "addPicture", op.id == "addQuestion", op.id == "createBlueprint":
		return http.StatusCreated
	case op.id == "remark", op.id == "changeQuestion", op.id == "moveQuestion", op.id == "commentOnQuestion", op.id == "saveBlueprint", op.id == "publishBlueprint", op.id == "closeBlueprint", op.id == "markEssay":
		return http.StatusConflict // the version is not the one that is taught
	case of == foreignAttempt && strings.Contains(op.path, "{attempt}"):
		return http.StatusNotFound
	case op.id == "itemAnalysis", op.id == "rule", op.id == "regrade":
		return http.StatusNotFound // nobody had the question; there is no such version, no such ruling
	case op.id == "changePassword", op.id == "erasePerson":
		return http.StatusUnprocessableEntity // the password is not the current one, the username not theirs
	case op.id == "result":
		return http.StatusConflict // the attempt is open
	case op.id == "startRecall":
		return http.StatusConflict // nothing was learnt yet
	}
	return http.StatusOK
}

// TestRoleRouteOwner calls every route as everybody, on their own attempt, on
// somebody else's and on none: foreign cannot be told from missing.
func TestRoleRouteOwner(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	foreign := w.start(w.person("owner", identity.Trainee), "ground.check").ID
	w.bravo()
	const nothing = "01890000-0000-7000-8000-000000000000"
	for _, role := range append([]identity.Role{""}, identity.Roles...) {
		token, attempts := "", map[owner]string{foreignAttempt: foreign}
		if role != "" {
			token = w.person("a-"+string(role), role)
			attempts[ownAttempt] = w.start(token, "ground.check").ID
		}
		for _, op := range w.operations() {
			for of, attempt := range attempts {
				if of == foreignAttempt && role != "" && !strings.Contains(op.path, "{attempt}") {
					continue
				}
				got := w.call(op.method, fill(op.path, attempt), token, sample(op.id))
				if want := op.verdict(role, of); got.status != want {
					t.Errorf("%s as %q, %s = %d %s, want %d", got.route, role, of, got.status, got.raw, want)
				}
				if got.status == http.StatusNotFound {
					missing := strings.NewReplacer("{cohort}/report-files/{file}", oneCohort+"/report-files/"+nothing, "{cohort}", nothing, "{message}", nothing).Replace(op.path)
					sameReply(t, got, w.call(op.method, fill(missing, nothing), token, sample(op.id)))
				}
			}
		}
	}
}

// sameReply compares all but what names the request.
func sameReply(t *testing.T, a, b answer) {
	t.Helper()
	strip := func(x answer) (int, map[string]any, http.Header) {
		body := decode[map[string]any](x)
		delete(body, "request_id")
		header := x.header.Clone()
		header.Del("X-Request-Id")
		header.Del("Date")
		return x.status, body, header
	}
	statusA, bodyA, headerA := strip(a)
	statusB, bodyB, headerB := strip(b)
	if statusA != statusB || !cmp.Equal(bodyA, bodyB) || !cmp.Equal(headerA, headerB) {
		t.Errorf("%s and %s can be told apart: %d %d\n%s%s", a.route, b.route, statusA, statusB, cmp.Diff(bodyA, bodyB), cmp.Diff(headerA, headerB))
	}
}

// TestWithoutToken calls every route with what is no access token.
func TestWithoutToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	user := w.register("amina", identity.Trainee)
	good := w.token(user)
	own := w.start(good, "ground.check")
	expired := w.token(user)
	w.later(AccessLifetime + time.Second)
	fresh := w.token(user)
	signed, err := w.server.Identity.Begin(t.Context(), user)
	w.must(err)
	headers := map[string]string{
		"nothing": "", "garbage": "Bearer x.y.z", "no scheme": fresh, "lower-case scheme": "bearer " + fresh, "basic": "Basic YTpi",
		"expired": "Bearer " + expired, "one byte changed": "Bearer " + fresh[:len(fresh)-3] + "AAA", "refresh token": "Bearer " + signed.Refresh,
	}
	for name, token := range w.forged(user.ID, signed.Session) {
		headers[name] = "Bearer " + token
	}
	for _, op := range w.operations() {
		for name, header := range headers {
			got := w.call(op.method, fill(op.path, own.ID), "", sample(op.id), "Authorization", header)
			switch op.policy {
			case signedIn, reviewer, coordinating, admin:
				got.want(http.StatusUnauthorized).wantRefused(name, "")
			case cookied:
				got.wantCode(http.StatusForbidden, "forbidden")
			case anyone:
				if got.status >= http.StatusInternalServerError {
					t.Errorf("%s with %s = %d %s", got.route, name, got.status, got.raw)
				}
			}
		}
	}
	w.call(http.MethodGet, base+"/me", fresh, nil).want(http.StatusOK)
}

// forged are tokens that differ from a good one in one respect.
func (w *world) forged(user identity.UserID, session identity.SessionID) map[string]string {
	w.Helper()
	sign := func(method jwt.SigningMethod, key any, name string, value any) string {
		now := w.clock()
		claims := jwt.MapClaims{"iss": issuer, "aud": []string{issuer}, "sub": string(user), "sid": string(session), "iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
		token := jwt.NewWithClaims(method, claims)
		token.Header["typ"] = tokenType
		switch {
		case name == "typ":
			token.Header[name] = value
		case value == nil:
			delete(claims, name)
		default:
			claims[name] = value
		}
		raw, err := token.SignedString(key)
		w.must(err)
		return raw
	}
	claim := func(name string, value any) string { return sign(jwt.SigningMethodHS256, secret, name, value) }
	w.call(http.MethodGet, base+"/me", claim("sub", string(user)), nil).want(http.StatusOK) // the one that the others differ from
	return map[string]string{
		"no expiry": claim("exp", nil), "other issuer": claim("iss", "elsewhere"), "no issuer": claim("iss", nil),
		"other audience": claim("aud", "elsewhere"), "no audience": claim("aud", nil), "from the future": claim("iat", w.clock().Add(time.Hour).Unix()),
		"no session": claim("sid", nil), "other session": claim("sid", "01890000-0000-7000-8000-999999999999"), "other type": claim("typ", "JWT"),
		"unsigned":        sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, "sub", string(user)),
		"other algorithm": sign(jwt.SigningMethodHS512, secret, "sub", string(user)),
		"other key":       sign(jwt.SigningMethodHS256, []byte(strings.Repeat("k", 32)), "sub", string(user)),
		"empty key":       sign(jwt.SigningMethodHS256, []byte{}, "sub", string(user)),
	}
}

// TestUnlistedMethods: what is not described does not answer, whoever asks.
func TestUnlistedMethods(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("amina", identity.Trainee)
	own := w.start(token, "ground.check")
	allowed := map[string][]string{}
	for _, op := range w.operations() {
		allowed[op.path] = append(allowed[op.path], op.method)
	}
	methods := []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
	for path, listed := range allowed {
		for _, method := range methods {
			if slices.Contains(listed, method) || method == "HEAD" && slices.Contains(listed, "GET") {
				continue
			}
			got := w.call(method, fill(path, own.ID), token, nil, "X-HTTP-Method-Override", listed[0])
			if got.status != http.StatusNotFound && got.status != http.StatusMethodNotAllowed {
				t.Errorf("%s = %d %s, want 404 or 405", got.route, got.status, got.raw)
			}
		}
		if slices.Contains(listed, "GET") && path != base+statusListPath { // which anybody may read
			got := w.call("HEAD", fill(path, own.ID), "", nil)
			if got.status != http.StatusUnauthorized && got.status != http.StatusNotFound || len(got.raw) > 0 {
				t.Errorf("%s without a token = %d %s, want 401 as GET, or 404", got.route, got.status, got.raw)
			}
		}
	}
}

// TestPathVariants: no way of writing an address goes around its policy.
func TestPathVariants(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, path := range []string{
		"/API/V1/me", "//api/v1/me", "/api//v1/me", "/api/v1/me/", "/api/v1/./me", "/api/v1/x/../me", "/api/v1/%6de", "/api/v1/me;x",
		"/api/v1/%2e/me", "/api/v1/modules/", "/Api/v1/modules", "/api/v1/%6dodules", "/api/v1/modules%2fground", "/api/v1/me%00", "/api/v1/%252e/me",
	} {
		if got := w.call("GET", path, "", nil); got.status != http.StatusUnauthorized && got.status != http.StatusNotFound && got.status != http.StatusBadRequest {
			t.Errorf("%s without a token = %d %s", got.route, got.status, got.raw)
		}
	}
}
