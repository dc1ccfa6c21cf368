package api

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/valyala/fasthttp"

	"muster/internal/document"
	"muster/internal/drafting"
	"muster/internal/identity"
	"muster/internal/library"
)

// What fill puts into paths; shelve keeps it.
const (
	oneDocument   = "01890000-0000-7000-8000-d00000000001"
	oneCorrection = "01890000-0000-7000-8000-d00000000002"
	oneSection    = "legal-frame"
)

// material is a text that rules find something in.
const material = `# Legal frame

The Status of Forces Agreement (SOFA) regulates the legal position of a mission in the host state. The Rules of Engagement (ROE) say when and how force may be used by military personnel.

Peacekeepers protect civilians, support elections, monitor ceasefires and disarm combatants. The mission in Mali was closed in 2023.

# Votes

The Troop-Contributing Country (TCC) provides military personnel to a mission. The Security Council adopted resolution 1325 in 2000.
`

// shelved is the document of oneDocument.
var shelved = func() document.Document {
	text := document.Document{ID: oneDocument, Edition: 1, Title: "Material", Words: 60}
	for i, part := range strings.Split(material, "# ")[1:] {
		lines := strings.Split(strings.TrimSpace(part), "\n\n")
		s := document.Section{Slug: []string{oneSection, "votes"}[i], Heading: lines[0], Depth: 1}
		for j, line := range lines[1:] {
			s.Passages = append(s.Passages, document.Passage{Number: j + 1, Text: line, Kind: document.Paragraph})
		}
		text.Sections = append(text.Sections, s)
	}
	return text
}()

// shelvedDrafts are the names of the drafts of shelved.
var shelvedDrafts = func() []string {
	var names []string
	terms := []drafting.Term{{Name: "Mandate", Definition: "What was asked."}}
	for _, d := range drafting.From(shelved, terms, drafting.Options{}) {
		names = append(names, d.ID+".1."+oneDocument)
	}
	return names
}()

// shelve keeps a document with a correction.
func (w *world) shelve(by identity.User) {
	w.Helper()
	h := library.Head{
		ID: oneDocument, Origin: library.Imported, Title: "Material", Reliability: "low", Edition: 1, Passages: 3, Words: 60,
		AddedBy: by.ID, AddedAt: w.clock(), ChangedAt: w.clock(),
	}
	e := library.Edition{Number: 1, Format: document.Markdown, FileName: "m.md", FileHash: "other", AddedBy: by.ID, AddedAt: w.clock(), Text: shelved}
	w.must(w.server.Library.Store.CreateDocument(w.Context(), h, e, nil, nil))
	w.must(w.server.Library.Corrections.PutCorrection(w.Context(), oneDocument, library.Correction{
		ID: oneCorrection, Severity: "A", Claim: "Flat.", Correction: "Round.", Authorities: []string{"Charter"}, Confidence: "high", AsOf: "2027-01-01", By: by.ID, At: w.clock(),
	}, nil))
}

// librarySample gives a body for an operation of the library.
func librarySample(id string) any {
	upload := DocumentUpload{Format: "markdown", Name: "m.md", File: []byte(material), DryRun: true}
	switch id {
	case "importDocument":
		return DocumentRequest{DocumentUpload: upload}
	case "renewDocument":
		return upload
	case "changeDocument":
		title := "Material"
		return DocumentPatch{Title: &title}
	case "recordCorrection", "changeCorrection":
		return CorrectionRequest{
			Sections: []string{oneSection}, Severity: "B", Claim: "It says so.", Correction: "It is not so.", Authorities: []string{"Charter"},
			Confidence: "high", AsOf: "2027-01-01", ReviewBy: "2028-01-01",
		}
	case "acceptDraft":
		return DraftAcceptance{Tags: []string{"drafted"}}
	case "rejectDraft":
		return DraftRejection{Reason: "Too easy."}
	}
	return nil
}

// libraryGood is a body that an operation of the library accepts, with every
// field there is.
func libraryGood(id string) any {
	upload := DocumentUpload{Format: "markdown", Name: "m.md", File: []byte(material), Note: "new", AcceptGarbled: true, DryRun: true}
	switch id {
	case "importDocument":
		return DocumentRequest{DocumentUpload: upload, Title: "Handbook", Reliability: "low", AIDisclosed: true, Disclosure: "No author."}
	case "renewDocument":
		return upload
	case "changeDocument":
		title, language, reliability, disclosed, disclosure := "Handbook", "en", "high", true, "An author."
		return DocumentPatch{Title: &title, Language: &language, Reliability: &reliability, AIDisclosed: &disclosed, Disclosure: &disclosure}
	case "acceptDraft":
		full := fullText()
		return DraftAcceptance{Question: &full, Tags: []string{"drafted"}}
	}
	return librarySample(id)
}

