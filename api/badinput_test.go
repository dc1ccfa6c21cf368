package api

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/valyala/fasthttp/fasthttputil"

	"muster/internal/cohort"
	"muster/internal/identity"
)

// sent is in every wrong value, and in no reply: problems never say what was sent.
const sent = "zqsent"

// flaw is a body that differs in one respect from what the description says.
type flaw struct {
	name  string
	field string // that the problem must name; "" where the body as a whole cannot be read
	body  []byte
}

// body is a good body that is taken apart: a tree of what JSON decodes to.
type body struct {
	*testing.T
	registry huma.Registry
	tree     any
	flaws    []flaw
}

// step is a key or an index on the way to a part of the tree.
type step any

// flawsOf makes every flaw of an operation's body, each from the good one.
func (w *world) flawsOf(op *huma.Operation, good []byte) []flaw {
	w.Helper()
	b := &body{T: w.T, registry: w.described.OpenAPI().Components.Schemas}
	w.must(json.Unmarshal(good, &b.tree))
	b.visit(op.RequestBody.Content["application/json"].Schema, nil)
	b.whole(good)
	return b.flaws
}

// add keeps a flaw; value stands at path, or nothing does where it is gone.
func (b *body) add(name string, path []step, value any) {
	raw, err := json.Marshal(replaced(b.tree, path, value))
	if err != nil {
		b.Fatal(err)
	}
	b.flaws = append(b.flaws, flaw{name: fmt.Sprintf("%v %s", path, name), field: lastKey(path), body: raw})
}

type gone struct{}

// replaced copies a tree with another value at path.
func replaced(tree any, path []step, value any) any {
	if len(path) == 0 {
		return value
	}
	switch at := path[0].(type) {
	case string:
		copied := maps.Clone(tree.(map[string]any))
		copied[at] = replaced(copied[at], path[1:], value)
		if copied[at] == (gone{}) {
			delete(copied, at)
		}
		return copied
	case int:
		copied := slices.Clone(tree.([]any))
		copied[at] = replaced(copied[at], path[1:], value)
		return copied
	}
	return tree
}

func valueAt(tree any, path []step) (any, bool) {
	for _, at := range path {
		switch at := at.(type) {
		case string:
			value, ok := tree.(map[string]any)[at]
			if !ok {
				return nil, false
			}
			tree = value
		case int:
			tree = tree.([]any)[at]
		}
	}
	return tree, true
}

func lastKey(path []step) string {
	for _, at := range slices.Backward(path) {
		if key, ok := at.(string); ok {
			return key
		}
	}
	return ""
}

// visit makes the flaws of a part and of the parts below it.
func (b *body) visit(schema *huma.Schema, path []step) {
	for schema.Ref != "" {
		schema = b.registry.SchemaFromRef(schema.Ref)
	}
	value, ok := valueAt(b.tree, path)
	if !ok {
		b.Fatalf("the good body lacks %v, so nothing can be tried on it", path)
	}
	for name, wrong := range wrongValues(schema) {
		b.add(name, path, wrong)
	}
	switch schema.Type {
	case "array":
		b.add("too many", path, slices.Repeat(value.([]any), *schema.MaxItems+1))
		b.visit(schema.Items, append(slices.Clone(path), 0))
	case "object":
		object := value.(map[string]any)
		b.add("with an unknown field", append(slices.Clone(path), "zq_unknown"), sent)
		b.rewritten(path, strings.ToUpper(slices.Sorted(maps.Keys(schema.Properties))[0]), sent)
		for name, property := range schema.Properties {
			inner := append(slices.Clone(path), name)
			b.visit(property, inner)
			b.rewritten(path, name, object[name])
			if slices.Contains(schema.Required, name) {
				b.add("missing", inner, gone{})
				b.add("null", inner, nil)
			}
		}
	}
}

// rewritten adds a key to the object at path that it has already, in this or
// in another case: readers of JSON differ in which they take.
func (b *body) rewritten(path []step, key string, value any) {
	const mark = "zq_second"
	raw, err := json.Marshal(replaced(b.tree, append(slices.Clone(path), mark), value))
	if err != nil {
		b.Fatal(err)
	}
	b.flaws = append(b.flaws, flaw{name: fmt.Sprintf("%v %s a second time", path, key), body: bytes.Replace(raw, []byte(mark), []byte(key), 1)})
}

