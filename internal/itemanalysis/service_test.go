package itemanalysis

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"muster/internal/curriculum"
	"muster/internal/errs"
	"muster/internal/identity"
	"muster/internal/question"
)

func TestAQuizOfManyAttempts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowd("m.pretest", 100, 0)
	w.crowd("m.check", 300, 0.2)
	w.analysed(t, "m.pretest", First)
	a := w.analysed(t, "m.check", First)
	if a.People != 300 || a.Test.Attempts != 300 || a.Test.Max != 10 || len(a.Items) != 10 || a.SecondsHalf != 600 {
		t.Fatalf("%d people, %d attempts of %v, %d items, %v s", a.People, a.Test.Attempts, a.Test.Max, len(a.Items), a.SecondsHalf)
	}
	if a.Rasch == nil || !a.Rasch.Converged || len(a.Rasch.Information) == 0 {
		t.Errorf("the model is %+v", a.Rasch)
	}
	item := a.item(t, "m.l.q3")
	if item.Seen != 300 || item.Answered != 300 || item.Seconds.Median != 20 || !item.Rasch.Difficulty.Defined() {
		t.Errorf("seen %d, answered %d, %v s, difficulty %v", item.Seen, item.Answered, item.Seconds.Median, item.Rasch.Difficulty)
	}
	if math.Abs(float64(item.PPDI-(item.Statistic.Facility-item.Before))) > 1e-12 || item.PPDI <= 0 {
		t.Errorf("PPDI %v of %v and %v", item.PPDI, item.Before, item.Statistic.Facility)
	}
	picked := 0
	for _, o := range item.Options {
		picked += o.Picked
		if o.Key != (o.Rest > 0.1) || len(o.Curve) != 5 || o.Key != (o.Curve[4] > o.Curve[0]) {
			t.Errorf("option %+v", o)
		}
	}
	if picked != 300 || item.Statistic.Guess != 0.25 || !has(item.Verdicts, "sound") {
		t.Errorf("%d picks, guess %v, %+v", picked, item.Statistic.Guess, item.Verdicts)
	}
	lines, err := w.Quizzes(t.Context(), trainer)
	must(t, err)
	if len(lines) != 3 || lines[0].Attempts != 0 || lines[2].Quiz.Slug != "m.check" || lines[2].Attempts != 300 || lines[2].Alarms != 0 {
		t.Errorf("the list is %+v", lines)
	}
}

// TestAWrongKeyIsSuspected: from 20 responses on, and not before.
func TestAWrongKeyIsSuspected(t *testing.T) {
	t.Parallel()
	for people, want := range map[int]bool{19: false, 20: true, 200: true} {
		w := newWorld(t, func(questions []question.Question) { // the key is not what those who know choose
			options := questions[4].Options
			options[0].Correct, options[1].Correct = false, true
		})
		for p := range people {
			knows := p%2 == 0
			answers := make([]string, 10)
			for i := range answers {
				answers[i] = map[bool]string{true: "right", false: "tempting"}[knows != (p%10 == i)]
			}
			answers[4] = map[bool]string{true: "right", false: "tempting"}[knows]
			w.sit("m.check", identity.UserID(fmt.Sprint("p", p)), 1, answers)
		}
		a := w.analysed(t, "m.check", First)
		for _, item := range a.Items {
			if got := has(item.Verdicts, "key_suspected"); got != (want && item.Question == "m.l.q4") {
				t.Errorf("%d people, %s: suspected %t: %+v", people, item.Question, got, item.Verdicts)
			}
		}
		if has(a.Verdicts, "key_suspected") != want || want != (a.summary().Alarms == 1) {
			t.Errorf("%d people: the quiz says %+v", people, a.Verdicts)
		}
	}
}

func TestSmallNumbersAreSaidToBeSmall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowd("m.check", 12, 0.2)
	a := w.analysed(t, "m.check", First)
	item := a.item(t, "m.l.q0")
	if !has(a.Verdicts, "few_attempts") || !has(item.Verdicts, "few_responses") || a.Rasch != nil || item.Rasch.Difficulty.Defined() {
		t.Errorf("12 attempts: %+v, %+v", a.Verdicts, item.Verdicts)
	}
	for g, n := range item.Statistic.Curves.Responses {
		for _, o := range item.Options {
			if o.Curve[g].Defined() != (n >= enoughToShow) {
				t.Errorf("a group of %d is shown: %t", n, o.Curve[g].Defined())
			}
		}
	}
	none := w.analysed(t, "m.pretest", All)
	if none.Test.Attempts != 0 || len(none.Items) != 0 || !has(none.Verdicts, "no_attempts") {
		t.Errorf("a quiz that nobody took: %+v", none)
	}
}

func TestFirstLastAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for p := range 3 {
		who := identity.UserID(fmt.Sprint("p", p))
		w.sit("m.check", who, 2, []string{"right", "right"})
		w.sit("m.check", who, 1, []string{"odd", "right"})
	}
	for which, want := range map[Which]struct {
		attempts int
		facility float64
	}{First: {3, 0}, Last: {3, 1}, All: {6, 0.5}} {
		a := w.analysed(t, "m.check", which)
		if a.Attempts != which || a.Test.Attempts != want.attempts || a.People != 3 || float64(a.Items[0].Statistic.Facility) != want.facility {
			t.Errorf("%s: %d attempts of %d people, facility %v, want %+v", which, a.Test.Attempts, a.People, a.Items[0].Statistic.Facility, want)
		}
	}
}

// TestVersions: a change of words is the same item, a change of the key another.
func TestVersions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("m.check", "a", 1, []string{"right"})
	w.questions[0].Stem = "Which one?"
	w.sit("m.check", "b", 1, []string{"odd"})
	w.questions[0].Options[0].Correct, w.questions[0].Options[3].Correct = false, true
	w.sit("m.check", "c", 1, []string{"odd"})
	a := w.analysed(t, "m.check", First)
	if len(a.Items) != 2 {
		t.Fatalf("%d items, want 2", len(a.Items))
	}
	current := a.item(t, "m.l.q0")
	_, items, err := w.Question(t.Context(), trainer, "m.check", "m.l.q0", First)
	must(t, err)
	if len(items) != 2 || len(current.Versions) != 2 || current.Statistic.Responses != 2 || current.Versions[0].Facility+current.Versions[1].Facility != 1 {
		t.Errorf("items %+v", items)
	}
	if _, _, err := w.Question(t.Context(), trainer, "m.check", "m.l.q9", First); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a question that nobody had: %v", err)
	}
}

func TestVoidItemsDoNotCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("m.check", "a", 1, []string{"right", "right"})
	w.shelf.scripts["m.check"][0].Items[0].Void = true
	if a := w.analysed(t, "m.check", First); len(a.Items) != 1 || a.Test.Max != 1 {
		t.Errorf("%d items of %v", len(a.Items), a.Test.Max)
	}
}

func TestWhoMaySee(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, role := range identity.Roles {
		actor := identity.Actor{ID: "x", Role: role}
		_, listErr := w.Quizzes(t.Context(), actor)
		_, err := w.Quiz(t.Context(), actor, "m.check", First)
		if allowed := role == identity.Trainer || role == identity.Admin; allowed != (err == nil) || allowed != (listErr == nil) {
			t.Errorf("%s: %v, %v", role, listErr, err)
		}
	}
	for _, quiz := range []curriculum.QuizSlug{"m.story", "nothing"} {
		if _, err := w.Quiz(t.Context(), trainer, quiz, First); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%s: %v, want not found", quiz, err)
		}
	}
}

// TestRefreshLeavesAQuizAlone for a while, and makes up for what it does not know.
func TestRefreshLeavesAQuizAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowd("m.check", 5, 0.2)
	refresh := func(want int) {
		t.Helper()
		if done, err := w.Refresh(t.Context()); err != nil || done != want {
			t.Fatalf("Refresh = %d, %v, want %d", done, err, want)
		}
	}
	refresh(1) // there before the program was
	refresh(0)
	for range 3 {
		must(t, w.Note(t.Context(), w.shelf.scripts["m.check"][0].Attempt))
		w.now = w.now.Add(time.Second)
	}
	refresh(0)
	w.now = w.now.Add(rest)
	reads := w.shelf.reads
	refresh(1)
	if w.shelf.reads != reads+1 {
		t.Errorf("three grades were read %d times", w.shelf.reads-reads)
	}
	if a, err := w.Quiz(t.Context(), trainer, "m.check", First); err != nil || a.Revision != 2 {
		t.Errorf("revision %d, %v, want 2", a.Revision, err)
	}
}

