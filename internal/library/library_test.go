package library_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/curriculum"
	"muster/internal/document"
	"muster/internal/drafting"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/library"
	"muster/internal/question"
	"muster/internal/store"
)

var (
	marta = identity.Actor{ID: "marta", Role: identity.Trainer}
	amina = identity.Actor{ID: "amina", Role: identity.Trainee}
)

// world is a library and a bank on a SQLite file.
type world struct {
	*testing.T
	*library.Service
	bank *bank.Service
	kept *store.Store
}

func newWorld(t *testing.T) *world {
	t.Helper()
	now := time.Date(2027, 1, 14, 9, 30, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	kept, err := store.Open(t.Context(), store.Config{URL: "sqlite://" + filepath.Join(t.TempDir(), "muster.db"), Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close(context.Background()) })
	var mu sync.Mutex
	ids := 0
	newID := func() string {
		mu.Lock()
		defer mu.Unlock()
		ids++
		return fmt.Sprintf("id-%03d", ids)
	}
	catalogue := (&curriculum.Catalogue{
		Version:     "v1",
		Glossary:    glossary,
		Corrections: []curriculum.Correction{{ID: "E-1", Severity: "A", Sections: []curriculum.CitationKey{"handbook#one"}, Claim: "Flat.", Correction: "Round."}},
		Sources: []curriculum.Source{{Slug: "handbook", Title: "A digest", Reliability: "low", AIDisclosed: true, Sections: []curriculum.Section{
			{Slug: "one", Heading: "One", Depth: 1, Digest: "About patrols.", Corrections: []curriculum.CorrectionID{"E-1"}}, {Slug: "two", Heading: "Two", Depth: 1, Digest: "About force."},
		}}},
		Modules: []curriculum.Module{{Slug: "ground", Title: "Ground", Lessons: []curriculum.Lesson{{
			Module: "ground", Slug: "basics", Title: "Basics & more", Outcomes: []curriculum.Outcome{{ID: "ground.basics.o1", Text: "Name them."}, {ID: "ground.basics.o2", Text: "Use them."}},
			Blocks:    []curriculum.Block{{Kind: "text", HTML: `<p>Read <button type="button" class="term" data-term="sofa">this <em>one</em></button>.</p>`}, {Kind: "text", Heading: "R & D", HTML: "<ul><li>one</li><li>two</li></ul>"}},
			Questions: []question.Question{{ID: "ground.basics.p1", Pool: question.Practice, Kind: question.Single, Stem: "?", Outcomes: []string{"ground.basics.o1"}, Citations: []string{"handbook#one"}}},
		}}}},
	}).Indexed()
	w := &world{T: t, kept: kept, bank: &bank.Service{Store: kept, Catalogue: catalogue, Now: clock, NewID: newID}}
	w.Service = &library.Service{Store: kept, Corrections: kept, Decisions: kept, Bank: w.bank, Catalogue: catalogue, Now: clock, NewID: newID}
	w.bank.Passages = w.Service
	user := identity.User{ID: marta.ID, Username: "marta", Name: "Marta", Role: identity.Trainer, Locale: "en", CreatedAt: now}
	w.must(kept.CreateUser(t.Context(), user, audit.Entry{At: now, Actor: "test", Action: "user.create", Object: "marta"}))
	w.must(w.bank.Seed(t.Context()))
	return w
}

// glossary has siblings that rules can draw distractors from.
var glossary = []curriculum.Term{
	{ID: "mandate", Term: "Mandate", Definition: "The tasks that the Security Council gives a mission.", See: []curriculum.TermID{"roe", "sofa", "tcc"}},
	{ID: "roe", Term: "Rules of engagement (ROE)", Definition: "The rules that say when and how force may be used.", See: []curriculum.TermID{"mandate"}},
	{ID: "sofa", Term: "Status of forces agreement (SOFA)", Definition: "A treaty on the legal position of a mission and its members in the host state."},
	{ID: "tcc", Term: "Troop-contributing country (TCC)", Definition: "A Member State that provides military personnel to a mission."},
	{ID: "impartiality", Term: "Impartiality", Definition: "Carrying out the mandate without favour to any party."},
}

// material is a text that rules find something in.
const material = `# Legal frame

The mandate is the set of tasks that the Security Council gives a mission. The Status of Forces Agreement (SOFA) regulates the legal position of a mission in the host state. The Rules of Engagement (ROE) say when and how force may be used by military personnel.

The Security Council adopted resolution 1325 on women, peace and security in 2000. Peacekeepers protect civilians, support elections, monitor ceasefires and disarm combatants.

# Consent

A troop-contributing country is a Member State that provides military personnel to a mission. Impartiality means that peacekeepers carry out the mandate without favour to any party. The mission in Mali was closed in 2023.
`

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func wantCode(t *testing.T, doing string, err error, code string) {
	t.Helper()
	if errs.CodeOf(err) != code {
		t.Errorf("%s = %v, want code %q", doing, err, code)
	}
}

const first = `# Patrols

A patrol commander is the person who leads a patrol. The commander reports at 18:00 every day.

Force is the last resort.

# Consent

The host state gives consent. It may be withdrawn.
`

func upload(text string) library.Upload {
	return library.Upload{Name: "hand book.md", File: []byte(text)}
}

// imported keeps the first text as a document.
func (w *world) imported() document.ID {
	w.Helper()
	made, err := w.Import(w.Context(), marta, upload(first))
	w.must(err)
	return made.Head.ID
}

// anchoredQuestion keeps a question on a passage of a document.
func (w *world) anchoredQuestion(id document.ID, stem, section string, number int, outcomes ...string) question.ID {
	w.Helper()
	o, err := w.Open(w.Context(), marta, id, 0)
	w.must(err)
	a, err := o.Text.Anchor(section, number, 0, 0)
	w.must(err)
	q := question.Question{Kind: question.TrueFalse, Stem: stem, Outcomes: outcomes, Anchors: []question.Anchor{a}}
	added, err := w.bank.Add(w.Context(), marta, []bank.NewQuestion{{Question: q}})
	w.must(err)
	w.must(added[0].Err)
	return added[0].ID
}

func TestImport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dry := upload(first)
	dry.DryRun = true
	would, err := w.Import(t.Context(), marta, dry)
	w.must(err)
	if would.Head.ID != "" || would.Head.Title != "hand book" || would.Head.Reliability != "unverified" || would.Text.Passages() != 3 {
		t.Errorf("a dry run = %+v", would.Head)
	}
	if page, err := w.Documents(t.Context(), marta, library.Filter{Origin: library.Imported}); err != nil || page.Total != 0 {
		t.Errorf("after a dry run there are %d documents, %v", page.Total, err)
	}
	u := upload(first)
	u.Title, u.Reliability, u.AIDisclosed, u.Disclosure = " The  handbook ", "low", true, "No author is named."
	made, err := w.Import(t.Context(), marta, u)
	w.must(err)
	o, err := w.Open(t.Context(), marta, made.Head.ID, 1)
	w.must(err)
	if o.Title != "The handbook" || o.Reliability != "low" || !o.AIDisclosed || o.AddedByName != "Marta" || o.Editions[0].Format != document.Markdown {
		t.Errorf("the document is %+v with %+v", o.Head, o.Editions)
	}
	if diff := cmp.Diff(made.Text, o.Text); diff != "" {
		t.Errorf("the text (-imported +kept):\n%s", diff)
	}
	again, err := w.Import(t.Context(), marta, dry)
	if err != nil || again.Known != made.Head.ID {
		t.Errorf("the same file again: known as %q, %v", again.Known, err)
	}
	high := curriculum.Reliability("high")
	o, err = w.Change(t.Context(), marta, made.Head.ID, library.Patch{Reliability: &high})
	if err != nil || o.Reliability != "high" || o.Title != "The handbook" {
		t.Errorf("after a change: %+v, %v", o.Head, err)
	}
	if _, err := w.kept.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestGarbledTextIsLookedAtFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u := upload("7KH 8QLWHG 1DWLRQV SHDFHNHHSHUV SURWHFW FLYLOLDQV XQGHU WKUHDW RI SKVLFDO YLROHQFH")
	_, err := w.Import(t.Context(), marta, u)
	wantCode(t, "an import of garbled text", err, "garbled")
	u.AcceptGarbled = true
	made, err := w.Import(t.Context(), marta, u)
	if err != nil || made.Head.ID == "" || len(made.Findings) != 1 || made.Findings[0].Sample == "" {
		t.Errorf("when it was looked at: %+v, %v", made, err)
	}
}