// wrongValues are values that a schema does not allow, by what is wrong with them.
func wrongValues(s *huma.Schema) map[string]any {
	wrong := map[string]any{}
	samples := map[string]any{
		"string": sent, "integer": 7, "number": 7.5, "boolean": true, "array": []any{sent}, "object": map[string]any{sent: sent},
	}
	for kind, value := range samples {
		fits := s.Type == "" || kind == s.Type || kind == "integer" && s.Type == "number"
		if !fits {
			wrong["a "+kind] = value
		}
	}
	if s.Type == "string" && (len(s.Enum) > 0 || s.Format != "") {
		wrong["another word"] = sent
	}
	if s.MaxLength != nil {
		wrong["too long"] = sent + strings.Repeat("z", *s.MaxLength)
	}
	if s.MinLength != nil {
		wrong["too short"] = strings.Repeat("z", *s.MinLength-1)
	}
	if s.Minimum != nil {
		wrong["too small"] = *s.Minimum - 1
	}
	if s.Maximum != nil {
		wrong["too large"] = *s.Maximum + 1
	}
	if s.MinItems != nil {
		wrong["empty"] = []any{}
	}
	return wrong
}

// whole makes the flaws of the body as a whole.
func (b *body) whole(good []byte) {
	text := string(good)
	for name, broken := range map[string]string{
		"nothing": "", "null": "null", "a text": `"` + sent + `"`, "a number": "7", "a list": "[" + text + "]", "empty": "{}",
		"cut off": text[:len(text)-1], "followed by more": text + "{}", "followed by a bracket": text + "}", "with a comma too many": text[:len(text)-1] + ",}",
		"with a comment": "/* " + sent + " */" + text, "in single quotes": strings.ReplaceAll(text, `"`, "'"), "with a byte order mark": "\ufeff" + text,
		"with a number beyond all": `{"zq":1e999}`, "not a number": `{"zq":NaN}`, "not UTF-8": text[:len(text)-1] + ",\"\xff\":1}",
		"nested deeply": strings.Repeat(`{"zq":`, 100) + "1" + strings.Repeat("}", 100), "only brackets": strings.Repeat("[", 10_000),
		"with a written-out key": strings.Replace(text, `{"`, `{"\u0061`, 1),
	} {
		b.flaws = append(b.flaws, flaw{name: "the body " + name, body: []byte(broken)})
	}
}

// wantRefused fails the test where the reply is not a problem of the client's
// that names the field and says nothing of what was sent or of the inside.
func (a answer) wantRefused(name, field string) {
	a.t.Helper()
	p := Problem{}
	switch err := json.Unmarshal(a.raw, &p); {
	case a.status < 400 || a.status > 499 || !a.isProblem() || err != nil:
		a.t.Errorf("%s with %s = %d %s, want a problem of the client's", a.route, name, a.status, a.raw)
	case p.Status != a.status || p.Code == "" || p.Title == "" || len(p.Detail) < 10:
		a.t.Errorf("%s with %s = %d %s, want it to say what is wrong", a.route, name, a.status, a.raw)
	case p.RequestID == "" || p.RequestID != a.header.Get("X-Request-Id"):
		a.t.Errorf("%s with %s names the request %q, want %q as in the header", a.route, name, p.RequestID, a.header.Get("X-Request-Id"))
	case field != "" && !slices.ContainsFunc(p.Errors, func(f ProblemField) bool { return f.names(field) }):
		a.t.Errorf("%s with %s = %d %s, want it to name %s", a.route, name, a.status, a.raw, field)
	}
	for _, inside := range []string{sent, ".go:", "goroutine", "sqlite", "gorm", "SELECT", "json:", "unmarshal"} {
		if bytes.Contains(a.raw, []byte(inside)) {
			a.t.Errorf("%s with %s = %s, which says %q", a.route, name, a.raw, inside)
		}
	}
}

// names says whether f is about a field, or about its absence from its object.
func (f ProblemField) names(field string) bool {
	keys := strings.FieldsFunc(f.Location, func(r rune) bool { return strings.ContainsRune(".[]0123456789", r) })
	return f.Message != "" && (keys[len(keys)-1] == field || strings.Contains(f.Message, "property "+field+" "))
}

