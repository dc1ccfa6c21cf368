package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/internal/audit"
	"muster/internal/bank"
	"muster/internal/errs"
	"muster/internal/question"
)

func bankCases() map[string]func(*testing.T, *fixture) {
	return map[string]func(*testing.T, *fixture){
		"a question comes back as it was kept":  testBankEntry,
		"a question keeps its whole history":    testBankHistory,
		"a bank is changed whole or not at all": testBankRefusal,
		"changes of a bank are seen in order":   testBankRevisions,
		"questions are found by what they are":  testBankFind,
		"pages show each question once":         testBankPages,
		"state changes are never changed":       testBankAppendOnly,
		"a bank of 20,000 is found in no time":  testBankSpeed,
	}
}

// kept makes a step that keeps a new question with a text in it.
func keptStep(t *testing.T, id, stem string, change func(*bank.Entry)) bank.Step {
	t.Helper()
	q := question.Question{
		ID: question.ID(id), Pool: question.Practice, Kind: question.Single, Bloom: "apply", Difficulty: 2, Outcomes: []string{"patrol.basics.o1", "patrol.basics.o1"},
		Stem: stem, Options: []question.Option{{Text: "“Ünïcödé” 𝟚", Correct: true}}, Review: question.Unreviewed,
		Anchors: []question.Anchor{{Document: "d1", Edition: 2, Section: "s", Paragraph: 3, Start: 1, End: 5, Quote: "so"}},
	}
	e := bank.Entry{
		Question: q, Number: 1, State: bank.Draft, Origin: bank.Authored, Author: trainee, AuthorName: "A. Person", ChangedBy: trainee,
		ChangedAt: started, Tags: []string{"field", "new"},
	}
	change(&e)
	return retext(t, bank.Step{Entry: e, Fresh: true}, "first")
}

// retext makes the question of a step its newest version.
func retext(t *testing.T, step bank.Step, note string) bank.Step {
	t.Helper()
	question.Identify(&step.Entry.Question)
	_, version, err := question.Encode(step.Entry.Question)
	must(t, err)
	e := &step.Entry
	e.Version = version
	step.Text = &bank.Version{Number: e.Number, Version: version, Author: e.Author, At: e.ChangedAt, Note: note}
	return step
}

// put keeps steps.
func (f *fixture) put(t *testing.T, steps ...bank.Step) {
	t.Helper()
	must(t, f.ChangeBank(t.Context(), bank.Selection{}, func([]bank.Entry) (bank.Change, error) {
		return bank.Change{Steps: steps, Audit: []audit.Entry{entry("question.add", "q")}}, nil
	}))
}

func asIs(*bank.Entry) {}

func testBankEntry(t *testing.T, f *fixture) {
	step := keptStep(t, "patrol.basics.q-1", "What?", func(e *bank.Entry) {
		e.Approved, e.Live, e.Origin, e.Written, e.Diverged = "v0", true, bank.FromContent, "v1", true
		e.StaleAt, e.StaleReason = started.Add(time.Hour), "The passage changed."
	})
	f.put(t, step)
	got, err := f.BankEntry(t.Context(), "patrol.basics.q-1")
	must(t, err)
	if diff := cmp.Diff(step.Entry, got); diff != "" {
		t.Errorf("BankEntry (-want +got):\n%s", diff)
	}
	e := got
	e.StaleAt, e.StaleReason, e.Tags, e.State, e.Live = time.Time{}, "", []string{"other"}, bank.Retired, false
	f.put(t, bank.Step{Entry: e})
	if got, err = f.BankEntry(t.Context(), "patrol.basics.q-1"); err != nil || !cmp.Equal(e, got) {
		t.Errorf("BankEntry after a change (-want +got), %v:\n%s", err, cmp.Diff(e, got))
	}
	_, err = f.BankEntry(t.Context(), "no.such.q")
	wantKind(t, "BankEntry of none", err, errs.NotFound)
	program := keptStep(t, "patrol.basics.p1", "Why?", func(e *bank.Entry) { e.Author, e.AuthorName, e.Tags = bank.Program, "", []string{} })
	f.put(t, program)
	if got, err = f.BankEntry(t.Context(), "patrol.basics.p1"); err != nil || !cmp.Equal(program.Entry, got) {
		t.Errorf("BankEntry of the program's (-want +got), %v:\n%s", err, cmp.Diff(program.Entry, got))
	}
}