// TestEditions: questions whose words stand are asked on, the others become stale.
func TestEditions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.imported()
	report := w.anchoredQuestion(id, "Reports?", "patrols", 1)
	force := w.anchoredQuestion(id, "Force?", "patrols", 2)
	consent := w.anchoredQuestion(id, "Consent?", "consent", 1)

	second := strings.Replace(strings.Replace(first, "18:00", "20:00", 1), "# Patrols\n", "# Patrols\n\nA new start.\n", 1)
	dry := upload(second)
	dry.DryRun = true
	would, err := w.Renew(t.Context(), marta, id, dry)
	w.must(err)
	standings := map[question.ID]document.Standing{}
	for _, f := range would.Follows {
		standings[f.Question] = f.Standing
	}
	if diff := cmp.Diff(map[question.ID]document.Standing{report: document.Changed, force: document.Moved, consent: document.Kept}, standings); diff != "" {
		t.Errorf("a dry run (-want +got):\n%s", diff)
	}
	w.wantStale(map[question.ID]bool{report: false, force: false, consent: false})
	_, err = w.Renew(t.Context(), marta, id, upload(second))
	w.must(err)
	w.wantStale(map[question.ID]bool{report: true, force: false, consent: false})
	_, err = w.Renew(t.Context(), marta, id, upload(second))
	wantCode(t, "the same file again", err, "same_file")

	// What was changed and confirmed anew is compared with what it was then.
	third := strings.Replace(second, "The host state gives consent. It may be withdrawn.", "Nothing is said here.", 1)
	made, err := w.Renew(t.Context(), marta, id, upload(third))
	w.must(err)
	if diff := cmp.Diff([]question.ID{consent}, made.Stale()); diff != "" {
		t.Errorf("stale after the third edition (-want +got):\n%s", diff)
	}
	w.wantStale(map[question.ID]bool{report: true, force: false, consent: true})
	old, err := w.Open(t.Context(), marta, id, 1)
	if err != nil || old.Edition != 3 || old.Text.Edition != 1 || len(old.Editions) != 3 {
		t.Errorf("the first edition = %+v, %v", old.Head, err)
	}
	c, err := w.Coverage(t.Context(), marta, id)
	w.must(err)
	if len(c.Lost) != 1 || c.Lost[0].Question != consent || len(c.Sections[0].Passages[2].Questions) != 1 {
		t.Errorf("coverage = %+v", c)
	}
}