// goodBody is a body that an operation accepts, with every field there is.
func (w *world) goodBody(id, attempt string, join cohort.Cohort) any {
	switch id {
	case "login":
		return Credentials{Username: "amina", Password: password}
	case "join":
		return JoinRequest{Code: join.JoinCode, Username: "newcomer", Password: password, Name: "New", Locale: "fr"}
	case "changePassword":
		return PasswordChange{Current: password, New: "another " + password}
	case "saveLesson":
		return LessonState{ReadShare: 0.5, Read: true}
	case "remark":
		version := w.catalogue.QuestionVersion("ground.basics.p1")
		return RemarkRequest{Version: string(version), Verdict: "comment", Quote: "this", Text: "Say it in fewer words."}
	case "signInByCode":
		return CodeSignIn{Username: "member", Code: oneCode, Password: password}
	case "createCohort":
		return CohortRequest{Name: "New", DeploysOn: "2027-06-01", Assignments: []AssignmentChoice{{Kind: "module", Slug: "ground", DueOn: "2027-03-01"}}}
	case "changeCohort":
		name, on, archived := "Other", "2027-06-01", false
		return CohortPatch{Name: &name, DeploysOn: &on, Archived: &archived}
	case "changeEnrolments":
		return EnrolmentChange{Chosen: Chosen{Users: []string{oneMember}}, Action: "suspend", To: oneCohort}
	case "showCredential":
		return NameShown{ShowName: "full"}
	case "revokeCredential":
		return RevocationRequest{Reason: "Another sat the exam."}
	case "rule":
		in, _ := w.rekeyed("ground.basics.x1")
		full := fullText() // what is not of the kind is left out
		full.Kind, full.Stem, full.Options = in.Key.Kind, in.Key.Stem, in.Key.Options
		for i := range full.Options {
			full.Options[i].Misconception, full.Options[i].Grade, full.Options[i].Correct = "that it is so", 1, i == 0
		}
		in.Key, in.DryRun = &full, true
		return in
	case "markEssay":
		return EssayMarking{Points: []int{2, 1}, Comment: "Well seen.", Reason: "At once.", Of: oneText}
	case "erasePerson":
		return ErasureRequest{Username: "member"}
	case "appendEvents":
		return EventBatch{Device: deviceA, Events: []Event{chain(origin, attempt, deviceA, w.rightAnswer(1, 1, "ground.basics.x1"))}}
	}
	good := w.bankGood(id)
	if good == nil {
		good = exchangeGood(id)
	}
	if good == nil {
		good = libraryGood(id)
	}
	if good == nil {
		good = blueprintGood(id)
	}
	if good == nil {
		good = sample(id)
	}
	if good == nil {
		w.Fatalf("there is no good body of %s: write one", id)
	}
	return good
}

// TestBadInput tries on every operation that takes a body each flaw that its
// description tells of: all are refused, and nothing is changed. The body
// without a flaw is accepted, so nothing else was the reason.
func TestBadInput(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	amina := w.register("amina", identity.Admin) // may do what anybody may
	w.bravo(amina)
	token := w.token(amina)
	attempt := w.start(token, "ground.check").ID
	join := w.unit("")
	w.issue(amina, attempt)
	before, tried := w.dump(), 0
	type last struct {
		op   operation
		good []byte
	}
	var accepted []last
	for _, op := range w.operations() {
		in := w.operation(op)
		if in.RequestBody == nil {
			continue
		}
		good, err := json.Marshal(w.goodBody(op.id, attempt, join))
		w.must(err)
		path := fill(op.path, attempt)
		for _, f := range w.flawsOf(in, good) {
			w.call(op.method, path, token, f.body).wantRefused(f.name, f.field)
			tried++
		}
		for _, kind := range otherTypes {
			w.call(op.method, path, token, good, "Content-Type", kind).want(http.StatusUnsupportedMediaType).wantRefused("type "+kind, "")
		}
		w.call(op.method, path, token, good, "Content-Encoding", "gzip").want(http.StatusUnsupportedMediaType)
		accepted = append(accepted, last{op, good})
		if op.id == "erasePerson" { // the others need them: it is done last
			accepted = slices.Insert(accepted[:len(accepted)-1], 0, last{op, good})
		}
	}
	if diff := cmp.Diff(before, w.dump()); diff != "" || tried < 150 {
		t.Errorf("%d refused requests changed the database (-before +after):\n%s", tried, diff)
	}
	for _, l := range slices.Backward(accepted) { // by name: the password is changed after it is needed
		if got := w.call(l.op.method, fill(l.op.path, attempt), w.token(amina), l.good, "Content-Type", "Application/JSON; charset=utf-8"); got.status > 299 {
			t.Errorf("%s with the good body = %d %s: the flaws of it prove nothing", got.route, got.status, got.raw)
		}
	}
}

var otherTypes = []string{
	"", "text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data; boundary=x", "application/problem+json",
	"application/csp-report+json", "application/jsonp", "text/plain; application/json", "application/json, text/plain",
}