func testBankHistory(t *testing.T, f *fixture) {
	step := keptStep(t, "patrol.basics.q-1", "What?", asIs)
	f.put(t, step)
	first := *step.Text
	move := bank.Move{From: bank.Draft, To: bank.InReview, Version: first.Version, By: trainee, At: started.Add(time.Minute), Note: "“Ünïcödé”"}
	step = bank.Step{Entry: step.Entry, Move: &move}
	f.put(t, step)
	e := step.Entry
	e.Question.Stem, e.Question.Outcomes, e.Question.Anchors, e.Number = "What now?", []string{"patrol.basics.o2"}, nil, 2
	step = retext(t, bank.Step{Entry: e}, "clearer")
	back := bank.Move{From: bank.InReview, To: bank.Draft, Version: step.Entry.Version, By: trainee, At: started.Add(2 * time.Minute)}
	step.Move = &back
	f.put(t, step)
	got, err := f.BankHistory(t.Context(), e.ID())
	must(t, err)
	second := *step.Text
	first.AuthorName, second.AuthorName, move.ByName, back.ByName = "A. Person", "A. Person", "A. Person", "A. Person"
	want := bank.History{Versions: []bank.Version{second, first}, Moves: []bank.Move{back, move}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("BankHistory (-want +got):\n%s", diff)
	}
	texts, err := f.QuestionVersions(t.Context(), []question.Version{first.Version, second.Version})
	if err != nil || texts[first.Version].Stem != "What?" || texts[second.Version].Stem != "What now?" {
		t.Errorf("the texts are %+v, %v", texts, err)
	}
	for filter, want := range map[bank.Filter]int{{Outcome: "patrol.basics.o1"}: 0, {Outcome: "patrol.basics.o2"}: 1, {Document: "d1"}: 0, {Search: "now"}: 1} {
		if page := f.find(t, filter); page.Total != want {
			t.Errorf("%+v finds %d, want %d: the newest text decides", filter, page.Total, want)
		}
	}
}

func testBankRefusal(t *testing.T, f *fixture) {
	f.put(t, keptStep(t, "patrol.basics.q-1", "What?", asIs))
	before, err := f.BankHead(t.Context())
	must(t, err)
	half := keptStep(t, "patrol.basics.q-2", "Why?", asIs)
	again := keptStep(t, "patrol.basics.q-1", "What?", asIs) // which is there
	for name, decide := range map[string]func([]bank.Entry) (bank.Change, error){
		"a refusal":    func([]bank.Entry) (bank.Change, error) { return bank.Change{Steps: []bank.Step{half}}, errRefused },
		"half a write": func([]bank.Entry) (bank.Change, error) { return bank.Change{Steps: []bank.Step{half, again}}, nil },
		"nothing":      func([]bank.Entry) (bank.Change, error) { return bank.Change{}, nil },
	} {
		err := f.ChangeBank(t.Context(), bank.Selection{}, decide)
		if (err == nil) != (name == "nothing") || name == "a refusal" && !errors.Is(err, errRefused) {
			t.Errorf("ChangeBank of %s = %v", name, err)
		}
	}
	after, err := f.BankHead(t.Context())
	must(t, err)
	if after != before || f.find(t, bank.Filter{}).Total != 1 {
		t.Errorf("the head went from %+v to %+v: what was not done is there", before, after)
	}
}