// TestWhatPapersHaveBecomesStale: the version that is asked has passages of its
// own, whatever the draft after it answers to.
func TestWhatPapersHaveBecomesStale(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.imported()
	moved, loose := w.anchoredQuestion(id, "Reports?", "patrols", 1), w.anchoredQuestion(id, "When?", "patrols", 1)
	w.approve(moved, loose)
	o, err := w.Open(t.Context(), marta, id, 0)
	w.must(err)
	elsewhere, err := o.Text.Anchor("consent", 1, 0, 0)
	w.must(err)
	for q, anchors := range map[question.ID][]question.Anchor{moved: {elsewhere}, loose: nil} {
		e, err := w.kept.BankEntry(t.Context(), q)
		w.must(err)
		e.Question.Anchors, e.Question.Stem = anchors, e.Question.Stem+" Now?"
		_, err = w.bank.Edit(t.Context(), marta, q, bank.Edit{Question: e.Question, Base: e.Version})
		w.must(err)
	}
	second := strings.Replace(first, "18:00", "20:00", 1) // of what papers have, not of the drafts
	_, err = w.Renew(t.Context(), marta, id, upload(second))
	w.must(err)
	w.wantStale(map[question.ID]bool{moved: true, loose: true})
}

// approve puts questions into papers as they are.
func (w *world) approve(ids ...question.ID) {
	w.Helper()
	w.must(w.kept.ChangeBank(w.Context(), bank.Selection{IDs: ids}, func(there []bank.Entry) (bank.Change, error) {
		var change bank.Change
		for _, e := range there {
			m := bank.Move{From: e.State, To: bank.Approved, Version: e.Version, By: marta.ID, At: e.ChangedAt}
			e.State, e.Approved, e.Live = bank.Approved, e.Version, true
			change.Steps = append(change.Steps, bank.Step{Entry: e, Move: &m})
		}
		return change, nil
	}))
}