// TestBadAddress: parameters that nobody asked for or that name nothing are
// refused on every route.
func TestBadAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("amina", identity.Admin)
	attempt := w.start(token, "ground.check").ID
	w.bravo()
	before := w.dump()
	for _, op := range w.operations() {
		if op.policy == anyone || op.policy == cookied {
			continue
		}
		w.call(op.method, fill(op.path, attempt)+"?zq="+sent, token, sample(op.id)).wantRefused("an unknown query", "")
		for _, name := range pathParams(op.path) {
			for _, wrong := range []string{strings.Repeat("z", 5000), "%00", "..%2f..", "%27%20OR%201=1", "%ff", "*", "-1", "%20", "null"} {
				path := fill(strings.Replace(op.path, "{"+name+"}", wrong, 1), attempt)
				w.call(op.method, path, token, sample(op.id)).wantRefused(name, "")
			}
		}
	}
	if diff := cmp.Diff(before, w.dump()); diff != "" {
		t.Errorf("requests to wrong addresses changed the database (-before +after):\n%s", diff)
	}
}

// TestBadResponse: what cannot be a response to its question is refused, whole
// batch and all, and the problem names the event.
func TestBadResponse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("amina", identity.Trainee)
	attempt := w.start(token, "ground.check").ID
	before := w.dump()
	good := w.rightAnswer(1, 1, "ground.basics.x1")
	for name, response := range map[string]string{
		"of another kind": `{"choices":[]}`, "not an object": `[]`, "null": `null`, "a number": `7`, "an unknown field": `{"choice":"","zq":1}`,
		"of another form": `{"choice":7}`, "too long": `{"choice":"` + strings.Repeat("z", 9000) + `"}`, "an option of no question": `{"choice":"none"}`,
	} {
		bad := good
		bad.ID, bad.Seq, bad.Response = uuidOf(2), 2, json.RawMessage(response)
		got := w.send(token, attempt, deviceA, good, bad).wantCode(http.StatusUnprocessableEntity, "invalid")
		got.wantRefused(name, "response")
		if p := decode[Problem](got); p.Errors[0].Location != "body.events[1].response" {
			t.Errorf("a response %s is at %q, want the second event's", name, p.Errors[0].Location)
		}
	}
	if diff := cmp.Diff(before, w.dump()); diff != "" {
		t.Errorf("refused responses changed the database (-before +after):\n%s", diff)
	}
}

// TestHugeBody: no route reads more than it needs, whether it wants a body or
// not, and the largest are refused before they have arrived.
func TestHugeBody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.person("amina", identity.Admin)
	attempt := w.start(token, "ground.check").ID
	before := w.dump()
	listener := fasthttputil.NewInmemoryListener()
	go func() { _ = w.app.Listener(listener) }()
	t.Cleanup(func() { w.must(w.app.Shutdown()) })
	for _, op := range w.operations() {
		if op.method == http.MethodGet {
			continue
		}
		path := fill(op.path, attempt)
		if sample(op.id) != nil && op.id != "appendEvents" {
			w.call(op.method, path, token, strings.Repeat(" ", int(w.operation(op).MaxBodyBytes))).want(http.StatusRequestEntityTooLarge).wantRefused("more than it takes", "")
		}
		longest := bodyLimit
		switch op.id {
		case "importPeople":
			longest = importBody
		case "addPicture":
			longest = pictureBody
		case "importDocument", "renewDocument", "importQuestions":
			longest = documentBody
		}
		got := w.announce(listener, op.method, path, token, longest+1).want(http.StatusRequestEntityTooLarge)
		got.wantRefused("1 MiB", "")
		got.wantProtected(protection("", false))
	}
	if diff := cmp.Diff(before, w.dump()); diff != "" {
		t.Errorf("huge requests changed the database (-before +after):\n%s", diff)
	}
}

// announce sends the head of a request, and reads the reply without sending
// the body.
func (w *world) announce(listener *fasthttputil.InmemoryListener, method, path, token string, length int) answer {
	w.Helper()
	conn, err := listener.Dial()
	w.must(err)
	defer func() { w.must(conn.Close()) }()
	_, err = fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: muster.test\r\nContent-Type: application/json\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n",
		method, path, token, length)
	w.must(err)
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	w.must(err)
	raw, err := io.ReadAll(response.Body)
	w.must(err)
	w.must(response.Body.Close())
	return answer{t: w.T, route: method + " " + path, status: response.StatusCode, header: response.Header, raw: raw}
}