// libraryVerdict is what an operation of the library answers to a role that may
// call it, 0 for other operations. The trainer comes before the admin.
func libraryVerdict(id string, role identity.Role) int {
	first := role == identity.Trainer
	switch {
	case id == "importDocument", id == "renewDocument", id == "recordCorrection", id == "acceptDraft" && first:
		return http.StatusCreated
	case id == "removeCorrection" && first, id == "rejectDraft" && first, id == "reopenDraft":
		return http.StatusNoContent
	case id == "removeCorrection", id == "changeCorrection" && !first:
		return http.StatusNotFound
	case id == "acceptDraft", id == "rejectDraft":
		return http.StatusConflict
	}
	return 0
}

// TestFromFileToQuestion: a trainer imports a document, takes a draft from it,
// approves it, and is told when the next edition says something else.
func TestFromFileToQuestion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	marta := w.person("marta", identity.Trainer)
	request := DocumentRequest{DocumentUpload: DocumentUpload{Name: "legal.md", File: []byte(material), DryRun: true}, Title: "The legal frame", Reliability: "high"}
	would := decode[DocumentImport](w.call(http.MethodPost, base+"/documents", marta, request).want(http.StatusCreated))
	if would.Document.ID != "" || len(would.Text.Sections) != 2 || would.Document.Title != "The legal frame" {
		t.Fatalf("a dry run = %+v", would)
	}
	request.DryRun = false
	made := decode[DocumentImport](w.call(http.MethodPost, base+"/documents", marta, request).want(http.StatusCreated))
	at := base + "/documents/" + made.Document.ID
	list := decode[DocumentList](w.call(http.MethodGet, base+"/documents?limit=1", marta, nil).want(http.StatusOK))
	if list.Total != 3 || len(list.Items) != 1 || list.Items[0].ID != made.Document.ID || list.Next == "" {
		t.Errorf("the list = %+v", list)
	}
	drafts := decode[DraftList](w.call(http.MethodGet, at+"/drafts?section=legal-frame", marta, nil).want(http.StatusOK))
	if len(drafts.Items) < 2 {
		t.Fatalf("drafts = %+v", drafts)
	}
	draft := drafts.Items[0]
	for _, draft := range drafts.Items[:2] { // decided on, and taken back
		w.call(http.MethodPost, base+"/drafts/"+draft.ID+"/accept", marta, DraftAcceptance{Tags: []string{}}).want(http.StatusCreated)
		w.call(http.MethodPost, base+"/drafts/"+draft.ID+"/reopen", marta, nil).want(http.StatusNoContent)
	}
	w.call(http.MethodPost, base+"/drafts/x.1.none/reopen", marta, nil).wantCode(http.StatusNotFound, "not_found")
	w.call(http.MethodPost, base+"/drafts/"+drafts.Items[1].ID+"/reject", marta, DraftRejection{Reason: "Too easy."}).want(http.StatusNoContent)
	draft.Question.Outcomes = []string{"ground.basics.o1"}
	taken := decode[BankQuestion](w.call(http.MethodPost, base+"/drafts/"+draft.ID+"/accept", marta, DraftAcceptance{Question: &draft.Question, Tags: []string{"legal"}}).want(http.StatusCreated))
	if taken.State != "draft" || len(taken.Question.Anchors) == 0 || !slices.Equal(taken.Tags, []string{"legal"}) {
		t.Errorf("the question = %+v", taken)
	}
	w.call(http.MethodPost, base+"/drafts/"+draft.ID+"/accept", marta, DraftAcceptance{Tags: []string{}}).wantCode(http.StatusConflict, "decided")
	left := decode[DraftList](w.call(http.MethodGet, at+"/drafts?section=legal-frame", marta, nil).want(http.StatusOK))
	if len(left.Items) != len(drafts.Items)-2 {
		t.Errorf("%d drafts are left of %d", len(left.Items), len(drafts.Items))
	}
	rules := decode[DraftRules](w.call(http.MethodGet, base+"/drafting-rules", marta, nil).want(http.StatusOK))
	counts := DraftRule{}
	for _, r := range rules.Items {
		counts.Accepted, counts.Edited, counts.Rejected = counts.Accepted+r.Accepted, counts.Edited+r.Edited, counts.Rejected+r.Rejected
	}
	if counts != (DraftRule{Accepted: 1, Rejected: 1}) {
		t.Errorf("the counts are %+v: outcomes are no other words", counts)
	}
	w.wantCovered(marta, at, taken)

	next := DocumentUpload{Name: "legal.md", File: []byte(strings.ReplaceAll(material, "mission", "force")), Note: "2028"}
	if slices.ContainsFunc(taken.Question.Anchors, func(a QuestionPassage) bool { return strings.Contains(a.Quote, "mission") }) {
		renewed := decode[DocumentImport](w.call(http.MethodPost, at+"/editions", marta, next).want(http.StatusCreated))
		if diff := cmp.Diff([]string{taken.ID}, renewed.Stale); diff != "" {
			t.Errorf("stale (-want +got):\n%s", diff)
		}
		stale := decode[BankQuestion](w.call(http.MethodGet, base+"/questions/"+taken.ID, marta, nil).want(http.StatusOK))
		if !stale.Stale || stale.StaleReason == "" {
			t.Errorf("the question = %+v", stale)
		}
	}
}

