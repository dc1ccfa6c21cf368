package question

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// TestVersionsStay: fields that came later leave the version of a question that
// does not use them as it was.
func TestVersionsStay(t *testing.T) {
	t.Parallel()
	q := examples()[Single]
	q.Stem, q.Pool, q.Outcomes = "Which?", Practice, []string{"m.l.o1"}
	doc, version, err := Encode(q)
	if err != nil {
		t.Fatal(err)
	}
	const want Version = "9f588aa8b8d8de2e271518edd5c4c140" // as it was before questions had a title and anchors
	if version != want {
		t.Errorf("the version is %s, want %s: %s", version, want, doc)
	}
	q.Anchors = []Anchor{{Document: "d", Quote: "so"}}
	if _, other, err := Encode(q); err != nil || other == version {
		t.Errorf("a question with an anchor has the version %s of the one without, %v", other, err)
	}
}

// TestViewHoldsNoAnchor: what a trainee sees names neither passage nor title.
func TestViewHoldsNoAnchor(t *testing.T) {
	t.Parallel()
	for kind, q := range examples() {
		q.Title = "zqtitle"
		q.Anchors = []Anchor{{Document: "zqdocument", Section: "zqsection", Quote: "zqquote", Hash: "zqhash"}}
		raw, err := json.Marshal(Show(q, 7))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "zq") || strings.Contains(fmt.Sprintf("%+v", Show(q, 7)), "zq") {
			t.Errorf("the view of %s = %s", kind, raw)
		}
	}
}

func TestQuoteHash(t *testing.T) {
	t.Parallel()
	same := []string{"The host-state “must” agree.", "the HOST\u2011state \"must\"  agree.", " The host–state 'must' agree.\n", "The host\u00ad-state “must” agree."}
	for _, text := range same {
		if QuoteHash(text) != QuoteHash(same[0]) {
			t.Errorf("%q and %q are different quotes", text, same[0])
		}
	}
	for _, text := range []string{"The host-state “must” not agree.", "The host state “must” agree.", "The host-state “must” agree", "A host-state “must” agree.", ""} {
		if QuoteHash(text) == QuoteHash(same[0]) {
			t.Errorf("%q and %q are the same quote", text, same[0])
		}
	}
	if QuoteHash("5 %") == QuoteHash("5") || QuoteHash("1.5") == QuoteHash("15") {
		t.Error("signs of a number do not count")
	}
	if len(QuoteHash("x")) != 32 {
		t.Errorf("a hash is %q", QuoteHash("x"))
	}
}

func TestFoldQuoteKnowsItsPlaces(t *testing.T) {
	t.Parallel()
	text := "  Ünï\u00adcödé – “Two” "
	folded, at := FoldQuote(text)
	if string(folded) != "ünïcödé - 'two'" {
		t.Errorf("folded %q", string(folded))
	}
	runes := []rune(text)
	for i, r := range folded {
		if f, _ := FoldQuote(string(runes[at[i]])); r != ' ' && (len(f) != 1 || f[0] != r) {
			t.Errorf("%q stands for %q", r, runes[at[i]])
		}
	}
}
