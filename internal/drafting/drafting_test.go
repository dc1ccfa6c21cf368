package drafting_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"muster/internal/document"
	"muster/internal/drafting"
	"muster/internal/question"
)

// good is the score from which a draft counts for the yield.
const good = 0.5

// TestYield holds how much is proposed for every 500 words: three usable ones and
// some to spare, by the usable shares that were judged.
func TestYield(t *testing.T) {
	t.Parallel()
	terms := glossary(t)
	yield := func(name string, docs []document.Document, least float64) {
		words, drafts := 0, 0
		for _, doc := range docs {
			words += doc.Words
			drafts += len(drafting.From(doc, terms, drafting.Options{Least: good}))
		}
		if got := float64(drafts) * 500 / float64(words); got < least {
			t.Errorf("%s: %.1f drafts of a score of %.2f for 500 words, want %.1f", name, got, good, least)
		}
	}
	yield("lessons", lessons(t), 4.5)
	if docs := articles(t); docs != nil {
		yield("articles", docs, 3.8)
	} else {
		t.Logf("the five articles are not at %s: only the lessons were drafted from", articlesDir)
	}
}

// sound reports what is wrong with a draft of doc.
func sound(doc document.Document, d drafting.Draft) []string {
	var wrong []string
	q := d.Question
	for _, p := range question.Validate(q) {
		if !slices.Contains([]string{"id", "outcomes", "review", "citations"}, p.Field) {
			wrong = append(wrong, p.Field+" "+p.Message)
		}
	}
	if len(q.Anchors) == 0 {
		wrong = append(wrong, "no anchor")
	}
	for _, a := range q.Anchors {
		again, err := doc.Anchor(a.Section, a.Paragraph, a.Start, a.End)
		if err != nil || !cmp.Equal(again, a) {
			wrong = append(wrong, fmt.Sprintf("anchor %+v is not in the document", a))
		}
	}
	for _, o := range q.Options {
		if o.ID == "" || o.Feedback == "" {
			wrong = append(wrong, "an option has no id or no feedback: "+o.Text)
		}
	}
	if d.Score < 0 || d.Score > 1 || d.ID == "" || d.Why == "" || !slices.Contains(drafting.Rules, d.Rule) {
		wrong = append(wrong, fmt.Sprintf("score %v, id %q, why %q, rule %q", d.Score, d.ID, d.Why, d.Rule))
	}
	if q.ID != "" || q.Outcomes != nil {
		wrong = append(wrong, "a draft has no id and no outcomes yet")
	}
	return wrong
}

func TestEveryDraftIsSound(t *testing.T) {
	t.Parallel()
	terms := glossary(t)
	for _, doc := range append(lessons(t), articles(t)...) {
		ids := map[string]bool{}
		perPassage := map[string]int{}
		for _, d := range drafting.From(doc, terms, drafting.Options{PerPassage: 3}) {
			if wrong := sound(doc, d); wrong != nil {
				t.Errorf("%s: %s %q: %s", doc.Title, d.Rule, d.Question.Stem, strings.Join(wrong, "; "))
			}
			if ids[d.ID] {
				t.Errorf("%s: two drafts have the id %s", doc.Title, d.ID)
			}
			ids[d.ID] = true
			perPassage[fmt.Sprint(d.Question.Anchors[0].Section, d.Question.Anchors[0].Paragraph)]++
		}
		for passage, n := range perPassage {
			if n > 3 {
				t.Errorf("%s: passage %s has %d drafts, want at most 3", doc.Title, passage, n)
			}
		}
	}
}

// TestTheKeyDoesNotStandOut holds that neither the place of the key nor its
// length tells it, over all single-answer drafts of the lessons.
func TestTheKeyDoesNotStandOut(t *testing.T) {
	t.Parallel()
	terms := glossary(t)
	all, longest := 0, 0
	places := map[int]int{}
	for _, doc := range lessons(t) {
		for _, d := range drafting.From(doc, terms, drafting.Options{}) {
			if d.Question.Kind != question.Single || len(d.Question.Options) != 4 {
				continue
			}
			all++
			at := slices.IndexFunc(d.Question.Options, func(o question.Option) bool { return o.Correct })
			places[at]++
			n := utf8.RuneCountInString(d.Question.Options[at].Text)
			if !slices.ContainsFunc(d.Question.Options, func(o question.Option) bool { return !o.Correct && utf8.RuneCountInString(o.Text) >= n }) {
				longest++
			}
		}
	}
	if share := float64(longest) / float64(all); share > 0.3 {
		t.Errorf("the key is the longest option in %.0f %% of %d drafts, want a quarter", 100*share, all)
	}
	for at := range 4 {
		if share := float64(places[at]) / float64(all); share < 0.15 || share > 0.35 {
			t.Errorf("the key stands at place %d in %.0f %% of %d drafts, want a quarter", at, 100*share, all)
		}
	}
}