func (w *world) wantStale(want map[question.ID]bool) {
	w.Helper()
	got := map[question.ID]bool{}
	for id := range want {
		e, err := w.kept.BankEntry(w.Context(), id)
		w.must(err)
		got[id] = e.Stale()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.Errorf("stale (-want +got):\n%s", diff)
	}
}

func TestStands(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.imported()
	o, err := w.Open(t.Context(), marta, id, 0)
	w.must(err)
	good, err := o.Text.Anchor("consent", 1, 0, 10)
	w.must(err)
	lesson, err := w.Open(t.Context(), marta, "lesson:ground.basics", 0)
	w.must(err)
	written, err := lesson.Text.Anchor("r-d", 2, 0, 0)
	w.must(err)
	tests := map[string]struct {
		change func(*question.Anchor)
		from   question.Anchor
		want   bool
	}{
		"as it stands":          {func(*question.Anchor) {}, good, true},
		"in a lesson":           {func(*question.Anchor) {}, written, true},
		"another quote":         {func(a *question.Anchor) { a.Quote = "The host country" }, good, false},
		"another hash":          {func(a *question.Anchor) { a.Hash = "x" }, good, false},
		"another place":         {func(a *question.Anchor) { a.Paragraph = 2 }, good, false},
		"an edition to come":    {func(a *question.Anchor) { a.Edition = 2 }, good, false},
		"a document of nobody":  {func(a *question.Anchor) { a.Document = "none" }, good, false},
		"no edition":            {func(a *question.Anchor) { a.Edition = 0 }, good, false},
		"other words of lesson": {func(a *question.Anchor) { a.Quote = "three" }, written, false},
	}
	for name, test := range tests {
		a := test.from
		test.change(&a)
		if got, err := w.Stands(t.Context(), a); got != test.want || err != nil {
			t.Errorf("%s: Stands = %v, %v, want %v", name, got, err, test.want)
		}
	}
}

func TestCorrections(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.imported()
	c := library.Correction{Sections: []string{"consent"}, Severity: "A", Claim: " It says so. ", Correction: "It is not so.", Authorities: []string{"UN Charter, Article 2"}, Confidence: "high", AsOf: "2027-01-14"}
	kept, err := w.Correct(t.Context(), marta, id, c)
	w.must(err)
	if kept.ID == "" || kept.Claim != "It says so." || kept.ByName != "Marta" {
		t.Errorf("kept = %+v", kept)
	}
	kept.Severity = "B"
	if _, err := w.Correct(t.Context(), marta, id, kept); err != nil {
		t.Fatal(err)
	}
	o, err := w.Open(t.Context(), marta, id, 0)
	if err != nil || len(o.Corrections) != 1 || o.Corrections[0].Severity != "B" {
		t.Errorf("corrections = %+v, %v", o.Corrections, err)
	}
	for name, spoil := range map[string]func(*library.Correction){
		"severity": func(c *library.Correction) { c.Severity = "D" }, "claim": func(c *library.Correction) { c.Claim = " " },
		"correction": func(c *library.Correction) { c.Correction = strings.Repeat("x", 2001) }, "authorities": func(c *library.Correction) { c.Authorities = nil },
		"confidence": func(c *library.Correction) { c.Confidence = "" }, "as_of": func(c *library.Correction) { c.AsOf = "today" },
		"review_by": func(c *library.Correction) { c.ReviewBy = "soon" }, "sections": func(c *library.Correction) { c.Sections = []string{"none"} },
	} {
		bad := c
		spoil(&bad)
		if _, err := w.Correct(t.Context(), marta, id, bad); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a wrong %s is %v", name, err)
		}
	}
	c.ID = "none"
	_, err = w.Correct(t.Context(), marta, id, c)
	wantCode(t, "a change of none", err, "not_found")
	w.must(w.Uncorrect(t.Context(), marta, id, kept.ID))
	wantCode(t, "taking it back twice", w.Uncorrect(t.Context(), marta, id, kept.ID), "not_found")
}

func TestTextsOfTheCurriculumAreReadOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, id := range []document.ID{"source:handbook", "lesson:ground.basics"} {
		_, err := w.Change(t.Context(), marta, id, library.Patch{})
		wantCode(t, "a change", err, "read_only")
		_, err = w.Renew(t.Context(), marta, id, upload(first))
		wantCode(t, "an edition", err, "read_only")
		wantCode(t, "taking a correction back", w.Uncorrect(t.Context(), marta, id, "E-1"), "read_only")
	}
	o, err := w.Open(t.Context(), marta, "source:handbook", 0)
	if err != nil || len(o.Corrections) != 1 || o.Corrections[0].Sections[0] != "one" || o.Text.Sections[1].Passages[0].Text != "About force." {
		t.Errorf("the source = %+v, %v", o, err)
	}
	l, err := w.Open(t.Context(), marta, "lesson:ground.basics", 0)
	if err != nil || l.Title != "Basics & more" || l.Text.Passages() != 3 || l.Text.Sections[1].Heading != "R & D" || l.Text.Sections[0].Passages[0].Text != "Read this one." {
		t.Errorf("the lesson = %+v, %v", l, err)
	}
	if _, err := w.Open(t.Context(), marta, "lesson:ground.none", 0); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a lesson of nobody: %v", err)
	}
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.imported()
	one := w.anchoredQuestion(id, "One?", "consent", 1, "ground.basics.o1")
	two := w.anchoredQuestion(id, "Two?", "consent", 1, "ground.basics.o1", "ground.basics.o2")
	c, err := w.Coverage(t.Context(), marta, id)
	w.must(err)
	got := map[string]int{}
	for _, s := range c.Sections {
		for _, p := range s.Passages {
			got[fmt.Sprintf("%s/%d", s.Slug, p.Number)] = len(p.Questions)
		}
	}
	if diff := cmp.Diff(map[string]int{"patrols/1": 0, "patrols/2": 0, "consent/1": 2}, got); diff != "" {
		t.Errorf("passages (-want +got):\n%s (%s, %s)", diff, one, two)
	}
	spans := c.Sections[1].Passages[0].Spans
	if len(spans) != 2 || spans[0].Question == spans[1].Question || spans[0].Start != 0 || spans[0].End == 0 {
		t.Errorf("spans = %+v", spans)
	}
	want := []library.OutcomeCoverage{{ID: "ground.basics.o1", Text: "Name them.", Questions: 2}, {ID: "ground.basics.o2", Text: "Use them.", Questions: 1}}
	if diff := cmp.Diff(want, c.Outcomes); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	source, err := w.Coverage(t.Context(), marta, "source:handbook")
	if err != nil || len(source.Sections[0].Passages[0].Questions) != 1 || len(source.Sections[1].Passages[0].Questions) != 0 {
		t.Errorf("coverage of a source = %+v, %v", source, err)
	}
	lesson, err := w.Coverage(t.Context(), marta, "lesson:ground.basics")
	want = []library.OutcomeCoverage{{ID: "ground.basics.o1", Text: "Name them.", Questions: 1}, {ID: "ground.basics.o2", Text: "Use them.", Questions: 0}}
	if diff := cmp.Diff(want, lesson.Outcomes); err != nil || diff != "" {
		t.Errorf("outcomes of a lesson (-want +got), %v:\n%s", err, diff)
	}
}