func testBankRevisions(t *testing.T, f *fixture) {
	var changes sync.WaitGroup
	const many = 8
	for i := range many {
		step := keptStep(t, fmt.Sprintf("patrol.basics.q-%d", i), fmt.Sprint("What of ", i), asIs)
		changes.Go(func() {
			if err := f.ChangeBank(t.Context(), bank.Selection{}, func([]bank.Entry) (bank.Change, error) {
				return bank.Change{Steps: []bank.Step{step}}, nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
	changes.Wait()
	must(t, f.ChangeBank(t.Context(), bank.Selection{}, func([]bank.Entry) (bank.Change, error) { return bank.Change{Content: "c1"}, nil }))
	head, err := f.BankHead(t.Context())
	if err != nil || head != (bank.Head{Revision: many + 1, Content: "c1"}) {
		t.Errorf("BankHead = %+v, %v", head, err)
	}
	all, last, err := f.BankStandings(t.Context(), -1)
	must(t, err)
	late, _, err := f.BankStandings(t.Context(), many-1)
	must(t, err)
	if len(all) != many || last != many || len(late) != 1 {
		t.Errorf("%d standings up to %d, %d after %d", len(all), last, len(late), many-1)
	}
	e, err := f.BankEntry(t.Context(), "patrol.basics.q-3")
	must(t, err)
	e.Approved, e.Live, e.StaleAt = e.Version, true, started
	f.put(t, bank.Step{Entry: e})
	late, _, err = f.BankStandings(t.Context(), many+1)
	must(t, err)
	want := []bank.Standing{{ID: e.ID(), Approved: e.Version, Live: true, Stale: true, Tags: []string{"field", "new"}}}
	if diff := cmp.Diff(want, late); diff != "" {
		t.Errorf("BankStandings (-want +got):\n%s", diff)
	}
}

// find finds questions in the order of their ids.
func (f *fixture) find(t *testing.T, filter bank.Filter) bank.Page {
	t.Helper()
	if filter.Sort == "" {
		filter.Sort = "id"
	}
	if filter.Limit == 0 {
		filter.Limit = bank.MaxPage
	}
	page, err := f.BankEntries(t.Context(), filter)
	must(t, err)
	return page
}

func testBankFind(t *testing.T, f *fixture) {
	f.put(t,
		keptStep(t, "patrol.basics.q-1", "Where is the Bridge?", asIs),
		keptStep(t, "patrol.basics.q-2", "Why Élan?", func(e *bank.Entry) {
			e.Question.Pool, e.Question.Kind, e.Question.Difficulty, e.State, e.Tags = question.Exam, question.Numeric, 3, bank.Approved, []string{"old"}
		}),
		keptStep(t, "bank.general.q-3", "Who?", func(e *bank.Entry) {
			e.Question.Outcomes, e.Question.Anchors, e.Origin, e.StaleAt, e.Tags = []string{}, nil, bank.FromContent, started, []string{}
		}))
	yes, no := true, false
	for name, tt := range map[string]struct {
		filter bank.Filter
		want   string
	}{
		"all": {bank.Filter{}, "3 1 2"}, "by words": {bank.Filter{Search: "BRIDGE where"}, "1"}, "by words in two": {bank.Filter{Search: "bridge élan"}, ""},
		"folded": {bank.Filter{Search: "elan"}, "2"}, "by id": {bank.Filter{Search: "bank.general.q-3"}, "3"}, "by an option": {bank.Filter{Search: "unicode"}, "3 1 2"},
		"by a sign": {bank.Filter{Search: "%"}, "3 1 2"}, "by state": {bank.Filter{State: bank.Approved}, "2"}, "by pool": {bank.Filter{Pool: question.Exam}, "2"},
		"by kind": {bank.Filter{Kind: question.Single}, "3 1"}, "by module": {bank.Filter{Module: "patrol"}, "1 2"}, "by lesson": {bank.Filter{Module: "patrol", Lesson: "other"}, ""},
		"by outcome": {bank.Filter{Outcome: "patrol.basics.o1"}, "1 2"}, "by tag": {bank.Filter{Tag: "field"}, "1"}, "by difficulty": {bank.Filter{Difficulty: 3}, "2"},
		"stale": {bank.Filter{Stale: &yes}, "3"}, "not stale": {bank.Filter{Stale: &no}, "1 2"}, "by origin": {bank.Filter{Origin: bank.Authored}, "1 2"},
		"by document": {bank.Filter{Document: "d1"}, "1 2"}, "by two": {bank.Filter{Document: "d1", Pool: question.Practice}, "1"},
	} {
		page := f.find(t, tt.filter)
		var got []string
		for _, e := range page.Entries {
			got = append(got, string(e.ID())[len(e.ID())-1:])
		}
		if strings.Join(got, " ") != tt.want || page.Total != len(got) || page.Next != "" {
			t.Errorf("%s finds %q of %d, want %q", name, got, page.Total, tt.want)
		}
	}
	prints := []string{bank.Print(f.find(t, bank.Filter{Tag: "old"}).Entries[0].Question), "other"}
	for _, tt := range []struct {
		of   bank.Selection
		want int
	}{{bank.Selection{Prints: prints}, 1}, {bank.Selection{Origin: bank.FromContent}, 1}, {bank.Selection{IDs: []question.ID{"patrol.basics.q-1", "no"}}, 1}, {bank.Selection{}, 0}} {
		must(t, f.ChangeBank(t.Context(), tt.of, func(there []bank.Entry) (bank.Change, error) {
			if len(there) != tt.want {
				t.Errorf("%+v selects %d, want %d", tt.of, len(there), tt.want)
			}
			return bank.Change{}, nil
		}))
	}
}

func testBankPages(t *testing.T, f *fixture) {
	var steps []bank.Step
	for i := range 23 {
		steps = append(steps, keptStep(t, fmt.Sprintf("patrol.basics.q-%02d", i), fmt.Sprint("What of ", i), func(e *bank.Entry) {
			e.ChangedAt = started.Add(time.Duration(i%5) * time.Second)
			e.Question.Difficulty = 1 + i%3
		}))
	}
	f.put(t, steps...)
	for _, sort := range bank.Sorts {
		var all []bank.Entry
		filter := bank.Filter{Sort: sort, Limit: 4}
		for pages := 0; pages == 0 || filter.Cursor != ""; pages++ {
			page := f.find(t, filter)
			if page.Total != len(steps) {
				t.Fatalf("a page by %s counts %d", sort, page.Total)
			}
			all, filter.Cursor = append(all, page.Entries...), page.Next
		}
		whole := f.find(t, bank.Filter{Sort: sort}).Entries
		if diff := cmp.Diff(whole, all, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("pages by %s (-whole +pages):\n%s", sort, diff)
		}
		ids := map[question.ID]bool{}
		for _, e := range all {
			ids[e.ID()] = true
		}
		if len(ids) != len(steps) {
			t.Errorf("pages by %s show %d questions, want %d", sort, len(ids), len(steps))
		}
	}
	for _, cursor := range []string{"!", "bm90aGluZw", "eApxLTE", "AApx"} {
		_, err := f.BankEntries(t.Context(), bank.Filter{Sort: "changed", Limit: 5, Cursor: cursor})
		wantKind(t, "cursor "+cursor, err, errs.Invalid)
	}
}

func testBankAppendOnly(t *testing.T, f *fixture) {
	step := keptStep(t, "patrol.basics.q-1", "What?", asIs)
	step.Move = &bank.Move{From: bank.Draft, To: bank.InReview, Version: step.Entry.Version, By: trainee, At: started}
	f.put(t, step)
	for _, statement := range []string{"UPDATE bank_state_changes SET note = 'x'", "DELETE FROM bank_state_changes"} {
		if _, err := f.raw(t).ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s is allowed", statement)
		}
	}
}

// testBankSpeed: a page of a bank of 20,000 questions comes within 100 ms, by
// whatever it is asked for.
func testBankSpeed(t *testing.T, f *fixture) {
	if testing.Short() {
		t.Skip("20,000 questions take a while to keep")
	}
	f.fill(t, 20_000)
	const limit = 100 * time.Millisecond
	no := false
	filters := map[string]bank.Filter{
		"all": {}, "words": {Search: "patrol checkpoint 19999"}, "a common word": {Search: "checkpoint"}, "no such word": {Search: "zebra"}, "a tag": {Tag: "tag 7"},
		"a lesson": {Module: "patrol", Lesson: "l3", Pool: question.Exam}, "drafts": {State: bank.Draft, Stale: &no}, "an outcome": {Outcome: "patrol.l3.o1"},
	}
	for name, filter := range filters {
		for _, sort := range []bank.Sort{"-changed", "id", "-difficulty"} {
			filter.Sort, filter.Limit = sort, 50
			best := time.Hour
			for try := 0; try < 5 || try < 50 && best > limit; try++ { // other tests run at the same time
				begun := time.Now()
				f.find(t, filter)
				best = min(best, time.Since(begun))
			}
			t.Logf("%s by %s: %v", name, sort, best)
			if best > limit {
				t.Errorf("%s by %s takes %v, want %v", name, sort, best, limit)
			}
		}
	}
}

// fill keeps many questions of usual length.
func (f *fixture) fill(t *testing.T, many int) {
	t.Helper()
	usual := strings.Repeat("The patrol reports what it saw at the checkpoint and to whom. ", 3)
	var steps []bank.Step
	for i := range many {
		lesson := fmt.Sprintf("patrol.l%d", i%40)
		steps = append(steps, keptStep(t, fmt.Sprintf("%s.q-%05d", lesson, i), fmt.Sprint("What of ", i, "? ", usual), func(e *bank.Entry) {
			e.Question.Outcomes, e.Question.Pool = []string{lesson + ".o1"}, []question.Pool{question.Practice, question.Exam}[i%2]
			e.Question.Options = []question.Option{{Text: usual, Correct: true}, {Text: "It " + usual}, {Text: "He " + usual}}
			e.Question.Explanation, e.Question.Difficulty = usual+usual, 1+i%3
			e.Tags, e.ChangedAt = []string{fmt.Sprint("tag ", i%100)}, started.Add(time.Duration(i)*time.Second)
		}))
	}
	begun := time.Now()
	for part := range slices.Chunk(steps, 500) {
		f.put(t, part...)
	}
	t.Logf("%d questions kept in %v", many, time.Since(begun))
}