// texts draws documents from pieces that the rules look for.
func texts(t *rapid.T) document.Document {
	piece := rapid.SampledFrom([]string{
		"Mediation is a procedure in which a third person leads the talks between two sides.",
		"A truce is a short pause in the fighting between two armies.",
		"Observers monitor ceasefire lines, prisoner exchanges, and troop withdrawals.",
		"Convoys carry fuel, spare parts, and drinking water.",
		"These missions report, train and mend.", "UNTSO was created in 1948 to watch a truce.",
		"The Joint Operations Centre (JOC) keeps watch.", "- First: stop the car.", "- Then: call your base.", "- Last: wait for help.",
		"Body | Task", "Council | Decides on the mandate", "Court | Settles disputes", "Bank | Lends money", "It is so.", "“Who?” he asked…", "# Four steps",
	})
	return plain(rapid.SliceOfN(rapid.Map(rapid.SliceOfN(piece, 1, 8), func(lines []string) string { return strings.Join(lines, "\n") }), 1, 4).Draw(t, "sections")...)
}

func TestSameInputSameDrafts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		doc := texts(t)
		first := drafting.From(doc, terms, drafting.Options{})
		if diff := cmp.Diff(first, drafting.From(doc, terms, drafting.Options{})); diff != "" {
			t.Fatalf("the second run differs: %s", diff)
		}
		for _, d := range first {
			if wrong := sound(doc, d); wrong != nil {
				t.Fatalf("%s %q: %v", d.Rule, d.Question.Stem, wrong)
			}
		}
	})
}

func TestOptions(t *testing.T) {
	t.Parallel()
	doc := plain("A ceasefire is an agreement between armed sides that stops the fighting for a time. A truce between two armies does not end the war. The Hague Convention was adopted in 1954 at a conference of fifty states.")
	all := drafting.From(doc, terms, drafting.Options{})
	if len(all) < 3 {
		t.Fatalf("From = %s, want at least three drafts", list(all))
	}
	for i := 1; i < len(all); i++ {
		if all[i].Score > all[i-1].Score {
			t.Errorf("draft %d of the passage has a higher score than the one before it", i)
		}
	}
	if one := drafting.From(doc, terms, drafting.Options{PerPassage: 1}); len(one) != 1 || one[0].ID != all[0].ID {
		t.Errorf("PerPassage 1 = %s, want the best", list(one))
	}
	if none := drafting.From(doc, terms, drafting.Options{Least: 1.01}); len(none) != 0 {
		t.Errorf("Least 1.01 = %s, want none", list(none))
	}
	for _, d := range drafting.From(doc, terms, drafting.Options{Rules: []drafting.Rule{drafting.Year}}) {
		if d.Rule != drafting.Year {
			t.Errorf("a draft of rule %s, want only %s", d.Rule, drafting.Year)
		}
	}
}

func FuzzDraft(f *testing.F) {
	f.Add("A ceasefire is an agreement between armed sides that stops the fighting.\n\nThe Joint Operations Centre (JOC) has nine rooms.")
	f.Add("Steps:\n\n1. Stop.\n2. Warn, mark, and call.\n3. Wait.")
	f.Add("In 1948 the U.N. sent observers, e.g. to Jerusalem, Damascus, and Cairo; that was No. 1.")
	f.Add("Ünïcode “quotes” – a, b, and … ____ (X) 💡 %s %d")
	f.Fuzz(func(t *testing.T, text string) {
		doc, _, err := document.Read(context.Background(), document.Markdown, "fuzz.md", []byte(text))
		if err != nil {
			return
		}
		for _, d := range drafting.From(doc, terms, drafting.Options{}) {
			if wrong := sound(doc, d); wrong != nil {
				t.Fatalf("%s %q: %v", d.Rule, d.Question.Stem, wrong)
			}
		}
	})
}

// BenchmarkFrom drafts from 20,000 words: the limit is one second.
func BenchmarkFrom(b *testing.B) {
	terms := glossary(b)
	var long document.Document
	for i, doc := range lessons(b) {
		if long.Words >= 20000 {
			break
		}
		for _, s := range doc.Sections {
			s.Slug = fmt.Sprintf("%s-%d", s.Slug, i)
			long.Sections = append(long.Sections, s)
		}
		long.Words += doc.Words
	}
	for b.Loop() {
		drafting.From(long, terms, drafting.Options{})
	}
}
