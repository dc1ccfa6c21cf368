package document

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/internal/question"
)

// docOf makes a document of sections of passages.
func docOf(edition int, sections ...[]string) Document {
	d := Document{ID: "d", Edition: edition, Title: "t"}
	for i, passages := range sections {
		s := Section{Slug: fmt.Sprintf("s%d", i+1), Heading: fmt.Sprintf("S%d", i+1), Depth: 1}
		for j, text := range passages {
			s.Passages = append(s.Passages, Passage{Number: j + 1, Text: text, Kind: Paragraph})
		}
		d.Sections = append(d.Sections, s)
	}
	return d
}

func mustAnchor(t interface{ Fatal(...any) }, d Document, section string, number, start, end int) question.Anchor {
	a, err := d.Anchor(section, number, start, end)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestReanchor(t *testing.T) {
	t.Parallel()
	old := docOf(1, []string{"First one here.", "Peacekeepers must ask for consent. They report daily. They rest."}, []string{"Other text stands here."})
	// "report daily" in the second passage
	a := mustAnchor(t, old, "s1", 2, 40, 52)
	if a.Quote != "report daily" {
		t.Fatalf("quote %q", a.Quote)
	}
	tests := []struct {
		name      string
		edition   Document
		standing  Standing
		section   string
		paragraph int
		quote     string
	}{
		{"nothing changed", old, Kept, "s1", 2, "report daily"},
		{"another sentence of the passage changed", docOf(2, []string{"First one here.", "Peacekeepers need consent. They report daily. They rest."}), Kept, "s1", 2, "report daily"},
		{"a passage came before", docOf(2, []string{"New.", "First one here.", old.Sections[0].Passages[1].Text}), Moved, "s1", 3, "report daily"},
		{"it went to another section", docOf(2, []string{"First one here."}, []string{"x.", old.Sections[0].Passages[1].Text}), Moved, "s2", 2, "report daily"},
		{"spaces, case and hyphens do not count", docOf(2, []string{"First.", "PEACEKEEPERS must ask for consent.  They  Report daily. They rest."}), Kept, "s1", 2, "Report daily"},
		{"a word is put into the sentence", docOf(2, []string{"First one here.", "Peacekeepers must ask for consent. They never report daily. They rest."}), Changed, "s1", 2, "Peacekeepers must ask for consent. They never report daily. They rest."},
		{"the passage is gone", docOf(2, []string{"First one here."}, []string{"Other text stands here."}), Gone, "s1", 2, "report daily"},
		{"two other sections have it: nobody knows which", docOf(2, []string{"x"}, []string{"They report daily."}, []string{"They report daily."}), Changed, "s2", 1, "They report daily."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, standing := Reanchor(old, test.edition, a)
			if standing != test.standing || got.Section != test.section || got.Paragraph != test.paragraph || got.Quote != test.quote {
				t.Errorf("Reanchor = %s %s/%d %q, want %s %s/%d %q", standing, got.Section, got.Paragraph, got.Quote, test.standing, test.section, test.paragraph, test.quote)
			}
			if standing.Stands() {
				p, _ := test.edition.Passage(got.Section, got.Paragraph)
				if string([]rune(p.Text)[got.Start:got.End]) != got.Quote || got.Edition != test.edition.Edition {
					t.Errorf("the anchor %+v does not fit its passage %q", got, p.Text)
				}
			}
		})
	}
}

var letters = []string{"patrol", "consent", "mandate", "force", "civilians", "règle", "правило", "UN", "9", "report", "must", "may", "state", "Über"}

// passageGen makes passages of one to four sentences; number makes them differ.
func passageGen(t *rapid.T, number int) string {
	var sentences []string
	for range rapid.IntRange(1, 4).Draw(t, "sentences") {
		words := rapid.SliceOfN(rapid.SampledFrom(letters), 2, 9).Draw(t, "words")
		sentences = append(sentences, fmt.Sprintf("The %s %d.", strings.Join(words, " "), number))
		number += 1000
	}
	return strings.Join(sentences, " ")
}

// TestAnchorsFollowTheirWords: whatever is inserted, deleted and moved elsewhere,
// an anchor points at the same quote; when its sentence changes, it does not stand.
func TestAnchorsFollowTheirWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var sections [][]string
		n := 0
		for range rapid.IntRange(1, 4).Draw(t, "sections") {
			var passages []string
			for range rapid.IntRange(1, 6).Draw(t, "passages") {
				n++
				passages = append(passages, passageGen(t, n))
			}
			sections = append(sections, passages)
		}
		old := docOf(1, sections...)
		si := rapid.IntRange(0, len(sections)-1).Draw(t, "section")
		pi := rapid.IntRange(0, len(sections[si])-1).Draw(t, "passage")
		text := []rune(sections[si][pi])
		start := rapid.IntRange(0, len(text)-1).Draw(t, "start")
		end := rapid.IntRange(start+1, len(text)).Draw(t, "end")
		if strings.TrimSpace(string(text[start:end])) == "" {
			t.Skip("a space")
		}
		a := mustAnchor(t, old, fmt.Sprintf("s%d", si+1), pi+1, start, end)

		target, edition := sections[si][pi], shuffled(t, sections, sections[si][pi], n)
		got, standing := Reanchor(old, edition, a)
		if !standing.Stands() || strings.TrimSpace(got.Quote) != strings.TrimSpace(a.Quote) || got.Hash != a.Hash {
			t.Fatalf("anchor %+v became %s %+v in %+v", a, standing, got, edition)
		}
		if p, _ := edition.Passage(got.Section, got.Paragraph); p.Text != target {
			t.Fatalf("anchor of %q points at %q", target, p.Text)
		}
		changed := edition
		changed.Sections = nil
		for _, s := range edition.Sections {
			passages := make([]Passage, len(s.Passages))
			copy(passages, s.Passages)
			for i := range passages {
				passages[i].Text = strings.ReplaceAll(passages[i].Text, "The ", "Not the ")
			}
			s.Passages = passages
			changed.Sections = append(changed.Sections, s)
		}
		if _, standing := Reanchor(old, changed, a); standing.Stands() {
			t.Fatalf("every sentence changed, and %+v is %s", a, standing)
		}
	})
}

// shuffled inserts, deletes and moves passages other than target.
func shuffled(t *rapid.T, sections [][]string, target string, n int) Document {
	var all []string
	for _, passages := range sections {
		for _, p := range passages {
			if p == target || rapid.Bool().Draw(t, "keep") {
				all = append(all, p)
			}
			if rapid.Bool().Draw(t, "insert") {
				n++
				all = append(all, passageGen(t, n+500))
			}
		}
	}
	all = rapid.Permutation(all).Draw(t, "order")
	cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
	return docOf(2, all[:cut], all[cut:])
}