func TestDrafts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made, err := w.Import(t.Context(), marta, upload(material))
	w.must(err)
	id := made.Head.ID
	drafts, err := w.Drafts(t.Context(), marta, id, "")
	w.must(err)
	if len(drafts) < 4 {
		t.Fatalf("%d drafts", len(drafts))
	}
	again, err := w.Drafts(t.Context(), marta, id, "")
	w.must(err)
	if diff := cmp.Diff(drafts, again); diff != "" {
		t.Errorf("twice the same (-first +again):\n%s", diff)
	}
	of, err := w.Drafts(t.Context(), marta, id, "consent")
	w.must(err)
	for _, d := range of {
		if d.Question.Anchors[0].Section != "consent" || d.Question.Anchors[0].Document != string(id) {
			t.Errorf("a draft of another section: %+v", d)
		}
	}
	added, err := w.Accept(t.Context(), marta, drafts[0].ID, nil, []string{"Drafted"})
	w.must(err)
	e, err := w.bank.Entry(t.Context(), marta, added.ID)
	if err != nil || e.State != bank.Draft || e.Tags[0] != "drafted" || len(e.Question.Anchors) == 0 || e.Author != marta.ID {
		t.Errorf("accepted = %+v, %v", e, err)
	}
	_, err = w.Accept(t.Context(), marta, drafts[0].ID, nil, nil)
	wantCode(t, "accepting twice", err, "decided")
	edited := drafts[1].Question
	edited.Stem, edited.Anchors = "In other words: "+edited.Stem, nil
	taken, err := w.Accept(t.Context(), marta, drafts[1].ID, &edited, nil)
	w.must(err)
	if e, err = w.bank.Entry(t.Context(), marta, taken.ID); err != nil || len(e.Question.Anchors) == 0 {
		t.Errorf("an edited draft has no anchor: %+v, %v", e, err)
	}
	rest, err := w.Drafts(t.Context(), marta, id, "")
	w.must(err)
	w.must(w.Reject(t.Context(), marta, rest[0].ID, "Too easy."))
	left, err := w.Drafts(t.Context(), marta, id, "")
	if err != nil || len(left) != len(drafts)-3 {
		t.Errorf("%d drafts are left of %d, %v", len(left), len(drafts), err)
	}
	w.wantCounts(drafts[0].Rule, drafts[1].Rule, rest[0].Rule, len(drafts))
	for _, bad := range []library.DraftID{"", "x", "x.1.none", library.DraftID("x.1." + id), library.DraftID("x.9." + id), "x.0.y"} {
		wantCode(t, fmt.Sprintf("Reject(%q)", bad), w.Reject(t.Context(), marta, bad, ""), "not_found")
	}
	_, err = w.Renew(t.Context(), marta, id, upload(material+"\nMore.\n"))
	w.must(err)
	wantCode(t, "a draft of an old edition", w.Reject(t.Context(), marta, left[0].ID, ""), "edition")
}

func (w *world) wantCounts(accepted, edited, rejected drafting.Rule, proposed int) {
	w.Helper()
	counts, err := w.RuleCounts(w.Context(), marta)
	w.must(err)
	sum := library.RuleCount{}
	for i, c := range counts {
		if c.Rule != drafting.Rules[i] {
			w.Errorf("rule %d is %s", i, c.Rule)
		}
		sum.Proposed, sum.Accepted, sum.Edited, sum.Rejected = sum.Proposed+c.Proposed, sum.Accepted+c.Accepted, sum.Edited+c.Edited, sum.Rejected+c.Rejected
		if c.Rule == accepted && c.Accepted != 1 || c.Rule == edited && c.Edited != 1 || c.Rule == rejected && c.Rejected != 1 {
			w.Errorf("counts of %s: %+v", c.Rule, c)
		}
	}
	if diff := cmp.Diff(library.RuleCount{Proposed: proposed, Accepted: 1, Edited: 1, Rejected: 1}, sum); diff != "" {
		w.Errorf("counts (-want +got):\n%s", diff)
	}
}