// TestNobodyIsNamed: ids of people and of attempts stay out of what is kept.
func TestNobodyIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("m.check", "CANARY", 1, []string{"right", "odd"})
	w.analysed(t, "m.check", First)
	for name, k := range w.shelf.kept {
		if bytes.Contains(k.Document, []byte("CANARY")) || bytes.Contains(k.Summary, []byte("CANARY")) {
			t.Errorf("%s names who took the quiz", name)
		}
	}
}

func TestPicksAndGuesses(t *testing.T) {
	t.Parallel()
	no := false
	multiple := single("m.l.a")
	multiple.Kind, multiple.Options[2].Correct = question.Multiple, true
	judged := question.Question{ID: "m.l.b", Kind: question.Judgement, Options: []question.Option{{Text: "x", Grade: 3}, {Text: "y", Grade: 2}, {Text: "z", Grade: 1}, {Text: "w"}}}
	question.Identify(&judged)
	truth := single("m.l.c")
	truth.Kind, truth.Truth = question.TrueFalse, &no
	cloze := question.Question{ID: "m.l.d", Kind: question.Cloze, Stem: "____", Blanks: []question.Blank{{Accepted: []string{"x"}}}}
	tests := map[string]struct {
		q        question.Question
		response map[string]any
		picks    uint32
		key      uint32
		guess    float64 // below 0 = none
	}{
		"multiple":                {multiple, map[string]any{"choices": []question.OptionID{multiple.Options[0].ID, multiple.Options[3].ID}}, 0b1001, 0b0101, -1},
		"judgement":               {judged, map[string]any{"choice": judged.Options[1].ID}, 0b0010, 0b0001, 0.5},
		"a statement with reason": {truth, map[string]any{"value": false, "reason": truth.Options[1].ID}, 0b001010, 0b000110, 0.25 + 0.125},
		"a statement half done":   {truth, map[string]any{"value": true}, 0b000001, 0b000110, 0.375},
		"no list to pick from":    {cloze, map[string]any{"blanks": []string{"x"}}, 0, 0, 0},
		"nonsense":                {judged, map[string]any{"choice": "nothing"}, 0, 0b0001, 0.5},
	}
	for name, test := range tests {
		raw, err := json.Marshal(test.response)
		must(t, err)
		list, key := choices(test.q), uint32(0)
		for o, c := range list {
			if c.key {
				key |= 1 << o
			}
		}
		if got := picks(test.q, list, raw); got != test.picks || key != test.key {
			t.Errorf("%s: picks %b of key %b, want %b of %b", name, got, key, test.picks, test.key)
		}
		if got := guess(test.q); got.Defined() != (test.guess >= 0) || got.Defined() && math.Abs(float64(got)-test.guess) > 1e-12 {
			t.Errorf("%s: guess %v, want %v", name, got, test.guess)
		}
	}
}

// TestRecords: a question is known from all quizzes that had it.
func TestRecords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("m.pretest", "a", 1, []string{"odd", "right"})
	w.sit("m.check", "a", 1, []string{"right"})
	w.sit("m.check", "b", 1, []string{"right"})
	w.analysed(t, "m.pretest", First)
	w.analysed(t, "m.check", First)
	got, err := w.Records(t.Context(), []question.ID{"m.l.q0", "m.l.q9"})
	must(t, err)
	if r := got["m.l.q0"]; len(got) != 1 || r.Answers != 3 || math.Abs(r.Facility-2.0/3) > 1e-12 || r.Seconds != 20 {
		t.Errorf("records %+v", got)
	}
}

// TestTableIsThePage: the file has the figures of the page.
func TestTableIsThePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowd("m.check", 40, 0.2)
	a := w.analysed(t, "m.check", First)
	table := a.Table("Check")
	for r, item := range a.Items {
		row := table.Rows[r]
		if len(row) != len(table.Columns) || row[0] != string(item.Question) || row[12] != float64(item.Statistic.Facility) || row[20] != nil {
			t.Errorf("row %v of item %+v", row, item)
		}
	}
	name, file, err := w.Export(t.Context(), trainer, "m.check", First, "csv")
	must(t, err)
	if name != "items-m.check-first-2027-01-14.csv" || bytes.Count(file, []byte("\r\n")) != 11 {
		t.Errorf("%s:\n%s", name, file)
	}
}