// wantCovered fails the test where the coverage does not count a question.
func (w *world) wantCovered(token, at string, q BankQuestion) {
	w.Helper()
	c := decode[DocumentCoverage](w.call(http.MethodGet, at+"/coverage", token, nil).want(http.StatusOK))
	a := q.Question.Anchors[0]
	i := slices.IndexFunc(c.Sections, func(s SectionCoverage) bool { return s.Slug == a.Section })
	p := c.Sections[i].Passages[a.Paragraph-1]
	if !slices.Equal(p.Questions, []string{q.ID}) {
		w.Errorf("questions on the passage are %q, want %q", p.Questions, q.ID)
	}
	if !slices.Equal(p.Spans, []QuestionSpan{{q.ID, a.Start, a.End}}) {
		w.Errorf("spans of the passage are %v", p.Spans)
	}
	if len(c.Outcomes) != 1 || c.Outcomes[0].Questions != 1 || len(c.Lost) != 0 {
		w.Errorf("coverage = %+v", c)
	}
}

// TestDocumentsOfTheCurriculum are read like others.
func TestDocumentsOfTheCurriculum(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	marta := w.person("marta", identity.Trainer)
	source := decode[Document](w.call(http.MethodGet, base+"/documents/source:handbook", marta, nil).want(http.StatusOK))
	if source.Origin != "source" || len(source.Corrections) != 1 || source.Corrections[0].ID != "E-1" || source.Text.Sections[0].Passages[0].Text != "About." {
		t.Errorf("the source = %+v", source)
	}
	lesson := decode[Document](w.call(http.MethodGet, base+"/documents/lesson:ground.basics", marta, nil).want(http.StatusOK))
	if again := decode[Document](w.call(http.MethodGet, base+"/documents/lesson%3Aground.basics", marta, nil).want(http.StatusOK)); again.ID != lesson.ID {
		t.Errorf("with the colon escaped = %q, want %q", again.ID, lesson.ID)
	}
	if lesson.Origin != "lesson" || lesson.Text.Sections[0].Passages[0].Text != "Read this." {
		t.Errorf("the lesson = %+v", lesson)
	}
	title := "Other"
	w.call(http.MethodPatch, base+"/documents/source:handbook", marta, DocumentPatch{Title: &title}).wantCode(http.StatusConflict, "read_only")
}

// TestDocumentsAreAdmittedOfAuthors: a long body is read of nobody else, nor of
// somebody whose session has ended.
func TestDocumentsAreAdmittedOfAuthors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	marta, vera := w.person("marta", identity.Trainer), w.person("vera", identity.Admin)
	gone := w.register("gone", identity.Trainer)
	former := w.token(gone)
	w.must(w.server.Identity.SetPassword(t.Context(), gone, "another-long-password-7", "password", string(gone.ID))) // ends the sessions
	tests := []struct {
		method, path, token string
		want                int
	}{
		{http.MethodPost, "/documents", marta, documentBody},
		{http.MethodPost, "/documents/d1/editions", marta, documentBody},
		{http.MethodPost, "/question-imports", vera, documentBody},
		{http.MethodPost, "/documents", w.person("amina", identity.Trainee), 0},
		{http.MethodPost, "/question-imports", w.person("carl", identity.Coordinator), 0},
		{http.MethodPost, "/documents", former, 0},
		{http.MethodPost, "/documents", "", 0},
		{http.MethodPost, "/documents", "x.y.z", 0},
		{http.MethodPost, "/questions", marta, 0},
		{http.MethodPut, "/documents", marta, 0},
		{http.MethodPost, "/cohorts/c1/imports", "", importBody},
	}
	for _, test := range tests {
		var header fasthttp.RequestHeader
		header.SetMethod(test.method)
		header.SetRequestURI(base + test.path)
		header.Set("Authorization", "Bearer "+test.token)
		if got := w.server.admitFile(&header).MaxRequestBodySize; got != test.want {
			t.Errorf("%s %s with %.8q: %d bytes, want %d", test.method, test.path, test.token, got, test.want)
		}
	}
}

// TestLargeDocument: a file near the limit passes through, and is read in time.
func TestLargeDocument(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	marta := w.person("marta", identity.Trainer)
	file := []byte(strings.Repeat("Peacekeepers protect civilians within their means.\n\n", 4000))
	body := `{"name":"a.txt","dry_run":true,"file":"` + base64.StdEncoding.EncodeToString(file) + `"}`
	began := time.Now()
	made := decode[DocumentImport](w.call(http.MethodPost, base+"/documents", marta, []byte(body)).want(http.StatusCreated))
	if made.Document.Passages != 4000 || time.Since(began) > 20*time.Second {
		t.Errorf("%d passages in %s", made.Document.Passages, time.Since(began))
	}
}