// TestReopen takes decisions back: a draft that was left, one that became a
// question, and one whose question somebody has changed since.
func TestReopen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made, err := w.Import(t.Context(), marta, upload(material))
	w.must(err)
	drafts, err := w.Drafts(t.Context(), marta, made.Head.ID, "")
	w.must(err)
	var became [3]bank.Added
	for i := range became {
		became[i], err = w.Accept(t.Context(), marta, drafts[i].ID, nil, nil)
		w.must(err)
	}
	w.must(w.Reject(t.Context(), marta, drafts[3].ID, ""))
	e, err := w.bank.Entry(t.Context(), marta, became[1].ID)
	w.must(err)
	q := e.Question
	q.Stem = "In other words: " + q.Stem
	if _, err := w.bank.Edit(t.Context(), marta, e.ID(), bank.Edit{Question: q, Base: e.Version}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.bank.Move(t.Context(), marta, became[2].ID, bank.To{State: bank.Retired}); err != nil {
		t.Fatal(err)
	}
	w.must(w.Reopen(t.Context(), marta, drafts[0].ID))
	w.must(w.Reopen(t.Context(), marta, drafts[0].ID)) // it stays open
	w.must(w.Reopen(t.Context(), marta, drafts[3].ID))
	wantCode(t, "taking back what was edited", w.Reopen(t.Context(), marta, drafts[1].ID), "used")
	wantCode(t, "taking back what was retired", w.Reopen(t.Context(), marta, drafts[2].ID), "used")
	wantCode(t, "taking back nobody's", w.Reopen(t.Context(), marta, "x.1.none"), "not_found")
	_, err = w.bank.Entry(t.Context(), marta, became[0].ID)
	wantCode(t, "the question that was taken back", err, "not_found")
	left, err := w.Drafts(t.Context(), marta, made.Head.ID, "")
	if err != nil || len(left) != len(drafts)-2 {
		t.Errorf("%d drafts are left of %d, %v", len(left), len(drafts), err)
	}
	again, err := w.Accept(t.Context(), marta, drafts[0].ID, nil, nil)
	if err != nil || again.Known || again.ID == became[0].ID || again.State != bank.Draft {
		t.Errorf("accepted again: %+v, %v", again, err)
	}
	if _, err := w.kept.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestReopenLeavesWhatWasThere: a draft whose text was in the bank already takes
// nothing out of it.
func TestReopenLeavesWhatWasThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made, err := w.Import(t.Context(), marta, upload(material))
	w.must(err)
	drafts, err := w.Drafts(t.Context(), marta, made.Head.ID, "")
	w.must(err)
	there, err := w.bank.Add(t.Context(), marta, []bank.NewQuestion{{Question: drafts[0].Question}})
	w.must(err)
	added, err := w.Accept(t.Context(), marta, drafts[0].ID, nil, nil)
	if err != nil || !added.Known {
		t.Fatalf("accepted = %+v, %v", added, err)
	}
	w.must(w.Reopen(t.Context(), marta, drafts[0].ID))
	if _, err := w.bank.Entry(t.Context(), marta, there[0].ID); err != nil {
		t.Errorf("the question that was there before: %v", err)
	}
}

func TestOnlyTrainersSeeIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.imported()
	calls := map[string]func() error{
		"Documents":  func() error { _, err := w.Documents(t.Context(), amina, library.Filter{}); return err },
		"Open":       func() error { _, err := w.Open(t.Context(), amina, id, 0); return err },
		"Import":     func() error { _, err := w.Import(t.Context(), amina, upload(first)); return err },
		"Renew":      func() error { _, err := w.Renew(t.Context(), amina, id, upload(first)); return err },
		"Change":     func() error { _, err := w.Change(t.Context(), amina, id, library.Patch{}); return err },
		"Correct":    func() error { _, err := w.Correct(t.Context(), amina, id, library.Correction{}); return err },
		"Uncorrect":  func() error { return w.Uncorrect(t.Context(), amina, id, "x") },
		"Coverage":   func() error { _, err := w.Coverage(t.Context(), amina, id); return err },
		"Drafts":     func() error { _, err := w.Drafts(t.Context(), amina, id, ""); return err },
		"Accept":     func() error { _, err := w.Accept(t.Context(), amina, "x.1.y", nil, nil); return err },
		"Reject":     func() error { return w.Reject(t.Context(), amina, "x.1.y", "") },
		"Reopen":     func() error { return w.Reopen(t.Context(), amina, "x.1.y") },
		"RuleCounts": func() error { _, err := w.RuleCounts(t.Context(), amina); return err },
	}
	for name, call := range calls {
		wantCode(t, name, call(), "forbidden")
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.imported()
	var seen []document.ID
	f := library.Filter{Limit: 1}
	for {
		page, err := w.Documents(t.Context(), marta, f)
		w.must(err)
		if page.Total != 3 {
			t.Fatalf("total %d", page.Total)
		}
		for _, h := range page.Heads {
			seen = append(seen, h.ID)
		}
		if page.Next == "" {
			break
		}
		f.Cursor = page.Next
	}
	if diff := cmp.Diff([]document.ID{id, "source:handbook", "lesson:ground.basics"}, seen); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if page, err := w.Documents(t.Context(), marta, library.Filter{Search: "BASICS more"}); err != nil || page.Total != 1 {
		t.Errorf("a search finds %d, %v", page.Total, err)
	}
	for _, bad := range []library.Filter{{Cursor: "!"}, {Cursor: "bm9uZQ"}, {Limit: 201}, {Limit: -1}} {
		if _, err := w.Documents(t.Context(), marta, bad); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}
